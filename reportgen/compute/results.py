"""One case of a model with all its numbers: what every table, sheet, page and JSON file is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.evaluator import Evaluator
from reportgen.compute.internal_rate import REST, internal_rate
from reportgen.compute.rounding import Array
from reportgen.compute.states import divisors, states
from reportgen.compute.steps import Values
from reportgen.formula.nodes import Key, Node, Reference, keys_in
from reportgen.formula.time_trees import MONTHS_IN_STEP
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, CostStatus, InputValue, Model, Shape, internal_rate_in
from reportgen.model.scenarios_model import Scenario
from reportgen.problems import ModelError


@dataclass(frozen=True, slots=True)
class Results:
    """`states` holds `included`, `none`, `not quoted` and `incomplete` of the numbers that have one;
    a number with the state `incomplete` is computed from what is known, and is nothing where nothing is. `series` has
    the steps of what is over time, those of a flow after its start; its value is the sum of a flow, and else the mean
    over the timeline."""

    model: Model
    scenario: Scenario
    values: dict[Key, float]
    states: Mapping[Key, str]
    series: dict[Key, tuple[float, ...]]

    def value(self, name: str, option: str | None = None) -> float:
        return self.values[Key(name, option)]

    def state(self, key: Key) -> str:
        return self.states.get(key, "")

    def is_incomplete(self, key: Key) -> bool:
        return self.states.get(key) in (INCOMPLETE, NOT_QUOTED)

    def is_known(self, key: Key) -> bool:
        """Whether anything is known of a number: one of nothing but missing prices is no 0."""
        return not (self.is_incomplete(key) and self.values[key] == 0) and not self.missing_rate(key)

    def missing_rate(self, key: Key) -> str:
        """`none` or `several` where a metric is an internal rate of return that does not exist; "" elsewhere."""
        return missing_rate(self.model, key, self.values[key], self.series.__getitem__)

    def divides_by_unknown(self, key: Key) -> bool:
        """Whether a number has no value because something it divides by is nothing for want of a price."""
        definition = self.model.definitions[key]
        found = () if isinstance(definition, InputValue | CostStatus) else divisors(definition)
        return any(
            any(map(self.is_incomplete, keys_in(each, key.option, self.model.option_ids)))
            and self.compute(each, key.option, key.name) == 0
            for each in found
        )

    def compute(self, node: Node, option: str | None = None, what: str = "") -> float:
        """A tree beside the model (a difference, a share of a total) from these numbers; `what` names it in problems.

        Raises ModelError as `evaluate_cases` does.
        """
        evaluator = self._evaluator(node, option)
        value = float(evaluator.node(node, option, what)[0])
        if evaluator.problems:
            raise ModelError(evaluator.problems)
        return value

    def holds(self, node: Node, what: str) -> bool:
        """Whether a condition beside the model holds with these numbers. Raises ModelError as `compute` does."""
        evaluator = self._evaluator(node, None)
        answer = bool(evaluator.decision(node, what)[0])
        if evaluator.problems:
            raise ModelError(evaluator.problems)
        return answer

    def _evaluator(self, node: Node, option: str | None) -> Evaluator:
        keys = keys_in(node, option, self.model.option_ids)
        return Evaluator(self.model, {key: self._known(key) for key in keys})

    def _known(self, key: Key) -> Array:
        return np.array(self.series[key])[:, np.newaxis] if key in self.series else np.array([self.values[key]])


def missing_rate(model: Model, key: Key, value: float, amounts: Callable[[Key], Sequence[float]]) -> str:
    """The same of a number in any case, whose `amounts` at the start and in each step are known by name."""
    rate = internal_rate_in(model.definitions[key]) if key in model.rates else None
    if rate is None or model.timeline is None or not np.isnan(value):
        return ""
    return internal_rate(amounts(rate.series.key(key.option)), model.timeline.length / 12, REST).state


def numbers_of(model: Model, arrays: Values, case: int) -> tuple[dict[Key, float], dict[Key, tuple[float, ...]]]:
    """The numbers of one of several cases, and the steps of those over time."""
    columns = {key: numbers[..., case if numbers.shape[-1] > 1 else 0] for key, numbers in arrays.items()}
    shapes = {key: model.quantities[key.name].shape for key in columns}
    series = {key: _steps(model, columns[key], shape) for key, shape in shapes.items() if shape is not Shape.ONE}
    values = {key: float(column) for key, column in columns.items() if key not in series}
    months = series.get(Key(MONTHS_IN_STEP))
    for key, steps in series.items():
        values[key] = float(np.sum(steps) if shapes[key] is Shape.FLOW else np.average(steps, weights=months))
    return {key: values[key] for key in arrays}, series


def _steps(model: Model, column: Array, shape: Shape) -> tuple[float, ...]:
    """What is the same in every step, like the nothing of a cost that does not apply, has one number for all."""
    assert model.timeline is not None
    steps = model.timeline.steps + (1 if shape is Shape.FLOW else 0)
    return tuple((column if column.ndim else np.full(steps, column)).tolist())


Evaluated = tuple[dict[Key, float], Mapping[Key, str], dict[Key, tuple[float, ...]]]


def evaluate_values(model: Model, scenario: Scenario) -> Evaluated:
    """The model's numbers in one scenario, their states, and the steps of those over time. Raises ModelError as
    `evaluate_cases` does."""
    try:
        arrays = evaluate_cases(model, [scenario.settings])
    except ModelError as error:
        raise error.within(scenario.where) from error
    values, series = numbers_of(model, arrays, 0)
    return values, states(model), series


def source_of(model: Model, key: Key) -> Key:
    """The number that `key` only repeats, directly or by way of others, so that links lead to where it is computed;
    `key` itself where it repeats none, or one that may be a word."""
    while isinstance(definition := model.definitions[key], Reference):
        following = definition.key(key.option)
        if following in model.unquoted or isinstance(model.definitions[following], CostStatus):
            break
        key = following
    return key
