"""A workbook as the rules see it: its sheets with their cells, formulas, looks and settings, read-only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from reportgen.review.lint.cell_styles import Look
from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formula_shapes import Kind
from reportgen.review.lint.formulas import Area, column_letters
from reportgen.review.lint.sheet_reader import Settings

Position = tuple[int, int]
"""Row and column of a cell, from 1."""


class Stored(NamedTuple):
    """What a formula cell last came to: `kind` is `n`, `str`, `b`, `e` or empty where nothing is stored."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on a sheet; `cell` is the one under its corner, None where it is placed without one."""

    titled: bool
    cell: Position | None


class Cell(NamedTuple):
    """`content` is the typed number, text or truth, or a formula's text; `kind` and `stored` belong to formulas.
    `array` for a formula entered over several cells or a what-if data table."""

    row: int
    column: int
    content: object
    look: Look
    kind: Kind | None = None
    stored: Stored | None = None
    array: bool = False
    comment: bool = False

    @property
    def is_number(self) -> bool:
        """A typed number; truths, dates and times are none."""
        return self.kind is None and isinstance(self.content, int | float) and not isinstance(self.content, bool)

    @property
    def text(self) -> str:
        """What the cell says, where it says text."""
        if self.stored is not None:
            return self.stored.text if self.stored.kind == "str" else ""
        return self.content if isinstance(self.content, str) and self.kind is None else ""

    @property
    def shows_number(self) -> bool:
        """A number, typed or computed."""
        return self.is_number or (self.stored is not None and self.stored.kind == "n")

    @property
    def is_input(self) -> bool:
        """A typed number that the book offers for change: unlocked, or in Excel's style Input."""
        return self.is_number and (not self.look.locked or self.look.style == "Input")

    @property
    def is_fixed(self) -> bool:
        """A typed number that is locked, and whose named style says that it is fixed."""
        return self.is_number and self.look.locked and bool(_FIXED.search(self.look.style))


_FIXED = re.compile(r"\b(?:fixed|constants?)\b", re.IGNORECASE)
"""Names of cell styles, such as `Fixed Value`, by which a book says that a typed number is none to change."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """`frozen` says how many rows and columns stay in view; `print_area` and `print_titles` whether there are such."""

    title: str
    state: str
    cells: dict[Position, Cell]
    settings: Settings
    is_chart: bool = False
    frozen: Position = (0, 0)
    print_area: bool = False
    print_titles: bool = False
    charts: tuple[Chart, ...] = ()
    pictures: int = 0

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells of each row, from left to right."""
        found: dict[int, list[Cell]] = {}
        for position in sorted(self.cells):
            found.setdefault(position[0], []).append(self.cells[position])
        return found

    @cached_property
    def columns(self) -> dict[int, list[Cell]]:
        """The cells of each column, from top to bottom."""
        found: dict[int, list[Cell]] = {}
        for row in sorted(self.rows):
            for cell in self.rows[row]:
                found.setdefault(cell.column, []).append(cell)
        return found

    @cached_property
    def formulas(self) -> list[Cell]:
        return [cell for row in sorted(self.rows) for cell in self.rows[row] if cell.kind is not None]

    @property
    def last_row(self) -> int:
        return max(self.rows, default=0)

    @property
    def protected(self) -> bool:
        return self.settings.protected


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the book's, or of one sheet's where `sheet` is not empty."""

    name: str
    sheet: str
    value: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Calculation:
    """How a book is calculated, where it does not say so as Excel does by itself."""

    iterates: bool = False
    manual: bool = False
    as_displayed: bool = False


@dataclass(frozen=True, eq=False)
class Book:
    """A whole workbook; `parts` are the names of the parts of its file, `links` what other books it reads,
    `charted` the ranges that its charts show. `budget` is what is left of the limits for what the rules build."""

    path: Path
    sheets: tuple[Sheet, ...]
    names: tuple[Name, ...]
    tables: dict[str, tuple[str, Area]]
    links: tuple[str, ...]
    charted: tuple[str, ...]
    parts: frozenset[str]
    calculation: Calculation
    budget: Budget

    @cached_property
    def by_title(self) -> dict[str, Sheet]:
        return {sheet.title.casefold(): sheet for sheet in self.sheets}

    @property
    def worksheets(self) -> Iterator[Sheet]:
        return (sheet for sheet in self.sheets if not sheet.is_chart)


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
