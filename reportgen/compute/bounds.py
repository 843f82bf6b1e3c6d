"""What is known of a number over an interval of one input: bounds of its values and of its slope."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from reportgen.compute.rounding import Array
from reportgen.compute.steps import Mask

SAME = 1e-13
"""Numbers whose relative difference is below this are taken to be equal."""

NO_BOUND = np.array([np.inf])


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals of the driver, in its unit; `finest` is the width below which it is not cut further."""

    left: Array
    right: Array
    finest: float

    @property
    def middle(self) -> Array:
        return self.left + self.half

    @property
    def half(self) -> Array:
        return (self.right - self.left) / 2

    @property
    def narrow(self) -> Mask:
        return self.right - self.left <= self.finest


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number over many intervals, one entry each: its value in the middle, the bounds of its values, and those of
    its slope; the latter are infinite where it may jump. A single entry holds for all intervals."""

    middle: Array
    low: Array
    high: Array
    least: Array
    most: Array

    @property
    def flipped(self) -> Bounds:
        return Bounds(-self.middle, -self.high, -self.low, -self.most, -self.least)


def constant(value: Array) -> Bounds:
    """The same everywhere on each interval."""
    nothing = np.zeros(1)
    return Bounds(value, value, value, nothing, nothing)


def slack_of(a: Bounds, size: Array) -> Array:
    """How far `a` must pass a threshold to pass it at all. What only rises is at its bound only at an end of the
    interval; what may stay at its bound within passes a threshold there (a negative slack)."""
    may_stay = (a.least <= 0) & (a.most >= 0) & (a.least < a.most)
    widest = np.maximum(np.abs(a.low), np.abs(a.high))
    inclusive = SAME * np.where(np.isfinite(widest), widest, 0.0) + np.finfo(np.float64).tiny
    return np.where(may_stay, -inclusive, SAME * size)


def size_of(*numbers: Bounds) -> Array:
    """What a difference of these numbers is small against."""
    return reduce(np.maximum, (or_else(np.abs(each.middle), 0.0) for each in numbers))


def or_else(numbers: Array, otherwise: float) -> Array:
    return np.where(np.isnan(numbers), otherwise, numbers)


def unless(poor: Mask, bounds: Bounds) -> Bounds:
    """No bounds at all where they are `poor`."""
    return choose(poor, Bounds(bounds.middle, -NO_BOUND, NO_BOUND, -NO_BOUND, NO_BOUND), bounds)


def product(a_low: Array, a_high: Array, b_low: Array, b_high: Array) -> tuple[Array, Array]:
    """The least and the largest product of a number between the first two with one between the others."""
    corners = [or_else(a * b, 0.0) for a in (a_low, a_high) for b in (b_low, b_high)]
    return np.minimum.reduce(corners), np.maximum.reduce(corners)


def whole_power(low: Array, high: Array, exponent: int) -> tuple[Array, Array]:
    ends = np.power(low, float(exponent)), np.power(high, float(exponent))
    least, most = np.minimum(*ends), np.maximum(*ends)
    return (np.where((low < 0) & (high > 0), 0.0, least) if exponent % 2 == 0 and exponent else least), most


def choose(first: NDArray[np.bool_], a: Bounds, b: Bounds) -> Bounds:
    pairs = ((a.middle, b.middle), (a.low, b.low), (a.high, b.high), (a.least, b.least), (a.most, b.most))
    return Bounds(*(np.where(first, one, other) for one, other in pairs))


def hull(a: Bounds, b: Bounds, middle: Array) -> Bounds:
    low, high = np.minimum(a.low, b.low), np.maximum(a.high, b.high)
    return Bounds(middle, low, high, np.minimum(a.least, b.least), np.maximum(a.most, b.most))
