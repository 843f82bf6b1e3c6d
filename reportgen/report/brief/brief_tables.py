"""The tables and lists of a brief, their texts short enough, and how high they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from reportgen.compute.comparison import Comparison
from reportgen.compute.digits import result_decimals
from reportgen.compute.scenarios import ScenarioOutcome
from reportgen.formula.nodes import Key
from reportgen.presentation.break_even_topic import pair_sentences
from reportgen.presentation.format import plain_quantity
from reportgen.presentation.ranking_words import ranking_word
from reportgen.presentation.result_cells import Cells, as_sentence
from reportgen.presentation.results_topic import metrics_tables
from reportgen.presentation.sensitivity_topic import price_caveat, ranked_effects, swing_row
from reportgen.presentation.sentences import shortened
from reportgen.presentation.value_table import TableCell, TableRow, ValueTable
from reportgen.report.brief.page_fit import TYPE, height
from reportgen.report.paper_width import on_paper
from reportgen.report.view_parts import InputGroup, SourceRow

TITLE, CELL, HEAD, TEXT = 90, 60, 44, 330
"""Characters of a title in a row, in a cell, of a column's head, and of a sentence."""
_BESIDE = 4
"""As many options stand side by side; more stand one below the other."""
_MOST_SWINGS, _MOST_ASSUMPTIONS = 3, 12


@dataclass(frozen=True, slots=True)
class BriefAssumption:
    """`source`: the first of its sources with its class of evidence; `mark`: stale, or ""."""

    title: str
    value: str
    range: str
    source: str
    mark: str


def totals(cells: Cells, comparison: Comparison, figure_tables: Sequence[ValueTable]) -> ValueTable:
    """The categories and their total for few options; a row for each option where there are many."""
    model, total = cells.model, comparison.total
    if len(model.options) <= _BESIDE and len(figure_tables) == 1:
        heads = tuple(shortened(each, HEAD) for each in figure_tables[0].heads)
        rows = tuple(replace(each, title=shortened(each.title, TITLE), note="") for each in figure_tables[0].rows)
        caption = cells.gettext("What each option costs")
        return replace(figure_tables[0], id="brief-totals", caption=caption, heads=heads, rows=rows)
    shown = (*[each for each in model.totals[:-1] if each.unit == total.unit][-2:], model.headline)
    decimals = cells.decimals(*shown)
    found = []
    for at, option in enumerate(model.options):
        best = option.id == comparison.cheapest
        numbers = tuple(replace(cells.cells(each, decimals)[at], best=best) for each in shown)
        found.append(TableRow(shortened(option.title, CELL), option.id, numbers))
    heads = tuple(shortened(each.title, HEAD) for each in shown)
    caption, head = cells.gettext("What each option costs"), cells.gettext("Option")
    return ValueTable("brief-totals", caption, head, heads, tuple(found), cells.unit_text(total.unit))


def metrics(cells: Cells) -> ValueTable | None:
    """What the model computes beside its totals, for each option where it does and they have room side by side."""
    tables = on_paper(cells, metrics_tables(cells))
    found = next((each for each in reversed(tables) if len(each.heads) <= _BESIDE and not each.part), None)
    if found is None:
        return None
    rows = tuple(
        TableRow(shortened(", ".join(filter(None, (row.title, row.unit))), TITLE), row.name, row.cells)
        for row in found.rows
    )
    return replace(found, id="brief-metrics", heads=tuple(shortened(each, HEAD) for each in found.heads), rows=rows)


def break_evens(cells: Cells) -> Iterator[str]:
    """The answer to each question of the kind "from where on", with what it is about."""
    for outcome in cells.results.break_evens:
        yield from (shortened(each, TEXT) for each in pair_sentences(cells, outcome))


def swings(cells: Cells) -> ValueTable | None:
    """The inputs with the largest effect."""
    outcome = cells.results.sensitivity
    result = outcome and ranked_effects(cells, outcome)
    if not result or not result.shown:
        return None
    rows = []
    for each in result.shown[:_MOST_SWINGS]:
        row = swing_row(cells, result, each)
        rows.append(replace(row, title=shortened(row.title, TITLE), cells=row.cells[:2]))
    caption = cells.gettext("Inputs that matter most, one at a time")
    remark, caveat = shortened(cells.named(result.what, result.unit), TEXT), price_caveat(cells, result)
    remark = f"{as_sentence(remark)} {caveat}" if caveat else remark
    heads = cells.gettext("At its low"), cells.gettext("At its high")
    return ValueTable("brief-swings", caption, cells.gettext("Input"), heads, tuple(rows), remark=remark)


