"""Type too small to read on paper is found by what a sheet's page set-up makes of its columns and rows."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from reportgen.review.lint.run import check
from reportgen.review.lint.workbook_reader import read_book
from tests.review.books import good


@pytest.mark.parametrize(
    ("setup", "found"),
    [
        ({"scale": 60}, "printed in type of 6.6 points"),
        ({"scale": 70}, ""),
        ({"fit": (1, 0), "columns": 20}, "printed in type of 3.0 points"),
        ({"fit": (1, 0), "columns": 20, "area": "A1:E10"}, ""),
        ({"fit": (1, 1), "rows": 200}, "printed in type of 2.6 points"),
        ({"fit": (1, 0), "rows": 200}, ""),
        ({"fit": (1, 1), "rows": 40, "height": 60.0}, "printed in type of 3."),
        ({"fit": (1, 1), "rows": 200, "hidden": 170}, ""),
        ({"scale": 100, "area": "A1:T10"}, "wider than a page"),
        ({"fit": (2, 0), "columns": 10}, "wider than a page"),
        ({"fit": (2, 0), "columns": 10, "repeated": "A:A"}, ""),
        ({"fit": (0, 1), "columns": 5}, ""),
    ],
)
def test_what_is_printed_too_small_is_found(tmp_path: Path, setup: dict[str, Any], found: str) -> None:
    """Type times the scale that is set, or that the columns and rows leave where pages are to be fitted."""
    draft = good()
    sheet = draft.book.create_sheet("Wide")
    for row, column in product(range(1, setup.get("rows", 10) + 1), range(1, setup.get("columns", 5) + 1)):
        sheet.cell(row, column, "text")
    for column in range(1, 21):
        sheet.column_dimensions[get_column_letter(column)].width = 17.0
    sheet.print_title_cols = setup.get("repeated")
    sheet.page_setup.paperSize, sheet.print_area = 9, setup.get("area")
    if "fit" in setup:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = setup["fit"]
    else:
        sheet.page_setup.scale, sheet.print_area = setup["scale"], setup.get("area", "A1:E10")
    for row in range(1, setup.get("rows", 0) + 1):
        sheet.row_dimensions[row].height = setup.get("height")
        sheet.row_dimensions[row].hidden = row <= setup.get("hidden", 0)
    report = check(read_book(draft.save(tmp_path / "wide.xlsx")))
    messages = [each.message for each in report.findings if each.rule.code == "WB401"]
    assert [found in each for each in messages] == ([True] if found else [])
