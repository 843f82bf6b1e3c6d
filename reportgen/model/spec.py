"""A model as its author wrote it: every part with its place, nothing resolved, perhaps incomplete.

This is the table of the keys of the model file. `tests/model/test_schema.py` compares docs/model.md with it.
"""

from __future__ import annotations

from reportgen.formula.nodes import Method
from reportgen.model.amounts import COST, FORMULA, NUMBER, POSITIVE, UNIT, Format
from reportgen.model.assessment import AssessmentSpec
from reportgen.model.break_even_model import BreakEvenSpec
from reportgen.model.cash_flow_model import CashFlowSpec
from reportgen.model.compounds import ByOption, Entries, One
from reportgen.model.kinds import (
    DAY,
    INPUT_NAME,
    MAX_OWNER,
    OPTION,
    SOURCES,
    TEXT,
    TITLE,
    Address,
    Age,
    Choice,
    Currency,
    ModelId,
    Name,
    OneOrMore,
    Prose,
)
from reportgen.model.model import DISTRIBUTIONS
from reportgen.model.records import Either, Needs, inline, optional, record, required
from reportgen.model.report_spec import ReportSpec
from reportgen.model.scenarios_model import ScenarioSpec
from reportgen.model.sensitivity_model import SensitivitySpec
from reportgen.model.simulation_model import SimulationSpec
from reportgen.model.table_rows import Rows, RowSpec
from reportgen.model.time_kinds import (
    DURATION,
    UNTIL,
    WHEN,
    Dated,
    Growing,
    GrowthSpec,
    Shares,
    TimelineSpec,
    WhenSpec,
)
from reportgen.model.timeline import AVERAGE, PRESENT_VALUE, SUM
from reportgen.model.written import ByDate, CostSpec, DateSpec, FormulaSpec, NumberSpec, PerOption, Text, UnitSpec

EVIDENCE = ("contract", "quote", "list-price", "survey", "estimate", "placeholder")
TOTAL_KINDS = (SUM, AVERAGE, PRESENT_VALUE)
Value = NumberSpec | ByDate[NumberSpec]
GROWTH = Growing()
MAX_SOURCE_AGE = 12
"""Months after which a source is stale, where the model does not say otherwise."""


@record("option {}")
class OptionSpec:
    id: Text
    title: str = required(TITLE, "its name in tables and charts")
    summary: str = optional(TEXT, "one sentence on what it is", "")


@record("source {}", Needs("url", "accessed", hint="add `accessed: 2026-06-30`"))
class CitationSpec:
    """An address needs the day it was looked up; a contract on paper may have none."""

    id: Text
    title: str = required(TITLE, "what it is called")
    url: Text | None = optional(Address(), "where it is found")
    accessed: DateSpec | None = optional(DAY, "when it was looked up; required with `url`")
    evidence: Text | None = optional(Choice(EVIDENCE), "how far it can be relied on; `estimate` by default")
    owner: str = optional(Prose(MAX_OWNER), "who looks after it", "")
    review: DateSpec | None = optional(DAY, "when it is looked at next")
    note: str = optional(TEXT, "a remark", "")


@record("assumption {}")
class AssumptionSpec:
    id: Text
    title: str = required(TITLE, "what it is")
    value: Value | PerOption[Value] = required(ByOption(Dated(NUMBER)), "its value in the base case")
    unit: UnitSpec = required(UNIT, "its unit: `EUR/month`, `h`, `%`, `1` for a plain number")
    low: Value | PerOption[Value] | None = optional(ByOption(Dated(NUMBER)), "the lowest it may well be")
    high: Value | PerOption[Value] | None = optional(ByOption(Dated(NUMBER)), "the highest it may well be")
    growth: GrowthSpec | PerOption[GrowthSpec] | None = optional(
        ByOption(GROWTH), "how it grows over time: `8 %/year`, `30 run/month/year`, or an input"
    )
    between: Text | None = optional(
        Choice(("step", "linear")), "whether a value by month holds until the next, as usual, or moves there in a line"
    )
    distribution: Text | None = optional(
        Choice(DISTRIBUTIONS), "how it varies between low and high in a simulation; `triangular` by default"
    )
    sources: tuple[Text, ...] = optional(SOURCES, "where the number is from", (), key="source")
    owner: str = optional(Prose(MAX_OWNER), "who looks after it", "")
    review: DateSpec | None = optional(DAY, "when it is looked at next")
    note: str = optional(TEXT, "a remark, in the workbook too", "")


