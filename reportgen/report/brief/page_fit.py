"""How much of a brief fits on its pages, told beforehand: the heights of texts and how many rows of each list."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.presentation.value_table import TableRow, ValueTable

POINT = 25.4 / 72
"""Millimetres."""
_LEADING = 1.34
_WIDE, _CAPITAL, _DIGIT, _PLAIN, _NARROW = 0.8, 0.67, 0.58, 0.53, 0.31
"""Widths of letters as shares of the type's size: those of Hanken Grotesk, a wide family for text."""


WIDTH = 178.0
"""Millimetres between the margins of templates/brief/style.css."""
HALF = 87.0
"""Millimetres of one of two tables side by side."""
TYPE = 8.4
"""Points of the type in tables."""
_SMALL = 7.8
_PADDING, _LINE = 4.0, 1.9
"""Millimetres left and right of a cell's text, and above and below it with its line."""


@dataclass(frozen=True, slots=True)
class Sized:
    """A table with its width and that of each column but the first, in millimetres."""

    table: ValueTable
    width: float
    each: float

    @property
    def first(self) -> float:
        return self.width - len(self.table.heads) * self.each

    @property
    def head_height(self) -> float:
        """With its caption and what is free below the table."""
        caption = height(f"{self.table.caption}, {self.table.unit}", self.width, TYPE) + 1.4
        remark = height(self.table.remark, self.width, _SMALL) + 0.4 if self.table.remark else 0.0
        heads = (*((text, self.each) for text in self.table.heads), (self.table.first_head, self.first))
        return caption + remark + max(height(text, room - _PADDING, TYPE) for text, room in heads) + 2.8 + 4.5

    def row_height(self, row: TableRow) -> float:
        room = self.first - _PADDING
        title = height(row.title, room, TYPE) + height(row.note, room, _SMALL) + height(row.mark, room, _SMALL)
        room = self.each - _PADDING
        cells = [height(each.text, room, TYPE) + height(each.mark or each.note, room, _SMALL) for each in row.cells]
        return max(title, *cells) + _LINE

    @property
    def rows(self) -> tuple[float, ...]:
        return tuple(map(self.row_height, self.table.rows))

    @property
    def height(self) -> float:
        return self.head_height + sum(self.rows)

    def limited(self, count: int) -> Sized:
        return replace(self, table=replace(self.table, rows=self.table.rows[:count]))


def sized(table: ValueTable, room: float = WIDTH, usual: float = 40.0) -> Sized | None:
    """The table in a width, its columns at least as wide as usual and as the longest number; None where its first
    column then has too little left."""
    words = [word for row in table.rows for cell in row.cells for word in cell.text.split(" ")]
    each = max(usual, *(width(word, TYPE * 1.04) + _PADDING for word in words)) if words else usual
    return Sized(table, room, each) if room - len(table.heads) * each >= 36 else None


@dataclass(frozen=True, slots=True)
class Listing:
    """A block of rows, the most important first: `head` and each of `rows` are heights in millimetres. It is left out
    if it has no rows; otherwise it has `least` of them, if there are as many, or more where there is room."""

    head: float
    rows: tuple[float, ...]
    least: int

    def height(self, count: int) -> float:
        return self.head + sum(self.rows[:count]) if count else 0.0


def fit(listings: Sequence[Listing], room: float) -> tuple[int, ...]:
    """How many rows of each listing stand in `room` millimetres. The first listing is the most important: each first
    gets its least in turn, while there is room for them; then all grow by a row in turn."""
    counts = [0] * len(listings)

    def has_room(index: int, count: int) -> bool:
        others = sum(each.height(n) for at, (each, n) in enumerate(zip(listings, counts, strict=True)) if at != index)
        return others + listings[index].height(count) <= room

    for index, each in enumerate(listings):
        wanted = min(each.least, len(each.rows))
        counts[index] = next((count for count in range(wanted, 0, -1) if has_room(index, count)), 0)
    grows = True
    while grows:
        grows = False
        for index, each in enumerate(listings):
            if 0 < counts[index] < len(each.rows) and has_room(index, counts[index] + 1):
                counts[index] += 1
                grows = True
    return tuple(counts)


def height(text: str, room: float, size: float) -> float:
    """Millimetres that a text takes, at most, in a column `room` millimetres wide; `size` of its type in points."""
    return lines(text, room, size) * size * _LEADING * POINT


def lines(text: str, room: float, size: float) -> int:
    """Lines that a text takes, at most. A word may leave a part of its line empty, and is broken where it must be."""
    if not text:
        return 0
    at, count, space = 0.0, 1, width(" ", size)
    for word in text.split():
        length = width(word, size)
        if at and at + space + length > room:
            count, at = count + 1, 0.0
        at += length + (space if at else 0.0)
        if at > room:
            more = math.ceil(at / room) - 1
            count, at = count + more, at - more * room
    return count


def width(text: str, size: float) -> float:
    """Millimetres that a text takes on one line, at most."""
    return sum(map(_width, text)) * size * POINT


def _width(character: str) -> float:
    if character in "iljtfrI.,:;'’|()[]!-· ":
        return _NARROW
    if character.isdigit():
        return _DIGIT
    if character in "mwMW@%&—…€":
        return _WIDE
    return _CAPITAL if character.isupper() else _PLAIN
