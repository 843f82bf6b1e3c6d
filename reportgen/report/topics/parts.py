"""What the section on questions of the kind "what if" is made of.

Every text is formatted already; the only bare numbers are those of charts (`chart_parts`).
"""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.report.charts.parts import Chart
from reportgen.report.parts import ValueTable


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
