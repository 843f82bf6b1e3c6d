"""A model that is known to be sound: names resolved, units fitting, formulas in an order that can be computed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, TypeVar

from reportgen.formula.nodes import Convert, Key, Lookup, Method, Node, Reduce, Reduction
from reportgen.formula.units import Unit
from reportgen.model.assessment import Assessment
from reportgen.model.break_even_model import BreakEven
from reportgen.model.cash_flow_model import CashFlow
from reportgen.model.changes import Change
from reportgen.model.dependencies import Dependencies
from reportgen.model.report_plan import ReportPlan
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.model.sensitivity_model import Sensitivity
from reportgen.model.simulation_model import Simulation
from reportgen.model.timeline import Growth, InputRule, OfTotal, Timeline, Timing
from reportgen.source import Source, Span
from reportgen.uri import link_or_nothing


@dataclass(frozen=True, slots=True)
class InputValue:
    """An input: a number that the author wrote and a reader may change."""

    value: float


@dataclass(frozen=True, slots=True)
class CostStatus:
    """A cost that is a word: `included`, `none` or `not quoted`; it counts as nothing."""

    word: str


NOT_QUOTED = "not quoted"
INCOMPLETE = "incomplete"
TIME_FRAME = "time_frame"
NOT_KNOWN = "not known"
"""Stands where a number lacks a price and nothing is known of it."""

Definition = InputValue | CostStatus | Node


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of figures. `evidence`: contract, quote, list-price, survey, estimate or placeholder. `review`: when
    `owner` looks at it again."""

    id: str
    title: str
    url: str
    accessed: date | None
    evidence: str
    owner: str
    review: date | None
    note: str
    span: Span

    @property
    def link(self) -> str:
        """The address as a link; "" where there is none, or it is text only."""
        return link_or_nothing(self.url)


class Shape(Enum):
    """Whether a number is one, one for each step of the timeline, or amounts at the start and in each step."""

    ONE = "one"
    STEPS = "steps"
    FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A name and what it stands for: one number in `unit`, or one per option; of each, as many as its `shape` says."""

    name: str
    title: str
    unit: Unit
    per_option: bool
    sources: tuple[str, ...]
    note: str
    span: Span
    shape: Shape = Shape.ONE


@dataclass(frozen=True, slots=True)
class Range:
    """What an input could be instead, in its own unit."""

    low: float | None
    high: float | None


BEGIN, END = "begin", "end"

DISTRIBUTIONS = ("triangular", "uniform", "normal", "lognormal", "pert")
"""Triangular and PERT peak at the value; of normal and lognormal, 90% lie between low and high."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """`distribution` of what it could be, between low and high: one of `DISTRIBUTIONS`. `review`: when `owner` looks
    at it again. `moment`: it is months after the start and says the beginning (BEGIN) or the end (END) of a month, ""
    for any other."""

    quantity: Quantity
    keys: tuple[Key, ...]
    ranges: dict[Key, Range]
    distribution: str
    owner: str = ""
    review: date | None = None
    moment: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    note: str
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows whose first numbers rise; the first of a graduated table is 0. Where options have rows of their own, those
    of each are a table, called `name.option`; `common_title` is what the tables of all of them are called.
    `rows` are the model's own; `cells` the inputs that these numbers are, where questions ask about some of them."""

    id: str
    title: str
    from_unit: Unit
    to_unit: Unit
    method: Method
    rows: tuple[tuple[float, float], ...]
    sources: tuple[str, ...]
    note: str
    option: str | None = None
    common_title: str = ""
    cells: tuple[tuple[Key, Key], ...] = ()

    def with_values(self, value: Callable[[Key], float]) -> Table:
        """The table with the values that its numbers have in some case, where they are inputs."""
        rows = tuple((value(start), value(result)) for start, result in self.cells)
        return replace(self, rows=rows) if rows else self


@dataclass(frozen=True, slots=True)
class Category:
    """A cost group: its quantity is the sum of its items, each named `category.item`."""

    quantity: Quantity
    sheet: str
    sheet_span: Span
    items: tuple[Quantity, ...]

    @property
    def one_time(self) -> bool:
        """A cost with no time in its unit is paid once."""
        return is_one_time(self.quantity.unit)


def internal_rate_in(definition: Definition) -> Reduce | None:
    """The internal rate of return that a number is, perhaps in another unit; None where it is none."""
    while isinstance(definition, Convert):
        definition = definition.operand
    is_rate = isinstance(definition, Reduce) and definition.reduction is Reduction.INTERNAL_RATE
    return definition if is_rate else None  # type: ignore[return-value]


def rates_of_return(metrics: Iterable[Quantity], definitions: Mapping[Key, Definition]) -> frozenset[Key]:
    """The metrics that are nothing but an internal rate of return."""
    names = {each.name for each in metrics}
    return frozenset(key for key, each in definitions.items() if key.name in names and internal_rate_in(each))


def is_one_time(unit: Unit) -> bool:
    """Whether a cost in this unit is an amount rather than a rate."""
    return not {"calendar time", "clock time"} & unit.dimension.keys()


T = TypeVar("T")


