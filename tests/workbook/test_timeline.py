"""A model over time in its workbook: every formula, in two engines, after changes of dates, growth and the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from reportgen.workbook.timeline_layout import TIMELINE
from tests.engines.recalculation import (
    Change,
    IronCalc,
    LibreOffice,
    disagreements,
    formula_cells,
    read_from,
    stored_values,
    without_marks,
)
from tests.time.fleets import MONTHLY, small_fleet

YEARLY_SETTINGS = (
    *("discount_rate=9", "inflation=-2", "inflation=0", "power=0.41", "vans.2027-01=35", "vans.2027-07=10"),
    *("vans.2028-01=121.5", "adoption.2027-01=55", "adoption.2027-10=80", "battery_age=4.5", "battery_age=9", "km=900"),
    *("horizon=5", "horizon=3.5", "vans.2027-07.from=9", "adoption.2027-10.from=30", "vehicles.charger.2027-01=25"),
    *("vehicles.charger.2028-07.on=43", "vehicles.tyres.every=20", "running.lease.from=14", "running.lease.until=41.5"),
    *("running.old_dc.until=0", "running.licence.growth=-5", "running.licence.rate.leased=5_100"),
    *("consumption=0.31", "running.flat.electric=0"),
)
MONTHLY_SETTINGS = (
    *("discount_rate=0", "inflation=11", "vans.2027-01=1", "vans.2027-07.from=1", "vans.2028-01.from=17"),
    *("adoption.2027-10=20", "adoption.2027-10.from=2", "battery_age=0.25", "battery_age=3", "consumption=0.5"),
    *("horizon=29", "horizon=11.5", "horizon=1", "vehicles.charger.2027-01=100", "vehicles.charger.2027-01.on=29"),
    *("vehicles.tyres.every=2.5", "vehicles.training.leased=1", "running.lease.from=0", "running.lease.until=3"),
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
        questions = lay_out_questions(self.plan, self.results)
        self.typed = {
            str(block.address(index, key))
            for block in questions.blocks
            for key in block.typed
            for index in range(len(block.rows))
        }
        stale = read_from(self.formulas, self.typed)
        self.compared = {cell: text for cell, text in without_marks(self.formulas).items() if cell not in stale}

    def after(self, setting: str) -> tuple[Change, Answers]:
        """What `--set` does in the workbook's cell and in the program."""
        name, _, value = setting.partition("=")
        changed, _ = apply_settings(self.model, [setting])
        (key,) = (key for key in self.model.definitions if str(key) == name)
        address = self.plan.shown_cell(key, self.results.scenario)
        return (address.sheet, address.cell, float(value.replace("_", ""))), evaluate(changed)

    def differing(self, found: dict[str, float | str | bool], results: Answers) -> list[str]:
        scale = max(abs(value) for value in results.values.values())
        return disagreements(stored_values(build_workbook(results)), found, self.compared, scale)


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
        change, results = fleet.after(setting)
        assert fleet.differing(engine.values_after([change]), results) == [], setting
        if number % 5 == 2:
            assert fleet.differing(libreoffice.values(path, [change]), results) == [], setting


def test_a_book_over_time_agrees_in_each_scenario(case: tuple[Fleet, tuple[str, ...]], tmp_path: Path) -> None:
    fleet, _ = case
    engine = IronCalc(fleet.book, tmp_path)
    for scenario in fleet.model.scenarios:
        selector = fleet.plan.selector
        found = engine.values_after([(selector.sheet, selector.cell, scenario.title)])
        assert fleet.differing(found, evaluate(fleet.model, scenario)) == [], scenario.id