def scenarios(cells: Cells) -> ValueTable | None:
    """Which option costs least in each scenario; those where it is another than with the model's own values first."""
    model, total = cells.model, cells.model.headline
    if not model.scenarios:
        return None
    base, *others = cells.results.scenarios
    if len(model.options) == 1:
        return _amounts(cells, (base, *others))
    outcomes = (base, *sorted(others, key=lambda each: each.cheapest == base.cheapest))
    decimals = result_decimals([each.totals[each.cheapest] for each in outcomes if each.cheapest], total.unit)
    rows = []
    for each in outcomes:
        title = _case(cells, each)
        if each.cheapest:
            amount = plain_quantity(each.totals[each.cheapest], total.unit, decimals, cells.locale)
            least = TableCell(shortened(model.option(each.cheapest).title, CELL))
            changed = each.cheapest != outcomes[0].cheapest
            shown = (replace(least, best=changed), TableCell(amount))
        else:
            shown = (
                TableCell(ranking_word(cells, each.ranking), word=True),
                TableCell("–"),
            )
        rows.append(TableRow(title, each.scenario.code, shown))
    heads = cells.gettext("Costs least"), cells.gettext("Its total")
    remark = cells.named(total.title, total.unit)
    if any(row.cells[0].best for row in rows):
        remark = f"{remark}. {cells.gettext('Bold: another option than with the model’s own values.')}"
    caption, head = cells.gettext("The cheapest option in each scenario"), cells.gettext("Scenario")
    return ValueTable("brief-scenarios", caption, head, heads, tuple(rows), remark=remark)


def _case(cells: Cells, outcome: ScenarioOutcome) -> str:
    return shortened(cells.case_title(outcome.scenario), TITLE)


def _amounts(cells: Cells, outcomes: Sequence[ScenarioOutcome]) -> ValueTable:
    """What the only option costs in each scenario."""
    total, ((option, title),) = cells.model.headline, [(each.id, each.title) for each in cells.model.options]
    decimals = result_decimals([each.totals[option] for each in outcomes], total.unit)
    mark = cells.mark(Key(total.name, option))
    rows = tuple(
        TableRow(
            _case(cells, each),
            each.scenario.code,
            (cells.number(each.totals[option], total.unit, decimals, mark),),
        )
        for each in outcomes
    )
    caption, head = cells.gettext("{total} in each scenario", total=total.title), cells.gettext("Scenario")
    heads = (shortened(title, HEAD),)
    return ValueTable("brief-scenarios", caption, head, heads, rows, remark=cells.unit_text(total.unit))


def choices(cells: Cells) -> ValueTable | None:
    """Who should choose what, and why: the profile that matches first."""
    outcomes = cells.results.profiles
    if not outcomes:
        return None
    rows = []
    for each in sorted(outcomes, key=lambda each: not each.matches):
        profile = each.profile
        choice = TableCell(shortened(cells.model.option(profile.recommend).title, CELL), best=each.matches)
        title, note = shortened(profile.title, TITLE), shortened(profile.because, 170)
        mark = cells.gettext("matches the values of this paper") if each.matches else ""
        kind = "match" if each.matches else "item"
        rows.append(TableRow(title, profile.id, (choice,), note=note, kind=kind, mark=mark))
    caption, heads = cells.gettext("Who should choose what"), (cells.gettext("Choice"),)
    return ValueTable("brief-choices", caption, cells.gettext("Profile"), heads, tuple(rows))


def assumptions(cells: Cells, groups: Iterable[InputGroup], sources: Sequence[SourceRow]) -> Iterator[BriefAssumption]:
    """The inputs by their effect where the model asks for it; then the others that have a range, then all."""
    rows = {row.key: row for group in groups for row in group.rows}
    outcome = cells.results.sensitivity
    effects = ranked_effects(cells, outcome).shown if outcome else ()
    ranked = [key for each in effects if (key := str(each.swing.key)) in rows]
    ranked += [key for key, row in rows.items() if row.range] + list(rows)
    for row in [rows[key] for key in dict.fromkeys(ranked)][:_MOST_ASSUMPTIONS]:
        first = sources[row.citations[0] - 1] if row.citations else None
        yield BriefAssumption(
            title=shortened(", ".join(filter(None, (row.title, row.option))), TITLE),
            value=row.amount,
            range=row.range or "–",
            source=f"{shortened(first.title, 30)} ({first.evidence})" if first else "–",
            mark=first.stale if first else "",
        )


def assumption_height(each: BriefAssumption) -> float:
    texts = ((each.title, 58.0), (each.value, 30.0), (each.range, 32.0), (each.source, 41.0))
    return max(height(text, width, TYPE) for text, width in texts) + 1.9
