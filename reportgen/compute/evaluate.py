"""Compute every number of a model for many cases at once.

A case is a set of other values for some inputs. Ten thousand cases cost little more than one wherever they do not
differ, and of hundreds that change one input each only what that changes is computed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
    known = own.once(_own_values, lambda: _own_values(own)) if model.timeline is own.timeline else None
    if known is None:  # not known, or they have a problem, which those given may not have
        return _evaluate(model, overrides, {}, model.definitions)
    affected = model.dependencies.affected_by(overrides)
    return _evaluate(model, overrides, known, [key for key in model.definitions if key in affected])


def _evaluate(model: Model, overrides: Mapping[Key, Array], known: Mapping[Key, Array], keys: Iterable[Key]) -> Values:
    """The numbers `keys` computed from those `known`, which are in the order of the model's definitions."""
    values: Values = dict(known)
    evaluator = Evaluator(model, values)
    in_steps = {key: group for group in model.dependencies.groups for key in group}
    stepped: set[Key] = set()
    with np.errstate(all="ignore"):
        for key in keys:
            definition = model.definitions[key]
            if key in overrides:
                values[key] = overrides[key]
            elif isinstance(definition, InputValue):
                values[key] = np.array([definition.value])
            elif isinstance(definition, CostStatus):
                values[key] = np.zeros(1)
            elif key in in_steps:
                if key not in stepped:
                    stepped.update(in_steps[key])
                    values.update(evaluator.step_by_step(in_steps[key]))
            else:
                values[key] = evaluator.definition(key, definition)
    if evaluator.problems:
        raise ModelError(evaluator.problems)
    return values


def _own_values(model: Model) -> Values | None:
    """None if they have a problem."""
    try:
        return _evaluate(check_time(model, {}), {}, {}, model.definitions)
    except ModelError:
        return None


def _overrides(model: Model, cases: Sequence[Case]) -> Values:
    changed = dict.fromkeys(key for case in cases for key in case)
    found: Values = {}
    for key in changed:
        definition = model.definitions[key]
        base = definition.value if isinstance(definition, InputValue) else 0.0
        found[key] = np.array([case.get(key, base) for case in cases])
    return found
