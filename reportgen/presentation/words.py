"""The fixed words of a report in the reader's language, from gettext catalogs in the templates folder.

The message is the English text. Python code says `cells.gettext("…", name=value)` and `cells.ngettext("…", "…", n)`, a
template `{{ gettext("…") }}`, or `{% trans %}` where there is markup inside; values are in braces. A text that is said
later, by its value, is marked where it is written: `message("…")`. Texts of the model are its author's and are never
translated. English needs no catalog; `de.po` serves de-DE, de-AT and de-CH.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from gettext import c2py
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from reportgen.resources import templates_folder

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

CATALOGS = "locales"
SOURCE_LANGUAGE = "en"
_SWISS = str.maketrans({"ß": "ss", "„": "«", "“": "»"})
"""Swiss spelling has no ß, and quotation marks of its own."""


@cache
def parsed_locale(identifier: str) -> Locale:
    """The locale of `de-AT` or `de_AT`. Raises babel.UnknownLocaleError or ValueError where it is none."""
    return Locale.parse(identifier.replace("-", "_"))


def message(text: str) -> str:
    """The text itself, marked for the catalogs because it is said elsewhere, by its value."""
    return text


def messages(one: str, many: str) -> tuple[str, str]:
    """The same of a text and its plural."""
    return one, many


class Words:
    """The messages of one locale: the forms of each, `plural` tells which of them by a count.

    `missing` collects the messages that were asked for and have no translation; they appear in English.
    """

    def __init__(self, locale: Locale, forms: dict[str, tuple[str, ...]], plural: Callable[[int], int]) -> None:
        self.locale = locale
        self.forms = forms
        self.plural = plural
        self.missing: set[str] = set()

    def gettext(self, message: str, /, **values: Any) -> str:
        """A message with its values put in."""
        text = self.forms[message][0] if self._has(message, 1) else message
        return filled(text, values) if values else text

    def ngettext(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """One of two messages by a count, which is the value `count` in it unless another text is given for it."""
        text = one if count == 1 else many
        if self._has(one, 2):
            forms = self.forms[one]
            text = forms[min(self.plural(count), len(forms) - 1)]
        return filled(text, {"count": format_decimal(count, locale=self.locale), **values})

    def listed(self, texts: Sequence[str]) -> str:
        """`a, b, and c` in the reader's language."""
        return format_list(list(texts), locale=self.locale)

    def lacks(self, message: str, forms: int = 1) -> bool:
        """Whether a message has no translation, in so many forms at least."""
        return self.locale.language != SOURCE_LANGUAGE and len(self.forms.get(message, ())) < forms

    def _has(self, message: str, forms: int) -> bool:
        if self.lacks(message, forms):
            self.missing.add(message)
        return len(self.forms.get(message, ())) >= forms


def filled(text: str, values: Mapping[str, object]) -> str:
    """A text with values in place of its `{name}`s. Raises ValueError.

    Templates and catalogs may be a stranger's: `str.format` would let their texts read everything that a value leads
    to, so that braces hold a name alone, and values are texts and numbers.
    """
    parts = []
    for literal, name, spec, conversion in Formatter().parse(text):
        parts.append(literal)
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(f"braces hold the name of a value and nothing else, not '{name}', in “{text}”")
        if name not in values:
            raise ValueError(f"there is no value '{name}' for “{text}”")
        if not isinstance(values[name], str | int | float):
            raise ValueError(f"the value '{name}' for “{text}” is neither text nor a number")
        parts.append(str(values[name]))
    return "".join(parts)


def words_of(locale: str, folders: tuple[Path, ...] = (), *, catalogs: str = "") -> Words:
    """The words of a locale (`en`, `de-AT`, `de_AT`); catalogs of `folders` go before the shipped ones. They are those
    of reports, or of what has its `catalogs` in a folder of its own."""
    return _words_of(parsed_locale(locale), folders, catalogs)


@cache
def _words_of(parsed: Locale, folders: tuple[Path, ...], catalogs: str) -> Words:
    forms: dict[str, tuple[str, ...]] = {}
    plural: Callable[[int], int] = _english
    for folder in (templates_folder(), *reversed(folders)):
        path = catalog_path(folder, parsed.language, catalogs)
        if path.is_file():
            catalog = read_catalog(path)
            plural = c2py(catalog.plural_expr)
            forms |= _forms(catalog)
    if parsed.territory == "CH":
        forms = {one: tuple(each.translate(_SWISS) for each in found) for one, found in forms.items()}
    return Words(parsed, forms, plural)


def catalog_path(folder: Path, language: str, catalogs: str = "") -> Path:
    """Where a templates folder has its catalog of a language."""
    return folder / CATALOGS / catalogs / f"{language}.po"


def read_catalog(path: Path) -> Catalog:
    """A catalog as written. Raises OSError, and babel's PoFileError where it is no catalog."""
    from babel.messages.pofile import read_po

    with path.open("rb") as opened:
        return read_po(opened, locale=path.stem, abort_invalid=True)


def _english(count: int) -> int:
    return int(count != 1)


def _forms(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """The translations of a catalog; what is empty or only guessed (fuzzy) is none."""
    found = {}
    for each in catalog:
        one = each.id if isinstance(each.id, str) else each.id[0]
        forms = (each.string,) if isinstance(each.string, str) else tuple(each.string or ("",))
        if one and all(forms) and not each.fuzzy:
            found[one] = forms
    return found
