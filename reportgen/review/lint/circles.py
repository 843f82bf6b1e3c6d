"""Formulas that depend on themselves, found in time that grows with their number, however many cells they refer to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formula_shapes import Shape
from reportgen.review.lint.formulas import Area, Corners, area_between
from reportgen.review.lint.precedents import Precedents
from reportgen.review.lint.sheet_cells import Cell, Position

ONLY_PLACES = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "FORMULATEXT", "ISFORMULA", "SHEET", "CELL"})
"""Functions that ask where a cell is, not what it comes to."""


class _Remaining:
    """Which formulas of a sheet remain, while they are taken out of `positions` one by one."""

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self.positions = {(cell.row, cell.column) for cell, _ in sheet.formulas}
        self._sheet, self._budget = sheet, budget
        self._next: dict[Position, int] = {}
        """For a column and the place of a formula in it, one further down before which none remains."""

    def within(self, area: Area) -> Iterator[Position]:
        """Those in a range, also while some of them are taken out; from left to right and from top to bottom."""
        if area.top == area.bottom:
            columns = self._sheet.formula_columns.get(area.top, [])
            for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
                self._budget.spend("steps")
                if (area.top, column) in self.positions:
                    yield area.top, column
        else:
            columns = self._sheet.columns_with_formulas
            for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
                self._budget.spend("steps")
                rows = self._sheet.formula_rows[column]
                at = self._first(column, bisect_left(rows, area.top))
                while at < len(rows) and rows[at] <= area.bottom:
                    yield rows[at], column
                    at = self._first(column, at + 1)

    def _first(self, column: int, at: int) -> int:
        """The first formula of a column from a place on that remains; what is passed over on the way is remembered."""
        rows, passed = self._sheet.formula_rows[column], []
        while at < len(rows) and (rows[at], column) not in self.positions:
            passed.append(at)
            at = self._next.get((column, at), at + 1)
        self._next.update(((column, before), at) for before in passed)
        return at


class _Dependence(NamedTuple):
    """What equal formulas depend on, cells or a range of a sheet, with the formulas of it that remain. `area` is the
    range if it is the same for all of them."""

    sheet: Sheet
    corners: Corners
    waiting: _Remaining
    unfinished: _Remaining
    area: Area | None


class _Visit:
    """A formula whose dependences are being followed. `ranges` are those followed so far."""

    __slots__ = ("ahead", "closes", "position", "ranges", "sheet")

    def __init__(self, sheet: Sheet, position: Position) -> None:
        self.sheet, self.position, self.closes = sheet, position, False
        self.ranges: list[tuple[_Dependence, Area]] = []
        self.ahead: Iterator[tuple[Sheet, Position]] = iter(())


class Circles:
    """Goes from each formula to those that it depends on. A formula is finished when all of these are: what it still
    meets then that is not finished has led to it."""

    def __init__(self, book: Book, precedents: Precedents) -> None:
        self._precedents = precedents
        self._sheets = tuple(book.worksheets)
        self._waiting = {sheet: _Remaining(sheet, book.budget) for sheet in book.sheets}
        self._unfinished = {sheet: _Remaining(sheet, book.budget) for sheet in book.sheets}
        self._dependences: dict[tuple[Shape, Sheet], list[_Dependence]] = {}
        self._done: set[tuple[Sheet, Area]] = set()
        """Ranges in which everything is finished."""

    def closing(self) -> Iterator[tuple[Sheet, Cell]]:
        """The formula that closes each circle, one for each circle come upon."""
        for sheet in self._sheets:
            self._finish_in_order(sheet)
        for sheet in self._sheets:
            waiting = self._waiting[sheet].positions
            for column in dict.fromkeys(cell.column for cell, _ in sheet.formulas):
                for row in reversed(sheet.formula_rows[column]):
                    if (row, column) in waiting:
                        yield from self._follow(sheet, (row, column))

    def _finish_in_order(self, sheet: Sheet) -> None:
        """Finish what depends on finished formulas alone, from top to bottom: most of a book, sooner than by following
        each formula."""
        for position, shape in sheet.shape_at.items():
            row, column = position
            for target, corners, waiting, _, area in self._dependences_of(shape, sheet):
                if len(corners) == 1:
                    down, row_moves, right, column_moves = corners[0]
                    if (down + row * row_moves, right + column * column_moves) in waiting.positions:
                        break
                elif (target, area := area or area_between(corners, row, column)) not in self._done:
                    if next(waiting.within(area), None) is not None:
                        break
                    self._done.add((target, area))
            else:
                self._waiting[sheet].positions.discard(position)
                self._unfinished[sheet].positions.discard(position)

    def _follow(self, sheet: Sheet, position: Position) -> Iterator[tuple[Sheet, Cell]]:
        stack = [self._enter(sheet, position)]
        while stack:
            visit = stack[-1]
            further = next(visit.ahead, None)
            if further is not None:
                stack.append(self._enter(*further))
                continue
            stack.pop()
            if self._closes(visit):
                yield visit.sheet, visit.sheet.cells[visit.position]
            self._unfinished[visit.sheet].positions.discard(visit.position)

    def _enter(self, sheet: Sheet, position: Position) -> _Visit:
        self._waiting[sheet].positions.discard(position)
        visit = _Visit(sheet, position)
        shape = sheet.shape_at.get(position)
        if shape is not None and (dependences := self._dependences_of(shape, sheet)):
            visit.ahead = self._ahead(visit, dependences)
        return visit

    def _dependences_of(self, shape: Shape, sheet: Sheet) -> list[_Dependence]:
        dependences = self._dependences.get((shape, sheet))
        if dependences is None:
            dependences = self._dependences[shape, sheet] = list(self._relevant(shape, sheet))
        return dependences

    def _relevant(self, shape: Shape, sheet: Sheet) -> Iterator[_Dependence]:
        """Without what leads to no formula, wherever the formula stands; last ones first."""
        for target, corners, within in reversed(self._precedents.of(shape, sheet)):
            moves = any(corner.row_moves or corner.column_moves for corner in corners)
            area = None if moves else area_between(corners, 0, 0)
            matters = area[:2] in target.shape_at if area is not None and area.single else target.shape_at
            if matters and within not in ONLY_PLACES and (target, area) not in self._done:
                yield _Dependence(target, corners, self._waiting[target], self._unfinished[target], area)

    def _ahead(self, visit: _Visit, dependences: list[_Dependence]) -> Iterator[tuple[Sheet, Position]]:
        """The formulas that one depends on and that were not visited yet."""
        row, column = visit.position
        for dependence in dependences:
            sheet, corners, waiting, unfinished, area = dependence
            if len(corners) == 1:
                down, row_moves, right, column_moves = corners[0]
                position = down + row * row_moves, right + column * column_moves
                if position in waiting.positions:
                    yield sheet, position
                elif position in unfinished.positions:
                    visit.closes = True
            else:
                area = area or area_between(corners, row, column)
                if (sheet, area) not in self._done:
                    visit.ranges.append((dependence, area))
                    yield from ((sheet, position) for position in waiting.within(area))

    def _closes(self, visit: _Visit) -> bool:
        for dependence, area in reversed(visit.ranges):
            if (dependence.sheet, area) not in self._done:
                if next(dependence.unfinished.within(area), None) is not None:
                    visit.closes = True
                else:
                    self._done.add((dependence.sheet, area))
        return visit.closes
