"""Native, live charts with filled caches, so that previews that do not calculate show them too."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Series
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun

from reportgen.workbook.grid import StackedChart

PALETTE = ("12355B", "2F7F79", "D9A441", "8C4A5B", "6E8FB3", "A8B78B", "5A5A72", "C97B4A", "93B7BE", "3E4C59")


def native_chart(plan: StackedChart) -> Any:
    """Horizontal bars, stacked or as a tornado, or lines; the series in the order given."""
    chart: Any = LineChart() if plan.kind == "line" else BarChart()
    if plan.kind != "line":
        grouping = "stacked" if plan.kind == "stacked" else "clustered"
        chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", grouping, 100, 60
        chart.x_axis.scaling.orientation = "maxMin"
        chart.y_axis.crosses = "max"
    chart.title = _title(plan.title, 1200)
    chart.style = 2
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.title = _title(plan.axis_title, 900)
    chart.y_axis.number_format = "#,##0"
    chart.y_axis.majorGridlines.spPr = _line("E1E6EB")
    chart.legend.position = "r"
    for index, (title, area, values) in enumerate(plan.series):
        chart.series.append(_series(plan, title, area.seen_from("", fixed=True), values, PALETTE[index % len(PALETTE)]))
    chart.anchor = TwoCellAnchor(
        editAs="oneCell",
        _from=AnchorMarker(col=plan.columns[0] - 1, row=plan.rows[0] - 1),
        to=AnchorMarker(col=plan.columns[1], row=plan.rows[1]),
    )
    chart.alternative = plan.alternative
    return chart


def _series(plan: StackedChart, title: str, values_at: str, values: tuple[float, ...], color: str) -> Any:
    series = Series(values=values_at, title=title)
    series.tx = SeriesLabel(v=title)
    points = [NumVal(idx=i, v=repr(value)) for i, value in enumerate(values)]
    cache = NumData(formatCode="#,##0", ptCount=len(points), pt=points)
    series.val = NumDataSource(numRef=NumRef(f=values_at, numCache=cache))
    texts = [StrVal(idx=i, v=text) for i, text in enumerate(plan.category_texts)]
    categories = StrRef(f=plan.categories.seen_from("", fixed=True), strCache=StrData(ptCount=len(texts), pt=texts))
    series.cat = AxDataSource(strRef=categories)
    if plan.kind == "line":
        series.graphicalProperties.line.solidFill = color
        series.smooth = False
        return series
    series.graphicalProperties.solidFill = color
    series.graphicalProperties.line.solidFill = "FFFFFF"
    return series


def _title(text: str, size: int) -> Title:
    """A title in hundredths of a point, quieter than the default."""
    font = CharacterProperties(sz=size, b=True, solidFill="12355B")
    run = RegularTextRun(rPr=font, t=text)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=font), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _line(color: str) -> Any:
    properties = GraphicalProperties()
    properties.line.solidFill = color
    return properties
