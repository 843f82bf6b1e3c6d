"""Totals of categories: added up over the timeline, on average, or discounted."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.formula import time_trees as trees
from reportgen.formula.nodes import Arithmetic, Node
from reportgen.formula.scope import Quantity as NameMeaning
from reportgen.formula.time_trees import MONTH
from reportgen.formula.units import YEAR, Unit, yearly_share
from reportgen.model.model import is_one_time
from reportgen.model.names import NameScope
from reportgen.model.over_time import OverTime
from reportgen.model.schedules import amounts_unit, is_per_month
from reportgen.model.spec import TotalSpec
from reportgen.model.timeline import AVERAGE, PRESENT_VALUE, SUM, OfTotal
from reportgen.model.written import Text
from reportgen.problems import Collector, suggestion


def of_totals(totals: Iterable[TotalSpec]) -> dict[str, OfTotal]:
    """Those of the totals that add up categories, by name."""
    return {
        each.id.text: OfTotal(
            tuple(of.text for of in each.of),
            each.kind.text if each.kind else "",
            each.rate.text if each.rate else "",
        )
        for each in totals
        if each.of
    }


def total_of(written: TotalSpec, scope: NameScope, time: OverTime | None, problems: Collector) -> Node | None:
    """The tree of a total, one for all options, with a term for each category or item. Reports RG203, RG211, RG212,
    RG305 and RG402."""
    if time is None:
        message = f"`{written.id}` adds up over a timeline, and the model has none"
        problems.error("RG203", message, written.id.span, "add `horizon: 6 year` at the top")
        return None
    found = [parts for each in written.of if (parts := _costs(each, scope, problems)) is not None]
    _check_once(written, problems)
    kind, rate = _kind(written), _rate(written, time, problems)
    if len(found) < len(written.of) or not kind or (kind == PRESENT_VALUE and rate is None):
        return None
    terms = [_term(each, name, written, time, rate, problems) for each, name in zip(found, written.of, strict=True)]
    sound = [each for each in terms if each is not None]
    return None if len(sound) < len(terms) else _sum(sound)


def _sum(terms: Iterable[Node]) -> Node:
    first, *others = terms
    for term in others:
        first = Arithmetic("+", first, term)
    return first


def _costs(name: Text, scope: NameScope, problems: Collector) -> NameMeaning | None:
    meaning = scope.quantity(name.text)
    if meaning is not None and meaning.comes_to:
        return meaning
    if meaning is not None:
        message = f"`{name}` is neither a category nor an item"
        problems.error("RG211", message, name.span, "`of` lists what is paid for; write a `formula` for the rest")
    elif not scope.is_unread(name.text):
        known = [each.name for each in scope.quantities() if each.comes_to]
        problems.error("RG211", f"there is no category `{name}`", name.span, suggestion(name.text, known))
    return None


def _check_once(written: TotalSpec, problems: Collector) -> None:
    """Reports RG212 where something is added twice."""
    names = [each.text for each in written.of]
    for at, name in enumerate(written.of):
        category = name.text.partition(".")[0]
        if name.text in names[:at] or (name.text != category and category in names):
            message = f"`{name}` counts twice in the total `{written.id}`"
            hint = "remove one of them" if name.text in names[:at] else f"remove it: `{category}` has it already"
            problems.error("RG212", message, name.span, hint)


def _kind(written: TotalSpec) -> str:
    """How a total adds up; "" where that could not be read."""
    return written.kind.text if written.kind else ""


def _rate(written: TotalSpec, time: OverTime, problems: Collector) -> NameMeaning | None:
    kind = _kind(written)
    if written.rate is None or not kind:
        return None
    if kind != PRESENT_VALUE:
        hint = f"write `as: {PRESENT_VALUE}`, or remove the rate"
        problems.error("RG212", f"only a present value has a rate; `{written.id}` is none", written.rate.span, hint)
        return None
    meaning = time.inputs.one_number(written.rate)
    if meaning is not None and yearly_share(meaning.unit) is None:
        message = f"a discount rate is in %/year; `{meaning.name}` is in {meaning.unit}"
        problems.error("RG402", message, written.rate.span, "name an input in %/year")
        return None
    return meaning


def _term(
    costs: NameMeaning,
    name: Text,
    written: TotalSpec,
    time: OverTime,
    rate: NameMeaning | None,
    problems: Collector,
) -> Node | None:
    """What one category or item adds, in the total's unit."""
    kind = _kind(written)
    unit, own, whole = written.unit.unit, costs.unit, trees.own(costs.name)
    one_time = is_one_time(own)
    if not one_time and not is_per_month(own):
        message = f"`{name}` is in {own}, which has no amount per month"
        problems.error("RG402", message, name.span, "write the category in EUR/month or EUR/year")
        return None
    if kind == AVERAGE:
        node, found = (trees.over(whole, time.horizon), own / MONTH) if one_time else (whole, own)
    elif kind == SUM:
        node, found = (whole, own) if one_time else (trees.times(whole, time.horizon), own * MONTH)
    else:
        assert rate is not None
        node, found = time.present_value(costs, rate), amounts_unit(own)
    if not found.fits(unit):
        _report_unit(written, name, kind, found, problems)
        return None
    return trees.scaled(node, found, unit)


def _report_unit(written: TotalSpec, name: Text, kind: str, found: Unit, problems: Collector) -> None:
    unit = written.unit.unit
    found = found * MONTH / YEAR if kind == AVERAGE else found
    message = f"`{name}` comes to {found.tidy()} {'on average' if kind == AVERAGE else 'in all'}"
    message += f"; the total `{written.id}` is declared in {unit}"
    hint = f"declare the total in {found.tidy()}"
    other = SUM if kind == AVERAGE else AVERAGE
    if (found * MONTH if kind == AVERAGE else found / MONTH).fits(unit):
        hint = f"write `as: {other}`, or {hint}"
    problems.error("RG402", message, written.unit.span, hint)
