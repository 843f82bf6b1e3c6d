"""On Break-even: what the chart marks. A chart cannot leave out a point whose cell says that there is none, so the
mark of a pair that does not cross stands on the first option's line, at its beginning, and the legend says so."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.rounding import round_like_spreadsheets
from reportgen.formula.nodes import Function
from reportgen.workbook.address import Address, Area, column_letters
from reportgen.workbook.chart_plan import Numbers, Series
from reportgen.workbook.curve_crossings import PairCurve
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.layout import CurveRows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import BREAK_EVEN, FIRST, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.sheets.charts import cell_text
from reportgen.workbook.sheets.common import Book, calculation, heading

MOST_MARKS = 3
"""Pairs of options whose crossings the chart marks."""


def crossing_marks(
    book: Book, grid: Grid, rows: CurveRows, outcome: BreakEvenOutcome, found: Sequence[PairCurve], first_column: int
) -> None:
    """A row for each pair: the text of the legend, the first and the last crossing, and the amounts there. The pair's
    own columns begin at `first_column`, four for each."""
    heading(grid, rows.marks - 2, "What the chart marks", FIRST + 3)
    for column, text in enumerate(("first", "last", "amount at first", "amount at last"), FIRST):
        grid.put(rows.marks - 1, column, text, Style.WORD)
    driver_format = result_format((value for value, _ in outcome.curve), outcome.driver.unit)
    total_format = result_format((each for _, totals in outcome.curve for each in totals.values()), outcome.total.unit)
    for index, pair in enumerate(found):
        row, of = rows.marks + index, rows.crossings + index
        crossing, height = (column_letters(first_column + 4 * index + step) for step in (2, 3))
        one, other = (
            f"${column_letters(book.plan.option_column(each))}${HEAD_ROW}"
            for each in (pair.pair.first, pair.pair.second)
        )
        decimals = _decimals(outcome)
        last = f'IF(D{of}>C{of},", last "&FIXED(D{of},{decimals}),"")'
        places = f'IF(ISNUMBER(C{of}),FIXED(C{of},{decimals})&{last},"none")'
        formula = f'="Crossing of "&{one}&" and "&{other}&": "&{places}'
        grid.put(row, LABEL, _text(book, outcome, pair), Style.LABEL, formula=formula)
        grid.put(row, UNIT, str(outcome.driver.unit), Style.UNIT)
        line = f"${column_letters(book.plan.option_column(pair.pair.first))}${rows.first}"
        at, amounts = _points(pair, outcome)
        for step, letters in enumerate("CD"):
            cell = f"{letters}{of}"
            place = f"=IF(ISNUMBER({cell}),{cell},$C${rows.start})"
            calculation(grid, (row, FIRST + step), at[step], place, driver_format)
            amount_cells, place_cells = (f"${each}${rows.first}:${each}${rows.last}" for each in (height, crossing))
            amount = f"INDEX({amount_cells},MATCH({cell},{place_cells},0))"
            formula = f"=IF(ISNUMBER({cell}),{amount},{line})"
            calculation(grid, (row, FIRST + 2 + step), amounts[step], formula, total_format)


def marked_series(book: Book, rows: CurveRows, outcome: BreakEvenOutcome, found: Sequence[PairCurve]) -> list[Series]:
    series = []
    for row, pair in enumerate(found[:MOST_MARKS], rows.marks):
        if set(outcome.unknown) & {pair.pair.first, pair.pair.second}:
            continue
        at, amounts = _points(pair, outcome)
        title = cell_text(Address(BREAK_EVEN, row, LABEL), _text(book, outcome, pair))
        values = Numbers(Area(BREAK_EVEN, row, FIRST + 2, row, FIRST + 3), amounts)
        places = Numbers(Area(BREAK_EVEN, row, FIRST, row, FIRST + 1), at)
        series.append(Series(title, values, places, mark=True))
    return series


def _points(pair: PairCurve, outcome: BreakEvenOutcome) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the first and the last crossing are marked, and the amounts there."""
    amounts = {each: height for each, height in zip(pair.crossings, pair.heights, strict=True) if each is not None}
    if pair.first is None or pair.last is None:
        value, totals = outcome.curve[0]
        return (value, value), (totals[pair.pair.first], totals[pair.pair.first])
    first, last = amounts[pair.first], amounts[pair.last]
    assert first is not None and last is not None
    return (pair.first, pair.last), (first, last)


def _decimals(outcome: BreakEvenOutcome) -> int:
    """Four digits of the range at least."""
    return max(0, 4 - math.floor(math.log10(outcome.question.end - outcome.question.start)))


def _text(book: Book, outcome: BreakEvenOutcome, pair: PairCurve) -> str:
    titles = [book.model.option(each).title for each in (pair.pair.first, pair.pair.second)]
    places = "none"
    if pair.first is not None and pair.last is not None:
        ends = [pair.first] if pair.first == pair.last else [pair.first, pair.last]
        places = ", last ".join(_fixed(each, _decimals(outcome)) for each in ends)
    return f"Crossing of {titles[0]} and {titles[1]}: {places}"


def _fixed(value: float, decimals: int) -> str:
    """As FIXED writes it."""
    return f"{float(round_like_spreadsheets(Function.ROUND, np.array([value]), decimals)[0]) + 0.0:,.{decimals}f}"
