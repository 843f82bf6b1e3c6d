"""The rows of a sheet, by what each of them shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    """What a row shows."""

    GAP = "gap"
    HEADING = "heading"
    NUMBERS_HEAD = "head of numbers that questions ask about"
    INPUT = "input"
    CHANGES_HEAD = "head of changes in proportion"
    CHANGE = "changes of an input in proportion"
    TABLE_HEAD = "table head"
    TABLE_ROW = "table row"
    SHARED_HEAD = "head of shared numbers"
    OPTION_HEAD = "head of per-option numbers"
    SHARED = "shared number"
    PER_OPTION = "per-option number"
    ITEM = "item"
    SPARE = "spare line"
    CONTRIBUTION = "contribution"
    SUBTOTAL = "subtotal"
    STATE = "state"
    WITHOUT = "total without a category"
    SERIES = "series"
    SIGNS = "signs of a series"
    RATE = "internal rate of return of a series"
    OWN_HEAD = "head of what items over time cost"
    OWN = "own number of an item over time"
    STEADY = "what is the same all the time"
    LITERAL_HEAD = "head of numbers written in formulas"
    LITERAL = "number written in a formula"


@dataclass(frozen=True, slots=True)
class Row:
    """`name` is the quantity (or table, or heading) shown, `option` that of a per-option input,
    `index` the row of a table, or the number of a contribution, of a literal or of a spare line."""

    number: int
    kind: Kind
    name: str = ""
    option: str | None = None
    index: int = 0


@dataclass(slots=True)
class SheetRows:
    """Rows of one sheet while they are laid out."""

    name: str
    next_row: int
    rows: list[Row] = field(default_factory=list)

    def add(self, kind: Kind, name: str = "", option: str | None = None, index: int = 0) -> int:
        number = self.next_row
        if kind is not Kind.GAP:
            self.rows.append(Row(number, kind, name, option, index))
        self.next_row += 1
        return number
