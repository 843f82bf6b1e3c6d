"""The answers to a model's questions, asked for on the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reportgen.cli.break_even_table import break_even_table
from reportgen.cli.risk_tables import cash_flow_table, simulation_table
from reportgen.cli.scenario_tables import scenarios_table, sensitivity_table
from reportgen.compute.break_even import BreakEvenOutcome, break_evens
from reportgen.compute.cash_flow import CashFlowOutcome, cash_flow
from reportgen.compute.results import Results
from reportgen.compute.scenarios import ScenarioOutcome, compare_scenarios
from reportgen.compute.sensitivity import SensitivityOutcome, sensitivity
from reportgen.compute.simulation import SimulationOutcome, simulate

NOT_ASKED = {
    "scenarios": "the model has no `scenarios`",
    "sensitivity": "the model has no `sensitivity`",
    "break_even": "the model has no `break_evens`",
    "cash_flow": "the model has no `cash_flow`",
    "simulation": "the model has no `simulation`",
}


def answer(results: Results, questions: Sequence[str]) -> dict[str, object]:
    """The outcome of each question; None or () where the model does not ask it. Raises ModelError."""
    model, scenario = results.model, results.scenario
    ask: dict[str, Callable[[], object]] = {
        "scenarios": lambda: compare_scenarios(model) if model.scenarios else (),
        "sensitivity": lambda: sensitivity(model, scenario),
        "break_even": lambda: break_evens(model, scenario),
        "cash_flow": lambda: cash_flow(model, scenario),
        "simulation": lambda: simulate(model, scenario),
    }
    return {question: ask[question]() for question in questions}


def answer_tables(results: Results, answers: Mapping[str, object]) -> str:
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
            case (BreakEvenOutcome(), *_) as found:
                tables.append(break_even_table([each for each in found if isinstance(each, BreakEvenOutcome)], model))
            case (ScenarioOutcome(), *_) as found:
                tables.append(scenarios_table([each for each in found if isinstance(each, ScenarioOutcome)], model))
            case _:
                tables.append(NOT_ASKED[question])
    return "\n\n".join(tables)
