"""A model's formula tree as a workbook expression.

Assumptions appear by name, everything else by cell: relative to the formula what is of its own option, with dollar
signs what stays the same for every option. A tree is translated for an option where it has per-option names.

Cells of what is in per cent hold fractions (`workbook.cell_scale`). A translated part carries the scale that its cells
give it, so that a conversion from per cent changes the scale and needs no `/100`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import assert_never

from reportgen.compute.states import divisors
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import PLAIN, Unit
from reportgen.model.model import CostStatus, InputValue, Shape, internal_rate_in
from reportgen.workbook import lookups
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.cell_scale import WHOLE, cell_scale
from reportgen.workbook.cell_words import NOT_KNOWN
from reportgen.workbook.completeness import Completeness
from reportgen.workbook.expressions import Constant, Expression, Name, cell, cells_of
from reportgen.workbook.internal_rate_formula import rate_of
from reportgen.workbook.plan import Plan
from reportgen.workbook.timeline_layout import AXIS_ROWS, steps_area
from reportgen.workbook.translated_parts import NOTHING, Translated, alike, binary, level_payment

_ROUNDING = {n.Function.ROUND: f.ROUND, n.Function.ROUND_UP: f.ROUNDUP, n.Function.ROUND_DOWN: f.ROUNDDOWN}


NO_NUMBER = "–"
"""Stands where a key figure would divide by nothing."""


class Translator(Completeness):
    """Translates trees for the cells that a plan has for the model's numbers."""

    def whole(
        self, node: Node, option: str | None, unknown: float | str | bool = 0.0, scale: Fraction = WHOLE
    ) -> Expression:
        """A tree that is no part of another, in the scale of its cell: `unknown` while it divides
        by nothing for want of a price, as `compute.evaluate` says, and no error then."""
        return self.known(self.tree(node, option, scale), node, option, unknown)

    def known(self, tree: Expression, node: Node, option: str | None, unknown: float | str | bool) -> Expression:
        """What `node` was translated to, but `unknown` while it divides by nothing for want of a price."""
        for divisor in reversed([*divisors(node)]) if self.plan.incomplete else ():  # the innermost is tested first
            if states := self.states(divisor, option):
                tree = f.IF(f.AND(f.any_of(states), self.tree(divisor, option).equals(0.0)), unknown, tree)
        return tree

    def definition(self, key: Key) -> Expression:
        """The formula of one of the model's numbers; a category's total counts its spare lines too."""
        node, spare = self.plan.model.definitions[key], self.plan.spare_cells(key)
        if isinstance(node, InputValue | CostStatus):
            raise TypeError(f"{key} has no formula")
        scale = self.scale_of(key.name)
        if key in self.plan.model.rates and (found := internal_rate_in(node)) is not None:
            rate = rate_of(self.plan.series[found.series.key(key.option)])
            factors = node.factors if isinstance(node, n.Convert) else ()
            return f.IF(f.ISNUMBER(rate), Translated(rate).converted(factors).at(scale), rate)
        if isinstance(node, n.Apply) and spare:
            return f.SUM(*self.summands(node.arguments, key.option, scale, spare))
        tree = self.tree(node, key.option, scale)
        if zeros := self.zero_divisors(key):
            lacks, zero = self.state(key) if key in self.plan.incomplete else None, f.any_of(zeros)
            tree = f.IF(zero if lacks is None else f.AND(zero, f.NOT(lacks)), NO_NUMBER, tree)
        if key not in self.plan.incomplete:
            return tree
        return self.known(tree, node, key.option, NOT_KNOWN if self.may_be_unknown(key) else 0.0)

    def zero_divisors(self, key: Key) -> list[Expression]:
        """Conditions, one of which holds where a key figure divides by nothing, itself or in one that it reads: edited
        inputs can make a total 0, and that is no error of the book."""
        node = self.plan.model.definitions[key]
        if key.name not in self.plan.key_figures or isinstance(node, InputValue | CostStatus):
            return []
        options = self.plan.model.option_ids
        found = [each for each in reversed([*divisors(node)]) if any(n.keys_in(each, key.option, options))]
        inner = [each for other in n.keys_in(node, key.option, options) for each in self.zero_divisors(other)]
        return list(dict.fromkeys([*inner, *(self.tree(each, key.option).equals(0.0) for each in found)]))

    def tree(self, node: Node, option: str | None, scale: Fraction = WHOLE) -> Expression:
        """A tree where it is a part of a formula, as a number or in another scale."""
        return self.translated(node, option).at(scale)

    def scale_of(self, name: str) -> Fraction:
        """The scale of the cells that a name of the model has."""
        return cell_scale(self.plan.model.quantities[name].unit)

    def translated(self, node: Node, option: str | None) -> Translated:
        """A tree in the scale that its cells give it."""
        match node:
            case n.Constant(value, span, unit=unit):
                place, number = self.plan.literal_cells.get(span), Translated(Constant(value))
                return Translated(cell(place, fixed=True), cell_scale(unit or PLAIN)) if place else number
            case n.Reference():
                key = node.key(option)
                return Translated(self.reference(key, own=_is_own(node, option)), self.scale_of(key.name))
            case n.AllOptions():
                raise TypeError("all options at once are an argument, not a number")
            case n.Convert(operand, factors):
                return self.translated(operand, option).converted(factors)
            case n.Negate(operand):
                part = self.translated(operand, option)
                return Translated(-part.tree, part.scale)
            case n.Arithmetic(operator, left, right) | n.Comparison(operator, left, right):
                return binary(operator, self.translated(left, option), self.translated(right, option))
            case n.Logic(operator, left, right):
                first, second = self.tree(left, option), self.tree(right, option)
                return Translated(f.IF(first, second, False) if operator == "and" else f.IF(first, True, second))
            case n.Not(operand):
                return Translated(f.NOT(self.tree(operand, option)))
            case n.Conditional(condition, then, otherwise):
                one, other = alike(self.translated(then, option), self.translated(otherwise, option))
                return Translated(f.IF(self.tree(condition, option), one.tree, other.tree), one.scale)
            case n.Lookup(_, argument):
                return self.lookup(node.of(option), self.translated(argument, option))
            case n.Guard():
                part = self.translated(node.value, option)
                return Translated(f.IF(self.tree(node.condition, option), part.tree, f.NA()), part.scale)
            case n.Apply():
                return self.apply(node, option)
            case n.Reduce():
                return self.reduced(node, option)
            case n.Axis() | n.Flow() | n.Previous():
                return self.in_step(node, option)
            case _ as never:
                assert_never(never)

    def in_step(self, node: n.Axis | n.Flow | n.Previous, option: str | None) -> Translated:
        """A part that has a number for each step."""
        raise TypeError(f"{type(node).__name__} is no single number")

    def reduced(self, node: n.Reduce, option: str | None) -> Translated:
        """One number of the row of a series."""
        model, key = self.plan.model, node.series.key(option)
        is_flow, scale = model.quantities[key.name].shape is Shape.FLOW, self.scale_of(key.name)
        steps = self.steps(key)
        match node.reduction:
            case n.Reduction.SUM if node.weights is None:
                return Translated(f.SUM(self.steps(key, with_start=is_flow)), scale)
            case n.Reduction.SUM:
                assert node.weights is not None
                weights = node.weights.key(option)
                both = is_flow and model.quantities[weights.name].shape is Shape.FLOW
                numbers = (self.steps(each, with_start=both) for each in (key, weights))
                return Translated(f.SUMPRODUCT(*numbers), scale * self.scale_of(weights.name))
            case n.Reduction.LARGEST:
                return Translated(f.MAX(steps), scale)
            case n.Reduction.INTERNAL_RATE:
                rate = rate_of(self.plan.series[key])
                return Translated(f.IF(f.ISNUMBER(rate), rate, f.NA()))
            case n.Reduction.AT | n.Reduction.BEFORE:
                assert node.position is not None
                begin = cells_of(steps_area(model, AXIS_ROWS[n.AxisRow.BEGIN]), fixed=True)
                at = self.tree(node.position, option)
                exact = node.reduction is n.Reduction.AT
                place = f.MATCH(at, begin, 1.0) if exact else f.SUMPRODUCT((begin < at) * 1.0)
                return Translated(f.INDEX(steps, 1.0, place), scale)
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

    def in_unit(self, key: Key, unit: Unit) -> Expression:
        """A number of the model in another unit that fits its own."""
        part = Translated(self.reference(key, own=False), self.scale_of(key.name))
        return part.converted(self.plan.model.quantities[key.name].unit.factors_to(unit)).at(cell_scale(unit))

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
        definition = self.plan.model.definitions[key]
        if key in self.plan.model.unquoted or isinstance(definition, CostStatus) or self.may_be_unknown(key):
            return True
        return key.name in self.plan.key_figures and bool(self.zero_divisors(key))

    def may_be_unknown(self, key: Key) -> bool:
        """Whether a word stands in place of the number while it divides by what has no price: of a key figure, which
        nothing adds up."""
        definition = self.plan.model.definitions[key]
        if key not in self.plan.states or isinstance(definition, InputValue | CostStatus):
            return False
        by_what = divisors(definition) if key.name in self.plan.key_figures else ()
        return any(self.states(divisor, key.option) for divisor in by_what)

    def table(self, table: str) -> tuple[Area, Area]:
        """Where formulas read the first numbers of a table's rows, and the second ones."""
        return self.plan.tables[table]

    def lookup(self, table: str, argument: Translated) -> Translated:
        """What a table says, by its method."""
        starts, results = self.table(table)
        read = self.plan.model.tables[table]
        given, scale = cell_scale(read.from_unit), cell_scale(read.to_unit)
        seen, place = partial(self.seen, own=False), argument.at(given)
        match read.method:
            case n.Method.STEP:
                return Translated(lookups.step(seen, starts, results, place), scale)
            case n.Method.LINEAR:
                return Translated(lookups.line(seen, starts, results, place), scale)
            case n.Method.GRADUATED:
                return Translated(lookups.charge(seen, starts, results, place), given * scale)
            case _ as never:
                assert_never(never)

    def apply(self, node: n.Apply, option: str | None) -> Translated:
        arguments = node.arguments
        match node.function:
            case n.Function.MIN | n.Function.MAX | n.Function.SUM:
                scale = self.shared_scale(arguments, option)
                if node.function is n.Function.SUM:
                    return Translated(f.SUM(*self.summands(arguments, option, scale)), scale)
                function = f.MIN if node.function is n.Function.MIN else f.MAX
                return Translated(function(*self.each(arguments, option, scale)), scale)
            case n.Function.ABS:
                part = self.translated(arguments[0], option)
                return Translated(f.ABS(part.tree), part.scale)
            case n.Function.ROUND | n.Function.ROUND_UP | n.Function.ROUND_DOWN:
                return Translated(_ROUNDING[node.function](*(self.tree(each, option) for each in arguments)))
            case n.Function.EXP:
                return Translated(f.EXP(self.tree(arguments[0], option)))
            case n.Function.LN:
                return Translated(f.LN(self.tree(arguments[0], option)))
            case n.Function.SQRT:
                return Translated(f.SQRT(self.tree(arguments[0], option)))
            case n.Function.PAYMENT:
                rate, count, principal = (self.translated(each, option) for each in arguments)
                return Translated(level_payment(rate.at(WHOLE), count.at(WHOLE), principal.tree), principal.scale)
            case _ as never:
                assert_never(never)

    def shared_scale(self, arguments: tuple[Node, ...], option: str | None) -> Fraction:
        """The scale of arguments that are compared or added up: that of the first which is more than nothing."""
        for argument in arguments:
            if isinstance(argument, n.AllOptions):
                return self.scale_of(argument.name)
            if (part := self.translated(argument, option)).tree != NOTHING:
                return part.scale
        return WHOLE

    def each(self, arguments: tuple[Node, ...], option: str | None, scale: Fraction) -> list[Expression]:
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
                parts.append(self.tree(argument, option, scale))
        return parts

    def summands(
        self, arguments: tuple[Node, ...], option: str | None, scale: Fraction, more: Sequence[Address] = ()
    ) -> list[Expression]:
        """Arguments of SUM, which counts text as nothing: cells of that scale stand as they are, neighbours as one
        range; then `more` cells."""
        parts: list[Expression] = []
        run: list[tuple[Address, bool]] = []
        for argument in arguments:
            cells = self.cells(argument, option, scale)
            run += cells
            if not cells:
                parts += self.areas(run)
                run = []
                parts += self.each((argument,), option, scale)
        return parts + self.areas([*run, *((each, option is not None) for each in more)])

    def cells(self, argument: Node, option: str | None, scale: Fraction) -> list[tuple[Address, bool]]:
        """The cells of that scale that an argument stands for, each with whether it is the option's own; none where a
        rate that need not exist is asked for first whether it does."""
        if not isinstance(argument, n.AllOptions | n.Reference) or self.scale_of(argument.name) != scale:
            return []
        model, own = self.plan.model, isinstance(argument, n.Reference) and _is_own(argument, option)
        keys: tuple[Key, ...] = ()
        if isinstance(argument, n.AllOptions):
            keys = model.keys_of(argument.name)
        elif not self.has_name(key := argument.key(option)):
            keys = (key,)
        return [(self.cell_of(key), own) for key in keys] if model.rates.isdisjoint(keys) else []

    def areas(self, cells: list[tuple[Address, bool]]) -> list[Expression]:
        return [
            self.seen(area, own=own)
            for own, run in groupby(cells, key=itemgetter(1))
            for area in blocks([place for place, _ in run])
        ]


def active_value(plan: Plan, key: Key) -> Expression:
    """The value of an input on Assumptions that counts; by its name where it has one, as assumptions do."""
    place = plan.active(key)
    return Name(plan.names[key], place) if key in plan.names else cell(place, fixed=True)


def _is_own(node: n.Reference, option: str | None) -> bool:
    """Whether a number is that of the option that a formula is made for, whichever this is."""
    return option is not None and node.per_option and node.option is None
