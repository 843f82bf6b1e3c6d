"""What a check of the workbook is: two ways to the same number.

A check is OK while both ways agree within its tolerance. Where they do not, it fails (CHECK), and the master check
with it; or it is noted (NOTE), where a difference may be meant: a price not quoted, a changed input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, together
from reportgen.workbook.expressions import Expression, Operand, cells_of
from reportgen.workbook.plan import CHECKS, FIRST, FIRST_ROW
from reportgen.workbook.titles import Text

OK, NOTED, FAILED = message("OK"), message("NOTE"), message("CHECK")

RELATIVE_TOLERANCE = ABSOLUTE_TOLERANCE = 1e-9
"""Amounts may differ by this share of the larger one, or by so much in their own unit if that is more."""

COUNT_ROW, RELATIVE_ROW, ABSOLUTE_ROW, FIRST_GROUP_ROW = FIRST_ROW + 1, FIRST_ROW + 2, FIRST_ROW + 3, FIRST_ROW + 5
"""Rows of Checks below the master check: the number of notes, both tolerances, the first group's heading."""

RESULT, SHEET, ONE_WAY, OTHER_WAY, DIFFERENCE, ALLOWED, NOTE, FIRST_OPTION = range(FIRST, FIRST + 8)
"""Columns of Checks; what each option comes to stands at the end, where an option by itself is compared."""

LONGEST = 255
"""Characters of a formula that can still be followed; longer ones are laid out as several checks."""


@dataclass(frozen=True, slots=True)
class Check:
    """Two ways to a number. `sheet` is what it is about, `note` says what a difference means.

    `options` has the one way for each option (`one_way` None: it adds them up); with `against`, the cells of a row,
    each of them should be that option's. `known` is what the one way comes to, where it need not be computed.
    """

    title: Text
    sheet: str
    unit: str
    one_way: Expression | None
    other_way: Expression
    options: tuple[Expression, ...] = ()
    against: Area | None = None
    note: str = ""
    known: float | None = None


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Checks of one kind. Counts have to be equal, amounts (not `counted`) agree within the tolerance; `otherwise` is
    the result where they do not."""

    title: str
    checks: tuple[Check, ...]
    counted: bool = False
    otherwise: Operand = FAILED


def rows_of(groups: Sequence[CheckGroup]) -> Iterator[tuple[int, CheckGroup]]:
    """The row of each group's heading: its checks follow, then a gap."""
    row = FIRST_GROUP_ROW
    for group in groups:
        yield row, group
        row += len(group.checks) + 2


def next_row(groups: Sequence[CheckGroup]) -> int:
    """Where the heading of another group would stand."""
    return FIRST_GROUP_ROW + sum(len(group.checks) + 2 for group in groups)


Way = Callable[[Sequence[Area]], Expression]
"""How a number is computed from areas."""


def size(area: Area) -> Expression:
    """How many cells an area has."""
    return f.ROWS(cells_of(area)) * f.COLUMNS(cells_of(area))


def portions(areas: Sequence[Area], ways: Sequence[Way]) -> Iterator[tuple[Area, ...]]:
    """The areas in portions of which every formula can still be followed."""
    portion: tuple[Area, ...] = ()
    for area in areas:
        if portion and any(len(way((*portion, area)).text(CHECKS)) >= LONGEST for way in ways):  # behind a `=`
            yield portion
            portion = ()
        portion += (area,)
    if portion:
        yield portion


def more(number: int) -> str:
    """What tells a title from the ones before, where a check is laid out in portions."""
    return together(" (", number + 1, ")") if number else ""
