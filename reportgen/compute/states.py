"""Which numbers lack a price that was not quoted, and which of them can have no value without it."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.formula.nodes import Arithmetic, Key, Node, walk
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, Model, Stated


def states(model: Model) -> dict[Key, str]:
    """The state of each number that has one: what is computed from something not quoted is incomplete."""
    found: dict[Key, str] = {}
    for key, definition in model.definitions.items():
        if isinstance(definition, Stated):
            found[key] = definition.word
        elif any(found.get(each) in (NOT_QUOTED, INCOMPLETE) for each in model.dependencies.direct[key]):
            found[key] = INCOMPLETE
    return found


def divisors(node: Node) -> Iterator[Node]:
    """What is divided by in a tree, the innermost first."""
    for each in reversed([*walk(node)]):
        if isinstance(each, Arithmetic) and each.operator == "/":
            yield each.right
