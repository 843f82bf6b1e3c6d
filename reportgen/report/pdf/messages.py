"""What WeasyPrint warns of, in the words of who writes templates: what is wrong, where, and what to do."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path

_SAYINGS = {
    "Failed to load image at": "the image {0} cannot be shown: {1}",
    "Failed to render SVG image": "the SVG image {0} cannot be drawn",
    "Failed to load stylesheet at": "the style sheet {0} cannot be loaded: {1}",
    "Unsupported stylesheet type": "the style sheet {1} is no CSS file by its name",
    "Failed to load attachment": "a file cannot be attached: {0}",
    "Font-face": "the font {0} cannot be loaded: no file of its `src` is a font within reach",
    "No anchor": "a link leads to `#{0}`, and no element has this id",
    "Anchor defined twice": "two elements have the id `{0}`; an id names one place",
    "Image ": "the image `{0}` has no words for who cannot see it: give it an `alt`",
    "This row has more columns": "a table has a row with {0} cells more than its first row or its columns",
    "Missing required": "the document has no language: `<html lang=…>`",
    "Parse error": "the style sheet cannot be read: {2}",
}
"""By how a warning begins, what is said instead; the numbers are the warning's own values."""

_LONGEST = 200
_IGNORED = "Ignored `%s:"


def explain(record: logging.LogRecord, folders: Sequence[Path], template: str) -> str:
    """One warning; for a declaration of CSS that is not understood also the template's file that has it."""
    values = record.args if isinstance(record.args, tuple) else ()
    if record.msg.startswith(_IGNORED) and len(values) == 5:
        name, value, *_, reason = (str(each).strip() for each in values)
        found = _declaration(name, value, folders, template)
        return f"{found}`{name}: {value}` is nothing that the PDF understands ({reason})"
    for beginning, saying in _SAYINGS.items():
        if record.msg.startswith(beginning) and len(values) >= saying.count("{"):
            return saying.format(*(_plain(value) for value in values))
    return record.getMessage()


def _plain(value: object) -> object:
    """A reason without the names of Python's exceptions before it; an address that is not a whole picture."""
    if isinstance(value, int):
        return value
    text = re.sub(r"^((\w+(Error|Refused)|Refused): )+", "", str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _declaration(name: str, value: str, folders: Sequence[Path], template: str) -> str:
    """`FILE:LINE: ` of the first declaration like this one in the files of a template; empty if it is in none."""
    pattern = re.compile(rf"{re.escape(name)}\s*:\s*{re.escape(value.split()[0] if value else '')}")
    for folder in folders:
        for part in (template, "shared"):
            for path in sorted((folder / part).rglob("*.*")):
                if path.suffix not in (".css", ".html"):
                    continue
                text = path.read_text(encoding="utf-8", errors="replace")
                if match := pattern.search(text):
                    return f"{path.relative_to(folder)}:{text.count(chr(10), 0, match.start()) + 1}: "
    return ""
