"""A formula as it was written: what the parser makes and the checker turns into `formula.nodes`."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.source import Span


@dataclass(frozen=True, slots=True)
class Number:
    """`unit` is the text between brackets after it, None if there are none; `5%` has the unit `%`."""

    value: float
    unit: str | None
    unit_span: Span | None = field(compare=False)
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """`total`, `total.connic`, `platform.cluster`; the last part is `*` for all options."""

    parts: tuple[str, ...]
    span: Span = field(compare=False)

    def __str__(self) -> str:
        return ".".join(self.parts)


@dataclass(frozen=True, slots=True)
class Unary:
    """`-` or `not`."""

    operator: str
    operand: Syntax
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic, comparison, `and` or `or`; `operator_span` is where the sign stands."""

    operator: str
    left: Syntax
    right: Syntax
    operator_span: Span = field(compare=False)
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    arguments: tuple[Syntax, ...]
    name_span: Span = field(compare=False)
    span: Span = field(compare=False)


Syntax = Number | Name | Unary | Binary | Call
