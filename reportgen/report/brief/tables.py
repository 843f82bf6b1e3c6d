"""The tables and lists of a brief, their texts short enough, and how high they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen.compute.comparison import Comparison
from reportgen.compute.digits import result_decimals
from reportgen.compute.scenarios import ScenarioOutcome
from reportgen.formula.nodes import Key
from reportgen.report.brief.fit import TYPE, height
from reportgen.report.cells import Cells, as_sentence, values_tables
from reportgen.report.evaluation import RegisterGroup
from reportgen.report.language.format import plain_quantity
from reportgen.report.language.sentences import shortened
from reportgen.report.parts import Cell, Row, SourceRow, ValueTable
from reportgen.report.topics.parts import Topic

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
        found.append(Row(shortened(option.title, CELL), option.id, numbers))
    heads = tuple(shortened(each.title, HEAD) for each in shown)
    caption, head = cells.gettext("What each option costs"), cells.gettext("Option")
    return ValueTable("brief-totals", caption, head, heads, tuple(found), cells.unit_text(total.unit))


def metrics(cells: Cells) -> ValueTable | None:
    """What the model computes beside its totals, for each option where it does and they have room side by side."""
    one, many = cells.gettext("Metric"), cells.gettext("Metrics")
    tables = values_tables(cells, cells.model.metrics, "brief-metrics", one, many)
    found = next((each for each in reversed(tables) if len(each.heads) <= _BESIDE and not each.part), None)
    if found is None:
        return None
    rows = tuple(
        Row(shortened(", ".join(filter(None, (row.title, row.unit))), TITLE), row.name, row.cells) for row in found.rows
    )
    return replace(found, id="brief-metrics", heads=tuple(shortened(each, HEAD) for each in found.heads), rows=rows)


def break_evens(topic: Topic | None) -> Iterable[str]:
    """The answer to each question of the kind "from where on", with what it is about."""
    for block in topic.blocks if topic else ():
        answers = block.points or block.text
        for answer in answers:
            yield shortened(f"{block.title}: {answer}" if block.title else answer, TEXT)


def swings(cells: Cells, topic: Topic | None) -> ValueTable | None:
    """The inputs with the largest effect."""
    block = topic.blocks[0] if topic else None
    if block is None or not block.tables:
        return None
    table = block.tables[0]
    rows = tuple(
        replace(each, title=shortened(each.title, TITLE), cells=each.cells[:2]) for each in table.rows[:_MOST_SWINGS]
    )
    caption = cells.gettext("Inputs that matter most, one at a time")
    remark = shortened(block.chart.caption, TEXT) if block.chart else ""
    caveat = cells.gettext("A price is missing, so this counts only what is known.")
    if table.remark.endswith(caveat):
        remark = f"{as_sentence(remark)} {caveat}"
    return replace(table, id="brief-swings", caption=caption, heads=table.heads[:2], unit="", rows=rows, remark=remark)


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
            least = Cell(shortened(model.option(each.cheapest).title, CELL))
            changed = each.cheapest != outcomes[0].cheapest
            shown = (replace(least, best=changed), Cell(amount))
        else:
            shown = (Cell(cells.gettext("a tie") if each.tied else cells.gettext("not known"), word=True), Cell("–"))
        rows.append(Row(title, each.scenario.code, shown))
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
        Row(
            _case(cells, each),
            each.scenario.code,
            (cells.number(each.totals[option], total.unit, decimals, mark),),
        )
        for each in outcomes
    )
    caption, head = cells.gettext("{total} in each scenario", total=total.title), cells.gettext("Scenario")
    heads = (shortened(title, HEAD),)
    return ValueTable("brief-scenarios", caption, head, heads, rows, remark=cells.unit_text(total.unit))


def choices(cells: Cells, topic: Topic | None) -> ValueTable | None:
    """Who should choose what, and why: the profile that matches first."""
    tables = [table for block in topic.blocks for table in block.tables] if topic else []
    if not tables:
        return None
    rows = []
    for row in sorted(tables[0].rows, key=lambda each: not each.cells[0].best):
        choice = replace(row.cells[0], text=shortened(row.cells[0].text, CELL))
        note, mark = shortened(row.note, 170), cells.gettext("matches the values of this paper") if choice.best else ""
        title = shortened(row.title, TITLE)
        kind = "match" if choice.best else row.kind
        rows.append(replace(row, title=title, note=note, mark=mark, citations=(), cells=(choice,), kind=kind))
    heads = tables[0].heads[:1]
    return replace(
        tables[0],
        id="brief-choices",
        caption=cells.gettext("Who should choose what"),
        remark="",
        heads=heads,
        rows=tuple(rows),
    )


def assumptions(topic: Topic | None, register: Sequence[RegisterGroup]) -> Iterable[BriefAssumption]:
    """The inputs by their effect where the model asks for it; then the others that have a range, then all."""
    rows = {row.id: row for group in register for row in group.rows}
    named = _named(register)
    tables = [table for block in topic.blocks for table in block.tables][:1] if topic else []
    ranked = [row.name for table in tables for row in table.rows if row.name in rows]
    ranked += [id_ for id_, row in rows.items() if row.range] + list(rows)
    for id_ in list(dict.fromkeys(ranked))[:_MOST_ASSUMPTIONS]:
        row = rows[id_]
        title, sources = named[id_]
        first = next(iter(sources), None)
        yield BriefAssumption(
            title=shortened(title, TITLE),
            value=row.amount,
            range=row.range or "–",
            source=f"{shortened(first.title, 30)} ({first.evidence})" if first else "–",
            mark=first.stale if first else "",
        )


def _named(register: Sequence[RegisterGroup]) -> dict[str, tuple[str, tuple[SourceRow, ...]]]:
    """What each input is called where it stands alone, and its sources: of several options the register has them in the
    first row only."""
    found: dict[str, tuple[str, tuple[SourceRow, ...]]] = {}
    title: str = ""
    sources: tuple[SourceRow, ...] = ()
    for row in (row for group in register for row in group.rows):
        if row.title:
            title, sources = row.title, row.sources
        found[row.id] = f"{title}, {row.option}" if row.option else title, sources
    return found


def assumption_height(each: BriefAssumption) -> float:
    texts = ((each.title, 58.0), (each.value, 30.0), (each.range, 32.0), (each.source, 41.0))
    return max(height(text, width, TYPE) for text, width in texts) + 1.9
