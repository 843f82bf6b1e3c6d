"""What a table says at many places at once: a step, a value between two rows, a charge by graduated prices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from reportgen.compute.rounding import Array, fifteen_digits
from reportgen.formula.nodes import Method
from reportgen.model.model import Table


def columns(table: Table) -> tuple[Array, Array]:
    """The first numbers of all rows, and the second ones."""
    starts, results = (np.array(column) for column in zip(*table.rows, strict=True))
    return starts, results


def read_table(table: Table, argument: Array) -> Array:
    """What the table says at each place; what it gives where it says nothing is no number to use."""
    match table.method:
        case Method.STEP:
            return _step(*columns(table), argument)
        case Method.LINEAR:
            return _line(*columns(table), argument)
        case Method.GRADUATED:
            return _charge(*columns(table), argument)
        case _ as never:
            assert_never(never)


def outside(table: Table, argument: Array) -> Iterator[NDArray[np.bool_]]:
    """Where the table says nothing: below its first row, and above its last if lines lead from row to row."""
    first, last = table.rows[0][0], table.rows[-1][0]
    yield _compared(argument, np.array([first])) < 0
    if table.method is Method.LINEAR:
        yield _compared(argument, np.array([last])) > 0


def said_outside(table: Table, read: Array) -> tuple[str, str]:
    """What is wrong with reading the table at these places, all of them below it or all above it; and a hint."""
    start, end = (f"{row[0]:.12g} {table.from_unit}" for row in (table.rows[0], table.rows[-1]))
    if read.min() >= table.rows[0][0]:
        message = f"`{table.id}` ends at {end}; it is read at {read.max():.12g}"
        return message, "give the table a last row that is high enough"
    message = f"`{table.id}` begins at {start}; it is read at {read.min():.12g}"
    if table.method is Method.GRADUATED:
        return message, f"usage is never negative: charge({table.id}, max(usage, 0))"
    return message, "give the table a first row that is low enough"


def _compared(one: Array, other: Array) -> Array:
    return np.sign(fifteen_digits(one, other) - fifteen_digits(other, one))


def _step(starts: Array, results: Array, argument: Array) -> Array:
    """The value of the last row at or below the argument."""
    row = np.searchsorted(starts, argument, side="right") - 1
    following = starts[np.minimum(row + 1, len(starts) - 1)]
    row = np.where(_compared(argument, following) >= 0, np.maximum(row, np.searchsorted(starts, following)), row)
    return results[np.maximum(row, 0)]


def _line(starts: Array, results: Array, argument: Array) -> Array:
    """The value between the two rows around the argument."""
    row = np.clip(np.searchsorted(starts, argument, side="right") - 1, 0, len(starts) - 2)
    share = (argument - starts[row]) / (starts[row + 1] - starts[row])
    return np.asarray(results[row] + (results[row + 1] - results[row]) * share)


def _charge(starts: Array, prices: Array, usage: Array) -> Array:
    """Every unit at the price of its band: all at the first price, and from each band on what it costs more."""
    total: Array = usage * prices[0]
    for start, more in zip(starts[1:], np.diff(prices), strict=True):
        total = total + np.maximum(usage - start, 0.0) * more
    return total
