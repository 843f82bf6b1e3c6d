"""Where curves breakpoint and jump: found from the formulas, placed on the line between the ends of the range."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reportgen.compute.break_even import CURVE_POINTS, break_evens
from reportgen.compute.breakpoints import BreakEvenCurve, break_even_curve
from reportgen.compute.evaluate import evaluate_arrays
from reportgen.compute.find_breakpoints import MOST_BREAKPOINTS, STEPS, find_breakpoints
from reportgen.formula.nodes import Key
from reportgen.model.break_even_model import BreakEven
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Model
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.source import Source

MODEL = """
reportgen: 1
id: breakpoints
title: Bends
as_of: 2026-06-30
currency: EUR
horizon: 1 year
options:
  one: {{title: One, summary: First}}
  two: {{title: Two, summary: Second}}
assumptions:
  all:
    title: All
    inputs:
      users: {{title: Users, value: 10, unit: user}}
      limit: {{title: Limit, value: 40, unit: user}}
      price: {{title: Price, value: 3, unit: EUR/user/month}}
tables:
  line: {{title: Line, from: user, to: EUR/month, method: linear, rows: [[0, 0], [30, 60], [200, 100]]}}
  tiers: {{title: Tiers, from: user, to: EUR/user/month, method: graduated, rows: [[0, 5], [20, 3], [60, 4]]}}
  steps: {{title: Steps, from: user, to: EUR/month, method: step, rows: [[0, 5], [25, 9], [70, 20]]}}
categories:
  costs:
    title: Costs
    unit: EUR/month
    items:
      main: {{title: Main, costs: {{one: users * price, two: "{formula}"}}}}
totals:
  total: {{title: Total, unit: EUR/month, formula: costs}}
break_evens:
  users: {{title: From where, driver: users, from: 0, to: 100, between: [one, two], of: total}}
