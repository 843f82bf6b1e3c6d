"""Rules on the workbook as a whole: what is hidden, what it depends on, how it is calculated and guarded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.lint_rules import CODE, FAST, PRINCIPLES, Hit, Register
from reportgen.review.lint.sheet_cells import Cell

REGISTER = Register()

_ABOUT = re.compile(
    r"about|read ?me|welcome|cover|intro|guide|summary|contents|index|overview|document|notes?|version|help"
    r"|über|deckblatt|inhalt|übersicht|hinweise|anleitung|zusammenfassung|accueil|sommaire|lisez",
    re.IGNORECASE,
)
_CHECK = re.compile(r"\bchecks?\b|\bcontrols?\b|reconcil|prüf|kontroll|contrôle|verif", re.IGNORECASE)
_MEANINGLESS = re.compile(r"(?:sheet|tabelle|feuil|foglio|hoja|blad|plan|table|ark) ?\d+(?: \(\d+\))?", re.IGNORECASE)


@REGISTER.error(
    *("WB101", "Hidden sheet", "Every sheet can be seen."),
    *("show the sheet, or take it out of the book", f"{FAST} 2.01-08", f"{CODE}, Don’t hide things"),
)
def hidden_sheets(book: Book) -> Iterator[Hit]:
    for sheet in book.sheets:
        if sheet.state != "visible":
            how = "hidden so that only a macro can show it" if sheet.state == "veryHidden" else "hidden"
            yield Hit(f"the sheet is {how}", sheet.title)


@REGISTER.sheet_error(
    *("WB102", "Hidden rows", "Every row that holds something can be seen."),
    "show the rows; to make a sheet shorter, move what is hidden to a sheet of its own",
    *(f"{FAST} 2.01-08", f"{CODE}, Don’t hide things"),
)
def hidden_rows(sheet: Sheet) -> Iterator[Hit]:
    for row in sheet.settings.hidden_rows:
        if row in sheet.rows:
            yield Hit("hidden rows hold something", sheet.title, (row, sheet.rows[row][0].column))


@REGISTER.sheet_error(
    *("WB103", "Hidden columns", "Every column that holds something can be seen."),
    "show the columns; to make a sheet narrower, move what is hidden to a sheet of its own",
    *(f"{FAST} 2.01-08", f"{CODE}, Don’t hide things"),
)
def hidden_columns(sheet: Sheet) -> Iterator[Hit]:
    for column in _within(sheet.settings.hidden_columns, sheet):
        yield Hit("hidden columns hold something", sheet.title, (sheet.columns[column][0].row, column))


def _within(spans: dict[int, int], sheet: Sheet) -> Iterator[int]:
    """The columns from the first to the last of each span that hold something, each once."""
    reached = 0
    for first, last in sorted(spans.items()):
        yield from (column for column in range(max(first, reached + 1), last + 1) if column in sheet.columns)
        reached = max(reached, last)


@REGISTER.sheet_error(
    *("WB116", "Content too small to see", "Every row and column that holds something is large enough to show it."),
    "widen the column or heighten the row; what no reader needs to see has no place in the sheet",
    *(f"{FAST} 2.01-08", f"{CODE}, Don’t hide things"),
)
def squeezed(sheet: Sheet) -> Iterator[Hit]:
    for row in sheet.settings.low_rows:
        if row in sheet.rows:
            yield Hit("the row is too low to show what it holds", sheet.title, (row, sheet.rows[row][0].column))
    for column in _within(sheet.settings.narrow_columns, sheet):
        # A text may run on over empty cells beside it.
        unseen = (cell for cell in sheet.columns[column] if not cell.text or (cell.row, column + 1) in sheet.cells)
        if (first := next(unseen, None)) is not None:
            yield Hit("the column is too narrow to show what it holds", sheet.title, (first.row, column))


@REGISTER.sheet_error(
    *("WB104", "Merged cells", "No cells are merged."),
    "unmerge them; `Center Across Selection` looks the same",
    *(f"{FAST} 2.01-01 (each column has one purpose)", f"{PRINCIPLES} 11"),
)
def merged_cells(sheet: Sheet) -> Iterator[Hit]:
    for area in sheet.settings.merged.values():
        yield Hit("merged", sheet.title, area[:2], last=area[2:])


@REGISTER.error(
    *("WB105", "Link to another workbook", "The book reads no other workbook."),
    "bring the figures in as inputs, with their source and date",
    *(f"{FAST} 1.03-02", f"{CODE}, Build traceable references"),
)
def external_links(book: Book) -> Iterator[Hit]:
    yield from (Hit(f"the book reads {target}") for target in book.links.values() if target)


@REGISTER.warning(
    *("WB106", "Macros", "The book works without macros."),
    "replace the macros by formulas, or give the book without them to its readers",
    *(f"{FAST} 4.06 Macros / VBA Considerations", f"{CODE}, Use VBA and macros sparingly"),
)
def macros(book: Book) -> Iterator[Hit]:
    if any(name.casefold().endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in book.parts):
        yield Hit("the book contains macros")


@REGISTER.error(
    *("WB107", "Iterative calculation", "Iterative calculation is off."),
    "switch it off under formula options and resolve the circles that then show",
    *(f"{FAST} 1.01-11", f"{CODE}, Avoid circular references"),
)
def iteration(book: Book) -> Iterator[Hit]:
    if book.calculation.iterates:
        yield Hit("iterative calculation is on, so that circular references go unnoticed")


@REGISTER.error(
    *("WB108", "Manual calculation", "The book recalculates by itself."),
    *("set calculation to automatic and save the book", f"{PRINCIPLES} 6 (design for the audience)"),
)
def manual_calculation(book: Book) -> Iterator[Hit]:
    if book.calculation.manual:
        yield Hit("results stay as they are when an input changes, until someone presses F9")


@REGISTER.error(
    *("WB109", "Precision as displayed", "Numbers are calculated with all their digits."),
    "switch “Set precision as displayed” off; what it has cut is lost and has to be typed again",
    f"{CODE}, Avoid unnecessary rounding",
)
def precision(book: Book) -> Iterator[Hit]:
    if book.calculation.as_displayed:
        yield Hit("numbers are cut to the digits that their formats show")


@REGISTER.warning(
    *("WB110", "No sheet that explains the book", "One sheet says what the book is for and how it is used."),
    "add a sheet named About with purpose, author, date, structure and colours",
    *(f"{PRINCIPLES} 7", f"{CODE}, Include user guidance"),
)
def documentation(book: Book) -> Iterator[Hit]:
    if not any(_ABOUT.search(sheet.title) for sheet in book.sheets):
        yield Hit("no sheet is named About, Cover, Read me or the like")


@REGISTER.warning(
    *("WB111", "No checks", "The book checks itself."),
    "add formulas that compute something twice, compare, and say so under the label Check",
    *(f"{PRINCIPLES} 19", f"{CODE}, Include checks"),
)
def checks(book: Book) -> Iterator[Hit]:
    if any(sheet.formulas for sheet in book.worksheets) and not any(has_checks(sheet) for sheet in book.worksheets):
        yield Hit("no formula stands on a sheet, or in a row or column, that is called a check")


def has_checks(sheet: Sheet) -> bool:
    """Whether formulas stand on a sheet of checks, beside the word or below it."""
    if _CHECK.search(sheet.title):
        return bool(sheet.formulas)
    rows = {cell.row for cell, _ in sheet.formulas}
    lowest = {cell.column: cell.row for cell, _ in sheet.formulas}
    return any(
        (cell.row in rows or lowest.get(cell.column, 0) > cell.row) and _CHECK.search(cell.text) for cell in sheet.texts
    )


@REGISTER.warning(
    *("WB112", "Master check out of view", "The state of all checks stays in view on every sheet that calculates."),
    *("show the master check in the frozen head of the sheet", f"{FAST} 2.03-05", f"{CODE}, Include a master check"),
)
def master_check(book: Book) -> Iterator[Hit]:
    checking = [sheet.title for sheet in book.worksheets if _CHECK.search(sheet.title) and sheet.formulas]
    for sheet in book.worksheets if checking else ():
        head = [cell for cell, _ in sheet.formulas if cell.row <= sheet.frozen[0]]
        if len(sheet.formulas) > len(head) and not _shows_check(sheet, head):
            yield Hit("the master check is not in the frozen head", sheet.title)


def _shows_check(sheet: Sheet, head: list[Cell]) -> bool:
    rows = {cell.row for cell in head}
    return any(_CHECK.search(str(cell.content)) for cell in head) or any(
        _CHECK.search(cell.text) for row in rows for cell in sheet.rows[row]
    )


@REGISTER.warning(
    *("WB113", "Sheet name that says nothing", "A sheet’s name says what is on it."),
    *("name the sheet after its contents", f"{CODE}, Use easily understandable worksheet names"),
)
def sheet_names(book: Book) -> Iterator[Hit]:
    for sheet in book.sheets:
        if _MEANINGLESS.fullmatch(sheet.title.strip()):
            yield Hit("the name is the one that Excel gave", sheet.title)


@REGISTER.sheet_warning(
    *("WB114", "Unprotected formulas", "A sheet with formulas is protected against being changed by mistake."),
    "unlock the inputs and protect the sheet, without a password where reviewers should be able to lift it",
    *(f"{PRINCIPLES} 20", f"{CODE}, Consider including restrictions"),
)
def unprotected(sheet: Sheet) -> Iterator[Hit]:
    if sheet.formulas and not sheet.settings.protected:
        yield Hit("the sheet holds formulas and is not protected", sheet.title)


@REGISTER.sheet_warning(
    *("WB115", "Empty sheet", "Every sheet holds something."),
    *("delete the sheet", f"{CODE}, Plan and assess the workbook layout"),
)
def empty_sheets(sheet: Sheet) -> Iterator[Hit]:
    if not sheet.cells and not sheet.drawn.charts and not sheet.drawn.pictures:
        yield Hit("nothing stands on the sheet", sheet.title)
