"""Published figures: how many hold, which do not and why, and all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.compute.published import (
    Computed,
    PublishedOutcome,
    computed_decimals,
    ends_of,
    interval,
    stated_decimals,
)
from reportgen.formula.nodes import keys_in
from reportgen.model.published_model import DIFFERS, INTERMEDIATE, ROUNDED, VERDICTS, Interval
from reportgen.presentation.format import plain_quantity
from reportgen.presentation.result_cells import Cells, as_sentence
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import TableCell, TableRow, ValueTable

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """`case` names the scenario that the figure is about, "" for the model's own values; `reason` is why it is so, as
    a sentence; `verdict` is in words, `unexpected` says which other one the model's author expects, or ""."""

    name: str
    title: str
    where: str
    case: str
    citations: tuple[int, ...]
    unit: str
    states: str
    computed: str
    verdict: str
    reason: str
    unexpected: str


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """`counts` is a sentence; `deviations` are the figures that differ or need an intermediate, `rows` are all."""

    counts: str
    deviations: tuple[PublishedRow, ...]
    rows: tuple[PublishedRow, ...]


def published_part(cells: Cells) -> PublishedPart | None:
    """None where the model has no published figures. Raises ModelError as `compute.published` does."""
    outcomes = cells.results.published
    if not outcomes:
        return None
    rows = tuple(_row(cells, each) for each in outcomes)
    pairs = zip(outcomes, rows, strict=True)
    deviations = tuple(row for outcome, row in pairs if outcome.verdict in (DIFFERS, INTERMEDIATE))
    return PublishedPart(_counts(cells, outcomes), deviations, rows)


def published_topic(cells: Cells) -> Topic | None:
    """All figures in one table, with where each stands and why it is so."""
    part = published_part(cells)
    if part is None:
        return None
    table = ValueTable(
        "published-table",
        cells.gettext("Published figures and what the model computes"),
        cells.gettext("Figure"),
        (cells.gettext("States"), cells.gettext("Computed"), cells.gettext("Verdict")),
        tuple(_table_row(cells, each) for each in part.rows),
        has_names=True,
    )
    return Topic("published", cells.gettext("Published figures"), (TopicBlock("", (part.counts,), (), (table,)),))


def _table_row(cells: Cells, row: PublishedRow) -> TableRow:
    case = cells.gettext("scenario {name}", name=row.case) if row.case else ""
    place = "; ".join(filter(None, (row.where, case)))
    shown = (TableCell(row.states), TableCell(row.computed), TableCell(row.verdict, word=True))
    note = " ".join(filter(None, (place and as_sentence(place), row.reason)))
    return TableRow(row.title, row.name, shown, row.unit, note, row.citations, mark=row.unexpected)


def _counts(cells: Cells, outcomes: Sequence[PublishedOutcome]) -> str:
    """`Of 84 published figures 51 hold exactly, …, and 4 are inputs, which nothing leads to.`"""
    found = Counter(each.verdict for each in outcomes)
    parts = [_count(cells, verdict, found[verdict]) for verdict in VERDICTS if found[verdict]]
    if len(parts) > 1:
        parts = [cells.gettext("{parts}, and {last}", parts=", ".join(parts[:-1]), last=parts[-1])]
    return cells.ngettext(
        "Of {count} published figure {parts}.",
        "Of {count} published figures {parts}.",
        len(outcomes),
        parts=parts[0],
    )


def _count(cells: Cells, verdict: str, count: int) -> str:
    """How many figures have a verdict, as a part of a sentence."""
    match verdict:
        case "exact":
            return cells.ngettext("{count} holds exactly", "{count} hold exactly", count)
        case "rounded":
            return cells.ngettext("{count} holds as rounded", "{count} hold as rounded", count)
        case "intermediate":
            return cells.ngettext(
                "{count} holds only with an intermediate result rounded or dropped",
                "{count} hold only with an intermediate result rounded or dropped",
                count,
            )
        case "differs":
            return cells.ngettext("{count} differs from what follows", "{count} differ from what follows", count)
        case _:
            return cells.ngettext(
                "{count} is an input, which nothing leads to", "{count} are inputs, which nothing leads to", count
            )


def _row(cells: Cells, outcome: PublishedOutcome) -> PublishedRow:
    figure = outcome.figure
    scenario = cells.model.scenario(figure.scenario) if figure.scenario else None
    verdict = cells.term(outcome.verdict)
    if outcome.verdict == ROUNDED:
        step = plain_quantity(figure.step, figure.unit, stated_decimals(figure), cells.locale)
        verdict = cells.gettext("rounded to {step}", step=step)
    return PublishedRow(
        name=figure.id,
        title=figure.title,
        where=figure.where,
        case=scenario.title if scenario else "",
        citations=cells.citations(figure.sources),
        unit=cells.column_unit(figure.unit),
        states=_number(cells, outcome, figure.states, stated_decimals(figure)),
        computed=_computed(cells, outcome, outcome.computed),
        verdict=verdict,
        reason=_reason(cells, outcome),
        unexpected=""
        if outcome.as_expected
        else cells.gettext("expected: {verdict}", verdict=cells.term(figure.expected)),
    )


def _computed(cells: Cells, outcome: PublishedOutcome, computed: Computed | None) -> str:
    if computed is None:
        return NOTHING
    mark = cells.incomplete(_is_incomplete(cells, outcome))
    if mark and set(ends_of(computed)) == {0.0}:
        return TableCell(cells.gettext("not known"), mark=mark).marked
    text = _number(cells, outcome, computed, computed_decimals(outcome.figure, computed))
    return TableCell(text, mark=mark).marked


def _is_incomplete(cells: Cells, outcome: PublishedOutcome) -> bool:
    """Whether a price is missing in what a figure is held against."""
    trees = [each for each in (outcome.figure.formula, outcome.figure.intermediate) if each is not None]
    keys = {key for tree in trees for key in keys_in(tree, None, cells.model.option_ids)}
    return any(map(cells.results.is_incomplete, keys))


def _number(cells: Cells, outcome: PublishedOutcome, number: Computed, decimals: int) -> str:
    unit = outcome.figure.unit
    ends = interval(number)
    start, end = (
        "" if each is None else plain_quantity(each, unit, decimals, cells.locale) for each in (ends.start, ends.end)
    )
    if not isinstance(number, Interval):
        return start
    if not (start and end):
        return cells.gettext("{start} or more", start=start) if start else cells.gettext("up to {end}", end=end)
    return cells.gettext("{start} to {end}", start=start, end=end)


def _reason(cells: Cells, outcome: PublishedOutcome) -> str:
    """The author's `because` as a sentence; what the intermediate leads to after it."""
    text = outcome.figure.because.strip()
    if text:
        text = as_sentence(text[0].upper() + text[1:])
    if outcome.verdict == INTERMEDIATE:
        unit = outcome.figure.unit
        amount = _computed(cells, outcome, outcome.intermediate)
        amount = " ".join(each for each in (amount, cells.column_unit(unit)) if each)
        text = f"{text} {cells.gettext('That way {amount} follows.', amount=amount)}".strip()
    return text
