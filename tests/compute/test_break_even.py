"""Break-evens: by hand, against SciPy's root finder, and in the places where a scan would miss one."""

from __future__ import annotations

import ast
import math
import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq

from reportgen.compute import break_even, crossings
from reportgen.compute.bounds import Intervals
from reportgen.compute.break_even import PairBreakEven, break_evens
from reportgen.compute.crossings import BoundsEvaluator
from reportgen.compute.evaluate import Values, evaluate_arrays
from reportgen.compute.rounding import Array
from reportgen.formula.nodes import Key
from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.model.overrides import find_scenario
from reportgen.problems import ModelError
from reportgen.source import Source
from tests.model.samples import load, sample

AGENT_RUNTIME = Path(__file__).parent.parent.parent / "inputs" / "agent-runtime" / "model.yaml"
X = Key("x")

TEMPLATE = """\
reportgen: 1
id: small
title: Small
as_of: 2026-06-30
currency: EUR
options: {{left: {{title: Left}}, right: {{title: Right}}, other: {{title: Other}}}}
assumptions:
  numbers:
    title: Numbers
    inputs:
      x: {{title: X, value: 5, unit: "1"}}
tables:
  steps: {{title: Steps, from: "1", to: "1", method: step,
          rows: [[-1e6, 4], [0, 1], [3, 2], [3.3, 8], [7.77, 3], [20, 30]]}}
  late: {{title: Late, from: "1", to: "1", method: step, rows: [[10, 1], [20, 2]]}}
  breakpoints: {{title: B, from: "1", to: "1", method: linear, rows: [[0, 4], [10, 0], [30, 10], [70, 10], [100, 40]]}}
  tiers: {{title: Prices, from: "1", to: "1", method: graduated, rows: [[0, 3], [10, 1], [50, 2]]}}
categories:
  costs:
    title: Costs
    unit: EUR
    items:
      one:
        title: One
        costs: {{left: "1 [EUR] * ({left})", right: "1 [EUR] * ({right})", other: "1 [EUR] * ({other})"}}
totals:
  total: {{title: Total, unit: EUR, formula: costs}}
break_evens:
  question: {{title: Question, driver: x, from: {start!r}, to: {end!r}, between: [{between}], of: total}}
"""


def small(
    left: str, right: str, start: float = 0, end: float = 100, other: str = "0", between: str = "left, right"
) -> Model:
    return load(TEMPLATE.format(left=left, right=right, other=other, start=start, end=end, between=between))


def pair(left: str, right: str, start: float = 0, end: float = 100) -> PairBreakEven:
    (outcome,) = break_evens(small(left, right, start, end))
    (found,) = outcome.pairs
    return found


def places(found: PairBreakEven) -> list[float]:
    return [crossing.at for crossing in found.crossings]


def difference(model: Model, points: Array) -> Array:
    """Left's cost less right's, nothing where they agree to twelve digits."""
    values = evaluate_arrays(model, {X: points})
    left, right = (np.broadcast_to(values[Key("total", option)], points.shape) for option in ("left", "right"))
    size = np.maximum(np.abs(left), np.abs(right))
    return np.where(np.abs(left - right) <= 1e-12 * size, 0.0, left - right)


# By hand


def test_the_sample_by_hand() -> None:
    """In a year, hosted costs 12 x 6.50 a seat, 0.02 x 88,000 of an administrator and a third of 4,000 set-up.
    Self-run costs 12 x 150 support, 12 x 0.19 x 730 / 1.08 a server, 0.15 x 88,000 and a third of 9,500 + 6,000.
    With one server (below 250 seats) they meet at 83,765/351 seats, with two (from 250) at 90,700/351; with four, from
    1,000 on, hosted has long been dearer. At 250 itself the second server turns the order back."""
    model = sample()
    (outcome,) = break_evens(model)
    (found,) = outcome.pairs

    def meeting(servers: int) -> float:
        hosted = 0.02 * 88_000 + 4_000 / 3
        self_run = 12 * 150 + servers * 12 * 0.19 * 730 / 1.08 + 0.15 * 88_000 + 15_500 / 3
        return (self_run - hosted) / (12 * 6.5)

    assert (meeting(1), meeting(2)) == (pytest.approx(83_765 / 351), pytest.approx(90_700 / 351))
    assert meeting(1) < 250 < meeting(2) < 1_000
    assert meeting(4) < 1_000
    assert (found.first, found.second) == ("hosted", "self_run")
    assert places(found) == pytest.approx([83_765 / 351, 250, 90_700 / 351], rel=1e-14)
    assert found.crossings[1].at == 250
    assert [crossing.first_cheaper_after for crossing in found.crossings] == [False, True, False]
    assert [crossing.jump for crossing in found.crossings] == [False, True, False]
    assert found.first_crossing == found.crossings[0]
    assert found.sustained == found.crossings[2]
    assert found.always is None
    assert not found.never_differ
    assert found.incomplete  # the audit of hosted is not quoted


