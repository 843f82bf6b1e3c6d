"""What all charts have in common: their width, type sizes, texts, keys and axes, as layers of Vega-Lite.

Marks stand in the unit of their data, on scales; texts and the lines that lead to them in units of the drawing, from
the plot's top left corner, because they must not overlap. The drawing is `WIDTH` wide: 170 mm on paper.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reportgen.report.charts.chart_parts import Axis
from reportgen.report.charts.chart_text import Font, wrapped
from reportgen.report.charts.look import Look

Spec = dict[str, Any]

WIDTH = 600.0
LABEL, TITLE, TOTAL, SMALL = 9.5, 10.5, 11.0, 8.5
"""Sizes of type: numbers, titles of options and inputs, totals, and what explains."""
LEADING = 1.18
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right")
LARGER = {"triangle-up": 1.6, "triangle-down": 1.6, "triangle-right": 1.6, "diamond": 1.3, "cross": 1.3}
"""What a shape's size is multiplied by to look as large as a circle."""
DASHES = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [12, 4], [4, 2, 1, 2], [1, 3])
AXIS_ROOM = 34.0
"""Below a plot: the labels of its axis and their title."""


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def plot(self) -> float:
        """The width that is left for the plot."""
        return WIDTH - self.left - self.right


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text from a point; `align`: left, center or right of it; the lines stand centred around `y`."""

    x: float
    y: float
    text: tuple[str, ...]
    fill: str
    size: float = LABEL
    weight: int = 400
    align: str = "left"

    def box(self, font: Font) -> tuple[float, float, float, float]:
        """Left, top, right and bottom."""
        width = max(font.width(line, self.size, self.weight) for line in self.text)
        left = self.x - {"left": 0.0, "center": width / 2, "right": width}[self.align]
        half = len(self.text) * self.size * LEADING / 2
        return left, self.y - half, left + width, self.y + half


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line of the drawing."""

    x: float
    y: float
    x2: float
    y2: float
    color: str
    width: float = 0.7
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A point of the drawing; `hollow` where it stands for something incomplete."""

    x: float
    y: float
    shape: str
    color: str
    size: float = 46.0
    hollow: bool = False


def form(look: Look, place: int) -> int:
    """The place among SHAPES and DASHES of an option: those whose colours repeat differ in it."""
    shifted = place if len(look.lines) % len(SHAPES) else place + place // len(look.lines)
    return shifted % len(SHAPES)


def frame(look: Look, margins: Margins, height: float, layers: Sequence[Spec]) -> Spec:
    """A specification whose drawing is exactly `WIDTH` wide."""
    axis = {
        "labelFontSize": LABEL,
        "labelColor": look.muted,
        "labelPadding": 5,
        "labelFlush": False,
        "labelOverlap": False,
        "labelLimit": 0,
        "titleFontSize": LABEL,
        "titleFontWeight": 400,
        "titleColor": look.muted,
        "titlePadding": 7,
        "titleLimit": 0,
        "gridColor": look.rule,
        "gridWidth": 0.5,
        "domainColor": look.muted,
        "domainWidth": 0.7,
        "ticks": False,
        "translate": 0,
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "autosize": "none",
        "padding": {"left": margins.left, "top": margins.top, "right": margins.right, "bottom": margins.bottom},
        "width": margins.plot,
        "height": height,
        "config": {"aria": False, "font": look.font.family, "view": {"stroke": None}, "axis": axis},
        "layer": list(layers),
    }


def labels_layer(labels: Iterable[Label]) -> Spec:
    """Texts at places of the drawing."""
    rows = []
    for each in labels:
        # A text of several lines is placed by the middle of its first one.
        first = each.y - (len(each.text) - 1) * each.size * LEADING / 2
        rows.append({**asdict(each), "y": first, "text": list(each.text), "leading": each.size * LEADING})
    mark = {
        "type": "text",
        "baseline": "middle",
        "x": {"expr": "datum.x"},
        "y": {"expr": "datum.y"},
        "text": {"expr": "datum.text"},
        "fontSize": {"expr": "datum.size"},
        "fontWeight": {"expr": "datum.weight"},
        "lineHeight": {"expr": "datum.leading"},
        "align": {"expr": "datum.align"},
        "color": {"expr": "datum.fill"},
    }
    return {"data": {"values": rows}, "mark": mark, "encoding": {}}


def rules_layer(rules: Iterable[Rule]) -> Spec:
    rows = [{**asdict(each), "dash": list(each.dash) or [1, 0]} for each in rules]
    mark = {
        "type": "rule",
        "color": {"expr": "datum.color"},
        "strokeWidth": {"expr": "datum.width"},
        "strokeDash": {"expr": "datum.dash"},
    }
    ends = {end: {"value": {"expr": f"datum.{end}"}} for end in ("x", "y", "x2", "y2")}
    return {"data": {"values": rows}, "mark": mark, "encoding": ends}


def boxes_layer(boxes: Iterable[tuple[float, float, float, float]], color: str) -> Spec:
    """Patches behind labels, so that lines do not run through them."""
    rows = [dict(zip(("x", "y", "x2", "y2"), box, strict=True)) for box in boxes]
    ends = {end: {"value": {"expr": f"datum.{end}"}} for end in ("x", "y", "x2", "y2")}
    return {"data": {"values": rows}, "mark": {"type": "rect", "color": color}, "encoding": ends}


def shapes_layer(shapes: Iterable[Shape], look: Look) -> Spec:
    rows = [
        {
            "x": each.x,
            "y": each.y,
            "shape": each.shape,
            "size": each.size * LARGER.get(each.shape, 1.0),
            "fill": look.paper if each.hollow else each.color,
            "stroke": each.color if each.hollow else look.paper,
        }
        for each in shapes
    ]
    mark = {
        "type": "point",
        "opacity": 1,
        "strokeWidth": 1.1,
        **{name: {"expr": f"datum.{name}"} for name in ("x", "y", "shape", "size", "fill", "stroke")},
    }
    return {"data": {"values": rows}, "mark": mark, "encoding": {}}


def key_rows(titles: Sequence[str], font: Font, room: float, mark: float = 18.0) -> list[list[tuple[float, str]]]:
    """A key's entries in rows that fit the room, each with where it begins; a long title is cut by its caller."""
    rows: list[list[tuple[float, str]]] = [[]]
    at = 0.0
    for title in titles:
        needs = mark + font.width(title, TITLE) + 18
        if rows[-1] and at + needs - 18 > room:
            rows.append([])
            at = 0.0
        rows[-1].append((at, title))
        at += needs
    return rows


