"""The timeline of a model: when it begins, how long a step is and how many there are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import assert_never

from reportgen.formula.months import month_name
from reportgen.formula.nodes import AxisRow, Key
from reportgen.source import Span

STEP_MONTHS = {"month": 1, "quarter": 3, "year": 12}
SUM, AVERAGE, PRESENT_VALUE = "sum", "average", "present value"


@dataclass(frozen=True, slots=True)
class OfTotal:
    """A total that adds up `parts`, categories and items; `kind`: SUM, AVERAGE or PRESENT_VALUE, which has the input
    `rate`."""

    parts: tuple[str, ...]
    kind: str
    rate: str


@dataclass(frozen=True, slots=True)
class Growth:
    """What an input or an item grows by: the input `rate`, from the moment that the input `begins` holds ("": the
    start); `yearly`: only every year."""

    of: str
    rate: str
    begins: str
    yearly: bool


SHARES_TOLERANCE = 1e-9
"""Per cent by which shares may miss 100, as their digits cannot say more."""


@dataclass(frozen=True, slots=True)
class InputRule:
    """What inputs of `owner` have to be together, whoever sets them: `rising`, months each after the one before it, or
    else shares of 100 %. `title` is for readers; `span` is where the author wrote them."""

    owner: str
    title: str
    keys: tuple[Key, ...]
    rising: bool
    span: Span

    def holds(self, values: Sequence[float]) -> bool:
        """Whether they are, with these values."""
        if self.rising:
            return all(before < after for before, after in pairwise(values))
        return abs(math.fsum(values) - 100) <= SHARES_TOLERANCE


@dataclass(frozen=True, slots=True)
class Timing:
    """Which items have what that says when they are paid: by the key of the model file, `end` for `when: end`."""

    key: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """`start`: the months before its first one since the year 0; `length`: months of a step; `steps` are laid out, as
    many as the horizon has wherever it is set; `discounting`: start, middle or end of a step; `dated`: whether the
    author says when it begins."""

    start: int
    length: int
    steps: int
    discounting: str
    dated: bool

    @property
    def step(self) -> str:
        """What a step is: month, quarter or year."""
        return next(word for word, months in STEP_MONTHS.items() if months == self.length)

    @property
    def months(self) -> int:
        return self.length * self.steps

    @property
    def years(self) -> int:
        """How many years it has, the last perhaps not whole."""
        return -(-self.months // 12)

    def says(self, row: AxisRow, step: int) -> float:
        """What it says of a step, which counts from 0."""
        match row:
            case AxisRow.PERIOD:
                return step + 1.0
            case AxisRow.BEGIN:
                return float(step * self.length)
            case AxisRow.END:
                return float((step + 1) * self.length)
            case AxisRow.ELAPSED:
                return step * self.length / 12
            case _ as never:
                assert_never(never)

    def label(self, step: int) -> str:
        """What a step is called: `2027`, `2027-Q2`, `2027-04`; a year that does not begin in January by its months."""
        first = self.start + step * self.length
        if self.length == 12 and first % 12 == 0:
            return str(first // 12)
        if self.length == 3 and first % 3 == 0:
            return f"{first // 12}-Q{first % 12 // 3 + 1}"
        return (
            month_name(first) if self.length == 1 else f"{month_name(first)} to {month_name(first + self.length - 1)}"
        )

    def year_label(self, year: int) -> str:
        """What a year of the timeline is called, from 0; "" where the model does not say when it begins."""
        first = self.start + 12 * year
        if not self.dated:
            return ""
        return str(first // 12) if first % 12 == 0 else f"{month_name(first)} to {month_name(first + 11)}"

    def year_of(self, step: int) -> int:
        """The year of the timeline that a step lies in, from 0."""
        return step * self.length // 12


UNKNOWN = Timeline(0, 1, 120_000, "end", True)
"""All years there are: stands for a timeline that cannot be read, which is reported, so that no date lies outside."""
