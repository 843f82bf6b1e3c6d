"""Bounds of an internal rate of return, over intervals of one input."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.compute.bound_operations import BoundOperations
from reportgen.compute.bounds import Bounds, or_else, product, unless
from reportgen.compute.internal_rate import REST, are_nothing, first_signs, internal_rates
from reportgen.compute.rounding import Array


class BoundRates(BoundOperations):
    """Operations on bounds over `intervals` of amounts at the start and in each step."""

    def internal_rate(self, amounts: Sequence[Bounds], years: float) -> Bounds:
        """Without bounds where some amount may change its sign, or where there may be no rate.

        An amount more, in whatever step, moves the rate the same way: towards the side that the last amounts are on.
        Its slope follows from 0 = sum of a_t q^t, q being what an amount counts less by after each step:
        d ln q = -(sum of da_t q^t) / (sum of (t - k) a_t q^t), whatever k is; with k where the sign changes, all terms
        of the divisor have one sign.
        """
        middle, low, high, least, most = (
            _rows([getattr(each, part) for each in amounts], self.intervals.left.size)
            for part in ("middle", "low", "high", "least", "most")
        )
        nothing = are_nothing(np.maximum(np.abs(low), np.abs(high)), REST)
        unsure = (low < 0) & (high > 0) & ~nothing
        for at, each in enumerate(amounts):
            self.changes(each, unsure[at])
        rates = internal_rates(middle, years, REST)
        ends = [internal_rates(each, years, REST) for each in (low, high)]
        poor = unsure.any(axis=0) | np.isnan(ends[0]) | np.isnan(ends[1]) | np.isnan(rates)
        lowest, highest = np.fmin(*ends), np.fmax(*ends)
        steps = np.arange(len(amounts))[:, np.newaxis]
        factors = tuple((1 + or_else(each, 0.0)) ** (-years * steps) for each in (highest, lowest))
        signs = np.where(nothing, 0.0, np.sign(low + high))
        last_before = np.where(signs == first_signs(signs), steps, 0).max(axis=0)
        after = steps - last_before
        moved = [each.sum(axis=0) for each in product(least, most, *factors)]
        divisors = [each.sum(axis=0) for each in product(after * low, after * high, *factors)]
        poor = poor | ((divisors[0] <= 0) & (divisors[1] >= 0))
        inverse = np.where(poor, 1.0, 1 / divisors[1]), np.where(poor, 1.0, 1 / divisors[0])
        least, most = product(moved[0], moved[1], *inverse)
        slopes = product(least, most, (1 + lowest) / years, (1 + highest) / years)
        return unless(poor, self.tight(rates, lowest, highest, *slopes))


def _rows(parts: Sequence[Array], width: int) -> Array:
    return np.array([np.broadcast_to(each, width) for each in parts])
