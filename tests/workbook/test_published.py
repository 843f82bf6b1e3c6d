"""The Published sheet: live, the same whatever scenario is selected, and in agreement with the program."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.compute.answers import evaluate
from reportgen.compute.published import published
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.model.published_model import VERDICTS, Interval
from reportgen.problems import ModelError
from reportgen.questions import PUBLISHED
from reportgen.workbook.address import column_letters
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.cell_scale import in_cell
from reportgen.workbook.plan import ASSUMPTIONS, CASES, FIRST, FIRST_ROW, LABEL, UNIT, plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from reportgen.workbook.sheets.published import (
    AS_EXPECTED,
    BECAUSE,
    COMPUTED,
    COMPUTED_TO,
    COUNTS_ROW,
    OFF_BY,
    SECOND,
    STATES,
    TOLERANCE_ROW,
    VERDICT,
    WHERE,
)
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
from tests.model.published import TEXT
from tests.model.samples import SAMPLE, load
from tests.workbook.test_proof import scenario_change


@pytest.fixture(scope="module")
def model() -> Model:
    return load(TEXT)


@pytest.fixture(scope="module")
def book(model: Model) -> bytes:
    return build_workbook(evaluate(model))


@pytest.fixture
def engine(book: bytes, tmp_path: Path) -> IronCalc:
    return IronCalc(book, tmp_path)


def cell(model: Model, figure: str, column: int) -> str:
    row = FIRST_ROW + [each.id for each in model.assessment.published].index(figure)
    return f"{PUBLISHED}!{openpyxl.utils.get_column_letter(column)}{row}"


def shown(found: dict[str, Value], model: Model) -> dict[str, object]:
    """What the sheet shows of each figure: verdict and computed numbers."""
    return {
        each.id: tuple(found.get(cell(model, each.id, column)) for column in (VERDICT, COMPUTED, COMPUTED_TO))
        for each in model.assessment.published
    }


def of_sheet(found: dict[str, Value]) -> dict[str, Value]:
    """The numbers and verdicts of the sheet, without the head that tells the scenario."""
    head = (f"{PUBLISHED}!B3", f"{PUBLISHED}!B4")
    return {address: value for address, value in found.items() if address.startswith(PUBLISHED) and address not in head}


def formulas_of_sheet(book: bytes) -> dict[str, str]:
    """Formulas whose results are those of the sheet; IronCalc finds no scenario in a book that has only one."""
    return {
        address: text
        for address, text in formula_cells(book).items()
        if address.startswith((PUBLISHED, CASES)) and not address.endswith(("!B3", "!B4"))
    }


def changes_of(model: Model, **values: float) -> list[Change]:
    bases = plan_workbook(model).bases
    return [(ASSUMPTIONS, bases[Key(name)].cell, value) for name, value in values.items()]


def test_the_sheet_stores_what_the_program_computes(model: Model, book: bytes) -> None:
    stored = stored_values(book)
    for outcome in published(model):
        verdict, start, end = shown(stored, model)[outcome.figure.id]  # type: ignore[misc]
        assert verdict == outcome.verdict
        computed, unit = outcome.computed, outcome.figure.unit
        if isinstance(computed, Interval):
            assert agree(in_cell(computed.start, unit), start) and agree(in_cell(computed.end, unit), end)
        elif computed is not None:
            assert agree(in_cell(computed, unit), start) and end is None
        else:
            assert (start, end) == ("–", None)
    counts = [stored[f"{PUBLISHED}!{openpyxl.utils.get_column_letter(FIRST + at)}{COUNTS_ROW}"] for at in range(6)]
    assert counts == [4, 3, 1, 3, 2, 0] and VERDICTS[0] == "exact"


def test_every_cell_agrees_in_both_engines(
    model: Model, book: bytes, engine: IronCalc, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    formulas, stored = formula_cells(book), stored_values(book)
    assert disagreements(stored, engine.values(), formulas) == []
    path = tmp_path / "book.xlsx"
    path.write_bytes(book)
    assert disagreements(stored, libreoffice.values(path), formulas) == []
    changes = changes_of(model, seats=251, seat_fee=6.6, vm_hour=0.2)
    changed, _ = apply_settings(model, ["seats=251", "seat_fee=6.6", "vm_hour=0.2"])
    expected = stored_values(build_workbook(evaluate(changed)))
    assert disagreements(expected, libreoffice.values(path, changes), without_marks(formulas)) == []


def test_a_selected_scenario_changes_nothing_on_the_sheet(model: Model, book: bytes, engine: IronCalc) -> None:
    before, plan = of_sheet(engine.values()), plan_workbook(model)
    assert len(before) > 60
    for scenario in model.scenarios:
        change = scenario_change(plan, scenario)
        found = engine.values_after([change])
        assert of_sheet(found) == before
        expected = stored_values(build_workbook(evaluate(model, scenario)))
        assert disagreements(expected, found, without_marks(formula_cells(book))) == []


@pytest.mark.parametrize(
    "values",
    [
        {"seats": 300.0},
        {"seats": 12.0, "seat_fee": 1_560 / 12},
        {"seat_fee": 6.6},
        {"seat_fee": 6.5 * (1 + 2e-9)},
        {"fx": 2.0, "hours": 700.0},
        {"admin": 83_330.0},
        {"admin": 83_333.0},
        {"admin": 83_300.0},
    ],
)
def test_changed_inputs_change_the_verdicts_as_the_program_does(
    values: dict[str, float], model: Model, book: bytes, engine: IronCalc
) -> None:
    changed, _ = apply_settings(model, [f"{name}={value!r}" for name, value in values.items()])
    expected = stored_values(build_workbook(evaluate(changed)))
    found = engine.values_after(changes_of(model, **values))
    assert disagreements(expected, found, without_marks(formula_cells(book))) == []
    assert [each.verdict for each in published(changed)] == [each[0] for each in verdicts_of(found, model)]


def verdicts_of(found: dict[str, Value], model: Model) -> list[tuple[object, ...]]:
    """Verdicts; one that cannot change is no formula."""
    figures = model.assessment.published
    return [(found.get(cell(model, each.id, VERDICT), "input"),) for each in figures]


def test_a_changed_low_reaches_the_figures_that_speak_of_it(model: Model, engine: IronCalc) -> None:
    plan = plan_workbook(model)
    low, _ = plan.limit_cells(Key("seats"))
    found = engine.values_after([(ASSUMPTIONS, low.cell, 100.0)])
    changed = load(TEXT.replace("low: 120, high: 600", "low: 100, high: 600"))
    ranged = {each.figure.id: each for each in published(changed)}["fees_range"]
    assert shown(found, model)["fees_range"] == ("rounded", 650.0, 3_900.0)
    assert ranged.verdict == "rounded" and ranged.computed == Interval(650.0, 3_900.0)


def test_a_changed_value_of_a_scenario_reaches_its_figures(model: Model, engine: IronCalc) -> None:
    plan = plan_workbook(model)
    column = openpyxl.utils.get_column_letter(plan.scenario_column(model.scenarios[0]))
    found = engine.values_after([(ASSUMPTIONS, f"{column}{plan.bases[Key('seats')].row}", 1_000.0)])
    after = shown(found, model)
    assert after["machines_doubled"] == ("differs", 4.0, None)
    assert after["fees_year"][0] == "exact"  # type: ignore[index]


def test_stated_figures_steps_drivers_and_the_tolerance_can_be_edited(model: Model, engine: IronCalc) -> None:
    stated = cell(model, "fees_year", STATES).rpartition("!")[2]
    assert shown(engine.values_after([(PUBLISHED, stated, 18_000.0)]), model)["fees_year"] == (
        "differs",
        18_720.0,
        None,
    )
    expected = engine.values_after([(PUBLISHED, stated, 18_000.0)])
    assert expected[cell(model, "fees_year", AS_EXPECTED)] == "NO"
    assert expected[f"{PUBLISHED}!H{COUNTS_ROW}"] == 1
    tolerance = (PUBLISHED, f"B{TOLERANCE_ROW}", 0.05)
    after = shown(engine.values_after([(PUBLISHED, stated, 18_000.0), tolerance]), model)
    assert after["fees_year"] == ("exact", 18_720.0, None)
    found = lay_out_questions(plan_workbook(model), evaluate(model)).published_cases
    assert found is not None
    block, index = next(place for place in found.cases.places if len(place[0].rows[place[1]].drivers) == 2)
    value = openpyxl.utils.get_column_letter(block.layout.drivers[0][1])
    after = shown(engine.values_after([(CASES, f"{value}{block.row(index)}", 30.0)]), model)
    assert after["fees_at_twenty"] == ("differs", 300.0, None)


def test_blocks_have_one_row_a_case_and_one_formula_a_column(model: Model, book: bytes) -> None:
    cases = lay_out_questions(plan_workbook(model), evaluate(model)).published_cases
    assert cases is not None
    formulas = formula_cells(book)
    shown = stored_values(book)
    assert [shown[f"{CASES}!A{block.row(index)}"] for block, index in cases.cases.places if block is not None] == [
        "Base",
        "Base: seats low",
        "Base: seats high",
        "Base: seats, seat_fee",
        "Doubled team",
        "Doubled team: vm_hour high",
        "Base: seats",
    ]
    for block in cases.cases.blocks:
        for key, column in block.columns.items():
            letter = openpyxl.utils.get_column_letter(column)
            texts = {
                re.sub(rf"(?<![\d$]){row}\b", "#", formulas[f"{CASES}!{letter}{row}"])
                for row in range(block.first_row, block.last_row + 1)
            }
            assert len(texts) == 1, (key, texts)
        assert Key("infrastructure", "hosted") not in block.columns
    assert any(Key("machines") in block.columns for block in cases.cases.blocks)


def test_nothing_is_read_from_where_the_selected_scenario_counts(model: Model, book: bytes) -> None:
    plan = plan_workbook(model)
    cases = lay_out_questions(plan, evaluate(model)).published_cases
    assert cases is not None
    active = re.compile(r"in_[a-z]|Totals!|Calculations!")
    state = re.compile(r'[A-Za-z]+![$A-Z0-9]+="incomplete"')  # a price is missing in every scenario, or in none
    for address, formula in formula_cells(book).items():
        sheet, _, place = address.rpartition("!")
        row = int(re.sub(r"\D", "", place))
        if sheet == PUBLISHED or (sheet == CASES and row >= cases.cases.blocks[0].first_row):
            assert not active.search(state.sub("", formula)), (address, formula)


def test_texts_of_the_model_never_become_formulas(model: Model, book: bytes) -> None:
    sheet: Worksheet = openpyxl.load_workbook(BytesIO(book))[PUBLISHED]
    texts = [
        ("machine_month", WHERE, "= the text below"),
        ("upkeep", LABEL, "+ Upkeep"),
        ("upkeep", BECAUSE, "@ the table"),
    ]
    for figure, column, start in texts:
        found = sheet[cell(model, figure, column).rpartition("!")[2]]
        assert found.data_type == "s" and str(found.value).startswith(start) and found.quotePrefix


def test_every_number_that_is_typed_is_an_unlocked_input(book: bytes) -> None:
    sheet: Worksheet = openpyxl.load_workbook(BytesIO(book))[PUBLISHED]
    typed = [each for row in sheet.iter_rows() for each in row if each.data_type == "n" and each.value is not None]
    assert len(typed) > 20
    assert {each.style for each in typed} == {"Input"} and not any(each.protection.locked for each in typed)
    validated = {str(area) for each in sheet.data_validations.dataValidation for area in each.sqref.ranges}
    assert validated == {f"C{FIRST_ROW}:D{FIRST_ROW + 12}", f"E{FIRST_ROW}:E{FIRST_ROW + 12}", f"B{TOLERANCE_ROW}"}


def test_the_second_formula_stands_beside_the_first(model: Model, book: bytes) -> None:
    formulas = formula_cells(book)
    assert formulas[cell(model, "machine_year", SECOND)].startswith("=ROUND(Cases!")
    assert formulas[cell(model, "machine_year", SECOND)].endswith(",(-1))*12")
    assert cell(model, "machine_month", SECOND) not in formulas
    assert stored_values(book)[cell(model, "machine_year", OFF_BY)] == pytest.approx(1_560 - 0.19 * 730 / 1.08 * 12)
    assert stored_values(book)[cell(model, "fees_year", UNIT)] == "EUR/year"


ONLY_INPUTS = """
published:
  users: {title: Users, where: Opening line, states: {from: 10_000}, unit: user, expect: input}
