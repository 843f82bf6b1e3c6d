"""The text of formulas: the addresses in them, what lies between, and how both look from their cell.

The time that an expression takes here grows with the length of the formula, not with its square, whatever is left
open in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)")


class Area(NamedTuple):
    """Cells of a sheet, from the top left to the bottom right; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        return self.top == self.bottom and self.left == self.right


Corner = tuple[int, bool, int, bool]
"""A row, whether it moves with the formula when this is copied, and the same of a column."""

Distance = tuple[int, int]
"""How many rows further down and columns further right the copy of a formula is."""


class Address(NamedTuple):
    """An address as it is written: one corner of a cell, two of a range. `number` has both corners and what moves of
    them; what is taken from it for each row and column of the formula's cell leaves what the address is, seen from
    there."""

    corners: tuple[Corner, ...]
    number: int
    number_of_row: int
    number_of_column: int

    def cell(self, distance: Distance) -> tuple[int, int]:
        """Row and column of the first corner in a copy of the formula."""
        row, row_moves, column, column_moves = self.corners[0]
        return row + distance[0] * row_moves, column + distance[1] * column_moves

    def copied(self, distance: Distance) -> Area:
        """The cells meant in a copy of the formula."""
        (top, top_moves, left, left_moves), (bottom, bottom_moves, right, right_moves) = (
            self.corners[0],
            self.corners[-1],
        )
        rows, columns = distance
        top, bottom = top + rows * top_moves, bottom + rows * bottom_moves
        left, right = left + columns * left_moves, right + columns * right_moves
        if top > bottom:
            top, bottom = bottom, top
        if left > right:
            left, right = right, left
        return Area(top, left, bottom, right)

    @property
    def is_fixed(self) -> bool:
        """Whether it means the same cells in all copies."""
        return not (self.number_of_row or self.number_of_column)


HERE: Distance = (0, 0)
"""That of a formula itself."""


def area_of(text: str) -> Area | None:
    """The cells of a range as it is written outside formulas, such as `A1:B9`, `A:A` or `3:3`; None for anything
    else."""
    return address_of(text).copied(HERE) if _RANGE.fullmatch(text) is not None else None


def split(formula: str) -> tuple[str, list[str]]:
    """The frame of a formula, its text with `ADDRESS` in place of each address; and the addresses."""
    pieces = _PIECE.findall(formula + ADDRESS)
    return ADDRESS.join([text + sheet for text, sheet, _ in pieces]), [address for *_, address in pieces[:-1]]


def seen_from(row: int, column: int, addresses: Iterable[Address]) -> list[int]:
    """Numbers that are the same for the addresses of two formulas where these are the same, seen from their cells."""
    return [number - row * of_row - column * of_column for _, number, of_row, of_column in addresses]


_SECOND = 60
"""The bits of the number of an address from which on its second corner is counted: the first needs less."""


@lru_cache(maxsize=200_000)
def address_of(text: str) -> Address:
    """Of what `split` takes for an address."""
    first, colon, last = text.partition(":")
    if not colon:
        return _of_cell(_corner(first, 0, 0))
    one, other = _corner(first, 1, 1), _corner(last, LAST_ROW, LAST_COLUMN)
    return _of_cell(one) if one == other else _of_range(one, other)


def _of_cell(corner: Corner) -> Address:
    row, row_moves, column, column_moves = corner
    number = (row_moves << 51) + (column_moves << 50) + (row << 20) + column
    return Address((corner,), number, row_moves << 20, int(column_moves))


def _of_range(first: Corner, last: Corner) -> Address:
    (_, *numbers), (_, *others) = _of_cell(first), _of_cell(last)
    others[0] += 1 << 52  # so that no range counts as a cell
    return Address((first, last), *(one + (other << _SECOND) for one, other in zip(numbers, others, strict=True)))


def fixed_address(area: Area) -> Address:
    """That of the same cells, wherever a formula with it stands."""
    top, left, bottom, right = area
    first, last = (top, False, left, False), (bottom, False, right, False)
    return _of_cell(first) if area.single else _of_range(first, last)


def _corner(text: str, whole_column: int, whole_row: int) -> Corner:
    """`whole_column` is the row where the address names columns alone, `whole_row` the column where it names rows."""
    match = _CORNER.fullmatch(text)
    assert match is not None
    column_fixed, letters, row_fixed, number = match.groups()
    if letters and number:
        return int(number), not row_fixed, column_number(letters), not column_fixed
    if letters:
        return whole_column, False, column_number(letters), not column_fixed
    # `$3:3`: the sign before the number is where one before letters would be.
    return int(number), not (row_fixed or column_fixed), whole_row, False


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
    row, row_moves, column, column_moves = _corner(text, 0, 0)
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
