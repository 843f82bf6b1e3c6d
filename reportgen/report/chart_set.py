"""All charts of a report, each drawn once for every output that shows it."""

from __future__ import annotations

from reportgen.report.brand import ReportBrand
from reportgen.report.charts import draw, draw_svg
from reportgen.report.view import ReportView
from reportgen.report.what_if_charts import specification


def drawn(view: ReportView, brand: ReportBrand) -> dict[str, str]:
    """`<svg>` elements by the id of their figure."""
    found = {view.figure.id: draw(view.figure, brand)}
    for topic in (*view.what_if, *view.beyond):
        for chart in (block.chart for block in topic.blocks):
            if chart is not None:
                found[chart.id] = draw_svg(specification(chart, brand), chart.alternative)
    return found
