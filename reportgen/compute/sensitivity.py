"""Which inputs matter: one after the other at its low and at its high, and two of them together in a grid."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import product

from reportgen.compute.comparison import Ranking, rank
from reportgen.compute.scenarios import DECIMALS, NamedCase, above_noise, complete_options, evaluate_named, totals_of
from reportgen.formula.nodes import Key
from reportgen.model.model import Model, Quantity, Range
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.model.sensitivity_model import Axis


@dataclass(frozen=True, slots=True)
class Swing:
    """One input between `low` and `high`, in its own unit, with all others at their value; `at_low` and `at_high` are
    the total by option.

    `flips`: at its low, its value and its high it is not always the same option that costs least. Only where a single
    complete option does is there one; a tie flips nothing by itself.
    """

    key: Key
    low: float
    value: float
    high: float
    at_low: dict[str, float]
    at_high: dict[str, float]
    flips: bool

    def effect(self, option: str) -> float:
        """How much more an option costs at the high than at the low, in the total's unit."""
        high, low = self.at_high[option], self.at_low[option]
        return above_noise(high - low, (high, low))

    def effect_on_difference(self, first: str, second: str) -> float:
        """How much more `second` minus `first` is at the high than at the low, in the total's unit."""
        high = self.at_high[second], self.at_high[first]
        low = self.at_low[second], self.at_low[first]
        return above_noise((high[0] - high[1]) - (low[0] - low[1]), (*high, *low))


@dataclass(frozen=True, slots=True)
class GridOutcome:
    """The total at each pair of two drivers' values, per option and row by row; `rankings` likewise say which
    option costs least there."""

    rows: Axis
    columns: Axis
    totals: dict[str, tuple[tuple[float, ...], ...]]
    rankings: tuple[tuple[Ranking, ...], ...]


@dataclass(frozen=True, slots=True)
class SensitivityOutcome:
    """`base` is the total by option with every input at its value; `swings` stand in the model's order, or in that of
    the inputs it names; `pairs` are the options whose difference is looked at, `(first, second)` for second minus
    first: those the model names, else the subject against each other option."""

    total: Quantity
    base: dict[str, float]
    swings: tuple[Swing, ...]
    pairs: tuple[tuple[str, str], ...]
    grid: GridOutcome | None

    def ranked(self, option: str) -> tuple[Swing, ...]:
        """The swings by the size of their effect on an option, largest first, equal ones as in `swings`."""
        return self._ranked(lambda swing: swing.effect(option))

    def ranked_by_difference(self, first: str, second: str) -> tuple[Swing, ...]:
        """The swings by the size of their effect on second minus first, largest first, equal ones as in `swings`."""
        return self._ranked(lambda swing: swing.effect_on_difference(first, second))

    def _ranked(self, effect: Callable[[Swing], float]) -> tuple[Swing, ...]:
        """Sizes are rounded, so that inputs of the same effect keep their order in every engine:
        `ROUND(ABS(effect)/largest, 12)`."""
        largest = max(map(abs, self.base.values())) or 1.0
        return tuple(sorted(self.swings, key=lambda swing: -round(abs(effect(swing)) / largest, DECIMALS)))


def inputs_to_swing(model: Model, scenario: Scenario = BASE_SCENARIO) -> tuple[tuple[Key, float, float], ...]:
    """Which inputs the model's sensitivity moves, each with its low and high in its own unit; none without one.

    Those with a low or a high, whose value stands in for the other one; and, where the model gives a swing, all others
    from `value * (1 - swing)` to `value * (1 + swing)`; dates, the horizon and parts of an amount are plans, which move
    only if they are named. The value is that of `scenario`, the model's own without it.
    """
    question = model.sensitivity
    if question is None:
        return ()
    ranges = {key: each.ranges[key] for each in model.assumptions for key in each.keys}
    found = []
    for key in question.inputs or ranges:
        swing = question.swing if question.inputs or key not in model.moments else None
        ends = _ends(model.input_value(key, scenario), ranges[key], swing)
        if ends is not None:
            found.append((key, *ends))
    return tuple(found)


def _ends(value: float, known: Range, swing: float | None) -> tuple[float, float] | None:
    if known.low is not None or known.high is not None:
        return value if known.low is None else known.low, value if known.high is None else known.high
    return None if swing is None else (value * (1 - swing), value * (1 + swing))


def sensitivity(model: Model, scenario: Scenario = BASE_SCENARIO) -> SensitivityOutcome | None:
    """What the model's sensitivity asks, around its own values or those of a scenario; None where it asks nothing.

    Raises ModelError as `evaluate_cases` does, with the input and the number it was set to in the message.
    """
    question = model.sensitivity
    if question is None:
        return None
    moved = inputs_to_swing(model, scenario)
    changes: list[dict[Key, float]] = [{}]
    for key, low, high in moved:
        changes += [{key: low}, {key: high}]
    if question.grid is not None:
        rows, columns = question.grid
        pairs = product(rows.values, columns.values)
        changes += [{rows.driver: row, columns.driver: column} for row, column in pairs]
    cases = [_case(scenario, each) for each in changes]
    total = model.quantities[question.of]
    totals = iter(totals_of(evaluate_named(model, cases), model, total, len(cases)))
    complete = complete_options(model, total)
    base = next(totals)
    swings = tuple(
        _swing((key, low, model.input_value(key, scenario), high), (base, next(totals), next(totals)), complete)
        for key, low, high in moved
    )
    grid = question.grid and _grid(question.grid, totals, complete)
    return SensitivityOutcome(total, base, swings, _pairs(model, question.between), grid)


def _case(scenario: Scenario, changes: dict[Key, float]) -> NamedCase:
    """The scenario's settings with some changed."""
    what = " and ".join(f"`{key}` at {value:.12g}" for key, value in changes.items())
    parts = [f"with {what}" if changes else "", scenario.where]
    return " ".join(part for part in parts if part), {**scenario.settings, **changes}


def _swing(
    numbers: tuple[Key, float, float, float],
    totals: tuple[dict[str, float], dict[str, float], dict[str, float]],
    complete: Collection[str],
) -> Swing:
    winners = {rank(each, complete).cheapest for each in totals} - {None}
    _, at_low, at_high = totals
    return Swing(*numbers, at_low, at_high, flips=len(winners) > 1)


def _grid(axes: tuple[Axis, Axis], totals: Iterator[dict[str, float]], complete: Collection[str]) -> GridOutcome:
    """The grid from its cases' totals, which come row by row."""
    rows, columns = axes
    cells = [[next(totals) for _ in columns.values] for _ in rows.values]
    return GridOutcome(
        rows=rows,
        columns=columns,
        totals={option: tuple(tuple(cell[option] for cell in row) for row in cells) for option in cells[0][0]},
        rankings=tuple(tuple(rank(cell, complete) for cell in row) for row in cells),
    )


def _pairs(model: Model, between: tuple[str, str] | None) -> tuple[tuple[str, str], ...]:
    if between is not None:
        return (between,)
    if model.subject is None:
        return ()
    return tuple((model.subject, option) for option in model.option_ids if option != model.subject)
