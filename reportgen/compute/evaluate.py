"""Compute every number of a model for many cases at once.

A case is a set of other values for some inputs. Ten thousand cases cost little more than one wherever they do not
differ, and of hundreds that change one input each only what that changes is computed again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.compute.check_time import check_time
from reportgen.compute.evaluator import Evaluator
from reportgen.compute.rounding import Array
from reportgen.compute.steps import Values
from reportgen.formula.nodes import Key
from reportgen.model.model import CostStatus, InputValue, Model
from reportgen.problems import ModelError

Case = Mapping[Key, float]


def evaluate_cases(model: Model, cases: Sequence[Case]) -> Values:
    """Every number of the model, for each case in turn; arrays have `len(cases)` entries, or one for all.

    Raises ModelError with RG501 (division by zero), RG502 (outside a table), RG503 (no number) and RG504 (a
    deduction or usage beyond its limit), each where the formula does it, and as `check_time` does.
    """
    return evaluate_arrays(model, _overrides(model, cases))


def evaluate_arrays(model: Model, overrides: Mapping[Key, Array]) -> Values:
    """The same for inputs given as arrays: each of one entry per case, or of a single one for all cases. Only what they
    change is computed again."""
    own, model = model, check_time(model, overrides)
    known = _own_values(model) if overrides and model.timeline is own.timeline else {}
    if known is None:  # the model's own values have a problem, which those given may not have
        return _evaluate(model, overrides, {})
    affected = model.dependencies.affected_by(overrides)
    return _evaluate(model, overrides, {key: value for key, value in known.items() if key not in affected})


def _evaluate(model: Model, overrides: Mapping[Key, Array], known: Mapping[Key, Array]) -> Values:
    values: Values = {}
    evaluator = Evaluator(model, values)
    in_steps = {key: group for group in model.dependencies.groups for key in group}
    with np.errstate(all="ignore"):
        for key, definition in model.definitions.items():
            if key in overrides:
                values[key] = overrides[key]
            elif key in known:
                values[key] = known[key]
            elif isinstance(definition, InputValue):
                values[key] = np.array([definition.value])
            elif isinstance(definition, CostStatus):
                values[key] = np.zeros(1)
            elif key in in_steps:
                if key not in values:
                    values.update(evaluator.step_by_step(in_steps[key]))
            else:
                values[key] = evaluator.definition(key, definition)
    if evaluator.problems:
        raise ModelError(evaluator.problems)
    return values


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """The own values of a model, None if they have a problem; `parts` are what they follow from."""

    parts: tuple[object, ...]
    values: Values | None


_kept: deque[_Kept] = deque(maxlen=4)
"""Of the models that were evaluated last: a build asks for hundreds of cases of one or two."""


def _own_values(model: Model) -> Values | None:
    parts = model.definitions, model.tables, model.timeline
    for each in _kept:
        if all(one is other for one, other in zip(each.parts, parts, strict=True)):
            return each.values
    try:
        values: Values | None = _evaluate(check_time(model, {}), {}, {})
    except ModelError:
        values = None
    _kept.append(_Kept(parts, values))
    return values


def _overrides(model: Model, cases: Sequence[Case]) -> Values:
    changed = dict.fromkeys(key for case in cases for key in case)
    found: Values = {}
    for key in changed:
        definition = model.definitions[key]
        base = definition.value if isinstance(definition, InputValue) else 0.0
        found[key] = np.array([case.get(key, base) for case in cases])
    return found
