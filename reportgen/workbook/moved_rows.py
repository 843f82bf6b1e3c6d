"""Rows that were sorted or moved away from where formulas look for them say so beside their inputs.

A spreadsheet that sorts rows takes titles and inputs along, while every formula goes on reading the same rows: it would
find another input there. What a row's own mark refers to with dollar signs stays as well, so that the mark sees it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message
from reportgen.workbook.checks import Check
from reportgen.workbook.expressions import Constant, cells_of
from reportgen.workbook.grid import Grid
from reportgen.workbook.plan import HEAD_ROW, LABEL, Plan
from reportgen.workbook.titles import phrase, title_on_sheet

MOVED = message("moved")


def mark_moved_rows(grids: Sequence[Grid]) -> None:
    """To be done once each row has its mark."""
    for grid in _sorted(grids):
        for row, mark in grid.marks.items():
            told, known = grid.expressions.get((row, mark.column)), grid.cells.pop((row, mark.column))
            stays = f.ROW(grid.cell(row, LABEL)).equals(f.ROW(grid.cell(row, LABEL, fixed=True)))
            grid.put(row, mark.column, f.IF(stays, told or "", MOVED), known.style)


def rows_in_place(plan: Plan, grids: Sequence[Grid]) -> Iterator[Check]:
    """No row of a sheet was moved."""
    for grid in _sorted(grids):
        columns = {mark.column for mark in grid.marks.values()}
        area = Area(grid.name, HEAD_ROW, min(columns), max(grid.marks), max(columns))
        yield Check(
            phrase("{sheet}: rows stand where they were", sheet=title_on_sheet(plan, grid.name)),
            grid.name,
            message("rows"),
            f.COUNTIF(cells_of(area), MOVED),
            Constant(0.0),
            note=message("Formulas do not follow rows that are sorted: undo it."),
            known=0.0,
        )


def _sorted(grids: Sequence[Grid]) -> Iterator[Grid]:
    """Sheets whose rows look as if they might be sorted: Assumptions and those of categories."""
    return (grid for grid in grids if grid.marks and grid.tab in ("input", "category"))
