"""The sheet Ranges: live extremes that agree in two engines, also where other ends lower a total after a change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.ranges import ranges
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.problems import ModelError
from reportgen.questions import RANGES
from reportgen.workbook import cases
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import FIRST, Plan, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from reportgen.workbook.range_layout import (
    BASE,
    EXTREME_HIGH,
    EXTREME_LOW,
    P10,
    P90,
    end_column,
    ends_row,
    range_row,
    varied_inputs,
)
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    Value,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.model.samples import changed, load

REBATE = '      rebate:   {title: Rebate, value: 0.02, low: 0, high: 0.1, unit: "1"}\n      vm_hour:'
SPREAD = """      spread:
        {title: Spread, value: {hosted: 5, self_run: 3}, low: 1, high: {hosted: 9, self_run: 4}, unit: EUR/month}
"""
TEXT = (
    changed(
        ("      vm_hour:", REBATE),
        ("      hours:", SPREAD + "      hours:"),
        (
            "seats * seat_fee, self_run: none",
            '"seats * seat_fee * (1 - rebate * seats / 100 [seat]) + spread", self_run: spread',
        ),
    )
    + """ranges:
  all:     {title: Everything from low to high, of: total}
  machine: {title: Price of a machine, of: running, inputs: [vm_hour, spread.hosted]}
"""
)


def model(*replacements: tuple[str, str]) -> Model:
    text = TEXT
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return load(text)


def book(found: Model, scenario: str | None = None) -> bytes:
    return build_workbook(evaluate(found, found.scenario(scenario)))


def cell_of(row: int, column: int) -> str:
    return f"{RANGES}!{openpyxl.utils.get_column_letter(column)}{row}"


def input_change(plan: Plan, name: str, value: float) -> Change:
    address = plan.bases[Key(name)]
    return address.sheet, address.cell, value


def limit_change(plan: Plan, name: str, end: int, value: float) -> Change:
    address = plan.limit_cells(Key(name))[end]
    return address.sheet, address.cell, value


@dataclass(frozen=True)
class Changed:
    """A change as the model's text, `--set` and `--scenario` say it, and as cells say it."""

    name: str
    texts: tuple[tuple[str, str], ...] = ()
    settings: tuple[str, ...] = ()
    scenario: str | None = None
    cells: Callable[[Plan], list[Change]] = lambda _: []

    def expected(self) -> dict[str, Value]:
        found = model(*self.texts)
        scenario = found.scenario(self.scenario)
        return stored_values(build_workbook(evaluate(*apply_settings(found, self.settings, scenario))))

    def changes(self, plan: Plan) -> list[Change]:
        title = "Doubled team" if self.scenario else BASE_SCENARIO.title
        return [*self.cells(plan), (plan.selector.sheet, plan.selector.cell, title)]


CASES = [
    Changed("as it is"),
    Changed("a scenario", scenario="growth"),
    Changed("another input", settings=("admin=71_500",), cells=lambda plan: [input_change(plan, "admin", 71_500.0)]),
    Changed(
        "a rebate that turns an end", settings=("rebate=0.3",), cells=lambda plan: [input_change(plan, "rebate", 0.3)]
    ),
    Changed("another low", (("low: 120,", "low: 90,"),), cells=lambda plan: [limit_change(plan, "seats", 0, 90.0)]),
    Changed(
        "another high",
        (("high: 600", "high: 900"),),
        (),
        "growth",
        lambda plan: [limit_change(plan, "seats", 1, 900.0)],
    ),
    Changed(
        "no difference",
        (("low: 0.15, high: 0.24", "low: 0.19, high: 0.19"),),
        cells=lambda plan: [limit_change(plan, "vm_hour", end, 0.19) for end in (0, 1)],
    ),
]


def test_every_cell_agrees_in_ironcalc(tmp_path: Path) -> None:
    plan, workbook = plan_workbook(model()), book(model())
    engine, formulas = IronCalc(workbook, tmp_path), without_marks(formula_cells(workbook))
    ends = set()
    for case in CASES:
        found = engine.values_after(case.changes(plan))
        assert disagreements(case.expected(), found, formulas, 1e5) == [], case.name
        ends.add(tuple(value for cell, value in found.items() if cell.startswith(RANGES) and value in ("low", "high")))
    assert len(ends) > 1, "some change makes another end the lower one"


@pytest.mark.parametrize("at", [0, 3, 5])
def test_every_cell_agrees_in_libreoffice(at: int, tmp_path: Path, libreoffice: LibreOffice) -> None:
    plan, workbook = plan_workbook(model()), book(model())
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    found = libreoffice.values(path, CASES[at].changes(plan))
    assert disagreements(CASES[at].expected(), found, without_marks(formula_cells(workbook)), 1e5) == []


