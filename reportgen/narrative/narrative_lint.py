"""What a manuscript's Markdown must not hold: typed figures, HTML, links and pictures that a report does not take.

All branches of a text are looked at, with a private character for every figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from reportgen.model.report_plan import slug
from reportgen.narrative.images import Shown, read_picture
from reportgen.narrative.language import FIRST_PLACE, Parsed
from reportgen.narrative.markdown import PLACE, everything, plain_text, tokens_of
from reportgen.narrative.typed import MESSAGE, TYPED, hint_for, typed_figures
from reportgen.problems import Collector, suggestion
from reportgen.uri import NoLinkError, link

MARKUP = "RG858"
CALLOUTS = ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION")
SCHEMES = ("http:", "https:", "mailto:")
MAX_FINDINGS = 100
"""Of one text: who has so many has them all of one kind."""

_HTML = re.compile(r"<(?=[A-Za-z/!?])[^<>\n]{0,60}>?")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]")
_CALLOUT = re.compile(r"\[!(\w+)\]")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A manuscript's text without tags; `offsets` lead from its characters to those of the manuscript."""

    text: str
    offsets: tuple[int, ...]


def skeleton(parsed: Parsed) -> Skeleton:
    """Every branch one after the other, and one private character for each figure."""
    parts: list[str] = []
    offsets: list[int] = []
    for piece in parsed.pieces:
        if piece.kind == "data":
            parts.append(piece.text)
            offsets += range(piece.start, piece.end)
        elif piece.kind == "variable_begin":
            parts.append(chr(FIRST_PLACE))
            offsets.append(piece.start)
    return Skeleton("".join(parts), (*offsets, len(parsed.manuscript.text)))


def check_link(href: str) -> str:
    """Why an address cannot be a link, "" where it can. An anchor's target is looked for elsewhere."""
    if href.startswith("#") and len(href) > 1:
        return ""
    if not href.lower().startswith(SCHEMES):
        return "links begin with https://, http:// or mailto:, or lead to a heading: #what-drives-the-bill"
    try:
        link(href)
    except NoLinkError as error:
        return f"{error}; {error.hint}"
    return ""


class Lint:
    """Walks the tokens of one manuscript and reports RG857 and RG858. `anchors` are the headings of all texts."""

    def __init__(self, parsed: Parsed, anchors: Sequence[str], problems: Collector) -> None:
        self.parsed = parsed
        self.manuscript = parsed.manuscript
        self.skeleton = skeleton(parsed)
        self.anchors = anchors
        self.problems = problems
        starts = [0, *(found.end() for found in re.finditer("\n", self.skeleton.text))]
        self.lines = [*starts, len(self.skeleton.text)]

    def check(self) -> None:
        """`cursor`: cells of a table share a line, and their texts come one after the other in it."""
        tokens, cursor, level, has_part = tokens_of(self.skeleton.text), 0, "", False
        for at, token in enumerate(tokens):
            if token.type == "heading_open":
                level = token.tag
                has_part = has_part or token.tag == "h2"
                self.heading(token, first=at == 0, has_part=has_part)
                if not plain_text(tokens[at + 1].children or ()).strip():
                    start = self.lines[token.map[0]] if token.map else 0
                    self.error(
                        MARKUP, "a heading without words", start, start + len(token.markup), "write some, or remove it"
                    )
            elif token.type == "heading_close":
                level = ""
            elif token.type == "inline" and token.map is not None and token.children:
                start, end = self.lines[min(token.map[0], len(self.lines) - 1)], self._line_end(token.map[1])
                line = _Line(self, token, max(start, cursor) if cursor < end else start, bool(level))
                cursor = max(cursor, line.check())

    def heading(self, token: Token, *, first: bool, has_part: bool) -> None:
        """A text may begin with its title, and is parted by headings of two levels, none of which is left out."""
        is_answer = self.manuscript.offsets is not None
        allowed = {"h1": first, "h2": True, "h3": has_part}.get(token.tag, False)
        if allowed and not is_answer:
            return
        start = self.lines[token.map[0]] if token.map else 0
        message = "a second title in a section" if token.tag == "h1" else f"a heading of level {token.tag[1:]}"
        hint = "headings inside a text have two signs (##), and below such a one three (###)"
        if is_answer:
            message, hint = "a heading among questions and answers", "write it as a question of its own"
        self.error(MARKUP, message, start, self._line_end((token.map or [0, 0])[0] + 1), hint)

    def _line_end(self, line: int) -> int:
        return self.lines[min(line, len(self.lines) - 1)]

    def error(self, code: str, message: str, start: int, end: int, hint: str = "") -> None:
        if len(self.problems.problems) >= MAX_FINDINGS:
            return
        last = len(self.skeleton.offsets) - 1
        first, stop = self.skeleton.offsets[min(start, last)], self.skeleton.offsets[min(max(end - 1, start), last)] + 1
        self.problems.error(code, message, self.manuscript.span(first, stop), hint)


