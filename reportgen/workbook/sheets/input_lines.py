"""What the register of inputs has lines for: every cell that something is typed in, and for each row what was left
empty in it. A sheet with more cells than the register can show one by one has one line for each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.book_words import message, messages, together
from reportgen.workbook.expressions import Cell as CellExpression
from reportgen.workbook.grid import EDITABLE, Cell, Grid, Mark, Style

MOST_LINES = 300
"""Lines that stand for a single cell. Sheets are gone through in the order of the book; one that would exceed them has
a line for each of its rows, so that a model of thousands of inputs has no more formulas than rows."""

_HEADS = frozenset((Style.HEAD, Style.HEAD_NUMBER, Style.HEAD_TEXT))


class Shown(Enum):
    """What a line shows: one cell, how many of some empty cells are filled, or how many of some cells are changed."""

    CELL = "cell"
    FILLED = "filled"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class InputRow:
    """A row of a sheet that has inputs in `columns`, which `titles` head: texts, or the cells of computed heads."""

    grid: Grid
    number: int
    columns: tuple[int, ...]
    titles: tuple[str | Address, ...]

    @property
    def empty(self) -> tuple[int, ...]:
        """The columns of cells that were left empty."""
        cells = self.grid.cells
        return tuple(each for each in self.columns if cells[self.number, each].style is Style.INPUT_BLANK)

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns of the others, Low and High last."""
        own = [each for each in self.columns if each not in self.empty]
        return tuple(sorted(own, key=lambda each: each in (self.mark.ends or ())))

    @property
    def mark(self) -> Mark:
        return self.grid.marks[self.number]

    def text(self, column: int) -> str | Address:
        """What a cell of the row says, as `said_in`."""
        return said_in(self.grid, self.number, column)


@dataclass(frozen=True, slots=True)
class InputLine:
    """A line of the register, for `columns` of a row."""

    row: InputRow
    columns: tuple[int, ...]
    shown: Shown

    @property
    def address(self) -> Address:
        return Address(self.row.grid.name, self.row.number, self.columns[0])

    @property
    def areas(self) -> list[Area]:
        return blocks([Address(self.row.grid.name, self.row.number, column) for column in self.columns])

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(self.row.grid.cells[self.row.number, column] for column in self.columns)

    @property
    def what(self) -> str | Address:
        """Which of a row's inputs: the head over it, or how many cells these are."""
        if self.shown is Shown.CELL:
            return self.row.titles[self.row.columns.index(self.columns[0])]
        number = len(self.columns)
        if self.shown is Shown.FILLED:
            return messages("{count} cell left empty", "{count} cells left empty", number)
        return messages("{count} cell", "{count} cells", number)

    @property
    def bounds(self) -> tuple[float | Address | None, float | Address | None]:
        """The least and the most that its one cell should hold: Low and High of its row where these are stated, else
        what may be typed at all; None where there is no bound."""
        grid, row, column = self.row.grid, self.row.number, self.columns[0]
        least, most = _typed_bounds(grid, row, column)
        if self.row.mark.ends and column not in self.row.mark.ends:
            low, high = (
                Address(grid.name, row, end) if isinstance(grid.cells[row, end].content, float) else None
                for end in self.row.mark.ends
            )
            return (low or least, high or most)
        return least, most


def _typed_bounds(grid: Grid, row: int, column: int) -> tuple[float | None, float | None]:
    for validation in grid.validations:
        if any(each.top <= row <= each.bottom and each.left <= column <= each.right for each in validation.areas):
            return validation.bounds
    return None, None


def input_lines(grids: Sequence[Grid]) -> list[InputLine]:
    """The lines of all inputs of these sheets: those of single cells first, in the order of the book. Rows without any
    get an empty mark. Raises ValueError where a sheet has an input in a row that has no place for a mark: it could be
    changed unseen."""
    single, joint, left = list[InputLine](), list[InputLine](), MOST_LINES
    for grid in grids:
        rows = list(_rows(grid))
        filled = [InputLine(row, (column,), Shown.CELL) for row in rows for column in row.filled]
        if len(filled) <= left:
            left -= len(filled)
            single += filled
            joint += [InputLine(row, row.empty, Shown.FILLED) for row in rows if row.empty]
        else:
            joint += [InputLine(row, row.columns, Shown.CHANGED) for row in rows]
    return single + joint


def _rows(grid: Grid) -> Iterator[InputRow]:
    found: dict[int, list[int]] = {}
    for (row, column), cell in grid.cells.items():
        if cell.style in EDITABLE:
            found.setdefault(row, []).append(column)
    unmarked = found.keys() - grid.marks.keys()
    if unmarked:
        raise ValueError(f"{grid.name} has inputs in row {min(unmarked)} but no mark beside them")
    above = _Above(grid)
    for row, mark in sorted(grid.marks.items()):
        if row not in found:
            grid.put(row, mark.column, None, Style.CHANGED)
            continue
        columns = tuple(sorted(found[row]))
        yield InputRow(grid, row, columns, tuple(_titles(grid, row, mark, columns, above)))


def _titles(grid: Grid, row: int, mark: Mark, columns: Sequence[int], above: _Above) -> Iterator[str | Address]:
    """What heads each of a row's inputs; several under one title are numbered."""
    for number, column in enumerate(columns, 1):
        if mark.head_row:
            yield said_in(grid, mark.head_row, column)
        elif mark.title:
            yield together(mark.title, f" {number}") if len(columns) > 1 else mark.title
        else:
            yield above.head(row, column) or message("Value")


def said_in(grid: Grid, row: int, column: int) -> str | Address:
    """What a cell says; the cell itself where that is computed, or a title that may be typed over; for one that repeats
    another cell, that one."""
    cell, tree = grid.cells.get((row, column)), grid.expressions.get((row, column))
    if isinstance(tree, CellExpression):
        return tree.address
    if cell is not None and (cell.is_title or grid.computes(row, column)):
        return Address(grid.name, row, column)
    return cell.content if cell is not None and isinstance(cell.content, str) else ""


class _Above:
    """Heads of a sheet's columns, from top to bottom."""

    def __init__(self, grid: Grid) -> None:
        self.heads: dict[int, list[tuple[int, str | Address]]] = {}
        for (row, column), cell in sorted(grid.cells.items(), key=lambda item: item[0]):
            if cell.style in _HEADS and (cell.content or grid.computes(row, column)):
                self.heads.setdefault(column, []).append((row, said_in(grid, row, column)))

    def head(self, row: int, column: int) -> str | Address:
        """The nearest one above a cell; "" if there is none."""
        return next((text for at, text in reversed(self.heads.get(column, [])) if at < row), "")
