"""The headline total by category, as a chart's content and as the table of its data."""

from __future__ import annotations

from reportgen.compute.contributions import Contribution, contributions
from reportgen.compute.digits import result_decimals
from reportgen.formula.nodes import keys_in
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.value_table import OPTIONS, TableCell, TableRow, ValueTable
from reportgen.report.charts.chart_parts import StackedBars, StackSeries
from reportgen.report.paper_width import on_paper


def make_figure(cells: Cells) -> tuple[StackedBars, tuple[ValueTable, ...]]:
    """The headline total by category, as a chart and as the table of its data."""
    model, total = cells.model, cells.model.headline
    terms = contributions(model, total)
    keys = model.keys_of(total.name)
    values = [[cells.results.compute(term.tree, key.option) for key in keys] for term in terms]
    shown = [each for row in values for each in row] + [cells.results.values[key] for key in keys]
    decimals = result_decimals(shown, total.unit)
    rows = []
    for term, numbers in zip(terms, values, strict=True):
        marked = tuple(
            cells.number(number, total.unit, decimals, _term_mark(cells, term, key.option))
            for number, key in zip(numbers, keys, strict=True)
        )
        name = term.category.quantity.name if term.category else ""
        rows.append(TableRow(_term_title(cells, term, len(terms)), name, marked))
    totals = cells.cells(total, decimals)
    rows.append(TableRow(total.title, total.name, totals, kind="headline"))
    where = cells.gettext("{total} by category", total=total.title)
    series = tuple(
        StackSeries(row.title, tuple(numbers), tuple(cell.text for cell in row.cells))
        for row, numbers in zip(rows, values, strict=False)
        if any(numbers)
    )
    ends = tuple(
        TableCell(cells.amount(cells.results.values[key], total.unit, decimals)[0], mark=cells.mark(key))
        if cells.is_known(key)
        else TableCell(cells.gettext("not known"), word=True, mark=cells.mark(key))
        for key in keys
    )
    named = cells.named(where, total.unit)
    words = in_words(cells, named, cells.option_titles, series, ends)
    figure = StackedBars("figure-totals", named, cells.option_titles, series, ends, words)
    data = ValueTable(
        "figure-totals-data",
        where,
        cells.gettext("Category"),
        cells.option_titles,
        tuple(rows),
        cells.unit_text(total.unit),
        columns=OPTIONS,
        of_figure=True,
    )
    return figure, on_paper(cells, [data])


def in_words(
    cells: Cells, what: str, bars: tuple[str, ...], series: tuple[StackSeries, ...], ends: tuple[TableCell, ...]
) -> str:
    """A stacked bar chart for those who cannot see it."""
    sentences = [cells.gettext("Stacked bar chart: {what}.", what=what)]
    for index, (bar, end) in enumerate(zip(bars, ends, strict=True)):
        parts = ", ".join(f"{each.title} {each.texts[index]}" for each in series if each.values[index])
        if parts:
            sentences.append(cells.gettext("{bar}: {total}, of which {parts}.", bar=bar, total=end.marked, parts=parts))
        else:
            sentences.append(cells.gettext("{bar}: {total}.", bar=bar, total=end.marked))
    return " ".join(sentences)


def not_all_drawn(cells: Cells, count: int, total: int) -> str:
    """What a chart says that shows some of the options only."""
    return cells.gettext("{count} of {total} options are drawn; the table has more.", count=count, total=total)


def _term_title(cells: Cells, term: Contribution, count: int) -> str:
    if term.category is not None:
        return term.category.quantity.title
    return cells.model.headline.title if count == 1 else cells.gettext("Not from one category")


def _term_mark(cells: Cells, term: Contribution, option: str | None) -> str:
    keys = keys_in(term.tree, option, cells.model.option_ids)
    return cells.incomplete(any(cells.results.is_incomplete(key) for key in keys))
