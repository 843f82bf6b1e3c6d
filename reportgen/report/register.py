"""The registers of a report: assumptions, sources, step tables, formulas and scenarios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from reportgen.compute.digits import input_decimals, shortened
from reportgen.formula.nodes import Key, Method, Node
from reportgen.model.model import Assumption, Citation, CostStatus, Definition, InputValue, Quantity
from reportgen.model.moments import AFTER_START
from reportgen.model.scenarios_model import Scenario
from reportgen.model.timeline import AVERAGE, SUM, OfTotal
from reportgen.presentation.format import date, plain_quantity, quantity
from reportgen.presentation.result_cells import Cells, input_title
from reportgen.presentation.time_words import month_text
from reportgen.report.evidence import stale_word
from reportgen.report.method import growth_text
from reportgen.report.readable import ReadableText
from reportgen.report.view_parts import (
    FormulaRow,
    FormulaTable,
    InputGroup,
    InputRow,
    ScenarioPart,
    SourceRow,
    StepTable,
)


def groups(cells: Cells) -> tuple[InputGroup, ...]:
    """Every assumption with its range and sources, in the model's groups."""
    return tuple(
        InputGroup(
            group.id,
            group.title,
            group.note,
            tuple(row for each in group.assumptions for row in _inputs(cells, each.quantity, each.keys, each)),
        )
        for group in cells.model.groups
    )


def uncertain(cells: Cells, groups: Sequence[InputGroup]) -> tuple[InputRow, ...]:
    """The assumptions that a reader may well see otherwise: with a range, or set by a scenario, or that change
    over time; all rows of each."""
    set_by_scenarios = {key.name for scenario in cells.model.scenarios for key in scenario.settings}
    rows = [row for group in groups for row in group.rows]
    names = {row.name for row in rows if row.low or row.high or row.before}
    own = {row.name for row in rows}
    for each in cells.results.courses.inputs:
        names |= {each} if each in own else {name for name in own if name.rpartition(".")[0] == each}
    return tuple(row for row in rows if row.name in names | set_by_scenarios)


def item_groups(cells: Cells) -> tuple[InputGroup, ...]:
    """The amounts that belong to one cost item only, by category."""
    model, found = cells.model, []
    ranged = {each.quantity.name: each for each in model.item_numbers}
    for category in model.categories:
        keys = [(own, model.inputs_of(own.name)) for own in map(model.own_number, category.items)]
        title = cells.gettext("Amounts of cost items: {category}", category=category.quantity.title)
        rows = tuple(row for item, own in keys for row in _inputs(cells, item, own, ranged.get(item.name)))
        found.append(InputGroup(f"items-{category.quantity.name}", title, "", rows))
    return tuple(found)


def asked_items(cells: Cells) -> tuple[InputGroup, ...]:
    """Those of them that have a low or a high, or that a question asks about."""
    asked = {str(key) for each in cells.model.item_numbers for key in each.keys}
    found = [replace(each, rows=tuple(row for row in each.rows if row.key in asked)) for each in item_groups(cells)]
    return tuple(each for each in (*found, table_group(cells)) if each.rows)


def table_group(cells: Cells) -> InputGroup:
    """The numbers of tables that have a low or a high, or that a question asks about."""
    rows = tuple(row for each in cells.model.table_numbers for row in _inputs(cells, each.quantity, each.keys, each))
    return InputGroup("table-numbers", cells.gettext("Numbers of tables"), "", rows)


