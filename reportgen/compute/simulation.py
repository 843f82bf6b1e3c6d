"""How sure a total is: all inputs that have a low and a high vary at once, many times over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from reportgen.compute.distributions import Ranks, correlated_ranks, latin_hypercube, quantile
from reportgen.compute.evaluate import evaluate_arrays
from reportgen.compute.rounding import Array, fifteen_digits
from reportgen.compute.states import states
from reportgen.compute.steps import Values
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, InputValue, Model, Quantity
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.model.simulation_model import Simulation

PERCENTILES = (5, 10, 25, 50, 75, 90, 95)
BLOCK = 10_000
"""How many draws are evaluated at once, so that a million of them need little memory."""


@dataclass(frozen=True, slots=True)
class SimulationOutcome:
    """The total of each option over all draws, in the total's unit.

    `percentiles` are read between neighbouring draws in a straight line, as spreadsheets' PERCENTILE.INC does;
    `deviation` is the standard deviation of a sample (n - 1). `cheapest` is the share of draws in which an option
    costs least, of those of which everything is quoted; draws with a tie are divided. `rank_correlations` are
    Spearman's between each input that varies and the option's total, the strongest first, 0 where the total does not
    vary. `samples` are the totals, rising. `incomplete` are the options of which something is not quoted.
    """

    total: Quantity
    draws: int
    seed: int
    percentiles: dict[str, dict[int, float]]
    mean: dict[str, float]
    deviation: dict[str, float]
    cheapest: dict[str, float]
    rank_correlations: dict[str, tuple[tuple[Key, float], ...]]
    samples: dict[str, Array]
    incomplete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draws:
    """Each input that varies: its ranks from the lowest draw (0) up, and its numbers, in the input's unit."""

    ranks: dict[Key, Ranks]
    numbers: Values


def simulate(model: Model, scenario: Scenario = BASE_SCENARIO) -> SimulationOutcome | None:
    """The simulation that the model asks for, in one scenario or with its own values; None where it asks for none.

    The same model, scenario and seed give the same numbers. Raises ModelError as `evaluate_cases` does, where any
    draw has no result.
    """
    request = model.simulation
    if request is None:
        return None
    total = model.quantities[request.of]
    drawn = draw(model, request, scenario)
    totals = drawn_totals(model, total, drawn, request.draws, scenario)
    found = states(model)
    incomplete = tuple(each for each in totals if found.get(Key(total.name, each)) in (INCOMPLETE, NOT_QUOTED))
    samples = {option: np.sort(each) for option, each in totals.items()}
    return SimulationOutcome(
        total=total,
        draws=request.draws,
        seed=request.seed,
        percentiles={option: percentiles(each) for option, each in samples.items()},
        mean={option: float(each.mean()) for option, each in samples.items()},
        deviation={option: deviation(each) for option, each in samples.items()},
        cheapest=shares_of_cheapest({option: each for option, each in totals.items() if option not in incomplete}),
        rank_correlations=_rank_correlations(drawn.ranks, totals),
        samples=samples,
        incomplete=incomplete,
    )


def draw(
    model: Model, request: Simulation, scenario: Scenario = BASE_SCENARIO, inputs: Collection[Key] | None = None
) -> Draws:
    """A Latin hypercube sample of the inputs that have a low and a high that differ, or of those of them in `inputs`.

    An input's most likely number is what it holds in the scenario. A number outside low and high, which only a
    scenario or `--set` can bring, widens them.
    """
    settings = scenario.settings
    ranges: dict[Key, tuple[str, float, float, float]] = {}
    for assumption in model.assumptions:
        for key in assumption.keys:
            low, high, definition = assumption.ranges[key].low, assumption.ranges[key].high, model.definitions[key]
            if low is None or high is None or not isinstance(definition, InputValue):
                continue
            if inputs is not None and key not in inputs:
                continue
            value = settings.get(key, definition.value)
            low, high = min(low, value), max(high, value)
            if low < high:
                ranges[key] = (assumption.distribution, low, value, high)
    generator = np.random.Generator(np.random.PCG64(request.seed))
    ranks = _ranks(tuple(ranges), request, generator)
    numbers = {key: quantile(*ranges[key], latin_hypercube(request.draws, ranks[key], generator)) for key in ranges}
    return Draws(ranks, numbers)


