"""From filled grids to a workbook file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from reportgen import __version__
from reportgen.workbook.address import column_letters
from reportgen.workbook.chart import native_chart
from reportgen.workbook.grid import Grid, Validation
from reportgen.workbook.package import header_text, package
from reportgen.workbook.plan import CHECK_ROW, HEAD_ROW, UNIT, Plan
from reportgen.workbook.styles import FONT, RED, RED_FILL, StyleBook

PRINTED_COLUMNS = 12
"""Of a sheet that is made for screens: paper shows what its rows are, not hundreds of columns."""


def write_workbook(plan: Plan, grids: Sequence[Grid]) -> bytes:
    """The finished file, the same bytes for the same grids."""
    model = plan.model
    workbook: Any = Workbook()
    workbook.remove(workbook.worksheets[0])
    normal = workbook._named_styles["Normal"]
    normal.font = Font(name=FONT, size=10.5)
    normal.bind(workbook)
    moment = datetime.combine(model.as_of, datetime.min.time())
    properties = workbook.properties
    properties.created = properties.modified = moment
    properties.title, properties.creator, properties.lastModifiedBy = model.title, "reportgen", "reportgen"
    properties.description = f"{model.id}, as of {model.as_of}, reportgen {__version__}, model {model.digest[:16]}"
    style_book = StyleBook(workbook)
    for grid in grids:
        _write_sheet(workbook.create_sheet(grid.name), grid, model.title)
    for key, name in plan.names.items():
        address = plan.cells[key]
        target = f"{_quoted(address.sheet)}!${column_letters(address.column)}${address.row}"
        workbook.defined_names[name] = DefinedName(name, attr_text=target)
    workbook.active = 0
    workbook.calculation.fullCalcOnLoad = True
    return package(workbook, {grid.name: grid for grid in grids}, style_book)


def _write_sheet(sheet: Any, grid: Grid, title: str) -> None:
    """Everything of a sheet but its cells, which the package writes straight from the grid."""
    for column, width in grid.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for validation in grid.validations:
        sheet.add_data_validation(_validation(validation))
    for chart in grid.charts:
        sheet.add_chart(native_chart(chart))
    _set_up(sheet, grid, title)


def _validation(planned: Validation) -> DataValidation:
    kind: Literal["list", "custom"] = "list" if planned.list_of else "custom"
    validation = DataValidation(
        type=kind,
        formula1=planned.list_of or planned.rule,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorTitle="This cannot be entered",
        error=_shortened(planned.error, 255),
        promptTitle=_shortened(planned.prompt_title, 32),
        prompt=_shortened(planned.prompt, 255),
    )
    for area in planned.areas:
        validation.add(area.seen_from(area.sheet))
    return validation


def _shortened(text: str, most: int) -> str:
    """Excel refuses a file whose prompts are longer; the full text stands in the row's label."""
    return text if len(text) <= most else text[: most - 1] + "…"


def _set_up(sheet: Any, grid: Grid, title: str) -> None:
    """What is the same on every sheet: view, frozen head, protection, print set-up, the look of a failed check."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.freeze_panes = f"{column_letters(grid.frozen_column)}{HEAD_ROW + 1}"
    sheet.sheet_properties.tabColor = "FF" + grid.tab
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    failed: Any = CellIsRule
    font, fill = Font(color="FF" + RED, bold=True), PatternFill(bgColor="FF" + RED_FILL)
    rule = failed(operator="equal", formula=['"CHECK"'], font=font, fill=fill)
    sheet.conditional_formatting.add(f"{column_letters(UNIT)}{CHECK_ROW}", rule)
    last_row = max(row for row, _ in grid.cells)
    last_column = max(column for _, column in grid.cells)
    if grid.for_screens:
        last_column = min(last_column, PRINTED_COLUMNS)
    sheet.print_area = f"A1:{column_letters(last_column)}{last_row}"
    sheet.print_title_rows = f"1:{HEAD_ROW}"
    sheet.page_setup.orientation = "portrait" if grid.one_page else "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1 if grid.one_page else 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
    sheet.oddFooter.left.text = header_text(title)
    sheet.oddFooter.center.text = "&A"
    sheet.oddFooter.right.text = "Page &P of &N"


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"
