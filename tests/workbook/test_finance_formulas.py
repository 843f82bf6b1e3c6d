"""Loans, curves and graduated prices in the workbook: three engines see what the program sees, errors included."""

from __future__ import annotations

from math import exp, log
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.problems import ModelError
from reportgen.workbook.address import column_letters
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.limits import check_limits
from reportgen.workbook.plan import plan_workbook
from tests.engines.recalculation import (
    IronCalc,
    LibreOffice,
    formula_cells,
    stored_values,
)
from tests.model.samples import load
from tests.workbook.test_inputs import Typing
from tests.workbook.three_engines import after, assert_every_cell_agrees, assert_formualizer_agrees, change_of

MODEL = """\
reportgen: 1
id: finance
title: Finance
as_of: 2026-06-30
currency: EUR
options: {cloud: {title: Cloud}, own: {title: Own machines}}
assumptions:
  use:
    title: Use
    inputs:
      traffic: {title: Traffic, value: 60, unit: TB/month, low: 5, high: 200}
      machines: {title: Machines, value: 9, unit: server^2, low: 1, high: 25}
      rate: {title: Interest, value: 6, unit: "%/year", low: 0, high: 12}
      years: {title: Term, value: 48, unit: month, low: 12, high: 60}
      price: {title: Price of the machines, value: 100_000, unit: EUR, low: 60_000, high: 140_000}
      growth: {title: Growth, value: 5, unit: "%", low: -5, high: 20}
tables:
  tiers: {title: Egress by traffic, from: GB/month, to: EUR/GB, method: graduated,
          rows: [[0, 0.09], [10_000, 0.085], [50_000, 0.07], [150_000, 0.05]]}
  flat: {title: One price, from: TB/month, to: EUR/TB, method: graduated, rows: [[0, 2]]}
calculations:
  doubling: {title: Time to double, unit: "1", formula: "if(growth > 0, ln(2) / ln(1 + growth), 99)"}
  later: {title: After ten periods, unit: "1", formula: "exp(10 * ln(1 + growth)) + exp(-growth)"}
  side: {title: Machines on a side, unit: server, formula: "sqrt(machines)"}
  nested: {title: Nested, unit: EUR/month, formula: "charge(flat, charge(flat, if(traffic > 40 [TB/month],
           traffic, traffic / 2)) * 1 [TB/EUR])"}
categories:
  running:
    title: Running
    unit: EUR/month
    items:
      traffic: {title: Traffic, costs: {cloud: "charge(tiers, traffic)", own: "charge(flat, traffic)"}}
      loan: {title: Loan, costs: {cloud: none, own: "payment(rate, years, price)"}}
totals:
  total: {title: Total, unit: EUR/year, formula: "running + later * side * 1 [EUR/server/year] + nested * 0"}
scenarios:
  free: {title: Free loan, set: {rate: 0}}
  busy: {title: Busy, set: {traffic: 180}}
sensitivity: {of: total}
break_evens:
  traffic: {title: Traffic at which the order changes, driver: traffic, from: 0, to: 200, between: [cloud, own],
            of: total}
  rate: {title: Rate at which the order changes, driver: rate, from: 0, to: 100, between: [cloud, own], of: total}
  years: {title: Term at which the order changes, driver: years, from: 6, to: 120, between: [cloud, own], of: total}
"""
SETTINGS = [
    *(f"traffic={each}" for each in (0, 9.999999, 10, 49.5, 50, 150, 150.00001, 900)),
    *("rate=0", "rate=-2", "rate=0.01", "years=1", "years=600", "growth=0", "growth=-5", "machines=0"),
]
BEYOND = [
    ("traffic=-1", "RG502", "running.traffic", "cloud"),
    ("years=0", "RG503", "running.loan", "own"),
    ("years=-12", "RG503", "running.loan", "own"),
    ("rate=-100", "RG503", "running.loan", "own"),
    ("rate=-150", "RG503", "running.loan", "own"),
    ("machines=-1", "RG503", "side", None),
    ("growth=-100", "RG503", "later", None),
]


@pytest.fixture(scope="module")
def model() -> Model:
    return load(MODEL)


@pytest.fixture(scope="module")
def book(model: Model) -> bytes:
    return build_workbook(evaluate(model))


def test_by_hand(model: Model) -> None:
    """60 TB: 10,000 GB at 0.09, 40,000 at 0.085, 10,000 at 0.07. The loan: 100,000 * 0.06 / (1 - 1.06^-4) a year."""
    results = evaluate(model)
    assert results.value("running.traffic", "cloud") == pytest.approx(900 + 3_400 + 700)
    assert results.value("running.traffic", "own") == 120
    assert results.value("running.loan", "own") == pytest.approx(28_859.149 / 12, rel=1e-7)
    assert results.value("side") == 3
    assert results.value("later") == pytest.approx(1.05**10 + exp(-0.05))
    assert results.value("doubling") == pytest.approx(log(2) / log(1.05))
    assert results.value("nested") == 240


