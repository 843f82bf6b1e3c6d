"""Exceptions from the rules, each with its reason: on the command line `WB203=reason`, or a YAML list

    - {rule: WB203, where: "Costs!C7:D9", reason: the tariff changes in May}

`where` is a sheet, a cell or a range of it; without it a waiver covers the whole book.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportgen.review.lint.formulas import Area, area_of, unquoted
from reportgen.review.lint.lint_rules import FAST, Finding, Rule

MAX_FILE = 1_000_000
KEYS = ("rule", "where", "reason")


class WaiverError(Exception):
    """Waivers that cannot be read; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that need not be kept: within `area` of `sheet`, or on all of it, or in the whole book where `sheet` is
    empty. `where` is what was written."""

    rule: str
    reason: str
    where: str = ""
    sheet: str = ""
    area: Area | None = None

    def covers(self, finding: Finding) -> bool:
        """Whether all of a finding lies within the waiver."""
        elsewhere = self.sheet and finding.sheet.casefold() != self.sheet.casefold()
        if finding.rule.code != self.rule or elsewhere:
            return False
        if self.area is None:
            return True
        if finding.cells is None:
            return False
        (top, left), (bottom, right) = finding.cells
        area = self.area
        return area.top <= top and area.left <= left and bottom <= area.bottom and right <= area.right

    def __str__(self) -> str:
        return f"{self.rule} at {self.where}" if self.where else self.rule


def waiver_of(rule: str, reason: str, where: str, known: Collection[str]) -> Waiver:
    """A waiver from its written parts. Raises WaiverError for an unknown rule or a place that cannot be read."""
    rule, reason, where = rule.strip().upper(), reason.strip(), where.strip()
    if rule not in known:
        raise WaiverError(f"there is no rule {rule or 'without a code'}; `reportgen lint --rules` lists all")
    sheet, _, cells = where.rpartition("!")
    if not sheet:
        return Waiver(rule, reason, where, unquoted(cells))
    area = area_of(cells)
    if area is None:
        raise WaiverError(f"{where!r} is no cell or range; write it as Sheet!A1:B9")
    return Waiver(rule, reason, where, unquoted(sheet), area)


def given_waiver(text: str, known: Collection[str]) -> Waiver:
    """`WB203=reason`. Raises WaiverError."""
    rule, _, reason = text.partition("=")
    return waiver_of(rule, reason, "", known)


def read_waivers(path: Path, known: Collection[str]) -> tuple[Waiver, ...]:
    """The waivers of a YAML file. Raises WaiverError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WaiverError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    if len(data) > MAX_FILE:
        raise WaiverError(f"{path}: larger than {MAX_FILE // 1_000_000} MB")
    import yaml

    try:
        # The base loader takes every value as text, so that a reason may be `no`.
        entries = yaml.load(data, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError) as error:
        raise WaiverError(f"{path}: not valid YAML: {' '.join(str(error).split())}") from None
    if not isinstance(entries, list) and entries is not None:
        raise WaiverError(f"{path}: a list of waivers is expected, each with {', '.join(KEYS)}")
    return tuple(_entry(path, number, entry, known) for number, entry in enumerate(entries or (), 1))


def _entry(path: Path, number: int, entry: object, known: Collection[str]) -> Waiver:
    if not isinstance(entry, dict) or not all(isinstance(value, str) for value in entry.values()):
        raise WaiverError(f"{path}: waiver {number} is not of the form {{rule: …, where: …, reason: …}}")
    unknown = [str(key) for key in entry if key not in KEYS]
    if unknown:
        raise WaiverError(f"{path}: waiver {number} has the unknown key {unknown[0]!r}; keys are {', '.join(KEYS)}")
    try:
        return waiver_of(entry.get("rule", ""), entry.get("reason", ""), entry.get("where", ""), known)
    except WaiverError as error:
        raise WaiverError(f"{path}: waiver {number}: {error}") from None


_SOURCES = (f"{FAST}, on breaking rules: a conscious decision with a justification",)
UNREASONED = Rule(
    *("WB901", "Waiver without a reason", "Every waiver says why."),
    "write the reason after the `=`, or under `reason`",
    "error",
    _SOURCES,
)
NEEDLESS = Rule(
    *("WB902", "Waiver that waives nothing", "Every waiver is needed."),
    "delete the waiver, or correct its place",
    "warning",
    _SOURCES,
)


def about_waivers(given: Sequence[Waiver], used: Collection[Waiver]) -> Iterator[Finding]:
    """What the two rules above find."""
    for waiver in given:
        if not waiver.reason:
            yield Finding(UNREASONED, f"{waiver} is waived without a reason, so it is not waived")
    for waiver in given:
        if waiver.reason and waiver not in used:
            yield Finding(NEEDLESS, f"{waiver} is waived ({waiver.reason}), but nothing is found there")
