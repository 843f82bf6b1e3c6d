"""On Break-even: what the chart marks. A chart cannot leave out a point whose cell says that there is none, so the
mark of a pair that does not cross stands on the first option's line, at its beginning, and the legend says so."""

from __future__ import annotations

import math

from reportgen.compute.break_even import PairBreakEven
from reportgen.questions import BREAK_EVEN
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cell_scale import is_per_cent
from reportgen.workbook.chart_plan import Numbers, Series, Texts
from reportgen.workbook.expressions import Cell, Cells, Expression
from reportgen.workbook.filled_messages import filled_message
from reportgen.workbook.grid import Style
from reportgen.workbook.plan import FIRST, LABEL, UNIT
from reportgen.workbook.sheets.curve_part import AMOUNT, CROSSING, CurvePart
from reportgen.workbook.sheets.sheet_parts import heading, heads
from reportgen.workbook.titles import Text

MOST_MARKS = 3
"""Pairs of options whose crossings the chart marks."""

_PLACES, _AMOUNTS = FIRST, FIRST + 2
"""Columns of the first crossing and of the amount there; those of the last one follow each."""


def crossing_marks(part: CurvePart) -> None:
    """A row for each pair: the text of the legend, the first and the last crossing, and the amounts there."""
    grid, rows = part.grid, part.rows
    heading(grid, rows.marks - 2, message("Break-evens marked in the chart"), _AMOUNTS + 1)
    texts: list[tuple[int, Text, bool]] = [(LABEL, message("Legend"), False), (UNIT, message("Unit"), False)]
    names = (message("First"), message("Last"), message("Total at the first"), message("Total at the last"))
    heads(grid, rows.marks - 1, [*texts, *((column, text, True) for column, text in enumerate(names, _PLACES))])
    for index, pair in enumerate(part.outcome.pairs):
        row, ends = rows.marks + index, [grid.cell(rows.crossings + index, FIRST + step) for step in range(2)]
        crossings, amounts = (part.points(part.pair_column(index, each), fixed=True) for each in (CROSSING, AMOUNT))
        begin = grid.cell(rows.first, part.book.plan.option_column(pair.first), fixed=True)
        grid.put(row, LABEL, _legend(part, pair, *ends), Style.LABEL)
        grid.put(row, UNIT, unit_words(part.outcome.driver.unit), Style.UNIT)
        for step, end in enumerate(ends):
            crosses, amount = f.ISNUMBER(end), f.INDEX(amounts, f.MATCH(end, crossings, 0.0))
            grid.put(row, _PLACES + step, f.IF(crosses, end, part.start), Style.CALCULATION, part.driver_format)
            grid.put(row, _AMOUNTS + step, f.IF(crosses, amount, begin), Style.CALCULATION, part.total_format)


def _legend(part: CurvePart, pair: PairBreakEven, first: Cell, last: Cell) -> Expression:
    """Which options cross, and where, with four digits of the range at least."""
    question = part.outcome.question
    decimals = max(0, 4 - math.floor(math.log10(question.end - question.start)))
    one, other = part.titles(pair)
    also = f.IF(last > first, filled_message(", last {place}", place=_place(part, last, decimals)), "")
    places = f.IF(f.ISNUMBER(first), _place(part, first, decimals) & also, message("none"))
    return filled_message("Break-even of {option} and {other}: {places}", option=one, other=other, places=places)


def _place(part: CurvePart, place: Cell, decimals: float) -> Expression:
    """FIXED shows no per cent."""
    if is_per_cent(part.outcome.driver.unit):
        return f.FIXED(place * 100.0, decimals) & "%"
    return f.FIXED(place, decimals)


def marked_series(part: CurvePart, cells: Cells) -> list[Series]:
    series = []
    for row, pair in enumerate(part.outcome.pairs[:MOST_MARKS], part.rows.marks):
        if not set(part.outcome.unknown) & {pair.first, pair.second}:
            title = Texts.read(cells, Area(BREAK_EVEN, row, LABEL, row, LABEL))
            at, amounts = (
                Numbers.read(cells, Area(BREAK_EVEN, row, column, row, column + 1)) for column in (_PLACES, _AMOUNTS)
            )
            series.append(Series(title, amounts, at, mark=True))
    return series
