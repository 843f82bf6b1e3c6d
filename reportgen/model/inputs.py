"""Numbers as written become numbers in the unit of what they belong to."""

from __future__ import annotations

from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit, parse_unit
from reportgen.model.model import Assumption, Definition, Given, Group, Growth, Quantity, Range
from reportgen.model.spec import AssumptionSpec, NumberSpec, PerOption
from reportgen.problems import Collector, suggestion

HORIZON = "horizon"
_YEAR = parse_unit("year")


def in_unit(number: NumberSpec, unit: Unit, what: str, problems: Collector) -> float:
    """The number in `unit`. Reports RG402 where its own unit does not fit; the result is then of no use."""
    if number.unit is None:
        return number.value
    if not number.unit.fits(unit):
        problems.error("RG402", f"{what} is in {number.unit}, which does not fit {unit}", number.span)
        return number.value
    value = number.value
    for factor in number.unit.factors_to(unit):
        value = value * factor.numerator / factor.denominator
    return value


def check_assumption(
    written: AssumptionSpec, quantity: Quantity, options: tuple[str, ...], problems: Collector
) -> tuple[Assumption, dict[Key, Definition]]:
    """The assumption and its inputs. Reports RG210, RG211, RG212, RG305 and RG402."""
    keys = tuple(Key(quantity.name, option) for option in options) if quantity.per_option else (Key(quantity.name),)
    values: dict[Key, Definition] = {}
    ranges: dict[Key, Range] = {}
    for part in (written.value, written.low, written.high):
        if isinstance(part, PerOption):
            for name, _ in part.entries:
                if name.text not in options:
                    hint = suggestion(name.text, options) or f"the options are {', '.join(options)}"
                    problems.error("RG211", f"there is no option `{name.text}`", name.span, hint)
    for key in keys:
        value = _number(written.value, key, written, problems)
        if value is None:
            hint = f"add `{key.option}:` with a number"
            problems.error("RG210", f"`{quantity.name}` has no value for `{key.option}`", written.id.span, hint)
            continue
        low, high = _number(written.low, key, written, problems), _number(written.high, key, written, problems)
        ranges[key] = Range(low, high)
        values[key] = Given(value)
        least, most = (value if low is None else low), (value if high is None else high)
        if not least <= value <= most:
            problems.error(
                "RG212",
                f"`{key}` is {value:g}, outside its low {least:g} and high {most:g}",
                written.id.span,
                "low ≤ value ≤ high",
            )
    growth = None if written.growth is None else _growth(written.growth, quantity, problems)
    return Assumption(quantity, keys, ranges, growth), values


def _number(
    written: NumberSpec | PerOption[NumberSpec] | None, key: Key, owner: AssumptionSpec, problems: Collector
) -> float | None:
    if isinstance(written, PerOption):
        if key.option is None:
            problems.error("RG305", f"`{key.name}` is one number; this is one per option", written.span)
            return None
        written = written.get(key.option)
    return None if written is None else in_unit(written, owner.unit.unit, f"a number of `{key.name}`", problems)


def _growth(written: NumberSpec, quantity: Quantity, problems: Collector) -> Growth:
    own = quantity.unit / _YEAR
    unit = own if written.unit is None else written.unit
    if not unit.fits(own) and not unit.fits(parse_unit("%/year")):
        problems.error("RG402", f"growth is in {unit}; it is in %/year or {own}", written.span, "for example 8 %/year")
    return Growth(written.value, unit)


def horizon_group(written: NumberSpec | None, problems: Collector) -> tuple[Group, dict[Key, Definition]] | None:
    """The horizon as an assumption of its own; years where it is a bare number."""
    if written is None:
        return None
    unit = written.unit or _YEAR
    if not unit.fits(_YEAR):
        problems.error("RG402", f"the horizon is in {unit}; it is a time such as 3 year or 18 month", written.span)
    key = Key(HORIZON)
    quantity = Quantity(
        HORIZON, "Horizon", unit, False, (), "The period that one-time costs are spread over", written.span
    )
    assumption = Assumption(quantity, (key,), {key: Range(None, None)}, None)
    return Group("time_frame", "Time frame", "", (assumption,)), {key: Given(written.value)}
