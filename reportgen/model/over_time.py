"""What changes over time, as trees: inputs by month and with growth, what items come to, step by step and in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reportgen.formula import nodes as n
from reportgen.formula import time_trees as trees
from reportgen.formula.nodes import Key, Node, Reference
from reportgen.formula.scope import Quantity as NameMeaning
from reportgen.formula.time_trees import MONTH, MONTHS_IN_STEP, ZERO
from reportgen.formula.units import PER_YEAR, PLAIN, Unit
from reportgen.model.check_timeline import check_whole, month_after_start
from reportgen.model.inputs import HORIZON
from reportgen.model.model import BEGIN, CostStatus, Definition, Quantity, Shape, is_one_time
from reportgen.model.moments import Given, TimeInputs, at_option
from reportgen.model.names import IN_STEP, OVER_TIME, NameScope, is_scheduled
from reportgen.model.question_context import in_unit
from reportgen.model.spec import AssumptionSpec, ItemSpec
from reportgen.model.time_kinds import END, GrowthSpec, WhenSpec
from reportgen.model.timeline import Timeline
from reportgen.model.written import ByDate, MonthSpec, NumberSpec, PerOption, Text, WordSpec, month_name
from reportgen.problems import Collector
from reportgen.source import Span

STEADY = " steady"
FACTOR = " factor"
NOWHERE = Span(0, 0)
_ZERO_WORDS = ("none", "included")


def amounts_unit(unit: Unit) -> Unit:
    """The unit of what a cost comes to in a step: EUR of EUR/month, and of EUR."""
    return unit if is_one_time(unit) else (unit * MONTH).tidy()


def is_per_month(unit: Unit) -> bool:
    """Whether a rate flows by the month or year, so that it has amounts on a timeline."""
    return unit.dimension.get("calendar time") == -1 and "clock time" not in unit.dimension


class OverTime:
    """Defines what is over time; `definitions` and `quantities` are those of the model that is being checked."""

    def __init__(
        self,
        timeline: Timeline,
        scope: NameScope,
        definitions: dict[Key, Definition],
        quantities: dict[str, Quantity],
        problems: Collector,
    ) -> None:
        self.timeline = timeline
        self.scope = scope
        self.options = scope.options
        self.definitions = definitions
        self.quantities = quantities
        self.problems = problems
        self.inputs = TimeInputs(timeline, scope, definitions, problems)
        self.categories: dict[str, tuple[Quantity, tuple[str, ...]]] = {}
        meaning = scope.quantity(HORIZON)
        self.horizon = ZERO if meaning is None else trees.scaled(trees.shared(HORIZON), meaning.unit, MONTH)

    def define(self, quantity: Quantity, trees_: Mapping[str | None, Definition]) -> None:
        self.quantities[quantity.name] = quantity
        self.definitions.update((Key(quantity.name, option), tree) for option, tree in trees_.items())

    def derived(self, of: Quantity, name: str, shape: Shape, *, per_option: bool | None = None) -> Quantity:
        """A quantity that follows from another, under another name."""
        own = of.per_option if per_option is None else per_option
        return replace(of, name=name, shape=shape, per_option=own, sources=(), note="")

    def held_values(self, written: AssumptionSpec, quantity: Quantity, dated: Mapping[str | None, ByDate[Key]]) -> None:
        """Defines an assumption by the inputs that hold from each month on: a series for each month, which moves the
        one before it to the next value."""
        linear = written.between is not None and written.between.text == "linear"
        for option, by_date in dated.items():
            values = [Reference(key.name, None, key.option is not None) for _, key in by_date.entries]
            months = [month.month for month, _ in by_date.entries]
            dates: list[Node] = [
                self._date(quantity, key, month) if linear or at else ZERO
                for at, (month, key) in enumerate(by_date.entries)
            ]
            tree: Node = values[0]
            for at in range(1, len(values)):
                share = trees.after(dates[at])
                if linear:
                    before, after = (self._since(quantity, months[each], dates[each], option) for each in (at - 1, at))
                    length = trees.minus(dates[at], dates[at - 1])
                    share = trees.over(n.Arithmetic("-", before, after), length)
                tree = trees.changed(tree, values[at - 1], values[at], share)
                if at < len(values) - 1:
                    name = f"{quantity.name} by {month_name(months[at])}"
                    tree = self.step_of(quantity, name, f"by {month_name(months[at])}", tree, option)
            self.define(replace(quantity, shape=Shape.STEPS), {option: tree})

    def _date(self, quantity: Quantity, key: Key, month: MonthSpec) -> Node:
        title, at = f"{quantity.title}: from {month_name(month.month)}", float(month.month - self.timeline.start)
        return self.inputs.add(f"{key.name}.from", title, MONTH, at, month.span, None, BEGIN)

    def _since(self, quantity: Quantity, month: int, date: Node, option: str | None) -> Reference:
        word = f"months since {month_name(month)}"
        return self.step_of(quantity, f"{quantity.name} {word}", word, trees.mean_months_since(date), option, MONTH)

    def step_of(
        self, of: Quantity, name: str, word: str, tree: Node, option: str | None, unit: Unit | None = None
    ) -> Reference:
        """A series on the way to another one, in its unit unless another is given."""
        made = replace(self.derived(of, name, Shape.STEPS), title=f"{of.title}: {word}", unit=unit or of.unit)
        self.define(replace(made, per_option=option is not None), {option: tree})
        self.scope.add_series(name)
        return Reference(name, None, option is not None)

    def grown(self, written: AssumptionSpec, quantity: Quantity) -> None:
        """Defines an assumption with growth: its number in each step."""
        if written.growth is None:
            return
        name, found = quantity.name, {}
        per_option = quantity.per_option or isinstance(written.growth, PerOption)
        start = Reference(name, None, quantity.per_option)
        for option in self.options if per_option else ("",):
            given: Given[GrowthSpec] = at_option(written.growth, option)
            own, growth = given
            grow = (lambda number: number) if growth is None else self.inputs.growth(growth, quantity, name, own)
            found[option or None] = grow(start)
        self.define(self.derived(quantity, name + OVER_TIME, Shape.STEPS, per_option=per_option), found)

    def item(self, written: ItemSpec, quantity: Quantity, costs: Mapping[str, Definition], own: Quantity) -> None:
        """Defines an item over time from its own number for each option: `own`, what it comes to in each step, and
        what it comes to in all (an amount) or on average (a rate)."""
        self.quantities[own.name] = own
        flow = self.derived(quantity, quantity.name + OVER_TIME, Shape.FLOW)
        self.quantities[flow.name] = replace(flow, unit=amounts_unit(quantity.unit))
        schedule = _Schedule(self, written, quantity, own)
        for option, cost in costs.items():
            if isinstance(cost, CostStatus) and cost.word in _ZERO_WORDS:
                self.definitions.update((Key(name, option), cost) for name in (own.name, flow.name, quantity.name))
                continue
            self.definitions[Key(own.name, option)] = cost
            self.definitions[Key(flow.name, option)] = schedule.flow(option)
            self.definitions[Key(quantity.name, option)] = self._comes_to(flow.name, quantity.unit)

    def _comes_to(self, flow: str, unit: Unit) -> Node:
        whole = trees.summed(flow, per_option=True)
        if is_one_time(unit):
            return whole
        return trees.scaled(trees.over(whole, self.horizon), amounts_unit(unit) / MONTH, unit)

    # Categories on the timeline

    def category(self, quantity: Quantity, items: Iterable[Quantity]) -> None:
        self.categories[quantity.name] = quantity, tuple(item.name for item in items)

    def _parts(self, name: str) -> tuple[Quantity, tuple[str, ...], tuple[str, ...]]:
        """A category, or an item: with its items that are the same all the time, and those over time."""
        if name in self.categories:
            quantity, items = self.categories[name]
        else:
            quantity, items = self.quantities[name], (name,)
        moving = tuple(item for item in items if (meaning := self.scope.quantity(item)) and not meaning.steady)
        return quantity, tuple(item for item in items if item not in moving), moving

    def steady(self, name: str) -> Reference | None:
        """What a category comes to without its items over time; in a workbook, with its spare lines."""
        quantity, still, moving = self._parts(name)
        if not moving:
            return trees.own(name)
        if name not in self.categories:
            return None
        if name + STEADY not in self.quantities:
            of = self.derived(quantity, name + STEADY, Shape.ONE)
            tree = n.Apply(n.Function.SUM, tuple(map(trees.own, still)) or (ZERO,))
            self.define(of, dict.fromkeys(self.options, tree))
        return trees.own(name + STEADY)

    def _flowing(self, name: str, option: str) -> list[str]:
        """The items of a category that have amounts on the timeline for an option."""
        _, _, moving = self._parts(name)
        flows = (item + OVER_TIME for item in moving)
        return [each for each in flows if isinstance(self.definitions.get(Key(each, option)), Node)]

    def flow(self, name: str) -> str:
        """Defines what a category or an item comes to in each step, and gives its name."""
        quantity, _, _ = self._parts(name)
        found = name + OVER_TIME
        if found not in self.quantities:
            unit = amounts_unit(quantity.unit)
            self.quantities[found] = replace(self.derived(quantity, found, Shape.FLOW), unit=unit)
            still = self.steady(name)
            for option in self.options:
                parts: list[Node] = list(map(trees.own, self._flowing(name, option)))
                if still is not None and is_one_time(quantity.unit):
                    parts.append(n.Flow(still, None))
                elif still is not None:
                    months = trees.times(still, trees.shared(MONTHS_IN_STEP))
                    parts.append(n.Flow(None, trees.scaled(months, quantity.unit * MONTH, unit)))
                self.definitions[Key(found, option)] = trees.total(parts)
        return found

    def present_value(self, quantity: NameMeaning, rate: NameMeaning, option: str | None = None) -> Node:
        """What a category or an item comes to, discounted: one tree for all options, or that of one."""
        weights = Reference(self.discount_factors(rate), option if rate.per_option else None, rate.per_option)
        return n.Reduce(n.Reduction.SUM, Reference(self.flow(quantity.name), option, True), weights)

    def discount_factors(self, rate: NameMeaning) -> str:
        name = rate.name + FACTOR
        if name not in self.quantities:
            quantity = self.quantities[rate.name]
            made = Quantity(name, f"Discount factor at {quantity.title}", PLAIN, rate.per_option, (), "", quantity.span)
            node = Reference(rate.name, None, rate.per_option)
            share = trees.scaled(node, rate.unit, PLAIN if rate.unit.fits(PLAIN) else PER_YEAR)
            tree = trees.discount_factor(share, self.timeline.discounting)
            self.quantities[name] = replace(made, shape=Shape.FLOW)
            options = self.options if rate.per_option else (None,)
            self.definitions.update((Key(name, option), tree) for option in options)
            self.scope.add_series(name)
        return name

    def finish(self) -> None:
        """Defines what trees refer to: series that formulas hold, and the months of a step that count."""
        for made in self.scope.made.values():
            quantity = Quantity(made.name, made.text, made.unit, made.per_option, (), "", NOWHERE, Shape.STEPS)
            options = self.options if made.per_option else (None,)
            self.define(quantity, dict.fromkeys(options, made.tree))
        definitions = [each for each in self.definitions.values() if isinstance(each, Node)]
        used = {node.name for each in definitions for node in n.walk(each) if isinstance(node, Reference)}
        if MONTHS_IN_STEP in used or any(each.shape is not Shape.ONE for each in self.quantities.values()):
            title, tree = "Months of the step within the horizon", trees.months_in_step(self.horizon)
            self.define(Quantity(MONTHS_IN_STEP, title, MONTH, False, (), "", NOWHERE, Shape.STEPS), {None: tree})


class _Schedule:
    """When an item is paid: its amounts on the timeline."""

    def __init__(self, time: OverTime, written: ItemSpec, item: Quantity, own: Quantity) -> None:
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
        if when[1] is None and self.is_series:
            counts = n.Comparison(">", trees.active_months(begins, until), ZERO)
            return n.Flow(None, n.Conditional(counts, number, ZERO))
        if when[1] is None or (isinstance(when[1], WordSpec) and when[1].word != END):
            start = n.Reduce(n.Reduction.AT, trees.own(self.own.name), None, ZERO) if self.is_series else number
            return n.Flow(trees.own(self.own.name) if not self.is_series else start, None)
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
        self._check_order(option, each.span, end=end)
        return found

    def _check_order(self, option: str, span: Span, *, end: bool) -> None:
        """Reports RG212 where something ends before it begins."""
        values = self.time.inputs.values
        limits = [
            next((values[key] for at in (option, None) if (key := Key(f"{self.item.name}.{word}", at)) in values), None)
            for word in ("from", "until")
        ]
        if end and limits[0] and limits[1] and limits[1].value <= limits[0].value:
            message = f"`{self.item.name}` ends before it begins"
            self.time.problems.error("RG212", message, span, "`until` comes after `from`")

    def _spread(self, shares: ByDate[NumberSpec], number: Node, option: str | None) -> Node:
        problems, parts, whole = self.time.problems, [], 0.0
        for month, share in shares.entries:
            name = f"{self.item.name}.{month_name(month.month)}"
            what = f"a share of `{self.item.name}`"
            value = in_unit(share, PLAIN, what, problems) * 100
            whole += value
            after = month_after_start(month, self.time.timeline, what, problems, end=False)
            title = f"{self.item.title}: share in {month_name(month.month)}"
            percent = self.time.inputs.add(name, title, _PERCENT, value, share.span, option)
            at = self.time.inputs.add(f"{name}.on", f"{title}, falls", MONTH, after, month.span, option, BEGIN)
            part = n.Conditional(trees.lies_in_step(at), trees.scaled(percent, _PERCENT, PLAIN), ZERO)
            word = f"share in {month_name(month.month)}"
            parts.append(self.time.step_of(self.item, f"{self.item.name} {word}", word, part, option, PLAIN))
        check_whole(shares, whole, self.item.name, problems)
        return trees.times(number, trees.total(parts))


_PERCENT = Unit((("%", 1),))
