"""Figures stated elsewhere, held against what the model computes.

They are about the model's own values and the cases that they name: a selected scenario changes no verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from reportgen.compute.digits import MAX_DECIMALS, input_decimals
from reportgen.compute.results import Results, numbers_of
from reportgen.compute.scenarios import evaluate_named
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import PLAIN
from reportgen.model.changes import resolved
from reportgen.model.model import Model
from reportgen.model.published_model import (
    DIFFERS,
    EXACT,
    INPUT,
    INTERMEDIATE,
    ROUNDED,
    Interval,
    PublishedFigure,
    Setting,
)
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.problems import ModelError, Problem

TOLERANCE = 1e-9
"""How far two numbers may be apart that are the same, as a share of the largest one that is stated."""

DIGITS = 2
"""Of what a computed number is off by, as many digits are shown at least."""

Computed = float | Interval
PublishedCase = tuple[str | None, tuple[Setting, ...]]
"""What a figure speaks of: a scenario's id, None for the model's own values, and other values over these."""


@dataclass(frozen=True, slots=True)
class PublishedOutcome:
    """A figure with what the model computes for it, in the figure's unit, and the verdict on it.

    `computed` is what `formula` comes to, None without one; `intermediate` what the second formula does.
    """

    figure: PublishedFigure
    computed: Computed | None
    intermediate: Computed | None
    verdict: str

    @property
    def as_expected(self) -> bool:
        return self.verdict == self.figure.expected


def published(model: Model) -> tuple[PublishedOutcome, ...]:
    """Every published figure with its verdict. Raises ModelError where a case or a figure has no result."""
    named = published_cases(model)
    cases = [(f"for published figure `{name}`", settings_of(model, case)) for case, name in named.items()]
    values = evaluate_named(model, cases)
    results: dict[PublishedCase, Results] = {}
    for at, case in enumerate(named):
        numbers, series = numbers_of(model, values, at)
        results[case] = Results(model, BASE_SCENARIO, numbers, {}, series)

    def computed(figure: PublishedFigure, tree: Node | None) -> Computed | None:
        if tree is None:
            return None
        ends = [_value(results[case], tree, figure) for case in cases_of(figure)]
        return ends[0] if len(ends) == 1 else Interval(min(ends), max(ends))

    found = []
    for figure in model.assessment.published:
        direct, second = computed(figure, figure.formula), computed(figure, figure.intermediate)
        found.append(PublishedOutcome(figure, direct, second, _verdict(model, figure, direct, second)))
    return tuple(found)


def published_cases(model: Model) -> dict[PublishedCase, str]:
    """Every case that some figure speaks of and is computed in, each once, with the id of the first such figure."""
    found: dict[PublishedCase, str] = {}
    for figure in model.assessment.published:
        if figure.formula is not None or figure.intermediate is not None:
            for case in cases_of(figure):
                found.setdefault(case, figure.id)
    return found


def cases_of(figure: PublishedFigure) -> tuple[PublishedCase, ...]:
    """The case that a figure speaks of, or its two."""
    return tuple((figure.scenario, settings) for settings in figure.cases)


def settings_of(model: Model, case: PublishedCase) -> dict[Key, float]:
    """What holds in a case: its scenario's values, and its own over them."""
    scenario = model.scenario(case[0])
    own = {each.key: resolved(each.value, model.input_value(each.key, scenario)) for each in case[1]}
    return {**scenario.settings, **own}


def _value(results: Results, tree: Node, figure: PublishedFigure) -> float:
    value = results.compute(tree, what=figure.id)
    if not isfinite(value):
        message, hint = f"`{figure.id}` comes to no finite number", "the numbers in it are too large"
        raise ModelError([Problem("RG503", message, results.model.source, figure.span, hint)])
    return value


