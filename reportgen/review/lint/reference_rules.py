"""Rules on what formulas refer to: keys in order, cells that hold something, books that are there, ranges that end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.circles import ONLY_PLACES
from reportgen.review.lint.formula_shapes import Frame
from reportgen.review.lint.formulas import LAST_COLUMN, LAST_ROW, Area, column_letters
from reportgen.review.lint.lint_rules import CHECKING, CODE, FAST, PRINCIPLES, Hit, Register
from reportgen.review.lint.precedents import precedents_of
from reportgen.review.lint.sheet_cells import Cell, Position, address

REGISTER = Register()

AGGREGATES = frozenset(
    {"SUM", "SUMPRODUCT", "SUBTOTAL", "AGGREGATE", "AVERAGE", "MEDIAN", "MIN", "MAX", "COUNT", "COUNTA", "PRODUCT"}
)
"""Functions that take in all of a range, and pass over cells that are empty."""

_ASKS = frozenset({"ISBLANK", "COUNTA", "COUNTBLANK", "LEN", "ISNUMBER", "ISTEXT"})
_NEEDS_NO_VALUE = ONLY_PLACES | AGGREGATES | {"OFFSET", "INDEX", "AREAS", "CONCATENATE", "HYPERLINK", "AND", "OR"}
_OTHER_BOOK = re.compile(r"\[([^\[\]]*)\]")


class _Line(NamedTuple):
    """The values of a column or a row: where they stand, which of them are texts, and which numbers are less than the
    one before, or greater."""

    places: list[int]
    texts: list[int]
    falls: list[int]
    rises: list[int]


class _Scales:
    """Whether keys are numbers in order, each column and row looked at once."""

    def __init__(self) -> None:
        self._lines: dict[tuple[Sheet, bool, int], _Line] = {}

    def in_order(self, sheet: Sheet, area: Area, across: bool, descending: bool) -> bool:
        """A text may stand first, as the head of a column; what the file does not say is no fault."""
        line = self._line(sheet, across, area.top if across else area.left)
        first, last = (area.left, area.right) if across else (area.top, area.bottom)
        start, end = bisect_left(line.places, first), bisect_right(line.places, last)
        start += start in line.texts[bisect_left(line.texts, start) :][:1]
        faults = line.rises if descending else line.falls
        return not (_any(line.texts, start, end) or _any(faults, start + 1, end))

    def _line(self, sheet: Sheet, across: bool, at: int) -> _Line:
        line = self._lines.get((sheet, across, at))
        if line is None:
            line = self._lines[sheet, across, at] = _Line([], [], [], [])
            previous: float | None = None
            for cell in (sheet.rows if across else sheet.columns).get(at, ()):
                number = _number(cell)
                here = len(line.places)
                if number is None and not cell.text:
                    continue
                line.places.append(cell.column if across else cell.row)
                if number is None:
                    line.texts.append(here)
                elif previous is not None and number != previous:
                    (line.rises if number > previous else line.falls).append(here)
                previous = number
        return line


def _any(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _number(cell: Cell) -> float | None:
    if isinstance(cell.content, float):
        return cell.content
    try:
        return float(cell.result) if cell.result_kind == "n" else None
    except ValueError:
        return None


@REGISTER.warning(
    *("WB225", "Approximate lookup", "A lookup is exact, or says that it goes by steps and has keys in order."),
    "write FALSE or 0 as the last argument; for steps, write TRUE or 1 and sort the keys as numbers",
    *(f"{FAST} 4.01 Excel Functions", f"{PRINCIPLES} 18", "Excel, VLOOKUP function (range_lookup)"),
)
def approximate_lookups(book: Book) -> Iterator[Hit]:
    scales, precedents = _Scales(), precedents_of(book)
    for sheet, shape, positions in book.shapes:
        for lookup in shape.frame.lookups:
            if not lookup.said:
                message = "takes the nearest value, as the last argument is left out"
                yield from (Hit(message, sheet.title, position, lookup.function) for position in positions)
            elif lookup.keys is not None:
                message = "takes the nearest value of keys that are not numbers in order"
                address_of_keys = shape.addresses[lookup.keys]
                for keys in precedents.sheets_of(shape.frame.scopes[lookup.keys], sheet):
                    for position in positions:
                        area = address_of_keys.copied(shape.distance(position))
                        row_of_keys = lookup.function == "MATCH" and area.top == area.bottom
                        across = lookup.function == "HLOOKUP" or row_of_keys
                        if not scales.in_order(keys, area, across, lookup.descending):
                            yield Hit(message, sheet.title, position, lookup.function)


@REGISTER.warning(
    *("WB226", "Reference to an empty cell", "A formula refers to cells that hold something."),
    "fill the cell, refer to the one that was meant, or unlock it where it waits for an input",
    *(CHECKING, f"{CODE}, Build traceable references"),
)
def empty_cells(book: Book) -> Iterator[Hit]:
    precedents = precedents_of(book)
    for sheet, shape, positions in book.shapes:
        empty: dict[Position, list[str]] = {}
        targets = precedents.of(shape, sheet) if not _asks(shape.frame) else ()
        distances = [*map(shape.distance, positions)] if targets else []
        for target, meant, within in targets:
            if len(meant.corners) > 1 or within in _NEEDS_NO_VALUE or target.is_chart:
                continue
            places = [*map(meant.cell, distances)]
            # A run along a list with gaps refers to some that are filled.
            if not target.cells.keys().isdisjoint(places) and any(_is_filled(target, place) for place in places):
                continue
            for position, place in zip(positions, places, strict=True):
                if not _may_be_empty(book, target, place):
                    empty.setdefault(position, []).append(address(*place))
        for position, addresses in empty.items():
            yield Hit("refers to an empty cell", sheet.title, position, ", ".join(addresses))


def _asks(frame: Frame) -> bool:
    """Whether a formula looks if something is there."""
    return '""' in frame.text or any(name in _ASKS for name in frame.functions)


def _is_filled(sheet: Sheet, place: Position) -> bool:
    cell = sheet.cells.get(place)
    return cell is not None and cell.content is not None


def _may_be_empty(book: Book, sheet: Sheet, place: Position) -> bool:
    """Whether a cell waits for an input, or is left out in one of several records."""
    row, column = place
    validated = sheet.validated
    book.budget.spend("steps", len(validated))
    if place in sheet.settings.open_cells or any(
        area.top <= row <= area.bottom and area.left <= column <= area.right for area in validated
    ):
        return True
    return row in sheet.rows_of_records and column in sheet.columns and sheet.columns[column][0].row < row


@REGISTER.error(
    *("WB227", "Link that leads nowhere", "The file says which other workbook a formula reads."),
    "make the link again, or bring the figures in as inputs, with their source and date",
    *(f"{FAST} 1.03-02", f"{CODE}, Build traceable references"),
)
def lost_links(book: Book) -> Iterator[Hit]:
    message = "reads another workbook, and the file does not say which"
    lost: dict[Frame, str] = {}
    for sheet, shape, positions in book.shapes:
        frame = shape.frame
        if frame not in lost:
            lost[frame] = _lost_links(book, frame)
        if lost[frame]:
            yield from (Hit(message, sheet.title, position, lost[frame]) for position in positions)
    for name in book.names:
        if links := _lost_links(book, name.shape.frame):
            yield Hit(f"a name {message}", name.sheet, None, f"{name.name} {links}")


def _lost_links(book: Book, frame: Frame) -> str:
    """Such as `[1]`: a number among the links of the file. What is `[0]`, is the book itself."""
    places = [scope.sheet or "" for scope in frame.scopes if scope.external]
    places += [name.rpartition("!")[0] for name in frame.names]
    links = [match[1] for place in places if (match := _OTHER_BOOK.search(place))]
    known = {"0", *map(str, book.links)}
    return ", ".join(dict.fromkeys(f"[{link}]" for link in links if link not in known))


@REGISTER.warning(
    *("WB228", "Sum of a whole column or row", "A sum ends where its numbers end."),
    "name the first and the last cell, or make the list a table and refer to its column",
    *(f"{CODE}, Build traceable references", f"{PRINCIPLES} 18"),
)
def whole_columns(book: Book) -> Iterator[Hit]:
    for sheet, shape, positions in book.shapes:
        whole = []
        for scope, meant in zip(shape.frame.scopes, shape.addresses, strict=True):
            if scope.within in AGGREGATES and len(meant.corners) > 1:
                top, left, bottom, right = meant.copied(shape.distance(positions[0]))
                if bottom == LAST_ROW and top < LAST_ROW:
                    whole.append(f"{column_letters(left)}:{column_letters(right)}")
                elif right == LAST_COLUMN and left < LAST_COLUMN:
                    whole.append(f"{top}:{bottom}")
        if whole:
            message = "takes in whatever stands in a whole column or row, now and later"
            yield from (Hit(message, sheet.title, position, ", ".join(whole)) for position in positions)
