"""The workbook computes what the program computes: every cell, in two engines, also after inputs are changed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.model.scenarios_model import Scenario
from reportgen.problems import ModelError
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import Plan, input_cells, plan_workbook
from tests.conftest import plain_book
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
from tests.report.edge_models import EDGES
from tests.workbook.live_formulas import live_formulas, some_of

ROUNDS = 12
LARGE, ROUNDS_IF_LARGE = 5_000, 3
"""Formulas from which on a book is changed fewer times: each round recalculates every cell."""


def number_differences(results: Answers, plan: Plan, found: dict[str, Value]) -> list[str]:
    """Which of the model's numbers and states the engine sees otherwise."""
    wrong = []
    for key, address in plan.cells.items():
        if key in results.model.formulas or key in plan.bases:
            value = found.get(str(address))
            if not agree(plan.in_cell(key, results.values[key]), value):
                wrong.append(f"{key} at {address}: program {results.values[key]!r}, engine {value!r}")
    for key, address in plan.states.items():
        expected = "incomplete" if results.is_incomplete(key) else "complete"
        if str(address) in found and found[str(address)] != expected:
            wrong.append(f"state of {key} at {address}: program {expected}, engine {found[str(address)]}")
    return wrong


def random_case(model: Model, plan: Plan, seed: int) -> tuple[list[str], list[Change], Answers] | None:
    """Some inputs changed: as `--set` says it, as the cells say it, and the results; None where it has no result."""
    chance = random.Random(seed)
    inputs = [each for each in input_cells(plan) if each[0] != Key("horizon")]  # it decides which years are laid out
    settings: list[str] = []
    changes: list[Change] = []
    for key, address in chance.sample(inputs, min(len(inputs), chance.randint(1, 8))):
        base = evaluate(model).values[key]
        value = round((base or 100.0) * chance.choice((0.25, 0.5, 0.9, 1.1, 2.0, 3.5)), 6)
        settings.append(f"{key}={value!r}")
        changes.append((address.sheet, address.cell, plan.in_cell(key, value)))
    try:
        changed, _ = apply_settings(model, settings)
        return settings, changes, evaluate(changed)
    except ModelError:
        return None


def scenario_change(plan: Plan, scenario: Scenario | None) -> Change:
    return plan.selector.sheet, plan.selector.cell, scenario.title


def test_every_cell_agrees_in_ironcalc(model_path: Path, tmp_path: Path) -> None:
    workbook = plain_book(model_path)
    engine = IronCalc(workbook, tmp_path)
    assert disagreements(stored_values(workbook), engine.values(), formula_cells(workbook)) == []


def test_every_cell_agrees_in_libreoffice(model_path: Path, book_file: Path, libreoffice: LibreOffice) -> None:
    workbook = plain_book(model_path)
    assert disagreements(stored_values(workbook), libreoffice.values(book_file), formula_cells(workbook)) == []


def test_every_cell_agrees_after_changes(
    model_path: Path, book_file: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """A book whose inputs are changed in an engine shows in every cell, analyses included, what a book of the changed
    model does, but for what reads typed values of cases over time; every fifth time in LibreOffice too."""
    model, _ = load_model(model_path)
    plan = plan_workbook(model)
    workbook = plain_book(model_path)
    formulas = live_formulas(plan, evaluate(model), formula_cells(workbook))
    engine = IronCalc(workbook, tmp_path)
    tried = 0
    rounds = ROUNDS if len(formulas) < LARGE else ROUNDS_IF_LARGE
    for seed in some_of(plan, range(rounds)):
        case = random_case(model, plan, seed)
        if case is None:
            continue
        settings, changes, results = case
        try:
            expected = stored_values(build_workbook(results))
        except ModelError:
            continue
        tried += 1
        scale = max(abs(value) for value in results.values.values())
        found = engine.values_after(changes)
        assert number_differences(results, plan, found) == [], settings
        assert disagreements(expected, found, formulas, scale) == [], settings
        if seed % 5 == 0:
            assert disagreements(expected, libreoffice.values(book_file, changes), formulas, scale) == [], settings
    assert tried >= len(some_of(plan, range(rounds))) // 2


def test_every_cell_agrees_in_every_scenario(
    model_path: Path, book_file: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    model, _ = load_model(model_path)
    plan = plan_workbook(model)
    workbook = plain_book(model_path)
    formulas = live_formulas(plan, evaluate(model), formula_cells(workbook))
    engine = IronCalc(workbook, tmp_path)
    for number, scenario in enumerate(some_of(plan, model.scenarios)):
        results = evaluate(model, scenario)
        expected = stored_values(build_workbook(results))
        scale = max(abs(value) for value in results.values.values())
        change = scenario_change(plan, scenario)
        assert disagreements(expected, engine.values_after([change]), formulas, scale) == [], scenario.id
        if number == 0:
            assert disagreements(expected, libreoffice.values(book_file, [change]), formulas, scale) == [], scenario.id


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
    changed, _ = apply_settings(model, ["set_up.audit.hosted=1_500"])
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


def test_a_horizon_beyond_the_steps_laid_out_fails_the_master_check(tmp_path: Path) -> None:
    model, _ = load_model(Path(__file__).parents[2] / "inputs" / "agent-runtime")
    plan = plan_workbook(model)
    engine = IronCalc(build_workbook(evaluate(model)), tmp_path)
    horizon = plan.bases[Key("horizon")]
    assert model.timeline is not None and model.timeline.length == 12
    laid_out = float(model.timeline.steps)
    for years, expected in ((laid_out, "OK"), (laid_out - 1, "OK"), (laid_out + 1, "CHECK")):
        found = engine.values_after([(horizon.sheet, horizon.cell, years)])
        assert found[str(plan.master_check)] == expected


def test_the_book_of_one_option_and_one_profile_agrees_in_ironcalc(tmp_path: Path) -> None:
    """IronCalc's COUNTIF, MATCH and INDEX take no single cell; with one option there is nothing to search anyway."""
    text = EDGES["one option"] + (
        "scorecard: {title: Scores, highest: 5, criteria: {cost: {title: Cost, weight: 100, scores: {a: 3}}}}\n"
        "profiles: {all: {title: All, when: 'x > 1 [user]', recommend: a, because: It is}}\n"
    )
    workbook = build_workbook(evaluate(load_source(Source("model.yaml", text))[0]))
    found = IronCalc(workbook, tmp_path).values()
    assert disagreements(stored_values(workbook), found, formula_cells(workbook)) == []
