"""Linear tables, `net` and `overage` in the workbook: three engines see what the program sees, errors included."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.problems import ModelError
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.limits import check_limits
from reportgen.workbook.plan import plan_workbook
from tests.engines.recalculation import (
    IronCalc,
    LibreOffice,
    formula_cells,
)
from tests.model.samples import load
from tests.workbook.three_engines import after, assert_every_cell_agrees, assert_formualizer_agrees, change_of

MODEL = """\
reportgen: 1
id: limits
title: Limits
as_of: 2026-06-30
currency: EUR
options: {flat: {title: Flat}, tiered: {title: Tiered}}
assumptions:
  use:
    title: Use
    inputs:
      calls: {title: Calls, value: 120, unit: kcall/month, low: 50, high: 300}
      allowance: {title: Allowance, value: {flat: 500_000, tiered: 100_000}, unit: call/month}
      credit: {title: Credit, value: 30, unit: EUR/month, low: 0, high: 40}
      price: {title: Price above the allowance, value: 0.25, unit: EUR/kcall}
tables:
  fee: {title: Fee by calls, from: kcall/month, to: EUR/month, method: linear,
        rows: [[0, 70], [100, 90.5], [120, 150], [300, 480]]}
  share: {title: Discount by fee, from: EUR/month, to: "%", method: linear, rows: [[0, 0], [1_000, 40]]}
  seats: {title: Steps, from: kcall/month, to: kcall/month, method: step, rows: [[0, 7], [100, 90], [120, 110]]}
calculations:
  tier: {title: Fee, unit: EUR/month, formula: "lookup(fee, calls)"}
  discount: {title: Discount, unit: "1", formula: "lookup(share, lookup(fee, if(calls > 60 [kcall/month],
             lookup(seats, calls), calls / 2)) + max(0, credit - 5 [EUR/month]) / 3)"}
categories:
  running:
    title: Running
    unit: EUR/month
    items:
      fee: {title: Fee, costs: {flat: "net(150 [EUR/month], credit)", tiered: "net(tier * (1 - discount), credit)"}}
      above: {title: Above, costs: {flat: "overage(calls, allowance)", tiered: "overage(calls, allowance, price)"}}
totals:
  total: {title: Total, unit: EUR/year, formula: "net(running, credit / 10) - overage(credit, 2 * credit)"}
scenarios:
  busy: {title: Busy, set: {calls: 290}}
sensitivity: {of: total}
break_evens:
  calls: {title: Calls at which the order changes, driver: calls, from: 60, to: 300, between: [flat, tiered], of: total}
"""
CALLS = [0.25, 60, 99.999999, 100, 110, 119.99999999999999, 120, 299.5, 300]
BEYOND = [
    ("calls=300.001", "RG502"),
    ("calls=-1", "RG502"),
    ("credit=150.5", "RG504"),
    ("allowance.flat=119_999", "RG504"),
]


@pytest.fixture(scope="module")
def model() -> Model:
    return load(MODEL)


@pytest.fixture(scope="module")
def book(model: Model) -> bytes:
    return build_workbook(evaluate(model))


def test_by_hand(model: Model) -> None:
    """At 120 kcall: fee 150; the discount is that of lookup(fee, 110) = 120.25 and 25/3 on it, 4 % per 100 EUR."""
    results = evaluate(model)
    discount = 0.4 * (120.25 + 25 / 3) / 1_000
    assert results.value("discount") == pytest.approx(discount, rel=1e-14)
    assert results.value("running", "flat") == 120
    assert results.value("running", "tiered") == pytest.approx(150 * (1 - discount) - 30 + 20 * 0.25)
    assert results.value("total", "flat") == pytest.approx(12 * (120 - 3))


def test_every_cell_agrees(model: Model, book: bytes, tmp_path: Path, libreoffice: LibreOffice) -> None:
    """As built and with other numbers of calls: at every row of the table, beside it and between."""
    assert_every_cell_agrees(model, book, [f"calls={calls!r}" for calls in CALLS], tmp_path, libreoffice)


@pytest.mark.parametrize(("setting", "code"), BEYOND)
def test_beyond_a_limit_there_is_no_number_anywhere(
    setting: str, code: str, model: Model, book: bytes, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """Where the program refuses, the sheets show an error in the total, not a number."""
    with pytest.raises(ModelError) as caught:
        after(model, setting)
    assert {problem.code for problem in caught.value.problems} == {code}
    plan = plan_workbook(model)
    path = tmp_path / "book.xlsx"
    path.write_bytes(book)
    change = change_of(plan, setting)
    option = "tiered" if code == "RG502" else "flat"
    total = str(plan.cells[Key("total", option)])
    for found in (IronCalc(book, tmp_path).values_after([change]), libreoffice.values(path, [change])):
        assert str(found[total]).startswith("#"), found[total]


@pytest.mark.parametrize("calls", CALLS)
def test_the_model_s_numbers_agree_in_formualizer(calls: float, model: Model, tmp_path: Path) -> None:
    assert_formualizer_agrees(model, f"calls={calls!r}", tmp_path)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("lookup(fee, 1 [kcall/EUR] * " * 4 + "tier" + ")" * 4, "characters; a cell holds 8,192"),
        ("lookup(fee, 1 [kcall/EUR] * " * 14 + "tier" + ")" * 14, "becomes a formula of more than 8,192 characters"),
        ("net(" * 20 + "tier" + ", 0)" * 20, "becomes a formula of more than 8,192 characters"),
    ],
)
def test_what_repetition_makes_too_long_for_a_cell_is_refused(formula: str, message: str) -> None:
    text = MODEL.replace("net(150 [EUR/month], credit)", formula)
    found = check_limits(plan_workbook(load(text)))
    assert {problem.code for problem in found} == {"RG602"} and message in found[0].message


def test_formulas_are_short_and_hold_no_typed_result(model: Model, book: bytes) -> None:
    plan, formulas = plan_workbook(model), formula_cells(book)
    text = formulas[str(plan.cells[Key("tier")])]
    assert text.startswith("=IF(in_calls<=MAX(") and "MATCH(in_calls," in text and "SUMPRODUCT(" in text
    item = formulas[str(plan.cells[Key("running.fee", "flat")])]
    cell = next(plan.literal_cells[each.span] for each in plan.literals if each.value == 150)
    amount = cell.seen_from("Running", fixed=True)
    assert item == f"=IF(in_credit<={amount},{amount}-in_credit,NA())"
    item = formulas[str(plan.cells[Key("running.above", "tiered")])]
    assert item.startswith("=MAX(0,in_calls-") and item.endswith("*in_price")
    item = formulas[str(plan.cells[Key("running.above", "flat")])]
    assert item.startswith("=IF(in_calls<=") and item.endswith(",0,NA())")
