"""A model over time in its workbook: every formula, in two engines, after changes of dates, growth and the rest."""

from __future__ import annotations

import math
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model
from reportgen.model.model import Model, Shape
from reportgen.model.over_time import FACTOR
from reportgen.model.overrides import apply_settings
from reportgen.workbook.as_made import AS_MADE, OUT_OF_DATE
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import HEAD_ROW, plan_workbook
from reportgen.workbook.timeline_layout import MEAN, TIMELINE, WHOLE, StepColumns, step_columns
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    Value,
    disagreements,
    formula_cells,
    stored_values,
)
from tests.time.fleets import MONTHLY, small_fleet
from tests.workbook.live_formulas import live_formulas, typed_cells
from tests.workbook.three_engines import shown_in_book

YEARLY_SETTINGS = (
    *("discount_rate=9", "inflation=-2", "inflation=0", "power=0.41", "vans.2027-01=35", "vans.2027-07=10"),
    *("vans.2028-01=121.5", "adoption.2027-01=55", "adoption.2027-10=80", "battery_age=4.5", "battery_age=9", "km=900"),
    *("horizon=5", "horizon=3.5", "vans.2027-07.from=9", "adoption.2027-10.from=30"),
    "vehicles.charger.2027-01=25 vehicles.charger.2028-07=75",
    *("vehicles.charger.2028-07.on=43", "vehicles.tyres.every=20", "running.lease.from=14", "running.lease.until=41.5"),
    *("running.old_dc.until=0", "running.licence.growth=-5", "running.licence.rate.leased=5_100"),
    *("consumption=0.31", "running.flat.electric=0"),
)
MONTHLY_SETTINGS = (
    *("discount_rate=0", "inflation=11", "vans.2027-01=1", "vans.2027-07.from=1", "vans.2028-01.from=17"),
    *("adoption.2027-10=20", "adoption.2027-10.from=2", "battery_age=0.25", "battery_age=3", "consumption=0.5"),
    *("horizon=29", "horizon=11.5", "horizon=1", "vehicles.charger.2027-01.on=29"),
    "vehicles.charger.2027-01=100 vehicles.charger.2028-07=0",
    *("vehicles.tyres.every=2.5", "vehicles.training.leased=1", "running.lease.from=0", "running.lease.until=4"),
    *("running.old_dc.rate.electric=1", "running.licence.growth=60"),
)
CASES = {"yearly": ((), YEARLY_SETTINGS), "monthly": (MONTHLY, MONTHLY_SETTINGS)}


class Fleet:
    """A fleet with its workbook, and the formulas in which a changed book shows what the book of the changed model
    does: not the marks of changed inputs, and not what reads values of cases that are typed (`CaseBlock.typed`), which
    a changed book keeps and says are out of date."""

    def __init__(self, model: Model) -> None:
        self.model, self.results, self.plan = model, evaluate(model), plan_workbook(model)
        self.book = build_workbook(self.results)
        self.formulas = formula_cells(self.book)
        self.typed = typed_cells(self.plan, self.results)
        self.compared = live_formulas(self.plan, self.results, self.formulas)

    def changes(self, settings: str) -> list[Change]:
        """What `--set` does, in the workbook's cells."""
        made = []
        for setting in settings.split():
            name, _, value = setting.partition("=")
            (key,) = (key for key in self.model.definitions if str(key) == name)
            address = self.plan.shown_cell(key, self.results.scenario)
            made.append((address.sheet, address.cell, self.plan.in_cell(key, float(value.replace("_", "")))))
        return made

    def after(self, settings: str) -> tuple[list[Change], Answers]:
        """The changes in the workbook, and what the program computes."""
        changed, _ = apply_settings(self.model, settings.split())
        return self.changes(settings), evaluate(changed)

    def differing(self, found: dict[str, Value], results: Answers) -> list[str]:
        scale = max(abs(value) for value in results.values.values())
        return disagreements(shown_in_book(results), found, self.compared, scale)


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> tuple[Fleet, tuple[str, ...]]:
    replacements, settings = CASES[request.param]
    return Fleet(small_fleet(*replacements)), settings


def test_most_formulas_are_compared(case: tuple[Fleet, tuple[str, ...]]) -> None:
    """What is left out is what reads typed cases, Checks and the register of inputs; all of Timeline and Cash flow, and
    what categories and totals come to, is compared."""
    fleet, _ = case
    assert fleet.typed
    sheets = {TIMELINE, "Cash flow", "Vehicles", "Running", "Totals"}
    left_out = {cell for cell in fleet.formulas.keys() - fleet.compared.keys() if cell.rpartition("!")[0] in sheets}
    marks = {cell for cell in left_out if "Inputs!" in fleet.formulas[cell] or "Checks!" in fleet.formulas[cell]}
    assert left_out == marks
    assert sum(cell.startswith((f"{TIMELINE}!", "Cash flow!")) for cell in fleet.compared) > 400


