"""A model's formula tree as a workbook expression.

Assumptions appear by name, everything else by cell: relative to the formula what is of its own option, with dollar
signs what stays the same for every option. A tree is translated for an option where it has per-option names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from itertools import groupby
from operator import itemgetter
from typing import assert_never

from reportgen.compute.states import divisors
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.model.model import INCOMPLETE, NOT_KNOWN, NOT_QUOTED, CostStatus, InputValue, Shape, internal_rate_in
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.expressions import Binary, Constant, Expression, Name, cell, cells_of
from reportgen.workbook.internal_rate_formula import rate_of
from reportgen.workbook.plan import Plan
from reportgen.workbook.timeline_layout import AXIS_ROWS, steps_area

_ROUNDING = {n.Function.ROUND: f.ROUND, n.Function.ROUND_UP: f.ROUNDUP, n.Function.ROUND_DOWN: f.ROUNDDOWN}


class Translator:
    """Translates trees for the cells that a plan has for the model's numbers."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def whole(self, node: Node, option: str | None, unknown: float | str | bool = 0.0) -> Expression:
        """A tree that is no part of another: `unknown` while it divides by nothing for want of a price, as
        `compute.evaluate` says, and no error then."""
        tree = self.tree(node, option)
        for divisor in reversed([*divisors(node)]) if self.plan.incomplete else ():  # the innermost is tested first
            if states := self.states(divisor, option):
                tree = f.IF(f.AND(f.any_of(states), self.tree(divisor, option).equals(0.0)), unknown, tree)
        return tree

    def states(self, node: Node, option: str | None) -> tuple[Expression, ...]:
        """Conditions, one of which is true while a tree lacks a price; none if it never does."""
        keys = n.keys_in(node, option, self.plan.model.option_ids)
        return tuple(dict.fromkeys(state for key in keys if (state := self.state(key)) is not None))

    def definition(self, key: Key) -> Expression:
        """The formula of one of the model's numbers; a category's total counts its spare lines too."""
        node, spare = self.plan.model.definitions[key], self.plan.spare_cells(key)
        if isinstance(node, InputValue | CostStatus):
            raise TypeError(f"{key} has no formula")
        if key in self.plan.model.rates and (found := internal_rate_in(node)) is not None:
            rate = rate_of(self.plan.series[found.series.key(key.option)])
            factors = node.factors if isinstance(node, n.Convert) else ()
            return f.IF(f.ISNUMBER(rate), scaled(rate, factors), rate)
        if isinstance(node, n.Apply) and spare:
            return f.SUM(*self.summands(node.arguments, key.option, spare))
        if key not in self.plan.incomplete:
            return self.tree(node, key.option)
        return self.whole(node, key.option, NOT_KNOWN if self.may_be_unknown(key) else 0.0)

    def tree(self, node: Node, option: str | None) -> Expression:
        """A tree where it is a part of a formula."""
        match node:
            case n.Constant(value, span=span):
                place = self.plan.literal_cells.get(span)
                return cell(place, fixed=True) if place else Constant(value)
            case n.Reference():
                return self.reference(node.key(option), own=_is_own(node, option))
            case n.AllOptions():
                raise TypeError("all options at once are an argument, not a number")
            case n.Convert(operand, factors):
                return scaled(self.tree(operand, option), factors)
            case n.Negate(operand):
                return -self.tree(operand, option)
            case n.Arithmetic(operator, left, right) | n.Comparison(operator, left, right):
                return Binary(operator, self.tree(left, option), self.tree(right, option))
            case n.Logic(operator, left, right):
                first, second = self.tree(left, option), self.tree(right, option)
                return f.IF(first, second, False) if operator == "and" else f.IF(first, True, second)
            case n.Not(operand):
                return f.NOT(self.tree(operand, option))
            case n.Conditional(condition, then, otherwise):
                return f.IF(self.tree(condition, option), self.tree(then, option), self.tree(otherwise, option))
            case n.Lookup(_, argument):
                return self.lookup(node.of(option), self.tree(argument, option))
            case n.Guard():
                return f.IF(self.tree(node.condition, option), self.tree(node.value, option), f.NA())
            case n.Apply():
                return self.apply(node, option)
            case n.Reduce():
                return self.reduced(node, option)
            case n.Axis() | n.Flow() | n.Previous():
                return self.in_step(node, option)
            case _ as never:
                assert_never(never)

    def in_step(self, node: n.Axis | n.Flow | n.Previous, option: str | None) -> Expression:
        """A part that has a number for each step."""
        raise TypeError(f"{type(node).__name__} is no single number")

    def reduced(self, node: n.Reduce, option: str | None) -> Expression:
        """One number of the row of a series."""
        model, key = self.plan.model, node.series.key(option)
        is_flow = model.quantities[key.name].shape is Shape.FLOW
        steps = self.steps(key)
        match node.reduction:
            case n.Reduction.SUM if node.weights is None:
                return f.SUM(self.steps(key, with_start=is_flow))
            case n.Reduction.SUM:
                assert node.weights is not None
                weights = node.weights.key(option)
                both = is_flow and model.quantities[weights.name].shape is Shape.FLOW
                return f.SUMPRODUCT(self.steps(key, with_start=both), self.steps(weights, with_start=both))
            case n.Reduction.LARGEST:
                return f.MAX(steps)
            case n.Reduction.INTERNAL_RATE:
                rate = rate_of(self.plan.series[key])
                return f.IF(f.ISNUMBER(rate), rate, f.NA())
            case n.Reduction.AT | n.Reduction.BEFORE:
                assert node.position is not None
                begin = cells_of(steps_area(model, AXIS_ROWS[n.AxisRow.BEGIN]), fixed=True)
                at = self.tree(node.position, option)
                if node.reduction is n.Reduction.AT:
                    return f.INDEX(steps, 1.0, f.MATCH(at, begin, 1.0))
                return f.INDEX(steps, 1.0, f.SUMPRODUCT((begin < at) * 1.0))
            case _ as never:
                assert_never(never)

    def steps(self, key: Key, *, with_start: bool = False) -> Expression:
        """The cells of a series; of what is no series, since it is a word, its only one."""
        if key not in self.plan.series:
            return Constant(0.0)
        return cells_of(steps_area(self.plan.model, self.plan.series[key], with_start=with_start), fixed=True)

    def reference(self, key: Key, *, own: bool) -> Expression:
        if self.has_name(key):
            return active_value(self.plan, key)
        found = self.seen(self.cell_of(key), own=own)
        if key in self.plan.model.rates:
            return f.IF(f.ISNUMBER(found), found, f.NA())
        return f.N(found) if self.may_be_text(key) else found

    def seen(self, place: Address | Area, *, own: bool) -> Expression:
        """How a formula refers to cells, `own` to those of the option that it is made for."""
        return cell(place, fixed=not own) if isinstance(place, Address) else cells_of(place, fixed=not own)

    def has_name(self, key: Key) -> bool:
        """Whether formulas call the number by a name."""
        return key in self.plan.names

    def cell_of(self, key: Key) -> Address:
        """Where formulas read the number."""
        return self.plan.cells[key]

    def may_be_text(self, key: Key) -> bool:
        model = self.plan.model
        return key in model.unquoted or isinstance(model.definitions[key], CostStatus) or self.may_be_unknown(key)

    def may_be_unknown(self, key: Key) -> bool:
        """Whether a word stands in place of the number while it divides by what has no price: of a key figure, which
        nothing adds up."""
        definition = self.plan.model.definitions[key]
        if key not in self.plan.states or isinstance(definition, InputValue | CostStatus):
            return False
        is_key_figure = any(metric.name == key.name for metric in self.plan.model.metrics)
        return is_key_figure and any(self.states(divisor, key.option) for divisor in divisors(definition))

    def table(self, table: str) -> tuple[Area, Area]:
        """Where formulas read the first numbers of a table's rows, and the second ones."""
        return self.plan.tables[table]

    def lookup(self, table: str, argument: Expression) -> Expression:
        """What a table says, by its method."""
        starts, results = self.table(table)
        match self.plan.model.tables[table].method:
            case n.Method.STEP:
                return self.picked(results, f.MATCH(argument, self.seen(starts, own=False), 1.0))
            case n.Method.LINEAR:
                return self.line(starts, results, argument)
            case n.Method.GRADUATED:
                return self.charge(starts, results, argument)
            case _ as never:
                assert_never(never)

    def picked(self, area: Area, place: Expression) -> Expression:
        """A number of a row or a column by its place."""
        numbers = self.seen(area, own=False)
        return f.INDEX(numbers, 1.0, place) if area.across else f.INDEX(numbers, place)

    def charge(self, starts: Area, prices: Area, usage: Expression) -> Expression:
        """All usage at the first price, and what lies beyond the start of each band at what its price differs from that
        of the band before; no negative usage."""
        first = self.seen(Address(prices.sheet, prices.top, prices.left), own=False)
        charge = usage * first
        if starts.several:
            parts = starts.without_first, prices.without_first, prices.without_last
            start, price, before = (self.seen(each, own=False) for each in parts)
            charge = charge + f.SUMPRODUCT((usage > start) * (usage - start) * (price - before))
        return f.IF(usage >= 0.0, charge, f.NA())

    def line(self, starts: Area, results: Area, argument: Expression) -> Expression:
        """The one of all lines between rows that begins at the row found (the last but one at the end)."""
        every = self.seen(starts, own=False)
        found = f.MATCH(argument, every, 1.0)
        lower, upper = (self.seen(each, own=False) for each in (starts.without_last, starts.without_first))
        low, high = (self.seen(each, own=False) for each in (results.without_last, results.without_first))
        count = f.COLUMNS(lower) if starts.across else f.ROWS(lower)
        here = lower.equals(self.picked(starts, f.MIN(found, count)))
        line = low + (high - low) * (argument - lower) / (upper - lower)
        return f.IF(argument <= f.MAX(every), f.SUMPRODUCT(here * line), f.NA())

    def apply(self, node: n.Apply, option: str | None) -> Expression:
        match node.function:
            case n.Function.MIN:
                return f.MIN(*self.each(node.arguments, option))
            case n.Function.MAX:
                return f.MAX(*self.each(node.arguments, option))
            case n.Function.SUM:
                return f.SUM(*self.summands(node.arguments, option))
            case n.Function.ABS:
                return f.ABS(self.tree(node.arguments[0], option))
            case n.Function.ROUND | n.Function.ROUND_UP | n.Function.ROUND_DOWN:
                return _ROUNDING[node.function](*(self.tree(each, option) for each in node.arguments))
            case n.Function.EXP:
                return f.EXP(self.tree(node.arguments[0], option))
            case n.Function.LN:
                return f.LN(self.tree(node.arguments[0], option))
            case n.Function.SQRT:
                return f.SQRT(self.tree(node.arguments[0], option))
            case n.Function.PAYMENT:
                return level_payment(*(self.tree(each, option) for each in node.arguments))
            case _ as never:
                assert_never(never)

    def each(self, arguments: tuple[Node, ...], option: str | None) -> list[Expression]:
        """Arguments of MIN and MAX, which pass over text: a cost that is a word counts as nothing, not as absent."""
        parts: list[Expression] = []
        for argument in arguments:
            if isinstance(argument, n.AllOptions):
                keys = self.plan.model.keys_of(argument.name)
                if any(self.may_be_text(key) or key in self.plan.model.rates for key in keys):
                    parts += [self.reference(key, own=False) for key in keys]
                else:
                    parts += self.areas([(self.cell_of(key), False) for key in keys])
            else:
                parts.append(self.tree(argument, option))
        return parts

    def summands(
        self, arguments: tuple[Node, ...], option: str | None, more: Sequence[Address] = ()
    ) -> list[Expression]:
        """Arguments of SUM, which counts text as nothing: cells stand as they are, neighbours as one range; then
        `more` cells."""
        parts: list[Expression] = []
        run: list[tuple[Address, bool]] = []
        for argument in arguments:
            cells = self.cells(argument, option)
            run += cells
            if not cells:
                parts += self.areas(run)
                run = []
                parts += self.each((argument,), option)
        return parts + self.areas([*run, *((each, option is not None) for each in more)])

    def cells(self, argument: Node, option: str | None) -> list[tuple[Address, bool]]:
        """The cells that an argument stands for, each with whether it is the option's own; none where a rate that need
        not exist is asked for first whether it does."""
        model = self.plan.model
        keys: tuple[Key, ...] = ()
        if isinstance(argument, n.AllOptions):
            keys = model.keys_of(argument.name)
        elif isinstance(argument, n.Reference) and not self.has_name(key := argument.key(option)):
            keys = (key,)
        own = isinstance(argument, n.Reference) and _is_own(argument, option)
        return [(self.cell_of(key), own) for key in keys] if model.rates.isdisjoint(keys) else []

    def areas(self, cells: list[tuple[Address, bool]]) -> list[Expression]:
        return [
            self.seen(area, own=own)
            for own, run in groupby(cells, key=itemgetter(1))
            for area in blocks([place for place, _ in run])
        ]

    def state(self, key: Key) -> Expression | None:
        """A condition that is true while the number of `key` lacks something not quoted; None if it never does."""
        if key in self.plan.states:
            return cell(self.plan.states[key], fixed_row=True).equals(INCOMPLETE)
        if key in self.plan.model.unquoted:
            return cell(self.plan.cells[key]).equals(NOT_QUOTED)
        return self.state_of_parts(key)

    def state_of_parts(self, key: Key) -> Expression | None:
        """The same, by what the number is computed from."""
        keys = self.plan.model.dependencies.direct[key]
        unquoted = [each for each in keys if each in self.plan.model.unquoted]
        parts = [
            f.COUNTIF(cells_of(area), NOT_QUOTED) > 0.0 if area.several else cells_of(area).equals(NOT_QUOTED)
            for area in self.unquoted_areas(key, unquoted)
        ]
        parts += [state for each in keys if each not in unquoted and (state := self.state(each)) is not None]
        parts = list(dict.fromkeys(parts))  # many items may be computed from one price that is not quoted
        return f.any_of(parts) if parts else None

    def unquoted_areas(self, key: Key, unquoted: Sequence[Key]) -> list[Area]:
        """Where to look for what is not quoted. A category's items stand below each other, so that one area holds all
        of them, however many there are."""
        cells = [self.plan.cells[each] for each in unquoted]
        if cells and key.name in self.plan.category_sheets:
            first, last = cells[0], cells[-1]
            return [Area(first.sheet, first.row, first.column, last.row, last.column)]
        return blocks(cells)


