"""What is paid in which year: one-time costs in year 0, running costs with the growth of their inputs in each year.

Amounts are costs, so a present value is that of what is paid, and the option with the lowest one is the cheapest. An
amount is paid at the end of its year and discounted by (1 + rate)^-year, that of year 0 as it is; this is the net
present value of the textbooks (Brealey, Myers and Allen, *Principles of Corporate Finance*, on present values).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from reportgen.compute.evaluate import Evaluator, Values, evaluate_cases
from reportgen.compute.one_time import split_total
from reportgen.compute.rounding import fifteen_digits, round_like_spreadsheets
from reportgen.compute.states import states
from reportgen.formula.nodes import Function, Key
from reportgen.formula.units import PER_YEAR, PLAIN, YEAR, Unit
from reportgen.model.cash_flow_model import CashFlow
from reportgen.model.inputs import HORIZON
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, Assumption, InputValue, Model, Quantity
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.problems import ModelError, Problem

PERIOD_WORDS = frozenset(("month", "quarter", "year"))
MAX_YEARS = 100
"""Of a cash flow: beyond it nobody plans, and a slip in the horizon's unit is the likelier reason."""


@dataclass(frozen=True, slots=True)
class Payback:
    """After how many years `option`, which costs more in year 0, has cost no more than `against` in all: the first
    time, linear within a year; None where that is never so within the horizon. `discounted_years` is the same of
    discounted amounts."""

    option: str
    against: str
    years: float | None
    discounted_years: float | None


@dataclass(frozen=True, slots=True)
class CashFlowOutcome:
    """What each option costs in the years 0 to N, in `unit` (the total's without its time), a cost being positive.

    `weights` tell how much of each year counts: 1, but for a last year that the horizon cuts short. `rate` is the
    discount rate as a share per year; `factors` are what a year's amount is multiplied by for its present value.
    `running` amounts are weighted, and nothing in year 0; `nominal` is what is paid in each year, one-time costs
    included. `incomplete` are the options of which something is not quoted; their amounts are what is known.
    """

    total: Quantity
    unit: Unit
    years: tuple[int, ...]
    weights: tuple[float, ...]
    rate: float
    factors: tuple[float, ...]
    one_time: dict[str, float]
    running: dict[str, tuple[float, ...]]
    nominal: dict[str, tuple[float, ...]]
    discounted: dict[str, tuple[float, ...]]
    cumulative: dict[str, tuple[float, ...]]
    cumulative_discounted: dict[str, tuple[float, ...]]
    present_value: dict[str, float]
    paybacks: tuple[Payback, ...]
    incomplete: tuple[str, ...]


def cash_flow(model: Model, scenario: Scenario = BASE_SCENARIO) -> CashFlowOutcome | None:
    """The cash flow that the model asks for, in one scenario or with its own values; None where it asks for none.

    Raises ModelError: RG203 without a horizon, RG212 where the horizon or the discount rate has no meaning, RG402
    where the total has no time in its unit, and whatever evaluating reports in a year.
    """
    request = model.cash_flow
    if request is None:
        return None
    total = model.quantities[request.of]
    settings = scenario.settings
    unit, horizon = amount_unit(model, total), horizon_years(model, settings)
    rate = discount_rate(model, request, settings)
    count = int(round_like_spreadsheets(Function.ROUND_UP, np.array([horizon]), 0)[0])
    years = tuple(range(count + 1))
    weights = (*[1.0] * count, horizon - (count - 1))
    factors = _factors(model, request, rate, years)
    values = _evaluate_years(model, scenario, years)
    one_time, running = _amounts(model, total, values, weights, horizon)
    nominal = {option: (once, *running[option][1:]) for option, once in one_time.items()}
    discounted = {
        option: tuple(amount * factor for amount, factor in zip(amounts, factors, strict=True))
        for option, amounts in nominal.items()
    }
    cumulative = {option: tuple(accumulate(amounts)) for option, amounts in nominal.items()}
    cumulative_discounted = {option: tuple(accumulate(amounts)) for option, amounts in discounted.items()}
    times = tuple(accumulate((0.0, *weights[1:])))
    found = states(model)
    return CashFlowOutcome(
        total=total,
        unit=unit,
        years=years,
        weights=weights,
        rate=rate,
        factors=factors,
        one_time=one_time,
        running=running,
        nominal=nominal,
        discounted=discounted,
        cumulative=cumulative,
        cumulative_discounted=cumulative_discounted,
        present_value={option: amounts[-1] for option, amounts in cumulative_discounted.items()},
        paybacks=tuple(_paybacks(times, one_time, cumulative, cumulative_discounted)),
        incomplete=tuple(each for each in one_time if found.get(Key(total.name, each)) in (INCOMPLETE, NOT_QUOTED)),
    )


