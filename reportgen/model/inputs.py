"""Numbers as written become numbers in the unit of what they belong to."""

from __future__ import annotations

from reportgen.formula.mismatch import code_of
from reportgen.formula.nodes import Key
from reportgen.formula.units import PER_YEAR, YEAR, Unit, parse_unit
from reportgen.model.model import DISTRIBUTIONS, Assumption, Definition, Given, Group, Growth, Quantity, Range
from reportgen.model.spec import AssumptionSpec
from reportgen.model.written import NumberSpec, PerOption
from reportgen.problems import Collector, suggestion
from reportgen.source import Span

HORIZON = "horizon"


def in_unit(number: NumberSpec, unit: Unit, what: str, problems: Collector) -> float:
    """The number in `unit`. Reports RG402 or RG403 where its own unit does not fit; the result is then of no use."""
    if number.unit is None:
        return number.value
    if not number.unit.fits(unit):
        message = f"{what} is in {number.unit}, which does not fit {unit}"
        problems.error(code_of(number.unit, unit), message, number.span, f"write it in {unit}")
        return number.value
    value = number.value
    for factor in number.unit.factors_to(unit):
        value = value * factor.numerator / factor.denominator
    return value


def check_assumption(
    written: AssumptionSpec, quantity: Quantity, options: tuple[str, ...], problems: Collector
) -> tuple[Assumption, dict[Key, Definition]]:
    """The assumption and its inputs. Reports RG210, RG211, RG212, RG305, RG402, RG403 and RG404."""
    keys = tuple(Key(quantity.name, option) for option in options) if quantity.per_option else (Key(quantity.name),)
    values: dict[Key, Definition] = {}
    ranges: dict[Key, Range] = {}
    unread = _unread_options(written, options, problems)
    for key in keys:
        before = len(problems.problems)
        value = _number(written.value, key, written, problems)
        if value is None:
            if unread is not None and key.option not in unread:
                hint = f"add `{key.option}:` with a number"
                problems.error("RG210", f"`{quantity.name}` has no value for `{key.option}`", written.id.span, hint)
            continue
        low, high = _number(written.low, key, written, problems), _number(written.high, key, written, problems)
        ranges[key] = Range(low, high)
        values[key] = Given(value)
        if len(problems.problems) == before:
            _check_range(key, value, written, ranges[key], problems)
    growth = None if written.growth is None else _growth(written.growth, quantity, problems)
    _check_distribution(written, ranges, problems)
    distribution = str(written.distribution or DISTRIBUTIONS[0])
    return Assumption(quantity, keys, ranges, growth, distribution, written.owner, written.review), values


def _check_distribution(written: AssumptionSpec, ranges: dict[Key, Range], problems: Collector) -> None:
    """A distribution needs a low and a high, and a lognormal one numbers above nothing."""
    if written.distribution is None:
        return
    for key, found in ranges.items():
        if found.low is None or found.high is None:
            message = f"`{key}` has a distribution but no low and high"
            problems.error("RG212", message, written.distribution.span, "add `low:` and `high:`")
        elif written.distribution.text == "lognormal" and found.low <= 0:
            message = f"a lognormal number is above nothing; the low of `{key}` is {found.low:.12g}"
            problems.error("RG212", message, written.distribution.span, "raise the low, or take another distribution")


def _unread_options(written: AssumptionSpec, options: tuple[str, ...], problems: Collector) -> tuple[str, ...] | None:
    """The options whose value is reported already; None where an option's name is, so that any may be meant."""
    unread: tuple[str, ...] | None = ()
    for part in (written.value, written.low, written.high):
        if not isinstance(part, PerOption):
            continue
        unknown = [name for name, _ in part.entries if name.text not in options]
        for name in unknown:
            hint = suggestion(name.text, options) or f"the options are {', '.join(options)}"
            problems.error("RG211", f"there is no option `{name.text}`", name.span, hint)
        if part is written.value:
            unread = None if unknown else part.unread
    return unread


def _check_range(key: Key, value: float, written: AssumptionSpec, found: Range, problems: Collector) -> None:
    low, high = found.low, found.high
    if low is not None and high is not None and low > high:
        problems.error(
            "RG212", f"the low of `{key}`, {low:.12g}, is above its high, {high:.12g}", _span(written.low, key)
        )
    elif low is not None and low > value:
        problems.error(
            "RG212", f"the low of `{key}`, {low:.12g}, is above its value, {value:.12g}", _span(written.low, key)
        )
    elif high is not None and high < value:
        problems.error(
            "RG212", f"the high of `{key}`, {high:.12g}, is below its value, {value:.12g}", _span(written.high, key)
        )


def _span(written: NumberSpec | PerOption[NumberSpec] | None, key: Key) -> Span | None:
    if isinstance(written, PerOption):
        written = written.get(key.option or "")
    return written.span if written else None


def _number(
    written: NumberSpec | PerOption[NumberSpec] | None, key: Key, owner: AssumptionSpec, problems: Collector
) -> float | None:
    if isinstance(written, PerOption):
        if key.option is None:
            hint = "write one number, or give its `value` per option too"
            problems.error("RG305", f"`{key.name}` is one number; this is one per option", written.span, hint)
            return None
        written = written.get(key.option)
    return None if written is None else in_unit(written, owner.unit.unit, f"a number of `{key.name}`", problems)


COMPOUNDING = frozenset(parse_unit(f"%/{period}") for period in ("month", "quarter", "year"))


def _growth(written: NumberSpec, quantity: Quantity, problems: Collector) -> Growth | None:
    """Reports RG402, and RG404 where nothing says whether the number is a share or an amount."""
    own, unit = quantity.unit / YEAR, written.unit
    if unit is None or (unit.fits(PER_YEAR) and unit not in COMPOUNDING):
        share = f"{written.value * (100 if unit or abs(written.value) < 1 else 1):.12g} %/year"
        message = f"growth of {written.value:.12g} {unit}" if unit else f"growth of {written.value:.12g} without a unit"
        hint = f"write `growth: {share}`"
        if not own.fits(PER_YEAR):
            hint += f" for a share of the value, or `growth: {written.value:.12g} {own}` to add as much every year"
        problems.error("RG404", f"{message}: is it a share or an amount?", written.span, hint)
        return None
    if unit not in COMPOUNDING and not unit.fits(own):
        problems.error("RG402", f"growth is in {unit}; it is in %/year or {own}", written.span, "for example 8 %/year")
        return None
    return Growth(written.value, unit, written.span)


def horizon_group(written: NumberSpec | None, problems: Collector) -> tuple[Group, dict[Key, Definition]] | None:
    """The horizon as an assumption of its own; years where it is a bare number."""
    if written is None:
        return None
    unit = written.unit or YEAR
    if not unit.fits(YEAR):
        problems.error("RG402", f"the horizon is in {unit}; it is a time", written.span, "for example 3 year")
    key = Key(HORIZON)
    quantity = Quantity(
        HORIZON, "Horizon", unit, False, (), "The period that one-time costs are spread over", written.span
    )
    assumption = Assumption(quantity, (key,), {key: Range(None, None)}, None, DISTRIBUTIONS[0])
    return Group("time_frame", "Time frame", "", (assumption,)), {key: Given(written.value)}
