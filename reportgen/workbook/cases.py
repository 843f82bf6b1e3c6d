"""The Cases sheet: whole evaluations of the model, one a row, live and with the same formula down each column.

Two blocks. *Scenarios* has a row for the base and for each scenario, whatever scenario is selected, so every
assumption is an input of its own there. *Questions* starts from the selected scenario and changes one or two drivers,
or the year; only what these change is computed again, everything else is read from its own sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportgen.compute.cash_flow import year_case
from reportgen.compute.evaluate import Values, evaluate_cases
from reportgen.compute.results import depends_on
from reportgen.formula.nodes import Key, Node, keys_in
from reportgen.model.model import Given, Model, Scenario
from reportgen.problems import ModelError, Problem
from reportgen.workbook.address import Address
from reportgen.workbook.formula_text import FormulaText
from reportgen.workbook.plan import CASES, Plan

LABEL_COLUMN, SCENARIO_COLUMN = 1, 2
DRIVER_COLUMNS = ((2, 3), (4, 5))
YEAR_COLUMN = 6
FIRST_INPUT = 7
MAX_COLUMNS = 16_384
"""Source: Microsoft, "Excel specifications and limits"."""


@dataclass(frozen=True, slots=True)
class Driver:
    """An input that a row sets: to what now, and by which formula ("" for a typed value)."""

    key: Key
    value: float
    formula: str = ""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """`scenario` is the place in the list of scenarios, from 1, in the block of scenarios; `year` counts growth."""

    label: str
    drivers: tuple[Driver, ...] = ()
    year: int = 0
    scenario: int = 0


@dataclass(frozen=True, slots=True)
class CaseBlock:
    """Rows of one block with the columns of its inputs and of what is computed from them; `first_row` is the row of
    the first case, two rows of heads stand above it."""

    title: str
    first_row: int
    rows: tuple[CaseRow, ...]
    columns: dict[Key, int]
    inputs: tuple[Key, ...]
    values: Values

    @property
    def names_row(self) -> int:
        """The row that names each column's number, as drivers name theirs."""
        return self.first_row - 1

    def row(self, index: int) -> int:
        return self.first_row + index

    def value(self, index: int, key: Key) -> float:
        """What a case's number comes to; `key` is one of `columns`."""
        array = self.values[key]
        return float(array[index] if len(array) > 1 else array[0])

    def address(self, index: int, key: Key) -> Address:
        return Address(CASES, self.row(index), self.columns[key])

    def cell(self, plan: Plan, index: int, key: Key) -> Address:
        """Where a case's number stands: in its row, or on its own sheet where no case changes it."""
        return self.address(index, key) if key in self.columns else plan.cells[key]

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1


class CaseText(FormulaText):
    """Prints trees for one row of a block: what changes there is read from the row."""

    def __init__(self, plan: Plan, block: CaseBlock, sheet: str, index: int) -> None:
        super().__init__(plan, sheet)
        self.block = block
        self.index = index

    def reference(self, key: Key) -> str:
        if key in self.block.columns:
            return self.block.address(self.index, key).seen_from(self.sheet)
        return super().reference(key)

    def cell_of(self, key: Key) -> Address:
        if key in self.block.columns:
            return self.block.address(self.index, key)
        return super().cell_of(key)

    def has_name(self, key: Key) -> bool:
        return key not in self.block.columns and super().has_name(key)

    def may_be_text(self, key: Key) -> bool:
        return key not in self.block.columns and super().may_be_text(key)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a block stands and what its rows are."""

    title: str
    first_row: int
    rows: tuple[CaseRow, ...]


def selected(model: Model, scenario: Scenario | None) -> Model:
    """The model as if the scenario's values were its own."""
    if scenario is None:
        return model
    settings = scenario.settings
    definitions = {
        key: Given(settings[key]) if key in settings else definition for key, definition in model.definitions.items()
    }
    return replace(model, definitions=definitions)


def scenario_block(model: Model, targets: Iterable[Key], first_row: int) -> CaseBlock:
    """The base and every scenario, each with all assumptions as inputs."""
    rows = [CaseRow("Base", scenario=1)]
    rows += [CaseRow(each.title, scenario=at) for at, each in enumerate(model.scenarios, 2)]
    inputs = [key for assumption in model.assumptions for key in assumption.keys]
    cases = [{}, *(dict(each.settings) for each in model.scenarios)]
    return _block(model, _Start("Scenarios", first_row, tuple(rows)), cases, inputs, targets)


def question_block(model: Model, rows: Sequence[CaseRow], targets: Iterable[Key], first_row: int) -> CaseBlock:
    """Cases of the selected scenario's model: each row's drivers, and the growth of its year."""
    growing = [key for each in model.assumptions if each.growth for key in each.keys]
    drivers = dict.fromkeys(driver.key for row in rows for driver in row.drivers)
    inputs = [*drivers, *(key for key in growing if key not in drivers and any(row.year for row in rows))]
    cases = [_overrides(model, row) for row in rows]
    return _block(model, _Start("Questions", first_row, tuple(rows)), cases, inputs, targets)


def _overrides(model: Model, row: CaseRow) -> dict[Key, float]:
    return {
        **(year_case(model, {}, row.year) if row.year else {}),
        **{driver.key: driver.value for driver in row.drivers},
    }


def _block(
    model: Model, start: _Start, cases: Sequence[dict[Key, float]], inputs: Sequence[Key], targets: Iterable[Key]
) -> CaseBlock:
    changed = set(inputs)
    for key in model.definitions:
        if any(each in changed for each in depends_on(model, key)):
            changed.add(key)
    needed: set[Key] = set()
    pending = list(targets)
    while pending:
        key = pending.pop()
        if key not in needed and key in changed:
            needed.add(key)
            pending += depends_on(model, key)
    computed = [key for key in model.definitions if key in needed and key not in inputs]
    columns = {key: column for column, key in enumerate([*inputs, *computed], FIRST_INPUT)}
    if len(columns) + FIRST_INPUT > MAX_COLUMNS:
        message = f"the sheet Cases needs {len(columns):,} columns for this model; a sheet has {MAX_COLUMNS:,}"
        hint = "leave out its scenarios and other questions, or split the model"
        raise ModelError([Problem("RG602", message, model.source, None, hint)])
    values = evaluate_cases(model, cases)
    return CaseBlock(start.title, start.first_row, start.rows, columns, tuple(inputs), values)


def keys_of_trees(model: Model, trees: Iterable[Node]) -> tuple[Key, ...]:
    """Every number that trees beside the model read, for each option."""
    options = model.option_ids
    return tuple(dict.fromkeys(key for tree in trees for option in options for key in keys_in(tree, option, options)))
