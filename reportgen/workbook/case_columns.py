"""The columns of the sheet Cases: a number stands in the same one in every block, under one head for the whole sheet.

From left to right stand what says which case a row is, the inputs, and what is computed from them in the order of
computing it. A block leaves those empty that it has nothing for. Only in a book that would be too wide so, of a model
of hundreds of items, each block has columns and heads of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.workbook.aggregation import Part
from reportgen.workbook.cases import OWN_HEADS, CaseBlock, Layout

MOST_SHARED = 1_000
"""Columns that a reader can still find something in."""

FIRST_OF_CASES = 2
"""The first column behind the cases' labels."""


@dataclass(frozen=True, slots=True)
class CaseColumns:
    """`layout` has the columns of all that says which case a row is, `numbers` those of inputs and results, and `parts`
    those of several items that are added up, by the total that they belong to and the items."""

    layout: Layout
    numbers: dict[Key, int]
    parts: dict[tuple[Key, tuple[Key, ...]], int]

    @property
    def last(self) -> int:
        return max((*self.numbers.values(), self.layout.first_input - 1))

    @classmethod
    def of(cls, block: CaseBlock) -> CaseColumns:
        """Those of a single block."""
        parts = {(total, part.items): at for total, each in block.parts.items() for at, part in each.items()}
        return cls(block.layout, block.columns, parts)

    def moved(self, block: CaseBlock) -> CaseBlock:
        """A block whose numbers stand in these columns."""
        own, every = block.layout, self.layout
        layout = Layout(
            every.scenario if own.scenario is not None else None,
            every.drivers[: len(own.drivers)],
            every.first_input,
            every.extreme if own.extreme is not None else None,
            every.changed if own.changed is not None else None,
            every.shares[: len(own.shares)],
        )
        parts = {
            total: {self.parts[total, part.items]: part for part in each.values()}
            for total, each in block.parts.items()
        }
        columns = {key: self.numbers[key] for key in block.columns}
        return replace(block, layout=layout, columns=columns, parts=parts)


def arranged(model: Model, blocks: Sequence[CaseBlock]) -> tuple[CaseColumns | None, tuple[CaseBlock, ...]]:
    """The columns that all blocks share, and the blocks in them; None where each has its own, below heads for which
    the blocks move down."""
    columns = case_columns(model, blocks)
    if columns.last <= MOST_SHARED:
        return columns, tuple(map(columns.moved, blocks))
    apart = []
    for at, block in enumerate(blocks, 1):
        down = OWN_HEADS * at
        apart.append(replace(block, first_row=block.first_row + down, names_row=block.title_row + down))
    return None, tuple(apart)


def case_columns(model: Model, blocks: Sequence[CaseBlock]) -> CaseColumns:
    """The columns of all blocks of a model together."""
    layout = _layout([block.layout for block in blocks])
    inputs = dict.fromkeys(chain.from_iterable(block.inputs for block in blocks))
    order = {key: place for place, key in enumerate(model.dependencies.direct)}
    typed = frozenset[Key]().union(*(block.typed for block in blocks))
    computed = {key for block in blocks for key in block.columns} - inputs.keys()
    column, numbers, parts = layout.first_input, dict[Key, int](), dict[tuple[Key, tuple[Key, ...]], int]()
    for key in (*inputs, *sorted(computed, key=lambda key: (key not in typed, order[key]))):
        for part in _parts(key, blocks):
            parts.setdefault((key, part.items), column + sum(total == key for total, _ in parts))
        column += sum(total == key for total, _ in parts)
        numbers[key] = column
        column += 1
    return CaseColumns(layout, numbers, parts)


def _parts(total: Key, blocks: Sequence[CaseBlock]) -> Iterable[Part]:
    return chain.from_iterable(block.parts.get(total, {}).values() for block in blocks)


def _layout(layouts: Sequence[Layout]) -> Layout:
    """Columns for all that some block says of its cases."""
    column, scenario, changed, extreme = FIRST_OF_CASES, None, None, None
    if any(each.scenario is not None for each in layouts):
        scenario, column = column, column + 1
    drivers = max((len(each.drivers) for each in layouts), default=0)
    places = tuple((column + 2 * at, column + 2 * at + 1) for at in range(drivers))
    column += 2 * drivers
    shares = max((len(each.shares) for each in layouts), default=0)
    share_places = tuple(range(column, column + shares))
    column += shares
    if any(each.changed is not None for each in layouts):
        changed, column = column, column + 1
    if any(each.extreme is not None for each in layouts):
        extreme, column = (column, column + 1), column + 2
    return Layout(scenario, places, column, extreme, changed, share_places)
