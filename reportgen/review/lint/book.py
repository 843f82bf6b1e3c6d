"""A workbook as the rules see it: its sheets with their cells, formulas, looks and settings, read-only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reportgen.review.lint.cell_labels import Labels
from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formula_shapes import Shape
from reportgen.review.lint.formulas import Area
from reportgen.review.lint.sheet_cells import Cell, Position
from reportgen.review.lint.sheet_settings import Settings


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart on a sheet; `cell` is the one under its corner, None where it is placed without one."""

    titled: bool
    cell: Position | None


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
    def in_order(self) -> list[Cell]:
        """The cells from left to right and from top to bottom."""
        return [self.cells[position] for position in sorted(self.cells)]

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells of each row, from left to right."""
        rows: dict[int, list[Cell]] = {}
        for cell in self.in_order:
            rows.setdefault(cell.row, []).append(cell)
        return rows

    @cached_property
    def columns(self) -> dict[int, list[Cell]]:
        """The cells of each column, from top to bottom."""
        columns: dict[int, list[Cell]] = {}
        for cell in self.in_order:
            columns.setdefault(cell.column, []).append(cell)
        return columns

    @cached_property
    def formulas(self) -> list[tuple[Cell, Shape]]:
        return [(cell, cell.shape) for cell in self.in_order if cell.shape is not None]

    @cached_property
    def formula_rows(self) -> dict[int, list[int]]:
        """The rows of the formulas in each column, from left to right."""
        rows: dict[int, list[int]] = {}
        for cell, _ in self.formulas:
            rows.setdefault(cell.column, []).append(cell.row)
        return dict(sorted(rows.items()))

    @cached_property
    def columns_with_formulas(self) -> list[int]:
        return list(self.formula_rows)

    @cached_property
    def formula_columns(self) -> dict[int, list[int]]:
        """The columns of the formulas in each row."""
        columns: dict[int, list[int]] = {}
        for cell, _ in self.formulas:
            columns.setdefault(cell.row, []).append(cell.column)
        return columns

    @cached_property
    def shape_at(self) -> dict[Position, Shape]:
        """The shapes of formulas that refer to something."""
        return {(cell.row, cell.column): shape for cell, shape in self.formulas if shape.refers}

    @cached_property
    def positions_by_shape(self) -> dict[Shape, list[Position]]:
        positions: dict[Shape, list[Position]] = {}
        for cell, shape in self.formulas:
            positions.setdefault(shape, []).append((cell.row, cell.column))
        return positions

    @cached_property
    def numbers(self) -> list[Cell]:
        """Typed numbers."""
        return [cell for cell in self.in_order if cell.is_number]

    @cached_property
    def inputs(self) -> list[Cell]:
        return [cell for cell in self.numbers if cell.is_input]

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
