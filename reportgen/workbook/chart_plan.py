"""A chart before it is drawn: which cells it shows, with what they hold; no openpyxl in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from reportgen.compute.digits import result_decimals
from reportgen.formula.units import PLAIN, Unit
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import listed, number_text, together, unit_words
from reportgen.workbook.cell_scale import from_cell, in_cell
from reportgen.workbook.cell_words import NOT_KNOWN
from reportgen.workbook.expressions import Cells
from reportgen.workbook.number_formats import decimals_format
from reportgen.workbook.values import is_number, number, text

CHART_ROWS = 17
"""Rows of ordinary height that columns or lines with their titles and legend need."""


class ChartKind(Enum):
    """What is drawn: columns on top of each other; bars beside each other; bars to both sides of nothing, one on the
    other; straight lines between points that lie where their numbers say; columns with a line from low to high."""

    STACK = "stack"
    BARS = "bars"
    TORNADO = "tornado"
    LINES = "lines"
    SPANS = "spans"


@dataclass(frozen=True, slots=True)
class Numbers:
    """Cells of a chart and their numbers; None where a cell holds none."""

    area: Area
    values: tuple[float | None, ...]

    @classmethod
    def read(cls, cells: Cells, area: Area) -> Numbers:
        """What settled cells hold."""
        found = cells.block(area)
        return cls(area, tuple(number(each) if is_number(each) else None for each in found))

    @classmethod
    def of(cls, area: Area, values: Iterable[float | None], unit: Unit) -> Numbers:
        """Numbers in a unit, as their cells hold them."""
        return cls(area, tuple(None if each is None else in_cell(each, unit) for each in values))

    def shown(self, unit: Unit) -> list[float | None]:
        """The numbers in their unit again."""
        return [None if each is None else from_cell(each, unit) for each in self.values]


@dataclass(frozen=True, slots=True)
class Texts:
    """Cells of a chart and their texts."""

    area: Area
    texts: tuple[str, ...]

    @classmethod
    def read(cls, cells: Cells, area: Area) -> Texts:
        """What settled cells hold."""
        return cls(area, tuple(map(text, cells.block(area))))


@dataclass(frozen=True, slots=True)
class Series:
    """`at` are the places of a line's points along the chart; `below` and `above` how far a span reaches from its
    value. A `mark` has points but no line; a `total` is no part of a stack but the number above it. `color` is the
    place among the brand's colours where that is not the place in the chart, so that an option keeps its colour."""

    title: Texts
    values: Numbers
    at: Numbers | None = None
    below: Numbers | None = None
    above: Numbers | None = None
    mark: bool = False
    total: bool = False
    color: int | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """It ends where its numbers do; but at `ends` where these are not None."""

    title: str
    number_format: str
    ends: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """It covers `rows` and `columns`, both ends included. `title` is read from a cell where the reader's choice decides
    it. `categories` stand along bars and columns, `along` is the axis below a chart of lines. `labels`: a number stands
    at each bar's end, in this format."""

    kind: ChartKind
    title: str | Texts
    series: tuple[Series, ...]
    values: Axis
    rows: tuple[int, int]
    columns: tuple[int, int]
    alternative: str
    categories: Texts | None = None
    along: Axis | None = None
    labels: str = ""


def from_zero(shown: Iterable[float | None], known: Iterable[float] = ()) -> tuple[float | None, float | None]:
    """The ends of an axis for bars, whose lengths tell the numbers only if they begin at 0: where all numbers lie
    close together, Excel lets an axis begin near the least of them.

    A stated end stays when inputs change, so it leaves room for what is `known` of other scenarios. Where bars stand on
    both sides of 0 nothing is stated: such an axis has its 0, and goes along with every change.
    """
    numbers = [0.0 if each is None else each for each in shown] or [0.0]
    every = [*numbers, *known]
    if min(numbers) >= 0:
        return 0.0 - _beyond(-min(every)), None
    return (None, _beyond(max(every))) if max(numbers) <= 0 else (None, None)


def _beyond(number: float) -> float:
    """The next number of one digit, 0 for what is not above it."""
    power = 10.0 ** math.floor(math.log10(number)) if number > 0 else 1.0
    return float(f"{max(0, math.ceil(number / power)) * power:.12g}")


def axis_title(what: str, unit: Unit) -> str:
    """`Total cost, EUR/year`; plain numbers have no unit to name."""
    return what if unit == PLAIN else together(what, ", ", unit_words(unit))


def axis_format(values: Iterable[float | None], unit: Unit) -> str:
    """For the round numbers of an axis: a tenth of the largest number still shows."""
    largest = max((abs(value) for value in values if value is not None), default=0.0)
    return decimals_format(0 if largest == 0 else min(12, max(0, 1 - math.floor(math.log10(largest)))), unit)


def shown_numbers(titles: Iterable[str], values: Iterable[float | None], unit: Unit, *, between: str = "; ") -> str:
    """For alternative texts: `Hosted 21,813; Self-run 21,708`, with the decimals that the sheet shows."""
    pairs = list(zip(titles, values, strict=True))
    decimals = result_decimals([value for _, value in pairs if value is not None], unit)
    shown = (NOT_KNOWN if value is None else number_text(value, f",.{decimals}f") for _, value in pairs)
    return listed((together(title, " ", text) for (title, _), text in zip(pairs, shown, strict=True)), between)
