"""Numbers of tables in the workbook: what questions ask about stands on Assumptions; Cases computes with it."""

from __future__ import annotations

from pathlib import Path

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.overrides import apply_settings
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import plan_workbook
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.model.asked_tables import TEXT
from tests.model.samples import load
from tests.workbook.three_engines import assert_scenarios_agree


def test_every_cell_agrees_in_every_scenario(tmp_path: Path, libreoffice: LibreOffice) -> None:
    assert_scenarios_agree(load(TEXT), tmp_path, libreoffice)


def test_every_cell_agrees_after_edits(tmp_path: Path) -> None:
    """Of numbers on Assumptions, and of numbers in the tables themselves."""
    model = load(TEXT)
    plan, workbook = plan_workbook(model), build_workbook(evaluate(model))
    settings = {"price.east.2.to": 0.07, "servers.3.from": 280.0, "servers.1.to": 1.5, "staff.west.3.to": 1.2}
    asked = [plan.bases.get(key := Key(name)) or plan.cells[key] for name in settings]
    changes: list[Change] = [(at.sheet, at.cell, each) for at, each in zip(asked, settings.values(), strict=True)]
    assert [Key(name) in plan.bases for name in settings] == [True, True, False, True]
    changed, _ = apply_settings(model, [f"{name}={value}" for name, value in settings.items()])
    expected = stored_values(build_workbook(evaluate(changed)))
    found = IronCalc(workbook, tmp_path).values_after(changes)
    assert disagreements(expected, found, without_marks(formula_cells(workbook))) == []
    assert found[str(plan.changed_inputs)] == len(changes)


def test_the_table_shows_what_stands_above() -> None:
    model = load(TEXT)
    plan, workbook = plan_workbook(model), build_workbook(evaluate(model))
    asked, own = plan.cells[Key("servers.2.to")], plan.cells[Key("servers.1.to")]
    formulas = formula_cells(workbook)
    assert formulas[str(asked)] == f"={plan.active(Key('servers.2.to')).cell}"
    assert str(own) not in formulas
