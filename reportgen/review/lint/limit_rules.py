"""Rules on what Excel can hold: beyond them it cuts, repairs or refuses the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.formula_shapes import Shape
from reportgen.review.lint.formulas import LAST_COLUMN, LAST_ROW, MAX_FORMULA, column_number
from reportgen.review.lint.lint_rules import LIMITS, Hit, Register, at
from reportgen.review.lint.sheet_cells import Cell

REGISTER = Register()

MAX_LEVELS, MAX_ARGUMENTS, MAX_TEXT = 64, 255, 32_767
MAX_SHEET_NAME, MAX_HEADER, MAX_LIST, MAX_NAME = 31, 255, 255, 255
_CELL_NAME = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_R1C1_NAME = re.compile(r"(?:R[0-9]*)?(?:C[0-9]*)?", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")


def beyond_excel(cell: Cell, shape: Shape) -> bool:
    """Whether a formula is one that Excel does not hold at all, so that nothing else about it matters."""
    frame = shape.frame
    return frame.depth > MAX_LEVELS or frame.most_arguments > MAX_ARGUMENTS or len(str(cell.content)) > MAX_FORMULA


@REGISTER.sheet_error(
    *("WB501", "Formula longer than a cell holds", f"A formula has {MAX_FORMULA:,} characters at most."),
    *("split it over several cells", LIMITS),
)
def formula_lengths(sheet: Sheet) -> Iterator[Hit]:
    for cell, _ in sheet.formulas:
        if len(str(cell.content)) > MAX_FORMULA:
            yield at(sheet, cell, "the formula is too long", f"{len(str(cell.content))} characters")


@REGISTER.sheet_error(
    *("WB502", "Formula nested deeper than Excel allows", f"Functions lie {MAX_LEVELS} levels deep at most."),
    *("split it over several cells", LIMITS),
)
def formula_levels(sheet: Sheet) -> Iterator[Hit]:
    for shape, positions in sheet.positions_by_shape.items():
        if shape.frame.depth > MAX_LEVELS:
            detail = f"{shape.frame.depth} levels"
            yield from (Hit("nested too deep", sheet.title, position, detail) for position in positions)


@REGISTER.sheet_error(
    *("WB503", "Function with too many arguments", f"A function is given {MAX_ARGUMENTS} arguments at most."),
    *("hand it a range instead of single cells", LIMITS),
)
def arguments(sheet: Sheet) -> Iterator[Hit]:
    for shape, positions in sheet.positions_by_shape.items():
        count = shape.frame.most_arguments
        if count > MAX_ARGUMENTS:
            detail = f"{count} arguments"
            yield from (Hit("too many arguments", sheet.title, position, detail) for position in positions)


@REGISTER.sheet_error(
    *("WB504", "Text longer than a cell holds", f"A text has {MAX_TEXT:,} characters at most."),
    *("split the text over several cells, or keep it in a document", LIMITS),
)
def text_lengths(sheet: Sheet) -> Iterator[Hit]:
    for cell in sheet.texts:
        if len(cell.typed_text) > MAX_TEXT:
            yield at(sheet, cell, "the text is too long", f"{len(cell.typed_text)} characters")


@REGISTER.error(
    *("WB505", "Name that Excel refuses", "A name does not look like a cell and is made of letters and digits."),
    *("put a prefix with an underscore in front: in_GPT4 instead of GPT4", "Excel, rules for names", f"{LIMITS}"),
)
def names(book: Book) -> Iterator[Hit]:
    for name, sheet in ((defined.name, defined.sheet) for defined in book.names):
        if name.startswith("_xlnm."):
            continue
        if _looks_like_a_cell(name):
            yield Hit("a name is the address of a cell", sheet, detail=name)
        elif not _PLAIN_NAME.fullmatch(name) or len(name) > MAX_NAME:
            yield Hit("a name has signs or a length that names cannot have", sheet, detail=repr(name[:40]))


def _looks_like_a_cell(name: str) -> bool:
    if _R1C1_NAME.fullmatch(name):
        return True
    match = _CELL_NAME.fullmatch(name)
    return bool(match) and column_number(match[1]) <= LAST_COLUMN and 1 <= int(match[2]) <= LAST_ROW  # type: ignore[index]


@REGISTER.error(
    *("WB506", "Sheet name too long", f"A sheet’s name has {MAX_SHEET_NAME} characters at most."),
    *("give the sheet a shorter name", LIMITS),
)
def sheet_names(book: Book) -> Iterator[Hit]:
    for sheet in book.sheets:
        if len(sheet.title) > MAX_SHEET_NAME:
            yield Hit("the name is too long", sheet.title, detail=f"{len(sheet.title)} characters")


@REGISTER.sheet_error(
    *("WB507", "Header or footer too long", f"A header or footer has {MAX_HEADER} characters at most."),
    *("shorten it", LIMITS),
)
def headers(sheet: Sheet) -> Iterator[Hit]:
    for text in sheet.settings.headers:
        length = len(_HEADER_CODES.sub("", text))
        if length > MAX_HEADER:
            yield Hit("a header or footer is too long", sheet.title, detail=f"{length} characters")


_HEADER_CODES = re.compile(r'&"[^"]*"|&K[A-F0-9]{6}|&[0-9]+\s?|&[LCR]')
"""Where a text stands and how it is set."""


@REGISTER.sheet_error(
    *("WB508", "Typed list too long", f"A list typed into a validation has {MAX_LIST} characters at most."),
    *("write the choices into cells and let the validation refer to them", "Excel, data validation lists"),
)
def typed_lists(sheet: Sheet) -> Iterator[Hit]:
    for validation in sheet.settings.validations:
        text = validation.formulas[0] if validation.formulas else ""
        if validation.kind == "list" and text.startswith('"') and len(text) - 2 > MAX_LIST and validation.areas:
            first = validation.areas[0]
            detail = f"{len(text) - 2} characters"
            yield Hit("the typed list is too long", sheet.title, (first.top, first.left), detail)
