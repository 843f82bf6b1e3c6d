"""Scenarios in proportion in the workbook: their cells follow the base, and their shares can be edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.data.results_json import results_json
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.changes import share_cell
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
from tests.model.depots import TEXT
from tests.model.samples import load

POWER = Key("power")


def selecting(model: Model, scenario: str) -> Change:
    selector = plan_workbook(model).selector
    return selector.sheet, selector.cell, model.scenario(scenario).title


def differing(results: Answers, changes: list[Change], engine: IronCalc, formulas: dict[str, str]) -> list[str]:
    """Where the book made of `results` differs from the one in the engine after some changes."""
    return disagreements(stored_values(build_workbook(results)), engine.values_after(changes), without_marks(formulas))


def test_every_cell_agrees_in_every_scenario(tmp_path: Path, libreoffice: LibreOffice) -> None:
    model = load(TEXT)
    workbook = build_workbook(evaluate(model))
    formulas = formula_cells(workbook)
    engine = IronCalc(workbook, tmp_path)
    for scenario in model.scenarios:
        assert differing(evaluate(model, scenario), [selecting(model, scenario.id)], engine, formulas) == []
    path = tmp_path / "depots.xlsx"
    path.write_bytes(workbook)
    found = libreoffice.values(path, [selecting(model, "longer")])
    expected = stored_values(build_workbook(evaluate(model, model.scenario("longer"))))
    assert disagreements(expected, found, without_marks(formulas)) == []


def test_scenarios_follow_an_edit_of_the_base(tmp_path: Path) -> None:
    model = load(TEXT)
    plan, workbook = plan_workbook(model), build_workbook(evaluate(model))
    engine = IronCalc(workbook, tmp_path)
    base, km = plan.bases[POWER], plan.bases[Key("km")]
    changes: list[Change] = [(base.sheet, base.cell, 0.5), (km.sheet, km.cell, 12_345.0)]
    changed, _ = apply_settings(model, ["power=0.5", "km=12_345"])
    assert differing(evaluate(changed), changes, engine, formula_cells(workbook)) == []
    changes.append(selecting(model, "dearer"))
    results = evaluate(changed, changed.scenario("dearer"))
    assert results.value("power") == pytest.approx(0.5 * 1.1 * 1.0333)
    assert differing(results, changes, engine, formula_cells(workbook)) == []


def test_shares_can_be_edited_and_are_marked(tmp_path: Path) -> None:
    model = load(TEXT)
    plan, workbook = plan_workbook(model), build_workbook(evaluate(model))
    engine = IronCalc(workbook, tmp_path)
    share = share_cell(plan, POWER, model.scenario("dear"))
    changes: list[Change] = [(share.sheet, share.cell, 0.25), selecting(model, "dearer")]
    changed = load(TEXT.replace("power: +10 %", "power: +25 %"))
    found = engine.values_after(changes)
    expected = stored_values(build_workbook(evaluate(changed, changed.scenario("dearer"))))
    assert disagreements(expected, found, without_marks(formula_cells(workbook))) == []
    assert found[str(plan.changed_inputs)] == 1
    assert found[str(plan.master_check)] == "OK"
    emptied: list[Change] = [(share.sheet, share.cell, "")]
    assert engine.values_after(emptied)[str(plan.master_check)] == "CHECK"


def test_a_scenario_in_proportion_is_no_cell_to_type_its_value_in() -> None:
    model = load(TEXT)
    plan = plan_workbook(model)
    assert plan.editable(POWER, model.scenario("dear")) is None
    assert plan.editable(POWER, model.scenario("long")) is None
    assert plan.editable(Key("km"), model.scenario("long")) is not None
    shown = results_json(evaluate(model, model.scenario("dear")), plan)
    (power,) = (part for part in shown.split('"power"')[1:2])
    assert '"input"' not in power.split("}")[0]
    assert plan.editable(POWER, model.scenario(None)) == plan.bases[POWER]


def test_published_figures_follow_what_they_change(tmp_path: Path) -> None:
    """A figure's case starts from its scenario: 0.319 less 5 %, 0.3 less 10 % to 2.5 % more, 44 % of nights."""
    model = load(TEXT)
    (outcome,) = evaluate(model).published
    ends = [31_000 * 0.3 * by * 0.29 * 1.1 * 0.95 * 1.44 for by in (0.9, 1.025)]
    assert [outcome.computed.start, outcome.computed.end] == pytest.approx(ends, rel=1e-12)  # type: ignore[union-attr]
    changed, _ = apply_settings(model, ["power=0.5"])
    (moved,) = evaluate(changed).published
    assert moved.computed.start == pytest.approx(ends[0] * 0.5 / 0.29, rel=1e-12)  # type: ignore[union-attr]
