"""The scorecard: every option's score for each criterion, and the weighted total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportgen.compute.comparison import least_of, only
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.results import Results
from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN
from reportgen.model.scorecard_model import Criterion

ScoreByOption = dict[str, float | None]
"""None: the option has no score, because a price is missing."""


@dataclass(frozen=True, slots=True)
class CriterionOutcome:
    """`weight` in per cent; `total` names the total that scores it, None where scores are the author's.
    `scores` by option in points, `weighted` the same times the weight; `best` have the highest score."""

    id: str
    title: str
    weight: float
    total: str | None
    scores: ScoreByOption
    weighted: ScoreByOption
    best: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScorecardOutcome:
    """Scores from 0 to `highest` and the weighted `totals` in the same points; an option that lacks a score has None.
    `leading` have the highest total: `best` is the one that does, None where there are several or none."""

    title: str
    highest: float
    criteria: tuple[CriterionOutcome, ...]
    totals: ScoreByOption
    leading: tuple[str, ...]
    best: str | None

    @property
    def tied(self) -> bool:
        return len(self.leading) > 1


def scorecard(results: Results) -> ScorecardOutcome | None:
    """The model's scorecard with these results; None where it has none."""
    card = results.model.assessment.scorecard
    if card is None:
        return None
    criteria = tuple(_criterion(results, each, card.highest) for each in card.criteria)
    totals = {option: _sum([each.weighted[option] for each in criteria]) for option in results.model.option_ids}
    leading = most_of(totals)
    return ScorecardOutcome(card.title, card.highest, criteria, totals, leading, only(leading))


def score_decimals(outcome: ScorecardOutcome) -> dict[str, int]:
    """By criterion, the decimal places its scores are shown with: judgements as they are written, alike in all rows;
    scores made from a total with two at most, because a point is not known to thousandths."""
    typed = [each for row in outcome.criteria if row.total is None for each in row.scores.values() if each is not None]
    written = input_decimals(typed, PLAIN)
    return {
        each.id: written if each.total is None else points_decimals(each.scores.values()) for each in outcome.criteria
    }


def points_decimals(values: Iterable[float | None]) -> int:
    """The decimal places for computed points, two at most."""
    return min(2, result_decimals((each for each in values if each is not None), PLAIN))


def _criterion(results: Results, criterion: Criterion, highest: float) -> CriterionOutcome:
    scores: ScoreByOption = {**criterion.scores}
    if criterion.total is not None:
        scores = scores_of_total(results, criterion.total, highest)
    weighted = {option: None if each is None else criterion.weight / 100 * each for option, each in scores.items()}
    texts = criterion.id, criterion.title, criterion.weight, criterion.total
    return CriterionOutcome(*texts, scores, weighted, most_of(scores))


def scores_of_total(results: Results, total: str, highest: float) -> ScoreByOption:
    """Scores in proportion to the lowest complete total: `highest * lowest / own`; an incomplete total has None.

    Where the lowest is nothing or below, there is no proportion: it gets `highest`, every other total nothing.
    Source: "relative price scoring", in use in public procurement; UK Government Commercial Function, Bid evaluation
    guidance note (May 2021), section 7.2.
    """
    totals = {option: results.value(total, option) for option in results.model.option_ids}
    complete = [option for option in totals if not results.is_incomplete(Key(total, option))]
    least = least_of(totals, complete)
    lowest = min((totals[option] for option in complete), default=0.0)

    def score(option: str) -> float:
        return highest * lowest / totals[option] if lowest > 0 else highest if option in least else 0.0

    return {option: score(option) if option in complete else None for option in totals}


def most_of(scores: Mapping[str, float | None]) -> tuple[str, ...]:
    """The options with the highest score, the same ones as `least_of` has them; those without a score do not count."""
    negative = {option: -score for option, score in scores.items() if score is not None}
    return least_of(negative, negative)


def _sum(scores: list[float | None]) -> float | None:
    known = [each for each in scores if each is not None]
    return sum(known) if len(known) == len(scores) else None
