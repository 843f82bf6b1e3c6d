"""What people do to a workbook in a spreadsheet program, and what has to come of it.

After every edit either all totals are what the program computes for it, or the master check fails and a check names
what is wrong. Each edit says which of both it expects, so that a workbook that follows less than it did is noticed too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple

from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.workbook.address import Address, column_letters
from reportgen.workbook.plan import ASSUMPTIONS, FIRST, HEAD_ROW, LABEL, UNIT, Plan
from reportgen.workbook.scenario_columns import ACTIVE, BASE

Command = list[Any]
"""The name of a method of `libreoffice_edits.Hands`, and its arguments."""


@dataclass(frozen=True)
class At:
    """Where things stand in a workbook, as commands name them."""

    plan: Plan

    def input(self, name: str, column: int = BASE) -> tuple[str, str]:
        """An input on Assumptions, in the column of its own value or another one."""
        cell = self.plan.bases[Key(name)]._replace(column=column)
        return cell.sheet, cell.cell

    def active(self, name: str) -> tuple[str, str]:
        return self.input(name, ACTIVE)

    def in_scenario(self, name: str, place: int) -> tuple[str, str]:
        """In the scenario of that place among the model's, from 0, or behind them among the spare ones."""
        return self.input(name, BASE + 1 + place)

    def scenario(self, place: int) -> tuple[str, str]:
        """The column of a scenario; 0 is the first after the base."""
        return ASSUMPTIONS, column_letters(BASE + 1 + place) + "1"

    def column(self, column: int, sheet: str = ASSUMPTIONS) -> tuple[str, str]:
        return sheet, column_letters(column) + "1"

    def head(self, place: int) -> tuple[str, str]:
        """The title of a scenario."""
        return ASSUMPTIONS, Address(ASSUMPTIONS, HEAD_ROW, BASE + 1 + place).cell

    def row(self, name: str, below: int = 0) -> tuple[str, str]:
        """The row of an input on Assumptions, or one below it."""
        row = self.plan.bases[Key(name)].row + below
        return ASSUMPTIONS, f"A{row}"

    def table_row(self, table: str, place: int) -> tuple[str, str]:
        """The row of a table, counted from 0."""
        starts, _ = self.plan.tables[table]
        return starts.sheet, f"A{starts.top + place}"

    def cost(self, name: str, option: str | None = None) -> tuple[str, str]:
        """A cell of an item, a category or a total."""
        cell = self.plan.cells[Key(name, option or self.plan.model.option_ids[0])]
        return cell.sheet, cell.cell

    def row_of(self, name: str, below: int = 0) -> tuple[str, str]:
        """The row of an item, a category or a total, or one below it."""
        cell = self.plan.cells[self.plan.model.keys_of(name)[0]]
        return cell.sheet, f"A{cell.row + below}"

    def spare(self, category: str, line: int, option: str | None = None) -> tuple[str, str]:
        cell = self.plan.spare_cells(Key(category, option or self.plan.model.option_ids[0]))[line]
        return cell.sheet, cell.cell

    @property
    def selector(self) -> tuple[str, str]:
        return self.plan.selector.sheet, self.plan.selector.cell


@dataclass(frozen=True)
class Right:
    """The workbook follows: it shows what the program computes, and all checks hold. `settings` are as after `--set`,
    `scenario` is the id of the one selected, or `selected` has what a spare one that is selected sets; `added`
    scenarios, by title, hold other settings. `renamed` has new titles of scenarios, `sheets` new names of sheets,
    `instead` makes another model."""

    settings: tuple[str, ...] = ()
    scenario: str | None = None
    selected: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)
    instead: Callable[[], Model] | None = None
    sheets: Mapping[str, str] = field(default_factory=dict)
    added: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """The master check fails, and so does a check with this in its title."""

    check: str
    sheets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Edit:
    """What is done, and what comes of it."""

    what: str
    commands: Callable[[At], Sequence[Command]]
    outcome: Right | Said


@dataclass(frozen=True)
class Shown:
    """What a workbook shows of a model's headline: totals by option, those of each scenario, which is the lowest, and
    whether all checks hold, or which do not."""

    totals: dict[str, Any]
    scenarios: dict[tuple[str, str], Any]
    lowest: str
    master: str
    failing: tuple[str, ...]


def seen(found: Mapping[str, Any], plan: Plan, renamed: Mapping[str, str]) -> Shown:
    """Read as people read: by the titles of rows and columns, wherever these stand by now."""

    def sheet(name: str) -> dict[tuple[int, int], Any]:
        """Cells by row and column."""
        start = renamed.get(name, name) + "!"
        return {
            coordinate_to_tuple(cell.removeprefix(start)): each
            for cell, each in found.items()
            if cell.startswith(start)
        }

    summary, scenarios, checks = sheet("Summary"), sheet("Scenarios"), sheet("Checks")
    headline = plan.model.headline.title
    rows = {str(text): row for (row, column), text in reversed(summary.items()) if column == LABEL}
    lowest = next((row for text, row in rows.items() if text.startswith("Lowest ")), 0)
    failing = {row for (row, column), text in checks.items() if column == FIRST and text == "CHECK" and row > FIRST + 4}
    return Shown(
        totals=_by_heads(summary, rows.get(headline, 0)),
        scenarios={
            (str(scenarios.get((row, LABEL))), option): value
            for row in _first_rows(scenarios)
            for option, value in _by_heads(scenarios, row).items()
        },
        lowest=str(next((text for (row, at), text in sorted(summary.items()) if row == lowest and at > UNIT), "")),
        master=str(next((text for (row, at), text in checks.items() if (row, at) == (HEAD_ROW + 1, FIRST)), "")),
        failing=tuple(str(checks.get((row, LABEL))) for row in sorted(failing)),
    )


def _first_rows(cells: Mapping[tuple[int, int], Any]) -> range:
    """The rows of the first table."""
    row = HEAD_ROW + 1
    while (row, LABEL) in cells:
        row += 1
    return range(HEAD_ROW + 1, row)


def _by_heads(cells: Mapping[tuple[int, int], Any], row: int) -> dict[str, Any]:
    """The numbers of a row by the heads of their columns."""
    heads = {column: str(text) for (at, column), text in cells.items() if at == HEAD_ROW and column > UNIT}
    return {text: cells[row, column] for column, text in heads.items() if (row, column) in cells}
