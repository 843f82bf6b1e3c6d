"""Bounds of numbers over time: those of each step of the timeline one after the other, and of a flow those of its start
before them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from functools import reduce
from typing import assert_never

import numpy as np

from reportgen.compute.bound_rates import BoundRates
from reportgen.compute.bounds import NO_BOUND, Bounds, constant, hull
from reportgen.compute.rounding import Array
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.model.model import Model, Shape

_START = -1
"""The place of a flow's start among its steps."""


class BoundSteps(BoundRates):
    """`current` is the step that is being computed, from 0."""

    model: Model
    option: str | None
    fixed: Mapping[Key, Array]
    values: dict[Key, Bounds]
    series: dict[Key, list[Bounds]]
    current: int

    @abstractmethod
    def number(self, node: Node) -> Bounds: ...

    @property
    def count(self) -> int:
        return self.model.timeline.steps if self.model.timeline else 0

    def shape(self, key: Key) -> Shape:
        return self.model.quantities[key.name].shape

    def over_steps(self, key: Key, definition: Node) -> None:
        first = _START if self.shape(key) is Shape.FLOW else 0
        self.series[key] = []
        for step in range(first, self.count):
            self.current = step
            self.series[key].append(self.number(definition))

    def step_by_step(self, group: tuple[Key, ...]) -> None:
        self.series |= {key: [] for key in group}
        for step in range(self.count):
            self.current = step
            for key in group:
                definition = self.model.definitions[key]
                assert isinstance(definition, Node)
                self.option = key.option
                self.series[key].append(self.number(definition))

    def value(self, key: Key) -> Bounds:
        """A number; of one over time that of the step."""
        if key in self.values:
            return self.values[key]
        return constant(self.fixed[key]) if self.shape(key) is Shape.ONE else self.at(key, self.current)

    def at(self, key: Key, step: int) -> Bounds:
        place = step + (1 if self.shape(key) is Shape.FLOW else 0)
        if key in self.series:
            return self.series[key][place]
        rows = np.atleast_2d(self.fixed[key])
        return constant(rows[place] if len(rows) > 1 else rows[0])

    def over_time(self, node: n.Axis | n.Flow | n.Reduce | n.Previous) -> Bounds:
        match node:
            case n.Axis(row):
                assert self.model.timeline is not None
                return constant(np.array([self.model.timeline.says(row, self.current)]))
            case n.Flow(start, steps):
                part = start if self.current == _START else steps
                return constant(np.zeros(1)) if part is None else self.number(part)
            case n.Previous(series, initial):
                return self.number(initial) if self.current == 0 else self.at(series.key(self.option), self.current - 1)
            case n.Reduce():
                return self.reduced(node)
            case _ as never:
                assert_never(never)

    def reduced(self, node: n.Reduce) -> Bounds:
        key = node.series.key(self.option)
        steps = [self.at(key, step) for step in range(self.count)]
        assert self.model.timeline is not None
        match node.reduction:
            case n.Reduction.SUM:
                weights = None if node.weights is None else node.weights.key(self.option)
                if weights is not None:
                    steps = [self.times(each, self.at(weights, step)) for step, each in enumerate(steps)]
                if self.shape(key) is Shape.FLOW and (weights is None or self.shape(weights) is Shape.FLOW):
                    start = self.at(key, _START)
                    steps.append(start if weights is None else self.times(start, self.at(weights, _START)))
                return reduce(self.plus, steps)
            case n.Reduction.LARGEST:
                return reduce(self.larger, steps)
            case n.Reduction.INTERNAL_RATE:
                return self.internal_rate([self.at(key, _START), *steps], self.model.timeline.length / 12)
            case n.Reduction.AT | n.Reduction.BEFORE:
                assert node.position is not None
                position = self.number(node.position)
                if position.middle.size > 1:  # it moves, and which step is meant with it
                    every = reduce(lambda a, b: hull(a, b, a.middle), steps)
                    return Bounds(every.middle, every.low, every.high, -NO_BOUND, NO_BOUND)
                place = float(position.middle[0]) / self.model.timeline.length
                place = np.floor(place) if node.reduction is n.Reduction.AT else np.ceil(place) - 1
                return steps[int(np.clip(place, 0, self.count - 1))]
            case _ as never:
                assert_never(never)
