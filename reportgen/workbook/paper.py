"""A sheet on paper: how much of it, which way round, on how many pages beside each other, and where pages begin.

A sheet's columns have the width of its pages. What would be set in type too small to read is left out, or goes on
beside: columns of notes at the right are left out first, then columns go on to further pages.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.questions import PUBLISHED
from reportgen.workbook.address import Area
from reportgen.workbook.fit import Rows, is_printed, overflow
from reportgen.workbook.grid import HEADS, Grid, Style
from reportgen.workbook.plan import CASES, CHECKS, FIRST, FIRST_ROW, HEAD_ROW, INPUTS, LOG
from reportgen.workbook.styles import CHART_TEXT, SIZE, SMALL
from reportgen.workbook.table_heads import names_all_below, repeated_rows
from reportgen.workbook.timeline_layout import TIMELINE

ON_SCREEN = (CASES, TIMELINE, PUBLISHED, INPUTS, LOG, CHECKS)
"""Sheets of which nothing is printed: workings and registers, which are read, sorted and filled in on the screen. What
all checks come to stands in the head of every sheet."""

LEAST_TYPE = 7.0
"""Points of the smallest type on paper."""

LONG, SHORT = 842.0, 595.0
"""Edges of A4 in points."""
SIDES, ENDS = 43.6, 86.8
"""Margins left and right together, top and bottom together."""
SURE = 0.99
"""Of a page's height: rows that are on it in every viewer."""
DEFAULT_WIDTH = 8.43
"""Of a column that nothing is set for, in characters."""
PER_CHARACTER = 6.7
"""A character's width in points, where a viewer lacks the workbook's font and has a wide one in its place."""

STEP = 0.01
"""Between scales that are tried."""

MOST_TRIED = 12
"""Pages of a sheet of which a larger type is tried for, if it takes no page more."""

_SMALL_STYLES = (Style.TEXT, Style.NONE)
_NOTES = HEADS | {Style.TEXT, Style.HEADING}


@dataclass(frozen=True, slots=True)
class Paper:
    """`heads` are the rows repeated on every page, none where nothing is printed, `scale` how large all is printed,
    `breaks` the rows after which a page ends. What is on `one_page` is made to fit it instead."""

    areas: tuple[Area, ...]
    heads: tuple[int, int] | None
    portrait: bool
    across: int
    scale: float
    breaks: tuple[int, ...]


