"""The sheet Cases can be read: one column and one head for each number, and the selected scenario's row stands out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model
from reportgen.workbook.address import Address
from reportgen.workbook.case_columns import arranged
from reportgen.workbook.cases import NAMES_ROW
from reportgen.workbook.plan import CASES, HEAD_ROW, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from tests.conftest import ROOT, plain_book
from tests.engines.recalculation import IronCalc

TEAM_CHAT = ROOT / "inputs" / "team-chat.yaml"


def test_a_number_has_one_column_on_the_whole_sheet(model_path: Path) -> None:
    model = load_model(model_path)[0]
    questions = lay_out_questions(plan_workbook(model), evaluate(model))
    sheet = openpyxl.load_workbook(BytesIO(plain_book(model_path)))[CASES]
    places = {(key, column) for block in questions.blocks for key, column in block.columns.items()}
    assert len(places) == len({key for key, _ in places}) == len({column for _, column in places}) > 10
    for key, column in places:
        assert sheet.cell(NAMES_ROW, column).value == str(key)
        assert sheet.cell(HEAD_ROW, column).value
    firsts = [block.layout.first_input for block in questions.blocks]
    assert len(set(firsts)) == 1


def test_inputs_stand_left_of_what_is_computed_from_them(model_path: Path) -> None:
    model = load_model(model_path)[0]
    questions = lay_out_questions(plan_workbook(model), evaluate(model))
    for block in questions.blocks:
        for key, column in block.columns.items():
            needs = [block.columns[each] for each in model.dependencies.direct.get(key, ()) if each in block.columns]
            assert key in block.typed or all(each < column for each in needs), key


def test_columns_of_aligned_blocks_stay() -> None:
    model = load_model(TEAM_CHAT)[0]
    questions = lay_out_questions(plan_workbook(model), evaluate(model))
    assert questions.columns is not None and arranged(model, questions.blocks) == (questions.columns, questions.blocks)


def test_the_row_of_the_selected_scenario_stands_out(tmp_path: Path) -> None:
    """By a rule that holds in its row alone; and the block says which it is."""
    model = load_model(TEAM_CHAT)[0]
    plan = plan_workbook(model)
    block = lay_out_questions(plan, evaluate(model)).scenarios
    assert block is not None and block.layout.scenario is not None
    sheet = openpyxl.load_workbook(BytesIO(plain_book(TEAM_CHAT)))[CASES]
    number = f"{openpyxl.utils.get_column_letter(block.layout.scenario)}{block.row(0)}"
    rules = [rule.formula for each in sheet.conditional_formatting for rule in each.rules if rule.type == "expression"]
    assert [f"${number}={plan.scenario_number.seen_from(CASES, fixed=True)}"] in rules
    engine = IronCalc(plain_book(TEAM_CHAT), tmp_path)
    for at, title in enumerate(["Base", *(scenario.title for scenario in model.scenarios)]):
        found = engine.values_after([(plan.selector.sheet, plan.selector.cell, title)])
        numbers = [
            found[str(Address(CASES, block.row(index), block.layout.scenario))] for index in range(len(block.rows))
        ]
        assert numbers.index(found[str(plan.scenario_number)]) == at
        assert found[f"{CASES}!A{block.title_row}"] == f"Scenarios; selected: {title}"
