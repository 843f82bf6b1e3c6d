"""What formulas come to: every cell with an expression gets its text, and its value after those that it needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportgen.workbook import expressions as e
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import ENGLISH, BookWords
from reportgen.workbook.expressions import Expression
from reportgen.workbook.filled_messages import in_words
from reportgen.workbook.grid import Grid
from reportgen.workbook.values import Block, CellError, Scalar

MOST_BLOCKS = 100
"""Ranges that are kept at a time: a column's formulas read the same few, most others are read once."""


class Settled:
    """The values of the cells of a book's sheets. `pending` are the expressions of those that have none yet, `computed`
    those that have got one; `blocks` are ranges that have been read lately."""

    def __init__(self, grids: Iterable[Grid]) -> None:
        self.grids = {grid.name: grid for grid in grids}
        self.pending = {
            Address(grid.name, *at): tree
            for grid in self.grids.values()
            for at, tree in grid.expressions.items()
            if grid.cells[at].content is None
        }
        self.computed: dict[Address, Scalar] = {}
        self.blocks: dict[Area, Block] = {}

    def value(self, address: Address) -> Scalar:
        if address in self.computed:
            return self.computed[address]
        if address in self.pending:
            raise _UnsettledError
        grid, at = self.grids.get(address.sheet), address[1:]
        if grid is None or at not in grid.cells:
            return None
        content = grid.cells[at].content
        is_empty = content == "" and not grid.cells[at].formula and at not in grid.expressions  # as an empty text is
        return None if is_empty else content

    def block(self, area: Area) -> Block:
        if area not in self.blocks:
            if len(self.blocks) == MOST_BLOCKS:
                self.blocks.clear()
            sheet, columns = area.sheet, range(area.left, area.right + 1)
            rows = range(area.top, area.bottom + 1)
            values = [tuple([self.value(Address(sheet, row, column)) for column in columns]) for row in rows]
            self.blocks[area] = Block(tuple(values))
        return self.blocks[area]

    def settle_all(self) -> None:
        """Compute every cell: those whose needs are there in the order of the book, and again; then what is left."""
        for place, tree in [*self.pending.items()] * 2:
            if place in self.pending:
                try:
                    self.computed[place] = _computed(tree, self, place)
                except _UnsettledError:
                    continue
                del self.pending[place]
        while self.pending:
            self._settle(next(iter(self.pending)))

    def _settle(self, place: Address) -> None:
        """Compute a cell after those that it needs, without recursion: chains of cells may be long."""
        stack, entered = [place], set[Address]()
        while stack:
            place = stack[-1]
            tree = self.pending.get(place)
            if tree is not None and place not in entered:
                entered.add(place)
                missing = [each for each in _places(tree) if each in self.pending]
                if not entered.isdisjoint(missing):
                    raise ValueError(f"{place} refers to itself")
                stack += missing
            else:
                stack.pop()
                if tree is not None:
                    self.computed[place] = _computed(tree, self, place)
                    del self.pending[place]


class _UnsettledError(Exception):
    """A cell is read whose value is not computed yet."""


def _computed(tree: Expression, settled: Settled, place: Address) -> Scalar:
    try:
        found = tree.value(settled)
    except CellError as error:
        raise ValueError(f"{place} would show {error}: {tree.text(place.sheet)}") from error
    assert not isinstance(found, Block)
    return 0.0 if found is None else found


def _places(tree: Expression) -> Iterator[Address]:
    for each in references(tree):
        if isinstance(each, Address):
            yield each
        else:
            for row in range(each.top, each.bottom + 1):
                for column in range(each.left, each.right + 1):
                    yield Address(each.sheet, row, column)


def references(tree: Expression) -> Iterator[Address | Area]:
    """Every cell and range that an expression may read."""
    pending = [tree]
    while pending:
        match pending.pop():
            case e.Cell(address) | e.Name(_, address):
                yield address
            case e.CellRange() as area:
                yield area.area
            case other:
                pending += other.parts


def _translate(grid: Grid, words: BookWords) -> None:
    """Say the texts of cells and formulas, and write the formats of numbers, as the language does."""
    for at, cell in grid.cells.items():
        content = words.said(cell.content) if isinstance(cell.content, str) else cell.content
        number_format = words.number_format(words.said(cell.number_format))
        if content is not cell.content or number_format != cell.number_format:
            grid.cells[at] = cell._replace(content=content, number_format=number_format)
    for at, tree in grid.expressions.items():
        grid.expressions[at] = in_words(tree, words)


def settle(grids: Iterable[Grid], words: BookWords = ENGLISH) -> None:
    """Give every cell with an expression its text, and its value where that is not known already, all in the words of
    the book. Raises ValueError for a circular reference and where a cell would show an error value: mistakes in the
    layout of a sheet."""
    grids = tuple(grids)
    if words is not ENGLISH:
        for grid in grids:
            _translate(grid, words)
    settled = Settled(grids)
    settled.settle_all()
    for grid in grids:
        for at, tree in grid.expressions.items():
            cell = grid.cells[at]
            content = settled.computed[Address(grid.name, *at)] if cell.content is None else cell.content
            grid.cells[at] = cell._replace(content=content, formula=f"={tree.text(grid.name, words.sheets)}")
        grid.expressions.clear()
        for each in grid.later:
            each(settled)
