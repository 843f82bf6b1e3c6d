"""Findings that say the same of many places, summed up: nobody reads fifty thousand lines about merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from reportgen.review.lint.lint_rules import Finding, Rule, detailed

ONE_BY_ONE = 5
"""Places with the same message, on one sheet, that are still listed one by one."""

NAMED_PLACES, LISTED_PLACES = 5, 20
"""Places of a group that its line names, and that it lists at all."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """What a rule says of one or more places. `sheet` is empty where they are whole sheets or the whole book; `count`
    says how many places there are, of which `places` are the first few."""

    rule: Rule
    message: str
    sheet: str
    places: tuple[str, ...]
    count: int

    @property
    def line(self) -> str:
        """`Costs!C7: merged`, or `Costs, 700 places (C7, C9, C11, …): merged`."""
        return f"{self._where}: {self.message}" if self._where else self.message

    @property
    def _where(self) -> str:
        if self.count == 1:
            return next(iter(self.places), "")
        of = f"{self.sheet}, {self.count:,} places" if self.sheet else f"{self.count:,} places"
        if not self.places:
            return of
        shown = [place.removeprefix(f"{self.sheet}!") if self.sheet else place for place in self.places[:NAMED_PLACES]]
        more = ", …" if self.count > len(shown) else ""
        return f"{of} ({', '.join(shown)}{more})"


def grouped(findings: Iterable[Finding]) -> list[FindingGroup]:
    """Findings in their order, those with the same message together where there are more than a few of them on one
    sheet, or on as many sheets."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        whole = finding.cells is None and finding.count == 1
        groups.setdefault((finding.rule.code, finding.message, "" if whole else finding.sheet), []).append(finding)
    return [group for (*_, sheet), alike in groups.items() for group in _groups(alike, sheet)]


def _groups(alike: Sequence[Finding], sheet: str) -> list[FindingGroup]:
    count = sum(finding.count for finding in alike)
    if count <= ONE_BY_ONE:
        return [FindingGroup(each.rule, each.text, each.sheet, _places([each]), each.count) for each in alike]
    details = tuple(dict.fromkeys(detail for finding in alike for detail in finding.details))
    return [FindingGroup(alike[0].rule, detailed(alike[0].message, details), sheet, _places(alike), count)]


def _places(findings: Iterable[Finding]) -> tuple[str, ...]:
    listed = (each.where for each in findings if each.where and each.count == 1)
    return tuple(islice(dict.fromkeys(listed), LISTED_PLACES))
