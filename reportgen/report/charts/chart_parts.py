"""What charts show: places of marks as bare numbers, and every text as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.presentation.value_table import TableCell


@dataclass(frozen=True, slots=True)
class Axis:
    """From `start` to `end`, with evenly spaced ticks from `first` on; `labels` are those of the ticks."""

    title: str
    start: float
    end: float
    first: float
    step: float
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """An input of a tornado: the result at its low and at its high, what low and high are, and in which unit."""

    title: str
    low: float
    high: float
    low_text: str
    high_text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """Where the bars of a tornado begin: the result with every input at its value."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Tornado:
    """`ends` say what the two shades of a bar are: an input at its low, and at its high."""

    id: str
    caption: str
    remark: str
    bars: tuple[Bar, ...]
    base: Base
    axis: Axis
    alternative: str
    ends: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """`place` is the option's place in the model: it looks alike in all charts."""

    title: str
    points: tuple[tuple[float, float], ...]
    place: int


@dataclass(frozen=True, slots=True)
class Point:
    """A place that is marked and labelled."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A line chart."""

    id: str
    caption: str
    remark: str
    lines: tuple[Line, ...]
    marks: tuple[Point, ...]
    x: Axis
    y: Axis
    alternative: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Below an option's curve: from the low to the high percentile, the median between them."""

    low: Point
    middle: Point
    high: Point


@dataclass(frozen=True, slots=True)
class Curves:
    """Cumulative shares; `spreads` stand below the curves in the same order, `heads` name their three points."""

    id: str
    caption: str
    remark: str
    lines: tuple[Line, ...]
    spreads: tuple[Spread, ...]
    heads: tuple[str, str, str]
    x: Axis
    y: Axis
    alternative: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One option in one row. `hollow`: something of it is not known; `best`: the lowest of its row."""

    place: int
    value: float
    text: str
    hollow: bool
    best: bool


@dataclass(frozen=True, slots=True)
class DotRow:
    title: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Dots:
    """Rows of points, one for each of `options`."""

    id: str
    caption: str
    remark: str
    options: tuple[str, ...]
    rows: tuple[DotRow, ...]
    axis: Axis
    alternative: str


@dataclass(frozen=True, slots=True)
class StackSeries:
    """One colour of a stacked chart: a number per bar, and the same as text."""

    title: str
    values: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StackedBars:
    """A stacked bar chart, a bar per option: `totals` stand at the bars' ends. `row`: units of the drawing that each
    bar has, 0 for the usual ones."""

    id: str
    caption: str
    bars: tuple[str, ...]
    series: tuple[StackSeries, ...]
    totals: tuple[TableCell, ...]
    alternative: str
    remark: str = ""
    row: float = 0.0


@dataclass(frozen=True, slots=True)
class Panel:
    """The columns of one option: by series a number for each period."""

    title: str
    values: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class StackedColumns:
    """Stacked columns along the periods, a panel for each option, all on one scale."""

    id: str
    caption: str
    remark: str
    periods: tuple[str, ...]
    series: tuple[str, ...]
    panels: tuple[Panel, ...]
    y: Axis
    alternative: str


Chart = StackedColumns | StackedBars | Tornado | Lines | Curves | Dots
