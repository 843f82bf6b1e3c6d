"""What inputs grow to over the years of a projection."""

from __future__ import annotations

from fractions import Fraction

from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit, parse_unit
from reportgen.model.model import Assumption, Given, Growth, Model

_PER_YEAR = parse_unit("1/year")


def is_relative(growth: Growth) -> bool:
    """Whether it is a share of the input per year rather than an amount per year."""
    return growth.unit.fits(_PER_YEAR)


def growth_factors(growth: Growth, unit: Unit) -> tuple[Fraction, ...]:
    """What the growth's number is multiplied by to be a share per year, or an amount of `unit` per year."""
    return growth.unit.factors_to(_PER_YEAR if is_relative(growth) else unit * _PER_YEAR)


def grown_inputs(model: Model, year: int) -> dict[Key, float]:
    """Every input that grows, in a year counted from 1; in the first year, and in year 0, it is as given."""
    steps = max(0, year - 1)
    return {
        key: _grown(assumption, assumption.growth, definition.value, steps)
        for assumption in model.assumptions
        if assumption.growth is not None
        for key in assumption.keys
        if isinstance(definition := model.definitions[key], Given)
    }


def _grown(assumption: Assumption, growth: Growth, value: float, steps: int) -> float:
    step = growth.value
    for factor in growth_factors(growth, assumption.quantity.unit):
        step = step * factor.numerator / factor.denominator
    return value * (1 + step) ** steps if is_relative(growth) else value + step * steps