def test_agent_runtime_by_hand() -> None:
    """Connic: 12 x (1 + 0.047 + 45 s x 0.00042 a run) and a third of 1,800; its usage is above its credit all along.
    Inngest stays within its allowance up to 142,857 runs, and rises more slowly than Connic above it."""
    model, _ = load_source(Source("model.yaml", AGENT_RUNTIME.read_text(encoding="utf-8")))
    month = 110_000 / 12
    build = (18.5 * month + 5_000) / 3
    per_run = 12 * (0.047 + 45 * 0.00042)
    connic = 12 * 1 + 600
    self_hosted = 12 * (500 + 130 + 60 + 400 + 80 + 0.2 * month) + 8_683 + build + 12 * (170 + 0.15 * month - 340)
    outside, wrapper = 12 * (50 + 75 / 1.08) + 600, build + 12 * (370 + 0.15 * month)
    expected = {
        "connic_or_self_hosted": (self_hosted - connic) / per_run,
        "connic_or_inngest": (outside + wrapper - connic) / per_run,
        "wrapper_or_inngest": (connic + 50_000 * per_run - outside) / wrapper * 100,
    }
    assert expected["connic_or_self_hosted"] == pytest.approx(147_654.84, abs=0.005)
    assert expected["connic_or_inngest"] == pytest.approx(101_866.18, abs=0.005)
    assert expected["wrapper_or_inngest"] == pytest.approx(48.1695, abs=0.00005)
    for outcome in break_evens(model):
        (found,) = outcome.pairs
        assert places(found) == pytest.approx([expected[outcome.question.id]], rel=1e-13), outcome.question.id
        assert found.sustained is not None
        assert found.sustained.first_cheaper_after == (outcome.question.id == "wrapper_or_inngest")
        assert not found.incomplete


def test_a_scenario_holds_along_the_driver() -> None:
    """A seat fee of 13 halves the number of seats; what the scenario sets for the driver itself does not count."""
    model = sample(("set: {seats: 480}", "set: {seats: 480, seat_fee: 13}"))
    (outcome,) = break_evens(model, find_scenario(model, "growth"))
    assert places(outcome.pairs[0]) == pytest.approx([83_765 / 702], rel=1e-14)
    assert places(break_evens(model)[0].pairs[0])[0] == pytest.approx(83_765 / 351, rel=1e-14)


