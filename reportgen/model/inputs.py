"""Numbers as written become numbers in the unit of what they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.formula.nodes import Key
from reportgen.formula.units import PER_YEAR, YEAR, Unit, parse_unit
from reportgen.model.model import DISTRIBUTIONS, Assumption, Definition, Group, Growth, InputValue, Quantity, Range
from reportgen.model.question_context import in_unit
from reportgen.model.spec import AssumptionSpec
from reportgen.model.written import NumberSpec, PerOption, Text
from reportgen.problems import Collector, suggestion

HORIZON = "horizon"


def check_assumption(
    written: AssumptionSpec, quantity: Quantity, options: tuple[str, ...], problems: Collector
) -> tuple[Assumption, dict[Key, Definition]]:
    """The assumption and its inputs. Reports RG210, RG211, RG305, RG402, RG403 and RG404."""
    keys = tuple(Key(quantity.name, option) for option in options) if quantity.per_option else (Key(quantity.name),)
    values: dict[Key, Definition] = {}
    ranges: dict[Key, Range] = {}
    unread = _unread_options(written, options, problems)
    for key in keys:
        value = number_of_key(written.value, key, quantity.unit, problems)
        if value is None:
            if unread is not None and key.option not in unread:
                hint = f"add `{key.option}:` with a number"
                problems.error("RG210", f"`{quantity.name}` has no value for `{key.option}`", written.id.span, hint)
            continue
        low, high = (number_of_key(each, key, quantity.unit, problems) for each in (written.low, written.high))
        ranges[key] = Range(low, high)
        values[key] = InputValue(value)
    growth = None if written.growth is None else _growth(written.growth, quantity, problems)
    distribution = str(written.distribution or DISTRIBUTIONS[0])
    review = None if written.review is None else written.review.day
    return Assumption(quantity, keys, ranges, growth, distribution, written.owner, review), values


def _unread_options(written: AssumptionSpec, options: tuple[str, ...], problems: Collector) -> tuple[str, ...] | None:
    """The options whose value is reported already; None where an option's name is, so that any may be meant."""
    unknown = report_unknown_options((written.value, written.low, written.high), options, problems)
    if not isinstance(written.value, PerOption):
        return ()
    return None if any(name in unknown for name, _ in written.value.entries) else written.value.unread


def report_unknown_options(
    parts: Iterable[NumberSpec | PerOption[NumberSpec] | None], options: tuple[str, ...], problems: Collector
) -> list[Text]:
    """Reports RG211 for what is no option."""
    names = [name for part in parts if isinstance(part, PerOption) for name, _ in part.entries]
    unknown = [name for name in names if name.text not in options]
    for name in unknown:
        hint = suggestion(name.text, options) or f"the options are {', '.join(options)}"
        problems.error("RG211", f"there is no option `{name.text}`", name.span, hint)
    return unknown


def number_of_key(
    written: NumberSpec | PerOption[NumberSpec] | None, key: Key, unit: Unit, problems: Collector
) -> float | None:
    """What is written for one of a name's numbers, in `unit`. Reports RG305, RG402 and RG403."""
    if isinstance(written, PerOption):
        if key.option is None:
            hint = "write one number, or one per option wherever it has a number"
            problems.error("RG305", f"`{key.name}` is one number; this is one per option", written.span, hint)
            return None
        written = written.get(key.option)
    return None if written is None else in_unit(written, unit, f"a number of `{key.name}`", problems)


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
    return Group("time_frame", "Time frame", "", (assumption,)), {key: InputValue(written.value)}
