"""On Summary: the list of sheets with links, what cells look like, and how the book is used."""

from __future__ import annotations

from reportgen.questions import QUESTIONS
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import (
    ABOUT,
    ASSUMPTIONS,
    CALCULATIONS,
    CASES,
    CHECKS,
    FIRST,
    INPUTS,
    LABEL,
    QUESTION_SHEETS,
    SOURCES,
    TOTALS,
    UNIT,
)
from reportgen.workbook.sheets.sheet_parts import Book, heading, place
from reportgen.workbook.timeline_layout import TIMELINE


def last_column(book: Book) -> int:
    """The last column of Summary: three of numbers at least, so that its texts have room."""
    return max(book.plan.last_option_column, FIRST + 2)


def contents(book: Book, grid: Grid, row: int) -> int:
    said = {
        ASSUMPTIONS: "all shared inputs, with scenarios, ranges and sources",
        CALCULATIONS: "quantities computed from the assumptions",
        TIMELINE: "what changes over time, step by step",
        CASES: "the evaluations that other sheets read",
        TOTALS: "how the categories add up; key figures",
        INPUTS: "every input as generated, and which are changed",
        SOURCES: "where the figures come from",
        CHECKS: "whether the book adds up",
        ABOUT: "what made this book, method and limits",
    }
    said |= {each.sheet: each.contents for each in QUESTIONS}
    for category in book.model.categories:
        said[category.sheet] = f"{'amounts' if category.one_time else 'running cost'}, item by item"
    heading(grid, row, "Contents", last_column(book))
    for row_of_sheet, sheet in enumerate(book.plan.sheets[1:], row + 1):
        style, kind = _KINDS.get(sheet, (Style.KIND_CATEGORY, "costs"))
        grid.put(row_of_sheet, LABEL, sheet, Style.LINK, link=place(sheet))
        grid.put(row_of_sheet, UNIT, kind, style)
        grid.put(row_of_sheet, FIRST, said[sheet], Style.SUBTITLE)
    row += len(book.plan.sheets)
    heading(grid, row + 1, "Kinds of cells", last_column(book))
    key: tuple[tuple[Style, float | str, str], ...] = (
        (Style.INPUT, 1_234.0, "an input: type another number"),
        (Style.UNQUOTED, "not quoted", "an input whose price is not known yet"),
        (Style.CALCULATION, 1_234.0, "a formula"),
        (Style.FIXED, 1_234.0, "a fixed number, not to be changed"),
        (Style.LINKED, 1_234.0, "taken over from another sheet"),
        (Style.OUTPUT, 1_234.0, "a total"),
        (Style.INCLUDED, "included", "part of another price; counts as nothing"),
        (Style.NONE, "none", "does not apply; counts as nothing"),
    )
    for at, (style, sample, text) in enumerate(key, row + 2):
        shown = style if style not in (Style.INPUT, Style.UNQUOTED) else _locked(style)
        grid.put(at, LABEL, text, Style.LABEL)
        grid.put(at, UNIT, sample, shown, "#,##0")
    return row + 2 + len(key)


def _locked(style: Style) -> Style:
    return {Style.INPUT: Style.SAMPLE_INPUT, Style.UNQUOTED: Style.SAMPLE_UNQUOTED}[style]


_KINDS = {
    ASSUMPTIONS: (Style.KIND_INPUT, "inputs"),
    CALCULATIONS: (Style.KIND_RESULT, "results"),
    TIMELINE: (Style.KIND_RESULT, "results"),
    TOTALS: (Style.KIND_RESULT, "results"),
    **dict.fromkeys(QUESTION_SHEETS, (Style.KIND_QUESTION, "question")),
    **dict.fromkeys((INPUTS, SOURCES, CHECKS, ABOUT), (Style.KIND_REGISTER, "register")),
}
"""The kinds of sheets, each shown with the colour of its tab; all others hold costs."""


HOW_TO = (
    "Choose a scenario above, or change a framed cell: on Assumptions, or beside a single cost on its sheet.",
    "Everything else is a formula and follows at once. Sheets are protected, but without a password.",
    "“All checks” in the head of every sheet says OK while the book adds up; Checks lists each of them.",
    "A further cost goes into a spare line of its category, where it counts. Changed inputs are marked; see Inputs.",
    "A price that says “not quoted” is unknown: what is computed from it is marked incomplete until a number is typed.",
)


def how_to(book: Book, grid: Grid, row: int) -> None:
    heading(grid, row, "How to use this book", last_column(book))
    for at, text in enumerate(HOW_TO, row + 1):
        grid.put(at, LABEL, text, Style.SUBTITLE)
