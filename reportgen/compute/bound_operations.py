"""Computing with bounds: sums, products, powers, steps, tables and loans of what is known over intervals.

Where the way of computing changes within an interval (a step of a table, the smaller of two numbers, a rounding), the
places of such changes are handed out, so that the interval can be cut there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import numpy as np

from reportgen.compute.bounds import (
    NO_BOUND,
    SAME,
    Bounds,
    Intervals,
    choose,
    constant,
    hull,
    or_else,
    product,
    size_of,
    slack_of,
    unless,
    whole_power,
)
from reportgen.compute.level_payment import level_payment, slope_by_rate
from reportgen.compute.read_tables import columns, read_table
from reportgen.compute.rounding import Array, round_like_spreadsheets
from reportgen.compute.steps import Mask
from reportgen.formula.nodes import Function
from reportgen.model.model import Table


class BoundOperations:
    """Operations on bounds over `intervals`. `cuts` are the places, per interval, at which the way of computing changes
    (NaN for none); `unsettled` says where it changes at all."""

    def begin(self, intervals: Intervals) -> None:
        self.intervals = intervals
        self.unsettled = np.zeros(intervals.left.shape, dtype=np.bool_)
        self.cuts: list[Array] = []

    def minus(self, first: Bounds, second: Bounds) -> Bounds:
        return self.plus(first, second.flipped)

    def plus(self, a: Bounds, b: Bounds) -> Bounds:
        return self.tight(a.middle + b.middle, a.low + b.low, a.high + b.high, a.least + b.least, a.most + b.most)

    def tight(self, middle: Array, low: Array, high: Array, least: Array, most: Array) -> Bounds:
        """The bounds that follow from the operands, or from the slope (the mean value form) where that is closer."""
        least, most = or_else(least, -np.inf), or_else(most, np.inf)
        reach = self.intervals.half * np.maximum(np.abs(least), np.abs(most))
        low, high = np.fmax(or_else(low, -np.inf), middle - reach), np.fmin(or_else(high, np.inf), middle + reach)
        return Bounds(middle, low, high, least, most)

    def changes(self, gap: Bounds, found: Mask) -> Mask:
        """Where `gap` changes its sign, of those where it may (`found`); the interval is to be cut there.

        The cuts are the ends of the interval Newton step: for a straight line, both the exact place.
        """
        at, edge = self.intervals, self.intervals.finest
        found = found & ~at.narrow
        sloping = (gap.least > 0) | (gap.most < 0)
        ends = [np.where(sloping, at.middle - gap.middle / slope, np.nan) for slope in (gap.least, gap.most)]
        before, after = np.minimum(*ends), np.maximum(*ends)
        found = found & ~((after <= at.left + edge) | (before >= at.right - edge))
        if found.any():
            self.unsettled = self.unsettled | found
            self.cuts += [np.where(found & (at.left + edge < x) & (x < at.right - edge), x, np.nan) for x in ends]
        return found

    def times(self, a: Bounds, b: Bounds) -> Bounds:
        low, high = product(a.low, a.high, b.low, b.high)
        first, second = product(a.least, a.most, b.low, b.high), product(a.low, a.high, b.least, b.most)
        return self.tight(a.middle * b.middle, low, high, first[0] + second[0], first[1] + second[1])

    def over_by(self, a: Bounds, b: Bounds) -> Bounds:
        """The quotient; without bounds where the divisor may be zero."""
        poor = (b.low <= 0) & (b.high >= 0)
        self.changes(b, poor)
        inverse = np.where(poor, -np.inf, 1 / b.high), np.where(poor, np.inf, 1 / b.low)
        low, high = product(a.low, a.high, *inverse)
        down, up = product(low, high, b.least, b.most)
        least, most = product(a.least - up, a.most - down, *inverse)
        middle = a.middle / np.where(b.middle == 0, np.nan, b.middle)
        return unless(poor, self.tight(middle, low, high, least, most))

    def power(self, a: Bounds, b: Bounds) -> Bounds:
        exponent = float(b.middle[0]) if b.middle.size == 1 and b.least[0] == b.most[0] == 0 else np.nan
        if exponent.is_integer() and exponent >= 0:
            low, high = whole_power(a.low, a.high, int(exponent))
            slope = whole_power(a.low, a.high, max(int(exponent) - 1, 0))
            least, most = product(*product(*slope, a.least, a.most), b.middle, b.middle)
            return self.tight(np.power(a.middle, exponent), low, high, least, most)
        if exponent.is_integer():
            return self.over_by(constant(np.ones(1)), self.power(a, b.flipped))
        poor = a.low <= 0
        self.changes(a, poor)
        base = np.where(poor, 1.0, a.low), np.where(poor, 1.0, a.high)
        corners = [np.power(x, y) for x in base for y in (b.low, b.high)]
        low, high = np.minimum.reduce(corners), np.maximum.reduce(corners)
        first = product(b.least, b.most, np.log(base[0]), np.log(base[1]))
        second = product(*product(b.low, b.high, a.least, a.most), 1 / base[1], 1 / base[0])
        least, most = product(low, high, first[0] + second[0], first[1] + second[1])
        middle = np.power(np.where(poor, np.nan, a.middle), b.middle)
        return unless(poor, self.tight(middle, low, high, least, most))

    def rising(
        self, compute: Callable[[Array], Array], slope: Callable[[Array], Array], a: Bounds, poor: Mask
    ) -> Bounds:
        """A function that only rises, and whose slope does so or only falls; without bounds where it may have no
        value."""
        self.changes(a, poor)
        low, high = (np.where(poor, 1.0, each) for each in (a.low, a.high))
        slopes = slope(low), slope(high)
        least, most = product(a.least, a.most, np.minimum(*slopes), np.maximum(*slopes))
        return unless(poor, self.tight(compute(a.middle), compute(low), compute(high), least, most))

    def payment(self, rate: Bounds, count: Bounds) -> Bounds:
        """The level payment of a loan of 1, which rises with the rate and falls with the count."""
        poor = (rate.low <= -1) | (count.low <= 0)
        middle = level_payment(rate.middle, count.middle)
        low, high = level_payment(rate.low, count.high), level_payment(rate.high, count.low)
        slopes = [slope_by_rate(each, count.middle) for each in (rate.low, rate.high)]
        few_digits = 1e-6 * np.maximum(*map(np.abs, slopes))
        slopes = [np.minimum(*slopes) - few_digits, np.maximum(*slopes) + few_digits]
        found = self.tight(middle, low, high, *product(rate.least, rate.most, *slopes))
        still = (count.least == 0) & (count.most == 0)
        if not still.all():
            one = constant(np.ones(1))
            repaid = self.minus(one, self.power(self.plus(one, rate), count.flipped))
            moving = self.over_by(rate, repaid)
            found = choose(still, found, self.tight(middle, low, high, moving.least, moving.most))
        return unless(poor, found)

    def smaller(self, a: Bounds, b: Bounds) -> Bounds:
        return self.larger(a.flipped, b.flipped).flipped

    def larger(self, a: Bounds, b: Bounds) -> Bounds:
        gap, slack = self.minus(a, b), SAME * size_of(a, b)
        changes = self.changes(gap, (gap.low < -slack) & (gap.high > slack))
        middle = np.maximum(a.middle, b.middle)
        above = np.where(
            self.intervals.narrow, a.middle >= b.middle, gap.high >= -gap.low
        )  # they may tie in the middle
        either = hull(a, b, middle)
        either = Bounds(middle, np.maximum(a.low, b.low), either.high, either.least, either.most)
        return choose(changes, either, choose(above, a, b))

    def rounded(self, function: Function, a: Bounds, digits: int) -> Bounds:
        """Steps lie at halves, or at whole numbers for rounding up and down, in units of the last digit."""
        unit, shift = 10.0**-digits, 0.5 if function is Function.ROUND else 0.0
        slack = slack_of(a, size_of(a))
        first = np.floor((a.low + slack) / unit - shift) + 1
        last = np.ceil((a.high - slack) / unit - shift) - 1
        inner = np.where(np.isfinite(first + last), np.floor((first + last) / 2), np.round(a.middle / unit))
        changes = self.steps(a, (inner + shift) * unit, first <= last, last - first < 1)
        middle, low, high = (round_like_spreadsheets(function, x + 0.0, digits) for x in (a.middle, a.low, a.high))
        return choose(changes, Bounds(middle, low, high, -NO_BOUND, NO_BOUND), constant(middle))

    def charge(self, table: Table, a: Bounds) -> Bounds:
        """Straight within a band; without bounds where usage may be negative."""
        starts, prices = columns(table)
        nothing = constant(np.zeros(1))
        result = self.times(a, constant(prices[:1]))
        for start, more in zip(starts[1:, np.newaxis], np.diff(prices)[:, np.newaxis], strict=True):
            beyond = self.larger(nothing, self.minus(a, constant(start)))
            result = self.plus(result, self.times(beyond, constant(more)))
        return unless(a.low < -SAME * size_of(a, constant(starts[-1:])), result)

    def step(self, table: Table, a: Bounds) -> Bounds:
        starts, results = columns(table)
        size = size_of(a)
        first = np.searchsorted(starts, a.low + SAME * size, side="right")
        last = np.searchsorted(starts, a.high - slack_of(a, size), side="left")
        threshold = starts[np.minimum((first + last) // 2, len(starts) - 1)]
        changes = self.steps(a, threshold, first < last, last - first <= 1)
        rows = np.arange(len(starts))[:, np.newaxis]
        reached = (rows >= first - 1) & (rows < last)
        below = first == 0
        low = np.where(below, -np.inf, np.min(np.where(reached, results[:, np.newaxis], np.inf), axis=0))
        high = np.where(below, np.inf, np.max(np.where(reached, results[:, np.newaxis], -np.inf), axis=0))
        middle = read_table(table, a.middle)
        return choose(changes, Bounds(middle, low, high, -NO_BOUND, NO_BOUND), constant(middle))

    def line(self, table: Table, a: Bounds) -> Bounds:
        """Straight from row to row; without bounds where the argument may lie outside the table."""
        starts, results = columns(table)
        slack = SAME * size_of(a)
        first = np.searchsorted(starts, a.low + slack, side="right")
        last = np.searchsorted(starts, a.high - slack, side="left")
        self.steps(a, starts[np.minimum((first + last) // 2, len(starts) - 1)], first < last, last - first <= 1)
        rows = np.arange(len(starts))[:, np.newaxis]
        inside = np.where((rows >= first) & (rows < last), results[:, np.newaxis], np.nan)
        begin = np.clip(first - 1, 0, len(starts) - 2)
        reached = (rows[:-1] >= begin) & (rows[:-1] < np.maximum(last, begin + 1))
        slopes = np.where(reached, (np.diff(results) / np.diff(starts))[:, np.newaxis], np.nan)
        ends = [read_table(table, np.clip(each, starts[0], starts[-1])) for each in (a.low, a.high)]
        low, high = reduce(np.fmin, (*ends, *inside)), reduce(np.fmax, (*ends, *inside))
        least, most = product(a.least, a.most, np.fmin.reduce(slopes), np.fmax.reduce(slopes))
        outside = (first == 0) | (last == len(starts))
        return unless(outside, self.tight(read_table(table, a.middle), low, high, least, most))

    def steps(self, a: Bounds, threshold: Array, any_inside: Mask, one_inside: Mask) -> Mask:
        """Where `a` passes a step; `threshold` is one of those inside its bounds, to cut at."""
        changes = self.changes(self.minus(a, constant(threshold)), any_inside)
        more = any_inside & ~one_inside & ~self.intervals.narrow
        self.unsettled = self.unsettled | more
        return changes | more
