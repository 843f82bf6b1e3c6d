"""A cell as the rules see it."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportgen.review.lint.cell_styles import Look
from reportgen.review.lint.formula_shapes import Shape
from reportgen.review.lint.formulas import column_letters

Position = tuple[int, int]
"""Row and column of a cell, from 1."""


class Cell(NamedTuple):
    """`content` is the typed number, text, truth or date, or a formula's text. Of a formula, `result` is what it last
    came to and `result_kind` `n`, `str`, `b`, `e`, or empty where nothing is stored; `array` for one that is entered
    over several cells, or a what-if data table."""

    row: int
    column: int
    content: object
    look: Look
    shape: Shape | None = None
    result_kind: str = ""
    result: str = ""
    array: bool = False
    comment: bool = False

    @property
    def is_number(self) -> bool:
        """A typed number; truths, dates and times are none."""
        return type(self.content) is float

    @property
    def text(self) -> str:
        """What the cell says, where it says text."""
        if self.shape is not None:
            return self.result if self.result_kind == "str" else ""
        return self.content if isinstance(self.content, str) else ""

    @property
    def typed_text(self) -> str:
        return self.content if isinstance(self.content, str) and self.shape is None else ""

    @property
    def shows_number(self) -> bool:
        """A number, typed or computed."""
        return self.is_number or self.result_kind == "n"

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


def address(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"
