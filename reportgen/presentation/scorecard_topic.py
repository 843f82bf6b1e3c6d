"""The scorecard: weights, scores and weighted totals, and which option leads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from reportgen.compute.digits import input_decimals
from reportgen.compute.scorecard import (
    CriterionOutcome,
    ScoreByOption,
    ScorecardOutcome,
    points_decimals,
    score_decimals,
)
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.scorecard_model import Scorecard
from reportgen.presentation.format import number, percent
from reportgen.presentation.result_cells import COLUMNS, Cells
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableCell, TableRow, ValueTable


def scorecard_topic(cells: Cells) -> Topic | None:
    """Weights, scores and weighted totals with their notes and sources; None where there is no scorecard."""
    card, outcome = cells.model.assessment.scorecard, cells.results.scorecard
    if card is None or outcome is None:
        return None
    text = [each for each in (card.note, leader_sentence(cells, outcome), _from_totals(cells, outcome)) if each]
    block = TopicBlock("", tuple(text), (), (_table(cells, card, outcome),), "figure-scorecard")
    return Topic("beyond-scorecard", cells.gettext("Scorecard"), (block,))


def leader_sentence(cells: Cells, outcome: ScorecardOutcome) -> str:
    """Which option has the highest weighted total, and which have none."""
    titles = [cells.model.option(each).title for each in outcome.leading]
    unranked = [cells.model.option(option).title for option, total in outcome.totals.items() if total is None]
    if not titles:
        return cells.gettext("No option has all its scores, so none is ranked.")
    text = cells.ngettext(
        "{options} has the highest weighted total, {points} of {highest} points.",
        "{options} have the same highest weighted total, {points} of {highest} points.",
        len(titles),
        options=cells.words.listed(titles),
        points=_points(cells, outcome.totals[outcome.leading[0]], points_decimals(outcome.totals.values())),
        highest=_highest(cells, outcome),
    )
    if not unranked:
        return text
    lacking = cells.ngettext(
        "{options} lacks a price and so a score; it is not ranked.",
        "{options} lack a price and so a score; they are not ranked.",
        len(unranked),
        options=cells.words.listed(unranked),
    )
    return f"{text} {lacking}"


def _from_totals(cells: Cells, outcome: ScorecardOutcome) -> str:
    """How a score is made from a total."""
    by = [
        cells.gettext(
            "{criterion} by the total “{total}”", criterion=each.title, total=cells.model.quantities[each.total].title
        )
        for each in outcome.criteria
        if each.total is not None
    ]
    if not by:
        return ""
    nothing = any(_is_nothing(cells, each.total) for each in outcome.criteria if each.total is not None)
    remark = cells.gettext("Where the lowest is nothing or below, every other total gets none.") if nothing else ""
    text = cells.gettext(
        "{criteria}: computed, not judged. The lowest complete total gets {highest} points and every other {highest} "
        "times the lowest total divided by its own, so that these scores depend on which options are compared. The "
        "weights and all other scores are judgements, which a reader can change in the workbook.",
        criteria=cells.words.listed(by),
        highest=_highest(cells, outcome),
    )
    return f"{text} {remark}".strip()


def _is_nothing(cells: Cells, total: str) -> bool:
    """Whether the lowest complete total is nothing or below, so that there is no proportion to it."""
    results = cells.results
    complete = [results.values[key] for key in cells.model.keys_of(total) if not results.is_incomplete(key)]
    return min(complete, default=1.0) <= 0


def _table(cells: Cells, card: Scorecard, outcome: ScorecardOutcome) -> ValueTable:
    """With the weights in a column where they have room beside the options, else as notes."""
    weights = input_decimals((each.weight for each in outcome.criteria), PERCENT)
    decimals = score_decimals(outcome)
    beside = len(cells.model.options) < COLUMNS
    rows = []
    for criterion, scored in zip(card.criteria, outcome.criteria, strict=True):
        weight, note = percent(criterion.weight, weights, cells.locale), criterion.note
        shown = _cells(cells, scored.scores, decimals[scored.id], scored.best)
        shown = tuple(map(_with_weighted, shown, _weighted(cells, outcome, scored)))
        note = note if beside else " ".join([cells.gettext("Weight {weight}.", weight=weight), note]).strip()
        row = TableRow(criterion.title, criterion.id, shown, note=note, citations=cells.citations(criterion.sources))
        rows.append(_beside(row, weight) if beside else row)
    total = TableRow(cells.gettext("Weighted total"), "", _totals(cells, outcome), kind="ranked")
    total_weight = percent(sum(each.weight for each in outcome.criteria), weights, cells.locale)
    rows.append(_beside(total, total_weight) if beside else total)
    return ValueTable(
        "beyond-scorecard-table",
        cells.gettext("{title}: scores from 0 to {highest}", title=card.title, highest=_highest(cells, outcome)),
        cells.gettext("Criterion"),
        (*((cells.gettext("Weight"),) if beside else ()), *cells.option_titles),
        tuple(rows),
        columns="" if beside else OPTIONS,
        remark=cells.gettext("Below each score: what it adds to the weighted total."),
        best=cells.gettext("the highest of those beside it"),
    )


def _beside(row: TableRow, weight: str) -> TableRow:
    return replace(row, cells=(TableCell(weight), *row.cells))


def _cells(cells: Cells, scores: ScoreByOption, decimals: int, best: Collection[str]) -> tuple[TableCell, ...]:
    return tuple(
        TableCell(cells.gettext("no score"), word=True)
        if score is None
        else TableCell(_points(cells, score, decimals), best=option in best and len(best) < len(scores))
        for option, score in scores.items()
    )


def _weighted(cells: Cells, outcome: ScorecardOutcome, criterion: CriterionOutcome) -> Sequence[str]:
    decimals = points_decimals(each for row in outcome.criteria for each in row.weighted.values())
    return ["" if each is None else _points(cells, each, decimals) for each in criterion.weighted.values()]


def _with_weighted(cell: TableCell, weighted: str) -> TableCell:
    return replace(cell, note=weighted)


def _totals(cells: Cells, outcome: ScorecardOutcome) -> tuple[TableCell, ...]:
    return _cells(cells, outcome.totals, points_decimals(outcome.totals.values()), outcome.leading)


def _points(cells: Cells, value: float | None, decimals: int) -> str:
    return cells.gettext("no score") if value is None else number(value, decimals, cells.locale)


def _highest(cells: Cells, outcome: ScorecardOutcome) -> str:
    """The points that a score can reach."""
    return _points(cells, outcome.highest, input_decimals((outcome.highest,), PLAIN))
