"""Where lines stand on the sheet Log, in which people who change the book say who changed what, when and why."""

from __future__ import annotations

from reportgen.workbook.address import Area
from reportgen.workbook.expressions import Expression, cells_of
from reportgen.workbook.plan import FIRST, FIRST_ROW, LABEL, LOG, UNIT

ENTRIES = 40
"""Lines that can be filled in."""

WHO, WHEN, WHAT, OLD, NEW, WHY = LABEL, UNIT, FIRST, FIRST + 1, FIRST + 2, FIRST + 3


def entries(column: int) -> Area:
    """The cells of a column that are filled in by hand."""
    return Area(LOG, FIRST_ROW, column, FIRST_ROW + ENTRIES - 1, column)


def changes_told() -> Expression:
    """The cells that say what was changed."""
    return cells_of(entries(WHAT))
