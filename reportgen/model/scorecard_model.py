"""The scorecard of the model file: as written, and with its totals known and its weights and scores checked."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.amounts import POSITIVE, Number
from reportgen.model.compounds import ByOption, Entries
from reportgen.model.kinds import SOURCES, TEXT, TITLE, TOTAL
from reportgen.model.option_values import Wanted, each_option
from reportgen.model.question_context import Context, in_unit
from reportgen.model.records import Either, optional, record, required
from reportgen.model.written import NumberSpec, PerOption, Text
from reportgen.source import Span


@record(
    "criterion {}",
    Either(
        "scores",
        "cost",
        "is scored by option or by a total",
        "`scores:` with one for each option, or `cost:` with the total that scores it",
    ),
)
class CriterionSpec:
    """Scored by option, or by a total; the other is None."""

    id: Text
    title: str = required(TITLE, "the criterion")
    weight: NumberSpec = required(Number((("minimum", 0),)), "its weight in per cent; all weights sum to 100")
    cost: Text | None = optional(TOTAL, "the total that gives the scores: the lowest gets the highest score")
    scores: NumberSpec | PerOption[NumberSpec] | None = optional(
        ByOption(Number((("minimum", 0),)), "the score"), "the score of each option, from 0 to `highest`"
    )
    note: str = optional(TEXT, "a remark", "")
    sources: tuple[Text, ...] = optional(SOURCES, "who says so", (), key="source")


@record("the scorecard")
class ScorecardSpec:
    title: str = required(TITLE, "what is scored")
    note: str = optional(TEXT, "a remark", "")
    highest: NumberSpec = required(POSITIVE, "the highest score there is")
    criteria: tuple[CriterionSpec, ...] = required(Entries(CriterionSpec), "what is weighed")
    span: Span


@dataclass(frozen=True, slots=True)
class Criterion:
    """`weight` in per cent; either `total` names the total that scores it, or `scores` has each option's."""

    id: str
    title: str
    weight: float
    total: str | None
    scores: dict[str, float]
    note: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Scores from 0 to `highest`; the weights sum to 100."""

    title: str
    note: str
    highest: float
    criteria: tuple[Criterion, ...]


def check_scorecard(written: ScorecardSpec, context: Context) -> Scorecard:
    """Reports RG210 to RG212, RG402 and RG403."""
    problems = context.problems
    highest = in_unit(written.highest, PLAIN, "`highest`", problems)
    if highest <= 0:
        problems.error("RG212", "the highest score is greater than zero", written.highest.span, "for example 5")
    criteria = tuple(_criterion(each, highest, context) for each in written.criteria)
    missing = 100 - sum(each.weight for each in criteria)
    if abs(missing) > 1e-9:
        message = f"the weights sum to {100 - missing:.12g} %, not to 100 %"
        hint = f"{abs(missing):.12g} % {'are missing' if missing > 0 else 'are too much'}"
        problems.error("RG212", message, written.span, hint)
    return Scorecard(written.title, written.note, highest, criteria)


def _criterion(written: CriterionSpec, highest: float, context: Context) -> Criterion:
    weight = in_unit(written.weight, PERCENT, "the weight", context.problems)
    if weight < 0:
        context.problems.error("RG212", "a weight is zero or more", written.weight.span)
    if written.cost is not None:
        context.check_total(written.cost)
    scores: dict[str, float] = {}
    if written.scores is not None:
        wanted = Wanted(f"criterion `{written.id}`", written.id.span, "with a score")
        for option, number in each_option(written.scores, wanted, context.options, context.problems):
            score = scores[option] = in_unit(number, PLAIN, "the score", context.problems)
            if score < 0 or score > highest:
                message = f"the score {score:.12g} is not between 0 and {highest:.12g}"
                context.problems.error("RG212", message, number.span)
    total = written.cost.text if written.cost else None
    sources = context.sources(written.sources)
    return Criterion(written.id.text, written.title, weight, total, scores, written.note, sources)