@record("assumption group {}")
class GroupSpec:
    id: Text
    title: str = required(TITLE, "the heading of the group")
    note: str = optional(TEXT, "a remark", "")
    assumptions: tuple[AssumptionSpec, ...] = required(Entries(AssumptionSpec), "the inputs of the group", key="inputs")


@record("table {}")
class TableSpec:
    id: Text
    title: str = required(TITLE, "what it gives")
    from_unit: UnitSpec = required(UNIT, "the unit of the first number of a row", key="from")
    to_unit: UnitSpec = required(UNIT, "the unit of the second number of a row", key="to")
    method: Text = required(
        Choice(tuple(each.value for each in Method)),
        "the value of the last row at or below, or on the straight line between two rows, or a price for each unit",
    )
    rows: tuple[RowSpec, ...] | PerOption[tuple[RowSpec, ...]] = required(
        ByOption(Rows()), "the rows; their first numbers rise"
    )
    sources: tuple[Text, ...] = optional(SOURCES, "where the numbers are from", (), key="source")
    note: str = optional(TEXT, "a remark", "")


@record("{}")
class ResultSpec:
    """A calculation or a metric."""

    id: Text
    title: str = required(TITLE, "what it is")
    unit: UnitSpec = required(UNIT, "its unit; what the formula gives has to fit it")
    formula: FormulaSpec | PerOption[FormulaSpec] = required(ByOption(FORMULA), "how it is computed")
    sources: tuple[Text, ...] = optional(SOURCES, "who computes it like this", (), key="source")
    note: str = optional(TEXT, "a remark", "")


@record(
    "{}",
    Either("formula", "of", "needs either `formula` or `of`", "of: [running, set_up], as: sum"),
    Needs("of", "as", hint="add `as: average`, `as: sum` or `as: present value`"),
    Needs("as", "rate", ("present value",), "add `rate:` and the name of an input in %/year"),
)
class TotalSpec:
    """A formula, or what categories come to in one way or another."""

    id: Text
    title: str = required(TITLE, "what it is")
    unit: UnitSpec = required(UNIT, "its unit; what it is computed from has to fit it")
    formula: FormulaSpec | PerOption[FormulaSpec] | None = optional(ByOption(FORMULA), "how it is computed")
    of: tuple[Text, ...] = optional(
        OneOrMore(Name("category or item name")), "what it adds up, in place of `formula`", ()
    )
    kind: Text | None = optional(
        Choice(TOTAL_KINDS), "over the whole timeline, per month or year on average, or discounted", key="as"
    )
    rate: Text | None = optional(INPUT_NAME, "the input, in `%/year`, that a present value discounts by")
    sources: tuple[Text, ...] = optional(SOURCES, "who computes it like this", (), key="source")
    note: str = optional(TEXT, "a remark", "")


@record("item {}")
class ItemSpec:
    id: Text
    title: str = required(TITLE, "what is paid for")
    costs: CostSpec | PerOption[CostSpec] = required(ByOption(COST, "the cost"), "its price, in the category's unit")
    low: NumberSpec | PerOption[NumberSpec] | None = optional(
        ByOption(NUMBER), "the lowest that a price may well be that is a number"
    )
    high: NumberSpec | PerOption[NumberSpec] | None = optional(ByOption(NUMBER), "the highest it may well be")
    distribution: Text | None = optional(
        Choice(DISTRIBUTIONS), "how it varies between low and high in a simulation; `triangular` by default"
    )
    when: WhenSpec | PerOption[WhenSpec] | None = optional(
        ByOption(WHEN), "when an amount falls; at the start by default"
    )
    every: NumberSpec | Text | PerOption[NumberSpec | Text] | None = optional(
        ByOption(DURATION), "after how long an amount falls again and again"
    )
    spread: ByDate[NumberSpec] | PerOption[ByDate[NumberSpec]] | None = optional(
        ByOption(Shares()), "the parts of an amount by month; they sum to 100 %"
    )
    begins: WhenSpec | PerOption[WhenSpec] | None = optional(
        ByOption(UNTIL), "when it begins; with the timeline by default", key="from"
    )
    until: WhenSpec | PerOption[WhenSpec] | None = optional(
        ByOption(UNTIL), "its last month, or a time after the start at which it ends"
    )
    growth: GrowthSpec | PerOption[GrowthSpec] | None = optional(ByOption(GROWTH), "how its number grows over time")
    sources: tuple[Text, ...] = optional(SOURCES, "where the price is from", (), key="source")
    note: str = optional(TEXT, "a remark", "")


