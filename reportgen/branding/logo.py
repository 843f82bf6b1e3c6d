"""The logos of a brand, for light grounds and for dark ones: PNG pictures or plain SVG drawings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportgen.branding.png import SIGNATURE, check_png
from reportgen.branding.relative_path import address_of, file_beside
from reportgen.branding.svg import plain_drawing
from reportgen.branding.trial import drawn
from reportgen.model.document import Mapping, Node
from reportgen.model.fields import Fields
from reportgen.problems import Collector

MAX_LOGO = 500_000
"""Bytes of a logo's file; it goes into every workbook and report."""

MAX_PIXELS = 20_000_000

WIDEST, TALLEST = 10.0, 2.0
"""Times as wide as high, and the reverse: beyond that a logo cannot be read beside a title."""

_PNG_HEIGHT = 160
"""Pixels of a drawing turned into a picture: four times the size it has in a workbook on a screen."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A file's bytes, its kind (`png` or `svg`), its size in its own units, and the words for who cannot see it.

    `address` is what documents call the file; a drawing's bytes are written anew, without what its program left in it.
    """

    kind: str
    data: bytes
    width: float
    height: float
    alternative: str
    address: str


@dataclass(frozen=True, slots=True)
class Logos:
    """`light` is for light grounds; `dark` for dark ones, where None means that the brand's name is written instead."""

    light: Logo
    dark: Logo | None


@lru_cache(maxsize=8)
def as_png(logo: Logo) -> Logo:
    """The logo as a picture, for files that take no drawings."""
    if logo.kind == "png":
        return logo
    width, height = round(_PNG_HEIGHT * logo.width / logo.height), _PNG_HEIGHT
    return Logo("png", drawn(logo.data, width, height), width, height, logo.alternative, "")


def read_logos(keys: Fields, folder: Path, *, is_own: bool) -> Logos | None:
    """`logo: {file, alternative}`, or one of these for `light` and one for `dark`. Reports RG903; `is_own`: also for a
    drawing that does not become a picture."""
    node = keys.node("logo", required=False)
    if node is None:
        return None
    if isinstance(node, Mapping) and {key.text for key, _ in node.entries} & {"light", "dark"}:
        both = Fields(node, "`logo`", "light dark", keys.problems)
        light_node, dark_node = both.node("light"), both.node("dark", required=False)
        light = _logo(light_node, "`light`", folder, keys.problems, is_own) if light_node else None
        dark = _logo(dark_node, "`dark`", folder, keys.problems, is_own) if dark_node else None
        return Logos(light, dark) if light else None
    light = _logo(node, "`logo`", folder, keys.problems, is_own)
    return Logos(light, None) if light else None


def _logo(node: Node, what: str, folder: Path, problems: Collector, is_own: bool) -> Logo | None:
    keys = Fields(node, what, "file alternative", problems)
    file, alternative = keys.marked_text("file"), keys.text("alternative", most=200)
    if file is None:
        return None
    try:
        path, data = file_beside(folder, file.text, MAX_LOGO)
        kind = "png" if data.startswith(SIGNATURE) else "svg"
        if kind == "svg" and not file.text.lower().endswith(".svg"):
            raise ValueError("it is no PNG picture")
        if kind == "svg":
            drawing = plain_drawing(data)
            data, width, height = drawing.data, drawing.width, drawing.height
        else:
            width, height = check_png(data, MAX_PIXELS)
        if width > WIDEST * height or height > TALLEST * width:
            raise ValueError(
                f"it is {width:g} wide and {height:g} high; at most {WIDEST:g} times as wide as high, or "
                f"{TALLEST:g} times as high as wide"
            )
        logo = Logo(kind, data, width, height, alternative, address_of(path, folder.resolve()))
        if is_own:
            as_png(logo)
    except ValueError as error:
        hint = "a PNG picture or a plain SVG drawing in the same folder as the brand’s file"
        problems.error("RG903", f"the logo `{file.text}` cannot be used: {error}", file.span, hint)
        return None
    return logo
