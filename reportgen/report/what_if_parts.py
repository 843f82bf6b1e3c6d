"""What the section on questions of the kind "what if" is made of.

Every text is formatted already. The only bare numbers are those that say where a chart draws what: `Bar`, `Line`,
`Point` and `Axis`.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.report.parts import ValueTable


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
    """An input of a tornado: the result at its low and at its high, and what low and high are."""

    title: str
    low: float
    high: float
    low_text: str
    high_text: str


@dataclass(frozen=True, slots=True)
class Base:
    """Where the bars of a tornado begin: the result with every input at its value."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Tornado:
    id: str
    caption: str
    remark: str
    bars: tuple[Bar, ...]
    base: Base
    axis: Axis
    alternative: str


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    points: tuple[tuple[float, float], ...]


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


Chart = Tornado | Lines


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs, a list of points, a chart and tables; `title` is "" where the sub-section's is enough."""

    title: str
    text: tuple[str, ...]
    points: tuple[str, ...]
    chart: Chart | None
    tables: tuple[ValueTable, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A sub-section."""

    id: str
    title: str
    blocks: tuple[Block, ...]
