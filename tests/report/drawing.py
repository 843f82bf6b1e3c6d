"""What a drawn chart shows: its texts, marks and lines with their places, read from the SVG and nothing else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")


@dataclass(frozen=True, slots=True)
class Text:
    """`x` is where it is aligned, `y` the middle of its (first) line."""

    text: str
    x: float
    y: float
    fill: str
    align: str


@dataclass(frozen=True, slots=True)
class Bar:
    left: float
    right: float
    middle: float
    fill: str


@dataclass(frozen=True, slots=True)
class Point:
    """A symbol: circle, square and the like, by the outline of its path."""

    x: float
    y: float
    fill: str
    stroke: str
    outline: str


@dataclass(frozen=True, slots=True)
class Way:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    stroke: str


class Drawing:
    """All that one drawing shows."""

    def __init__(self, svg: str) -> None:
        self.texts: list[Text] = []
        self.bars: list[Bar] = []
        self.points: list[Point] = []
        self.ways: list[Way] = []
        self._walk(ET.fromstring(svg), 0.0, 0.0)

    def text(self, text: str) -> Text:
        """The only text that reads so."""
        (found,) = [each for each in self.texts if each.text == text]
        return found

    def scale(self, labels: dict[str, float], across: bool) -> tuple[float, float]:
        """Start and unit of an axis, from the places of two or more of its printed numbers."""
        ticks = [
            (labels[each.text], each.x if across else each.y)
            for each in self.texts
            if each.fill == "role-muted" and each.text in labels and each.align == ("middle" if across else "end")
        ]
        (low, at), (high, end) = min(ticks), max(ticks)
        unit = (end - at) / (high - low)
        return at - low * unit, unit

    def _walk(self, node: ET.Element, x: float, y: float) -> None:
        moved = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", ""))
        if moved:
            x, y = x + float(moved[1]), y + float(moved[2])
        tag, fill, stroke = node.tag.rpartition("}")[2], node.get("fill", ""), node.get("stroke", "")
        if tag == "text":
            size = float(node.get("font-size", "").removesuffix("px"))
            middle, align = y - 0.3 * size, node.get("text-anchor", "start")
            self.texts.append(Text(" ".join(_lines(node)), x, middle, fill, align))
        elif tag == "line":
            end = x + float(node.get("x2", 0)), y + float(node.get("y2", 0))
            self.ways.append(Way(((x, y), end), stroke))
        elif tag == "path":
            path = node.get("d", "")
            numbers = [float(each) for each in _NUMBER.findall(path)]
            if "L" in path and not fill:
                corners = zip(numbers[::2], numbers[1::2], strict=True)
                self.ways.append(Way(tuple((x + across, y + down) for across, down in corners), stroke))
            elif moved:
                self.points.append(Point(x, y, fill, stroke, re.sub(r"[-\d.]+", "", path)))
            else:
                left, top, width, height, _ = numbers
                self.bars.append(Bar(x + left, x + left + width, y + top + height / 2, fill))
        for each in node:
            self._walk(each, x, y)


def _lines(node: ET.Element) -> Iterator[str]:
    yield from filter(None, (node.text, *(line.text for line in node)))
