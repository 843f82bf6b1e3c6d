"""Where a total changes its slope or jumps along an input, so that a curve drawn from point to point has points there.

`find_breakpoints` reads from the formulas which places there are; where they lie is told by the straight line between
the two ends of the range. That is exact where what moves is a straight line; else the point stands beside the
breakpoint and the curve is as good as its evenly spaced points, which it has only then: where its breakpoints are all
there is, it needs none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.evaluate import evaluate_arrays
from reportgen.compute.evaluator import Evaluator
from reportgen.compute.find_breakpoints import STEPS, Breakpoint, find_breakpoints
from reportgen.compute.read_tables import rows_of
from reportgen.compute.rounding import round_like_spreadsheets
from reportgen.compute.steps import Values
from reportgen.formula.nodes import Function, Key
from reportgen.model.break_even_model import BreakEven
from reportgen.model.model import Model
from reportgen.model.scenarios_model import Scenario

BESIDE = 1e-9
"""A jump has a point on each side, this part of the range away from it."""

FLAT = 1e-12
"""What moves by less than this part of itself between the ends of the range does not move."""


@dataclass(frozen=True, slots=True)
class BreakpointPlace:
    """`ends` are what the breakpoint's number is at the ends of the range, `level` is what it reaches at `at`; where it
    does not reach it within the range, `at` is one of the ends."""

    breakpoint: Breakpoint
    ends: tuple[float, float]
    level: float
    at: float


@dataclass(frozen=True, slots=True)
class BreakEvenCurve:
    """`points` are `even` evenly spaced values, then those at and beside breakpoints; `curve` has all of them, rising,
    each with the total by option. Where breakpoints are all there is, the even ones are the ends of the range alone.
    `drawn` has all evenly spaced values of an outcome's curve, and points on both sides of crossings that are jumps,
    should no breakpoint tell them."""

    places: tuple[BreakpointPlace, ...]
    even: int
    points: tuple[float, ...]
    curve: tuple[tuple[float, dict[str, float]], ...]
    drawn: tuple[tuple[float, dict[str, float]], ...]


def break_even_curve(model: Model, scenario: Scenario, outcome: BreakEvenOutcome) -> BreakEvenCurve:
    """The curve of a break-even with points where it changes its slope or jumps. Raises ModelError as `evaluate_arrays`
    does."""
    question, driver = outcome.question, Key(outcome.question.driver)
    fixed = {key: np.array([value]) for key, value in scenario.settings.items()}
    ends = evaluate_arrays(model, {**fixed, driver: np.array([question.start, question.end])})
    evaluator = Evaluator(model, ends)
    found = find_breakpoints(model, question)
    places = []
    for breakpoint in found.breakpoints:
        low, high = np.broadcast_to(evaluator.node(breakpoint.moved, breakpoint.key.option), (2,)).tolist()
        level = _level(model, ends, breakpoint, low, high)
        places.append(BreakpointPlace(breakpoint, (low, high), level, _place(question, low, high, level)))
    spaced = [value for value, _ in outcome.curve]
    even = [spaced[0], spaced[-1]] if found.all_there_is else spaced
    points = even + [
        at for each in places for at in (_beside(question, each.at) if each.breakpoint.jump else (each.at,))
    ]
    jumps = {each.at for pair in outcome.pairs for each in pair.crossings if each.jump}
    more = [at for each in sorted(jumps) for at in _beside(question, each)]
    more += spaced if found.all_there_is else []
    rising = sorted([*((at, True) for at in points), *((at, False) for at in more)])
    values = evaluate_arrays(model, {**fixed, driver: np.array([at for at, _ in rising])})
    keys = {option: Key(question.of, option) for option in outcome.curve[0][1]}
    totals = {option: np.broadcast_to(values[key], len(rising)).tolist() for option, key in keys.items()}
    drawn = tuple((at, {key: each[index] for key, each in totals.items()}) for index, (at, _) in enumerate(rising))
    curve = tuple(point for point, (_, is_own) in zip(drawn, rising, strict=True) if is_own)
    return BreakEvenCurve(tuple(places), len(even), tuple(points), curve, drawn)


def _level(model: Model, values: Values, breakpoint: Breakpoint, low: float, high: float) -> float:
    if breakpoint.table:
        return float(rows_of(model.tables[breakpoint.table], values).starts[breakpoint.row])
    if breakpoint.rounding is None:
        return 0.0
    least, most = (each / breakpoint.unit for each in (min(low, high), max(low, high)))
    first = _rounded(Function.ROUND_DOWN, least + (1 - breakpoint.shift))
    last = _rounded(Function.ROUND_UP, most - breakpoint.shift) - 1
    stride = max(1.0, _rounded(Function.ROUND_UP, (last - first + 1) / STEPS))
    return (first + breakpoint.step * stride + breakpoint.shift) * breakpoint.unit


def _rounded(function: Function, value: float) -> float:
    return float(round_like_spreadsheets(function, np.array([value]), 0)[0]) + 0.0


def _place(question: BreakEven, low: float, high: float, level: float) -> float:
    start, end = question.start, question.end
    if abs(high - low) <= FLAT * max(abs(low), abs(high)):
        return start
    return min(max(start + (level - low) * (end - start) / (high - low), start), end)


def _beside(question: BreakEven, at: float) -> tuple[float, float]:
    reach = BESIDE * (question.end - question.start)
    return max(at - reach, question.start), min(at + reach, question.end)