# Shapes


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("3 * x", "x + 40", [20]),
        ("x * x", "50 * x - 600", [20, 30]),
        ("x ^ 3 / 1000", "x", [1000**0.5]),
        ("(x + 1) ^ -1", "0.1", [9]),
        ("x ^ 0.5", "4", [16]),
        ("2 ^ (x / 10)", "64", [60]),
        ("(x + 1) ^ (x / 10)", "11", [10]),
        ("1200 / (x + 10)", "x", [30]),
        ("min(x, 40)", "max(10, x / 2)", [10, 80]),
        ("abs(x - 50)", "7", [43, 57]),
        ("sum(x, 5, x)", "30", [12.5]),
        ("lookup(steps, x)", "2.5", [3.3]),
        ("lookup(steps, 2 * x + 3)", "3.5 + 0 * x", [0.15, 2.385, 8.5]),
        ("lookup(steps, lookup(steps, x))", "10", [20]),
        ("round(x / 10)", "4.5", [45]),
        ("round_up(x / 10)", "4.5", [40]),
        ("round_down(x / 10)", "4.5", [50]),
        ("if(x > 60 or not x >= 20, 1, 3)", "2", [20, 60]),
        ("if(x < 30 and x > 10, x, 0)", "20.5", [20.5, 30]),
        ("if(x ^ 2 > 900, 2, 0)", "1", [30]),
        ("if(min(x, 20) < 20, 0, 2)", "1", [20]),
        ("if(round_down(x / 10) <= 3, 0, 2)", "1", [40]),
        ("lookup(steps, round(x / 10))", "7", [35, 75]),
        ("max(round(x / 30), round(x / 20))", "2.5", [50]),
    ],
)
def test_every_crossing_of_a_shape(left: str, right: str, expected: list[float]) -> None:
    assert places(pair(left, right)) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("max(0, 1e-6 - abs(x - 100 / 3))", "5e-7", [100 / 3 - 5e-7, 100 / 3 + 5e-7]),
        ("if(x > 40.000001 and x < 40.000002, 2, 0)", "1", [40.000001, 40.000002]),
        ("max(0, min(x - 70.1, 70.1000002 - x)) + x", "x + 1e-8", [70.10000001, 70.10000019]),
        ("(x - 12.345) * (x - 12.345001) * (x + 5)", "0", [12.345, 12.345001]),
        ("x ^ 2 - 2 * 61.7 * x + 61.7 ^ 2", "1e-6", [61.699, 61.701]),
        ("lookup(steps, 10_000 * (x - 50)) + x", "x + 3.5", [50, 50.00033, 50.000777, 50.002]),
    ],
)
def test_narrow_ones_between_the_points_of_any_scan(left: str, right: str, expected: list[float]) -> None:
    assert places(pair(left, right)) == pytest.approx(expected, rel=1e-11)


# What is and what is no crossing


@pytest.mark.parametrize(
    ("left", "right", "always"),
    [
        ("abs(x - 50) + 3", "3", "right"),
        ("10 - abs(x - 50)", "10", "left"),
        ("(x - 50) ^ 2", "0", "right"),
        ("0", "(x - 50) ^ 4", "left"),
        ("max(5, abs(x - 50))", "5", "right"),  # the same from 45 to 55, and dearer on both sides
        ("max(x, 30)", "30", "right"),  # the same up to 30
        ("min(x, 30)", "x", "left"),
        ("x", "0", "right"),  # the same at the start only
        ("x", "100", "left"),  # the same at the end only
        ("if(x >= 100, 5, 1)", "3", "left"),  # a step at the very end
        ("if(x <= 20 and x >= 20, 5, 1)", "3", "left"),  # another cost at a single point
        ("round_up(x / 1000) + x ^ 2", "0.5", "right"),  # less at 0 itself only
        ("x + 1", "x", "right"),
    ],
)
def test_touching_is_no_crossing(left: str, right: str, always: str) -> None:
    found = pair(left, right)
    assert (found.crossings, found.first_crossing, found.sustained) == ((), None, None)
    assert (found.always, found.never_differ) == (always, False)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x", "x"),
        ("3 * (x + 1)", "x + 3 + x + x"),
        ("(x + 1) ^ 0.5 * 7", "7 * (x + 1) ^ 0.5"),
        ("(x + 1) * (x + 1)", "x ^ 2 + 2 * x + 1"),
        ("round(x * 1.37, 2)", "round(1.37 * x, 2)"),
        ("0.1 * x + 0.2 * x", "0.3 * x"),
        ("lookup(steps, x)", "lookup(steps, x)"),
    ],
)
def test_what_never_differs(left: str, right: str) -> None:
    found = pair(left, right)
    assert found.never_differ
    assert (found.crossings, found.always) == ((), None)


