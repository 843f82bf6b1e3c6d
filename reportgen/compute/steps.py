"""Numbers over time in the evaluator: a row for each step of the timeline, and of what flows one before them, for the
start. What is the same all the time keeps its one row, which counts for every step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import assert_never

import numpy as np
from numpy.typing import NDArray

from reportgen.compute.internal_rate import REST, internal_rates
from reportgen.compute.rounding import Array, fifteen_digits
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.formula.numbers import LARGEST
from reportgen.model.model import Model
from reportgen.source import NOWHERE, Span

Mask = NDArray[np.bool_]
Values = dict[Key, Array]


class StepEvaluator(ABC):
    """Computes the nodes that are about steps. `step` is the one that is being computed, None for all at once; `rows`
    are those of numbers that are computed step by step, as far as they are known."""

    model: Model
    values: Values
    key: Key
    step: int | None
    rows: dict[Key, list[Array]]

    def begin(self) -> None:
        self.step = None
        self.rows = {}

    @abstractmethod
    def number(self, node: Node, active: Mask | None) -> Array: ...

    @abstractmethod
    def node(self, node: Node, option: str | None, what: str = "", *, whole: bool = False) -> Array: ...

    @abstractmethod
    def without_value(self, wrong: Mask, result: Array, what: str, span: Span, active: Mask | None) -> Array: ...

    @abstractmethod
    def report(self, code: str, message: str, span: Span, hint: str = "") -> None: ...

    @property
    def steps(self) -> int:
        assert self.model.timeline is not None
        return self.model.timeline.steps

    @cached_property
    def axis(self) -> dict[n.AxisRow, Array]:
        """What the timeline says of each step."""
        assert self.model.timeline is not None
        says, steps = self.model.timeline.says, range(self.steps)
        return {row: np.array([[says(row, step)] for step in steps]) for row in n.AxisRow}

    def step_by_step(self, group: tuple[Key, ...]) -> Values:
        """The numbers of a group, each of whose steps is computed from the step before. Reports RG503."""
        self.rows = {key: [] for key in group}
        trees = {key: each for key in group if isinstance(each := self.model.definitions[key], Node)}
        for step in range(self.steps):
            self.step = step
            for key, tree in trees.items():
                self.rows[key].append(np.atleast_2d(self.node(tree, key.option, key.name)))
        values = {key: np.concatenate(np.broadcast_arrays(*rows)) for key, rows in self.rows.items()}
        self.begin()
        strange = {key: np.asarray(strange_in(numbers).any(axis=1)) for key, numbers in values.items()}
        first = min((int(np.argmax(where)) for where in strange.values() if where.any()), default=None)
        if first is not None and self.model.timeline is not None:
            self.key = next(key for key, where in strange.items() if where[first])
            message = f"{{}} comes to no number, or to more than {LARGEST:.0e}".replace("e+", "e")
            hint = f"the numbers in it are too large from {self.model.timeline.label(first)} on"
            self.report("RG503", message, span_of(trees[self.key], self.model, self.key), hint)
        return values

    def over_time(self, node: n.Axis | n.Flow | n.Reduce | n.Previous, active: Mask | None) -> Array:
        match node:
            case n.Axis(row):
                return self.now(self.axis[row])
            case n.Flow(start, steps):
                return self.flow(start, steps, active)
            case n.Reduce():
                return self.reduce(node, active)
            case n.Previous():
                return self.previous(node, active)
            case _ as never:
                assert_never(never)

    def read(self, key: Key) -> Array:
        """A number that is known: of one over time the step that is being computed, or all of them."""
        if self.step is not None and key in self.rows:
            return self.rows[key][self.step]
        return self.now(self.values[key])

    def now(self, numbers: Array) -> Array:
        return numbers if self.step is None or numbers.ndim == 1 else numbers[self.step : self.step + 1]

    def in_steps(self, numbers: Array) -> Array:
        """A row for each step, and those that a flow has."""
        return numbers if numbers.ndim > 1 else np.tile(numbers, (self.steps, 1))

    def flow(self, start: Node | None, steps: Node | None, active: Mask | None) -> Array:
        zero = np.zeros(1)
        first = np.atleast_2d(zero if start is None else self.number(start, active))
        rows = self.in_steps(zero if steps is None else self.number(steps, active))
        return _below(first, rows)

    def previous(self, node: n.Previous, active: Mask | None) -> Array:
        initial = np.atleast_2d(self.number(node.initial, active))
        key = node.series.key(self.key.option)
        if self.step is None:
            return _below(initial, self.in_steps(self.values[key])[:-1])
        if self.step == 0:
            return initial
        return self.rows[key][self.step - 1] if key in self.rows else self.in_steps(self.values[key])[[self.step - 1]]

    def reduce(self, node: n.Reduce, active: Mask | None) -> Array:
        """One number of a series; of a flow with its start, unless what it is weighted by has none."""
        series = self.in_steps(self.values[node.series.key(self.key.option)])
        match node.reduction:
            case n.Reduction.SUM if node.weights is None:
                return np.asarray(series.sum(axis=0))
            case n.Reduction.SUM:
                assert node.weights is not None
                weights = self.in_steps(self.values[node.weights.key(self.key.option)])
                rows = min(len(series), len(weights))
                return np.asarray((series[-rows:] * weights[-rows:]).sum(axis=0))
            case n.Reduction.LARGEST:
                return np.asarray(series[-self.steps :].max(axis=0))
            case n.Reduction.INTERNAL_RATE:
                return self.internal_rate(node, series, active)
            case n.Reduction.AT | n.Reduction.BEFORE:
                assert node.position is not None
                at, begin = self.number(node.position, active), self.axis[n.AxisRow.BEGIN]
                begin, at = fifteen_digits(begin, at), fifteen_digits(at, begin)
                reached = begin <= at if node.reduction is n.Reduction.AT else begin < at
                return _picked(series[-self.steps :], np.maximum(reached.sum(axis=0) - 1, 0))
            case _ as never:
                assert_never(never)

    def internal_rate(self, node: n.Reduce, amounts: Array, active: Mask | None) -> Array:
        """That there is none, or several, is the answer of a metric that is such a rate; elsewhere it is a problem."""
        assert self.model.timeline is not None
        rates = internal_rates(amounts, self.model.timeline.length / 12, REST)
        missing = np.isnan(rates) & ~np.isnan(amounts).any(axis=0)
        if self.key in self.model.rates or not missing.any():
            return rates
        return self.without_value(missing, rates, RATE, node.span, active)


RATE = "internal rate of return"
"""What is reported to have no value."""


def _below(first: Array, rows: Array) -> Array:
    """Rows below a first one; one of them may count for several cases."""
    width = max(first.shape[1], rows.shape[1])
    return np.concatenate([np.broadcast_to(each, (len(each), width)) for each in (first, rows)])


def _picked(rows: Array, places: NDArray[np.intp]) -> Array:
    """For each case the row at its place."""
    width = max(rows.shape[1], len(places))
    wide = np.broadcast_to(rows, (len(rows), width))
    return np.asarray(wide[np.broadcast_to(places, width), np.arange(width)])


def strange_in(numbers: Array) -> Mask:
    """Where there is no number, or one that is beyond all that a model may have."""
    return ~(np.abs(numbers) <= LARGEST)


def in_any_step(where: Mask) -> Mask:
    return where if where.ndim == 1 else np.asarray(where.any(axis=0))


def span_of(node: Node, model: Model, key: Key) -> Span:
    """Where the formula of a number stands."""
    spans = [each.span for each in n.walk(node) if each.span != NOWHERE]
    if not spans:
        return model.quantities[key.name].span
    return Span(min(span.start for span in spans), max(span.end for span in spans))
