"""From filled grids to a workbook file."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.formatting.rule import CellIsRule, Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break

from reportgen import __version__
from reportgen.brand import Brand
from reportgen.workbook.address import Address, blocks, column_letters
from reportgen.workbook.as_made import OUT_OF_DATE
from reportgen.workbook.book_words import ENGLISH, BookWords, message
from reportgen.workbook.cell_words import INCOMPLETE
from reportgen.workbook.chart import native_chart
from reportgen.workbook.checks import FAILED, NOTED
from reportgen.workbook.expressions import excel_number
from reportgen.workbook.filled_messages import in_words
from reportgen.workbook.grid import ROW_HEIGHT, Grid, Picture, Style, Validation
from reportgen.workbook.package import PngImage, package
from reportgen.workbook.paper import DEFAULT_WIDTH, paper_of
from reportgen.workbook.plan import Plan
from reportgen.workbook.result_names import result_names
from reportgen.workbook.styles import SIZE, StyleBook
from reportgen.workbook.table_heads import frozen_rows
from reportgen.workbook.text import escaped, header_text, shortened, units
from reportgen.workbook.theme import Theme, theme_part
from reportgen.workbook.typed_digits import show_typed_digits

PER_POINT, PER_CHARACTER = 12_700, 66_675
"""English metric units of a point and of a column's width of one character (seven pixels)."""

FOOTER_TITLE = 60
"""How much of the model's title stands on the left of a footer, so that it does not meet the sheet's name."""

MAX_PROMPT_TITLE, MAX_PROMPT, MAX_ERROR = 32, 255, 224
"""Excel refuses a file with longer ones."""

FIRST_DAY = "1"
"""The number of the earliest date: any date may be typed."""

LARGEST = 1e300
"""A bound that stands for none: the entry has to be a number."""


def write_workbook(plan: Plan, grids: Sequence[Grid], brand: Brand, words: BookWords = ENGLISH) -> bytes:
    """The finished file in the language of the grids, the same bytes for the same grids and brand."""
    model = plan.model
    workbook: Any = Workbook()
    workbook.remove(workbook.worksheets[0])
    theme = Theme(brand)
    workbook.loaded_theme = theme_part(brand)
    normal = workbook._named_styles["Normal"]
    normal.font = Font(name=theme.font, size=SIZE, color=theme.ink)
    normal.bind(workbook)
    moment = datetime.combine(model.as_of, datetime.min.time())
    properties = workbook.properties
    properties.created = properties.modified = moment
    properties.title, properties.creator, properties.lastModifiedBy = model.title, "reportgen", "reportgen"
    properties.description = f"{model.id}, as of {model.as_of}, reportgen {__version__}, model {model.digest[:16]}"
    style_book = StyleBook(workbook, theme)
    for grid in grids:
        _write_sheet(workbook.create_sheet(words.sheets.of(grid.name).title), grid, theme, model.title, words)
    names = {name: plan.cells[key] for key, name in plan.names.items()}
    for name, address in (names | result_names(plan)).items():
        target = _target(address, words, fixed=True)
        workbook.defined_names[name] = DefinedName(name, attr_text=target)
    workbook.active = 0
    workbook.calculation.fullCalcOnLoad = True
    return package(workbook, {words.sheets.of(grid.name).title: _linked(grid, words) for grid in grids}, style_book)


def _write_sheet(sheet: Any, grid: Grid, theme: Theme, title: str, words: BookWords) -> None:
    """Everything of a sheet but its cells, which the package writes straight from the grid."""
    for column, width in grid.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for validation in grid.validations:
        sheet.add_data_validation(_validation(validation, words))
    for chart in grid.charts:
        sheet.add_chart(native_chart(chart, theme.brand.colors, words))
    for picture in grid.pictures:
        sheet.add_image(_image(grid, picture))
    _set_up(sheet, grid, theme, title, words)


def _image(grid: Grid, picture: Picture) -> PngImage:
    """In its own proportions, ending where its column does."""
    width, height = (round(picture.height * PER_POINT * each / picture.size[1]) for each in picture.size)
    column, free = picture.column, -width
    while True:
        free += round(grid.widths.get(column, DEFAULT_WIDTH) * PER_CHARACTER)
        if free >= 0 or column == 1:
            break
        column -= 1
    start = AnchorMarker(col=column - 1, colOff=max(0, free), row=picture.row - 1, rowOff=2 * PER_POINT)
    anchor = OneCellAnchor(_from=start, ext=XDRPositiveSize2D(width, height))
    return PngImage(picture.data, anchor, picture.alternative)


def _validation(planned: Validation, words: BookWords) -> DataValidation:
    validation = DataValidation(
        **_rule(planned, words),
        allow_blank=False,  # with it, Excel accepts anything where a cell that the rule reads is blank
        showErrorMessage=True,
        showInputMessage=True,
        errorStyle="warning" if planned.warning else "stop",
        errorTitle=words.said(message("Is this right?") if planned.warning else message("This cannot be entered")),
        error=_said(words.said(planned.error), MAX_ERROR),
        promptTitle=_said(words.said(planned.prompt_title), MAX_PROMPT_TITLE),
        prompt=_said(words.said(planned.prompt), MAX_PROMPT),
    )
    for area in planned.areas:
        validation.add(area.seen_from(area.sheet))
    return validation


