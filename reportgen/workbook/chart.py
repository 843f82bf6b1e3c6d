"""Native, live charts in one style, with filled caches, so that previews that do not calculate show them too.

Colours are those of the theme where it has them, so that who changes the theme recolours the charts. Nothing is told by
colour alone: parts of a stack have white edges and neighbours of different lightness, lines have dashes and markers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar, cast

from openpyxl.chart import BarChart, LineChart, ScatterChart
from openpyxl.chart import Series as BarSeries
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.error_bar import ErrorBars
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import LegendEntry
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.colors import ColorChoice, SchemeColor
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

from reportgen.branding.color import contrast, tinted
from reportgen.branding.palette import Colors
from reportgen.workbook.book_words import ENGLISH, BookWords
from reportgen.workbook.chart_plan import Axis, ChartKind, ChartPlan, Numbers, Series, Texts
from reportgen.workbook.styles import CHART_TEXT
from reportgen.workbook.theme import theme_colors

_TITLE, _AXIS, _SMALL = 1200, round(CHART_TEXT * 100), round(CHART_TEXT * 100)
"""Sizes of text in hundredths of a point."""
_LINE, _THIN = 28_575, 9_525
"""Widths of lines in English metric units: 2.25 and 0.75 points."""
_DASHES: tuple[Any, ...] = ("solid", "dash", "sysDot", "lgDash", "dashDot", "sysDash", "lgDashDot")
_MARKERS = ("circle", "square", "triangle", "diamond", "x", "plus", "star")
_LEAST_CONTRAST = 3.0
"""Of a line against the background. Source: WCAG 2.2, success criterion 1.4.11."""
_MOST_MARKERS = 20
"""A line with more points has no markers, which would hide it."""


def native_chart(plan: ChartPlan, colors: Colors, words: BookWords = ENGLISH) -> Any:
    """The chart as openpyxl writes it in the words of its book, its alternative text set as `alternative`."""
    plan = _said(plan, words)
    draw = {ChartKind.LINES: _lines, ChartKind.STACK: _stack}.get(plan.kind, _bars)
    chart = draw(plan, _Ink(colors))
    chart.title = _title(plan.title, _TITLE, bold=True)
    chart.style, chart.roundedCorners, chart.display_blanks = 2, False, "gap"
    chart.graphical_properties = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.majorTickMark = axis.minorTickMark = "none"
        axis.txPr = _font(_AXIS, _scheme("tx1"))
    chart.y_axis.title = _title(plan.values.title, _AXIS)
    chart.y_axis.number_format = plan.values.number_format
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = plan.values.ends
    if plan.along is not None:
        chart.x_axis.scaling.min, chart.x_axis.scaling.max = plan.along.ends
    chart.y_axis.majorGridlines.spPr = _stroke(_scheme("bg1", lumMod=85_000), _THIN)
    chart.y_axis.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.x_axis.spPr = _stroke(_scheme("tx1", lumMod=50_000, lumOff=50_000), _THIN)
    chart.x_axis.tickLblPos = "low"  # beside the chart, also where numbers are below nothing
    _legend(chart, plan)
    chart.anchor = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=plan.columns[0] - 1, row=plan.rows[0] - 1),
        to=AnchorMarker(col=plan.columns[1], row=plan.rows[1]),
    )
    chart.alternative = words.said(plan.alternative)
    return chart


_Cells = TypeVar("_Cells", Texts, Numbers)


def _said(plan: ChartPlan, words: BookWords) -> ChartPlan:
    """The chart with its texts in the language of the book, its cells where that prints them."""
    if words is ENGLISH:
        return plan

    def axis(each: Axis) -> Axis:
        return replace(each, title=words.said(each.title))

    def placed(cells: _Cells) -> _Cells:
        moved = replace(cells, area=words.sheets.placed(cells.area))
        if isinstance(moved, Numbers):
            return moved
        return replace(moved, texts=tuple(map(words.said, moved.texts)))

    def series(each: Series) -> Series:
        others = {name: cells and placed(cells) for name in ("at", "below", "above") for cells in [getattr(each, name)]}
        return replace(each, title=placed(each.title), values=placed(each.values), **others)

    return replace(
        plan,
        title=placed(plan.title) if isinstance(plan.title, Texts) else words.said(plan.title),
        series=tuple(map(series, plan.series)),
        values=axis(plan.values),
        along=plan.along and axis(plan.along),
        categories=plan.categories and placed(plan.categories),
        labels=words.number_format(plan.labels),
    )


class _Ink:
    """The brand's colours of series, as the theme's where it has them."""

    def __init__(self, colors: Colors) -> None:
        self.series = colors.series
        self.background = colors.background
        self.slots = {color: slot for slot, color in theme_colors(colors).items() if slot.startswith("accent")}

    def fill(self, index: int) -> ColorChoice:
        return self._shaded(index, 0)

    def line(self, index: int) -> ColorChoice:
        """Dark enough to be seen as a thin line."""
        color = self.series[index % len(self.series)]
        darker = (step for step in range(10) if contrast(tinted(color, -step / 10), self.background) >= _LEAST_CONTRAST)
        return self._shaded(index, next(darker, 9))

    def _shaded(self, index: int, tenths: int) -> ColorChoice:
        color = self.series[index % len(self.series)]
        light = 100_000 - 10_000 * tenths if tenths else None
        if color in self.slots:
            return _scheme(self.slots[color], lumMod=light)
        plain: Any = ColorChoice
        return cast(ColorChoice, plain(srgbClr=tinted(color, -tenths / 10)[1:]))


_Bars: Any = ErrorBars


class _Whisker(ErrorBars):
    """openpyxl writes `minus` first, which the schema does not allow."""

    tagname = "errBars"
    errDir, errBarType, errValType = _Bars.errDir, _Bars.errBarType, _Bars.errValType  # noqa: N815
    noEndCap, plus, minus, val, spPr = _Bars.noEndCap, _Bars.plus, _Bars.minus, _Bars.val, _Bars.spPr  # noqa: N815
    __elements__ = ("errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr")


def _bars(plan: ChartPlan, ink: _Ink) -> Any:
    """Bars or columns beside each other, or one on the other on both sides of nothing."""
    chart: Any = BarChart()
    spans = plan.kind is ChartKind.SPANS
    chart.type, chart.grouping = "col" if spans else "bar", "clustered"
    chart.overlap = 100 if plan.kind is ChartKind.TORNADO else -5
    chart.gapWidth = 150 if spans else 50
    if not spans:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"  # the first bar is on top, the numbers stay below
    ends: Any = LineChart()
    for index, each in enumerate(plan.series):
        series = _values(plan, each)
        if each.mark:
            series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
            series.marker, series.smooth = _marker("dash", 9, _scheme("tx1")), False
            series.dLbls = _labels(plan.labels, "r")
            ends.series.append(series)
            continue
        fill = ink.fill(1 if spans else index)  # a lighter one, against which a line stands out
        _paint(series, fill)
        if plan.labels and not spans:
            series.dLbls = _labels(plan.labels, "outEnd")
        if each.below is not None and each.above is not None:
            whisker = _stroke(_scheme("tx1"), _LINE // 2)
            reach: dict[str, Any] = {"minus": _reach(plan, each.below), "plus": _reach(plan, each.above)}
            series.errBars = _Whisker(errBarType="both", errValType="cust", noEndCap=False, spPr=whisker, **reach)
        chart.series.append(series)
    if ends.series:
        chart += ends
    return chart


def _paint(series: Any, fill: Any) -> None:
    """A bar in its colour, set off by the paper's, also below zero."""
    series.graphicalProperties = GraphicalProperties(solidFill=fill)
    series.graphicalProperties.line.solidFill = _scheme("bg1")
    series.invertIfNegative = False


