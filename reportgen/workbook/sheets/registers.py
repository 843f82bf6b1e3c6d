"""The sheets at the back: Sources, Checks and About."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import __version__
from reportgen.formula.units import PLAIN
from reportgen.workbook.checks import RELATIVE_TOLERANCE, Check
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import ABOUT, CHECKS, FIRST, FIRST_ROW, HEAD_ROW, LABEL, SOURCES, UNIT
from reportgen.workbook.sheets.common import FAILED, OK, Book, heads, new_grid


def sources_sheet(book: Book) -> Grid:
    """The register of sources: what, how good, where, when."""
    subtitle = "Where the figures come from, and when they were looked up."
    grid = new_grid(book, SOURCES, "register", "Sources", subtitle)
    grid.widths.update({FIRST: 14, FIRST + 1: 64, FIRST + 2: 62})
    texts = ("Source", "Evidence", "Accessed", "Address", "Note")
    heads(grid, HEAD_ROW, [(column, text, False) for column, text in enumerate(texts, LABEL)])
    for row, citation in enumerate(book.model.citations.values(), FIRST_ROW):
        grid.put(row, LABEL, citation.title, Style.LABEL)
        grid.put(row, UNIT, citation.evidence, Style.UNIT)
        grid.put(row, FIRST, citation.accessed.isoformat() if citation.accessed else "", Style.UNIT)
        grid.put(row, FIRST + 1, citation.url, Style.LINK if citation.url else Style.TEXT, link=citation.url)
        grid.put(row, FIRST + 2, citation.note, Style.TEXT)
    if not book.model.citations:
        grid.put(FIRST_ROW, LABEL, "The model names no sources.", Style.TEXT)
    return grid


def checks_sheet(book: Book, checks: Sequence[Check]) -> Grid:
    """Every check with both sides and its tolerance; the master check first."""
    subtitle = "Two ways to the same number. All checks together stand in the head of every sheet."
    grid = new_grid(book, CHECKS, "register", "Checks", subtitle)
    grid.widths.update({LABEL: 62, FIRST: 14, FIRST + 1: 20, FIRST + 2: 20, FIRST + 3: 20})
    texts = [(LABEL, "Check", False), (UNIT, "Tolerance", True), (FIRST, "Result", True)]
    texts += [
        (FIRST + 1, "One way", True),
        (FIRST + 2, "The other way", True),
        (FIRST + 3, "Relative difference", True),
    ]
    heads(grid, HEAD_ROW, texts)
    first, last = FIRST_ROW + 1, FIRST_ROW + len(checks)
    results = f"C{first}:C{last}"
    grid.put(FIRST_ROW, LABEL, "All checks", Style.OUTPUT_LABEL)
    for column in (UNIT, FIRST + 1, FIRST + 2, FIRST + 3):
        grid.put(FIRST_ROW, column, None, Style.OUTPUT)
    master = f'=IF(COUNTIF({results},"{OK}")=COUNTA({results}),"{OK}","{FAILED}")'
    grid.put(FIRST_ROW, FIRST, OK if book.checks_hold else FAILED, Style.CHECK, formula=master)
    for row, check in enumerate(checks, first):
        _check(grid, row, check)
    return grid


def _check(grid: Grid, row: int, check: Check) -> None:
    number_format = result_format((check.left, check.right), PLAIN)
    grid.put(row, LABEL, check.title, Style.LABEL)
    grid.put(row, UNIT, RELATIVE_TOLERANCE, Style.UNIT, "0E+00")
    holds = f'=IF(ABS(F{row})<=B{row},"{OK}","{FAILED}")'
    grid.put(row, FIRST, OK if check.holds else FAILED, Style.CHECK, formula=holds)
    grid.put(row, FIRST + 1, check.left, Style.CALCULATION, number_format, formula=check.left_formula)
    grid.put(row, FIRST + 2, check.right, Style.CALCULATION, number_format, formula=check.right_formula)
    relative = f"=(D{row}-E{row})/MAX(1,ABS(D{row}),ABS(E{row}))"
    grid.put(row, FIRST + 3, check.difference, Style.CALCULATION, "0.0E+00", formula=relative)


def about_sheet(book: Book) -> Grid:
    """What the book is, what made it, how its numbers come about and where they end."""
    model = book.model
    grid = new_grid(book, ABOUT, "register", "About", model.title)
    grid.widths.update({LABEL: 32, FIRST: 110})
    heads(grid, HEAD_ROW, [(LABEL, "About", False), (UNIT, "", False), (FIRST, "", False)])
    facts = [
        ("Model", f"{model.title} ({model.id})"),
        ("As of", model.as_of.isoformat()),
        ("Currency", model.currency),
        ("Options", "; ".join(option.title for option in model.options)),
        ("What it is about", model.summary),
        ("Made by", f"reportgen {__version__}"),
        ("Digest of the model (SHA-256)", model.digest),
        ("Not as the model says", overridden_text(book)),
        ("How the numbers come about", METHOD),
        ("Words in place of costs", WORDS),
    ]
    facts += [(f"Limit {number}", text) for number, text in enumerate(model.limits, 1)]
    for row, (what, text) in enumerate([fact for fact in facts if fact[1]], FIRST_ROW):
        grid.put(row, LABEL, what, Style.LABEL)
        grid.put(row, UNIT, None, Style.LABEL)
        grid.put(row, FIRST, text, Style.TEXT)
    return grid


def overridden_text(book: Book) -> str:
    """Which inputs were set to something else than the model file says when the book was made."""
    shown = (f"{key} = {book.results.values[key]:,.12g}" for key in book.model.overridden)
    return "; ".join(shown)


METHOD = (
    "Every number that is not yellow is a formula. Inputs stand on Assumptions and, where they belong to one cost, "
    "beside it on the category's sheet. Formulas call assumptions by name (in_…) and everything else by its cell. "
    "A factor such as /12 or /100 in a formula converts a unit."
)
WORDS = (
    "included: part of another price. none: does not apply to this option. not quoted: unknown; what is computed "
    "from it counts only what is known and says incomplete, until a number is typed in its place."
)
