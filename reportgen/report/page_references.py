"""Numbers of tables and figures, and links that name what they lead to: "Table 4", "Figure 2", "Section 3".

Templates mark the place of a number by an empty `<span class="no" data-table="ID"></span>` (or `data-figure`), and a
reference by a link without a text, `<a href="#ID"></a>`. Both are filled when the document is whole, so that a
reference may stand before what it names, in print and in a browser alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markupsafe import escape

from reportgen.presentation.format import NO_BREAK
from reportgen.presentation.words import Words
from reportgen.problems import Problem, suggestion
from reportgen.report.template_errors import CODE
from reportgen.report.view_parts import Section
from reportgen.source import Source, Span

_PLACE = re.compile(r'<span class="no" data-(table|figure)="([^"]+)"></span>')
_LINK = re.compile(r'(<a\b[^>]*\bhref="#([^"]+)"[^>]*>)</a>')


class UnknownReferenceError(Exception):
    """A link without a text leads to nothing that has a number or a title."""

    def __init__(self, id_: str, known: Iterable[str]) -> None:
        self.id = id_
        self.known = tuple(known)
        super().__init__(f"a reference leads to `{id_}`, which is no section, table or figure of this report")

    def problem(self, folders: Iterable[Path]) -> Problem:
        """With the first place in the templates of these folders that refers to it."""
        hint = suggestion(self.id, self.known) or "`view.shown` holds the sections that the report has"
        for path in (path for folder in folders for path in sorted(folder.rglob("*.html"))):
            source = Source(str(path), path.read_text(encoding="utf-8"))
            found = re.search(rf"(?<=ref\([\"']){re.escape(self.id)}(?=[\"']\))", source.text)
            if found:
                return Problem(CODE, str(self), source, Span(*found.span()), hint)
        return Problem(CODE, str(self), Source("templates", ""), hint=hint)


def numbered(html: str, sections: Sequence[Section], words: Words) -> str:
    """The document with its numbers and references in words. Raises UnknownReferenceError."""
    names = dict(_section_names(sections, words))
    counts = {"table": 0, "figure": 0}

    def place(found: re.Match[str]) -> str:
        kind, id_ = found.groups()
        counts[kind] += 1
        number = counts[kind]
        names[id_] = (
            words.gettext("Table {number}", number=number)
            if kind == "table"
            else words.gettext("Figure {number}", number=number)
        )
        return f'<span class="no">{escape(names[id_])}</span>'

    def link(found: re.Match[str]) -> str:
        tag, id_ = found.groups()
        if id_ not in names:
            raise UnknownReferenceError(id_, names)
        return f"{tag}{escape(names[id_]).replace(' ', NO_BREAK)}</a>"

    return _LINK.sub(link, _PLACE.sub(place, html))


def _section_names(sections: Sequence[Section], words: Words) -> Iterator[tuple[str, str]]:
    for section in sections:
        for each in (section, *section.parts):
            if not each.number:
                yield each.id, words.gettext("“{title}”", title=each.title)
            elif section.number.isdecimal():
                yield each.id, words.gettext("Section {number}", number=each.number)
            else:
                yield each.id, words.gettext("Appendix {number}", number=each.number)
