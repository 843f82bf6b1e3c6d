"""Tables and charts that may be wider than a narrow screen: each in a region with a name that scrolls, by key too."""

from __future__ import annotations

import re

from reportgen.presentation.words import Words

FITTING = 2
"""As many columns as fit on the narrowest screen; a table with more gets a region."""
_WIDEST = 9
"""Classes `columns-3` to `columns-9` tell the style sheet how much room a table needs."""

_TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
_FIGURE = re.compile(r"<figure\b[^>]*>.*?</figure>", re.DOTALL)
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_WIDTHS = re.compile(r"<colgroup>.*?</colgroup>", re.DOTALL)
"""Shares of a printed page; a screen has room of another kind."""
_EMPTY_HEAD = '<th scope="row"></th>'
"""Below a head that holds for several rows: a head without words would be read out as one."""
_CAPTION = re.compile(r"<(caption|figcaption)\b[^>]*>(.*?)</\1>", re.DOTALL)
_NAMED = re.compile(r'<span class="(?:no|label)">.*?</span>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def in_regions(html: str, words: Words) -> str:
    """The document with its wide tables and its charts in regions named by their captions."""
    unnamed = 0

    def region(part: str, whole: str) -> str:
        nonlocal unnamed
        name = _name(whole)
        if not name:
            unnamed += 1
            name = words.gettext("Wide table {number}", number=unnamed)
        return f'<div class="wide" role="region" tabindex="0" aria-label="{name}">{part}</div>'

    def table(found: re.Match[str]) -> str:
        part = _WIDTHS.sub("", found[0]).replace(_EMPTY_HEAD, "<td></td>")
        columns = _columns(part)
        if columns <= FITTING:
            return part
        return region(_with_class(part, f"columns-{min(columns, _WIDEST)}"), part)

    def figure(found: re.Match[str]) -> str:
        return _SVG.sub(lambda svg: region(svg[0], found[0]), found[0])

    return _FIGURE.sub(figure, _TABLE.sub(table, html))


def _name(whole: str) -> str:
    """Number and title of a caption, as they stand in the document: escaped already, also for an attribute."""
    caption = _CAPTION.search(whole)
    if caption is None:
        return ""
    parts = _NAMED.findall(caption[2]) or [caption[2]]
    texts = [" ".join(_TAG.sub(" ", part).split()) for part in parts]
    return ": ".join(text for text in texts if text)


def _columns(table: str) -> int:
    """Of its widest row."""
    return max((len(re.findall(r"<t[hd]\b", row)) for row in table.split("<tr")), default=0)


def _with_class(element: str, name: str) -> str:
    tag, rest = element.split(">", 1)
    if ' class="' in tag:
        return tag.replace(' class="', f' class="{name} ', 1) + ">" + rest
    return f'{tag} class="{name}">{rest}'
