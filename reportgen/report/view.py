"""Everything a report template prints, in words and formatted numbers: the templates themselves compute nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from reportgen.compute.answers import Answers
from reportgen.formula.nodes import Key
from reportgen.model.inputs import HORIZON
from reportgen.model.model import Category, Model
from reportgen.presentation.format import date, is_money
from reportgen.presentation.published_topic import PublishedPart, published_part
from reportgen.presentation.ranges_topic import with_ranges
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.results_topic import (
    calculations_tables,
    category_table,
    metrics_tables,
    missing_prices,
    totals_table,
    unquoted,
)
from reportgen.presentation.sentences import first_sentences, shortened
from reportgen.presentation.terms import in_words
from reportgen.presentation.time_words import horizon_text, total_text
from reportgen.presentation.topic import Topic
from reportgen.presentation.value_table import ValueTable
from reportgen.presentation.words import words_of
from reportgen.report import register
from reportgen.report.about import changed_inputs, facts
from reportgen.report.answer import answer, ranking_scope
from reportgen.report.brief.content import BriefPart, brief_part
from reportgen.report.charts.chart_parts import Chart, StackedBars
from reportgen.report.charts.contributions_chart import make_figure
from reportgen.report.evaluation import EvaluationPart, evaluation_part
from reportgen.report.evidence import Evidence, evidence
from reportgen.report.findings import Finding, findings
from reportgen.report.key_figures import cheapest, saving, tiles
from reportgen.report.method import time_texts
from reportgen.report.paper_topics import paper_topics
from reportgen.report.paper_width import on_paper
from reportgen.report.prose import read_texts
from reportgen.report.report_settings import ReportSettings, default_report_settings
from reportgen.report.sections import make_sections
from reportgen.report.template import read_template
from reportgen.report.view_parts import (
    CategoryPart,
    Cheapest,
    FormulaTable,
    InputGroup,
    InputRow,
    OptionPart,
    Saving,
    ScenarioPart,
    Section,
    SourceRow,
    StepTable,
    Tile,
)

_LEAD = 240
"""Characters of the summary that a cover has room for."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report's content. `lead` is the beginning of `summary`, for the cover; `scenario` is "" for the model's own
    values, `changed_inputs` for those of the file; `is_money`: the headline is; `headline_time` says over which time it
    counts, or ""; `answer` is the result in a sentence, `missing_prices` a warning or ""; `unquoted` names each cost
    without a price as (option, item, category); `topics` are the answers to what the model asks, by the block that
    shows them, `topic_charts` their charts by id; `time` are the paragraphs of the method about time; `faq` are
    questions with their answers as HTML."""

    id: str
    title: str
    subtitle: str
    summary: str
    lead: str
    as_of: str
    as_of_iso: str
    language: str
    currency: str
    is_money: bool
    headline_time: str
    time: tuple[str, ...]
    scenario: str
    scenario_note: str
    changed_inputs: str
    subject: str
    options: tuple[OptionPart, ...]
    headline: str
    headline_note: str
    answer: str
    findings: tuple[Finding, ...]
    missing_prices: str
    ranking_scope: str
    tiles: tuple[Tile, ...]
    savings: tuple[Saving, ...]
    cheapest: Cheapest
    unquoted: tuple[tuple[str, str, str], ...]
    figure: StackedBars
    figure_tables: tuple[ValueTable, ...]
    totals: tuple[ValueTable, ...]
    metrics: tuple[ValueTable, ...]
    categories: tuple[CategoryPart, ...]
    groups: tuple[InputGroup, ...]
    uncertain: tuple[InputRow, ...]
    calculations: tuple[ValueTable, ...]
    step_tables: tuple[StepTable, ...]
    sources: tuple[SourceRow, ...]
    limits: tuple[str, ...]
    published: PublishedPart | None
    formulas: tuple[FormulaTable, ...]
    scenarios: tuple[ScenarioPart, ...]
    topics: Mapping[str, tuple[Topic, ...]]
    topic_charts: Mapping[str, Chart]
    faq: tuple[tuple[str, Markup], ...]
    sections: tuple[Section, ...]
    facts: tuple[tuple[str, str], ...]
    imprint: str
    evidence: Evidence
    evaluation: EvaluationPart
    brief: BriefPart

    @property
    def shown(self) -> frozenset[str]:
        """The ids of the sections, so that a template refers to none that is not there."""
        return frozenset(each.id for each in self.sections)


def make_view(results: Answers, report_settings: ReportSettings | None = None) -> ReportView:
    """The content of a report of these results for a template, in the words of a locale."""
    report_settings = report_settings or default_report_settings()
    locale = report_settings.babel_locale
    results = in_words(results, words_of(locale, report_settings.own_folders))
    model, cells, comparison = results.model, Cells(results, locale, report_settings.own_folders), results.comparison
    figure, data = make_figure(cells)
    key_figures, lowest = tiles(cells, comparison), cheapest(cells, comparison)
    savings = tuple(saving(cells, each, comparison) for each in comparison.differences)
    groups = register.groups(cells)
    by_block, charts = paper_topics(cells)
    sources, state = register.sources(cells), evidence(cells)
    filed = evaluation_part(cells, groups)
    groups = (*groups, *register.asked_items(cells))
    template = read_template(report_settings)
    prose, faq = read_texts(results, replace(report_settings, template=template.kin))
    return ReportView(
        id=model.id,
        title=model.title,
        subtitle=model.subtitle,
        summary=model.summary,
        lead=shortened(first_sentences(model.summary, _LEAD), _LEAD + _LEAD // 2),
        as_of=date(model.as_of, locale),
        as_of_iso=model.as_of.isoformat(),
        language=report_settings.locale,
        currency=model.currency,
        is_money=is_money(model.headline.unit),
        headline_time=_headline_time(cells),
        time=time_texts(cells),
        scenario="" if results.scenario.is_base else results.scenario.title,
        scenario_note=results.scenario.note,
        changed_inputs=changed_inputs(cells),
        subject=model.option(model.subject).title if model.subject else "",
        options=tuple(OptionPart(each.title, each.summary, each.id == model.subject) for each in model.options),
        headline=model.headline.title,
        headline_note=model.headline.note,
        answer=answer(cells, key_figures, savings, lowest),
        findings=findings(cells, comparison),
        missing_prices=missing_prices(cells),
        ranking_scope=ranking_scope(cells, lowest),
        tiles=key_figures,
        savings=savings,
        cheapest=lowest,
        unquoted=unquoted(cells),
        figure=figure,
        figure_tables=data,
        totals=on_paper(cells, [with_ranges(cells, totals_table(cells))]),
        metrics=on_paper(cells, metrics_tables(cells)),
        categories=tuple(_category(cells, each) for each in model.categories),
        groups=groups,
        uncertain=register.uncertain(cells, groups),
        calculations=on_paper(cells, calculations_tables(cells)),
        step_tables=register.step_tables(cells),
        sources=sources,
        limits=model.limits,
        published=published_part(cells),
        formulas=register.formula_tables(cells),
        scenarios=register.scenarios(cells),
        topics=by_block,
        topic_charts=charts,
        faq=faq,
        sections=make_sections(cells, template, by_block, _empty(model, faq), prose),
        facts=facts(cells),
        imprint=_imprint(cells, report_settings),
        evidence=state,
        evaluation=filed,
        brief=brief_part(cells, comparison, (figure, data), (filed.register, sources), state),
    )


def _empty(model: Model, faq: Sequence[object]) -> dict[str, bool]:
    """Which blocks would say nothing of this model."""
    return {
        "calculations": not (model.calculations or model.tables),
        "scenario-settings": not model.scenarios,
        "published": not model.assessment.published,
        "faq": not faq,
    }


def _imprint(cells: Cells, report_settings: ReportSettings) -> str:
    """Who says this, and of what time and case, for the foot of every page."""
    model, scenario = cells.model, cells.results.scenario
    parts = [
        report_settings.brand.footer or report_settings.brand.name,
        cells.gettext("as of {date}", date=date(model.as_of, cells.locale)),
    ]
    parts += [cells.gettext("scenario: {name}", name=scenario.title)] if not scenario.is_base else []
    parts += [cells.gettext("changed inputs")] if model.overridden else []
    return " · ".join(parts)


def _headline_time(cells: Cells) -> str:
    """Over which time the headline counts, as a sentence: what one-time costs are spread over, or what it is; "" where
    it has nothing to do with time."""
    model, horizon = cells.model, Key(HORIZON)
    what = total_text(cells, model.headline.name)
    if what:
        return cells.gettext("{total}: {what}.", total=model.headline.title, what=what)
    if horizon not in model.definitions or model.headline.unit.dimension.get("calendar time") != -1:
        return ""
    used = model.dependencies.needed_for(model.keys_of(model.headline.name))
    names = {key.name for key in used}
    if horizon not in used or not any(each.quantity.name in names for each in model.categories if each.one_time):
        return ""
    return cells.gettext("One-time costs are spread over {period}.", period=horizon_text(cells))


def _category(cells: Cells, category: Category) -> CategoryPart:
    own, tables = category.quantity, on_paper(cells, [category_table(cells, category)])
    return CategoryPart(f"category-{own.name}", own.title, own.note, category.one_time, tables)
