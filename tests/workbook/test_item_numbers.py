"""Numbers of cost items that questions ask about: edited on Assumptions, live in every question."""

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
from tests.model.ranged_items import TEXT
from tests.model.samples import load
from tests.workbook.three_engines import assert_scenarios_agree


def test_every_cell_agrees_in_every_scenario(tmp_path: Path, libreoffice: LibreOffice) -> None:
    assert_scenarios_agree(load(TEXT), tmp_path, libreoffice)


def test_every_cell_agrees_after_edits(tmp_path: Path) -> None:
    """Of values, of a low and of a high: Sensitivity, Ranges and Published follow."""
    model = load(TEXT)
    plan, workbook = plan_workbook(model), build_workbook(evaluate(model))
    settings = {"support.plan.hosted": 190.0, "support.plan.own": 10.0, "staff.upkeep": 333.0, "staff.admin.own": 1.0}
    keys = {str(key): key for key in plan.bases}
    changes: list[Change] = [
        (plan.bases[keys[name]].sheet, plan.bases[keys[name]].cell, value) for name, value in settings.items()
    ]
    row = plan.bases[Key("staff.upkeep")].row
    changes += [("Assumptions", f"{column}{row}", value) for column, value in (("D", 250.0), ("E", 800.0))]
    text = TEXT.replace("low: 300, high: 700", "low: 250, high: 800")
    changed, _ = apply_settings(load(text), [f"{name}={value}" for name, value in settings.items()])
    found = IronCalc(workbook, tmp_path).values_after(changes)
    expected = stored_values(build_workbook(evaluate(changed)))
    scale = max(abs(value) for value in evaluate(changed).values.values())
    assert disagreements(expected, found, without_marks(formula_cells(workbook)), scale) == []
    assert found[str(plan.changed_inputs)] == len(changes)


def test_the_category_shows_what_stands_on_assumptions() -> None:
    model = load(TEXT)
    plan = plan_workbook(model)
    formulas = formula_cells(build_workbook(evaluate(model)))
    active = plan.active(Key("staff.upkeep")).cell
    column, row = active[0], active[1:]
    costs = [formulas[str(plan.cells[Key("staff.upkeep", each)])] for each in model.option_ids]
    assert costs == [f"=Assumptions!${column}${row}"] * 3
    assert str(plan.cells[Key("staff.phones", "own")]) not in formulas
    assert "in_" not in formulas[str(plan.cells[Key("support.plan", "hosted")])]
