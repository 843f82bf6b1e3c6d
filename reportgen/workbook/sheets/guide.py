"""The Guide sheet: the list of sheets with links, what cells look like, how the book is used, and what it is."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import __version__
from reportgen.questions import QUESTIONS
from reportgen.workbook.book_words import date_text, listed, message, number_text, sheet_title, together
from reportgen.workbook.conformance import RuleText
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import (
    ASSUMPTIONS,
    CALCULATIONS,
    CASES,
    CHECKS,
    FIRST,
    FIRST_ROW,
    GUIDE,
    HEAD_ROW,
    INPUTS,
    LABEL,
    LOG,
    QUESTION_SHEETS,
    SOURCES,
    SUMMARY,
    TOTALS,
    UNIT,
)
from reportgen.workbook.sheets.sheet_parts import Book, heading, heads, new_grid, place
from reportgen.workbook.timeline_layout import TIMELINE
from reportgen.workbook.titles import Text, listed_texts

TEXT_WIDTH = 60

_SAID = {
    SUMMARY: message("what the options cost, which costs least, whether all checks hold; the scenario is chosen here"),
    ASSUMPTIONS: message("all shared inputs, with scenarios, ranges and sources"),
    CALCULATIONS: message("quantities computed from the assumptions"),
    TIMELINE: message("what changes over time, step by step"),
    CASES: message("the evaluations that other sheets read"),
    TOTALS: message("how the categories add up; all totals and key figures"),
    INPUTS: message("every input as generated and now, and which are changed"),
    LOG: message("who changed what, when and why, to be filled in"),
    SOURCES: message("where the figures come from"),
    CHECKS: message("whether the book adds up"),
} | {each.sheet: message(each.contents) for each in QUESTIONS}


def guide_sheet(book: Book, rules: Sequence[RuleText]) -> Grid:
    """What a reader who has never seen the book needs, and what says later which book it was."""
    grid = new_grid(
        book,
        GUIDE,
        "front",
        message("Guide"),
        message("What is in this book and how it is used: {model}", model=book.model.title),
    )
    grid.widths[FIRST] = TEXT_WIDTH
    heads(grid, HEAD_ROW, [(LABEL, message("Guide"), False), (UNIT, "", False), (FIRST, "", False)])
    row = _contents(book, grid, FIRST_ROW)
    row = _how_to(grid, row + 1)
    row = _kinds_of_cells(grid, row + 1)
    grid.printed_rows.append((1, row - 1))  # what the book rests on is for the screen, and in the reports
    row = _about(book, grid, row + 1)
    if rules:
        _conformance(grid, row + 1, rules)
    return grid


LOW_ROW = 16.0
"""Of a sheet's line, in points: all of them are on one page with how the book is used."""


def _contents(book: Book, grid: Grid, row: int) -> int:
    """A row for each sheet; the next free row."""
    said = dict(_SAID)
    for category in book.model.categories:
        said[category.sheet] = (
            message("amounts, item by item") if category.one_time else message("running cost, item by item")
        )
    heading(grid, row, message("Sheets"), FIRST)
    sheets = [sheet for sheet in book.plan.sheets if sheet != GUIDE]
    for at, sheet in enumerate(sheets, row + 1):
        style, kind = KINDS_OF_SHEETS.get(sheet, (Style.KIND_CATEGORY, message("costs")))
        grid.put(at, LABEL, sheet_title(sheet), Style.LINK, link=place(sheet))
        grid.put(at, UNIT, kind, style)
        grid.put(at, FIRST, said[sheet], Style.TEXT)
        grid.heights[at] = LOW_ROW
    return row + 1 + len(sheets)


def _kinds_of_cells(grid: Grid, row: int) -> int:
    heading(grid, row, message("Kinds of cells"), FIRST)
    for at, (style, sample, text) in enumerate(_CELLS, row + 1):
        grid.put(at, LABEL, text, Style.LABEL)
        grid.put(at, UNIT, sample, style, "#,##0")
    return row + 1 + len(_CELLS)


def _how_to(grid: Grid, row: int) -> int:
    heading(grid, row, message("How to use this book"), FIRST)
    for at, text in enumerate(HOW_TO, row + 1):
        grid.put(at, LABEL, text, Style.SUBTITLE)
    return row + 1 + len(HOW_TO)


