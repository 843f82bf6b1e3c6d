"""The values that expressions of the narrative compute with: numbers that know their unit and what they lack.

A figure has one number, or one in each of several cases (`every_scenario`); what holds of it holds in every case.
Figures are compared and added up only where their units fit, and converted where the scale differs. They are not
asked whether they are equal: two computed numbers hardly ever are.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from reportgen.formula.units import PLAIN, Unit
from reportgen.model.model import INCOMPLETE, NOT_QUOTED
from reportgen.narrative.errors import NarrativeError

WRONG = "RG855"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer to a comparison. `shown`: the two numbers that decided it, for who asks why."""

    holds: bool
    shown: str

    def __bool__(self) -> bool:
        return self.holds


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """`values` in `unit`, one for each of `cases` (their names, "" for the only one); `name` is how problems call it;
    `state`: `included`, `none`, `not quoted` or `incomplete`, "" for a number that is nothing of these. `member` gives
    the parts of a figure that has any."""

    values: tuple[float, ...]
    unit: Unit
    name: str
    state: str = ""
    cases: tuple[str, ...] = ("",)
    member: Callable[[str], object] | None = None

    @property
    def value(self) -> float:
        """The one number. Raises NarrativeError where there are several, one for each case."""
        if len(self.values) > 1:
            message = f"`{self.name}` is another number in every scenario; compare it, or name one scenario"
            raise NarrativeError(WRONG, message, f"scenario.ID.{self.name.partition('.')[2]}")
        return self.values[0]

    @property
    def is_complete(self) -> bool:
        return self.state not in (INCOMPLETE, NOT_QUOTED)

    def converted(self, unit: Unit) -> tuple[float, ...]:
        """The numbers in another unit that fits."""
        factor = math.prod(self.unit.factors_to(unit), start=1)
        return tuple(value * float(factor) for value in self.values)

    def fitting(self, other: object, doing: str) -> Figure:
        """`other` with numbers of this unit. Raises NarrativeError: a mistake where the units do not fit."""
        if isinstance(other, Missing):
            other.refuse()
        if isinstance(other, int | float) and not isinstance(other, bool):
            if other == 0 or self.unit.is_number:
                figure = Figure((float(other),), PLAIN if other else self.unit, f"{other:g}")
                return replace(figure, values=figure.converted(self.unit), unit=self.unit)
            hint = f'say what the number counts: measure({other:g}, "{self.unit}")'
            raise NarrativeError(WRONG, f"{doing} `{self.name}`, in {self.unit}, with a number without a unit", hint)
        if not isinstance(other, Figure):
            raise NarrativeError(WRONG, f"{doing} `{self.name}` with {kind_of(other)}", _brackets(other))
        if not other.unit.fits(self.unit):
            message = f"{doing} `{self.name}`, in {_unit(self.unit)}, with `{other.name}`, in {_unit(other.unit)}"
            raise NarrativeError(WRONG, message, "only quantities of one kind can be put side by side")
        return replace(other, values=other.converted(self.unit), unit=self.unit)

    def __lt__(self, other: object) -> Judgement:
        return self._compared(other, operator.lt)

    def __le__(self, other: object) -> Judgement:
        return self._compared(other, operator.le)

    def __gt__(self, other: object) -> Judgement:
        return self._compared(other, operator.gt)

    def __ge__(self, other: object) -> Judgement:
        return self._compared(other, operator.ge)

    def __eq__(self, other: object) -> NoReturn:
        message = f"`{self.name}` is asked to be equal, which computed numbers hardly ever are"
        raise NarrativeError(WRONG, message, "compare with <, <=, > or >=")

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> NoReturn:
        raise NarrativeError(WRONG, f"`{self.name}` is a number, not a condition", f"compare it: {self.name} > 0")

    def _compared(self, other: object, holds: Callable[[float, float], bool]) -> Judgement:
        """Numbers are compared by their 15 significant digits, as spreadsheets compare them."""
        right = self.fitting(other, "compares")
        for each in (self, right):
            if not each.is_complete:
                message = f"`{each.name}` is {each.state}, so that nobody knows how it compares"
                hint = f"ask first: {{% if {each.name}.complete and … %}}"
                raise NarrativeError(WRONG, message, hint, by_value=True)
        shown = ""
        for case, one, two in _pairs(self, right):
            shown = f"{_shown(one)} and {_shown(two)} {self.unit}" + (f" in {case}" if case else "")
            if not holds(float(f"{one:.15g}"), float(f"{two:.15g}")):
                return Judgement(False, shown)
        return Judgement(True, shown)

    def __neg__(self) -> Figure:
        return replace(self, values=tuple(-value for value in self.values), name=f"-{self.name}", member=None)


