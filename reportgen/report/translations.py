"""Which fixed texts there are, in the program and in templates, and what a catalog lacks of them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_file
from babel.messages.pofile import PoFileError

from reportgen.model.document import Mapping, Scalar, Sequence, parse, read_source
from reportgen.presentation.marked_texts import Text, texts_in_code
from reportgen.presentation.words import CATALOGS, Words, catalog_path, read_catalog, words_of
from reportgen.problems import ModelError, Problem
from reportgen.report.report_settings import ReportSettings
from reportgen.report.template import TEMPLATE_FILE
from reportgen.source import Source, Span

KEYWORDS = {"message": False, "gettext": False, "ngettext": True, "messages": True}
"""What marks a fixed text, and whether its plural follows."""
_TEMPLATE = {"extensions": "jinja2.ext.i18n"} | dict.fromkeys(
    ("trimmed", "trim_blocks", "lstrip_blocks", "keep_trailing_newline"), "true"
)
"""The environment's own settings: a text is read here as it is printed there."""
_PACKAGE = Path(__file__).resolve().parents[1]
_NAMED = re.compile(r"%(?:%|\((\w+)\)s|(.?))")


@cache
def texts_of_program() -> tuple[Text, ...]:
    """The fixed texts of the program's own code."""
    folders = (_PACKAGE / each for each in ("presentation", "report", "narrative"))
    return tuple(
        each for folder in folders for path in sorted(folder.rglob("*.py")) for each in texts_in_code(path, KEYWORDS)
    )


def texts_of_templates(folder: Path) -> Iterator[Text]:
    """The fixed texts of a folder of templates, titles of sections among them; a file that cannot be read has none
    here, the build says what is wrong with it."""
    for path in sorted(folder.rglob("*.html")):
        yield from _in_template(path)
    for path in sorted(folder.rglob(TEMPLATE_FILE)):
        yield from _in_plan(path)


def missing_messages(report_settings: ReportSettings) -> tuple[str, ...]:
    """What a report's language lacks of all fixed texts, of the program and of every template it can be made from."""
    words = words_of(report_settings.locale, report_settings.own_folders)
    texts = [*texts_of_program(), *(each for folder in report_settings.folders for each in texts_of_templates(folder))]
    return tuple(sorted({each.one for each in texts if _lacks(words, each)}))


def translation_problems(report_settings: ReportSettings) -> tuple[Problem, ...]:
    """What is wrong with the words of a report's language: in a user's own templates and catalogs, and, once the
    report is made, what was said in it without a translation.

    To be asked before, since a translation with other values than its text cannot be filled, and again afterwards for
    texts that a template makes up as it runs. The shipped templates lack nothing, which the tests hold.
    """
    own = report_settings.own_folders
    unsound = [each for folder in own for each in _unsound(catalog_path(folder, report_settings.language))]
    if unsound:
        return tuple(unsound)
    words = words_of(report_settings.locale, own)
    written = [each for folder in own for each in texts_of_templates(folder) if _lacks(words, each)]
    said = words.missing - {each.one for each in written}
    place = Source(str(catalog_path(report_settings.folders[0], report_settings.language)), "")
    return (
        *(_problem(each, words) for each in written),
        *(_without_translation(text, words, place, None) for text in sorted(said)),
    )


def placeholders(text: str) -> frozenset[str]:
    """The names of the values that a text has room for, `{name}` or `%(name)s`. Raises ValueError if it is broken."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None) | {
        found[1] for found in _NAMED.finditer(text) if found[1]
    }


def _in_template(path: Path) -> Iterator[Text]:
    keywords = {name: (1, 2) if has_plural else None for name, has_plural in KEYWORDS.items()}
    try:
        found = extract_from_file("jinja2.ext:babel_extract", path, keywords=keywords, options=_TEMPLATE)
    except (UnicodeDecodeError, RecursionError, OSError):  # told when the template is used
        return
    for line, text, _, _ in found:
        one, many = (text, "") if isinstance(text, str) else (text[0], text[1])
        if one:
            yield Text(one, many, path, line)


def _in_plan(path: Path) -> Iterator[Text]:
    """The titles that a template gives its sections."""
    try:
        source = read_source(path)
        entries = parse(source).entries
    except ModelError:
        return
    items = [item for _, node in entries if isinstance(node, Sequence) for item in node.items]
    for item in items:
        for _, title in item.entries if isinstance(item, Mapping) else ():
            if isinstance(title, Scalar) and title.text:
                yield Text(title.text, "", path, source.position(title.span.start)[0])


def _lacks(words: Words, text: Text) -> bool:
    return words.lacks(text.one, 2 if text.many else 1)


def _problem(text: Text, words: Words) -> Problem:
    """A text without translation, at the place of its template."""
    source = Source(str(text.path), text.path.read_text(encoding="utf-8"))
    start = _start_of_line(source.text, text.line)
    found = source.text.find(text.one[:30], start)
    span = Span(found, found + len(text.one)) if found >= 0 else Span(start, start + 1)
    return _without_translation(text.one, words, source, span)


def _without_translation(text: str, words: Words, source: Source, span: Span | None) -> Problem:
    language, catalog = words.locale.get_language_name("en"), f"{CATALOGS}/{words.locale.language}.po"
    hint = f"add it to `{catalog}` in the folder of your templates"
    return Problem("RG911", f"`{text}` has no translation into {language}", source, span, hint)


def _unsound(path: Path) -> Iterable[Problem]:
    """A catalog that cannot be read, or the translations in it whose values are not those of their text."""
    if not path.is_file():
        return
    source = Source(str(path), path.read_text(encoding="utf-8", errors="replace"))
    try:
        catalog = read_catalog(path)
    except (PoFileError, UnicodeDecodeError) as error:
        span = Span(_start_of_line(source.text, getattr(error, "lineno", 0) + 1), 0)
        yield Problem("RG911", f"the catalog cannot be read: {error}", source, Span(span.start, span.start + 1))
        return
    for each in catalog:
        texts = (each.id,) if isinstance(each.id, str) else each.id
        forms = (each.string,) if isinstance(each.string, str) else tuple(each.string or ())
        if texts[0] and not all(_fits(texts, form) for form in forms if form):
            start = _start_of_line(source.text, each.lineno or 1)
            yield Problem(
                "RG911",
                f"the translation of `{texts[0]}` has not the values that this text has room for",
                source,
                Span(start, start + 1),
                "write the names in braces as in the text itself",
            )


def _fits(texts: Iterable[str], form: str) -> bool:
    """Whether a translation can be filled with the values that its text is given."""
    try:
        return placeholders(form) <= frozenset[str]().union(*(placeholders(each) for each in texts))
    except ValueError:
        return False


def _start_of_line(text: str, line: int) -> int:
    lines = text.splitlines(keepends=True)
    return sum(map(len, lines[: line - 1]))
