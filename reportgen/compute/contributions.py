"""What each category adds to a total: the terms of its formula, sorted by the category they come from."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass

from reportgen.compute.states import may_be_unknown
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Key, Node
from reportgen.model.model import Category, CostStatus, InputValue, Model, Quantity
from reportgen.model.names import written_part


@dataclass(frozen=True, slots=True)
class Contribution:
    """`category` None: terms that belong to no single category. `tree` is per option, in the total's unit."""

    category: Category | None
    tree: Node


def contributions(model: Model, total: Quantity, option: str | None = None) -> tuple[Contribution, ...]:
    """The total's terms, one per category in the model's order, what belongs to none last; for all options alike, or
    for one of them.

    They add up to the total. A total that is no sum, that may have no value for want of a price, or whose formula
    differs where all options are meant, is one term of its own.
    """
    formula = _formula(model, total.name, option)
    if formula is None or may_be_unknown(model, formula):
        return (Contribution(None, n.Reference(total.name, None, True)),)
    by_category: dict[str | None, list[Node]] = {}
    for category, term in _terms(model, formula, option):
        by_category.setdefault(category, []).append(term)
    found = [
        Contribution(category, sum_of(by_category[category.quantity.name]))
        for category in model.categories
        if category.quantity.name in by_category
    ]
    if None in by_category:
        found.append(Contribution(None, sum_of(by_category[None])))
    return tuple(found)


def _formula(model: Model, name: str, option: str | None) -> Node | None:
    """The tree by which a per-option name is computed for an option, or for every option if it is the same."""
    trees = [model.definitions[key] for key in model.keys_of(name) if option in (None, key.option)]
    first = trees[0]
    if isinstance(first, InputValue | CostStatus) or any(tree != first for tree in trees[1:]):
        return None
    return first


def _terms(model: Model, node: Node, option: str | None) -> list[tuple[str | None, Node]]:
    match node:
        case n.Arithmetic("+", left, right):
            return _terms(model, left, option) + _terms(model, right, option)
        case n.Arithmetic("-", left, right):
            return _terms(model, left, option) + [
                (category, n.Negate(term)) for category, term in _terms(model, right, option)
            ]
        case n.Negate(operand):
            return [(category, n.Negate(term)) for category, term in _terms(model, operand, option)]
        case n.Convert(operand, factors):
            return [(category, n.Convert(term, factors)) for category, term in _terms(model, operand, option)]
        case n.Arithmetic("*" | "/" as operator, left, right) if not _categories_in(model, right):
            return [(category, n.Arithmetic(operator, term, right)) for category, term in _terms(model, left, option)]
        case n.Arithmetic("*", left, right) if not _categories_in(model, left):
            return [(category, n.Arithmetic("*", left, term)) for category, term in _terms(model, right, option)]
        case n.Guard():  # the total itself has no number where the deduction is too large
            return _terms(model, node.value, option)
        case n.Reference(name, None, True) if _is_total(model, name):
            inner = _formula(model, name, option)
            if inner is not None:
                return _terms(model, inner, option)
    found = _categories_in(model, node)
    return [(next(iter(found)) if len(found) == 1 else None, node)]


def _is_total(model: Model, name: str) -> bool:
    return any(total.name == name for total in model.totals)


def _categories_in(model: Model, node: Node) -> set[str]:
    """The categories a tree is computed from, directly or through other totals and calculations."""
    categories = {category.quantity.name for category in model.categories}
    read = n.keys_in(node, model.option_ids[0], model.option_ids)
    needed = model.dependencies.needed_for(read, _Costs(categories))
    return {_first_word(key.name) for key in needed} & categories


def _first_word(name: str) -> str:
    """`platform` of `platform.cluster`, and of what either comes to over time."""
    return written_part(name.partition(".")[0])


class _Costs(Container[Key]):
    """Every number of some categories, their items among them; they are many, and few are looked at."""

    def __init__(self, categories: set[str]) -> None:
        self.categories = categories

    def __contains__(self, key: object) -> bool:
        return isinstance(key, Key) and _first_word(key.name) in self.categories


def sum_of(terms: Sequence[Node]) -> Node:
    """The tree of a sum; 0 for none."""
    return terms[0] if len(terms) == 1 else n.Apply(Function.SUM, tuple(terms) or (n.Constant(0.0),))
