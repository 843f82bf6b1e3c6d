"""The workbook as a reviewer meets it: what is live, what is locked, what is stored, what can never happen."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model, load_source
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError, Problem
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.limits import check_limits
from reportgen.workbook.plan import FIRST_ROW, FIXED_SHEETS, HEAD_ROW, Plan, input_cells, plan_workbook
from reportgen.workbook.result_names import result_names
from reportgen.workbook.timeline_layout import TIMELINE
from reportgen.workbook.titles import title_cells
from tests.conftest import plain_book
from tests.engines.recalculation import agree, formula_cells, stored_values

ROOT = Path(__file__).parents[2]
TEAM_CHAT = ROOT / "inputs" / "team-chat.yaml"
NOT_WANTED = re.compile(r"\b(OFFSET|INDIRECT|NOW|TODAY|RAND|RANDBETWEEN|CELL|INFO|LET|XLOOKUP|FILTER|SEQUENCE)\(")


@pytest.fixture(scope="session")
def book(model_path: Path) -> tuple[Answers, Plan, bytes, Workbook]:
    model, _ = load_model(model_path)
    results = evaluate(model)
    data = plain_book(model_path)
    return results, plan_workbook(model), data, openpyxl.load_workbook(BytesIO(data))


Book = tuple[Answers, Plan, bytes, Workbook]


def replaced(old: str, new: str) -> str:
    text = TEAM_CHAT.read_text()
    assert old in text
    return text.replace(old, new)


def test_sheets_stand_in_the_order_of_the_design(book: Book) -> None:
    _, plan, _, workbook = book
    assert tuple(workbook.sheetnames) == plan.sheets
    categories = list(plan.category_sheets.values())
    model = plan.model
    requests = [("Scenarios", model.scenarios), ("Sensitivity", model.sensitivity), ("Break-even", model.break_evens)]
    requests += [("Cash flow", model.cash_flow), ("Ranges", model.assessment.ranges), ("Cases", True)]
    said = model.assessment
    requests += [("Simulation", model.simulation), ("Scorecard", said.scorecard), ("Features", said.features)]
    requests += [("Checklist", said.checklist), ("Profiles", said.profiles), ("Published", said.published)]
    questions = [sheet for sheet, wanted in requests if wanted]
    timeline = ["Timeline"] if plan.series else []
    calculations = ["Calculations"] if "Calculations" in plan.sheets else []
    front = ["Summary", "Guide", "Assumptions", *calculations, *timeline, *categories, "Totals"]
    assert workbook.sheetnames == [*front, *questions, "Inputs", "Log", "Sources", "Checks"]
    assert all(sheet.sheet_state == "visible" for sheet in workbook.worksheets)


def test_every_number_stands_in_the_cell_that_the_plan_and_json_name(book: Book) -> None:
    results, plan, data, _ = book
    stored = stored_values(data)
    for key, address in plan.cells.items():
        if key not in results.model.definitions:  # a word, which formulas of a step read by a name of its own
            continue
        expected = results.state(key) if results.model.definitions[key] not in results.model.formulas else ""
        shown = stored.get(str(address))
        if expected in ("included", "none", "not quoted"):
            assert shown == expected, key
        else:
            assert agree(plan.in_cell(key, results.values[key]), shown), (key, address, shown)


def test_every_formula_is_stored_with_its_value(book: Book) -> None:
    _, _, data, _ = book
    stored = stored_values(data)
    empty_texts = {cell for cell, formula in formula_cells(data).items() if '""' in formula}
    empty_texts |= {cell for cell, formula in formula_cells(data).items() if formula.startswith("=INDEX(")}
    missing = set(formula_cells(data)) - set(stored) - empty_texts
    assert missing == set()
    assert len(formula_cells(data)) > 100


def test_results_are_formulas_and_inputs_are_numbers(book: Book) -> None:
    results, plan, data, workbook = book
    formulas = formula_cells(data)
    for key, address in plan.cells.items():
        if key in results.model.formulas or key in plan.bases or key.name in plan.category_sheets:
            assert str(address) in formulas, key
    for key, address in input_cells(plan):
        assert str(address) not in formulas
        cell = workbook[address.sheet][address.cell]
        assert not cell.protection.locked, key
        assert cell.style == "Input", key


def test_only_inputs_are_unlocked_and_sheets_are_protected_without_a_password(book: Book) -> None:
    _, plan, data, workbook = book
    formulas, titles = formula_cells(data), set(map(str, title_cells(plan)))
    for sheet in workbook.worksheets:
        assert sheet.protection.sheet and not sheet.protection.password
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked:
                    place = f"{sheet.title}!{cell.coordinate}"
                    assert cell.style == "Input" or place in titles, place
                    assert f"{sheet.title}!{cell.coordinate}" not in formulas


def test_every_input_is_validated_with_a_prompt(book: Book) -> None:
    _, plan, _, workbook = book
    for key, address in [*input_cells(plan), (Key("scenario"), plan.selector)]:
        validations = [
            each for each in workbook[address.sheet].data_validations.dataValidation if address.cell in each.sqref
        ]
        assert len(validations) == 1, key
        assert validations[0].prompt and validations[0].error and validations[0].showErrorMessage, key


def test_the_head_of_every_sheet_shows_the_master_check(book: Book) -> None:
    _, _, _, workbook = book
    for sheet in workbook.worksheets:
        assert sheet["A3"].value == "All checks"
        assert str(sheet["B3"].value).endswith("C7") and "Checks" in str(sheet["B3"].value) + sheet.title
        column = "D" if sheet.title == TIMELINE else "C"
        assert sheet.freeze_panes in (f"{column}{HEAD_ROW}", f"{column}{HEAD_ROW + 1}")
        assert sheet.print_area


def test_names_are_for_assumptions_and_results(book: Book) -> None:
    """Those of assumptions point at active values."""
    _, plan, _, workbook = book
    results = result_names(plan)
    assert set(workbook.defined_names) == set(plan.names.values()) | results.keys()
    for name, address in results.items():
        ((sheet, cell),) = workbook.defined_names[name].destinations
        assert f"{sheet}!{cell.replace('$', '')}" == str(address)
    for key, name in plan.names.items():
        assert name.startswith("in_")
        ((sheet, cell),) = workbook.defined_names[name].destinations
        assert f"{sheet}!{cell.replace('$', '')}" == str(plan.cells[key])


def test_nothing_a_reviewer_forbids(book: Book) -> None:
    _, _, data, workbook = book
    for cell, text in formula_cells(data).items():
        formula = re.sub(r'"[^"]*"', '""', text)
        assert not NOT_WANTED.search(formula), cell
        assert "[" not in formula and "#" not in formula, cell
        assert len(formula) <= 8192
    assert all(not sheet.merged_cells.ranges for sheet in workbook.worksheets)
    assert not workbook._external_links


def test_the_same_model_gives_the_same_bytes_in_another_process() -> None:
    script = (
        "import hashlib, pathlib, sys; from reportgen.model.load import load_model;"
        "from reportgen.compute.answers import evaluate; from reportgen.workbook.build_workbook import build_workbook;"
        "model, _ = load_model(pathlib.Path(sys.argv[1]));"
        "print(hashlib.sha256(build_workbook(evaluate(model))).hexdigest())"
    )
    model, _ = load_model(TEAM_CHAT)
    ours = hashlib.sha256(build_workbook(evaluate(model))).hexdigest()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", script, str(TEAM_CHAT)]
        other = subprocess.run(
            command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}, cwd=ROOT
        )
        assert other.stdout.strip() == ours


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "#N/A", "<b>&\"'", "TRUE", "' or 1"])
def test_text_from_the_model_stays_text(text: str) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    source = replaced("title: Seat fees,", f"title: {quoted},").replace("note: fully loaded", f"note: {quoted}")
    model, _ = load_source(
        Source("model.yaml", source.replace("{hosted:   {title: Hosted", "{hosted:   {title: Hosted"))
    )
    data = build_workbook(evaluate(model))
    workbook = openpyxl.load_workbook(BytesIO(data))
    title, note = _cell_of(workbook["Subscription"], text), _cell_of(workbook["Assumptions"], text)
    for cell in (title, note):
        assert cell.data_type == "s"
        assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@"))


def _cell_of(sheet: Worksheet, text: str) -> openpyxl.cell.Cell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)


def test_sources_are_linked_and_dated() -> None:
    model, _ = load_model(TEAM_CHAT)
    sheet = openpyxl.load_workbook(BytesIO(build_workbook(evaluate(model))))["Sources"]
    row = [cell.value for cell in sheet[FIRST_ROW]]
    assert row[:4] == ["Vendor price list", "list-price", "2026-06-12", "https://example.com/pricing"]
    assert sheet.cell(FIRST_ROW, 4).hyperlink.target == "https://example.com/pricing"


def test_a_stale_source_is_marked() -> None:
    text = TEAM_CHAT.read_text(encoding="utf-8").replace("as_of: 2026-06-30", "as_of: 2027-06-30")
    model, _ = load_source(Source("model.yaml", text))
    sheet = openpyxl.load_workbook(BytesIO(build_workbook(evaluate(model))))["Sources"]
    assert sheet.cell(FIRST_ROW, 5).value == "STALE: accessed more than 12 months before 2027-06-30."


def test_a_small_price_shows_its_digits(book: Book) -> None:
    results, plan, _, workbook = book
    for key, address in input_cells(plan):
        value = results.values[key]
        if 0 < abs(value) < 0.01:
            number_format = workbook[address.sheet][address.cell].number_format
            decimals = len(number_format.partition(".")[2].strip('"%'))
            assert round(value, decimals) == value, key


def test_the_chart_has_its_caches_and_an_alternative_text() -> None:
    from zipfile import ZipFile

    model, _ = load_model(TEAM_CHAT)
    results = evaluate(model)
    archive = ZipFile(BytesIO(build_workbook(results)))
    chart = archive.read("xl/charts/chart1.xml").decode()
    # Four parts and the total, each with its name and the options; the title.
    assert chart.count("numCache>") == 2 * 5 and chart.count("strCache>") == 2 * (5 + 5 + 1)
    assert "Self-run" in chart and results.values[Key("subscription", "self_run")] * 12 == 1800
    assert "<v>1800" in chart
    assert "Stacked columns: Total cost of ownership" in archive.read("xl/drawings/drawing1.xml").decode()


def limits_of(text: str) -> tuple[Problem, ...]:
    model, _ = load_source(Source("model.yaml", text))
    return check_limits(plan_workbook(model))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("A title that is too long for the tab of a sheet", "31 at most"),
        ("Set-up: all", "cannot hold `:`"),
        ("What / if", "cannot hold `/`"),
        ("totals", "taken by a sheet of every workbook"),
        ("History", "taken by a sheet of every workbook"),
        ("people", "taken by category `people`"),
        ("Set-up'", "apostrophe"),
        ("🚀" * 16, "32 characters as Excel counts them"),
        ("Tab_x0041_le", "cannot hold `_x0041_`"),
        ("#REF!", "cannot hold `!`"),
        ("Save now!", "cannot hold `!`"),
    ],
)
def test_sheet_names_that_excel_refuses_are_reported(title: str, words: str) -> None:
    quoted = title.replace("'", "''")
    text = replaced("    title: Set-up\n", f"    title: '{quoted}'\n")
    (problem,) = limits_of(text)
    assert problem.code == "RG602" and words in problem.message
    short = text.replace(f"    title: '{quoted}'\n", f"    title: '{quoted}'\n    sheet: Set-up\n")
    assert limits_of(short) == ()


def test_a_formula_longer_than_a_cell_holds_is_reported() -> None:
    """The author's text is short enough; what it becomes on another sheet is not."""
    terms = " + ".join(["people.upkeep"] * 240)
    long = replaced("of: [subscription, infrastructure, people], as: average}", f'formula: "{terms}"}}')
    assert limits_of(long) == ()
    (problem, *_) = limits_of(long.replace("    title: People\n", f"    title: {'P ' * 15}P\n"))
    assert problem.code == "RG602" and "a cell holds 8,192" in problem.message


