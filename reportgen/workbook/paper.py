"""A sheet on paper: how much of it, which way round, on how many pages beside each other, and where pages begin.

Sheets are fitted to the width of their pages. What would be set in type too small to read is left out, or goes on
beside: columns of notes at the right are left out first, then columns go on to further pages.
"""

from __future__ import annotations

import math
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
SIDES, ENDS = 62.0, 108.0
"""Margins left and right together, top and bottom together; a little more than the sheets have."""
SURE = 0.95
"""Of a page's height: rows that are on it in every viewer."""
DEFAULT_WIDTH, PER_CHARACTER = 8.43, 5.25
"""Of a column that nothing is set for, in characters, and a character's width in points."""

_SMALL_STYLES = (Style.TEXT, Style.NONE)
_NOTES = HEADS | {Style.TEXT, Style.HEADING}

Rows = Sequence[tuple[int, int]]
"""First and last rows of what is printed, each part on pages of its own."""


@dataclass(frozen=True, slots=True)
class Paper:
    """`heads` are the rows repeated on every page, `across` and `down` on how many pages all is set to be (0: on as
    many as it takes), `breaks` the rows after which a page ends."""

    areas: tuple[Area, ...]
    heads: tuple[int, int]
    portrait: bool
    across: int
    down: int
    breaks: tuple[int, ...]


def paper_of(grid: Grid) -> Paper:
    """How a filled sheet is printed."""
    ends = [chart.rows[1] for chart in grid.charts]
    rows = grid.printed_rows or [(1, max(*(row for row, _ in grid.cells), *ends, 0))]
    last = _last_column(grid, rows)
    areas = tuple(Area(grid.name, first, 1, end, last) for first, end in rows)
    heads = (HEAD_ROW, HEAD_ROW)
    if len(rows) > 1:  # parts with heads of their own
        heads = (1, 1)
    elif rows[0][0] > HEAD_ROW:
        heads = (1, HEAD_ROW - 1)
    least = _least_scale(grid, rows, last)
    across = max(grid.pages_across, _pages_across(grid, last, (LONG - SIDES) / least))
    if grid.one_page:
        return Paper(areas, heads, portrait=False, across=1, down=1, breaks=())
    sheet = _Pages(grid, rows, heads, (LONG, SHORT), _scale(grid, last, LONG, across))
    upright = _Pages(grid, rows, heads, (SHORT, LONG), _scale(grid, last, SHORT))
    fewer = (upright.at(least), upright.at(1.0)) < (sheet.at(least), sheet.at(1.0))
    portrait = across == 1 and upright.scale >= least and fewer
    chosen = upright if portrait else sheet
    down, charts = chosen.at(least), any(_within(chart.rows[0], rows) for chart in grid.charts)
    squeezed = len(rows) == 1 and across == 1 and down < chosen.at(1.0) and (down == 1 or not charts)
    return Paper(areas, heads, portrait, across, down if squeezed else 0, () if squeezed else chosen.breaks())


@dataclass(frozen=True, slots=True)
class _Pages:
    """The printed rows on paper of these edges, at the scale at which their columns fit it."""

    grid: Grid
    rows: Rows
    heads: tuple[int, int]
    edges: tuple[float, float]
    scale: float

    def at(self, scale: float) -> int:
        """On how many pages below each other they are at a scale that is no larger."""
        room, repeated = SURE * (self.edges[1] - ENDS) / min(scale, self.scale), _tall(self.grid, *self.heads)
        pages = 0
        for first, end in self.rows:
            tall = _tall(self.grid, first, end) + (0.0 if first <= self.heads[0] else repeated)
            pages += 1 + max(0, math.ceil((tall - room) / (room - repeated)))
        return pages

    def breaks(self) -> tuple[int, ...]:
        """The rows after which a page ends: just before each chart that may not be whole otherwise. How high a page's
        rows are in all depends on the viewer's fonts, so where a page ends by itself is not relied on."""
        room, repeated = SURE * (self.edges[1] - ENDS) / self.scale, _tall(self.grid, *self.heads)
        starts = {chart.rows[0]: chart.rows[1] for chart in self.grid.charts}
        breaks = []
        for first, end in self.rows:
            used = 0.0 if first <= self.heads[0] else repeated
            for row in range(first, end + 1):
                if used + _tall(self.grid, row, starts.get(row, row)) > room and used > repeated:
                    if row in starts:
                        breaks.append(row - 1)
                    used = repeated
                used += _tall(self.grid, row, row)
        return tuple(breaks)


def _least_scale(grid: Grid, rows: Rows, last: int) -> float:
    """At which the smallest type that is printed is as small as it may be."""
    styles = {
        cell.style for (row, at), cell in grid.cells.items() if at <= last and cell.content and _within(row, rows)
    }
    sizes = [SMALL] if styles.intersection(_SMALL_STYLES) else []
    sizes += [CHART_TEXT] if any(_within(chart.rows[0], rows) for chart in grid.charts) else []
    return LEAST_TYPE / min(sizes, default=SIZE)


def _within(row: int, rows: Rows) -> bool:
    return row <= HEAD_ROW or any(first <= row <= last for first, last in rows)


def _last_column(grid: Grid, rows: Rows) -> int:
    """The last column on paper: without notes at the right that have no room, with room for titles that run on."""
    charts = [chart.columns[1] for chart in grid.charts if _within(chart.rows[0], rows)]
    last = max(grid.printed_columns or max(column for _, column in grid.cells), *charts, 0)
    while last > max(FIRST, *charts, 0) and _scale(grid, last, LONG) < _least_scale(grid, rows, last):
        if not _only_notes(grid, last):
            break
        last -= 1
    reach, room = overflow(grid, rows) * PER_CHARACTER, (LONG - SIDES) / _least_scale(grid, rows, last)
    while _width(grid, last) < reach and _width(grid, last + 1) <= room:
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


def _tall(grid: Grid, first: int, last: int) -> float:
    """Of rows, in points."""
    return sum(grid.heights.get(row, ROW_HEIGHT) for row in range(first, last + 1))
