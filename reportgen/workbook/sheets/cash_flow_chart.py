"""On Cash flow: what has been paid so far, as lines over the years."""

from __future__ import annotations

from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.questions import CASH_FLOW
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.cash_flow_layout import SO_FAR, YEARS_SO_FAR, CashFlowLayout
from reportgen.workbook.chart_plan import (
    CHART_ROWS,
    Axis,
    ChartKind,
    ChartPlan,
    Series,
    axis_format,
    axis_title,
    from_zero,
    shown_numbers,
)
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import LABEL, UNIT
from reportgen.workbook.sheets.charts import chart_width, down, is_drawn, lacking, option_head
from reportgen.workbook.sheets.sheet_parts import Book, heading


def paid_so_far_chart(book: Book, grid: Grid, outcome: CashFlowOutcome, layout: CashFlowLayout, row: int) -> None:
    """What has been paid so far, over the years; beyond the horizon the lines stay where they ended, so that a shorter
    or longer one can be typed. Its table stands below the chart."""
    last = row + CHART_ROWS - 1
    head = last + 2
    number_format = result_format([each for paid in outcome.nominal.values() for each in paid], outcome.unit)
    heading(grid, head, "What the chart shows: paid so far", book.plan.last_option_column)
    years = [sum(outcome.weights[1 : year + 1]) for year in range(layout.years + 1)]
    series, shown = [], {}
    for year in range(layout.years + 1):
        at = head + 1 + year
        grid.put(at, UNIT, grid.cell(layout.time_row(year), YEARS_SO_FAR), Style.LINKED, "0.00")
        grid.put(at, LABEL, f"Years so far at the end of year {year}", Style.LABEL)
    for option in book.model.options:
        column, paid = book.plan.option_column(option.id), outcome.cumulative[option.id]
        kept = [*paid, *[paid[-1]] * (len(years) - len(paid))]
        for year in range(layout.years + 1):
            at, so_far = head + 1 + year, grid.cell(layout.year_row(SO_FAR, year), column)
            before = grid.cell(at - 1, column) if year else 0.0
            grid.put(at, column, f.IF(f.ISNUMBER(so_far), so_far, before), Style.CALCULATION, number_format)
        along, values = down(CASH_FLOW, head + 1, UNIT, years), down(CASH_FLOW, head + 1, column, kept)
        if is_drawn(book, outcome.total, option.id, paid):
            shown[option.title] = kept[-1]
            color = book.model.option_ids.index(option.id)
            series.append(Series(option_head(book, CASH_FLOW, option.id), values, along, color=color))
    if not series:
        return
    amounts = [value for each in series for value in each.values.values]
    numbers = shown_numbers(shown, shown.values(), outcome.unit)
    title = f"{outcome.total.title}: paid so far"
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.LINES,
            title=title,
            series=tuple(series),
            values=Axis(
                axis_title("Paid so far", outcome.unit), axis_format(amounts, outcome.unit), from_zero(amounts)
            ),
            along=Axis("Years", "0", (0.0, None)),
            rows=(row, last),
            columns=chart_width(book),
            alternative=f"Lines over the years: {title}, {outcome.unit}. At the horizon: {numbers}."
            f"{lacking(book, outcome.total)}",
        )
    )