def along(axis: Axis, field: str, room: float, look: Look, *, grid: bool = False) -> Spec:
    """A horizontal axis; labels that would touch each other are thinned out."""
    widest = max((look.font.width(label, LABEL) for label in axis.labels), default=0.0)
    step_room = room * axis.step / (axis.end - axis.start)
    every = max(1, -(-int(widest + 10) // max(1, int(step_room))))
    title = wrapped(axis.title, room, 1, LABEL, look.font)[0]
    return {**_scaled(axis, field), "axis": _ticks(axis, every) | {"grid": grid, "title": title or None}}


def upward(axis: Axis, field: str, height: float) -> Spec:
    """A vertical axis whose title stands above it, put there by `axis_title`."""
    encoding = _scaled(axis, field)
    encoding["scale"] = encoding["scale"] | {"range": [height, 0]}
    return {**encoding, "axis": _ticks(axis, 1) | {"grid": True, "domain": False, "title": None}}


def _scaled(axis: Axis, field: str) -> Spec:
    scale = {"domain": [axis.start, axis.end], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale}


def _ticks(axis: Axis, every: int) -> Spec:
    ticks = [axis.first + index * axis.step for index in range(0, len(axis.labels), every)]
    label = f"({json.dumps(axis.labels)})[round((datum.value - ({axis.first!r})) / {axis.step!r})]"
    return {"values": ticks, "labelExpr": label}


def rows_place(count: int, filled: float) -> Spec:
    """A row for each of `count` numbers from 0, marks filling this share of it."""
    scale = {"domain": list(range(count)), "paddingInner": 1 - filled, "paddingOuter": (1 - filled) / 2}
    return {"field": "row", "type": "ordinal", "axis": None, "sort": None, "scale": scale}


def spaced(axis: Axis, low: float, high: float, pad: float, room: float) -> Axis:
    """The axis with room of `pad` on either side of what stands between low and high; the ticks go with it."""
    extent = high - low if high > low else abs(high) or 1.0
    pad = min(pad, room * 0.4)
    beyond = extent * pad / (room - 2 * pad)
    start, end = low - beyond, high + beyond
    ticks = [axis.first + index * axis.step for index in range(len(axis.labels))]
    kept = [(tick, label) for tick, label in zip(ticks, axis.labels, strict=True) if start <= tick <= end]
    if not kept:
        return Axis(axis.title, start, end, axis.first, axis.step, ())
    return Axis(axis.title, start, end, kept[0][0], axis.step, tuple(label for _, label in kept))
