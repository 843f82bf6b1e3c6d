"""S-curves: how many draws stay below a total; under them, on the same axis, each option from low to high."""

from __future__ import annotations

from reportgen.report.charts.chart_parts import Curves
from reportgen.report.charts.chart_text import wrapped
from reportgen.report.charts.frame import (
    AXIS_ROOM,
    LABEL,
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
    labels_layer,
    rules_layer,
    shapes_layer,
    spaced,
    upward,
)
from reportgen.report.charts.lines import HEIGHT, line_layer, scale_room
from reportgen.report.charts.look import Look

_TITLES = 132.0
_STEP = 32.0
_GAP = 16.0
_THIN = 3.0
_SEPARATOR = " · "


def curves(chart: Curves, look: Look) -> Spec:
    """The specification of cumulative curves with their percentiles; the rows below are also their key."""
    font = look.font
    titles = [wrapped(line.title, _TITLES, 2, TITLE, font) for line in chart.lines]
    named = max(font.width(each, TITLE) for lines in titles for each in lines)
    left = max(scale_room(chart.y, look), 30 + max(named, font.width(_SEPARATOR.join(chart.heads), SMALL)))
    right = 10 + max(font.width(head, SMALL) for head in chart.heads)
    room = WIDTH - left - right
    values = [x for line in chart.lines for x, _ in line.points]
    texts = [point.text for spread in chart.spreads for point in (spread.low, spread.high)]
    ends = [point.x for spread in chart.spreads for point in (spread.low, spread.high)]
    pad = max(font.width(text, LABEL) for text in texts) + 12
    start, end = min(values), max(values)
    for _ in range(3):  # room for labels widens the axis, which makes its unit smaller
        unit = (end - start) / room
        start, end = min(*values, min(ends) - pad * unit), max(*values, max(ends) + pad * unit)
    axis = spaced(chart.x, start, end, 2, room)

    def place(value: float) -> float:
        return (value - axis.start) / (axis.end - axis.start) * room

    height = HEIGHT + _GAP + _STEP * len(chart.lines)
    rules, shapes, labels = [], [], []
    for number, (line, spread, lines) in enumerate(zip(chart.lines, chart.spreads, titles, strict=True)):
        middle = HEIGHT + _GAP + (number + 0.55) * _STEP
        color, shape = look.line(line.place), SHAPES[form(look, line.place)]
        low, median, high = (place(point.x) for point in (spread.low, spread.middle, spread.high))
        rules.append(Rule(low, middle, high, middle, color, _THIN))
        shapes.append(Shape(median, middle, shape, color, 58))
        points = (spread.low, spread.middle, spread.high)
        shapes += [Shape(place(point.x), _height(chart, point.y), shape, color, 36) for point in points]
        shapes.append(Shape(-16, middle, shape, color, 50))
        labels.append(Label(-28, middle, lines, look.ink, TITLE, align="right"))
        labels.append(Label(low - 5, middle, (spread.low.text,), look.muted, LABEL, align="right"))
        labels.append(Label(high + 5, middle, (spread.high.text,), look.muted, LABEL))
        labels.append(Label(median, middle - 12, (spread.middle.text,), look.name(line.place), LABEL, 600, "center"))
    guides, heads = _heads(chart, look, room)
    layers = [
        line_layer(chart.lines, along(axis, "x", room, look), upward(chart.y, "y", HEIGHT), look),
        rules_layer([*guides, *rules]),
        shapes_layer(shapes, look),
        labels_layer([*heads, *labels]),
    ]
    return frame(look, Margins(left, 10, right, AXIS_ROOM if axis.title else AXIS_ROOM - 14), height, layers)


def _heads(chart: Curves, look: Look, room: float) -> tuple[list[Rule], list[Label]]:
    """Guides at the shares of the three percentiles, named at their ends, and the names once more above the rows."""
    rules, labels = [], []
    spread = chart.spreads[0]
    for head, point in zip(chart.heads, (spread.low, spread.middle, spread.high), strict=True):
        y = _height(chart, point.y)
        rules.append(Rule(0, y, room, y, look.muted, 0.6, (1.5, 2.5)))
        labels.append(Label(room + 5, y, (head,), look.muted, SMALL))
    labels.append(Label(-28, HEIGHT + _GAP - 1, (_SEPARATOR.join(chart.heads),), look.muted, SMALL, align="right"))
    return rules, labels


def _height(chart: Curves, share: float) -> float:
    return HEIGHT * (1 - (share - chart.y.start) / (chart.y.end - chart.y.start))
