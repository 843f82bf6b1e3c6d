"""From which value of an input on one option costs less than another: every crossing of two totals, exactly.

The range is cut into intervals until each is understood (`crossings` gives the bounds): the totals' difference
cannot be zero; it is a straight line, solved in closed form; it only rises or only falls, so that a change of sign
is its one crossing, found by narrowing a bracket down to neighbouring floats; or it is nothing all along.

- A crossing is a change of which option costs less. Touching equality without that is none; nor is equality at an
  end of the range.
- Where both cost the same over an interval and the order is another one after it, the crossing is the interval's end:
  from there on the other option costs less.
- Costs that agree to 13 digits are the same cost. So are costs that do at the ends and in the middle of an interval
  below a 250th of the range that is still undecided: the same curve written in two ways would never be decided else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

import numpy as np

from reportgen.compute.bounds import SAME, Bounds, Intervals
from reportgen.compute.crossings import BoundsEvaluator
from reportgen.compute.evaluate import evaluate_arrays
from reportgen.compute.rounding import Array
from reportgen.compute.states import states
from reportgen.compute.steps import Mask, Values
from reportgen.formula.nodes import Key
from reportgen.model.break_even_model import BreakEven
from reportgen.model.check_timeline import laid_out_for
from reportgen.model.inputs import HORIZON
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, Model, Quantity
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.problems import ModelError

CURVE_POINTS = 41
_ROUNDS = 200
_MOST_INTERVALS = 20_000
_PARTS = 64
_NARROWEST = 1e-6
"""What is told as an interval at least, as a share of the range."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """`at` is the driver's value, in its own unit; `first_cheaper_after`: whether the pair's first option costs less
    from here on; `jump`: the difference leaps there, as at a step of a table, instead of passing through nothing."""

    at: float
    first_cheaper_after: bool
    jump: bool


@dataclass(frozen=True, slots=True)
class PairBreakEven:
    """Two options along the driver. `crossings` are all in the range, rising; `sustained` is the one after which the
    order does not change again within the range. `always` is the option that costs less wherever the two differ,
    where nothing crosses; `never_differ`: both cost the same throughout, `same` the intervals on which they do where
    that is not all. `incomplete` are those of the two that lack something that is not quoted: all of this counts only
    what is known, and none of them is ever `always`. Where nothing is known of one, nothing is said of the pair."""

    first: str
    second: str
    crossings: tuple[Crossing, ...]
    first_crossing: Crossing | None
    sustained: Crossing | None
    always: str | None
    never_differ: bool
    incomplete: tuple[str, ...]
    same: tuple[tuple[float, float], ...] = ()

    def less_below(self, crossing: Crossing) -> str | None:
        """Which of the two costs less below a crossing, up to the one before; None where a missing price may tell."""
        return self._complete(self.second if crossing.first_cheaper_after else self.first)

    def less_above(self, crossing: Crossing) -> str | None:
        return self._complete(self.first if crossing.first_cheaper_after else self.second)

    def _complete(self, option: str) -> str | None:
        return None if option in self.incomplete else option


@dataclass(frozen=True, slots=True)
class BreakEvenOutcome:
    """A question's answer. `pairs`: the first of its options against each other one, then the others among
    themselves. `curve`: evenly spaced values of the driver, both ends of the range included, each with the total
    by option; in the units of `driver` and `total`. `unknown` are the options of which nothing is known: they lack a
    price, and their total is nothing all along."""

    question: BreakEven
    driver: Quantity
    total: Quantity
    pairs: tuple[PairBreakEven, ...]
    curve: tuple[tuple[float, dict[str, float]], ...]
    unknown: tuple[str, ...] = ()

    @property
    def drawn(self) -> tuple[str, ...]:
        """The options that have a line."""
        return tuple(option for option in self.curve[0][1] if option not in self.unknown)


def break_evens(model: Model, scenario: Scenario = BASE_SCENARIO) -> tuple[BreakEvenOutcome, ...]:
    """The answers to the model's break-even questions, in one scenario or with its own values.

    Raises ModelError as `evaluate_arrays` does, where a value of the driver within the range has no result.
    """
    return tuple(_outcome(model, scenario, question) for question in model.break_evens)


def _outcome(model: Model, scenario: Scenario, question: BreakEven) -> BreakEvenOutcome:
    options = tuple(dict.fromkeys(question.between))
    if question.driver == HORIZON:
        model = laid_out_for(model, question.end)
    line = _Line(model, scenario.settings, question)
    found = states(model)
    lacking = tuple(each for each in options if found.get(Key(question.of, each)) in (INCOMPLETE, NOT_QUOTED))
    try:
        points = np.linspace(question.start, question.end, CURVE_POINTS)
        totals = line.totals(points)
        unknown = tuple(each for each in lacking if not totals[Key(question.of, each)].any())
        pairs = tuple(
            _pair(line, pair, tuple(each for each in pair if each in lacking))
            if not set(unknown) & set(pair)
            else PairBreakEven(*pair, (), None, None, None, False, tuple(each for each in pair if each in lacking))
            for pair in combinations(options, 2)
        )
    except ModelError as error:
        raise error.within(f"in break-even `{question.id}`") from error
    curve = tuple(
        (float(point), {option: float(totals[Key(question.of, option)][at]) for option in options})
        for at, point in enumerate(points)
    )
    driver, total = model.quantities[question.driver], model.quantities[question.of]
    return BreakEvenOutcome(question, driver, total, pairs, curve, unknown)


@dataclass(frozen=True, slots=True)
class _Line:
    """The model along the driver."""

    model: Model
    settings: dict[Key, float]
    question: BreakEven

    @property
    def driver(self) -> Key:
        return Key(self.question.driver)

    @property
    def span(self) -> float:
        return self.question.end - self.question.start

    @property
    def finest(self) -> float:
        """What is told apart along the driver: about the 15 digits of its largest value."""
        return 2.0**-48 * max(abs(self.question.start), abs(self.question.end))

    def values(self, points: Array) -> Values:
        fixed = {key: np.array([value]) for key, value in self.settings.items()}
        return evaluate_arrays(self.model, {**fixed, self.driver: points})

    def totals(self, points: Array) -> Values:
        values = self.values(points)
        keys = self.model.keys_of(self.question.of)
        return {key: np.broadcast_to(values[key], points.shape) for key in keys}

    def difference(self, points: Array, pair: tuple[str, str]) -> tuple[Array, Array]:
        """How much more the first costs than the second, and how small a difference is none."""
        totals = self.totals(points.ravel())
        first, second = (totals[Key(self.question.of, option)].reshape(points.shape) for option in pair)
        return first - second, SAME * np.maximum(np.abs(first), np.abs(second))


def _sign(difference: Array, nothing: Array) -> Array:
    return np.where(np.abs(difference) <= nothing, 0.0, np.sign(difference))


@dataclass(frozen=True, slots=True)
class _Parts:
    """Intervals on each of which one option costs more (`sign` 1: the first, -1: the second) or both the same (0)."""

    left: Array
    right: Array
    sign: Array


def _pair(line: _Line, pair: tuple[str, str], incomplete: tuple[str, ...]) -> PairBreakEven:
    parts = _understood(line, pair)
    differing = np.flatnonzero(parts.sign)
    crossings = tuple(
        _crossing(line, pair, float(parts.left[after]), bool(parts.sign[after] < 0))
        for before, after in pairwise(differing.tolist())
        if parts.sign[before] != parts.sign[after]
    )
    always = None
    if differing.size and not crossings:
        always = pair[1] if parts.sign[differing[0]] > 0 else pair[0]
        always = None if always in incomplete else always
    return PairBreakEven(
        first=pair[0],
        second=pair[1],
        crossings=crossings,
        first_crossing=crossings[0] if crossings else None,
        sustained=crossings[-1] if crossings else None,
        always=always,
        never_differ=not differing.size and not incomplete,
        incomplete=incomplete,
        same=tuple(_same(parts, _NARROWEST * line.span)) if differing.size else (),
    )


def _same(parts: _Parts, narrowest: float) -> Iterator[tuple[float, float]]:
    """Where neighbouring intervals on which both cost the same begin and end; the edge of a step is none."""
    intervals = zip(parts.left.tolist(), parts.right.tolist(), parts.sign.tolist(), strict=True)
    for sign, found in groupby(intervals, key=lambda each: each[2]):
        inner = list(found)
        if sign == 0 and inner[-1][1] - inner[0][0] > narrowest:
            yield inner[0][0], inner[-1][1]


def _crossing(line: _Line, pair: tuple[str, str], at: float, first_cheaper_after: bool) -> Crossing:
    """The change of order at the beginning of an interval, told to be a jump or not by the values just beside it."""
    size = max(abs(at), 1e-3 * line.span)
    steps = size * np.array([-1e-9, -1e-12, 1e-12, 1e-9])
    near = np.clip(at + steps, line.question.start, line.question.end)
    difference, nothing = line.difference(near, pair)
    wide, close = abs(difference[3] - difference[0]), abs(difference[2] - difference[1])
    jump = bool(close > nothing[1] and close > 0.1 * wide)  # what is continuous shrinks with the distance
    return Crossing(float(f"{at:.15g}") if jump else at, first_cheaper_after, jump)


def _understood(line: _Line, pair: tuple[str, str]) -> _Parts:
    """The range in intervals of one sign each, from left to right."""
    question = line.question
    targets = [Key(question.of, option) for option in pair]
    ends = line.values(np.array([question.start, question.end]))
    order = _on_the_way(line.model, line.driver, targets)
    evaluator = BoundsEvaluator(line.model, line.driver, {key: value[..., :1] for key, value in ends.items()}, order)
    at = Intervals(np.array([question.start]), np.array([question.end]), line.finest)
    done: list[_Parts] = []
    for turn in range(_ROUNDS):
        evaluator.over(at)
        bounds = evaluator.minus(*(evaluator.value(key) for key in targets))
        last = turn == _ROUNDS - 1 or at.left.size > _MOST_INTERVALS
        parts, open_ = _judged(line, pair, at, bounds, evaluator.unsettled, last)
        done.append(parts)
        if not open_.any():
            break
        at = _cut(at, open_, evaluator.cuts)
    left, right, sign = (np.concatenate([getattr(each, name) for each in done]) for name in ("left", "right", "sign"))
    rising = np.argsort(left, kind="stable")
    return _Parts(left[rising], right[rising], sign[rising])


def _on_the_way(model: Model, driver: Key, targets: Iterable[Key]) -> tuple[Key, ...]:
    """What is computed from the driver and goes into the targets, in the model's order."""
    return tuple(key for key in model.dependencies.between([driver], targets) if key != driver)


