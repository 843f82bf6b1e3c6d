"""What the parts of a question on Break-even share: its rows and columns, and the formats of its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.break_even import BreakEvenOutcome, PairBreakEven
from reportgen.workbook.expressions import Cell, CellRange, Expression
from reportgen.workbook.grid import Grid
from reportgen.workbook.layout import CurveRows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import FIRST
from reportgen.workbook.sheets.sheet_parts import Book

GAP, ORDER, CROSSING, AMOUNT = range(4)
"""Columns of each pair of options: their difference, which costs less so far, a crossing, and the amount there."""


@dataclass(frozen=True, slots=True)
class CurvePart:
    """One question's part of the sheet."""

    book: Book
    grid: Grid
    rows: CurveRows
    outcome: BreakEvenOutcome

    @property
    def start(self) -> Cell:
        """The lower end of the range."""
        return self.grid.cell(self.rows.start, FIRST, fixed=True)

    @property
    def end(self) -> Cell:
        return self.grid.cell(self.rows.start + 1, FIRST, fixed=True)

    @property
    def made(self) -> int:
        """The column of the driver's values before they are sorted: the first behind the options."""
        return self.book.plan.last_option_column + 1

    def pair_column(self, index: int, what: int) -> int:
        return self.made + 1 + (AMOUNT + 1) * index + what

    def points(self, column: int, *, fixed: bool = False) -> CellRange:
        """A column of the curve, from the first point to the last."""
        first, last = (self.grid.cell(row, column, fixed=fixed) for row in (self.rows.first, self.rows.last))
        return first.to(last)

    def titles(self, pair: PairBreakEven) -> tuple[Expression, Expression]:
        return self.book.option(pair.first), self.book.option(pair.second)

    @property
    def driver_format(self) -> str:
        return result_format((value for value, _ in self.outcome.curve), self.outcome.driver.unit)

    @property
    def total_format(self) -> str:
        amounts = (each for _, totals in self.outcome.curve for each in totals.values())
        return result_format(amounts, self.outcome.total.unit)
