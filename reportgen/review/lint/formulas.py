"""The text of formulas: their parts, what they refer to, and how they look from their cell.

The time that an expression takes here grows with the length of the formula, not with its square, whatever is left
open in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

LAST_ROW, LAST_COLUMN, MAX_FORMULA = 1_048_576, 16_384, 8_192

_SHEET = r"(?:'(?:[^']|'')++'|(?:\[[^\[\]]+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[[^\[\]]+\][\w.]*)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_AREA = rf"{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}}"
_ERROR = r"\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA)"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<error>{_ERROR})
    |(?P<reference>(?:{_SHEET})?
        (?:{_AREA})(?![\w(.!\[]))
    |(?P<lost>(?:{_SHEET})\#REF!)
    |(?P<function>[^\W\d][\w.]*\()
    |(?P<name>(?:{_SHEET})?[^\W\d\\][\w.\\?]*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?)
    |(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?)
    |(?P<operator><=|>=|<>|[-+*/^&=<>%:@\#])
    |(?P<open>[({{])|(?P<close>[)}}])|(?P<separator>[,;])
    |(?P<space>\s+)|(?P<other>'(?:[^']|'')*+'?|.)""",
    re.VERBOSE | re.DOTALL,
)
_REFERENCES = re.compile(
    rf"""((?:{_SHEET})?(?:{_AREA})(?![\w(.!\[]))
    |("(?:[^"]|"")*"|'(?:[^']|'')*+'?|{_ERROR}
    |(?:{_SHEET})?[^\W\d\\][\w.\\?]*(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\])?
    |(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?)""",
    re.VERBOSE | re.DOTALL,
)
"""References, or else what could be taken for one in part; what lies between is of neither kind."""

_RANGE = re.compile(_AREA)
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

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Corner(NamedTuple):
    """`row` and `column` are numbers where `$` fixes them, else distances from the formula's cell."""

    row: int
    row_fixed: bool
    column: int
    column_fixed: bool

    def seen_from(self, row: int, column: int) -> tuple[int, int]:
        return (
            self.row if self.row_fixed else row + self.row,
            self.column if self.column_fixed else column + self.column,
        )

    def text(self) -> str:
        row = f"R{self.row}" if self.row_fixed else f"R[{self.row}]"
        return row + (f"C{self.column}" if self.column_fixed else f"C[{self.column}]")


@dataclass(frozen=True, slots=True)
class Reference:
    """What a formula points to. `sheet` is None for the formula's own; `external` where another book is meant;
    `within` is the innermost function around it, empty outside all."""

    sheet: str | None
    external: bool
    first: Corner
    last: Corner
    within: str

    def area(self, row: int, column: int) -> Area:
        """The cells meant by a formula in the cell at `row` and `column`."""
        top, left = self.first.seen_from(row, column)
        if self.first is self.last:
            return Area(top, left, top, left)
        bottom, right = self.last.seen_from(row, column)
        return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def relative_form(formula: str, row: int, column: int) -> str:
    """The text of a formula with every reference as a distance from its cell."""
    if len(formula) > MAX_FORMULA:
        return formula
    parts = _REFERENCES.split(formula)
    for at in range(1, len(parts), 3):
        if (text := parts[at]) is None:
            parts[at] = ""
        else:
            sheet, mark, cells = text.rpartition("!")
            if ":" in cells:
                first, last = _corners(cells, row, column)
                ends = first.text() if first == last else f"{first.text()}:{last.text()}"
            else:
                ends = _single(*_corner(cells), row, column)
            parts[at] = f"{sheet}{mark}{ends}"
    for at in range(2, len(parts), 3):
        parts[at] = parts[at] or ""
    return "".join(parts)


def area_of(text: str) -> Area | None:
    """The cells of a range as it is written outside formulas, such as `A1:B9`, `A:A` or `3:3`; None for anything
    else."""
    if _RANGE.fullmatch(text) is None:
        return None
    (top, left), (bottom, right) = (corner.seen_from(0, 0) for corner in _corners(text, 0, 0))
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def _single(column_fixed: bool, at_column: int, row_fixed: bool, at_row: int, row: int, column: int) -> str:
    """As `Corner.text`, for the many references to one cell."""
    down = f"R{at_row}" if row_fixed else f"R[{at_row - row}]"
    return f"{down}C{at_column}" if column_fixed else f"{down}C[{at_column - column}]"


class Copied:
    """A formula as it reads when it is copied to other cells."""

    def __init__(self, formula: str) -> None:
        parts = _REFERENCES.split(formula)
        self._parts = [part or "" for part in parts]
        self._references = []
        for at in range(1, len(parts), 3):
            if parts[at] is not None:
                sheet, mark, cells = parts[at].rpartition("!")
                self._references.append((at, sheet + mark, cells.split(":")))

    def text(self, rows: int, columns: int) -> str:
        """So many rows down and columns to the right."""
        parts = self._parts.copy()
        for at, sheet, cells in self._references:
            ends = [_shifted(cell, rows, columns) for cell in cells]
            parts[at] = sheet + (":".join(ends) if all(ends) else "#REF!")
        return "".join(parts)


def _shifted(cell: str, rows: int, columns: int) -> str:
    """Empty where the sheet ends before."""
    column_fixed, column, row_fixed, row = _corner(cell)
    if not column:
        # `$3` in `$3:3`
        row = row if column_fixed or row_fixed else row + rows
        return f"{'$' * (column_fixed or row_fixed)}{row}" if 1 <= row <= LAST_ROW else ""
    column = column if column_fixed else column + columns
    row = row + rows if row and not row_fixed else row
    if not 1 <= column <= LAST_COLUMN or not 0 <= row <= LAST_ROW or (row == 0 and cell[-1].isdigit()):
        return ""
    return f"{'$' * column_fixed}{column_letters(column)}{'$' * row_fixed}{row or ''}"


@lru_cache(maxsize=LAST_COLUMN)
def column_letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=200_000)
def _corner(text: str) -> tuple[bool, int, bool, int]:
    match = _CORNER.fullmatch(text)
    assert match is not None
    return bool(match[1]), column_number(match[2]), bool(match[3]), int(match[4] or 0)


def _corners(cells: str, row: int, column: int) -> tuple[Corner, Corner]:
    """One and the same for a single cell."""
    first, _, last = cells.partition(":")
    start = _end(first, 1, 1, row, column)
    return start, _end(last, LAST_ROW, LAST_COLUMN, row, column) if last else start


def _end(text: str, whole_row: int, whole_column: int, row: int, column: int) -> Corner:
    column_fixed, column_at, row_fixed, row_at = _corner(text)
    if not column_at:
        # `$3:3`: the sign before the number stands in the place of a column's.
        row_fixed, column_fixed, column_at = column_fixed or row_fixed, True, whole_column
    elif not row_at:
        row_fixed, row_at = True, whole_row
    return Corner(
        row_at if row_fixed else row_at - row,
        row_fixed,
        column_at if column_fixed else column_at - column,
        column_fixed,
    )


def tokens(formula: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each part of a formula, from after its `=`; space is left out."""
    for match in _TOKEN.finditer(formula, 1 if formula.startswith("=") else 0):
        if match.lastgroup != "space":
            yield match.lastgroup or "other", match.group()


def unquoted(sheet: str) -> str:
    """A sheet's name as it stands on its tab."""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def reference_of(text: str, row: int, column: int, within: str) -> Reference:
    sheet, _, cells = text.rpartition("!")
    first, last = _corners(cells, row, column)
    plain = unquoted(sheet)
    return Reference(plain or None, "[" in plain, first, last, within)
