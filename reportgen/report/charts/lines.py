"""Line charts: totals along an input, and what has been paid over the years."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.report.charts.chart_labels import Box, Way, along_way, beside, leader, spread
from reportgen.report.charts.chart_parts import Axis, Line, Lines
from reportgen.report.charts.chart_text import wrapped
from reportgen.report.charts.frame import (
    AXIS_ROOM,
    DASHES,
    LABEL,
    LEADING,
    SHAPES,
    TITLE,
    WIDTH,
    Label,
    Margins,
    Rule,
    Shape,
    Spec,
    along,
    boxes_layer,
    form,
    frame,
    key_rows,
    labels_layer,
    rules_layer,
    shapes_layer,
    upward,
)
from reportgen.report.charts.look import Look

HEIGHT = 200.0
KEY_ROW = 18.0
_NAMES = 118.0
_FARTHEST = 34.0
"""A name may stand so far from the end of its line; beyond that a key is clearer."""
_THICK = 1.7


def lines(chart: Lines, look: Look) -> Spec:
    """The specification of a line chart."""
    font = look.font
    left = scale_room(chart.y, look)
    names = [wrapped(line.title, _NAMES, 3, LABEL, font, 600) for line in chart.lines]
    ends = [_height(chart.y, line.points[-1][1]) for line in chart.lines]
    placed = spread(ends, [len(each) * LABEL * LEADING + 2 for each in names], -8, HEIGHT + 8)
    direct = placed is not None and all(abs(a - b) <= _FARTHEST for a, b in zip(placed, ends, strict=True))
    half = font.width(chart.x.labels[-1], LABEL) / 2 + 2 if chart.x.labels else 2
    widest = max(font.width(each, LABEL, 600) for lines_ in names for each in lines_)
    right = max(half, widest + 16) if direct else half
    room = WIDTH - left - right
    key = [] if direct else key_rows(key_titles(chart.lines, look), font, WIDTH, 32)
    top = (25.0 if chart.y.title else 10.0) + len(key) * KEY_ROW + (4 if key else 0)
    strokes, marks, labels = line_key(key, chart.lines, look, -left, -top + 7)
    if chart.y.title:
        labels.append(Label(-left, -17, (chart.y.title,), look.muted))
    if direct and placed is not None:
        for line, name, end, y in zip(chart.lines, names, ends, placed, strict=True):
            if abs(end - y) > 3:
                strokes.append(Rule(room + 4, end, room + 11, y, look.line(line.place), 0.6))
            labels.append(Label(room + 13, y, name, look.name(line.place), LABEL, 600))
    ways = [[(_across(chart.x, x, room), _height(chart.y, y)) for x, y in line.points] for line in chart.lines]
    dropped, boxes, texts = _marks(chart, look, ways, room)
    points = [
        Shape(_across(chart.x, each.x, room), _height(chart.y, each.y), "circle", look.ink, 50) for each in chart.marks
    ]
    tips = [
        Shape(room, end, SHAPES[form(look, line.place)], look.line(line.place), 34)
        for line, end in zip(chart.lines, ends, strict=True)
    ]
    layers = [
        line_layer(chart.lines, along(chart.x, "x", room, look), upward(chart.y, "y", HEIGHT), look),
        *([rules_layer([*strokes, *dropped])] if strokes or dropped else []),
        shapes_layer([*marks, *tips, *points], look),
        *([boxes_layer(boxes, look.paper)] if boxes else []),
        labels_layer([*labels, *texts]),
    ]
    return frame(look, Margins(left, top, right, AXIS_ROOM if chart.x.title else AXIS_ROOM - 14), HEIGHT, layers)


def line_layer(shown: Sequence[Line], across: Spec, up: Spec, look: Look) -> Spec:
    """The lines themselves, told apart by their option's colour and dashes."""
    rows = [
        {"x": x, "y": y, "series": number, "rank": rank}
        for number, line in enumerate(shown)
        for rank, (x, y) in enumerate(line.points)
    ]
    domain = list(range(len(shown)))
    colors, dashes = [look.line(line.place) for line in shown], [DASHES[form(look, line.place)] for line in shown]
    series = {"field": "series", "type": "nominal", "legend": None}
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": _THICK, "strokeJoin": "round"},
        "encoding": {
            "x": across,
            "y": up,
            "order": {"field": "rank", "type": "quantitative"},
            "color": {**series, "scale": {"domain": domain, "range": colors}},
            "strokeDash": {**series, "scale": {"domain": domain, "range": dashes}},
        },
    }


def scale_room(axis: Axis, look: Look) -> float:
    """The room that the labels of a vertical axis take."""
    return 8 + max((look.font.width(label, LABEL) for label in axis.labels), default=0.0)


def key_titles(shown: Sequence[Line], look: Look) -> list[str]:
    return [wrapped(line.title, 250, 1, TITLE, look.font)[0] for line in shown]


def line_key(
    rows: list[list[tuple[float, str]]], shown: Sequence[Line], look: Look, x: float, y: float
) -> tuple[list[Rule], list[Shape], list[Label]]:
    """A key of strokes with the shapes of their ends."""
    strokes, marks, labels, index = [], [], [], 0
    for number, row in enumerate(rows):
        at = y + number * KEY_ROW
        for start, title in row:
            line = shown[index]
            color, dash = look.line(line.place), tuple(DASHES[form(look, line.place)])
            strokes.append(Rule(x + start, at, x + start + 24, at, color, _THICK, dash))
            marks.append(Shape(x + start + 24, at, SHAPES[form(look, line.place)], color, 34))
            labels.append(Label(x + start + 31, at, (title,), look.ink, TITLE))
            index += 1
    return strokes, marks, labels


def _marks(chart: Lines, look: Look, ways: Sequence[Way], room: float) -> tuple[list[Rule], list[Box], list[Label]]:
    """A line from each mark down to the axis, and its text where it covers least; patches where it covers anything."""
    drops, boxes, labels = [], [], []
    places = [(_across(chart.x, each.x, room), _height(chart.y, each.y)) for each in chart.marks]
    drops = [Rule(x, y, x, HEIGHT, look.ink, 0.8, (1.5, 2.5)) for x, y in places]
    busy = [*ways, *([(x, y), (x, HEIGHT)] for x, y in places)]
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y in places]
    for mark, (x, y) in zip(chart.marks, places, strict=True):
        lines_ = wrapped(mark.text, room * 0.62, 2, TITLE, look.font, 600)
        wanted = Label(x, y, lines_, look.brand, TITLE, 600)
        label = beside(wanted, look.font, taken, busy, (0, -12, room, HEIGHT - 3))
        if label is None:
            continue
        box = label.box(look.font)
        to_label = leader(x, y, box)
        if to_label:
            drops.append(Rule(*to_label, look.brand, 0.6))
            taken += [(at - 1, up - 1, at + 1, up + 1) for at, up in along_way((to_label[:2], to_label[2:]))]
        taken.append(box)
        boxes.append((box[0] - 2, box[1] + 1, box[2] + 2, box[3] - 1))
        labels.append(label)
    return drops, boxes, labels


def _across(axis: Axis, value: float, room: float) -> float:
    return (value - axis.start) / (axis.end - axis.start) * room


def _height(axis: Axis, value: float) -> float:
    return HEIGHT - (value - axis.start) / (axis.end - axis.start) * HEIGHT
