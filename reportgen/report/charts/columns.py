"""Stacked columns along the years, a panel for each option, all on one scale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from reportgen.report.charts.chart_parts import Axis, Panel, StackedColumns
from reportgen.report.charts.chart_text import wrapped
from reportgen.report.charts.frame import (
    LABEL,
    TITLE,
    WIDTH,
    Label,
    Margins,
    Rule,
    Spec,
    frame,
    key_rows,
    labels_layer,
    rules_layer,
    shapes_layer,
)
from reportgen.report.charts.lines import scale_room
from reportgen.report.charts.look import Look
from reportgen.report.charts.stack import KEY_ROW, KEY_TITLE, series_key

_ABREAST = 3
"""Panels in a row, where there are more than four."""
_HEIGHTS = (170.0, 120.0)
"""Units of a panel that is in the only row, and of one of several rows."""
_HEAD, _FOOT, _BETWEEN = 20.0, 22.0, 18.0
"""Units of a panel's title, of the years below it, and between panels."""
_FILLED = 0.72
"""The share of its room that a column takes."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of a column, in units of the drawing, with the number it stands for."""

    x: float
    y: float
    x2: float
    y2: float
    fill: str
    value: float


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a panel stands, from its top left corner."""

    x: float
    y: float
    width: float
    height: float
    axis: Axis

    def up(self, value: float) -> float:
        return self.y + self.height * (self.axis.end - value) / (self.axis.end - self.axis.start)


def columns(chart: StackedColumns, look: Look) -> Spec:
    """The specification of panels of stacked columns."""
    count = len(chart.panels)
    abreast = {4: 2}.get(count, min(count, _ABREAST))
    rows = -(-count // abreast)
    height = _HEIGHTS[min(rows, 2) - 1]
    left = scale_room(chart.y, look)
    room = WIDTH - left - 2
    width = (room - _BETWEEN * (abreast - 1)) / abreast
    titles = [wrapped(each, KEY_TITLE, 1, TITLE, look.font)[0] for each in chart.series]
    key = key_rows(titles, look.font, WIDTH) if len(titles) > 1 else []
    top = len(key) * KEY_ROW + (8 if key else 0)
    marks, labels = series_key(key, look, -left, 7 - top)
    rules: list[Rule] = []
    feet: list[Rule] = []
    blocks: list[_Block] = []
    full = _HEAD + height + _FOOT
    for number, panel in enumerate(chart.panels):
        across, down = number % abreast, number // abreast
        plot = _Plot(across * (width + _BETWEEN), down * full + _HEAD, width, height, chart.y)
        title = wrapped(panel.title, width, 1, TITLE, look.font, 600)
        labels.append(Label(plot.x, plot.y - 11, title, look.ink, TITLE, 600))
        grid, scale = _scale(plot, look, with_labels=across == 0)
        rules += grid
        labels += [*scale, *_periods(chart.periods, plot, look)]
        blocks += _blocks(panel, plot, look)
        feet.append(Rule(plot.x, plot.up(0), plot.x + width, plot.up(0), look.muted))
    layers = [
        rules_layer(rules),
        _blocks_layer(blocks, look),
        rules_layer(feet),
        *([shapes_layer(marks, look)] if marks else []),
        labels_layer(labels),
    ]
    return frame(look, Margins(left, top, 2, 0), rows * full, layers)


def _scale(plot: _Plot, look: Look, *, with_labels: bool) -> tuple[list[Rule], list[Label]]:
    """The lines of the scale, and its numbers left of them."""
    axis = plot.axis
    ticks = [(plot.up(axis.first + index * axis.step), label) for index, label in enumerate(axis.labels)]
    rules = [Rule(plot.x, y, plot.x + plot.width, y, look.rule, 0.5) for y, _ in ticks]
    labels = [Label(plot.x - 5, y, (label,), look.muted, LABEL, align="right") for y, label in ticks]
    return rules, labels if with_labels else []


def _periods(periods: tuple[str, ...], plot: _Plot, look: Look) -> Iterator[Label]:
    """The start, and as many years as have room below their columns."""
    step = plot.width / len(periods)
    widest = max(look.font.width(each, LABEL) for each in periods[1:]) if len(periods) > 1 else 0.0
    every = max(1, -(-int(widest + 5) // max(1, int(step))))
    reach = plot.x - 4
    for at, title in enumerate(periods):
        if at and (at - 1) % every:
            continue
        middle, half = plot.x + (at + 0.5) * step, look.font.width(title, LABEL) / 2
        if at and middle - half < reach + 4:
            continue
        reach = middle + half
        yield Label(middle, plot.y + plot.height + 11, (title,), look.muted, LABEL, align="center")


def _blocks(panel: Panel, plot: _Plot, look: Look) -> Iterator[_Block]:
    """What is above nothing stands on it, what is below hangs from it."""
    count = len(panel.values[0])
    step = plot.width / count
    for at in range(count):
        reach = {True: 0.0, False: 0.0}
        x = plot.x + (at + (1 - _FILLED) / 2) * step
        for series, values in enumerate(panel.values):
            value = values[at]
            if value:
                start = reach[value > 0]
                reach[value > 0] = start + value
                ends = plot.up(start), plot.up(start + value)
                yield _Block(x, min(ends), x + _FILLED * step, max(ends), look.fill(series), value)


def _blocks_layer(blocks: list[_Block], look: Look) -> Spec:
    ends = {end: {"value": {"expr": f"datum.{end}"}} for end in ("x", "y", "x2", "y2")}
    mark = {"type": "rect", "stroke": look.paper, "strokeWidth": 0.6}
    color = {"field": "fill", "type": "nominal", "scale": None}
    return {"data": {"values": [asdict(each) for each in blocks]}, "mark": mark, "encoding": {**ends, "color": color}}
