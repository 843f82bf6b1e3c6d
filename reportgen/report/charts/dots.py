"""Dot plots: a row per scenario, a point for each option, joined from the lowest to the highest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportgen.report.charts.chart_labels import Box, overlap
from reportgen.report.charts.chart_parts import Dot, DotRow, Dots
from reportgen.report.charts.chart_text import wrapped
from reportgen.report.charts.frame import (
    AXIS_ROOM,
    LABEL,
    LARGER,
    SHAPES,
    SMALL,
    TITLE,
    WIDTH,
    Label,
    Margins,
    Rule,
    Shape,
    Spec,
    along,
    form,
    frame,
    key_rows,
    labels_layer,
    rules_layer,
    shapes_layer,
    spaced,
)
from reportgen.report.charts.look import Look

_TITLES = 150.0
_STEP, _WIDE_STEP = 36.0, 42.0
"""Of rows; with more than three options values stand both above and below the points."""
_KEY_ROW = 18.0
_SIZE = 62.0


def dots(chart: Dots, look: Look) -> Spec:
    """The specification of a dot plot."""
    font = look.font
    titles = [wrapped(row.title, _TITLES, 2, TITLE, font) for row in chart.rows]
    left = 14 + max(font.width(line, TITLE) for lines in titles for line in lines)
    right = 10.0
    room = WIDTH - left - right
    step = _WIDE_STEP if len(chart.options) > 3 else _STEP
    height = step * len(chart.rows)
    values = [dot.value for row in chart.rows for dot in row.dots]
    widest = max(font.width(dot.text, LABEL, 600) for row in chart.rows for dot in row.dots)
    axis = spaced(chart.axis, min(values), max(values), widest + 14, room)

    def place(value: float) -> float:
        return (value - axis.start) / (axis.end - axis.start) * room

    heads = _heads(chart, look, place, room)
    key = [] if heads else key_rows([wrapped(each, 250, 1, TITLE, font)[0] for each in chart.options], font, WIDTH)
    top = 24.0 if heads else len(key) * _KEY_ROW + 8
    marks, names = _key(key, look, -left, -top + 7)
    rules = []
    labels = [*heads, *names]
    for number, (row, lines) in enumerate(zip(chart.rows, titles, strict=True)):
        middle = (number + 0.5) * step
        labels.append(Label(-12, middle, lines, look.ink, TITLE, align="right"))
        at = sorted(place(dot.value) for dot in row.dots)
        rules.append(Rule(at[0], middle, at[-1], middle, look.rule, 2.0))
        labels += _values(row, look, place, middle)
    layers = [
        rules_layer(rules),
        _points(chart, along(axis, "value", room, look, grid=True), look, step),
        *([shapes_layer(marks, look)] if marks else []),
        labels_layer(labels),
    ]
    return frame(look, Margins(left, top, right, AXIS_ROOM if axis.title else AXIS_ROOM - 14), height, layers)


def _points(chart: Dots, across: Spec, look: Look, step: float) -> Spec:
    rows = [
        {
            "row": number,
            "option": dot.place,
            "value": dot.value,
            "y": (number + 0.5) * step,
            "shape": SHAPES[form(look, dot.place)],
            "size": _SIZE * LARGER.get(SHAPES[form(look, dot.place)], 1.0),
            "fill": look.paper if dot.hollow else look.line(dot.place),
            "stroke": look.line(dot.place) if dot.hollow else look.paper,
        }
        for number, row in enumerate(chart.rows)
        for dot in row.dots
    ]
    mark = {"type": "point", "opacity": 1, "strokeWidth": 1.1}
    encoded = {name: {"expr": f"datum.{name}"} for name in ("shape", "size", "fill", "stroke")}
    encoding = {"x": across, "y": {"value": {"expr": "datum.y"}}}
    return {"data": {"values": rows}, "mark": {**mark, **encoded}, "encoding": encoding}


def _values(row: DotRow, look: Look, place: Callable[[float], float], middle: float) -> Iterator[Label]:
    """The lowest left of its point, the highest right of its own, those between above theirs or below if they fit."""
    ranked = sorted(row.dots, key=lambda dot: dot.value)
    taken: list[Box] = []

    def label(dot: Dot, x: float, y: float, align: str, size: float) -> Label:
        return Label(x, y, (dot.text,), look.name(dot.place), size, 600 if dot.best else 400, align)

    first, *inner = ranked
    last = inner.pop() if inner else None
    yield label(first, place(first.value) - 8, middle, "right", LABEL)
    if last is not None:
        yield label(last, place(last.value) + 8, middle, "left", LABEL)
    for dot in inner:
        for y in (middle - 12, middle + 12):
            found = label(dot, place(dot.value), y, "center", SMALL)
            box = found.box(look.font)
            if not any(overlap(box, each, 4) for each in taken):
                taken.append(box)
                yield found
                break


def _heads(chart: Dots, look: Look, place: Callable[[float], float], room: float) -> list[Label]:
    """The options' titles above their points of the first row, if there is room; else none."""
    found: list[Label] = []
    for dot in chart.rows[0].dots:
        x = place(dot.value)
        label = Label(x, -8, (chart.options[dot.place],), look.name(dot.place), TITLE, 600, "center")
        left, _, right, _ = box = label.box(look.font)
        if left < 0 or right > room or any(overlap(box, each.box(look.font), 10) for each in found):
            return []
        found.append(label)
    return found


def _key(rows: list[list[tuple[float, str]]], look: Look, x: float, y: float) -> tuple[list[Shape], list[Label]]:
    marks: list[Shape] = []
    labels: list[Label] = []
    for number, row in enumerate(rows):
        for start, title in row:
            index = len(marks)
            marks.append(
                Shape(x + start + 5, y + number * _KEY_ROW, SHAPES[form(look, index)], look.line(index), _SIZE)
            )
            labels.append(Label(x + start + 15, y + number * _KEY_ROW, (title,), look.ink, TITLE))
    return marks, labels
