"""The internal rate of return: at which rate what is paid and what is saved later are worth the same.

A flow that changes its sign once has one (Descartes' rule of signs); without a change there is none, and with several
there may be several, or none, and none of them says whether to invest (Brealey, Myers and Allen, *Principles of
Corporate Finance*, on the pitfalls of the rule).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

NONE, SEVERAL = "none", "several"


@dataclass(frozen=True, slots=True)
class InternalRate:
    """A share per year; or, where there is not one, `none` or `several`."""

    rate: float | None
    state: str


def internal_rate(amounts: Sequence[float], years: float) -> InternalRate:
    """Of amounts at the start and at the end of each step, so many years long."""
    signs = [amount > 0 for amount in amounts if amount]
    changes = sum(one != other for one, other in pairwise(signs))
    if changes != 1:
        return InternalRate(None, SEVERAL if changes else NONE)
    factor = _root(amounts)
    return InternalRate(factor ** (-1 / years) - 1, "") if factor is not None else InternalRate(None, NONE)


def _root(amounts: Sequence[float]) -> float | None:
    """The only positive discount factor of a step at which the amounts come to nothing, by halving."""

    def worth(factor: float) -> float:
        total = 0.0
        for amount in reversed(amounts):
            total = total * factor + amount
        return total

    first = next(amount for amount in amounts if amount)
    low, high = 0.0, 1.0
    while worth(high) * first > 0:
        low, high = high, high * 2
        if high > _FARTHEST:
            return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if worth(middle) * first > 0 else (low, middle)
    return (low + high) / 2


_FARTHEST = 2.0**20
_HALVINGS = 200
