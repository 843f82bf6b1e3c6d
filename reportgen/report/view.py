"""Everything a report template prints, in words and formatted numbers: the templates themselves compute nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportgen import __version__
from reportgen.compute.comparison import compare
from reportgen.compute.digits import input_decimals
from reportgen.compute.results import Results
from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN, Unit
from reportgen.model.model import Category, Model, Quantity
from reportgen.report import register
from reportgen.report.beyond import beyond_topics
from reportgen.report.cells import Cells, side_by_side, values_tables
from reportgen.report.edition import Edition, plain_edition
from reportgen.report.figure import make_figure
from reportgen.report.format import date, plain_quantity, quantity, unit_text
from reportgen.report.parts import (
    CategoryPart,
    Cheapest,
    Figure,
    FormulaTable,
    GroupPart,
    OptionPart,
    Row,
    Saving,
    ScenarioPart,
    Section,
    SourceRow,
    StepTable,
    Tile,
    ValueTable,
)
from reportgen.report.published import PublishedPart, published_part
from reportgen.report.summary import cheapest, saving, tiles, unquoted
from reportgen.report.what_if import topics
from reportgen.report.what_if_parts import Topic
from reportgen.report.what_if_ranges import fitting, range_rows

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
    what_if: tuple[Topic, ...]
    beyond: tuple[Topic, ...]
    groups: tuple[GroupPart, ...]
    calculations: tuple[ValueTable, ...]
    step_tables: tuple[StepTable, ...]
    sources: tuple[SourceRow, ...]
    limits: tuple[str, ...]
    published: PublishedPart | None
    formulas: tuple[FormulaTable, ...]
    scenarios: tuple[ScenarioPart, ...]
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]


def make_view(results: Results, edition: Edition | None = None) -> ReportView:
    """The content of a report of these results for a template, in the words of a locale."""
    edition = edition or plain_edition()
    locale = edition.babel_locale
    model, cells, comparison = results.model, Cells(results, locale), compare(results)
    figure, data = make_figure(cells)
    what_if, beyond = topics(cells), beyond_topics(cells)
    return ReportView(
        id=model.id,
        title=model.title,
        subtitle=model.subtitle,
        summary=model.summary,
        lead=first_sentences(model.summary, _LEAD),
        as_of=date(model.as_of, locale),
        as_of_iso=model.as_of.isoformat(),
        language=edition.locale,
        currency=model.currency,
        horizon=_horizon(results, locale),
        scenario=results.scenario.title if results.scenario else "",
        scenario_note=results.scenario.note if results.scenario else "",
        subject=model.option(model.subject).title if model.subject else "",
        options=tuple(OptionPart(each.title, each.summary, each.id == model.subject) for each in model.options),
        headline=model.headline.title,
        headline_note=model.headline.note,
        tiles=tiles(cells, comparison),
        savings=tuple(saving(cells, each, comparison) for each in comparison.differences),
        cheapest=cheapest(cells, comparison),
        unquoted=unquoted(results),
        figure=figure,
        figure_tables=data,
        totals=_totals(cells),
        metrics=values_tables(cells, model.metrics, "metrics", "Metric", "Metrics"),
        categories=tuple(_category(cells, each) for each in model.categories),
        what_if=what_if,
        beyond=beyond,
        groups=register.groups(cells),
        calculations=values_tables(cells, model.calculations, "calculations", "Calculation", "Calculations"),
        step_tables=register.step_tables(cells),
        sources=register.sources(cells),
        limits=model.limits,
        published=published_part(cells),
        formulas=register.formula_tables(cells),
        scenarios=register.scenarios(cells),
        sections=_sections(model, what_if, beyond),
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


def _totals(cells: Cells) -> tuple[ValueTable, ...]:
    model = cells.model
    by_unit: dict[Unit, list[Quantity]] = {}
    for total in model.totals:
        by_unit.setdefault(total.unit, []).append(total)
    rows = [cells.row(each, cells.decimals(*by_unit[each.unit]), "item") for each in model.totals[:-1]]
    decimals = cells.decimals(*by_unit[model.headline.unit])
    rows += [cells.row(model.headline, decimals, "headline"), *range_rows(cells, decimals)]
    return fitting(ValueTable("table-totals", "Totals of each option", "Total", cells.option_titles, tuple(rows)))


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


def _sections(model: Model, what_if: tuple[Topic, ...], beyond: tuple[Topic, ...]) -> tuple[Section, ...]:
    """The contents: sections are numbered, appendices have letters, categories and topics are sub-sections."""
    body: list[tuple[str, str]] = [("summary", "Summary"), ("question", "The question and the options")]
    body += [("results", "Results"), ("costs", "Costs by category")]
    if what_if:
        body.append(("what-if", "What if"))
    if beyond:
        body.append(("beyond-costs", "Beyond the costs"))
    body.append(("assumptions", "Assumptions"))
    if model.calculations or model.tables:
        body.append(("calculations", "Calculations"))
    body += [("sources", "Sources"), ("method", "Method and limits")]
    back = [("formulas", "Formulas")]
    back += [("scenarios", "Scenarios")] if model.scenarios else []
    back += [("published", "Published figures")] if model.assessment.published else []
    back.append(("about", "About this report"))
    inner = {
        "costs": [(f"category-{each.quantity.name}", each.quantity.title) for each in model.categories],
        "what-if": [(each.id, each.title) for each in what_if],
        "beyond-costs": [(each.id, each.title) for each in beyond],
    }
    sections = []
    for number, (id_, title) in enumerate(body, 1):
        parts = enumerate(inner.get(id_, ()), 1)
        below = tuple(Section(part, f"{number}.{index}", name) for index, (part, name) in parts)
        sections.append(Section(id_, str(number), title, below))
    sections += [Section(id_, letter, title) for letter, (id_, title) in zip("ABCD", back, strict=False)]
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
        *_overridden(results, locale),
    )


def _overridden(results: Results, locale: str) -> tuple[tuple[str, str], ...]:
    """The inputs that were set to something else than the model file says."""
    model = results.model
    shown = (f"{key} = {_in_full(results, key, locale)}" for key in model.overridden)
    text = "; ".join(shown)
    return (("Inputs not as in the model file", text),) if text else ()


def _in_full(results: Results, key: Key, locale: str) -> str:
    unit, value = results.model.quantities[key.name].unit, results.values[key]
    return quantity(value, unit, input_decimals((value,), unit), locale)
