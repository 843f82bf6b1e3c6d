"""What is given by month, in questions that name it or go along an input."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.contributions import contributions
from reportgen.formula.nodes import Key
from reportgen.model.overrides import find_scenario
from tests.model.samples import load, problems_of

LEASE_OR_BUY = """
reportgen: 1
id: lease-or-buy
title: Lease or buy
as_of: 2026-11-30
currency: EUR
horizon: 2 year
timeline: {start: 2027-01}
options:
  lease: {title: Lease}
  buy: {title: Buy}
assumptions:
  fleet:
    title: Fleet
    inputs:
      vans: {title: Vans, value: {2027-01: 10, 2028-01: 30}, unit: van}
      rate: {title: Rate, value: 100, unit: EUR/van/month}
      discount_rate: {title: Discount rate, value: 5, unit: "%/year"}
      price: {title: Price, value: 1_000, unit: EUR/van}
categories:
  vans_paid:
    title: Vans
    unit: EUR/month
    items:
      instalments: {title: Instalments, costs: {lease: vans * rate, buy: none}}
  purchase:
    title: Purchase
    unit: EUR
    items:
      delivered: {title: Delivered, costs: {lease: none, buy: "(vans - previous(vans, 0)) * price"}}
totals:
  worth: {title: Worth, unit: EUR, of: [vans_paid, purchase], as: present value, rate: discount_rate}
  spend: {title: Spend, unit: EUR, of: [vans_paid, purchase], as: sum}
scenarios:
  later: {title: Later, set: {vans.2027-01: 0}}
break_evens:
  even_rate: {title: Even rate, driver: rate, from: 10, to: 200, between: [lease, buy], of: spend}
  first_vans: {title: First vans, driver: vans.2027-01, from: 0, to: 30, between: [lease, buy], of: spend}
"""


def found(scenario: str | None = None, text: str = LEASE_OR_BUY) -> Answers:
    model = load(text)
    return evaluate(model, find_scenario(model, scenario))


def test_a_break_even_goes_along_what_multiplies_something_by_month() -> None:
    """12 rates for each of 10 and 30 vans against 30 prices."""
    crossing = found().break_evens[0].pairs[0].crossings
    assert [each.at for each in crossing] == pytest.approx([30 * 1_000 / (12 * 40)])


def test_a_break_even_goes_along_the_value_of_one_month() -> None:
    """12 rates for each of x + 30 vans against 30 prices."""
    cheap = LEASE_OR_BUY.replace("value: 100,", "value: 62.5,")
    crossing = found(text=cheap).break_evens[1].pairs[0].crossings
    assert [each.at for each in crossing] == pytest.approx([30 * 1_000 / (12 * 62.5) - 30])


def test_a_scenario_sets_the_value_of_one_month() -> None:
    assert found("later").value("spend", "lease") == pytest.approx(30 * 12 * 100)


def test_a_cost_that_does_not_apply_is_nothing_at_the_start_and_in_each_step() -> None:
    series = found().series
    assert series[Key("purchase.delivered over time", "lease")] == (0, 0, 0)
    assert series[Key("purchase.delivered over time", "buy")] == (0, 10_000, 20_000)


def test_each_category_of_a_present_value_is_a_part_of_it_even_if_the_first_option_pays_nothing_there() -> None:
    answers = found()
    parts = contributions(answers.model, answers.model.quantities["worth"])
    assert [each.category.quantity.name for each in parts if each.category] == ["vans_paid", "purchase"]
    assert [answers.compute(each.tree, "buy") for each in parts] == pytest.approx([0, 10_000 / 1.05 + 20_000 / 1.05**2])


def test_a_circle_beside_a_balance_is_reported_and_not_followed_for_ever() -> None:
    balance = """
calculations:
  opening: {title: Opening, unit: EUR, formula: closing}
  closing: {title: Closing, unit: EUR, formula: opening + price_sum}
  price_sum: {title: Sum of prices, unit: EUR, formula: "previous(price_sum, 0) + vans * price"}
categories:"""
    problems = problems_of(LEASE_OR_BUY.replace("\ncategories:", balance))
    assert [each.code for each in problems] == ["RG304"]
    assert "opening → closing → opening" in problems[0].message
