"""A workbook as the rules see it: its sheets with their cells, formulas, looks and settings, read-only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from reportgen.review.lint.cell_labels import Labels
from reportgen.review.lint.drawings import Drawn
from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formula_shapes import Shape
from reportgen.review.lint.formulas import Area
from reportgen.review.lint.sheet_cells import Cell, Position
from reportgen.review.lint.sheet_settings import Settings

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, eq=False)
class Sheet:
    """`frozen` says how many rows and columns stay in view, `print_areas` what is printed where not everything is,
    `has_print_titles` and `repeats_columns` whether rows and columns are repeated on further pages."""

    title: str
    state: str
    is_chart: bool
    cells: dict[Position, Cell]
    settings: Settings
    drawn: Drawn
    frozen: Position
    print_areas: tuple[Area, ...]
    has_print_titles: bool
    repeats_columns: bool

    @cached_property
    def in_order(self) -> list[Cell]:
        """The cells from left to right and from top to bottom."""
        return [self.cells[position] for position in sorted(self.cells)]

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells of each row, from left to right."""
        return _grouped((cell.row, cell) for cell in self.in_order)

    @cached_property
    def columns(self) -> dict[int, list[Cell]]:
        """The cells of each column, from top to bottom."""
        return _grouped((cell.column, cell) for cell in self.in_order)

    @cached_property
    def formulas(self) -> list[tuple[Cell, Shape]]:
        return [(cell, cell.shape) for cell in self.in_order if cell.shape is not None]

    @cached_property
    def formula_rows(self) -> dict[int, list[int]]:
        """The rows of the formulas in each column, from left to right."""
        return dict(sorted(_grouped((cell.column, cell.row) for cell, _ in self.formulas).items()))

    @cached_property
    def formula_columns(self) -> dict[int, list[int]]:
        """The columns of the formulas in each row."""
        return _grouped((cell.row, cell.column) for cell, _ in self.formulas)

    @cached_property
    def shape_at(self) -> dict[Position, Shape]:
        """The shapes of formulas that refer to something."""
        return {(cell.row, cell.column): shape for cell, shape in self.formulas if shape.refers}

    @cached_property
    def positions_by_shape(self) -> dict[Shape, list[Position]]:
        return _grouped((shape, (cell.row, cell.column)) for cell, shape in self.formulas)

    @cached_property
    def numbers(self) -> list[Cell]:
        """Typed numbers."""
        return [cell for cell in self.in_order if cell.is_number]

    @cached_property
    def inputs(self) -> list[Cell]:
        return [cell for cell in self.numbers if cell.is_input]

    @cached_property
    def validated(self) -> list[Area]:
        """Ranges into which not everything may be typed."""
        validations = self.settings.validations
        return [*self.settings.more_validated, *(area for each in validations for area in each.areas)]

    @cached_property
    def rows_of_records(self) -> set[int]:
        """The rows that have something typed other than text."""
        typed = (cell for cell in self.in_order if cell.shape is None and not isinstance(cell.content, str))
        return {cell.row for cell in typed}

    @cached_property
    def texts(self) -> list[Cell]:
        """Cells that say something, typed or computed."""
        return [cell for cell in self.in_order if cell.text]

    @property
    def last_row(self) -> int:
        return max(self.rows, default=0)

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.texts)


def _grouped(items: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = {}
    for key, item in items:
        groups.setdefault(key, []).append(item)
    return groups


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the book's, or of one sheet's where `sheet` is not empty."""

    name: str
    sheet: str
    value: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Calculation:
    """How a book is calculated, where it does not say so as Excel does by itself."""

    iterates: bool = False
    manual: bool = False
    as_displayed: bool = False


@dataclass(frozen=True, eq=False)
class Book:
    """A whole workbook; `parts` are the names of the parts of its file, `links` what other books it reads, by the
    numbers that formulas have for them.
    `budget` is what is left of the limits for what the rules build."""

    path: Path
    sheets: tuple[Sheet, ...]
    names: tuple[Name, ...]
    tables: dict[str, tuple[str, Area]]
    links: dict[int, str]
    parts: frozenset[str]
    calculation: Calculation
    budget: Budget

    @cached_property
    def by_title(self) -> dict[str, Sheet]:
        return {sheet.title.casefold(): sheet for sheet in self.sheets}

    @cached_property
    def shapes(self) -> list[tuple[Sheet, Shape, list[Position]]]:
        """The shapes of formulas on each sheet, with the cells that have them."""
        return [(sheet, *item) for sheet in self.worksheets for item in sheet.positions_by_shape.items()]

    @property
    def worksheets(self) -> Iterator[Sheet]:
        return (sheet for sheet in self.sheets if not sheet.is_chart)
