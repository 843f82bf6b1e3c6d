"""When an item is paid: its rate or its amounts in each step of the timeline."""

from __future__ import annotations

import math
from typing import Protocol

from reportgen.formula import nodes as n
from reportgen.formula import time_trees as trees
from reportgen.formula.months import month_name
from reportgen.formula.nodes import Key, Node, Reference
from reportgen.formula.time_functions import is_over_time
from reportgen.formula.time_trees import MONTH, MONTHS_IN_STEP, ZERO
from reportgen.formula.units import PERCENT, PLAIN, Unit
from reportgen.model.check_timeline import month_after_start
from reportgen.model.model import BEGIN, Definition, Quantity, Shape, is_one_time
from reportgen.model.moments import ENDS, SHARES, Given, TimeInputs, at_option
from reportgen.model.names import IN_STEP, NameScope, is_scheduled
from reportgen.model.question_context import in_unit
from reportgen.model.spec import ItemSpec
from reportgen.model.time_kinds import END, GrowthSpec, WhenSpec
from reportgen.model.timeline import Timeline
from reportgen.model.written import ByDate, NumberSpec, Text, WordSpec
from reportgen.problems import Collector
from reportgen.source import Span


class OnTimeline(Protocol):
    """What is over time in the model that is being checked."""

    timeline: Timeline
    scope: NameScope
    definitions: dict[Key, Definition]
    problems: Collector
    inputs: TimeInputs
    horizon: Node

    def step_of(
        self, of: Quantity, name: str, word: str, tree: Node, option: str | None, unit: Unit | None = None
    ) -> Reference:
        """A series on the way to another one, in its unit unless another is given."""


def amounts_unit(unit: Unit) -> Unit:
    """The unit of what a cost comes to in a step: EUR of EUR/month, and of EUR."""
    return unit if is_one_time(unit) else (unit * MONTH).tidy()


def is_per_month(unit: Unit) -> bool:
    """Whether a rate flows by the month or year, so that it has amounts on a timeline."""
    return unit.dimension.get("calendar time") == -1 and "clock time" not in unit.dimension


