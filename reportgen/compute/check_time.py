"""What has to be true of time in every case: a horizon within the steps that are laid out, rates that leave something
to discount by."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from reportgen.compute.rounding import Array
from reportgen.formula.nodes import Key
from reportgen.formula.time_trees import MONTH
from reportgen.formula.units import PER_YEAR, PLAIN, Unit
from reportgen.model.inputs import HORIZON
from reportgen.model.model import InputValue, Model
from reportgen.model.over_time import FACTOR
from reportgen.problems import ModelError, Problem


def check_time(model: Model, overrides: Mapping[Key, Array]) -> None:
    """Raises ModelError: RG212 for a horizon of nothing and a discount rate of -100 %, RG216 for a horizon beyond the
    timeline."""
    if model.timeline is None or not model.changes_over_time:
        return
    _check_horizon(model, _numbers(model, Key(HORIZON), overrides, MONTH), model.timeline.months)
    rates = dict.fromkeys(key.name.removesuffix(FACTOR) for key in model.definitions if key.name.endswith(FACTOR))
    for key in (key for name in rates for key in model.keys_of(name)):
        quantity = model.quantities[key.name]
        unit = PLAIN if quantity.unit.fits(PLAIN) else PER_YEAR
        if _numbers(model, key, overrides, unit).min() <= -1:
            rate = _numbers(model, key, overrides, quantity.unit).min()
            message = f"a discount rate of {rate:.12g} {quantity.unit} leaves nothing to discount by"
            hint = "a rate is above -100 %/year"
            raise ModelError([Problem("RG212", message, model.source, quantity.span, hint)])


def _check_horizon(model: Model, months: Array, longest: int) -> None:
    span = model.quantities[HORIZON].span
    if months.min() <= 0:
        hint = "for example 3 year"
        raise ModelError([Problem("RG212", "the horizon is greater than zero", model.source, span, hint)])
    if months.max() > longest * (1 + 1e-12):
        message = f"the horizon of {months.max():.12g} months goes beyond the timeline of {longest}"
        hint = "lengthen `horizon` at the top of the model"
        raise ModelError([Problem("RG216", message, model.source, span, hint)])


def _numbers(model: Model, key: Key, overrides: Mapping[Key, Array], unit: Unit) -> Array:
    """An input in each case, in a unit that it fits."""
    given = model.definitions[key]
    numbers = overrides.get(key, np.array([given.value if isinstance(given, InputValue) else 0.0]))
    return _converted(numbers, model.quantities[key.name].unit, unit)


def _converted(numbers: Array, unit: Unit, other: Unit) -> Array:
    for factor in unit.factors_to(other):
        numbers = numbers * factor.numerator / factor.denominator
    return numbers
