"""A model's workbook in three engines, as built and after changes of its inputs: each sees what the program sees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import formualizer

from reportgen.brand import shipped_brand
from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.workbook.address import column_letters
from reportgen.workbook.build_workbook import build_grids, build_workbook
from reportgen.workbook.plan import Plan, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
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
    without_results,
)


def change_of(plan: Plan, setting: str) -> Change:
    """What `--set` does, done in the workbook's cell."""
    name, _, value = setting.partition("=")
    first, _, option = name.partition(".")
    key = Key(first, option or None)
    address = plan.shown_cell(key, BASE_SCENARIO)
    return address.sheet, address.cell, plan.in_cell(key, float(value))


def after(model: Model, setting: str) -> Answers:
    changed, _ = apply_settings(model, [setting])
    return evaluate(changed)


def shown_in_book(results: Answers) -> dict[str, Value]:
    """What the program's own workbook of these results holds, without the file around it."""
    plan = plan_workbook(results.model)
    grids = build_grids(plan, results, lay_out_questions(plan, results), shipped_brand())
    return {
        f"{grid.name}!{column_letters(column)}{row}": cell.content
        for grid in grids
        for (row, column), cell in grid.cells.items()
        if cell.content not in (None, "")
    }


def assert_every_cell_agrees(
    model: Model, book: bytes, settings: Iterable[str], folder: Path, libreoffice: LibreOffice, scale: float = 1.0
) -> None:
    """As built and after each setting, in IronCalc and in LibreOffice."""
    path = folder / "book.xlsx"
    path.write_bytes(book)
    formulas = formula_cells(book)
    engine = IronCalc(book, folder)
    assert disagreements(stored_values(book), engine.values(), formulas) == []
    assert disagreements(stored_values(book), libreoffice.values(path), formulas) == []
    for setting in settings:
        expected = shown_in_book(after(model, setting))
        change = change_of(plan_workbook(model), setting)
        for found in (engine.values_after([change]), libreoffice.values(path, [change])):
            assert disagreements(expected, found, without_marks(formulas), scale) == [], setting


def assert_scenarios_agree(model: Model, folder: Path, libreoffice: LibreOffice) -> None:
    """With each scenario selected, in IronCalc and in LibreOffice."""
    workbook, selector = build_workbook(evaluate(model)), plan_workbook(model).selector
    formulas = without_marks(formula_cells(workbook))
    engine = IronCalc(workbook, folder)
    path = folder / "book.xlsx"
    path.write_bytes(workbook)
    for scenario in model.with_base:
        expected = stored_values(build_workbook(evaluate(model, scenario)))
        change: Change = (selector.sheet, selector.cell, scenario.title)
        for found in (engine.values_after([change]), libreoffice.values(path, [change])):
            assert disagreements(expected, found, formulas) == [], scenario.id


def assert_formualizer_agrees(model: Model, setting: str, folder: Path) -> None:
    """On the model's own numbers after a setting."""
    results = after(model, setting)
    path = folder / "book.xlsx"
    path.write_bytes(without_results(build_workbook(results)))
    engine = formualizer.load_workbook(str(path))
    for key, address in plan_workbook(results.model).cells.items():
        if key in model.formulas:
            value = engine.evaluate_cell(address.sheet, address.row, address.column)
            assert agree(results.values[key], value), (str(address), value)
