"""Where a printed page has to begin so that no chart is cut in two."""

from __future__ import annotations

from reportgen.workbook.fit import ROW_HEIGHT
from reportgen.workbook.grid import Grid
from reportgen.workbook.plan import HEAD_ROW

PAPER = (842.0, 595.0)
"""A4, landscape, in points."""
MARGINS = (72.0, 110.0)
"""Left and right together, top and bottom together; a little more than the sheets have."""
SURE = 0.9
"""Of a page's height: rows that are on it in every viewer."""
DEFAULT_WIDTH, PER_CHARACTER = 8.43, 5.25
"""Of a column that nothing is set for, in characters, and a character's width in points."""


def chart_breaks(grid: Grid, last_column: int) -> tuple[int, ...]:
    """The rows after which a page ends, for a sheet that is fitted to the width of its pages: just before each chart
    that may not be whole otherwise. How high a page's rows are in all depends on the viewer's fonts, so where a page
    ends by itself is not relied on. The rows of the head are repeated on every page."""
    widths = [grid.widths.get(column, DEFAULT_WIDTH) * PER_CHARACTER for column in range(1, last_column + 1)]
    width = (sum(widths) + (grid.pages_across - 1) * sum(widths[: grid.frozen_column - 1])) / grid.pages_across
    scale = min(1.0, (PAPER[0] - MARGINS[0]) / width)
    room = SURE * (PAPER[1] - MARGINS[1]) / scale
    heads = sum(_height(grid, row) for row in range(1, HEAD_ROW + 1))
    starts = {chart.rows[0]: chart.rows[1] for chart in grid.charts}
    last_row = max((grid.end[0], *starts.values()))
    breaks, used = [], heads
    for row in range(HEAD_ROW + 1, last_row + 1):
        if row in starts:
            tall = sum(_height(grid, each) for each in range(row, starts[row] + 1))
            if used + tall > room and used > heads:
                breaks.append(row - 1)
                used = heads
        used += _height(grid, row)
    return tuple(breaks)


def _height(grid: Grid, row: int) -> float:
    return grid.heights.get(row, ROW_HEIGHT)
