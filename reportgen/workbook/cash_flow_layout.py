"""The rows of Cash flow from top to bottom, so that checks read the cells that the sheet fills. Its steps stand in the
columns that they have on Timeline."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from reportgen.model.model import Model
from reportgen.questions import CASH_FLOW
from reportgen.workbook.address import Area
from reportgen.workbook.plan import FIRST_ROW
from reportgen.workbook.timeline_layout import StepColumns

PAID, PRESENT, ANNUAL = 3, 4, 5
"""Columns of the table of options at the top: paid in all, its present value, and that as equal yearly amounts."""

FIRST_IS, YEARS, DISCOUNTED_YEARS, RATE, MORE, SAVED, RATIO = 3, 4, 5, 6, 7, 8, 9
"""Columns of the table of pairs: which option costs more at first, after how many years it has made up for it, the same
discounted, the internal rate of return; what it costs more and what it saves, discounted, and the one by the other."""


PAID_SO_FAR_ROWS = 13
"""Of the chart: with the tables above it, it is on one page."""


class Of(IntEnum):
    """Rows of an option's block after those of the parts of its total."""

    PAID = 0
    SO_FAR = 1
    FACTOR = 2
    DISCOUNTED = 3
    DISCOUNTED_SO_FAR = 4


class Pair(IntEnum):
    """Rows of the workings of a pair: how much more the one costs; the sign of that as it was last and as it was first;
    how often it has changed; how much more the one that costs more at first has cost so far, paid and discounted; and
    when it has made up for that."""

    MORE = 0
    LAST_SIGN = 1
    FIRST_SIGN = 2
    CHANGES = 3
    SO_FAR = 4
    DISCOUNTED_SO_FAR = 5
    MOMENT = 6
    DISCOUNTED_MOMENT = 7


@dataclass(frozen=True, slots=True)
class CashFlowLayout:
    """`parts`: the categories and items that the total adds up; `columns` of the steps. The head of the
    sheet, which stays in view, is over these; the tables at the top have heads of their own."""

    model: Model
    parts: int
    columns: StepColumns

    @property
    def lowest(self) -> int:
        """Below the table of options: which has the lowest present value, or which lack a price."""
        return self.option_row(len(self.model.options))

    @property
    def times(self) -> int:
        """Years from the start to the end of each step, right below the head."""
        return FIRST_ROW

    @property
    def option_head(self) -> int:
        return self.times + 2

    def option_row(self, option: int) -> int:
        return self.option_head + 1 + option

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each other option against the subject."""
        options = self.model.option_ids
        subject = self.model.subject or options[0]
        return tuple((other, subject) for other in options if other != subject)

    @property
    def pair_head(self) -> int:
        return self.lowest + 2

    def pair_row(self, pair: int) -> int:
        return self.pair_head + 1 + pair

    @property
    def chart(self) -> int:
        return self.pair_head + len(self.pairs) + 2

    def block(self, option: int) -> int:
        """The title of an option's block; its parts follow."""
        return self.chart + PAID_SO_FAR_ROWS + 1 + option * (self.parts + len(Of) + 2)

    def row(self, option: int, of: Of) -> int:
        return self.block(option) + 1 + self.parts + of

    def workings(self, pair: int) -> int:
        return self.block(len(self.model.options)) + pair * (len(Pair) + 2)

    def working(self, pair: int, row: Pair) -> int:
        return self.workings(pair) + 1 + row

    @property
    def last_column(self) -> int:
        return self.columns.steps[-1]

    def cells(self, row: int, *, start: bool = True) -> Area:
        """The cells of the start and all steps in a row."""
        columns = self.columns.paid if start else self.columns.steps
        return Area(CASH_FLOW, row, columns[0], row, columns[-1])

    def column(self, of: int) -> Area:
        """A column of the table of options."""
        return Area(CASH_FLOW, self.option_row(0), of, self.lowest - 1, of)
