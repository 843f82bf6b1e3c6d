"""The look that workbooks and reports share: name, logo, colours by role, fonts, and what stands in the footer.

It is read from a `brand.yaml`: the shipped one, or one in the model's folder, which may leave roles, series and fonts
to the shipped one. What is wrong in it is reported as in a model, with its place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from reportgen.model.document import Node, Sequence, read_source, read_tree
from reportgen.model.fields import Fields, kind_of, read_text
from reportgen.model.load import model_path
from reportgen.problems import Collector, suggestion
from reportgen.resources import templates_folder

BRAND_FILE = "brand.yaml"
MAX_LOGO = 500_000
"""Bytes of a logo's file; it goes into every workbook."""

FEWEST_SERIES = 6

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_FONT = re.compile(r"[A-Za-z][A-Za-z0-9 ]{0,59}")
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@dataclass(frozen=True, slots=True)
class Colors:
    """`#RRGGBB` by role; `series` are the colours of a chart's parts in the order of their stack."""

    foreground: str
    background: str
    primary: str
    accent: str
    muted: str
    rule: str
    surface: str
    link: str
    success: str
    danger: str
    series: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families: of a report's text and its headings, and of workbooks."""

    base: str
    headings: str
    workbook: str


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG file's bytes, its size in pixels, and the words for who cannot see it."""

    data: bytes
    width: int
    height: int
    alternative: str


@dataclass(frozen=True, slots=True)
class Brand:
    """`footer` stands on printed pages, `legal` once in a report; either may be empty."""

    name: str
    logo: Logo | None
    colors: Colors
    fonts: Fonts
    footer: str
    legal: str


def brand_of(model: Path) -> Brand:
    """The brand of the model at this path: of the `brand.yaml` in its folder, else the shipped one.

    Raises ModelError with every problem that was found.
    """
    own = model_path(model).parent / BRAND_FILE
    return read_brand(own, shipped_brand()) if own.is_file() else shipped_brand()


@cache
def shipped_brand(templates: Path | None = None) -> Brand:
    """The brand that comes with a templates folder, the shipped one unless given. Raises ModelError."""
    return read_brand((templates or templates_folder()) / "brands" / "reportgen" / BRAND_FILE)


def read_brand(path: Path, otherwise: Brand | None = None) -> Brand:
    """The brand of a file; `otherwise` has the colours and fonts that it may leave out. Raises ModelError."""
    source = read_source(path)
    problems = Collector(source)
    keys = Fields(read_tree(source, problems), "the brand", "name logo color typography footer legal", problems)
    found = Brand(
        name=keys.text("name"),
        logo=_logo(keys, path.parent),
        colors=_colors(keys, otherwise),
        fonts=_fonts(keys, otherwise),
        footer=keys.text("footer", required=False, most=80),
        legal=keys.text("legal", required=False),
    )
    problems.raise_if_failed()
    return found


def _colors(keys: Fields, otherwise: Brand | None) -> Colors:
    node = keys.node("color", required=otherwise is None)
    roles = [field.name for field in fields(Colors) if field.name != "series"]
    known = {role: getattr(otherwise.colors, role) if otherwise else "" for role in roles}
    series = otherwise.colors.series if otherwise else ()
    if node is None:
        return Colors(**known, series=series)
    colors = Fields(node, "`color`", " ".join(("palette", *roles, "series")), keys.problems)
    palette: dict[str, str] = {}
    for name, value in colors.entries("palette", required=False):
        palette[name.text] = _color(value, f"`{name.text}`", {}, keys.problems)
    for role in roles:
        found = colors.node(role, required=otherwise is None)
        if found is not None:
            known[role] = _color(found, f"`{role}`", palette, keys.problems)
    return Colors(**known, series=_series(colors, palette, series))


def _series(colors: Fields, palette: Map[str, str], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    node = colors.node("series", required=not otherwise)
    if node is None:
        return otherwise
    if not isinstance(node, Sequence):
        colors.problems.error("RG204", f"`series` is a list of colours, not {kind_of(node)}", node.span)
        return ()
    if len(node.items) < FEWEST_SERIES:
        message = f"`series` has {len(node.items)} colours; charts need {FEWEST_SERIES} or more"
        colors.problems.error("RG901", message, node.span, "add colours; neighbours should differ in lightness")
    return tuple(_color(each, "`series`", palette, colors.problems) for each in node.items)


def _color(node: Node, what: str, palette: Map[str, str], problems: Collector) -> str:
    """`#RRGGBB`, written so or as a name of the palette; "" and a problem for anything else."""
    found = read_text(node, what, problems)
    if found is None:
        return ""
    if found.text in palette:
        return palette[found.text]
    if _COLOR.fullmatch(found.text):
        return found.text.upper()
    hint = suggestion(found.text, palette) or 'six hexadecimal digits in quotes: "#12355B"'
    problems.error("RG901", f"{what}: `{found.text}` is no colour", found.span, hint)
    return ""


def _fonts(keys: Fields, otherwise: Brand | None) -> Fonts:
    roles = [field.name for field in fields(Fonts)]
    known = {role: getattr(otherwise.fonts, role) if otherwise else "" for role in roles}
    node = keys.node("typography", required=otherwise is None)
    if node is None:
        return Fonts(**known)
    fonts = Fields(node, "`typography`", " ".join(roles), keys.problems)
    for role in roles:
        found = fonts.marked_text(role, required=otherwise is None)
        if found is None:
            continue
        known[role] = found.text
        if not _FONT.fullmatch(found.text):
            hint = "letters, digits and spaces: Source Sans Pro"
            keys.problems.error("RG902", f"`{role}`: `{found.text}` is no name of a font", found.span, hint)
    return Fonts(**known)


def _logo(keys: Fields, folder: Path) -> Logo | None:
    node = keys.node("logo", required=False)
    if node is None:
        return None
    logo = Fields(node, "`logo`", "file alternative", keys.problems)
    file, alternative = logo.marked_text("file"), logo.text("alternative", most=200)
    if file is None:
        return None
    try:
        path = (folder / file.text).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise ValueError("it lies outside the brand’s folder")
        with path.open("rb") as opened:
            data = opened.read(MAX_LOGO + 1)
        if len(data) > MAX_LOGO:
            raise ValueError(f"it is larger than {MAX_LOGO // 1_000} kB")
        width, height = (int.from_bytes(data[at : at + 4]) for at in (16, 20))
        if not data.startswith(_PNG) or not width or not height:
            raise ValueError("it is no PNG picture")
    except (OSError, ValueError) as error:
        reason = (error.strerror or str(error)).lower() if isinstance(error, OSError) else str(error)
        hint = f"a PNG file in the same folder as {BRAND_FILE}"
        keys.problems.error("RG903", f"the logo `{file.text}` cannot be used: {reason}", file.span, hint)
        return None
    return Logo(data, width, height, alternative)
