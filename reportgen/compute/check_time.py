"""What time has to be in every case: a horizon that the steps reach, rates that leave something to discount by."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from reportgen.compute.rounding import Array
from reportgen.formula.nodes import Key
from reportgen.formula.units import yearly_share
from reportgen.model.check_timeline import laid_out_for
from reportgen.model.inputs import HORIZON
from reportgen.model.model import InputValue, Model
from reportgen.model.over_time import FACTOR
from reportgen.model.timeline import InputRule
from reportgen.problems import ModelError, Problem


def check_time(model: Model, overrides: Mapping[Key, Array]) -> Model:
    """The model with steps for the longest horizon. Raises ModelError with RG212 for a horizon of nothing, or of more
    than a timeline can have, for a discount rate of -100 %, and for dates and shares that do not fit together."""
    if model.timeline is None or not model.changes_over_time or Key(HORIZON) not in model.definitions:
        return model  # nothing is over time, or nothing of what is evaluated
    horizon = model.quantities[HORIZON]
    horizons = _numbers(model, Key(HORIZON), overrides)
    if horizons.min() <= 0:
        message, hint = "the horizon is greater than zero", "for example 3 year"
        raise ModelError([Problem("RG212", message, model.source, horizon.span, hint)])
    rates = dict.fromkeys(key.name.removesuffix(FACTOR) for key in model.definitions if key.name.endswith(FACTOR))
    for key in (key for name in rates for key in model.keys_of(name)):
        quantity, rate = model.quantities[key.name], float(_numbers(model, key, overrides).min())
        share = yearly_share(quantity.unit)
        if share is not None and quantity.unit.convert(rate, share) <= -1:
            message = f"a discount rate of {rate:.12g} {quantity.unit} leaves nothing to discount by"
            hint = "a rate is above -100 %/year"
            raise ModelError([Problem("RG212", message, model.source, quantity.span, hint)])
    for rule in model.input_rules:
        _check_rule(model, rule, overrides)
    return laid_out_for(model, float(horizons.max()))


def _check_rule(model: Model, rule: InputRule, overrides: Mapping[Key, Array]) -> None:
    """Raises ModelError with RG212 where inputs do not fit together in some case."""
    if not any(key in overrides for key in rule.keys) and not any(key in model.overridden for key in rule.keys):
        return  # as written, they do
    for values in zip(*np.broadcast_arrays(*(_numbers(model, key, overrides) for key in rule.keys)), strict=True):
        if not rule.holds(values):
            shown = ", ".join(f"{key} is {value:.12g}" for key, value in zip(rule.keys, values, strict=True))
            names = "dates that do not rise" if rule.rising else f"shares that sum to {math.fsum(values):.12g} %"
            message, hint = f"`{rule.owner}` has {names}: {shown}", "set them together"
            raise ModelError([Problem("RG212", message, model.source, rule.span, hint)])


def _numbers(model: Model, key: Key, overrides: Mapping[Key, Array]) -> Array:
    """An input in each case."""
    given = model.definitions[key]
    return overrides.get(key, np.array([given.value if isinstance(given, InputValue) else 0.0]))
