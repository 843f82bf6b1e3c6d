"""Internal rates of return in a book: live, the same in three engines, and a word where there is none or several."""

from __future__ import annotations

import re
from pathlib import Path

import formualizer
import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.internal_rate import NONE, SEVERAL
from reportgen.formula.nodes import Key
from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.review.lint.run import check
from reportgen.review.lint.workbook_reader import read_book
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import plan_workbook
from tests.engines.recalculation import (
    IronCalc,
    LibreOffice,
    agree,
    disagreements,
    formula_cells,
    stored_values,
    without_results,
)
from tests.workbook.three_engines import after, assert_every_cell_agrees, assert_scenarios_agree

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
      price: {title: Price of a press, value: 1_000, unit: EUR}
      scrap: {title: Sale of it, value: 80, unit: EUR}
      fee: {title: Rent, value: 520, unit: EUR/year, growth: rise}
      rise: {title: Rise of the rent, value: 2, unit: "%/year"}
categories:
  machine:
    title: Machine
    unit: EUR
    items:
      press: {title: Press, costs: {bought: price, rented: none}}
      sale: {title: Sale, costs: {bought: -scrap, rented: none}, when: end}
  running:
    title: Running
    unit: EUR/year
    items:
      staff: {title: Staff, costs: {bought: 120, rented: fee}}
totals:
  cost: {title: Cost, unit: EUR/year, of: [machine, running], as: average}
  yield: {title: Yield, unit: "%/year", formula: 'internal_rate_of_return(1_500 [EUR/year] * (period - 2.5)) * 2'}
  worth: {title: Present value, unit: EUR, of: [machine, running], as: present value, rate: rate}
metrics:
  irr: {title: Internal rate, unit: "%/year", formula: internal_rate_of_return(cost.bought - cost.rented)}
  each: {title: Of each option, unit: "%/month", formula: internal_rate_of_return(machine)}
  doubled: {title: Doubled, unit: 1/year, formula: internal_rate_of_return(machine.bought / 2 - running.rented)}
  paid: {title: Without any, unit: "%/year", formula: internal_rate_of_return(running.bought)}
cash_flow: {of: worth, discount_rate: rate}
"""
SCENARIOS = """
scenarios:
  dear: {title: Dear, set: {fee: 900}}
  scrap: {title: Scrap, set: {scrap: -1_900}}
  idle: {title: Idle, set: {fee: 10, scrap: -60}}
"""
MONTHLY = MODEL.replace("step: year", "step: month").replace("period - 2.5", "period - 20.5")
QUARTERLY = MODEL.replace("step: year", "step: quarter").replace("period - 2.5", "period - 9.5")
STEPS = {"yearly": MODEL, "monthly": MONTHLY, "quarterly": QUARTERLY}
SETTINGS = ("fee=900", "fee=-3_000", "price=0", "price=1_540", "price=-500", "scrap=-1_900", "rise=-30")


def press(text: str = MODEL) -> Model:
    return load_source(Source("press.yaml", text))[0]


@pytest.mark.parametrize("step", STEPS)
def test_every_cell_agrees(step: str, tmp_path: Path, libreoffice: LibreOffice) -> None:
    """As built and after changes, some of which leave none or several."""
    model = press(STEPS[step])
    settings = SETTINGS if step == "yearly" else SETTINGS[:2]
    assert_every_cell_agrees(model, build_workbook(evaluate(model)), settings, tmp_path, libreoffice)


def test_the_changes_lead_to_every_answer() -> None:
    found = {after(press(), setting).missing_rate(Key("irr")) for setting in SETTINGS}
    assert found == {"", NONE, SEVERAL}


def test_every_cell_agrees_in_each_scenario(tmp_path: Path, libreoffice: LibreOffice) -> None:
    assert_scenarios_agree(press(MODEL + SCENARIOS), tmp_path, libreoffice)


@pytest.mark.parametrize("setting", ["rate=10", *SETTINGS])
def test_a_third_engine_agrees(setting: str, tmp_path: Path) -> None:
    results = after(press(), setting)
    path = tmp_path / "book.xlsx"
    path.write_bytes(without_results(build_workbook(results)))
    engine = formualizer.load_workbook(str(path))
    plan = plan_workbook(results.model)
    for name in ("irr", "each", "doubled", "paid"):
        for key in results.model.keys_of(name):
            at = plan.cells[key]
            expected = results.missing_rate(key) or plan.in_cell(key, results.values[key])
            assert agree(expected, engine.evaluate_cell(at.sheet, at.row, at.column)), key


def test_a_rate_that_does_not_exist_is_a_word_wherever_it_is_shown() -> None:
    model = press()
    stored = stored_values(build_workbook(evaluate(model)))
    cells = plan_workbook(model).cells
    shown = {name: stored[str(cells[Key(name)])] for name in ("irr", "paid")}
    assert isinstance(shown["irr"], float) and shown["paid"] == NONE
    totals = {value for cell, value in stored.items() if cell.startswith("Totals!C")}
    assert {shown["irr"], NONE} <= totals


def test_what_reads_a_rate_has_no_number_where_there_is_none(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """An error value in all engines, whether it stands alone or among others: no text passes for nothing, or for more
    than any number."""
    more = """
  spread: {title: Spread, unit: "%/year", formula: irr - rate}
  best: {title: Best, unit: "%/year", formula: "max(both.*) + sum(both.*) + sum(irr, irr)"}
  pays: {title: Pays, unit: "1", formula: "if(irr > rate, 1, 0)"}
  both: {title: Both, unit: "%/year", formula: internal_rate_of_return(machine.bought - running.rented + running / 4)}
