"""What a number is called and what it is counted in, as a reader finds it: left of it, above it, in its format."""

from __future__ import annotations

import re
from functools import cached_property

from reportgen.review.lint.book import Cell, Sheet

UNIT_HEADS = frozenset(
    {"unit", "units", "uom", "measure", "currency", "einheit", "einheiten", "währung", "unité", "unités", "unidad"}
    | {"unidades", "unità", "eenheid"}
)
"""Heads of a column that holds units, in the languages most often met."""

_BRACKETED = re.compile(r"[(\[]\s*[^)\]\d][^)\]]*[)\]]")
_SIGN = re.compile(r"[%€$£¥#]|°C|\b(?:EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK)\b")
_COUNTED = re.compile(
    r"\b(?:number of|no\. of|count of|anzahl|per|pro|je|rate|ratio|share|factor|index|year|years|months?|weeks?|days?"
    r"|hours?|minutes?|seconds?|jahre?|monate?|tage?|stunden?|fte|ftes|people|persons?|users?|seats?|units?|pieces"
    r"|headcount|kwh|mwh|kg|tonnes?|km|gb|tb|tokens?)\b",
    re.IGNORECASE,
)
_FORMATTED = re.compile(r'%|\[\$|[€$£¥]|"[^"]*[^\W\d_][^"]*"|[dmyhs]{2}', re.IGNORECASE)
_PERIOD = re.compile(r"\W*\w+\W*[0-9]+\W*")
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
    return bool(_BRACKETED.search(text) or _SIGN.search(text) or _COUNTED.search(text))


class Labels:
    """The labels and units of one sheet. A unit is a text in the unit column, or one between label and number."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def left(self, cell: Cell) -> Cell | None:
        """The first text in the cell's row, left of it."""
        units = self.unit_columns(cell.row)
        for other in self._sheet.rows[cell.row]:
            if other.column >= cell.column:
                break
            if says_something(other) and other.column not in units:
                return other
        return None

    def above(self, cell: Cell) -> Cell | None:
        """The nearest text above in the cell's column."""
        head = self._heads.get((cell.row, cell.column))
        return self._sheet.cells[head, cell.column] if head is not None else None

    def unit(self, cell: Cell) -> str:
        """The unit of a number: from the unit column, the label, the head above or the number's format; else empty."""
        for column in self.unit_columns(cell.row):
            beside = self._sheet.cells.get((cell.row, column))
            if beside is not None and beside.text.strip():
                return beside.text
        label = self.left(cell)
        if label is not None:
            between = range(label.column + 1, cell.column)
            texts = [
                self._sheet.cells[cell.row, column] for column in between if (cell.row, column) in self._sheet.cells
            ]
            unit = next((text for text in reversed(texts) if says_something(text) or _SIGN.search(text.text)), None)
            if unit is not None:
                return unit.text
        if _FORMATTED.search(cell.look.number_format):
            return cell.look.number_format
        for near in (label, self.above(cell)):
            if near is not None and counts_as_unit(near.text):
                return near.text
        return ""

    def unit_columns(self, row: int) -> list[int]:
        """Columns with a head such as `Unit` in or above a row."""
        return [column for column, top in self._unit_heads.items() if top < row]

    @cached_property
    def _unit_heads(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for (row, column), cell in self._sheet.cells.items():
            if cell.text.strip().casefold() in UNIT_HEADS:
                found[column] = min(row, found.get(column, row))
        return found

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
