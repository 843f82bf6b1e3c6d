"""Figures stated elsewhere, held against what the model computes.

They are about the model's own values and the cases that they name: a selected scenario changes no verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportgen.compute.results import Results, evaluate
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.model.assessment import DIFFERS, EXACT, INPUT, INTERMEDIATE, ROUNDED, Interval, PublishedFigure, Setting
from reportgen.model.model import Given, Model, Scenario
from reportgen.problems import ModelError, Problem

TOLERANCE = 1e-9
"""How far two numbers may be apart that are the same, as a share of the stated one: what DESIGN asks of all faces."""

Computed = float | Interval


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
    """Every published figure with its verdict. Raises ModelError where a case has no result."""
    cases: dict[tuple[str | None, tuple[Setting, ...]], Results] = {}

    def computed(figure: PublishedFigure, tree: Node | None) -> Computed | None:
        if tree is None:
            return None
        values = []
        for settings in figure.cases:
            case = (figure.scenario, settings)
            if case not in cases:
                cases[case] = _evaluated(model, figure, settings)
            values.append(_value(cases[case], tree, figure))
        return values[0] if len(values) == 1 else Interval(min(values), max(values))

    found = []
    for figure in model.assessment.published:
        direct, second = computed(figure, figure.formula), computed(figure, figure.intermediate)
        found.append(PublishedOutcome(figure, direct, second, _verdict(model, figure, direct, second)))
    return tuple(found)


def settings_of(model: Model, figure: PublishedFigure, settings: Iterable[Setting]) -> dict[Key, float]:
    """What holds in a case of a figure: its scenario's values, and the figure's own over them."""
    scenario = model.scenario(figure.scenario) if figure.scenario else None
    return {**(scenario.settings if scenario else {}), **{each.key: each.value for each in settings}}


def _evaluated(model: Model, figure: PublishedFigure, settings: tuple[Setting, ...]) -> Results:
    values = settings_of(model, figure, settings)
    case = Scenario(figure.id, figure.title, "", None, values, values)
    try:
        return evaluate(model, case)
    except ModelError as error:
        where = f"in scenario `{figure.id}`", f"for published figure `{figure.id}`"
        raise ModelError(replace(each, message=each.message.replace(*where)) for each in error.problems) from error


def _value(results: Results, tree: Node, figure: PublishedFigure) -> float:
    try:
        return results.compute(tree)
    except ModelError as error:
        where = f" (for published figure `{figure.id}`)"
        raise ModelError(replace(each, message=each.message + where) for each in error.problems) from error


def _verdict(model: Model, figure: PublishedFigure, computed: Computed | None, second: Computed | None) -> str:
    if computed is None:
        return INPUT
    agreement = _agreement(figure, computed)
    if agreement != DIFFERS:
        return INPUT if is_input(model, figure.formula) else agreement
    return INTERMEDIATE if second is not None and _agreement(figure, second) != DIFFERS else DIFFERS


def is_input(model: Model, tree: Node | None) -> bool:
    """Whether a formula is just an input, perhaps in a unit of another scale: then nothing follows from anything."""
    while isinstance(tree, n.Convert):
        tree = tree.operand
    return isinstance(tree, n.Reference) and isinstance(model.definitions[tree.key(None)], Given)


def _agreement(figure: PublishedFigure, computed: Computed) -> str:
    """`exact`, `rounded` or `differs`: end by end where two intervals or two numbers meet; else by what lies within."""
    stated, found = _interval(figure.states), _interval(computed)
    closed = stated.start is not None and stated.end is not None
    by_ends = closed and isinstance(figure.states, Interval) == isinstance(computed, Interval)
    verdict = EXACT
    for end, reached, outwards in ((stated.start, found.start, -1.0), (stated.end, found.end, 1.0)):
        if end is None or reached is None:
            continue
        beyond = outwards * (reached - end)
        distance = abs(beyond) if by_ends else max(0.0, beyond)
        if distance > TOLERANCE * abs(end):
            verdict = ROUNDED
        if distance > figure.step / 2 + TOLERANCE * abs(end):
            return DIFFERS
    return verdict


def _interval(number: Computed) -> Interval:
    return number if isinstance(number, Interval) else Interval(number, number)


def unexpected(model: Model, outcomes: Iterable[PublishedOutcome]) -> tuple[Problem, ...]:
    """A problem for every figure whose verdict is another than the author expects (RG801)."""
    return tuple(_problem(model, each) for each in outcomes if not each.as_expected)


def _problem(model: Model, outcome: PublishedOutcome) -> Problem:
    figure = outcome.figure
    stated, unit = shown(figure.states), figure.unit
    message = f"published figure `{figure.id}` is `{outcome.verdict}`, not `{figure.expected}`"
    hint = f"it states {stated} {unit}"
    if outcome.computed is not None:
        hint += f"; the model computes {shown(outcome.computed)} {unit}"
    if outcome.intermediate is not None:
        hint += f", by the intermediate {shown(outcome.intermediate)} {unit}"
    return Problem("RG801", message, model.source, figure.span, hint)


def shown(number: Computed) -> str:
    """A number or an interval with up to nine digits, for messages and tables without a locale."""
    if isinstance(number, float):
        return f"{number:,.9g}" if abs(number) < 1e15 else f"{number:.9g}"
    if number.start is None or number.end is None:
        return f"{shown(number.start)} or more" if number.start is not None else f"up to {shown(number.end or 0.0)}"
    return f"{shown(number.start)} to {shown(number.end)}"
