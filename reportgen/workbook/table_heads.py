"""Which rows stay in sight on the screen and are repeated on paper: heads only where they name all that stands below.

A sheet of one table, or of tables with the same columns, has its heads in sight. Where a table further down has other
heads, only the head of the sheet stays: each table has its own.
"""

from __future__ import annotations

from reportgen.workbook.grid import HEADS, Grid
from reportgen.workbook.plan import HEAD_ROW, LABEL

MOST_FROZEN = 115.0
"""In points: a fifth of a screen of 1366 by 768."""


def heads_of(grid: Grid, row: int) -> dict[int, str]:
    """The heads in a row by their columns, but that of what the rows are."""
    cells = ((column, grid.cells[at, column]) for at, column in grid.cells if at == row and column > LABEL)
    return {column: str(cell.content) for column, cell in cells if cell.style in HEADS and cell.content}


def names_all_below(grid: Grid) -> bool:
    """Whether no table further down has another head over a column."""
    first = heads_of(grid, HEAD_ROW)
    if not any(row == HEAD_ROW for row, _ in grid.cells):
        return False
    rows = {row for (row, _), cell in grid.cells.items() if row > HEAD_ROW and cell.style in HEADS}
    later = [(column, text) for row in rows for column, text in heads_of(grid, row).items()]
    return all(first.get(column, text) == text for column, text in later)


def frozen_rows(grid: Grid) -> int:
    """How many rows stay in sight: with the heads where these are true, are not too high, and are not on a sheet that
    is one screen anyway."""
    fits = grid.height(1, HEAD_ROW) <= MOST_FROZEN
    return HEAD_ROW if fits and not grid.one_page and names_all_below(grid) else HEAD_ROW - 1


def repeated_rows(grid: Grid, first_printed: int) -> tuple[int, int]:
    """The first and last row that paper repeats: the heads where these are true, else the title, which is in the head
    of the sheet; all of that where printing begins further down."""
    if first_printed > HEAD_ROW:
        return 1, HEAD_ROW - 1
    return (HEAD_ROW, HEAD_ROW) if names_all_below(grid) else (1, 1)
