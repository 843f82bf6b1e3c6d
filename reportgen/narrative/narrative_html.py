"""The HTML of the narrative: headings with their ids, tables with heads that say so, pictures within the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from reportgen.model.report_plan import slug
from reportgen.narrative.images import read_picture
from reportgen.narrative.manuscript import Manuscript
from reportgen.narrative.markdown import PLACE, NarrativeMarkdown, everything, fill, plain_text, put_in
from reportgen.narrative.render_text import Rendered
from reportgen.uri import link_or_nothing

BACK = "\N{UPWARDS ARROW}"


@dataclass(frozen=True, slots=True)
class Prose:
    """A section's text. `title` is "" where the text has none of its own; `parts` are the ids and titles of its
    headings of level 2; `html` is ready to be put into a page."""

    id: str
    title: str
    html: str
    parts: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Page:
    """The ids of one page: those that are taken, and where the anchors of the narrative lead. `word` says fixed words
    in the reader's language."""

    word: Callable[[str], str]
    anchors: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def typeset(self, id_: str, manuscript: Manuscript, rendered: Rendered) -> Typeset:
        """A text's tokens, with ids for its headings; other texts may lead to them."""
        tokens = NarrativeMarkdown().parse(rendered.text, {})
        title, parts = "", []
        for at, token in enumerate(tokens):
            if token.type != "heading_open":
                continue
            children = tokens[at + 1].children or ()
            text = put_in(plain_text(children), rendered.printed)
            if token.tag == "h1":
                title = text
                continue
            anchor = slug(PLACE.sub("", plain_text(children)))
            token.attrSet("id", self.new_id(anchor))
            self.anchors.setdefault(anchor, str(token.attrs["id"]))
            if token.tag == "h2":
                parts.append((str(token.attrs["id"]), text))
        if title:
            tokens = tokens[3:]
        fill(tokens, rendered.printed)
        return Typeset(id_, title, tuple(parts), tokens, manuscript, self)

    def new_id(self, anchor: str) -> str:
        """An id that nothing else of the page has: what begins with `text-` belongs to the narrative."""
        found = base = f"text-{anchor or 'heading'}"
        count = 1
        while found in self.taken:
            count += 1
            found = f"{base}-{count}"
        self.taken.add(found)
        return found


@dataclass(frozen=True, slots=True)
class Typeset:
    """A text that has its ids; its HTML is written when the page has all of its texts."""

    id: str
    title: str
    parts: tuple[tuple[str, str], ...]
    tokens: list[Token]
    manuscript: Manuscript
    page: Page

    def prose(self) -> Prose:
        """Raises ValueError for a picture that has gone since it was checked."""
        for at, token in enumerate(self.tokens):
            self._block(at, token)
        for token in everything(self.tokens):
            self._inline(token)
        for token in self.tokens:
            _unlink(token.children or [])
        writer = NarrativeMarkdown()
        for rule in (footnote_caption, footnote_anchor, footnote_block_open, footnote_block_close):
            writer.add_render_rule(rule.__name__, rule)
        env = {"docId": self.id, "back": self.page.word("Back to the text")}
        html: str = writer.renderer.render(self.tokens, writer.options, env)
        return Prose(self.id, self.title, html, self.parts)

    def _block(self, at: int, token: Token) -> None:
        match token.type:
            case "th_open" | "td_open":
                if token.tag == "th":
                    token.attrSet("scope", "col")
                align = str(token.attrs.pop("style", "")).removeprefix("text-align:")
                if align:
                    token.attrSet("class", align)
            case "alert_open":
                kind = str(token.meta["kind"]).lower()
                token.attrs = {"class": f"callout callout-{kind}", "role": "note"}
            case "alert_title_open":
                token.attrs = {"class": "callout-title"}
                words = self.tokens[at + 1].children or []
                for each in words:
                    each.content = self.page.word(each.content)
            case "paragraph_open":
                self._figure(at, token)
                if at + 3 < len(self.tokens) and self.tokens[at + 3].type == "table_open":
                    token.attrSet("class", "before")
            case _:
                pass

    def _figure(self, at: int, token: Token) -> None:
        """A picture that stands alone is a figure, whose title is its caption."""
        line = self.tokens[at + 1]
        children = line.children or []
        if len(children) != 1 or children[0].type != "image" or token.hidden:
            return
        token.tag = self.tokens[at + 2].tag = "figure"
        caption = str(children[0].attrs.pop("title", ""))
        if caption:
            text = Token("text", "", 0, content=caption)
            line.children = [*children, Token("figcaption_open", "figcaption", 1), text]
            line.children.append(Token("figcaption_close", "figcaption", -1))

    def _inline(self, token: Token) -> None:
        if token.type == "image":
            source = str(token.attrs["src"])
            token.attrSet("src", read_picture(source, self.manuscript.folder, self.manuscript.root).uri)
        elif token.type == "link_open":
            href = str(token.attrs["href"])
            is_here = href.startswith("#")
            token.attrSet("href", "#" + self.page.anchors.get(href[1:], "") if is_here else link_or_nothing(href))


def _unlink(line: Sequence[Token]) -> None:
    """A link that leads nowhere is text: that to a source whose address can only be shown."""
    is_dead = False
    for token in line:
        if token.type == "link_open":
            is_dead = not token.attrs["href"]
        if is_dead and token.type in ("link_open", "link_close"):
            token.tag, token.attrs = "span", {}


def footnote_caption(_: RendererHTML, tokens: Sequence[Token], at: int, options: object, env: object) -> str:
    """Notes of the narrative have letters: numbers are those of the sources."""
    number = int(tokens[at].meta["id"])
    letters = ""
    while number >= 0:
        number, letter = divmod(number, len(ascii_lowercase))
        letters = ascii_lowercase[letter] + letters
        number -= 1
    return letters


def footnote_block_open(*_: object) -> str:
    return '<div class="footnotes">\n<ol type="a">\n'


def footnote_block_close(*_: object) -> str:
    return "</ol>\n</div>\n"


def footnote_anchor(
    writer: RendererHTML, tokens: Sequence[Token], at: int, options: object, env: dict[str, str]
) -> str:
    """The way back to where the note is called."""
    token = tokens[at]
    name = f"-{env['docId']}-{int(token.meta['id']) + 1}"
    if token.meta.get("subId", -1) > 0:
        name += f":{token.meta['subId']}"
    label = env["back"].replace("&", "&amp;").replace('"', "&quot;")
    return f' <a href="#fnref{name}" class="footnote-back" aria-label="{label}">{BACK}</a>'
