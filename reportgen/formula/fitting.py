"""Checked parts of a formula, each with its unit and kind, and how they are brought to fit each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen.formula import nodes as n
from reportgen.formula.functions import IF_USAGE
from reportgen.formula.mismatch import code_of, hint_for, named
from reportgen.formula.scope import Scope
from reportgen.formula.syntax import Binary, Call, Syntax
from reportgen.formula.units import PLAIN, Unit
from reportgen.problems import Collector
from reportgen.source import Span


@dataclass(frozen=True, slots=True)
class Typed:
    """A checked part: `unit` None fits anything (the literal 0)."""

    node: n.Node
    unit: Unit | None
    span: Span
    condition: bool = False
    per_option: bool = False


class RefusedError(Exception):
    """The problem is in the collector; there is nothing to hand on."""


class Fitting:
    """Brings checked parts together; what does not fit is reported and raised as `RefusedError`."""

    def __init__(self, scope: Scope, problems: Collector) -> None:
        self.scope = scope
        self.problems = problems

    def refuse(self, code: str, message: str, span: Span, hint: str = "") -> RefusedError:
        self.problems.error(code, message, span, hint)
        return RefusedError()

    def attempt(self, check: Callable[..., Typed], *arguments: object) -> Typed | None:
        try:
            return check(*arguments)
        except RefusedError:
            return None

    def each(self, check: Callable[..., Typed], parts: Iterable[object]) -> list[Typed]:
        """Every part checked, so that the problems of all of them are reported."""
        found = [self.attempt(check, part) for part in parts]
        sound = [typed for typed in found if typed is not None]
        if len(sound) < len(found):
            raise RefusedError
        return sound

    def as_number(self, typed: Typed) -> Typed:
        self.no_condition(typed)
        if isinstance(typed.node, n.AllOptions):
            message = f"`{typed.node.name}.*` is all options at once; one number is needed here"
            raise self.refuse("RG305", message, typed.span, f"use it inside min, max or sum: min({typed.node.name}.*)")
        return typed

    def no_condition(self, typed: Typed) -> Typed:
        if typed.condition:
            raise self.refuse("RG306", "a number is needed here, not a condition", typed.span, f"use {IF_USAGE}")
        return typed

    def as_condition(self, typed: Typed) -> Typed:
        if not typed.condition:
            raise self.refuse("RG306", "a condition is needed here, not a number", typed.span, "compare it: x > 0")
        return typed

    def alike(self, left: Typed, right: Typed, verb: str, syntax: Binary) -> tuple[Typed, Typed]:
        if left.unit is None or right.unit is None:
            return left, right
        if not left.unit.fits(right.unit):
            message = f"{named(right.unit)} cannot be {verb} {named(left.unit)}"
            turned = left.unit == PLAIN
            actual, wanted = (left, right) if turned else (right, left)
            assert actual.unit is not None and wanted.unit is not None
            part = syntax.left if turned else syntax.right
            raise self.units_differ(message, actual.unit, wanted.unit, syntax.operator_span, part)
        return left, self.to_unit(right, left.unit)

    def all_alike(self, parts: list[Typed], syntaxes: Sequence[Syntax], call: Call) -> list[Typed]:
        unit = next((typed.unit for typed in parts if typed.unit is not None), None)
        if unit is None:
            return parts
        for typed, syntax in zip(parts, syntaxes, strict=True):
            if typed.unit is not None and not typed.unit.fits(unit):
                message = f"{named(typed.unit)} cannot stand beside {named(unit)} in `{call.function}`"
                raise self.units_differ(message, typed.unit, unit, typed.span, syntax)
        return [self.to_unit(typed, unit) for typed in parts]

    def to_unit(self, typed: Typed, unit: Unit) -> Typed:
        """The same quantity in a unit that fits, with a visible conversion where the scale differs."""
        if typed.unit is None or typed.unit == unit:
            return replace(typed, unit=unit)
        factors = typed.unit.factors_to(unit)
        if not factors:
            return replace(typed, unit=unit)
        if isinstance(typed.node, n.AllOptions):
            message = f"`{typed.node.name}.*` is in {typed.unit}, the others in {unit}"
            hint = f"put `{typed.node.name}.*` first, so that the others are converted, or declare all in one unit"
            raise self.refuse("RG402", message, typed.span, hint)
        return replace(typed, node=n.Convert(typed.node, factors, typed.span), unit=unit)

    def units_differ(self, message: str, actual: Unit, wanted: Unit, span: Span, syntax: Syntax) -> RefusedError:
        hint = hint_for(actual, wanted, syntax, self.problems.source.text, self.scope.assumptions())
        return self.refuse(code_of(actual, wanted), message, span, hint)
