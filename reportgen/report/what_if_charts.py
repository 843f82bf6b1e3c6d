"""Tornado and line charts as Vega-Lite specifications."""

from __future__ import annotations

import json
import textwrap
from typing import Any

from reportgen.report.brand import ReportBrand
from reportgen.report.what_if_parts import Axis, Bar, Chart, Lines, Tornado

_WIDTH, _HEIGHT = 440, 190
_BAR, _GAP = 15, 13
_SIZE, _SMALL = 10.5, 9.5
_LETTER = 0.56
_DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [4, 4], [1, 3])


def specification(chart: Chart, brand: ReportBrand) -> dict[str, Any]:
    layers = _tornado(chart, brand) if isinstance(chart, Tornado) else _lines(chart, brand)
    ink, muted = brand.palette["ink"], brand.palette["muted"]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 2,
        "width": _WIDTH,
        "height": {"step": _BAR + _GAP} if isinstance(chart, Tornado) else _HEIGHT,
        "config": {
            "font": brand.fonts["text"],
            "view": {"stroke": None},
            "legend": {"labelFontSize": _SIZE, "labelColor": ink, "labelLimit": 250, "symbolSize": 110},
            "axis": {
                "labelFontSize": _SMALL,
                "labelColor": ink,
                "titleFontSize": _SMALL,
                "titleFontWeight": 400,
                "titleColor": muted,
                "titleLimit": _WIDTH,
                "gridColor": muted,
                "gridOpacity": 0.2,
                "domainColor": muted,
                "domainOpacity": 0.5,
                "tickColor": muted,
                "tickOpacity": 0.5,
                "labelOverlap": "greedy",
                "labelFlush": False,
            },
        },
        "layer": layers,
    }


def _axis(axis: Axis) -> dict[str, Any]:
    ticks = [axis.first + index * axis.step for index in range(len(axis.labels))]
    label = f"({json.dumps(axis.labels)})[round((datum.value - ({axis.first!r})) / {axis.step!r})]"
    return {"values": ticks, "labelExpr": label, "title": axis.title or None}


def _along(axis: Axis, field: str) -> dict[str, Any]:
    scale = {"domain": [axis.start, axis.end], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": _axis(axis)}


def _legend(titles: list[str]) -> dict[str, Any]:
    longest = max(map(len, titles), default=0)
    return {
        "title": None,
        "orient": "top",
        "direction": "horizontal",
        "columns": 2 if longest > 32 else 3 if longest > 22 else 4,
        "labelExpr": f"({json.dumps({f'{index:02d}': title for index, title in enumerate(titles)})})[datum.value]",
        "columnPadding": 14,
        "rowPadding": 4,
        "offset": 12,
    }


def _names(count: int) -> list[str]:
    """Series told apart by their place, since two may share a title."""
    return [f"{index:02d}" for index in range(count)]


def _lines(chart: Lines, brand: ReportBrand) -> list[dict[str, Any]]:
    names = _names(len(chart.lines))
    rows = [
        {"x": x, "y": y, "series": name, "rank": rank}
        for name, line in zip(names, chart.lines, strict=True)
        for rank, (x, y) in enumerate(line.points)
    ]
    colors = [brand.chart[index % len(brand.chart)] for index in range(len(names))]
    dashes = [_DASHES[index % len(_DASHES)] for index in range(len(names))]
    legend = _legend([line.title for line in chart.lines]) | {"symbolType": "stroke", "symbolStrokeWidth": 2.2}
    x, y = _along(chart.x, "x"), _along(chart.y, "y")
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 2.2, "clip": True},
            "encoding": {
                "x": x,
                "y": y,
                "order": {"field": "rank", "type": "quantitative"},
                "color": {
                    "field": "series",
                    "type": "nominal",
                    "scale": {"domain": names, "range": colors},
                    "legend": legend,
                },
                "strokeDash": {
                    "field": "series",
                    "type": "nominal",
                    "scale": {"domain": names, "range": dashes},
                    "legend": legend,
                },
            },
        }
    ]
    if chart.marks:
        layers += _marks(chart, brand)
    return layers


