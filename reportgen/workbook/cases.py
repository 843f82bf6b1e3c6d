"""The Cases sheet: evaluations of the model, one a row, live and with the same formula down each column of a block.
A number has one column on the whole sheet (`workbook.case_columns`).

A block computes what its cases change on the way to what is asked of them; everything else is read from its own sheet.
*Scenarios* has a row for the base and for each scenario, whatever scenario is selected, so every assumption is an
input of its own there. *Questions* start from the selected scenario and change one or two drivers, or the year.
*Published figures* have a row for each case that some figure speaks of, again whatever scenario is selected: a
scenario, and up to four drivers over it. *Extremes of ranges* start from the selected scenario as well and set many
inputs at once, each to its low or high. *Ends of curves* are the first and the last point of each curve once more, for
the places where it changes its slope: those become points of the curve, and LibreOffice computes a column at once, so a
column that leads back to itself is out of date. A block that would be too wide for readers adds up items in few
columns, as `workbook.aggregation` says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from reportgen.compute.results import missing_rate, source_of
from reportgen.compute.rounding import Array
from reportgen.compute.scenarios import scenario_values
from reportgen.compute.steps import Values
from reportgen.formula.nodes import Key, Node, Reduce, keys_in, walk
from reportgen.model.changes import Change
from reportgen.model.model import CostStatus, InputValue, Model, Shape
from reportgen.model.published_model import MAX_SETTINGS
from reportgen.model.scenarios_model import Scenario
from reportgen.problems import ModelError, Problem
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.aggregation import Part, aggregated_items, fold_if_wide
from reportgen.workbook.book_words import message
from reportgen.workbook.expressions import Expression, cell, cells_of
from reportgen.workbook.plan import CASES, FIRST_ROW, Plan
from reportgen.workbook.titles import Text, phrase
from reportgen.workbook.translate import Translator

LABEL_COLUMN = 1
NAMES_ROW = FIRST_ROW
"""The row that names each column's number, as drivers name theirs."""

OWN_HEADS = 2
"""Rows of heads and of names that a block has which shares no columns with others; they stand below its title."""

MAX_COLUMNS = 16_384
"""Source: Microsoft, "Excel specifications and limits"."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that say what a case of a block is: its scenario's number (None: the selected one), its drivers'
    names and values, its extreme (place in the table of ends on Ranges, and which extreme; None: it is none), the mark
    of what is typed there, by how much drivers are changed in proportion (none: none is); the inputs begin after
    them."""

    scenario: int | None
    drivers: tuple[tuple[int, int], ...]
    first_input: int
    extreme: tuple[int, int] | None = None
    changed: int | None = None
    shares: tuple[int, ...] = ()


OF_SCENARIOS = Layout(2, (), 3)
OF_EXTREMES = Layout(None, (), 4, extreme=(2, 3))
_AFTER_DRIVERS = 3 + 2 * MAX_SETTINGS
_FOUR_DRIVERS = tuple((3 + 2 * at, 4 + 2 * at) for at in range(MAX_SETTINGS))
OF_PUBLISHED = Layout(2, _FOUR_DRIVERS, _AFTER_DRIVERS + 1, changed=_AFTER_DRIVERS)
_AFTER_SHARES = _AFTER_DRIVERS + MAX_SETTINGS
_SHARES = tuple(range(_AFTER_DRIVERS, _AFTER_SHARES))
OF_PUBLISHED_CHANGES = replace(OF_PUBLISHED, first_input=_AFTER_SHARES + 1, changed=_AFTER_SHARES, shares=_SHARES)


@dataclass(frozen=True, slots=True)
class Driver:
    """An input that a row sets: to what now, and by which expression (None for a typed value), or, with a `change`, in
    proportion to what that expression comes to."""

    key: Key
    value: float
    tree: Expression | None = None
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Extreme:
    """The `low` or the `high` extreme (`end`) of one option in one range, whose place in the table on Ranges, from 1,
    is `place`: it says which end of each input gives the lower total. `title` names both."""

    place: int
    end: str
    title: Text


@dataclass(frozen=True, slots=True)
class CaseRow:
    """`scenario` is the column of Assumptions that holds its scenario, in a block that is not about the selected one;
    `extreme` is set in the block of extremes."""

    label: Text
    drivers: tuple[Driver, ...] = ()
    scenario: int = 0
    extreme: Extreme | None = None


