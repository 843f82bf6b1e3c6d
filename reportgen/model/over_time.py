"""What changes over time, as trees: inputs by month and with growth, what items come to, step by step and in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reportgen.formula import nodes as n
from reportgen.formula import time_trees as trees
from reportgen.formula.months import month_name
from reportgen.formula.nodes import Key, Node, Reference
from reportgen.formula.scope import Quantity as NameMeaning
from reportgen.formula.time_trees import MONTH, MONTHS_IN_STEP, ZERO
from reportgen.formula.units import PLAIN, Unit, yearly_share
from reportgen.model.inputs import HORIZON
from reportgen.model.model import BEGIN, CostStatus, Definition, Quantity, Shape, is_one_time
from reportgen.model.moments import DATES, Given, TimeInputs, at_option
from reportgen.model.names import OVER_TIME, NameScope
from reportgen.model.schedules import Schedule, amounts_unit
from reportgen.model.spec import AssumptionSpec, ItemSpec, TotalSpec
from reportgen.model.time_kinds import GrowthSpec
from reportgen.model.timeline import Timeline
from reportgen.model.written import ByDate, MonthSpec, PerOption
from reportgen.problems import Collector
from reportgen.source import NOWHERE

STEADY = " steady"
FACTOR = " factor"
_ZERO_WORDS = ("none", "included")


class OverTime:
    """Defines what is over time; `definitions` and `quantities` are those of the model that is being checked."""

    def __init__(
        self,
        timeline: Timeline,
        scope: NameScope,
        definitions: dict[Key, Definition],
        quantities: dict[str, Quantity],
        totals: Iterable[TotalSpec],
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
        self.flows: list[str] = []
        self.totals = {each.id.text: each for each in totals if each.of}
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
            moved = [each.key(option) for each in dates if isinstance(each, Reference)]
            self.inputs.rule(quantity, DATES, moved, by_date.span)
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
        schedule = Schedule(self, written, quantity, own)
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
        """The name of what a category, an item or a total of such comes to in each step. It is defined in the end:
        formulas may speak of costs that have not been read yet."""
        self.flows.append(name)
        return name + OVER_TIME

    def amounts(self, quantity: NameMeaning) -> tuple[str, Unit] | None:
        """The same for a formula, with the unit; None where a name has no such amounts."""
        has_amounts = quantity.comes_to or quantity.name in self.totals
        return (self.flow(quantity.name), amounts_unit(quantity.unit)) if has_amounts else None

    def define_flow(self, name: str) -> None:
        found = name + OVER_TIME
        if found in self.quantities:
            return
        if name in self.totals:
            self.define_total(self.totals[name])
            return
        quantity, _, _ = self._parts(name)
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

    def define_total(self, written: TotalSpec) -> None:
        name, unit = written.id.text + OVER_TIME, amounts_unit(written.unit.unit)
        self.quantities[name] = Quantity(name, written.title, unit, True, (), "", written.id.span, Shape.FLOW)
        costs = [each for of in written.of if (each := self.scope.quantity(of.text)) and each.comes_to]
        parts = [trees.scaled(trees.own(self.flow(each.name)), amounts_unit(each.unit), unit) for each in costs]
        self.definitions.update((Key(name, option), trees.total(parts)) for option in self.options)

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
            share = trees.scaled(node, rate.unit, yearly_share(rate.unit) or PLAIN)
            tree = trees.discount_factor(share, self.timeline.discounting)
            self.quantities[name] = replace(made, shape=Shape.FLOW)
            options = self.options if rate.per_option else (None,)
            self.definitions.update((Key(name, option), tree) for option in options)
            self.scope.add_series(name)
        return name

    def finish(self) -> None:
        """Defines what trees refer to: what costs come to in each step, series that formulas hold, and the months of a
        step that count."""
        while self.flows:
            self.define_flow(self.flows.pop(0))
        for made in self.scope.made.values():
            shape = Shape.FLOW if made.flows else Shape.STEPS
            quantity = Quantity(made.name, made.text, made.unit, made.per_option, (), "", NOWHERE, shape)
            options = self.options if made.per_option else (None,)
            self.define(quantity, dict.fromkeys(options, made.tree))
        definitions = [each for each in self.definitions.values() if isinstance(each, Node)]
        used = {node.name for each in definitions for node in n.walk(each) if isinstance(node, Reference)}
        if MONTHS_IN_STEP in used or any(each.shape is not Shape.ONE for each in self.quantities.values()):
            title, tree = "Months of the step within the horizon", trees.months_in_step(self.horizon)
            self.define(Quantity(MONTHS_IN_STEP, title, MONTH, False, (), "", NOWHERE, Shape.STEPS), {None: tree})
