"""A formula tree as text that a finance reader follows: `Seats × Seat fee`, `Set-up ÷ Horizon`.

Names appear by their titles, as in every table of the paper. An item goes with its category (`People: Upkeep`), a
title that several numbers share with its name in the model (`Connectors (connector_months)`), a title with signs in
it in quotation marks. Conversions of units stand where they happen (`÷ 12`).
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from typing import assert_never

from reportgen.compute.digits import input_decimals
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Node
from reportgen.formula.units import PLAIN
from reportgen.model.model import Model
from reportgen.report.format import LOCALE, number

_LOOSE, _AND, _COMPARED, _SUM, _PRODUCT, _POWER, _TIGHT = range(7)
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "^": "^", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_TENS = {-1: "tens", -2: "hundreds", -3: "thousands", -6: "millions"}
_AWKWARD = re.compile(r"[^\w\s.'’&%-]")


class ReadableText:
    """Prints the trees of one model; a tree reads alike for every option unless it names one."""

    def __init__(self, model: Model, locale: str = LOCALE) -> None:
        self.model = model
        self.locale = locale
        self.items = {item.name: category for category in model.categories for item in category.items}
        self.titles = Counter(each.title for each in model.quantities.values())

    def text(self, node: Node) -> str:
        match node:
            case n.Constant(value):
                return number(value, input_decimals((value,), PLAIN), self.locale)
            case n.Reference(name, option):
                title = self.title(name)
                return title if option is None else f"{title} of {self.quoted(self.model.option(option).title)}"
            case n.AllOptions(name):
                return f"{self.title(name)} of every option"
            case n.Convert(operand, factors):
                return self.within(operand, _PRODUCT) + "".join(self.factor(factor) for factor in factors)
            case n.Negate(operand):
                return f"−{self.within(operand, _TIGHT)}"
            case n.Arithmetic("^", left, right):
                return f"{self.within(left, _TIGHT)}^{self.within(right, _TIGHT)}"
            case n.Arithmetic(operator, left, right):
                strength = _SUM if operator in "+-" else _PRODUCT
                return f"{self.within(left, strength)} {_SIGNS[operator]} {self.within(right, strength + 1)}"
            case n.Comparison(operator, left, right):
                return f"{self.within(left, _SUM)} {_SIGNS[operator]} {self.within(right, _SUM)}"
            case n.Logic(operator, left, right):
                return f"{self.within(left, _COMPARED)} {operator} {self.within(right, _COMPARED)}"
            case n.Not(operand):
                return f"not ({self.text(operand)})"
            case n.Conditional(condition, then, otherwise):
                return f"{self.text(then)} if {self.text(condition)}, otherwise {self.text(otherwise)}"
            case n.Lookup(table, argument):
                found = self.model.tables[table]
                what = "value on the lines" if found.method == "linear" else "step"
                return f"{what} of “{found.title}” at ({self.text(argument)})"
            case n.Guard():
                return self.text(node.value)
            case n.Apply(function, arguments):
                return self.apply(function, arguments)
            case _ as never:
                assert_never(never)

    def apply(self, function: Function, arguments: tuple[Node, ...]) -> str:
        match function:
            case Function.MIN:
                return f"smallest of ({self.list(arguments)})"
            case Function.MAX:
                return f"largest of ({self.list(arguments)})"
            case Function.SUM:
                return f"sum of ({self.list(arguments)})"
            case Function.ABS:
                return f"size of ({self.text(arguments[0])}), without its sign"
            case Function.ROUND:
                return self.rounded("rounded", arguments)
            case Function.ROUND_UP:
                return self.rounded("rounded up", arguments)
            case Function.ROUND_DOWN:
                return self.rounded("rounded down", arguments)
            case _ as never:
                assert_never(never)

    def rounded(self, how: str, arguments: tuple[Node, ...]) -> str:
        value, places = arguments
        digits = _whole_number(places)
        if digits == 0:
            to = "a whole number"
        elif digits < 0:
            to = _TENS.get(digits, f"steps of 10^{-digits}")
        else:
            to = f"{digits} decimal{'' if digits == 1 else 's'}"
        return f"({self.text(value)}) {how} to {to}"

    def list(self, arguments: tuple[Node, ...]) -> str:
        return "; ".join(self.text(argument) for argument in arguments)

    def within(self, node: Node, strength: int) -> str:
        """The text of an operand, in brackets where it binds less than its surroundings ask for."""
        text = self.text(node)
        return text if _strength(node) >= strength else f"({text})"

    def factor(self, factor: Fraction) -> str:
        above = f" × {number(factor.numerator, 0, self.locale)}" if factor.numerator != 1 else ""
        below = f" ÷ {number(factor.denominator, 0, self.locale)}" if factor.denominator != 1 else ""
        return above + below

    def title(self, name: str) -> str:
        """What a number is called where other numbers stand around it."""
        title = self.model.quantities[name].title
        if name in self.items:
            return self.quoted(f"{self.items[name].quantity.title}: {title}", ":")
        text = self.quoted(title)
        return f"{text} ({name})" if self.titles[title] > 1 else text

    def quoted(self, title: str, allowed: str = "") -> str:
        return f"“{title}”" if _AWKWARD.search(title.replace(allowed, "", 1) if allowed else title) else title


def _whole_number(node: Node) -> int:
    if isinstance(node, n.Negate):
        return -_whole_number(node.operand)
    assert isinstance(node, n.Constant)
    return int(node.value)


def _strength(node: Node) -> int:
    match node:
        case n.Conditional():
            return _LOOSE
        case n.Logic():
            return _AND
        case n.Comparison():
            return _COMPARED
        case n.Arithmetic("+" | "-") | n.Negate():
            return _SUM
        case n.Arithmetic("^"):
            return _POWER
        case n.Arithmetic() | n.Convert():
            return _PRODUCT
        case n.Guard():
            return _strength(node.value)
        case n.Apply(Function.ABS | Function.ROUND | Function.ROUND_UP | Function.ROUND_DOWN):
            return _LOOSE
        case _:
            return _TIGHT
