"""Which cases share a block of the Cases sheet: those that change much the same numbers.

A block has a column for what its cases change on the way to what is asked of them; everything else is read from its own
sheet. So a case stands in a block of its own unless that costs more cells than sharing one: a block has heads, and
repeats the case in which nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from heapq import heapify, heappop, heappush

from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.results import source_of
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.workbook.address import Address
from reportgen.workbook.book_words import message
from reportgen.workbook.cases import CaseBlock, CaseRow, CaseTranslator, Layout, case_block, with_whole_tables
from reportgen.workbook.plan import Plan
from reportgen.workbook.titles import Text, and_more, joined, listed_texts, title_of

HEADS = 2
"""Rows from a block's beginning to its first case: a gap, and its title."""

HEAD_WEIGHT = 6
"""Rows of cells that the heads of one more block are worth: fewer blocks are easier to survey."""

AS_SELECTED = CaseRow(message("As selected"))


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """A case, what it sets, and the numbers that are asked of it. `inputs` are those that have other values in it than
    on their own sheets, or may have after an edit: the workbook is laid out once."""

    row: CaseRow
    settings: dict[Key, float]
    inputs: tuple[Key, ...]
    targets: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Kind:
    """What blocks of cases have in common; `layout` gives the columns that say which case a row is; `as_selected`:
    whether each block begins with the case that sets nothing; `one`: whether they are a single block."""

    title: str
    layout: Callable[[Sequence[CaseRow]], Layout]
    as_selected: bool = False
    one: bool = False


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases in the order in which they were asked; `places` are each one's block and its place there."""

    blocks: tuple[CaseBlock, ...] = ()
    places: tuple[tuple[CaseBlock | None, int], ...] = ()

    def cell(self, plan: Plan, case: int | None, key: Key) -> Address:
        """Where a case's number is computed: on its own sheet where the case does not change it; None: in the case
        that sets nothing."""
        block, index = self.places[case] if case is not None else (None, 0)
        return block.cell(plan, index, key) if block is not None else plan.cells[source_of(plan.model, key)]

    def moved(self, blocks: Mapping[int, CaseBlock]) -> Cases:
        """The same cases in other blocks, by the `id` of those before."""
        places = tuple((blocks[id(block)] if block is not None else None, at) for block, at in self.places)
        return Cases(tuple(blocks[id(block)] for block in self.blocks), places)

    def translator(self, plan: Plan, case: int) -> CaseTranslator:
        """Translates trees for a case."""
        block, index = self.places[case]
        return CaseTranslator(plan, block, index)

    def source(self, plan: Plan, case: int, key: Key) -> Key:
        """The number that `key` only repeats, or `key` where its case computes that one in no cell of its own."""
        block, _ = self.places[case]
        return block.source(plan, key) if block is not None else source_of(plan.model, key)


def lay_out(plan: Plan, model: Model, kind: Kind, requests: Sequence[CaseRequest], first_row: int) -> Cases:
    """The cases in blocks one below the other, the first one's first case in `first_row`. A case that changes nothing
    of what is asked of it has no row. Raises ModelError as `evaluate_cases` and `case_block` do."""
    values = evaluate_cases(model, [{}, *(each.settings for each in requests)])
    requests = [replace(each, inputs=with_whole_tables(model, each.inputs)) for each in requests]
    blocks: list[CaseBlock] = []
    places: dict[int, tuple[CaseBlock, int]] = {}
    for group, needed in _grouped(model, requests, one=kind.one):
        cases = [requests[at] for at in group]
        rows = [*([AS_SELECTED] if kind.as_selected else []), *(each.row for each in cases)]
        picks = [*([0] if kind.as_selected else []), *(at + 1 for at in group)]
        inputs = dict.fromkeys(key for each in cases for key in each.inputs)
        targets = frozenset[Key]().union(*(each.targets for each in cases))
        title = joined(*([kind.title, ": "] if kind.title else []), _subject(plan, cases))
        top = blocks[-1].last_row + 1 + HEADS if blocks else first_row
        block = case_block(plan, model, title, kind.layout(rows), top, (rows, picks, values), inputs, needed, targets)
        blocks.append(block)
        places.update({at: (block, index) for index, at in enumerate(group, len(rows) - len(group))})
    return Cases(tuple(blocks), tuple(places.get(at, (None, 0)) for at in range(len(requests))))


