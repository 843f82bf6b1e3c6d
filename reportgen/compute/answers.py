"""An evaluated model in one scenario with the answer to each of its questions, computed when it is first asked for.

The code of an analysis is loaded then too: a command that shows results alone starts in half the time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from reportgen.compute.results import Results, evaluate_values
from reportgen.model.model import Model
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.questions import QUESTIONS

if TYPE_CHECKING:
    from reportgen.compute.break_even import BreakEvenOutcome
    from reportgen.compute.breakpoints import BreakEvenCurve
    from reportgen.compute.cash_flow import CashFlowOutcome
    from reportgen.compute.checklist import ChecklistOutcome
    from reportgen.compute.comparison import Comparison
    from reportgen.compute.features import FeaturesOutcome
    from reportgen.compute.periods import Courses
    from reportgen.compute.profiles import ProfileOutcome
    from reportgen.compute.published import PublishedOutcome
    from reportgen.compute.ranges import RangeOutcome
    from reportgen.compute.scenarios import ScenarioOutcome
    from reportgen.compute.scorecard import ScorecardOutcome
    from reportgen.compute.sensitivity import SensitivityOutcome
    from reportgen.compute.simulation import SimulationOutcome

T = TypeVar("T")

ANALYSES = ("comparison", "curves", *(question.answer for question in QUESTIONS))
"""The properties of `Answers` that are analyses."""


class Answers(Results):
    """What every face of a model reads: its numbers in one scenario, and each analysis, computed once.

    An analysis that the model does not ask for is None or (). Each property raises ModelError as the function does that
    computes it.
    """

    def titled(self, model: Model) -> Answers:
        """The same answers for a model that differs in titles alone; what either computes, both have."""
        other = Answers(model, self.scenario, self.values, self.states, self.series)
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

    def analyze_all(self) -> None:
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
        from reportgen.compute.comparison import compare

        return compare(self)

    @cached_property
    def scenarios(self) -> tuple[ScenarioOutcome, ...]:
        from reportgen.compute.scenarios import compare_scenarios

        return compare_scenarios(self.model) if self.model.scenarios else ()

    @cached_property
    def sensitivity(self) -> SensitivityOutcome | None:
        from reportgen.compute.sensitivity import sensitivity

        return sensitivity(self.model, self.scenario)

    @cached_property
    def break_evens(self) -> tuple[BreakEvenOutcome, ...]:
        from reportgen.compute.break_even import break_evens

        return break_evens(self.model, self.scenario)

    @cached_property
    def curves(self) -> tuple[BreakEvenCurve, ...]:
        """The curve of each break-even, with the places where it changes its slope."""
        from reportgen.compute.breakpoints import break_even_curve

        return tuple(break_even_curve(self.model, self.scenario, each) for each in self.break_evens)

    @cached_property
    def cash_flow(self) -> CashFlowOutcome | None:
        from reportgen.compute.cash_flow import cash_flow

        return cash_flow(self)

    @cached_property
    def courses(self) -> Courses:
        """What changes over time, by period."""
        from reportgen.compute.periods import courses

        return courses(self)

    @cached_property
    def simulation(self) -> SimulationOutcome | None:
        from reportgen.compute.simulation import simulate

        return simulate(self.model, self.scenario)

    @cached_property
    def ranges(self) -> tuple[RangeOutcome, ...]:
        from reportgen.compute.ranges import ranges

        return ranges(self.model, self.scenario)

    @cached_property
    def published(self) -> tuple[PublishedOutcome, ...]:
        from reportgen.compute.published import published

        return published(self.model)

    @cached_property
    def scorecard(self) -> ScorecardOutcome | None:
        from reportgen.compute.scorecard import scorecard

        return scorecard(self)

    @cached_property
    def features(self) -> FeaturesOutcome | None:
        from reportgen.compute.features import features

        return features(self)

    @cached_property
    def checklist(self) -> ChecklistOutcome | None:
        from reportgen.compute.checklist import checklist

        return checklist(self)

    @cached_property
    def profiles(self) -> tuple[ProfileOutcome, ...]:
        from reportgen.compute.profiles import profiles

        return profiles(self)


def evaluate(model: Model, scenario: Scenario = BASE_SCENARIO) -> Answers:
    """The model's numbers in one scenario, or with its own values. Raises ModelError as `evaluate_cases` does."""
    return Answers(model, scenario, *evaluate_values(model, scenario))