def _marks(chart: Lines, brand: ReportBrand) -> list[dict[str, Any]]:
    x, y = _along(chart.x, "x"), _along(chart.y, "y")
    middle = (chart.x.start + chart.x.end) / 2
    points = [{"x": each.x, "y": each.y, "text": each.text, "right": each.x > middle} for each in chart.marks]
    ink = brand.palette["ink"]
    rule = {"type": "rule", "strokeDash": [2, 3], "strokeWidth": 0.9, "color": ink}
    dot = {"type": "point", "filled": True, "size": 55, "color": ink, "opacity": 1, "stroke": "#FFFFFF"}
    layers: list[dict[str, Any]] = [
        {"data": {"values": points}, "mark": rule, "encoding": {"x": x}},
        {"data": {"values": points}, "mark": dot, "encoding": {"x": x, "y": y}},
    ]
    for index, each in enumerate(points):
        text = {
            "type": "text",
            "align": "right" if each["right"] else "left",
            "dx": -5 if each["right"] else 5,
            "y": 7 + 14 * index,
            "fontSize": _SIZE,
            "fontWeight": 600,
            "color": brand.palette["brand"],
        }
        layers.append({"data": {"values": [each]}, "mark": text, "encoding": {"x": x, "text": {"field": "text"}}})
    return layers


def _tornado(chart: Tornado, brand: ReportBrand) -> list[dict[str, Any]]:
    base, ink = chart.base.value, brand.palette["ink"]
    place = {
        "field": "bar",
        "type": "ordinal",
        "axis": None,
        "sort": None,
        "scale": {
            "domain": list(range(len(chart.bars))),
            "paddingInner": _GAP / (_BAR + _GAP),
            "paddingOuter": 0.25,
        },
    }
    across = _along(_widened(chart), "end")
    ends = [_end(index, bar, high, base) for index, bar in enumerate(chart.bars) for high in (False, True)]
    names = _names(2)
    color = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": names, "range": [brand.chart[1 % len(brand.chart)], brand.chart[0]]},
        "legend": _legend(["at its low", "at its high"]) | {"symbolType": "square"},
    }
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": [end for end in ends if end["end"] != base]},
            "mark": {"type": "bar"},
            "encoding": {"y": place, "x": across, "x2": {"field": "base"}, "color": color},
        },
        {
            "data": {"values": [{"end": base}]},
            "mark": {"type": "rule", "color": ink, "strokeWidth": 1.2},
            "encoding": {"x": across},
        },
        *(_titles(chart, place, ink, count) for count in (1, 2)),
    ]
    for left in (True, False):
        mark = {
            "type": "text",
            "baseline": "middle",
            "align": "right" if left else "left",
            "dx": -4 if left else 4,
            "fontSize": _SMALL,
            "color": ink,
        }
        values = [end for end in ends if end["left"] == left]
        layers.append(
            {
                "data": {"values": values},
                "mark": mark,
                "encoding": {"y": place, "x": across, "text": {"field": "text"}},
            }
        )
    return layers


def _titles(chart: Tornado, place: dict[str, Any], ink: str, count: int) -> dict[str, Any]:
    """The titles of so many lines: a text is placed by its first line."""
    wrapped = [textwrap.wrap(bar.title, 34, max_lines=2, placeholder=" …") for bar in chart.bars]
    values = [{"bar": index, "title": lines} for index, lines in enumerate(wrapped) if len(lines) == count]
    mark = {
        "type": "text",
        "align": "right",
        "baseline": "middle",
        "fontSize": _SIZE,
        "x": -10,
        "dy": -5.75 * (count - 1),
        "color": ink,
        "lineHeight": 11.5,
    }
    return {"data": {"values": values}, "mark": mark, "encoding": {"y": place, "text": {"field": "title"}}}


def _end(index: int, bar: Bar, high: bool, base: float) -> dict[str, Any]:
    """One end of a bar; the labels of the two stand on different sides."""
    left = bar.high < bar.low if high else bar.low <= bar.high
    end = bar.high if high else bar.low
    text = bar.high_text if high else bar.low_text
    return {"bar": index, "series": _names(2)[high], "end": end, "base": base, "text": text, "left": left}


def _widened(chart: Tornado) -> Axis:
    """The axis with room for the labels beside the bars."""
    axis = chart.axis
    longest = max(len(text) for bar in chart.bars for text in (bar.low_text, bar.high_text))
    share = min(0.3, (longest * _SMALL * _LETTER + 8) / _WIDTH)
    room = (axis.end - axis.start) * share / (1 - 2 * share)
    return Axis(axis.title, axis.start - room, axis.end + room, axis.first, axis.step, axis.labels)
