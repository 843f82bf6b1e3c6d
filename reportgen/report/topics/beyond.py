"""What is said about the options beside their costs: a sub-section for each part that the model has."""

from __future__ import annotations

from reportgen.report.cells import Cells
from reportgen.report.topics.choice import checklist_topic, profiles_topic
from reportgen.report.topics.features import features_topic
from reportgen.report.topics.parts import Topic
from reportgen.report.topics.scorecard import scorecard_topic


def beyond_topics(cells: Cells) -> tuple[Topic, ...]:
    """The sub-sections in the order of the page; none where the model says nothing beside its costs."""
    found = (scorecard_topic(cells), features_topic(cells), checklist_topic(cells), profiles_topic(cells))
    return tuple(each for each in found if each is not None)
