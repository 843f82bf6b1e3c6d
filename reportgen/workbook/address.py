"""Cells and ranges, and how formulas write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CELL_LIKE = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*(?:[Cc]\d*)?|[Cc]\d*|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]")


@cache
def column_letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@cache
def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    if _BARE.fullmatch(sheet) and not _CELL_LIKE.fullmatch(sheet):
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


class SheetPlace(NamedTuple):
    """Where the cells of a planned sheet are printed: on which sheet, and how many rows further down."""

    title: str
    rows_above: int = 0


class SheetNames:
    """What planned sheets are called where readers see them. The plan calls them by their English names, and the names
    of this book are put in wherever addresses become text. Two sheets of one title stand below each other."""

    __slots__ = ("_places",)

    def __init__(self, places: Mapping[str, SheetPlace]) -> None:
        self._places = places

    def of(self, sheet: str) -> SheetPlace:
        """The place of a planned sheet."""
        return self._places.get(sheet) or SheetPlace(sheet)

    def placed(self, area: Area) -> Area:
        """An area where it is printed."""
        title, rows_above = self.of(area.sheet)
        return Area(title, area.top + rows_above, area.left, area.bottom + rows_above, area.right)


AS_PLANNED = SheetNames({})
"""Every sheet by the name that the plan has for it."""


class Pieces(list[str | int]):
    """The pieces of a formula's text, and what the sheets are called in it."""

    __slots__ = ("names",)

    def __init__(self, names: SheetNames = AS_PLANNED) -> None:
        super().__init__()
        self.names = names


class Address(NamedTuple):
    """One cell; `str()` is how data files name it: `Wrapper build!C7`."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return self.named(AS_PLANNED)

    def named(self, names: SheetNames) -> str:
        """The same by the names of a book."""
        title, rows_above = names.of(self.sheet)
        return f"{title}!{column_letters(self.column)}{self.row + rows_above}"

    @property
    def cell(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    def seen_from(
        self,
        sheet: str,
        names: SheetNames = AS_PLANNED,
        *,
        fixed: bool = False,
        fixed_row: bool = False,
        fixed_column: bool = False,
    ) -> str:
        """How a formula on `sheet` refers to it: `fixed` with dollar signs, or its row or column alone."""
        before = "$" if fixed or fixed_column else ""
        between = "$" if fixed or fixed_row else ""
        title, rows_above = names.of(self.sheet)
        text = f"{before}{column_letters(self.column)}{between}{self.row + rows_above}"
        return text if names.of(sheet).title == title else f"{quoted(title)}!{text}"


class Area(NamedTuple):
    """A block of cells of one sheet, both corners included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def several(self) -> bool:
        return (self.top, self.left) != (self.bottom, self.right)

    @property
    def across(self) -> bool:
        """Whether it is a part of a row, rather than of a column."""
        return self.right > self.left

    @property
    def without_first(self) -> Area:
        """A part of a row or column without its first cell."""
        return self._replace(left=self.left + 1) if self.across else self._replace(top=self.top + 1)

    @property
    def without_last(self) -> Area:
        return self._replace(right=self.right - 1) if self.across else self._replace(bottom=self.bottom - 1)

    def seen_from(
        self,
        sheet: str,
        names: SheetNames = AS_PLANNED,
        *,
        fixed: bool = False,
        fixed_row: bool = False,
        fixed_column: bool = False,
    ) -> str:
        """How a formula on `sheet` refers to it: `fixed` with dollar signs, or its rows or columns alone."""
        before = "$" if fixed or fixed_column else ""
        between = "$" if fixed or fixed_row else ""
        title, rows_above = names.of(self.sheet)
        first = f"{before}{column_letters(self.left)}{between}{self.top + rows_above}"
        last = f"{before}{column_letters(self.right)}{between}{self.bottom + rows_above}"
        text = first if first == last else f"{first}:{last}"
        return text if names.of(sheet).title == title else f"{quoted(title)}!{text}"


def blocks(addresses: list[Address]) -> list[Area]:
    """The same cells in the same order, neighbours along a row or column joined into areas."""
    areas: list[Area] = []
    run: list[Address] = []
    for cell in addresses:
        if run and not _goes_on(run[0], run[-1], cell):
            areas.append(_between(run[0], run[-1]))
            run = []
        run.append(cell)
    return [*areas, _between(run[0], run[-1])] if run else areas


def _goes_on(first: Address, last: Address, cell: Address) -> bool:
    """Whether a cell continues a run down a column or along a row."""
    below = first.column == last.column == cell.column and cell.row == last.row + 1
    return cell.sheet == last.sheet and (
        below or (first.row == last.row == cell.row and cell.column == last.column + 1)
    )


def _between(first: Address, last: Address) -> Area:
    return Area(first.sheet, first.row, first.column, last.row, last.column)
