"""What refers to what: the cells that formulas, names, charts and validations use."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportgen.review.lint.book import Book, Cell, Name, Position, Sheet
from reportgen.review.lint.coverage import Covered
from reportgen.review.lint.formula_shapes import Kind, kind_of
from reportgen.review.lint.formulas import Area, unquoted


class Place(NamedTuple):
    """Cells of one sheet that something refers to."""

    sheet: Sheet
    area: Area
    within: str = ""


class Precedents:
    """What formulas refer to, names and tables resolved."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found: dict[tuple[str, Position], tuple[Place, ...]] = {}
        self._resolutions: dict[tuple[str, str], tuple[Name | None, str]] = {}
        self._targets: dict[str, tuple[Sheet, ...]] = {}
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
        spend = self._book.budget.spend
        for reference in kind.references:
            if not reference.external:
                area = reference.area(*position)
                targets = (sheet,) if reference.sheet is None else self._sheets(reference.sheet)
                spend("places", len(targets))
                for target in targets:
                    yield Place(target, area, reference.within)
        for text in kind.names if names else ():
            spend("places")
            name, plain = self._resolved(text, sheet)
            if name is not None:
                yield from self.of_kind(name.kind, sheet, (1, 1), names - 1)
            elif plain in self._book.tables:
                title, area = self._book.tables[plain]
                yield Place(self._book.by_title[title.casefold()], area)

    def knows(self, text: str, sheet: Sheet) -> bool:
        """Whether a name in a formula stands for something. Parameters of LET and LAMBDA are known."""
        name, plain = self._resolved(text, sheet)
        known = name is not None or plain in self._book.tables
        return known or not plain or plain.startswith(("_xlpm.", "_xlnm.")) or "[" in text.rpartition("!")[0]

    def _resolved(self, text: str, sheet: Sheet) -> tuple[Name | None, str]:
        """What a name in a formula stands for, the sheet's own first, and the name without what belongs to a table."""
        found = self._resolutions.get((text, sheet.title))
        if found is None:
            scope, _, plain = text.rpartition("!")
            plain = plain.partition("[")[0].casefold()
            local = unquoted(scope).casefold() or sheet.title.casefold()
            name = self._names.get((local, plain)) or self._names.get(("", plain))
            found = self._resolutions[text, sheet.title] = name, plain
        return found

    def _sheets(self, title: str) -> tuple[Sheet, ...]:
        """The sheets from `first` to `last` of `first:last`, or the one of that title."""
        found = self._targets.get(title)
        if found is None:
            first, _, last = title.casefold().partition(":")
            titles = [sheet.title.casefold() for sheet in self._book.sheets]
            known = first in titles and (last or first) in titles
            ends = (titles.index(first), titles.index(last or first)) if known else (0, -1)
            found = self._targets[title] = self._book.sheets[ends[0] : ends[1] + 1]
        return found


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
        places = set[tuple[str, Area]]()
        for sheet in book.worksheets:
            for cell in sheet.formulas:
                places.update((place.sheet.title, place.area) for place in precedents.of(sheet, cell))
            for text, position in _settings(sheet):
                kind = kind_of("=" + text.removeprefix("="), *position, "")
                places.update((place.sheet.title, place.area) for place in precedents.of_kind(kind, sheet, position))
        self._used = Covered(places, book)
        self._charted = Covered(
            {
                (each.sheet.title, each.area)
                for text in book.charted
                for each in precedents.of_kind(kind_of("=" + text, 1, 1, ""), book.sheets[0], (1, 1))
            },
            book,
        )

    def charted(self, sheet: Sheet, cell: Cell) -> bool:
        """Whether a chart shows the cell."""
        return self._charted.holds(sheet, cell)

    def used(self, sheet: Sheet, cell: Cell) -> bool:
        return self._used.holds(sheet, cell)


def _settings(sheet: Sheet) -> Iterator[tuple[str, Position]]:
    """Formulas outside cells, with the cell they are seen from: of validations and conditional formats."""
    settings = sheet.settings
    for validation in settings.validations:
        first = validation.areas[0] if validation.areas else Area(1, 1, 1, 1)
        yield from ((text, (first.top, first.left)) for text in validation.formulas)
    yield from ((text, (area.top, area.left)) for text, area in settings.conditions)
