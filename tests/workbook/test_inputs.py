"""Inputs as a reader meets them: what may be typed, how a change is told, and lines for costs the model lacks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Apply, Key, Reference
from reportgen.formula.units import PERCENT, PLAIN, parse_unit
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Category, Definition, InputValue, Model
from reportgen.model.order import dependencies
from reportgen.model.over_time import STEADY
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.questions import SENSITIVITY, SIMULATION
from reportgen.source import Source
from reportgen.workbook.address import column_letters
from reportgen.workbook.as_made import AS_MADE
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.grid import Grid
from reportgen.workbook.plan import (
    ASSUMPTIONS,
    BACK_ROW,
    CASES,
    CHANGES_COLUMN,
    CHANGES_ROW,
    CHECKS,
    INPUTS,
    LOG,
    SPARE_LINES,
    SUMMARY,
    Plan,
    plan_workbook,
)
from reportgen.workbook.scenario_columns import BASE
from reportgen.workbook.sheets.inputs import COUNT, NOW, inputs_sheet
from reportgen.workbook.validations import FREE, Limits, entry_in, own_limits, rectangles
from tests.conftest import plain_book
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.model.samples import load
from tests.model.timed import timed
from tests.workbook.live_formulas import live_formulas, some_of
from tests.workbook.test_proof import number_differences

ROOT = Path(__file__).parents[2]
TEAM_CHAT = ROOT / "inputs" / "team-chat.yaml"
SUMMARY_CELL = f"{SUMMARY}!B{CHANGES_ROW}"
COUNT_CELL = f"{INPUTS}!{get_column_letter(CHANGES_COLUMN)}{BACK_ROW}"
SCRATCH_ROW, SCRATCH_COLUMN = 900_000, 1_000
"""A cell that no sheet uses."""


@cache
def book_of(path: Path) -> tuple[Model, Plan, bytes]:
    model, _ = load_model(path)
    return model, plan_workbook(model), plain_book(path)


def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def unlocked(workbook: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    yield sheet.title, cell.coordinate


def validations(workbook: Workbook, sheet: str, cell: str) -> list[DataValidation]:
    return [each for each in workbook[sheet].data_validations.dataValidation if cell in each.sqref]


class Typing:
    """What a spreadsheet program would say to an entry: rules are evaluated by IronCalc where they are formulas."""

    def __init__(self, data: bytes, folder: Path) -> None:
        self.workbook, self.engine = opened(data), IronCalc(data, folder)

    def answer(self, sheet: str, cell: str, value: float | str) -> str:
        """`accepted`, or the style of the alert."""
        (rule,) = validations(self.workbook, sheet, cell)
        if rule.type == "decimal":
            accepted = isinstance(value, float | int) and self.within(rule, float(value))
        elif rule.type == "custom":
            accepted = self.holds(rule, sheet, cell, value)
        else:
            accepted = str(value) in str(rule.formula1).strip('"').split(",")
        return "accepted" if accepted else str(rule.errorStyle or "stop")

    @staticmethod
    def within(rule: DataValidation, value: float) -> bool:
        least = float(rule.formula1)
        return value >= least if rule.operator == "greaterThanOrEqual" else least <= value <= float(rule.formula2)

    def holds(self, rule: DataValidation, sheet: str, cell: str, value: float | str) -> bool:
        (area,) = rule.sqref.ranges
        first = f"{get_column_letter(area.min_col)}{area.min_row}"
        text = Translator(f"={rule.formula1}", first).translate_formula(cell)
        model, index = self.engine.model, self.engine.sheets.index(sheet)
        before = self.engine.value(f"{sheet}!{cell}")
        self.engine.change([(sheet, cell, value)])
        model.set_user_input(index, SCRATCH_ROW, SCRATCH_COLUMN, text)
        model.evaluate()
        found = model.get_cell_value(index, SCRATCH_ROW, SCRATCH_COLUMN)
        self.engine.change([(sheet, cell, before)])
        assert isinstance(found, bool), (sheet, cell, text, found)
        return found


def test_every_unlocked_cell_says_what_may_be_typed_there(model_path: Path) -> None:
    workbook = opened(book_of(model_path)[2])
    cells = list(unlocked(workbook))
    assert len(cells) > 30
    for sheet, cell in cells:
        (rule,) = validations(workbook, sheet, cell)
        assert rule.prompt and rule.promptTitle and rule.error and rule.errorTitle, (sheet, cell)
        assert rule.showErrorMessage and rule.showInputMessage and not rule.allow_blank, (sheet, cell)
        assert max(len(rule.prompt), len(rule.error)) <= 255, (sheet, cell)
        assert len(rule.formula1) <= 255 and rule.type in ("decimal", "custom", "list", "date"), (sheet, cell)
        assert rule.type != "custom" or len(rule.sqref.ranges) == 1, "relative to the first cell of its only area"


def test_rules_accept_what_the_model_says_and_refuse_words(model_path: Path, tmp_path: Path) -> None:
    _, plan, data = book_of(model_path)
    typing = Typing(data, tmp_path)
    shown = SUMMARY, plan.selector.cell
    cells = [each for each in unlocked(typing.workbook) if each != shown and each[0] != LOG]
    chance = random.Random(3)
    for sheet, cell in chance.sample(cells, min(len(cells), 60)):
        (rule,) = validations(typing.workbook, sheet, cell)
        own = typing.workbook[sheet][cell].value
        if rule.type != "list" and own is not None:
            # A scenario may lie beyond Low and High on purpose, and is asked about that again.
            place = coordinate_to_tuple(cell)[1]
            free = sheet == ASSUMPTIONS and BASE < place < plan.changed_column
            assert typing.answer(sheet, cell, own) in ("accepted", "warning" if free else ""), (sheet, cell, own)
        is_title = rule.promptTitle.startswith("Title of ")
        if rule.type != "list" and not str(rule.formula1).startswith("LEN(") and not is_title:
            assert typing.answer(sheet, cell, "about ten") in ("stop", "warning"), (sheet, cell)


def test_rules_follow_units_and_ranges(tmp_path: Path) -> None:
    model, plan, data = book_of(TEAM_CHAT)
    typing = Typing(data, tmp_path)
    row = plan.bases[Key("seats")].row
    answers = {
        ("F", 300.0): "accepted",
        ("F", -1.0): "warning",
        ("F", 1e6): "warning",
        ("G", "–"): "accepted",
        ("G", ""): "accepted",
        ("G", 1e6): "warning",
        ("J", 300.0): "accepted",
        ("J", 1e6): "warning",
        ("J", "about ten"): "warning",
        ("D", 1.0): "accepted",
        ("D", ""): "accepted",
        ("D", 100_000.0): "warning",
        ("E", 1e6): "accepted",
        ("E", 1.0): "warning",
    }
    for (column, value), expected in answers.items():
        assert typing.answer("Assumptions", f"{column}{row}", value) == expected, (column, value)
    low, high = (typing.workbook["Assumptions"][f"{column}{row}"].value for column in "DE")
    (rule,) = validations(typing.workbook, "Assumptions", f"F{row}")
    assert f"Plausible from {low:,g} to {high:,g}" in rule.prompt
    without = next(
        plan.bases[key].row for each in model.assumptions for key in each.keys if each.ranges[key].low is None
    )
    assert typing.answer("Assumptions", f"F{without}", "ten") == "stop"
    assert typing.answer("Assumptions", f"F{without}", -1.0) == "stop"
    quoted = plan.cells[Key("set_up.audit", "hosted")]
    assert [typing.answer(quoted.sheet, quoted.cell, each) for each in (5.0, "not quoted", -1.0, "soon")] == [
        *("accepted", "accepted", "stop", "stop")
    ]
    spare = plan.spare_cells(Key("people", "hosted"))[1]
    words = (-5.0, "included", "none", "", "not quoted")
    assert [typing.answer(spare.sheet, spare.cell, each) for each in words] == [*["accepted"] * 4, "stop"]


def test_steps_of_a_table_rise(tmp_path: Path) -> None:
    _, plan, data = book_of(TEAM_CHAT)
    typing = Typing(data, tmp_path)
    starts, _ = plan.tables["servers"]
    cells = [f"{column_letters(starts.left)}{row}" for row in range(starts.top, starts.bottom + 1)]
    values = [typing.workbook["Assumptions"][cell].value for cell in cells]
    assert len(values) == 3
    for cell, value, expected in (
        (cells[0], values[1] - 1, "accepted"),
        (cells[0], values[1], "stop"),
        (cells[1], values[1] + 1, "accepted"),
        (cells[1], values[0], "stop"),
        (cells[1], values[2] + 1, "stop"),
        (cells[2], values[1] - 1, "stop"),
        (cells[2], values[2] + 9, "accepted"),
    ):
        assert typing.answer("Assumptions", cell, float(value)) == expected, (cell, value)


def test_limits_come_from_the_models_own_numbers() -> None:
    assert own_limits((20, 5, None), PERCENT) == Limits(0.0, 1.0, per_cent=True)
    assert own_limits((120,), PERCENT) == Limits(0.0, 12.0, per_cent=True)
    assert own_limits((-2, 20), parse_unit("%/year")) == Limits(-1.0, 1.0, per_cent=True)
    assert own_limits((0, 20), PLAIN) == Limits(0.0)
    assert own_limits((-2, 20), PLAIN) == FREE


def test_a_rate_that_is_off_by_a_factor_of_100_is_refused(tmp_path: Path) -> None:
    """6 in place of 6 %. A cell of 6 % holds 0.06, which is also what a typed `6%` becomes."""
    model = load(timed(wacc=6))
    place, data = plan_workbook(model).bases[Key("wacc")], build_workbook(evaluate(model))
    typing = Typing(data, tmp_path)
    shown = typing.workbook[place.sheet][place.cell]
    assert (shown.value, shown.number_format) == (0.06, "#,##0%")
    assert [typing.answer(place.sheet, place.cell, each) for each in (0.06, 0.6, 6.0)] == ["accepted"] * 2 + ["stop"]


def test_areas_join_downwards() -> None:
    cells = [(1, 1), (1, 2), (2, 1), (2, 2), (3, 2), (5, 2)]
    found = [(each.top, each.left, each.bottom, each.right) for each in rectangles(cells, "S")]
    assert found == [(1, 1, 2, 2), (3, 2, 3, 2), (5, 2, 5, 2)]


def marked(found: dict[str, object], formulas: dict[str, str]) -> list[str]:
    return [cell for cell, text in formulas.items() if '"changed"' in text and found[cell] == "changed"]


def editable(data: bytes) -> list[tuple[str, str]]:
    """Every input: unlocked cells but those that choose what is shown, titles, words of spare lines and the log."""
    workbook = opened(data)
    found = []
    for sheet, cell in unlocked(workbook):
        (rule,) = validations(workbook, sheet, cell)
        shown = (sheet in (SUMMARY, SENSITIVITY) and rule.type == "list") or rule.promptTitle.startswith("Title of ")
        if sheet != LOG and not shown and not str(rule.formula1).startswith("LEN("):
            found.append((sheet, cell))
    return found


def another(workbook: Workbook, sheet: str, cell: str) -> float | str:
    """A value that the cell does not hold."""
    value = workbook[sheet][cell].value
    if isinstance(value, str) and value not in ("–", "not quoted"):
        return "no" if value != "no" else "yes"
    return 0.0 if not isinstance(value, int | float) or value else 7.0


def test_a_changed_input_is_marked_in_its_row_and_counted(model_path: Path, tmp_path: Path) -> None:
    """One input of every sheet after the other, of the largest sheets some: numbers, words, dashes and empty cells."""
    _, _, data = book_of(model_path)
    formulas, workbook = formula_cells(data), opened(data)
    engine = IronCalc(data, tmp_path)
    before = engine.values()
    assert marked(before, formulas) == [] and before[COUNT_CELL] == 0
    assert before[SUMMARY_CELL] == "as generated"
    by_sheet: dict[str, list[str]] = {}
    for sheet, cell in editable(data):
        by_sheet.setdefault(sheet, []).append(cell)
    chance = random.Random(5)
    changes: list[Change] = []
    for sheet, cells in by_sheet.items():
        for cell in chance.sample(cells, min(len(cells), 3)):
            change = sheet, cell, another(workbook, sheet, cell)
            changes.append(change)
            found = engine.values_after([change])
            (mark,) = marked(found, formulas)
            row = "".join(filter(str.isdigit, cell))
            assert mark.rpartition("!")[0] == sheet and "".join(filter(str.isdigit, mark.rpartition("!")[2])) == row
            assert found[COUNT_CELL] == 1 and found[SUMMARY_CELL] == "1 input changed since this book was made"
    found = engine.values_after(changes)
    assert found[COUNT_CELL] == len(changes)
    assert found[SUMMARY_CELL] == f"{len(changes)} inputs changed since this book was made"
    assert engine.values()[SUMMARY_CELL] == "as generated"


def test_every_input_is_in_the_register_once(model_path: Path) -> None:
    """Its formulas together read each input once, and nothing else."""
    _, _, data = book_of(model_path)
    read: list[tuple[str, str]] = []
    for cell, text in formula_cells(data).items():
        if cell.startswith((f"{INPUTS}!{get_column_letter(NOW)}", f"{INPUTS}!{get_column_letter(COUNT)}")):
            read += {(name, each) for name, area in areas_elsewhere(text) for each in cells_within(area)}
    assert sorted(read) == sorted(editable(data))
    assert not any(not cell.protection.locked for row in opened(data)[INPUTS].iter_rows() for cell in row)


def areas_elsewhere(formula: str) -> Iterator[tuple[str, str]]:
    """The cells and ranges of other sheets that a formula reads."""
    for part in openpyxl.formula.Tokenizer(formula).items:
        sheet, _, area = part.value.rpartition("!")
        if part.subtype == "RANGE" and sheet:
            yield sheet.removeprefix("'").removesuffix("'").replace("''", "'"), area.replace("$", "")


def cells_within(area: str) -> Iterator[str]:
    for row in openpyxl.utils.cell.rows_from_range(area):
        yield from row


def test_a_count_of_nothing_differs_from_an_empty_cell(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """Where no low was given, 0 is a change: as numbers, both would be the same. Both engines see it, and a change of
    words, and a price that is quoted."""
    model, plan, data = book_of(TEAM_CHAT)
    empty = next(plan.bases[key].row for each in model.assumptions for key in each.keys if each.ranges[key].low is None)
    quoted = plan.cells[Key("set_up.audit", "hosted")]
    scenario = plan.bases[Key("fx")].row if Key("fx") in plan.bases else empty
    changes: list[Change] = [
        ("Assumptions", f"D{empty}", 0.0),
        (quoted.sheet, quoted.cell, 900.0),
        ("Assumptions", f"G{scenario}", 3.0),
    ]
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    for found in (IronCalc(data, tmp_path).values_after(changes), libreoffice.values(path, changes)):
        assert found[COUNT_CELL] == 3
        assert found[SUMMARY_CELL] == "3 inputs changed since this book was made"


def test_what_tells_of_changes_is_no_result(model_path: Path) -> None:
    """The cells that proofs leave out: marks, the count, checks and their state in the heads; nothing of the model."""
    _, plan, data = book_of(model_path)
    formulas = formula_cells(data)
    left_out = formulas.keys() - without_marks(formulas).keys()
    results = {str(each) for each in (*plan.cells.values(), *plan.states.values())}
    assert not left_out & results
    for cell in left_out:
        sheet, _, place = cell.rpartition("!")
        mark = formulas[cell].endswith(',"changed",""),"moved")') or formulas[cell].endswith(',"changed","")')
        reported = cell in (SUMMARY_CELL, "Summary!C3") or place == "B3" or AS_MADE in formulas[cell]
        reported = reported or ", as generated: " in formulas[cell]
        assert sheet in (INPUTS, CHECKS, SIMULATION) or mark or reported, (cell, formulas[cell])


def test_choosing_what_is_shown_changes_no_input(model_path: Path, tmp_path: Path) -> None:
    model, plan, data = book_of(model_path)
    engine = IronCalc(data, tmp_path)
    for title in (*(each.title for each in model.scenarios), BASE_SCENARIO.title):
        found = engine.values_after([(plan.selector.sheet, plan.selector.cell, title)])
        assert found[SUMMARY_CELL] == "as generated" and marked(found, formula_cells(data)) == []


def test_an_input_without_a_mark_cannot_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportgen.workbook import build_workbook as build

    def forgetful(book: object, grids: list[Grid]) -> Grid:
        for grid in grids:
            grid.marks.clear()
        return inputs_sheet(book, grids)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "inputs_sheet", forgetful)
    model, _ = load_model(TEAM_CHAT)
    with pytest.raises(ValueError, match="but no mark beside them"):
        build_workbook(evaluate(model))


def with_item(model: Model, category: Category, amounts: dict[str, float]) -> Model:
    """The model as if the category had one item more."""
    name, own = f"{category.quantity.name}.typed_line", category.quantity.name + STEADY
    item = replace(category.items[0], name=name, title="Typed line", per_option=True)
    items = (*category.items, item)
    definitions: dict[Key, Definition] = {Key(name, option): InputValue(amount) for option, amount in amounts.items()}
    for key, definition in model.definitions.items():
        if key.name in (category.quantity.name, own):
            assert isinstance(definition, Apply)
            definition = Apply(definition.function, (*definition.arguments, Reference(name, None, True)))  # noqa: PLW2901
        definitions[key] = definition
    larger = replace(category, items=items)
    return replace(
        model,
        categories=tuple(larger if each is category else each for each in model.categories),
        quantities={**model.quantities, name: item},
        definitions=definitions,
        dependencies=dependencies(definitions, model.options),
    )


def typed_line(model: Model, plan: Plan, category: Category, line: int) -> tuple[dict[str, float], list[Change]]:
    """An amount for each option, and the changes that type them into a spare line."""
    amounts, changes = {}, []
    for at, option in enumerate(model.option_ids, 1):
        amounts[option] = 1_237.41 * at
        cell = plan.spare_cells(Key(category.quantity.name, option))[line]
        changes.append((cell.sheet, cell.cell, amounts[option]))
    return amounts, changes


def elsewhere(formulas: dict[str, str], plan: Plan) -> dict[str, str]:
    """Formulas of sheets on which another item moves nothing (Checks counts costs), without what tells of changes."""
    moved = {*plan.category_sheets.values(), CHECKS}
    return {cell: text for cell, text in without_marks(formulas).items() if cell.rpartition("!")[0] not in moved}


def test_a_typed_line_counts_as_an_item_of_the_model_does(
    model_path: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """Totals, contributions, scenarios, sensitivities, break-evens, years, ranges, checks: every cell is that of the
    model's workbook with such an item, in one engine for each category and in both for the first."""
    model, plan, data = book_of(model_path)
    formulas = elsewhere(live_formulas(plan, evaluate(model), formula_cells(data)), plan)
    assert {sheet for sheet in plan.sheets if any(cell.startswith(sheet) for cell in formulas)} >= {SUMMARY, "Totals"}
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    engine = IronCalc(data, tmp_path)
    for at, category in enumerate(some_of(plan, model.categories)):
        amounts, changes = typed_line(model, plan, category, at % SPARE_LINES)
        results = evaluate(with_item(model, category, amounts))
        expected = stored_values(build_workbook(results))
        scale = max(abs(value) for value in results.values.values())
        engines = [engine.values_after(changes)] + ([libreoffice.values(path, changes)] if at == 0 else [])
        for found in engines:
            assert number_differences(results, plan, found) == [], category.quantity.name
            assert disagreements(expected, found, formulas, scale) == [], category.quantity.name
            assert found[str(plan.master_check)] == "OK"


