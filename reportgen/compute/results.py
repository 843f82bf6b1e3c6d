"""One case of a model with all its numbers: what every table, sheet, page and JSON file is made from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.compute.evaluate import Evaluator, evaluate_cases
from reportgen.formula.nodes import Key, Node, Reference, keys_in
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, Model, Scenario, Stated
from reportgen.problems import ModelError


@dataclass(frozen=True, slots=True)
class Results:
    """`states` holds `included`, `none`, `not quoted` and `incomplete` of the numbers that have one;
    a number with the state `incomplete` is computed from what is known."""

    model: Model
    scenario: Scenario | None
    values: dict[Key, float]
    states: dict[Key, str]

    def value(self, name: str, option: str | None = None) -> float:
        return self.values[Key(name, option)]

    def state(self, key: Key) -> str:
        return self.states.get(key, "")

    def is_incomplete(self, key: Key) -> bool:
        return self.states.get(key) in (INCOMPLETE, NOT_QUOTED)

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
        return Evaluator(self.model, {key: np.array([self.values[key]]) for key in keys})


def evaluate(model: Model, scenario: Scenario | None = None) -> Results:
    """The model's numbers in one scenario, or with its own values. Raises ModelError as `evaluate_cases` does."""
    try:
        arrays = evaluate_cases(model, [scenario.settings if scenario else {}])
    except ModelError as error:
        raise error.within(f"in scenario `{scenario.id}`" if scenario else "") from error
    return Results(model, scenario, {key: float(array[0]) for key, array in arrays.items()}, states(model))


def states(model: Model) -> dict[Key, str]:
    """The state of each number that has one: what is computed from something not quoted is incomplete."""
    found: dict[Key, str] = {}
    for key, definition in model.definitions.items():
        if isinstance(definition, Stated):
            found[key] = definition.word
        elif any(found.get(each) in (NOT_QUOTED, INCOMPLETE) for each in model.dependencies.direct[key]):
            found[key] = INCOMPLETE
    return found


def source_of(model: Model, key: Key) -> Key:
    """The number that `key` only repeats, directly or by way of others, so that links lead to where it is computed;
    `key` itself where it repeats none, or one that may be a word."""
    while isinstance(definition := model.definitions[key], Reference):
        following = definition.key(key.option)
        if following in model.unquoted or isinstance(model.definitions[following], Stated):
            break
        key = following
    return key
