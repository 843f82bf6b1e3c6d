"""Reports as text and as data."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from reportgen.review.lint.lint_rules import Finding, Rule
from reportgen.review.lint.run import Report

SCHEMA = 1
PLACES = 20
"""Places of one rule that the text lists."""


def report_text(report: Report) -> str:
    """Findings by rule, errors first, then what is waived, then one line that counts."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in sorted(report.findings, key=lambda finding: (finding.rule.severity, finding.rule.code)):
        by_rule.setdefault(finding.rule.code, []).append(finding)
    lines = [f"{report.book.path}"]
    for findings in by_rule.values():
        lines += ["", *_group(findings)]
    if report.waived:
        lines += ["", "waived"]
        for finding, waiver in report.waived:
            lines.append(f"  {_line(finding, finding.rule.code)} ({waiver.reason})")
    return "\n".join([*lines, "", f"{report.book.path}: {counted(report)}"])


def _group(findings: Sequence[Finding]) -> Iterator[str]:
    rule = findings[0].rule
    yield f"{rule.severity}[{rule.code}]: {rule.title} ({'; '.join(rule.sources)})"
    yield from (f"  {_line(finding)}" for finding in findings[:PLACES])
    if len(findings) > PLACES:
        yield f"  and {len(findings) - PLACES} more places; --json lists them all"
    yield f"  hint: {rule.hint}"


def _line(finding: Finding, code: str = "") -> str:
    return ": ".join(part for part in (code, finding.where, finding.message) if part)


def counted(report: Report) -> str:
    """`2 errors, 1 warning, 1 waived`."""
    severities = [finding.rule.severity for finding in report.findings]
    parts = [
        f"{severities.count(kind)} {kind}" + ("s" if severities.count(kind) > 1 else "")
        for kind in ("error", "warning")
        if kind in severities
    ]
    if report.waived:
        parts.append(f"{len(report.waived)} waived")
    return ", ".join(parts) or "no findings"


def reports_json(reports: Sequence[Report], rules: Iterable[Rule]) -> str:
    """One object for one workbook, a list of them for several."""
    listed = [_rule(rule) for rule in rules]
    documents = [
        {
            "schema": SCHEMA,
            "file": str(report.book.path),
            "rules": listed,
            "findings": [_finding(finding) for finding in report.findings],
            "waived": [{**_finding(finding), "reason": waiver.reason} for finding, waiver in report.waived],
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


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.rule.code,
        "severity": finding.rule.severity,
        "sheet": finding.sheet or None,
        "where": finding.where or None,
        "message": finding.message,
        "hint": finding.rule.hint,
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