"""
    model = press(MODEL.replace("cash_flow:", f"{more.strip(chr(10))}\ncash_flow:"))
    book = build_workbook(evaluate(model))
    path = tmp_path / "book.xlsx"
    path.write_bytes(book)
    cells = plan_workbook(model).cells
    place = plan_workbook(model).shown_cell(Key("price"), BASE_SCENARIO)
    found = libreoffice.values(path, [(place.sheet, place.cell, 0.0)])
    engine = formualizer.load_workbook(str(path))
    engine.set_value(place.sheet, place.row, place.column, 0.0)
    for name in ("spread", "best", "pays"):
        at = cells[Key(name)]
        assert isinstance(stored_values(book)[str(at)], float)
        assert str(found[str(at)]).startswith("#"), name
        assert not isinstance(engine.evaluate_cell(at.sheet, at.row, at.column), float), name


def test_a_case_without_a_rate_has_a_word(tmp_path: Path) -> None:
    """One figure speaks of the rate, another of a case in which there is none."""
    published = """
published:
  one: {title: One, unit: "%/year", formula: irr, set: {fee: 600}, STATED}
  other: {title: Other, unit: EUR/year, formula: cost.bought, set: {fee: -300}, STATED}
"""
    stated = "where: p. 1, states: 2, expect: differs, because: It does."
    model = press(MODEL + published.replace("STATED", stated))
    book = build_workbook(evaluate(model))
    stored = stored_values(book)
    (head,) = (cell for cell, value in stored.items() if cell.startswith("Cases!") and value == "irr")
    column, row = re.fullmatch(r"Cases!([A-Z]+)([0-9]+)", head).groups()
    below = (stored.get(f"Cases!{column}{at}") for at in range(int(row) + 1, 200))
    shown = [each for each in below if each is not None][-2:]
    assert isinstance(shown[0], float) and shown[1] == NONE
    assert disagreements(stored, IronCalc(book, tmp_path).values(), formula_cells(book)) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_reviewer_finds_no_error(step: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(build_workbook(evaluate(press(STEPS[step]))))
    assert [each for each in check(read_book(path)).findings if each.rule.severity == "error"] == []


def test_the_formulas_can_be_followed() -> None:
    """The amounts stand on Timeline, below them their signs, and below these the rate."""
    model = press()
    plan, formulas = plan_workbook(model), formula_cells(build_workbook(evaluate(model)))
    title = next(name for name, each in model.quantities.items() if each.title == "cost.bought - cost.rented")
    row = plan.series[Key(title)]
    assert formulas[str(plan.cells[Key("irr")])] == (
        f"=IF(ISNUMBER(Timeline!$D${row + 2}),Timeline!$D${row + 2},Timeline!$D${row + 2})"
    )
    assert formulas[f"Timeline!G{row + 1}"] == (
        f"=IF(ABS(G{row})<=1E-09*MAX(MAX($F{row}:$J{row}),(-MIN($F{row}:$J{row}))),F{row + 1},SIGN(G{row}))"
    )
    before, after_ = f"$F{row + 1}:$I{row + 1}", f"$G{row + 1}:$J{row + 1}"
    assert formulas[f"Timeline!D{row + 1}"] == f"=SUMPRODUCT(({before}<>0)*({before}<>{after_}))"
    assert formulas[f"Timeline!D{row + 2}"].startswith(f"=IF(D{row + 1}=1,IRR($F{row}:$J{row},")