def amount_unit(model: Model, total: Quantity) -> Unit:
    """The unit of what a total costs in a year: EUR for a total in EUR/year or EUR/month. Raises RG402."""
    if total.unit.dimension.get("calendar time") != -1:
        message = f"a cash flow needs a total per year; `{total.name}` is in {total.unit}"
        hint = "name another total: `cash_flow: {of: …}`"
        raise ModelError([Problem("RG402", message, model.source, total.span, hint)])
    return Unit(tuple((word, exponent) for word, exponent in total.unit.words if word not in PERIOD_WORDS))


def horizon_years(model: Model, settings: Mapping[Key, float]) -> float:
    """The horizon in years. Raises RG203 and RG212."""
    key = Key(HORIZON)
    quantity = model.quantities.get(HORIZON)
    if quantity is None:
        span = model.quantities[model.cash_flow.of].span if model.cash_flow else None
        message = "the cash flow of this total runs to the horizon, and the model has none"
        raise ModelError([Problem("RG203", message, model.source, span, "add `horizon: 3 year` at the top")])
    years = converted(input_value(model, key, settings), quantity.unit, YEAR)
    if not 0 < years <= MAX_YEARS:
        message = f"a cash flow covers more than zero and at most {MAX_YEARS} years; the horizon is {years:.12g}"
        raise ModelError([Problem("RG212", message, model.source, quantity.span)])
    return years


def discount_rate(model: Model, request: CashFlow, settings: Mapping[Key, float]) -> float:
    """The discount rate as a share per year. Raises RG212."""
    quantity = model.quantities[request.discount_rate.name]
    value = input_value(model, request.discount_rate, settings)
    rate = converted(value, quantity.unit, PLAIN if quantity.unit.fits(PLAIN) else PER_YEAR)
    if not rate > -1:
        message = f"a discount rate of {value:.12g} {quantity.unit} leaves nothing to discount by"
        raise ModelError([Problem("RG212", message, model.source, quantity.span, "a rate is above -100 %/year")])
    return rate


def _factors(model: Model, request: CashFlow, rate: float, years: tuple[int, ...]) -> tuple[float, ...]:
    with np.errstate(all="ignore"):
        factors = tuple(float(np.float64(1 + rate) ** -year) for year in years)
    if not math.isfinite(factors[-1]):
        message = f"a discount rate so near to -100 % has no meaning over {years[-1]} years"
        span = model.quantities[request.discount_rate.name].span
        raise ModelError([Problem("RG212", message, model.source, span, "a rate is above -100 %/year")])
    return factors


def input_value(model: Model, key: Key, settings: Mapping[Key, float]) -> float:
    """The number of an input where `settings` hold over the model's own values."""
    definition = model.definitions[key]
    return settings.get(key, definition.value if isinstance(definition, InputValue) else 0.0)


def converted(value: float, unit: Unit, other: Unit) -> float:
    """A number in `unit`, in `other`, which fits it."""
    for factor in unit.factors_to(other):
        value = value * factor.numerator / factor.denominator
    return value


def grown(assumption: Assumption, value: float, year: int) -> float:
    """An input in year 1, 2, …: growth in per cent is compounded over its own period (3 %/quarter is four times 3 % a
    year), one in the input's unit per year is added up; both begin after year 1."""
    growth = assumption.growth
    if growth is None:
        return value
    if growth.compounds:
        periods = math.prod((YEAR / growth.period).factors_to(PLAIN))
        share = np.float64(converted(growth.value, growth.unit * growth.period, PLAIN))
        with np.errstate(all="ignore"):
            return float(value * (1 + share) ** (float(periods) * (year - 1)))
    return value + converted(growth.value, growth.unit, assumption.quantity.unit / YEAR) * (year - 1)


