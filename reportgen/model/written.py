"""The smallest parts of a model as written: texts, numbers, units and formulas, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from reportgen.formula.syntax import Syntax
from reportgen.formula.units import Unit
from reportgen.source import Span

T_co = TypeVar("T_co", covariant=True)

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
class MonthSpec:
    """`month`: the months before it since the year 0."""

    month: int
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
class ByDate(Generic[T_co]):
    """What was written month by month, in the order of time."""

    entries: tuple[tuple[MonthSpec, T_co], ...]
    span: Span

    def get(self, month: int) -> T_co | None:
        return next((value for at, value in self.entries if at.month == month), None)


@dataclass(frozen=True, slots=True)
class PerOption(Generic[T_co]):
    """What was written option by option, in the author's order; `unread`: the options whose value is unusable."""

    entries: tuple[tuple[Text, T_co], ...]
    span: Span
    unread: tuple[str, ...] = ()

    def get(self, option: str) -> T_co | None:
        return next((value for name, value in self.entries if name.text == option), None)


def every_part(written: T_co | PerOption[T_co]) -> tuple[T_co, ...]:
    """What was written, for whichever option."""
    return tuple(each for _, each in written.entries) if isinstance(written, PerOption) else (written,)
