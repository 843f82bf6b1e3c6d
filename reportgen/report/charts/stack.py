"""Stacked bars: an option per row, its parts in the order of the series, its total at the end."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.presentation.value_table import TableCell
from reportgen.report.charts.chart_parts import StackedBars
from reportgen.report.charts.chart_text import MORE, wrapped
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

_TITLES = 132.0
_FILLED, _FULLER = 0.64, 0.84
"""Shares of a row that its bar has, and that of one of so many that its label needs more."""
KEY_ROW, KEY_TITLE = 18.0, 250.0
"""Units of a row of the key, and of a title in it at most."""
CLOSE = 20.0
"""Units of a row whose title stands on one line, and what is not known in one line with the total."""
_MOST = 400.0
"""Units of all rows, before they move closer together: a third of a page."""
_CLOSEST = 13.0
_TWO_LINES = 26.0
"""Units of a row in which two lines have room."""
_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, from `start` to `end` in the unit of its value."""

    row: int
    series: int
    start: float
    end: float
    text: str


def stack(figure: StackedBars, look: Look) -> Spec:
    """The specification of a stacked bar chart."""
    parts = tuple(_parts(figure))
    low, high = min([0.0, *(each.end for each in parts)]), max([0.0, *(each.end for each in parts)])
    high = high if high > low else low + 1.0
    step = figure.row or row_height(len(figure.bars))
    close = step < _TWO_LINES
    titles = [wrapped(title, _TITLES, 1 if close else 2, TITLE, look.font) for title in figure.bars]
    left = 12 + max(look.font.width(line, TITLE) for lines in titles for line in lines)
    right = 8 + max(_end_width(total, close, look) for total in figure.totals)
    room = WIDTH - left - right
    height = len(figure.bars) * step

    def place(value: float) -> float:
        return (value - low) / (high - low) * room

    widths = [[place(each.end) - place(each.start) for each in parts if each.row == row] for row in range(len(titles))]
    heads = _heads(figure, look, parts, [place((each.start + each.end) / 2) for each in parts], widths[0])
    key = [] if heads or len(figure.series) < 2 else key_rows(_key_titles(figure, look), look.font, WIDTH)
    top = 30.0 if heads else len(key) * KEY_ROW + 8 if key else 2.0
    labels = [*heads]
    for row, (lines, total) in enumerate(zip(titles, figure.totals, strict=True)):
        middle = (row + 0.5) * step
        reach = place(max([0.0, *(each.end for each in parts if each.row == row)])) + 7
        labels.append(Label(-10, middle, lines, look.ink, TITLE, align="right"))
        labels.append(
            Label(reach, middle - (6 if total.mark and not close else 0), (total.text,), look.brand, TOTAL, 600)
        )
        if total.mark:
            across, down = (look.font.width(total.text, TOTAL, 600) + _GAP, 0) if close else (0, 7)
            labels.append(Label(reach + across, middle + down, (total.mark,), look.warning, LABEL))
    for each in parts:
        width = abs(place(each.end) - place(each.start))
        if each.text and width >= look.font.width(each.text, LABEL) + 7:
            middle = place((each.start + each.end) / 2)
            labels.append(
                Label(middle, (each.row + 0.5) * step, (each.text,), look.text_on(each.series), align="center")
            )
    marks, shown = series_key(key, look, -left, -top + 7)
    layers = [
        _bars(parts, (len(figure.bars), step), (low, high), look),
        rules_layer([Rule(place(0), 0, place(0), height, look.muted)]),
        *([shapes_layer(marks, look)] if marks else []),
        labels_layer([*shown, *labels]),
    ]
    return frame(look, Margins(left, top, right, 2), height, layers)


def row_height(count: int) -> float:
    """The usual height of a row, for so many of them."""
    return 36.0 if count <= 4 else min(31.0, max(_CLOSEST, _MOST / count))


def _end_width(total: TableCell, close: bool, look: Look) -> float:
    text, mark = look.font.width(total.text, TOTAL, 600), look.font.width(total.mark, LABEL)
    return text + _GAP + mark if close and total.mark else max(text, mark)


def _parts(figure: StackedBars) -> list[Part]:
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


def _bars(parts: tuple[Part, ...], rows_: tuple[int, float], domain: tuple[float, float], look: Look) -> Spec:
    """`rows_`: how many there are, and how high each is."""
    count, step = rows_
    rows = [
        {"row": each.row, "series": each.series, "start": each.start, "end": each.end, "fill": look.fill(each.series)}
        for each in parts
    ]
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {
        "data": {"values": rows},
        "mark": {"type": "bar", "stroke": look.paper, "strokeWidth": 0.9},
        "encoding": {
            "y": rows_place(count, _FILLED if step >= CLOSE else _FULLER),
            "x": {"field": "start", "type": "quantitative", "axis": None, "scale": scale},
            "x2": {"field": "end"},
            "color": {"field": "fill", "type": "nominal", "scale": None},
        },
    }


def _heads(
    figure: StackedBars, look: Look, parts: tuple[Part, ...], middles: list[float], widths: list[float]
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


def _key_titles(figure: StackedBars, look: Look) -> list[str]:
    return [wrapped(series.title, KEY_TITLE, 1, TITLE, look.font)[0] for series in figure.series]


def series_key(rows: list[list[tuple[float, str]]], look: Look, x: float, y: float) -> tuple[list[Shape], list[Label]]:
    """A key of squares in the colours of the series."""
    marks, labels, index = [], [], 0
    for number, row in enumerate(rows):
        at = y + number * KEY_ROW
        for start, title in row:
            marks.append(Shape(x + start + 5, at, "square", look.fill(index), 90))
            labels.append(Label(x + start + 15, at, (title,), look.ink, TITLE))
            index += 1
    return marks, labels
