"""Stacked bars: an option per row, its parts in the order of the series, its total at the end."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.report.charts.frame import (
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
    frame,
    key_rows,
    labels_layer,
    rows_place,
    rules_layer,
    shapes_layer,
)
from reportgen.report.charts.look import Look
from reportgen.report.charts.text import MORE, wrapped
from reportgen.report.parts import Figure

_TITLES = 132.0
_FILLED = 0.64
_KEY_ROW = 18.0


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, from `start` to `end` in the unit of its value."""

    row: int
    series: int
    start: float
    end: float
    text: str


def stack(figure: Figure, look: Look) -> Spec:
    """The specification of a stacked bar chart."""
    parts = tuple(_parts(figure))
    low, high = min([0.0, *(each.end for each in parts)]), max([0.0, *(each.end for each in parts)])
    high = high if high > low else low + 1.0
    titles = [wrapped(title, _TITLES, 2, TITLE, look.font) for title in figure.bars]
    left = 12 + max(look.font.width(line, TITLE) for lines in titles for line in lines)
    ends = [(total.text, TOTAL, 600) for total in figure.totals] + [(total.mark, LABEL, 400) for total in figure.totals]
    right = 8 + max(look.font.width(*end) for end in ends)
    room = WIDTH - left - right
    height = len(figure.bars) * (36.0 if len(figure.bars) <= 4 else 31.0)

    def place(value: float) -> float:
        return (value - low) / (high - low) * room

    widths = [[place(each.end) - place(each.start) for each in parts if each.row == row] for row in range(len(titles))]
    heads = _heads(figure, look, parts, [place((each.start + each.end) / 2) for each in parts], widths[0])
    key = [] if heads or len(figure.series) < 2 else key_rows(_key_titles(figure, look), look.font, WIDTH)
    top = 30.0 if heads else len(key) * _KEY_ROW + 8 if key else 2.0
    step = height / len(figure.bars)
    labels = [*heads]
    for row, (lines, total) in enumerate(zip(titles, figure.totals, strict=True)):
        middle = (row + 0.5) * step
        reach = place(max([0.0, *(each.end for each in parts if each.row == row)])) + 7
        labels.append(Label(-10, middle, lines, look.ink, TITLE, align="right"))
        labels.append(Label(reach, middle - (6 if total.mark else 0), (total.text,), look.brand, TOTAL, 600))
        if total.mark:
            labels.append(Label(reach, middle + 7, (total.mark,), look.warning, LABEL))
    for each in parts:
        width = abs(place(each.end) - place(each.start))
        if each.text and width >= look.font.width(each.text, LABEL) + 7:
            middle = place((each.start + each.end) / 2)
            labels.append(
                Label(middle, (each.row + 0.5) * step, (each.text,), look.text_on(each.series), align="center")
            )
    marks, shown = _key(key, look, -left, -top + 7)
    layers = [
        _bars(parts, len(figure.bars), (low, high), look),
        rules_layer([Rule(place(0), 0, place(0), height, look.muted)]),
        *([shapes_layer(marks, look)] if marks else []),
        labels_layer([*shown, *labels]),
    ]
    return frame(look, Margins(left, top, right, 2), height, layers)


def _parts(figure: Figure) -> list[Part]:
    """Parts above nothing stand right of it, those below left of it."""
    found = []
    for row in range(len(figure.bars)):
        reach = {True: 0.0, False: 0.0}
        for index, series in enumerate(figure.series):
            value = series.values[row]
            if value:
                start = reach[value > 0]
                reach[value > 0] = start + value
                found.append(Part(row, index, start, start + value, series.texts[row]))
    return found


def _bars(parts: tuple[Part, ...], count: int, domain: tuple[float, float], look: Look) -> Spec:
    rows = [
        {"row": each.row, "series": each.series, "start": each.start, "end": each.end, "fill": look.fill(each.series)}
        for each in parts
    ]
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "stroke": look.paper, "strokeWidth": 0.9},
        "encoding": {
            "y": rows_place(count, _FILLED),
            "x": {"field": "start", "type": "quantitative", "axis": None, "scale": scale},
            "x2": {"field": "end"},
            "color": {"field": "fill", "type": "nominal", "scale": None},
        },
    }


def _heads(
    figure: Figure, look: Look, parts: tuple[Part, ...], middles: list[float], widths: list[float]
) -> list[Label]:
    """The titles of the series above the first bar, if each has room there above its own part; else none."""
    first = [each for each in parts if each.row == 0]
    if len(figure.series) < 2 or {each.series for each in first} != set(range(len(figure.series))):
        return []
    found = []
    for part, middle, width in zip(first, middles, widths, strict=False):
        title = figure.series[part.series].title
        lines = wrapped(title, abs(width) - 8, 2, SMALL, look.font)
        if any(MORE in line for line in lines) and MORE not in title:
            return []
        found.append(Label(middle, -14 + 5 * (2 - len(lines)), lines, look.muted, SMALL, align="center"))
    return found


def _key_titles(figure: Figure, look: Look) -> list[str]:
    return [wrapped(series.title, 250, 1, TITLE, look.font)[0] for series in figure.series]


def _key(rows: list[list[tuple[float, str]]], look: Look, x: float, y: float) -> tuple[list[Shape], list[Label]]:
    marks, labels, index = [], [], 0
    for number, row in enumerate(rows):
        at = y + number * _KEY_ROW
        for start, title in row:
            marks.append(Shape(x + start + 5, at, "square", look.fill(index), 90))
            labels.append(Label(x + start + 15, at, (title,), look.ink, TITLE))
            index += 1
    return marks, labels
