"""What answers each question, by the question's id."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.presentation.break_even_topic import break_even_topic
from reportgen.presentation.cash_flow_topic import cash_flow_topic
from reportgen.presentation.choice_topics import checklist_topic, profiles_topic
from reportgen.presentation.features_topic import features_topic
from reportgen.presentation.published_topic import published_topic
from reportgen.presentation.ranges_topic import ranges_topic
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.scenarios_topic import scenarios_topic
from reportgen.presentation.scorecard_topic import scorecard_topic
from reportgen.presentation.sensitivity_topic import sensitivity_topic
from reportgen.presentation.simulation_topic import simulation_topic
from reportgen.presentation.topic import Topic

TOPICS: dict[str, Callable[[Cells], Topic | None]] = {
    "scenarios": scenarios_topic,
    "sensitivity": sensitivity_topic,
    "break_even": break_even_topic,
    "cash_flow": cash_flow_topic,
    "ranges": ranges_topic,
    "simulation": simulation_topic,
    "scorecard": scorecard_topic,
    "features": features_topic,
    "checklist": checklist_topic,
    "profiles": profiles_topic,
    "published": published_topic,
}
"""In the order of a page; None where the model does not ask. Each raises ModelError where there is no answer."""


def topics(cells: Cells) -> tuple[Topic, ...]:
    """The answer to each question that the model asks. Raises ModelError where one has none."""
    return tuple(topic for answer in TOPICS.values() if (topic := answer(cells)) is not None)
