"""Formulas that depend on themselves, found in time that grows with their number, however many cells they refer to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formula_shapes import Shape
from reportgen.review.lint.formulas import LAST_ROW, Area
from reportgen.review.lint.precedents import Precedents, Target
from reportgen.review.lint.sheet_cells import Cell, Position

ONLY_PLACES = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "FORMULATEXT", "ISFORMULA", "SHEET", "CELL"})
"""Functions that ask where a cell is, not what it comes to."""

NONE = LAST_ROW + 1
"""Beyond all rows and columns."""


class _Line:
    """Numbers in order, of which fewer and fewer remain."""

    def __init__(self, numbers: list[int], remains: Callable[[int], bool]) -> None:
        self._numbers, self._remains = numbers, remains
        self._next: dict[int, int] = {}
        """For the place of a number, one further on before which none remains."""

    def first(self, number: int) -> int:
        """The first that remains from a number on, `NONE` after the last. What is passed over is remembered."""
        numbers, remains = self._numbers, self._remains
        at, passed = bisect_left(numbers, number), []
        while at < len(numbers) and not remains(numbers[at]):
            passed.append(at)
            at = self._next.get(at, at + 1)
        self._next.update((before, at) for before in passed)
        return numbers[at] if at < len(numbers) else NONE


class _Remaining:
    """Which formulas of a sheet that refer to something remain, while they are taken out of `positions` one by one.
    Above the row `top` none does."""

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self.positions, self.top = set(sheet.shape_at), 1
        self._sheet, self._budget = sheet, budget
        self._in_row: dict[int, _Line] = {}
        self._in_column: dict[int, _Line] = {}
        self._rows = _Line(list(sheet.formula_columns), lambda row: self._row(row).first(1) < NONE)
        self._columns = _Line(list(sheet.formula_rows), lambda column: self._column(column).first(1) < NONE)

    def any_within(self, area: Area) -> bool:
        return next(self.within(area), None) is not None

    def within(self, area: Area) -> Iterator[Position]:
        """Those in a range, also while some of them are taken out; row by row if it has more columns than rows. Most
        ranges have no row or no column in which any remain."""
        top, left, bottom, right = area
        row, column = self._rows.first(top), self._columns.first(left)
        if row > bottom or column > right:
            return
        if bottom - top < right - left:
            while row <= bottom:
                self._budget.spend("steps")
                line, at = self._row(row), left
                while (at := line.first(at)) <= right:
                    yield row, at
                    at += 1
                row = self._rows.first(row + 1)
        else:
            while column <= right:
                self._budget.spend("steps")
                line, at = self._column(column), top
                while (at := line.first(at)) <= bottom:
                    yield at, column
                    at += 1
                column = self._columns.first(column + 1)

    def _row(self, row: int) -> _Line:
        line = self._in_row.get(row)
        if line is None:
            columns, positions = self._sheet.formula_columns[row], self.positions
            line = self._in_row[row] = _Line(columns, lambda column: (row, column) in positions)
        return line

    def _column(self, column: int) -> _Line:
        line = self._in_column.get(column)
        if line is None:
            rows, positions = self._sheet.formula_rows[column], self.positions
            line = self._in_column[column] = _Line(rows, lambda row: (row, column) in positions)
        return line


class _Visit:
    """A formula whose references are being followed. `ranges` are those followed so far."""

    __slots__ = ("ahead", "closes", "position", "ranges", "sheet")

    def __init__(self, sheet: Sheet, position: Position) -> None:
        self.sheet, self.position, self.closes = sheet, position, False
        self.ranges: list[tuple[Sheet, Area]] = []
        self.ahead: Iterator[tuple[Sheet, Position]] = iter(())


class Circles:
    """Goes from each formula to those that it refers to. A formula is finished when all of these are: what it still
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
            self._finish_in_order(sheet)
        for sheet in self._sheets:
            waiting = self._waiting[sheet].positions
            for column in dict.fromkeys(cell.column for cell, _ in sheet.formulas):
                for row in reversed(sheet.formula_rows[column]):
                    if (row, column) in waiting:
                        yield from self._follow(sheet, (row, column))

    def _finish_in_order(self, sheet: Sheet) -> None:
        """Finish what refers to finished formulas alone, from top to bottom: most of a book, sooner than by following
        each formula."""
        waiting, unfinished = self._waiting[sheet], self._unfinished[sheet]
        all_finished = True
        kept: dict[Shape, list[Target]] = {}
        for position, shape in sheet.shape_at.items():
            targets = kept.get(shape)
            if targets is None:
                targets = self._targets(shape, sheet)
                if len(sheet.positions_by_shape[shape]) > 1:
                    kept[shape] = targets
            distance = rows, columns = shape.distance(position)
            if all_finished:
                waiting.top = position[0]
            for target, address, _ in targets:
                if len(address.corners) == 1:
                    row, row_moves, column, column_moves = address.corners[0]
                    if (row + rows * row_moves, column + columns * column_moves) in self._waiting[target].positions:
                        break
                elif not self._is_finished(target, address.copied(distance)):
                    break
            else:
                waiting.positions.discard(position)
                unfinished.positions.discard(position)
                continue
            all_finished = False
        if all_finished:
            waiting.top = NONE

    def _is_finished(self, sheet: Sheet, area: Area) -> bool:
        remaining = self._waiting[sheet]
        if area.bottom < remaining.top or (sheet, area) in self._done:
            return True
        if remaining.any_within(area):
            return False
        self._done.add((sheet, area))
        return True

    def _targets(self, shape: Shape, sheet: Sheet) -> list[Target]:
        """Those that matter, last ones first."""
        return [each for each in reversed(self._precedents.of(shape, sheet)) if each[2] not in ONLY_PLACES]

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
        visit.ahead = self._ahead(visit, sheet.shape_at[position])
        return visit

    def _ahead(self, visit: _Visit, shape: Shape) -> Iterator[tuple[Sheet, Position]]:
        """The formulas that one refers to and that were not visited yet, last ones first."""
        distance = shape.distance(visit.position)
        for target, address, _ in self._targets(shape, visit.sheet):
            if len(address.corners) == 1:
                position = address.cell(distance)
                if position in self._waiting[target].positions:
                    yield target, position
                elif position in self._unfinished[target].positions:
                    visit.closes = True
            elif (range_ := (target, address.copied(distance))) not in self._done:
                visit.ranges.append(range_)
                yield from ((target, position) for position in self._waiting[target].within(range_[1]))

    def _closes(self, visit: _Visit) -> bool:
        for sheet, area in reversed(visit.ranges):
            if (sheet, area) not in self._done:
                if self._unfinished[sheet].any_within(area):
                    visit.closes = True
                else:
                    self._done.add((sheet, area))
        return visit.closes
