"""What a check of the workbook is: two ways to the same number, computed here and live there.

A check is OK while both ways agree within its tolerance. Where they do not, it fails (CHECK), and the master check
with it; or it is noted (NOTE), where a difference may be meant: a price not quoted, a changed input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportgen.workbook.address import Area
from reportgen.workbook.plan import CHECKS, FIRST, FIRST_ROW

OK, NOTED, FAILED = "OK", "NOTE", "CHECK"

RELATIVE_TOLERANCE = ABSOLUTE_TOLERANCE = 1e-9
"""Amounts may differ by this share of the larger one, or by so much in their own unit if that is more."""

COUNT_ROW, RELATIVE_ROW, ABSOLUTE_ROW, FIRST_GROUP_ROW = FIRST_ROW + 1, FIRST_ROW + 2, FIRST_ROW + 3, FIRST_ROW + 5
"""Rows of Checks below the master check: the number of notes, both tolerances, the first group's heading."""

RESULT, SHEET, ONE_WAY, OTHER_WAY, DIFFERENCE, ALLOWED, NOTE, FIRST_OPTION = range(FIRST, FIRST + 8)
"""Columns of Checks; what each option comes to stands at the end, where an option by itself is compared."""

LONGEST = 255
"""Characters of a formula that can still be followed; longer ones are laid out as several checks."""

PartValues = Mapping[str, Sequence[Mapping[str, float]]]
"""By total, then by its contributions in order, then by option."""


@dataclass(frozen=True, slots=True)
class Check:
    """Two numbers that should be the same; formulas give both live. `sheet` is what they are about.

    `options` has a number and its formula for each option; with `against`, cells of a row and their numbers, each of
    them should be that option's. `note` says what a difference means.
    """

    title: str
    sheet: str
    unit: str
    left: float
    right: float
    left_formula: str
    right_formula: str
    options: tuple[tuple[float, str], ...] = ()
    against: tuple[Area, tuple[float, ...]] | None = None
    note: str = ""

    @property
    def apart(self) -> float:
        """How far both ways are apart, all together or option by option, whichever is more."""
        pairs = zip(self.options, self.against[1], strict=True) if self.against else ()
        return max(abs(self.left - self.right), sum(abs(value - other) for (value, _), other in pairs))


@dataclass(frozen=True, slots=True)
class Excuse:
    """When a difference is noted and is no failure: by a condition on Checks, and whether it holds now."""

    condition: str
    holds: bool


ALWAYS = Excuse("", True)


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Checks of one kind. Counts have to be equal, amounts (not `counted`) agree within the tolerance."""

    title: str
    checks: tuple[Check, ...]
    counted: bool = False
    excuse: Excuse | None = None

    def allowed(self, check: Check) -> float:
        larger = max(abs(check.left), abs(check.right))
        return 0.0 if self.counted else max(ABSOLUTE_TOLERANCE, RELATIVE_TOLERANCE * larger)

    def difference(self, check: Check) -> float:
        """Nothing within the tolerance."""
        return 0.0 if check.apart <= self.allowed(check) else check.apart

    def result(self, check: Check) -> str:
        if not self.difference(check):
            return OK
        return NOTED if self.excuse is not None and self.excuse.holds else FAILED

    def count(self, result: str) -> int:
        return sum(self.result(check) == result for check in self.checks)


def rows_of(groups: Sequence[CheckGroup]) -> Iterator[tuple[int, CheckGroup]]:
    """The row of each group's heading: its checks follow, then a gap."""
    row = FIRST_GROUP_ROW
    for group in groups:
        yield row, group
        row += len(group.checks) + 2


def next_row(groups: Sequence[CheckGroup]) -> int:
    """Where the heading of another group would stand."""
    return FIRST_GROUP_ROW + sum(len(group.checks) + 2 for group in groups)


def counted(groups: Sequence[CheckGroup]) -> str:
    """How many checks there are, by their results, in words."""
    every = sum(len(group.checks) for group in groups)
    good, noted, failed = (sum(group.count(each) for group in groups) for each in (OK, NOTED, FAILED))
    return f"{every} checks: {good} OK, {noted} to note, {failed} to look at"


def listed(areas: Sequence[Area]) -> str:
    return ",".join(area.seen_from(CHECKS) for area in areas)


def added(function: str, areas: Sequence[Area]) -> str:
    """The function of each area, added up."""
    return "+".join(f"{function}({area.seen_from(CHECKS)})" for area in areas)


def portions(areas: Sequence[Area], texts: Sequence[Callable[[Sequence[Area]], str]]) -> Iterator[tuple[Area, ...]]:
    """The areas in portions of which every text can still be followed."""
    portion: tuple[Area, ...] = ()
    for area in areas:
        if portion and any(len(text((*portion, area))) > LONGEST for text in texts):
            yield portion
            portion = ()
        portion += (area,)
    if portion:
        yield portion


def more(number: int) -> str:
    """What tells a title from the ones before, where a check is laid out in portions."""
    return f" ({number + 1})" if number else ""
