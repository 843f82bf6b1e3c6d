"""Rules on what a reader sees on screen and on paper."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.cell_styles import Look
from reportgen.review.lint.formulas import Area
from reportgen.review.lint.lint_rules import CODE, FAST, Hit, Register, at
from reportgen.review.lint.print_scale import LEAST_TYPE

REGISTER = Register()

SCREEN_ROWS, PAGE_ROWS = 40, 50
"""Rows that a screen and a printed page show without scrolling or turning."""


@REGISTER.sheet_warning(
    *(
        "WB401",
        "No print set-up",
        "Every sheet prints legibly: an area or pages are set, no type is below 7 points, no row loses its label.",
    ),
    *(
        "set the print area or the pages to fit; print fewer columns or more pages, and repeat the columns of labels",
        f"{FAST} 2.04-03",
    ),
    f"{CODE}, Use clear formatting",
)
def print_setup(sheet: Sheet) -> Iterator[Hit]:
    if not sheet.cells:
        return
    if not sheet.print_areas and not sheet.settings.page.fitted:
        yield Hit("neither a print area nor a page size to fit is set", sheet.title)
    whole = Area(1, 1, sheet.last_row, max(sheet.columns))
    for area in sheet.print_areas or (whole,):
        shown = (cell for cell in sheet.in_order if area.top <= cell.row <= area.bottom)
        sizes = [cell.look.size for cell in shown if area.left <= cell.column <= area.right]
        smallest = min(sizes, default=math.inf) * sheet.settings.page.scale_of(area)
        if smallest < LEAST_TYPE - 0.05:
            yield Hit(f"printed in type of {smallest:.1f} points, which is hard to read", sheet.title)
            return
        asked = (sheet.print_areas or sheet.settings.page.fitted) and not sheet.repeats_columns
        if asked and sheet.settings.page.is_cut(area):
            yield Hit("wider than a page, and further pages do not repeat the labels of the rows", sheet.title)
            return


@REGISTER.sheet_warning(
    *("WB402", "No heads on further pages", "A sheet of several pages repeats its heads on each."),
    *("set the rows to repeat at the top", f"{FAST} 2.04-03", f"{CODE}, Use clear and meaningful labels"),
)
def print_titles(sheet: Sheet) -> Iterator[Hit]:
    printed = sum(area.bottom - area.top + 1 for area in sheet.print_areas) or sheet.last_row
    if printed > PAGE_ROWS and not sheet.has_print_titles:
        yield Hit("no row is repeated on further pages", sheet.title, detail=f"{printed} rows")


@REGISTER.sheet_warning(
    *("WB403", "Heads scroll away", "The heads of a sheet longer than the screen stay in view."),
    *("freeze the rows of heads", f"{FAST} 2.03-01", f"{CODE}, Make navigation simple"),
)
def frozen_heads(sheet: Sheet) -> Iterator[Hit]:
    if sheet.last_row > SCREEN_ROWS and not sheet.frozen[0]:
        yield Hit("no row is frozen", sheet.title, detail=f"{sheet.last_row} rows")


@REGISTER.error(
    *("WB404", "Invisible content", "What stands in a cell can be read."),
    *("give it a colour and a format that show it", f"{FAST} 2.01-08", f"{CODE}, Don’t hide things"),
)
def invisible(book: Book) -> Iterator[Hit]:
    messages: dict[Look, str] = {}
    for sheet in book.worksheets:
        for cell in sheet.cells.values():
            if cell.look not in messages:
                messages[cell.look] = _unreadable(cell.look)
            if messages[cell.look] and cell.content is not None:
                yield at(sheet, cell, messages[cell.look])


def _unreadable(look: Look) -> str:
    """Why nothing is seen of what looks like this; empty if it is seen."""
    ink, paper = look.colors
    if ink and paper and ink[-6:].upper() == paper[-6:].upper():
        return "the text has the colour of its ground"
    return "the number format shows nothing" if _BLANK.fullmatch(look.number_format) else ""


_BLANK = re.compile(r';;;?|"";"";""(?:;"")?')


@REGISTER.sheet_warning(
    *("WB405", "Formats that change within a row", "Equal formulas of a row show their numbers alike."),
    *("give the row one number format", f"{CODE}, Use clear formatting"),
)
def mixed_formats(sheet: Sheet) -> Iterator[Hit]:
    for cell, shape in sheet.formulas:
        left = sheet.cells.get((cell.row, cell.column - 1))
        if left is None or left.shape is not shape or left.look.number_format == cell.look.number_format:
            continue
        near = [sheet.cells.get((cell.row + rows, cell.column)) for rows in (-1, 1)]
        in_column = any(other is not None and other.shape is shape for other in near)
        if left.shows_number and cell.shows_number and not in_column:
            yield at(sheet, cell, "the same formula as left of it in another number format")


@REGISTER.sheet_warning(
    *("WB406", "Comment on a cell", "Notes and sources stand in cells, where they are printed."),
    *("move the text into a column of notes", f"{FAST} 2.04-02"),
)
def comments(sheet: Sheet) -> Iterator[Hit]:
    for cell in sheet.cells.values():
        if cell.comment:
            yield at(sheet, cell, "a comment that does not print")


@REGISTER.warning(
    *("WB407", "Chart without a title", "Every chart says what it shows."),
    *("give the chart a title", f"{CODE}, Use clear and meaningful labels"),
)
def untitled_charts(book: Book) -> Iterator[Hit]:
    for sheet in book.sheets:
        for chart in sheet.drawn.charts:
            if not chart.titled:
                yield Hit("a chart without a title", sheet.title, chart.cell)


@REGISTER.sheet_warning(
    *("WB408", "Result without a unit", "On a sheet with a column of units every row of numbers has one."),
    *("fill in the unit", f"{FAST} 2.01-01", f"{CODE}, Use clear units"),
)
def results_without_unit(sheet: Sheet) -> Iterator[Hit]:
    labels = sheet.labels
    for row in sorted(sheet.rows):
        first = next((cell for cell in sheet.rows[row] if cell.result_kind == "n"), None)
        labelled = first is not None and labels.left(first) is not None
        if first is not None and labelled and labels.has_units(row) and not labels.unit(first):
            yield at(sheet, first, "a row of results without a unit")
