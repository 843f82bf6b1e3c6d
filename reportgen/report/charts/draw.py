"""Charts as Vega-Lite specifications, and as SVG without a browser."""

from __future__ import annotations

from functools import lru_cache

from reportgen.report.charts.chart_parts import Chart, Curves, Dots, Lines, StackedColumns, Tornado
from reportgen.report.charts.chart_svg import described, painted, plain_svg
from reportgen.report.charts.columns import columns
from reportgen.report.charts.curves import curves
from reportgen.report.charts.dots import dots
from reportgen.report.charts.frame import Spec
from reportgen.report.charts.lines import lines
from reportgen.report.charts.look import Look, look_of, placeholders, roles
from reportgen.report.charts.stack import stack
from reportgen.report.charts.tornado import tornado
from reportgen.report.report_brand import ReportBrand

_KEPT = 256
"""Drawings kept for the other outputs of the same build."""


def specification(chart: Chart, look: Look) -> Spec:
    """The chart in Vega-Lite 5, in the colours of a look."""
    match chart:
        case Tornado():
            return tornado(chart, look)
        case Lines():
            return lines(chart, look)
        case Curves():
            return curves(chart, look)
        case Dots():
            return dots(chart, look)
        case StackedColumns():
            return columns(chart, look)
        case _:
            return stack(chart, look)


def draw(chart: Chart, brand: ReportBrand) -> str:
    """The chart as an `<svg>` element with its alternative. A chart is drawn once, whatever the colours."""
    look = look_of(brand)
    return described(
        painted(_drawn(chart, placeholders(look)), roles(look)), chart.id, chart.caption, chart.alternative
    )


@lru_cache(_KEPT)
def _drawn(chart: Chart, look: Look) -> str:
    return plain_svg(specification(chart, look), look.font.folders)
