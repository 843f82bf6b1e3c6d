"""The Markdown of the narrative: CommonMark with tables, footnotes and callouts, and without HTML.

A private character stands for each figure while it is parsed; `filled` puts the figures into the finished tokens,
whose renderer escapes them, so that a figure or title is text whatever signs are in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from reportgen.narrative.language import FIRST_PLACE, MOST_PLACES

PLACE = re.compile(f"[{chr(FIRST_PLACE)}-{chr(FIRST_PLACE + MOST_PLACES)}]")


class NarrativeMarkdown(MarkdownIt):
    """Addresses stay as they are written until `lint` has looked at them."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "alerts": True, "xhtmlOut": False})
        self.enable("table")
        self.disable(["html_block", "html_inline"])
        self.use(footnote_plugin, inline=False)

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name for it
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name for it
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the library's name for it
        return link


def tokens_of(text: str) -> list[Token]:
    return NarrativeMarkdown().parse(text, {})


def everything(tokens: Sequence[Token]) -> Iterator[Token]:
    """All tokens, those inside lines too."""
    for token in tokens:
        yield token
        yield from everything(token.children or ())


def put_in(text: str, printed: Sequence[str]) -> str:
    """A text with its figures."""
    return PLACE.sub(lambda found: printed[ord(found.group()) - FIRST_PLACE], text)


def fill(tokens: Sequence[Token], printed: Sequence[str]) -> None:
    """Puts the figures into finished tokens."""
    for token in everything(tokens):
        if token.type != "inline":
            token.content = put_in(token.content, printed)
        token.info = put_in(token.info, printed)
        for name, value in token.attrs.items():
            if isinstance(value, str):
                token.attrs[name] = put_in(value, printed)


def plain_text(tokens: Sequence[Token]) -> str:
    """What a line says, without its markup."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        else:
            parts.append(plain_text(token.children or ()))
    return "".join(parts)
