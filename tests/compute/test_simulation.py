"""Simulation: distributions against SciPy's, the sample's structure, and the results against a plain loop."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from scipy import stats

from reportgen.compute.distributions import correlated_ranks, latin_hypercube, normal_quantile, quantile
from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.rounding import Array
from reportgen.compute.simulation import (
    BLOCK,
    PERCENTILES,
    SimulationOutcome,
    average_ranks,
    draw,
    percentiles,
    shares_of_cheapest,
    simulate,
)
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings, find_scenario
from reportgen.model.simulation_model import Simulation
from reportgen.problems import ModelError
from tests.model.samples import SAMPLE_PATH, sample

P = np.concatenate([[1e-12, 1e-6, 1 - 1e-6], np.linspace(0.0005, 0.9995, 1_999)])
Z = float(stats.norm.ppf(0.95))
PEAKS = [10, 10.001, 12, 13, 16.6, 30]
"""Most likely numbers between 10 and 30."""


def scipy_distribution(name: str, low: float, value: float, high: float) -> Any:
    width = high - low
    match name:
        case "triangular":
            return stats.triang((value - low) / width, low, width)
        case "pert":
            return stats.beta(1 + 4 * (value - low) / width, 1 + 4 * (high - value) / width, low, width)
        case "uniform":
            return stats.uniform(low, width)
        case "normal":
            return stats.norm((low + high) / 2, width / (2 * Z))
        case _:
            return stats.lognorm(math.log(high / low) / (2 * Z), scale=math.sqrt(low * high))


NAMES = ["triangular", "pert", "uniform", "normal", "lognormal"]


@pytest.mark.parametrize("value", PEAKS)
@pytest.mark.parametrize("name", NAMES)
def test_quantiles_against_scipy(name: str, value: float) -> None:
    expected = scipy_distribution(name, 10, value, 30).ppf(P)
    assert quantile(name, 10.0, value, 30.0, P) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("value", PEAKS)
@pytest.mark.parametrize("name", NAMES)
def test_moments_against_scipy(name: str, value: float) -> None:
    middles = (np.arange(200_000) + 0.5) / 200_000
    numbers = quantile(name, 10.0, value, 30.0, middles)
    expected = scipy_distribution(name, 10, value, 30)
    assert numbers.mean() == pytest.approx(expected.mean(), rel=1e-6)
    assert numbers.std() == pytest.approx(expected.std(), rel=1e-3)
    assert stats.skew(numbers) == pytest.approx(float(expected.stats("s")), abs=0.01)


@pytest.mark.parametrize("name", ["normal", "lognormal"])
def test_ninety_per_cent_lie_between_low_and_high(name: str) -> None:
    assert quantile(name, 10.0, 12.0, 30.0, np.array([0.05, 0.95])) == pytest.approx([10, 30], rel=1e-12)


def test_known_means() -> None:
    """The textbooks' (a + m + b) / 3 and (a + 4 m + b) / 6."""
    middles = (np.arange(100_000) + 0.5) / 100_000
    assert quantile("triangular", 10.0, 12.0, 30.0, middles).mean() == pytest.approx(52 / 3, rel=1e-6)
    assert quantile("pert", 10.0, 12.0, 30.0, middles).mean() == pytest.approx(88 / 6, rel=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_a_range_of_one_number(name: str) -> None:
    assert quantile(name, 5.0, 5.0, 5.0, P).tolist() == [5.0] * len(P)


@pytest.mark.parametrize("name", ["triangular", "pert", "uniform"])
def test_nothing_lies_outside_low_and_high(name: str) -> None:
    numbers = quantile(name, -0.1, 0.2, 0.3, np.array([2.0**-53, 0.5, 1 - 2.0**-53]))
    assert -0.1 <= numbers.min() < numbers.max() <= 0.3


def test_an_unknown_distribution_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="cauchy"):
        quantile("cauchy", 1.0, 2.0, 3.0, P)


def test_normal_quantiles_in_the_far_tails() -> None:
    p = np.array([2.0**-53, 1e-300, 1e-20, 0.02, 0.075, 0.5, 0.925, 1 - 2.0**-53])
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-14)


@pytest.mark.parametrize("draws", [1, 2, 7, 1_000])
def test_one_probability_in_each_stratum(draws: int) -> None:
    generator = np.random.default_rng(5)
    ranks = generator.permutation(draws)
    p = latin_hypercube(draws, ranks, generator)
    assert np.floor(p * draws).astype(int).tolist() == ranks.tolist()
    assert 0 < p.min() <= p.max() < 1
    assert len(set((p * draws % 1).round(9))) == draws, "random within the stratum"


