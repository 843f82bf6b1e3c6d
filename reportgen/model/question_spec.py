"""The questions of the model file as written: scenarios, sensitivity, break-evens, cash flow and simulation."""

from __future__ import annotations

from reportgen.model.amounts import NUMBER, Number, Whole
from reportgen.model.compounds import Many, One, Settings
from reportgen.model.kinds import INPUT_NAME, OPTION, TEXT, TITLE, TOTAL, Name, OneOrMore
from reportgen.model.records import optional, record, required
from reportgen.model.written import NumberSpec, Text
from reportgen.source import Span

MAX_DRAWS = 1_000_000


@record("scenario {}")
class ScenarioSpec:
    id: Text
    title: str = required(TITLE, "its name in tables, charts and the workbook's selector")
    note: str = optional(TEXT, "a remark", "")
    based_on: Text | None = optional(Name("scenario name"), "the scenario whose settings it takes over")
    settings: tuple[tuple[Text, NumberSpec], ...] = required(
        Settings(NUMBER), "other values for some inputs; that of one option is set as `name.option`", key="set"
    )


@record("the grid's {}")
class AxisSpec:
    driver: Text = required(INPUT_NAME, "the input that varies")
    values: tuple[NumberSpec, ...] = required(
        Many(NUMBER, "a value of the grid", 1, "for example [100, 200, 400]"), "its values, rising"
    )


@record("the grid")
class GridSpec:
    rows: AxisSpec = required(One(AxisSpec), "the input that varies from row to row")
    columns: AxisSpec = required(One(AxisSpec), "the input that varies from column to column")


@record("sensitivity")
class SensitivitySpec:
    of: Text = required(TOTAL, "the total that is looked at")
    inputs: tuple[Text, ...] = optional(
        OneOrMore(INPUT_NAME), "what varies; without it every input that has a low and a high", ()
    )
    swing: NumberSpec | None = optional(
        Number((("exclusiveMinimum", 0), ("maximum", 1))),
        "how far inputs without low and high go down and up, `10 %`; without it they are left out",
    )
    between: tuple[Text, ...] = optional(OneOrMore(OPTION, 2, 2), "two options whose difference is looked at", ())
    grid: GridSpec | None = optional(One(GridSpec), "a table of the total by two inputs")


@record("break-even {}")
class BreakEvenSpec:
    id: Text
    title: str = required(TITLE, "what is looked for")
    driver: Text = required(INPUT_NAME, "the input along which the totals are compared")
    start: NumberSpec = required(NUMBER, "where to begin", key="from")
    end: NumberSpec = required(NUMBER, "where to end", key="to")
    between: tuple[Text, ...] = required(OneOrMore(OPTION, 2), "two options or more")
    of: Text = required(TOTAL, "the total that is compared")


@record("cash_flow")
class CashFlowSpec:
    of: Text | None = optional(TOTAL, "the total whose payments are shown; the last one by default")
    discount_rate: Text = required(INPUT_NAME, "the input, in `%/year`, by which later payments count less")


@record("a correlation")
class CorrelationSpec:
    between: tuple[Text, ...] = required(OneOrMore(INPUT_NAME, 2, 2), "two inputs that have a low and a high")
    value: NumberSpec = required(Number((("minimum", -1), ("maximum", 1))), "their rank correlation, from -1 to 1")
    span: Span


@record("simulation")
class SimulationSpec:
    draws: NumberSpec | None = optional(Whole(1, MAX_DRAWS), "how many values are drawn; 10,000 by default")
    seed: NumberSpec | None = optional(Whole(0), "the start of the random numbers, so that they can be had again; 0")
    of: Text | None = optional(TOTAL, "the total that is looked at; the last one by default")
    correlations: tuple[CorrelationSpec, ...] = optional(
        Many(One(CorrelationSpec), "a correlation", 0, "for example [{between: [a, b], value: 0.5}]"),
        "which inputs go up and down together",
        (),
    )
    span: Span
