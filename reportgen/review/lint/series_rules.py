"""Rules on what runs over time: rows below heads that are periods, each a step after the one before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from reportgen.review.lint.book import Book, Sheet
from reportgen.review.lint.consistency_rules import ACROSS, DOWN, equal_by_table, unlike
from reportgen.review.lint.formulas import column_letters
from reportgen.review.lint.lint_rules import CODE, FAST, PRINCIPLES, Hit, Register
from reportgen.review.lint.sheet_cells import Cell

REGISTER = Register()

SHORTEST_AXIS = 4
"""Periods beside each other from which on they are a time axis: fewer may be anything."""

OTHER_HEADS = 3
"""Texts in the columns of an axis that make their row one of heads: the axis ends there."""

_YEAR = re.compile(r"(?:FY ?)?((?:19|20|21)\d\d)(?:\.0+)?")
_MONTH = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"((?:19|20|21)\d\d)[- ]?Q([1-4])|Q([1-4])[- ]?((?:19|20|21)\d\d)")
_NUMBERED = re.compile(r"(year|quarter|month|period|week|jahr|quartal|monat|periode|woche) (\d{1,4})", re.IGNORECASE)

LONGEST_HEAD = 12
"""Characters of the longest head that names a period: `quarter 1234`."""

Period = tuple[str, int]
"""What kind of period a head names, and which one, counted in its own kind."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """The heads of a row from column `first` to `last`; what they are about ends above row `end`."""

    row: int
    first: int
    last: int
    end: int
    periods: dict[Period, int]


def period(cell: Cell) -> Period | None:
    """Which period a head names; None where it names none, or a date, of which a file does not say what it stands
    for."""
    if cell.shows_number:
        number = cell.result if cell.shape is not None else str(cell.content)
        found = _YEAR.fullmatch(number) if len(number) < LONGEST_HEAD else None
        return ("year", int(found[1])) if found else None
    text = cell.text.strip()
    if len(text) > LONGEST_HEAD:
        return None
    if found := _YEAR.fullmatch(text):
        return "year", int(found[1])
    if found := _MONTH.fullmatch(text):
        return "month", int(found[1]) * 12 + int(found[2])
    if found := _QUARTER.fullmatch(text):
        return "quarter", int(found[1] or found[4]) * 4 + int(found[2] or found[3])
    if found := _NUMBERED.fullmatch(text):
        return f"numbered {found[1].lower()}", int(found[2])
    return None


@lru_cache(maxsize=2)
def _axes_of(book: Book) -> list[tuple[Sheet, list[_Axis]]]:
    """The sheets that have time axes, with these."""
    return [(sheet, axes) for sheet in book.worksheets if sheet.formulas and (axes := _axes(sheet))]


def _axes(sheet: Sheet) -> list[_Axis]:
    """Rows that begin with heads that are periods, one after the other, with formulas below each of them. What they are
    about ends at the next such row, so that every row is looked at once."""
    runs = [run for row in sheet.rows.values() if (run := next(_runs(row), None)) is not None]
    ends = [*(cells[0].row for cells, _ in runs[1:]), sheet.last_row + 1]
    found = (
        _Axis(cells[0].row, cells[0].column, cells[-1].column, end, periods)
        for (cells, periods), end in zip(runs, ends, strict=False)
    )
    return [axis for axis in found if any(len(each) == len(axis.periods) for _, each in _formulas(sheet, axis))]


def _runs(row: list[Cell]) -> Iterator[tuple[list[Cell], dict[Period, int]]]:
    cells: list[Cell] = []
    periods: dict[Period, int] = {}
    for cell in [*row, None]:
        found = period(cell) if cell is not None else None
        last = next(reversed(periods), None)
        follows = last is not None and found == (last[0], last[1] + 1)
        if cell is not None and found is not None and follows and cell.column == cells[-1].column + 1:
            cells.append(cell)
            periods[found] = cell.column
            continue
        if len(cells) >= SHORTEST_AXIS:
            yield cells, periods
        cells, periods = ([cell], {found: cell.column}) if cell is not None and found is not None else ([], {})


def _formulas(sheet: Sheet, axis: _Axis) -> Iterator[tuple[int, list[int]]]:
    """Each row below an axis, with the columns of the axis in which it has formulas that refer to something; none
    below a row of other heads."""
    for row in range(axis.row + 1, axis.end):
        others = (cell for cell in sheet.rows.get(row, ()) if axis.first <= cell.column <= axis.last)
        if sum(bool(cell.typed_text) for cell in others) >= OTHER_HEADS:
            return
        columns = sheet.formula_columns.get(row, [])
        inside = columns[bisect_left(columns, axis.first) : bisect_right(columns, axis.last)]
        yield row, [column for column in inside if (row, column) in sheet.shape_at]


@REGISTER.warning(
    *("WB223", "Formula that changes over time", "Below a time axis a row has one formula, seen from its cells."),
    "write one formula for all periods, with flags or a row of inputs for what differs",
    *(f"{FAST} 3.02-01", f"{PRINCIPLES} 12", f"{CODE}, Use consistent formulas"),
)
def changing_rows(book: Book) -> Iterator[Hit]:
    for sheet, axes in _axes_of(book):
        odd = {row for row, _ in unlike(sheet, ACROSS, DOWN)}
        for row, columns in chain.from_iterable(_formulas(sheet, axis) for axis in axes):
            for before, column in pairwise(columns if row not in odd else ()):
                same = sheet.shape_at[row, before] is sheet.shape_at[row, column]
                if not same and not equal_by_table(sheet, (row, before), (row, column)):
                    yield Hit("differs from the formula of the period before", sheet.title, (row, column))


@REGISTER.warning(
    *("WB224", "Two time axes", "A period stands in the same column on every sheet."),
    "give all sheets with periods of this kind the same columns",
    *(f"{FAST} 2.01-01 (each column has one purpose)", f"{CODE}, Plan and assess the workbook layout"),
)
def other_axes(book: Book) -> Iterator[Hit]:
    """The first axis of each kind on each sheet, against the first of the book."""
    known: dict[str, tuple[Sheet, _Axis]] = {}
    for sheet, axes in _axes_of(book):
        seen = set()
        for axis in axes:
            kind = next(iter(axis.periods))[0]
            if kind in seen:
                continue
            seen.add(kind)
            first, other = known.setdefault(kind, (sheet, axis))
            shared = [each for each in axis.periods if each in other.periods]
            if shared and axis.periods[shared[0]] != other.periods[shared[0]]:
                column = axis.periods[shared[0]]
                where = f"column {column_letters(other.periods[shared[0]])} of {first.title}"
                yield Hit("this period stands elsewhere on another sheet", sheet.title, (axis.row, column), where)