"""


def test_figures_that_nothing_leads_to_need_no_numbers(tmp_path: Path) -> None:
    text = SAMPLE[: SAMPLE.index("scenarios:")] + ONLY_INPUTS
    book = build_workbook(evaluate(load(text)))
    engine = IronCalc(book, tmp_path)
    assert disagreements(stored_values(book), engine.values(), formulas_of_sheet(book)) == []
    verdict = f"{PUBLISHED}!{column_letters(VERDICT)}{FIRST_ROW}"
    assert verdict not in formula_cells(book)
    assert stored_values(book)[verdict] == "input"


def test_a_model_without_scenarios_reads_the_base(tmp_path: Path) -> None:
    figure = "  fees: {title: Fees, where: Text, states: 1_560, unit: EUR/month, formula: subscription.fees.hosted, "
    text = SAMPLE[: SAMPLE.index("scenarios:")] + f"\npublished:\n{figure}expect: exact}}\n"
    model = load(text)
    book = build_workbook(evaluate(model))
    engine = IronCalc(book, tmp_path)
    assert disagreements(stored_values(book), engine.values(), formulas_of_sheet(book)) == []
    assert shown(engine.values_after(changes_of(model, seats=10)), model)["fees"] == ("differs", 65.0, None)


def test_a_formula_that_no_cell_holds_is_refused() -> None:
    """A straight line between two rows is read three times where another one is its argument."""
    table = "  line: {title: Line, from: 1, to: 1, method: linear, rows: [[0, 0], [1_000, 1_000]]}\n"
    formula = "lookup(line, " * 7 + "seats / 1 [seat]" + ")" * 7
    figure = f"  long_one: {{title: Long, where: Text, states: 1, unit: 1, expect: exact, formula: '{formula}'}}"
    model = load(SAMPLE.replace("tables:\n", f"tables:\n{table}") + f"\npublished:\n{figure}\n")
    with pytest.raises(ModelError) as caught:
        lay_out_questions(plan_workbook(model), evaluate(model))
    (problem,) = caught.value.problems
    assert problem.code == "RG602" and problem.message.startswith("`long_one` becomes a formula of ")
