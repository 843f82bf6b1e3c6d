"""What refers to what: the cells that formulas, names, charts and validations use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from reportgen.review.lint.book import Book, Name, Sheet
from reportgen.review.lint.formula_shapes import Frame, Scope, Shape, shape_of
from reportgen.review.lint.formulas import HERE, Address, Area, Distance, fixed_address, unquoted
from reportgen.review.lint.sheet_cells import Cell, Position

Span = tuple[int, int]
_NAMES = 3
"""How far names that stand for names are followed."""


Target = tuple[Sheet, Address, str]
"""Cells that equal formulas refer to, on which sheet, and the innermost function around the reference."""


class _Leads(NamedTuple):
    """Where equal frames on a sheet lead: for each address its number, a sheet and the function around it; and what
    names stand for."""

    addresses: list[tuple[int, Sheet, str]]
    names: list[Target]


class Precedents:
    """What formulas refer to, names and tables resolved once for all equal frames of a sheet."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._leads: dict[tuple[Frame, Sheet], _Leads] = {}
        self._resolutions: dict[tuple[str, str], tuple[Name | None, str]] = {}
        self._ranges_of_sheets: dict[str, tuple[Sheet, ...]] = {}
        self._names = {(name.sheet.casefold(), name.name.casefold()): name for name in book.names}
        for sheet, shape, positions in book.shapes:
            addresses, names = self._leads_of(shape.frame, sheet)
            book.budget.spend("places", len(positions) * (len(addresses) + len(names)))

    def of(self, shape: Shape, sheet: Sheet) -> list[Target]:
        leads, names = self._leads_of(shape.frame, sheet)
        addresses = shape.addresses
        return [(target, addresses[at], within) for at, target, within in leads] + names

    def _leads_of(self, frame: Frame, sheet: Sheet) -> _Leads:
        leads = self._leads.get((frame, sheet))
        if leads is None:
            leads = self._leads[frame, sheet] = _Leads(
                [*self._addresses(frame, sheet)], [*self._named(frame, sheet, _NAMES)]
            )
        return leads

    def _addresses(self, frame: Frame, sheet: Sheet) -> Iterator[tuple[int, Sheet, str]]:
        for at, scope in enumerate(frame.scopes):
            sheets = self.sheets_of(scope, sheet)
            self._book.budget.spend("places", len(sheets))
            yield from [(at, target, scope.within) for target in sheets]

    def _named(self, frame: Frame, sheet: Sheet, deep: int) -> Iterator[Target]:
        for text in frame.names if deep else ():
            self._book.budget.spend("places")
            name, plain = self._resolved(text, sheet)
            if name is not None:
                # What a name refers to is seen from A1.
                for at, target, within in self._addresses(name.shape.frame, sheet):
                    area = name.shape.addresses[at].copied(name.shape.distance((1, 1)))
                    yield target, fixed_address(area), within
                yield from self._named(name.shape.frame, sheet, deep - 1)
            elif plain in self._book.tables:
                title, area = self._book.tables[plain]
                yield self._book.by_title[title.casefold()], fixed_address(area), ""

    def sheets_of(self, scope: Scope, sheet: Sheet) -> tuple[Sheet, ...]:
        """Where an address in a formula on a sheet leads; nowhere for one in another book."""
        if scope.external:
            return ()
        return (sheet,) if scope.sheet is None else self._sheets(scope.sheet)

    def knows(self, text: str, sheet: Sheet) -> bool:
        """Whether a name in a formula stands for something. Parameters of LET and LAMBDA are known."""
        name, plain = self._resolved(text, sheet)
        # Where brackets are left, the table has no such column or rows.
        known = name is not None or (plain in self._book.tables and "[" not in text)
        return known or not plain or plain.startswith(("_xlpm.", "_xlnm.")) or "[" in text.rpartition("!")[0]

    def _resolved(self, text: str, sheet: Sheet) -> tuple[Name | None, str]:
        """What a name in a formula stands for, the sheet's own first, and the name without what belongs to a table."""
        resolution = self._resolutions.get((text, sheet.title))
        if resolution is None:
            scope, _, plain = text.rpartition("!")
            plain = plain.partition("[")[0].casefold()
            local = unquoted(scope).casefold() or sheet.title.casefold()
            name = self._names.get((local, plain)) or self._names.get(("", plain))
            resolution = self._resolutions[text, sheet.title] = name, plain
        return resolution

    def _sheets(self, title: str) -> tuple[Sheet, ...]:
        """The sheets from `first` to `last` of `first:last`, or the one of that title."""
        sheets = self._ranges_of_sheets.get(title)
        if sheets is None:
            first, _, last = title.casefold().partition(":")
            titles = [sheet.title.casefold() for sheet in self._book.sheets]
            known = first in titles and (last or first) in titles
            ends = (titles.index(first), titles.index(last or first)) if known else (0, -1)
            sheets = self._ranges_of_sheets[title] = self._book.sheets[ends[0] : ends[1] + 1]
        return sheets


