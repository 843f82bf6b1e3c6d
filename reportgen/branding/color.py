"""Arithmetic with colours `#RRGGBB`: contrast, tints, and the nearest shade that does."""

from __future__ import annotations

import colorsys
from collections.abc import Callable

WHITE = "#FFFFFF"
_STEPS = 100
"""Of lightness, from black to white."""


def luminance(color: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1. Source: WCAG 2.2, definition of relative luminance."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, success criterion 1.4.3."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tinted(color: str, tint: float) -> str:
    """What a viewer makes of a theme's colour with a tint, -1 to 1. Source: ECMA-376 part 1, 18.8.19."""
    light = lightness(color)
    return _with_lightness(color, light * (1 + tint) if tint < 0 else light * (1 - tint) + tint)


def lightness(color: str) -> float:
    """0 for black to 1 for white, in the space of hue, lightness and saturation."""
    return _hls(color)[1]


def nearest_shade(color: str, passes: Callable[[str], bool]) -> str:
    """The colour, darkened or lightened as little as possible until it passes; "" if no shade of it does."""
    light = lightness(color)
    for step in range(_STEPS + 1):
        for change in (-step, step):
            wanted = light + change / _STEPS
            if -1 / _STEPS < wanted < 1 + 1 / _STEPS:
                shade = _with_lightness(color, min(1.0, max(0.0, wanted)))
                if passes(shade):
                    return shade
    return ""


def _with_lightness(color: str, light: float) -> str:
    hue, _, saturation = _hls(color)
    channels = colorsys.hls_to_rgb(hue, light, saturation)
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in channels)


def _hls(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)
