"""Numbers as written become numbers in the unit of what they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from reportgen.formula.months import month_name
from reportgen.formula.nodes import Key, Reference
from reportgen.formula.units import YEAR, Unit
from reportgen.model.model import DISTRIBUTIONS, Assumption, Definition, InputValue, Quantity, Range
from reportgen.model.question_context import in_unit
from reportgen.model.spec import AssumptionSpec, Value
from reportgen.model.timeline import UNKNOWN, Timeline
from reportgen.model.written import ByDate, MonthSpec, NumberSpec, PerOption, Text, every_part
from reportgen.problems import Collector, suggestion

V = TypeVar("V", bound=Value)

HORIZON = "horizon"


def check_assumption(
    written: AssumptionSpec, quantity: Quantity, options: tuple[str, ...], start: int, problems: Collector
) -> tuple[tuple[Assumption, ...], dict[Key, Definition], dict[str | None, ByDate[Key]]]:
    """The assumption, or one for each month from which it has other values; their inputs; and by option which input
    holds from which month on, none where it is the same all the time. A value without a month holds from `start`.

    Reports RG210, RG211, RG305, RG402 and RG403.
    """
    keys = tuple(Key(quantity.name, option) for option in options) if quantity.per_option else (Key(quantity.name),)
    unread = _unread_options(written, options, problems)
    if not isinstance(written.value, PerOption):
        keys = (Key(quantity.name),)
    made: dict[str, _Made] = {}
    dated: dict[str | None, ByDate[Key]] = {}
    for key in keys:
        value = _of_option(written.value, key, problems)
        if value is None:
            if unread is not None and key.option not in unread:
                hint = f"add `{key.option}:` with a number"
                problems.error("RG210", f"`{quantity.name}` has no value for `{key.option}`", written.id.span, hint)
            continue
        low, high = (_of_option(each, key, problems) for each in (written.low, written.high))
        entries = []
        for month, number in _by_month(value, start, is_dated=is_dated(written.value)):
            own = key if month is None else Key(f"{key.name}.{month_name(month.month)}", key.option)
            limits = [_at_month(each, month, written, problems) for each in (low, high)]
            made.setdefault(own.name, _Made(month, [], {}, {}))
            made[own.name].add(own, InputValue(_in_unit(number, written, problems)), Range(*limits))
            entries.append((month, own))
        if entries and entries[0][0] is not None:
            dated[key.option] = ByDate(tuple((month, own) for month, own in entries if month), written.id.span)
    assumptions = tuple(_assumption(written, quantity, name, each) for name, each in made.items())
    values: dict[Key, Definition] = {key: value for each in made.values() for key, value in each.values.items()}
    return assumptions, values | _held(made, dated), dated


def _held(made: Mapping[str, _Made], dated: Mapping[str | None, ByDate[Key]]) -> dict[Key, Definition]:
    """From a month on in which only other options have a new value: what an option has by then."""
    found: dict[Key, Definition] = {}
    for name, each in made.items():
        for option, by_date in dated.items():
            months = by_date.entries
            if each.month is not None and Key(name, option) not in each.values:
                begun = [key for month, key in months if month.month <= each.month.month] or [months[0][1]]
                found[Key(name, option)] = Reference(begun[-1].name, None, True)
    return found


@dataclass(frozen=True, slots=True)
class _Made:
    """Inputs of one name while they are made."""

    month: MonthSpec | None
    keys: list[Key]
    values: dict[Key, InputValue]
    ranges: dict[Key, Range]

    def add(self, key: Key, value: InputValue, limits: Range) -> None:
        self.keys.append(key)
        self.values[key], self.ranges[key] = value, limits


def _assumption(written: AssumptionSpec, quantity: Quantity, name: str, made: _Made) -> Assumption:
    per_option = made.keys[0].option is not None
    own = replace(quantity, name=name, per_option=per_option)
    if made.month is not None:
        own = replace(own, title=f"{quantity.title}, from {month_name(made.month.month)}", span=made.month.span)
    distribution = str(written.distribution or DISTRIBUTIONS[0])
    review = None if written.review is None else written.review.day
    return Assumption(own, tuple(made.keys), made.ranges, distribution, written.owner, review)


def is_dated(value: Value | PerOption[Value]) -> bool:
    """Whether there are values by month, for any option."""
    return any(isinstance(each, ByDate) for each in every_part(value))


def _by_month(value: Value, start: int, *, is_dated: bool) -> tuple[tuple[MonthSpec | None, NumberSpec], ...]:
    if isinstance(value, ByDate):
        return value.entries
    return ((MonthSpec(start, value.span) if is_dated else None, value),)


def _at_month(
    limit: Value | None, month: MonthSpec | None, written: AssumptionSpec, problems: Collector
) -> float | None:
    """A low or high: the one of that month, or the one for all."""
    if isinstance(limit, ByDate):
        if month is None:
            message = f"`{written.id}` is the same all the time; its low or high is not"
            problems.error("RG305", message, limit.span, "write one number, or give its `value` by month too")
            return None
        limit = limit.get(month.month)
    return None if limit is None else _in_unit(limit, written, problems)


def _in_unit(number: NumberSpec, written: AssumptionSpec, problems: Collector) -> float:
    return in_unit(number, written.unit.unit, f"a number of `{written.id}`", problems)


def check_dates(written: AssumptionSpec, timeline: Timeline | None, problems: Collector) -> bool:
    """Whether values by month can be put on the timeline. Reports RG203 and RG216: no timeline, or none with a start;
    no value from its first month on; a month after its last one."""
    for each in every_part(written.value):
        if not isinstance(each, ByDate):
            continue
        if timeline is None or not timeline.dated:
            message = f"`{written.id}` has values by month, and the model has no timeline with a start"
            hint = "add `horizon: 6 year` and `timeline: {start: 2027-01}` at the top"
            problems.error("RG203", message, each.span, hint)
            return False
        first, last = each.entries[0][0], each.entries[-1][0]
        if first.month > timeline.start and timeline is not UNKNOWN:
            start = month_name(timeline.start)
            message = f"`{written.id}` has no value before {month_name(first.month)}; the timeline begins in {start}"
            problems.error("RG216", message, first.span, f"add a value for {start}")
        if last.month >= timeline.start + timeline.months:
            end = month_name(timeline.start + timeline.months - 1)
            message = f"`{written.id}` has a value for {month_name(last.month)}; the timeline ends in {end}"
            problems.error("RG216", message, last.span, "remove it, or lengthen the horizon")
    return timeline is not None


def _unread_options(written: AssumptionSpec, options: tuple[str, ...], problems: Collector) -> tuple[str, ...] | None:
    """The options whose value is reported already; None where an option's name is, so that any may be meant."""
    unknown = report_unknown_options((written.value, written.low, written.high), options, problems)
    if not isinstance(written.value, PerOption):
        return ()
    return None if any(name in unknown for name, _ in written.value.entries) else written.value.unread


