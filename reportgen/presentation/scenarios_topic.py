"""The totals in every scenario, their differences to the model's own values, and which option costs least there."""

from __future__ import annotations

from dataclasses import replace

from reportgen.compute.digits import result_decimals
from reportgen.compute.scenarios import ScenarioOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.model import Quantity
from reportgen.presentation.format import percent, plain_quantity
from reportgen.presentation.ranking_words import ranking_word, why_open
from reportgen.presentation.result_cells import Cells, signed
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableCell, TableRow, ValueTable


def scenarios_topic(cells: Cells) -> Topic | None:
    model, total = cells.model, cells.model.headline
    if not model.scenarios:
        return None
    outcomes = cells.results.scenarios
    decimals = result_decimals([value for each in outcomes for value in each.totals.values()], total.unit)
    rows = tuple(_scenario(cells, total, each, decimals) for each in outcomes)
    table = ValueTable(
        "what-if-scenarios-table",
        cells.gettext("{total} in each scenario", total=total.title),
        cells.gettext("Scenario"),
        cells.option_titles,
        rows,
        cells.unit_text(total.unit),
        columns=OPTIONS,
        remark=cells.gettext("Below each total: its difference to the model’s own values."),
        best=cells.gettext("the option that costs least") if len(model.options) > 1 else "",
        has_names=True,
    )
    text = [cells.gettext("Each scenario sets some assumptions to other values.")]
    if any(cells.mark(key) for key in model.keys_of(total.name)):
        text.append(
            cells.gettext(
                "An option that lacks a price is marked incomplete and never counted as the one that costs least."
            )
        )
    block = TopicBlock("", (" ".join(text),), (), (table,), "figure-scenarios")
    return Topic("what-if-scenarios", cells.gettext("Scenarios"), (block,))


def _scenario(cells: Cells, total: Quantity, outcome: ScenarioOutcome, decimals: int) -> TableRow:
    model, scenario = cells.model, outcome.scenario

    def cell(option: str) -> TableCell:
        found = cells.number(outcome.totals[option], total.unit, decimals, cells.mark(Key(total.name, option)))
        best = option == outcome.cheapest and len(outcome.totals) > 1
        compared = not scenario.is_base and not found.word
        return replace(found, best=best, note=_change(cells, total.unit, outcome, option, decimals) if compared else "")

    shown = tuple(map(cell, model.option_ids))
    title = cells.case_title(scenario)
    if not scenario.is_base and scenario.id == cells.results.scenario.id:
        title = cells.gettext("{scenario} (shown here)", scenario=title)
    return TableRow(title, scenario.code, shown, note=_least(cells, outcome) if len(shown) > 1 else "")


def _least(cells: Cells, outcome: ScenarioOutcome) -> str:
    """Which option costs least in a scenario."""
    word, why = ranking_word(cells, outcome.ranking), why_open(cells, outcome.ranking)
    return cells.gettext("Costs least: {option}", option=f"{word} ({why})" if why else word)


def _change(cells: Cells, unit: Unit, outcome: ScenarioOutcome, option: str, decimals: int) -> str:
    """The difference to the base in per cent, or as an amount where the base is nothing."""
    difference, share = outcome.differences[option], outcome.shares[option]
    if difference == 0:
        return cells.gettext("no change")
    if share is None:
        return signed(difference, plain_quantity(difference, unit, decimals, cells.locale))
    return signed(share, percent(share, 1, cells.locale))
