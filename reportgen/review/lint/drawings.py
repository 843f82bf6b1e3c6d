"""What lies on a sheet beside its cells: charts and pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.sheet_cells import Position
from reportgen.review.lint.xml_stream import Handler, natural
from reportgen.review.lint.zip_package import Package

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart "
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on a sheet; `cell` is the one under its corner, None where it is placed without one."""

    titled: bool
    cell: Position | None


@dataclass
class Drawn:
    """What lies on one sheet; `charted` are the ranges that its charts show."""

    charts: list[Chart] = field(default_factory=list)
    charted: list[str] = field(default_factory=list)
    pictures: int = 0


class _ChartPart(Handler):
    def __init__(self, budget: Budget) -> None:
        self.titled = False
        self.charted: list[str] = []
        self._budget = budget
        self._pieces: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        # Titles of axes lie deeper.
        self.titled = self.titled or (name == _CHART + "title" and self.depth == 3)
        self._pieces = [] if name == _CHART + "f" else None

    def text(self, text: str) -> None:
        if self._pieces is not None:
            self._budget.spend("formula text", len(text))
            self._pieces.append(text)

    def end(self, name: str) -> None:
        super().end(name)
        if self._pieces:
            self.charted.append("".join(self._pieces))
        self._pieces = None


def read_drawing(package: Package, part: str, drawn: Drawn) -> None:
    """Add what one drawing holds."""
    titled = {}
    for key, relation in package.relations(part).items():
        if relation.kind == "chart" and not relation.external:
            chart = _ChartPart(package.budget)
            package.read(relation.target, chart)
            titled[key] = chart.titled
            drawn.charted += chart.charted
    for anchor in package.tree(part):
        frame = anchor.find(f"{_DRAWING}graphicFrame")
        if frame is not None:
            for shown in frame.iter("{" + _CHART.strip() + "}chart"):
                if (key := shown.get(_ID, "")) in titled:
                    drawn.charts.append(Chart(titled[key], _corner(anchor)))
        drawn.pictures += sum(1 for _ in anchor.iter(f"{_DRAWING}pic"))


def _corner(anchor: Element) -> Position | None:
    corner = anchor.find(f"{_DRAWING}from")
    if corner is None:
        return None
    row, column = (corner.findtext(f"{_DRAWING}{name}", "0").strip() for name in ("row", "col"))
    return natural(row) + 1, natural(column) + 1