def _stack(plan: ChartPlan, ink: _Ink) -> Any:
    """Columns on top of each other; their totals are labels of a line that is not drawn."""
    chart: Any = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 70
    totals: Any = LineChart()
    for index, each in enumerate(plan.series):
        series = _values(plan, each)
        if each.total:
            series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
            series.marker = Marker(symbol="none")
            series.smooth = False
            series.dLbls = _labels(plan.labels, "t", bold=True)
            totals.series.append(series)
            continue
        _paint(series, ink.fill(index))
        chart.series.append(series)
    if totals.series:
        chart += totals
    return chart


def _lines(plan: ChartPlan, ink: _Ink) -> Any:
    chart: Any = ScatterChart()
    chart.scatterStyle = "lineMarker"
    chart.x_axis.majorGridlines = None
    if plan.along is not None:
        chart.x_axis.title = _title(plan.along.title, _AXIS)
        chart.x_axis.number_format = plan.along.number_format
    lines = 0
    for each in plan.series:
        series = _points(each)
        if each.mark:
            series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
            series.marker = _marker("diamond", 9, _scheme("tx1"))
        else:
            place = lines if each.color is None else each.color
            color, kind = ink.line(place), place % len(_DASHES)
            line = LineProperties(w=_LINE, solidFill=color, prstDash=_DASHES[kind], cap="flat")
            series.graphicalProperties = GraphicalProperties(ln=line)
            few = len(each.values.values) <= _MOST_MARKERS
            series.marker = _marker(_MARKERS[kind], 6, color) if few else Marker(symbol="none")
            lines += 1
        series.smooth = False
        chart.series.append(series)
    return chart


