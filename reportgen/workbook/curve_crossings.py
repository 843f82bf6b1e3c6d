"""What the Break-even sheet reads off a curve, straight from point to point, as its formulas do it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reportgen.compute.break_even import PairBreakEven
from reportgen.compute.breakpoints import BreakEvenCurve

SAME = 1e-12
"""Costs that differ by less than this part of them are the same cost; the formulas have it too."""


@dataclass(frozen=True, slots=True)
class PairCurve:
    """Point by point: how much more the first option costs, the sign of the last difference that was none, where that
    changes on the way from the point before, and the cost there; None where it does not change."""

    pair: PairBreakEven
    differences: tuple[float, ...]
    orders: tuple[float, ...]
    crossings: tuple[float | None, ...]
    heights: tuple[float | None, ...]

    @property
    def first(self) -> float | None:
        return min((each for each in self.crossings if each is not None), default=None)

    @property
    def last(self) -> float | None:
        return max((each for each in self.crossings if each is not None), default=None)


def pair_curve(pair: PairBreakEven, bent: BreakEvenCurve) -> PairCurve:
    """A crossing is a change of order: touching is none, and after an interval of equal costs it is the interval's
    end."""
    differences: list[float] = []
    orders: list[float] = []
    crossings: list[float | None] = []
    heights: list[float | None] = []
    for at, (x, totals) in enumerate(bent.curve):
        one, other = totals[pair.first], totals[pair.second]
        now = 0.0 if abs(one - other) <= SAME * max(abs(one), abs(other)) else one - other
        so_far = orders[-1] if orders else 0.0
        crossing = height = None
        if now and so_far and math.copysign(1.0, now) != so_far:
            before, (left, earlier) = differences[-1], bent.curve[at - 1]
            share = before / (before - now)
            crossing = left + (x - left) * share
            height = earlier[pair.first] + (one - earlier[pair.first]) * share
        differences.append(now)
        orders.append(math.copysign(1.0, now) if now else so_far)
        crossings.append(crossing)
        heights.append(height)
    return PairCurve(pair, tuple(differences), tuple(orders), tuple(crossings), tuple(heights))
