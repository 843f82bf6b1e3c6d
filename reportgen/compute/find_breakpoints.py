"""Which breakpoints and jumps a total has along an input, read from the formulas alone: they are the same for all
values.

A formula's way of computing changes where a condition turns, where the smaller of two numbers becomes the larger one,
at a row of a table, at a step of a rounding: where one number (`moved`) reaches a level. Where `moved` is piecewise,
as in `max(0, fee - usage)` of a fee that a condition chooses, it is followed through each of the ways in which it can
be computed. While every `moved` is a straight line and nothing else is curved (a product of two numbers that both
move, steps of a rounding without end), the breakpoints are all there is: between them the total is straight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import IntEnum
from functools import reduce
from itertools import combinations, product
from typing import Any, assert_never

from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, Method, Node
from reportgen.model import model as m
from reportgen.model.break_even_model import BreakEven
from reportgen.model.model import CostStatus, InputValue, Model

STEPS = 12
"""Of one rounding, as many steps become points; where the range has more, every second, third, … of them."""

MOST_BREAKPOINTS = 40
MOST_WAYS = 8
"""Ways of computing one number that are followed."""


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """`moved` is computed for `key`'s option and reaches a level there: nothing, or the row `row` of `table`, or the
    step `step` (from 0) of rounding to `digits` by `rounding`. `jump`: the total may leap, not only breakpoint. `way`
    counts, from 1, where `moved` is one of several ways in which a number can be computed."""

    key: Key
    moved: Node
    jump: bool
    table: str = ""
    row: int = 0
    rounding: Function | None = None
    digits: int = 0
    step: int = 0
    way: int = 0

    @property
    def unit(self) -> float:
        """The last digit that rounding keeps."""
        return 10.0**-self.digits

    @property
    def shift(self) -> float:
        """Where steps lie between whole numbers of that digit."""
        return 0.5 if self.rounding is Function.ROUND else 0.0


@dataclass(frozen=True, slots=True)
class FoundBreakpoints:
    """Jumps first, each once, at most MOST_BREAKPOINTS; `all_there_is`: between them the totals are straight lines."""

    breakpoints: tuple[Breakpoint, ...]
    all_there_is: bool


def find_breakpoints(model: Model, question: BreakEven) -> FoundBreakpoints:
    """The breakpoints that formulas between the driver of a break-even and its totals make."""
    totals = [Key(question.of, option) for option in question.between]
    reader = _Reader(model, Key(question.driver))
    for key in model.dependencies.between([reader.driver], totals):
        definition = model.definitions[key]
        if any(key in group for group in model.dependencies.groups):
            reader.shapes[key] = Shape.CURVED  # each step is computed from the one before
        elif not isinstance(definition, InputValue | CostStatus):
            reader.shapes[key] = reader.shape(definition, key, in_branch=False)
    breakpoints = sorted(reader.breakpoints.values(), key=lambda breakpoint: not breakpoint.jump)
    straight = all(reader.shapes.get(key, Shape.FIXED) is not Shape.CURVED for key in totals)
    return FoundBreakpoints(tuple(breakpoints[:MOST_BREAKPOINTS]), straight and len(breakpoints) <= MOST_BREAKPOINTS)


class Shape(IntEnum):
    """How a number moves with the driver: not at all; only by jumps; in one straight line; in straight lines between
    breakpoints that are known; or otherwise."""

    FIXED = 0
    STEPPED = 1
    STRAIGHT = 2
    PIECEWISE = 3
    CURVED = 4


def _added(one: Shape, other: Shape) -> Shape:
    return Shape.PIECEWISE if {one, other} == {Shape.STEPPED, Shape.STRAIGHT} else max(one, other)


def _multiplied(one: Shape, other: Shape) -> Shape:
    if Shape.FIXED in (one, other) or max(one, other) in (Shape.STEPPED, Shape.CURVED):
        return max(one, other)
    return Shape.PIECEWISE if Shape.STEPPED in (one, other) else Shape.CURVED


def _combined(operator: str, left: Shape, right: Shape) -> Shape:
    match operator:
        case "+" | "-":
            return _added(left, right)
        case "*":
            return _multiplied(left, right)
        case "/":
            return _multiplied(left, right) if right <= Shape.STEPPED else Shape.CURVED
        case _:
            return _stepped(left, right)


def _stepped(*shapes: Shape) -> Shape:
    """Of what has no value between two jumps but one: it moves only where these jump."""
    return max(shapes) if max(shapes) <= Shape.STEPPED else Shape.CURVED


def _broken(*shapes: Shape) -> Shape:
    """Of what is now one of these, now another."""
    most = max(shapes)
    return most if most in (Shape.FIXED, Shape.STEPPED, Shape.CURVED) else Shape.PIECEWISE


def _over_time(node: n.Axis | n.Flow | n.Previous | n.Reduce, shapes: Sequence[Shape]) -> Shape:
    match node:
        case n.Axis():
            return Shape.FIXED
        case n.Flow() | n.Previous():
            return reduce(_added, shapes, Shape.FIXED)
        case n.Reduce(n.Reduction.SUM):
            return reduce(_multiplied, shapes[1:], shapes[0])
        case n.Reduce():
            return _stepped(*shapes)
        case _ as never:
            assert_never(never)


class _Reader:
    """Reads the formulas on the way from the driver, in an order in which they can be computed."""

    def __init__(self, model: Model, driver: Key) -> None:
        self.model, self.driver = model, driver
        self.shapes = {driver: Shape.STRAIGHT}
        self.varying = model.dependencies.affected_by([driver])
        self.breakpoints: dict[object, Breakpoint] = {}
        self._read: dict[tuple[int, str | None], Shape] = {}

    def shape(self, node: Node, key: Key, *, in_branch: bool) -> Shape:
        """How a tree in the formula of `key` moves; finds its breakpoints. In a branch, which may not be computed at
        both ends of the range, only those breakpoints count that have a value everywhere."""
        shapes = [
            self.shape(child, key, in_branch=in_branch or (isinstance(node, n.Conditional | n.Logic) and place > 0))
            for place, child in enumerate(n.children(node))
        ]
        known = [self._known(breakpoint, in_branch) for breakpoint in _own_breakpoints(self.model, key, node)]
        found = self._of(node, key.option, shapes) if all(known) else Shape.CURVED
        self._read[id(node), key.option] = found
        return found

    def _of(self, node: Node, option: str | None, shapes: Sequence[Shape]) -> Shape:
        """How a tree moves whose own breakpoints are known, from how its parts move."""
        match node:
            case n.Constant():
                return Shape.FIXED
            case n.Reference() | n.AllOptions():
                keys = n.keys_in(node, option, self.model.option_ids)
                return reduce(_added, (self.shapes.get(key, Shape.FIXED) for key in keys))
            case n.Convert() | n.Negate() | n.Not():
                return shapes[0]
            case n.Arithmetic(operator):
                return _combined(operator, *shapes)
            case n.Comparison():
                return min(Shape.STEPPED, max(shapes))  # one that is curved is not known
            case n.Logic():
                return max(shapes)
            case n.Conditional():
                branches = _added(shapes[1], shapes[2])
                return branches if shapes[0] is Shape.FIXED else _broken(shapes[0], branches)
            case n.Apply(Function.SUM):
                return reduce(_added, shapes)
            case n.Apply(Function.MIN | Function.MAX | Function.ABS):
                return _broken(*shapes)
            case n.Apply(Function.PAYMENT):
                return _multiplied(_stepped(*shapes[:2]), shapes[2])
            case n.Apply():
                return _stepped(*shapes)
            case n.Lookup():
                steps = self.model.tables[node.of(option)].method is Method.STEP
                return min(Shape.STEPPED, shapes[0]) if steps else _broken(shapes[0])
            case n.Axis() | n.Flow() | n.Previous() | n.Reduce():
                return _over_time(node, shapes)
            case n.Guard():
                return (
                    self._of(node.value, option, shapes[::-1]) if isinstance(node.value, n.Arithmetic) else Shape.FIXED
                )
            case _ as never:
                assert_never(never)

    def _known(self, breakpoint: Breakpoint, in_branch: bool) -> bool:
        """Note a breakpoint, or the breakpoints of each way of computing it; whether that is all there is to know of
        it."""
        if self.varying.isdisjoint(n.keys_in(breakpoint.moved, breakpoint.key.option, self.model.option_ids)):
            return True
        if self.model.quantities[breakpoint.key.name].shape is not m.Shape.ONE:
            return False  # there is one for each step
        if in_branch and any(map(_can_fail, n.walk(breakpoint.moved))):
            return False
        shape = self._resulting(breakpoint.moved, breakpoint.key.option)
        if shape is Shape.STEPPED:
            return True  # it reaches a level only where something jumps
        endless = shape is Shape.CURVED or breakpoint.rounding is not None
        ways = None if endless else self._ways(breakpoint.moved, breakpoint.key.option, in_branch=False)
        for way, moved in enumerate(ways or ()):
            self._note(replace(breakpoint, moved=moved, way=way + 1 if len(ways or ()) > 1 else 0))
        if ways is None:
            self._note(breakpoint)
        return ways is not None

    def _note(self, breakpoint: Breakpoint) -> None:
        read = tuple(n.keys_in(breakpoint.moved, breakpoint.key.option, self.model.option_ids))
        if not self.varying.isdisjoint(read):
            same = (
                breakpoint.moved,
                read,
                breakpoint.table,
                breakpoint.row,
                breakpoint.rounding,
                breakpoint.digits,
                breakpoint.step,
            )
            self.breakpoints.setdefault(same, breakpoint)

    def _resulting(self, node: Node, option: str | None) -> Shape:
        """How a tree moves whose breakpoints have been read, or that is made of such."""
        read = self._read.get((id(node), option))
        return (
            read if read is not None else self._of(node, option, [self._resulting(c, option) for c in n.children(node)])
        )

    def _ways(self, node: Node, option: str | None, *, in_branch: bool) -> list[Node] | None:
        """The straight lines that a tree can be; None where they are too many, or not known, or may have no value."""
        if self._resulting(node, option) in (Shape.FIXED, Shape.STRAIGHT):
            return None if in_branch and any(map(_can_fail, n.walk(node))) else [_pinned(node, option)]
        found: Iterable[Node] | None = None
        match node:
            case n.Reference():
                key = node.key(option)
                definition = self.model.definitions[key]
                assert not isinstance(definition, InputValue | CostStatus)
                return self._ways(definition, key.option, in_branch=in_branch)
            case n.Conditional(_, then, otherwise):
                found = self._either((then, otherwise), option, in_branch=True)
            case n.Apply(Function.MIN | Function.MAX, arguments):
                parts = [part for argument in arguments for part in _each(self.model, argument)]
                found = self._either(parts, option, in_branch=in_branch)
            case n.Arithmetic("+" | "-" | "*" | "/" as operator, left, right):
                sides = [self._ways(side, option, in_branch=in_branch) for side in (left, right)]
                if sides[0] is not None and sides[1] is not None:
                    found = [n.Arithmetic(operator, one, other) for one, other in product(*filter(None, sides))]
            case n.Convert(operand) | n.Negate(operand):
                inner = self._ways(operand, option, in_branch=in_branch)
                found = [replace(node, operand=each) for each in inner] if inner is not None else None
            case n.Arithmetic() | n.Apply() | n.Lookup() | n.Guard() | n.Constant() | n.AllOptions():
                return None
            case n.Axis() | n.Flow() | n.Reduce() | n.Previous():
                return None
            case n.Comparison() | n.Logic() | n.Not():
                raise TypeError(f"{type(node).__name__} is no number")
            case _ as never:
                assert_never(never)
        ways = [*dict.fromkeys(found)] if found is not None else None
        if ways is None or len(ways) > MOST_WAYS:
            return None
        return ways if all(self._resulting(each, option) in (Shape.FIXED, Shape.STRAIGHT) for each in ways) else None

    def _either(self, nodes: Iterable[Node], option: str | None, *, in_branch: bool) -> list[Node] | None:
        found: list[Node] = []
        for node in nodes:
            ways = self._ways(node, option, in_branch=in_branch)
            if ways is None:
                return None
            found += ways
        return found


def _own_breakpoints(model: Model, key: Key, node: Node) -> Iterator[Breakpoint]:
    match node:
        case n.Comparison(_, left, right):
            yield Breakpoint(key, n.Arithmetic("-", left, right), jump=True)
        case n.Lookup(_, argument):
            table = model.tables[node.of(key.option)]
            for row in range(1, len(table.rows)):
                yield Breakpoint(key, argument, table.method is Method.STEP, table=table.id, row=row)
        case n.Apply(Function.ROUND | Function.ROUND_UP | Function.ROUND_DOWN, (argument, n.Constant(digits))):
            for step in range(STEPS):
                yield Breakpoint(key, argument, True, rounding=node.function, digits=int(digits), step=step)
        case n.Apply(Function.ABS, (argument,)):
            yield Breakpoint(key, argument, jump=False)
        case n.Apply(Function.MIN | Function.MAX, arguments):
            parts = [part for argument in arguments for part in _each(model, argument)]
            for left, right in combinations(parts, 2):
                yield Breakpoint(key, n.Arithmetic("-", left, right), jump=False)
        case n.Constant() | n.Reference() | n.AllOptions() | n.Convert() | n.Negate() | n.Arithmetic() | n.Logic():
            pass
        case n.Axis() | n.Flow() | n.Reduce() | n.Previous():
            pass
        case n.Not() | n.Conditional() | n.Guard() | n.Apply():  # a sum, a curve, or digits that no input moves
            pass
        case _ as never:
            assert_never(never)


def _each(model: Model, argument: Node) -> list[Node]:
    if isinstance(argument, n.AllOptions):
        return [n.Reference(argument.name, option, True) for option in model.option_ids]
    return [argument]


def _can_fail(node: Node) -> bool:
    """Whether a node has no value for some numbers: then the model itself guards it."""
    if isinstance(node, n.Reduce):
        return node.reduction is n.Reduction.INTERNAL_RATE
    if isinstance(node, n.Apply):
        return node.function in (Function.EXP, Function.LN, Function.SQRT, Function.PAYMENT)
    return isinstance(node, n.Lookup | n.Guard) or (isinstance(node, n.Arithmetic) and node.operator in "/^")


def _pinned(node: Node, option: str | None) -> Node:
    """The tree as it is computed for an option, to be read beside another one's."""
    if isinstance(node, n.Reference):
        return replace(node, option=node.option or option) if node.per_option else node
    changed: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            changed[field.name] = _pinned(value, option)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            changed[field.name] = tuple(_pinned(each, option) for each in value)
    return replace(node, **changed)
