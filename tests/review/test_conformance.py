"""The sheet Guide names the rules that books are made to keep, and `build --lint` checks a single book against them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from reportgen import __version__
from reportgen.cli.main import cli
from reportgen.review.lint.run import RULES, check
from reportgen.review.lint.workbook_reader import read_book
from tests.conftest import finished_book

TEAM_CHAT = Path(__file__).parents[2] / "inputs" / "team-chat.yaml"


def test_guide_names_every_rule_with_what_it_asks_and_its_sources() -> None:
    sheet = openpyxl.load_workbook(BytesIO(finished_book(TEAM_CHAT)))["Guide"]
    texts = {str(name): str(text) for name, _, text in sheet.iter_rows(max_col=3, values_only=True) if name}
    rules = [rule for rule in RULES if rule.code < "WB9"]
    assert [name.split()[0] for name in texts if name.startswith("WB")] == [rule.code for rule in rules]
    for rule in rules:
        text = texts[f"{rule.code} {rule.title}"]
        assert rule.principle in text and all(source in text for source in rule.sources)
    assert any(f"reportgen {__version__}" in name and f"{len(rules)} rules" in name for name in texts)


def test_build_lint_reports_on_the_finished_workbook(tmp_path: Path) -> None:
    arguments = ["build", str(TEAM_CHAT), "--only", "xlsx", "--lint", "-o", str(tmp_path)]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.stderr
    assert f"{tmp_path / 'team-chat.xlsx'}: " in result.stderr and "WB205" in result.stderr


def test_what_lint_finds_in_a_book_that_breaks_a_rule() -> None:
    workbook = openpyxl.load_workbook(BytesIO(finished_book(TEAM_CHAT)))
    workbook["Sources"].sheet_state = "hidden"
    out = BytesIO()
    workbook.save(out)
    findings = check(read_book(Path("book.xlsx"), out.getvalue())).findings
    assert any(finding.rule.code == "WB101" and finding.sheet == "Sources" for finding in findings)
