"""Formulas that depend on themselves, found in time that grows with their number, however many cells they refer to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reportgen.review.lint.book import Book, Cell, Position, Sheet
from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formulas import Area
from reportgen.review.lint.precedents import Place, Precedents

ONLY_PLACES = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "FORMULATEXT", "ISFORMULA", "SHEET", "CELL"})
"""Functions that ask where a cell is, not what it comes to."""


class _Left:
    """Which formulas of a sheet are left, while they are taken away one by one."""

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self._budget = budget
        self._columns = {
            column: [cell.row for cell in cells if cell.kind is not None] for column, cells in sheet.columns.items()
        }
        self._columns = {column: rows for column, rows in sorted(self._columns.items()) if rows}
        self._held = list(self._columns)
        self._in_row: dict[int, list[int]] = {}
        for cell in sheet.formulas:
            self._in_row.setdefault(cell.row, []).append(cell.column)
        self._next = {column: list(range(len(rows) + 1)) for column, rows in self._columns.items()}
        """By column, for each of its formulas the first one from there on that is left."""
        self.positions = {(cell.row, cell.column) for cell in sheet.formulas}

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


class _Node:
    """A formula under way: what it depends on, and of that what is still to be looked at."""

    __slots__ = ("places", "position", "ranges", "sheet", "to_do")

    def __init__(self, sheet: Sheet, position: Position, places: list[Place]) -> None:
        self.sheet, self.position, self.places = sheet, position, places
        self.to_do = places.copy()
        self.ranges: Iterator[Position] | None = None


class Circles:
    """Goes from each formula to those that it depends on. A formula is finished when all of these are: what it still
    meets then that is not finished has led to it."""

    def __init__(self, book: Book, precedents: Precedents) -> None:
        self._precedents = precedents
        self._sheets = tuple(book.worksheets)
        self._waiting = {sheet.title: _Left(sheet, book.budget) for sheet in book.sheets}
        self._unfinished = {sheet.title: _Left(sheet, book.budget) for sheet in book.sheets}
        self._done: set[tuple[str, Area]] = set()
        """Ranges in which everything is finished."""

    def closing(self) -> Iterator[tuple[Sheet, Cell]]:
        """The formula that closes each circle, one for each circle come upon."""
        for sheet in self._sheets:
            waiting = self._waiting[sheet.title]
            for column in dict.fromkeys(cell.column for cell in sheet.formulas):
                for cell in reversed(sheet.columns[column]):
                    if (cell.row, column) in waiting.positions:
                        yield from self._visit(sheet, (cell.row, column))

    def _visit(self, sheet: Sheet, position: Position) -> Iterator[tuple[Sheet, Cell]]:
        stack = [self._enter(sheet, position)]
        while stack:
            node = stack[-1]
            further = self._further(node)
            if further is not None:
                stack.append(self._enter(*further))
                continue
            stack.pop()
            if self._closes(node):
                yield node.sheet, node.sheet.cells[node.position]
            self._unfinished[node.sheet.title].take(node.position)

    def _enter(self, sheet: Sheet, position: Position) -> _Node:
        self._waiting[sheet.title].take(position)
        places = self._precedents.of(sheet, sheet.cells[position])
        return _Node(sheet, position, [place for place in places if place.within not in ONLY_PLACES])

    def _further(self, node: _Node) -> tuple[Sheet, Position] | None:
        """The next formula that one depends on and that was not visited yet."""
        to_do = node.to_do
        while to_do:
            place = to_do[-1]
            waiting, area = self._waiting[place.sheet.title], place.area
            if area.single:
                to_do.pop()
                position = area.top, area.left
                if position in waiting.positions:
                    return place.sheet, position
                continue
            if node.ranges is None:
                node.ranges = iter(()) if (place.sheet.title, area) in self._done else waiting.within(area)
            found = next(node.ranges, None)
            if found is not None:
                return place.sheet, found
            to_do.pop()
            node.ranges = None
        return None

    def _closes(self, node: _Node) -> bool:
        closes = False
        for place in node.places:
            unfinished, area = self._unfinished[place.sheet.title], place.area
            if area.single:
                closes = closes or (area.top, area.left) in unfinished.positions
            elif (place.sheet.title, area) not in self._done:
                if next(unfinished.within(area), None) is not None:
                    closes = True
                else:
                    self._done.add((place.sheet.title, area))
        return closes
