"""The answers to a model's questions, asked for on the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.cli.assessment_tables import features_table, scorecard_table
from reportgen.cli.break_even_table import break_even_table
from reportgen.cli.checklist_table import checklist_table, profiles_table
from reportgen.cli.published_table import published_table
from reportgen.cli.ranges_table import ranges_table
from reportgen.cli.risk_tables import cash_flow_table, simulation_table
from reportgen.cli.scenario_tables import scenarios_table, sensitivity_table
from reportgen.compute.answers import Answers
from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.checklist import ChecklistOutcome
from reportgen.compute.features import FeaturesOutcome
from reportgen.compute.profiles import ProfileOutcome
from reportgen.compute.published import PublishedOutcome
from reportgen.compute.ranges import RangeOutcome
from reportgen.compute.scenarios import ScenarioOutcome
from reportgen.compute.scorecard import ScorecardOutcome
from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.compute.simulation import SimulationOutcome

NOT_ASKED = {
    "scenarios": "the model has no `scenarios`",
    "sensitivity": "the model has no `sensitivity`",
    "break_even": "the model has no `break_evens`",
    "cash_flow": "the model has no `cash_flow`",
    "simulation": "the model has no `simulation`",
    "ranges": "the model has no `ranges`",
    "published": "the model has no `published` figures",
    "scorecard": "the model has no `scorecard`",
    "features": "the model has no `features`",
    "checklist": "the model has no `checklist`",
    "profiles": "the model has no `profiles`",
}


PROPERTIES = {"break_even": "break_evens"}
"""Of `Answers`, where the question has another name."""


def answer(results: Answers, questions: Sequence[str]) -> dict[str, object]:
    """The outcome of each question; None or () where the model does not ask it. Raises ModelError."""
    return {question: getattr(results, PROPERTIES.get(question, question)) for question in questions}


def answer_tables(results: Answers, answers: Mapping[str, object]) -> str:
    """The answers for the terminal, one below the other."""
    model = results.model
    tables = []
    for question, outcome in answers.items():
        match outcome:
            case SensitivityOutcome():
                tables.append(sensitivity_table(outcome, model))
            case CashFlowOutcome():
                tables.append(cash_flow_table(outcome, model))
            case SimulationOutcome():
                tables.append(simulation_table(outcome, model))
            case ScorecardOutcome():
                tables.append(scorecard_table(outcome, model))
            case FeaturesOutcome():
                tables.append(features_table(outcome, model))
            case ChecklistOutcome():
                tables.append(checklist_table(outcome))
            case (ProfileOutcome(), *_) as found:
                tables.append(profiles_table([each for each in found if isinstance(each, ProfileOutcome)], model))
            case (RangeOutcome(), *_) as found:
                tables.append(ranges_table([each for each in found if isinstance(each, RangeOutcome)], model))
            case (BreakEvenOutcome(), *_) as found:
                tables.append(break_even_table([each for each in found if isinstance(each, BreakEvenOutcome)], model))
            case (ScenarioOutcome(), *_) as found:
                tables.append(scenarios_table([each for each in found if isinstance(each, ScenarioOutcome)], model))
            case (PublishedOutcome(), *_) as found:
                tables.append(published_table([each for each in found if isinstance(each, PublishedOutcome)], model))
            case _:
                tables.append(NOT_ASKED[question])
    return "\n\n".join(tables)
