"""The Cash flow sheet: step by step as the program, the engines and plain sums have it, and what is read from it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import accumulate, pairwise
from pathlib import Path

import numpy_financial
import pytest
from openpyxl.utils import column_index_from_string

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.source import Source
from reportgen.workbook.address import column_letters
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import HEAD_ROW, plan_workbook
from reportgen.workbook.timeline_layout import MEAN
from tests.engines.recalculation import (
    IronCalc,
    LibreOffice,
    Value,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.workbook.three_engines import shown_in_book

MODEL = """
reportgen: 1
id: press
title: Press
as_of: 2026-11-30
currency: EUR
horizon: 4 year
timeline: {start: 2027-01, step: year, discounting: end}
options: {bought: {title: Bought}, rented: {title: Rented}}
assumptions:
  money:
    title: Money
    inputs:
      rate: {title: Discount rate, value: 10, unit: "%/year"}
      wages: {title: Growth of wages, value: 0, unit: "%/year"}
      age: {title: Age of the drum, value: 2, unit: year}
categories:
  machine:
    title: Machine
    unit: EUR
    items:
      press: {title: Press, costs: {bought: 1_000, rented: none}}
      drum: {title: Drum, costs: {bought: 60, rented: none}, when: age}
      sale: {title: Sale, costs: {bought: -80, rented: none}, when: end}
  running:
    title: Running
    unit: EUR/year
    items:
      staff: {title: Staff, costs: {bought: 120, rented: 520}, growth: wages}
      lease: {title: Room, costs: {bought: none, rented: 36}, from: 2028-07, until: 2029-12}
totals:
  worth: {title: Present value, unit: EUR, of: [machine, running], as: present value, rate: rate}
cash_flow: {of: worth, discount_rate: rate}
scenarios:
  late: {title: Late, set: {age: 3, wages: 4}}
"""
MONTHLY = (("step: year", "step: month"), ("horizon: 4 year", "horizon: 48 month"))
FREE_START = (("costs: {bought: 1_000, rented: none}", "costs: {bought: 0, rented: none}"),)
SETTINGS = (
    *("rate=0", "rate=24", "wages=7", "wages=-10", "age=0.5", "age=3.75", "age=40", "machine.press.bought=5_000"),
    *("machine.drum.amount.bought=900", "machine.sale.amount.bought=-700", "running.lease.from=0"),
    *("running.lease.until=19", "running.staff.rate.rented=110"),
)
SHORTER = {False: ("horizon=3", "horizon=2.25"), True: ("horizon=47", "horizon=13.5")}
SHEET = "Cash flow"


def press(*replacements: tuple[str, str]) -> Model:
    text = MODEL
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return load_source(Source("press.yaml", text))[0]


class Sheet:
    """Cash flow as a reader sees it: rows by what they are called, each option's below its title."""

    def __init__(self, values: Mapping[str, Value], steps: int) -> None:
        self.values = {cell.partition("!")[2]: value for cell, value in values.items() if cell.startswith(f"{SHEET}!")}
        self.steps = steps
        labels = {cell: value for cell, value in self.values.items() if cell[0] == "A" and cell[1:].isdigit()}
        self.labels = {int(cell[1:]): str(value) for cell, value in labels.items()}

    def row(self, title: str, after: str = "Step by step") -> int:
        """The first row of a title below another one, from the head of the sheet on."""
        start = max(row for row, label in self.labels.items() if label == after)
        return min(row for row, label in self.labels.items() if label == title and row > start)

    def numbers(self, title: str, after: str = "Step by step") -> list[float]:
        """The start and all steps of a row."""
        row = self.row(title, after)
        columns = {cell.rstrip("0123456789") for cell, value in self.values.items() if value == "Start"}
        (start,) = map(column_index_from_string, columns)  # the same over each table of steps
        return [float(self.values[f"{column_letters(start + at)}{row}"]) for at in range(self.steps + 1)]

    def under(self, head: str, title: str) -> Value:
        """In a table at the top: what stands in a row below a head."""
        row = self.row(title)
        (cell,) = (cell for cell, value in self.values.items() if value == head)
        return self.values[f"{cell.rstrip('0123456789')}{row}"]


def paybacks(times: list[float], more: list[float]) -> float | None:
    """When a sum that begins above nothing has come down to it, on straight lines."""
    so_far = list(accumulate(more))
    for at in range(1, len(so_far)):
        if so_far[at - 1] > 0 >= so_far[at]:
            return times[at - 1] + (times[at] - times[at - 1]) * so_far[at - 1] / (so_far[at - 1] - so_far[at])
    return None


