"""Options that cost the same do so on every sheet, in every engine, and in the program, whatever sums leave behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.comparison import least_of
from reportgen.model.load import load_source
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from tests.engines.recalculation import IronCalc, disagreements, formula_cells, stored_values

MODEL = """
reportgen: 1
id: tie
title: Tie
as_of: 2026-06-30
currency: EUR
horizon: 3 year
options: {a: {title: Option A}, b: {title: Option B}}
assumptions:
  g:
    title: G
    inputs:
      rate: {title: Rate, value: 5, unit: "%/year"}
      x: {title: X, value: 0.1, unit: EUR/year, low: 0.1, high: 0.2}
      y: {title: Y, value: 0.2, unit: EUR/year}
categories: {run: {title: Running, unit: EUR/year, items: {i: {title: I, costs: {a: x + y, b: 0.3}}}}}
totals: {t: {title: Total, unit: EUR/year, of: [run], as: average}}
scenarios: {s: {title: Same, set: {y: 0.2}}}
sensitivity: {of: t}
cash_flow: {of: t, discount_rate: rate}
scorecard: {title: Scores, highest: 5, criteria: {cost: {title: Cost, weight: 100, cost: t}}}
"""
TIES = ("Summary!C8", "Scenarios!E7", "Scenarios!E8", "Sensitivity!K7", "Sensitivity!K8", "Cash flow!D12")


def test_sums_of_the_same_amounts_are_equal_everywhere(tmp_path: Path) -> None:
    """0.1 + 0.2 against 0.3, by the year and discounted, where not even 15 digits are the same."""
    results = evaluate(load_source(Source("model.yaml", MODEL))[0])
    paid = results.cash_flow
    assert paid is not None
    worth = paid.present_value
    assert f"{worth['a']:.15g}" != f"{worth['b']:.15g}" and least_of(worth, ("a", "b")) == ("a", "b")
    assert all(each.ranking.tied for each in (*results.scenarios, results.comparison))
    workbook = build_workbook(results)
    stored = stored_values(workbook)
    assert {stored[cell] for cell in TIES} == {"equal"}
    assert "equal" in {value for cell, value in stored.items() if cell.startswith("Scorecard!")}
    assert disagreements(stored, IronCalc(workbook, tmp_path).values(), formula_cells(workbook)) == []


@pytest.mark.parametrize(
    ("totals", "least"),
    [
        ({"a": 1.0, "b": 1.0 + 1e-13}, ("a", "b")),
        ({"a": 1.0, "b": 1.0 + 1e-11}, ("a",)),
        ({"a": -5.0, "b": -5.0 + 1e-13}, ("a", "b")),
        ({"a": -5.0, "b": -4.0}, ("a",)),
        ({"a": 0.0, "b": 0.0}, ("a", "b")),
        ({"a": 0.0, "b": 1e-300}, ("a",)),
        ({}, ()),
    ],
)
def test_the_same_means_within_a_trillionth(totals: dict[str, float], least: tuple[str, ...]) -> None:
    assert least_of(totals, totals) == least
