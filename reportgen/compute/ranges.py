"""A total from low to high: with all inputs of a range at their ends at once, and with them varied at random."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from reportgen.compute.scenarios import DECIMALS, NamedCase, complete_options, evaluate_named, totals_of
from reportgen.compute.simulation import draw, drawn_totals, percentiles
from reportgen.formula.nodes import Key
from reportgen.model.model import Model, Quantity
from reportgen.model.ranges_model import TotalRange
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.model.simulation_model import Simulation

EXTREMES = LOW, HIGH = "low", "high"
DRAWS, SEED = 10_000, 0
"""Of the simulation of a range in a model that asks for none of its own."""


@dataclass(frozen=True, slots=True)
class InputEnds:
    """An input with its low and its high, in its own unit. `lowers` says by option which of the two, `low` or `high`,
    gives the lower total while all other inputs are at their value; `low` where both give the same."""

    key: Key
    low: float
    high: float
    lowers: dict[str, str]

    def at(self, option: str, extreme: str) -> float:
        """What the input is in an option's low or high extreme."""
        return self.low if self.lowers[option] == extreme else self.high


@dataclass(frozen=True, slots=True)
class Extremes:
    """The total by option, in its unit: `base` with every input at its value, `low` and `high` with every input of the
    range at the end that lowers, or raises, this option's total. `incomplete` are the options of which something is
    not quoted."""

    range: TotalRange
    total: Quantity
    inputs: tuple[InputEnds, ...]
    base: dict[str, float]
    low: dict[str, float]
    high: dict[str, float]
    incomplete: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RangeOutcome:
    """A range with its extremes, and the totals that a tenth and nine tenths of `draws` draws stay below, by option and
    in the total's unit, when just the inputs of the range vary."""

    extremes: Extremes
    draws: int
    seed: int
    p10: dict[str, float]
    p90: dict[str, float]


def ranges(model: Model, scenario: Scenario = BASE_SCENARIO) -> tuple[RangeOutcome, ...]:
    """Every range of the model, in one scenario or with its own values.

    The extremes take an input's own low and high in every scenario, as a sensitivity does; the simulation takes its
    value there as the most likely one. The same model, scenario and seed give the same numbers. Raises ModelError as
    `evaluate_cases` does, with the input or the extreme in the message.
    """
    return tuple(_simulated(model, scenario, each) for each in extremes(model, scenario))


def extremes(model: Model, scenario: Scenario = BASE_SCENARIO) -> tuple[Extremes, ...]:
    """The same without a simulation."""
    model_ranges, options = model.assessment.ranges, model.option_ids
    if not model_ranges:
        return ()
    limits = {key: _limits(model, key) for key in dict.fromkeys(key for each in model_ranges for key in each.inputs)}
    moves = [(f"with `{key}` at {end:.12g}", {key: end}) for key, ends in limits.items() for end in ends]
    moved = evaluate_named(model, _cases(scenario, [("", {}), *moves]))
    bases, inputs = [], []
    for each in model_ranges:
        base, *sides = totals_of(moved, model, model.quantities[each.of], 1 + len(moves))
        pairs = dict(zip(limits, zip(sides[::2], sides[1::2], strict=True), strict=True))
        bases.append(base)
        inputs.append(tuple(InputEnds(key, *limits[key], _lowering(*pairs[key])) for key in each.inputs))
    places = tuple(product(range(len(model_ranges)), options, EXTREMES))
    cases = [
        (
            f"at the {extreme} extreme of `{option}` in range `{model_ranges[at].id}`",
            extreme_case(inputs[at], option, extreme),
        )
        for at, option, extreme in places
    ]
    reached = evaluate_named(model, _cases(scenario, cases))
    found = {}
    for place, (at, option, extreme) in enumerate(places):
        totals = np.broadcast_to(reached[Key(model_ranges[at].of, option)], len(places))
        found[at, option, extreme] = float(totals[place])
    return tuple(
        Extremes(
            range=each,
            total=model.quantities[each.of],
            inputs=inputs[at],
            base=bases[at],
            low={option: found[at, option, LOW] for option in options},
            high={option: found[at, option, HIGH] for option in options},
            incomplete=_incomplete(model, model.quantities[each.of]),
        )
        for at, each in enumerate(model_ranges)
    )


def extreme_case(inputs: Iterable[InputEnds], option: str, extreme: str) -> dict[Key, float]:
    """What the inputs of a range are in an option's low or high extreme."""
    return {each.key: each.at(option, extreme) for each in inputs}


def _limits(model: Model, key: Key) -> tuple[float, float]:
    known = next(each.ranges[key] for each in model.assumptions if each.quantity.name == key.name)
    assert known.low is not None and known.high is not None
    return known.low, known.high


def _lowering(at_low: dict[str, float], at_high: dict[str, float]) -> dict[str, str]:
    """By option, the end with the lower total. What rounding leaves of totals that are the same does not decide, so
    that every engine takes the same end: `IF(at_low-at_high>1E-12*MAX(ABS(at_low),ABS(at_high)),"high","low")`."""

    def falls(low: float, high: float) -> bool:
        return bool(low - high > 10**-DECIMALS * max(abs(low), abs(high)))

    return {option: HIGH if falls(low, at_high[option]) else LOW for option, low in at_low.items()}


def _cases(scenario: Scenario, changes: Sequence[NamedCase]) -> list[NamedCase]:
    """The scenario's settings with some changed."""
    where = scenario.where
    settings = scenario.settings
    return [(f"{name} {where}".strip(), {**settings, **change}) for name, change in changes]


def _incomplete(model: Model, total: Quantity) -> tuple[str, ...]:
    complete = complete_options(model, total)
    return tuple(option for option in model.option_ids if option not in complete)


def _simulated(model: Model, scenario: Scenario, found: Extremes) -> RangeOutcome:
    model_ranges = model.simulation or Simulation(DRAWS, SEED, found.range.of, ())
    drawn = draw(model, model_ranges, scenario, found.range.inputs)
    totals = drawn_totals(model, found.total, drawn, model_ranges.draws, scenario)
    shares = {option: percentiles(np.sort(each)) for option, each in totals.items()}
    return RangeOutcome(
        extremes=found,
        draws=model_ranges.draws,
        seed=model_ranges.seed,
        p10={option: each[10] for option, each in shares.items()},
        p90={option: each[90] for option, each in shares.items()},
    )
