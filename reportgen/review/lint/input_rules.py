"""Rules on inputs: each has a label and a unit, can be told from what is computed, and is guarded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.cell_labels import says_something
from reportgen.review.lint.consistency_rules import is_overwritten
from reportgen.review.lint.lint_rules import CHECKING, CODE, FAST, PRINCIPLES, Hit, Register, at
from reportgen.review.lint.precedents import Covered, charted_cells, used_cells
from reportgen.review.lint.sheet_cells import Cell

REGISTER = Register()

_NUMBER = re.compile(r"[-+]?\d{1,3}(?:[.,' ]?\d{3})*(?:[.,]\d+)?\s*%?")
LIST_ROWS, LIST_REPEATS = 8, 0.7
"""From so many rows on, with so few different labels, a block is a list of records, whose labels repeat."""


def _inputs(book: Book) -> Iterator[tuple[Sheet, Cell]]:
    return ((sheet, cell) for sheet in book.worksheets for cell in sheet.inputs)


def _editable_inputs(book: Book) -> Iterator[tuple[Sheet, Cell]]:
    """Inputs that something depends on or could; a locked sample in a key of colours says nothing."""
    used = used_cells(book)
    return ((sheet, cell) for sheet, cell in _inputs(book) if not cell.look.locked or used.holds(sheet, cell))


def _labelled(sheet: Sheet, cell: Cell) -> bool:
    return sheet.labels.left(cell) is not None or sheet.labels.above(cell) is not None


@REGISTER.error(
    *("WB301", "Input without a label", "Every input says what it is, left of it or above it."),
    "write a label into the first column of its row",
    *(f"{FAST} 3.05 FAST Labelling Conventions", f"{CODE}, Use clear and meaningful labels"),
)
def unlabelled(book: Book) -> Iterator[Hit]:
    for sheet, cell in _editable_inputs(book):
        if not _labelled(sheet, cell):
            yield at(sheet, cell, "an input without a label")


@REGISTER.error(
    *("WB302", "Input without a unit", "Every input says what it is counted in."),
    *("write the unit into a column of units beside the label", f"{FAST} 2.01-01", f"{CODE}, Use clear units"),
)
def unitless(book: Book) -> Iterator[Hit]:
    for sheet, cell in _editable_inputs(book):
        if _labelled(sheet, cell) and not sheet.labels.unit(cell):
            yield at(sheet, cell, "an input without a unit")


@REGISTER.sheet_warning(
    *("WB303", "Label used twice", "Within a block every row has a label of its own."),
    "say what tells the rows apart",
    *(f"{FAST} 3.05 FAST Labelling Conventions", f"{CODE}, Use clear and meaningful labels"),
)
def repeated_labels(sheet: Sheet) -> Iterator[Hit]:
    for block in _blocks(sheet):
        first: dict[tuple[str, ...], int] = {}
        for label, key in block:
            first.setdefault(key, label.row)
        records = len(block) >= LIST_ROWS and len(first) < LIST_REPEATS * len(block)
        # Under one label throughout, rows are told apart by their first number, as in a table of two drivers.
        if records or (len(first) == 1 and len(block) > 2):
            continue
        for label, key in block:
            if first[key] != label.row:
                yield at(sheet, label, "the same label as further up in the block", label.text)


def _blocks(sheet: Sheet) -> Iterator[list[tuple[Cell, tuple[str, ...]]]]:
    """Rows of numbers without an empty row or a heading between them: the label of each, and all texts before the
    first number, also those that formulas repeat from elsewhere."""
    block: list[tuple[Cell, tuple[str, ...]]] = []
    last = 0
    for row in sorted(sheet.rows):
        texts: list[Cell] = []
        numbers = False
        for cell in sheet.rows[row]:
            numbers = numbers or cell.is_number or cell.shape is not None
            if cell.is_number or (cell.shape is not None and not cell.text):
                break
            if says_something(cell):
                texts.append(cell)
        if row != last + 1 or not numbers:
            if block:
                yield block
            block = []
        if numbers and texts and texts[0].shape is None and not sheet.labels.is_unit(texts[0]):
            block.append((texts[0], tuple(cell.text.strip().casefold() for cell in texts)))
        last = row
    if block:
        yield block


@REGISTER.error(
    *("WB304", "Locked input", "Inputs can be changed while the sheet is protected."),
    *("unlock the cell", f"{PRINCIPLES} 20", f"{CODE}, Consider including restrictions"),
)
def locked_inputs(book: Book) -> Iterator[Hit]:
    used = used_cells(book)
    for sheet, cell in _inputs(book):
        # A sample in a key of colours is used by no formula.
        if sheet.settings.protected and cell.look.locked and used.holds(sheet, cell):
            yield at(sheet, cell, "looks like an input, but is locked")


@REGISTER.sheet_error(
    *("WB305", "Unlocked formula", "Formulas are locked."),
    *("lock the cell", f"{PRINCIPLES} 20", f"{CODE}, Consider including restrictions"),
)
def unlocked_formulas(sheet: Sheet) -> Iterator[Hit]:
    for cell, _ in sheet.formulas:
        if not cell.look.locked:
            yield at(sheet, cell, "a formula that protection leaves open")


@REGISTER.warning(
    *("WB306", "Input without validation", "An input refuses what cannot be meant."),
    "add a validation with the possible range and a prompt",
    *(f"{FAST} 4.04 Data Validation", f"{CODE}, Consider including restrictions"),
)
def unvalidated(book: Book) -> Iterator[Hit]:
    validated = Covered(book)
    for sheet in book.worksheets:
        for area in sheet.validated:
            validated.add_area(sheet.title, area)
    for sheet, cell in _inputs(book):
        if not cell.look.locked and not validated.holds(sheet, cell):
            yield at(sheet, cell, "an input without validation")


@REGISTER.warning(
    *("WB307", "Input that nothing uses", "Every input has an effect."),
    *("use it or delete it", f"{PRINCIPLES} 9"),
)
def unused(book: Book) -> Iterator[Hit]:
    if not any(sheet.formulas for sheet in book.worksheets):
        return
    used, charted = used_cells(book), charted_cells(book)
    for sheet, cell in _inputs(book):
        if not cell.look.locked and not used.holds(sheet, cell) and not charted.holds(sheet, cell):
            yield at(sheet, cell, "an input that no formula, chart or validation refers to")


@REGISTER.error(
    *("WB308", "Number stored as text", "Numbers are stored as numbers."),
    *("type the number again in a cell that is not formatted as text; sums pass over texts", CHECKING),
)
def numbers_as_text(book: Book) -> Iterator[Hit]:
    for sheet in book.worksheets:
        for cell in sheet.texts:
            text = cell.typed_text.strip()
            no_number = _NUMBER.fullmatch(text) is None or sheet.labels.is_unit(cell)
            if not no_number and (not cell.look.locked or used_cells(book).holds(sheet, cell)):
                yield at(sheet, cell, "a number stored as text", text)


@REGISTER.warning(
    *("WB309", "Number not marked as an input", "What is typed can be told from what is computed."),
    "unlock the cell and give it the style Input; compute it; or give it a style named Fixed or Constant",
    *(f"{PRINCIPLES} 10", f"{CODE}, Make inputs easy to find"),
)
def unmarked(book: Book) -> Iterator[Hit]:
    used = used_cells(book)
    for sheet in book.worksheets:
        for cell in sheet.numbers:
            marked = cell.is_input or cell.is_fixed
            if not marked and used.holds(sheet, cell) and not is_overwritten(sheet, cell):
                yield at(sheet, cell, "formulas use a typed number that is not marked as an input")


@REGISTER.sheet_warning(
    *("WB310", "Input that looks like a result", "Inputs look different from formulas."),
    "give inputs a fill and a frame of their own, for example the style Input",
    *(f"{PRINCIPLES} 10", f"{CODE}, Use clear formatting"),
)
def alike(sheet: Sheet) -> Iterator[Hit]:
    computed = {cell.look.appearance for cell, _ in sheet.formulas}
    for cell in sheet.inputs:
        if not cell.look.locked and cell.look.appearance in computed:
            yield at(sheet, cell, "an input that looks like the formulas of its sheet")
