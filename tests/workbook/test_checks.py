"""Every check of the workbook can fail: each is broken, seen to fail with the master check, and fixed again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model
from reportgen.model.overrides import apply_settings
from reportgen.workbook.address import Address
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.checks import FAILED, LONGEST, NOTED, OK
from reportgen.workbook.plan import CHECKS, plan_workbook
from tests.engines.recalculation import Change, IronCalc, Value, disagreements, formula_cells, stored_values
from tests.model.samples import load
from tests.time.fleets import small_fleet

MASTER, COUNTS = "Checks!C7", "Checks!A8"
TEAM_CHAT = Path(__file__).parents[2] / "inputs" / "team-chat.yaml"

TEXT = """\
reportgen: 1
id: checked
title: Everything that is checked
as_of: 2026-06-30
currency: EUR
horizon: 3 year
options:
  hosted: {title: Hosted}
  self_run: {title: Self-run}
  owned: {title: Owned}
assumptions:
  team:
    title: Team
    inputs:
      seats: {title: Seats, value: 240, unit: seat, low: 100, high: 400}
      fee: {title: Seat fee, value: {hosted: 6.5, self_run: 1, owned: 0.5}, unit: EUR/seat/month, low: 0.1}
  money:
    title: Money
    inputs:
      rate: {title: Discount rate, value: 6, unit: "%/year"}
tables:
  servers: {title: Servers by seats, from: seat, to: server, method: step, rows: [[0, 1], [250, 2], [1_000, 4]]}
  admins: {title: Administrators, from: seat, to: FTE, method: linear, rows: [[0, 0], [2_000, 4]]}
calculations:
  machines: {title: Machines, unit: server, formula: "lookup(servers, seats)"}
  people: {title: People, unit: FTE, formula: "lookup(admins, seats)"}
categories:
  running:
    title: Running
    unit: EUR/month
    items:
      fees: {title: Seat fees, costs: seats * fee}
      servers: {title: Servers, costs: {hosted: none, self_run: "machines * 90 [EUR/server/month]", owned: 300}}
      support: {title: Support, costs: {hosted: included, self_run: not quoted, owned: 120}}
  staff:
    title: Staff
    unit: EUR/year
    items:
      admin: {title: Administrator, costs: "people * 80_000 [EUR/FTE/year]"}
  set_up:
    title: Set-up
    unit: EUR
    items:
      audit: {title: Audit, costs: {hosted: 500, self_run: 4_000, owned: 9_000}}
totals:
  yearly: {title: Cost a year, unit: EUR/year, formula: running + staff}
  total: {title: Total cost, unit: EUR/month, of: [running, staff, set_up], as: average}
scenarios:
  large: {title: Large team, set: {seats: 380}}
  huge: {title: Huge team, set: {seats: 900}}
sensitivity: {of: total}
cash_flow: {of: total, discount_rate: rate}
simulation: {draws: 100, seed: 3}
scorecard:
  title: What counts
  highest: 5
  criteria:
    cost: {title: Cost, weight: 40 %, cost: yearly}
    control: {title: Control, weight: 25 %, scores: {hosted: 2, self_run: 4.5, owned: 5}}
    ease: {title: Ease, weight: 35 %, scores: {hosted: 5, self_run: 3, owned: 1}}
features:
  audit_trail:
    title: Audit trail
    coverage: {hosted: yes, self_run: {is: build, because: Nobody asks for it}, owned: yes}
  sign_on: {title: Single sign-on, coverage: yes}
checklist:
  title: Worth it?
  threshold: 1
  met: Yes
  otherwise: No
  questions:
    size: {title: Many seats?, formula: "seats > 400 [seat]"}
    offline: {title: Offline?, answer: no}
published:
  fee: {title: Fees, where: Page 1, states: 1_560, unit: EUR/month, formula: running.fees.hosted, expect: exact}
