"""The Log sheet: empty lines in which people who change the book say who changed what, when and why."""

from __future__ import annotations

from reportgen.workbook.book_words import message
from reportgen.workbook.grid import Grid, Style, Validation
from reportgen.workbook.log_layout import ENTRIES, NEW, OLD, WHAT, WHEN, WHO, WHY, entries
from reportgen.workbook.plan import FIRST_ROW, HEAD_ROW, LOG
from reportgen.workbook.sheets.sheet_parts import Book, heads, new_grid
from reportgen.workbook.validations import short_text

DATE_FORMAT = "mm-dd-yy"
"""The file says format 14 for it, which every program shows as its reader writes dates."""

_HEADS = (
    (WHO, message("Who"), 18.0),
    (WHEN, message("When"), 14.0),
    (WHAT, message("What (sheet and cell, or input)"), 30.0),
    (OLD, message("Old value"), 14.0),
    (NEW, message("New value"), 14.0),
    (WHY, message("Why"), 46.0),
)
_PROMPTS = {
    WHO: message("Who made the change."),
    WHAT: message("The cell or the input, such as Assumptions!F8."),
    OLD: message("The value before; Inputs has it as generated."),
    NEW: message("The value that was typed."),
    WHY: message("What the new value rests on, and who agreed to it."),
}


def log_sheet(book: Book) -> Grid:
    """Lines to be filled in by hand: nothing computes with them, and none of them is an input."""
    subtitle = message("Say here what you changed: a line for each change. The filter on Inputs lists what to explain.")
    grid = new_grid(book, LOG, "register", message("Log"), subtitle)
    heads(grid, HEAD_ROW, [(column, text, False) for column, text, _ in _HEADS])
    grid.widths.update({column: width for column, _, width in _HEADS})
    for row in range(FIRST_ROW, FIRST_ROW + ENTRIES):
        for column, _, _ in _HEADS:
            grid.put(row, column, None, Style.SPARE_TEXT, DATE_FORMAT if column == WHEN else "General")
    for column, prompt in _PROMPTS.items():
        grid.validations.append(short_text(entries(column), message("A change"), prompt))
    prompt, error = message("The day of the change."), message("Enter a date.")
    grid.validations.append(Validation((entries(WHEN),), message("A change"), prompt, error, dates=True))
    return grid
