"""Where the sheets that ask questions hold what they ask about, so that the rows of Cases can read it there."""

from __future__ import annotations

from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.sensitivity import SensitivityOutcome, Swing
from reportgen.formula.nodes import Key
from reportgen.workbook.address import Address, column_letters
from reportgen.workbook.cases import CaseRow, Driver
from reportgen.workbook.plan import ASSUMPTIONS, BREAK_EVEN, CASES, FIRST, FIRST_ROW, SENSITIVITY, Plan

FIRST_SWING = FIRST_ROW + 1
"""On Sensitivity: the row of the first input; the row above holds the totals as they are selected."""

LOW, VALUE, HIGH = 3, 4, 5
"""Columns of an input's low, value and high on Sensitivity."""

CURVE_HEADS = 4
"""On Break-even, from a question's first row to its curve: title, range, heads of the range, heads of the curve."""


def swing_rows(plan: Plan, outcome: SensitivityOutcome | None) -> list[CaseRow]:
    """Two cases for each input: at its low, and at its high."""
    rows = []
    for index, swing in enumerate(outcome.swings if outcome else ()):
        row = FIRST_SWING + index
        for value, column, word in ((swing.low, LOW, "low"), (swing.high, HIGH, "high")):
            formula = "=" + Address(SENSITIVITY, row, column).seen_from(CASES)
            title = plan.model.quantities[swing.key.name].title
            rows.append(CaseRow(f"{title}, {word}", (Driver(swing.key, value, formula),)))
    return rows


def limit_formula(plan: Plan, swing: Swing, high: bool) -> str:
    """An input's low or high: as Assumptions has it, else its value, moved by the model's swing if there is one."""
    model = plan.model
    assumption = next(each for each in model.assumptions if each.quantity.name == swing.key.name)
    known, row = assumption.ranges[swing.key], plan.bases[swing.key].row
    own = known.high if high else known.low
    if own is not None:
        column = plan.high_column if high else plan.low_column
        return f"={ASSUMPTIONS}!{column_letters(column)}{row}"
    share = model.sensitivity.swing if model.sensitivity else None
    if (known.low is not None or known.high is not None) or share is None:
        return f"={plan.names[swing.key]}"
    return f"={plan.names[swing.key]}*(1{'+' if high else '-'}{share!r})"


def grid_first_row(outcome: SensitivityOutcome) -> int:
    """On Sensitivity: where the table of two drivers begins, below both tables of inputs and the chart."""
    count = len(outcome.swings)
    return FIRST_SWING + 2 * count + 10 + (8 + 2 * count)


def grid_rows(plan: Plan, outcome: SensitivityOutcome | None) -> list[CaseRow]:
    """A case for each pair of the two drivers' values, row by row."""
    if outcome is None or outcome.grid is None:
        return []
    first = grid_first_row(outcome) + 2
    rows = []
    for down, row_value in enumerate(outcome.grid.rows.values):
        for right, column_value in enumerate(outcome.grid.columns.values):
            one = "=" + Address(SENSITIVITY, first + down, FIRST - 1).seen_from(CASES)
            other = "=" + Address(SENSITIVITY, first - 1, FIRST + right).seen_from(CASES)
            drivers = (
                Driver(outcome.grid.rows.driver, row_value, one),
                Driver(outcome.grid.columns.driver, column_value, other),
            )
            rows.append(CaseRow(f"Table, row {down + 1}, column {right + 1}", drivers))
    return rows


def break_even_rows(outcome: BreakEvenOutcome, number: int) -> list[CaseRow]:
    """A case for each point of the curve."""
    driver = Key(outcome.question.driver)
    rows = []
    for at, (value, _) in enumerate(outcome.curve):
        formula = "=" + Address(BREAK_EVEN, curve_row(outcome, number, at), 1).seen_from(CASES)
        rows.append(CaseRow(f"{outcome.question.title}, point {at + 1}", (Driver(driver, value, formula),)))
    return rows


def curve_row(outcome: BreakEvenOutcome, number: int, at: int) -> int:
    """On Break-even: the row of a point of a question's curve; all questions have as many points."""
    height = CURVE_HEADS + len(outcome.curve) + 24
    return FIRST_ROW + number * height + CURVE_HEADS + at
