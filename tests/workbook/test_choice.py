"""The sheets Checklist and Profiles answer as the program does, also after edits."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.checklist import checklist
from reportgen.compute.profiles import profiles
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import plan_workbook
from tests.compute.test_checklist import CHECKLIST
from tests.engines.recalculation import (
    IronCalc,
    LibreOffice,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.model.samples import SAMPLE, load

PROFILES = """
profiles:
  small: {title: Small teams, when: "seats < 200 [seat]", recommend: hosted, because: One invoice}
  large: {title: "=Large & <wide>", when: "seats < 500 [seat]", recommend: self_run, because: It pays}
  huge: {title: Huge teams, when: "min(total.*) > 0 [EUR/year]", recommend: self_run, because: It pays twice}
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return load(SAMPLE + CHECKLIST + PROFILES)


@pytest.fixture(scope="module")
def workbook(model: Model) -> bytes:
    return build_workbook(evaluate(model))


def cell_of(workbook: bytes, text: str, column: str) -> tuple[str, str]:
    """Sheet and cell of the row whose label is `text`."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    for name in ("Checklist", "Profiles"):
        for row in book[name].iter_rows(min_row=7, max_col=1):
            if row[0].value == text:
                return name, f"{column}{row[0].row}"
    raise AssertionError(text)


def test_both_engines_agree_with_the_program(workbook: bytes, tmp_path: Path, libreoffice: LibreOffice) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    stored, formulas = stored_values(workbook), formula_cells(workbook)
    assert sum(cell.startswith(("Checklist!", "Profiles!")) for cell in formulas) >= 15
    assert disagreements(stored, IronCalc(workbook, tmp_path).values(), formulas) == []
    assert disagreements(stored, libreoffice.values(path), formulas) == []


@pytest.mark.parametrize("seats", [150.0, 241.0, 499.0, 600.0])
def test_the_sheets_follow_an_input(model: Model, workbook: bytes, tmp_path: Path, seats: float) -> None:
    plan = plan_workbook(model)
    (key,) = (key for key in plan.bases if key.name == "seats")
    found = IronCalc(workbook, tmp_path).values_after([(plan.bases[key].sheet, plan.bases[key].cell, seats)])
    changed, _ = apply_settings(model, [f"seats={seats}"])
    results = evaluate(changed)
    analyzed, matched = checklist(results), [each.profile for each in profiles(results) if each.matches]
    assert analyzed is not None
    assert found["!".join(cell_of(workbook, "Answered yes", "C"))] == analyzed.count
    assert found["!".join(cell_of(workbook, "Matching profile", "B"))] == matched[0].title
    assert disagreements(stored_values(build_workbook(results)), found, without_marks(formula_cells(workbook))) == []


def test_the_reader_answers(workbook: bytes, tmp_path: Path) -> None:
    engine = IronCalc(workbook, tmp_path)
    answer = cell_of(workbook, "Must it work offline?", "C")
    count = "!".join(cell_of(workbook, "Answered yes", "C"))
    assert engine.values()[count] == 2
    assert engine.values_after([(*answer, "no")])[count] == 1


def test_the_threshold_is_an_input(workbook: bytes, tmp_path: Path) -> None:
    engine = IronCalc(workbook, tmp_path)
    sheet, needed = cell_of(workbook, "Needed", "C")
    verdicts = [cell for cell in formula_cells(workbook) if cell.startswith("Checklist!E")]
    assert [engine.values()[cell] for cell in verdicts] == ["Ask for offers"]
    assert [engine.values_after([(sheet, needed, 3.0)])[cell] for cell in verdicts] == ["Stay"]
