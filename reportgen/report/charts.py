"""Charts as Vega-Lite specifications, drawn as SVG without a browser."""

from __future__ import annotations

import json
import re
import textwrap
from typing import Any
from xml.sax.saxutils import escape

from reportgen.report.brand import ReportBrand, contrast
from reportgen.report.parts import Figure
from reportgen.resources import font_folders

_WIDTH = 440
_BAR, _GAP = 26, 14
_LABEL_SIZE, _SIZE = 9.5, 10.5
_LETTER = 0.56
"""Width of a figure in Source Sans Pro, as a share of its size, with room to spare."""


def stacked_bars(figure: Figure, brand: ReportBrand) -> dict[str, Any]:
    """The specification: a bar per option, a colour per series in the figure's order, totals at the bars' ends."""
    reach = max([sum(value for value in bar if value > 0) for bar in _bars(figure)] + [0]) or 1
    colors = {title: brand.chart[index % len(brand.chart)] for index, title in enumerate(_names(figure))}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 2,
        "width": _WIDTH,
        "height": {"step": _BAR + _GAP},
        "config": {
            "font": brand.fonts["text"],
            "view": {"stroke": None},
            "legend": {
                "labelFontSize": _SIZE,
                "labelColor": brand.palette["ink"],
                "labelLimit": 250,
                "symbolSize": 110,
            },
        },
        "layer": [
            _bar_layer(figure, colors),
            _label_layer(figure, brand, colors, reach),
            *_end_layers(figure, brand),
        ],
    }


def draw(figure: Figure, brand: ReportBrand) -> str:
    """The chart as an `<svg>` element whose `<title>` says in words what it shows."""
    return draw_svg(stacked_bars(figure, brand), figure.alternative)


def draw_svg(specification: dict[str, Any], alternative: str) -> str:
    """A specification as an `<svg>` element with a title."""
    import vl_convert

    for folder in font_folders():
        vl_convert.register_font_directory(str(folder))
    svg: str = vl_convert.vegalite_to_svg(specification)
    return re.sub(r"(<svg\b[^>]*>)", lambda tag: f"{tag[1]}<title>{escape(alternative)}</title>", svg, count=1)


def _names(figure: Figure) -> list[str]:
    """Series told apart by their place, since two may share a title."""
    return [f"{index:02d}" for index in range(len(figure.series))]


def _bars(figure: Figure) -> list[list[float]]:
    return [[series.values[index] for series in figure.series] for index in range(len(figure.bars))]


def _rows(figure: Figure) -> list[dict[str, Any]]:
    return [
        {"bar": index, "series": name, "rank": rank, "title": series.title, "value": value, "text": text}
        for rank, (name, series) in enumerate(zip(_names(figure), figure.series, strict=True))
        for index, (value, text) in enumerate(zip(series.values, series.texts, strict=True))
    ]


_STACK = {
    "stack": "value",
    "groupby": ["bar"],
    "sort": [{"field": "rank", "order": "ascending"}],
    "offset": "zero",
    "as": ["start", "end"],
}


def _place(figure: Figure) -> dict[str, Any]:
    scale = {"domain": list(range(len(figure.bars))), "paddingInner": _GAP / (_BAR + _GAP), "paddingOuter": 0.15}
    return {"field": "bar", "type": "ordinal", "axis": None, "scale": scale, "sort": None}


def _bar_layer(figure: Figure, colors: dict[str, str]) -> dict[str, Any]:
    titles = {name: series.title for name, series in zip(_names(figure), figure.series, strict=True)}
    longest = max(map(len, titles.values()), default=0)
    columns = 2 if longest > 32 else 3 if longest > 22 else 4
    legend = {
        "title": None,
        "orient": "top",
        "direction": "horizontal",
        "columns": columns,
        "symbolType": "square",
        "labelExpr": _choice(titles),
        "columnPadding": 14,
        "rowPadding": 4,
        "offset": 14,
    }
    color = {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": list(colors), "range": list(colors.values())},
        "legend": legend if len(colors) > 1 else None,
    }
    return {
        "data": {"values": _rows(figure)},
        "transform": [_STACK],
        "mark": {"type": "bar", "stroke": "#FFFFFF", "strokeWidth": 0.8},
        "encoding": {
            "y": _place(figure),
            "x": {"field": "start", "type": "quantitative", "axis": None, "scale": {"nice": False}},
            "x2": {"field": "end"},
            "color": color,
        },
    }


def _choice(titles: dict[str, str]) -> str:
    """An expression that picks a title; titles enter it as string literals only."""
    return f"({json.dumps(titles)})[datum.value]"


def _label_layer(figure: Figure, brand: ReportBrand, colors: dict[str, str], reach: float) -> dict[str, Any]:
    """Numbers inside the parts that are wide enough for them."""
    rows = _rows(figure)
    white, ink = "#FFFFFF", brand.palette["ink"]
    for row in rows:
        row["needs"] = (len(row["text"]) * _LABEL_SIZE * _LETTER + 8) / _WIDTH * reach
        fill = colors[row["series"]]
        row["on"] = white if contrast(white, fill) >= contrast(ink, fill) else ink
    return {
        "data": {"values": rows},
        "transform": [
            _STACK,
            {"calculate": "(datum.start + datum.end) / 2", "as": "middle"},
            {"filter": "abs(datum.end - datum.start) >= datum.needs"},
        ],
        "mark": {"type": "text", "fontSize": _LABEL_SIZE},
        "encoding": {
            "y": _place(figure),
            "x": {"field": "middle", "type": "quantitative", "axis": None},
            "text": {"field": "text"},
            "color": {"field": "on", "type": "nominal", "scale": None},
        },
    }


def _end_layers(figure: Figure, brand: ReportBrand) -> list[dict[str, Any]]:
    """The options' titles before the bars, their totals behind them."""
    ends = []
    for index, (bar, total, values) in enumerate(zip(figure.bars, figure.totals, _bars(figure), strict=True)):
        lines = textwrap.wrap(bar, 24, max_lines=2, placeholder=" …")
        reach = sum(value for value in values if value > 0)
        ends.append({"bar": index, "title": lines, "total": total.text, "mark": total.mark, "reach": reach})
    text = {"type": "text", "baseline": "middle"}
    at_end = {"field": "reach", "type": "quantitative", "axis": None}
    marked = any(total.mark for total in figure.totals)
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": ends},
            "mark": {
                **text,
                "align": "right",
                "fontSize": _SIZE,
                "x": -10,
                "color": brand.palette["ink"],
                "lineHeight": 13,
            },
            "encoding": {"y": _place(figure), "text": {"field": "title"}},
        },
        {
            "data": {"values": ends},
            "mark": {
                **text,
                "align": "left",
                "dx": 6,
                "fontSize": 11,
                "fontWeight": 600,
                "color": brand.palette["brand"],
            },
            "encoding": {"y": _place(figure), "x": at_end, "text": {"field": "total"}},
        },
    ]
    if marked:
        layers.append(
            {
                "data": {"values": [end for end in ends if end["mark"]]},
                "mark": {**text, "align": "left", "dx": 6, "dy": 13, "fontSize": 10, "color": brand.palette["warning"]},
                "encoding": {"y": _place(figure), "x": at_end, "text": {"field": "mark"}},
            }
        )
    return layers
