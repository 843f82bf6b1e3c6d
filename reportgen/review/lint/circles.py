"""Formulas that depend on themselves, found in time that grows with their number, however many cells they refer to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reportgen.review.lint.book import Book, Cell, Position, Sheet
from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formulas import Area, area_between
from reportgen.review.lint.precedents import Precedents, Target

ONLY_PLACES = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "FORMULATEXT", "ISFORMULA", "SHEET", "CELL"})
"""Functions that ask where a cell is, not what it comes to."""


class _Remaining:
    """Which formulas of a sheet remain, while they are taken away one by one."""

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self._budget = budget
        self._columns: dict[int, list[int]] = {}
        self._in_row: dict[int, list[int]] = {}
        for cell, _ in sheet.formulas:
            self._columns.setdefault(cell.column, []).append(cell.row)
            self._in_row.setdefault(cell.row, []).append(cell.column)
        self._held = sorted(self._columns)
        self._next = {column: list(range(len(rows) + 1)) for column, rows in self._columns.items()}
        """By column, for each of its formulas the first one from there on that remains."""
        self.positions = {(cell.row, cell.column) for cell, _ in sheet.formulas}

    def take(self, position: Position) -> None:
        row, column = position
        self.positions.discard(position)
        at = bisect_left(self._columns[column], row)
        self._next[column][at] = at + 1

    def within(self, area: Area) -> Iterator[Position]:
        """Those in a range, also while some of them are taken away; from left to right and from top to bottom."""
        if area.top == area.bottom:
            columns = self._in_row.get(area.top, [])
            for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
                self._budget.spend("steps")
                if (area.top, column) in self.positions:
                    yield area.top, column
        else:
            for column in self._held[bisect_left(self._held, area.left) : bisect_right(self._held, area.right)]:
                self._budget.spend("steps")
                rows = self._columns[column]
                at = bisect_left(rows, area.top)
                while (at := self._first(column, at)) < len(rows) and rows[at] <= area.bottom:
                    yield rows[at], column
                    at += self._next[column][at] == at

    def _first(self, column: int, at: int) -> int:
        following = self._next[column]
        first = at
        while following[first] != first:
            first = following[first]
        while following[at] != first:
            following[at], at = first, following[at]
        return first


class _Visited:
    """A formula that is being looked at: the ranges that it depends on, and whether it closes a circle."""

    __slots__ = ("ahead", "closes", "position", "ranges", "sheet")

    def __init__(self, sheet: Sheet, position: Position) -> None:
        self.sheet, self.position = sheet, position
        self.ranges: list[tuple[Sheet, Area]] = []
        self.closes = False
        self.ahead: Iterator[tuple[Sheet, Position]] = iter(())


class Circles:
    """Goes from each formula to those that it depends on. A formula is finished when all of these are: what it still
    meets then that is not finished has led to it."""

    def __init__(self, book: Book, precedents: Precedents) -> None:
        self._precedents = precedents
        self._sheets = tuple(book.worksheets)
        self._waiting = {sheet: _Remaining(sheet, book.budget) for sheet in book.sheets}
        self._unfinished = {sheet: _Remaining(sheet, book.budget) for sheet in book.sheets}
        self._done: set[tuple[Sheet, Area]] = set()
        """Ranges in which everything is finished."""

    def closing(self) -> Iterator[tuple[Sheet, Cell]]:
        """The formula that closes each circle, one for each circle come upon."""
        for sheet in self._sheets:
            waiting = self._waiting[sheet].positions
            for column in dict.fromkeys(cell.column for cell, _ in sheet.formulas):
                for cell in reversed(sheet.columns[column]):
                    if (cell.row, column) in waiting:
                        yield from self._visit(sheet, (cell.row, column))

    def _visit(self, sheet: Sheet, position: Position) -> Iterator[tuple[Sheet, Cell]]:
        stack = [self._enter(sheet, position)]
        while stack:
            visited = stack[-1]
            further = next(visited.ahead, None)
            if further is not None:
                stack.append(self._enter(*further))
                continue
            stack.pop()
            if self._closes(visited):
                yield visited.sheet, visited.sheet.cells[visited.position]
            self._unfinished[visited.sheet].take(visited.position)

    def _enter(self, sheet: Sheet, position: Position) -> _Visited:
        self._waiting[sheet].take(position)
        visited = _Visited(sheet, position)
        shape = sheet.cells[position].shape
        if shape is not None and shape.refers:
            visited.ahead = self._ahead(visited, self._precedents.of(shape, sheet))
        return visited

    def _ahead(self, visited: _Visited, targets: tuple[Target, ...]) -> Iterator[tuple[Sheet, Position]]:
        """The formulas that one depends on and that were not visited yet."""
        row, column = visited.position
        for sheet, corners, within in reversed(targets):
            if within in ONLY_PLACES:
                continue
            if len(corners) == 1:
                down, row_moves, right, column_moves = corners[0]
                cell = down + row * row_moves, right + column * column_moves
                if cell in self._waiting[sheet].positions:
                    yield sheet, cell
                elif cell in self._unfinished[sheet].positions:
                    visited.closes = True
            elif (target := (sheet, area_between(corners, row, column))) not in self._done:
                visited.ranges.append(target)
                yield from ((sheet, inner) for inner in self._waiting[sheet].within(target[1]))

    def _closes(self, visited: _Visited) -> bool:
        for sheet, area in reversed(visited.ranges):
            if (sheet, area) not in self._done:
                if next(self._unfinished[sheet].within(area), None) is not None:
                    visited.closes = True
                else:
                    self._done.add((sheet, area))
        return visited.closes
