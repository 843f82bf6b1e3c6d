"""What a report is made of as its model's author plans it: blocks, Markdown files, questions and answers.

Nothing here opens a file: what a section's file says is read, checked and rendered by `reportgen.narrative`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import accumulate

from reportgen.source import Span

BLOCKS = (
    "summary",
    "question",
    "results",
    "costs",
    "scenarios",
    "sensitivity",
    "break-evens",
    "cash-flow",
    "ranges",
    "risk",
    "choice",
    "coverage",
    "scorecard",
    "assumptions",
    "calculations",
    "faq",
    "method",
    "sources",
    "formulas",
    "scenario-settings",
    "published",
    "register",
    "about",
)
"""The built-in sections."""

TEMPLATES = ("whitepaper", "brief", "evaluation", "article")
TEXT_TEMPLATES = ("whitepaper", "evaluation", "article")
"""Those that print an author's own section; the two pages of a brief are chosen from the model."""
PROSE_TEMPLATES = ("whitepaper", "article")
"""Where an author's own section appears unless it says otherwise."""

_NO_PLACE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """A built-in `block`, or a Markdown `file` beside the model (the other is ""). `title` may be "" where the file
    begins with a heading of its own; `templates` empty: those of `PROSE_TEMPLATES`."""

    block: str = ""
    file: str = ""
    title: str = ""
    templates: tuple[str, ...] = ()
    span: Span = field(default=_NO_PLACE, compare=False)

    @property
    def id(self) -> str:
        """`text/why.md` is `text-why`; a block is called as it is."""
        return self.block or slug(self.file.removesuffix(".md"))

    def appears_in(self, template: str) -> bool:
        return bool(self.block) or template in (self.templates or PROSE_TEMPLATES)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the model that is narrative. `offsets` lead from each of its characters to the model's source."""

    text: str
    span: Span = field(default=_NO_PLACE, compare=False)
    offsets: tuple[int, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text, in one language or in several: `by_language` has "" for a text that names none."""

    by_language: tuple[tuple[str, Passage], ...]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language, _ in self.by_language if language)

    def of(self, language: str) -> Passage:
        """The text in a language; the first one written where there is none."""
        known = dict(self.by_language)
        return known.get(language) or known.get("") or self.by_language[0][1]


@dataclass(frozen=True, slots=True)
class FaqPlan:
    question: LocalText
    answer: LocalText


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """`brand` names a shipped brand, "" for none. No `sections`: those of the template."""

    brand: str = ""
    sections: tuple[SectionPlan, ...] = ()
    faq: tuple[FaqPlan, ...] = ()
    brand_span: Span = field(default=_NO_PLACE, compare=False)


def slug(text: str) -> str:
    """`What drives the bill?` as part of an address: `what-drives-the-bill`."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "-".join(re.findall(r"\w+", plain))


def offsets_of(text: str, source: str, span: Span, style: str) -> tuple[int, ...]:
    """Where in the source each character of a YAML scalar's text stands: white space is folded and line breaks are
    indented there, other characters come in the same order. Characters that are written in another way (an escape)
    stand where the one before them does."""
    start, end = span
    if style in ("|", ">"):
        header = source.find("\n", start, end)
        start = header + 1 if header >= 0 else start
    elif style in ("'", '"'):
        start += 1

    def following(at: int, character: str) -> int:
        found = source.find(character, at + 1, end) if not character.isspace() else -1
        return at + 1 if character.isspace() and at + 1 < end else found if found >= 0 else at

    return tuple(accumulate(text, following, initial=start - 1))[1:]