def _values(plan: ChartPlan, each: Series) -> Any:
    series = BarSeries(values=_place(each.values), title="")
    series.tx = SeriesLabel(strRef=_texts(each.title))
    series.val = _numbers(each.values, plan.labels or plan.values.number_format)
    if plan.categories is not None:
        series.cat = AxDataSource(strRef=_texts(plan.categories))
    return series


def _points(each: Series) -> Any:
    assert each.at is not None
    series = XYSeries(tx=SeriesLabel(strRef=_texts(each.title)))
    series.xVal = AxDataSource(numRef=_numbers(each.at, "General").numRef)
    series.yVal = _numbers(each.values, "General")
    return series


def _place(cells: Numbers | Texts) -> str:
    return cells.area.seen_from("", fixed=True)


def _numbers(cells: Numbers, number_format: str) -> NumDataSource:
    points = [NumVal(idx=at, v=repr(float(value))) for at, value in enumerate(cells.values) if value is not None]
    cache = NumData(formatCode=number_format, ptCount=len(cells.values), pt=points)
    return NumDataSource(numRef=NumRef(f=_place(cells), numCache=cache))


def _texts(cells: Texts) -> StrRef:
    points = [StrVal(idx=at, v=text) for at, text in enumerate(cells.texts)]
    return StrRef(f=_place(cells), strCache=StrData(ptCount=len(points), pt=points))


def _reach(plan: ChartPlan, cells: Numbers) -> NumDataSource:
    return _numbers(cells, plan.values.number_format)


def _legend(chart: Any, plan: ChartPlan) -> None:
    """Below the chart, without the series that is none; one series is told by the title."""
    if sum(not each.total for each in plan.series) < 2:
        chart.legend = None
        return
    chart.legend.position, chart.legend.overlay = "b", False
    chart.legend.txPr = _font(_AXIS, _scheme("tx1"))
    unseen = [LegendEntry(idx=at, delete=True) for at, each in enumerate(plan.series) if each.total]
    chart.legend.legendEntry = unseen


def _labels(number_format: str, position: str, bold: bool = False) -> DataLabelList:
    labels = DataLabelList(
        numFmt=number_format, dLblPos=position, showVal=True, txPr=_font(_SMALL, _scheme("tx1"), bold=bold)
    )
    labels.showLegendKey = labels.showCatName = labels.showSerName = labels.showPercent = labels.showBubbleSize = False
    return labels


def _marker(symbol: Any, size: int, color: ColorChoice) -> Marker:
    look = GraphicalProperties(solidFill=color)
    look.line.solidFill = _scheme("bg1")
    return Marker(symbol=symbol, size=size, spPr=look)


def _title(text: str | Texts, size: int, bold: bool = False) -> Title:
    """Text of its own, or of a cell, in which no formula, link or markup is read."""
    font = CharacterProperties(sz=size, b=bold, solidFill=_scheme("tx2" if bold else "tx1"))
    properties = ParagraphProperties(defRPr=font)
    if isinstance(text, Texts):
        return Title(tx=Text(strRef=_texts(text)), overlay=False, txPr=RichText(p=[Paragraph(pPr=properties)]))
    paragraph = Paragraph(pPr=properties, r=[RegularTextRun(rPr=font, t=text)])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _font(size: int, color: ColorChoice, bold: bool = False) -> RichText:
    font = CharacterProperties(sz=size, b=bold, solidFill=color)
    end = CharacterProperties()
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=font), endParaRPr=end)])


def _stroke(color: ColorChoice, width: int) -> GraphicalProperties:
    return GraphicalProperties(ln=LineProperties(w=width, solidFill=color))


def _scheme(slot: str, **change: int | None) -> ColorChoice:
    scheme: Any = SchemeColor
    return ColorChoice(schemeClr=scheme(val=slot, **change))
