"""Assumptions that formulas use and that change no result, and those that only seem so at first."""

from __future__ import annotations

import pytest

from reportgen.compute.without_effect import without_effect
from reportgen.model.load import load_model
from tests.conftest import MODELS
from tests.model.samples import changed, load

FEES = "hosted: seats * seat_fee"
INPUT = "seats:    {title: Seats, value"


def named(formula: str, added: str, *more: tuple[str, str]) -> list[str]:
    """The codes' messages for the sample with another formula for its fees, and an input more."""
    lines = f"{added}\n      {INPUT}"
    text = changed((FEES, f'hosted: "{formula}"'), (INPUT, lines), *more)
    return [each.message for each in without_effect(load(text))]


REBATE = 'rebate: {title: Rebate, value: 20 %, unit: "%"}'
SWITCH = 'large: {title: Large team, value: 0, unit: "1"}'
CUT = '      rebate: {title: Rebate, value: 20 %, unit: "%"}'
IDLE = ["`rebate` is used, but changes no result"]


@pytest.mark.parametrize(
    ("formula", "added", "expected"),
    [
        ("seats * seat_fee * (1 - rebate)", REBATE, []),
        ("seats * seat_fee * (1 - 0 * rebate)", REBATE, IDLE),
        ("seats * seat_fee * (1 + rebate - rebate)", REBATE, IDLE),
        ("seats * seat_fee * if(seats > 3_000 [seat], 1 - rebate, 1)", REBATE, IDLE),
        ("seats * seat_fee * if(seats > 1_900 [seat], 1 - rebate, 1)", REBATE, []),  # the break-even looks up to 2,000
        ("seats * seat_fee * if(fx > 1.2 [USD/EUR], 1 - rebate, 1)", REBATE, []),  # perhaps it doubles
        ("seats * seat_fee * if(fx > 3 [USD/EUR], 1 - rebate, 1)", REBATE, IDLE),
        ("seats * seat_fee * if(large > 0, 1 - rebate, 1)", f"{SWITCH}\n{CUT}", []),
        (
            "seats * seat_fee * if(large > 1, 1 - rebate, 1)",
            f"{SWITCH}\n{CUT}",
            [*IDLE, "`large` is used, but changes no result"],
        ),
        ("seats * seat_fee * max(1 - rebate, 0.5)", REBATE, []),
        ("seats * seat_fee / (1 - rebate)", REBATE.replace("20 %", "100 %").replace("100 %", "50 %"), []),
    ],
)
def test_what_changes_nothing_is_named(formula: str, added: str, expected: list[str]) -> None:
    assert sorted(named(formula, added)) == sorted(expected)


def test_a_scenario_that_leads_into_a_branch_is_enough() -> None:
    formula = "seats * seat_fee * if(seats > 3_000 [seat], 1 - rebate, 1)"
    assert named(formula, REBATE) == IDLE
    assert named(formula, REBATE, ("set: {seats: 480}", "set: {seats: 4_000}")) == []


def test_an_input_of_which_one_option_has_no_use_is_not_named() -> None:
    added = 'rebate: {title: Rebate, value: {hosted: 20 %, self_run: 0 %}, unit: "%"}'
    assert named("seats * seat_fee * (1 - rebate)", added) == []


def test_what_a_question_or_a_condition_reads_has_an_effect() -> None:
    checklist = """
checklist:
  title: Fit
  threshold: 1
  met: Good
  otherwise: Not yet
  questions:
    large: {title: Is the rebate large?, formula: "0 * rebate > 0.1"}
"""
    text = (
        changed((FEES, f'hosted: "{FEES.partition(": ")[2]} * (1 - 0 * rebate)"'), (INPUT, f"{REBATE}\n      {INPUT}"))
        + checklist
    )
    assert list(without_effect(load(text))) == []


def test_no_shipped_model_has_one() -> None:
    for path in MODELS:
        assert list(without_effect(load_model(path)[0])) == [], path
