"""Numbers that the author's formulas hold: a workbook shows each in a cell of its own, since reviewers look for none
inside formulas (FAST Standard; ICAEW, Twenty Principles for Good Spreadsheet Practice)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, Node
from reportgen.formula.units import Unit
from reportgen.model.model import CostStatus, InputValue, Model
from reportgen.model.names import MADE_SERIES
from reportgen.source import NOWHERE, Span

INLINE = (0.0, 1.0)
"""Numbers that formulas may hold: they say nothing that could be otherwise."""
_ROUNDING = (Function.ROUND, Function.ROUND_UP, Function.ROUND_DOWN)


@dataclass(frozen=True, slots=True)
class Literal:
    """A number at its place in the file; `title` says what it is part of, and `key` which of the model's numbers that
    is, if it is one; `formula` is the author's text."""

    span: Span
    value: float
    unit: Unit | None
    title: str
    formula: str
    key: Key | None = None


def literals(model: Model) -> tuple[Literal, ...]:
    """Each number once, in the order in which formulas are first computed; then those of figures and conditions."""
    found: dict[Span, Literal] = {}
    others = ((title, tree, formula, None) for title, tree, formula in model.assessment.formulas)
    for title, tree, formula, key in (*_definitions(model), *others):
        for constant in _constants(tree):
            literal = Literal(constant.span, constant.value, constant.unit, title, formula, key)
            found.setdefault(constant.span, literal)
    return tuple(found.values())


def _definitions(model: Model) -> Iterator[tuple[str, Node, str, Key]]:
    shared: dict[tuple[str, str], list[tuple[Key, Node]]] = {}
    for key, definition in model.definitions.items():
        formula = model.quantities[key.name].title if key.name.startswith(MADE_SERIES) else model.formulas.get(key)
        if formula is not None and not isinstance(definition, InputValue | CostStatus):
            shared.setdefault((key.name, formula), []).append((key, definition))
    for (name, formula), places in shared.items():
        title = model.quantities[name].title
        option = places[0][0].option if len(places) == 1 else None
        if option is not None:
            title += f", {model.option(option).title}"
        for _, definition in places:
            yield title, definition, formula, Key(name, option)


def _constants(tree: Node) -> Iterator[n.Constant]:
    """The numbers of a tree that stand for something: no exponents, no digits of a rounding, nothing inline."""
    pending = [tree]
    while pending:
        match pending.pop():
            case n.Constant() as constant:
                if constant.value not in INLINE and constant.span != NOWHERE:
                    yield constant
            case n.Arithmetic("^", base, _):
                pending.append(base)
            case n.Apply(function, arguments) if function in _ROUNDING:
                pending.append(arguments[0])
            case other:
                pending.extend(reversed(n.children(other)))
