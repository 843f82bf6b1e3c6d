"""Which sub-section of the report answers each question, by the question's id."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.report.cells import Cells
from reportgen.report.published import published_part
from reportgen.report.topics.break_even import break_even_topic
from reportgen.report.topics.cash_flow import cash_flow_topic
from reportgen.report.topics.choice import checklist_topic, profiles_topic
from reportgen.report.topics.features import features_topic
from reportgen.report.topics.parts import Topic
from reportgen.report.topics.ranges import ranges_topic
from reportgen.report.topics.scorecard import scorecard_topic
from reportgen.report.topics.simulation import simulation_topic
from reportgen.report.topics.what_if import scenarios_topic, sensitivity_topic

Answer = Callable[[Cells], Topic | None]

WHAT_IF: dict[str, Answer] = {
    "scenarios": scenarios_topic,
    "sensitivity": sensitivity_topic,
    "break_even": break_even_topic,
    "cash_flow": cash_flow_topic,
    "ranges": ranges_topic,
    "simulation": simulation_topic,
}
"""How the totals move, in the order of the page."""

ASSESSMENT: dict[str, Answer] = {
    "scorecard": scorecard_topic,
    "features": features_topic,
    "checklist": checklist_topic,
    "profiles": profiles_topic,
}
"""What is said about options beside their costs, in the order of the page."""

OTHER = {"published": published_part}
"""Questions with a section of their own."""


def topics(cells: Cells, answers: dict[str, Answer]) -> tuple[Topic, ...]:
    """A sub-section for each question that the model asks. Raises ModelError where one has no answer."""
    return tuple(topic for answer in answers.values() if (topic := answer(cells)) is not None)
