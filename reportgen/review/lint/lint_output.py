"""Reports as text and as data."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from reportgen.review.lint.finding_groups import FindingGroup, grouped
from reportgen.review.lint.lint_rules import Rule
from reportgen.review.lint.run import Report

SCHEMA = 2
LINES = 20
"""Lines on one rule that the text has."""


def report_text(report: Report) -> str:
    """Findings by rule, errors first, then what is waived, then one line that counts."""
    by_rule: dict[str, list[FindingGroup]] = {}
    for group in sorted(grouped(report.findings), key=lambda group: (group.rule.severity, group.rule.code)):
        by_rule.setdefault(group.rule.code, []).append(group)
    lines = [f"{report.book.path}"]
    for groups in by_rule.values():
        lines += ["", *_of_rule(groups)]
    if report.waived:
        lines += ["", "waived"]
        lines += [f"  {group.rule.code}: {group.line} ({reason})" for group, reason in _waived(report)]
    return "\n".join([*lines, "", f"{report.book.path}: {counted(report)}"])


def _of_rule(groups: Sequence[FindingGroup]) -> Iterator[str]:
    rule = groups[0].rule
    yield f"{rule.severity}[{rule.code}]: {rule.title} ({'; '.join(rule.sources)})"
    yield from (f"  {group.line}" for group in groups[:LINES])
    if len(groups) > LINES:
        places = sum(group.count for group in groups[LINES:])
        yield f"  and {places:,} more place{'s' if places > 1 else ''}; --json has them"
    yield f"  hint: {rule.hint}"


def _waived(report: Report) -> Iterator[tuple[FindingGroup, str]]:
    for waiver in dict.fromkeys(waiver for _, waiver in report.waived):
        findings = [finding for finding, by in report.waived if by == waiver]
        yield from ((group, waiver.reason) for group in grouped(findings))


def counted(report: Report) -> str:
    """`2 errors, 1 warning, 1 waived`."""
    counts = Counter[str]()
    for finding in report.findings:
        counts[finding.rule.severity] += finding.count
    parts = [
        f"{counts[kind]:,} {kind}" + ("s" if counts[kind] > 1 else "") for kind in ("error", "warning") if counts[kind]
    ]
    if report.waived:
        parts.append(f"{sum(finding.count for finding, _ in report.waived):,} waived")
    return ", ".join(parts) or "no findings"


def reports_json(reports: Sequence[Report], rules: Iterable[Rule]) -> str:
    """One object for one workbook, a list of them for several."""
    listed = [_rule(rule) for rule in rules]
    documents = [
        {
            "schema": SCHEMA,
            "file": str(report.book.path),
            "rules": listed,
            "findings": [_group(group) for group in grouped(report.findings)],
            "waived": [{**_group(group), "reason": reason} for group, reason in _waived(report)],
        }
        for report in reports
    ]
    return json.dumps(documents[0] if len(documents) == 1 else documents, indent=2, ensure_ascii=False)


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "code": rule.code,
        "title": rule.title,
        "principle": rule.principle,
        "hint": rule.hint,
        "severity": rule.severity,
        "sources": list(rule.sources),
    }


def _group(group: FindingGroup) -> dict[str, object]:
    return {
        "code": group.rule.code,
        "severity": group.rule.severity,
        "sheet": group.sheet or None,
        "where": next(iter(group.places), None),
        "message": group.message,
        "hint": group.rule.hint,
        "count": group.count,
        "places": list(group.places),
    }


def rules_text(rules: Iterable[Rule]) -> str:
    """Every rule with its principle and its sources."""
    out = []
    for rule in rules:
        out.append(f"{rule.code}  {rule.severity:<7}  {rule.title}")
        out += textwrap.wrap(f"{rule.principle} ({'; '.join(rule.sources)})", 110, initial_indent=" " * 7,
                             subsequent_indent=" " * 7)  # fmt: skip
    return "\n".join(out)


def rules_markdown(rules: Iterable[Rule]) -> str:
    """The table of docs/lint.md."""
    lines = ["| code | rule | what it asks | severity | source |", "|---|---|---|---|---|"]
    lines += [
        f"| {rule.code} | {rule.title} | {rule.principle} | {rule.severity} | {'; '.join(rule.sources)} |"
        for rule in rules
    ]
    return "\n".join(lines)
