"""Where a total may bend or jump along an input, so that a curve drawn from point to point has points there.

A formula's way of computing changes where a condition turns, where the smaller of two numbers becomes the larger one,
at a row of a table, at a step of a rounding. Such a place lies where one number (`moved`) reaches a level. Which ones
there are follows from the formulas alone, so that it is the same for all values of inputs; where they lie is told by
the straight line between the two ends of the range. That is exact where `moved` is a straight line; else the point
stands beside the bend and the curve is as good as its evenly spaced points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.evaluate import Evaluator, evaluate_arrays
from reportgen.compute.rounding import round_like_spreadsheets
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, Node
from reportgen.model.model import BreakEven, Given, Model, Scenario, Stated

STEPS = 12
"""Of one rounding, as many steps become points; where the range has more, every second, third, … of them."""

MOST_BENDS = 40
BESIDE = 1e-9
"""A jump has a point on each side, this part of the range away from it."""

FLAT = 1e-12
"""What moves by less than this part of itself between the ends of the range does not move."""


@dataclass(frozen=True, slots=True)
class Bend:
    """`moved` is computed for `key`'s option and reaches a level there: nothing, or the row `row` of `table`, or the
    step `step` (from 0) of rounding to `digits` by `rounding`. `jump`: the total may leap, not only bend."""

    key: Key
    moved: Node
    jump: bool
    table: str = ""
    row: int = 0
    rounding: Function | None = None
    digits: int = 0
    step: int = 0

    @property
    def unit(self) -> float:
        """The last digit that rounding keeps."""
        return 10.0**-self.digits

    @property
    def shift(self) -> float:
        """Where steps lie between whole numbers of that digit."""
        return 0.5 if self.rounding is Function.ROUND else 0.0


@dataclass(frozen=True, slots=True)
class BendPlace:
    """`ends` are what the bend's number is at the ends of the range, `level` is what it reaches at `at`; where it does
    not reach it within the range, `at` is one of the ends."""

    bend: Bend
    ends: tuple[float, float]
    level: float
    at: float


@dataclass(frozen=True, slots=True)
class BentCurve:
    """`points` are the evenly spaced values of an outcome's curve, then those at and beside bends; `curve` has all of
    them, rising, each with the total by option. `drawn` also has points on both sides of crossings that are jumps,
    should no bend tell them."""

    places: tuple[BendPlace, ...]
    points: tuple[float, ...]
    curve: tuple[tuple[float, dict[str, float]], ...]
    drawn: tuple[tuple[float, dict[str, float]], ...]


def bent_curve(model: Model, scenario: Scenario, outcome: BreakEvenOutcome) -> BentCurve:
    """The curve of a break-even with points where it bends and jumps. Raises ModelError as `evaluate_arrays` does."""
    question, driver = outcome.question, Key(outcome.question.driver)
    fixed = {key: np.array([value]) for key, value in scenario.settings.items()}
    ends = evaluate_arrays(model, {**fixed, driver: np.array([question.start, question.end])})
    evaluator = Evaluator(model, ends)
    places = []
    for bend in bends(model, question):
        low, high = np.broadcast_to(evaluator.node(bend.moved, bend.key.option), (2,)).tolist()
        level = _level(model, bend, low, high)
        places.append(BendPlace(bend, (low, high), level, _place(question, low, high, level)))
    points = [value for value, _ in outcome.curve]
    points += [at for each in places for at in (_beside(question, each.at) if each.bend.jump else (each.at,))]
    jumps = {each.at for pair in outcome.pairs for each in pair.crossings if each.jump}
    more = [at for each in sorted(jumps) for at in _beside(question, each)]
    rising = sorted([*((at, True) for at in points), *((at, False) for at in more)])
    values = evaluate_arrays(model, {**fixed, driver: np.array([at for at, _ in rising])})
    keys = {option: Key(question.of, option) for option in outcome.curve[0][1]}
    totals = {option: np.broadcast_to(values[key], len(rising)).tolist() for option, key in keys.items()}
    drawn = tuple((at, {key: each[index] for key, each in totals.items()}) for index, (at, _) in enumerate(rising))
    curve = tuple(point for point, (_, is_own) in zip(drawn, rising, strict=True) if is_own)
    return BentCurve(tuple(places), tuple(points), curve, drawn)


def _level(model: Model, bend: Bend, low: float, high: float) -> float:
    if bend.table:
        return model.tables[bend.table].rows[bend.row][0]
    if bend.rounding is None:
        return 0.0
    least, most = (each / bend.unit for each in (min(low, high), max(low, high)))
    first = _rounded(Function.ROUND_DOWN, least + (1 - bend.shift))
    last = _rounded(Function.ROUND_UP, most - bend.shift) - 1
    stride = max(1.0, _rounded(Function.ROUND_UP, (last - first + 1) / STEPS))
    return (first + bend.step * stride + bend.shift) * bend.unit


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


def bends(model: Model, question: BreakEven) -> tuple[Bend, ...]:
    """The places that formulas between the driver and the total make, jumps first, each once; at most MOST_BENDS."""
    varying = model.dependencies.affected_by([Key(question.driver)])
    totals = [Key(question.of, option) for option in question.between]
    found: dict[object, Bend] = {}
    for key in model.dependencies.between([Key(question.driver)], totals):
        definition = model.definitions[key]
        if not isinstance(definition, Given | Stated):
            for bend in _bends_of(model, key, definition, False):
                read = tuple(n.keys_in(bend.moved, key.option, model.option_ids))
                if varying.intersection(read):
                    same = (bend.moved, read, bend.table, bend.row, bend.rounding, bend.digits, bend.step)
                    found.setdefault(same, bend)
    return tuple(sorted(found.values(), key=lambda bend: not bend.jump)[:MOST_BENDS])


def _bends_of(model: Model, key: Key, node: Node, in_branch: bool) -> Iterator[Bend]:
    """In a branch, which may not be computed at both ends of the range, only what has a value everywhere."""
    for bend in _own_bends(model, key, node):
        if not (in_branch and any(_can_fail(each) for each in n.walk(bend.moved))):
            yield bend
    for position, child in enumerate(n.children(node)):
        branch = isinstance(node, n.Conditional | n.Logic) and position > 0
        yield from _bends_of(model, key, child, in_branch or branch)


def _own_bends(model: Model, key: Key, node: Node) -> Iterator[Bend]:
    match node:
        case n.Comparison(_, left, right):
            yield Bend(key, n.Arithmetic("-", left, right), jump=True)
        case n.Lookup(table, argument):
            jump = model.tables[table].method == "step"
            for row in range(1, len(model.tables[table].rows)):
                yield Bend(key, argument, jump, table=table, row=row)
        case n.Apply(Function.ROUND | Function.ROUND_UP | Function.ROUND_DOWN, (argument, n.Constant(digits))):
            for step in range(STEPS):
                yield Bend(key, argument, True, rounding=node.function, digits=int(digits), step=step)
        case n.Apply(Function.ABS, (argument,)):
            yield Bend(key, argument, jump=False)
        case n.Apply(Function.MIN | Function.MAX, arguments):
            parts = [part for argument in arguments for part in _each(model, argument)]
            for left, right in combinations(parts, 2):
                yield Bend(key, n.Arithmetic("-", left, right), jump=False)
        case _:
            pass


def _each(model: Model, argument: Node) -> list[Node]:
    if isinstance(argument, n.AllOptions):
        return [n.Reference(argument.name, option, True) for option in model.option_ids]
    return [argument]


def _can_fail(node: Node) -> bool:
    """Whether a node has no value for some numbers: then the model itself guards it."""
    return isinstance(node, n.Lookup | n.Guard) or (isinstance(node, n.Arithmetic) and node.operator in "/^")