def level_payment(rate: Expression, count: Expression, principal: Expression) -> Expression:
    """The level payment as arithmetic that a reviewer can follow: PMT gives it with the sign of what is paid out, and
    spreadsheets differ in its last digits. A rate that is lost beside 1 is none."""
    factor = 1.0 + rate
    each = f.IF(factor.equals(1.0), 1.0 / count, rate / (1.0 - factor ** (-count)))
    return principal * f.IF(f.AND(rate > -1.0, count > 0.0), each, f.NA())


def active_value(plan: Plan, key: Key) -> Expression:
    """The value of an input on Assumptions that counts; by its name where it has one, as assumptions do."""
    place = plan.active(key)
    return Name(plan.names[key], place) if key in plan.names else cell(place, fixed=True)


def scaled(tree: Expression, factors: Iterable[Fraction]) -> Expression:
    """A number converted by factors that stand visibly behind it: `*12`, `/100`."""
    return reduce(_times, factors, tree)


def _times(tree: Expression, factor: Fraction) -> Expression:
    if factor.numerator != 1:
        tree = tree * float(factor.numerator)
    return tree / float(factor.denominator) if factor.denominator != 1 else tree


def _is_own(node: n.Reference, option: str | None) -> bool:
    """Whether a number is that of the option that a formula is made for, whichever this is."""
    return option is not None and node.per_option and node.option is None