def report_unknown_options(
    parts: Iterable[Value | PerOption[Value] | None], options: tuple[str, ...], problems: Collector
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
    number = _of_option(written, key, problems)
    return None if number is None else in_unit(number, unit, f"a number of `{key.name}`", problems)


def _of_option(written: V | PerOption[V] | None, key: Key, problems: Collector) -> V | None:
    if isinstance(written, PerOption):
        if key.option is None:
            hint = "write one number, or one per option wherever it has a number"
            problems.error("RG305", f"`{key.name}` is one number; this is one per option", written.span, hint)
            return None
        return written.get(key.option)
    return written


def horizon_input(written: NumberSpec | None, problems: Collector) -> tuple[Assumption, InputValue] | None:
    """The horizon as an assumption of its own; years where it is a bare number. Reports RG402."""
    if written is None:
        return None
    unit = written.unit or YEAR
    if not unit.fits(YEAR):
        problems.error("RG402", f"the horizon is in {unit}; it is a time", written.span, "for example 3 year")
    key = Key(HORIZON)
    quantity = Quantity(HORIZON, "Horizon", unit, False, (), "The period that the model is about", written.span)
    assumption = Assumption(quantity, (key,), {key: Range(None, None)}, DISTRIBUTIONS[0])
    return assumption, InputValue(written.value)
