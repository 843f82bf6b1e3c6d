"""Ranges: extremes by hand, the percentiles of a single input against SciPy, and what may not change them."""

from __future__ import annotations

import pytest
from scipy import stats

from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.ranges import DRAWS, SEED, Extremes, RangeOutcome, extremes, ranges
from reportgen.compute.simulation import simulate
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings, find_scenario
from reportgen.problems import ModelError
from tests.model.samples import changed, load

MODEL = """
reportgen: 1
id: m
title: M
as_of: 2026-01-31
currency: EUR
options: {a: {title: A}, b: {title: B}}
assumptions:
  g:
    title: G
    inputs:
      size:     {title: Size, value: 2, low: 1, high: 4, unit: "1"}
      discount: {title: Discount, value: 0.1, low: 0, high: 0.2, unit: "1"}
      idle:     {title: Idle, value: 0.3, low: 0.1, high: 0.7, unit: "1"}
      share:    {title: Share, value: {a: 0, b: 3}, low: {a: 0, b: 1}, high: {a: 1, b: 5}, unit: EUR}
categories:
  k:
    title: K
    unit: EUR
    items:
      i:
        title: I
        costs:
          a: 10 [EUR] * size * (1 - discount) + share
          b: 100 [EUR] / size + 5 [EUR] * (1 - discount) + share
      nothing: {title: Nothing, costs: "3 [EUR] * idle / idle - 3 [EUR]"}
totals:
  half:  {title: Half, unit: EUR, formula: k / 2}
  total: {title: Total, unit: EUR, formula: k}
scenarios:
  large: {title: Large, set: {size: 10}}
ranges:
"""
RANGES = """
  prices: {title: Prices, of: total, inputs: [size, discount, idle]}
  own:    {title: Own, of: half, inputs: [share.b, discount]}
  all:    {title: All, of: total}
"""


def model(ranges_: str = RANGES, *replacements: tuple[str, str]) -> Model:
    text = MODEL + ranges_
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return load(text)


def by_id(model: Model, scenario: str | None = None) -> dict[str, Extremes]:
    return {each.range.id: each for each in extremes(model, find_scenario(model, scenario))}


def one(text: str, *replacements: tuple[str, str]) -> RangeOutcome:
    (outcome,) = ranges(model(text, *replacements))
    return outcome


def test_extremes_by_hand() -> None:
    """A larger size costs more with `a` and less with `b`; a larger discount costs less with both."""
    found = by_id(model())["prices"]
    assert found.base == pytest.approx({"a": 20 * 0.9, "b": 50 + 4.5 + 3})
    assert found.low == pytest.approx({"a": 10 * 0.8, "b": 25 + 5 * 0.8 + 3})
    assert found.high == pytest.approx({"a": 40, "b": 100 + 5 + 3})
    lowers = {str(each.key): each.lowers for each in found.inputs}
    assert lowers == {
        "size": {"a": "low", "b": "high"},
        "discount": {"a": "high", "b": "high"},
        "idle": {"a": "low", "b": "low"},
    }


def test_what_rounding_leaves_decides_no_end() -> None:
    """3 * idle / idle is 3 at any idle, but for the last digits."""
    assert 3 * 0.1 / 0.1 > 3 * 0.7 / 0.7, "the higher idle would be taken for the cheaper end"
    costs = (("10 [EUR] * size * (1 - discount) + share", "3 [EUR] * idle / idle"), (" - 3 [EUR]", " * 0"))
    (found,) = extremes(model("  r: {title: R, of: total, inputs: [idle]}\n", *costs))
    assert found.inputs[0].lowers["a"] == "low"
    assert found.base["a"] == pytest.approx(3)


def test_an_input_of_one_option_and_another_total() -> None:
    found = by_id(model())["own"]
    assert [str(each.key) for each in found.inputs] == ["share.b", "discount"]
    assert found.total.name == "half"
    assert found.low == pytest.approx({"a": 20 * 0.8 / 2, "b": (50 + 4 + 1) / 2})
    assert found.high == pytest.approx({"a": 20 / 2, "b": (50 + 5 + 5) / 2})


def test_without_inputs_all_that_have_a_low_and_a_high() -> None:
    found = by_id(model())["all"]
    assert [str(each.key) for each in found.inputs] == ["size", "discount", "idle", "share.a", "share.b"]
    assert found.low == pytest.approx({"a": 8 + 0, "b": 25 + 4 + 1})
    assert found.high == pytest.approx({"a": 40 + 1, "b": 105 + 5})


def test_ends_are_told_one_input_at_a_time() -> None:
    """Both together cost least at (0, 0), but each alone costs less at its high: that is what the extreme takes."""
    text = "  r: {title: R, of: total, inputs: [size, discount]}\n"
    formula = "10 [EUR] * abs(size + discount) + share"
    old = "10 [EUR] * size * (1 - discount) + share"
    odd = (("value: 2, low: 1, high: 4", "value: -5, low: -6, high: -4"), ("low: 0, high: 0.2", "low: -1, high: 1"))
    found = by_id(model(text, (old, formula), *odd))["r"]
    assert [each.lowers["a"] for each in found.inputs] == ["high", "high"]
    assert found.low["a"] == pytest.approx(10 * 3)
    assert found.high["a"] == pytest.approx(10 * 7)


