"""Items that have no columns of their own on Cases.

A block with thousands of columns is read by nobody, takes engines minutes, and ends at the last column that a sheet
has. In a wide one the items of a category are added up in *parts* instead: one column for some 150 neighbouring items
and one option. A part's formula has the formulas of its items written out; what no case changes is added up once, in a
row above the cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.compute.rounding import Array
from reportgen.compute.steps import Values
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.model.model import CostStatus, InputValue, Model
from reportgen.workbook.limits import levels
from reportgen.workbook.plan import CASES, Plan
from reportgen.workbook.translate import Translator

WIDEST = 250
"""Columns up to which every number of a block has a column of its own."""

MAX_ITEMS = 150
"""Items of a part: each may be an argument of SUM, of which Excel takes 255, and its cell takes up to 48 characters."""

MAX_LENGTH = 4_000
"""Characters of a part's formula. A cell holds 8,192 of them and 16,384 bytes of what Excel makes of them, where `A7+`
takes eight bytes. Source: Microsoft, "Excel specifications and limits"."""

LONGEST_ITEM, DEEPEST_ITEM = 1_000, 32
"""Characters and levels of brackets of a formula that a part may hold; a longer one keeps its column."""

LONGEST_REFERENCE = len("$XFD1048576")
_GROWTH = LONGEST_REFERENCE - len("in_a")
"""Characters by which a reference may be longer in a row of Cases than it is elsewhere."""


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring items of a category for one option: `same` are those that no case changes, `trees` what is added to
    them in each case; of `aggregated` items the trees are the formulas."""

    items: tuple[Key, ...]
    same: tuple[Key, ...]
    trees: tuple[Node, ...]
    aggregated: tuple[Key, ...]

    def values(self, values: Values) -> Array:
        """What the items come to: one entry per case, or one for all."""
        result: Array | float = 0.0
        for key in self.items:
            value = values[key]
            # Most of a thousand items are the same in all cases; Python adds single numbers faster than NumPy.
            result = result + (value.item() if isinstance(result, float) and len(value) == 1 else value)
        return np.atleast_1d(result)


Aggregated = dict[Key, tuple[Part, ...]]
"""The parts of each category's total."""


def fold_if_wide(
    plan: Plan, model: Model, inputs: int, computed: Collection[Key], targets: Collection[Key]
) -> Aggregated:
    """The parts of a block with so many inputs, and columns for the numbers `computed`: none, unless it is too wide to
    be read and parts make it narrower, or one SUM could not take all items of a category, each of which may separate
    those above it from those below."""
    items = Counter((key.name.partition(".")[0], key.option) for key in computed if "." in key.name)
    crowded = max(items.values(), default=0) > MAX_ITEMS // 2
    if not crowded and inputs + len(computed) <= WIDEST:
        return {}
    found = aggregate(plan, model, computed, targets)
    narrower = sum(len(part.aggregated) - 1 for parts in found.values() for part in parts) > 0
    return found if crowded or narrower else {}


def aggregate(plan: Plan, model: Model, computed: Collection[Key], targets: Collection[Key]) -> Aggregated:
    """The parts of every category's total that is among `computed`, the numbers that cases change. What is one of
    `targets`, or read by anything but its category's total, keeps its column."""
    readers: dict[Key, set[Key]] = {}
    for key in computed:
        for each in model.dependencies.direct[key]:
            readers.setdefault(each, set()).add(key)
    changed, translator = frozenset(computed), Translator(plan)
    found: Aggregated = {}
    for category in model.categories:
        for total in model.keys_of(category.quantity.name):
            if total not in changed:
                continue
            terms = []
            for key in model.dependencies.direct[total]:
                alone = readers.get(key) == {total} and key not in targets
                terms.append(_term(translator, model, key, alone) if key in changed else _Term(key, None))
            found[total] = tuple(_parts(terms))
    return found


@dataclass(frozen=True, slots=True)
class _Term:
    """`tree` None: no case changes the item; `length`: the characters that the tree takes at the most."""

    key: Key
    tree: Node | None
    aggregated: bool = False
    length: int = 0


def _term(translator: Translator, model: Model, key: Key, alone: bool) -> _Term:
    definition = model.definitions[key]
    if isinstance(definition, InputValue | CostStatus):
        return _Term(key, None)
    if alone:
        length, depth = _size(translator, model, key, definition)
        if length <= LONGEST_ITEM and depth <= DEEPEST_ITEM:
            return _Term(key, definition, True, length)
    return _Term(key, n.Reference(key.name, None, True), False, LONGEST_REFERENCE)


def _size(translator: Translator, model: Model, key: Key, definition: Node) -> tuple[int, int]:
    """The characters that an item's formula takes at the most, and its levels of brackets."""
    sizes = translator.plan.sizes
    if key not in sizes:
        text = translator.tree(definition, key.option).text(CASES)
        longer = _GROWTH * sum(1 for _ in n.keys_in(definition, key.option, model.option_ids))
        sizes[key] = len(text) + longer, levels(text)
    return sizes[key]


def _parts(terms: Sequence[_Term]) -> Iterator[Part]:
    start = length = 0
    for at, term in enumerate(terms):
        if at - start == MAX_ITEMS or length + term.length > MAX_LENGTH:
            yield _part(terms[start:at])
            start, length = at, 0
        length += term.length + 1
    yield _part(terms[start:])


def _part(terms: Sequence[_Term]) -> Part:
    return Part(
        tuple(term.key for term in terms),
        tuple(term.key for term in terms if term.tree is None),
        tuple(term.tree for term in terms if term.tree is not None),
        tuple(term.key for term in terms if term.aggregated),
    )


def aggregated_items(aggregated: Aggregated) -> frozenset[Key]:
    """The items that have no column of their own."""
    return frozenset(key for parts in aggregated.values() for part in parts for key in part.aggregated)
