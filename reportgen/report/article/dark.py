"""The dark scheme of a page: a brand's colours lightened as far as text on a dark ground needs, and charts in both."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from reportgen.branding.color import WHITE, contrast, lightness, nearest_shade
from reportgen.report.report_brand import ReportBrand

PAPER, PALE, RULE = "#11161D", "#1B232D", "#3A4552"
"""The dark ground, what lies on it (tiles, heads of tables), and lines."""
_TEXT, _TITLE, _INK, _GRAPHICS = 5.0, 7.0, 12.0, 3.2
"""Contrast with the lighter of both grounds: a little more than WCAG 2.2 asks for, since colours are rounded."""
_LEAST_LIGHT = 0.42
"""Lightness from which a series' colour stays as it is."""

_COLOR = re.compile(r'((?:fill|stroke)=")(#[0-9a-fA-F]{6})(?=")')


def dark_brand(brand: ReportBrand) -> ReportBrand:
    """The brand for a dark ground: every role can be read on it, series stand out from it."""
    palette = {role: _lightened(color, _TEXT, PALE) for role, color in brand.palette.items()}
    palette |= {
        role: _lightened(brand.palette[role], least, PALE) for role, least in (("ink", _INK), ("brand", _TITLE))
    }
    palette |= {"pale": PALE, "rule": RULE, "paper": PAPER}
    series = tuple(_lightened(color, _GRAPHICS, PAPER) for color in brand.chart)
    return replace(brand, palette=palette, chart=series)


def _lightened(color: str, least: float, ground: str) -> str:
    """A shade of the colour with that contrast; what is light enough already stays."""
    if lightness(color) > _LEAST_LIGHT and contrast(color, ground) >= least:
        return color

    def stands_out(shade: str) -> bool:
        return lightness(shade) > lightness(ground) and contrast(shade, ground) >= least

    return nearest_shade(color, stands_out) or WHITE


class SchemeColors:
    """Colours that charts have in each scheme, as CSS variables; equal pairs share one."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}

    def merge(self, light: str, dark: str) -> str:
        """One SVG for both schemes, out of two that differ in nothing but colours. Raises ValueError if they do."""
        if _COLOR.sub(r"\1", light) != _COLOR.sub(r"\1", dark):
            raise ValueError("a chart differs between the light and the dark scheme in more than its colours")
        others = iter(_COLOR.findall(dark))
        return _COLOR.sub(lambda found: f"{found[1]}var(--{self._name(found[2], next(others)[1])})", light)

    def styles(self, light: Mapping[str, str], dark: Mapping[str, str]) -> str:
        """The variables of both schemes; `light` and `dark` are roles of the page's own colours."""
        lighter = "".join(f"--{role}:{color};" for role, color in light.items())
        lighter += "".join(f"--{name}:{pair[0]};" for pair, name in self._names.items())
        darker = "".join(f"--{role}:{color};" for role, color in dark.items())
        darker += "".join(f"--{name}:{pair[1]};" for pair, name in self._names.items())
        return f":root{{{lighter}}}@media screen and (prefers-color-scheme:dark){{:root{{{darker}}}}}"

    def _name(self, light: str, dark: str) -> str:
        return self._names.setdefault((light.upper(), dark.upper()), f"chart-{len(self._names) + 1}")
