"""Settings of inputs over time in the workbook: scenarios in proportion and over dates, edits of months and shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.changes import share_cell
from reportgen.workbook.plan import CHECKS, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from tests.engines.recalculation import Change, IronCalc, disagreements, formula_cells, stored_values, without_marks
from tests.model.samples import load
from tests.time.settings_over_time import TEXT

FLEET = (Path(__file__).parents[2] / "inputs" / "van-fleet" / "model.yaml").read_text(encoding="utf-8")


def live(results: Answers, workbook: bytes) -> dict[str, str]:
    """The formulas on sheets that follow changed inputs: those that show cases over time say that they do not."""
    typed = {*lay_out_questions(plan_workbook(results.model), results).typed_sheets, CHECKS}
    found = without_marks(formula_cells(workbook))
    return {cell: formula for cell, formula in found.items() if cell.partition("!")[0] not in typed}


def selecting(model: Model, scenario: str) -> Change:
    selector = plan_workbook(model).selector
    return selector.sheet, selector.cell, model.scenario(scenario).title


def differing(results: Answers, changes: Sequence[Change], engine: IronCalc, formulas: Mapping[str, str]) -> list[str]:
    """Where the book made of `results` differs from the one in the engine after some changes."""
    return disagreements(stored_values(build_workbook(results)), engine.values_after(changes), formulas)


def test_every_live_cell_agrees_in_every_scenario(tmp_path: Path) -> None:
    model = load(TEXT)
    results = evaluate(model)
    workbook = build_workbook(results)
    engine = IronCalc(workbook, tmp_path)
    assert disagreements(stored_values(workbook), engine.values(), formula_cells(workbook)) == []
    formulas = live(results, workbook)
    assert {"Timeline", "Running", "Totals", "Assumptions"} <= {cell.partition("!")[0] for cell in formulas}
    for scenario in model.scenarios:
        assert differing(evaluate(model, scenario), [selecting(model, scenario.id)], engine, formulas) == []


def test_months_items_tables_and_shares_can_be_edited(tmp_path: Path) -> None:
    model = load(TEXT)
    plan, results = plan_workbook(model), evaluate(model)
    workbook = build_workbook(results)
    engine, formulas = IronCalc(workbook, tmp_path), live(results, workbook)
    settings = {"vans.2027-07": 70, "km.2028-01.own": 1_100, "running.office.rate": 250, "fee.2.from": 65}
    keys = {str(key): key for key in plan.bases}
    cells = {name: plan.bases[keys[name]] for name in settings}
    changes: list[Change] = [(cells[name].sheet, cells[name].cell, float(value)) for name, value in settings.items()]
    changed, _ = apply_settings(model, [f"{name}={value}" for name, value in settings.items()])
    assert differing(evaluate(changed), changes, engine, formulas) == []
    share = share_cell(plan, Key("vans.2028-01"), model.scenario("more"))
    changes += [(share.sheet, share.cell, 0.25), selecting(model, "later")]
    text = TEXT.replace("set: {vans: +50 %,", "set: {vans: +50 %, vans.2028-01: +25 %,")
    changed, _ = apply_settings(load(text), [f"{name}={value}" for name, value in settings.items()])
    assert differing(evaluate(changed, changed.scenario("later")), changes, engine, formulas) == []


@pytest.mark.parametrize("name", ["rise", "late_rise"])
def test_the_van_fleet_agrees_in_proportion_and_over_dates(name: str, tmp_path: Path) -> None:
    text = FLEET.partition("\nsensitivity:")[0]
    text += """
  rise:
    title: All prices a tenth higher
    set: {power: +10 %, fuel: +10 %, carbon_price: +10 %, decline: -10 %, operation.software: +10 %}
  late_rise:
    title: North in full a year later
    based_on: rise
    set: {vans_north: {2027-01: 0, 2028-01: -25 %}, carbon_price: {2030-01: 120}, toll: {2029-01: +50 %}}
"""
    model = load(text)
    results = evaluate(model)
    workbook = build_workbook(results)
    engine = IronCalc(workbook, tmp_path)
    scenario = model.scenario(name)
    assert {"carbon_price.2027-01", "operation.software.rate.leased"} <= {str(key) for key in scenario.settings}
    assert differing(evaluate(model, scenario), [selecting(model, name)], engine, live(results, workbook)) == []
