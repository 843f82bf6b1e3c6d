"""The fixed texts of a workbook, said in the language of the book as it is written.

Sheets are filled with messages: a message is its English text and knows how it is said elsewhere, from the gettext
catalog `locales/workbook/LANGUAGE.po`, whose ids are the English texts. Texts of the model are its author's and are
plain strings, so that none of them is ever translated by chance. A text that is known only as the book is computed is
a formula (`filled_message`).

An f-string would make plain English of a message: values go into braces, and what only puts texts beside each other is
`together`, or `+`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from reportgen.workbook.address import AS_PLANNED, SheetNames, SheetPlace

if TYPE_CHECKING:
    from reportgen.formula.units import Unit
    from reportgen.presentation.words import Words

CATALOGS = "workbook"
"""The folder of the books' catalogs, below that of the reports'."""

PERIODS = ("year", "quarter", "month", "week", "day")
"""Units of time that have a word in every language."""
_CURRENCY_FIRST = re.compile(r'"([^"]+)"\* (.+?);"\1"\* -\2')
_OTHER_SIGNS = str.maketrans(",.", ".,")


class BookWords:
    """The language of a book: its words, and what its sheets are called. Without `words` it is English. `columns` keeps
    formulas that are filled down, once they are said in it."""

    def __init__(self, words: Words | None = None, sheets: SheetNames = AS_PLANNED) -> None:
        self.words = words
        self.sheets = sheets
        self.columns: dict[int, object] = {}

    def said(self, text: str) -> str:
        """A text as the book has it: a message in its language, any other text as it is."""
        return text.say(self) if isinstance(text, Message) else text

    def gettext(self, text: str) -> str:
        """The translation of a message whose values are not put in yet."""
        return text if self.words is None else self.words.gettext(text)

    def ngettext(self, one: str, many: str, count: float) -> str:
        """That of one of two messages, by a count."""
        if self.words is None:
            return one if count == 1 else many
        forms = self.words.forms.get(one) or (one, many)
        return forms[min(self.words.plural(int(count)), len(forms) - 1)]

    def number_format(self, number_format: str) -> str:
        """A format with the currency where the language has it. Signs for decimals and thousands are the reader's."""
        if self.words is None or self.words.locale.currency_formats["standard"].pattern.startswith("¤"):
            return number_format
        return _CURRENCY_FIRST.sub('\\2" \\1";-\\2" \\1"', number_format)


class Message(str):
    """A fixed text: the English one, and `say`, which gives it in the language of a book."""

    __slots__ = ("say",)

    say: Callable[[BookWords], str]

    def __new__(cls, say: Callable[[BookWords], str]) -> Message:
        made = super().__new__(cls, say(ENGLISH))
        made.say = say
        return made

    def __add__(self, other: str) -> str:
        return together(self, other)

    def __radd__(self, other: str) -> str:
        return together(other, self)


ENGLISH = BookWords()


def message(text: str, /, **values: object) -> str:
    """A fixed text, `{name}` in it for each of the values: texts, messages among them, and whole numbers."""
    return Message(lambda words: _filled(words.gettext(text), values, words))


def messages(one: str, many: str, count: int, /, **values: object) -> str:
    """One of two fixed texts by a count, which is the value `count` too."""
    return Message(
        lambda words: _filled(words.ngettext(one, many, count), {"count": number_text(count), **values}, words)
    )


def together(*parts: object) -> str:
    """Texts behind each other, each in its own language."""
    return Message(lambda words: "".join(words.said(each if isinstance(each, str) else str(each)) for each in parts))


def listed(texts: Iterable[str], between: str = ", ") -> str:
    """Texts with something between each two of them."""
    known = tuple(texts)
    return Message(lambda words: words.said(between).join(map(words.said, known)))


def number_text(value: float, spec: str = ",.15g") -> str:
    """A number within a text, whose formats no cell has: Python's format, with the signs of the language."""
    return Message(lambda words: _signs(format(value, spec), words))


def within_sentence(title: str) -> str:
    """A title within a sentence: in small letters in English, where only names have capitals."""
    small = title[:1].lower() + title[1:] if title[1:2].islower() else title  # TCO stays TCO
    return Message(lambda words: small if words.words is None else words.said(title))


def date_text(day: date) -> str:
    """A date within a text: as ISO 8601 writes it, or day, month and year as the language does."""
    return Message(lambda words: day.isoformat() if words.words is None else f"{day:%d.%m.%Y}")


def unit_words(unit: Unit) -> str:
    """A unit, its periods in words of the language: `EUR/Jahr`."""
    return Message(lambda words: str(_translated(unit, words)))


def sheet_title(sheet: str) -> str:
    """What a planned sheet is called, where it stands as a text."""
    return Message(lambda words: words.sheets.of(sheet).title)


def sheet_names(words: Words | None, sheets: Iterable[str], fixed: Iterable[str]) -> SheetNames:
    """The names of a book's sheets: the `fixed` ones in its language, and numbered where a category has that name."""
    known, own = set(fixed), list(sheets)
    if words is None:
        return AS_PLANNED
    taken = {each.casefold() for each in own if each not in known}
    places = {}
    for sheet in own:
        if sheet in known:
            said = words.gettext(sheet)
            places[sheet] = SheetPlace(f"{said} (2)" if said.casefold() in taken else said)
    return SheetNames(places)


def _filled(text: str, values: dict[str, object], words: BookWords) -> str:
    if not values:
        return text
    return text.format(**{name: words.said(each) if isinstance(each, str) else each for name, each in values.items()})


def _signs(text: str, words: BookWords) -> str:
    if words.words is None or words.words.locale.number_symbols["latn"]["decimal"] != ",":
        return text
    return text.translate(_OTHER_SIGNS)


def _translated(unit: Unit, words: BookWords) -> Unit:
    if words.words is None:
        return unit
    from reportgen.formula.units import Unit as Made

    return Made(tuple((words.gettext(word) if word in PERIODS else word, power) for word, power in unit.words))
