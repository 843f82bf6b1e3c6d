"""The sheets at the back: Sources and About."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen import __version__
from reportgen.compute.staleness import is_stale
from reportgen.model.model import Citation
from reportgen.workbook.conformance import RuleText
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import ABOUT, FIRST, FIRST_ROW, HEAD_ROW, LABEL, SOURCES, UNIT
from reportgen.workbook.sheets.sheet_parts import Book, heading, heads, new_grid


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
        link = citation.link
        grid.put(row, FIRST + 1, citation.url, Style.LINK if link else Style.TEXT, link=link)
        grid.put(row, FIRST + 2, " ".join(filter(None, (_age(book, citation), citation.note))), Style.TEXT)
    if not book.model.citations:
        grid.put(FIRST_ROW, LABEL, "The model names no sources.", Style.TEXT)
    return grid


def _age(book: Book, citation: Citation) -> str:
    """What a reader must know of a source that was looked up too long ago, "" of the others."""
    model = book.model
    if not is_stale(model, citation):
        return ""
    return f"STALE: accessed more than {model.max_source_age} months before {model.as_of.isoformat()}."


def about_sheet(book: Book, rules: Sequence[RuleText]) -> Grid:
    """What the book is, what made it, how its numbers come about and where they end, and the rules that it keeps."""
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
    facts = [fact for fact in facts if fact[1]]
    for row, (what, text) in enumerate(facts, FIRST_ROW):
        grid.put(row, LABEL, what, Style.LABEL)
        grid.put(row, UNIT, None, Style.LABEL)
        grid.put(row, FIRST, text, Style.TEXT)
    if rules:
        _conformance(grid, FIRST_ROW + len(facts) + 1, rules)
    return grid


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


def overridden_text(book: Book) -> str:
    """Which inputs were set to something else than the model file says when the book was made."""
    shown = (f"{key} = {book.results.values[key]:,.12g}" for key in book.model.overridden)
    return "; ".join(shown)


METHOD = (
    "Every number without a frame is a formula. Inputs stand on Assumptions and, where they belong to one cost, "
    "beside it on the category's sheet, unless a scenario, a range or another question moves them. Formulas call "
    "assumptions by name (in_…) and everything else by its cell. "
    "A factor such as /12 or *1000 in a formula converts a unit."
)
WORDS = (
    "included: part of another price. none: does not apply to this option. not quoted: unknown; what is computed "
    "from it counts only what is known and says incomplete, until a number is typed in its place."
)