def _verdict(model: Model, figure: PublishedFigure, computed: Computed | None, second: Computed | None) -> str:
    if computed is None:
        return INPUT
    off, near = off_by(figure, computed), figure.step / 2 + tolerance(figure)
    if off <= near:
        return INPUT if is_input(model, figure.formula) else ROUNDED if off else EXACT
    return INTERMEDIATE if second is not None and off_by(figure, second) <= near else DIFFERS


def is_input(model: Model, tree: Node | None) -> bool:
    """Whether a formula is just an input, perhaps in a unit of another scale: then nothing follows from anything."""
    while isinstance(tree, n.Convert):
        tree = tree.operand
    return isinstance(tree, n.Reference) and model.is_input(tree.key(None))


def off_by(figure: PublishedFigure, computed: Computed) -> float:
    """How far the figure is from what is computed, nothing where they are the same within the tolerance.

    End by end where two intervals or two numbers meet; else by what lies outside.
    """
    stated, found = interval(figure.states), interval(computed)
    closed = stated.start is not None and stated.end is not None
    by_ends = closed and isinstance(figure.states, Interval) == isinstance(computed, Interval)
    off = 0.0
    for end, reached, outwards in ((stated.start, found.start, -1.0), (stated.end, found.end, 1.0)):
        if end is not None and reached is not None:
            beyond = outwards * (reached - end)
            off = max(off, abs(beyond) if by_ends else beyond)
    return off if off > tolerance(figure) else 0.0


def tolerance(figure: PublishedFigure) -> float:
    """`TOLERANCE` of the largest number that is stated; of a stated nothing, that much itself."""
    return TOLERANCE * (max(map(abs, ends_of(figure.states))) or 1.0)


def interval(number: Computed) -> Interval:
    return number if isinstance(number, Interval) else Interval(number, number)


def ends_of(number: Computed) -> tuple[float, ...]:
    """The numbers that there are: one, or the ends of an interval that are not open."""
    ends = (number.start, number.end) if isinstance(number, Interval) else (number,)
    return tuple(each for each in ends if each is not None)


def stated_decimals(figure: PublishedFigure) -> int:
    """Decimal places that show a figure, and its step, as they are printed."""
    return input_decimals((*ends_of(figure.states), figure.step), figure.unit)


def computed_decimals(figure: PublishedFigure, computed: Computed) -> int:
    """Decimal places that show how far a computed number is from the stated one: 7,291.67 where 7,300 is stated."""
    decimals, off = stated_decimals(figure), off_by(figure, computed)
    if not off:
        return decimals
    needed = min(DIGITS - 1 - Decimal(repr(off)).adjusted(), MAX_DECIMALS)
    written = input_decimals((float(f"{each:.12g}") for each in ends_of(computed)), figure.unit)
    return max(decimals, input_decimals((10.0 ** -min(needed, written),), figure.unit))


def unexpected(model: Model, outcomes: Iterable[PublishedOutcome]) -> tuple[Problem, ...]:
    """A problem for every figure whose verdict is another than the author expects (RG801)."""
    return tuple(_problem(model, each) for each in outcomes if not each.as_expected)


def _problem(model: Model, outcome: PublishedOutcome) -> Problem:
    figure = outcome.figure
    unit = "" if figure.unit == PLAIN else f" {figure.unit}"
    message = f"published figure `{figure.id}` is `{outcome.verdict}`, not `{figure.expected}`"
    hint = f"it states {shown(figure.states)}{unit}"
    if outcome.computed is not None:
        hint += f"; the model computes {shown(outcome.computed)}{unit}"
    if outcome.intermediate is not None:
        hint += f", by the intermediate {shown(outcome.intermediate)}{unit}"
    return Problem("RG801", message, model.source, figure.span, hint)


def shown(number: Computed) -> str:
    """A number or an interval with up to nine digits, for messages."""
    if isinstance(number, float):
        return f"{number:,.9g}" if abs(number) < 1e15 else f"{number:.9g}"
    start, end = number.start, number.end
    if start is None:
        return f"up to {shown(end or 0.0)}"
    return f"{shown(start)} or more" if end is None else f"{shown(start)} to {shown(end)}"
