"""The social card of a report: title, subtitle and result as the page states it, 1200 by 630 pixels."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from reportgen.report.charts.chart_text import MORE, Font, balanced, font_of, wrapped
from reportgen.report.report_brand import ReportBrand, ReportLogo
from reportgen.report.view import ReportView

CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""What social networks show of a page. Source: the Open Graph protocol's usual ratio of 1.91 to 1."""
_SIDE, _GROUND = 72, 400
_ROOM = CARD_WIDTH - 2 * _SIDE
_LOGO_HEIGHT, _LOGO_ROOM = 46, 420
_LEADING = 1.16
_TOP, _BLOCK, _GAP = 124.0, 256.0, 14.0
"""Where title and subtitle begin, what they share, and the space between them."""


def social_card(view: ReportView, brand: ReportBrand) -> str:
    """The card as an `<svg>` element; long texts get smaller type, and end with an ellipsis only below the least."""
    title, text = font_of(brand, "title"), font_of(brand, "text")
    colors = brand.palette
    on_ground, ink = colors["on-brand"], colors["ink"]
    parts = [
        f'<rect width="{CARD_WIDTH}" height="{CARD_HEIGHT}" fill="{colors["paper"]}"/>',
        f'<rect width="{CARD_WIDTH}" height="{_GROUND}" fill="{colors["brand"]}"/>',
        f'<rect y="{_GROUND}" width="{CARD_WIDTH}" height="6" fill="{colors["accent"]}"/>',
        _name(brand, text, on_ground),
    ]
    heading, size = _fitted(view.title, title, 600, (64, 57, 50, 44, 39, 35), _ROOM, 160 if view.subtitle else 235)
    high = len(heading) * size * _LEADING
    below, small = _fitted(view.subtitle, text, 400, (28, 26, 24), _ROOM, _BLOCK - high - _GAP)
    both = high + (_GAP + len(below) * small * _LEADING if view.subtitle else 0)
    top = _TOP + (_BLOCK - both) / 2
    parts += _lines(heading, top, size, title, 600, on_ground)
    parts += _lines(below, top + high + _GAP, small, text, 400, on_ground)
    mark = next((tile.mark for tile in view.tiles if tile.mark), "")
    line = " · ".join(each for each in (view.headline, view.as_of, view.scenario, mark, view.changed_inputs) if each)
    parts += _lines(wrapped(line, _ROOM, 1, 21, text), _GROUND + 40, 21, text, 400, colors["muted"])
    answer, size = _fitted(view.answer, text, 600, (36, 33, 30, 27, 24), _ROOM, 126)
    parts += _lines(answer, _GROUND + 80, size, text, 600, ink)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" '
        f'viewBox="0 0 {CARD_WIDTH} {CARD_HEIGHT}">{"".join(parts)}</svg>'
    )


def _name(brand: ReportBrand, font: Font, color: str) -> str:
    """The logo for dark grounds, or the name where the brand has none."""
    if brand.logo_dark is not None:
        return _picture(brand.logo_dark)
    return "".join(_lines(wrapped(brand.name, _ROOM, 1, 30, font, 600), 62, 30, font, 600, color))


def _picture(logo: ReportLogo) -> str:
    width = min(_LOGO_HEIGHT * logo.ratio, _LOGO_ROOM)
    height = width / logo.ratio
    return f'<image href={quoteattr(logo.uri)} x="{_SIDE}" y="56" width="{width:.1f}" height="{height:.1f}"/>'


def _fitted(
    text: str, font: Font, weight: int, sizes: Iterable[int], room: float, height: float
) -> tuple[tuple[str, ...], int]:
    """The text in the largest of these sizes in which all of it fits, else in the smallest as far as it fits."""
    found: tuple[tuple[str, ...], int] = ((), 0)
    for size in sizes:
        most = max(1, int(height // (size * _LEADING)))
        found = balanced(text, room, most, size, font, weight), size
        if not any(line.endswith(MORE) for line in found[0]) or text.endswith(MORE):
            break
    return found


def _lines(lines: Iterable[str], top: float, size: float, font: Font, weight: int, color: str) -> list[str]:
    return [
        f'<text x="{_SIDE}" y="{top + size * (0.86 + _LEADING * number):.1f}" font-family={quoteattr(font.family)} '
        f'font-size="{size}" font-weight="{weight}" fill="{color}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