def _inputs(
    cells: Cells, quantity_: Quantity, keys: Sequence[Key], assumption: Assumption | None = None
) -> Iterator[InputRow]:
    """A row for each number of a quantity, all with the same decimals."""
    ranges = assumption.ranges if assumption else {}
    scenario = cells.results.scenario
    bounds = [bound for each in ranges.values() for bound in (each.low, each.high) if bound is not None]
    values = [
        each
        for key in keys
        for each in (_shown(cells, key, scenario, cells.results.values[key]), _own_value(cells, key))
    ]
    decimals = input_decimals([*values, *bounds], quantity_.unit)

    def shown(number: float | None) -> str:
        if number is None:
            return ""
        day = "" if assumption is None else month_text(cells, assumption, number)
        return day or plain_quantity(number, quantity_.unit, decimals, cells.locale)

    for index, key in enumerate(keys):
        value, own, is_word = cells.results.values[key], _own_value(cells, key), cells.is_word(key)
        word = cells.cell(key, quantity_.unit, decimals).text if is_word else ""
        day = "" if assumption is None or is_word else month_text(cells, assumption, value)
        low, high = (shown(each) for each in ((ranges[key].low, ranges[key].high) if key in ranges else (None, None)))
        yield InputRow(
            key=str(key),
            name=quantity_.name,
            title=quantity_.title,
            option=cells.model.option(key.option).title if key.option else "",
            is_first=index == 0,
            note=_note(cells, quantity_, day),
            citations=cells.citations(quantity_.sources),
            value=word or shown(value),
            is_word=is_word,
            amount=word or day or quantity(value, quantity_.unit, decimals, cells.locale),
            before=shown(own) if own != value else "",
            unit="" if day else cells.column_unit(quantity_.unit),
            low=low,
            high=high,
            range=_range(cells, low, high),
            owner=assumption.owner if assumption else "",
            review=date(assumption.review, cells.locale) if assumption and assumption.review else "",
        )


def _shown(cells: Cells, key: Key, scenario: Scenario, value: float) -> float:
    """What an input holds in a scenario, shortened where that is computed."""
    return shortened(value) if cells.model.is_changed(key, scenario) else value


def _note(cells: Cells, quantity_: Quantity, day: str) -> str:
    """What is to be known of an input: by what it grows, and its author's remark. A month needs no explanation."""
    if day:
        return ""
    grows = (each for each in cells.model.growths if each.of == quantity_.name)
    growth = next((cells.gettext("Grows: {growth}.", growth=growth_text(cells, each)) for each in grows), "")
    note = cells.gettext(AFTER_START) if quantity_.note == AFTER_START else quantity_.note
    return " ".join(filter(None, (growth, note)))


def _own_value(cells: Cells, key: Key) -> float:
    """What the model itself says, whatever the scenario."""
    definition = cells.model.definitions[key]
    return definition.value if isinstance(definition, InputValue) else cells.results.values[key]


def _range(cells: Cells, low: str, high: str) -> str:
    if low and high:
        return cells.gettext("{low} to {high}", low=low, high=high)
    if not (low or high):
        return ""
    return cells.gettext("from {low}", low=low) if low else cells.gettext("up to {high}", high=high)


def sources(cells: Cells) -> tuple[SourceRow, ...]:
    """The sources, numbered in the model's order; only web addresses become links."""
    return tuple(_source(cells, number, each) for number, each in enumerate(cells.model.citations.values(), 1))


def _source(cells: Cells, number: int, source: Citation) -> SourceRow:
    accessed = date(source.accessed, cells.locale) if source.accessed else ""
    review = date(source.review, cells.locale) if source.review else ""
    named = (source.title, source.link, source.url, cells.term(source.evidence), accessed, source.note)
    return SourceRow(number, *named, stale_word(cells, source), source.owner, review)


def step_tables(cells: Cells) -> tuple[StepTable, ...]:
    """The tables that formulas look values up in."""
    found = []
    for table in (each.with_values(cells.results.values.__getitem__) for each in cells.model.tables.values()):
        starts = input_decimals([start for start, _ in table.rows], table.from_unit)
        values = input_decimals([value for _, value in table.rows], table.to_unit)
        rows = tuple(
            (
                plain_quantity(start, table.from_unit, starts, cells.locale),
                plain_quantity(value, table.to_unit, values, cells.locale),
            )
            for start, value in table.rows
        )
        units = cells.unit_text(table.from_unit), cells.unit_text(table.to_unit)
        read = _read(cells, table.method)
        note, citations = " ".join(filter(None, (read, table.note))), cells.citations(table.sources)
        found.append(StepTable(f"steps-{table.id}", table.title, *units, rows, note, citations))
    return tuple(found)


