"""Compute the nodes of a model's formulas for many cases at once.

Each number becomes an array with one entry per case, or with a single entry where no case changes anything it is
computed from. A number over time has a row for each step of the timeline, one that flows another one before them, for
the start; what is the same all the time keeps its one row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

import numpy as np

from reportgen.compute.level_payment import level_payment
from reportgen.compute.read_tables import read_rows, rows_of, unreadable
from reportgen.compute.rounding import Array, fifteen_digits, round_like_spreadsheets
from reportgen.compute.states import divisors, lacking
from reportgen.compute.steps import RATE, Mask, StepEvaluator, Values, in_any_step, span_of, strange_in
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, Node
from reportgen.formula.numbers import LARGEST
from reportgen.formula.units import PLAIN, Unit
from reportgen.model.model import Model, Table
from reportgen.problems import Problem
from reportgen.source import NOWHERE, Span


@dataclass(slots=True)
class _Finding:
    """One problem at one place of a formula, with every number in which it came up; `{}` stands for them."""

    message: str
    hint: str
    keys: dict[Key, None] = field(default_factory=dict)


class Evaluator(StepEvaluator):
    """Computes nodes from numbers that are already known."""

    def __init__(self, model: Model, values: Values) -> None:
        self.model = model
        self.values = values
        self.options = model.option_ids
        self.lacking = lacking(model)
        self.key = Key("")
        self.begin()
        self.findings: dict[tuple[str, str, Span], _Finding] = {}

    @property
    def problems(self) -> list[Problem]:
        return [
            Problem(code, found.message.format(_listed(found.keys)), self.model.source, span, found.hint)
            for (code, _, span), found in self.findings.items()
        ]

    def definition(self, key: Key, node: Node) -> Array:
        """The number of `key`. Reports RG503 where none comes out, or too large a one, although it is computed from
        others."""
        whole = not self.model.unquoted or self.lacking.isdisjoint(self.model.dependencies.direct[key])
        result = self.computed(node, key.option, key.name, whole=whole)
        if (np.abs(result) <= LARGEST).all():
            return result
        strange = in_any_step(strange_in(result))
        if key in self.model.rates:
            strange = strange & ~np.isnan(result)
        for each in n.keys_in(node, key.option, self.options):
            strange = strange & ~in_any_step(strange_in(self.values[each]))
        if strange.any() and not any(key in found.keys for found in self.findings.values()):
            hint = "the numbers in it are too large"
            beyond = f"{{}} comes to more than {LARGEST:.0e}".replace("e+", "e")
            message = beyond if np.isfinite(result).all() else "{} comes to no finite number"
            self.report("RG503", message, span_of(node, self.model, key), hint)
        return result

    def node(self, node: Node, option: str | None, what: str = "", *, whole: bool = False) -> Array:
        """A tree computed from the model's numbers, perhaps one beside the model (a difference, a share); `what` names
        it in problems. It is nothing in the cases in which it divides by what is not known for want of a price; if it
        is `whole`, it lacks none."""
        with np.errstate(all="ignore"):
            return self.computed(node, option, what, whole=whole)

    def computed(self, node: Node, option: str | None, what: str, *, whole: bool) -> Array:
        """The same where NumPy has been told already to warn of nothing."""
        self.key = Key(what, option)
        known = None if whole else self.known(node)
        result = self.number(node, known) + 0.0  # -0.0 becomes 0.0, which is all a spreadsheet knows
        return result if known is None else np.where(known, result, 0.0)

    def decision(self, node: Node, what: str) -> Mask:
        """The same for a condition, which is one for all options."""
        with np.errstate(all="ignore"):
            self.key = Key(what)
            known = self.known(node)
            return _both(self.condition(node, known), known)

    def known(self, node: Node) -> Mask | None:
        """The cases in which nothing that a tree divides by is nothing for want of a price (None: all)."""
        known: Mask | None = None
        for divisor in divisors(node) if self.model.unquoted else ():
            if not self.lacking.isdisjoint(n.keys_in(divisor, self.key.option, self.options)):
                known = _both(self.number(divisor, known) != 0, known)
        return known

    def report(self, code: str, message: str, span: Span, hint: str = "") -> None:
        if span == NOWHERE and self.key.name in self.model.quantities:
            span = self.model.quantities[self.key.name].span
        found = self.findings.setdefault((code, message, span), _Finding(message, hint))
        found.keys[self.key] = None

    def number(self, node: Node, active: Mask | None) -> Array:
        """The node's value for each case; problems count only in the cases that are `active` (None: all)."""
        match node:
            case n.Constant(value):
                return np.array([value])
            case n.Reference():
                return self.known_rate(node.key(self.key.option), node.span, active)
            case n.Convert(operand, factors):
                result = self.number(operand, active)
                for factor in factors:
                    if factor.numerator != 1:
                        result = result * factor.numerator
                    if factor.denominator != 1:
                        result = result / factor.denominator
                return result
            case n.Negate(operand):
                return -self.number(operand, active)
            case n.Arithmetic(operator, left, right, span):
                return self.arithmetic(operator, self.number(left, active), self.number(right, active), span, active)
            case n.Conditional(condition, then, otherwise):
                return self.conditional(condition, then, otherwise, active)
            case n.Apply():
                return self.apply(node, active)
            case n.Lookup(_, argument, span):
                table = self.model.tables[node.of(self.key.option)]
                return self.lookup(table, self.number(argument, active), span, active)
            case n.Guard():
                return self.guarded(node, active)
            case n.Axis() | n.Flow() | n.Reduce() | n.Previous():
                return self.over_time(node, active)
            case n.Comparison() | n.Logic() | n.Not() | n.AllOptions():
                raise TypeError(f"{type(node).__name__} is no number")
            case _ as never:
                assert_never(never)

    def condition(self, node: Node, active: Mask | None) -> Mask:
        match node:
            case n.Comparison(operator, left, right):
                a, b = self.number(left, active), self.number(right, active)
                compare = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}[operator]
                return np.asarray(compare(fifteen_digits(a, b), fifteen_digits(b, a)))
            case n.Not(operand):
                return ~self.condition(operand, active)
            case n.Logic(operator, left, right):
                first = self.condition(left, active)
                undecided = first if operator == "and" else ~first
                if not _any(undecided, active):
                    return first
                second = self.condition(right, _both(undecided, active))
                return first & second if operator == "and" else first | second
            case _:
                raise TypeError(f"{type(node).__name__} is no condition")

    def arithmetic(self, operator: str, left: Array, right: Array, span: Span, active: Mask | None) -> Array:
        match operator:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                zero = right == 0
                if not zero.any():
                    return left / right
                if _any(zero, active):
                    self.report("RG501", "division by zero in {}", span, "guard it: if(divisor > 0, …, 0)")
                return left / np.where(zero, np.nan, right)
            case "^":
                wrong = ((left < 0) & (right != np.trunc(right))) | ((left == 0) & (right <= 0))
                power = self.without_value(wrong, np.power(left, right), "power", span, active)
                return np.where(np.isinf(power), np.nan, power)  # none either, whatever is divided by it
            case _:
                raise ValueError(operator)

    def conditional(self, condition: Node, then: Node, otherwise: Node, active: Mask | None) -> Array:
        chosen = self.condition(condition, active)
        if not _any(~chosen, active):
            return self.number(then, active)
        if not _any(chosen, active):
            return self.number(otherwise, active)
        first = self.number(then, _both(chosen, active))
        second = self.number(otherwise, _both(~chosen, active))
        return np.where(chosen, first, second)

    def apply(self, node: n.Apply, active: Mask | None) -> Array:
        function, arguments = node.function, node.arguments
        match function:
            case Function.MIN | Function.MAX | Function.SUM:
                parts = [part for argument in arguments for part in self.each(argument, active)]
                combine = {Function.MIN: np.minimum, Function.MAX: np.maximum, Function.SUM: np.add}[function]
                result = parts[0]
                for part in parts[1:]:
                    result = combine(result, part)
                return result
            case Function.ABS:
                return np.abs(self.number(arguments[0], active))
            case Function.ROUND | Function.ROUND_UP | Function.ROUND_DOWN:
                digits = int(self.number(arguments[1], active)[0])
                return round_like_spreadsheets(function, self.number(arguments[0], active), digits)
            case Function.EXP:
                x = self.number(arguments[0], active)
                result = np.exp(x)
                return self.without_value(np.isinf(result) & np.isfinite(x), result, "exponential", node.span, active)
            case Function.LN:
                x = self.number(arguments[0], active)
                return self.without_value(x <= 0, np.log(x), "logarithm", node.span, active)
            case Function.SQRT:
                x = self.number(arguments[0], active)
                return self.without_value(x < 0, np.sqrt(x), "square root", node.span, active)
            case Function.PAYMENT:
                rate, count, principal = (self.number(each, active) for each in arguments)
                payment = level_payment(rate, count)
                wrong = np.isnan(payment) & ~np.isnan(rate) & ~np.isnan(count)
                return self.without_value(wrong, payment * principal, "payment", node.span, active)
            case _ as never:
                assert_never(never)

    def each(self, argument: Node, active: Mask | None) -> list[Array]:
        if isinstance(argument, n.AllOptions):
            keys = [Key(argument.name, option) for option in self.options]
            return [self.known_rate(key, argument.span, active) for key in keys]
        return [self.number(argument, active)]

    def known_rate(self, key: Key, span: Span, active: Mask | None) -> Array:
        """A number; what is computed from an internal rate of return needs one that exists."""
        found = self.read(key)
        if key not in self.model.rates:
            return found
        return self.without_value(np.isnan(found), found, RATE, span, active)

    def guarded(self, guard: n.Guard, active: Mask | None) -> Array:
        part, whole = self.number(guard.part, active), self.number(guard.whole, active)
        beyond = np.asarray(fifteen_digits(part, whole) > fifteen_digits(whole, part))
        if _any(beyond, active):
            excess = np.where(_both(beyond, active), part - whole, -np.inf)
            worst = np.unravel_index(np.argmax(excess), excess.shape)
            one, other = (float(np.broadcast_to(each, excess.shape)[worst]) for each in (part, whole))
            message, hint = _EXCESS[guard.excess]
            self.report("RG504", message.format(*_distinguished(one, other, guard.unit)), guard.span, hint)
        return np.where(beyond, np.nan, whole - part if guard.excess is n.Excess.DEDUCTION else 0.0)

    def lookup(self, table: Table, argument: Array, span: Span, active: Mask | None) -> Array:
        rows = rows_of(table, self.values)
        for wrong, said in unreadable(rows, argument):
            if _any(wrong, active):
                message, hint = said(_both(wrong, active))
                self.report("RG502", f"{message} in {{}}", span, hint)
        return read_rows(rows, argument)

    def without_value(self, wrong: Mask, result: Array, what: str, span: Span, active: Mask | None) -> Array:
        """The result, but for the cases in which there is none; `what` names it in the problem RG503."""
        if _any(wrong, active):
            self.report("RG503", f"this {what} has no value in {{}}", span, _VALUELESS[what])
        return np.where(wrong, np.nan, result)


