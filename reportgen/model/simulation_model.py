"""The simulation: as written, and with its total and its correlations known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN
from reportgen.model.amounts import Number, Whole
from reportgen.model.compounds import Many, One
from reportgen.model.kinds import INPUT_NAME, TOTAL, OneOrMore
from reportgen.model.question_context import Context, in_unit
from reportgen.model.records import optional, record, required
from reportgen.model.written import NumberSpec, Text
from reportgen.source import Span

DRAWS = 10_000
"""How many values a simulation draws unless it says otherwise."""

MAX_DRAWS = 1_000_000


@record("a correlation")
class CorrelationSpec:
    between: tuple[Text, ...] = required(OneOrMore(INPUT_NAME, 2, 2), "two inputs that have a low and a high")
    value: NumberSpec = required(Number((("minimum", -1), ("maximum", 1))), "their rank correlation, from -1 to 1")
    span: Span


@record("simulation")
class SimulationSpec:
    draws: NumberSpec | None = optional(Whole(1, MAX_DRAWS), "how many values are drawn; 10,000 by default")
    seed: NumberSpec | None = optional(Whole(0), "the start of the random numbers, so that they can be had again; 0")
    of: Text | None = optional(TOTAL, "the total that is looked at; the last one by default")
    correlations: tuple[CorrelationSpec, ...] = optional(
        Many(One(CorrelationSpec), "a correlation", 0, "for example [{between: [a, b], value: 0.5}]"),
        "which inputs go up and down together",
        (),
    )
    span: Span


@dataclass(frozen=True, slots=True)
class Correlation:
    """How two inputs move together: a rank correlation between -1 and 1."""

    first: Key
    second: Key
    value: float


@dataclass(frozen=True, slots=True)
class Simulation:
    draws: int
    seed: int
    of: str
    correlations: tuple[Correlation, ...]


def check_simulation(written: SimulationSpec, context: Context) -> Simulation:
    """Reports RG211, RG212, RG305 and RG402."""
    pairs = [(each, made) for each in written.correlations if (made := _correlation(each, context)) is not None]
    correlations = tuple(made for _, made in pairs)
    draws, seed = written.draws, written.seed
    numbers = int(draws.value) if draws else DRAWS, int(seed.value) if seed else 0
    if written.correlations:
        _check_correlations(written, pairs, context)
    return Simulation(*numbers, context.total(written.of), correlations)


def _correlation(written: CorrelationSpec, context: Context) -> Correlation | None:
    keys = [context.input(name) for name in written.between]
    value = in_unit(written.value, PLAIN, "the correlation", context.problems)
    if len(keys) != 2 or keys[0] is None or keys[1] is None:
        return None
    return Correlation(keys[0], keys[1], value)


def _check_correlations(
    written: SimulationSpec, pairs: Sequence[tuple[CorrelationSpec, Correlation]], context: Context
) -> None:
    problems = context.problems
    before = len(problems.problems)
    for each in written.correlations:
        if len(each.between) != 2 or each.between[0].text == each.between[1].text:
            problems.error("RG212", "a correlation is between two inputs", each.span)
    for each, made in pairs:
        if made.first == made.second:
            continue
        if made.value < -1 or made.value > 1:
            message = f"a correlation lies between -1 and 1; this is {made.value:g}"
            problems.error("RG212", message, each.value.span)
        for key, name in zip((made.first, made.second), each.between, strict=True):
            if not context.inputs[key].varies:
                problems.error("RG212", f"`{key}` has no low and high, so it does not move", name.span)
    if len(problems.problems) == before and not _agree([made for _, made in pairs]):
        hint = "the correlation matrix is not positive definite; bring the values nearer to 0"
        problems.error("RG212", "these correlations contradict each other", written.span, hint)


def _agree(correlations: Sequence[Correlation]) -> bool:
    """Whether there are numbers that are correlated so; where one of these is not known, nobody can tell."""
    import numpy as np  # here, for every command reads this module and few need to load it

    keys = list(dict.fromkeys(key for each in correlations for key in (each.first, each.second)))
    matrix = np.eye(len(keys))
    for each in correlations:
        first, second = keys.index(each.first), keys.index(each.second)
        matrix[first, second] = matrix[second, first] = each.value
    return not keys or not np.isfinite(matrix).all() or bool(np.linalg.eigvalsh(matrix).min() >= -1e-9)
