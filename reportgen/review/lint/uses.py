"""What refers to what: the cells that formulas, names, charts and validations use, and circles of formulas."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from openpyxl.utils import range_boundaries

from reportgen.review.lint.book import Book, Cell, Position, Sheet
from reportgen.review.lint.formulas import Area, Kind, kind_of, unquoted

ONLY_PLACES = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "FORMULATEXT", "ISFORMULA", "SHEET", "CELL"})
"""Functions that ask where a cell is, not what it comes to."""


@dataclass(frozen=True, slots=True)
class Place:
    """Cells of one sheet that something refers to."""

    sheet: Sheet
    area: Area
    within: tuple[str, ...] = ()


class Precedents:
    """What formulas refer to, names and tables resolved."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found: dict[tuple[str, Position], tuple[Place, ...]] = {}
        self._names = {(each.sheet.casefold(), each.name.casefold()): each for each in book.names}

    def of(self, sheet: Sheet, cell: Cell) -> tuple[Place, ...]:
        if cell.kind is None:
            return ()
        position = cell.row, cell.column
        found = self._found.get((sheet.title, position))
        if found is None:
            found = self._found[sheet.title, position] = tuple(self.of_kind(cell.kind, sheet, position))
        return found

    def of_kind(self, kind: Kind, sheet: Sheet, position: Position, names: int = 3) -> Iterator[Place]:
        """`names` bounds how far names that stand for names are followed."""
        for reference in kind.references:
            if not reference.external:
                area = reference.area(*position)
                for target in self._sheets(reference.sheet, sheet):
                    yield Place(target, area, reference.within)
        for text in kind.names if names else ():
            scope, _, plain = text.rpartition("!")
            plain = plain.partition("[")[0].casefold()
            local = unquoted(scope).casefold() or sheet.title.casefold()
            name = self._names.get((local, plain)) or self._names.get(("", plain))
            if name is not None:
                yield from self.of_kind(name.kind, sheet, (1, 1), names - 1)
            elif plain in self._book.tables:
                title, area = self._book.tables[plain]
                yield Place(self._book.by_title[title.casefold()], area)

    def knows(self, text: str, sheet: Sheet) -> bool:
        """Whether a name in a formula stands for something. Parameters of LET and LAMBDA are known."""
        scope, _, plain = text.rpartition("!")
        plain = plain.partition("[")[0].casefold()
        local = unquoted(scope).casefold() or sheet.title.casefold()
        known = (local, plain) in self._names or ("", plain) in self._names or plain in self._book.tables
        return known or not plain or plain.startswith(("_xlpm.", "_xlnm.")) or "[" in scope

    def _sheets(self, title: str | None, own: Sheet) -> list[Sheet]:
        if title is None:
            return [own]
        first, _, last = title.partition(":")
        book = self._book
        if not last:
            sheet = book.by_title.get(first.casefold())
            return [sheet] if sheet is not None else []
        titles = [sheet.title.casefold() for sheet in book.sheets]
        if first.casefold() not in titles or last.casefold() not in titles:
            return []
        return list(book.sheets[titles.index(first.casefold()) : titles.index(last.casefold()) + 1])


@lru_cache(maxsize=2)
def precedents_of(book: Book) -> Precedents:
    """One for all rules."""
    return Precedents(book)


@lru_cache(maxsize=2)
def uses_of(book: Book) -> Uses:
    """One for all rules."""
    return Uses(book, precedents_of(book))