def _rule(planned: Validation, words: BookWords) -> dict[str, Any]:
    sheet = planned.areas[0].sheet
    if planned.list_of is not None:
        return {"type": "list", "formula1": in_words(planned.list_of, words).text(sheet, words.sheets)}
    if planned.rule is not None:
        return {"type": "custom", "formula1": in_words(planned.rule, words).text(sheet, words.sheets)}
    if planned.dates:
        return {"type": "date", "operator": "greaterThanOrEqual", "formula1": FIRST_DAY}
    least, most = planned.bounds
    if most is None and least is not None:
        return {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": excel_number(least)}
    ends = (-LARGEST if least is None else least, LARGEST if most is None else most)
    return {
        "type": "decimal",
        "operator": "between",
        "formula1": excel_number(ends[0]),
        "formula2": excel_number(ends[1]),
    }


def _said(text: str, most: int) -> str:
    """What a reader is told beside a cell; the full text stands in the row's label. Escapes count too: whether programs
    count before or after they decode them is not documented."""
    for room in range(most, 0, -1):
        if units(found := escaped(shortened(text, room))) <= most:
            return found
    return ""


def _set_up(sheet: Any, grid: Grid, theme: Theme, title: str, words: BookWords) -> None:
    """What is the same on every sheet: view, frozen head, protection, print set-up, the look of what is not right."""
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.zoomScale = 100
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW_HEIGHT, True
    sheet.freeze_panes = f"{column_letters(grid.frozen_column)}{frozen_rows(grid) + 1}"
    sheet.sheet_properties.tabColor = theme.tabs[grid.tab]
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    _warn(sheet, grid, theme, words)
    show_typed_digits(sheet, grid)
    _highlight(sheet, grid, theme, words)
    if grid.filtered is not None:
        sheet.auto_filter.ref = grid.filtered.seen_from(grid.name)
        sheet.protection.autoFilter = False  # it may be used
    paper = paper_of(grid)
    sheet.print_area = ",".join(area.seen_from(grid.name) for area in paper.areas)
    if paper.heads is not None:
        sheet.print_title_rows = f"{paper.heads[0]}:{paper.heads[1]}"
    if paper.across > 1:
        sheet.print_title_cols = f"A:{column_letters(grid.frozen_column - 1)}"
    sheet.page_setup.orientation = "portrait" if paper.portrait else "landscape"
    sheet.page_setup.paperSize = 9
    if grid.one_page:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
    else:
        sheet.page_setup.scale = math.floor(paper.scale * 100)
    for row in paper.breaks:
        sheet.row_breaks.append(Break(id=row))
    sheet.page_margins.left = sheet.page_margins.right = 0.3
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    if theme.brand.footer:
        sheet.oddHeader.right.text = header_text(theme.brand.footer)
    sheet.oddFooter.left.text = header_text(shortened(title, FOOTER_TITLE))
    sheet.oddFooter.center.text = "&A"
    sheet.oddFooter.right.text = words.said(message("Page &P of &N"))


def _warn(sheet: Any, grid: Grid, theme: Theme, words: BookWords) -> None:
    """Words that say that something is not right are bold and red, in a check also filled; what is noted, calmly."""
    places = defaultdict[Style, list[Address]](list)
    for at, cell in grid.cells.items():
        if cell.style in (Style.CHECK, Style.STATE, Style.NOTICE):
            places[cell.style].append(Address(grid.name, *at))
    for style, word, color, fill in (
        (Style.CHECK, FAILED, theme.danger, PatternFill(bgColor=theme.danger_fill)),
        (Style.CHECK, NOTED, theme.ink, PatternFill(bgColor=theme.input_fill)),
        (Style.STATE, INCOMPLETE, theme.danger, None),
        (Style.NOTICE, OUT_OF_DATE, theme.danger, PatternFill(bgColor=theme.danger_fill)),
    ):
        if style not in places:
            continue
        is_word: Any = CellIsRule
        rule = is_word(
            operator="equal", formula=[f'"{words.said(word)}"'], font=Font(color=color, bold=True), fill=fill
        )
        sheet.conditional_formatting.add(" ".join(area.seen_from(grid.name) for area in blocks(places[style])), rule)


def _highlight(sheet: Any, grid: Grid, theme: Theme, words: BookWords) -> None:
    for each in grid.highlights:
        look = DifferentialStyle(font=Font(bold=True), fill=PatternFill(bgColor=theme.input_fill))
        rule = Rule(type="expression", dxf=look, formula=[each.rule.text(grid.name, words.sheets)])
        sheet.conditional_formatting.add(each.area.seen_from(grid.name), rule)


def _linked(grid: Grid, words: BookWords) -> Grid:
    """The grid with its links as the file has them."""
    for at, cell in grid.cells.items():
        if isinstance(cell.link, Address):
            grid.cells[at] = cell._replace(link=f"#{_target(cell.link, words)}")
    return grid


def _target(address: Address, words: BookWords, *, fixed: bool = False) -> str:
    """A cell where the name of its sheet has to stand in quotation marks."""
    title, rows_above = words.sheets.of(address.sheet)
    sheet, dollar = "'" + title.replace("'", "''") + "'", "$" if fixed else ""
    return f"{sheet}!{dollar}{column_letters(address.column)}{dollar}{address.row + rows_above}"
