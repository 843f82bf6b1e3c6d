"""Values of cells, and how spreadsheets compute and compare them: numbers by 15 digits, texts without case."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Scalar = float | str | bool | None
"""A number, a text, a truth value, or None for an empty cell."""


class CellError(ValueError):
    """An expression that comes to an error value, such as `#DIV/0!`."""


@dataclass(frozen=True, slots=True)
class Block:
    """The values of a range, row by row."""

    rows: tuple[tuple[Scalar, ...], ...]

    def __iter__(self) -> Iterator[Scalar]:
        return (each for row in self.rows for each in row)

    def map(self, function: Callable[[Scalar], Scalar]) -> Block:
        return Block(tuple(tuple(map(function, row)) for row in self.rows))


Value = Scalar | Block

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
}
_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def is_number(value: Scalar) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)


def number(value: Value) -> float:
    """A value where a number is needed: an empty cell is 0. Raises CellError for texts and ranges."""
    if type(value) is float:
        return value
    if value is None:
        return 0.0
    if isinstance(value, str | Block):
        raise CellError("#VALUE!")
    return float(value)


def text(value: Value) -> str:
    """A value where a text is needed, numbers with the digits that a spreadsheet shows of them."""
    if isinstance(value, Block):
        raise CellError("#VALUE!")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else f"{value:.15g}".replace("e", "E")


def arithmetic(sign: str, left: Value, right: Value) -> Value:
    """`left` and `right` computed with, cell by cell where one is a range. Raises CellError."""
    compute = _ARITHMETIC[sign]

    def computed(one: Scalar, other: Scalar) -> float:
        try:
            result = compute(number(one), number(other))
        except ZeroDivisionError as error:
            raise CellError("#DIV/0!") from error
        except OverflowError as error:
            raise CellError("#NUM!") from error
        if isinstance(result, complex):
            raise CellError("#NUM!")
        return result

    return _paired(computed, left, right)


def compared(sign: str, left: Value, right: Value) -> Value:
    """Whether a comparison holds, cell by cell where one side is a range."""
    holds = _COMPARISONS[sign]
    return _paired(lambda one, other: holds(order(one, other), 0), left, right)


def joined(left: Value, right: Value) -> Value:
    """Both as one text."""
    return _paired(lambda one, other: text(one) + text(other), left, right)


def order(left: Scalar, right: Scalar) -> int:
    """Below, at or above 0 as `left` comes before, with or after `right`: numbers before texts before truth values."""
    if type(left) is float is type(right):
        return _order_of_numbers(left, right)
    if left is None:
        left = "" if isinstance(right, str) else False if isinstance(right, bool) else 0.0
    if right is None:
        right = "" if isinstance(left, str) else False if isinstance(left, bool) else 0.0
    kinds = _kind(left), _kind(right)
    if kinds[0] != kinds[1]:
        return kinds[0] - kinds[1]
    if isinstance(left, str):
        one, other = left.casefold(), str(right).casefold()
        return (one > other) - (one < other)
    return _order_of_numbers(float(left), float(right))


def _order_of_numbers(first: float, second: float) -> int:
    if first != second and abs(first - second) <= 1e-13 * max(abs(first), abs(second)):
        first, second = float(f"{first:.15g}"), float(f"{second:.15g}")
    return (first > second) - (first < second)


def _kind(value: Scalar) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _paired(function: Callable[[Scalar, Scalar], Scalar], left: Value, right: Value) -> Value:
    if isinstance(left, Block) and isinstance(right, Block):
        height = max(len(left.rows), len(right.rows))
        width = max(len(left.rows[0]), len(right.rows[0]))
        pairs = zip(_spread(left, height, width), _spread(right, height, width), strict=True)
        return Block(tuple(tuple(map(function, one, other)) for one, other in pairs))
    if isinstance(left, Block):
        return left.map(lambda one: function(one, right))  # type: ignore[arg-type]
    if isinstance(right, Block):
        return right.map(lambda other: function(left, other))
    return function(left, right)


def _spread(block: Block, height: int, width: int) -> tuple[tuple[Scalar, ...], ...]:
    """A block of one row or column repeated to a size."""
    rows = block.rows * height if len(block.rows) == 1 else block.rows
    return tuple(row * width if len(row) == 1 else row for row in rows)
