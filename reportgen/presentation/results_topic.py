"""The results as tables: assumptions, calculations, categories with their items, totals and metrics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.model import NOT_QUOTED, Category, Quantity
from reportgen.presentation.over_time_tables import over_time_tables
from reportgen.presentation.result_cells import Cells, as_sentence
from reportgen.presentation.time_words import horizon_text, total_text
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableRow, ValueTable


def results_topic(cells: Cells) -> Topic:
    """Every number of the model, in its order, and none of its notes."""
    tables = tuple(
        replace(each, rows=tuple(replace(row, note="") for row in each.rows), has_names=True)
        for each in (*_tables(cells), *over_time_tables(cells))
    )
    missing = missing_prices(cells)
    blocks = (TopicBlock("", (), (), tables), *([TopicBlock("", (missing,))] if missing else []))
    return Topic("results", cells.gettext("Results"), blocks)


def _tables(cells: Cells) -> Iterator[ValueTable]:
    model = cells.model
    for group in model.groups:
        quantities = [each.quantity for each in group.assumptions]
        yield from values_tables(cells, quantities, group.id, cells.gettext("Assumption"), group.title)
    yield from calculations_tables(cells)
    yield from (category_table(cells, each) for each in model.categories)
    yield totals_table(cells)
    yield from metrics_tables(cells)


def calculations_tables(cells: Cells) -> tuple[ValueTable, ...]:
    one, many = cells.gettext("Calculation"), cells.gettext("Calculations")
    tables = values_tables(cells, cells.model.calculations, "calculations", one, many)
    return tuple(replace(each, rows=tuple(_on_average(cells, row) for row in each.rows)) for each in tables)


def _on_average(cells: Cells, row: TableRow) -> TableRow:
    """The row of a calculation; one over time stands for all of it by its mean."""
    if row.name not in cells.results.courses.calculations:
        return row
    what = as_sentence(cells.gettext("on average over {period}", period=horizon_text(cells)))
    return replace(row, note=f"{what} {row.note}".strip())


def metrics_tables(cells: Cells) -> tuple[ValueTable, ...]:
    return values_tables(cells, cells.model.metrics, "metrics", cells.gettext("Metric"), cells.gettext("Metrics"))


def values_tables(
    cells: Cells, quantities: Sequence[Quantity], id_: str, one: str, many: str
) -> tuple[ValueTable, ...]:
    """Tables of quantities with units of their own: those with one value, then those with a value per option. `one` and
    `many` are what they are called, in the reader's language."""
    shared = tuple(cells.row(each) for each in quantities if not each.per_option)
    per_option = tuple(cells.row(each) for each in quantities if each.per_option)
    tables: list[ValueTable] = []
    if shared:
        caption = cells.gettext("{what}, one value for all options", what=many) if per_option else many
        tables.append(ValueTable(f"table-{id_}", caption, one, (cells.gettext("Value"),), shared))
    if per_option:
        caption = cells.gettext("{what} of each option", what=many)
        id_ = f"table-{id_}-options"
        tables.append(ValueTable(id_, caption, one, cells.option_titles, per_option, columns=OPTIONS))
    return tuple(tables)


def totals_table(cells: Cells) -> ValueTable:
    """The totals, the headline last."""
    model = cells.model
    by_unit: dict[Unit, list[Quantity]] = {}
    for total in model.totals:
        by_unit.setdefault(total.unit, []).append(total)
    rows = []
    for each in model.totals:
        row = cells.row(each, cells.decimals(*by_unit[each.unit]), "headline" if each is model.headline else "item")
        what = total_text(cells, each.name)
        note = f"{as_sentence(what)} {row.note}".strip() if what else row.note
        rows.append(replace(row, note=note))
    caption, head = cells.gettext("Totals of each option"), cells.gettext("Total")
    return ValueTable("table-totals", caption, head, cells.option_titles, tuple(rows), columns=OPTIONS)


def category_table(cells: Cells, category: Category) -> ValueTable:
    """The items of a category and their sum."""
    own = category.quantity
    decimals = cells.decimals(own, *category.items)
    rows = [cells.row(item, decimals, with_unit=False) for item in category.items]
    total = cells.row(own, decimals, "sum", with_unit=False)
    rows.append(TableRow(cells.gettext("{category} in total", category=own.title), own.name, total.cells, kind="sum"))
    caption = _caption(cells, category)
    id_, unit = f"category-{own.name}-table", cells.unit_text(own.unit)
    head = cells.gettext("Item")
    return ValueTable(id_, caption, head, cells.option_titles, tuple(rows), unit, columns=OPTIONS)


def _caption(cells: Cells, category: Category) -> str:
    """What a category is called, with what its numbers are: each of what changes over time stands for all of it."""
    title, period = category.quantity.title, horizon_text(cells)
    over_time = any(item.name in cells.model.own_numbers for item in category.items)
    if over_time and category.one_time:
        return cells.gettext("{category}, over {period}", category=title, period=period)
    if over_time:
        return cells.gettext("{category}, on average over {period}", category=title, period=period)
    return cells.gettext("{category}, paid once", category=title) if category.one_time else title


def unquoted(cells: Cells) -> tuple[tuple[str, str, str], ...]:
    """Each cost without a price, as (option, item, category)."""
    model = cells.model
    return tuple(
        (option.title, item.title, category.quantity.title)
        for category in model.categories
        for item in category.items
        for option in model.options
        if cells.results.state(Key(item.name, option.id)) == NOT_QUOTED
    )


def missing_prices(cells: Cells) -> str:
    """Which prices nobody has quoted and what that means; "" where none is missing."""
    missing = "; ".join(
        cells.gettext("{item} ({category}) of {option}", item=item, category=category, option=option)
        for option, item, category in unquoted(cells)
    )
    if not missing:
        return ""
    return cells.gettext(
        "No price was quoted for {missing}. What depends on it is computed from what is known and marked incomplete; "
        "an incomplete option is not ranked.",
        missing=missing,
    )
