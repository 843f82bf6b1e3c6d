"""A model as its author wrote it: every part with its place, nothing resolved, perhaps incomplete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from reportgen.formula.syntax import Syntax
from reportgen.formula.units import Unit
from reportgen.source import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    span: Span

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class UnitSpec:
    unit: Unit
    span: Span


@dataclass(frozen=True, slots=True)
class NumberSpec:
    """`unit` None: the number is in the unit of what it belongs to."""

    value: float
    unit: Unit | None
    span: Span


@dataclass(frozen=True, slots=True)
class WordSpec:
    """`included`, `none` or `not quoted` in place of a cost."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class FormulaSpec:
    syntax: Syntax
    text: str
    span: Span


CostSpec = NumberSpec | WordSpec | FormulaSpec


@dataclass(frozen=True, slots=True)
class PerOption(Generic[T]):
    """What was written option by option, in the author's order; `unread`: the options whose value is unusable."""

    entries: tuple[tuple[Text, T], ...]
    span: Span
    unread: tuple[str, ...] = ()

    def get(self, option: str) -> T | None:
        return next((value for name, value in self.entries if name.text == option), None)


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
    unread: frozenset[str] = frozenset()
