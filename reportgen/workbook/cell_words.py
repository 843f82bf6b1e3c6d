"""Words that cells hold in place of numbers, and that formulas compare: said alike wherever they stand in a book."""

from __future__ import annotations

from reportgen.compute import features, internal_rate, ranges
from reportgen.model import features_model, model, published_model, scenarios_model, written
from reportgen.model.scenarios_model import Scenario
from reportgen.workbook.book_words import message

INCLUDED, NONE, NOT_QUOTED = message("included"), message("none"), message(model.NOT_QUOTED)
"""In place of costs; also what a reader may type there."""
COST_WORDS = {word: word for word in (INCLUDED, NONE, NOT_QUOTED)}

NOT_KNOWN, COMPLETE, INCOMPLETE = message(model.NOT_KNOWN), message("complete"), message(model.INCOMPLETE)
YES, NO = message(written.YES), message(written.NO)
ANSWERS = tuple(map(message, features_model.ANSWERS))
"""Whether an option has a feature."""
STATUSES = COVERED, PRICED, UNQUOTED, UNPRICED = tuple(map(message, features.STATUSES))
"""What becomes of a feature that an option lacks."""
VERDICTS = {verdict: message(verdict) for verdict in published_model.VERDICTS}
"""How a published figure compares."""


LOW, HIGH = map(message, ranges.EXTREMES)
NO_RATE, SEVERAL_RATES = message(internal_rate.NONE), message(internal_rate.SEVERAL)
"""In place of an internal rate of return."""
BASE = message(scenarios_model.BASE_SCENARIO.title)
"""The title of the model's own values among scenarios."""
ALL = (
    *COST_WORDS,
    NOT_KNOWN,
    COMPLETE,
    INCOMPLETE,
    *ANSWERS,
    *STATUSES,
    *VERDICTS.values(),
    BASE,
    LOW,
    HIGH,
    NO_RATE,
    SEVERAL_RATES,
)


def scenario_title(scenario: Scenario) -> str:
    """The title of a scenario; the author gave none to the base."""
    return BASE if scenario.is_base else scenario.title


def said_verdict(verdict: str) -> str:
    """A verdict of the model or of an outcome, as the book says it."""
    return VERDICTS[verdict]