"""


def model_of(formula: str) -> Model:
    return load_source(Source("model.yaml", MODEL.format(formula=formula)))[0]


def curve_of(model: Model) -> BreakEvenCurve:
    (outcome,) = break_evens(model)
    return break_even_curve(model, BASE_SCENARIO, outcome)


@pytest.mark.parametrize(
    ("formula", "places", "jumps"),
    [
        ("lookup(steps, users)", [25, 70], True),
        ("lookup(line, users)", [30, 100], False),
        ("charge(tiers, users)", [20, 60], False),
        ("charge(tiers, users * 2) / 2", [10, 30], False),
        ("lookup(steps, users * 2)", [12.5, 35], True),
        ("if(users > limit, 50 [EUR/month], 20 [EUR/month])", [40], True),
        ("max(0, users - limit) * price", [40], False),
        ("abs(users - limit) * price", [40], False),
        ("overage(users, limit, price)", [40], False),
        ("if(users > 0, min(users / limit, limit / users), 0) * 9 [EUR/month]", [0], True),
        ("limit * price", [], False),
    ],
)
def test_bends_are_found_and_placed(formula: str, places: list[float], jumps: bool) -> None:
    found = curve_of(model_of(formula)).places
    assert sorted(each.at for each in found) == pytest.approx(places)
    assert all(each.breakpoint.jump is jumps for each in found)


def test_every_step_of_a_rounding_has_points_on_both_sides_while_there_are_few() -> None:
    curve = curve_of(model_of("round_up(users / 20 [user]) * 9 [EUR/month]"))
    assert [each.at for each in curve.places[:5]] == pytest.approx([20, 40, 60, 80, 100])
    values = [value for value, _ in curve.curve]
    for step in (20.0, 40.0, 60.0, 80.0):
        assert min(value for value in values if value > step) - max(value for value in values if value < step) < 1e-6


def test_of_many_steps_some_are_taken_over_the_whole_range() -> None:
    places = [each.at for each in curve_of(model_of("round_up(users / 1 [user]) * 9 [EUR/month]")).places]
    assert len(places) == STEPS and places[0] < 10 and places[-1] > 90


def test_halves_are_the_steps_of_rounding_to_the_nearest() -> None:
    places = curve_of(model_of("round(users / 20 [user]) * 9 [EUR/month]")).places
    assert [each.at for each in places[:5]] == pytest.approx([10, 30, 50, 70, 90])


def test_which_bends_there_are_does_not_depend_on_values() -> None:
    """The workbook lays them out once, and inputs change later."""
    for formula in ("lookup(steps, users)", "max(0, users - limit) * price", "round_up(users / limit) * 9 [EUR/month]"):
        model, changed = (
            load_source(Source("model.yaml", MODEL.format(formula=formula).replace("value: 40", f"value: {value}")))[0]
            for value in (40, 4_000)
        )
        assert find_breakpoints(model, model.break_evens[0]) == find_breakpoints(changed, changed.break_evens[0])


def test_points_rise_and_stay_within_the_range(model_path: Path) -> None:
    model, _ = load_model(model_path)
    for outcome in break_evens(model):
        curve = break_even_curve(model, BASE_SCENARIO, outcome)
        values = [value for value, _ in curve.curve]
        assert values == sorted(values) and len(values) == len(curve.points) >= curve.even
        assert curve.even in (2, CURVE_POINTS)
        assert (values[0], values[-1]) == (outcome.question.start, outcome.question.end)
        assert len(curve.places) <= MOST_BREAKPOINTS


def test_jumps_of_the_order_have_points_on_both_sides(model_path: Path) -> None:
    model, _ = load_model(model_path)
    for outcome in break_evens(model):
        curve = break_even_curve(model, BASE_SCENARIO, outcome)
        values = [value for value, _ in curve.curve]
        reach = 1e-8 * (outcome.question.end - outcome.question.start)
        for crossing in (each for pair in outcome.pairs for each in pair.crossings if each.jump):
            assert any(crossing.at - reach < value < crossing.at for value in values)
            assert any(crossing.at < value < crossing.at + reach for value in values)


STRAIGHT = [
    "limit * price",
    "users * price / 2",
    "lookup(steps, users)",
    "lookup(line, users) + lookup(steps, users * 2)",
    "if(users > limit, users, limit) * price",
    "if(users > limit and users < limit * 2, 50 [EUR/month], users * price)",
    "if(lookup(steps, users) > 7 [EUR/month], users * price, 0)",
    "max(0, lookup(line, limit) - if(users > limit, 3, 2) * users * price)",
    "max(users * price, if(users > limit, 90 [EUR/month], 20 [EUR/month]))",
    "min(users * price, max(limit * price, users * price * 2 - 60 [EUR/month]))",
    "abs(users - limit) * price + overage(users, limit, price)",
    "users * price * round_up(limit / 7 [user])",
    "users * price / lookup(steps, users) * 9 [EUR/month]",
    "charge(tiers, users)",
    "charge(tiers, max(0, users - limit)) + charge(tiers, users * 2)",
    "max(charge(tiers, limit), users * price)",
    "payment(5%, limit / 1 [user], users * price)",
    "sqrt(limit / 1 [user]) * users * price + exp(ln(limit / 4 [user])) * 1 [EUR/month]",
]
CURVED = [
    "max(0, abs(users - limit) * price - 30 [EUR/month])",
    "users * users / limit * price",
    "limit / (users + limit) * 9 [EUR/month]",
    "sqrt(users / 1 [user]) * 9 [EUR/month]",
    "ln(1 + users / 1 [user]) * 9 [EUR/month]",
    "exp(users / 50 [user]) * 9 [EUR/month]",
    "payment(users / 900 [user], 5, limit * price)",
    "payment(5%, 1 + users / 1 [user], limit * price)",
    "users / limit * charge(tiers, users)",
    "if(limit > 50 [user], max(0, users - sqrt(limit * limit - 2_500 [user^2])) * price, users * price)",
    "round_up(users / 20 [user]) * 9 [EUR/month]",
    "max(0, users * users / limit - limit) * price",
    "if(round(users / 9 [user]) > 2, 50 [EUR/month], 20 [EUR/month])",
    "max(0, lookup(steps, users) - users * 0.1 [EUR/user/month])",
]


@pytest.mark.parametrize("formula", STRAIGHT)
@pytest.mark.parametrize("limit", [40, 4, 77, 190])
def test_a_curve_of_straight_lines_has_points_at_its_ends_and_bends_alone(formula: str, limit: int) -> None:
    """From point to point it is the total everywhere, wherever its breakpoints are and however many lie within the
    range."""
    text = MODEL.format(formula=formula).replace("value: 40", f"value: {limit}")
    model = load_source(Source("model.yaml", text))[0]
    curve = curve_of(model)
    assert curve.even == 2
    assert is_drawn_truly(model, model.break_evens[0], curve)


@pytest.mark.parametrize("formula", CURVED)
def test_a_curve_that_is_not_straight_between_known_bends_has_evenly_spaced_points(formula: str) -> None:
    assert curve_of(model_of(formula)).even == CURVE_POINTS


def test_curves_of_models_are_straight_from_point_to_point(model_path: Path) -> None:
    model, _ = load_model(model_path)
    for outcome in break_evens(model):
        curve = break_even_curve(model, BASE_SCENARIO, outcome)
        assert curve.even == CURVE_POINTS or is_drawn_truly(model, outcome.question, curve)


def is_drawn_truly(model: Model, question: BreakEven, curve: BreakEvenCurve) -> bool:
    """Whether totals are those of the curve at a thousand values, but for those beside a jump."""
    at = [value for value, _ in curve.curve]
    tried = np.linspace(at[0], at[-1], 997)
    tried = tried[np.min(np.abs(tried[:, np.newaxis] - np.array(at)), axis=1) > 1e-6 * (at[-1] - at[0])]
    values = evaluate_arrays(model, {Key(question.driver): tried})
    return all(
        np.allclose(
            np.interp(tried, at, [totals[option] for _, totals in curve.curve]),
            np.broadcast_to(values[Key(question.of, option)], tried.shape),
            rtol=1e-9,
            atol=1e-9,
        )
        for option in curve.curve[0][1]
    )