@pytest.mark.parametrize(
    ("left", "at"), [("min(0, x - 30) + max(0, x - 40)", 40.0), ("min(0, x - 30) + if(x < 41, 0, x)", 41.0)]
)
def test_after_equality_over_an_interval_the_crossing_is_its_end(left: str, at: float) -> None:
    found = pair(left, "0")
    assert places(found) == [at]
    assert not found.crossings[0].first_cheaper_after


@pytest.mark.parametrize("left", ["(x - 30) ^ 3 + 7", "(x - 30) * (x - 30) * (x - 30) + 7"])
def test_a_flat_root_is_found_where_it_is(left: str) -> None:
    assert places(pair(left, "7")) == pytest.approx([30], abs=2e-5)


@pytest.mark.parametrize(
    ("left", "right", "jumps"),
    [
        ("lookup(steps, x)", "2.5", [True]),
        ("x", "if(x < 40, 50, 30)", [True]),
        ("x", "min(50, 40)", [False]),
        ("max(x, 2 * x - 50)", "50", [False]),  # both at the kink
        ("if(x < 40, x - 40, 2 * x - 80)", "0", [False]),  # a branch without a step
        ("1000 * (x - 50) ^ 3", "0", [False]),
        ("if(x > 50, 1, -1) * abs(x - 50) ^ 0.5", "0", [False]),  # infinitely steep
        ("1 / (3 * x - 100.1)", "0", [True]),  # from minus to plus infinity, at no float that divides by zero
        ("if(x < 20, 1, if(x < 60, 3, 30 - x / 4))", "2 * min(1, x + 1)", [True]),
    ],
)
def test_a_step_is_told_from_a_crossing(left: str, right: str, jumps: list[bool]) -> None:
    found = pair(left, right)
    assert [crossing.jump for crossing in found.crossings][: len(jumps)] == jumps


@pytest.mark.parametrize(
    ("left", "at"),
    [
        ("lookup(steps, 0.1 * x / 3)", 90.0),
        ("lookup(steps, 0.7 * x + 0.1)", 4.14285714285714),
        ("lookup(steps, x / 3 * 0.3)", 30.0),
        ("lookup(steps, x * 1.1 - x * 0.4)", 4.28571428571429),
        ("if(0.1 * x + 0.2 * x < 9.3, 0, 3)", 31.0),
    ],
)
def test_a_step_lies_where_fifteen_digits_say(left: str, at: float) -> None:
    assert places(pair(left, "1.5"))[-1:] == [at]


# Straight lines between rows, deductions and allowances


@pytest.mark.parametrize(
    ("left", "right", "at"),
    [
        ("lookup(breakpoints, x)", "2", [5, 14]),
        ("lookup(breakpoints, x)", "x / 2 - 5", [30]),
        ("lookup(breakpoints, x)", "25", [85]),
        ("lookup(breakpoints, 100 - x)", "25", [15]),
        ("lookup(breakpoints, x ^ 2 / 100)", "25", [85**0.5 * 10]),
        ("lookup(breakpoints, lookup(breakpoints, x))", "3", [3.75, 15, 76]),
        ("lookup(breakpoints, x) + lookup(steps, x)", "12", [20]),
        ("overage(x, 40, 2)", "30", [55]),
        ("overage(x, 40, 2)", "overage(x, 20, 1)", [60]),
        ("net(200, x)", "150", [50]),
        ("net(max(x, 30), 30)", "10", [40]),
        ("net(x ^ 2, 3 * x - x - x - x)", "100", [10]),
        (
            "net(x ^ 2 / 9, min(x ^ 2 / 9, 5 ^ (x / 60)))",
            "0.3 * x",
            [brentq(lambda x: x**2 / 9 - 5 ** (x / 60) - 0.3 * x, 2, 9)],
        ),
        ("x + 1 + net(max(x, 2 ^ (x / 10)), 2 ^ (x / 10))", "71", [70]),
        ("x + overage(x, 100)", "25", [25]),
        ("if(x > 50, net(x, 50), lookup(breakpoints, x))", "2", [5, 14, 50, 52]),
    ],
)
def test_lines_deductions_and_allowances_by_hand(left: str, right: str, at: list[float]) -> None:
    assert places(pair(left, right)) == pytest.approx(at, rel=1e-13)