def _read(cells: Cells, method: Method) -> str:
    match method:
        case Method.STEP:
            return ""
        case Method.LINEAR:
            return cells.gettext("Between two rows the straight line holds.")
        case Method.GRADUATED:
            return cells.gettext("Each unit has the price of its own band.")
        case _ as never:
            assert_never(never)


def formula_tables(cells: Cells) -> tuple[FormulaTable, ...]:
    """Every formula of the model in readable form; categories, which are sums of their items, are left out."""
    model, text = cells.model, ReadableText(cells.model, cells.locale, cells.folders)
    chapters: list[tuple[str, str, Iterable[Quantity]]] = [
        ("calculations", cells.gettext("Calculations"), model.calculations)
    ]
    chapters += [(each.quantity.name, each.quantity.title, each.items) for each in model.categories]
    chapters += [
        ("totals", cells.gettext("Totals"), model.totals),
        ("metrics", cells.gettext("Metrics"), model.metrics),
    ]
    found = []
    for id_, caption, quantities in chapters:
        rows = tuple(row for each in quantities for row in _formulas(cells, text, each))
        if rows:
            found.append(FormulaTable(f"formulas-{id_}", caption, rows))
    return tuple(found)


def _formulas(cells: Cells, text: ReadableText, quantity_: Quantity) -> Iterable[FormulaRow]:
    """A row per formula, with the options it holds for; of an item over time, the formula of its own number."""
    total = cells.model.of_totals.get(quantity_.name)
    if total is not None:
        yield FormulaRow(quantity_.title, quantity_.name, "", _sum_text(cells, text, total))
        return
    by_formula: dict[Node, list[Key]] = {}
    keys = cells.model.keys_of(cells.model.own_number(quantity_).name)
    for key in keys:
        definition: Definition = cells.model.definitions[key]
        if key in cells.model.formulas and not isinstance(definition, InputValue | CostStatus):
            by_formula.setdefault(definition, []).append(key)
    for index, (node, holders) in enumerate(by_formula.items()):
        options = [cells.model.option(key.option).title for key in holders if key.option]
        yield FormulaRow(
            title=quantity_.title if index == 0 else "",
            name=quantity_.name if index == 0 else "",
            option=", ".join(options) if len(holders) < len(keys) else "",
            text=text.text(node),
        )


def _sum_text(cells: Cells, text: ReadableText, total: OfTotal) -> str:
    """What a total adds up, and how."""
    parts = " + ".join(map(text.title, total.parts))
    if total.kind == SUM:
        return cells.gettext("{parts}, added up over the horizon", parts=parts)
    if total.kind == AVERAGE:
        return cells.gettext("{parts}, on average over the horizon", parts=parts)
    rate = text.title(total.rate)
    return cells.gettext("{parts}, discounted at {rate} and added up over the horizon", parts=parts, rate=rate)


def scenarios(cells: Cells) -> tuple[ScenarioPart, ...]:
    """What each scenario sets, beside the model's own values."""
    return tuple(_scenario(cells, each) for each in cells.model.scenarios)


def _scenario(cells: Cells, scenario: Scenario) -> ScenarioPart:
    model, shown = cells.model, cells.results.scenario
    settings: list[tuple[str, str, str]] = []
    for key, value in scenario.settings.items():
        unit, own = model.quantities[key.name].unit, _own_value(cells, key)
        places = input_decimals((_shown(cells, key, scenario, value), own), unit)
        before, after = (quantity(each, unit, places, cells.locale) for each in (own, value))
        settings.append((input_title(cells, key), before, after))
    is_shown = shown.id == scenario.id
    return ScenarioPart(scenario.title, scenario.note, is_shown, tuple(settings))