@pytest.mark.parametrize("scenario", [None, "growth"])
def test_the_sheet_shows_what_the_program_computes(scenario: str | None) -> None:
    found = model()
    stored = stored_values(book(found, scenario))
    formulas = formula_cells(book(found, scenario))
    for number, outcome in enumerate(ranges(found, found.scenario(scenario))):
        top, extremes = range_row(number), outcome.extremes
        for column, option in enumerate(found.option_ids, FIRST):
            live = ((BASE, extremes.base), (EXTREME_LOW, extremes.low), (EXTREME_HIGH, extremes.high))
            for step, values in live:
                assert stored[cell_of(top + step, column)] == pytest.approx(values[option], rel=1e-12)
                assert cell_of(top + step, column) in formulas
            for step, values in ((P10, outcome.p10), (P90, outcome.p90)):
                assert stored[cell_of(top + step, column)] == values[option]
                assert cell_of(top + step, column) not in formulas
        for step in (P10, P90):
            assert str(stored[cell_of(top + step, 1)]).endswith("(value from the program)")


def test_the_table_of_ends_says_what_stays() -> None:
    found = model()
    stored, first = stored_values(book(found)), ends_row(found)
    keys = varied_inputs(found)
    outcomes = [{each.key: each for each in outcome.extremes.inputs} for outcome in ranges(found)]
    assert [len(each) for each in outcomes] == [5, 2]
    for row, key in enumerate(keys, first):
        for number, outcome in enumerate(outcomes):
            for option in found.option_ids:
                expected = outcome[key].lowers[option] if key in outcome else "stays"
                assert stored[cell_of(row, end_column(found, number, option))] == expected


def test_a_wrong_end_is_noticed(tmp_path: Path) -> None:
    """The proof itself can fail: an end that is typed over moves the extreme."""
    found = model()
    workbook = book(found)
    cell = cell_of(ends_row(found), end_column(found, 0, "hosted")).partition("!")[2]
    engine = IronCalc(workbook, tmp_path)
    engine.change([(RANGES, cell, "high")])
    wrong = disagreements(stored_values(workbook), engine.values(), formula_cells(workbook))
    assert any(line.startswith(cell_of(range_row(0) + EXTREME_LOW, FIRST)) for line in wrong)


def test_extremes_have_the_same_formula_down_each_column() -> None:
    found = model()
    questions = lay_out_questions(plan_workbook(found), evaluate(found))
    formulas = formula_cells(book(found))
    assert sum(len(block.rows) for block in questions.extremes.blocks) == 2 * 2 * 2
    for block in questions.extremes.blocks:
        for column in block.columns.values():
            letters = openpyxl.utils.get_column_letter(column)
            texts = {
                re.sub(rf"(?<=[A-Z]){row}\b", "#", formulas[f"Cases!{letters}{row}"])
                for row in range(block.first_row, block.last_row + 1)
            }
            assert len(texts) == 1, texts


def test_inputs_that_a_sensitivity_moves_are_moved_once() -> None:
    found = model()
    questions = lay_out_questions(plan_workbook(found), evaluate(found))
    assert questions.sensitivity is not None
    rows = [row for block in questions.cases.blocks for row in block.rows]
    drivers = [row.drivers[0] for row in rows if row.drivers and " point " not in str(row.label)]
    assert len(drivers) == len({(each.key, each.value) for each in drivers}) == 2 * len(varied_inputs(found))
    without = model(("sensitivity: {of: total} ", "#"))
    alone = lay_out_questions(plan_workbook(without), evaluate(without))
    assert len(alone.moves) == len(varied_inputs(found))
    assert stored_values(book(without))[cell_of(range_row(0) + EXTREME_LOW, FIRST)] == pytest.approx(
        ranges(found)[0].extremes.low["hosted"]
    )


def test_only_what_the_inputs_change_becomes_a_column() -> None:
    found = model()
    blocks = lay_out_questions(plan_workbook(found), evaluate(found)).extremes.blocks
    assert {key for block in blocks for key in block.inputs} == {*varied_inputs(found)}
    columns = {key for block in blocks for key in block.columns}
    assert Key("people.upkeep", "hosted") not in columns and Key("admin") not in columns


def test_extremes_are_numbers_and_nothing_measures_texts() -> None:
    texts = [str(value) for cell, value in stored_values(book(model())).items() if cell.startswith(f"{RANGES}!A")]
    assert not any(word in text for text in texts for word in ("Decimals", "as text", "without its sign"))
    assert "Between the extremes" not in texts
    assert sum(text.startswith(("Low: ", "High: ")) for text in texts) == 2 * len(model().assessment.ranges)


def test_the_sheet_stands_after_the_questions_and_before_their_cases() -> None:
    names = openpyxl.load_workbook(BytesIO(book(model()))).sheetnames
    assert names.index("Break-even") + 1 == names.index(RANGES) == names.index("Cases") - 1


def test_more_ranges_than_a_sheet_has_columns_are_told() -> None:
    found = model()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("reportgen.workbook.range_layout.MAX_COLUMNS", 8)
        assert book(model(("  machine: {title: Price of a machine", "#")))
        patched.setattr("reportgen.workbook.range_layout.MAX_COLUMNS", 7)
        with pytest.raises(ModelError) as caught:
            book(found)
    (problem,) = caught.value.problems
    assert problem.code == "RG602" and "the sheet Ranges needs 8 columns" in problem.message
    assert cases.MAX_COLUMNS == 16_384