def test_a_formula_nested_deeper_than_excel_reads_is_reported() -> None:
    """Each `and` becomes one more IF, because AND computes both sides."""
    for count, reported in ((60, False), (80, True)):
        condition = " and ".join(["seats > 1 [seat]"] * count)
        text = replaced('formula: "lookup(servers, seats)"', f'formula: "if({condition}, 1 [server], 2 [server])"')
        problems = [problem for problem in limits_of(text) if problem.code == "RG602"]
        assert bool(problems) == reported, count


def test_a_sum_of_many_terms_goes_all_the_way() -> None:
    terms = " + ".join(["people.upkeep"] * 245)
    model, _ = load_source(
        Source("m.yaml", replaced("of: [subscription, infrastructure, people], as: average}", f'formula: "{terms}"}}'))
    )
    results = evaluate(model)
    assert results.value("running", "hosted") == pytest.approx(245 * 12 * results.value("people", "hosted"))
    assert openpyxl.load_workbook(BytesIO(build_workbook(results)))["Totals"].max_row > 10


def test_long_titles_do_not_make_prompts_that_excel_refuses() -> None:
    long = "A title of more than thirty-two characters for an input, and then some"
    model, _ = load_source(Source("m.yaml", replaced("title: Seats,", f'title: "{long}",')))
    sheet = openpyxl.load_workbook(BytesIO(build_workbook(evaluate(model))))["Assumptions"]
    titles = [validation.promptTitle for validation in sheet.data_validations.dataValidation]
    assert max(len(title) for title in titles) == 32 and any(title.endswith("…") for title in titles)
    assert sheet.cell(FIRST_ROW + 1, 1).value == long


