"""The rows of Cash flow from top to bottom, so that checks read the cells that the sheet fills."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.questions import CASH_FLOW
from reportgen.workbook.address import Area
from reportgen.workbook.plan import FIRST, FIRST_ROW

NOMINAL, DISCOUNTED, SO_FAR, DISCOUNTED_SO_FAR = range(4)
"""Tables by their number, one below the other; the present values follow them."""

WEIGHT, YEARS_SO_FAR, FACTOR, NUMBER = range(FIRST, FIRST + 4)
"""Columns of the first table: how much of a year counts, how many have by its end, what its amounts are discounted by,
and its number."""


@dataclass(frozen=True, slots=True)
class CashFlowLayout:
    """`years` are laid out after year 0, however many of them the horizon reaches."""

    years: int

    @property
    def timing(self) -> int:
        """The row of the first table's title."""
        return FIRST_ROW

    def table(self, number: int) -> int:
        """The row of a table's title."""
        return self.timing + 2 + (number + 1) * (self.years + 3)

    def year_row(self, number: int, year: int) -> int:
        return self.table(number) + 1 + year

    def time_row(self, year: int) -> int:
        return self.timing + 2 + year

    @property
    def paid_row(self) -> int:
        """What is paid in all; the present value stands in the row below."""
        return self.table(len((NOMINAL, DISCOUNTED, SO_FAR, DISCOUNTED_SO_FAR))) + 1

    def amounts(self, number: int, column: int) -> Area:
        """All years of one table in one column."""
        return Area(CASH_FLOW, self.year_row(number, 0), column, self.year_row(number, self.years), column)

    def times(self, column: int, first: int = 0) -> Area:
        """A column of the first table from a year on."""
        return Area(CASH_FLOW, self.time_row(first), column, self.time_row(self.years), column)
