"""The cash flow of a total: what is paid at the start and in each step of the timeline, and what can be read from it.

Amounts are costs, so a present value is that of what is paid, and the option with the lowest one is the cheapest.
Present value, internal rate and equivalent annual cost are those of the textbooks (Brealey, Myers and Allen,
*Principles of Corporate Finance*); payback and the ratio of benefits to costs as in NIST
Handbook 135, *Life-Cycle Costing Manual*.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, permutations

import numpy as np

from reportgen.compute.internal_rate import InternalRate, internal_rate
from reportgen.compute.level_payment import level_payment
from reportgen.compute.results import Results
from reportgen.compute.rounding import fifteen_digits
from reportgen.formula.nodes import Key
from reportgen.formula.time_trees import MONTHS_IN_STEP
from reportgen.formula.units import Unit, yearly_share
from reportgen.model.cash_flow_model import CashFlow
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, Quantity
from reportgen.model.names import OVER_TIME
from reportgen.model.over_time import FACTOR
from reportgen.model.schedules import amounts_unit
from reportgen.model.timeline import Timeline

Steps = tuple[float, ...]
"""An amount at the start, and one in each step."""


@dataclass(frozen=True, slots=True)
class Payback:
    """`option` costs more at first than `against`. After how many years it has cost no more in all: the first time,
    linear within a step; None where that is never so within the horizon. `discounted_years` is the same of discounted
    amounts. `internal_rate` is that of paying more first and less later; `benefit_to_cost` what is saved, discounted,
    by what is paid more, discounted (None: nothing is)."""

    option: str
    against: str
    years: float | None
    discounted_years: float | None
    internal_rate: InternalRate
    benefit_to_cost: float | None


@dataclass(frozen=True, slots=True)
class CashFlowOutcome:
    """What each option costs at the start and in each step, in `unit` (the total's without its time), a cost being
    positive.

    `times` are the years from the start to the end of each step, 0 for the start. `rate` is the discount rate as a
    share per year; `factors` are what amounts are multiplied by for their present value. `parts` are those of each
    category or item of the total, by its name; `incomplete` the options of which something is not quoted; their amounts
    are what is known.
    """

    total: Quantity
    unit: Unit
    timeline: Timeline
    times: tuple[float, ...]
    rate: float
    factors: Steps
    parts: dict[str, dict[str, Steps]]
    nominal: dict[str, Steps]
    discounted: dict[str, Steps]
    cumulative: dict[str, Steps]
    cumulative_discounted: dict[str, Steps]
    present_value: dict[str, float]
    annual: dict[str, float]
    paybacks: tuple[Payback, ...]
    incomplete: tuple[str, ...]

    @property
    def at_start(self) -> dict[str, float]:
        """What is paid before the first step."""
        return {option: amounts[0] for option, amounts in self.nominal.items()}

    @property
    def year_ends(self) -> tuple[int, ...]:
        """The place of the start, and of the last step of each year up to the horizon, among the amounts."""
        steps = [at for at, (before, after) in enumerate(pairwise(self.times)) if after > before]
        last = {self.timeline.year_of(step): step + 1 for step in steps}
        return 0, *last.values()

    def by_year(self, amounts: Steps) -> Steps:
        """The amount at the start, and what those of each year come to."""
        return between(amounts, self.year_ends)


def between(amounts: Steps, ends: tuple[int, ...]) -> Steps:
    """The amount at the start, and what those up to each of these places come to."""
    return amounts[0], *(math.fsum(amounts[before + 1 : end + 1]) for before, end in pairwise(ends))


def cash_flow(results: Results) -> CashFlowOutcome | None:
    """The cash flow that the model asks for; None where it asks for none."""
    model, request = results.model, results.model.cash_flow
    if request is None or model.timeline is None:
        return None
    total = model.quantities[request.of]
    unit, options = amounts_unit(total.unit), model.option_ids
    parts = {name: {option: _flow(results, name, option, unit) for option in options} for name in request.parts}
    nominal = {option: _summed([by_option[option] for by_option in parts.values()]) for option in options}
    factors = results.series[Key(request.discount_rate.name + FACTOR)]
    discounted = {
        option: tuple(amount * factor for amount, factor in zip(amounts, factors, strict=True))
        for option, amounts in nominal.items()
    }
    cumulative = {option: tuple(accumulate(amounts)) for option, amounts in nominal.items()}
    cumulative_discounted = {option: tuple(accumulate(amounts)) for option, amounts in discounted.items()}
    times = _times(results)
    rate = _rate(results, request)
    present = {option: amounts[-1] for option, amounts in cumulative_discounted.items()}
    return CashFlowOutcome(
        total=total,
        unit=unit,
        timeline=model.timeline,
        times=times,
        rate=rate,
        factors=factors,
        parts=parts,
        nominal=nominal,
        discounted=discounted,
        cumulative=cumulative,
        cumulative_discounted=cumulative_discounted,
        present_value=present,
        annual={option: _annual(present[option], rate, times[-1]) for option in options},
        paybacks=tuple(_paybacks(model.timeline, times, (nominal, cumulative), (discounted, cumulative_discounted))),
        incomplete=tuple(
            option for option in options if results.states.get(Key(total.name, option)) in (INCOMPLETE, NOT_QUOTED)
        ),
    )


def _flow(results: Results, name: str, option: str, unit: Unit) -> Steps:
    amounts = results.series[Key(name + OVER_TIME, option)]
    own = results.model.quantities[name + OVER_TIME].unit
    return tuple(own.convert(amount, unit) for amount in amounts)


def _summed(parts: list[Steps]) -> Steps:
    return tuple(math.fsum(each) for each in zip(*parts, strict=True))


def _rate(results: Results, request: CashFlow) -> float:
    """The discount rate as a share per year."""
    unit, value = results.model.quantities[request.discount_rate.name].unit, results.values[request.discount_rate]
    share = yearly_share(unit)
    return value if share is None else unit.convert(value, share)


def _times(results: Results) -> tuple[float, ...]:
    """Years from the start to the end of each step, or to the horizon within it."""
    return tuple(month / 12 for month in accumulate((0.0, *results.series[Key(MONTHS_IN_STEP)])))


def _annual(present_value: float, rate: float, years: float) -> float:
    return present_value * float(level_payment(np.array([rate]), np.array([years]))[0])


OfOptions = Mapping[str, Steps]


def _paybacks(
    timeline: Timeline, times: Steps, paid: tuple[OfOptions, OfOptions], worth: tuple[OfOptions, OfOptions]
) -> Iterator[Payback]:
    """`paid` are the amounts, and those so far; `worth` the same of discounted ones."""
    for option, against in permutations(paid[0], 2):
        more, more_so_far, worth_more, worth_so_far = (
            [_difference(*pair) for pair in zip(amounts[option], amounts[against], strict=True)]
            for amounts in (*paid, *worth)
        )
        if next((each for each in more if each), 0.0) <= 0:
            continue
        extra, saved = sum(each for each in worth_more if each > 0), -sum(each for each in worth_more if each < 0)
        yield Payback(
            option,
            against,
            _payback(times, more_so_far),
            _payback(times, worth_so_far),
            internal_rate(more, timeline.length / 12),
            saved / extra if extra > 0 else None,
        )


def _difference(one: float, other: float) -> float:
    """Nothing where they are the same by the 15 digits that spreadsheets compare."""
    a, b = np.array([one]), np.array([other])
    return 0.0 if fifteen_digits(a, b)[0] == fifteen_digits(b, a)[0] else one - other


def _payback(times: tuple[float, ...], more: Sequence[float]) -> float | None:
    """When what has been paid for the one, at first more, is no longer above what has been paid for the other."""
    for (start, before), (end, now) in pairwise(zip(times, more, strict=True)):
        if before > 0 >= now:
            return start + (end - start) * before / (before - now)
    return None
