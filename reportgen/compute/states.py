"""Which numbers lack a price that was not quoted, and which of them can have no value without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportgen.formula.nodes import Arithmetic, Key, Node, keys_in, walk
from reportgen.model.model import INCOMPLETE, NOT_QUOTED, CostStatus, Model


def states(model: Model) -> Mapping[Key, str]:
    """The state of each number that has one: what is computed from something not quoted is incomplete."""
    return model.once(states, lambda: _states(model))


def lacking(model: Model) -> frozenset[Key]:
    """The numbers that lack a price."""
    found = states(model).items()
    return model.once(lacking, lambda: frozenset(key for key, state in found if state in (NOT_QUOTED, INCOMPLETE)))


def _states(model: Model) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for key, definition in model.definitions.items():
        if isinstance(definition, CostStatus):
            found[key] = definition.word
        elif any(found.get(each) in (NOT_QUOTED, INCOMPLETE) for each in model.dependencies.direct[key]):
            found[key] = INCOMPLETE
    return found


def may_be_incomplete(model: Model) -> frozenset[Key]:
    """The numbers that something not quoted goes into, so that they need a live state."""
    return model.dependencies.affected_by(model.unquoted)


def divisors(node: Node) -> Iterator[Node]:
    """What is divided by in a tree, the innermost first."""
    for each in reversed([*walk(node)]):
        if isinstance(each, Arithmetic) and each.operator == "/":
            yield each.right


def may_be_unknown(model: Model, node: Node) -> bool:
    """Whether a tree divides by something that may lack a price, so that it may have no value."""
    keys = {
        key
        for divisor in divisors(node)
        for option in model.option_ids
        for key in keys_in(divisor, option, model.option_ids)
    }
    return bool(model.unquoted and keys and not keys.isdisjoint(may_be_incomplete(model)))
