"""On Sensitivity: the chart of the inputs that matter most, which follows the reader's choice."""

from __future__ import annotations

from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.questions import SENSITIVITY
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import listed, message, together, unit_words
from reportgen.workbook.cell_scale import from_cell
from reportgen.workbook.chart_plan import (
    Axis,
    ChartKind,
    ChartPlan,
    Series,
    Texts,
    axis_format,
    axis_title,
    shown_numbers,
)
from reportgen.workbook.expressions import Cells, Expression
from reportgen.workbook.grid import Grid
from reportgen.workbook.layout import HIGH, LOW, MOST_BARS, VALUE, tornado_rows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import LABEL
from reportgen.workbook.sheets.charts import cell_text, down
from reportgen.workbook.values import number

SIDES = (message("At low"), message("At high"))

DESCRIBED = 5
"""Inputs whose effects the alternative text tells."""


def tornado(grid: Grid, start: int, choice: Expression, outcome: SensitivityOutcome) -> None:
    """The largest effects as bars to both sides of the `choice` of a total or a difference. `start` is the first row of
    the sorted table, whose heads name the choice and the two sides."""
    grid.later.append(lambda cells: grid.charts.append(_chart(cells, start, str(choice.value(cells)), outcome)))


def _chart(cells: Cells, start: int, measure: str, outcome: SensitivityOutcome) -> ChartPlan:
    rows, unit = range(start, start + len(outcome.swings)), outcome.total.unit
    titles = [str(cells.value(Address(SENSITIVITY, row, LABEL))) for row in rows]
    sides = [
        [from_cell(number(cells.value(Address(SENSITIVITY, row, column))), unit) for column in (LOW, VALUE)]
        for row in rows
    ]
    count = min(len(titles), MOST_BARS)
    text = message("Sensitivity of {measure}", measure=measure)
    columns = list(zip(*sides[:count], strict=True))
    ends = [
        down(SENSITIVITY, start, column, values, unit) for column, values in zip((LOW, VALUE), columns, strict=True)
    ]
    heads_of = [cell_text(Address(SENSITIVITY, start - 1, LOW + step), text) for step, text in enumerate(SIDES)]
    top = start + len(titles) + 1
    described = listed(
        (
            together(title, " ", shown_numbers(SIDES, pair, unit, between=", "))
            for title, pair in zip(titles[:DESCRIBED], sides, strict=False)
        ),
        "; ",
    )
    return ChartPlan(
        kind=ChartKind.TORNADO,
        title=cell_text(Address(SENSITIVITY, start - 1, LABEL), text),
        series=tuple(Series(*each) for each in zip(heads_of, ends, strict=True)),
        values=Axis(
            axis_title(message("Change with one input at its low or its high"), unit),
            axis_format(map(max, columns), unit),
        ),
        rows=(top, top + tornado_rows(len(titles)) - 1),
        columns=(LABEL, HIGH + 1),
        alternative=message(
            "Bars of the largest changes of {measure}, {unit}: {described}.",
            measure=measure,
            unit=unit_words(unit),
            described=described,
        ),
        categories=Texts(Area(SENSITIVITY, start, LABEL, start + count - 1, LABEL), tuple(titles[:count])),
        labels=result_format(outcome.base.values(), unit),
    )
