"""Scenarios side by side: each option's total in each of them, against the model's own values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.compute.comparison import Ranking, rank
from reportgen.compute.evaluate import Case, evaluate_cases
from reportgen.compute.states import states
from reportgen.compute.steps import Values
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, Model, Quantity
from reportgen.model.scenarios_model import Scenario
from reportgen.problems import ModelError

NamedCase = tuple[str, Case]
"""What tells a case in a message (`in scenario ...`, "" for the model's own values), and the case."""

NOISE = 1e-14
"""Of totals: what sums of some hundred items leave of a difference that is none. A larger one shows in a workbook."""

DECIMALS = 12
"""Differences are looked at to this many decimals of the totals they are of; further down is what rounding leaves."""


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """What the options cost in one scenario; `scenario` may be the base.

    `totals` by option, in the total's unit; `differences` to the base in the same unit; `shares` the same in per cent
    of the base's total, None where that is not above nothing.
    """

    scenario: Scenario
    totals: dict[str, float]
    differences: dict[str, float]
    shares: dict[str, float | None]
    ranking: Ranking

    @property
    def cheapest(self) -> str | None:
        return self.ranking.cheapest


def scenario_values(model: Model) -> Values:
    """Every number in the base and then in each scenario, in the model's order. Raises ModelError as `evaluate_cases`
    does, with the scenario's name in the message."""
    cases = [(each.where, each.settings) for each in model.with_base]
    return model.once(scenario_values, lambda: evaluate_named(model, cases))


def compare_scenarios(model: Model, total: Quantity | None = None) -> tuple[ScenarioOutcome, ...]:
    """The base and then every scenario by one total: the headline unless another is given. Raises ModelError as
    `scenario_values` does."""
    total = total or model.headline
    scenarios = model.with_base
    base, *others = totals_of(scenario_values(model), model, total, len(scenarios))
    complete = complete_options(model, total)
    return tuple(
        _outcome(scenario, totals, base, complete) for scenario, totals in zip(scenarios, (base, *others), strict=True)
    )


def _outcome(
    scenario: Scenario, totals: dict[str, float], base: dict[str, float], complete: Collection[str]
) -> ScenarioOutcome:
    differences = {option: above_noise(value - base[option], (value, base[option])) for option, value in totals.items()}
    return ScenarioOutcome(
        scenario=scenario,
        totals=totals,
        differences=differences,
        shares={
            option: value / base[option] * 100 if base[option] > 0 else None for option, value in differences.items()
        },
        ranking=rank(totals, complete),
    )


def above_noise(difference: float, totals: Iterable[float]) -> float:
    """A difference of these totals; 0 where it is only what rounding leaves of them, as of a bill that two options
    share, because a reader would take that for a tiny effect."""
    return difference if abs(difference) > NOISE * max(map(abs, totals)) else 0.0


def complete_options(model: Model, total: Quantity) -> tuple[str, ...]:
    """The options whose total lacks no price. A case sets assumptions only, so this holds in every case."""
    found = states(model)
    return tuple(
        key.option
        for key in model.keys_of(total.name)
        if key.option is not None and found.get(key) not in (INCOMPLETE, NOT_QUOTED)
    )


def totals_of(values: Values, model: Model, total: Quantity, count: int) -> list[dict[str, float]]:
    """The total by option, for each of `count` cases in turn."""
    columns = {option: np.broadcast_to(values[Key(total.name, option)], count).tolist() for option in model.option_ids}
    return [{option: column[index] for option, column in columns.items()} for index in range(count)]


def evaluate_named(model: Model, cases: Sequence[NamedCase]) -> Values:
    """All cases at once. Raises ModelError as `evaluate_cases` does, for the first case alone that has a problem, and
    with its name in the message: a reader of the problem would otherwise look for it in the model's own values."""
    try:
        return evaluate_cases(model, [case for _, case in cases])
    except ModelError as error:
        failing = _first_failing(model, cases)
        if failing is None:
            raise
        (name, _), found = failing
        raise found.within(name) from error


def _first_failing(model: Model, cases: Sequence[NamedCase]) -> tuple[NamedCase, ModelError] | None:
    """Found by halving, so that a large grid is not computed case by case."""
    while cases:
        first = cases[: max(1, len(cases) // 2)]
        try:
            evaluate_cases(model, [case for _, case in first])
        except ModelError as error:
            if len(first) == 1:
                return first[0], error
            cases = first
        else:
            cases = cases[len(first) :]
    return None
