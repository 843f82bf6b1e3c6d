"""On Sensitivity: the chart of the inputs that matter most, which follows the reader's choice."""

from __future__ import annotations

from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.workbook.address import Address, Area
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
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.layout import HIGH, LOW, MOST_BARS, VALUE, tornado_rows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import LABEL, SCENARIO_ROW, SENSITIVITY
from reportgen.workbook.sheets.charts import cell_text, down

SIDES = ("at low", "at high")

DESCRIBED = 5
"""Inputs whose effects the alternative text tells."""


def tornado(
    grid: Grid, chosen: tuple[int, str], outcome: SensitivityOutcome, titles: list[str], sides: list[list[float]]
) -> None:
    """The largest effects as bars to both sides of what is `chosen`: the first row of the sorted table, and the title
    of the total or difference. `sides` are the changes of it with each input at its low and at its high."""
    start, measure = chosen
    count, unit = min(len(titles), MOST_BARS), outcome.total.unit
    text = f"What moves: {measure}"
    grid.put(start - 1, LABEL, text, Style.SUBTITLE, formula=f'="What moves: "&$E${SCENARIO_ROW}')
    columns = list(zip(*sides[:count], strict=True))
    ends = [down(SENSITIVITY, start, column, values) for column, values in zip((LOW, VALUE), columns, strict=True)]
    heads_of = [cell_text(Address(SENSITIVITY, start - 1, LOW + step), text) for step, text in enumerate(SIDES)]
    top = start + len(titles) + 1
    described = "; ".join(
        f"{title} {shown_numbers(SIDES, pair, unit).replace('; ', ', ')}"
        for title, pair in zip(titles[:DESCRIBED], sides, strict=False)
    )
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.TORNADO,
            title=cell_text(Address(SENSITIVITY, start - 1, LABEL), text),
            series=tuple(Series(*each) for each in zip(heads_of, ends, strict=True)),
            values=Axis(
                axis_title("Change with one input at its low or its high", unit), axis_format(map(max, columns), unit)
            ),
            rows=(top, top + tornado_rows(len(titles)) - 1),
            columns=(LABEL, HIGH + 1),
            alternative=f"Bars of the largest changes of {measure}, {unit}: {described}.",
            categories=Texts(Area(SENSITIVITY, start, LABEL, start + count - 1, LABEL), tuple(titles[:count])),
            labels=result_format(outcome.base.values(), unit),
        )
    )
