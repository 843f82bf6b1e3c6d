"""Books whose scenarios, items and tables are set in every way, with inputs changed at random in each scenario."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import input_cells, plan_workbook
from tests.engines.recalculation import Change, IronCalc, disagreements, formula_cells, stored_values, without_marks
from tests.model import asked_tables, depots, option_tables, ranged_items
from tests.model.samples import load

MODELS = {each.__name__.rpartition(".")[2]: each.TEXT for each in (asked_tables, depots, option_tables, ranged_items)}
ROUNDS = 5


@pytest.mark.parametrize("name", MODELS)
def test_every_cell_agrees_after_random_changes(name: str, tmp_path: Path) -> None:
    """The base is edited, then a scenario is selected: what it sets, or changes in proportion, holds over the edits."""
    model = load(MODELS[name])
    plan, workbook = plan_workbook(model), build_workbook(evaluate(model))
    formulas, engine = without_marks(formula_cells(workbook)), IronCalc(workbook, tmp_path)
    chance, tried = random.Random(name), 0
    inputs = list(input_cells(plan))
    values = evaluate(model).values
    for _ in range(ROUNDS):
        chosen = {}
        for key, address in chance.sample(inputs, min(len(inputs), chance.randint(1, 6))):
            chosen[key] = address, round((values[key] or 100.0) * chance.choice((0.5, 0.9, 1.1, 1.5)), 6)
        scenario = chance.choice(model.with_base)
        changed, _ = apply_settings(model, [f"{key}={value!r}" for key, (_, value) in chosen.items()])
        changes: list[Change] = [
            (address.sheet, address.cell, plan.in_cell(key, value)) for key, (address, value) in chosen.items()
        ]
        changes.append((plan.selector.sheet, plan.selector.cell, scenario.title))
        try:
            results = evaluate(changed, changed.scenario(scenario.id))
            expected = stored_values(build_workbook(results))
        except ModelError:
            continue
        tried += 1
        scale = max(abs(value) for value in results.values.values())
        assert disagreements(expected, engine.values_after(changes), formulas, scale) == [], (scenario.id, chosen)
    assert tried >= ROUNDS // 2
