"""Number formats by unit and size: enough digits to read, none to distract."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reportgen.formula.units import PERCENT, Unit

MAX_DECIMALS = 10


def input_format(value: float, unit: Unit) -> str:
    """Shows a number as its author wrote it: 0.00042 with five decimals, 50,000 with none."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    decimals = min(max(0, -exponent), MAX_DECIMALS) if isinstance(exponent, int) else 0
    if unit.currencies and 0 < decimals < 2:
        decimals = 2
    return _number(decimals, unit)


def result_format(values: Iterable[float], unit: Unit) -> str:
    """One format for numbers that stand beside each other, by the smallest of them that is not nothing."""
    sizes = [abs(value) for value in values if value]
    largest, smallest = (max(sizes), min(sizes)) if sizes else (0.0, 1.0)
    if all(float(size).is_integer() for size in sizes) and not unit.currencies:
        decimals = 0
    elif smallest < 0.01:
        decimals = min(MAX_DECIMALS, 2 - Decimal(repr(smallest)).adjusted())
    elif unit == PERCENT:
        decimals = 1
    else:
        decimals = 0 if largest >= 100_000 else 2
    return _number(decimals, unit)


def _number(decimals: int, unit: Unit) -> str:
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return digits + '"%"' if unit == PERCENT else digits
