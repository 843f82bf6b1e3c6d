"""Number formats of cells, by the same decimals that pages show."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.compute.digits import enough_decimals, input_decimals, result_decimals
from reportgen.formula.units import PERCENT, Unit


def input_format(value: float, unit: Unit) -> str:
    """Shows a number as its author wrote it."""
    return _number(input_decimals((value,), unit), unit)


def result_format(values: Iterable[float], unit: Unit) -> str:
    """One format for numbers that stand beside each other; the smallest of them is not shown as nothing."""
    numbers = tuple(values)
    decimals = result_decimals(numbers, unit)
    smallest = min((abs(number) for number in numbers if number), default=0.0)
    return _number(enough_decimals(smallest, decimals), unit)


def _number(decimals: int, unit: Unit) -> str:
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return digits + '"%"' if unit == PERCENT else digits
