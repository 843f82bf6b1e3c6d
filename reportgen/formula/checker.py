"""From a formula as written to a checked one: names, shapes, kinds and units.

Rules of units: a product's unit is the product of the units; sums, comparisons, min, max, sum and the branches
of `if` need units that fit, and take the first one's scale; the result must fit the declared unit. Every change
of scale becomes a `Convert` node. The literal 0 fits any unit.
"""

from __future__ import annotations

from dataclasses import replace

from reportgen.formula import nodes as n
from reportgen.formula.amounts_over_time import INTERNAL_RATE, AmountsOverTime
from reportgen.formula.fitting import RefusedError, Typed
from reportgen.formula.functions import (
    ALSO_CALLED,
    CHARGE_USAGE,
    IF_USAGE,
    LOOKUP_USAGE,
    MAX_ARGUMENTS,
    NAMES,
    NET_USAGE,
    OVERAGE_USAGE,
    SIGNATURES,
    TIME_USAGES,
    Signature,
)
from reportgen.formula.mismatch import named
from reportgen.formula.scope import Quantity, Scope
from reportgen.formula.syntax import Binary, Call, Name, Number, Syntax, Unary
from reportgen.formula.units import PLAIN, Unit, UnitError, parse_unit
from reportgen.formula.unknown import unknown_name, unknown_part
from reportgen.problems import Collector, suggestion
from reportgen.source import Span

MAX_DIGITS = 12


def check_formula(
    syntax: Syntax, declared: Unit, what: str, scope: Scope, problems: Collector, *, over_time: bool = False
) -> Typed | None:
    """The checked tree of a formula whose result is `what` (for messages), in the declared unit: one number, or, if it
    may be `over_time`, one for each step.

    None if there are problems; they are in `problems` then.
    """
    checker = _Checker(scope, problems, over_time=over_time)
    try:
        typed = checker.number(syntax)
        if not over_time:
            checker.one_number(typed, what)
        if typed.unit is not None and not typed.unit.fits(declared):
            lead = "this is" if typed.unit == PLAIN else "this is in"
            message = f"{lead} {named(typed.unit)}, but {what} is declared in {declared}"
            if isinstance(syntax, Call) and syntax.function == INTERNAL_RATE:
                raise checker.refuse("RG402", message, syntax.span, "declare it in %/year")
            raise checker.units_differ(message, typed.unit, declared, syntax.span, syntax)
        return checker.to_unit(typed, declared)
    except RefusedError:
        return None


def check_condition(syntax: Syntax, what: str, scope: Scope, problems: Collector) -> Typed | None:
    """The checked tree of a condition that is one for all options; `what` names it in messages.

    None if there are problems; they are in `problems` then.
    """
    checker = _Checker(scope, problems)
    try:
        typed = checker.one_number(checker.as_condition(checker.part(syntax)), what)
        if typed.per_option:
            hint = "pick one with .option, or compare all with min(name.*) or max(name.*)"
            raise checker.refuse("RG305", f"{what} is one answer; this is one per option", typed.span, hint)
        return typed
    except RefusedError:
        return None


