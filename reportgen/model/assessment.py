"""What is said about options beside their costs, known to be sound: figures published elsewhere, features, a checklist,
profiles and a scorecard; and the ranges in which totals are shown."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import Unit
from reportgen.source import Span

EXACT, ROUNDED, INTERMEDIATE, DIFFERS, INPUT = VERDICTS = ("exact", "rounded", "intermediate", "differs", "input")
YES, PARTLY, NO, BUILD, BUY = ANSWERS = ("yes", "partly", "no", "build", "buy")
BOUNDS = ("low", "high")

MAX_SETTINGS = 4
"""Assumptions that one published figure may set beside its scenario: as many as the Cases sheet has columns for."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From one number to another; an end that is None is open."""

    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a case gives an input. `bound`: `low` or `high` where that is the input's own, "" for another number."""

    key: Key
    value: float
    bound: str


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """A figure stated elsewhere, in `unit`, printed to `step` (0: as it is), and what should lead to it.

    `cases` are one or two cases over the scenario (None: the model's own values); of two, the first leads to the
    interval's start. `formula` None: nothing leads to the figure. `formula_text` and `intermediate_text` are the
    author's. `expected` is one of `VERDICTS`.
    """

    id: str
    title: str
    where: str
    states: float | Interval
    unit: Unit
    step: float
    formula: Node | None
    formula_text: str
    intermediate: Node | None
    intermediate_text: str
    scenario: str | None
    cases: tuple[tuple[Setting, ...], ...]
    expected: str
    because: str
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Coverage:
    """How an option covers a feature: one of `ANSWERS`; `priced_by` names the item, category or total that prices
    the gap, None where nothing does; `because` says why not."""

    answer: str
    priced_by: str | None
    because: str
    note: str
    sources: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Feature:
    id: str
    title: str
    note: str
    sources: tuple[str, ...]
    coverage: dict[str, Coverage]


@dataclass(frozen=True, slots=True)
class Question:
    """Answered by `condition`, or by the reader, whose `answer` is editable; the other is None."""

    id: str
    title: str
    condition: Node | None
    formula_text: str
    answer: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """`met` is the verdict where `threshold` questions or more are answered yes, else `otherwise`."""

    title: str
    note: str
    threshold: int
    met: str
    otherwise: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Who should choose what: `recommend` is an option's id; the first profile whose condition holds is the match.
    `when` is the condition as written."""

    id: str
    title: str
    condition: Node
    when: str
    recommend: str
    because: str
    sources: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class TotalRange:
    """The total `of` while `inputs` go from low to high; each of them has both."""

    id: str
    title: str
    of: str
    inputs: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    ranges: tuple[TotalRange, ...] = ()
    published: tuple[PublishedFigure, ...] = ()
    features: tuple[Feature, ...] = ()
    checklist: Checklist | None = None
    profiles: tuple[Profile, ...] = ()
    scorecard: Scorecard | None = None