@pytest.mark.parametrize(
    ("left", "right", "at"),
    [
        ("charge(tiers, x)", "45", [25]),
        ("charge(tiers, x)", "2 * x", [20]),
        ("charge(tiers, x)", "lookup(breakpoints, x) + 62", [51]),
        ("charge(tiers, 100 - x)", "45", [75]),
        ("charge(tiers, charge(tiers, x))", "40", [20 / 3]),
        ("if(x > 50, charge(tiers, x - 50), 100)", "45", [50, 75]),
    ],
)
def test_graduated_prices_by_hand(left: str, right: str, at: list[float]) -> None:
    """Ten at 3, forty at 1, the rest at 2."""
    assert places(pair(left, right)) == pytest.approx(at, rel=1e-13)


@pytest.mark.parametrize(
    ("left", "right", "at"),
    [
        ("exp(x / 10)", "5", [10 * math.log(5)]),
        ("ln(x + 1)", "2", [math.exp(2) - 1]),
        ("ln(x + 1)", "x / 10 - 1", [brentq(lambda x: math.log(x + 1) - x / 10 + 1, 10, 100, rtol=1e-14)]),
        ("sqrt(x)", "7", [49]),
        ("sqrt(x)", "x", [1]),
        ("payment(x / 100, 1, 100)", "150", [50]),
        ("payment(x / 100, 2, 1)", "1", [50 * (math.sqrt(5) - 1)]),
        ("payment(x / 100, 4, 2 * x)", "x", [brentq(lambda r: 2 * r - 1 + (1 + r) ** -4, 0.1, 1, rtol=1e-14) * 100]),
        ("payment(0, x + 1, 100)", "4", [24]),
        ("payment(0.25, x + 1, 1)", "0.5", [math.log(0.5) / math.log(0.8) - 1]),
        ("payment(x / 100, x + 1, 1000)", "1000 / (x + 1)", []),
    ],
)
def test_curves_and_loans_by_hand(left: str, right: str, at: list[float]) -> None:
    """Over one period 1 + r is paid back, over two (1 + r)^2 / (2 + r) each."""
    assert places(pair(left, right)) == pytest.approx(at, rel=1e-12)


def test_an_interval_on_which_a_line_is_level_is_no_crossing() -> None:
    """From 30 to 70 both cost the same; the order is another one only after it."""
    found = pair("lookup(breakpoints, x)", "10")
    assert [(crossing.at, crossing.jump) for crossing in found.crossings] == [(pytest.approx(70), False)]


@pytest.mark.parametrize("seed", range(10))
def test_random_lines_against_numpy(seed: int) -> None:
    """Each of NumPy's interpolated segments crosses a level where its ends lie on both sides of it."""
    one = random.Random(seed)
    starts = sorted(one.sample(range(1, 99), 8))
    rows = [[0, one.uniform(-5, 5)], *([start, one.uniform(-5, 5)] for start in starts), [100, one.uniform(-5, 5)]]
    text = TEMPLATE.replace("[[0, 4], [10, 0], [30, 10], [70, 10], [100, 40]]", repr(rows)).format(
        left="lookup(breakpoints, x)", right="0.5", other="0", start=0, end=100, between="left, right"
    )
    (outcome,) = break_evens(load(text))
    expected = [
        low[0] + (0.5 - low[1]) * (high[0] - low[0]) / (high[1] - low[1])
        for low, high in pairwise(rows)
        if (low[1] - 0.5) * (high[1] - 0.5) < 0
    ]
    assert places(outcome.pairs[0]) == pytest.approx(expected, rel=1e-12)


# Values that there are not

DIP = "(1 - 1.0001 * exp(-(10 * (x - 33.3)) ^ 2))"
"""Nearly 1 nearly everywhere; for a moment below 0."""


