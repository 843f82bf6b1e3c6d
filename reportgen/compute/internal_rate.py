"""The internal rate of return: at which rate what is paid and what is saved later are worth the same.

A flow that changes its sign once has one (Descartes' rule of signs); without a change there is none, and with several
there may be several, or none, and none of them says whether to invest (Brealey, Myers and Allen, *Principles of
Corporate Finance*, on the pitfalls of the rule).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reportgen.compute.rounding import Array

NONE, SEVERAL = "none", "several"
REST = 1e-9
"""Of formulas: amounts of up to this share of the largest are what arithmetic leaves where there is nothing."""


@dataclass(frozen=True, slots=True)
class InternalRate:
    """A share per year; or, where there is not one, `none` or `several`."""

    rate: float | None
    state: str


def internal_rate(amounts: Sequence[float], years: float, rest: float = 0.0) -> InternalRate:
    """Of amounts at the start and at the end of each step, so many years long; `rest` as in `internal_rates`."""
    column = np.array(amounts, dtype=np.float64).reshape(-1, 1)
    rate = float(internal_rates(column, years, rest)[0])
    if not np.isnan(rate):
        return InternalRate(rate, "")
    return InternalRate(None, SEVERAL if sign_changes(_signs(column, rest))[0] > 1 else NONE)


def internal_rates(amounts: Array, years: float, rest: float = 0.0) -> Array:
    """Of each column of such amounts; NaN where there is no rate, or several. Amounts that `are_nothing` change
    no sign."""
    signs = _signs(amounts, rest)
    found = np.full(amounts.shape[1], np.nan)
    one = sign_changes(signs) == 1
    if one.any():
        found[one] = _discount_factors(amounts[:, one], first_signs(signs[:, one])) ** (-1 / years) - 1
    return found


def sign_changes(signs: NDArray[np.float64]) -> NDArray[np.intp]:
    """How often the signs of a column change; those of nothing do not count."""
    last = np.zeros(signs.shape[1])
    changes = np.zeros(signs.shape[1], dtype=np.intp)
    for sign in signs:
        changes += (sign * last) < 0
        last = np.where(sign == 0, last, sign)
    return changes


def are_nothing(sizes: Array, rest: float) -> NDArray[np.bool_]:
    """Which sizes are only what arithmetic leaves: up to `rest` times the largest of their column."""
    return np.asarray(sizes <= rest * sizes.max(axis=0, initial=0.0))


def _signs(amounts: Array, rest: float) -> Array:
    return np.where(are_nothing(np.abs(amounts), rest), 0.0, np.sign(amounts))


def first_signs(signs: Array) -> Array:
    """The first sign of each column that is not that of nothing."""
    places = np.argmax(signs != 0, axis=0)
    return np.asarray(signs[places, np.arange(len(places))])


def _discount_factors(amounts: Array, first: Array) -> Array:
    """The only positive discount factor of a step at which the amounts of a column come to nothing, by halving; `first`
    is their sign before it. NaN where it is too far."""

    def is_before(factors: Array) -> NDArray[np.bool_]:
        total = np.zeros(len(factors))
        for row in amounts[::-1]:
            total = total * factors + row
        return np.asarray(total * first > 0)

    low, high = np.zeros(len(first)), np.ones(len(first))
    with np.errstate(all="ignore"):
        while (beyond := is_before(high) & (high <= _FARTHEST)).any():
            low, high = np.where(beyond, high, low), np.where(beyond, high * 2, high)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if ((middle == low) | (middle == high)).all():
                break
            before = is_before(middle)
            low, high = np.where(before, middle, low), np.where(before, high, middle)
        return np.asarray(np.where(high > _FARTHEST, np.nan, (low + high) / 2))


_FARTHEST = 2.0**20
_HALVINGS = 200