def assert_top_follows_from_steps(sheet: Sheet, rate: float, step: float) -> None:
    """What the tables at the top say is what plain sums make of the amounts of each step."""
    close = pytest.approx
    times, paid, worth = sheet.numbers("Years from the start"), {}, {}
    for option in ("Bought", "Rented"):
        paid[option] = sheet.numbers("Paid", option)
        ends = (math.ceil(time / step - 1e-9) * step for time in times)  # the horizon may lie within a step
        worth[option] = [amount / (1 + rate) ** end for amount, end in zip(paid[option], ends, strict=True)]
        assert sheet.numbers("Discounted", option) == close(worth[option])
        assert sheet.numbers("Paid so far", option) == close(list(accumulate(paid[option])))
        assert sheet.numbers("Discounted so far", option) == close(list(accumulate(worth[option])))
        assert sheet.under("Paid in all", option) == close(sum(paid[option]))
        assert sheet.under("Present value", option) == close(sum(worth[option]))
        annual = -numpy_financial.pmt(rate, times[-1], sum(worth[option]))
        assert sheet.under("Equivalent annual cost", option) == close(float(annual))
    pair = "Rented against Bought"
    first = next(one - other for one, other in zip(paid["Bought"], paid["Rented"], strict=True) if one != other)
    dearer, cheaper = ("Bought", "Rented") if first > 0 else ("Rented", "Bought")
    assert sheet.under("Costs more at first", pair) == dearer
    more = [one - other for one, other in zip(paid[dearer], paid[cheaper], strict=True)]
    more_worth = [one - other for one, other in zip(worth[dearer], worth[cheaper], strict=True)]
    for head, amounts in (("Payback, years", more), ("Discounted, years", more_worth)):
        years = paybacks(times, amounts)
        assert sheet.under(head, pair) == ("beyond horizon" if years is None else close(years))
    signs = [amount > 0 for amount in more if amount]
    changes = sum(one != other for one, other in pairwise(signs))
    internal: object = "none" if changes == 0 else "several"
    if changes == 1:
        internal = close((1 + float(numpy_financial.irr(more))) ** (1 / step) - 1, rel=1e-7)
    assert sheet.under("Internal rate of return", pair) == internal
    spent, saved = sum(each for each in more_worth if each > 0), -sum(each for each in more_worth if each < 0)
    assert sheet.under("Paid more, discounted, EUR", pair) == close(spent)
    assert sheet.under("Saved, discounted, EUR", pair) == close(saved)
    assert sheet.under("Benefit to cost", pair) == close(saved / spent)


def laid_out(model: Model) -> int:
    assert model.timeline is not None
    return model.timeline.steps


def after(model: Model, setting: str) -> Answers:
    return evaluate(apply_settings(model, [setting])[0])


