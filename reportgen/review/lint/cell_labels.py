"""What a number is called and what it is counted in, as a reader finds it: left of it, above it, in its format."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportgen.review.lint.book import Book, Cell, Sheet
from reportgen.review.lint.formulas import LAST_ROW

UNIT_HEADS = frozenset(
    {"unit", "units", "uom", "measure", "currency", "einheit", "einheiten", "währung", "unité", "unités", "unidad"}
    | {"unidades", "unità", "eenheid"}
)
"""Heads of a column that holds units, in the languages most often met."""

_OPENED = re.compile(r"[(\[][^)\]\d]")
_CLOSED = re.compile(r"[)\]]")
_SIGN = re.compile(r"[%€$£¥#]|°C|\b(?:EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK)\b")
_COUNTED = re.compile(
    r"\b(?:number of|no\. of|count of|anzahl|per|pro|je|rate|ratio|share|factor|index|year|years|months?|weeks?|days?"
    r"|hours?|minutes?|seconds?|jahre?|monate?|tage?|stunden?|fte|ftes|people|persons?|users?|seats?|units?|pieces"
    r"|headcount|kwh|mwh|kg|tonnes?|km|gb|tb|tokens?)\b",
    re.IGNORECASE,
)
_FORMATTED = re.compile(r"%|\[\$|[€$£¥]|[dmyhs]{2}", re.IGNORECASE)
_PERIOD = re.compile(r"\W*\w++(?:(?<=\w[0-9])|\W+[0-9]+)\W*")
"""`Year 1`, `Month 12`: when, not what."""

_WORD = re.compile(r"[^\W\d_]")


def says_something(cell: Cell) -> bool:
    """Whether a cell holds words, not just a dash."""
    return bool(_WORD.search(cell.text))


def counts_as_unit(text: str) -> bool:
    """Whether a label or a head says what is counted: `Rent (EUR)`, `Growth in %`, `Price per seat`; the head of the
    column of units does not."""
    if _PERIOD.fullmatch(text) or text.strip().casefold() in UNIT_HEADS:
        return False
    return bool(_bracketed(text) or _SIGN.search(text) or _COUNTED.search(text))


def _bracketed(text: str) -> bool:
    """Whether something other than a number stands in brackets. Not one expression, whose time would grow with the
    square of the length where nothing is closed."""
    opened = _OPENED.search(text)
    return opened is not None and _CLOSED.search(text, opened.end()) is not None


@lru_cache(maxsize=70_000)
def _formatted(number_format: str) -> bool:
    """Whether a number format shows a unit: a sign, or words in quotes."""
    quoted = number_format.split('"')[1:-1]
    return bool(_FORMATTED.search(number_format)) or any(_WORD.search(text) for text in quoted)


@dataclass(frozen=True, slots=True)
class _Row:
    """Of one row: its label, the columns of what may be a unit, ascending, and the text in a column of units."""

    label: Cell | None
    between: list[int]
    unit: str


class Labels:
    """The labels and units of one sheet. A unit is a text in the unit column, or one between label and number."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._rows: dict[int, _Row] = {}

    def left(self, cell: Cell) -> Cell | None:
        """The first text in the cell's row, left of it."""
        label = self._row(cell.row).label
        return label if label is not None and label.column < cell.column else None

    def above(self, cell: Cell) -> Cell | None:
        """The nearest text above in the cell's column."""
        head = self._heads.get((cell.row, cell.column))
        return self._sheet.cells[head, cell.column] if head is not None else None

    def unit(self, cell: Cell) -> str:
        """The unit of a number: from the unit column, the label, the head above or the number's format; else empty."""
        row = self._row(cell.row)
        if row.unit:
            return row.unit
        label = self.left(cell)
        if label is not None:
            at = bisect_left(row.between, cell.column) - 1
            if at >= 0 and row.between[at] > label.column:
                return self._sheet.cells[cell.row, row.between[at]].text
        if _formatted(cell.look.number_format):
            return cell.look.number_format
        for near in (label, self.above(cell)):
            if near is not None and counts_as_unit(near.text):
                return near.text
        return ""

    def has_units(self, row: int) -> bool:
        """Whether a column has a head such as `Unit` above a row."""
        return self._first_head < row

    def is_unit(self, cell: Cell) -> bool:
        """Whether a cell stands below such a head."""
        return self._unit_heads.get(cell.column, cell.row) < cell.row

    def _row(self, row: int) -> _Row:
        found = self._rows.get(row)
        if found is None:
            cells = self._sheet.rows[row]
            label = next((cell for cell in cells if says_something(cell) and not self.is_unit(cell)), None)
            between = [cell.column for cell in cells if says_something(cell) or _SIGN.search(cell.text)]
            # Where several columns have such heads, the head that was typed first counts first.
            units = {cell.column: cell.text for cell in cells if self.is_unit(cell) and cell.text.strip()}
            unit = units[min(units, key=self._ranks.__getitem__)] if units else ""
            found = self._rows[row] = _Row(label, between, unit)
        return found

    @cached_property
    def _unit_heads(self) -> dict[int, int]:
        """The row of the highest such head by column."""
        found: dict[int, int] = {}
        for (row, column), cell in self._sheet.cells.items():
            if cell.text.strip().casefold() in UNIT_HEADS:
                found[column] = min(row, found.get(column, row))
        return found

    @cached_property
    def _ranks(self) -> dict[int, int]:
        return {column: rank for rank, column in enumerate(self._unit_heads)}

    @cached_property
    def _first_head(self) -> int:
        return min(self._unit_heads.values(), default=LAST_ROW)

    @cached_property
    def _heads(self) -> dict[tuple[int, int], int]:
        """For each cell the row of the nearest text above it."""
        found: dict[tuple[int, int], int] = {}
        for column, cells in self._sheet.columns.items():
            head = None
            for cell in cells:
                if head is not None:
                    found[cell.row, column] = head
                if says_something(cell):
                    head = cell.row
        return found


@lru_cache(maxsize=2)
def labels_of(book: Book) -> dict[str, Labels]:
    """By sheet, one for all rules."""
    return {sheet.title: Labels(sheet) for sheet in book.worksheets}