class Schedule:
    """When an item is paid: its amounts on the timeline."""

    def __init__(self, time: OnTimeline, written: ItemSpec, item: Quantity, own: Quantity) -> None:
        self.time, self.written, self.item, self.own = time, written, item, own
        self.one_time = is_one_time(item.unit)
        problems, name = time.problems, item.name
        amounts = (("when", written.when), ("every", written.every), ("spread", written.spread))
        given = [(key, each) for key, each in amounts if each is not None]
        if not self.one_time and given:
            message = f"`{given[0][0]}` is about amounts; `{name}` is a rate in {item.unit}"
            hint = f"say when it flows with `from` and `until`, or move it to a category in {amounts_unit(item.unit)}"
            problems.error("RG212", message, given[0][1].span, hint)
        if not self.one_time and not is_per_month(item.unit):
            message = f"`{name}` changes over time, and a rate in {item.unit} has no amount per month"
            problems.error("RG402", message, written.id.span, "write the category in EUR/month or EUR/year")
        if len(given) > 1:
            message = f"`{given[1][0]}` and `{given[0][0]}` both say when `{name}` falls"
            problems.error("RG212", message, given[1][1].span, "keep one of them")
        limits = [each for each in (written.begins, written.until) if each is not None]
        if self.one_time and limits and written.every is None and not self.is_series:
            message = f"`{name}` is an amount, which falls once; it has no beginning and no end"
            problems.error("RG212", message, limits[0].span, "write `when:`, or `every:`")

    @property
    def is_series(self) -> bool:
        return self.own.shape is Shape.STEPS

    def changes(self, option: str) -> bool:
        """Whether an option's own number is over time; that of another one may be."""
        number = self.time.definitions.get(Key(self.own.name, option))
        return isinstance(number, Node) and is_over_time(number, self.time.scope)

    def flow(self, option: str) -> Node:
        number: Node = trees.own(self.own.name)
        grows: Given[GrowthSpec] = at_option(self.written.growth, option)
        key, growth = grows
        if growth is not None:
            number = self.time.inputs.growth(growth, self.item, self.item.name, key)(number)
        begins, until = (self._limit(option, end=end) for end in (False, True))
        if not self.one_time:
            months: Node = trees.shared(MONTHS_IN_STEP)
            if is_scheduled(self.written):
                length = trees.minus(trees.END, trees.BEGIN)
                share = trees.over(trees.active_months(begins, until), length)
                limited = begins is not None or until is not None
                in_step = trees.times(number, share) if limited else number
                number = self.time.step_of(self.item, self.item.name + IN_STEP, "in each step", in_step, option)
                months = length if limited else months
            amount, unit = trees.times(number, months), self.item.unit * MONTH
            fits = is_per_month(self.item.unit)
            return n.Flow(None, trees.scaled(amount, unit, amounts_unit(self.item.unit)) if fits else amount)
        return self._amounts(option, number, begins, until)

    def _amounts(self, option: str, number: Node, begins: Node | None, until: Node | None) -> Node:
        inputs, name, title = self.time.inputs, self.item.name, self.item.title
        written = self.written
        when: Given[WhenSpec] = at_option(written.when, option)
        every: Given[NumberSpec | Text] = at_option(written.every, option)
        spread: Given[ByDate[NumberSpec]] = at_option(written.spread, option)
        if every[1] is not None:
            period = inputs.duration(every[1], f"{name}.every", f"{title}: every", every[0])
            times = ZERO if period is None else trees.occurrences(period, begins, until)
            return n.Flow(None, trees.times(number, times))
        if spread[1] is not None:
            return n.Flow(None, self._spread(spread[1], number, spread[0]))
        is_series = self.changes(option)
        if when[1] is None and is_series:
            counts = n.Comparison(">", trees.active_months(begins, until), ZERO)
            return n.Flow(None, n.Conditional(counts, number, ZERO))
        if when[1] is None or (isinstance(when[1], WordSpec) and when[1].word != END):
            own = trees.own(self.own.name)
            return n.Flow(n.Reduce(n.Reduction.AT, own, None, ZERO) if is_series else own, None)
        if isinstance(when[1], WordSpec):
            return n.Flow(None, n.Conditional(trees.ends_in_step(self.time.horizon), number, ZERO))
        month = inputs.moment(when[1], f"{name}.when", f"{title}: falls", when[0])
        return n.Flow(None, n.Conditional(trees.lies_in_step(month or ZERO), number, ZERO))

    def _limit(self, option: str, *, end: bool) -> Node | None:
        part = self.written.until if end else self.written.begins
        given: Given[WhenSpec] = at_option(part, option)
        own, each = given
        if each is None or isinstance(each, WordSpec):
            return None
        suffix, word = ("until", "ends") if end else ("from", "begins")
        name, title = f"{self.item.name}.{suffix}", f"{self.item.title}: {word}"
        found = self.time.inputs.moment(each, name, title, own, end=end)
        if end:
            self._check_order(option, each.span)
        return found

    def _check_order(self, option: str, span: Span) -> None:
        """Reports RG212 where something ends before it begins."""
        inputs = self.time.inputs
        possible = [[Key(f"{self.item.name}.{word}", at) for at in (option, None)] for word in ("from", "until")]
        limits = [key for keys in possible for key in keys if key in inputs.values]
        if not inputs.rule(self.item, ENDS, limits, span):
            message = f"`{self.item.name}` ends before it begins"
            self.time.problems.error("RG212", message, span, "`until` comes after `from`")

    def _spread(self, shares: ByDate[NumberSpec], number: Node, option: str | None) -> Node:
        problems, inputs, parts, keys = self.time.problems, self.time.inputs, [], []
        for month, share in shares.entries:
            name = f"{self.item.name}.{month_name(month.month)}"
            what, word = f"a share of `{self.item.name}`", f"share in {month_name(month.month)}"
            value = in_unit(share, PLAIN, what, problems) * 100
            after = month_after_start(month, self.time.timeline, what, problems, end=False)
            title = f"{self.item.title}: {word}"
            percent = inputs.add(name, title, PERCENT, value, share.span, option)
            keys.append(percent.key(option))
            at = inputs.add(f"{name}.on", f"{title}, falls", MONTH, after, month.span, option, BEGIN)
            part = n.Conditional(trees.lies_in_step(at), trees.scaled(percent, PERCENT, PLAIN), ZERO)
            parts.append(self.time.step_of(self.item, f"{self.item.name} {word}", word, part, option, PLAIN))
        if not inputs.rule(self.item, SHARES, keys, shares.span, rising=False):
            self._report_shares(shares, math.fsum(inputs.values[key].value for key in keys))
        return trees.times(number, trees.total(parts))

    def _report_shares(self, shares: ByDate[NumberSpec], percent: float) -> None:
        """Reports RG212: the shares of an amount do not come to all of it."""
        hint = f"{abs(100 - percent):.12g} % are {'missing' if percent < 100 else 'too many'}"
        if any(share.unit is None for _, share in shares.entries):
            hint = "write each share with its sign: 40 %"
        message = f"the shares of `{self.item.name}` sum to {percent:.12g} %, not to 100 %"
        self.time.problems.error("RG212", message, shares.span, hint)
