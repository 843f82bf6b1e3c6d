"""All charts of a report, each drawn once for every output that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from reportgen.report.charts.card import social_card
from reportgen.report.charts.chart_parts import Chart
from reportgen.report.charts.chart_svg import as_png
from reportgen.report.charts.draw import draw
from reportgen.report.report_brand import ReportBrand
from reportgen.report.report_settings import ReportSettings
from reportgen.report.view import ReportView

CARD = "social-card.png"
_TWICE = 2.0
"""Pixels per unit of a chart."""
_MARGIN = 24
"""Units of ground around a chart that stands alone; on a page its surroundings leave it room."""
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="0 0 \1 \2"')


def charts_of(view: ReportView) -> Iterator[Chart]:
    """Every chart in the order of the page; ids are unique."""
    yield view.figure
    yield from view.topic_charts.values()


def drawn(view: ReportView, brand: ReportBrand) -> dict[str, str]:
    """`<svg>` elements by the id of their figure. Drawings are kept: another palette costs no second one."""
    return {chart.id: draw(chart, brand) for chart in charts_of(view)}


def chart_files(view: ReportView, brand: ReportBrand, report_settings: ReportSettings) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the files for reuse elsewhere: each chart on the page's ground as SVG and as PNG, and the
    social card."""
    folder, fonts = f"{view.id}-charts{report_settings.suffix}", brand.font_folders
    for id_, svg in drawn(view, brand).items():
        alone = _alone(svg, brand.palette["paper"], report_settings.language)
        yield f"{folder}/{id_}.svg", alone.encode()
        yield f"{folder}/{id_}.png", as_png(alone, fonts, _TWICE)
    yield f"{folder}/{CARD}", card_png(view, brand)


def card_png(view: ReportView, brand: ReportBrand) -> bytes:
    """The social card, 1200 by 630 pixels."""
    return as_png(social_card(view, brand), brand.font_folders)


def _alone(svg: str, paper: str, language: str) -> str:
    """A file of its own says its language, and has a ground and an even margin."""
    tagged = svg.replace("<svg ", f"<svg xml:lang={quoteattr(language)} ", 1)
    ground = f'<rect x="-{_MARGIN}" y="-{_MARGIN}" width="100%" height="100%" fill="{paper}"/>'
    return re.sub("</desc>", lambda end: end[0] + ground, _SIZE.sub(_widened, tagged, count=1), count=1)


def _widened(size: re.Match[str]) -> str:
    width, height = (f"{float(each) + 2 * _MARGIN:g}" for each in size.groups())
    return f'width="{width}" height="{height}" viewBox="-{_MARGIN} -{_MARGIN} {width} {height}"'
