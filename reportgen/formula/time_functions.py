"""Functions about time: those that make one number of a number for each step, and `previous`."""

from __future__ import annotations

from dataclasses import replace

from reportgen.formula import nodes as n
from reportgen.formula import time_trees as trees
from reportgen.formula.fitting import RefusedError, Typed
from reportgen.formula.function_units import FunctionUnits
from reportgen.formula.functions import PREVIOUS_USAGE, STRAIGHT_LINE_USAGE, TIME_USAGES
from reportgen.formula.mismatch import named
from reportgen.formula.months import month_name
from reportgen.formula.nodes import AxisRow, Node, Reduction, Reference
from reportgen.formula.scope import Quantity, Scope
from reportgen.formula.syntax import Binary, Call, Name, Number, Syntax
from reportgen.formula.units import PLAIN, YEAR, yearly_share
from reportgen.source import Span


def is_over_time(node: Node, scope: Scope) -> bool:
    """Whether a tree has a number for each step rather than one."""
    pending = [node]
    while pending:
        match pending.pop():
            case n.Axis() | n.Previous() | n.Flow():
                return True
            case n.Reduce():
                pass
            case n.Reference(name) | n.AllOptions(name):
                if scope.is_over_time(name):
                    return True
            case other:
                pending.extend(n.children(other))
    return False