def test_an_overridden_input_is_told_on_guide() -> None:
    model, _ = load_model(TEAM_CHAT)
    changed, _ = apply_settings(model, ["seats=300"])
    texts = [
        cell.value
        for row in openpyxl.load_workbook(BytesIO(build_workbook(evaluate(changed))))["Guide"]
        for cell in row
    ]
    assert "seats = 300" in texts
    assert changed.overridden == (Key("seats"),) and model.overridden == ()


def test_fixed_sheets_are_all_there() -> None:
    model, _ = load_model(TEAM_CHAT)
    assert set(plan_workbook(model).sheets) - set(plan_workbook(model).category_sheets.values()) <= set(FIXED_SHEETS)


def test_a_model_without_calculations_has_no_empty_sheet() -> None:
    text = replaced(
        'calculations:\n  machines: {title: Machines, formula: "lookup(servers, seats)", unit: server}\n', ""
    )
    model, _ = load_source(
        Source(
            "model.yaml",
            text.replace("machines * vm_hour * hours / fx", '"lookup(servers, seats) * vm_hour * hours / fx"'),
        )
    )
    workbook = openpyxl.load_workbook(BytesIO(build_workbook(evaluate(model))))
    assert "Calculations" not in workbook.sheetnames


def test_a_model_whose_cases_need_too_many_columns_is_told() -> None:
    from reportgen.workbook import cases

    model, _ = load_model(TEAM_CHAT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(cases, "MAX_COLUMNS", 20)
        with pytest.raises(ModelError) as caught:
            build_workbook(evaluate(model))
    assert [problem.code for problem in caught.value.problems] == ["RG602"]
