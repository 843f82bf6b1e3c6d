"""The text of formulas: the addresses in them, what lies between, and how both look from their cell.

The time that an expression takes here grows with the length of the formula, not with its square, whatever is left
open in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

LAST_ROW, LAST_COLUMN, MAX_FORMULA = 1_048_576, 16_384, 8_192
ADDRESS = "\0"
"""What stands for an address in the frame of a formula; XML cannot hold it."""

_SHEET = r"(?:'(?:[^']|'')+'|(?:\[[^\[\]]++\])?[^\W\d][\w.]*+(?::[^\W\d][\w.]*+)?|\[[^\[\]]++\][\w.]*+)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_AREA = rf"(?:{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}})"
_END = r"(?![\w(.!\[])"
_ERROR = r"\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA)"
_TEXT = r'"(?:[^"]|"")*"'
_NAME = rf"(?:{_SHEET})?[^\W\d\\][\w.\\?]*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?"
_NUMBER = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?"
_OPEN_QUOTE = rf"'(?:[^'{ADDRESS}]|'')*'?"

_REFERENCE = rf"(?:{_SHEET})?{_AREA}{_END}"
_PIECE = re.compile(
    rf"""(?=((?:[^\w$'"\#\[.{ADDRESS}]++|[^\W\d][\w.]*+\(|[^\W\d]{{4}}[\w.]*+(?![!:\[\\?])
        |[0-9]++(?![\w.:])|"[^"]*+"(?!")
        |(?!{_REFERENCE})(?:{_TEXT}|{_OPEN_QUOTE}|{_ERROR}|{_NAME}|{_NUMBER}|[^{ADDRESS}]))*))\1
    ((?:{_SHEET}(?={_AREA}{_END}))?)
    ({_AREA}{_END}|{ADDRESS})""",
    re.VERBOSE,
)
"""All up to an address, the sheet before it, and the address; or all up to the end, marked as such. The first two lines
are for speed alone: they pass over what begins no address, such as four letters, without trying one. What is looked
ahead at and then taken is never given back; possessive groups say so too, but match wrongly in Python before 3.11.5."""

_TOKEN = re.compile(
    rf"""(?P<text>{_TEXT})
    |(?P<error>{_ERROR})
    |(?P<reference>(?:{_SHEET})?{ADDRESS})
    |(?P<lost>{_SHEET}\#REF!)
    |(?P<function>[^\W\d][\w.]*\()
    |(?P<name>{_NAME})
    |(?P<number>{_NUMBER})
    |(?P<operator><=|>=|<>|[-+*/^&=<>%:@\#])
    |(?P<open>[({{])|(?P<close>[)}}])|(?P<separator>[,;])
    |(?P<space>\s+)|(?P<other>{_OPEN_QUOTE}|.)""",
    re.VERBOSE | re.DOTALL,
)
_RANGE = re.compile(_AREA)
_MOVING_ROW = re.compile(r"(?<![$0-9])[0-9]+")
_CORNER = r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)"
_ENDS = re.compile(f"{_CORNER}(:?){_CORNER}")


class Area(NamedTuple):
    """Cells of a sheet, from the top left to the bottom right; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        return self.top == self.bottom and self.left == self.right


class Corner(NamedTuple):
    """Numbers of a row and a column, and whether they move with the formula when it is copied."""

    row: int
    row_moves: bool
    column: int
    column_moves: bool


Distance = tuple[int, int]
"""How many rows further down and columns further right the copy of a formula is."""


class Address(NamedTuple):
    """An address as it is written: one corner of a cell, two of a range. `number` has both corners and what moves of
    them; what is taken from it for each row and column of the formula's cell leaves what the address is, seen from
    there."""

    corners: tuple[Corner, ...]
    area: Area
    number: int
    number_of_row: int
    number_of_column: int

    def cell(self, distance: Distance) -> tuple[int, int]:
        """Row and column of the first corner in a copy of the formula."""
        rows, columns = distance
        row, row_moves, column, column_moves = self.corners[0]
        return row + rows * row_moves, column + columns * column_moves

    def copied(self, distance: Distance) -> Area:
        """The cells meant in a copy of the formula."""
        if distance == (0, 0):
            return self.area
        rows, columns = distance
        ends = [
            (row + rows * row_moves, column + columns * column_moves)
            for row, row_moves, column, column_moves in self.corners
        ]
        (top, left), (bottom, right) = ends[0], ends[-1]
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    @property
    def is_fixed(self) -> bool:
        """Whether it means the same cells in all copies."""
        return not (self.number_of_row or self.number_of_column)


def area_of(text: str) -> Area | None:
    """The cells of a range as it is written outside formulas, such as `A1:B9`, `A:A` or `3:3`; None for anything
    else."""
    return address_of(text).area if _RANGE.fullmatch(text) is not None else None


def split(formula: str) -> tuple[str, list[str]]:
    """The frame of a formula, its text with `ADDRESS` in place of each address; and the addresses."""
    pieces = _PIECE.findall(formula + ADDRESS)
    return ADDRESS.join([text + sheet for text, sheet, _ in pieces]), [address for *_, address in pieces[:-1]]


def seen_from(row: int, column: int, addresses: Iterable[Address]) -> list[int]:
    """Numbers that are the same for the addresses of two formulas where these are the same, seen from their cells."""
    return [number - row * of_row - column * of_column for _, _, number, of_row, of_column in addresses]


_SECOND = 60
"""The bits of the number of an address from which on its second corner is counted: the first needs less."""


@lru_cache(maxsize=200_000)
def address_of(text: str) -> Address:
    """Of what `split` takes for an address."""
    match = _ENDS.fullmatch(text)
    assert match is not None
    groups = match.groups()
    first = _corner(groups[:4], 1, 1)
    if not groups[4]:
        return _of_cell(first)
    last = _corner(groups[5:], LAST_ROW, LAST_COLUMN)
    return _of_cell(first) if first == last else _of_range(first, last)


def _of_cell(corner: Corner) -> Address:
    row, row_moves, column, column_moves = corner
    number = (row_moves << 51 | column_moves << 50) + (row << 20) + column
    return Address((corner,), Area(row, column, row, column), number, row_moves << 20, int(column_moves))


def _of_range(first: Corner, last: Corner) -> Address:
    (_, top_left, number, of_row, of_column), (_, other, *numbers) = _of_cell(first), _of_cell(last)
    area = Area(*map(min, top_left[:2], other[:2]), *map(max, top_left[:2], other[:2]))
    # One more, so that no range counts as a cell.
    number += (numbers[0] + (1 << 52)) << _SECOND
    return Address((first, last), area, number, of_row + (numbers[1] << _SECOND), of_column + (numbers[2] << _SECOND))


def fixed_address(area: Area) -> Address:
    """That of the same cells, wherever a formula with it stands."""
    first, last = Corner(area.top, False, area.left, False), Corner(area.bottom, False, area.right, False)
    return _of_cell(first) if area.single else _of_range(first, last)


def _corner(parts: Sequence[str], whole_column: int, whole_row: int) -> Corner:
    """`whole_column` is the row where the address names columns alone, `whole_row` the column where it names rows."""
    column_fixed, letters, row_fixed, number = parts
    # `$3:3`: the sign before the number is where one before letters would be.
    row_moves = bool(number) and not (row_fixed or (column_fixed and not letters))
    row = int(number) if number else whole_column
    column = column_number(letters) if letters else whole_row
    return Corner(row, row_moves, column, bool(letters) and not column_fixed)


class Copies(NamedTuple):
    """How a formula reads in its own row and, copied, in those below."""

    row: int
    template: str
    distances: list[int]

    def hold(self, formula: str, row: int) -> bool:
        return row >= self.row and formula == self.template % tuple([row + distance for distance in self.distances])


def copies_of(frame: str, addresses: list[str], row: int) -> Copies:
    joined = ADDRESS.join(addresses)
    distances = [int(number) - row for number in _MOVING_ROW.findall(joined)]
    templates = [*_MOVING_ROW.sub("%d", joined).split(ADDRESS), ""]
    return Copies(row, "".join(map(str.__add__, frame.replace("%", "%%").split(ADDRESS), templates)), distances)


def copied(address: str, rows: int, columns: int) -> str:
    """An address in a formula copied so many rows down and columns to the right."""
    ends = [_shifted(text, rows, columns) for text in address.split(":")]
    return ":".join(ends) if all(ends) else "#REF!"


def _shifted(text: str, rows: int, columns: int) -> str:
    """Empty where the sheet ends before."""
    match = _ENDS.fullmatch(text)
    assert match is not None
    row, row_moves, column, column_moves = _corner(match.groups()[:4], 0, 0)
    down, right = row + rows * row_moves, column + columns * column_moves
    if (row and not 1 <= down <= LAST_ROW) or (column and not 1 <= right <= LAST_COLUMN):
        return ""
    letters = f"{'' if column_moves else '$'}{column_letters(right)}" if column else ""
    return letters + (f"{'' if row_moves else '$'}{down}" if row else "")


@lru_cache(maxsize=LAST_COLUMN)
def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@lru_cache(maxsize=LAST_COLUMN)
def column_letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def tokens(frame: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each part of a frame, from after its `=`; space is left out."""
    for match in _TOKEN.finditer(frame, 1 if frame.startswith("=") else 0):
        if match.lastgroup != "space":
            yield match.lastgroup or "other", match.group()


def unquoted(sheet: str) -> str:
    """A sheet's name as it stands on its tab."""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