@pytest.mark.parametrize("monthly", [False, True], ids=["yearly", "monthly"])
def test_cash_flow_agrees_with_the_engines_and_with_plain_sums(
    monthly: bool, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """At base, in a scenario, and after changes of dates, growth, ages, prices, the rate and a shorter horizon."""
    model = press(*MONTHLY) if monthly else press()
    plan, steps, step = plan_workbook(model), laid_out(model), 1 / 12 if monthly else 1.0
    workbook = build_workbook(evaluate(model))
    stored, formulas = stored_values(workbook), formula_cells(workbook)
    path = tmp_path / "press.xlsx"
    path.write_bytes(workbook)
    engine = IronCalc(workbook, tmp_path)
    assert disagreements(stored, engine.values(), formulas) == []
    assert disagreements(stored, libreoffice.values(path), formulas) == []
    assert_top_follows_from_steps(Sheet(stored, steps), 0.1, step)
    cash = {cell: text for cell, text in without_marks(formulas).items() if cell.startswith(f"{SHEET}!")}
    (late,) = model.scenarios
    selector = plan.selector
    changes = [([(selector.sheet, selector.cell, late.title)], evaluate(model, late))]
    for setting in (*SETTINGS, *SHORTER[monthly]):
        name, _, value = setting.partition("=")
        (key,) = (key for key in model.definitions if str(key) == name)
        address = plan.shown_cell(key, model.with_base[0])
        number = plan.in_cell(key, float(value.replace("_", "")))
        changes.append(([(address.sheet, address.cell, number)], after(model, setting)))
    for at, (change, results) in enumerate(changes):
        expected = shown_in_book(results)
        found = engine.values_after(change)
        seen = Sheet(labels(stored) | found, steps)
        if "horizon" not in str(change) and laid_out(results.model) == steps:
            assert disagreements(expected, found, cash, 1e4) == [], change
        assert_top_follows_from_steps(seen, results.value("rate") / 100, step)
        assert results.cash_flow is not None
        for option in model.options:
            present = results.cash_flow.present_value[option.id]
            assert seen.under("Present value", option.title) == pytest.approx(present), change
        if at % 5 == 0:
            assert disagreements(found, libreoffice.values(path, change), cash, 1e4) == [], change


def labels(stored: Mapping[str, Value]) -> dict[str, Value]:
    """What is typed on the sheet: titles and heads."""
    return {cell: value for cell, value in stored.items() if cell.startswith(f"{SHEET}!") and isinstance(value, str)}


def test_amounts_by_hand() -> None:
    """1,000 at the start, a drum of 60 at two years, 80 back at the end, 120 a year; against 520 a year, and 36 a year
    for the room in half of 2028 and all of 2029."""
    sheet = Sheet(stored_values(build_workbook(evaluate(press()))), 4)
    assert sheet.numbers("Paid", "Bought") == [1_000, 120, 120, 180, 40]
    assert sheet.numbers("Paid", "Rented") == [0, 520, 538, 556, 520]
    assert sheet.under("Paid in all", "Bought") == 1_460
    assert sheet.under("Payback, years", "Rented against Bought") == pytest.approx(2 + (1_000 - 400 - 418) / 376)


@pytest.mark.parametrize("months", [False, True], ids=["yearly", "monthly"])
def test_the_internal_rate_of_what_is_hardly_paid_back_is_found(
    months: bool, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """Nearly all of the press is lost: from 10 % on, a spreadsheet does not come to -70 %."""
    saved = ("bought: 120, rented: 520", "bought: 120, rented: 123")
    once = (("bought: 60", "bought: 0"), ("rented: 36", "rented: 0"), ("bought: -80", "bought: 0"))
    model = press(saved, *once, *(MONTHLY if months else ()))
    workbook = build_workbook(evaluate(model))
    stored, formulas = stored_values(workbook), formula_cells(workbook)
    path = tmp_path / "press.xlsx"
    path.write_bytes(workbook)
    assert disagreements(stored, IronCalc(workbook, tmp_path).values(), formulas) == []
    assert disagreements(stored, libreoffice.values(path), formulas) == []
    rate = Sheet(stored, laid_out(model)).under("Internal rate of return", "Rented against Bought")
    assert isinstance(rate, float) and rate < -0.5


@pytest.mark.parametrize(
    ("replacements", "internal"),
    [
        ((("bought: 120, rented: 520", "bought: 560, rented: 520"), ("bought: -80", "bought: 80")), "none"),
        ((("costs: {bought: -80", "costs: {bought: 2_000"),), "several"),
    ],
)
def test_an_internal_rate_that_does_not_exist_is_a_word(
    replacements: tuple[tuple[str, str], ...], internal: str, tmp_path: Path
) -> None:
    workbook = build_workbook(evaluate(press(*replacements)))
    stored = stored_values(workbook)
    assert Sheet(stored, 4).under("Internal rate of return", "Rented against Bought") == internal
    assert disagreements(stored, IronCalc(workbook, tmp_path).values(), formula_cells(workbook)) == []


@pytest.mark.parametrize(("discounting", "shift"), [("start", 1.0), ("middle", 0.5), ("end", 0.0)])
def test_amounts_are_discounted_from_where_the_model_says(discounting: str, shift: float) -> None:
    sheet = Sheet(
        stored_values(build_workbook(evaluate(press(("discounting: end", f"discounting: {discounting}"))))), 4
    )
    expected = [1.0, *(1.1 ** -(year - shift) for year in range(1, 5))]
    assert sheet.numbers("Discount factor", "Bought") == pytest.approx(expected)


def test_options_that_cost_the_same_in_each_step_have_no_payback(tmp_path: Path) -> None:
    workbook = build_workbook(
        evaluate(
            press(
                *FREE_START,
                ("bought: 60", "bought: 0"),
                ("bought: -80", "bought: 0"),
                ("bought: 120, rented: 520", "bought: 520, rented: 520"),
                ("rented: 36", "rented: 0"),
            )
        )
    )
    stored = stored_values(workbook)
    sheet, pair = Sheet(stored, 4), "Rented against Bought"
    assert sheet.under("Costs more at first", pair) == "the same"
    assert sheet.under("Payback, years", pair) == "beyond horizon"
    assert sheet.under("Internal rate of return", pair) == "none"
    assert disagreements(stored, IronCalc(workbook, tmp_path).values(), formula_cells(workbook)) == []


def test_the_head_that_stays_in_view_names_the_steps() -> None:
    stored = stored_values(build_workbook(evaluate(press())))
    heads = [stored[f"{SHEET}!{column_letters(at)}{HEAD_ROW}"] for at in range(MEAN + 1, MEAN + 6)]
    assert heads == ["Start", 2027, 2028, 2029, 2030]


def test_a_cash_flow_needs_no_cases() -> None:
    model = press(("scenarios:\n  late: {title: Late, set: {age: 3, wages: 4}}\n", ""))
    assert "Cases" not in plan_workbook(model).sheets
    assert Key("worth", "bought") in evaluate(model).values