def test_a_typed_line_counts_in_cases_that_compute_the_category_again(tmp_path: Path) -> None:
    """A scenario that changes an item of the category: the case adds the line to what it computes."""
    model, plan, data = book_of(TEAM_CHAT)
    formulas = formula_cells(data)
    spare = {str(each) for rows in model.categories for each in plan.spare_cells(Key(rows.quantity.name, "self_run"))}
    sums = [text for cell, text in formulas.items() if cell.startswith(f"{CASES}!") and text.startswith("=SUM(")]
    read = [text.replace("$", "") for text in sums]
    assert any(each.partition("!")[2] in text for text in read for each in spare), "some category is computed again"


def test_words_in_a_spare_line_count_as_nothing(tmp_path: Path) -> None:
    model, plan, data = book_of(TEAM_CHAT)
    spare = plan.spare_cells(Key("people", "hosted"))
    engine = IronCalc(data, tmp_path)
    before, cell = engine.values(), str(plan.cells[Key("total", "hosted")])
    changes: list[Change] = [(spare[0].sheet, f"A{spare[0].row}", "Training"), (spare[0].sheet, spare[0].cell, "none")]
    found = engine.values_after(changes)
    assert found[cell] == before[cell] and found[str(plan.master_check)] == "OK"
    assert found[COUNT_CELL] == 1, "the words beside it are no input"
    assert model.categories