@record("category {}")
class CategorySpec:
    id: Text
    title: str = required(TITLE, "what its items have in common")
    sheet: Text | None = optional(
        Name("sheet name"), "the name of its sheet, where the title cannot be one (31 characters, none of `[]:*?/\\`)"
    )
    unit: UnitSpec = required(
        UNIT, "the unit of its items: `EUR/month` for rates; `EUR`, without time, for amounts, each on its date"
    )
    note: str = optional(TEXT, "a remark", "")
    items: tuple[ItemSpec, ...] = required(Entries(ItemSpec), "what is paid for")


@record("the model")
class ModelSpec:
    """`unread`: the words that the file defines, if some of it could not be read; unknown names among them are
    no problems of their own."""

    format: int = required(Format(), "the version of the language", key="reportgen")
    id: str = required(ModelId(), "also the name of the files that are written")
    title: str = required(TITLE, "the title of the report")
    subtitle: str = optional(Prose(200), "a second line below the title", "")
    summary: str = optional(TEXT, "a paragraph that says what the model is about", "")
    as_of: DateSpec = required(DAY, "the day the figures are of")
    currency: str = required(Currency(), "the currency of the report")
    horizon: NumberSpec | None = optional(
        POSITIVE, "the period that the model is about, `3 year`; usable in formulas as `horizon`"
    )
    timeline: TimelineSpec | None = optional(One(TimelineSpec), "when the first step begins, and how long each is")
    options: tuple[OptionSpec, ...] = required(Entries(OptionSpec, most=(60, "options")), "what is compared")
    subject: Text | None = optional(OPTION, "the option from whose side savings are counted")
    citations: tuple[CitationSpec, ...] = optional(
        Entries(CitationSpec, none=True), "where numbers are from", (), key="sources"
    )
    max_source_age: int = optional(
        Age(), f"after how long a source is stale; {MAX_SOURCE_AGE} months by default", MAX_SOURCE_AGE
    )
    groups: tuple[GroupSpec, ...] = optional(
        Entries(GroupSpec, none=True, most=(250, "groups of assumptions")), "groups of inputs", (), key="assumptions"
    )
    tables: tuple[TableSpec, ...] = optional(
        Entries(TableSpec, none=True), "tables of steps, of straight lines and of graduated prices", ()
    )
    calculations: tuple[ResultSpec, ...] = optional(
        Entries(ResultSpec, "calculation", none=True), "quantities between the assumptions and the costs", ()
    )
    categories: tuple[CategorySpec, ...] = required(Entries(CategorySpec), "groups of costs, one sheet each")
    totals: tuple[TotalSpec, ...] = required(
        Entries(TotalSpec, "total"), "sums over categories; the last one is the headline"
    )
    metrics: tuple[ResultSpec, ...] = optional(
        Entries(ResultSpec, "metric", none=True), "other results: savings, cost per unit", ()
    )
    scenarios: tuple[ScenarioSpec, ...] = optional(
        Entries(ScenarioSpec, none=True, most=(100, "scenarios")), "other values for some inputs, named", ()
    )
    sensitivity: SensitivitySpec | None = optional(
        One(SensitivitySpec), "what the low and the high of one input after the other do to a total"
    )
    break_evens: tuple[BreakEvenSpec, ...] = optional(
        Entries(BreakEvenSpec, none=True), "from where on, along an input, one option's total is below another's", ()
    )
    cash_flow: CashFlowSpec | None = optional(
        One(CashFlowSpec),
        "what a total of categories comes to at the start and in each step, discounted; paybacks and returns",
    )
    simulation: SimulationSpec | None = optional(
        One(SimulationSpec), "how sure a total is when all inputs with low and high vary"
    )
    assessment: AssessmentSpec = inline(AssessmentSpec)
    report: ReportSpec | None = optional(One(ReportSpec), "its sections and texts, its brand, questions and answers")
    limits: tuple[Text, ...] = optional(OneOrMore(TEXT), "remarks on method and limits, printed in the report", ())
    unread: frozenset[str] = frozenset()
