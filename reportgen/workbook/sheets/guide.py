"""The Guide sheet: the list of sheets with links, what cells look like, how the book is used, and what it is."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import __version__
from reportgen.questions import QUESTIONS
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
    QUESTION_SHEETS,
    SOURCES,
    SUMMARY,
    TOTALS,
    UNIT,
)
from reportgen.workbook.sheets.sheet_parts import Book, heading, heads, new_grid, place
from reportgen.workbook.timeline_layout import TIMELINE

TEXT_WIDTH = 60

_SAID = {
    SUMMARY: "what the options cost, which costs least, whether all checks hold; the scenario is chosen here",
    ASSUMPTIONS: "all shared inputs, with scenarios, ranges and sources",
    CALCULATIONS: "quantities computed from the assumptions",
    TIMELINE: "what changes over time, step by step",
    CASES: "the evaluations that other sheets read",
    TOTALS: "how the categories add up; all totals and key figures",
    INPUTS: "every input as generated, and which are changed",
    SOURCES: "where the figures come from",
    CHECKS: "whether the book adds up",
} | {each.sheet: each.contents for each in QUESTIONS}


def guide_sheet(book: Book, rules: Sequence[RuleText]) -> Grid:
    """What a reader who has never seen the book needs, and what says later which book it was."""
    grid = new_grid(book, GUIDE, "front", "Guide", f"What is in this book and how it is used: {book.model.title}")
    grid.widths[FIRST] = TEXT_WIDTH
    heads(grid, HEAD_ROW, [(LABEL, "Guide", False), (UNIT, "", False), (FIRST, "", False)])
    row = _contents(book, grid, FIRST_ROW)
    row = _how_to(grid, row + 1)
    row = _kinds_of_cells(grid, row + 1)
    row = _about(book, grid, row + 1)
    if rules:
        grid.printed_rows.append((1, row - 1))
        _conformance(grid, row + 1, rules)
    return grid


def _contents(book: Book, grid: Grid, row: int) -> int:
    """A row for each sheet; the next free row."""
    said = dict(_SAID)
    for category in book.model.categories:
        said[category.sheet] = f"{'amounts' if category.one_time else 'running cost'}, item by item"
    heading(grid, row, "Sheets", FIRST)
    sheets = [sheet for sheet in book.plan.sheets if sheet != GUIDE]
    for at, sheet in enumerate(sheets, row + 1):
        style, kind = KINDS_OF_SHEETS.get(sheet, (Style.KIND_CATEGORY, "costs"))
        grid.put(at, LABEL, sheet, Style.LINK, link=place(sheet))
        grid.put(at, UNIT, kind, style)
        grid.put(at, FIRST, said[sheet], Style.TEXT)
    return row + 1 + len(sheets)


def _kinds_of_cells(grid: Grid, row: int) -> int:
    heading(grid, row, "Kinds of cells", FIRST)
    for at, (style, sample, text) in enumerate(_CELLS, row + 1):
        grid.put(at, LABEL, text, Style.LABEL)
        grid.put(at, UNIT, sample, style, "#,##0")
    return row + 1 + len(_CELLS)


def _how_to(grid: Grid, row: int) -> int:
    heading(grid, row, "How to use this book", FIRST)
    for at, text in enumerate(HOW_TO, row + 1):
        grid.put(at, LABEL, text, Style.SUBTITLE)
    return row + 1 + len(HOW_TO)


def _about(book: Book, grid: Grid, row: int) -> int:
    """What the book is, what made it, how its numbers come about and where they end."""
    model = book.model
    heading(grid, row, "About this book", FIRST)
    facts = [
        ("Model", f"{model.title} ({model.id})"),
        ("As of", model.as_of.isoformat()),
        ("Currency", model.currency),
        ("Options", "; ".join(option.title for option in model.options)),
        ("What it is about", model.summary),
        ("Made by", f"reportgen {__version__}"),
        ("Digest of the model (SHA-256)", model.digest),
        ("Not as the model says", _overridden(book)),
        ("How the numbers come about", METHOD),
    ]
    facts += [(f"Limit {number}", text) for number, text in enumerate(model.limits, 1)]
    facts = [fact for fact in facts if fact[1]]
    for at, (what, text) in enumerate(facts, row + 1):
        grid.put(at, LABEL, what, Style.LABEL)
        grid.put(at, UNIT, None, Style.LABEL)
        grid.put(at, FIRST, text, Style.TEXT)
    return row + 1 + len(facts)


def _overridden(book: Book) -> str:
    """Which inputs were set to something else than the model file says when the book was made."""
    shown = (f"{key} = {book.results.values[key]:,.12g}" for key in book.model.overridden)
    return "; ".join(shown)


def _conformance(grid: Grid, row: int, rules: Sequence[RuleText]) -> None:
    """The rules that books of this version are made to keep; `reportgen lint` checks a single one."""
    heading(grid, row, "Conformance", FIRST)
    said = f"Books of reportgen {__version__} are made to keep these {len(rules)} rules of good modelling. "
    grid.put(row + 1, LABEL, f"{said}`reportgen lint` checks this one.", Style.SUBTITLE)
    titles = [(LABEL, "Rule", False), (UNIT, "", False), (FIRST, "What it asks, and its sources", False)]
    heads(grid, row + 2, titles)
    for at, rule in enumerate(rules, row + 3):
        grid.put(at, LABEL, rule.name, Style.LABEL)
        grid.put(at, UNIT, None, Style.LABEL)
        grid.put(at, FIRST, f"{rule.principle} ({'; '.join(rule.sources)})", Style.TEXT)


_CELLS: tuple[tuple[Style, float | str, str], ...] = (
    (Style.SAMPLE_INPUT, 1_234.0, "an input: type another number"),
    (Style.SAMPLE_UNQUOTED, "not quoted", "an input whose price is not known yet"),
    (Style.CALCULATION, 1_234.0, "a formula"),
    (Style.FIXED, 1_234.0, "a fixed number, not to be changed"),
    (Style.LINKED, 1_234.0, "taken over from another sheet"),
    (Style.OUTPUT, 1_234.0, "a total"),
    (Style.INCLUDED, "included", "part of another price; counts as nothing"),
    (Style.NONE, "none", "does not apply; counts as nothing"),
)

KINDS_OF_SHEETS = {
    **dict.fromkeys((SUMMARY, GUIDE), (Style.KIND_FRONT, "front")),
    ASSUMPTIONS: (Style.KIND_INPUT, "inputs"),
    CALCULATIONS: (Style.KIND_RESULT, "results"),
    TIMELINE: (Style.KIND_RESULT, "results"),
    TOTALS: (Style.KIND_RESULT, "results"),
    **dict.fromkeys(QUESTION_SHEETS, (Style.KIND_QUESTION, "question")),
    **dict.fromkeys((INPUTS, SOURCES, CHECKS), (Style.KIND_REGISTER, "register")),
}
"""The kinds of sheets, each shown with the colour of its tab; all others hold costs."""

HOW_TO = (
    "Choose a scenario on Summary, or change a framed cell: on Assumptions, or beside a single cost on its sheet.",
    "Everything else is a formula and follows at once. Sheets are protected, but without a password.",
    "“All checks” in the head of every sheet says OK while the book adds up; Checks lists each of them.",
    "A further cost goes into a spare line of its category, where it counts. Changed inputs are marked; see Inputs.",
    "A price that says “not quoted” is unknown: what is computed from it is marked incomplete until a number is typed.",
    "Paper shows what is read; workings, the register of inputs and long notes are for the screen.",
)

METHOD = (
    "Every number without a frame is a formula. Inputs stand on Assumptions and, where they belong to one cost, "
    "beside it on the category’s sheet, unless a scenario, a range or another question moves them. Formulas call "
    "assumptions by name (in_…) and everything else by its cell. "
    "A factor such as /12 or *1000 in a formula converts a unit."
)
