"""The fixed words of a report in the reader's language, from gettext catalogs in the templates folder.

The message is the English text. Python code says `cells.say("…", name=value)` and `cells.say_n("…", "…", count)`, a
template `{{ say("…") }}`, or `{% trans %}` where there is markup inside; values stand in braces. Texts of the model
are its author's and are never translated. English needs no catalog; `de.po` serves de-DE, de-AT and de-CH.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale

from reportgen.resources import templates_folder

CATALOGS = "locales"
SOURCE_LANGUAGE = "en"


class Words:
    """The messages of one locale; `missing` collects those that its catalog lacks, as they are asked for."""

    def __init__(self, locale: str, catalog: NullTranslations | None) -> None:
        self.locale = locale
        self.catalog = catalog
        self.missing: set[str] = set()

    def say(self, message: str, **values: Any) -> str:
        """A message with its values put in."""
        return self.gettext(message).format(**values) if values else self.gettext(message)

    def say_n(self, one: str, many: str, count: int, **values: Any) -> str:
        """One of two messages by a count, which is the value `count` in it unless another text is given for it."""
        return self.ngettext(one, many, count).format(**{"count": count, **values})

    def gettext(self, message: str) -> str:
        if self.catalog is None:
            return message
        found = self.catalog.gettext(message)
        if not self._has(message):
            self.missing.add(message)
        return found

    def ngettext(self, one: str, many: str, count: int) -> str:
        if self.catalog is None:
            return one if count == 1 else many
        if not self._has((one, 0)):
            self.missing.add(one)
        return self.catalog.ngettext(one, many, count)

    def _has(self, message: object) -> bool:
        return message in getattr(self.catalog, "_catalog", {})


@cache
def words_of(locale: str, folders: tuple[Path, ...] = ()) -> Words:
    """The words of a locale (`en`, `de-AT`, `de_AT`); catalogs of `folders` go before the shipped ones."""
    language = Locale.parse(locale.replace("-", "_")).language
    if language == SOURCE_LANGUAGE:
        return Words(locale, None)
    found: NullTranslations = NullTranslations()
    for folder in (templates_folder(), *reversed(folders)):
        path = folder / CATALOGS / f"{language}.po"
        if path.is_file():
            catalog = _compiled(path, language)
            catalog.add_fallback(found)
            found = catalog
    return Words(locale, found)


def _compiled(path: Path, language: str) -> GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with path.open("rb") as opened:
        catalog = read_po(opened, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
