"""The sheet Log: lines to fill in by hand, which nothing computes with, and a note while they are empty."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.formula.nodes import Key
from reportgen.model.load import load_model
from reportgen.workbook.log_layout import ENTRIES, NEW, OLD, WHAT, WHEN, WHO, WHY
from reportgen.workbook.plan import CHECKS, FIRST_ROW, HEAD_ROW, INPUTS, LOG, SOURCES, plan_workbook
from tests.conftest import plain_book
from tests.engines.recalculation import IronCalc

TEAM_CHAT = Path(__file__).parents[2] / "inputs" / "team-chat.yaml"


def log_of(data: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(data))[LOG]
    assert isinstance(sheet, Worksheet)
    return sheet


def test_lines_can_be_filled_in_and_nothing_else(model_path: Path) -> None:
    workbook = openpyxl.load_workbook(BytesIO(plain_book(model_path)))
    assert workbook.sheetnames[-4:] == [INPUTS, LOG, SOURCES, CHECKS]
    sheet = log_of(plain_book(model_path))
    open_ = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    columns = (WHO, WHEN, WHAT, OLD, NEW, WHY)
    assert open_ == {
        sheet.cell(row, column).coordinate for row in range(FIRST_ROW, FIRST_ROW + ENTRIES) for column in columns
    }
    assert all(sheet[place].value is None for place in open_)
    heads = [str(sheet.cell(HEAD_ROW, column).value).split()[0] for column in columns]
    assert heads == ["Who", "When", "What", "Old", "New", "Why"]


def test_a_date_is_shown_as_its_reader_writes_dates() -> None:
    """Format 14 of the file; the rule accepts dates alone."""
    sheet = log_of(plain_book(TEAM_CHAT))
    day = sheet.cell(FIRST_ROW, WHEN)
    assert day._style.numFmtId == 14
    (rule,) = (each for each in sheet.data_validations.dataValidation if day.coordinate in each.sqref)
    assert (rule.type, rule.operator, rule.showErrorMessage) == ("date", "greaterThanOrEqual", True)


def test_a_note_stands_while_inputs_are_changed_and_nothing_is_said(tmp_path: Path) -> None:
    data = plain_book(TEAM_CHAT)
    plan = plan_workbook(load_model(TEAM_CHAT)[0])
    checks = openpyxl.load_workbook(BytesIO(data))[CHECKS]
    title = "Changed inputs while Log is empty"
    (result,) = (f"{CHECKS}!C{row}" for row in range(1, checks.max_row) if checks.cell(row, 1).value == title)
    engine, seats = IronCalc(data, tmp_path), plan.bases[Key("seats")]
    change, line = (seats.sheet, seats.cell, 300.0), (LOG, f"C{FIRST_ROW}", str(seats))
    for changes, shown, count in (([], "OK", 0), ([change], "NOTE", 1), ([change, line], "OK", 1), ([line], "OK", 0)):
        found = engine.values_after(changes)
        assert (found[result], found[str(plan.changed_inputs)]) == (shown, count)
        assert found[str(plan.master_check)] == "OK"