@dataclass(frozen=True, slots=True, eq=False)
class Missing:
    """What the model gives no answer to with these numbers; `why` says so."""

    why: str
    hint: str = ""

    def refuse(self) -> NoReturn:
        raise NarrativeError(WRONG, self.why, self.hint, by_value=True)

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __lt__(self, other: object) -> NoReturn:
        self.refuse()

    __le__ = __gt__ = __ge__ = __lt__


class Text(str):
    """A figure that a filter has put into words: nothing can be computed with it any more."""

    __slots__ = ()


def arithmetic(sign: str, left: object, right: object) -> Figure | float:
    """`left` and `right` put together by + - * or /. Raises NarrativeError."""
    for each in (left, right):
        if isinstance(each, Missing):
            each.refuse()
        if isinstance(each, bool) or not isinstance(each, Figure | int | float):
            raise NarrativeError(WRONG, f"`{sign}` computes with figures, not with {kind_of(each)}", _brackets(each))
    if not isinstance(left, Figure) and not isinstance(right, Figure):
        left = Figure((float(left),), PLAIN, f"{left:g}")  # type: ignore[arg-type]
    if sign in "+-":
        return _sum(sign, left, right)
    return _product(sign, _as_figure(left), _as_figure(right))


def _sum(sign: str, left: object, right: object) -> Figure:
    if isinstance(left, Figure):
        one, two = left, left.fitting(right, "adds" if sign == "+" else "subtracts")
    else:
        assert isinstance(right, Figure)
        one, two = right.fitting(left, "adds" if sign == "+" else "subtracts"), right
    combine = operator.add if sign == "+" else operator.sub
    return _combined(one, two, sign, [combine(a, b) for _, a, b in _pairs(one, two)], one.unit)


def _product(sign: str, left: Figure, right: Figure) -> Figure:
    """Of the unit that follows; a share in per cent counts as a plain number."""
    left, right = _plain(left), _plain(right)
    if sign == "*":
        return _combined(left, right, sign, [a * b for _, a, b in _pairs(left, right)], left.unit * right.unit)
    if left.unit.fits(right.unit):
        right = replace(right, values=right.converted(left.unit), unit=left.unit)
    if any(abs(value) == 0 for value in right.values):
        raise NarrativeError(WRONG, f"`{right.name}` is nothing, and nothing can be divided by it", by_value=True)
    return _combined(left, right, sign, [a / b for _, a, b in _pairs(left, right)], left.unit / right.unit)


def _combined(left: Figure, right: Figure, sign: str, values: Iterable[float], unit: Unit) -> Figure:
    numbers = tuple(values)
    if not all(map(math.isfinite, numbers)) or unit.is_extreme:
        raise NarrativeError(WRONG, f"`{left.name} {sign} {right.name}` comes to no number that can be shown")
    state = "" if left.is_complete and right.is_complete else INCOMPLETE
    cases = left.cases if len(left.cases) > 1 else right.cases
    return Figure(numbers, unit, f"{left.name} {sign} {right.name}", state, cases)


def _pairs(left: Figure, right: Figure) -> list[tuple[str, float, float]]:
    """The numbers of both, case by case; one that has a single number has it in every case."""
    count = max(len(left.values), len(right.values))
    cases = left.cases if len(left.cases) == count else right.cases
    ones, twos = (each.values * (count if len(each.values) == 1 else 1) for each in (left, right))
    return list(zip(cases, ones, twos, strict=True))


def _as_figure(value: object) -> Figure:
    if isinstance(value, Figure):
        return value
    assert isinstance(value, int | float)
    return Figure((float(value),), PLAIN, f"{value:g}")


def _plain(figure: Figure) -> Figure:
    return replace(figure, values=figure.converted(PLAIN), unit=PLAIN) if figure.unit.is_number else figure


def _shown(value: float) -> str:
    """A number in a message."""
    return f"{value:,.2f}" if abs(value) >= 100 else f"{value:.6g}"


def _unit(unit: Unit) -> str:
    return "no unit" if unit == PLAIN else str(unit)


def _brackets(value: object) -> str:
    return "a filter takes what stands just before it: (a - b) | money" if isinstance(value, Text) else ""


def kind_of(value: Any) -> str:
    """What a value is, for messages."""
    if isinstance(value, Text):
        return "a figure that is already text"
    if isinstance(value, str):
        return "text"
    if isinstance(value, bool | Judgement):
        return "a condition"
    return str(getattr(value, "kind", "something else"))