def test_a_book_over_time_agrees_in_both_engines(
    case: tuple[Fleet, tuple[str, ...]], libreoffice: LibreOffice, tmp_path: Path
) -> None:
    fleet, _ = case
    path = tmp_path / "fleet.xlsx"
    path.write_bytes(fleet.book)
    stored = stored_values(fleet.book)
    assert disagreements(stored, IronCalc(fleet.book, tmp_path).values(), fleet.formulas) == []
    assert disagreements(stored, libreoffice.values(path), fleet.formulas) == []


def test_a_book_over_time_agrees_after_each_change(
    case: tuple[Fleet, tuple[str, ...]], libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """Dates, growth, shares, ages, durations, prices and a shorter horizon; every fifth change in LibreOffice too."""
    fleet, settings = case
    engine = IronCalc(fleet.book, tmp_path)
    path = tmp_path / "fleet.xlsx"
    path.write_bytes(fleet.book)
    for number, setting in enumerate(settings):
        changes, results = fleet.after(setting)
        assert fleet.differing(engine.values_after(changes), results) == [], setting
        if number % 5 == 2:
            assert fleet.differing(libreoffice.values(path, changes), results) == [], setting


def test_a_book_over_time_agrees_in_each_scenario(case: tuple[Fleet, tuple[str, ...]], tmp_path: Path) -> None:
    fleet, _ = case
    engine = IronCalc(fleet.book, tmp_path)
    for scenario in fleet.model.scenarios:
        selector = fleet.plan.selector
        found = engine.values_after([(selector.sheet, selector.cell, scenario.title)])
        assert fleet.differing(found, evaluate(fleet.model, scenario)) == [], scenario.id


def test_the_frozen_head_names_the_steps_in_the_same_columns_on_both_sheets() -> None:
    book = openpyxl.load_workbook(BytesIO(Fleet(small_fleet(*MONTHLY)).book))
    timeline, cash_flow = book[TIMELINE], book["Cash flow"]
    heads = [cell.value for cell in timeline[HEAD_ROW]][MEAN:]
    assert heads[:4] == [2027, 2028, 2029, "Start"]
    assert heads[4] == "2027-01" and heads[-1] == "2029-06" and len(heads) == 34
    assert [cell.value for cell in cash_flow[HEAD_ROW]][MEAN:] == heads
    assert timeline.freeze_panes == f"D{HEAD_ROW + 1}"
    assert cash_flow.print_title_cols and cash_flow.page_setup.orientation == "landscape"


def timeline_of(fleet: Fleet, *, values: bool = False) -> tuple[Worksheet, StepColumns]:
    assert fleet.model.timeline is not None
    book = openpyxl.load_workbook(BytesIO(fleet.book), data_only=values)
    return book[TIMELINE], step_columns(fleet.model.timeline)


def test_amounts_by_month_are_added_up_by_year() -> None:
    fleet = Fleet(small_fleet(*MONTHLY))
    sheet, columns = timeline_of(fleet, values=True)
    amounts = {name for name, each in fleet.model.quantities.items() if each.shape is Shape.FLOW}
    flows = [key for key in fleet.plan.series if key.name in amounts and not key.name.endswith(FACTOR)]
    assert flows
    for key in flows:
        row = fleet.plan.series[key]
        months = [sheet.cell(row, column).value or 0.0 for column in columns.steps]
        years = [sheet.cell(row, column).value for column in columns.years]
        assert years == pytest.approx([math.fsum(months[at : at + 12]) for at in (0, 12, 24)])
        start = sheet.cell(row, columns.start).value or 0.0
        assert start + math.fsum(years) == pytest.approx(sheet.cell(row, WHOLE).value)
    others = [row for key, row in fleet.plan.series.items() if key not in flows]
    assert {sheet.cell(row, column).value for row in others for column in columns.years} == {None}


def test_steps_of_a_year_need_no_sums_by_year() -> None:
    assert not timeline_of(Fleet(small_fleet()))[1].years


def test_a_row_of_timeline_has_one_formula() -> None:
    """Seen from their cells, the formulas of all steps are the same; only the start may have none or another."""
    sheet, columns = timeline_of(Fleet(small_fleet()))
    for row in range(columns.first_series, sheet.max_row + 1):
        steps = [sheet.cell(row, column) for column in columns.steps]
        if steps[0].value is not None:
            first = steps[0]
            moved = [Translator(first.value, first.coordinate).translate_formula(cell.coordinate) for cell in steps]
            assert [cell.value for cell in steps] == moved, row


def test_what_a_category_comes_to_stands_below_its_items() -> None:
    sheet, columns = timeline_of(Fleet(small_fleet()), values=True)
    titles = [sheet.cell(row, 1).value for row in range(columns.first_series, sheet.max_row + 1)]
    heads = [titles.index(title) for title in ("Inputs over time", "Calculations over time", "Vehicles", "Running")]
    assert heads == sorted(heads)
    assert titles[heads[3] - 2] == "Vehicles" and titles[-1] == "Running"


def test_dates_and_shares_that_do_not_fit_together_fail_the_master_check(tmp_path: Path) -> None:
    fleet = Fleet(small_fleet())
    engine, master = IronCalc(fleet.book, tmp_path), str(fleet.plan.master_check)
    refused = ("vans.2027-07.from=12", "adoption.2027-10.from=0", "vehicles.charger.2027-01=41")
    fitting = (
        "vans.2027-07.from=13 vans.2028-01.from=14",
        "vehicles.charger.2027-01=33.3 vehicles.charger.2028-07=66.7",
    )
    for settings in (*refused, *fitting):
        expected = "CHECK" if settings in refused else "OK"
        assert engine.values_after(fleet.changes(settings))[master] == expected, settings


def test_sheets_that_show_typed_cases_say_so_and_when_they_are_out_of_date(tmp_path: Path) -> None:
    fleet = Fleet(small_fleet())
    engine = IronCalc(fleet.book, tmp_path)
    inflation = fleet.plan.shown_cell(Key("inflation"), fleet.results.scenario)
    selector = fleet.plan.selector
    changed = engine.values_after([(inflation.sheet, inflation.cell, 0.04)])
    elsewhere = engine.values_after([(selector.sheet, selector.cell, "Fast")])
    back = engine.values()
    for sheet in ("Scenarios", "Sensitivity", "Cases"):
        assert back[f"{sheet}!C1"] == AS_MADE
        assert changed[f"{sheet}!C1"] == OUT_OF_DATE
        assert elsewhere[f"{sheet}!C1"] == (AS_MADE if sheet == "Scenarios" else OUT_OF_DATE)
    book = openpyxl.load_workbook(BytesIO(fleet.book))
    assert "grey numbers" in book["Cases"]["B2"].value
    assert "Cash flow!C1" not in back and "Summary!C1" not in back


def test_typed_cases_that_are_out_of_date_are_noted_and_fail_no_check(tmp_path: Path) -> None:
    fleet = Fleet(small_fleet())
    engine = IronCalc(fleet.book, tmp_path)
    inflation = fleet.plan.shown_cell(Key("inflation"), fleet.results.scenario)
    stored = stored_values(fleet.book)
    (row,) = (cell[8:] for cell, value in stored.items() if value == "Present value: in the case as selected")
    changed = engine.values_after([(inflation.sheet, inflation.cell, 0.04)])
    assert stored[f"Checks!C{row}"] == "OK" and changed[f"Checks!C{row}"] == "NOTE"
    assert changed[str(fleet.plan.master_check)] == "OK"
    restored = engine.values()
    assert restored[f"Checks!C{row}"] == "OK"


def test_cases_that_nothing_over_time_changes_stay_live() -> None:
    """A book without series has no typed cases, and no note about them."""
    model, _ = load_model(Path(__file__).parents[2] / "inputs" / "team-chat.yaml")
    fleet = Fleet(model)
    assert not fleet.typed and TIMELINE not in fleet.plan.sheets
    assert not {AS_MADE, OUT_OF_DATE} & set(stored_values(fleet.book).values())


def test_a_number_among_formulas_over_time_has_its_own_cell(tmp_path: Path) -> None:
    """One option's amount is a formula over time, the other's a number: the number can be edited on its sheet."""
    fleet = Fleet(small_fleet(('"bought * 43_500 [EUR/van]", leased: none', '"bought * 43_500 [EUR/van]", leased: 7')))
    key = Key("vehicles.purchase.amount", "leased")
    address = fleet.plan.cells[key]
    assert address.sheet == "Vehicles" and fleet.plan.shown_cell(key, fleet.results.scenario) == address
    engine = IronCalc(fleet.book, tmp_path)
    assert disagreements(stored_values(fleet.book), engine.values(), fleet.formulas) == []
    changes, results = fleet.after("vehicles.purchase.amount.leased=11")
    assert fleet.differing(engine.values_after(changes), results) == []
