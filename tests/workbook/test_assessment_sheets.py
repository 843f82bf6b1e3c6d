"""Scorecard and Features compute what the program computes, also after weights, scores, answers and inputs change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.model.overrides import apply_settings
from reportgen.workbook.assessment_layout import features_cells, scorecard_cells
from reportgen.workbook.build_workbook import build_workbook
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.model.assessed import assessed

INCOMPLETE = ("cost: known", "cost: all")
MASTER = "Checks!C7"


@dataclass(frozen=True)
class Edit:
    """The same edit in the workbook's cells, in the model's text and, of inputs, as `--set` says it."""

    cells: tuple[Change, ...]
    text: tuple[tuple[str, str], ...] = ()
    settings: tuple[str, ...] = ()

    def results(self, *replacements: tuple[str, str]) -> Answers:
        model, _ = apply_settings(assessed(*replacements, *self.text).model, self.settings)
        return evaluate(model)


EDITS = {
    "weights and scores": Edit(
        (
            *(("Scorecard", "C12", 0.1), ("Scorecard", "C13", 0.55)),
            *(("Scorecard", "F13", 0.5), ("Scorecard", "E14", 4.25)),
        ),
        (
            *(("weight: 40 %", "weight: 10 %"), ("weight: 25 %", "weight: 55 %")),
            *(("owned: 5}", "owned: 0.5}"), ("self_run: 3, owned: 1", "self_run: 4.25, owned: 1")),
        ),
    ),
    "the scale": Edit((("Scorecard", "C8", 10.0),), (("highest: 5", "highest: 10"),)),
    "a tie": Edit(
        (
            *(("Scorecard", "C12", 0.0), ("Scorecard", "C13", 0.5)),
            *(("Scorecard", "C14", 0.5), ("Scorecard", "E13", 4.0)),
        ),
        (
            *(("weight: 40 %", "weight: 0 %"), ("weight: 25 %", "weight: 50 %")),
            *(("weight: 35", "weight: 50"), ("self_run: 4.5", "self_run: 4")),
        ),
    ),
    "answers": Edit(
        (
            *(("Features", "G7", "yes"), ("Features", "C8", "no")),
            *(("Features", "G8", "yes"), ("Features", "K9", "buy")),
        ),
        (
            *(("self_run: {is: build", "self_run: {is: yes"), ("hosted: {is: buy", "hosted: {is: no")),
            *(("self_run: {is: no", "self_run: {is: yes"), ("{is: partly, because: Done", "{is: buy, because: Done")),
        ),
    ),
    "an input": Edit((("Assumptions", "F8", 130.0),), settings=("seats=130",)),
    "a quoted price": Edit((("Running", "D10", 350.0),), settings=("running.backup.self_run=350",)),
    "a cost that becomes nothing": Edit((("Set-up", "E7", 0.0),), settings=("set_up.audit_log.owned=0",)),
    "a total that becomes nothing": Edit(
        (("Running", "D8", 0.0), ("Running", "D10", 0.0)),
        settings=("running.servers.self_run=0", "running.backup.self_run=0"),
    ),
}


def book_and_formulas(results: Answers) -> tuple[bytes, dict[str, str]]:
    """The book, and the formulas of the sheets that this is about; `test_proof` looks at those of all sheets."""
    workbook = build_workbook(results)
    sheets = ("Scorecard!", "Features!", "Checks!")
    formulas = without_marks(formula_cells(workbook))
    return workbook, {cell: text for cell, text in formulas.items() if cell.startswith(sheets)}


@pytest.mark.parametrize("total", ["known", "all"])
@pytest.mark.parametrize("edit", EDITS)
def test_edited_cells_give_what_an_edited_model_gives(edit: str, total: str, tmp_path: Path) -> None:
    own = [INCOMPLETE] if total == "all" else []
    workbook, formulas = book_and_formulas(assessed(*own))
    engine = IronCalc(workbook, tmp_path)
    assert disagreements(stored_values(workbook), engine.values(), formulas) == []
    expected = stored_values(build_workbook(EDITS[edit].results(*own)))
    found = engine.values_after(EDITS[edit].cells)
    assert disagreements(expected, found, formulas) == []
    assert found[MASTER] == "OK"
    assert any(found[cell] != value for cell, value in stored_values(workbook).items() if cell in formulas)


def test_libreoffice_agrees(tmp_path: Path, libreoffice: LibreOffice) -> None:
    workbook, formulas = book_and_formulas(assessed(INCOMPLETE))
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    assert disagreements(stored_values(workbook), libreoffice.values(path), formulas) == []
    for edit in ("a tie", "answers", "a quoted price", "a total that becomes nothing"):
        expected = stored_values(build_workbook(EDITS[edit].results(INCOMPLETE)))
        assert disagreements(expected, libreoffice.values(path, EDITS[edit].cells), formulas) == [], edit


def test_the_scenario_reaches_both_sheets(tmp_path: Path) -> None:
    results = assessed()
    workbook, formulas = book_and_formulas(results)
    engine = IronCalc(workbook, tmp_path)
    expected = stored_values(build_workbook(evaluate(results.model, results.model.scenario("large"))))
    assert disagreements(expected, engine.values_after([("Summary", "B4", "Large team")]), formulas) == []


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ([("Scorecard", "C12", 0.41)], "The weights of the scorecard sum to 100 %"),
        ([("Scorecard", "C12", "forty")], "The weights of the scorecard sum to 100 %"),
        ([("Scorecard", "D13", 6.0)], "Every score lies between 0 and the highest score"),
        ([("Scorecard", "D13", -1.0)], "Every score lies between 0 and the highest score"),
        ([("Scorecard", "D13", "")], "Every score lies between 0 and the highest score"),
        ([("Scorecard", "C8", 4.0)], "Every score lies between 0 and the highest score"),
        ([("Features", "C7", "perhaps")], "Every feature is answered for every option"),
        ([("Features", "K10", "")], "Every feature is answered for every option"),
    ],
)
def test_what_cannot_be_fails_its_check_and_the_master_check(changes: list[Change], check: str, tmp_path: Path) -> None:
    workbook = build_workbook(assessed())
    engine = IronCalc(workbook, tmp_path)
    titles = {cell: str(text) for cell, text in stored_values(workbook).items() if cell.startswith("Checks!A")}
    row = next(cell for cell, text in titles.items() if text == check).removeprefix("Checks!A")
    found = engine.values_after(changes)
    failed = [cell for cell, value in found.items() if cell.startswith("Checks!C") and value == "CHECK"]
    failed = [cell for cell in failed if "no error values" not in titles[f"Checks!A{cell.removeprefix('Checks!C')}"]]
    assert failed == [MASTER, f"Checks!C{row}"]


def test_weights_that_do_not_sum_up_are_told_beside_their_sum(tmp_path: Path) -> None:
    engine = IronCalc(build_workbook(assessed()), tmp_path)
    assert engine.values()["Scorecard!D15"] == ""
    found = engine.values_after([("Scorecard", "C12", 0.41)])
    assert found["Scorecard!C15"] == pytest.approx(1.01)
    assert "must sum to 100" in str(found["Scorecard!D15"])


def test_a_score_that_is_removed_takes_the_weighted_total_with_it(tmp_path: Path) -> None:
    engine = IronCalc(build_workbook(assessed()), tmp_path)
    found = engine.values_after([("Scorecard", "E13", "later")])
    assert (found["Scorecard!E19"], found["Scorecard!E21"]) == ("", "")
    assert found["Scorecard!C22"] == "Hosted"


def test_the_cells_to_edit_are_unlocked_inputs_with_a_validation_and_no_others_are() -> None:
    results = assessed()
    card = results.model.assessment.scorecard
    assert card is not None
    book = openpyxl.load_workbook(BytesIO(build_workbook(results)))
    scored = scorecard_cells(results.model, card)
    criteria = scored["criteria"]
    assert isinstance(criteria, dict)
    named = {str(scored["highest"]), *(cell for each in criteria.values() for cell in each.values())}
    named |= {cell for each in features_cells(results.model).values() for cell in each.values()}
    unlocked = set()
    for name in ("Scorecard", "Features"):
        sheet = book[name]
        validated = {cell for each in sheet.data_validations.dataValidation for cell in each.sqref.ranges}
        cells = [cell for row in sheet.iter_rows() for cell in row]
        for cell in cells:
            if not cell.protection.locked:
                unlocked.add(f"{name}!{cell.coordinate}")
                assert cell.style == "Input" and cell.data_type != "f"
                assert any(cell.coordinate in area for area in validated), cell.coordinate
        assert sheet.protection.sheet
    assert unlocked == named


def test_answers_are_chosen_from_the_words_of_the_sheet() -> None:
    sheet = openpyxl.load_workbook(BytesIO(build_workbook(assessed())))["Features"]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.type == "list"
    words = [cell.value for (cell,) in sheet[validation.formula1.replace("$", "")]]
    assert words == ["yes", "partly", "no", "build", "buy"]


def test_text_never_becomes_a_formula() -> None:
    hostile = ("note: With triggers", "note: '=1+1'"), ("because: Done by hand", "because: '@SUM(A1)'")
    titles = (
        ("title: Mobile app", "title: '=HYPERLINK(1)'"),
        ("title: Ease", "title: '+1'"),
        ("note: From low to high", "note: '=2'"),
    )
    workbook = build_workbook(assessed(*hostile, *titles))
    for cell, text in formula_cells(workbook).items():
        live = re.sub(r'"(?:[^"]|"")*"', "", text)  # what options are called stands before words of the model
        assert not any(each in live for each in ("1+1", "SUM(A1)", "HYPERLINK", "=+1", "=2")), cell
    assert "=HYPERLINK(1)" in stored_values(workbook).values()


def test_prices_and_units_are_links_to_the_items(tmp_path: Path) -> None:
    results = assessed()
    workbook, _ = book_and_formulas(results)
    changed, _ = apply_settings(results.model, ["set_up.audit_log.self_run=20_000"])
    expected = stored_values(build_workbook(evaluate(changed)))
    found = IronCalc(workbook, tmp_path).values_after([("Set-up", "D7", 20_000.0)])
    assert (
        (found["Features!I7"], found["Features!J7"])
        == (20_000.0, "EUR")
        == (
            expected["Features!I7"],
            expected["Features!J7"],
        )
    )
