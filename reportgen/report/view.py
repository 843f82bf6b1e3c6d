"""Everything a report template prints, in words and formatted numbers: the templates themselves compute nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportgen import __version__
from reportgen.compute.comparison import Comparison, Difference, compare
from reportgen.compute.contributions import Contribution, contributions
from reportgen.compute.results import Results
from reportgen.formula.nodes import Key, keys_in
from reportgen.formula.units import PLAIN, Unit
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, Category, Model
from reportgen.report import register
from reportgen.report.cells import Cells, side_by_side, values_tables
from reportgen.report.format import LOCALE, date, percent, plain_quantity, quantity, result_decimals, unit_text
from reportgen.report.parts import (
    CategoryPart,
    Cell,
    Cheapest,
    Figure,
    FormulaTable,
    GroupPart,
    OptionPart,
    Row,
    Saving,
    ScenarioPart,
    Section,
    Series,
    SourceRow,
    StepTable,
    Tile,
    ValueTable,
)

_LEAD = 240
"""Characters of the summary that a cover has room for."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report's content. `lead` is the beginning of `summary`, for the cover; `scenario` is "" for the model's own
    values; `unquoted` names each cost without a price as (option, item, category)."""

    id: str
    title: str
    subtitle: str
    summary: str
    lead: str
    as_of: str
    as_of_iso: str
    language: str
    currency: str
    horizon: str
    scenario: str
    scenario_note: str
    subject: str
    options: tuple[OptionPart, ...]
    headline: str
    headline_note: str
    tiles: tuple[Tile, ...]
    savings: tuple[Saving, ...]
    cheapest: Cheapest
    unquoted: tuple[tuple[str, str, str], ...]
    figure: Figure
    figure_tables: tuple[ValueTable, ...]
    totals: tuple[ValueTable, ...]
    metrics: tuple[ValueTable, ...]
    categories: tuple[CategoryPart, ...]
    groups: tuple[GroupPart, ...]
    calculations: tuple[ValueTable, ...]
    step_tables: tuple[StepTable, ...]
    sources: tuple[SourceRow, ...]
    limits: tuple[str, ...]
    formulas: tuple[FormulaTable, ...]
    scenarios: tuple[ScenarioPart, ...]
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]


def make_view(results: Results, locale: str = LOCALE) -> ReportView:
    """The content of a report of these results, in the words of a locale."""
    model, cells, comparison = results.model, Cells(results, locale), compare(results)
    figure, data = _figure(cells)
    return ReportView(
        id=model.id,
        title=model.title,
        subtitle=model.subtitle,
        summary=model.summary,
        lead=first_sentences(model.summary, _LEAD),
        as_of=date(model.as_of, locale),
        as_of_iso=model.as_of.isoformat(),
        language=locale.replace("_", "-"),
        currency=model.currency,
        horizon=_horizon(results, locale),
        scenario=results.scenario.title if results.scenario else "",
        scenario_note=results.scenario.note if results.scenario else "",
        subject=model.option(model.subject).title if model.subject else "",
        options=tuple(OptionPart(each.title, each.summary, each.id == model.subject) for each in model.options),
        headline=model.headline.title,
        headline_note=model.headline.note,
        tiles=_tiles(cells, comparison),
        savings=tuple(_saving(cells, each, comparison) for each in comparison.differences),
        cheapest=_cheapest(cells, comparison),
        unquoted=_unquoted(results),
        figure=figure,
        figure_tables=data,
        totals=_totals(cells),
        metrics=values_tables(cells, model.metrics, "metrics", "Metric", "Metrics"),
        categories=tuple(_category(cells, each) for each in model.categories),
        groups=register.groups(cells),
        calculations=values_tables(cells, model.calculations, "calculations", "Calculation", "Calculations"),
        step_tables=register.step_tables(cells),
        sources=register.sources(cells),
        limits=model.limits,
        formulas=register.formula_tables(cells),
        scenarios=register.scenarios(cells),
        sections=_sections(model),
        facts=_facts(results, locale),
    )


def _horizon(results: Results, locale: str) -> str:
    """The period that one-time costs are spread over, "" where the model has none."""
    own = results.model.quantities.get("horizon")
    if own is None:
        return ""
    value = results.values[Key("horizon")]
    return quantity(value, own.unit, locale=locale) + ("" if value == 1 else "s")


def first_sentences(text: str, most: int) -> str:
    """As many whole sentences as fit into `most` characters, but at least the first."""
    sentences = re.split(r"(?<=[.!?])\s+(?=[^\sa-z])", " ".join(text.split()))
    lead = sentences[0]
    for sentence in sentences[1:]:
        if len(lead) + 1 + len(sentence) > most:
            break
        lead += " " + sentence
    return lead


def _tiles(cells: Cells, comparison: Comparison) -> tuple[Tile, ...]:
    total, model = comparison.total, cells.model
    decimals, tiles = cells.decimals(total), []
    for option in model.options:
        key = Key(total.name, option.id)
        value, rest = cells.amount(cells.results.values[key], total.unit, decimals)
        note = "lowest of the options with all prices" if option.id == comparison.cheapest else ""
        kind = "subject" if option.id == model.subject else "plain"
        tiles.append(Tile(option.title, value, rest, note, cells.mark(key), kind))
    return tuple(tiles)


def _saving(cells: Cells, difference: Difference, comparison: Comparison) -> Saving:
    unit = comparison.total.unit
    decimals = min(cells.decimals(comparison.total), result_decimals((difference.value,), unit))
    amount, rest = cells.amount(abs(difference.value), unit, decimals)
    share = "" if difference.share is None else percent(abs(difference.share), 1, cells.locale)
    direction = "less" if difference.value > 0 else "more" if difference.value < 0 else "same"
    title = cells.model.option(difference.option).title
    return Saving(title, amount, rest, share, direction, difference.incomplete)


def _cheapest(cells: Cells, comparison: Comparison) -> Cheapest:
    name = comparison.total.name
    ranked = [each for each in cells.model.options if not cells.results.is_incomplete(Key(name, each.id))]
    option = cells.model.option(comparison.cheapest).title if comparison.cheapest else ""
    return Cheapest(option, comparison.tied, tuple(each.title for each in ranked))


def _unquoted(results: Results) -> tuple[tuple[str, str, str], ...]:
    model = results.model
    return tuple(
        (option.title, item.title, category.quantity.title)
        for category in model.categories
        for item in category.items
        for option in model.options
        if results.state(Key(item.name, option.id)) == NOT_QUOTED
    )


def _figure(cells: Cells) -> tuple[Figure, tuple[ValueTable, ...]]:
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
    data = ValueTable("figure-totals-data", f"Data of the figure: {where[:1].lower()}{where[1:]}", "Category",
                      cells.option_titles, tuple(rows), unit)  # fmt: skip
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


def _totals(cells: Cells) -> tuple[ValueTable, ...]:
    model, by_unit = cells.model, {}
    for total in model.totals:
        by_unit.setdefault(total.unit, []).append(total)
    rows = [cells.row(each, cells.decimals(*by_unit[each.unit]), "item") for each in model.totals[:-1]]
    rows.append(cells.row(model.headline, cells.decimals(*by_unit[model.headline.unit]), "headline"))
    return side_by_side(ValueTable("table-totals", "Totals of each option", "Total", cells.option_titles, tuple(rows)))


def _category(cells: Cells, category: Category) -> CategoryPart:
    own = category.quantity
    decimals = cells.decimals(own, *category.items)
    rows = [cells.row(item, decimals, with_unit=False) for item in category.items]
    total = cells.row(own, decimals, "sum", with_unit=False)
    rows.append(Row(f"{own.title} in total", own.name, total.cells, kind="sum"))
    caption = own.title + (", paid once" if category.one_time else "")
    table = ValueTable(
        f"category-{own.name}-table", caption, "Item", cells.option_titles, tuple(rows), unit_text(own.unit)
    )
    return CategoryPart(f"category-{own.name}", own.title, own.note, category.one_time, side_by_side(table))


def _sections(model: Model) -> tuple[Section, ...]:
    """The contents: sections are numbered, appendices have letters, categories are sub-sections."""
    body: list[tuple[str, str]] = [("summary", "Summary"), ("question", "The question and the options")]
    body += [("results", "Results"), ("costs", "Costs by category"), ("assumptions", "Assumptions")]
    if model.calculations or model.tables:
        body.append(("calculations", "Calculations"))
    body += [("sources", "Sources"), ("method", "Method and limits")]
    back = [("formulas", "Formulas")]
    back += [("scenarios", "Scenarios")] if model.scenarios else []
    back.append(("about", "About this report"))
    sections = []
    for number, (id_, title) in enumerate(body, 1):
        parts: Iterable[Section] = ()
        if id_ == "costs":
            parts = (
                Section(f"category-{each.quantity.name}", f"{number}.{index}", each.quantity.title)
                for index, each in enumerate(model.categories, 1)
            )
        sections.append(Section(id_, str(number), title, tuple(parts)))
    sections += [Section(id_, letter, title) for letter, (id_, title) in zip("ABC", back, strict=False)]
    return tuple(sections)


def _facts(results: Results, locale: str) -> tuple[tuple[str, str], ...]:
    """What identifies the report in an audit."""
    model = results.model
    by_evidence: dict[str, int] = {}
    for source in model.citations.values():
        by_evidence[source.evidence] = by_evidence.get(source.evidence, 0) + 1
    inputs = sum(model.is_input(key) for key in model.definitions)
    return (
        ("Model", model.id),
        ("Scenario", results.scenario.title if results.scenario else "none: the model’s own values"),
        ("As of", date(model.as_of, locale)),
        ("Currency", model.currency),
        ("Inputs", plain_quantity(inputs, PLAIN, 0, locale)),
        ("Sources", ", ".join(f"{count} {evidence}" for evidence, count in by_evidence.items()) or "none"),
        ("Program", f"reportgen {__version__}"),
        ("SHA-256 of the model file", model.digest),
    )
