"""A formula tree as text that a finance reader follows: `Seats × Seat fee`, `Set-up ÷ Horizon`.

Names appear by their titles, as in every table of the paper. An item goes with its category (`People: Upkeep`), a
title that several numbers share with its name in the model (`Connectors (connector_months)`), a title with signs in
it in quotation marks. Conversions of units stand where they happen (`÷ 12`).
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import assert_never

from reportgen.compute.digits import input_decimals
from reportgen.formula import nodes as n
from reportgen.formula.nodes import AxisRow, Function, Method, Node
from reportgen.formula.time_trees import MONTHS_IN_STEP
from reportgen.formula.units import PLAIN
from reportgen.model.model import Model
from reportgen.model.names import MADE_SERIES, OVER_TIME, is_made
from reportgen.presentation.format import LOCALE, number
from reportgen.presentation.words import message, words_of

_LOOSE, _AND, _COMPARED, _SUM, _PRODUCT, _POWER, _TIGHT = range(7)
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "^": "^", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_TENS = {-1: message("tens"), -2: message("hundreds"), -3: message("thousands"), -6: message("millions")}
_AXIS = {
    AxisRow.PERIOD: message("number of the step"),
    AxisRow.BEGIN: message("months to the beginning of the step"),
    AxisRow.END: message("months to the end of the step"),
    AxisRow.ELAPSED: message("years to the beginning of the step"),
}
_AWKWARD = re.compile(r"[^\w\s.'’&%-]")


class ReadableText:
    """Prints the trees of one model; a tree reads alike for every option unless it names one."""

    def __init__(self, model: Model, locale: str = LOCALE, folders: tuple[Path, ...] = ()) -> None:
        self.model = model
        self.locale = locale
        self.gettext, self.ngettext = words_of(locale, folders).gettext, words_of(locale, folders).ngettext
        self.items = {item.name: category for category in model.categories for item in category.items}
        self.titles = Counter(each.title for name, each in model.quantities.items() if not is_made(name))

    def text(self, node: Node) -> str:
        match node:
            case n.Constant(value):
                return number(value, input_decimals((value,), PLAIN), self.locale)
            case n.Reference(name, option):
                title = self.title(name)
                return title if option is None else self.of_option(title, option)
            case n.AllOptions(name):
                return self.gettext("{number} of every option", number=self.title(name))
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
            case n.Logic() | n.Not():
                return self.logic(node)
            case n.Conditional(condition, then, otherwise):
                parts = {"then": then, "condition": condition, "otherwise": otherwise}
                texts = {name: self.text(part) for name, part in parts.items()}
                return self.gettext("{then} if {condition}, otherwise {otherwise}", **texts)
            case n.Lookup(_, argument):
                return self.lookup(node, self.text(argument))
            case n.Guard():
                return self.text(node.value)
            case n.Apply(function, arguments):
                return self.apply(function, arguments)
            case n.Axis() | n.Flow() | n.Reduce() | n.Previous():
                return self.over_time(node)
            case _ as never:
                assert_never(never)

    def logic(self, node: n.Logic | n.Not) -> str:
        if isinstance(node, n.Not):
            return self.gettext("not ({condition})", condition=self.text(node.operand))
        sides = {"left": self.within(node.left, _COMPARED), "right": self.within(node.right, _COMPARED)}
        if node.operator == "and":
            return self.gettext("{left} and {right}", **sides)
        return self.gettext("{left} or {right}", **sides)

    def over_time(self, node: n.Axis | n.Flow | n.Reduce | n.Previous) -> str:
        match node:
            case n.Axis(row):
                return self.gettext(_AXIS[row])
            case n.Flow(start, steps):
                parts = [] if steps is None else [self.text(steps)]
                if start is not None:
                    parts.insert(0, self.gettext("{number} at the start", number=self.within(start, _SUM)))
                return "; ".join(parts)
            case n.Previous(series):
                return self.gettext("{number} in the step before", number=self.text(series))
            case n.Reduce(n.Reduction.SUM, series, weights):
                if weights is None or weights.name == MONTHS_IN_STEP:
                    return self.gettext("{number} in all", number=self.text(series))
                parts = [self.text(series), self.text(weights)]
                return self.gettext("{number} in all, each step times {weight}", number=parts[0], weight=parts[1])
            case n.Reduce(n.Reduction.LARGEST, series):
                return self.gettext("largest of {number} over time", number=self.text(series))
            case n.Reduce(n.Reduction.INTERNAL_RATE, series):
                return self.gettext("internal rate of return on {amounts}", amounts=self.text(series))
            case n.Reduce(_, series, _, position):
                assert position is not None
                values = {"number": self.text(series), "months": self.text(position)}
                return self.gettext("{number} after {months} months", **values)
            case _ as never:
                assert_never(never)

    def apply(self, function: Function, arguments: tuple[Node, ...]) -> str:
        match function:
            case Function.MIN:
                return self.gettext("smallest of ({numbers})", numbers=self.list(arguments))
            case Function.MAX:
                return self.gettext("largest of ({numbers})", numbers=self.list(arguments))
            case Function.SUM:
                return self.gettext("sum of ({numbers})", numbers=self.list(arguments))
            case Function.ABS:
                return self.gettext("size of ({number}), without its sign", number=self.text(arguments[0]))
            case Function.ROUND:
                return self.gettext("({number}) rounded to {places}", **self.rounded(arguments))
            case Function.ROUND_UP:
                return self.gettext("({number}) rounded up to {places}", **self.rounded(arguments))
            case Function.ROUND_DOWN:
                return self.gettext("({number}) rounded down to {places}", **self.rounded(arguments))
            case Function.EXP:
                return self.gettext("exponential of ({number})", number=self.text(arguments[0]))
            case Function.LN:
                return self.gettext("natural logarithm of ({number})", number=self.text(arguments[0]))
            case Function.SQRT:
                return self.gettext("square root of ({number})", number=self.text(arguments[0]))
            case Function.PAYMENT:
                rate, count, principal = map(self.text, arguments)
                return self.gettext(
                    "level payment on a loan of ({principal}) at ({rate}) over ({count})",
                    principal=principal,
                    rate=rate,
                    count=count,
                )
            case _ as never:
                assert_never(never)

    def rounded(self, arguments: tuple[Node, ...]) -> dict[str, str]:
        """What is rounded, and to what."""
        value, places = arguments
        digits = _whole_number(places)
        if digits == 0:
            to = self.gettext("a whole number")
        elif digits > 0:
            to = self.ngettext("{count} decimal", "{count} decimals", digits)
        else:
            to = self.gettext(_TENS[digits]) if digits in _TENS else self.gettext("steps of 10^{power}", power=-digits)
        return {"number": self.text(value), "places": to}

    def of_option(self, title: str, option: str) -> str:
        return self.gettext("{number} of {option}", number=title, option=self.quoted(self.model.option(option).title))

    def lookup(self, node: n.Lookup, at: str) -> str:
        table = self.model.tables_of(node)[0]
        title = (node.per_option and table.common_title) or table.title
        match table.method:
            case Method.STEP:
                return self.gettext("step of “{table}” at ({number})", table=title, number=at)
            case Method.LINEAR:
                return self.gettext("value on the lines of “{table}” at ({number})", table=title, number=at)
            case Method.GRADUATED:
                return self.gettext("charge for ({number}) by the bands of “{table}”", table=title, number=at)
            case _ as never:
                assert_never(never)

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
        if name.startswith(MADE_SERIES):
            return f"({self.text(_tree(self.model, name))})"
        name = name.removesuffix(OVER_TIME)
        title = self.model.quantities[name].title
        if name in self.items:
            return self.quoted(f"{self.items[name].quantity.title}: {title}", ":")
        text = self.quoted(title)
        return f"{text} ({name})" if self.titles[title] > 1 else text

    def quoted(self, title: str, allowed: str = "") -> str:
        return (
            self.gettext("“{title}”", title=title)
            if _AWKWARD.search(title.replace(allowed, "", 1) if allowed else title)
            else title
        )


def _tree(model: Model, name: str) -> Node:
    """What a series holds that a formula of the author's speaks of; it reads alike for every option."""
    definition = model.definitions[model.keys_of(name)[0]]
    assert isinstance(definition, Node)
    return definition


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
        case n.Reduce() | n.Flow() | n.Previous():
            return _LOOSE
        case n.Constant() | n.Reference() | n.AllOptions() | n.Not() | n.Apply() | n.Lookup() | n.Axis():
            return _TIGHT
        case _ as never:
            assert_never(never)