@dataclass(frozen=True)
class Model:
    """`definitions` says how each number comes about, each after those it is computed from;
    `formulas` has the author's text of those that are formulas; `unquoted` are the costs written as not quoted,
    whether or not a number has been set for them since; `overridden` are the inputs that do not hold what the file
    says; `max_source_age` in months; `item_numbers` and `table_numbers` are the costs and the numbers of tables
    that have a low or a high, or that some question asks about. `own_numbers` has, by item, the rate or amount of what
    is over time, before it begins, ends or falls; `of_totals` what totals add up; `growths` what grows, `input_rules`
    what inputs about time have to be together, and `timings` which items are paid when, as their author wrote it;
    `rates` are the metrics that are an internal rate of return, which need not exist."""

    source: Source
    digest: str
    id: str
    title: str
    subtitle: str
    summary: str
    limits: tuple[str, ...]
    as_of: date
    currency: str
    options: tuple[Option, ...]
    subject: str | None
    citations: dict[str, Citation]
    max_source_age: int
    groups: tuple[Group, ...]
    item_numbers: tuple[Assumption, ...]
    table_numbers: tuple[Assumption, ...]
    tables: dict[str, Table]
    calculations: tuple[Quantity, ...]
    categories: tuple[Category, ...]
    totals: tuple[Quantity, ...]
    metrics: tuple[Quantity, ...]
    scenarios: tuple[Scenario, ...]
    sensitivity: Sensitivity | None
    break_evens: tuple[BreakEven, ...]
    cash_flow: CashFlow | None
    simulation: Simulation | None
    assessment: Assessment
    report: ReportPlan
    quantities: dict[str, Quantity]
    definitions: dict[Key, Definition]
    dependencies: Dependencies
    formulas: dict[Key, str]
    unquoted: frozenset[Key]
    timeline: Timeline | None = None
    own_numbers: dict[str, Quantity] = field(default_factory=dict)
    of_totals: dict[str, OfTotal] = field(default_factory=dict)
    growths: tuple[Growth, ...] = ()
    input_rules: tuple[InputRule, ...] = ()
    timings: tuple[Timing, ...] = ()
    rates: frozenset[Key] = frozenset()
    overridden: tuple[Key, ...] = ()

    @cached_property
    def option_ids(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.options)

    @cached_property
    def _made(self) -> dict[Hashable, Any]:
        return {}

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """What others derive from this model alone: made at its first use, then kept with the model under this key."""
        if what not in self._made:
            self._made[what] = make()
        found: T = self._made[what]
        return found

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """All inputs that questions move, the numbers of cost items and of tables last."""
        own = (each for group in self.groups for each in group.assumptions)
        return (*own, *self.item_numbers, *self.table_numbers)

    @property
    def headline(self) -> Quantity:
        """The total that stands for the whole: the last one, as in any cost table."""
        return self.totals[-1]

    def keys_of(self, name: str) -> tuple[Key, ...]:
        """The numbers of a name, in the order of the options."""
        quantity = self.quantities[name]
        return tuple(Key(name, option) for option in self.option_ids) if quantity.per_option else (Key(name),)

    def inputs_of(self, name: str) -> tuple[Key, ...]:
        """The numbers of a name that are inputs; the one that all options share where there is one."""
        shared = Key(name)
        keys = (shared,) if shared in self.definitions else self.keys_of(name)
        return tuple(key for key in keys if self.is_input(key))

    def tables_of(self, lookup: Lookup) -> tuple[Table, ...]:
        """The tables that a formula reads, each for its option."""
        ids = dict.fromkeys(map(lookup.of, self.option_ids))
        return tuple(self.tables[id_] for id_ in ids)

    @property
    def moments(self) -> frozenset[Key]:
        """The inputs that say when: the horizon, dates, durations of items, and the parts of what is spread."""
        group = next((each for each in self.groups if each.id == TIME_FRAME), None)
        inputs = () if group is None else group.assumptions
        rates = {each.rate for each in self.growths}
        return frozenset(key for each in inputs if each.quantity.name not in rates for key in each.keys)

    @property
    def changes_over_time(self) -> bool:
        """Whether anything has a number for each step."""
        return any(each.shape is not Shape.ONE for each in self.quantities.values())

    def own_number(self, item: Quantity) -> Quantity:
        """What the price of an item is: the item itself, or the rate or amount of one over time."""
        return self.own_numbers.get(item.name, item)

    def option(self, id_: str) -> Option:
        return next(option for option in self.options if option.id == id_)

    @property
    def with_base(self) -> tuple[Scenario, ...]:
        """The base and then every scenario."""
        return (BASE_SCENARIO, *self.scenarios)

    def scenario(self, id_: str | None) -> Scenario:
        """The scenario of that id, the base for None. Raises KeyError."""
        return {scenario.id: scenario for scenario in self.with_base}[id_ or BASE_SCENARIO.id]

    def owner_of(self, key: Key, scenario: Scenario) -> Scenario:
        """The scenario whose own value of an input holds in `scenario`; the base where the model's own does."""
        while not scenario.is_base and key not in scenario.own:
            scenario = self.scenario(scenario.based_on)
        return scenario

    def input_value(self, key: Key, scenario: Scenario) -> float:
        """What an input that is a number holds in a scenario."""
        if key in scenario.settings:
            return scenario.settings[key]
        definition = self.definitions[key]
        assert isinstance(definition, InputValue)
        return definition.value

    def changes_in_proportion(self, key: Key) -> bool:
        """Whether some scenario changes an input in proportion."""
        return any(isinstance(each.own.get(key), Change) for each in self.scenarios)

    def is_changed(self, key: Key, scenario: Scenario) -> bool:
        """Whether an input's value in a scenario follows in proportion from another."""
        return isinstance(self.owner_of(key, scenario).own.get(key), Change)

    def is_input(self, key: Key) -> bool:
        """Whether a reader may put another number there: a number as written, or a price still to be quoted."""
        return key in self.unquoted or isinstance(self.definitions[key], InputValue)
