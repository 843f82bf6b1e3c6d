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
from reportgen.report.charts.cash_flow_charts import cash_flow_charts
from reportgen.report.charts.chart_parts import Chart
from reportgen.report.charts.risk_charts import simulation_chart
from reportgen.report.charts.scenarios_chart import scenarios_chart
from reportgen.report.charts.sensitivity_chart import tornado_chart
from reportgen.report.paper_width import on_paper

CHARTS: dict[str, Callable[[Cells, Topic], Iterator[Chart]]] = {
    "scenarios": scenarios_chart,
    "sensitivity": tornado_chart,
    "break_even": break_even_charts,
    "cash_flow": cash_flow_charts,
    "simulation": simulation_chart,
    "scorecard": scorecard_chart,
    "features": coverage_chart,
}
"""By the question's id. A chart's id is the `figure` of the block that it belongs to."""


def paper_topics(cells: Cells) -> tuple[dict[str, tuple[Topic, ...]], dict[str, Chart]]:
    """By block of the report, a sub-section for each question that the model asks; and their charts by id. Raises
    ModelError where a question has no answer."""
    topics: dict[str, tuple[Topic, ...]] = {}
    charts: list[Chart] = []
    for question in (each for each in QUESTIONS if each.block):
        shown = topics.setdefault(question.block, ())
        topic = topic_of(cells, question.id)
        if topic is not None:
            topics[question.block] = (*shown, _on_paper(cells, topic))
            charts += CHARTS[question.id](cells, topic) if question.id in CHARTS else ()
    return topics, {chart.id: chart for chart in charts}


def _on_paper(cells: Cells, topic: Topic) -> Topic:
    return replace(topic, blocks=tuple(replace(each, tables=on_paper(cells, each.tables)) for each in topic.blocks))
