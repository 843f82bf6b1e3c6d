"""The headline total by category, as a chart's content and as the table of its data."""

from __future__ import annotations

from reportgen.compute.contributions import Contribution, contributions
from reportgen.compute.digits import result_decimals
from reportgen.formula.nodes import keys_in
from reportgen.model.model import INCOMPLETE, Model
from reportgen.report.cells import Cells, side_by_side
from reportgen.report.format import plain_quantity, unit_text
from reportgen.report.parts import Cell, Figure, Row, Series, ValueTable


def make_figure(cells: Cells) -> tuple[Figure, tuple[ValueTable, ...]]:
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
            Cell(plain_quantity(number, total.unit, decimals, cells.locale), mark=_term_mark(cells, term, key.option))
            for number, key in zip(numbers, keys, strict=True)
        )
        name = term.category.quantity.name if term.category else ""
        rows.append(Row(_term_title(model, term, len(terms)), name, marked))
    totals = cells.cells(total, decimals)
    rows.append(Row(total.title, total.name, totals, kind="headline"))
    where = f"{total.title} by category"
    series = tuple(
        Series(row.title, tuple(numbers), tuple(cell.text for cell in row.cells))
        for row, numbers in zip(rows, values, strict=False)
        if any(numbers)
    )
    unit = unit_text(total.unit)
    ends = tuple(
        Cell(cells.amount(cells.results.values[key], total.unit, decimals)[0], mark=cells.mark(key)) for key in keys
    )
    alternative = _alternative(f"{where}, {unit}", cells.option_titles, series, ends)
    figure = Figure("figure-totals", f"{where}, {unit}", cells.option_titles, series, ends, alternative)
    caption = f"Data of the figure: {where[:1].lower()}{where[1:]}"
    data = ValueTable("figure-totals-data", caption, "Category", cells.option_titles, tuple(rows), unit)
    return figure, side_by_side(data)


def _term_title(model: Model, term: Contribution, count: int) -> str:
    if term.category is not None:
        return term.category.quantity.title
    return model.headline.title if count == 1 else "Not from one category"


def _term_mark(cells: Cells, term: Contribution, option: str | None) -> str:
    keys = keys_in(term.tree, option, cells.model.option_ids)
    return INCOMPLETE if any(cells.results.is_incomplete(key) for key in keys) else ""


def _alternative(what: str, bars: tuple[str, ...], series: tuple[Series, ...], ends: tuple[Cell, ...]) -> str:
    """The chart in words, for those who cannot see it."""
    sentences = []
    for index, (bar, end) in enumerate(zip(bars, ends, strict=True)):
        parts = ", ".join(f"{each.title} {each.texts[index]}" for each in series if each.values[index])
        known = f" ({end.mark})" if end.mark else ""
        sentences.append(f"{bar}: {end.text}{known}{', of which ' + parts if parts else ''}.")
    return f"Stacked bar chart: {what}. {' '.join(sentences)}"