def test_every_cell_agrees(model: Model, book: bytes, tmp_path: Path, libreoffice: LibreOffice) -> None:
    """As built, in a scenario and after changes: at the start of every band, beside it and between."""
    assert_every_cell_agrees(model, book, SETTINGS, tmp_path, libreoffice, 1e6)


@pytest.mark.parametrize(("setting", "code", "name", "option"), BEYOND)
def test_where_there_is_no_value_there_is_no_number_anywhere(
    setting: str, code: str, name: str, option: str | None, model: Model, book: bytes, tmp_path: Path
) -> None:
    """Where the program refuses, the sheets show an error, not a number."""
    with pytest.raises(ModelError) as caught:
        after(model, setting)
    assert code in {problem.code for problem in caught.value.problems}
    plan = plan_workbook(model)
    found = IronCalc(book, tmp_path).values_after([change_of(plan, setting)])
    assert str(found[str(plan.cells[Key(name, option)])]).startswith("#")


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_model_s_numbers_agree_in_formualizer(setting: str, model: Model, tmp_path: Path) -> None:
    assert_formualizer_agrees(model, setting, tmp_path)


@pytest.mark.parametrize(
    ("formula", "refused"),
    [
        ("charge(flat,1[TB/EUR]*" * 5 + "charge(flat,traffic)" + ")" * 5, True),
        ("charge(flat,1[TB/EUR]*" * 15 + "charge(flat,traffic)" + ")" * 15, True),
        ("payment(" * 14 + "5%" + ", 2, 1)" * 14 + " * price / 1 [month]", True),
        ("payment(5%, 2, " * 20 + "price" + ")" * 20 + " / 1 [month]", False),
    ],
)
def test_what_repetition_makes_too_long_for_a_cell_is_refused(formula: str, refused: bool) -> None:
    text = MODEL.replace('"charge(tiers, traffic)"', f'"{formula}"').replace("[[0, 2]]", "[[0, 2], [9, 1]]")
    found = check_limits(plan_workbook(load(text)))
    assert {problem.code for problem in found} == ({"RG602"} if refused else set())


def test_the_first_band_begins_at_nothing(model: Model, book: bytes, tmp_path: Path) -> None:
    """A cell that would leave the first units without a price is refused, and found where it was pasted."""
    starts, _ = plan_workbook(model).tables["tiers"]
    typing = Typing(book, tmp_path)
    answers = [
        typing.answer("Assumptions", f"{column_letters(starts.left)}{starts.top + row}", value)
        for row, value in ((0, 0.0), (0, 5.0), (1, 9_000.0), (1, 0.0), (2, 160_000.0), (3, 60_000.0))
    ]
    assert answers == ["accepted", "stop", "accepted", "stop", "stop", "accepted"]
    prompts = {each.prompt for each in typing.workbook["Assumptions"].data_validations.dataValidation}
    assert any(
        each.startswith("Where a band begins. A number (GB/month). The numbers rise") and "The first is 0." in each
        for each in prompts
    )
    formulas, stored = formula_cells(book), stored_values(book)
    (title,) = (cell for cell, value in stored.items() if value == "Egress by traffic: begins at 0")
    row = title.removeprefix("Checks!A")
    found = IronCalc(book, tmp_path).values_after([("Assumptions", f"{column_letters(starts.left)}{starts.top}", 5.0)])
    before = {cell: stored[cell] for cell in formulas if cell.startswith("Checks!") and cell.endswith(row)}
    assert any(found[cell] != value for cell, value in before.items())


def test_formulas_can_be_followed(model: Model, book: bytes) -> None:
    plan, formulas = plan_workbook(model), formula_cells(book)
    charge = formulas[str(plan.cells[Key("running.traffic", "own")])]
    price = plan.tables["flat"][1]
    assert charge == f"=IF(in_traffic>=0,in_traffic*Assumptions!${column_letters(price.left)}${price.top},NA())"
    charge = formulas[str(plan.cells[Key("running.traffic", "cloud")])]
    top, (begin, cost) = plan.tables["tiers"][0].top, [column_letters(each.left) for each in plan.tables["tiers"]]
    starts, prices, before = (
        f"Assumptions!${column}${top + first}:${column}${top + last}"
        for column, first, last in ((begin, 1, 3), (cost, 1, 3), (cost, 0, 2))
    )
    assert charge == (
        f"=IF(in_traffic*1000>=0,in_traffic*1000*Assumptions!${cost}${top}"
        f"+SUMPRODUCT((in_traffic*1000>{starts})*(in_traffic*1000-{starts})*({prices}-{before})),NA())"
    )
    loan = formulas[str(plan.cells[Key("running.loan", "own")])]
    assert loan == (
        "=in_price*IF(AND(in_rate>-1,in_years/12>0),"
        "IF(1+in_rate=1,1/(in_years/12),in_rate/(1-(1+in_rate)^(-(in_years/12)))),NA())/12"
    )
