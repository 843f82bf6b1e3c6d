"""The text of formulas: the addresses in them, what lies between, and how both look from their cell.

The time that an expression takes here grows with the length of the formula, not with its square, whatever is left
open in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    """Numbers of a row and a column where these are fixed, else the distances from the formula's cell, with which they
    move."""

    row: int
    row_moves: bool
    column: int
    column_moves: bool


Corners = tuple[Corner, ...]
"""Of an address: one of a cell, two of a range."""


def area_of(text: str) -> Area | None:
    """The cells of a range as it is written outside formulas, such as `A1:B9`, `A:A` or `3:3`; None for anything
    else."""
    return area_between(address_of(text).corners, 0, 0) if _RANGE.fullmatch(text) is not None else None


def area_between(corners: Corners, row: int, column: int) -> Area:
    """The cells meant by a formula in the cell at `row` and `column`."""
    down, row_moves, right, column_moves = corners[0]
    top, left = down + row * row_moves, right + column * column_moves
    if len(corners) == 1:
        return Area(top, left, top, left)
    down, row_moves, right, column_moves = corners[1]
    bottom, right = down + row * row_moves, right + column * column_moves
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def split(formula: str) -> tuple[str, list[str]]:
    """The frame of a formula, its text with `ADDRESS` in place of each address; and the addresses."""
    pieces = _PIECE.findall(formula + ADDRESS)
    return ADDRESS.join([text + sheet for text, sheet, _ in pieces]), [address for *_, address in pieces[:-1]]


class Address(NamedTuple):
    """An address as it is written. `numbered` has a number for each corner, and what is taken from it for each row and
    column of the cell that the address is seen from. Above the bits of the row are those that say what moves and
    whether it is the corner of a range."""

    corners: Corners
    numbered: tuple[tuple[int, int, int], ...]

    def seen_from(self, row: int, column: int) -> Corners:
        """The corners as a formula in the cell at `row` and `column` means them."""
        return tuple(
            [
                Corner(at_row - row * row_moves, row_moves, at_column - column * column_moves, column_moves)
                for at_row, row_moves, at_column, column_moves in self.corners
            ]
        )


def seen_from(row: int, column: int, addresses: list[Address]) -> list[int]:
    """Numbers that are the same for the addresses of two formulas where these are the same, seen from their cells."""
    return [number - row * down - column * right for _, ends in addresses for number, down, right in ends]


@lru_cache(maxsize=200_000)
def address_of(text: str) -> Address:
    """Of what `split` takes for an address."""
    match = _ENDS.fullmatch(text)
    assert match is not None
    groups = match.groups()
    first = _corner(groups[:4], 1, 1)
    last = _corner(groups[5:], LAST_ROW, LAST_COLUMN) if groups[4] else first
    corners = (first,) if first == last else (first, last)
    bits = len(corners) << 2
    numbered = [
        (((bits | row_moves << 1 | column_moves) << 50) + (row << 20) + column, row_moves << 20, int(column_moves))
        for row, row_moves, column, column_moves in corners
    ]
    return Address(corners, tuple(numbered))


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
