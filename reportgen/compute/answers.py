"""An evaluated model in one scenario with the answer to each of its questions, computed when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, TypeVar

from reportgen.compute.bends import BentCurve, bent_curve
from reportgen.compute.break_even import BreakEvenOutcome, break_evens
from reportgen.compute.cash_flow import CashFlowOutcome, cash_flow
from reportgen.compute.checklist import ChecklistOutcome, checklist
from reportgen.compute.comparison import Comparison, compare
from reportgen.compute.features import FeaturesOutcome, features
from reportgen.compute.profiles import ProfileOutcome, profiles
from reportgen.compute.published import PublishedOutcome, published
from reportgen.compute.ranges import RangeOutcome, ranges
from reportgen.compute.results import Results, evaluate_values
from reportgen.compute.scenarios import ScenarioOutcome, compare_scenarios
from reportgen.compute.scorecard import ScorecardOutcome, scorecard
from reportgen.compute.sensitivity import SensitivityOutcome, sensitivity
from reportgen.compute.simulation import SimulationOutcome, simulate
from reportgen.model.model import BASE_SCENARIO, Model, Scenario

T = TypeVar("T")

ANALYSES = (
    "comparison",
    "scenarios",
    "sensitivity",
    "break_evens",
    "curves",
    "cash_flow",
    "simulation",
    "ranges",
    "published",
    "scorecard",
    "features",
    "checklist",
    "profiles",
)
"""The properties of `Answers` that are analyses."""


class Answers(Results):
    """What every face of a model reads: its numbers in one scenario, and each analysis, computed once.

    An analysis that the model does not ask for is None or (). Each property raises ModelError as the function does that
    computes it.
    """

    def titled(self, model: Model) -> Answers:
        """The same answers for a model that differs in titles alone; what either computes, both have."""
        other = Answers(model, self.scenario, self.values, self.states)
        # The numbers are in slots: the instance's dictionary holds the answers, and nothing else.
        object.__setattr__(other, "__dict__", self.__dict__)
        return other

    def in_scenario(self, scenario: Scenario) -> Answers:
        """The model in another of its scenarios. Raises ModelError as `evaluate` does."""
        if scenario.id not in self._by_scenario:
            self._by_scenario[scenario.id] = evaluate(self.model, scenario)
        return self._by_scenario[scenario.id]

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What a face makes of these answers for several outputs: made at its first use, then kept under this key."""
        if what not in self._made:
            self._made[what] = make()
        found: T = self._made[what]
        return found

    def ask_all(self) -> None:
        """Compute every analysis, and the numbers of every scenario, so that no face fails later. Raises ModelError."""
        for scenario in self.model.scenarios:
            self.in_scenario(scenario)
        for analysis in ANALYSES:
            getattr(self, analysis)

    @cached_property
    def _by_scenario(self) -> dict[str, Answers]:
        return {self.scenario.id: self}

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def comparison(self) -> Comparison:
        return compare(self)

    @cached_property
    def scenarios(self) -> tuple[ScenarioOutcome, ...]:
        return compare_scenarios(self.model) if self.model.scenarios else ()

    @cached_property
    def sensitivity(self) -> SensitivityOutcome | None:
        return sensitivity(self.model, self.scenario)

    @cached_property
    def break_evens(self) -> tuple[BreakEvenOutcome, ...]:
        return break_evens(self.model, self.scenario)

    @cached_property
    def curves(self) -> tuple[BentCurve, ...]:
        """The curve of each break-even, with the places where it bends."""
        return tuple(bent_curve(self.model, self.scenario, each) for each in self.break_evens)

    @cached_property
    def cash_flow(self) -> CashFlowOutcome | None:
        return cash_flow(self.model, self.scenario)

    @cached_property
    def simulation(self) -> SimulationOutcome | None:
        return simulate(self.model, self.scenario)

    @cached_property
    def ranges(self) -> tuple[RangeOutcome, ...]:
        return ranges(self.model, self.scenario)

    @cached_property
    def published(self) -> tuple[PublishedOutcome, ...]:
        return published(self.model)

    @cached_property
    def scorecard(self) -> ScorecardOutcome | None:
        return scorecard(self)

    @cached_property
    def features(self) -> FeaturesOutcome | None:
        return features(self)

    @cached_property
    def checklist(self) -> ChecklistOutcome | None:
        return checklist(self)

    @cached_property
    def profiles(self) -> tuple[ProfileOutcome, ...]:
        return profiles(self)


def evaluate(model: Model, scenario: Scenario = BASE_SCENARIO) -> Answers:
    """The model's numbers in one scenario, or with its own values. Raises ModelError as `evaluate_cases` does."""
    return Answers(model, scenario, *evaluate_values(model, scenario))
