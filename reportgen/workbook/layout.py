"""Where the sheets that ask questions hold what they ask about, so that the rows of Cases can read it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.breakpoints import BreakEvenCurve
from reportgen.compute.sensitivity import SensitivityOutcome, Swing
from reportgen.formula.nodes import Key
from reportgen.questions import BREAK_EVEN, SENSITIVITY
from reportgen.workbook.address import Address
from reportgen.workbook.book_words import message, together
from reportgen.workbook.cases import CaseRow, Driver
from reportgen.workbook.chart_plan import CHART_ROWS
from reportgen.workbook.expressions import Cell, Expression, cell, expression
from reportgen.workbook.plan import FIRST, FIRST_ROW, LABEL, Plan
from reportgen.workbook.titles import key_title
from reportgen.workbook.translate import active_value

FIRST_SWING = FIRST_ROW + 1
"""On Sensitivity: the row of the first input; the row above holds the totals as they are selected."""

LOW, VALUE, HIGH = 3, 4, 5
"""Columns of an input's low, value and high on Sensitivity."""

MOST_BARS = 15
"""Inputs in the chart on Sensitivity: those that matter most."""


def swing_rows(plan: Plan, outcome: SensitivityOutcome | None) -> list[CaseRow]:
    """Two cases for each input: at its low, and at its high."""
    rows = []
    for index, swing in enumerate(outcome.swings if outcome else ()):
        row = FIRST_SWING + index
        for value, column, word in ((swing.low, LOW, message("low")), (swing.high, HIGH, message("high"))):
            tree = limit(plan, swing, high=column == HIGH)
            if not isinstance(tree, Cell):  # computed there, and once only
                tree = cell(Address(SENSITIVITY, row, column))
            rows.append(CaseRow(key_title(plan, swing.key, together(", ", word)), (Driver(swing.key, value, tree),)))
    return rows


def limit(plan: Plan, swing: Swing, high: bool) -> Expression:
    """An input's low or high: as Assumptions has it, else its value, moved by the model's swing if there is one."""
    model = plan.model
    assumption = next(each for each in model.assumptions if each.quantity.name == swing.key.name)
    known = assumption.ranges[swing.key]
    own = known.high if high else known.low
    if own is not None:
        return cell(plan.limit_cells(swing.key)[1 if high else 0])
    active = active_value(plan, swing.key)
    share = model.sensitivity.swing if model.sensitivity else None
    if (known.low is not None or known.high is not None) or share is None:
        return active
    return active * (1.0 + expression(share) if high else 1.0 - expression(share))


def tornado_rows(inputs: int) -> int:
    """The rows that the chart below both tables of inputs covers."""
    return 7 + (5 * min(inputs, MOST_BARS) + 3) // 4


def grid_first_row(outcome: SensitivityOutcome) -> int:
    """On Sensitivity: where the table of two drivers begins, below both tables of inputs and the chart."""
    count = len(outcome.swings)
    return FIRST_SWING + 2 * count + 8 + tornado_rows(count)


def grid_rows(plan: Plan, outcome: SensitivityOutcome | None) -> list[CaseRow]:
    """A case for each pair of the two drivers' values, row by row."""
    if outcome is None or outcome.grid is None:
        return []
    first = grid_first_row(outcome) + 2
    rows = []
    for down, row_value in enumerate(outcome.grid.rows.values):
        for right, column_value in enumerate(outcome.grid.columns.values):
            one = cell(Address(SENSITIVITY, first + down, FIRST - 1))
            other = cell(Address(SENSITIVITY, first - 1, FIRST + right))
            drivers = (
                Driver(outcome.grid.rows.driver, row_value, one),
                Driver(outcome.grid.columns.driver, column_value, other),
            )
            rows.append(CaseRow(message("Table, row {down}, column {right}", down=down + 1, right=right + 1), drivers))
    return rows


@dataclass(frozen=True, slots=True)
class CurveRows:
    """On Break-even: the rows of one question. From `top` on stand the range, the crossings and the chart; from
    `workings` on, below those of all questions, the curve, what the chart marks, and where the curve may change slope.
    It has so many pairs of options, points of its curve and places where the curve may change slope."""

    top: int
    workings: int
    pairs: int
    points: int
    breakpoints: int

    @property
    def start(self) -> int:
        """The lower end of the range; the higher one is below."""
        return self.top + 1

    @property
    def crossings(self) -> int:
        """The first pair of options; a head stands above, what was found exactly below, a row for each pair."""
        return self.top + 4

    @property
    def chart(self) -> int:
        return self.crossings + 2 * self.pairs + 1

    @property
    def first(self) -> int:
        """The first point of the curve; two rows of heads stand above."""
        return self.workings + 2

    @property
    def last(self) -> int:
        return self.first + self.points - 1

    @property
    def marks(self) -> int:
        """The first pair's mark; two rows of heads stand above."""
        return self.last + 4

    @property
    def places(self) -> int:
        """The first place where the curve may change slope; two rows of heads stand above."""
        return self.marks + self.pairs + 3

    @property
    def end(self) -> int:
        """The row that the next question's workings begin in."""
        return self.places + self.breakpoints + 1 if self.breakpoints else self.marks + self.pairs + 1


def curve_rows(
    outcomes: Sequence[BreakEvenOutcome], break_even_curves: Sequence[BreakEvenCurve]
) -> tuple[CurveRows, ...]:
    """Where each question stands, one below the other, and below them their workings."""
    tops = [FIRST_ROW]
    for outcome in outcomes:
        tops.append(tops[-1] + 6 + 2 * len(outcome.pairs) + CHART_ROWS)
    found: list[CurveRows] = []
    for top, outcome, curve in zip(tops, outcomes, break_even_curves, strict=False):
        workings = found[-1].end if found else tops[-1]
        found.append(CurveRows(top, workings, len(outcome.pairs), len(curve.points), len(curve.places)))
    return tuple(found)


def break_even_rows(outcome: BreakEvenOutcome, curve: BreakEvenCurve, rows: CurveRows) -> list[CaseRow]:
    """A case for each point of the curve."""
    driver = Key(outcome.question.driver)
    found = []
    for at, (value, _) in enumerate(curve.curve):
        # The first and the last point are the range's ends, which are typed elsewhere.
        ends = {rows.first: (rows.start, FIRST), rows.last: (rows.start + 1, FIRST)}
        place = ends.get(rows.first + at, (rows.first + at, LABEL))
        drivers = (Driver(driver, value, cell(Address(BREAK_EVEN, *place))),)
        found.append(CaseRow(message("{question}, point {at}", question=outcome.question.title, at=at + 1), drivers))
    return found
