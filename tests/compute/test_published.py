"""Verdicts on published figures, each against a number worked out by hand.

Team chat: 240 seats (120 to 600) at 6.50 EUR a month are 1,560 EUR; one machine up to 249 seats, two from 250 on, at
0.19 USD an hour (0.15 to 0.24), 730 hours a month and 1.08 USD/EUR.
"""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.published import PublishedOutcome, computed_decimals, published, shown, unexpected
from reportgen.model.overrides import apply_settings
from reportgen.model.published_model import Interval
from reportgen.problems import ModelError
from tests.model.published import TEXT
from tests.model.samples import SAMPLE, load

FEES = "subscription.fees.hosted"


def outcomes(**keys: str) -> tuple[PublishedOutcome, ...]:
    """The verdict on one figure in EUR/month, given by the keys of the model file."""
    keys = {"title": "Figure", "where": "Somewhere", "unit": "EUR/month", "expect": "exact", **keys}
    lines = [f"    {key}: {value}" for key, value in keys.items()]
    return published(load(SAMPLE + "\npublished:\n  figure:\n" + "\n".join(lines) + "\n"))


def verdict(**keys: str) -> str:
    (outcome,) = outcomes(**keys)
    return outcome.verdict


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"states": "1_560", "formula": FEES}, "exact"),
        ({"states": "1_600", "formula": FEES, "step": "100"}, "rounded"),
        ({"states": "1_600", "formula": FEES}, "differs"),
        ({"states": "1_600", "formula": FEES, "intermediate": f"round({FEES}, -2)"}, "intermediate"),
        ({"states": "1_610", "formula": FEES, "intermediate": f"round({FEES}, -2)"}, "differs"),
        ({"states": "1_610", "formula": FEES, "step": "20", "intermediate": f"round({FEES}, -2)"}, "intermediate"),
        ({"states": "6.5", "formula": "seat_fee", "unit": "EUR/seat/month"}, "input"),
        ({"states": "7", "formula": "seat_fee", "unit": "EUR/seat/month", "step": "1"}, "input"),
        ({"states": "7", "formula": "seat_fee", "unit": "EUR/seat/month"}, "differs"),
        ({"states": "6.5", "formula": "seat_fee * 1", "unit": "EUR/seat/month"}, "exact"),
        ({"states": "99", "expect": "input"}, "input"),
    ],
)
def test_each_verdict(keys: dict[str, str], expected: str) -> None:
    assert verdict(**keys) == expected


def test_what_follows_first_comes_before_the_intermediate() -> None:
    """A figure that follows as it is needs no intermediate, though one would lead to it too."""
    assert verdict(states="1_560", formula=FEES, intermediate=f"round({FEES}, -1)") == "exact"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("1_510", "rounded"),  # half a step below
        ("1_610", "rounded"),  # half a step above
        ("1_509.9999", "differs"),
        ("1_610.0001", "differs"),
        ("1_559", "rounded"),
    ],
)
def test_half_a_step_on_both_sides_counts_as_rounded(states: str, expected: str) -> None:
    assert verdict(states=states, formula=FEES, step="100") == expected


@pytest.mark.parametrize("sign", [-1, 1])
def test_nine_digits_are_exact(sign: int) -> None:
    near, far = 1_560 * (1 + sign * 0.9e-9), 1_560 * (1 + sign * 1.1e-9)
    assert verdict(states=f"{near:.12f}", formula=FEES) == "exact"
    assert verdict(states=f"{far:.12f}", formula=FEES) == "differs"
    assert verdict(states=f"{far:.12f}", formula=FEES, step="1") == "rounded"


def test_a_difference_that_rounding_leaves_is_nothing() -> None:
    assert verdict(states="0", formula="0.3 [EUR/month] - 0.1 [EUR/month] - 0.2 [EUR/month]") == "exact"
    assert verdict(states="0", formula="0.000001 [EUR/month]") == "differs"


RANGE = {"formula": FEES, "set": "{seats: {from: low, to: high}}"}  # 780 to 3,900


@pytest.mark.parametrize(
    ("states", "step", "expected"),
    [
        ("{from: 780, to: 3_900}", "", "exact"),
        ("{from: 800, to: 3_900}", "100", "rounded"),
        ("{from: 730, to: 3_950}", "100", "rounded"),
        ("{from: 780, to: 3_900.1}", "", "differs"),
        ("{from: 779, to: 3_900}", "", "differs"),  # inside, but its ends are others
        ("{from: 780}", "", "exact"),
        ("{from: 700}", "", "exact"),
        ("{from: 781}", "", "differs"),
        ("{from: 781}", "2", "rounded"),
        ("{to: 3_900}", "", "exact"),
        ("{to: 4_000}", "", "exact"),
        ("{to: 3_899}", "", "differs"),
        ("{to: 3_899}", "2", "rounded"),
        ("780", "", "differs"),
    ],
)
def test_an_interval_against_a_computed_interval(states: str, step: str, expected: str) -> None:
    assert verdict(states=states, **RANGE, **({"step": step} if step else {})) == expected