class Uses:
    """Which cells formulas refer to, those of validations and conditional formats included."""

    def __init__(self, book: Book, precedents: Precedents) -> None:
        self._single: set[tuple[str, int, int]] = set()
        self._spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
        places = set[tuple[str, Area]]()
        for sheet in book.worksheets:
            for cell in sheet.formulas:
                places.update((place.sheet.title, place.area) for place in precedents.of(sheet, cell))
            for text, position in _settings(sheet):
                kind = kind_of("=" + text.removeprefix("="), *position, "")
                places.update((place.sheet.title, place.area) for place in precedents.of_kind(kind, sheet, position))
        widest = {sheet.title: max((column for _, column in sheet.cells), default=0) for sheet in book.sheets}
        for title, area in places:
            if area.single:
                self._single.add((title, area.top, area.left))
                continue
            for column in range(area.left, min(area.right, widest[title]) + 1):
                self._spans.setdefault((title, column), []).append((area.top, area.bottom))
        for column_spans in self._spans.values():
            column_spans.sort()
            merged: list[tuple[int, int]] = []
            for top, bottom in column_spans:
                if merged and top <= merged[-1][1] + 1:
                    merged[-1] = merged[-1][0], max(bottom, merged[-1][1])
                else:
                    merged.append((top, bottom))
            column_spans[:] = merged

        self._charted = {
            (each.sheet.title, each.area)
            for text in book.charted
            for each in precedents.of_kind(kind_of("=" + text, 1, 1, ""), book.sheets[0], (1, 1))
        }

    def charted(self, sheet: Sheet, cell: Cell) -> bool:
        """Whether a chart shows the cell."""
        return any(title == sheet.title and area.holds(cell.row, cell.column) for title, area in self._charted)

    def used(self, sheet: Sheet, cell: Cell) -> bool:
        if (sheet.title, cell.row, cell.column) in self._single:
            return True
        spans = self._spans.get((sheet.title, cell.column), [])
        at = bisect_right(spans, (cell.row, float("inf"))) - 1
        return at >= 0 and spans[at][0] <= cell.row <= spans[at][1]


def _settings(sheet: Sheet) -> Iterator[tuple[str, Position]]:
    """Formulas outside cells, with the cell they are seen from: of validations and conditional formats."""
    for validation in sheet.raw.data_validations.dataValidation:
        position = _first_cell(str(validation.sqref))
        for text in (validation.formula1, validation.formula2):
            if text:
                yield str(text), position
    for formatting in sheet.raw.conditional_formatting:
        for rule in formatting.rules:
            for text in rule.formula or ():
                yield str(text), _first_cell(str(formatting.sqref))


def _first_cell(ranges: str) -> Position:
    left, top, _, _ = range_boundaries(ranges.split()[0]) if ranges.strip() else (1, 1, 1, 1)
    return top or 1, left or 1


Node = tuple[str, int, int]


class Circles:
    """Finds formulas that depend on themselves, in time that grows with the number of formulas, however many cells
    their ranges hold: of each column it keeps which formulas are still to be visited and which are under way."""

    def __init__(self, book: Book, precedents: Precedents) -> None:
        self._precedents = precedents
        self._sheets = {sheet.title: sheet for sheet in book.worksheets}
        self._waiting: dict[tuple[str, int], list[int]] = {}
        self._under_way: dict[tuple[str, int], list[int]] = {}
        self._columns: dict[str, list[int]] = {}
        for sheet in book.worksheets:
            for cell in sheet.formulas:
                insort(self._waiting.setdefault((sheet.title, cell.column), []), cell.row)
        for title, column in self._waiting:
            insort(self._columns.setdefault(title, []), column)

    def closing(self) -> Iterator[tuple[Sheet, Cell]]:
        """The formula that closes each circle, one for each circle come upon."""
        for (title, column), rows in self._waiting.items():
            while rows:
                yield from self._visit((title, rows[-1], column))

    def _visit(self, start: Node) -> Iterator[tuple[Sheet, Cell]]:
        stack = [(start, self._enter(start))]
        entered = True
        while stack:
            node, places = stack[-1]
            if entered and any(self._meets(place, self._under_way) for place in places):
                sheet = self._sheets[node[0]]
                yield sheet, sheet.cells[node[1], node[2]]
            following = None
            while places and (following := self._meets(places[-1], self._waiting)) is None:
                places.pop()
            entered = following is not None
            if following is not None:
                stack.append((following, self._enter(following)))
            else:
                stack.pop()
                rows = self._under_way[node[0], node[2]]
                rows.pop(bisect_left(rows, node[1]))

    def _enter(self, node: Node) -> list[Place]:
        title, row, column = node
        rows = self._waiting[title, column]
        rows.pop(bisect_left(rows, row))
        insort(self._under_way.setdefault((title, column), []), row)
        sheet = self._sheets[title]
        found = self._precedents.of(sheet, sheet.cells[row, column])
        return [place for place in found if not ONLY_PLACES.intersection(place.within[-1:])]

    def _meets(self, place: Place, rows_of: dict[tuple[str, int], list[int]]) -> Node | None:
        title, area = place.sheet.title, place.area
        columns = self._columns.get(title, [])
        for column in columns[bisect_left(columns, area.left) : bisect_right(columns, area.right)]:
            rows = rows_of.get((title, column), [])
            at = bisect_left(rows, area.top)
            if at < len(rows) and rows[at] <= area.bottom:
                return title, rows[at], column
        return None
