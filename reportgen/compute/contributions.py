"""What each category adds to a total: the terms of its formula, sorted by the category they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.compute.results import Results
from reportgen.compute.states import may_be_unknown
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Function, Node
from reportgen.model.model import Category, Given, Model, Quantity, Stated


@dataclass(frozen=True, slots=True)
class Contribution:
    """`category` None: terms that belong to no single category. `tree` is per option, in the total's unit."""

    category: Category | None
    tree: Node


def contributions(model: Model, total: Quantity) -> tuple[Contribution, ...]:
    """The total's terms, one per category in the model's order, what belongs to none last.

    They add up to the total. A total whose formula differs from option to option, that is no sum, or that may have
    no value for want of a price, is one term of its own.
    """
    formula = _common_formula(model, total.name)
    if formula is None or may_be_unknown(model, formula):
        return (Contribution(None, n.Reference(total.name, None, True)),)
    by_category: dict[str | None, list[Node]] = {}
    for category, term in _terms(model, formula):
        by_category.setdefault(category, []).append(term)
    found = [
        Contribution(category, _sum(by_category[category.quantity.name]))
        for category in model.categories
        if category.quantity.name in by_category
    ]
    if None in by_category:
        found.append(Contribution(None, _sum(by_category[None])))
    return tuple(found)


def contribution_values(results: Results, parts: Sequence[Contribution]) -> tuple[dict[str, float], ...]:
    """What each contribution comes to, by option."""
    options = results.model.option_ids
    return tuple({option: results.compute(part.tree, option) for option in options} for part in parts)


def _common_formula(model: Model, name: str) -> Node | None:
    """The tree by which a per-option name is computed, if it is the same for every option."""
    trees = [model.definitions[key] for key in model.keys_of(name)]
    first = trees[0]
    if isinstance(first, Given | Stated) or any(tree != first for tree in trees[1:]):
        return None
    return first


def _terms(model: Model, node: Node) -> list[tuple[str | None, Node]]:
    match node:
        case n.Arithmetic("+", left, right):
            return _terms(model, left) + _terms(model, right)
        case n.Arithmetic("-", left, right):
            return _terms(model, left) + [(category, n.Negate(term)) for category, term in _terms(model, right)]
        case n.Negate(operand):
            return [(category, n.Negate(term)) for category, term in _terms(model, operand)]
        case n.Convert(operand, factors):
            return [(category, n.Convert(term, factors)) for category, term in _terms(model, operand)]
        case n.Arithmetic("*" | "/" as operator, left, right) if not _categories_in(model, right):
            return [(category, n.Arithmetic(operator, term, right)) for category, term in _terms(model, left)]
        case n.Arithmetic("*", left, right) if not _categories_in(model, left):
            return [(category, n.Arithmetic("*", left, term)) for category, term in _terms(model, right)]
        case n.Guard():  # the total itself has no number where the deduction is too large
            return _terms(model, node.value)
        case n.Reference(name, None, True) if _is_total(model, name):
            inner = _common_formula(model, name)
            if inner is not None:
                return _terms(model, inner)
    found = _categories_in(model, node)
    return [(next(iter(found)) if len(found) == 1 else None, node)]


def _is_total(model: Model, name: str) -> bool:
    return any(total.name == name for total in model.totals)


def _categories_in(model: Model, node: Node) -> set[str]:
    """The categories a tree is computed from, directly or through other totals and calculations."""
    categories = {category.quantity.name for category in model.categories}
    found: set[str] = set()
    pending = [key.name for key in n.keys_in(node, model.option_ids[0], model.option_ids)]
    seen: set[str] = set()
    while pending:
        name = pending.pop()
        if name in seen:
            continue
        seen.add(name)
        if name.partition(".")[0] in categories:
            found.add(name.partition(".")[0])
            continue
        for key in model.keys_of(name):
            definition = model.definitions[key]
            if not isinstance(definition, Given | Stated):
                pending += [each.name for each in n.keys_in(definition, key.option, model.option_ids)]
    return found


def _sum(terms: list[Node]) -> Node:
    return terms[0] if len(terms) == 1 else n.Apply(Function.SUM, tuple(terms))