class Covered:
    """The cells of ranges, however many and wide these are. Of each column with cells it keeps which rows are covered;
    ranges of the same columns are joined first, so that a sum in each of many rows counts as one."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._single: dict[str, set[Position]] = {sheet.title: set() for sheet in book.sheets}
        self._wide: dict[tuple[str, int, int], set[Span]] = {}

    def add(self, target: Target, distances: Sequence[Distance]) -> None:
        """What a formula and its copies refer to."""
        sheet, address, _ = target
        if len(distances) > 1 and address.is_fixed:
            distances = distances[:1]
        if len(address.corners) == 1:
            row, row_moves, column, column_moves = address.corners[0]
            self._single[sheet.title].update(
                [(row + rows * row_moves, column + columns * column_moves) for rows, columns in distances]
            )
        else:
            for distance in distances:
                self.add_area(sheet.title, address.copied(distance))

    def add_area(self, title: str, area: Area) -> None:
        if area.single:
            self._single[title].add((area.top, area.left))
        else:
            self._wide.setdefault((title, area.left, area.right), set()).add((area.top, area.bottom))

    @cached_property
    def _spans(self) -> dict[tuple[str, int], list[Span]]:
        spans: dict[tuple[str, int], list[Span]] = {}
        columns = {sheet.title: sorted(sheet.columns) for sheet in self._book.sheets}
        for (title, left, right), rows in self._wide.items():
            joined = _joined(rows)
            held = columns[title]
            for column in held[bisect_left(held, left) : bisect_right(held, right)]:
                self._book.budget.spend("ranges", len(joined))
                spans.setdefault((title, column), []).extend(joined)
        return {place: _joined(rows) for place, rows in spans.items()}

    def holds(self, sheet: Sheet, cell: Cell) -> bool:
        if (cell.row, cell.column) in self._single[sheet.title]:
            return True
        spans = self._spans.get((sheet.title, cell.column), [])
        at = bisect_right(spans, (cell.row, float("inf"))) - 1
        return at >= 0 and spans[at][0] <= cell.row <= spans[at][1]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Sorted, without overlaps."""
    joined: list[Span] = []
    for top, bottom in sorted(spans):
        if joined and top <= joined[-1][1] + 1:
            joined[-1] = joined[-1][0], max(bottom, joined[-1][1])
        else:
            joined.append((top, bottom))
    return joined


@lru_cache(maxsize=2)
def precedents_of(book: Book) -> Precedents:
    """One for all rules."""
    return Precedents(book)


@lru_cache(maxsize=2)
def used_cells(book: Book) -> Covered:
    """The cells that formulas refer to, those of validations and conditional formats included."""
    precedents, used = precedents_of(book), Covered(book)
    for sheet, shape, positions in book.shapes:
        distances = [*map(shape.distance, positions)]
        for target in precedents.of(shape, sheet):
            used.add(target, distances)
    for sheet in book.worksheets:
        for text, position in _formulas_of_settings(sheet):
            for target in precedents.of(shape_of("=" + text.removeprefix("="), *position), sheet):
                used.add(target, [HERE])
    return used


@lru_cache(maxsize=2)
def charted_cells(book: Book) -> Covered:
    """The cells that charts show."""
    charted = Covered(book)
    for sheet in book.sheets:
        for text in sheet.drawn.charted:
            for target in precedents_of(book).of(shape_of("=" + text), sheet):
                charted.add(target, [HERE])
    return charted


def _formulas_of_settings(sheet: Sheet) -> Iterator[tuple[str, Position]]:
    """Formulas of validations and conditional formats, with the cell they are seen from."""
    settings = sheet.settings
    for validation in settings.validations:
        first = validation.areas[0] if validation.areas else Area(1, 1, 1, 1)
        yield from ((text, (first.top, first.left)) for text in validation.formulas)
    yield from ((text, (area.top, area.left)) for text, area in settings.conditions)
