"""The answers to a model's questions as tables for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from reportgen.cli.assessment_tables import features_table, scorecard_table
from reportgen.cli.break_even_table import break_even_table
from reportgen.cli.checklist_table import checklist_table, profiles_table
from reportgen.cli.published_table import published_table
from reportgen.cli.ranges_table import ranges_table
from reportgen.cli.risk_tables import cash_flow_table, simulation_table
from reportgen.cli.scenario_tables import scenarios_table, sensitivity_table
from reportgen.compute.answers import Answers
from reportgen.questions import BY_ID

TABLES: dict[str, Callable[..., str]] = {
    "scenarios": scenarios_table,
    "sensitivity": sensitivity_table,
    "break_even": break_even_table,
    "cash_flow": cash_flow_table,
    "simulation": simulation_table,
    "ranges": ranges_table,
    "published": published_table,
    "scorecard": scorecard_table,
    "features": features_table,
    "checklist": checklist_table,
    "profiles": profiles_table,
}
"""By the question's id: the table of an answer and its model."""


def answer_tables(results: Answers, questions: Sequence[str]) -> str:
    """The answers one below the other. Raises ModelError."""
    return "\n\n".join(_tables(results, questions))


def _tables(results: Answers, questions: Sequence[str]) -> Iterator[str]:
    for question in map(BY_ID.__getitem__, questions):
        if question.is_requested(results.model):
            yield TABLES[question.id](getattr(results, question.answer), results.model)
        else:
            yield question.not_requested
