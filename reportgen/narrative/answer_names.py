"""The answers to a model's questions as names of the narrative, computed when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from reportgen.compute.answers import Answers
from reportgen.compute.break_even import BreakEvenOutcome, Crossing, PairBreakEven
from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.simulation import SimulationOutcome
from reportgen.formula.units import PERCENT, PLAIN, YEAR, Unit
from reportgen.model.model import INCOMPLETE
from reportgen.narrative.figures import Figure, Missing
from reportgen.narrative.members import Member

Parts = dict[str, Callable[[], object]]
FindOption = Callable[[str], Member]


def answers(results: Answers, option_of: FindOption) -> Parts:
    """`break_even`, `cash_flow`, `simulation` and `ranges`, where the model asks for them.

    Their parts raise ModelError as the functions of `reportgen.compute` do.
    """
    found: Parts = {}
    model = results.model
    if model.break_evens:
        outcomes = cache(lambda: {each.question.id: each for each in results.break_evens})
        parts: Parts = {
            each.id: lambda id_=each.id: _break_even(outcomes()[id_], option_of)  # type: ignore[misc]
            for each in model.break_evens
        }
        found["break_even"] = lambda: Member("break_even", parts)
    if model.cash_flow is not None:
        found["cash_flow"] = lambda: _cash_flow(results.cash_flow)
    if model.simulation is not None:
        found["simulation"] = lambda: _simulation(results.simulation)
    if model.assessment.ranges:
        found["ranges"] = lambda: _ranges(results)
    return found


def _figures(name: str, values: Mapping[str, float], unit: Unit, incomplete: tuple[str, ...]) -> Callable[[], Member]:
    """A figure for each option."""

    def figure(option: str) -> Figure:
        return Figure((values[option],), unit, f"{name}.{option}", INCOMPLETE if option in incomplete else "")

    return lambda: Member(name, {option: lambda option=option: figure(option) for option in values})  # type: ignore[misc]


def _break_even(outcome: BreakEvenOutcome, option_of: FindOption) -> Member:
    """The first of its options against the second; against the others by their names."""
    question, name = outcome.question, f"break_even.{outcome.question.id}"
    parts = _pair(outcome, outcome.pairs[0], name, option_of)
    for pair in outcome.pairs:
        if pair.first == question.between[0]:
            inner = f"{name}.{pair.second}"
            parts[pair.second] = lambda pair=pair, inner=inner: Member(  # type: ignore[misc]
                inner, _pair(outcome, pair, inner, option_of)
            )
    ends = (("start", question.start), ("end", question.end))
    for end, value in ends:
        figure = Figure((value,), outcome.driver.unit, f"{name}.{end}")
        parts[end] = lambda figure=figure: figure  # type: ignore[misc]
    parts["title"] = lambda: question.title
    return Member(name, parts)


def _pair(outcome: BreakEvenOutcome, pair: PairBreakEven, name: str, option_of: FindOption) -> Parts:
    """`at` is where the order changes for good within the range, `first` where it does for the first time."""
    none = Missing(
        f"`{name}` has no crossing between {outcome.question.start:.12g} and {outcome.question.end:.12g}",
        f"ask first: {{% if {name}.crosses %}}",
    )

    def at(crossing: Crossing | None, part: str) -> object:
        if crossing is None:
            return none
        return Figure((crossing.at,), outcome.driver.unit, f"{name}.{part}", INCOMPLETE if pair.incomplete else "")

    def cheaper(crossing: Crossing | None, after: bool) -> object:
        if pair.never_differ:
            return Missing(f"the options of `{name}` cost the same")
        side = pair.less_above if after else pair.less_below
        option = pair.always if crossing is None else side(crossing)
        if option is None:
            lacking = " and ".join(f"`{each}`" for each in pair.incomplete)
            return Missing(f"`{name}`: which option costs less is not known, for want of a price of {lacking}")
        return option_of(option)

    return {
        "crosses": lambda: bool(pair.crossings),
        "at": lambda: at(pair.sustained, "at"),
        "first": lambda: at(pair.first_crossing, "first"),
        "cheaper_below": lambda: cheaper(pair.first_crossing, False),
        "cheaper_above": lambda: cheaper(pair.sustained, True),
    }


def _cash_flow(outcome: CashFlowOutcome | None) -> Member:
    assert outcome is not None, "asked for by the model"
    options = tuple(outcome.present_value)
    sums = {option: amounts[-1] for option, amounts in outcome.cumulative.items()}
    rate = Figure((outcome.rate * 100,), PERCENT, "cash_flow.rate")
    parts: Parts = {
        "present_value": _figures("cash_flow.present_value", outcome.present_value, outcome.unit, outcome.incomplete),
        "sum": _figures("cash_flow.sum", sums, outcome.unit, outcome.incomplete),
        "at_start": _figures("cash_flow.at_start", outcome.at_start, outcome.unit, outcome.incomplete),
        "annual": _figures("cash_flow.annual", outcome.annual, outcome.unit / YEAR, outcome.incomplete),
        "rate": lambda: rate,
    }
    for name in ("payback", "discounted_payback"):
        whole = f"cash_flow.{name}"
        inner: Parts = {
            option: lambda option=option, whole=whole: _paybacks(outcome, whole, option, options)  # type: ignore[misc]
            for option in options
        }
        parts[name] = lambda whole=whole, inner=inner: Member(whole, inner)  # type: ignore[misc]
    return Member("cash_flow", parts)


def _paybacks(outcome: CashFlowOutcome, whole: str, option: str, options: tuple[str, ...]) -> Member:
    """Years until the option, which costs more at first, has cost no more than each other one."""
    found = {each.against: each for each in outcome.paybacks if each.option == option}

    def years(against: str) -> object:
        name, payback = f"{whole}.{option}.{against}", found.get(against)
        if payback is None:
            return Missing(f"`{name}`: `{option}` does not cost more at first, so that nothing is paid back")
        number = payback.years if whole.endswith(".payback") else payback.discounted_years
        if number is None:
            return Missing(f"`{name}`: `{option}` does not pay back within the horizon")
        lacking = {option, against} & set(outcome.incomplete)
        return Figure((number,), YEAR, name, INCOMPLETE if lacking else "")

    others = [each for each in options if each != option]
    return Member(f"{whole}.{option}", {each: lambda each=each: years(each) for each in others})  # type: ignore[misc]


def _simulation(outcome: SimulationOutcome | None) -> Member:
    assert outcome is not None, "asked for by the model"
    unit, incomplete = outcome.total.unit, outcome.incomplete
    shares = {option: share * 100 for option, share in outcome.cheapest.items()}
    parts: Parts = {
        "mean": _figures("simulation.mean", outcome.mean, unit, incomplete),
        "chance_cheapest": _chances(shares, incomplete),
        "draws": lambda: Figure((float(outcome.draws),), PLAIN, "simulation.draws"),
    }
    for percentile in next(iter(outcome.percentiles.values())):
        values = {option: found[percentile] for option, found in outcome.percentiles.items()}
        parts[f"p{percentile}"] = _figures(f"simulation.p{percentile}", values, unit, incomplete)
    return Member("simulation", parts)


def _chances(shares: Mapping[str, float], incomplete: tuple[str, ...]) -> Callable[[], Member]:
    """How likely each option is to be the cheapest; one that lacks a price is not ranked."""
    name = "simulation.chance_cheapest"

    def chance(option: str) -> object:
        if option in incomplete:
            return Missing(f"`{name}.{option}`: `{option}` lacks a price and is not ranked")
        return Figure((shares[option],), PERCENT, f"{name}.{option}")

    return lambda: Member(name, {option: lambda option=option: chance(option) for option in shares})  # type: ignore[misc]


def _ranges(results: Answers) -> Member:
    """Each range's lowest and highest total, all its inputs at the end that lowers or raises it."""
    parts: Parts = {}
    for outcome in results.ranges:
        extremes = outcome.extremes
        name, unit = f"ranges.{extremes.range.id}", extremes.total.unit
        inner: Parts = {
            "low": _figures(f"{name}.low", extremes.low, unit, extremes.incomplete),
            "high": _figures(f"{name}.high", extremes.high, unit, extremes.incomplete),
        }
        parts[extremes.range.id] = lambda name=name, inner=inner: Member(name, inner)  # type: ignore[misc]
    return Member("ranges", parts)