MATRICES = [
    [[1, 0.6], [0.6, 1]],
    [[1, -0.95], [-0.95, 1]],
    [[1, 0.3, -0.2], [0.3, 1, 0.5], [-0.2, 0.5, 1]],
    [[1, 0.8, 0.8], [0.8, 1, 0.28], [0.8, 0.28, 1]],  # hardly possible: its least eigenvalue is 0.0003
]


@pytest.mark.parametrize("wanted", MATRICES)
def test_rank_correlations_come_about(wanted: list[list[float]]) -> None:
    ranks = correlated_ranks(5_000, np.array(wanted), np.random.default_rng(3))
    assert [sorted(row) for row in ranks.tolist()] == [list(range(5_000))] * len(wanted)
    assert np.corrcoef(ranks) == pytest.approx(np.array(wanted), abs=0.02)
    assert stats.spearmanr(ranks[0], ranks[1]).statistic == pytest.approx(wanted[0][1], abs=0.01)


@pytest.mark.parametrize("seed", range(5))
def test_chance_plays_little_part_in_few_draws(seed: int) -> None:
    """Drawn at random, one of three correlations of 1,000 pairs misses by 0.03 as a rule."""
    ranks = correlated_ranks(1_000, np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]]), np.random.default_rng(seed))
    found = np.corrcoef(ranks)
    assert [found[0, 1], found[0, 2], found[1, 2]] == pytest.approx([0.5, 0, 0], abs=0.015)


@pytest.mark.parametrize("wanted", [1, -1])
def test_inputs_that_move_as_one(wanted: int) -> None:
    ranks = correlated_ranks(1_000, np.array([[1.0, wanted], [wanted, 1.0]]), np.random.default_rng(3))
    assert ranks[1].tolist() == (ranks[0] if wanted > 0 else 999 - ranks[0]).tolist()


@pytest.mark.parametrize("draws", [1, 2, 3, 4, 5, 6, 7])
def test_too_few_draws_to_undo_chance(draws: int) -> None:
    ranks = correlated_ranks(draws, np.array([[1, 0.5, 0], [0.5, 1, 0], [0, 0, 1]]), np.random.default_rng(1))
    assert [sorted(row) for row in ranks.tolist()] == [list(range(draws))] * 3


@cache
def agent_runtime() -> Model:
    model, _ = load_model(SAMPLE_PATH.parent / "agent-runtime")
    return model


def with_simulation(model: Model, **changes: Any) -> Model:
    assert model.simulation is not None
    return replace(model, simulation=replace(model.simulation, **changes))


def run(model: Model, scenario: str | None = None) -> SimulationOutcome:
    outcome = simulate(model, find_scenario(model, scenario))
    assert outcome is not None
    return outcome


def simulation_of(model: Model) -> Simulation:
    assert model.simulation is not None
    return model.simulation


def test_a_model_that_asks_for_none_has_none() -> None:
    assert simulate(sample(("simulation: {draws: 10_000, seed: 7}", ""))) is None


@pytest.mark.parametrize("scenario", [None, "two_years"])
def test_a_plain_loop_over_the_draws_gives_the_same(scenario: str | None) -> None:
    """One evaluation a draw, its numbers sorted and read by hand."""
    draws = 201
    model = with_simulation(agent_runtime(), draws=draws, seed=11)
    outcome, settings = run(model, scenario), find_scenario(model, scenario)
    numbers = draw(model, simulation_of(model), settings).numbers
    totals: dict[str, list[float]] = {option: [] for option in model.option_ids}
    wins = dict.fromkeys(model.option_ids, 0)
    for at in range(draws):
        case = {**(settings.settings if settings else {}), **{key: float(array[at]) for key, array in numbers.items()}}
        values = evaluate_cases(model, [case])
        found = {option: float(values[Key("total", option)][0]) for option in model.option_ids}
        wins[min(found, key=found.__getitem__)] += 1
        for option, total in found.items():
            totals[option].append(total)
    for option, each in totals.items():
        rising = sorted(each)
        assert outcome.samples[option].tolist() == pytest.approx(rising, rel=1e-12)
        for percent in PERCENTILES:
            assert outcome.percentiles[option][percent] == pytest.approx(rising[2 * percent], rel=1e-12)
        mean = sum(each) / draws
        assert outcome.mean[option] == pytest.approx(mean, rel=1e-12)
        variance = sum((total - mean) ** 2 for total in each) / (draws - 1)
        assert outcome.deviation[option] == pytest.approx(math.sqrt(variance), rel=1e-9)
        assert outcome.cheapest[option] == pytest.approx(wins[option] / draws, rel=1e-12)


