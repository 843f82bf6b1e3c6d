"""What a number is called and what it is counted in, as a reader finds it: left of it, above it, in its format."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from reportgen.review.lint.formulas import LAST_ROW
from reportgen.review.lint.sheet_cells import Cell

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
class _RowTexts:
    """Of one row: its label, what may be a unit, from left to right, and the text in a column of units."""

    label: Cell | None
    between: list[Cell]
    unit: str


class Labels:
    """The labels and units of one sheet. A unit is a text in the unit column, or one between label and number."""

    def __init__(self, texts: list[Cell]) -> None:
        self._rows: dict[int, list[Cell]] = {}
        self._row_texts: dict[int, _RowTexts] = {}
        self._heads: dict[int, list[Cell]] = {}
        """The words in each column."""
        self._unit_heads: dict[int, int] = {}
        """The row of the highest head of units by column."""
        for cell in texts:
            self._rows.setdefault(cell.row, []).append(cell)
            if says_something(cell):
                self._heads.setdefault(cell.column, []).append(cell)
            if cell.text.strip().casefold() in UNIT_HEADS:
                self._unit_heads.setdefault(cell.column, cell.row)
        self._first_head = min(self._unit_heads.values(), default=LAST_ROW)

    def left(self, cell: Cell) -> Cell | None:
        """The first text in the cell's row, left of it."""
        label = self._of_row(cell.row).label
        return label if label is not None and label.column < cell.column else None

    def above(self, cell: Cell) -> Cell | None:
        """The nearest text above in the cell's column."""
        heads = self._heads.get(cell.column, [])
        at = bisect_left(heads, cell.row, key=lambda head: head.row)
        return heads[at - 1] if at else None

    def unit(self, cell: Cell) -> str:
        """The unit of a number: from the unit column, the label, the head above or the number's format; else empty."""
        row = self._of_row(cell.row)
        if row.unit:
            return row.unit
        label = self.left(cell)
        if label is not None:
            at = bisect_left(row.between, cell.column, key=lambda text: text.column) - 1
            if at >= 0 and row.between[at].column > label.column:
                return row.between[at].text
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

    def _of_row(self, row: int) -> _RowTexts:
        texts = self._row_texts.get(row)
        if texts is None:
            cells = self._rows.get(row, [])
            label = next((cell for cell in cells if says_something(cell) and not self.is_unit(cell)), None)
            between = [cell for cell in cells if says_something(cell) or _SIGN.search(cell.text)]
            # Where several columns have such heads, the highest counts.
            units = {cell.column: cell.text for cell in cells if self.is_unit(cell) and cell.text.strip()}
            unit = next((units[column] for column in self._unit_heads if column in units), "")
            texts = self._row_texts[row] = _RowTexts(label, between, unit)
        return texts
