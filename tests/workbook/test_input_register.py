"""The sheet Inputs: what each input was and is, by how much it differs, and whether it lies where it should."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from benchmarks.large import large_model
from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model, load_source
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import FIRST_ROW, HEAD_ROW, INPUTS, LABEL, SUMMARY, UNIT, Plan, plan_workbook
from reportgen.workbook.scenario_columns import BASE, HIGH, LOW
from reportgen.workbook.sheets import input_lines
from reportgen.workbook.sheets.inputs import COUNT, DIFFERENCE, GENERATED, IN_RANGE, NOW, SHEET, WHAT, WHERE
from reportgen.workbook.sheets.inputs import HIGH as HIGHEST
from reportgen.workbook.sheets.inputs import LOW as LEAST
from tests.conftest import plain_book
from tests.engines.recalculation import Change, IronCalc, LibreOffice, formula_cells

TEAM_CHAT = Path(__file__).parents[2] / "inputs" / "team-chat.yaml"


@cache
def team_chat() -> tuple[Plan, bytes]:
    model, _ = load_model(TEAM_CHAT)
    return plan_workbook(model), plain_book(TEAM_CHAT)


def sheet_of(data: bytes, name: str = INPUTS) -> Any:
    return openpyxl.load_workbook(BytesIO(data))[name]


def row_of(sheet: Any, place: str) -> int:
    """The line of the register for a cell, such as `Assumptions!F8`."""
    return next(
        row
        for row in range(FIRST_ROW, sheet.max_row + 1)
        if f"{sheet.cell(row, SHEET).value}!{sheet.cell(row, WHERE).value}" == place
    )


class Line:
    """What a line of the register shows after changes, its formulas recalculated."""

    def __init__(self, data: bytes, found: dict[str, Any], place: str) -> None:
        self.sheet, self.found = sheet_of(data), found
        self.row = row_of(self.sheet, place)

    def __call__(self, column: int) -> Any:
        cell = self.sheet.cell(self.row, column)
        return self.found.get(f"{INPUTS}!{cell.coordinate}", cell.value)

    @property
    def shown(self) -> tuple[Any, ...]:
        return tuple(self(column) for column in (GENERATED, NOW, DIFFERENCE, IN_RANGE, COUNT))


def test_a_changed_input_shows_its_difference_and_its_range(tmp_path: Path, libreoffice: LibreOffice) -> None:
    plan, data = team_chat()
    seats = plan.bases[Key("seats")]
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    sheet = sheet_of(data, seats.sheet)
    value, low, high = (float(sheet.cell(seats.row, column).value) for column in (BASE, LOW, HIGH))
    engine = IronCalc(data, tmp_path)
    for typed, expected in (
        (value, (value, value, "–", "yes", 0)),
        (high, (value, high, high - value, "yes", 1)),
        (high + 1, (value, high + 1, high + 1 - value, "above High", 1)),
        (low - 1, (value, low - 1, low - 1 - value, "below Low", 1)),
        ("many", (value, "many", "–", "not a number", 1)),
    ):
        change: Change = (seats.sheet, seats.cell, typed)
        for found in (engine.values_after([change]), libreoffice.values(path, [change])):
            line = Line(data, found, str(seats))
            assert line.shown == expected, typed
            assert (line(LABEL), line(WHAT), line(LEAST), line(HIGHEST)) == ("Seats", "Base", low, high)


def test_the_range_follows_low_and_high(tmp_path: Path) -> None:
    plan, data = team_chat()
    seats = plan.bases[Key("seats")]
    own = str(seats._replace(column=HIGH)).rpartition("!")[2]
    found = IronCalc(data, tmp_path).values_after([(seats.sheet, own, 1.0)])
    assert Line(data, found, str(seats))(IN_RANGE) == "above High"
    found = IronCalc(data, tmp_path).values_after([(seats.sheet, own, "")])
    assert Line(data, found, str(seats))(IN_RANGE) == "yes"


def test_an_emptied_cell_and_a_filled_one_are_told(tmp_path: Path) -> None:
    """0 as generated differs from nothing; of cells that were left empty, the filled ones are counted."""
    plan, data = team_chat()
    quoted, spare = plan.cells[Key("set_up.audit", "hosted")], plan.spare_cells(Key("people", "hosted"))[0]
    seats = plan.bases[Key("seats")]
    changes: list[Change] = [
        (seats.sheet, seats.cell, ""),
        (quoted.sheet, quoted.cell, 900.0),
        (spare.sheet, spare.cell, 0.0),
    ]
    found = IronCalc(data, tmp_path).values_after(changes)
    assert Line(data, found, str(seats)).shown[1:] == ("empty", "–", "not a number", 1)
    assert Line(data, found, str(quoted)).shown == ("not quoted", 900.0, "–", "yes", 1)
    empty = Line(data, found, f"{spare.sheet}!C{spare.row}:D{spare.row}")
    assert (empty(WHAT), empty(COUNT)) == ("2 cells left empty", 1)
    assert found[str(plan.changed_inputs)] == 3


def test_lines_are_filtered_marked_and_linked() -> None:
    plan, data = team_chat()
    sheet, seats = sheet_of(data), plan.bases[Key("seats")]
    last = sheet.max_row
    assert sheet.auto_filter.ref == f"A{HEAD_ROW}:{sheet.cell(last, WHERE).coordinate}"
    assert sheet.protection.sheet and not sheet.protection.autoFilter
    letter = sheet.cell(1, COUNT).column_letter
    (area,) = (
        each.sqref
        for each in sheet.conditional_formatting
        if any(rule.formula == [f"${letter}{FIRST_ROW}>0"] for rule in each.rules)
    )
    assert str(area) == f"A{FIRST_ROW}:{sheet.cell(last, WHERE).coordinate}"
    assert sheet.cell(row_of(sheet, str(seats)), WHERE).hyperlink.location == f"'{seats.sheet}'!{seats.cell}"
    links = {cell: f"{INPUTS}'!A1" in (sheet_of(data, SUMMARY)[cell].hyperlink.location or "") for cell in ("A5", "B5")}
    assert all(links.values()), links


def test_lines_say_which_of_a_rows_inputs_they_are(model_path: Path) -> None:
    """No two lines have the same words before their numbers."""
    sheet = sheet_of(plain_book(model_path))
    rows = range(FIRST_ROW, sheet.max_row + 1)
    said = [tuple(sheet.cell(row, column).value for column in (LABEL, UNIT, SHEET, WHAT)) for row in rows]
    assert len(said) == len(set(said)) and all(all(each) for each in said)


@pytest.mark.parametrize("most", [0, 60])
def test_a_large_model_has_no_more_lines_than_rows(most: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of sheets with too many inputs each row has one line, whose generated values stand at the right."""
    monkeypatch.setattr(input_lines, "MOST_LINES", most)
    model, _ = load_source(Source("large.yaml", large_model(3)))
    plan, data = plan_workbook(model), build_workbook(evaluate(model))
    sheet = sheet_of(data)
    single = [row for row in range(FIRST_ROW, sheet.max_row + 1) if ":" not in str(sheet.cell(row, WHERE).value)]
    formulas = [cell for cell in formula_cells(data) if cell.startswith(f"{INPUTS}!")]
    assert len(formulas) < sheet.max_row + 6 * (most + len(single))
    changes: list[Change] = []
    for key in (Key("rebate"), Key("seat_count_0")):
        place = plan.bases[key]
        changes.append((place.sheet, place.cell, 7.5))
    found = IronCalc(data, tmp_path).values_after(changes)
    assert found[str(plan.changed_inputs)] == 2
    marks = [cell for cell, text in formula_cells(data).items() if '"changed"' in text and found[cell] == "changed"]
    assert sorted(int("".join(filter(str.isdigit, cell))) for cell in marks) == sorted(
        plan.bases[key].row for key in (Key("rebate"), Key("seat_count_0"))
    )
