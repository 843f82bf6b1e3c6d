"""Tornado charts: an input per row, from the result at its low to that at its high, the widest first."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.report.charts.chart_parts import Bar, Tornado
from reportgen.report.charts.chart_text import Font, wrapped
from reportgen.report.charts.frame import (
    AXIS_ROOM,
    LABEL,
    SMALL,
    TITLE,
    TOTAL,
    WIDTH,
    Label,
    Margins,
    Rule,
    Shape,
    Spec,
    along,
    frame,
    labels_layer,
    rows_place,
    rules_layer,
    shapes_layer,
    spaced,
)
from reportgen.report.charts.look import Look

_TITLES = 176.0
_FILLED = 0.56
_TOP = 44.0
_LOW, _HIGH = 1, 0
"""Shades of the two ends: neighbours in the brand's stack, so that they differ in lightness."""


def tornado(chart: Tornado, look: Look) -> Spec:
    """The specification of a tornado chart."""
    font = look.font
    titles = [wrapped(bar.title, _TITLES, 2, TITLE, font) for bar in chart.bars]
    tails = [_tail(bar, lines, font) for bar, lines in zip(chart.bars, titles, strict=True)]
    left = 12 + max(
        font.width(line, TITLE) + (tail if line is lines[-1] else 0)
        for lines, tail in zip(titles, tails, strict=True)
        for line in lines
    )
    right = 10.0
    room = WIDTH - left - right
    values = [chart.base.value, *(value for bar in chart.bars for value in (bar.low, bar.high))]
    widest = max(font.width(text, LABEL) for bar in chart.bars for text in (bar.low_text, bar.high_text))
    axis = spaced(chart.axis, min(values), max(values), widest + 10, room)
    step = 29.0 if any(len(lines) > 1 for lines in titles) else 26.0
    height = step * len(chart.bars)

    def place(value: float) -> float:
        return (value - axis.start) / (axis.end - axis.start) * room

    base = place(chart.base.value)
    labels = [Label(base, -10, (chart.base.text,), look.brand, TOTAL, 600, "center")]
    for row, (bar, lines, tail) in enumerate(zip(chart.bars, titles, tails, strict=True)):
        middle = (row + 0.5) * step
        labels += _title(bar, lines, tail, middle, look)
        for high in (False, True):
            end, text = (bar.high, bar.high_text) if high else (bar.low, bar.low_text)
            leftward = bar.high < bar.low if high else bar.low <= bar.high
            at = place(min(end, chart.base.value) if leftward else max(end, chart.base.value))
            labels.append(
                Label(
                    at + (-5 if leftward else 5),
                    middle,
                    (text,),
                    look.ink,
                    LABEL,
                    align="right" if leftward else "left",
                )
            )
    keys, names = _key(chart, look, -left, -_TOP + 7)
    layers = [
        _bars(chart, along(axis, "end", room, look, grid=True), look),
        rules_layer([Rule(base, -3, base, height, look.ink, 1.0)]),
        shapes_layer(keys, look),
        labels_layer([*names, *labels]),
    ]
    return frame(look, Margins(left, _TOP, right, AXIS_ROOM if axis.title else AXIS_ROOM - 14), height, layers)


def _bars(chart: Tornado, across: Spec, look: Look) -> Spec:
    """Both ends may lie on one side of the base: the nearer one is drawn last, or the other would hide it."""
    base = chart.base.value
    rows = [
        {"row": row, "end": end, "base": base, "fill": look.fill(shade)}
        for row, bar in enumerate(chart.bars)
        for end, shade in sorted(((bar.low, _LOW), (bar.high, _HIGH)), key=lambda each: -abs(each[0] - base))
        if end != base
    ]
    return {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "y": rows_place(len(chart.bars), _FILLED),
            "x": across,
            "x2": {"field": "base"},
            "color": {"field": "fill", "type": "nominal", "scale": None},
        },
    }


def _tail(bar: Bar, lines: tuple[str, ...], font: Font) -> float:
    """The width of the unit behind the title, 0 where there is none or no room for it."""
    needs = 5 + font.width(bar.unit, SMALL) if bar.unit else 0.0
    return needs if font.width(lines[-1], TITLE) + needs <= _TITLES + 10 else 0.0


def _title(bar: Bar, lines: tuple[str, ...], tail: float, middle: float, look: Look) -> Iterator[Label]:
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        y = middle + (number - (len(lines) - 1) / 2) * TITLE * 1.12
        yield Label(-10 - (tail if last else 0), y, (line,), look.ink, TITLE, align="right")
        if last and tail:
            yield Label(-10, y, (bar.unit,), look.muted, SMALL, align="right")


def _key(chart: Tornado, look: Look, x: float, y: float) -> tuple[list[Shape], list[Label]]:
    marks, labels = [], []
    for text, shade in zip(chart.ends, (_LOW, _HIGH), strict=True):
        marks.append(Shape(x + 5, y, "square", look.fill(shade), 90))
        labels.append(Label(x + 15, y, (text,), look.ink, TITLE))
        x += 15 + look.font.width(text, TITLE) + 18
    return marks, labels