"""


@cache
def checked() -> Answers:
    return evaluate(load(TEXT))


@cache
def book(name: str) -> bytes:
    return build_workbook(checked() if name == "checked" else evaluate(load_model(TEAM_CHAT)[0]))


def titles(data: bytes) -> dict[str, int]:
    """The row of each check."""
    stored = stored_values(data)
    sheet = openpyxl.load_workbook(BytesIO(data))[CHECKS]
    return {str(stored[f"Checks!A{row}"]): row for row in range(12, sheet.max_row + 1) if f"Checks!D{row}" in stored}


class Workbench:
    """A book in an engine, whose cells are broken one after the other and fixed again."""

    def __init__(self, data: bytes, folder: Path) -> None:
        self.engine, self.formulas = IronCalc(data, folder), formula_cells(data)
        self.workbook: Any = openpyxl.load_workbook(BytesIO(data))
        self.rows, self.before = titles(data), stored_values(data)

    def value(self, address: str) -> Value:
        return self.engine.value(address)

    def result(self, title: str) -> Value:
        return self.value(f"Checks!C{self.rows[title]}")

    def put(self, address: str, content: object) -> None:
        sheet, _, cell = address.rpartition("!")
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        text = "" if content is None else repr(content) if isinstance(content, float) else str(content)
        self.engine.model.set_user_input(self.engine.sheets.index(sheet), row, column, text)

    def broken(self, address: str, content: object) -> None:
        self.put(address, content)
        self.engine.model.evaluate()

    def fixed(self, address: str) -> None:
        sheet, _, cell = address.rpartition("!")
        self.broken(address, self.formulas.get(address, self.workbook[sheet][cell].value))

    def read_by(self, row: int) -> Iterator[str]:
        """Cells that a check's own formulas read: of every range the first, the last and one in the middle."""
        seen: set[str] = set()
        for address, text in self.formulas.items():
            sheet, _, cell = address.rpartition("!")
            if sheet != CHECKS or cell.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != str(row) or cell[0] in "CGH":
                continue
            for token in openpyxl.formula.Tokenizer(text).items:
                if token.subtype == "RANGE":
                    seen |= set(self.cells(token.value))
        own = re.compile(rf"Checks!\D+{row}")
        yield from sorted(each for each in seen if not own.fullmatch(each))

    def cells(self, reference: str) -> Iterator[str]:
        if reference in self.workbook.defined_names:
            reference = self.workbook.defined_names[reference].attr_text
        sheet, _, area = reference.replace("$", "").rpartition("!")
        name = sheet.removeprefix("'").removesuffix("'").replace("''", "'") or CHECKS
        left, top, right, bottom = range_boundaries(area)
        for row in {top, (top + bottom) // 2, bottom}:
            for column in {left, right}:
                yield str(Address(name, row, column))


def other(value: Value | None) -> object:
    """A content that a cell does not hold."""
    if isinstance(value, bool) or value is None or value == "":
        return "something else"
    return value + max(1.0, 9 * abs(value)) if isinstance(value, int | float) else None


BROKEN: dict[str, list[object]] = {
    "no error values": ["=1/0"],
    "no cost outside its lines": [1.0],
    "rows stand where they were": ["moved"],
}
"""Contents of cells that let checks fail in whose titles these are."""


@pytest.mark.parametrize("name", ["checked", "team-chat"])
def test_every_check_can_fail_and_hold_again(name: str, tmp_path: Path) -> None:
    bench = Workbench(book(name), tmp_path)
    bench.engine.values()
    first = {title: bench.result(title) for title in bench.rows}
    assert set(first.values()) == {OK, NOTED} and bench.value(MASTER) == OK
    never = []
    for title, row in bench.rows.items():
        if first[title] == NOTED:
            continue
        for address in bench.read_by(row):
            was = bench.value(address)
            contents = next((each for part, each in BROKEN.items() if part in title), [other(was), None])
            results = []
            for content in contents:
                bench.broken(address, content)
                results.append((bench.result(title), bench.value(MASTER)))
            bench.fixed(address)
            assert (bench.result(title), bench.value(MASTER)) == (OK, OK), f"{title} after {address} was fixed"
            assert all(master == FAILED for result, master in results if result == FAILED), title
            if any(result != OK for result, _ in results):
                break
        else:
            never.append(title)
    assert never == []


@pytest.mark.parametrize(
    ("changes", "check", "result"),
    [
        ([("Assumptions", "F8", 99.0)], "Low is at most Base, High at least Base", FAILED),
        ([("Assumptions", "F8", "")], "Every assumption is a number", FAILED),
        ([("Summary", "B4", "Huge team")], "Active values lie between Low and High", NOTED),
        ([("Summary", "B4", "Large team")], "Active values lie between Low and High", OK),
        ([("Summary", "B4", "Large team")], "Inputs that were changed", OK),
        ([("Summary", "B4", "Nothing")], "The scenario is one of the list", FAILED),
        ([("Assumptions", "F8", 241.0)], "Inputs that were changed", NOTED),
        ([("Assumptions", "F8", 241.0)], "Figures with the verdict that is expected", NOTED),
        ([("Assumptions", "F8", 241.0)], "Total cost: as it was simulated", NOTED),
        ([("Running", "D9", 75.0)], "Self-run: costs that are known", OK),
        ([("Running", "C8", "")], "Running: every cost is a number or a word", FAILED),
        ([("Running", "C8", "nonne")], "Running: every cost is a number or a word", FAILED),
        ([("Running", "D10", "1.200 EUR")], "Running: spare lines hold numbers", FAILED),
        ([("Running", "D10", "included")], "Running: spare lines hold numbers", OK),
        ([("Running", "D13", 5.0)], "Running: items and their total", FAILED),
        ([("Running", "C13", 2_560.0), ("Running", "D13", 420.0)], "Running: items and their total", FAILED),
        ([("Checklist", "C8", "perhaps")], "Every question is answered yes or no", FAILED),
    ],
)
def test_what_a_change_leads_to(changes: list[Change], check: str, result: str, tmp_path: Path) -> None:
    data = book("checked")
    engine, row = IronCalc(data, tmp_path), titles(data)[check]
    found = engine.values_after(changes)
    assert found[f"Checks!C{row}"] == result
    assert (found[MASTER] == FAILED) >= (result == FAILED)
    if result == NOTED:
        assert found[MASTER] == OK


def test_unknown_prices_are_counted_and_noted(tmp_path: Path) -> None:
    data = book("checked")
    stored, row = stored_values(data), titles(data)["Self-run: costs that are known"]
    assert [stored[f"Checks!{column}{row}"] for column in "CEF"] == [NOTED, 4, 5]
    assert stored[MASTER] == OK
    assert str(stored[COUNTS]).endswith(" OK, 1 to note, 0 to look at") and stored["Summary!C3"] == "1 to note"
    found = IronCalc(data, tmp_path).values_after([("Running", "D9", 75.0)])
    told = "a changed input, of which Log says nothing, and a simulation before it"
    assert str(found[COUNTS]).endswith(" OK, 3 to note, 0 to look at"), told


def test_counts_are_shown_whole_and_amounts_with_their_digits() -> None:
    sheet, rows = openpyxl.load_workbook(BytesIO(book("checked")))[CHECKS], titles(book("checked"))
    for title, expected in (
        ("Every assumption is a number", ["#,##0", "#,##0", "#,##0"]),
        ("The weights of the scorecard sum to 100 %", ["#,##0", "#,##0", "#,##0"]),
        ("The horizon lies within the steps of the timeline", ["#,##0", "#,##0", "#,##0"]),
        ("Cost a year: categories and their total", ["#,##0", "#,##0", "[=0]0;0.0E+00"]),
    ):
        assert [sheet[f"{column}{rows[title]}"].number_format for column in "EFG"] == expected, title


def test_a_unit_that_is_erased_fails(tmp_path: Path) -> None:
    bench = Workbench(book("checked"), tmp_path)
    bench.broken("Totals!B8", None)
    assert bench.result("Totals: a unit on every row") == bench.value(MASTER) == FAILED


def test_a_base_beyond_its_range_fails_and_a_scenario_there_is_noted(tmp_path: Path) -> None:
    bench, within = Workbench(book("checked"), tmp_path), "Active values lie between Low and High"
    bench.broken("Summary!B4", "Huge team")
    assert (bench.result(within), bench.value(MASTER)) == (NOTED, OK)
    bench.fixed("Summary!B4")
    bench.broken("Assumptions!F8", 401.0)
    assert (bench.result(within), bench.value(MASTER)) == (NOTED, FAILED)
    bench.broken("Assumptions!E8", 500.0)
    assert (bench.result(within), bench.value(MASTER)) == (OK, OK)


def test_a_result_that_is_erased_fails_the_master_check(tmp_path: Path) -> None:
    data = book("checked")
    bench = Workbench(data, tmp_path)
    row = bench.rows["Running: items and their total"]
    bench.broken(f"Checks!C{row}", None)
    assert bench.value(MASTER) == FAILED


def test_tolerances_are_what_the_cells_say(tmp_path: Path) -> None:
    """A total that is off by a cent fails; a wider tolerance lets it pass."""
    data = book("checked")
    total = str(plan_workbook(checked().model).cells[next(iter(checked().model.keys_of("running")))])
    sheet, _, cell = total.rpartition("!")
    value = float(stored_values(data)[total]) + 0.01
    engine, row = IronCalc(data, tmp_path), titles(data)["Running: items and their total"]
    assert engine.values_after([(sheet, cell, value)])[f"Checks!C{row}"] == FAILED


@pytest.mark.parametrize(("column", "value"), [("C9", 0.001), ("C10", 0.1)])
def test_a_wider_tolerance_lets_a_small_difference_pass(column: str, value: float, tmp_path: Path) -> None:
    data = book("checked")
    total = str(plan_workbook(checked().model).cells[next(iter(checked().model.keys_of("running")))])
    sheet, _, cell = total.rpartition("!")
    changes: list[Change] = [(sheet, cell, float(stored_values(data)[total]) + 0.01), (CHECKS, column, value)]
    engine, row = IronCalc(data, tmp_path), titles(data)["Running: items and their total"]
    assert engine.values_after(changes)[f"Checks!C{row}"] == OK


def test_published_figures_fail_only_while_nothing_is_changed() -> None:
    """A book made with other values than the model's says so, and notes what these lead to."""
    wrong = evaluate(load(TEXT.replace("states: 1_560", "states: 1_570")))
    data = build_workbook(wrong)
    row = titles(data)["Figures with the verdict that is expected"]
    stored = stored_values(data)
    assert stored[f"Checks!C{row}"] == FAILED and stored[MASTER] == FAILED
    assert all(stored[f"{sheet}!B3"] == FAILED for sheet in ("Summary", "Assumptions", "Guide"))
    changed, _ = apply_settings(checked().model, ["seats=241"])
    stored = stored_values(build_workbook(evaluate(changed)))
    assert stored[f"Checks!C{row}"] == NOTED and stored[MASTER] == OK


def test_every_check_names_its_sheet_and_can_be_followed() -> None:
    for name in ("checked", "team-chat"):
        data = book(name)
        workbook = openpyxl.load_workbook(BytesIO(data))
        sheet = workbook[CHECKS]
        for title, row in titles(data).items():
            link = sheet.cell(row, 4)
            assert link.value in workbook.sheetnames and link.hyperlink is not None, title
            assert str(link.value).replace("'", "''") in str(link.hyperlink.location), title
        assert all(len(text) <= LONGEST for cell, text in formula_cells(data).items() if cell.startswith("Checks!"))


@pytest.mark.parametrize(
    ("sheet", "head", "title"),
    [
        ("Cash flow", "Paid", "Electric: paid in all, as its parts come to"),
        ("Timeline", "Vehicles", "Electric: paid in all, as its parts come to"),
        ("Cash flow", "Discounted", "Electric: amounts times discount factors"),
    ],
)
def test_an_amount_of_a_step_that_is_overwritten_fails_a_check(
    sheet: str, head: str, title: str, tmp_path: Path
) -> None:
    """What is paid in all, and its present value, are computed two ways."""
    data = build_workbook(evaluate(small_fleet()))
    bench = Workbench(data, tmp_path)
    cells = {cell: value for cell, value in stored_values(data).items() if cell.startswith(f"{sheet}!A")}
    row = min(int(cell.rpartition("A")[2]) for cell, value in cells.items() if value == head and int(cell[-2:]) > 20)
    if sheet == "Timeline":  # the title of the group, then the items of the first option, then what they come to
        row = sorted(int(cell.rpartition("A")[2]) for cell, value in cells.items() if value == head)[1]
    bench.engine.values()
    assert bench.result(title) == OK
    bench.broken(f"{sheet}!H{row}", 1.0)
    assert (bench.result(title), bench.value(MASTER)) == (FAILED, FAILED)
    bench.fixed(f"{sheet}!H{row}")
    assert (bench.result(title), bench.value(MASTER)) == (OK, OK)


def test_a_horizon_beyond_the_steps_laid_out_fails_a_check(tmp_path: Path) -> None:
    model = small_fleet()
    bench = Workbench(build_workbook(evaluate(model)), tmp_path)
    title, cell = "The horizon lies within the steps of the timeline", str(plan_workbook(model).bases[Key("horizon")])
    bench.broken(cell, 7.0)
    assert (bench.result(title), bench.value(MASTER)) == (FAILED, FAILED)
    bench.broken(cell, 5.0)
    assert (bench.result(title), bench.value(MASTER)) == (OK, OK)


@pytest.mark.parametrize("step", ["year", "quarter", "month"])
def test_growth_of_every_kind_is_the_same_in_the_workbook_and_in_the_program(step: str, tmp_path: Path) -> None:
    """Growth by the year, quarter and month, of a share, and in the input's own unit, which adds."""
    case = (Path(__file__).parents[1] / "cases" / "time-gr.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("growth: 0.03}", "growth: 0.01 EUR/kWh/month}"),
        ("growth: 5}", "growth: 5 %/year}"),
        ("formula: run}", "of: [run], as: average}"),
        ("formula: run.y}", "of: [run.y], as: average}"),
        ("horizon: 4 year\n", f"horizon: 4 year\ntimeline: {{start: 2027-01, step: {step}, discounting: end}}\n"),
    ):
        assert old in case, old
        case = case.replace(old, new)
    results = evaluate(load(case))
    data = build_workbook(results)
    assert disagreements(stored_values(data), IronCalc(data, tmp_path).values(), formula_cells(data)) == []
    flow = results.series[Key("run.x over time", "a")]
    length = {"year": 12, "quarter": 3, "month": 1}[step]
    begins = range(0, 48, length)
    assert flow[1:] == pytest.approx([1_000 * length / 12 * (0.27 + 0.01 * month) for month in begins])
    quarterly = results.series[Key("run.x over time", "b")]
    assert quarterly[1:] == pytest.approx([100 * length / 12 * 1.03 ** (month / 3) for month in begins])