def test_a_scenario_changes_the_base_and_not_the_ends() -> None:
    base, large = by_id(model())["prices"], by_id(model(), "large")["prices"]
    assert large.base == pytest.approx({"a": 100 * 0.9, "b": 10 + 4.5 + 3})
    assert (large.low, large.high, large.inputs) == (base.low, base.high, base.inputs)
    outcomes = ranges(model(), find_scenario(model(), "large"))
    assert outcomes[0].p90["a"] > base.high["a"], "a simulation takes the scenario's value into its range"


def test_a_scenario_sets_what_no_range_moves() -> None:
    found = by_id(model(), "large")["own"]
    assert found.low["b"] == pytest.approx((10 + 4 + 1) / 2)


def test_a_setting_decides_which_end_lowers() -> None:
    """With a discount of more than everything, a larger size costs less."""
    turned, _ = apply_settings(model(), ["discount=2"])
    found = by_id(turned)["prices"]
    assert found.inputs[0].lowers["a"] == "high"


@pytest.mark.parametrize("distribution", ["uniform", "triangular"])
def test_the_percentiles_of_a_single_input_against_scipy(distribution: str) -> None:
    outcome = one(
        "  r: {title: R, of: total, inputs: [size]}\n", ("high: 4,", f"high: 4, distribution: {distribution},")
    )
    known = stats.uniform(1, 3) if distribution == "uniform" else stats.triang(1 / 3, 1, 3)
    assert (outcome.draws, outcome.seed) == (DRAWS, SEED) == (10_000, 0)
    assert outcome.p10["a"] == pytest.approx(9 * known.ppf(0.1), rel=1e-3)
    assert outcome.p90["a"] == pytest.approx(9 * known.ppf(0.9), rel=1e-3)
    assert outcome.p10["b"] == pytest.approx(100 / known.ppf(0.9) + 7.5, rel=1e-3)


def test_just_the_inputs_of_the_range_vary() -> None:
    outcome = one("  r: {title: R, of: total, inputs: [share.b]}\n")
    assert outcome.p10["a"] == outcome.p90["a"] == pytest.approx(18)
    assert outcome.p10["b"] < 57.5 < outcome.p90["b"]


def test_the_same_seed_gives_the_same_numbers_whatever_else_is_asked() -> None:
    first, alone = ranges(model())[0], one("  prices: {title: P, of: total, inputs: [size, discount, idle]}\n")
    assert (first.p10, first.p90) == (alone.p10, alone.p90)
    seeded = one("  r: {title: R, of: total}\nsimulation: {draws: 500, seed: 3}\n")
    assert (seeded.draws, seeded.seed) == (500, 3)
    assert seeded.p10 != one("  r: {title: R, of: total}\nsimulation: {draws: 500, seed: 4}\n").p10


def test_all_inputs_are_drawn_as_the_simulation_draws_them() -> None:
    simulated = model("  r: {title: R, of: total}\nsimulation: {draws: 1_000, seed: 3}\n")
    outcome, (found,) = simulate(simulated), ranges(simulated)
    assert outcome is not None
    assert found.p10 == {option: each[10] for option, each in outcome.percentiles.items()}
    assert found.p90 == {option: each[90] for option, each in outcome.percentiles.items()}


def test_correlations_among_the_inputs_hold() -> None:
    def spread(correlation: float, inputs: str) -> float:
        pairs = f"[{{between: [size, share.a], value: {correlation}}}]"
        text = f"  r: {{title: R, of: total, inputs: [{inputs}]}}\n"
        text += f"simulation: {{draws: 2_000, seed: 3, correlations: {pairs}}}\n"
        wide = ("low: {a: 0, b: 1}, high: {a: 1, b: 5}", "low: {a: 0, b: 1}, high: {a: 30, b: 5}")
        outcome = one(text, wide)
        return outcome.p90["a"] - outcome.p10["a"]

    assert spread(0.9, "size, share.a") > 1.5 * spread(-0.9, "size, share.a")
    assert spread(0.9, "size") == pytest.approx(spread(-0.9, "size"), rel=0.01), "the other input stays"


def test_extremes_are_cases_of_the_model() -> None:
    """Each extreme is what an evaluation with these inputs gives."""
    built = model()
    for found in extremes(built):
        for option in built.option_ids:
            for extreme, totals in (("low", found.low), ("high", found.high)):
                case = {each.key: each.at(option, extreme) for each in found.inputs}
                assert evaluate_cases(built, [case])[Key(found.total.name, option)][0] == totals[option]


def test_an_option_that_lacks_a_price_is_incomplete() -> None:
    text = changed() + "ranges: {r: {title: R, of: total, inputs: [seats]}, s: {title: S, of: running}}\n"
    assert [each.incomplete for each in extremes(load(text))] == [("hosted",), ()]


def test_a_model_without_ranges() -> None:
    without = load(changed())
    assert ranges(without) == extremes(without) == ()


def test_problems_name_the_input_or_the_extreme() -> None:
    at_low = model("  r: {title: R, of: total, inputs: [size]}\n", ("low: 1, high: 4", "low: 0, high: 4"))
    with pytest.raises(ModelError) as caught:
        ranges(at_low)
    assert "(with `size` at 0)" in caught.value.problems[0].message
    divisor = ("100 [EUR] / size", "100 [EUR] / (size - 10 * discount)")
    together = model(
        "  r: {title: R, of: total, inputs: [size, discount]}\n", divisor, ("low: 1, high: 4", "low: 0, high: 4")
    )
    with pytest.raises(ModelError) as caught:
        ranges(together, find_scenario(together, "large"))
    (problem,) = caught.value.problems
    assert problem.code == "RG501"
    assert problem.message.endswith("(at the low extreme of `b` in range `r` in scenario `large`)")