def year_case(model: Model, settings: Mapping[Key, float], year: int) -> dict[Key, float]:
    """The case of a year: what `settings` hold, with every input that grows at its number in that year; year 0 is
    as year 1, before anything has grown. Raises RG503."""
    case = dict(settings)
    for assumption in model.assumptions:
        for key in assumption.keys if assumption.growth is not None else ():
            case[key] = grown(assumption, input_value(model, key, settings), max(year, 1))
            if not math.isfinite(case[key]):
                message = f"`{key}` grows beyond any number by year {year}"
                raise ModelError([Problem("RG503", message, model.source, assumption.quantity.span)])
    return case


def _evaluate_years(model: Model, scenario: Scenario, years: tuple[int, ...]) -> Values:
    settings = scenario.settings
    cases = [year_case(model, settings, year) for year in years]
    try:
        return evaluate_cases(model, cases)
    except ModelError as error:
        raise error.within(f"in a year of the cash flow {scenario.where}".rstrip()) from error


def _amounts(
    model: Model, total: Quantity, values: Values, weights: tuple[float, ...], horizon: float
) -> tuple[dict[str, float], dict[str, tuple[float, ...]]]:
    """What is paid once, and what is paid in each year: by option, in the total's unit without its time."""
    unit = amount_unit(model, total)
    per_year = math.prod((total.unit * YEAR).factors_to(unit))
    evaluator = Evaluator(model, values)
    splits = {option: split_total(model, total, option, unit) for option in model.option_ids}
    one_time, running, items = {}, {}, {}
    for option, split in splits.items():
        once, yearly = (
            evaluator.node(part, option) * per_year.numerator / per_year.denominator
            for part in (split.once, split.running)
        )
        one_time[option] = float(once[0]) * horizon
        running[option] = (0.0, *(float(amount) for amount in (yearly * weights)[1:]))
        items[option] = float(evaluator.node(split.items, option)[0])
    if evaluator.problems:
        raise ModelError(evaluator.problems)
    _check_one_time(model, total, unit, one_time, items)
    return one_time, running


def _check_one_time(
    model: Model, total: Quantity, unit: Unit, amounts: Mapping[str, float], items: Mapping[str, float]
) -> None:
    """Year 0 of each option is the sum of its one-time items. Raises RG505: a total may spread them over another period
    than the horizon, charge interest on them or count a part of them, and then nothing tells when they are paid."""
    off = [option for option, amount in amounts.items() if not math.isclose(amount, items[option], rel_tol=1e-9)]
    if off:
        found = " and ".join(f"{amounts[option]:,.12g} {unit} for `{option}`" for option in off)
        wanted = " and ".join(f"{items[option]:,.12g} {unit}" for option in off)
        message = f"year 0 of the cash flow of `{total.name}` would be {found}; its one-time items come to {wanted}"
        hint = "spread one-time costs over the horizon and nothing else (`… + set_up / horizon`), or remove `cash_flow`"
        raise ModelError([Problem("RG505", message, model.source, total.span, hint)])


def _paybacks(
    times: tuple[float, ...],
    one_time: Mapping[str, float],
    cumulative: Mapping[str, tuple[float, ...]],
    discounted: Mapping[str, tuple[float, ...]],
) -> Iterator[Payback]:
    for option in one_time:
        for against in one_time:
            if not _at_most(one_time[option], one_time[against]):
                years = _payback(times, cumulative[option], cumulative[against])
                discounted_years = _payback(times, discounted[option], discounted[against])
                yield Payback(option, against, years, discounted_years)


def _payback(times: tuple[float, ...], more: tuple[float, ...], less: tuple[float, ...]) -> float | None:
    """When what has been paid for the one, at first more, is no longer above what has been paid for the other."""
    for at in range(1, len(times)):
        if _at_most(more[at], less[at]):
            before, after = more[at - 1] - less[at - 1], more[at] - less[at]
            return times[at - 1] + (times[at] - times[at - 1]) * before / (before - after)
    return None


def _at_most(one: float, other: float) -> bool:
    """Compared by 15 digits, as spreadsheets do."""
    a, b = np.array([one]), np.array([other])
    return bool(fifteen_digits(a, b)[0] <= fifteen_digits(b, a)[0])