@pytest.mark.parametrize(
    ("left", "code", "message"),
    [
        ("1 / (x - 60.5)", "RG501", "division by zero in `costs.one.left` (in break-even `question`)"),
        ("lookup(late, x)", "RG502", "`late` begins at 10 1; it is read at 0 in"),
        ("lookup(late, 15 - max(0, 6 - 100 * abs(x - 33.3)))", "RG502", "`late` begins at 10 1"),
        ("lookup(breakpoints, x + 1)", "RG502", "`breakpoints` ends at 100 1; it is read at"),
        ("lookup(breakpoints, 0.3 - max(0, 6 - 100 * abs(x - 33.3)))", "RG502", "`breakpoints` begins at 0 1"),
        ("lookup(breakpoints, 99 + max(0, 6 - 100 * abs(x - 33.3)))", "RG502", "`breakpoints` ends at 100 1"),
        ("net(50, x)", "RG504", "the deduction of"),
        ("net(50, 49 + max(0, 6 - 100 * abs(x - 33.3)))", "RG504", "the deduction of"),
        ("overage(max(0, 6 - 100 * abs(x - 33.3)), 5)", "RG504", "usage of"),
        ("(x - 12) ^ 0.5", "RG503", "this power has no value in `costs.one.left`"),
        ("ln(x)", "RG503", "this logarithm has no value in `costs.one.left`"),
        ("sqrt(x - 12)", "RG503", "this square root has no value in `costs.one.left`"),
        ("sqrt(1 - max(0, 6 - 100 * abs(x - 33.3)))", "RG503", "this square root has no value in `costs.one.left`"),
        ("exp(x * 10)", "RG503", "this exponential has no value in `costs.one.left`"),
        ("payment(0.1, x, 5)", "RG503", "this payment has no value in `costs.one.left`"),
        (f"9 + charge(tiers, {DIP})", "RG502", "`tiers` begins at 0 1; it is read at -"),
        (f"9 + sqrt({DIP})", "RG503", "this square root has no value in"),
        (f"9 + ln({DIP}) / 9", "RG503", "this logarithm has no value in"),
        (f"9 + payment(0.1, {DIP}, 5)", "RG503", "this payment has no value in"),
        ("charge(tiers, x - 1)", "RG502", "`tiers` begins at 0 1; it is read at -1 in `costs.one.left`"),
    ],
)
def test_a_value_that_there_is_not_is_reported(left: str, code: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        pair(left, "1.5")
    (found,) = caught.value.problems
    assert found.code == code
    assert found.message.startswith(message)
    assert found.message.endswith("(in break-even `question`)")
    assert found.span is not None


def test_a_branch_that_is_not_taken_is_no_problem() -> None:
    assert places(pair("if(x > 0, 100 / x, 500)", "if(x >= 10, lookup(late, x) * 2.5, 300)")) == pytest.approx(
        [1 / 3, 10, 20], rel=1e-14
    )


# Other code as reference


@pytest.mark.parametrize("seed", range(20))
def test_smooth_curves_against_brentq(seed: int) -> None:
    """Sums of powers, quotients and exponentials; SciPy's Brent in every bracket of a fine scan."""
    one = random.Random(seed)
    terms = [
        f"{one.uniform(-40, 40):.6g} * ((x + 3) / 50) ^ {one.uniform(-2, 3):.4g}",
        f"{one.uniform(-200, 200):.6g} / (x + {one.uniform(1, 60):.4g})",
        f"{one.uniform(-9, 9):.6g} * 2 ^ (-x / {one.uniform(5, 50):.4g})",
        f"{one.uniform(-20, 20):.6g} * ((x - {one.uniform(0, 100):.5g}) / 40) ^ 3",
        f"{one.uniform(-20, 20):.6g} * ((x - {one.uniform(0, 100):.5g}) / 40) ^ 2",
    ]
    model = small(" + ".join(terms[:3]), " + ".join(terms[3:]))
    grid = np.linspace(0, 100, 4_001)
    scan = difference(model, grid)
    brackets = np.flatnonzero(np.sign(scan[:-1]) != np.sign(scan[1:]))

    def one_at(x: float) -> float:
        return float(difference(model, np.array([x]))[0])

    roots = [brentq(one_at, grid[at], grid[at + 1], xtol=1e-13, rtol=1e-14) for at in brackets]
    (found,) = break_evens(model)[0].pairs
    assert places(found) == pytest.approx(roots, rel=1e-9, abs=1e-10)
    assert [crossing.first_cheaper_after for crossing in found.crossings] == [scan[at + 1] < 0 for at in brackets]


def formula(one: random.Random, depth: int, smooth: bool) -> str:
    """A random formula of x with every way of computing in it."""

    def inner() -> str:
        return f"({formula(one, depth - 1, smooth)})"

    if depth == 0:
        return one.choice(["x", f"{one.uniform(-10, 10):.4g}", f"{one.uniform(-3, 3):.3g} * x"])
    kinds = [
        "+",
        "-",
        "times",
        "min",
        "max",
        "abs",
        "if",
        "lookup",
        "line",
        "charge",
        "net",
        "overage",
        "round",
        "round_up",
        "round_down",
    ]
    kind = one.choice([*kinds, *(["*", "/", "^", "whole", "exp", "ln", "sqrt", "payment"] * 2 if smooth else [])])
    further = one.choice(["", f" and x > {one.uniform(0, 100):.3g}", f" or not x > {one.uniform(0, 100):.3g}"])
    comparison = one.choice(["<", "<=", ">", ">="])
    return {
        "+": lambda: f"{inner()} + {inner()}",
        "-": lambda: f"{inner()} - {inner()}",
        "times": lambda: f"{one.uniform(-3, 3):.3g} * {inner()}",
        "min": lambda: f"min({inner()}, {inner()})",
        "max": lambda: f"max({inner()}, {inner()})",
        "abs": lambda: f"abs({inner()})",
        "if": lambda: f"if({inner()} {comparison} {inner()}{further}, {inner()}, {inner()})",
        "lookup": lambda: f"lookup(steps, {inner()})",
        "line": lambda: f"lookup(breakpoints, max(0, min(100, {inner()})))",
        "charge": lambda: f"charge(tiers, max(0, {inner()}))",
        "exp": lambda: f"exp(max(-5, min(5, {inner()})))",
        "ln": lambda: f"ln(0.01 + abs({inner()}))",
        "sqrt": lambda: f"sqrt(abs({inner()}))",
        "payment": lambda: f"payment(abs({inner()}) / 100, {one.choice(['12', f'1 + abs({inner()})'])}, {inner()})",
        "net": lambda: "net(max({0}, {1}), {1})".format(inner(), inner()),
        "overage": lambda: f"overage({inner()}, {inner()}, {one.uniform(-3, 3):.3g})",
        "*": lambda: f"{inner()} * {inner()} / 100",
        "/": lambda: f"{inner()} / (1 + abs({inner()}))",
        "^": lambda: f"(0.01 + abs({inner()})) ^ {one.choice(['0.5', '1.5', '-0.5', '0.3'])}",
        "whole": lambda: f"({inner()} / 10) ^ {one.choice(['2', '3'])}",
    }.get(kind, lambda: f"{kind}({inner()}, {one.choice([-1, 0, 0, 1])})")()


@pytest.mark.parametrize("smooth", [False, True], ids=["piecewise-linear", "any"])
@pytest.mark.parametrize("start", range(0, 60, 6))
def test_random_models_against_a_fine_scan(start: int, smooth: bool) -> None:
    """In each bracket of the scan there is an odd number of crossings, and at each crossing the order changes."""
    grid = np.linspace(0.00123, 99.9987, 20_011)
    for seed in range(start, start + 6):
        one = random.Random(seed)
        model = small(formula(one, one.randint(1, 4), smooth), formula(one, one.randint(1, 4), smooth))
        (found,) = break_evens(model)[0].pairs
        at = np.array(places(found))
        scan = np.sign(difference(model, grid))
        (differing,) = np.nonzero(scan)
        for before, after in pairwise(differing):
            inside = np.count_nonzero((at >= grid[before] - 1e-9) & (at <= grid[after] + 1e-9))
            if scan[before] != scan[after]:
                assert inside % 2 == 1, (seed, grid[before], found)
        for crossing in found.crossings:
            near = crossing.at + np.array([-1e-9, 1e-9]) * max(1.0, crossing.at)
            sides = np.sign(difference(model, np.clip(near, 0, 100)))
            after_sign = -1 if crossing.first_cheaper_after else 1
            assert sides[1] in (after_sign, 0), (seed, crossing)
            assert sides[0] in (-after_sign, 0), (seed, crossing)
        if not found.crossings and differing.size:
            assert found.always == ("left" if scan[differing[0]] < 0 else "right"), seed


@pytest.mark.parametrize("seed", range(40))
def test_no_value_lies_outside_its_bounds(seed: int) -> None:
    """The bounds and the slopes' bounds of random formulas, over random intervals, against values within."""
    one = random.Random(1_000 + seed)
    model = small(formula(one, 4, True), "0")
    total = Key("total", "left")
    fixed = evaluate_arrays(model, {X: np.zeros(1)})
    cuts = np.sort(np.array([one.uniform(-20, 120) for _ in range(12)]))
    intervals = Intervals(cuts[:-1], cuts[1:], 0.0)
    order = [Key("costs.one", "left"), Key("costs", "left"), total]
    evaluator = BoundsEvaluator(model, X, fixed, order)
    evaluator.over(intervals)
    bounds = evaluator.value(total)
    shares = np.linspace(0.01, 0.99, 57)[:, np.newaxis]
    points = cuts[:-1] + (cuts[1:] - cuts[:-1]) * shares
    values = np.broadcast_to(evaluate_arrays(model, {X: points.ravel()})[total], points.size).reshape(points.shape)
    slack = 1e-9 * (1 + np.abs(values))
    assert np.all(values >= bounds.low - slack)
    assert np.all(values <= bounds.high + slack)
    rise = np.diff(values, axis=0)
    width = np.diff(points, axis=0)
    noise = 1e-11 * (1 + np.max(np.abs(values)))
    assert np.all(rise >= bounds.least * width - noise)
    assert np.all(rise <= bounds.most * width + noise)


# The whole answer


def test_pairs_and_curve() -> None:
    model = small("x", "50", 10, 90, other="2 * x - 80", between="right, left, other")
    (outcome,) = break_evens(model)
    assert [(each.first, each.second) for each in outcome.pairs] == [
        ("right", "left"),
        ("right", "other"),
        ("left", "other"),
    ]
    assert [places(each) for each in outcome.pairs] == [[50.0], [65.0], [80.0]]
    assert [each.first_cheaper_after for each in (pair_.crossings[0] for pair_ in outcome.pairs)] == [True, True, True]
    assert (outcome.driver.name, outcome.total.name) == ("x", "total")
    assert [at for at, _ in outcome.curve] == pytest.approx([10 + 2 * step for step in range(41)])
    assert outcome.curve[20] == (50.0, {"right": 50.0, "left": 50.0, "other": 20.0})


@pytest.fixture
def sizes(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many values of the driver each evaluation of the model was for."""
    found: list[int] = []

    def counted(model: Model, overrides: dict[Key, Array]) -> Values:
        found.append(overrides[X].size)
        return evaluate_arrays(model, overrides)

    monkeypatch.setattr(break_even, "evaluate_arrays", counted)
    return found


def test_many_values_are_computed_at_once(sizes: list[int]) -> None:
    found = pair("round(x, 1) + (x / 30) ^ 3", "round_up(1.3 * x)")
    assert len(found.crossings) == 5
    assert len(sizes) < 60
    assert sum(sizes) > 10 * len(sizes)


def test_one_curve_written_in_two_ways_is_soon_seen_through(sizes: list[int]) -> None:
    assert pair("(x + 1) ^ 0.5 * (x + 1)", "(x + 1) ^ 1.5").never_differ
    assert pair("payment(0, x + 1, 100)", "100 / (x + 1)").never_differ
    assert pair("payment(x / 100, 1, 100)", "100 + x").never_differ
    assert sum(sizes) < 30_000


def test_there_is_a_bound_for_every_node_and_function() -> None:
    """The type checker refuses bounds that a new node or function is missing from."""
    tree = ast.parse(Path(crossings.__file__).read_text(encoding="utf-8"))
    called = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert called.count("assert_never") == 3