class TimeFunctions(FunctionUnits):
    """Makes nodes of calls about time."""

    def number(self, syntax: Syntax) -> Typed:
        raise NotImplementedError

    def one_number(self, typed: Typed, what: str) -> Typed:
        """Reports RG305 for a number over time where one is needed."""
        if is_over_time(typed.node, self.scope):
            over = self._series_named(typed.node)
            x, month = over or "x", "2029" if self.scope.timeline is None else month_name(self.scope.timeline.start)
            hint = (
                f"sum_over_time({x}), average_over_time({x}), at({x}, {month}), first({x}), last({x}) or largest({x})"
            )
            message = f"{what} is one number; `{over}` changes over time" if over else f"{what} is one number"
            raise self.refuse("RG305", message, typed.span, f"make one number of it: {hint}")
        return typed

    def _series_named(self, node: Node) -> str:
        """A name in a tree that is over time, as its author wrote it."""
        for each in n.walk(node):
            named_so = isinstance(each, n.Reference | n.AllOptions) and self.scope.is_over_time(each.name)
            if named_so or isinstance(each, n.Axis):
                start, end = each.span
                return self.problems.source.text[start:end]
        return ""

    def time_name(self, syntax: Name) -> Typed | None:
        """`period` or `elapsed`; None for any other name."""
        row = {"period": AxisRow.PERIOD, "elapsed": AxisRow.ELAPSED}.get(str(syntax))
        if row is None:
            return None
        self.need_timeline(syntax.span, f"`{syntax}`")
        return Typed(n.Axis(row, syntax.span), PLAIN if row is AxisRow.PERIOD else YEAR, syntax.span)

    def need_timeline(self, span: Span, what: str) -> None:
        if self.scope.timeline is None:
            hint = "declare it at the top of the model: `horizon: 3 year`"
            raise self.refuse("RG302", f"{what} needs a timeline, and the model has no `horizon`", span, hint)

    def straight_line(self, call: Call) -> Typed:
        """What an amount loses in each year or month of its life, evenly."""
        if len(call.arguments) != 2:
            raise self.count_is_wrong(call, STRAIGHT_LINE_USAGE)
        amount, life = self.each(self.number, call.arguments)
        if life.unit is not None and not life.unit.fits(YEAR):
            hint = f"write a time, for example 8 [year]: {STRAIGHT_LINE_USAGE}"
            raise self.refuse("RG402", f"a life is a time; this is {named(life.unit)}", life.span, hint)
        node = n.Arithmetic("/", amount.node, life.node, call.span)
        unit = (amount.unit or PLAIN) / (life.unit or PLAIN)
        return Typed(node, unit, call.span, per_option=amount.per_option or life.per_option)

    def previous(self, call: Call) -> Typed:
        if len(call.arguments) != 2:
            raise self.count_is_wrong(call, PREVIOUS_USAGE)
        first, second = call.arguments
        self.need_timeline(call.span, "`previous`")
        if not isinstance(first, Name):
            hint = "give it a name under `calculations:`, and take the previous of that name"
            raise self.refuse("RG303", "`previous` takes a name", first.span, hint)
        series, initial = self.each(self.number, call.arguments)
        self.one_number(initial, "the initial number of `previous`")
        if not isinstance(series.node, Reference) or not is_over_time(series.node, self.scope):
            hint = f"write {first} alone"
            raise self.refuse("RG305", f"`{first}` is the same in every step", first.span, hint)
        if initial.unit is not None and series.unit is not None and not initial.unit.fits(series.unit):
            message = f"`{first}` is {named(series.unit)}; its initial number is {named(initial.unit)}"
            raise self.units_differ(message, initial.unit, series.unit, initial.span, second)
        initial = self.to_unit(initial, series.unit or PLAIN)
        node = n.Previous(series.node, initial.node, call.span)
        return Typed(node, series.unit, call.span, per_option=series.per_option or initial.per_option)

    def over_time(self, call: Call) -> Typed:
        """One number of a series. Categories and their items have theirs already: what they come to."""
        usage = TIME_USAGES[call.function]
        if len(call.arguments) != usage.count(",") + 1:
            raise self.count_is_wrong(call, usage)
        self.need_timeline(call.span, f"`{call.function}`")
        if (costs := self._costs(call.arguments[0])) is not None:
            return self.of_costs(call, *costs)
        series = self.number(call.arguments[0])
        match call.function:
            case "sum_over_time":
                return self.integrated(call, series)
            case "average_over_time":
                return self.averaged(call, series)
            case "present_value":
                return self.discounted(call, series)
            case "largest":
                return self.reduced(call, series, Reduction.LARGEST, None)
            case "first":
                return self.reduced(call, series, Reduction.AT, trees.ZERO)
            case "last":
                return self.reduced(call, series, Reduction.BEFORE, self.horizon_months())
            case _:
                return self.reduced(call, series, Reduction.AT, self.moment(call.arguments[1]))

    def _costs(self, syntax: Syntax) -> tuple[Quantity, str | None] | None:
        """A category or an item, perhaps of one option, which has its number already: what it comes to."""
        if not isinstance(syntax, Name):
            return None
        *lead, last = syntax.parts
        owner = self.scope.quantity(".".join(lead)) if last in self.scope.options else None
        quantity = owner or self.scope.quantity(str(syntax))
        return None if quantity is None or not quantity.comes_to else (quantity, last if owner else None)

    def of_costs(self, call: Call, quantity: Quantity, option: str | None) -> Typed:
        """What a category or an item comes to: a rate on average, an amount in all."""
        node = Reference(quantity.name, option, True, call.span)
        whole = Typed(node, quantity.unit, call.span, per_option=option is None)
        is_rate = quantity.unit.dimension.get("calendar time") == -1
        if call.function == "average_over_time" and is_rate:
            return whole
        if call.function == "sum_over_time" and not is_rate:
            return whole
        if call.function == "sum_over_time":
            return self.per_month(whole, trees.times(whole.node, self.horizon_months()))
        if call.function == "present_value":
            rate = self.rate_input(call)
            value = self.scope.present_value(quantity, rate, option)
            assert value is not None
            unit = (quantity.unit * trees.MONTH).tidy() if is_rate else quantity.unit
            return replace(whole, node=value, unit=unit)
        hint = (
            f"`{quantity.name}` stands for what it comes to; sum_over_time, average_over_time and present_value read it"
        )
        raise self.refuse("RG305", f"`{call.function}` needs a calculation over time", call.span, hint)

    def per_month(self, typed: Typed, node: Node) -> Typed:
        """A rate times months, in the unit of the amount."""
        unit = (typed.unit or PLAIN) * trees.MONTH
        return self.to_unit(replace(typed, node=node, unit=unit), unit.tidy())

    def integrated(self, call: Call, series: Typed) -> Typed:
        unit = series.unit or PLAIN
        name, per_option = self.named_series(series, call.arguments[0])
        if unit.dimension.get("calendar time") != -1:
            node = trees.summed(name, per_option=per_option, span=call.span)
            return replace(series, node=node, span=call.span)
        node = trees.summed(name, trees.MONTHS_IN_STEP, per_option=per_option, span=call.span)
        return self.per_month(replace(series, span=call.span), node)

    def averaged(self, call: Call, series: Typed) -> Typed:
        name, per_option = self.named_series(series, call.arguments[0])
        weighted = trees.summed(name, trees.MONTHS_IN_STEP, per_option=per_option, span=call.span)
        months = trees.summed(trees.MONTHS_IN_STEP, per_option=False)
        return replace(series, node=trees.over(weighted, months), span=call.span)

    def discounted(self, call: Call, series: Typed) -> Typed:
        """Of a rate, or of amounts that fall in each step."""
        rate = self.rate_input(call)
        if (series.unit or PLAIN).dimension.get("calendar time") == -1:
            series = self.per_month(series, trees.times(series.node, trees.shared(trees.MONTHS_IN_STEP)))
        name, per_option = self.named_series(series, call.arguments[0])
        factors = self.scope.discount_factors(rate)
        node = trees.summed(name, factors, per_option=per_option, weights_per_option=rate.per_option, span=call.span)
        return replace(series, node=node, span=call.span)

    def reduced(self, call: Call, series: Typed, reduction: Reduction, position: Node | None) -> Typed:
        name, per_option = self.named_series(series, call.arguments[0])
        node = n.Reduce(reduction, Reference(name, None, per_option, call.span), None, position, call.span)
        return replace(series, node=node, span=call.span)

    def named_series(self, series: Typed, syntax: Syntax) -> tuple[str, bool]:
        """The name of a tree over time: its own where it is one, else a new one."""
        node = series.node
        if isinstance(node, Reference) and node.option is None and self.scope.is_over_time(node.name):
            return node.name, node.per_option
        text = self.written(syntax)
        return self.scope.series(node, series.unit or PLAIN, series.per_option, text), series.per_option

    def written(self, syntax: Syntax) -> str:
        """A part of the formula as its author wrote it."""
        return " ".join(self.problems.source.text[slice(*syntax.span)].split())

    def rate_input(self, call: Call) -> Quantity:
        """The input that is discounted by."""
        second = call.arguments[1]
        quantity = self.scope.quantity(str(second)) if isinstance(second, Name) else None
        if quantity is None or quantity.over_time or quantity not in tuple(self.scope.assumptions()):
            hint = "name an assumption in %/year: present_value(x, discount_rate)"
            raise self.refuse("RG303", "the rate of `present_value` is an input", second.span, hint)
        if yearly_share(quantity.unit) is None:
            message = f"a discount rate is in %/year; `{quantity.name}` is in {quantity.unit}"
            raise self.refuse("RG402", message, second.span, "name an assumption in %/year")
        return quantity

    def horizon_months(self) -> Node:
        quantity = self.scope.quantity("horizon")
        if quantity is None:
            raise RefusedError  # it cannot be read, which is reported there
        return trees.scaled(trees.shared("horizon"), quantity.unit, trees.MONTH)

    def moment(self, syntax: Syntax) -> Node:
        """A month, written `2029` or `2029-07`, or a time after the start; in months from the start."""
        timeline = self.scope.timeline
        assert timeline is not None
        month = _written_month(syntax)
        if month is None:
            typed = self.one_number(self.number(syntax), "the moment of `at`")
            if typed.unit is None or not typed.unit.fits(YEAR):
                hint = "write a year, a month (2029-07) or a time after the start (3 [year])"
                raise self.refuse("RG402", "`at` takes a moment", syntax.span, hint)
            return self.to_unit(typed, trees.MONTH).node
        if not 0 <= month - timeline.start < timeline.months:
            first, last = (month_name(each) for each in (timeline.start, timeline.start + timeline.months - 1))
            message = f"{month_name(month)} is outside the timeline, which is from {first} to {last}"
            raise self.refuse("RG216", message, syntax.span, f"name a month of it, such as {first}")
        return n.Constant(float(month - timeline.start), syntax.span, unit=trees.MONTH)

    def count_is_wrong(self, call: Call, usage: str) -> RefusedError:
        count = len(call.arguments)
        message = f"`{call.function}` is called with {count} argument{'' if count == 1 else 's'}"
        return self.refuse("RG303", message, call.span, f"write {usage}")


def _written_month(syntax: Syntax) -> int | None:
    match syntax:
        case Number(year, None) if year.is_integer() and 1000 <= year <= 9999:
            return int(year) * 12
        case Binary("-", Number(year, None), Number(month, None)) if 1 <= month <= 12 and 1000 <= year <= 9999:
            return int(year) * 12 + int(month) - 1
        case _:
            return None
