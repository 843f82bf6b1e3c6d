"""The language of a model's workbook: the words of its locale, and the names of its sheets in them."""

from __future__ import annotations

from reportgen.workbook.book_words import CATALOGS, ENGLISH, BookWords, sheet_names
from reportgen.workbook.plan import FIXED_SHEETS, Plan


def language_of(plan: Plan, locale: str) -> BookWords:
    """What the book of a locale (`en`, `de`, `de-AT`) says."""
    if locale.partition("-")[0] == "en":
        return ENGLISH
    from reportgen.presentation.words import words_of

    words = words_of(locale, catalogs=CATALOGS)
    return BookWords(words, sheet_names(words, plan.sheets, FIXED_SHEETS))
