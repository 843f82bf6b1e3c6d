"""The look that all templates and charts share: colours and type, from `templates/shared/brand.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_FONT = re.compile(r"[A-Za-z][A-Za-z0-9 ]*")


@dataclass(frozen=True, slots=True)
class Brand:
    """`palette` maps roles (`brand`, `ink`, …) to colours, `fonts` roles (`text`, `title`) to families;
    `chart` are the colours of series in the order of their stack."""

    name: str
    legal: str
    palette: Mapping[str, str]
    chart: tuple[str, ...]
    fonts: Mapping[str, str]


def load_brand(folder: Path) -> Brand:
    """The brand of a templates folder. Colours and fonts end up in CSS; raises ValueError for what is neither."""
    written = yaml.load((folder / "shared" / "brand.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    brand = Brand(written["name"], written["legal"], written["palette"], tuple(written["chart"]), written["fonts"])
    for color in (*brand.palette.values(), *brand.chart):
        if not _COLOR.fullmatch(color):
            raise ValueError(f"brand.yaml: {color!r} is no colour of the form #RRGGBB")
    for font in brand.fonts.values():
        if not _FONT.fullmatch(font):
            raise ValueError(f"brand.yaml: {font!r} is no name of a font family")
    return brand


def luminance(color: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1. Source: WCAG 2.2, definition of relative luminance."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, success criterion 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
