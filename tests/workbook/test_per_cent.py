"""What is in per cent stands in its cell as a fraction: formulas, rounding, tables and JSON go along with it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.data.results_json import results_json
from reportgen.formula.nodes import Key
from reportgen.formula.units import parse_unit
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.cell_scale import is_per_cent
from reportgen.workbook.plan import plan_workbook
from tests.engines.recalculation import IronCalc, LibreOffice, disagreements, formula_cells, stored_values
from tests.model.samples import load
from tests.workbook.three_engines import assert_every_cell_agrees

MODEL = """\
reportgen: 1
id: shares
title: Shares
as_of: 2026-11-30
currency: EUR
horizon: 3 year
options: {a: {title: A}, b: {title: B}}
assumptions:
  given:
    title: Given
    inputs:
      share: {title: Share, value: 12.34, unit: "%", low: 5, high: 30}
      rate: {title: Rate, value: 6, unit: "%/year", low: 1, high: 9}
      price: {title: Price, value: 400, unit: EUR/seat/year}
      load: {title: Load, value: {a: 40, b: 60}, unit: "%"}
tables:
  discount: {title: Discount, from: "%", to: "%", method: step, rows: [[0, 0], [10, 2.5], [50, 7]]}
  bend: {title: Bend, from: "%", to: EUR/year, method: linear, rows: [[0, 0], [100, 900]]}
  bands: {title: Bands, from: "%", to: EUR/year, method: graduated, rows: [[0, 3], [10, 2]]}
calculations:
  product: {title: Product, unit: "%", formula: share * load}
  rounded: {title: Rounded, unit: "%", formula: "round(share, 1)"}
  up: {title: Up, unit: "%", formula: "round_up(share, 0)"}
  lesser: {title: Lesser, unit: "%", formula: "min(share, 50 %, 1)"}
  chosen: {title: Chosen, unit: "%", formula: "if(share > 10 %, share, 0)"}
  off: {title: Off, unit: "%", formula: "lookup(discount, load)"}
  on_line: {title: On the line, unit: EUR/year, formula: "lookup(bend, load)"}
  yearly: {title: Yearly, unit: 1/year, formula: "rate + 0.01 [1/year]"}
  grown: {title: Grown, unit: "1", formula: "(1 + rate * 1 [year]) ^ 2"}
  per_share: {title: For each per cent, unit: "EUR/%/year", formula: "400 [EUR/year] / share"}
  level: {title: Level, unit: EUR/year, formula: "payment(rate, horizon, 1000 [EUR])"}
  curved: {title: Power, unit: "1", formula: "exp(share) + ln(load) + sqrt(load) + abs(-share)"}
categories:
  run:
    title: Run
    unit: EUR/year
    items:
      fee: {title: Fee, costs: {a: "price * 10 [seat] * (1 - off) * share", b: "price * 12 [seat] * load"}}
      line: {title: Line, costs: {a: on_line, b: "per_share * share * 3 %"}}
totals:
  cost: {title: Cost, unit: EUR/year, formula: run * grown + level}
metrics:
  saving: {title: Saving, unit: "%", formula: 1 - cost.a / cost.b}
  highest: {title: Highest, unit: "%", formula: "max(load.*)"}
  together: {title: Together, unit: "%", formula: "sum(load.*) + share"}
scenarios:
  more: {title: More, set: {share: +10 %, rate: 7}}
sensitivity:
  of: cost
  swing: 10 %
  grid: {rows: {driver: share, values: [10, 20]}, columns: {driver: rate, values: [2, 5]}}
break_evens:
  by_share: {title: By share, driver: share, from: 1, to: 90, between: [a, b], of: cost}
"""


FOR_EACH = '  per_share: {title: For each per cent, unit: "EUR/%/year", formula: "400 [EUR/year] / share"}\n'
"""Its own unit counts per cents, so that its cells need a factor."""


@pytest.mark.parametrize(
    ("unit", "held"),
    [
        ("%", True),
        ("%/year", True),
        ("%/month", True),
        ("1", False),
        ("EUR/%", False),
        ("%*EUR", False),
        ("%/h", False),
    ],
)
def test_which_units_are_per_cent(unit: str, held: bool) -> None:
    assert is_per_cent(parse_unit(unit)) is held


def test_every_cell_agrees_after_changes_of_shares_and_rates(libreoffice: LibreOffice, tmp_path: Path) -> None:
    model = load(MODEL)
    settings = ("share=55.5", "rate=0.5", "load.a=9.99", "share=9.96")
    assert_every_cell_agrees(model, build_workbook(evaluate(model)), settings, tmp_path, libreoffice)


def test_cells_hold_fractions_and_formulas_need_no_factor() -> None:
    model = load(MODEL.replace("per_share * share", "900 [EUR/year]").replace(FOR_EACH, ""))
    plan, book = plan_workbook(model), build_workbook(evaluate(model))
    stored, formulas = stored_values(book), formula_cells(book)
    results = evaluate(model)
    for name in ("share", "rate", "product", "rounded", "lesser", "chosen", "off", "saving", "together"):
        for key in model.keys_of(name):
            assert stored[str(plan.cells[key])] == pytest.approx(results.values[key] / 100), key
    assert [text for text in formulas.values() if re.search(r"[*/]100(?!\d)", text) and "FIXED" not in text] == []
    assert formulas[str(plan.cells[Key("rounded")])] == "=ROUND(in_share,1)", "no per cent, but a number is rounded"
    assert formulas[str(plan.cells[Key("saving")])].count("100") == 0


def test_every_formula_agrees_in_ironcalc(tmp_path: Path) -> None:
    book = build_workbook(evaluate(load(MODEL)))
    assert disagreements(stored_values(book), IronCalc(book, tmp_path).values(), formula_cells(book)) == []


def test_json_says_in_which_scale_a_cell_is() -> None:
    model = load(MODEL)
    values = json.loads(results_json(evaluate(model), plan_workbook(model)))["values"]
    assert (values["share"]["value"], values["share"]["unit"], values["share"]["cell_scale"]) == (12.34, "%", 0.01)
    assert values["rate"]["cell_scale"] == 0.01
    assert all("cell_scale" not in values[name] for name in ("price", "grown", "yearly", "per_share"))
