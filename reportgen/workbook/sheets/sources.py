"""The Sources sheet."""

from __future__ import annotations

from reportgen.compute.staleness import is_stale
from reportgen.model.model import Citation
from reportgen.workbook.book_words import date_text, listed, message
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, SOURCES, UNIT
from reportgen.workbook.sheets.sheet_parts import Book, heads, new_grid


def sources_sheet(book: Book) -> Grid:
    """The register of sources: what, how good, where, when."""
    subtitle = message("Where the figures come from, and when they were looked up.")
    grid = new_grid(book, SOURCES, "register", message("Sources"), subtitle)
    grid.widths.update({FIRST: 14, FIRST + 1: 64, FIRST + 2: 62})
    texts = (message("Source"), message("Evidence"), message("Accessed"), message("Address"), message("Note"))
    heads(grid, HEAD_ROW, [(column, text, False) for column, text in enumerate(texts, LABEL)])
    for row, citation in enumerate(book.model.citations.values(), FIRST_ROW):
        grid.put(row, LABEL, citation.title, Style.LABEL)
        grid.put(row, UNIT, message(citation.evidence), Style.UNIT)
        grid.put(row, FIRST, date_text(citation.accessed) if citation.accessed else "", Style.UNIT)
        link = citation.link
        grid.put(row, FIRST + 1, citation.url, Style.LINK if link else Style.TEXT, link=link)
        grid.put(row, FIRST + 2, listed(filter(None, (_age(book, citation), citation.note)), " "), Style.TEXT)
    if not book.model.citations:
        grid.put(FIRST_ROW, LABEL, message("The model names no sources."), Style.TEXT)
    return grid


def _age(book: Book, citation: Citation) -> str:
    """What a reader must know of a source that was looked up too long ago, "" of the others."""
    model = book.model
    if not is_stale(model, citation):
        return ""
    return message(
        "STALE: accessed more than {months} months before {day}.",
        months=model.max_source_age,
        day=date_text(model.as_of),
    )
