"""A total split into what is paid once and what is running, for one option, and the one-time items it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.contributions import contributions, sum_of
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import Unit
from reportgen.model.model import Model, Quantity
from reportgen.problems import ModelError, Problem


@dataclass(frozen=True, slots=True)
class Split:
    """One option's total in parts, each a tree: `once` and `running` are in the total's unit and add up to it.

    `items` is the sum of the one-time items that the total counts, in the unit of a cash flow's amounts: what `once`
    must come to over the horizon.
    """

    once: Node
    running: Node
    items: Node


def split_total(model: Model, total: Quantity, option: str, amounts: Unit) -> Split:
    """The parts of a total for one option, whose formula may differ from the others'.

    Raises ModelError: RG505 where a one-time category is in a unit that does not fit `amounts`.
    """
    parts = contributions(model, total, option)
    once = {part.category.quantity.name: part.tree for part in parts if part.category and part.category.one_time}
    running = [part.tree for part in parts if not (part.category and part.category.one_time)]
    items: dict[str, list[Node]] = {}
    for key in _one_time_keys(model, Key(total.name, option)):
        items.setdefault(key.name.partition(".")[0], []).append(_in_unit(model, total, key, amounts))
    counted = [
        _where_not_zero(once[name], sum_of(each)) if name in once else sum_of(each) for name, each in items.items()
    ]
    return Split(sum_of([*once.values()]), sum_of(running), sum_of(counted))


def _where_not_zero(term: Node, items: Node) -> Node:
    """A total may leave a category out, by a factor that is 0; what it counts, it counts as a whole."""
    zero = n.Constant(0.0)
    counts = n.Logic("or", n.Comparison("<", term, zero), n.Comparison(">", term, zero))
    return n.Conditional(counts, items, zero)


def _one_time_keys(model: Model, start: Key) -> tuple[Key, ...]:
    """The one-time categories, and single items of others, that a number is computed from; not through other costs."""
    categories = {category.quantity.name: category.one_time for category in model.categories}
    costs = {key: key.name.partition(".")[0] for key in model.definitions if key.name.partition(".")[0] in categories}
    found = model.dependencies.needed_for([start], costs)
    once = [key for key in model.definitions if key in found and categories.get(costs.get(key, ""))]
    return tuple(key for key in once if key.name in categories or Key(costs[key], key.option) not in once)


def _in_unit(model: Model, total: Quantity, key: Key, amounts: Unit) -> Node:
    unit = model.quantities[key.name].unit
    if not unit.fits(amounts):
        message = f"a cash flow in {amounts} cannot hold the one-time costs of `{key.name}`, which are in {unit}"
        hint = f"write its items in {amounts}, with the exchange rate in their formulas"
        raise ModelError([Problem("RG505", message, model.source, total.span, hint)])
    node: Node = n.Reference(key.name, key.option, True)
    factors = unit.factors_to(amounts)
    return n.Convert(node, factors) if factors else node