_VALUELESS = {
    "power": "0^0 and roots of negative numbers differ from program to program",
    "exponential": "exp(x) is too large a number from x = 710 on",
    "logarithm": "only numbers above 0 have one; guard it: if(x > 0, ln(x), …)",
    "square root": "only numbers from 0 on have one; guard it: sqrt(max(x, 0))",
    "payment": "the count of payments is above 0, and the rate above -100 %",
    RATE: "guard it with `if`, or make it a metric of its own: there, none and several are answers",
}
"""Each with what to do about it."""

_EXCESS = {
    n.Excess.DEDUCTION: (
        "the deduction of {} is larger than the amount of {} in {{}}",
        "deduct no more than the amount: net(amount, min(deduction, amount))",
    ),
    n.Excess.USAGE: (
        "usage of {} goes beyond the allowance of {} in {{}}, and no price above it is given",
        "give the price as third argument: overage(usage, allowance, price)",
    ),
}


def _distinguished(one: float, other: float, unit: Unit) -> tuple[str, str]:
    """Both with their unit, in as many digits as show that they differ."""
    digits = 12 if f"{one:.12g}" != f"{other:.12g}" else 15
    named = "" if unit == PLAIN else f" {unit}"
    return f"{one:.{digits}g}{named}", f"{other:.{digits}g}{named}"


def _any(cases: Mask, active: Mask | None) -> bool:
    return bool((cases if active is None else cases & active).any())


def _listed(keys: Iterable[Key]) -> str:
    """The numbers' names, as a sentence lists them."""
    names = [f"`{key}`" for key in keys]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _both(cases: Mask, active: Mask | None) -> Mask:
    return cases if active is None else cases & active
