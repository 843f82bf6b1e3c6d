"""A model as its author wrote it: every part with its place, nothing resolved, perhaps incomplete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportgen.model.assessment_spec import AssessmentSpec
from reportgen.model.report_plan import ReportPlan
from reportgen.model.written import CostSpec, FormulaSpec, NumberSpec, PerOption, Text, UnitSpec
from reportgen.source import Span


@dataclass(frozen=True, slots=True)
class OptionSpec:
    id: Text
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class CitationSpec:
    id: Text
    title: str
    url: str
    accessed: date | None
    evidence: str
    owner: str
    review: date | None
    note: str


@dataclass(frozen=True, slots=True)
class AssumptionSpec:
    id: Text
    title: str
    unit: UnitSpec
    value: NumberSpec | PerOption[NumberSpec]
    low: NumberSpec | PerOption[NumberSpec] | None
    high: NumberSpec | PerOption[NumberSpec] | None
    growth: NumberSpec | None
    distribution: Text | None
    sources: tuple[Text, ...]
    owner: str
    review: date | None
    note: str


@dataclass(frozen=True, slots=True)
class GroupSpec:
    id: Text
    title: str
    note: str
    assumptions: tuple[AssumptionSpec, ...]


@dataclass(frozen=True, slots=True)
class TableSpec:
    id: Text
    title: str
    from_unit: UnitSpec
    to_unit: UnitSpec
    method: str
    rows: tuple[tuple[NumberSpec, NumberSpec], ...]
    sources: tuple[Text, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ResultSpec:
    """A calculation, a total or a metric."""

    id: Text
    title: str
    unit: UnitSpec
    formula: FormulaSpec | PerOption[FormulaSpec]
    sources: tuple[Text, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ItemSpec:
    id: Text
    title: str
    costs: CostSpec | PerOption[CostSpec]
    sources: tuple[Text, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CategorySpec:
    id: Text
    title: str
    sheet: Text | None
    unit: UnitSpec
    note: str
    items: tuple[ItemSpec, ...]


@dataclass(frozen=True, slots=True)
class ScenarioSpec:
    id: Text
    title: str
    note: str
    based_on: Text | None
    settings: tuple[tuple[Text, NumberSpec], ...]


@dataclass(frozen=True, slots=True)
class AxisSpec:
    driver: Text
    values: tuple[NumberSpec, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class SensitivitySpec:
    of: Text
    inputs: tuple[Text, ...]
    swing: NumberSpec | None
    between: tuple[Text, ...]
    grid: tuple[AxisSpec, AxisSpec] | None


@dataclass(frozen=True, slots=True)
class BreakEvenSpec:
    id: Text
    title: str
    driver: Text
    start: NumberSpec
    end: NumberSpec
    between: tuple[Text, ...]
    of: Text


@dataclass(frozen=True, slots=True)
class CashFlowSpec:
    of: Text | None
    discount_rate: Text


@dataclass(frozen=True, slots=True)
class CorrelationSpec:
    between: tuple[Text, ...]
    value: NumberSpec
    span: Span


@dataclass(frozen=True, slots=True)
class SimulationSpec:
    draws: int
    seed: int
    of: Text | None
    correlations: tuple[CorrelationSpec, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """`unread`: the words that the file defines, if some of it could not be read; unknown names among them are
    no problems of their own."""

    id: str
    title: str
    subtitle: str
    summary: str
    limits: tuple[str, ...]
    as_of: date
    currency: str
    horizon: NumberSpec | None
    subject: Text | None
    options: tuple[OptionSpec, ...]
    citations: tuple[CitationSpec, ...]
    max_source_age: int
    groups: tuple[GroupSpec, ...]
    tables: tuple[TableSpec, ...]
    calculations: tuple[ResultSpec, ...]
    categories: tuple[CategorySpec, ...]
    totals: tuple[ResultSpec, ...]
    metrics: tuple[ResultSpec, ...]
    scenarios: tuple[ScenarioSpec, ...]
    sensitivity: SensitivitySpec | None
    break_evens: tuple[BreakEvenSpec, ...]
    cash_flow: CashFlowSpec | None
    simulation: SimulationSpec | None
    assessment: AssessmentSpec
    report: ReportPlan
    unread: frozenset[str] = frozenset()
