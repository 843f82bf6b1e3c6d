"""The text of formulas: their parts, what they refer to, and how they look from their cell.

The time that an expression takes here grows with the length of the formula, not with its square, whatever is left
open in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LAST_ROW, LAST_COLUMN, MAX_FORMULA = 1_048_576, 16_384, 8_192

_SHEET = r"(?:'(?:[^']|'')++'|(?:\[[^\[\]]+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[[^\[\]]+\][\w.]*)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}"
_AREA = rf"{_CELL}(?::{_CELL})?|\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}|\$?[1-9][0-9]{{0,6}}:\$?[1-9][0-9]{{0,6}}"
_TOKEN = re.compile(
    rf"""(?P<text>"(?:[^"]|"")*")
    |(?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|SPILL!|CALC!|GETTING_DATA))
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
_RANGE = re.compile(_AREA)
_CORNER = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]*)")


@dataclass(frozen=True, slots=True)
class Area:
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


@dataclass(frozen=True, slots=True)
class Corner:
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
        (top, left), (bottom, right) = self.first.seen_from(row, column), self.last.seen_from(row, column)
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

    def replaced(match: re.Match[str]) -> str:
        if match.lastgroup != "reference":
            return match.group()
        sheet, _, cells = match.group().rpartition("!")
        first, last = _corners(cells, row, column)
        ends = first.text() if first == last else f"{first.text()}:{last.text()}"
        return f"{sheet}!{ends}" if sheet else ends

    return _TOKEN.sub(replaced, formula)


def area_of(text: str) -> Area | None:
    """The cells of a range as it is written outside formulas, such as `A1:B9`, `A:A` or `3:3`; None for anything
    else."""
    if _RANGE.fullmatch(text) is None:
        return None
    (top, left), (bottom, right) = (corner.seen_from(0, 0) for corner in _corners(text, 0, 0))
    return Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def shifted(formula: str, rows: int, columns: int) -> str:
    """The text of a formula as it reads when it is copied so many rows down and columns to the right."""

    def replaced(match: re.Match[str]) -> str:
        if match.lastgroup != "reference":
            return match.group()
        sheet, mark, cells = match.group().rpartition("!")
        ends = [_shifted(end, rows, columns) for end in cells.split(":")]
        return sheet + mark + (":".join(ends) if all(ends) else "#REF!")

    return _TOKEN.sub(replaced, formula)


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
    first, _, last = cells.partition(":")
    ends = []
    for text, whole_row, whole_column in ((first, 1, 1), (last or first, LAST_ROW, LAST_COLUMN)):
        column_fixed, column_at, row_fixed, row_at = _corner(text)
        if not column_at:
            # `$3:3`: the sign before the number stands in the place of a column's.
            row_fixed, column_fixed, column_at = column_fixed or row_fixed, True, whole_column
        elif not row_at:
            row_fixed, row_at = True, whole_row
        ends.append(
            Corner(
                row_at if row_fixed else row_at - row,
                row_fixed,
                column_at if column_fixed else column_at - column,
                column_fixed,
            )
        )
    return ends[0], ends[1]


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