MOST_NAMED = 3


def _subject(plan: Plan, cases: Iterable[CaseRequest]) -> Text:
    """What the cases of a block change, or whose extremes they are."""
    rows = [each.row for each in cases]
    drivers = dict.fromkeys(driver.key.name for row in rows for driver in row.drivers)
    names = [title_of(plan, name) for name in drivers]
    names += dict.fromkeys(row.extreme.title for row in rows if row.extreme)
    more = len(names) - MOST_NAMED
    return and_more(listed_texts(names[:MOST_NAMED]), more)


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases with the numbers that they change and those that what is asked of them is computed from, a bit each."""

    cases: tuple[int, ...]
    changed: int
    needed: int
    drivers: int

    def numbers(self, order: Sequence[Key]) -> dict[Key, None]:
        """What it computes; `order` says which number each bit is."""
        both = self.changed & self.needed
        return dict.fromkeys(key for place, key in enumerate(order) if both >> place & 1)

    @property
    def cost(self) -> int:
        """Its cells, and what its heads are worth."""
        width = (self.changed & self.needed).bit_count() + 2 * self.drivers + 1
        return (len(self.cases) + 1 + HEAD_WEIGHT) * width

    def joined(self, other: _Group) -> _Group:
        drivers = max(self.drivers, other.drivers)
        return _Group(
            tuple(sorted(self.cases + other.cases)), self.changed | other.changed, self.needed | other.needed, drivers
        )


def _grouped(
    model: Model, requests: Sequence[CaseRequest], *, one: bool
) -> list[tuple[tuple[int, ...], dict[Key, None]]]:
    """The places of cases that share a block, in the order of the first of each, and the numbers that it computes.
    Blocks are joined while that saves cells, those first that save most."""
    order, alike = _alike(model, requests)
    if one and alike:
        alike = [reduce(_Group.joined, alike)]
    groups = dict(enumerate(alike))
    pairs = [_pair(groups, first, second) for first in groups for second in range(first)]
    heapify(pairs)
    while pairs:
        saved, first, second = heappop(pairs)
        if saved >= 0:
            break
        if first in groups and second in groups:
            number = max(groups) + 1
            groups[number] = groups.pop(first).joined(groups.pop(second))
            for each in groups:
                if each != number:
                    heappush(pairs, _pair(groups, number, each))
    return sorted((group.cases, group.numbers(order)) for group in groups.values())


def _pair(groups: dict[int, _Group], one: int, other: int) -> tuple[int, int, int]:
    first, second = groups[one], groups[other]
    return first.joined(second).cost - first.cost - second.cost, one, other


def _alike(model: Model, requests: Sequence[CaseRequest]) -> tuple[tuple[Key, ...], list[_Group]]:
    """The numbers that any case changes, in an order to compute them; the cases that change something of what is asked
    of them, those together that set the same inputs and are asked the same."""
    dependencies = model.dependencies
    alike: dict[tuple[frozenset[Key], frozenset[Key]], list[int]] = {}
    for at, each in enumerate(requests):
        alike.setdefault((frozenset(each.inputs), each.targets), []).append(at)
    changed = {inputs: dependencies.affected_by(inputs) for inputs in {inputs for inputs, _ in alike}}
    needed = {targets: dependencies.needed_for(targets) for targets in {targets for _, targets in alike}}
    every = frozenset[Key]().union(*changed.values())
    order = tuple(key for key in dependencies.direct if key in every)
    bits = {key: 1 << place for place, key in enumerate(order)}

    def mask(keys: frozenset[Key]) -> int:
        return sum(bits[key] for key in keys & every)

    masks = {inputs: mask(keys) for inputs, keys in changed.items()}, {each: mask(needed[each]) for each in needed}
    groups = []
    for (inputs, targets), cases in alike.items():
        drivers = max(len(requests[at].row.drivers) for at in cases)
        group = _Group(tuple(cases), masks[0][inputs], masks[1][targets], drivers)
        if group.changed & group.needed:
            groups.append(group)
    return order, groups
