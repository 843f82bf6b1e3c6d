"""What a page would load from elsewhere, or run: an article does neither, whatever a template of a user's own holds.

Addresses that a reader follows, or that other machines read, may lead anywhere: links, `og:image`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

_LOADING = {"src", "srcset", "poster", "data", "background", "action", "formaction"}
"""Attributes whose address is loaded, or sent to, on whatever element they stand."""
_FOLLOWED = {"a", "area", "link"}
"""Elements whose `href` loads nothing by itself; what a `link` does depends on its relation."""
_RELATIONS = {"alternate", "author", "canonical", "help", "license", "next", "prev"}
"""Relations of `link` that load nothing."""
_REFUSED = {"applet", "base", "embed", "frame", "iframe", "object"}
_DATA_KINDS = {"application/ld+json", "application/json"}
"""Scripts that are data: nothing runs."""
_INSIDE = re.compile(r"\s*(?:#|data:(?:image|font)/|$)", re.IGNORECASE)
_STYLE_ADDRESS = re.compile(
    r"""url\(\s*(?P<q>["']?)(?P<url>.*?)(?P=q)\s*\)|@import\s+(?P<i>["'])(?P<sheet>.*?)(?P=i)""",
    re.IGNORECASE | re.DOTALL,
)
_STYLE_SET = re.compile(r"""image-set\([^;{}]*?["'](?P<url>[^"']*)["']""", re.IGNORECASE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_SCRIPT = ("javascript:", "vbscript:")
_LONGEST = 100


class LoadingError(Exception):
    """A template makes a page that would load or run something, or that lacks a file it names."""

    def __init__(self, found: Sequence[str], template: str) -> None:
        lines = "\n".join(f"  {each}" for each in dict.fromkeys(found))
        super().__init__(f"the template `{template}` makes a page that does not stand alone:\n{lines}")


def loads(html: str) -> tuple[str, ...]:
    """What a document loads or runs, each in a sentence; empty where it stands alone. It is read as browsers do."""
    import tinyhtml5

    found: list[str] = []
    for element in tinyhtml5.parse(html, namespace_html_elements=False).iter():
        if isinstance(element.tag, str):  # remarks have none
            tag = element.tag.rpartition("}")[2].lower()
            values = {name.rpartition("}")[2].rpartition(":")[2].lower(): value for name, value in element.items()}
            found += _element(tag, values, element)
            for name, value in values.items():
                found += _attribute(tag, name, value)
    return tuple(dict.fromkeys(found))


def _element(tag: str, values: dict[str, str], element: Any) -> Iterator[str]:
    if tag in _REFUSED:
        yield f"`<{tag}>` shows what lies elsewhere"
    elif tag == "script" and values.get("type", "").lower() not in _DATA_KINDS:
        yield "`<script>` runs a script"
    elif tag == "style":
        yield from _styles("".join(element.itertext()))
    elif tag == "link" and not _RELATIONS.issuperset(values.get("rel", "?").lower().split()):
        yield f'`<link rel="{values.get("rel", "")}">` loads {_short(values.get("href", ""))}'
    elif tag == "meta" and values.get("http-equiv", "").strip().lower() == "refresh":
        yield "`<meta http-equiv=refresh>` goes to another page"


def _attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on"):
        yield f"`{name}` of `<{tag}>` runs a script"
    elif name in ("href", "to", "values", "from") and re.sub(r"[\x00-\x20]", "", value).lower().startswith(_SCRIPT):
        yield f"a link runs a script: {_short(value)}"
    elif name in _LOADING or (name == "href" and tag not in _FOLLOWED):
        if not _INSIDE.match(value):
            yield f"`<{tag} {name}>` loads {_short(value)}"
    elif name not in ("href", "content", "alt", "title", "aria-label", "d"):
        yield from _styles(value)


def _styles(text: str) -> Iterator[str]:
    """Backslashes may hide a word of CSS; where they stand beside an address it is looked at without them."""
    plain = re.sub(r"\\([0-9a-f]{1,6})\s?", lambda found: _sign(found[1]), _REMARK.sub("", text), flags=re.IGNORECASE)
    for found in (*_STYLE_ADDRESS.finditer(plain), *_STYLE_SET.finditer(plain)):
        values = found.groupdict()
        address = values["url"] or values.get("sheet") or ""
        if not _INSIDE.match(address):
            yield f"a style loads {_short(address)}"


def _sign(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if 0x20 <= code < 0x110000 else "\N{REPLACEMENT CHARACTER}"


def _short(address: str) -> str:
    return f"`{address[:_LONGEST]}{'…' if len(address) > _LONGEST else ''}`"
