"""Bounds on a model's numbers and on their slopes, over intervals of one input.

A number that cannot be zero anywhere on an interval has no crossing there; one that only rises has at most one; one
with a single possible slope is a straight line and is solved in closed form. That is what makes sure that no
crossing is missed, however narrow.
Source: interval arithmetic with the mean value form (Moore, Kearfott, Cloud: Introduction to Interval Analysis,
SIAM 2009, chapters 5 and 6) and the interval Newton step (chapter 8), without outward rounding: what is closer than
15 digits is taken to be equal, as everywhere in the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

import numpy as np

from reportgen.compute.bound_steps import BoundSteps
from reportgen.compute.bounds import NO_BOUND, Bounds, Intervals, choose, constant, hull, size_of, slack_of, unless
from reportgen.compute.rounding import Array, fifteen_digits
from reportgen.compute.steps import Mask
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, Method, Node
from reportgen.model.model import Model, Shape, Table


class BoundsEvaluator(BoundSteps):
    """Computes bounds as `Evaluator` computes numbers."""

    def __init__(self, model: Model, driver: Key, fixed: Mapping[Key, Array], order: Iterable[Key]) -> None:
        """`order`: what is to be computed, each after what it is computed from; `fixed`: all the numbers at some
        value of the driver, of which those that do not depend on it are used."""
        self.model = model
        self.driver = driver
        self.fixed = fixed
        self.order = tuple(order)
        self.operators = {"+": self.plus, "-": self.minus, "*": self.times, "/": self.over_by, "^": self.power}

    def over(self, intervals: Intervals) -> None:
        """Compute everything in order."""
        self.begin(intervals)
        one = np.ones(1)
        self.values = {self.driver: Bounds(intervals.middle, intervals.left, intervals.right, one, one)}
        self.series, self.current = {}, 0
        groups = {key: group for group in self.model.dependencies.groups for key in group}
        with np.errstate(all="ignore"):
            for key in self.order:
                definition = self.model.definitions[key]
                assert isinstance(definition, Node)
                self.option = key.option
                if key in groups:
                    if key not in self.series:
                        self.step_by_step(groups[key])
                elif self.shape(key) is Shape.ONE:
                    self.values[key] = self.number(definition)
                else:
                    self.over_steps(key, definition)

    def number(self, node: Node) -> Bounds:
        match node:
            case n.Constant(value):
                return constant(np.array([value]))
            case n.Reference():
                return self.value(node.key(self.option))
            case n.Convert(operand, factors):
                bounds = self.number(operand)
                for factor in factors:
                    bounds = self.times(bounds, constant(np.array([factor.numerator / factor.denominator])))
                return bounds
            case n.Negate(operand):
                return self.number(operand).flipped
            case n.Arithmetic(operator, left, right):
                return self.operators[operator](self.number(left), self.number(right))
            case n.Conditional(condition, then, otherwise):
                truth, sure = self.condition(condition)
                first, second = self.number(then), self.number(otherwise)
                chosen = choose(truth, first, second)
                either = hull(first, second, chosen.middle)
                either = Bounds(either.middle, either.low, either.high, -NO_BOUND, NO_BOUND)
                return choose(sure, chosen, either)
            case n.Apply(function, arguments):
                return self.apply(function, arguments)
            case n.Lookup(_, argument):
                table = self.model.tables[node.of(self.option)].with_values(lambda key: float(self.fixed[key][0]))
                return self.lookup(table, self.number(argument))
            case n.Guard(excess, part, whole):
                a, b = self.number(part), self.number(whole)
                rest = self.minus(b, a) if excess is n.Excess.DEDUCTION else constant(np.zeros(1))
                if _never_beyond(part, whole):
                    return rest
                _, sure = self.compared("<=", a, b)  # where it surely fails, computing the totals says so
                return unless(~sure, rest)
            case n.Axis() | n.Flow() | n.Reduce() | n.Previous():
                return self.over_time(node)
            case n.Comparison() | n.Logic() | n.Not() | n.AllOptions():
                raise TypeError(f"{type(node).__name__} is no number")
            case _ as never:
                assert_never(never)

    def condition(self, node: Node) -> tuple[Mask, Mask]:
        """Whether it holds in the middle, and whether that is so on the whole interval."""
        match node:
            case n.Comparison(operator, left, right):
                return self.compared(operator, self.number(left), self.number(right))
            case n.Not(operand):
                truth, sure = self.condition(operand)
                return ~truth, sure
            case n.Logic(operator, left, right):
                (a_true, a_sure), (b_true, b_sure) = self.condition(left), self.condition(right)
                if operator == "and":
                    return a_true & b_true, (a_sure & b_sure) | (a_sure & ~a_true) | (b_sure & ~b_true)
                return a_true | b_true, (a_sure & b_sure) | (a_sure & a_true) | (b_sure & b_true)
            case _:
                raise TypeError(f"{type(node).__name__} is no condition")

    def compared(self, operator: str, a: Bounds, b: Bounds) -> tuple[Mask, Mask]:
        compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[operator]
        truth = compare(fifteen_digits(a.middle, b.middle), fifteen_digits(b.middle, a.middle))
        gap = self.minus(a, b)
        slack = slack_of(gap, size_of(a, b))
        return np.asarray(truth), ~self.changes(gap, (gap.low < -slack) & (gap.high > slack))

    def apply(self, function: Function, arguments: tuple[Node, ...]) -> Bounds:
        match function:
            case Function.MIN | Function.MAX | Function.SUM:
                combine = {Function.MIN: self.smaller, Function.MAX: self.larger, Function.SUM: self.plus}[function]
                result, *others = [part for argument in arguments for part in self.each(argument)]
                for part in others:
                    result = combine(result, part)
                return result
            case Function.ABS:
                bounds = self.number(arguments[0])
                return self.larger(bounds, bounds.flipped)
            case Function.ROUND | Function.ROUND_UP | Function.ROUND_DOWN:
                digits = int(self.number(arguments[1]).middle[0])
                return self.rounded(function, self.number(arguments[0]), digits)
            case Function.EXP:
                a = self.number(arguments[0])
                return self.rising(np.exp, np.exp, a, np.zeros(1, dtype=np.bool_))
            case Function.LN:
                a = self.number(arguments[0])
                return self.rising(np.log, lambda x: 1 / x, a, a.low <= 0)
            case Function.SQRT:
                a = self.number(arguments[0])
                return self.rising(np.sqrt, lambda x: 0.5 / np.sqrt(x), a, a.low < 0)
            case Function.PAYMENT:
                rate, count, principal = map(self.number, arguments)
                return self.times(principal, self.payment(rate, count))
            case _ as never:
                assert_never(never)

    def each(self, argument: Node) -> list[Bounds]:
        if isinstance(argument, n.AllOptions):
            return [self.value(Key(argument.name, option)) for option in self.model.option_ids]
        return [self.number(argument)]

    def lookup(self, table: Table, a: Bounds) -> Bounds:
        match table.method:
            case Method.STEP:
                return self.step(table, a)
            case Method.LINEAR:
                return self.line(table, a)
            case Method.GRADUATED:
                return self.charge(table, a)
            case _ as never:
                assert_never(never)


def _never_beyond(part: Node, whole: Node) -> bool:
    """Whether formulas say so: `min(part, whole)` of `whole`, or `part` of `max(part, other)`. Bounds of two numbers
    that are the same, and curved, would never tell."""
    smaller = isinstance(part, n.Apply) and part.function is Function.MIN and whole in part.arguments
    return smaller or (isinstance(whole, n.Apply) and whole.function is Function.MAX and part in whole.arguments)