class _Checker(AmountsOverTime):
    """A method per kind of part. Each raises once its problem is in the collector; other parts are still looked at."""

    def __init__(self, scope: Scope, problems: Collector, *, over_time: bool = False) -> None:
        super().__init__(scope, problems)
        self.over_time_allowed = over_time

    def referred(self, quantity: Quantity) -> str:
        """What a name stands for: of costs what they come to, where one number is needed."""
        in_all = quantity.comes_to and not self.over_time_allowed
        return quantity.name if in_all else quantity.refers_to or quantity.name

    def number(self, syntax: Syntax) -> Typed:
        return self.as_number(self.part(syntax))

    def part(self, syntax: Syntax) -> Typed:
        """A part of any kind. Left operands are walked, not recursed into: a sum may have hundreds of terms."""
        chain: list[Binary] = []
        while isinstance(syntax, Binary):
            chain.append(syntax)
            syntax = syntax.left
        typed = self.attempt(self.operand, syntax)
        for binary in reversed(chain):
            right = self.attempt(self.part, binary.right)
            typed = None if typed is None or right is None else self.attempt(self.binary, binary, typed, right)
        if typed is None:
            raise RefusedError
        return typed

    def operand(self, syntax: Number | Name | Unary | Call) -> Typed:
        match syntax:
            case Number():
                return self.literal(syntax)
            case Name():
                return self.name(syntax)
            case Unary("not"):
                inner = self.as_condition(self.part(syntax.operand))
                return replace(inner, node=n.Not(inner.node, syntax.span), span=syntax.span)
            case Unary():
                inner = self.number(syntax.operand)
                return replace(inner, node=n.Negate(inner.node, syntax.span), span=syntax.span)
            case Call("if"):
                return self.conditional(syntax)
            case Call("lookup"):
                return self.reading(syntax, LOOKUP_USAGE)
            case Call("charge"):
                return self.reading(syntax, CHARGE_USAGE)
            case Call("net"):
                return self.net(syntax)
            case Call("overage"):
                return self.overage(syntax)
            case Call("previous"):
                return self.previous(syntax)
            case Call("straight_line"):
                return self.straight_line(syntax)
            case Call(function) if function == INTERNAL_RATE:
                return self.internal_rate(syntax)
            case Call(function) if function in TIME_USAGES:
                return self.over_time(syntax)
            case Call():
                return self.call(syntax)

    def binary(self, syntax: Binary, left: Typed, right: Typed) -> Typed:
        kind = self.as_condition if syntax.operator in ("and", "or") else self.as_number
        left, right = self.each(kind, (left, right))
        match syntax.operator:
            case "and" | "or":
                return self.decision(n.Logic, syntax, left, right)
            case "<" | "<=" | ">" | ">=":
                return self.decision(n.Comparison, syntax, *self.alike(left, right, "compared with", syntax))
            case "+" | "-":
                verb = "added to" if syntax.operator == "+" else "subtracted from"
                left, right = self.alike(left, right, verb, syntax)
                return self.arithmetic(syntax, left, right, left.unit or right.unit)
            case "*" | "/":
                above, below = left.unit or PLAIN, right.unit or PLAIN
                unit = above / below if syntax.operator == "/" else above * below
                return self.arithmetic(syntax, left, right, unit)
            case _:
                return self.power(syntax, left, right)

    def decision(self, kind: type[n.Logic | n.Comparison], syntax: Binary, left: Typed, right: Typed) -> Typed:
        node = kind(syntax.operator, left.node, right.node, syntax.operator_span)
        return Typed(node, None, syntax.span, True, left.per_option or right.per_option)

    def arithmetic(self, syntax: Binary, left: Typed, right: Typed, unit: Unit | None) -> Typed:
        if unit is not None and unit.is_extreme:
            raise self.refuse("RG402", f"{unit} is a power that is too high", syntax.operator_span)
        node = n.Arithmetic(syntax.operator, left.node, right.node, syntax.operator_span)
        return Typed(node, unit, syntax.span, per_option=left.per_option or right.per_option)

    def power(self, syntax: Binary, base: Typed, exponent: Typed) -> Typed:
        if exponent.unit is not None and not exponent.unit.is_number:
            raise self.refuse("RG402", f"an exponent is a plain number; this is in {exponent.unit}", exponent.span)
        exponent = self.to_unit(exponent, PLAIN)
        unit = base.unit or PLAIN
        if unit.is_number:
            return self.arithmetic(syntax, self.to_unit(base, PLAIN), exponent, PLAIN)
        if isinstance(exponent.node, n.Constant) and exponent.node.value in (2.0, 3.0):
            return self.arithmetic(syntax, base, exponent, unit ** int(exponent.node.value))
        hint = "a quantity with a unit can be raised to 2 or 3 only"
        raise self.refuse("RG402", f"{unit} cannot be raised to this power", syntax.operator_span, hint)

    def literal(self, syntax: Number) -> Typed:
        node = n.Constant(syntax.value, syntax.span)
        if syntax.unit is None:
            return Typed(node, None if syntax.value == 0 else PLAIN, syntax.span)
        try:
            unit = parse_unit(syntax.unit)
            return Typed(replace(node, unit=unit), unit, syntax.span)
        except UnitError as error:
            start = (syntax.unit_span or syntax.span).start + error.offset
            raise self.refuse("RG401", f"unit: {error}", Span(start, start + error.length), error.hint) from error

    def name(self, syntax: Name) -> Typed:
        """`name`, `category.item`, either followed by `.option` or `.*`."""
        *lead, last = syntax.parts
        if (moment := self.time_name(syntax)) is not None:
            return moment
        quantity = self.scope.quantity(str(syntax))
        if quantity is not None:
            node: n.Node = n.Reference(self.referred(quantity), None, quantity.per_option, syntax.span)
            return Typed(node, quantity.unit, syntax.span, per_option=quantity.per_option)
        owner = self.scope.quantity(".".join(lead)) if lead else None
        if owner is None:
            raise self.unknown(syntax)
        if last != "*" and last not in self.scope.options:
            raise self.unknown_part(owner.name, last, syntax.span)
        if not owner.per_option:
            message = f"`{owner.name}` is one number for all options; it has no `.{last}`"
            raise self.refuse("RG305", message, syntax.span, f"write {owner.name}")
        if last == "*":
            return Typed(n.AllOptions(self.referred(owner), syntax.span), owner.unit, syntax.span)
        return Typed(n.Reference(self.referred(owner), last, True, syntax.span), owner.unit, syntax.span)

    def unknown_part(self, owner: str, last: str, span: Span) -> RefusedError:
        known = self.scope.is_unread(last)
        return RefusedError() if known else self.refuse(*unknown_part(owner, last, span, self.scope))

    def unknown(self, syntax: Name) -> RefusedError:
        found = unknown_name(syntax, self.scope)
        return RefusedError() if found is None else self.refuse(*found)

    def conditional(self, call: Call) -> Typed:
        if len(call.arguments) != 3:
            raise self.count_is_wrong(call, IF_USAGE)
        condition, then, otherwise = self.each(self.part, call.arguments)
        self.as_condition(condition)
        then, otherwise = self.all_alike(self.each(self.as_number, (then, otherwise)), call.arguments[1:], call)
        node = n.Conditional(condition.node, then.node, otherwise.node, call.span)
        per_option = condition.per_option or then.per_option or otherwise.per_option
        return Typed(node, then.unit or otherwise.unit, call.span, per_option=per_option)

    def reading(self, call: Call, usage: str) -> Typed:
        """A table read at a number: by `charge` if it is graduated, else by `lookup`."""
        if len(call.arguments) != 2:
            raise self.count_is_wrong(call, usage)
        first, second = call.arguments
        typed = self.attempt(self.number, second)
        name = str(first) if isinstance(first, Name) else ""
        table = self.scope.table(name)
        if table is None and not self.scope.is_unread(name):
            hint = suggestion(name, self.scope.tables()) or f"write {usage}"
            message = f"the first argument of `{call.function}` is the name of a table"
            self.problems.error("RG302", message, first.span, hint)
        if table is None or typed is None:
            raise RefusedError
        graduated = table.method is n.Method.GRADUATED
        if graduated and call.function == "lookup":
            message = f"`{name}` is graduated: `lookup` would price all units at the price of the last one"
            hint = f"charge({name}, {self.written(second)}) prices the units of each band at its own price"
            raise self.refuse("RG303", message, call.name_span, hint)
        if not graduated and call.function == "charge":
            message = f"`{name}` has `method: {table.method.value}`; `charge` needs a graduated table of prices"
            hint = f"write lookup({name}, {self.written(second)}), or give `{name}` `method: graduated`"
            raise self.refuse("RG303", message, call.name_span, hint)
        if typed.unit is not None and not typed.unit.fits(table.from_unit):
            message = f"`{table.name}` is read by {table.from_unit}; this is {named(typed.unit)}"
            raise self.units_differ(message, typed.unit, table.from_unit, typed.span, second)
        argument = self.to_unit(typed, table.from_unit).node
        node = n.Lookup(table.name, argument, call.span, per_option=table.per_option, cells=table.cells)
        unit = table.to_unit * table.from_unit if graduated else table.to_unit
        return Typed(node, unit, call.span, per_option=typed.per_option or table.per_option)

    def net(self, call: Call) -> Typed:
        """What remains of an amount, which must be at least the deduction."""
        if len(call.arguments) != 2:
            raise self.count_is_wrong(call, NET_USAGE)
        amount, deduction = self.all_alike(self.each(self.number, call.arguments), call.arguments, call)
        return self.guarded(n.Excess.DEDUCTION, deduction, amount, amount.unit, call)

    def overage(self, call: Call) -> Typed:
        """What usage beyond an allowance costs; without a price there must be none."""
        if len(call.arguments) not in (2, 3):
            raise self.count_is_wrong(call, OVERAGE_USAGE)
        usage, allowance, *rest = self.each(self.number, call.arguments)
        usage, allowance = self.all_alike([usage, allowance], call.arguments[:2], call)
        if not rest:
            return self.guarded(n.Excess.USAGE, usage, allowance, None, call)
        beyond = self.arithmetic(_joined("-", call), usage, allowance, usage.unit)
        beyond = replace(beyond, node=n.Apply(n.Function.MAX, (n.Constant(0.0, call.span), beyond.node), call.span))
        return self.arithmetic(_joined("*", call), beyond, rest[0], (usage.unit or PLAIN) * (rest[0].unit or PLAIN))

    def guarded(self, excess: n.Excess, part: Typed, whole: Typed, unit: Unit | None, call: Call) -> Typed:
        node = n.Guard(excess, part.node, whole.node, part.unit or PLAIN, call.span)
        return Typed(node, unit, call.span, per_option=part.per_option or whole.per_option)

    def call(self, call: Call) -> Typed:
        signature = SIGNATURES.get(call.function)
        if signature is None:
            also = ALSO_CALLED.get(call.function.lower(), call.function)
            hint = suggestion(also, NAMES) or f"the functions are {', '.join(sorted(NAMES))}"
            raise self.refuse("RG303", f"unknown function `{call.function}`", call.name_span, hint)
        most = MAX_ARGUMENTS if signature.most is None else signature.most
        if not signature.least <= len(call.arguments) <= most:
            raise self.count_is_wrong(call, signature.usage)
        if signature.digits:
            return self.rounding(call, signature)
        if signature.own_units:
            return self.with_own_units(call, signature.function)
        kind = self.no_condition if signature.aggregates else self.as_number
        arguments = self.each(kind, self.each(self.part, call.arguments))
        arguments = self.all_alike(arguments, call.arguments, call)
        unit = next((typed.unit for typed in arguments if typed.unit is not None), None)
        node = n.Apply(signature.function, tuple(typed.node for typed in arguments), call.span)
        return Typed(node, unit, call.span, per_option=any(typed.per_option for typed in arguments))

    def with_own_units(self, call: Call, function: n.Function) -> Typed:
        arguments = self.each(self.number, call.arguments)
        if function is n.Function.SQRT:
            return self.root(call, *arguments)
        if function is n.Function.PAYMENT:
            return self.payment(call, *arguments)
        return self.of_plain(function, call, *arguments)

    def rounding(self, call: Call, signature: Signature) -> Typed:
        value, *rest = self.each(self.number, call.arguments)
        if value.unit is not None:
            value = self.to_unit(value, value.unit.tidy())
        digits = rest[0].node if rest else n.Constant(0.0, call.span)
        if rest and not _is_whole_number(rest[0]):
            message = f"the digits are a whole number between -{MAX_DIGITS} and {MAX_DIGITS}, written out"
            raise self.refuse("RG303", message, rest[0].span, f"for example {call.function}(x, 2)")
        node = n.Apply(signature.function, (value.node, digits), call.span)
        return replace(value, node=node, span=call.span)


def _joined(operator: str, call: Call) -> Binary:
    """The first two arguments of a call with an operator between them, for messages at the call's place."""
    return Binary(operator, call.arguments[0], call.arguments[1], call.span, call.span)


def _is_whole_number(typed: Typed) -> bool:
    node = typed.node.operand if isinstance(typed.node, n.Negate) else typed.node
    if not isinstance(node, n.Constant) or typed.unit not in (None, PLAIN):
        return False
    return node.value.is_integer() and node.value <= MAX_DIGITS