@dataclass(frozen=True, slots=True)
class CaseBlock:
    """Rows of one block with the columns of its inputs and of what is computed from them; `first_row` is the row of
    the first case, its title stands above it, and `names_row` names the numbers of its columns. `picks` are the rows'
    places in the arrays of `values`, which other blocks may share. In a block that aggregates items, `parts` are the
    columns that add them up, by the total they belong to, and a row above the first case has what is the same in every
    case. `typed` come from steps of the timeline that a case changes: they are values of the program, as they were when
    the book was made."""

    title: Text
    layout: Layout
    first_row: int
    rows: tuple[CaseRow, ...]
    columns: dict[Key, int]
    inputs: tuple[Key, ...]
    values: Values
    picks: tuple[int, ...]
    parts: dict[Key, dict[int, Part]]
    aggregated: frozenset[Key]
    typed: frozenset[Key]
    names_row: int = NAMES_ROW

    @property
    def title_row(self) -> int:
        heads = OWN_HEADS if self.names_row != NAMES_ROW else 0
        return self.first_row - heads - (2 if self.parts else 1)

    @property
    def same_row(self) -> int:
        """In a block that aggregates items: the row of what is the same in every case."""
        return self.first_row - 1

    @property
    def last_column(self) -> int:
        return max((*self.columns.values(), *(at for parts in self.parts.values() for at in parts)), default=0)

    def row(self, index: int) -> int:
        return self.first_row + index

    def value(self, index: int, key: Key) -> float:
        """What a case's number comes to; `key` is one of `columns`."""
        return float(self.of_rows(self.values[key])[index])

    def shown(self, plan: Plan, key: Key) -> list[float | str]:
        """What the cells of a number hold, from the first row on; a word for a rate that does not exist."""
        if key not in plan.model.rates:
            return list(self.of_rows(self.values[key]).tolist())
        found = self.of_rows(self.values[key]).tolist()
        return [
            message(missing_rate(plan.model, key, each, partial(self.steps, at))) or each
            for at, each in enumerate(found)
        ]

    def steps(self, index: int, key: Key) -> list[float]:
        """What a case's number over time comes to in each step."""
        return [float(self.of_rows(each)[index]) for each in self.values[key]]

    def of_rows(self, numbers: Array) -> Array:
        """What a number comes to in each row, from one entry for each case or one for all."""
        return numbers[list(self.picks)] if len(numbers) > 1 else np.broadcast_to(numbers, len(self.rows))

    def address(self, index: int, key: Key) -> Address:
        return Address(CASES, self.row(index), self.columns[key])

    def cell(self, plan: Plan, index: int, key: Key) -> Address:
        """Where a case's number is computed: in its row, or on its own sheet where no case changes it."""
        key = self.source(plan, key)
        return self.address(index, key) if key in self.columns else plan.cells[key]

    def source(self, plan: Plan, key: Key) -> Key:
        """The number that `key` only repeats, or `key` where it has a cell and that number has none."""
        source = source_of(plan.model, key)
        return key if source in self.aggregated else source

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1


class CaseTranslator(Translator):
    """Translates trees for one row of a block (None: for a case that changes nothing): what changes there is read from
    the row, its columns fixed; all else is fixed, so that a formula can be copied down the column."""

    def __init__(self, plan: Plan, block: CaseBlock | None, index: int) -> None:
        super().__init__(plan)
        self.columns = block.columns if block else {}
        self.aggregated = block.aggregated if block else frozenset()
        self.parts = block.parts if block else {}
        self.row = block.row(index) if block else 0
        self.same_row = block.same_row if block else 0

    def seen(self, place: Address | Area, *, own: bool) -> Expression:
        row = place.row if isinstance(place, Address) else place.top
        in_row = place.sheet == CASES and row == self.row
        if isinstance(place, Address):
            return cell(place, fixed=not in_row, fixed_column=in_row)
        return cells_of(place, fixed=not in_row, fixed_column=in_row)

    def cell_of(self, key: Key) -> Address:
        if key in self.columns:
            return Address(CASES, self.row, self.columns[key])
        if key in self.aggregated:
            raise LookupError(f"{key} has no cell of its own on Cases")
        return super().cell_of(key)

    def table(self, table: str) -> tuple[Area, Area]:
        """In the row, where a case of the block changes some number of the table: its columns stand side by side."""
        cells = self.plan.model.tables[table].cells
        if not cells or cells[0][0] not in self.columns:
            return super().table(table)
        first, last = (tuple(map(self.columns.__getitem__, row)) for row in (cells[0], cells[-1]))
        starts, results = (Area(CASES, self.row, first[at], self.row, last[at]) for at in (0, 1))
        return starts, results

    def definition(self, key: Key) -> Expression:
        """The formula of a number; a category's total adds up its items, or its parts, and its spare lines."""
        if key in self.parts:
            cells = [Address(CASES, self.row, column) for column in self.parts[key]]
        elif key.name in self.plan.category_sheets:
            cells = [self.cell_of(item) for item in self.plan.model.dependencies.direct[key]]
        else:
            return super().definition(key)
        return f.SUM(*self.areas([(each, False) for each in (*cells, *self.plan.spare_cells(key))]))

    def part(self, total: Key, column: int) -> Expression:
        """The formula of a part: its items in this case, those that no case changes read from above."""
        part = self.parts[total][column]
        same = [cell(Address(CASES, self.same_row, column), fixed_row=True)] if part.same else []
        scale = self.scale_of(total.name)
        return f.SUM(*same, *(self.summands(part.trees, total.option, scale) if part.trees else []))

    def same(self, total: Key, column: int) -> Expression:
        """What a part's items come to that no case changes."""
        return f.SUM(*self.areas([(self.plan.cells[key], False) for key in self.parts[total][column].same]))

    def has_name(self, key: Key) -> bool:
        return key not in self.columns and super().has_name(key)

    def may_be_text(self, key: Key) -> bool:
        return key not in self.columns and super().may_be_text(key)

    def may_be_unknown(self, key: Key) -> bool:
        return key not in self.columns and super().may_be_unknown(key)