def _judged(
    line: _Line, pair: tuple[str, str], at: Intervals, bounds: Bounds, unsettled: Mask, last: bool
) -> tuple[_Parts, Mask]:
    """The intervals that are understood, and which ones are still open. `last`: all are judged by their middle."""
    inset = np.minimum(16 * at.finest, at.half / 2)  # beside a step, not on it
    points = np.stack([at.left, at.left + inset, at.middle, at.right - inset])
    difference, nothing = line.difference(points, pair)
    _, start, middle, end = _sign(difference, nothing)
    low, high, least, most = (
        np.broadcast_to(each, at.left.shape) for each in (bounds.low, bounds.high, bounds.least, bounds.most)
    )
    straight = least == most

    nil = np.maximum(np.abs(low), np.abs(high)) <= nothing[2]
    nil |= (start == 0) & (middle == 0) & (end == 0) & (at.half <= line.span / 512)
    whole = (low > 0) | (high < 0)
    steady = (least > 0) | (most < 0) | (~unsettled & ((least >= 0) | (most <= 0)))
    steady &= np.isfinite(least) & np.isfinite(most)
    understood = nil | whole | at.narrow | steady | straight | last
    sign = np.where(steady | straight, np.where(start == 0, end, start), middle)
    sign = np.where(nil, 0.0, np.where(whole, np.where(low > 0, 1.0, -1.0), sign))
    turns = ~nil & ~whole & (steady | straight) & (start * end < 0)
    roots = at.right.copy()
    closed = turns & straight
    roots[closed] = (at.middle - difference[2] / np.where(closed, least, 1.0))[closed]
    sought = turns & ~straight
    if sought.any():
        roots[sought] = _roots(line, pair, points[1][sought], points[3][sought], start[sought])
    roots = np.clip(roots, at.left, at.right)
    left = np.concatenate([at.left[understood], roots[turns]])
    right = np.concatenate([roots[understood], at.right[turns]])
    return _Parts(left, right, np.concatenate([sign[understood], end[turns]])), ~understood


