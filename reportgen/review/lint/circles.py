"""Formulas that depend on themselves, found in time that grows with their number, however many cells they refer to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from reportgen.review.lint.book import Book, Cell, Position, Sheet
from reportgen.review.lint.formulas import Area
from reportgen.review.lint.limits import Budget
from reportgen.review.lint.uses import Precedents

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
        self._left = {(cell.row, cell.column) for cell in sheet.formulas}

    def __contains__(self, position: Position) -> bool:
        return position in self._left

    def take(self, position: Position) -> None:
        row, column = position
        self._left.discard(position)
        at = bisect_left(self._columns[column], row)
        self._next[column][at] = at + 1

    def within(self, area: Area) -> Iterator[Position]:
        """Those in a range, also while some of them are taken away; from left to right and from top to bottom."""
        if area.single:
            if (area.top, area.left) in self._left:
                yield area.top, area.left
        elif area.top == area.bottom:
            columns = self._in_row.get(area.top, [])
            for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
                self._budget.spend("steps")
                if (area.top, column) in self._left:
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


Node = tuple[Sheet, Position]


class Circles:
    """Goes from each formula to those that it depends on. A formula is finished when all of these are: what it still
    meets then that is not finished has led to it."""

    def __init__(self, book: Book, precedents: Precedents) -> None:
        self._precedents = precedents
        self._sheets = tuple(book.worksheets)
        self._waiting = {sheet.title: _Left(sheet, book.budget) for sheet in self._sheets}
        self._unfinished = {sheet.title: _Left(sheet, book.budget) for sheet in self._sheets}
        self._done: set[tuple[str, Area]] = set()
        """Ranges in which everything is finished."""

    def closing(self) -> Iterator[tuple[Sheet, Cell]]:
        """The formula that closes each circle, one for each circle come upon."""
        for sheet in self._sheets:
            waiting = self._waiting[sheet.title]
            for column in dict.fromkeys(cell.column for cell in sheet.formulas):
                for cell in reversed(sheet.columns[column]):
                    if (cell.row, column) in waiting:
                        yield from self._visit((sheet, (cell.row, column)))

    def _visit(self, start: Node) -> Iterator[tuple[Sheet, Cell]]:
        stack = [(start, self._following(start))]
        while stack:
            node, following = stack[-1]
            further = next(following, None)
            if further is not None:
                stack.append((further, self._following(further)))
                continue
            stack.pop()
            if self._closes(node):
                sheet, position = node
                yield sheet, sheet.cells[position]
            self._unfinished[node[0].title].take(node[1])

    def _following(self, node: Node) -> Iterator[Node]:
        self._waiting[node[0].title].take(node[1])
        return self._waited_for(node)

    def _waited_for(self, node: Node) -> Iterator[Node]:
        for sheet, area in reversed(self._depends_on(node)):
            if (sheet.title, area) not in self._done and sheet.title in self._waiting:
                yield from ((sheet, position) for position in self._waiting[sheet.title].within(area))

    def _closes(self, node: Node) -> bool:
        closes = False
        for sheet, area in self._depends_on(node):
            if (sheet.title, area) in self._done or sheet.title not in self._unfinished:
                continue
            if next(self._unfinished[sheet.title].within(area), None) is not None:
                closes = True
            elif not area.single:
                self._done.add((sheet.title, area))
        return closes

    def _depends_on(self, node: Node) -> list[tuple[Sheet, Area]]:
        sheet, position = node
        places = self._precedents.of(sheet, sheet.cells[position])
        return [(place.sheet, place.area) for place in places if place.within not in ONLY_PLACES]
