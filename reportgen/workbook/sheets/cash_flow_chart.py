"""On Cash flow: what has been paid so far, as lines over the years."""

from __future__ import annotations

from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.questions import CASH_FLOW
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message, together, unit_words
from reportgen.workbook.cash_flow_layout import PAID_SO_FAR_ROWS, CashFlowLayout, Of
from reportgen.workbook.chart_plan import (
    Axis,
    ChartKind,
    ChartPlan,
    Numbers,
    Series,
    Texts,
    axis_format,
    axis_title,
    from_zero,
    shown_numbers,
)
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import LABEL
from reportgen.workbook.sheets.charts import cell_text, is_drawn, lacking, shown_title
from reportgen.workbook.sheets.sheet_parts import Book
from reportgen.workbook.timeline_layout import WHOLE


def paid_so_far_chart(book: Book, grid: Grid, outcome: CashFlowOutcome, layout: CashFlowLayout) -> None:
    """What each option has cost so far; the rows that it shows stand below."""
    series, shown = [], {}
    along = Numbers(layout.cells(layout.times), outcome.times)
    for place, option in enumerate(book.model.options):
        paid = outcome.cumulative[option.id]
        if is_drawn(book, outcome.total, option.id, paid):
            shown[option.title] = paid[-1]
            row = layout.option_row(place)
            name = Texts(Area(CASH_FLOW, row, LABEL, row, LABEL), (option.title,))
            values = Numbers(layout.cells(layout.row(place, Of.SO_FAR)), paid)
            series.append(Series(name, values, along, color=place))
    if not series:
        return
    amounts = [value for each in series for value in each.values.values]
    numbers = shown_numbers(shown, shown.values(), outcome.unit)
    title = message("{total}: paid so far", total=outcome.total.title)
    grid.put(layout.chart - 1, LABEL, shown_title(book, title), Style.SUBTITLE)
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.LINES,
            title=cell_text(Address(CASH_FLOW, layout.chart - 1, LABEL), together(title, ", ", book.scenario_title)),
            series=tuple(series),
            values=Axis(
                axis_title(message("Paid so far"), outcome.unit), axis_format(amounts, outcome.unit), from_zero(amounts)
            ),
            along=Axis(message("Years"), "0", (0.0, None)),
            rows=(layout.chart, layout.chart + PAID_SO_FAR_ROWS - 1),
            columns=(LABEL, WHOLE + 4),
            alternative=message(
                "Lines over the years: {title}, {unit}. At the horizon: {numbers}.{lacking}",
                title=title,
                unit=unit_words(outcome.unit),
                numbers=numbers,
                lacking=lacking(book, outcome.total),
            ),
        )
    )