def test_every_input_with_low_and_high_is_drawn_from_its_distribution() -> None:
    model = agent_runtime()
    numbers = draw(model, simulation_of(model)).numbers
    ranges = {key: found for each in model.assumptions for key, found in each.ranges.items()}
    moving = {key for key, found in ranges.items() if found.low is not None and found.low != found.high}
    assert numbers.keys() == moving
    assert Key("ops_share", "inngest") in moving
    for key, array in numbers.items():
        low, high, value = ranges[key].low, ranges[key].high, model.definitions[key].value  # type: ignore[union-attr]
        assert low is not None and high is not None
        p = stats.triang((value - low) / (high - low), low, high - low).cdf(array)
        assert sorted(np.floor(p * len(p) + 1e-6).astype(int).tolist()) == list(range(len(p))), key


def test_distributions_are_those_of_the_model() -> None:
    model = sample(("low: 120, high: 600", "low: 120, high: 600, distribution: uniform"))
    numbers = draw(model, simulation_of(model)).numbers
    assert numbers[Key("seats")].mean() == pytest.approx(360, rel=1e-4)
    assert numbers[Key("vm_hour")].mean() == pytest.approx((0.15 + 0.19 + 0.24) / 3, rel=1e-4)


def test_inputs_are_drawn_independently() -> None:
    model = agent_runtime()
    ranks = draw(model, simulation_of(model)).ranks
    for one, other in combinations(ranks.values(), 2):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.05


def test_the_same_seed_gives_the_same_numbers_and_another_does_not() -> None:
    first, again, other = (run(with_simulation(agent_runtime(), draws=500, seed=seed)) for seed in (7, 7, 8))
    assert {option: each.tolist() for option, each in first.samples.items()} == {
        option: each.tolist() for option, each in again.samples.items()
    }
    assert first.rank_correlations == again.rank_correlations
    assert first.samples["connic"].tolist() != other.samples["connic"].tolist()


def test_the_first_numbers_of_a_seed_stay_as_they_are() -> None:
    """Written down once: a workbook made today and one made next year hold the same numbers."""
    outcome = run(with_simulation(sample(), draws=1_000, seed=7))
    assert outcome.percentiles["self_run"][50] == pytest.approx(23141.407997990776, rel=1e-9)


def test_correlations_between_inputs_and_what_they_do() -> None:
    pair = "simulation: {draws: 10_000, seed: 7, correlations: [{between: [seats, vm_hour], value: 0.7}]}"
    model = sample(("simulation: {draws: 10_000, seed: 7}", pair))
    numbers = draw(model, simulation_of(model)).numbers
    found = stats.spearmanr(numbers[Key("seats")], numbers[Key("vm_hour")]).statistic
    assert found == pytest.approx(0.7, abs=0.005)
    assert run(model).deviation["self_run"] > 1.1 * run(sample()).deviation["self_run"]


def test_a_correlation_with_an_input_that_does_not_move() -> None:
    pair = "simulation: {draws: 100, seed: 7, correlations: [{between: [seats, vm_hour], value: 0.7}]}"
    model = sample(("simulation: {draws: 10_000, seed: 7}", pair), ("low: 0.15, high: 0.24", "low: 0.19, high: 0.19"))
    assert draw(model, simulation_of(model)).numbers.keys() == {Key("seats")}


def test_rank_correlations_against_scipy() -> None:
    model = with_simulation(agent_runtime(), draws=2_000)
    outcome = run(model)
    numbers = draw(model, simulation_of(model)).numbers
    values = evaluate_cases(model, [{k: float(a[at]) for k, a in numbers.items()} for at in range(2_000)])
    for option, found in outcome.rank_correlations.items():
        assert [key for key, _ in found[:1]] == [Key("runs_per_month")]
        assert [abs(value) for _, value in found] == sorted((abs(value) for _, value in found), reverse=True)
        assert {key for key, _ in found} == numbers.keys()
        for key, value in found:
            expected = stats.spearmanr(numbers[key], values[Key("total", option)]).statistic
            assert value == pytest.approx(expected, abs=1e-9)


def test_rank_correlations_where_totals_are_equal() -> None:
    """A total in steps: the same for many draws."""
    model = sample(("low: 0.15, high: 0.24, ", ""))
    outcome = run(model)
    numbers = draw(model, simulation_of(model)).numbers[Key("seats")]
    steps = np.where(numbers < 250, 1.0, 2.0)
    expected = stats.spearmanr(numbers, steps).statistic
    assert dict(outcome.rank_correlations["self_run"]) == pytest.approx({Key("seats"): expected}, abs=1e-12)


def test_average_ranks_against_scipy() -> None:
    numbers = np.array([3.0, 1.0, 3.0, 2.0, 3.0, 1.0])
    assert average_ranks(numbers).tolist() == (stats.rankdata(numbers) - 1).tolist()


