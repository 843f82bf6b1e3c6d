"""What a table says at many places at once: a step, a value between two rows, a charge by graduated prices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from reportgen.compute.rounding import Array, fifteen_digits
from reportgen.compute.steps import Mask
from reportgen.formula.nodes import Key, Method
from reportgen.model.model import Table


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table: the first numbers and the second ones, one entry a row. Where these differ from case to
    case, they are arrays of cases by rows."""

    table: Table
    starts: Array
    results: Array

    @property
    def differ(self) -> bool:
        return self.starts.ndim > 1 or self.results.ndim > 1

    @property
    def first(self) -> Array:
        """Where the table begins, for each case or for all."""
        return np.atleast_1d(self.starts[..., 0])

    @property
    def last(self) -> Array:
        return np.atleast_1d(self.starts[..., -1])

    @property
    def fall(self) -> Mask:
        """Where the first numbers do not rise, or those of graduated prices do not begin at 0."""
        falls = np.atleast_1d((np.diff(self.starts) <= 0).any(axis=-1))
        return falls | (self.first != 0) if self.table.method is Method.GRADUATED else falls


def rows_of(table: Table, values: Mapping[Key, Array] | None = None) -> Rows:
    """The rows as the model has them, or as `values` do where the table's numbers are inputs."""
    if values is None or not table.cells:
        starts, results = (np.array(column) for column in zip(*table.rows, strict=True))
        return Rows(table, starts, results)
    first, second = ([values[key] for key in column] for column in zip(*table.cells, strict=True))
    return Rows(table, _side_by_side(first), _side_by_side(second))


def _side_by_side(numbers: Sequence[Array]) -> Array:
    if all(len(each) == 1 for each in numbers):
        return np.concatenate(numbers)
    return np.stack(np.broadcast_arrays(*numbers), axis=-1)


def columns(table: Table) -> tuple[Array, Array]:
    """The first numbers of all rows, and the second ones."""
    rows = rows_of(table)
    return rows.starts, rows.results


def read_table(table: Table, argument: Array) -> Array:
    """What the table says at each place; what it gives where it says nothing is no number to use."""
    return read_rows(rows_of(table), argument)


def read_rows(rows: Rows, argument: Array) -> Array:
    """The same for rows that may differ from case to case."""
    step, line, charge = (_steps, _lines, _charges) if rows.differ else (_step, _line, _charge)
    match rows.table.method:
        case Method.STEP:
            return step(rows.starts, rows.results, argument)
        case Method.LINEAR:
            return line(rows.starts, rows.results, argument)
        case Method.GRADUATED:
            return charge(rows.starts, rows.results, argument)
        case _ as never:
            assert_never(never)


def unreadable(rows: Rows, argument: Array) -> Iterator[tuple[Mask, Callable[[Mask], tuple[str, str]]]]:
    """Where the table says nothing, with what to say of some of these places, and a hint: below its first row, above
    its last if lines lead from row to row, and wherever its rows do not rise."""
    table = rows.table

    def below(where: Mask) -> tuple[str, str]:
        read, first = (np.broadcast_to(each, where.shape)[where] for each in (argument, rows.first))
        message = (
            f"`{table.id}` begins at {first[read.argmin()]:.12g} {table.from_unit}; it is read at {read.min():.12g}"
        )
        if table.method is Method.GRADUATED:
            return message, f"usage is never negative: charge({table.id}, max(usage, 0))"
        return message, "give the table a first row that is low enough"

    def above(where: Mask) -> tuple[str, str]:
        read, last = (np.broadcast_to(each, where.shape)[where] for each in (argument, rows.last))
        message = f"`{table.id}` ends at {last[read.argmax()]:.12g} {table.from_unit}; it is read at {read.max():.12g}"
        return message, "give the table a last row that is high enough"

    def falling(_: Mask) -> tuple[str, str]:
        message = (
            f"the first numbers of `{table.id}` do not rise{' from 0 on' if table.method is Method.GRADUATED else ''}"
        )
        return message, "set the first number of a row to one between those of its neighbours"

    yield _compared(argument, rows.first) < 0, below
    if table.method is Method.LINEAR:
        yield _compared(argument, rows.last) > 0, above
    yield rows.fall, falling


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


def _steps(starts: Array, results: Array, argument: Array) -> Array:
    """Step by step as `_step`, in rows of each case."""
    reached = _compared(argument[..., np.newaxis], starts) >= 0
    return _pick(results, np.maximum(reached.sum(axis=-1) - 1, 0))


def _lines(starts: Array, results: Array, argument: Array) -> Array:
    reached = (argument[..., np.newaxis] >= starts).sum(axis=-1) - 1
    row = np.clip(reached, 0, starts.shape[-1] - 2)
    (left, right), (low, high) = ((_pick(each, row), _pick(each, row + 1)) for each in (starts, results))
    return np.asarray(low + (high - low) * (argument - left) / (right - left))


def _charges(starts: Array, prices: Array, usage: Array) -> Array:
    beyond = np.maximum(usage[..., np.newaxis] - starts[..., 1:], 0.0)
    return np.asarray(usage * prices[..., 0] + (beyond * np.diff(prices)).sum(axis=-1))


def _pick(numbers: Array, row: NDArray[np.int_]) -> Array:
    """The number of one row for each case, of each step where the rows that are read differ from step to step."""
    shape = np.broadcast_shapes(numbers.shape[:-1], row.shape)
    every = np.broadcast_to(numbers, (*shape, numbers.shape[-1]))
    return np.take_along_axis(every, np.broadcast_to(row, shape)[..., np.newaxis], axis=-1)[..., 0]
