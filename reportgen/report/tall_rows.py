"""Rows of tables that may be broken between pages.

A row stays whole, as its cells are read across. One with a long text may be taller than a page: kept whole, it would
leave the caption and the head of its table alone on the page before.
"""

from __future__ import annotations

import re

_ROW = re.compile(r"<tr\b([^>]*)>(.*?)</tr>", re.S)
_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=<t[dh]\b|$)", re.S)
_TAG = re.compile(r"<[^>]*>")
_CLASS = re.compile(r'\bclass="')
LONG = 600
"""Characters of a cell, which in the narrowest columns are most of a page high."""


def breakable(html: str) -> str:
    """The document, its rows with a long text in the class `tall`."""
    return _ROW.sub(_marked, html)


def _marked(row: re.Match[str]) -> str:
    attributes, cells = row.groups()
    if len(cells) <= LONG or all(len(_TAG.sub("", cell)) <= LONG for cell in _CELL.findall(cells)):
        return row[0]
    if _CLASS.search(attributes):
        attributes = _CLASS.sub('class="tall ', attributes, count=1)
    else:
        attributes += ' class="tall"'
    return f"<tr{attributes}>{cells}</tr>"