def paper_of(grid: Grid) -> Paper:
    """How a filled sheet is printed: on as few pages as its type allows, and then as large as they have room for."""
    if grid.name in ON_SCREEN:
        empty = grid.end[0] + 2
        return Paper((Area(grid.name, empty, 1, empty, 1),), None, portrait=False, across=1, scale=1.0, breaks=())
    ends = [chart.rows[1] for chart in grid.charts]
    rows = grid.printed_rows or [(1, max(*(row for row, _ in grid.cells), *ends, 0))]
    last = _last_column(grid, rows)
    areas = tuple(Area(grid.name, first, 1, end, _last_of_part(grid, (first, end), last)) for first, end in rows)
    heads = repeated_rows(grid, rows[0][0])
    least = _least_scale(grid, rows, last)
    across = max(grid.pages_across, _pages_across(grid, last, (LONG - SIDES) / least))
    if grid.one_page:
        return Paper(areas, heads, portrait=False, across=1, scale=_scale(grid, last, LONG), breaks=())
    lying = _Pages(grid, rows, heads, SHORT, max(least, _scale(grid, last, LONG, across)))
    upright = _Pages(grid, rows, heads, LONG, _scale(grid, last, SHORT))
    portrait = across == 1 and upright.largest >= least and upright.at(least)[0] < lying.at(least)[0]
    scale, breaks = (upright if portrait else lying).best(least)
    return Paper(areas, heads, portrait, across, scale, breaks)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The printed rows on pages so high, whose width their columns have at the `largest` scale."""

    grid: Grid
    rows: Rows
    heads: tuple[int, int]
    height: float
    largest: float

    def best(self, least: float) -> tuple[float, tuple[int, ...]]:
        """The largest scale at which there are no more pages than at the least, and after which rows these end."""
        fewest, breaks = self.at(least)
        scale = min(least, self.largest)
        while fewest <= MOST_TRIED and scale + STEP <= self.largest and self.at(scale + STEP)[0] <= fewest:
            scale += STEP
            breaks = self.at(scale)[1]
        return scale, breaks

    def at(self, scale: float) -> tuple[int, tuple[int, ...]]:
        """How many pages there are below each other, and, where tables have heads of their own or charts, the rows
        after which each ends: a table is on one page with its head, and a chart with the table above it, if they fit.
        """
        room, repeated = SURE * (self.height - ENDS) / min(scale, self.largest), self.grid.height(*self.heads)
        starts = {each.rows[0]: each.rows[1] for each in self.grid.charts if is_printed(each.rows[0], self.rows)}
        is_broken = bool(starts) or not names_all_below(self.grid)
        pages, breaks = 0, list[int]()
        for first, end in self.rows:
            pages, used, begins = pages + 1, 0.0 if first <= self.heads[0] else repeated, first
            blocks = self._blocks(first, end, starts, room - repeated) if is_broken else [(first, end)]
            for begin, last in blocks:
                tall = self.grid.height(begin, last)
                if repeated + tall > room:
                    units = [(row, starts.get(row, row)) for row in range(begin, last + 1)]
                else:
                    units = [(begin, last)]
                for row, whole in units:
                    if used + self.grid.height(row, whole) > room and row > begins:
                        begins, used, pages = row, repeated, pages + 1
                        breaks.append(row - 1)
                    used += tall if len(units) == 1 else self.grid.height(row, row)
        return pages, tuple(breaks) if is_broken else ()

    def _blocks(self, first: int, end: int, charts: Mapping[int, int], room: float) -> list[tuple[int, int]]:
        """First and last rows of what belongs together: rows up to a gap, with the chart that comes next if both have
        room on a page. A gap belongs to what is above it."""
        filled = {row for row, _ in self.grid.cells}
        covered = {row for begin, last in charts.items() for row in range(begin, last + 1)}
        found: list[tuple[int, int]] = []
        for row in range(first, end + 1):
            if row <= FIRST_ROW < end:  # the head of the sheet goes with its first table
                found = [(first, row)]
                continue
            is_new = row - 1 not in filled and row - 1 not in covered and row in filled
            if not found or is_new or (row in charts and row not in filled and row - 1 not in covered):
                found.append((row, row))
            found[-1] = found[-1][0], row
        blocks: list[tuple[int, int]] = []
        for begin, last in found:
            with_table = blocks and begin in charts and self.grid.height(blocks[-1][0], last) <= room
            if with_table:
                blocks[-1] = blocks[-1][0], last
            else:
                blocks.append((begin, last))
        return blocks


def _least_scale(grid: Grid, rows: Rows, last: int) -> float:
    """At which the smallest type that is printed is as small as it may be."""
    styles = {
        cell.style for (row, at), cell in grid.cells.items() if at <= last and cell.content and is_printed(row, rows)
    }
    sizes = [SMALL] if styles.intersection(_SMALL_STYLES) else []
    sizes += [CHART_TEXT] if any(is_printed(chart.rows[0], rows) for chart in grid.charts) else []
    return math.ceil(100 * LEAST_TYPE / min(sizes, default=SIZE)) / 100  # scales are whole per cent


def _last_column(grid: Grid, rows: Rows) -> int:
    """The last column on paper: without notes at the right that have no room, with room for titles that run on."""
    charts = [chart.columns[1] for chart in grid.charts if is_printed(chart.rows[0], rows)]
    last = max(grid.printed_columns or max(column for _, column in grid.cells), *charts, 0)
    while last > max(FIRST, *charts, 0) and _scale(grid, last, LONG) < _least_scale(grid, rows, last):
        if not _only_notes(grid, last):
            break
        last -= 1
    reach, room = overflow(grid, rows, last) * PER_CHARACTER, (LONG - SIDES) / _least_scale(grid, rows, last)
    while _width(grid, last) < reach and _width(grid, last + 1) <= room:
        last += 1
    return last


def _last_of_part(grid: Grid, part: tuple[int, int], last: int) -> int:
    """The last column of a part of a sheet: a narrow part is not printed again on pages for columns that it lacks."""
    if len(grid.printed_rows) < 2:
        return last
    used = [column for row, column in grid.cells if part[0] <= row <= part[1] and column <= last]
    used += [chart.columns[1] for chart in grid.charts if part[0] <= chart.rows[0] <= part[1]]
    return max(used, default=last)


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
    """The largest at which all columns are on so many pages beside each other."""
    width = (_width(grid, last) + (across - 1) * _width(grid, grid.frozen_column - 1)) / across
    scale = min(1.0, (edge - SIDES) / width)
    while across > 1 and scale > STEP and _pages_across(grid, last, (edge - SIDES) / scale) > across:
        scale -= STEP
    return scale
