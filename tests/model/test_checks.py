"""What has to be true of a model's numbers, whatever units they are written in."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from tests.model.samples import changed, problems_of, sample

ROWS = "rows: [[0, 1], [250, 2], [1_000, 4]]"


def codes(*replacements: tuple[str, str]) -> list[str]:
    return [problem.code for problem in problems_of(changed(*replacements))]


def test_rows_of_a_table_rise_in_the_tables_unit() -> None:
    (problem,) = problems_of(changed((ROWS, "rows: [[0 seat, 1], [0.9 kseat, 2], [800 seat, 4]]")))
    assert problem.code == "RG212" and problem.span is not None
    assert problem.source.text[slice(*problem.span)] == "800 seat"


def test_rows_that_rise_in_several_units_are_read() -> None:
    model = sample((ROWS, "rows: [[0 seat, 1], [200 seat, 2], [1 kseat, 4]]"))
    assert [start for start, _ in model.tables["servers"].rows] == [0, 200, 1000]
    assert evaluate(model).value("machines") == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("low: 120, high: 600", "low: 0.1 kseat, high: 200 seat"),
        ("low: 120, high: 600", "low: 0.3 kseat, high: 600"),
        ("sensitivity: {of: total}", "sensitivity: {of: total, swing: 101 %}"),
        ("from: 50, to: 2_000", "from: 50, to: 0.04 kseat"),
        (
            "sensitivity: {of: total}",
            "sensitivity: {of: total, grid: {rows: {driver: seats, values: [1 kseat, 999]}, "
            "columns: {driver: fx, values: [1, 2]}}}",
        ),
    ],
)
def test_numbers_are_compared_in_one_unit(old: str, new: str) -> None:
    assert codes((old, new)) == ["RG212"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (ROWS, "rows: [[0, 1], [5 EUR, 2], [3, 4]]"),
        ("low: 120, high: 600", "low: 900 EUR, high: 600"),
        ("sensitivity: {of: total}", "sensitivity: {of: total, swing: 900 seat}"),
        ("from: 50, to: 2_000", "from: 50 EUR, to: 2"),
    ],
)
def test_a_number_in_a_unit_that_does_not_fit_is_one_problem(old: str, new: str) -> None:
    assert codes((old, new)) == ["RG402"]


def test_problems_of_numbers_are_found_beside_others() -> None:
    found = codes(
        ("low: 120, high: 600", "low: 900, high: 600"),
        (ROWS, "rows: [[9, 1], [3, 4]]"),
        ("title: Vendor price list, ", ""),
    )
    assert sorted(found) == ["RG203", "RG212", "RG212"]


def test_a_correlation_of_unknown_inputs_is_one_problem_each() -> None:
    text = "simulation: {draws: 10, seed: 7, correlations: [{between: [seatz, feez], value: 0.5}]}"
    assert codes(("simulation: {draws: 10_000, seed: 7}", text)) == ["RG211", "RG211"]


def test_what_is_wrong_in_one_question_hides_nothing_of_another() -> None:
    lows = (", low: 120, high: 600", ""), (", low: 0.15, high: 0.24", "")
    total = ("between: [hosted, self_run], of: total", "between: [hosted, self_run], of: totul")
    assert sorted(codes(*lows, total)) == ["RG211", "RG212"]
