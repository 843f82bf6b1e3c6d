"""The workbooks that the program makes of the models under inputs/ pass its own review: no error, none waived, and
warnings of a few kinds alone."""

from __future__ import annotations

from pathlib import Path

from reportgen.review.lint.lint_output import report_text
from reportgen.review.lint.run import check
from reportgen.review.lint.workbook_reader import read_book
from tests.conftest import finished_book

ACCEPTED = {"WB205", "WB206", "WB207", "WB211"}
"""Warnings that a book may have: long and nested formulas, and links to links."""


def test_a_workbook_has_no_error(model_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(finished_book(model_path))
    report = check(read_book(path))
    errors = [each for each in report.findings if each.rule.severity == "error"]
    warnings = len(report.findings) - len(errors)
    assert report.waived == ()
    assert {each.rule.code for each in report.findings if each not in errors} <= ACCEPTED, report_text(report)
    assert errors == [], f"{len(errors)} errors and {warnings} warnings\n{report_text(report)}"
