"""The workbook computes what the program computes: every cell, in two engines, also after inputs are changed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reportgen.compute.results import Results, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.analysis import BASE_TITLE
from reportgen.model.load import load_model
from reportgen.model.model import Model, Scenario
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from reportgen.workbook.build import build_workbook
from reportgen.workbook.plan import Plan, input_cells, plan_workbook
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    Value,
    agree,
    disagreements,
    formula_cells,
    stored_values,
)

ROUNDS = 12


def number_differences(results: Results, plan: Plan, found: dict[str, Value]) -> list[str]:
    """Which of the model's numbers and states the engine sees otherwise."""
    wrong = []
    for key, address in plan.cells.items():
        if key in results.model.formulas or key in plan.bases:
            value = found.get(str(address))
            if not agree(results.values[key], value):
                wrong.append(f"{key} at {address}: program {results.values[key]!r}, engine {value!r}")
    for key, address in plan.states.items():
        expected = "incomplete" if results.is_incomplete(key) else "complete"
        if str(address) in found and found[str(address)] != expected:
            wrong.append(f"state of {key} at {address}: program {expected}, engine {found[str(address)]}")
    return wrong


def random_case(model: Model, plan: Plan, seed: int) -> tuple[list[str], list[Change], Results] | None:
    """Some inputs changed: as `--set` says it, as the cells say it, and the results; None where it has no result."""
    chance = random.Random(seed)
    inputs = list(input_cells(plan))
    settings: list[str] = []
    changes: list[Change] = []
    for key, address in chance.sample(inputs, min(len(inputs), chance.randint(1, 8))):
        base = evaluate(model).values[key]
        value = round((base or 100.0) * chance.choice((0.25, 0.5, 0.9, 1.1, 2.0, 3.5)), 6)
        settings.append(f"{key}={value!r}")
        changes.append((address.sheet, address.cell, value))
    try:
        changed, _ = apply_settings(model, settings, None)
        return settings, changes, evaluate(changed)
    except ModelError:
        return None


def scenario_change(plan: Plan, scenario: Scenario | None) -> Change:
    return plan.selector.sheet, plan.selector.cell, scenario.title if scenario else BASE_TITLE


def test_every_cell_agrees_in_ironcalc(model_path: Path, tmp_path: Path) -> None:
    model, _ = load_model(model_path)
    for scenario in (None, *model.scenarios):
        workbook = build_workbook(evaluate(model, scenario))
        engine = IronCalc(workbook, tmp_path)
        assert disagreements(stored_values(workbook), engine.values(), formula_cells(workbook)) == []


def test_every_cell_agrees_in_libreoffice(model_path: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    model, _ = load_model(model_path)
    workbook = build_workbook(evaluate(model))
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    assert disagreements(stored_values(workbook), libreoffice.values(path), formula_cells(workbook)) == []


def test_changed_inputs_agree_in_both_engines(model_path: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    model, _ = load_model(model_path)
    plan = plan_workbook(model)
    workbook = build_workbook(evaluate(model))
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    tried = 0
    for seed in range(ROUNDS):
        case = random_case(model, plan, seed)
        if case is None:
            continue
        tried += 1
        settings, changes, results = case
        engine = IronCalc(workbook, tmp_path)
        engine.change(changes)
        assert number_differences(results, plan, engine.values()) == [], settings
        assert number_differences(results, plan, libreoffice.values(path, changes)) == [], settings
    assert tried >= ROUNDS // 2


def test_selecting_a_scenario_agrees_in_both_engines(
    model_path: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    model, _ = load_model(model_path)
    plan = plan_workbook(model)
    workbook = build_workbook(evaluate(model))
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    engine = IronCalc(workbook, tmp_path)
    for scenario in (*model.scenarios, None):
        results = evaluate(model, scenario)
        change = scenario_change(plan, scenario)
        engine.change([change])
        assert number_differences(results, plan, engine.values()) == []
        assert number_differences(results, plan, libreoffice.values(path, [change])) == []


def test_settings_reach_the_scenario_that_counts(tmp_path: Path) -> None:
    """`--set` with `--scenario` is the same as editing the cell that JSON names, with the scenario selected."""
    model, _ = load_model(Path(__file__).parents[2] / "inputs" / "team-chat.yaml")
    scenario = model.scenarios[0]
    plan = plan_workbook(model)
    changed, changed_scenario = apply_settings(model, ["seats=333", "admin=91_000"], scenario)
    results = evaluate(changed, changed_scenario)
    engine = IronCalc(build_workbook(evaluate(model)), tmp_path)
    changes: list[Change] = [scenario_change(plan, scenario)]
    for key, value in ((Key("seats"), 333.0), (Key("admin"), 91_000.0)):
        address = plan.shown_cell(key, scenario)
        changes.append((address.sheet, address.cell, value))
    engine.change(changes)
    assert number_differences(results, plan, engine.values()) == []
    assert results.value("seats") == 333.0


def test_a_price_that_is_quoted_completes_the_totals(tmp_path: Path) -> None:
    model, _ = load_model(Path(__file__).parents[2] / "inputs" / "team-chat.yaml")
    plan = plan_workbook(model)
    key = Key("set_up.audit", "hosted")
    engine = IronCalc(build_workbook(evaluate(model)), tmp_path)
    total = Key("total", "hosted")
    engine.values()
    assert engine.value(str(plan.states[total])) == "incomplete"
    engine.change([(plan.cells[key].sheet, plan.cells[key].cell, 1_500.0)])
    values = engine.values()
    changed, _ = apply_settings(model, ["set_up.audit.hosted=1_500"], None)
    assert number_differences(evaluate(changed), plan, values) == []
    assert engine.value(str(plan.states[total])) == "complete"
    assert plan_workbook(changed).cells == plan.cells


@pytest.mark.parametrize("broken", ["Totals", "People"])
def test_the_comparison_notices_a_wrong_formula(broken: str, tmp_path: Path) -> None:
    """The proof itself can fail: a formula that is changed behind the program's back is found."""
    model, _ = load_model(Path(__file__).parents[2] / "inputs" / "team-chat.yaml")
    workbook = build_workbook(evaluate(model))
    formulas = formula_cells(workbook)
    cell = next(cell for cell, text in formulas.items() if cell.startswith(f"{broken}!") and "*" in text + "*")
    engine = IronCalc(workbook, tmp_path)
    sheet, _, address = cell.rpartition("!")
    engine.change([(sheet, address, 123_456.0)])
    assert any(line.startswith(cell) for line in disagreements(stored_values(workbook), engine.values(), formulas))
