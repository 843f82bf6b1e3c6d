"""Specifications drawn as `<svg>` elements that can stand in a page or a PDF as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportgen.report.charts.look import ROLE

_TAG = re.compile(r"<[^>]*>")
_CLUTTER = re.compile(r' (?:class|role|aria-[a-z]+|pointer-events|xmlns:xlink|version)="[^"]*"| opacity="1"')
_GROUND = re.compile(r'<path class="(?:background|foreground)"[^>]*>')
"""What Vega writes for its own renderer; it would only slow down the page."""
_DIGITS = re.compile(r"-?\d+\.\d{3,}")
_EMPTY = re.compile(r"<g(?: [^>]*)?></g>")
_ROLE = re.compile(f'"{ROLE}([a-z0-9-]+)"')


def plain_svg(specification: dict[str, Any], folders: tuple[Path, ...]) -> str:
    """The drawing, without what a page has no use for; fonts are taken from `folders`."""
    import vl_convert

    _register(folders)
    svg: str = _GROUND.sub("", vl_convert.vegalite_to_svg(specification))
    svg = _TAG.sub(lambda tag: _DIGITS.sub(_short, _CLUTTER.sub("", tag[0])), svg)
    while (smaller := _EMPTY.sub("", svg)) != svg:
        svg = smaller
    return svg


def painted(svg: str, colors: Mapping[str, str]) -> str:
    """The drawing with colours for the roles that stand in their place, in tags only: texts are left alone."""
    return _TAG.sub(lambda tag: _ROLE.sub(lambda role: f'"{colors[role[1]]}"', tag[0]), svg)


def described(svg: str, id_: str, caption: str, alternative: str) -> str:
    """The drawing as one image for who listens: `<title>` says all that it shows, as PDF readers look no further."""
    tag = f'<svg role="img" aria-labelledby="{id_}-title"'
    words = f'<title id="{id_}-title">{escape(alternative)}</title><desc>{escape(caption)}</desc>'
    return re.sub(r"<svg\b([^>]*>)", lambda rest: tag + rest[1] + words, svg, count=1)


def as_png(svg: str, folders: tuple[Path, ...], scale: float = 1.0) -> bytes:
    """The drawing as a picture, `scale` pixels per unit."""
    import vl_convert

    _register(folders)
    png: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return png


def _short(digits: re.Match[str]) -> str:
    """Hundredths of a unit are less than any printer shows."""
    return f"{float(digits[0]):.2f}".rstrip("0").rstrip(".")


@cache
def _register(folders: tuple[Path, ...]) -> None:
    import vl_convert

    for folder in folders:
        vl_convert.register_font_directory(str(folder))