def _roots(line: _Line, pair: tuple[str, str], left: Array, right: Array, sign: Array) -> Array:
    """In each bracket, the first float at which the difference has no longer the `sign` it has on the left.

    Each turn cuts the brackets in 64 parts, computed all at once: ten turns exhaust a double's precision.
    """
    shares = np.linspace(0.0, 1.0, _PARTS + 1)[:, np.newaxis]
    for _ in range(_ROUNDS):
        points = np.minimum(left + (right - left) * shares, right)
        difference, _ = line.difference(points[1:-1], pair)
        past = np.concatenate([np.sign(difference) != sign, np.ones((1, left.size), dtype=np.bool_)])
        found = np.argmax(past, axis=0)
        columns = np.arange(left.size)
        closer = points[found, columns], points[found + 1, columns]
        if np.array_equal(closer, (left, right)):
            break
        left, right = closer
    return right


def _cut(at: Intervals, open_: Mask, cuts: list[Array]) -> Intervals:
    """The open intervals, cut where their way of computing changes, and in halves where that leaves a large part."""
    left, right, middle = at.left[open_], at.right[open_], at.middle[open_]
    places = [np.broadcast_to(each, at.left.shape)[open_] for each in cuts]
    ends = np.sort(np.stack([left, *(np.where(np.isnan(each), left, each) for each in places), right]), axis=0)
    large = np.max(np.diff(ends, axis=0), axis=0) > 0.9 * (right - left)
    ends = np.sort(np.concatenate([ends, np.where(large, middle, left)[np.newaxis]]), axis=0)
    starts, stops = ends[:-1].ravel(), ends[1:].ravel()
    real = stops > starts
    return Intervals(starts[real], stops[real], at.finest)
