"""The workbook of inputs/cloud-move against the ledger of cloud_move.py: two spreadsheet programs put every amount into
the month in which the ledger has it, as the book was made, in each scenario, and after inputs are changed.

Only what the book computes by itself is looked at: Timeline, the sheets of the categories, and Totals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import isclose
from pathlib import Path

import pytest

from reportgen.formula.nodes import Key
from reportgen.model.names import OVER_TIME
from reportgen.workbook.address import Address
from reportgen.workbook.cell_scale import in_cell
from reportgen.workbook.plan import Plan, input_cells, plan_workbook
from reportgen.workbook.timeline_layout import TIMELINE, step_columns
from tests.conftest import plain_book
from tests.engines.recalculation import Change, IronCalc, LibreOffice, Value
from tests.time.cloud_move import HORIZON, INPUTS, OPTIONS, Column, Move, cloud_move
from tests.time.test_cloud_move import CHANGES, MODEL, SCENARIOS, model

Found = Mapping[str, Value]


@cache
def plan() -> Plan:
    return plan_workbook(model())


@pytest.fixture(scope="module")
def ironcalc(tmp_path_factory: pytest.TempPathFactory) -> IronCalc:
    return IronCalc(plain_book(MODEL), tmp_path_factory.mktemp("ironcalc"))


def typed(changes: Mapping[str, float]) -> list[Change]:
    """Changes as a reader of the book makes them."""
    cells = {str(key): address for key, address in input_cells(plan())}
    scales = {str(key): plan().in_cell(key, 1.0) for key, _ in input_cells(plan())}
    for name, columns in plan().tables.items():
        for side, area in zip(("from", "to"), columns, strict=True):
            rows = range(area.top, area.bottom + 1)
            cells |= {f"{name}.{at}.{side}": Address(area.sheet, row, area.left) for at, row in enumerate(rows, 1)}
            table = model().tables[name]
            unit = table.from_unit if side == "from" else table.to_unit
            scales |= {f"{name}.{at}.{side}": in_cell(1.0, unit) for at, _ in enumerate(rows, 1)}
    return [(cells[name].sheet, cells[name].cell, value * scales.get(name, 1.0)) for name, value in changes.items()]


def chosen(scenario: str) -> list[Change]:
    selector, title = plan().selector, model().scenario(scenario).title
    return [(selector.sheet, selector.cell, title)]


def number(found: Found, address: Address) -> float:
    value = found.get(str(address))
    return float(value) if isinstance(value, int | float) else 0.0


def column(found: Found, name: str, option: str) -> Column | None:
    """What the row of an item or category on Timeline has at the start and in each month; None where it has no row."""
    row = plan().series.get(Key(name + OVER_TIME, option))
    timeline = model().timeline
    assert timeline is not None
    columns = step_columns(timeline).paid
    return None if row is None else [number(found, Address(TIMELINE, row, at)) for at in columns]


def differences(found: Found, move: Move) -> list[str]:
    wrong = []

    def compare(what: str, ours: Sequence[float], right: Sequence[float]) -> None:
        for at, (one, other) in enumerate(zip(ours, right, strict=True)):
            if not isclose(one, other, rel_tol=1e-9, abs_tol=1e-6):
                wrong.append(f"{what} in column {at}: {one!r}, not {other!r}")

    for option in OPTIONS:
        for name, columns in (*move.items.items(), *move.categories.items()):
            if (own := column(found, name, option)) is not None:
                compare(f"{name}.{option}", own, columns[option])
            if not model().is_input(Key(name, option)):  # a cost that is the same all the time is no formula
                cell, whole = plan().cells[Key(name, option)], sum(columns[option])
                is_rate = str(model().quantities[name].unit) == "EUR/month"
                compare(f"{name}.{option} at {cell}", [number(found, cell)], [whole / HORIZON if is_rate else whole])
        for name, amounts in {"spend": move.spend, "cost": move.cost, "npv": move.npv}.items():
            compare(f"{name}.{option}", [number(found, plan().cells[Key(name, option)])], [amounts[option]])
    return wrong


def test_most_items_have_a_row_on_timeline() -> None:
    rows = {key.name for key in plan().series if key.name.endswith(OVER_TIME) and "." in key.name}
    assert len(rows) >= 30


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_book_in_each_scenario(scenario: str, ironcalc: IronCalc) -> None:
    found = ironcalc.values_after(chosen(scenario))
    assert differences(found, cloud_move({**INPUTS, **SCENARIOS[scenario]})) == []


@pytest.mark.parametrize("change", CHANGES)
def test_the_book_after_a_change(change: str, ironcalc: IronCalc) -> None:
    found = ironcalc.values_after(typed(CHANGES[change]))
    assert differences(found, cloud_move({**INPUTS, **CHANGES[change]})) == []


def test_the_book_after_all_changes_at_once(ironcalc: IronCalc) -> None:
    changes = {name: value for each in CHANGES.values() for name, value in each.items()}
    assert differences(ironcalc.values_after(typed(changes)), cloud_move({**INPUTS, **changes})) == []


def test_the_book_in_libreoffice(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """As made, in a scenario with other dates, and after all changes at once: it takes seconds for each."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(plain_book(MODEL))
    everything = {name: value for each in CHANGES.values() for name, value in each.items()}
    no_change: list[Change] = []
    for changes, meant in (
        (no_change, INPUTS),
        (chosen("late"), SCENARIOS["late"]),
        (typed(everything), everything),
    ):
        assert differences(libreoffice.values(path, changes), cloud_move({**INPUTS, **meant})) == []