def _about(book: Book, grid: Grid, row: int) -> int:
    """What the book is, what made it, how its numbers come about and where they end."""
    model = book.model
    heading(grid, row, message("About this book"), FIRST)
    facts: list[tuple[str, Text]] = [
        (message("Model"), together(model.title, " (", model.id, ")")),
        (message("As of"), date_text(model.as_of)),
        (message("Currency"), model.currency),
        (message("Options"), listed_texts([book.option(option) for option in model.option_ids], "; ")),
        (message("What it is about"), model.summary),
        (message("Made by"), message("reportgen {version}", version=__version__)),
        (message("Digest of the model (SHA-256)"), model.digest),
        (message("Not as the model says"), _overridden(book)),
        (message("How the numbers are computed"), METHOD),
    ]
    facts += [(message("Limit {number}", number=number), text) for number, text in enumerate(model.limits, 1)]
    facts = [fact for fact in facts if fact[1] != ""]
    for at, (what, text) in enumerate(facts, row + 1):
        grid.put(at, LABEL, what, Style.LABEL)
        grid.put(at, UNIT, None, Style.LABEL)
        grid.put(at, FIRST, text, Style.TEXT)
    return row + 1 + len(facts)


def _overridden(book: Book) -> str:
    """Which inputs were set to something else than the model file says when the book was made."""
    shown = (together(key, " = ", number_text(book.results.values[key], ",.12g")) for key in book.model.overridden)
    return listed(shown, "; ")


def _conformance(grid: Grid, row: int, rules: Sequence[RuleText]) -> None:
    """The rules that books of this version are made to keep; `reportgen lint` checks a single one."""
    heading(grid, row, message("Conformance"), FIRST)
    said = message(
        "Books of reportgen {version} are made to keep these {count} rules of good modelling. "
        "`reportgen lint` checks this one.",
        version=__version__,
        count=len(rules),
    )
    grid.put(row + 1, LABEL, said, Style.SUBTITLE)
    titles = [
        (LABEL, message("Rule"), False),
        (UNIT, "", False),
        (FIRST, message("What it asks, and its sources"), False),
    ]
    heads(grid, row + 2, titles)
    for at, rule in enumerate(rules, row + 3):
        grid.put(at, LABEL, rule.name, Style.LABEL)
        grid.put(at, UNIT, None, Style.LABEL)
        grid.put(
            at,
            FIRST,
            together(message(rule.principle), " (", "; ".join(rule.sources), ")"),
            Style.TEXT,
        )


_CELLS: tuple[tuple[Style, float | str, str], ...] = (
    (Style.SAMPLE_INPUT, 1_234.0, message("an input: type another number")),
    (Style.SAMPLE_UNQUOTED, message("not quoted"), message("an input whose price is not known yet")),
    (Style.CALCULATION, 1_234.0, message("a formula")),
    (Style.FIXED, 1_234.0, message("a fixed number, not to be changed")),
    (Style.LINKED, 1_234.0, message("taken over from another sheet")),
    (Style.OUTPUT, 1_234.0, message("a total")),
    (Style.INCLUDED, message("included"), message("part of another price; counts as nothing")),
    (Style.NONE, message("none"), message("does not apply; counts as nothing")),
)

KINDS_OF_SHEETS = {
    **dict.fromkeys((SUMMARY, GUIDE), (Style.KIND_FRONT, message("front"))),
    ASSUMPTIONS: (Style.KIND_INPUT, message("inputs")),
    CALCULATIONS: (Style.KIND_RESULT, message("results")),
    TIMELINE: (Style.KIND_RESULT, message("results")),
    TOTALS: (Style.KIND_RESULT, message("results")),
    **dict.fromkeys(QUESTION_SHEETS, (Style.KIND_QUESTION, message("question"))),
    **dict.fromkeys((INPUTS, LOG, SOURCES, CHECKS), (Style.KIND_REGISTER, message("register"))),
}
"""The kinds of sheets, each shown with the colour of its tab; all others hold costs."""

HOW_TO = (
    message(
        "Choose a scenario on Summary, or change a framed cell: on Assumptions, or beside a single cost on its sheet."
    ),
    message("Everything else is a formula and follows at once. Sheets are protected, but without a password."),
    message("“All checks” in the head of every sheet says OK while the book adds up; Checks lists each of them."),
    message(
        "A further cost goes into a spare line of its category, where it counts. Inputs lists what is changed; say why "
        "on Log."
    ),
    message(
        "A price that says “not quoted” is unknown: what is computed from it is marked incomplete until a number is "
        "typed."
    ),
    message("Paper shows what is read; workings, the register of inputs and long notes are for the screen."),
)

METHOD = message(
    "Every number without a frame is a formula. Inputs stand on Assumptions and, where they belong to one cost, "
    "beside it on the category’s sheet, unless a scenario, a range or another question moves them. Formulas call "
    "assumptions by name (in_…) and everything else by its cell. "
    "A factor such as /12 or *1000 in a formula converts a unit."
)
