"""Amounts at the start and in each step, from which an internal rate of return follows: costs, numbers over time, and
their sums, differences and multiples."""

from __future__ import annotations

from dataclasses import replace

from reportgen.formula import nodes as n
from reportgen.formula import time_trees as trees
from reportgen.formula.fitting import RefusedError, Typed
from reportgen.formula.functions import TIME_USAGES
from reportgen.formula.nodes import Reduction, Reference
from reportgen.formula.syntax import Binary, Call, Name, Syntax, Unary
from reportgen.formula.time_functions import TimeFunctions, is_over_time
from reportgen.formula.units import PLAIN, YEAR, Unit

INTERNAL_RATE = "internal_rate_of_return"
_HINT = "name a category, an item, a total that lists them in `of`, or a number over time"


class AmountsOverTime(TimeFunctions):
    """Makes nodes of what a name or a formula comes to at the start and in each step."""

    def arithmetic(self, syntax: Binary, left: Typed, right: Typed, unit: Unit | None) -> Typed:
        raise NotImplementedError

    def internal_rate(self, call: Call) -> Typed:
        """Of amounts that have a series of their own, so that it is seen where they change their sign."""
        if len(call.arguments) != 1:
            raise self.count_is_wrong(call, TIME_USAGES[INTERNAL_RATE])
        self.need_timeline(call.span, f"`{INTERNAL_RATE}`")
        (argument,) = call.arguments
        amounts = self.amounts(argument)
        unit, text = amounts.unit or PLAIN, self.written(argument)
        name = self.scope.series(amounts.node, unit, amounts.per_option, text, flows=True)
        series = Reference(name, None, amounts.per_option, call.span)
        node = n.Reduce(Reduction.INTERNAL_RATE, series, None, None, call.span)
        return Typed(node, PLAIN / YEAR, call.span, per_option=amounts.per_option)

    def amounts(self, syntax: Syntax) -> Typed:
        if not self._has_costs(syntax):
            return self._flowing(syntax)
        match syntax:
            case Name():
                return self._costs_over_time(syntax)
            case Unary(_, operand):
                inner = self.amounts(operand)
                return replace(inner, node=n.Negate(inner.node, syntax.span), span=syntax.span)
            case Binary("+" | "-"):
                return self._sum(syntax)
            case Binary():
                return self._multiple(syntax)
            case _:
                raise self.not_over_time(syntax)

    def not_over_time(self, syntax: Syntax) -> RefusedError:
        message = f"`{self.written(syntax)}` has no amounts at the start and in each step"
        return self.refuse("RG305", message, syntax.span, _HINT)

    def _has_costs(self, syntax: Syntax) -> bool:
        """Whether a sum or a product names costs, each of which has amounts already."""
        pending = [syntax]
        while pending:
            match pending.pop():
                case Name() as name if self._named_costs(name) is not None:
                    return True
                case Unary("-", operand):
                    pending.append(operand)
                case Binary("+" | "-" | "*" | "/", left, right):
                    pending += (left, right)
                case _:
                    pass
        return False

    def _named_costs(self, name: Name) -> tuple[str, Unit, str | None] | None:
        """The series of a category, an item or a total, perhaps of one option."""
        *lead, last = name.parts
        owner = self.scope.quantity(".".join(lead)) if last in self.scope.options else None
        quantity = owner or self.scope.quantity(str(name))
        found = None if quantity is None else self.scope.amounts(quantity)
        return None if found is None else (*found, last if owner else None)

    def _costs_over_time(self, name: Name) -> Typed:
        found = self._named_costs(name)
        assert found is not None
        series, unit, option = found
        return Typed(Reference(series, option, True, name.span), unit, name.span, per_option=option is None)

    def _flowing(self, syntax: Syntax) -> Typed:
        """A number over time: a rate comes to an amount in each step, any other number is one; nothing at the start."""
        series = self.number(syntax)
        if not is_over_time(series.node, self.scope):
            raise self.not_over_time(syntax)
        if (series.unit or PLAIN).dimension.get("calendar time") == -1:
            series = self.per_month(series, trees.times(series.node, trees.shared(trees.MONTHS_IN_STEP)))
        return replace(series, node=n.Flow(None, series.node, syntax.span))

    def _sum(self, syntax: Binary) -> Typed:
        """Its terms from the left: there may be hundreds."""
        chain: list[Binary] = []
        first: Syntax = syntax
        while isinstance(first, Binary) and first.operator in "+-":
            chain.append(first)
            first = first.left
        terms = self.each(self.amounts, (first, *(each.right for each in reversed(chain))))
        found = terms[0]
        for binary, term in zip(reversed(chain), terms[1:], strict=True):
            verb = "added to" if binary.operator == "+" else "subtracted from"
            left, right = self.alike(found, term, verb, binary)
            found = self.arithmetic(binary, left, right, left.unit or right.unit)
        return found

    def _multiple(self, syntax: Binary) -> Typed:
        """Costs times numbers that are the same in every step, or divided by such."""
        factors: list[tuple[Binary, Syntax]] = []
        costs: Syntax = syntax
        while isinstance(costs, Binary) and costs.operator in "*/":
            sides = (costs.left, costs.right) if self._has_costs(costs.left) else (costs.right, costs.left)
            if self._has_costs(sides[1]) or (costs.operator == "/" and sides[0] is costs.right):
                raise self.not_over_time(costs)
            factors.append((costs, sides[1]))
            costs = sides[0]
        found = self.amounts(costs)
        for binary, syntax_ in reversed(factors):
            factor = self.one_number(self.number(syntax_), "what costs are multiplied or divided by")
            left, right = (found, factor) if syntax_ is binary.right else (factor, found)
            above, below = left.unit or PLAIN, right.unit or PLAIN
            found = self.arithmetic(binary, left, right, above / below if binary.operator == "/" else above * below)
        return found