@pytest.mark.parametrize(
    ("states", "step", "expected"),
    [
        ("{from: 1_000, to: 2_000}", "", "exact"),
        ("{from: 1_560, to: 2_000}", "", "exact"),
        ("{from: 1_000, to: 1_560}", "", "exact"),
        ("{from: 1_561, to: 2_000}", "", "differs"),
        ("{from: 1_561, to: 2_000}", "2", "rounded"),
        ("{from: 1_561, to: 2_000}", "1.9", "differs"),
        ("{from: 1_561}", "", "differs"),
        ("{from: 1_560}", "", "exact"),
        ("{to: 1_560}", "", "exact"),
        ("{to: 1_559}", "", "differs"),
    ],
)
def test_an_interval_against_one_number(states: str, step: str, expected: str) -> None:
    assert verdict(states=states, formula=FEES, **({"step": step} if step else {})) == expected


def test_the_ends_of_a_computed_interval_come_in_order() -> None:
    """More seats make a fixed bill cheaper per seat: the second case leads to the start."""
    keys = {"formula": "1_200 [EUR/month] / seats", "unit": "EUR/seat/month", "set": RANGE["set"]}
    (outcome,) = outcomes(states="{from: 2, to: 10}", **keys)
    assert (outcome.verdict, outcome.computed) == ("exact", Interval(2.0, 10.0))


@pytest.mark.parametrize(
    ("set_", "states"),
    [
        ("{seats: low}", "780"),
        ("{seats: high}", "3_900"),
        ("{seats: 20}", "130"),
        ("{seats: 20, seat_fee: 10}", "200"),
        ("{seats: {from: 100, to: high}}", "{from: 650, to: 3_900}"),
        ("{seats: {from: low, to: 200}, seat_fee: 10}", "{from: 1_200, to: 2_000}"),
        ("{seats: {from: 10, to: 20}, seat_fee: {from: 1, to: 3}}", "{from: 10, to: 60}"),
    ],
)
def test_a_figure_sets_numbers_and_ends_of_its_own(set_: str, states: str) -> None:
    assert verdict(states=states, formula=FEES, set=set_) == "exact"


def test_a_scenario_and_a_setting_over_it() -> None:
    """Two machines for 480 seats at the high price: 2 * 0.24 * 730 / 1.08 = 324.44; back to 100 seats it is one."""
    keys = {"formula": "infrastructure.servers.self_run", "scenario": "growth", "step": "0.01"}
    assert verdict(states="256.85", **keys) == "rounded"
    assert verdict(states="324.44", set="{vm_hour: high}", **keys) == "rounded"
    assert verdict(states="162.22", set="{vm_hour: high, seats: 100}", **keys) == "rounded"


def test_units_of_another_scale_are_converted() -> None:
    assert verdict(states="18_720", unit="EUR/year", formula=FEES) == "exact"
    assert verdict(states="1.56", unit="kEUR/month", formula=FEES) == "exact"
    assert verdict(states="0.24", unit="kseat", formula="seats") == "input"
    assert verdict(states="0.25", unit="kseat", formula="seats", step="0.1") == "input"
    assert verdict(states="0.25", unit="kseat", formula="seats") == "differs"


def test_a_price_inside_an_item_is_an_input_too() -> None:
    assert verdict(states="150", formula="subscription.support.self_run") == "input"


def test_a_selected_scenario_and_its_settings_change_no_verdict() -> None:
    model = load(TEXT)
    before = published(model)
    changed, scenario = apply_settings(model, ["seats=481"], model.scenario("growth"))
    assert evaluate(changed, scenario).value("seats") == 481
    after = {each.figure.id: each.verdict for each in published(changed)}
    assert after == {each.figure.id: each.verdict for each in before}


def test_every_figure_of_the_sample_is_as_expected_and_a_changed_input_is_noticed() -> None:
    model = load(TEXT)
    assert unexpected(model, published(model)) == ()
    changed, _ = apply_settings(model, ["seat_fee=7"])
    problems = unexpected(changed, published(changed))
    assert [each.code for each in problems] == ["RG801"] * 3
    assert problems[0].message == "published figure `fees_year` is `differs`, not `exact`"
    assert problems[0].hint == "it states 18,720 EUR/year; the model computes 20,160 EUR/year"


def test_a_case_without_a_result_names_the_figure() -> None:
    with pytest.raises(ModelError) as caught:
        outcomes(states="1", formula=FEES, set="{fx: 0}")
    (problem,) = caught.value.problems
    assert problem.code == "RG501" and problem.message.endswith("(for published figure `figure`)")
    with pytest.raises(ModelError) as caught:
        outcomes(states="1", formula="10 ^ 300 * 10 ^ 300 * seat_fee * 1 [seat]")
    assert [each.code for each in caught.value.problems] == ["RG503"]


@pytest.mark.parametrize(
    ("states", "step", "decimals"),
    [("1_560", "", 0), ("1_500", "100", 0), ("1_541.1", "", 2), ("120.3", "", 2), ("128.4", "0.1", 3), ("128", "1", 2)],
)
def test_decimals_show_how_far_off_a_figure_is(states: str, step: str, decimals: int) -> None:
    """One machine costs 128.4259 EUR a month: beside 128.4 as 128.426, beside 128 as 128.43."""
    keys = {"states": states, "formula": "infrastructure.servers.self_run", **({"step": step} if step else {})}
    (outcome,) = outcomes(**keys)
    assert outcome.computed is not None
    assert computed_decimals(outcome.figure, outcome.computed) == decimals


def test_numbers_and_intervals_in_words() -> None:
    assert [
        shown(each) for each in (7_300.0, 0.1, Interval(1.0, 2_000.0), Interval(5.0, None), Interval(None, 5.0))
    ] == [
        "7,300",
        "0.1",
        "1 to 2,000",
        "5 or more",
        "up to 5",
    ]