def selected(model: Model, scenario: Scenario) -> Model:
    """The model as if the scenario's values were its own."""
    settings = scenario.settings
    if not settings:
        return model
    definitions = {
        key: InputValue(settings[key]) if key in settings else definition
        for key, definition in model.definitions.items()
    }
    return replace(model, definitions=definitions)


def with_whole_tables(model: Model, inputs: Iterable[Key]) -> tuple[Key, ...]:
    """The inputs, with all numbers of a table in place of some: a formula reads a table in one run of cells."""
    tables = {key: table for table in model.tables.values() for row in table.cells for key in row}
    found: dict[Key, None] = {}
    for key in inputs:
        table = tables.get(key)
        columns = zip(*table.cells, strict=True) if table else ((key,),)
        found |= dict.fromkeys(each for column in columns for each in column)
    return tuple(found)


def scenario_block(plan: Plan, targets: Collection[Key], first_row: int) -> CaseBlock:
    """The base and every scenario, the spare ones as well, each with all assumptions as inputs."""
    model = plan.model
    columns = [*map(plan.scenario_column, model.with_base), *plan.spare_columns]
    rows = [CaseRow(cell(plan.scenario_head(column), fixed=True), scenario=column) for column in columns]
    inputs = with_whole_tables(model, (key for assumption in model.assumptions for key in assumption.keys))
    picks = [*range(len(model.with_base)), *(0 for _ in plan.spare_columns)]  # a spare one that is empty is the base
    found = rows, picks, scenario_values(model)
    needed = dict.fromkeys(model.dependencies.between(inputs, targets))
    title = phrase("Scenarios; selected: {scenario}", scenario=cell(plan.selector))
    return case_block(plan, model, title, OF_SCENARIOS, first_row, found, inputs, needed, targets)


def case_block(  # noqa: PLR0913 - a block is a place, its cases, and what they are asked
    plan: Plan,
    model: Model,
    title: Text,
    layout: Layout,
    first_row: int,
    cases: tuple[Sequence[CaseRow], Sequence[int], Values],
    inputs: Collection[Key],
    needed: Collection[Key],
    targets: Collection[Key],
) -> CaseBlock:
    """A block with columns for the numbers that are `needed`: what `inputs` change and `targets` come from, in an order
    to compute it. `cases` are its rows, and their places in arrays of values. Raises ModelError RG602 where a sheet has
    not enough columns."""
    rows, picks, values = cases
    shown = tuple(key for key in inputs if key in needed)
    computed = [key for key in needed if key not in shown and model.quantities[key.name].shape is Shape.ONE]
    reductions = model.once(_reductions, lambda: _reductions(model))
    sums = (key for key in computed if key in reductions)
    typed = frozenset(key for key in sums if any(each in needed for each in reductions[key]))
    aggregated = {} if typed else fold_if_wide(plan, model, len(shown), computed, targets)
    gone = aggregated_items(aggregated)
    columns: dict[Key, int] = {}
    parts: dict[Key, dict[int, Part]] = {}
    column = layout.first_input
    for key in (*shown, *sorted((each for each in computed if each not in gone), key=lambda key: key not in typed)):
        if key in aggregated:
            parts[key] = dict(enumerate(aggregated[key], column))
            column += len(aggregated[key])
        columns[key] = column
        column += 1
    if column - 1 > MAX_COLUMNS:
        message = f"the sheet Cases needs {column - 1:,} columns for this model; a sheet has {MAX_COLUMNS:,}"
        hint = "leave out its scenarios and other questions, or split the model"
        raise ModelError([Problem("RG602", message, model.source, None, hint)])
    first_row += 1 if parts else 0
    return CaseBlock(title, layout, first_row, tuple(rows), columns, shown, values, tuple(picks), parts, gone, typed)


def _reductions(model: Model) -> dict[Key, frozenset[Key]]:
    """The numbers that are made of steps of the timeline, and of whose."""
    found: dict[Key, set[Key]] = {}
    for key, definition in model.definitions.items():
        for node in () if isinstance(definition, InputValue | CostStatus) else walk(definition):
            if isinstance(node, Reduce):
                series = {each.key(key.option) for each in (node.series, node.weights) if each is not None}
                found.setdefault(key, set()).update(series)
    return {key: frozenset(series) for key, series in found.items()}


def keys_of_trees(model: Model, trees: Iterable[Node]) -> tuple[Key, ...]:
    """Every number that trees beside the model read, for each option."""
    options = model.option_ids
    return tuple(dict.fromkeys(key for tree in trees for option in options for key in keys_in(tree, option, options)))
