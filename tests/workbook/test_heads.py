"""Heads that stay in sight, on the screen and on paper: they name all that stands below, and take little room."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model
from reportgen.workbook.build_workbook import build_grids
from reportgen.workbook.grid import HEADS, Grid, Style
from reportgen.workbook.plan import CHECK_ROW, CHECKS, HEAD_ROW, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from reportgen.workbook.table_heads import frozen_rows, names_all_below, repeated_rows
from tests.conftest import plain_book

FIFTH_OF_A_SCREEN = 768 / 5 * 72 / 96
"""In points, at 100 %."""


@cache
def grids(path: Path) -> tuple[Grid, ...]:
    model, _ = load_model(path)
    results, plan = evaluate(model), plan_workbook(model)
    return build_grids(plan, results, lay_out_questions(plan, results), shipped_brand())


def test_frozen_rows_take_a_fifth_of_a_screen_at_most(model_path: Path) -> None:
    for sheet in openpyxl.load_workbook(BytesIO(plain_book(model_path))).worksheets:
        frozen = int("".join(filter(str.isdigit, sheet.freeze_panes))) - 1
        heights = [sheet.row_dimensions[row].height for row in range(1, frozen + 1)]
        assert None not in heights, sheet.title
        assert sum(heights) <= FIFTH_OF_A_SCREEN, f"{sheet.title}: {heights}"


def test_the_master_check_stays_in_sight(model_path: Path) -> None:
    for grid in grids(model_path):
        assert frozen_rows(grid) >= CHECK_ROW
        assert grid.cells[CHECK_ROW, 2].style is Style.CHECK and CHECKS in grid.cells[CHECK_ROW, 2].formula + grid.name


def wrong_heads(grid: Grid, row: int) -> list[str]:
    """Heads further down that say something else than the head of the sheet in their column."""
    first = {column: cell.content for (at, column), cell in grid.cells.items() if at == row and cell.content}
    heads = [(at, cell.content) for at, cell in grid.cells.items() if cell.style in HEADS and cell.content]
    return [
        f"{grid.name} row {at}: {text} below {first[column]}"
        for (at, column), text in heads
        if at > row and column > 1 and first.get(column, text) != text
    ]


def test_heads_that_stay_or_are_repeated_are_true_of_all_below(model_path: Path) -> None:
    for grid in grids(model_path):
        first = min((rows[0] for rows in grid.printed_rows), default=1)
        if HEAD_ROW in (frozen_rows(grid), repeated_rows(grid, first)[1]):
            assert wrong_heads(grid, HEAD_ROW) == [], grid.name


LONG_TABLES = ("Assumptions", "Timeline", "Published", "Sources", "Features", "Checks", "Scenarios")


def test_long_tables_keep_their_heads_in_sight(model_path: Path) -> None:
    for grid in grids(model_path):
        if grid.name in LONG_TABLES or grid.tab == "category":
            assert frozen_rows(grid) == HEAD_ROW, f"{grid.name}: {wrong_heads(grid, HEAD_ROW)}"


@pytest.mark.parametrize(("later", "true"), [("Cost", True), ("Share", False)])
def test_a_table_with_other_columns_ends_what_a_head_names(later: str, true: bool) -> None:
    grid = Grid("Sheet", "result")
    grid.put(HEAD_ROW, 1, "Item", Style.HEAD)
    grid.put(HEAD_ROW, 3, "Cost", Style.HEAD_NUMBER)
    grid.put(12, 1, "Further items", Style.HEAD)
    grid.put(12, 3, later, Style.HEAD_NUMBER)
    assert names_all_below(grid) is true
    assert frozen_rows(grid) == (HEAD_ROW if true else HEAD_ROW - 1)
    assert repeated_rows(grid, 1) == ((HEAD_ROW, HEAD_ROW) if true else (1, 1))
