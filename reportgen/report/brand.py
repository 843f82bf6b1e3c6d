"""The brand as templates and charts use it: roles as names of CSS variables, colours and fonts checked before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.brand import Brand


@dataclass(frozen=True, slots=True)
class ReportBrand:
    """`palette` maps roles (`brand`, `ink`, …) to colours, `fonts` roles (`text`, `title`) to families;
    `chart` are the colours of series in the order of their stack."""

    name: str
    legal: str
    palette: Mapping[str, str]
    chart: tuple[str, ...]
    fonts: Mapping[str, str]


def report_brand(brand: Brand) -> ReportBrand:
    """The roles that templates and charts speak of."""
    colors = brand.colors
    palette = {
        "brand": colors.primary,
        "accent": colors.accent,
        "ink": colors.foreground,
        "muted": colors.muted,
        "rule": colors.rule,
        "pale": colors.surface,
        "warning": colors.danger,
    }
    fonts = {"text": brand.fonts.base, "title": brand.fonts.headings}
    return ReportBrand(brand.name, brand.legal, palette, colors.series, fonts)


def luminance(color: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1. Source: WCAG 2.2, definition of relative luminance."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, success criterion 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
