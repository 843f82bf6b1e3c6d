"""A workbook as the rules see it: its sheets with their cells, formulas, looks and settings, read-only."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from reportgen.review.lint.formulas import Area, Kind, kind_of, relative_form
from reportgen.review.lint.package import Package, Stored, UnreadableError, open_package, sheet_parts

Position = tuple[int, int]
"""Row and column of a cell, from 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell is formatted; `colors` are those of font and fill where they are written out."""

    style: str
    locked: bool
    number_format: str
    colors: tuple[str, str]
    appearance: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Cell:
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
    """`raw` is the sheet as openpyxl gives it, for settings that single rules ask for; `frozen` says how many rows
    and columns stay in view, `more_validated` are ranges with a validation that openpyxl passes over."""

    title: str
    state: str
    cells: dict[Position, Cell]
    raw: Any
    is_chart: bool = False
    frozen: Position = (0, 0)
    more_validated: tuple[str, ...] = ()

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
        return bool(self.raw.protection.sheet)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the book's, or of one sheet's where `sheet` is not empty."""

    name: str
    sheet: str
    value: str
    kind: Kind


@dataclass(frozen=True, eq=False)
class Book:
    """A whole workbook; `parts` are the names of the parts of its file, `links` what other books it reads,
    `charted` the ranges that its charts show."""

    path: Path
    sheets: tuple[Sheet, ...]
    names: tuple[Name, ...]
    tables: dict[str, tuple[str, Area]]
    links: tuple[str, ...]
    charted: tuple[str, ...]
    parts: frozenset[str]
    raw: Any = field(repr=False)

    @cached_property
    def by_title(self) -> dict[str, Sheet]:
        return {sheet.title.casefold(): sheet for sheet in self.sheets}

    @property
    def worksheets(self) -> Iterator[Sheet]:
        return (sheet for sheet in self.sheets if not sheet.is_chart)


def read_book(path: Path) -> Book:
    """Read a workbook for review. Raises UnreadableError."""
    package = open_package(path)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it does not keep on saving; nothing is saved here.
            warnings.simplefilter("ignore")
            with path.open("rb") as file:
                workbook: Any = load_workbook(file)
            parts = sheet_parts(path)
            sheets = _sheets(workbook, package, parts)
            tables = _tables(workbook)
            names = tuple(_names(workbook))
    except Exception as error:
        # The parts are there, but openpyxl's parsers raise whatever they come upon in them.
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise UnreadableError(f"is damaged: {reason}") from error
    links = tuple(str(link.file_link.Target) for link in workbook._external_links)
    return Book(path, sheets, names, tables, links, package.charted, package.parts, workbook)


def _sheets(workbook: Any, package: Package, parts: dict[str, str]) -> tuple[Sheet, ...]:
    looks: dict[int, Look] = {}
    kinds: dict[str, Kind] = {}
    found = []
    for raw in workbook._sheets:
        if not hasattr(raw, "_cells"):
            found.append(Sheet(raw.title, raw.sheet_state, {}, raw, is_chart=True))
            continue
        part = parts.get(raw.title, "")
        results = package.stored.get(part, {})
        cells = {
            position: _cell(cell, results, looks, kinds)
            for position, cell in raw._cells.items()
            if cell.value is not None or cell.comment is not None
        }
        validated = package.validated.get(part, ())
        found.append(Sheet(raw.title, raw.sheet_state, cells, raw, False, _frozen(raw.freeze_panes), validated))
    return tuple(found)


def _frozen(pane: str | None) -> Position:
    if not pane:
        return 0, 0
    left, top, _, _ = range_boundaries(pane)
    return (top or 1) - 1, (left or 1) - 1


def _cell(cell: Any, results: dict[str, Stored], looks: dict[int, Look], kinds: dict[str, Kind]) -> Cell:
    style = cell.style_id
    if style not in looks:
        looks[style] = _look(cell)
    value, array, comment = cell.value, False, cell.comment is not None
    if isinstance(value, ArrayFormula | DataTableFormula):
        value, array = str(getattr(value, "text", "") or ""), True
    elif cell.data_type != "f":
        return Cell(cell.row, cell.column, _plain(value), looks[style], comment=comment)
    relative = relative_form(value, cell.row, cell.column)
    if relative not in kinds:
        kinds[relative] = kind_of(value, cell.row, cell.column, relative)
    result = results.get(cell.coordinate, Stored("", ""))
    return Cell(cell.row, cell.column, value, looks[style], kinds[relative], result, array, comment)


def _plain(value: object) -> object:
    """Dates and times are typed as such, not as numbers: they need no unit."""
    return value if isinstance(value, str | int | float | date | time | timedelta | None) else str(value)


def _look(cell: Any) -> Look:
    font, fill, side = cell.font, cell.fill, cell.border.left
    ink = font.color.rgb if font.color is not None and font.color.type == "rgb" else ""
    solid = fill.fill_type == "solid" and fill.fgColor.type == "rgb"
    paper = fill.fgColor.rgb if solid else "" if fill.fill_type else "FFFFFFFF"
    appearance = (ink, fill.fill_type, str(fill.fgColor.rgb), str(fill.fgColor.theme), side.style if side else None)
    style = _style(cell)
    return Look(style, bool(cell.protection.locked), cell.number_format, (ink, paper), (*appearance, style))


def _style(cell: Any) -> str:
    """The name of a cell's style. LibreOffice writes some without one, which openpyxl cannot name either."""
    at, names = cell._style.xfId, cell.parent.parent._named_styles.names
    return str(names[at]) if at < len(names) else "Normal"


def _names(workbook: Any) -> Iterator[Name]:
    for sheet, names in (("", workbook.defined_names), *((raw.title, _local(raw)) for raw in workbook._sheets)):
        for name, defined in names.items():
            value = str(defined.value or "")
            yield Name(name, sheet, value, kind_of("=" + value, 1, 1, ""))


def _local(raw: Any) -> Any:
    return getattr(raw, "defined_names", {})


def _tables(workbook: Any) -> dict[str, tuple[str, Area]]:
    found = {}
    for raw in workbook.worksheets:
        for table in raw.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            found[table.displayName.casefold()] = raw.title, Area(top or 1, left or 1, bottom or 1, right or 1)
    return found


def address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row}"
