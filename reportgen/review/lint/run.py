"""All rules, and what becomes of their findings: reported, or waived with a reason."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from reportgen.review.lint import (
    consistency_rules,
    formula_rules,
    input_rules,
    limit_rules,
    presentation_rules,
    structure_rules,
    waivers,
)
from reportgen.review.lint.book import Book
from reportgen.review.lint.lint_rules import Finding, Rule, findings
from reportgen.review.lint.waivers import Waiver
from reportgen.review.lint.workbook_reader import read_book
from reportgen.workbook.conformance import RuleText

_SUBJECTS = (structure_rules, formula_rules, consistency_rules, input_rules, presentation_rules, limit_rules, waivers)

RULES: tuple[Rule, ...] = tuple(
    sorted(chain.from_iterable(subject.REGISTER.rules for subject in _SUBJECTS), key=lambda rule: rule.code)
)
"""Every rule, by code."""


def rules_of_books() -> tuple[RuleText, ...]:
    """The rules that a book by itself keeps or not, as its About sheet names them; those about waivers are not among
    them."""
    rules = (rule for rule in RULES if rule not in waivers.REGISTER.rules)
    return tuple(RuleText(f"{rule.code} {rule.title}", rule.principle, rule.sources) for rule in rules)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a book, in the book's order, and what is waived of it."""

    book: Book
    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...]

    def fails(self, strict: bool) -> bool:
        """Whether there are errors, or with `strict` any findings."""
        return any(strict or finding.rule.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Checked:
    """A book and all that the rules find in it, before anything is waived."""

    book: Book
    findings: tuple[Finding, ...]


def check(book: Book, rules: Sequence[Rule] = RULES) -> Checked:
    """Look at a book by every rule. Raises UnreadableError where following its formulas would take too long."""
    found = [finding for rule in rules for finding in findings(rule, rule.check(book), book)]
    found.sort(key=lambda each: (each.order, each.cells or ((0, 0), (0, 0)), each.rule.code, each.message))
    return Checked(book, tuple(found))


def reports_of(
    checked: Sequence[Checked], given: Sequence[Waiver] = (), rules: Sequence[Rule] = RULES
) -> tuple[Report, ...]:
    """What is left to say of books. A waiver that waives nothing in any of them is reported with the first."""
    reports = [_report(each, given) for each in checked]
    used = {waiver for report in reports for _, waiver in report.waived}
    about = [finding for rule in rules for finding in waivers.about(rule, given, used)]
    if about and reports:
        first = reports[0]
        reports[0] = Report(first.book, (*about, *first.findings), first.waived)
    return tuple(reports)


def lint(books: Sequence[Book], given: Sequence[Waiver] = (), rules: Sequence[Rule] = RULES) -> tuple[Report, ...]:
    """Check workbooks against the rules. Raises UnreadableError."""
    return reports_of([check(book, rules) for book in books], given, rules)


def lint_bytes(workbook: bytes, name: Path = Path("workbook.xlsx")) -> Report:
    """What the rules find in a workbook in memory; `name` is what the report calls it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(workbook)
        book = read_book(path)
    (report,) = lint([replace(book, path=name)])
    return report


def _report(checked: Checked, given: Sequence[Waiver]) -> Report:
    kept, waived = [], []
    for finding in checked.findings:
        waiver = next((each for each in given if each.reason and each.covers(finding)), None)
        if waiver is None:
            kept.append(finding)
        else:
            waived.append((finding, waiver))
    return Report(checked.book, tuple(kept), tuple(waived))
