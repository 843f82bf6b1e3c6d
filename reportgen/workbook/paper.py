"""A sheet on paper: how much of it, which way round, on how many pages beside each other, and where pages begin.

Sheets are fitted to the width of their pages. What would be set in type too small to read is left out, or goes on
beside: columns of notes at the right are left out first, then columns go on to further pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.workbook.address import Area
from reportgen.workbook.fit import HEADS, ROW_HEIGHT, overflow
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import FIRST, HEAD_ROW
from reportgen.workbook.styles import CHART_TEXT, SIZE, SMALL

LEAST_TYPE = 7.0
"""Points of the smallest type on paper."""

LONG, SHORT = 842.0, 595.0
"""Edges of A4 in points."""
SIDES, ENDS = 72.0, 110.0
"""Margins left and right together, top and bottom together; a little more than the sheets have."""
SURE = 0.9
"""Of a page's height: rows that are on it in every viewer."""
DEFAULT_WIDTH, PER_CHARACTER = 8.43, 5.25
"""Of a column that nothing is set for, in characters, and a character's width in points."""

_SMALL_STYLES = (Style.TEXT, Style.NONE)
_NOTES = HEADS | {Style.TEXT, Style.HEADING}


@dataclass(frozen=True, slots=True)
class Paper:
    """`heads` are the rows repeated on every page: with those of columns where what stands below them is printed.
    `breaks` are the rows after which a page ends."""

    areas: tuple[Area, ...]
    heads: int
    portrait: bool
    across: int
    breaks: tuple[int, ...]


def paper_of(grid: Grid) -> Paper:
    """How a filled sheet is printed."""
    ends = [chart.rows[1] for chart in grid.charts]
    rows = grid.printed_rows or [(1, max(*(row for row, _ in grid.cells), *ends, 0))]
    last = _last_column(grid, rows)
    least = _least_scale(grid, rows, last)
    if grid.one_page:
        across, portrait, breaks = 1, False, ()
    else:
        across = max(grid.pages_across, _pages_across(grid, last, (LONG - SIDES) / least))
        portrait = across == 1 and _pages(grid, rows, last, SHORT, LONG, least) < _pages(grid, rows, last, LONG, SHORT)
        breaks = _breaks(grid, rows, last, portrait, across)
    areas = tuple(Area(grid.name, first, 1, end, last) for first, end in rows)
    heads = HEAD_ROW if rows[0][0] <= HEAD_ROW else HEAD_ROW - 1
    return Paper(areas, heads, portrait, across, breaks)


def _least_scale(grid: Grid, rows: Sequence[tuple[int, int]], last: int) -> float:
    """At which the smallest type that is printed is as small as it may be."""
    styles = {
        cell.style for (row, at), cell in grid.cells.items() if at <= last and cell.content and _within(row, rows)
    }
    sizes = [SMALL] if styles.intersection(_SMALL_STYLES) else []
    sizes += [CHART_TEXT] if any(_within(chart.rows[0], rows) for chart in grid.charts) else []
    return LEAST_TYPE / min(sizes, default=SIZE)


def _within(row: int, rows: Sequence[tuple[int, int]]) -> bool:
    return row <= HEAD_ROW or any(first <= row <= last for first, last in rows)


def _last_column(grid: Grid, rows: Sequence[tuple[int, int]]) -> int:
    """The last column on paper: without notes at the right that have no room, with room for titles that run on."""
    charts = [chart.columns[1] for chart in grid.charts if _within(chart.rows[0], rows)]
    last = max(grid.printed_columns or max(column for _, column in grid.cells), *charts, 0)
    while last > max(FIRST, *charts, 0) and _scale(grid, last, LONG) < _least_scale(grid, rows, last):
        if not _only_notes(grid, last):
            break
        last -= 1
    reach = overflow(grid, rows) * PER_CHARACTER
    while _width(grid, last) < reach:
        last += 1
    return last


def _only_notes(grid: Grid, column: int) -> bool:
    styles = {cell.style for (row, at), cell in grid.cells.items() if at == column and row >= HEAD_ROW and cell.content}
    return styles <= _NOTES


def _width(grid: Grid, last: int) -> float:
    """Of the columns up to the last, in points."""
    return sum(grid.widths.get(column, DEFAULT_WIDTH) for column in range(1, last + 1)) * PER_CHARACTER


def _pages_across(grid: Grid, last: int, room: float) -> int:
    """On how many pages beside each other all columns are, those that are frozen on each."""
    frozen = _width(grid, grid.frozen_column - 1)
    pages, used = 1, frozen
    for column in range(grid.frozen_column, last + 1):
        width = grid.widths.get(column, DEFAULT_WIDTH) * PER_CHARACTER
        if used + width > room and used > frozen:
            pages, used = pages + 1, frozen
        used += width
    return pages


def _scale(grid: Grid, last: int, edge: float, across: int = 1) -> float:
    width = (_width(grid, last) + (across - 1) * _width(grid, grid.frozen_column - 1)) / across
    return min(1.0, (edge - SIDES) / width)


def _pages(
    grid: Grid, rows: Sequence[tuple[int, int]], last: int, across: float, down: float, least: float = 0.0
) -> float:
    """How many pages of these edges the rows take; endless, where their type would be too small."""
    scale = _scale(grid, last, across)
    if scale < least:
        return float("inf")
    room = (down - ENDS) / scale
    heads = _tall(grid, 1, HEAD_ROW)
    return sum(-(-_tall(grid, max(first, HEAD_ROW + 1), end) // (room - heads)) for first, end in rows)


def _breaks(grid: Grid, rows: Sequence[tuple[int, int]], last: int, portrait: bool, across: int) -> tuple[int, ...]:
    """The rows after which a page ends: just before each chart that may not be whole otherwise. How high a page's rows
    are in all depends on the viewer's fonts, so where a page ends by itself is not relied on. The rows of the head are
    repeated on every page."""
    edges = (SHORT, LONG) if portrait else (LONG, SHORT)
    room = SURE * (edges[1] - ENDS) / _scale(grid, last, edges[0], across)
    heads = _tall(grid, 1, HEAD_ROW)
    starts = {chart.rows[0]: chart.rows[1] for chart in grid.charts}
    breaks = []
    for first, end in rows:
        used = heads
        for row in range(max(first, HEAD_ROW + 1), end + 1):
            if row in starts and used + _tall(grid, row, starts[row]) > room and used > heads:
                breaks.append(row - 1)
                used = heads
            used += _tall(grid, row, row)
    return tuple(breaks)


def _tall(grid: Grid, first: int, last: int) -> float:
    """Of rows, in points."""
    return sum(grid.heights.get(row, ROW_HEIGHT) for row in range(first, last + 1))