class _Line:
    """One inline token and the places of what is in it, found one after the other."""

    def __init__(self, lint: Lint, token: Token, start: int, heading: bool) -> None:
        self.lint = lint
        self.token = token
        self.heading = heading
        self.at = start
        self.last_text = ""

    def find(self, text: str) -> int:
        """Where a text stands, from here on; here where it is written in another way."""
        found = self.lint.skeleton.text.find(text, self.at) if text else -1
        return found if found >= 0 else self.at

    def check(self) -> int:
        """Returns where the line ends."""
        content = self.token.content.split("\n", 1)[0]
        self.at = self.find(content)
        start = self.at
        self.texts(self.token.children or [])
        return max(start + len(content), self.at)

    def texts(self, tokens: Sequence[Token]) -> None:
        is_autolink, leading = False, self.heading
        for token in tokens:
            match token.type:
                case "link_open":
                    self.link(token)
                    is_autolink = token.markup == "autolink"
                case "link_close":
                    is_autolink = False
                case "image":
                    self.image(token)
                    self.texts(token.children or [])
                case "code_inline":
                    self.at = self.find(token.content) + len(token.content)
                case "text" if not is_autolink:
                    self.text(token.content, leading)
                    leading = False

    def text(self, text: str, leading: bool) -> None:
        start = self.find(text)
        for found in typed_figures(text, heading=leading):
            place = self.lint.skeleton.text.find(found.group(), start)
            self.add(TYPED, MESSAGE.format(found.group()), place, found.group(), hint_for(found.group()))
        for found in _HTML.finditer(text):
            hint = 'HTML is no markup here; to print such signs, put them in `code` or in {{ literal("…") }}'
            self.add(
                MARKUP, f"`{PLACE.sub('…', found.group()[:40])}` is HTML", start + found.start(), found.group(), hint
            )
        for found in _FOOTNOTE.finditer(text):
            hint = f"write the note on a line of its own: {found.group()}: …"
            self.add(MARKUP, f"the footnote `{found.group()}` is not there", start + found.start(), found.group(), hint)
        for found in _CALLOUT.finditer(text):
            hint = (
                suggestion(found.group(1), CALLOUTS)
                or f"the callouts are {', '.join(CALLOUTS)}, at the beginning of a quotation"
            )
            self.add(MARKUP, f"there is no callout `{found.group()}`", start + found.start(), found.group(), hint)
        self.at = max(self.at, start + (len(text) if self.lint.skeleton.text.startswith(text, start) else 0))

    def add(self, code: str, message: str, place: int, text: str, hint: str) -> None:
        place = place if place >= 0 else self.at
        self.lint.error(code, message, place, place + len(text), hint)

    def link(self, token: Token) -> None:
        href = str(token.attrs.get("href", ""))
        if PLACE.search(href):
            self.named_address(href)
            return
        why = check_link(href)
        if not why and href.startswith("#") and href[1:] not in self.lint.anchors:
            known = [each for each in self.lint.anchors if each]
            why = suggestion(href[1:], known) or f"the headings are {', '.join('#' + each for each in known[:8])}"
            self.report(f"no heading is called `{PLACE.sub('…', href)}`", href, why)
        elif why:
            self.report(f"`{PLACE.sub('…', href)[:80]}` cannot be a link", href, why)

    def named_address(self, href: str) -> None:
        """The model knows of sources that they begin with https:// or http://; of other texts nobody knows it."""
        place = self.find(href)
        tag = self.lint.parsed.tag_at(self.lint.skeleton.offsets[place])
        if len(href) > 1 or not self.lint.manuscript.text[slice(*tag)].strip("-+ \n").endswith(".url"):
            hint = "for example [the price list]({{ source.vendor_list.url }})"
            self.report("only a source's whole address can be named in a link", href, hint)

    def image(self, token: Token) -> None:
        source = str(token.attrs.get("src", ""))
        try:
            read_picture(source, self.lint.manuscript.folder, self.lint.manuscript.root)
        except ValueError as error:
            hint = "a PNG or SVG file beside the text"
            self.report(f"the picture `{PLACE.sub('…', source)[:80]}` cannot be shown: {error}", source, hint)
        if not plain_text(token.children or ()).strip():
            hint = "say between the brackets what is to be seen, for readers who cannot see it"
            self.report(f"the picture `{PLACE.sub('…', source)[:80]}` has no words", source, hint)

    def report(self, message: str, address: str, hint: str) -> None:
        place = self.find(address)
        self.lint.error(MARKUP, message, place, place + len(address), hint)


def check_shown(parsed: Parsed, text: str, shown: Shown, problems: Collector) -> None:
    """Reports RG858 for the first picture that is one too many, in a text as its reader gets it: loops have been gone
    through."""
    manuscript = parsed.manuscript
    for token in everything(tokens_of(text)) if "![" in text else ():
        if token.type != "image":
            continue
        source = str(token.attrs.get("src", ""))
        try:
            shown.add(read_picture(source, manuscript.folder, manuscript.root))
        except ValueError as error:
            start = max(manuscript.text.find(source), 0)
            message = f"the picture `{PLACE.sub('…', source)[:80]}` cannot be shown: {error}"
            problems.error(MARKUP, message, manuscript.span(start, start + len(source)), "show fewer, or smaller ones")
            return


def headings(text: str) -> Iterator[tuple[str, str]]:
    """The tag and the anchor of each heading of a text, in their order."""
    tokens = tokens_of(text)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token.tag, slug(PLACE.sub("", plain_text(tokens[at + 1].children or ())))
