"""Read a manuscript as a Jinja template whose every part knows the character it begins at.

Jinja counts lines; here its lexer is made to count characters, which then stand as `lineno` in tokens, in the tree and
in what tracebacks lead back to, so that problems can point into the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.lexer import TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reportgen.narrative.errors import NarrativeError
from reportgen.narrative.figures import arithmetic
from reportgen.narrative.filters import Speech
from reportgen.narrative.manuscript import Manuscript
from reportgen.narrative.narrative_names import part_of
from reportgen.problems import Problem

UNREADABLE, FORBIDDEN = "RG852", "RG854"
FIRST_PLACE, MOST_PLACES = 0xF0000, 60_000
"""A printed value stands as one character of this private range in the Markdown, so that none can become markup."""

MAX_TAG, MAX_TAGS, MAX_BRACKETS = 500, 2_000, 10
_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_OPENING = ("variable_begin", "block_begin")
_BLOCK = re.compile(r"block that needs to be closed is '(\w+)'")


class Narrative(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it but what the narrative needs. `printed` are the values put in so far; `lines` lead from
    the lines of what it compiled last to the characters of the text."""

    intercepted_binops = frozenset("+-*/")

    def __init__(self, speech: Speech) -> None:
        super().__init__(
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, optimized=False
        )
        self.speech = speech
        self.printed: list[str] = []
        self.lines: list[tuple[int, int]] = []
        self.filters = dict(speech.filters())
        self.tests = {}
        self.globals = dict(speech.functions())

        @pass_context
        def finalize(_: object, value: object) -> str:
            """With a context, so that Jinja does not call it while it compiles."""
            said = speech.said(value)
            if not said:
                return ""
            self.printed.append(said)
            if len(self.printed) > MOST_PLACES:
                raise NarrativeError(FORBIDDEN, f"more than {MOST_PLACES:,} figures are printed")
            return chr(FIRST_PLACE + len(self.printed) - 1)

        self.finalize = finalize

    def getattr(self, obj: Any, attribute: str) -> Any:
        return part_of(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return part_of(obj, str(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        return arithmetic(operator, left, right)

    def _tokenize(self, source: str, name: Any, filename: Any = None, state: Any = None) -> TokenStream:
        counted = ((each.start, each.kind, each.text) for each in _counted(source, self._lexed(source)))
        return TokenStream(self.lexer.wrap(counted, name, filename), name, filename)

    def _lexed(self, source: str) -> Iterable[tuple[int, str, str]]:
        return self.lexer.tokeniter(source, None)


@dataclass(frozen=True, slots=True)
class Piece:
    """One token of the lexer: where it begins, its kind, and its text."""

    start: int
    kind: str
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A template, and `tags`: from where to where each `{{ … }}` and `{% … %}` stands, without its signs;
    `opened`: where its first sign does."""

    manuscript: Manuscript
    template: nodes.Template
    pieces: tuple[Piece, ...]
    tags: tuple[tuple[int, int], ...]
    opened: tuple[int, ...]

    def tag_at(self, offset: int) -> tuple[int, int]:
        """The tag that a place lies in; its opening and its closing signs belong to it."""
        at = bisect_right(self.opened, offset) - 1
        return self.tags[at] if at >= 0 else (offset, offset + 1)


def _counted(source: str, tokens: Iterable[tuple[int, str, str]]) -> Iterator[Piece]:
    """Jinja leaves out white space around tags, so that a token may begin a little after the last one's end. The line
    break after a tag goes with it only where the tag has the line for itself: within a sentence it parts words."""
    at = begin = 0
    kept: Piece | None = None
    for _, kind, text in tokens:
        at = source.index(text, at)
        piece = Piece(at, kind, text)
        at += len(text)
        if kept is not None:
            if kind == "data":
                piece = Piece(kept.start, kind, kept.text + text)
            else:
                yield kept
            kept = None
        if kind == "block_begin":
            begin = piece.start
        elif kind == "block_end" and text == "%}\n" and not _has_line(source, begin):
            kept = Piece(piece.end - 1, "data", "\n")
            piece = Piece(piece.start, kind, text[:-1])
        yield piece
    if kept is not None:
        yield kept


def _has_line(source: str, begin: int) -> bool:
    """Whether nothing but tags stands before this one in its line."""
    return not _TAG.sub("", source[source.rfind("\n", 0, begin) + 1 : begin]).strip()


def parse(environment: Narrative, manuscript: Manuscript) -> Parsed | Problem:
    """The template, or what keeps it from being read (RG852) or from being small enough (RG854)."""
    text = manuscript.text

    def problem(code: str, message: str, start: int, end: int, hint: str = "") -> Problem:
        return Problem(code, message, manuscript.source, manuscript.span(start, end), hint)

    try:
        pieces = tuple(_counted(text, environment._lexed(text)))
    except TemplateSyntaxError as error:
        start = _start_of_line(text, error.lineno)
        return problem(UNREADABLE, _message(error), start, _end_of_line(text, start), _closing_hint(str(error)))
    tags = tuple(_tags(pieces, text))
    large = next((tag for tag in tags if tag[1] - tag[0] > MAX_TAG or _depth(text[slice(*tag)]) > MAX_BRACKETS), None)
    if large is not None:
        message = f"an expression has more than {MAX_TAG} characters or {MAX_BRACKETS} brackets inside each other"
        return problem(FORBIDDEN, message, *large, "what is to be computed belongs into the model")
    if len(tags) > MAX_TAGS:
        return problem(FORBIDDEN, f"more than {MAX_TAGS:,} expressions", *tags[MAX_TAGS], "part it into several files")
    try:
        opened = tuple(piece.start for piece in pieces if piece.kind in _OPENING)
        return Parsed(manuscript, environment.parse(text), pieces, tags, opened)
    except TemplateSyntaxError as error:
        start = min(error.lineno, max(len(text) - 1, 0))
        inside = next((tag for tag in tags if tag[0] <= start <= tag[1]), None)
        span = (start, inside[1] if inside else start + 1)
        if _BLOCK.search(str(error)):
            span = _unclosed(text, tags)
        return problem(UNREADABLE, _message(error), *span, _closing_hint(str(error)))
    except RecursionError:
        return problem(FORBIDDEN, "expressions or conditions stand too deep inside each other", 0, 1)


def _tags(pieces: tuple[Piece, ...], text: str) -> Iterator[tuple[int, int]]:
    start = None
    for piece in (*pieces, Piece(len(text), "block_end", "")):
        if piece.kind in _OPENING:
            start = piece.end
        elif piece.kind in ("variable_end", "block_end") and start is not None:
            inside = text[start : piece.start]
            yield start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())
            start = None


def _unclosed(text: str, tags: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """The last tag that opens something which nothing closes."""
    opened: list[tuple[int, int]] = []
    for tag in tags:
        word = text[slice(*tag)].split(None, 1)[:1]
        if word in (["if"], ["for"]):
            opened.append(tag)
        elif word in (["endif"], ["endfor"]) and opened:
            opened.pop()
    return opened[-1] if opened else (tags[-1] if tags else (0, 1))


def _depth(text: str) -> int:
    """How deep brackets stand inside each other."""
    depth = most = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        most = max(most, depth)
    return most


def _message(error: TemplateSyntaxError) -> str:
    if block := _BLOCK.search(str(error)):
        return f"`{block.group(1)}` is not closed as it should be"
    text = (error.message or "not readable").strip().rstrip(".")
    return text[:1].lower() + text[1:]


def _closing_hint(message: str) -> str:
    if _BLOCK.search(message):
        return "every {% if %} has its {% endif %}, every {% for %} its {% endfor %}"
    return "figures stand in {{ }}, conditions in {% if … %} … {% endif %}"


def _start_of_line(text: str, line: int) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
