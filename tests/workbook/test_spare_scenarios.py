"""The spare scenario columns of Assumptions: whoever fills one has another scenario, on every sheet that knows them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.questions import SCENARIOS
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.checks import FAILED, OK
from reportgen.workbook.plan import ASSUMPTIONS, FIRST, LABEL, SUMMARY, UNIT, Plan, plan_workbook
from reportgen.workbook.sheets.summary import UNKNOWN
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    Value,
    agree,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.model.samples import load, sample
from tests.workbook.test_checks import TEAM_CHAT

WITHOUT_SCENARIOS = Path(__file__).parents[1] / "cases" / "07b-sens-zero.yaml"
SETTINGS = {"seats": 300.0, "fx": 1.2}


@cache
def model() -> Model:
    return load_model(TEAM_CHAT)[0]


@cache
def book() -> bytes:
    return build_workbook(evaluate(model()))


def filled(plan: Plan, spare: int) -> list[Change]:
    """What is typed into the column of a spare scenario."""
    column = plan.spare_columns[spare]
    cells = {name: plan.bases[Key(name)]._replace(column=column) for name in SETTINGS}
    return [(cell.sheet, cell.cell, SETTINGS[name]) for name, cell in cells.items()]


def selecting(plan: Plan, title: str) -> Change:
    return plan.selector.sheet, plan.selector.cell, title


def scenario_row(found: dict[str, Value], title: str) -> list[Value | None]:
    """The label, the unit and the totals in the first table of Scenarios."""
    rows = [at for at in range(7, 30) if found.get(f"{SCENARIOS}!A{at}") == title]
    return [found.get(f"{SCENARIOS}!{chr(64 + at)}{rows[0]}") for at in (LABEL, UNIT, FIRST, FIRST + 1)]


def test_a_filled_column_is_a_scenario(tmp_path: Path, libreoffice: LibreOffice) -> None:
    plan, path = plan_workbook(model()), tmp_path / "book.xlsx"
    path.write_bytes(book())
    changed, _ = apply_settings(model(), [f"{name}={value}" for name, value in SETTINGS.items()])
    values, title = evaluate(changed).values, plan.spare_titles[1]
    expected = [title, "EUR/year", *(values[key] for key in model().keys_of("total"))]
    engine = IronCalc(book(), tmp_path)
    for selected, totals in ((title, values), ("Base", evaluate(model()).values)):
        changes = [*filled(plan, 1), selecting(plan, selected)]
        for found in (engine.values_after(changes), libreoffice.values(path, changes)):
            assert found[str(plan.master_check)] == OK
            assert all(map(agree, scenario_row(found, title), expected))
            for key in model().formulas:
                assert agree(found[str(plan.cells[key])], plan.in_cell(key, totals[key])), (selected, str(key))


def test_an_empty_one_is_the_base_and_is_not_shown(tmp_path: Path) -> None:
    plan, engine = plan_workbook(model()), IronCalc(book(), tmp_path)
    title = plan.spare_titles[0]
    assert scenario_row(stored_values(book()), title) == [title, "–", "–", "–"]
    found = engine.values_after([selecting(plan, title)])
    heads = {str(plan.scenario_number), *(f"{sheet}!B4" for sheet in plan.sheets)}
    others = {cell: text for cell, text in formula_cells(book()).items() if cell not in heads}
    others = {cell: text for cell, text in others.items() if not re.search(r"Summary!\$?B\$?4", text)}  # which names it
    assert disagreements(stored_values(book()), found, without_marks(others)) == []


def test_it_can_be_given_a_name(tmp_path: Path) -> None:
    plan, engine = plan_workbook(model()), IronCalc(book(), tmp_path)
    head = plan.scenario_head(plan.spare_columns[0])
    renamed: list[Change] = [(head.sheet, head.cell, "Merger"), *filled(plan, 0), selecting(plan, "Merger")]
    found = engine.values_after(renamed)
    assert found[str(plan.master_check)] == OK and found[str(plan.scenario_number)] == 3
    assert scenario_row(found, "Merger")[1] == "EUR/year"


def test_a_name_that_is_nowhere_shows_the_base_and_says_so(tmp_path: Path) -> None:
    plan = plan_workbook(model())
    found = IronCalc(book(), tmp_path).values_after([selecting(plan, "Merger")])
    assert found[str(plan.scenario_number)] == 1 and found[f"{SUMMARY}!C4"] == UNKNOWN
    assert found[str(plan.master_check)] == FAILED
    assert found[f"{ASSUMPTIONS}!B4"] == found["Totals!B4"] == "Base", "other sheets name what they show"
    total = plan.cells[model().keys_of("total")[0]]
    assert found[str(total)] == stored_values(book())[str(total)]


@pytest.mark.parametrize(("title", "numbers"), [("Doubled team", (1, 2, 3)), ("spare SCENARIO 2", (1, 3, 4))])
def test_titles_are_generated_that_no_scenario_has(title: str, numbers: tuple[int, ...]) -> None:
    plan = plan_workbook(sample(("title: Doubled team", f"title: {title}")))
    assert plan.spare_titles == tuple(f"Spare scenario {number}" for number in numbers)


def test_a_model_without_scenarios_has_none() -> None:
    plan = plan_workbook(load(WITHOUT_SCENARIOS.read_text(encoding="utf-8")))
    assert not plan.model.scenarios and not plan.spare_columns and not plan.scenario_titles.several
