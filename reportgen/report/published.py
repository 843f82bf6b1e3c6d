"""Published figures as a report tells them: how many hold, which do not and why, and all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.compute.published import (
    Computed,
    PublishedOutcome,
    computed_decimals,
    interval,
    published,
    stated_decimals,
)
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.assessment import DIFFERS, EXACT, INPUT, INTERMEDIATE, ROUNDED, Interval
from reportgen.report.cells import Cells, column_unit
from reportgen.report.format import plain_quantity

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """`case` names the scenario that the figure is about, "" for the model's own values; `reason` is why it is so, as
    a sentence; `verdict` is in words."""

    title: str
    where: str
    case: str
    citations: tuple[int, ...]
    unit: str
    states: str
    computed: str
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """`counts` is a sentence; `deviations` are the figures that differ or need an intermediate, `rows` are all."""

    counts: str
    deviations: tuple[PublishedRow, ...]
    rows: tuple[PublishedRow, ...]


def published_part(cells: Cells) -> PublishedPart | None:
    """None where the model has no published figures. Raises ModelError as `compute.published` does."""
    outcomes = published(cells.model)
    if not outcomes:
        return None
    rows = tuple(_row(cells, each) for each in outcomes)
    pairs = zip(outcomes, rows, strict=True)
    deviations = tuple(row for outcome, row in pairs if outcome.verdict in (DIFFERS, INTERMEDIATE))
    return PublishedPart(_counts(cells, outcomes), deviations, rows)


_WORDS = {
    EXACT: ("holds exactly", "hold exactly"),
    ROUNDED: ("holds as rounded", "hold as rounded"),
    INTERMEDIATE: (
        "holds only with an intermediate result rounded or dropped",
        "hold only with an intermediate result rounded or dropped",
    ),
    DIFFERS: ("differs from what follows", "differ from what follows"),
    INPUT: ("is an input, which nothing leads to", "are inputs, which nothing leads to"),
}


def _counts(cells: Cells, outcomes: Sequence[PublishedOutcome]) -> str:
    """`Of 84 published figures 51 hold exactly, …, and 4 are inputs, which nothing leads to.`"""
    counts = Counter(each.verdict for each in outcomes)

    def count(number: int) -> str:
        return plain_quantity(number, PLAIN, 0, cells.locale)

    parts = [f"{count(counts[each])} {words[counts[each] > 1]}" for each, words in _WORDS.items() if counts[each]]
    listed = ", and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
    return f"Of {count(len(outcomes))} published {'figure' if len(outcomes) == 1 else 'figures'} {listed}."


def _row(cells: Cells, outcome: PublishedOutcome) -> PublishedRow:
    figure = outcome.figure
    scenario = cells.model.scenario(figure.scenario) if figure.scenario else None
    verdict = outcome.verdict
    if verdict == ROUNDED:
        verdict += f" to {plain_quantity(figure.step, figure.unit, stated_decimals(figure), cells.locale)}"
    return PublishedRow(
        title=figure.title,
        where=figure.where,
        case=scenario.title if scenario else "",
        citations=cells.citations(figure.sources),
        unit=column_unit(figure.unit),
        states=_number(cells, outcome, figure.states, stated_decimals(figure)),
        computed=_computed(cells, outcome, outcome.computed),
        verdict=verdict,
        reason=_reason(cells, outcome),
    )


def _computed(cells: Cells, outcome: PublishedOutcome, computed: Computed | None) -> str:
    if computed is None:
        return NOTHING
    return _number(cells, outcome, computed, computed_decimals(outcome.figure, computed))


def _number(cells: Cells, outcome: PublishedOutcome, number: Computed, decimals: int) -> str:
    unit = outcome.figure.unit
    ends = interval(number)
    start, end = (
        "" if each is None else plain_quantity(each, unit, decimals, cells.locale) for each in (ends.start, ends.end)
    )
    if not isinstance(number, Interval):
        return start
    if not (start and end):
        return f"{start} or more" if start else f"up to {end}"
    return f"{start} to {end}"


def _reason(cells: Cells, outcome: PublishedOutcome) -> str:
    """The author's `because` as a sentence; what the intermediate leads to after it."""
    text = outcome.figure.because.strip()
    if text:
        text = text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")
    if outcome.verdict == INTERMEDIATE:
        unit = outcome.figure.unit
        amount = _computed(cells, outcome, outcome.intermediate)
        words = "" if unit in (PLAIN, PERCENT) else f" {column_unit(unit)}"
        text = f"{text} That way {amount}{words} follows.".strip()
    return text
