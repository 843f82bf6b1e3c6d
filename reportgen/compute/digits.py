"""How many decimals a number is shown with, in a sheet as on a page: enough to read, none to distract."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reportgen.formula.units import PERCENT, Unit

MAX_DECIMALS = 12


def result_decimals(values: Iterable[float], unit: Unit) -> int:
    """Decimal places for computed numbers of one unit that stand beside each other, told by the largest of them."""
    sizes = [abs(value) for value in values if value]
    if all(float(f"{size:.12g}").is_integer() for size in sizes):
        return 0
    largest = max(sizes)
    if unit == PERCENT:
        return 1
    if largest >= 10_000:
        return 0
    return 2 if largest >= 1 else min(MAX_DECIMALS, 2 - Decimal(repr(largest)).adjusted())


def input_decimals(values: Iterable[float], unit: Unit) -> int:
    """Decimal places that show inputs as their author wrote them: 0.00042 with five, 50,000 with none."""
    most = 0
    for value in values:
        exponent = Decimal(f"{value:.15g}").normalize().as_tuple().exponent
        most = max(most, -exponent if isinstance(exponent, int) else 0)
    return 2 if most == 1 and unit.currencies else min(most, MAX_DECIMALS)


def shortened(value: float) -> float:
    """A computed number that stands among typed ones, in as many digits as a reader takes in."""
    return float(f"{value:.4g}")


def share_decimals(value: float, decimals: int) -> int:
    """`decimals` of a value in per cent, or as many more as keep what is not the whole from being shown as 100 %."""
    exact, whole = abs(Decimal(f"{value:.15g}")), Decimal(100)
    while exact != whole and decimals < MAX_DECIMALS and abs(exact - whole) * 2 <= Decimal(1).scaleb(-decimals):
        decimals += 1
    return decimals


def enough_decimals(value: float, decimals: int) -> int:
    """`decimals`, or as many as two digits of the value need where it would be shown as nothing."""
    exact = Decimal(f"{value:.15g}")
    if exact == 0 or abs(exact) * 2 >= Decimal(1).scaleb(-decimals):
        return decimals
    return min(MAX_DECIMALS, 1 - exact.adjusted())
