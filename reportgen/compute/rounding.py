"""Rounding and comparing as spreadsheets do it: of numbers as their 15 significant digits show them.

`round()` and `numpy.round` round 2.5 to 2 and 2.675 to 2.67; Excel, LibreOffice and IronCalc do not. For them
0.1+0.2 is not greater than 0.3 either, and MATCH finds 3 at 2.9999999999999996.
Source: the 15-digit rule reproduces three spreadsheet engines on all cases that were tried.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal

import numpy as np
from numpy.typing import NDArray

from reportgen.formula.nodes import Function

Array = NDArray[np.float64]

_WIDE = Context(prec=400)
_CLOSE = 1e-6


def round_like_spreadsheets(function: Function, numbers: Array, digits: int) -> Array:
    """`numbers` rounded to `digits` decimal places (negative: tens, hundreds).

    Whole arrays go through floats; only numbers too near to a tie (or to a whole number, for rounding up and
    down) to be sure of go through decimals, one by one.
    """
    scaled = np.abs(numbers) * 10.0**digits
    whole = np.floor(scaled)
    rest = scaled - whole
    if function is Function.ROUND:
        up, close = rest >= 0.5, np.abs(rest - 0.5) < _CLOSE * np.maximum(1.0, scaled)
    else:
        up = np.full(scaled.shape, function is Function.ROUND_UP)
        close = np.minimum(rest, 1.0 - rest) < _CLOSE * np.maximum(1.0, scaled)
    result = np.copysign((whole + up) / 10.0**digits if digits >= 0 else (whole + up) * 10.0**-digits, numbers)
    exact = close | (scaled > 1e15)
    if exact.any():
        one = _decimal_rounder(function, digits)
        result[exact] = [one(float(number)) for number in numbers[exact]]
    return result


def _decimal_rounder(function: Function, digits: int) -> Callable[[float], float]:
    mode = {Function.ROUND: ROUND_HALF_UP, Function.ROUND_UP: ROUND_UP, Function.ROUND_DOWN: ROUND_DOWN}[function]
    step = Decimal(1).scaleb(-digits)

    def rounded(number: float) -> float:
        if not np.isfinite(number):
            return number
        return float(Decimal(f"{number:.15g}").quantize(step, mode, _WIDE))

    return rounded


def fifteen_digits(numbers: Array, close_to: Array) -> Array:
    """`numbers`, those that all but equal `close_to` cut to the digits that a spreadsheet compares."""
    numbers, close_to = np.broadcast_arrays(numbers, close_to)
    close = np.abs(numbers - close_to) <= 1e-13 * np.maximum(np.abs(numbers), np.abs(close_to))
    if not close.any():
        return numbers
    result = numbers.copy()
    result[close] = [float(f"{number:.15g}") for number in numbers[close]]
    return result
