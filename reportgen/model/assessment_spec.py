"""Published figures, features, checklist, profiles, scorecard and ranges as their author wrote them."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.model.written import FormulaSpec, NumberSpec, PerOption, Text, UnitSpec
from reportgen.source import Span


@dataclass(frozen=True, slots=True)
class IntervalSpec:
    """`{from: 2, to: 5}`; an end that is None is open. Ends of a setting may be `low` or `high`."""

    start: NumberSpec | Text | None
    end: NumberSpec | Text | None
    span: Span


SettingSpec = NumberSpec | Text | IntervalSpec
"""What `set` gives an assumption: a number, `low` or `high`, or the two ends of an interval."""


@dataclass(frozen=True, slots=True)
class PublishedSpec:
    id: Text
    title: str
    where: str
    states: NumberSpec | IntervalSpec
    unit: UnitSpec
    step: NumberSpec | None
    formula: FormulaSpec | None
    intermediate: FormulaSpec | None
    scenario: Text | None
    settings: tuple[tuple[Text, SettingSpec], ...]
    expect: Text
    because: str
    sources: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CoverageSpec:
    """`answer` is yes, partly, no, build or buy; `priced_by` the item that prices a gap."""

    answer: str
    priced_by: Text | None
    because: str
    note: str
    sources: tuple[Text, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class FeatureSpec:
    id: Text
    title: str
    note: str
    sources: tuple[Text, ...]
    priced_by: Text | None
    coverage: CoverageSpec | PerOption[CoverageSpec]


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """Answered by a condition or by the reader; the other is None."""

    id: Text
    title: str
    formula: FormulaSpec | None
    answer: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class ChecklistSpec:
    title: str
    note: str
    threshold: int
    met: str
    otherwise: str
    questions: tuple[QuestionSpec, ...]


@dataclass(frozen=True, slots=True)
class ProfileSpec:
    id: Text
    title: str
    when: FormulaSpec
    recommend: Text
    because: str
    sources: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class CriterionSpec:
    """Scored by option, or by a total; the other is None."""

    id: Text
    title: str
    weight: NumberSpec
    cost: Text | None
    scores: NumberSpec | PerOption[NumberSpec] | None
    note: str
    sources: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ScorecardSpec:
    title: str
    note: str
    highest: NumberSpec
    criteria: tuple[CriterionSpec, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RangeSpec:
    id: Text
    title: str
    of: Text
    inputs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AssessmentSpec:
    ranges: tuple[RangeSpec, ...]
    published: tuple[PublishedSpec, ...]
    features: tuple[FeatureSpec, ...]
    checklist: ChecklistSpec | None
    profiles: tuple[ProfileSpec, ...]
    scorecard: ScorecardSpec | None