def drawn_totals(
    model: Model, total: Quantity, drawn: Draws, draws: int, scenario: Scenario = BASE_SCENARIO
) -> dict[str, Array]:
    """The total of each option in each of `draws` draws, in the total's unit and in the order they were drawn in; only
    what lies between the drawn inputs and the total is computed. Raises ModelError as `evaluate_cases` does."""
    numbers, settings = drawn.numbers, scenario.settings
    base = evaluate_arrays(model, {key: np.array([value]) for key, value in settings.items()})
    varying = frozenset(model.dependencies.between(numbers, model.keys_of(total.name)))
    constant = {key: value for key, value in base.items() if key not in varying}
    found = {option: np.empty(draws) for option in model.option_ids}
    for start in range(0, draws, BLOCK):
        block = slice(start, start + BLOCK)
        values = evaluate_arrays(model, {**constant, **{key: array[block] for key, array in numbers.items()}})
        for option, array in found.items():
            array[block] = values[Key(total.name, option)]
    return found


def _ranks(keys: tuple[Key, ...], request: Simulation, generator: np.random.Generator) -> dict[Key, Ranks]:
    """The order of each input's draws: random, but for the correlations that are asked for."""
    pairs = [each for each in request.correlations if each.first in keys and each.second in keys]
    together = [key for key in keys if any(key in (each.first, each.second) for each in pairs)]
    found: dict[Key, Ranks] = {}
    if together:
        matrix = np.eye(len(together))
        for each in pairs:
            first, second = together.index(each.first), together.index(each.second)
            matrix[first, second] = matrix[second, first] = each.value
        found = dict(zip(together, correlated_ranks(request.draws, matrix, generator), strict=True))
    return {key: found[key] if key in found else generator.permutation(request.draws) for key in keys}


def percentiles(rising: Array) -> dict[int, float]:
    """The percentiles of numbers in rising order, in a straight line between neighbours (Hyndman and Fan's type 7)."""
    found = {}
    for percent in PERCENTILES:
        position = (len(rising) - 1) * percent / 100
        at = int(position)
        following = min(at + 1, len(rising) - 1)
        found[percent] = float(rising[at] + (position - at) * (rising[following] - rising[at]))
    return found


def deviation(numbers: Array) -> float:
    """The standard deviation of a sample; 0 of a single number."""
    return float(numbers.std(ddof=1)) if len(numbers) > 1 else 0.0


def shares_of_cheapest(totals: dict[str, Array]) -> dict[str, float]:
    """In what share of draws each option costs least, compared by the 15 digits that spreadsheets compare."""
    if not totals:
        return {}
    stacked = np.stack(list(totals.values()))
    least = np.broadcast_to(stacked.min(axis=0), stacked.shape)
    lowest = stacked == least
    near = ~lowest & (stacked - least <= 1e-13 * np.abs(least))
    lowest[near] = fifteen_digits(stacked[near], least[near]) <= fifteen_digits(least[near], stacked[near])
    shares = (lowest / lowest.sum(axis=0)).mean(axis=1)
    return {option: float(share) for option, share in zip(totals, shares, strict=True)}


def _rank_correlations(ranks: dict[Key, Ranks], totals: dict[str, Array]) -> dict[str, tuple[tuple[Key, float], ...]]:
    """Pearson's correlation of the ranks; those of an input are known from drawing it."""
    found = {}
    keys = tuple(ranks)
    inputs = np.stack([ranks[key] for key in keys]).astype(float) if keys else np.zeros((0, 1))
    inputs -= (inputs.shape[1] - 1) / 2
    length = np.sqrt((inputs**2).sum(axis=1))
    for option, total in totals.items():
        ranked = average_ranks(total)
        ranked -= ranked.mean()
        size = length * np.sqrt((ranked**2).sum())
        values = np.divide(inputs @ ranked, size, out=np.zeros(len(keys)), where=size > 0) if keys else ()
        pairs = [(key, float(value)) for key, value in zip(keys, values, strict=True)]
        found[option] = tuple(sorted(pairs, key=lambda pair: -abs(pair[1])))
    return found


def average_ranks(numbers: Array) -> Array:
    """Ranks from 0, equal numbers sharing the mean of theirs."""
    _, inverse, counts = np.unique(numbers, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts + 1) / 2)[inverse])
