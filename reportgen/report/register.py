"""The registers of a report: assumptions, sources, step tables, formulas and scenarios."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.compute.digits import input_decimals
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import parse_unit
from reportgen.model.model import Assumption, Citation, CostStatus, Definition, InputValue, Quantity, Scenario
from reportgen.presentation.format import date, percent, plain_quantity, quantity
from reportgen.presentation.result_cells import Cells, input_title
from reportgen.report.evidence import stale_word
from reportgen.report.readable import ReadableText
from reportgen.report.view_parts import (
    AssumptionRow,
    FormulaRow,
    FormulaTable,
    GroupPart,
    ScenarioPart,
    SourceRow,
    StepTable,
)


def groups(cells: Cells) -> tuple[GroupPart, ...]:
    """Every assumption with its range and sources, in the model's groups."""
    return tuple(
        GroupPart(
            f"assumptions-{group.id}",
            group.title,
            group.note,
            tuple(row for assumption in group.assumptions for row in _assumption(cells, assumption)),
        )
        for group in cells.model.groups
    )


def _assumption(cells: Cells, assumption: Assumption) -> Iterable[AssumptionRow]:
    quantity_, model = assumption.quantity, cells.model
    bounds = [bound for each in assumption.ranges.values() for bound in (each.low, each.high) if bound is not None]
    values = [each for key in assumption.keys for each in (cells.results.values[key], _own_value(cells, key))]
    decimals = input_decimals([*values, *bounds], quantity_.unit)

    def shown(number: float | None) -> str:
        return "" if number is None else plain_quantity(number, quantity_.unit, decimals, cells.locale)

    for index, key in enumerate(assumption.keys):
        range_ = assumption.ranges.get(key)
        value, own = cells.results.values[key], _own_value(cells, key)
        yield AssumptionRow(
            title=quantity_.title if index == 0 else "",
            name=quantity_.name,
            option=model.option(key.option).title if key.option else "",
            note=quantity_.note if index == 0 else "",
            citations=cells.citations(quantity_.sources) if index == 0 else (),
            value=shown(value),
            before=shown(own) if own != value else "",
            unit=cells.column_unit(quantity_.unit),
            low=shown(range_.low if range_ else None),
            high=shown(range_.high if range_ else None),
            growth=_growth(cells, assumption) if index == 0 else "",
        )


def _own_value(cells: Cells, key: Key) -> float:
    """What the model itself says, whatever the scenario."""
    definition = cells.model.definitions[key]
    return definition.value if isinstance(definition, InputValue) else cells.results.values[key]


def _growth(cells: Cells, assumption: Assumption) -> str:
    growth = assumption.growth
    if growth is None:
        return ""
    places = input_decimals((growth.value,), growth.unit)
    if growth.unit == parse_unit("%/year"):
        return cells.gettext("{rate} per year", rate=percent(growth.value, places, cells.locale))
    return quantity(growth.value, growth.unit, places, cells.locale)


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
    for table in cells.model.tables.values():
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
        read = cells.gettext("Between two rows the straight line holds.") if table.method == "linear" else ""
        note, citations = " ".join(filter(None, (read, table.note))), cells.citations(table.sources)
        found.append(StepTable(f"steps-{table.id}", table.title, *units, rows, note, citations))
    return tuple(found)


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
    """A row per formula, with the options it holds for."""
    by_formula: dict[Node, list[Key]] = {}
    keys = cells.model.keys_of(quantity_.name)
    for key in keys:
        definition: Definition = cells.model.definitions[key]
        if not isinstance(definition, InputValue | CostStatus):
            by_formula.setdefault(definition, []).append(key)
    for index, (node, holders) in enumerate(by_formula.items()):
        options = [cells.model.option(key.option).title for key in holders if key.option]
        yield FormulaRow(
            title=quantity_.title if index == 0 else "",
            name=quantity_.name if index == 0 else "",
            option=", ".join(options) if len(holders) < len(keys) else "",
            text=text.text(node),
        )


def scenarios(cells: Cells) -> tuple[ScenarioPart, ...]:
    """What each scenario sets, beside the model's own values."""
    return tuple(_scenario(cells, each) for each in cells.model.scenarios)


def _scenario(cells: Cells, scenario: Scenario) -> ScenarioPart:
    model, shown = cells.model, cells.results.scenario
    settings: list[tuple[str, str, str]] = []
    for key, value in scenario.settings.items():
        unit, own = model.quantities[key.name].unit, _own_value(cells, key)
        places = input_decimals((value, own), unit)
        before, after = (quantity(each, unit, places, cells.locale) for each in (own, value))
        settings.append((input_title(cells, key), before, after))
    is_shown = shown.id == scenario.id
    return ScenarioPart(scenario.title, scenario.note, is_shown, tuple(settings))
