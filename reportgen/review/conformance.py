"""What a finished workbook says of the rules of `reportgen lint` on its own About sheet."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

from reportgen.review.lint import waivers
from reportgen.review.lint.read import read_book
from reportgen.review.lint.rules import Finding, Rule
from reportgen.review.lint.run import RULES, lint
from reportgen.workbook.conformance import Conformance, RuleResult

MOST_FORMULAS = 50_000
"""Of a workbook that is checked while it is made: checking takes some seconds for every 30,000 of them, several times
as long as making them."""

PLACES = 3
"""Places at which a rule is not kept that the sheet names."""

NOT_CHECKED = (
    f"This book has more than {MOST_FORMULAS:,} formulas and was not checked while it was made. "
    "`reportgen lint` checks it."
)


def with_conformance(build: Callable[[Conformance], bytes]) -> bytes:
    """The workbook that `build` makes, stating which rules the finished file keeps.

    It is made as if all were kept and then checked; only where that is not so it is made again. What the sheet says
    of them changes nothing that they look at.
    """
    stated = _conformance(())
    data = build(stated)
    if _formulas(data) > MOST_FORMULAS:
        return build(Conformance((), NOT_CHECKED))
    found = _conformance(_findings(data))
    return data if found == stated else build(found)


def _conformance(findings: Iterable[Finding]) -> Conformance:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule.code, []).append(finding)
    # Rules about waivers hold for every book that is checked without any.
    rules = tuple(_result(rule, found.get(rule.code, [])) for rule in RULES if rule not in waivers.REGISTER.rules)
    broken = sum(bool(rule.found) for rule in rules)
    result = f"{broken} of them are not kept" if broken > 1 else "one of them is not kept" if broken else "all are kept"
    return Conformance(rules, f"Checked against {len(rules)} rules of good modelling when it was made: {result}.")


def _result(rule: Rule, found: list[Finding]) -> RuleResult:
    places = [": ".join(part for part in (each.where, each.message) if part) for each in found[:PLACES]]
    places += [f"and {len(found) - PLACES} more places"] if len(found) > PLACES else []
    return RuleResult(f"{rule.code} {rule.title}", rule.asks, rule.sources, "; ".join(places))


def _formulas(data: bytes) -> int:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheets = (name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml"))
        return sum(archive.read(name).count(b"</f>") for name in sheets)


def _findings(data: bytes) -> tuple[Finding, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(data)
        (report,) = lint([read_book(path)])
    return report.findings