@pytest.mark.parametrize("count", [1, 2, 3, 10, 999])
def test_percentiles_against_numpy(count: int) -> None:
    numbers = np.sort(np.random.default_rng(1).normal(size=count))
    expected = dict(zip(PERCENTILES, np.percentile(numbers, PERCENTILES), strict=True))
    assert percentiles(numbers) == pytest.approx(expected, rel=1e-12, abs=1e-15)


def array(*numbers: float) -> Array:
    return np.array(numbers, dtype=float)


def test_draws_with_a_tie_are_divided() -> None:
    totals = {"a": array(1, 5, 0.1 + 0.2, 9), "b": array(2, 4, 0.3, 9), "c": array(3, 6, 1, 9)}
    shares = shares_of_cheapest(totals)
    assert shares == pytest.approx({"a": (1 + 0.5 + 1 / 3) / 4, "b": (1 + 0.5 + 1 / 3) / 4, "c": 1 / 12})
    assert shares_of_cheapest({}) == {}


def test_an_incomplete_option_is_never_the_cheapest() -> None:
    outcome = run(sample())
    assert outcome.incomplete == ("hosted",)
    assert outcome.cheapest == {"self_run": 1.0}
    assert set(outcome.percentiles) == {"hosted", "self_run"}


def test_chances_add_up_to_one() -> None:
    outcome = run(agent_runtime())
    assert sum(outcome.cheapest.values()) == pytest.approx(1, rel=1e-12)
    assert 0.9 < outcome.cheapest["connic"] < 1


def test_a_model_in_which_nothing_varies() -> None:
    simulation_of = ("sensitivity: {of: total}", "sensitivity: {of: total, swing: 10 %}")
    model = sample((", low: 120, high: 600", ""), (", low: 0.15, high: 0.24", ""), simulation_of)
    outcome = run(model)
    assert outcome.rank_correlations == {"hosted": (), "self_run": ()}
    assert outcome.deviation == pytest.approx({"hosted": 0, "self_run": 0}, abs=1e-9)
    assert outcome.percentiles["self_run"][5] == pytest.approx(outcome.percentiles["self_run"][95], rel=1e-12)
    assert len(outcome.samples["hosted"]) == 10_000


def test_a_single_draw() -> None:
    outcome = run(with_simulation(agent_runtime(), draws=1))
    assert outcome.deviation["connic"] == 0
    assert len(set(outcome.percentiles["connic"].values())) == 1
    assert {value for _, value in outcome.rank_correlations["connic"]} == {0.0}


def test_more_draws_than_are_evaluated_at_once() -> None:
    model = with_simulation(agent_runtime(), draws=2 * BLOCK + 1)
    numbers = draw(model, simulation_of(model)).numbers
    at = [0, BLOCK - 1, BLOCK, 2 * BLOCK]
    values = evaluate_cases(model, [{key: float(each[i]) for key, each in numbers.items()} for i in at])
    samples = run(model).samples["connic"]
    assert len(samples) == 2 * BLOCK + 1
    for total in values[Key("total", "connic")]:
        assert np.isclose(samples, total, rtol=1e-12).any()


def test_the_total_may_be_another_than_the_headline() -> None:
    model = with_simulation(agent_runtime(), of="llm_annual", draws=1_000)
    outcome = run(model)
    assert outcome.total.name == "llm_annual"
    assert outcome.cheapest == pytest.approx(dict.fromkeys(model.option_ids, 1 / 3))


def test_a_scenario_moves_the_most_likely_number() -> None:
    model = agent_runtime()
    numbers = draw(model, simulation_of(model), find_scenario(model, "high_salary")).numbers[Key("salary")]
    assert numbers.mean() == pytest.approx((90_000 + 140_000 + 140_000) / 3, rel=1e-4)


def test_a_changed_input_outside_its_range_widens_it() -> None:
    model, _ = apply_settings(agent_runtime(), ["salary=160_000"])
    numbers = draw(model, simulation_of(model)).numbers[Key("salary")]
    assert numbers.mean() == pytest.approx((90_000 + 160_000 + 160_000) / 3, rel=1e-4)
    assert 159_000 < numbers.max() <= 160_000


def test_a_draw_without_a_result_is_an_error() -> None:
    model = sample(("low: 120, high: 600", "low: -60, high: 600"))
    with pytest.raises(ModelError) as caught:
        simulate(model)
    assert [problem.code for problem in caught.value.problems] == ["RG502"]


def test_a_result_that_the_total_does_not_need_is_not_computed() -> None:
    """It has no number below 240 seats."""
    odd = "metrics:\n  odd:\n    title: Odd\n    unit: '1'\n    formula: 1 / round_down(seats / 240 [seat], 0)\n"
    assert run(sample(("metrics:\n", odd))).draws == 10_000
