"""What answers the model's questions, as a page shows it: with charts, and with tables that fit its width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from reportgen.presentation.question_topics import topic_of
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.questions import QUESTIONS
from reportgen.report.charts.assessment_charts import coverage_chart, scorecard_chart
from reportgen.report.charts.break_even_charts import break_even_charts
from reportgen.report.charts.chart_parts import Chart
from reportgen.report.charts.risk_charts import cash_flow_chart, simulation_chart
from reportgen.report.charts.scenarios_chart import scenarios_chart
from reportgen.report.charts.sensitivity_chart import tornado_chart
from reportgen.report.paper_width import on_paper

PUBLISHED = "published"
"""A question whose tables are an appendix of their own."""

CHARTS: dict[str, Callable[[Cells, Topic], Iterator[Chart]]] = {
    "what-if-scenarios": scenarios_chart,
    "what-if-sensitivity": tornado_chart,
    "what-if-break-even": break_even_charts,
    "what-if-cash-flow": cash_flow_chart,
    "what-if-simulation": simulation_chart,
    "beyond-scorecard": scorecard_chart,
    "beyond-features": coverage_chart,
}
"""By the topic's id. A chart's id is the `figure` of the block that it belongs to."""


def paper_topics(cells: Cells) -> tuple[tuple[Topic, ...], dict[str, Chart]]:
    """A sub-section for each question that the model asks, and their charts by id. Raises ModelError where a question
    has no answer."""
    questions = [each.id for each in QUESTIONS if each.id != PUBLISHED]
    asked = [found for each in questions if (found := topic_of(cells, each)) is not None]
    charts = [chart for each in asked if each.id in CHARTS for chart in CHARTS[each.id](cells, each)]
    return tuple(_on_paper(cells, each) for each in asked), {chart.id: chart for chart in charts}


def _on_paper(cells: Cells, topic: Topic) -> Topic:
    return replace(topic, blocks=tuple(replace(each, tables=on_paper(cells, each.tables)) for each in topic.blocks))