def test_spare_lines_stay_within_the_total_for_many_items(tmp_path: Path) -> None:
    """300 items and seven options: one range from the first item to the last spare line."""
    options = [f"o{at}" for at in range(7)]
    lines = ["reportgen: 1", "id: many", "title: Many", "as_of: 2026-01-01", "currency: EUR", "options:"]
    lines += [f"  {each}: {{title: Option {each}}}" for each in options]
    lines += ["categories:", "  things:", "    title: Things", "    unit: EUR/month", "    items:"]
    lines += [
        f"      i{at}: {{title: Item {at}, costs: {{{', '.join(f'{o}: {at}' for o in options)}}}}}" for at in range(300)
    ]
    lines += ["totals:", "  total: {title: Total, unit: EUR/year, formula: things}"]
    model, _ = load_source(Source("many.yaml", "\n".join(lines)))
    plan, data = plan_workbook(model), build_workbook(evaluate(model))
    total, last = plan.cells[Key("things", "o6")], plan.spare_cells(Key("things", "o6"))[-1]
    assert last.row == total.row - 1
    assert formula_cells(data)[str(total)] == f"=SUM(I7:I{last.row})"
    engine = IronCalc(data, tmp_path)
    found = engine.values_after([(last.sheet, last.cell, 10.0)])
    assert found[str(plan.cells[Key("total", "o6")])] == pytest.approx(12 * (sum(range(300)) + 10))
    rules = opened(data)["Things"].data_validations.dataValidation
    assert len(rules) < 10, "one rule for all costs, not one for each"


def test_prompts_are_what_a_person_would_say() -> None:
    """Money by its unit, other numbers with it in brackets, percentages by an example, plain numbers without any."""
    units = ("1", "EUR/month", "USD/EUR", "seat", "%", "%/year")
    assert [entry_in(PLAIN if each == "1" else parse_unit(each)) for each in units] == [
        "A number.",
        "An amount in EUR/month.",
        "A number (USD/EUR).",
        "A number (seat).",
        "A percentage, such as 20%.",
        "A rate per year, such as 6%.",
    ]


def test_no_prompt_names_the_unit_of_a_plain_number(model_path: Path) -> None:
    for sheet in opened(book_of(model_path)[2]).worksheets:
        for rule in sheet.data_validations.dataValidation:
            said = f"{rule.prompt} {rule.error}"
            assert " in 1." not in said and " in 1," not in said and "(1)" not in said and "e+" not in said, said
