"""The workbooks that the program makes of the models under inputs/ pass its own review: no error, and none waived."""

from __future__ import annotations

from pathlib import Path

from reportgen.review.lint.lint_output import report_text
from reportgen.review.lint.run import check
from reportgen.review.lint.workbook_reader import read_book
from tests.conftest import finished_book


def test_a_workbook_has_no_error(model_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(finished_book(model_path))
    report = check(read_book(path))
    errors = [each for each in report.findings if each.rule.severity == "error"]
    warnings = len(report.findings) - len(errors)
    assert report.waived == ()
    assert errors == [], f"{len(errors)} errors and {warnings} warnings\n{report_text(report)}"
