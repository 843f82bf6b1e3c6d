"""All rules, and what becomes of their findings: reported, or waived with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from reportgen.collector import no_collections
from reportgen.review.lint import (
    consistency_rules,
    formula_rules,
    input_rules,
    limit_rules,
    presentation_rules,
    reference_rules,
    series_rules,
    structure_rules,
)
from reportgen.review.lint.book import Book
from reportgen.review.lint.lint_rules import Finding, Rule, findings_of
from reportgen.review.lint.waivers import NEEDLESS, UNREASONED, Waiver, about_waivers
from reportgen.review.lint.workbook_reader import read_book
from reportgen.workbook.conformance import RuleText

_SUBJECTS = (
    *(structure_rules, formula_rules, reference_rules, consistency_rules, series_rules),
    *(input_rules, presentation_rules, limit_rules),
)
_OF_BOOKS: list[Rule] = sorted(
    chain.from_iterable(subject.REGISTER.rules for subject in _SUBJECTS), key=lambda rule: rule.code
)
RULES = (*_OF_BOOKS, UNREASONED, NEEDLESS)
"""Every rule, by code."""


def rules_of_books() -> tuple[RuleText, ...]:
    """The rules that a book by itself keeps or not, as its sheet Guide names them."""
    return tuple(RuleText(f"{rule.code} {rule.title}", rule.principle, rule.sources) for rule in _OF_BOOKS)


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in a book, in the book's order, and those that are waived."""

    book: Book
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()

    def fails(self, strict: bool) -> bool:
        """Whether there are errors, or with `strict` any findings."""
        return any(strict or finding.rule.severity == "error" for finding in self.findings)


def lint(path: Path, data: bytes | None = None) -> Report:
    """Read a workbook, from `data` if it is no file yet, and look at it by every rule. Raises UnreadableError."""
    with no_collections():
        return check(read_book(path, data))


def check(book: Book) -> Report:
    """Look at a book by every rule. Raises UnreadableError where following its formulas would take too long."""
    findings = [finding for rule in _OF_BOOKS for finding in findings_of(rule, book)]
    findings.sort(key=lambda hit: (hit.order, hit.cells or ((0, 0), (0, 0)), hit.rule.code, hit.message))
    return Report(book, tuple(findings))


def waive(reports: Sequence[Report], given: Sequence[Waiver]) -> tuple[Report, ...]:
    """What is left to say of books. A waiver that waives nothing in any of them is reported with the first."""
    left = [_waive(report, given) for report in reports]
    used = {waiver for report in left for _, waiver in report.waived}
    if left:
        left[0] = replace(left[0], findings=(*about_waivers(given, used), *left[0].findings))
    return tuple(left)


def _waive(report: Report, given: Sequence[Waiver]) -> Report:
    kept, waived = [], []
    for finding in report.findings:
        waiver = next((known for known in given if known.reason and known.covers(finding)), None)
        if waiver is None:
            kept.append(finding)
        else:
            waived.append((finding, waiver))
    return Report(report.book, tuple(kept), tuple(waived))
