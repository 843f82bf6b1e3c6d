"""Tables of each option in the workbook: all methods, along a break-even, and after edits of rows."""

from __future__ import annotations

from pathlib import Path

from reportgen.compute.answers import evaluate
from reportgen.workbook.address import column_letters
from reportgen.workbook.build_workbook import build_workbook
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
from tests.model.option_tables import TEXT
from tests.model.samples import load


def test_every_cell_agrees_in_two_engines(tmp_path: Path, libreoffice: LibreOffice) -> None:
    workbook = build_workbook(evaluate(load(TEXT)))
    formulas = formula_cells(workbook)
    assert disagreements(stored_values(workbook), IronCalc(workbook, tmp_path).values(), formulas) == []
    path = tmp_path / "egress.xlsx"
    path.write_bytes(workbook)
    assert disagreements(stored_values(workbook), libreoffice.values(path), formulas) == []


def test_every_cell_agrees_after_edits_of_rows(tmp_path: Path) -> None:
    model = load(TEXT)
    tables, workbook = plan_workbook(model).tables, build_workbook(evaluate(model))
    starts, results = tables["staff.west"]
    prices = tables["price.east"][1]
    changes: list[Change] = [
        (starts.sheet, f"{column_letters(starts.left)}{starts.top + 1}", 250.0),
        (results.sheet, f"{column_letters(results.left)}{results.top + 2}", 1.9),
        (prices.sheet, f"{column_letters(prices.left)}{prices.top + 1}", 0.06),
    ]
    changed = TEXT.replace("[200, 0.4], [600, 1.6]", "[250, 0.4], [600, 1.9]").replace(
        "[10_000, 0.08]", "[10_000, 0.06]"
    )
    expected = stored_values(build_workbook(evaluate(load(changed))))
    found = IronCalc(workbook, tmp_path).values_after(changes)
    assert disagreements(expected, found, without_marks(formula_cells(workbook))) == []
