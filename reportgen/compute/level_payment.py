"""The level payment that repays a loan of 1, and how it moves with the rate.

Source: Brealey, Myers, Allen, "Principles of Corporate Finance", present value of an annuity: the loan is what its
payments are worth, 1 = payment * (1 - (1 + rate)^-count) / rate.
"""

from __future__ import annotations

import numpy as np

from reportgen.compute.rounding import Array


def level_payment(rate: Array, count: Array) -> Array:
    """What is paid each time; NaN where no payment repays a loan.

    The powers go through logarithms: `1 - (1 + rate)^-count` has few digits left where the rate is next to nothing.
    """
    repaid = -np.expm1(-count * np.log1p(rate))
    possible = (rate > -1) & (count > 0) & np.isfinite(repaid)
    free = np.abs(repaid) < np.finfo(np.float64).tiny
    found = np.where(free, 1 / count, rate / np.where(free, 1.0, repaid))
    return np.where(possible, found, np.nan)


def slope_by_rate(rate: Array, count: Array) -> Array:
    """The payment's derivative by the rate. For a fixed count it only rises, or only falls, with the rate."""
    left = np.exp(-count * np.log1p(rate))
    plain = (1 - left - count * rate * left / (1 + rate)) / (1 - left) ** 2
    near_nothing = (count + 1) / (2 * count) + rate * (count**2 - 1) / (6 * count)
    return np.where(np.abs(rate) * np.maximum(count, 1.0) < _NEAR, near_nothing, plain)


_NEAR = 1e-4
"""Below it two terms of the series are closer than the formula, which loses digits; either has 7 of them."""
