"""The smallest parts of a model as written: texts, numbers, units and formulas, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from reportgen.formula.syntax import Syntax
from reportgen.formula.units import Unit
from reportgen.source import Span

T = TypeVar("T")

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    span: Span

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class UnitSpec:
    unit: Unit
    span: Span


@dataclass(frozen=True, slots=True)
class DateSpec:
    day: date
    span: Span


@dataclass(frozen=True, slots=True)
class NumberSpec:
    """`unit` None: the number is in the unit of what it belongs to."""

    value: float
    unit: Unit | None
    span: Span


@dataclass(frozen=True, slots=True)
class ChangeSpec:
    """A change in proportion in place of a number; `share` is 0.1 for `+10 %`."""

    share: float
    span: Span


@dataclass(frozen=True, slots=True)
class WordSpec:
    """`included`, `none` or `not quoted` in place of a cost."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class FormulaSpec:
    syntax: Syntax
    text: str
    span: Span


CostSpec = NumberSpec | WordSpec | FormulaSpec


@dataclass(frozen=True, slots=True)
class PerOption(Generic[T]):
    """What was written option by option, in the author's order; `unread`: the options whose value is unusable."""

    entries: tuple[tuple[Text, T], ...]
    span: Span
    unread: tuple[str, ...] = ()

    def get(self, option: str) -> T | None:
        return next((value for name, value in self.entries if name.text == option), None)
