"""What the About sheet says of the rules is what `reportgen lint` finds in that very file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from reportgen import pipeline
from reportgen.review import conformance
from reportgen.review.lint.read import read_book
from reportgen.review.lint.run import RULES, lint
from reportgen.workbook.build import build_workbook
from reportgen.workbook.conformance import Conformance

TEAM_CHAT = Path(__file__).parents[2] / "inputs" / "team-chat.yaml"


def rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Name, result and text of each rule on the About sheet."""
    found = False
    for name, result, text in openpyxl.load_workbook(path)["About"].iter_rows(max_col=3, values_only=True):
        if found and result:
            yield str(name), str(result), str(text)
        found = found or name == "Rule"


def said(path: Path) -> str:
    cells = [cell.value for cell in openpyxl.load_workbook(path)["About"]["A"]]
    return str(cells[cells.index("Conformance") + 1])


def made(folder: Path) -> Path:
    evaluated = pipeline.answered(pipeline.run(TEAM_CHAT))
    path = folder / "book.xlsx"
    path.write_bytes(pipeline.make(evaluated, "xlsx"))
    return path


def test_the_book_says_what_lint_finds_in_it(tmp_path: Path) -> None:
    path = made(tmp_path)
    (report,) = lint([read_book(path)])
    broken = {f"{finding.rule.code} {finding.rule.title}" for finding in report.findings}
    listed = list(rows(path))
    assert {name for name, result, _ in listed if result == "findings"} == broken
    assert {name for name, result, _ in listed if result == "no findings"} == {name for name, _, _ in listed} - broken
    assert [name.split()[0] for name, _, _ in listed] == [rule.code for rule in RULES if rule.code < "WB9"]
    for name, _, text in listed:
        rule = next(each for each in RULES if each.code == name.split()[0])
        assert rule.asks in text and all(source in text for source in rule.sources)
    count = f"{len(broken)} of them are not kept" if len(broken) > 1 else "all are kept" if not broken else "one of"
    assert count in said(path)


def test_a_broken_rule_is_told_with_its_place(tmp_path: Path) -> None:
    """A book with a hidden sheet, by whatever fault."""

    def hiding(stated: Conformance) -> bytes:
        evaluated = pipeline.answered(pipeline.run(TEAM_CHAT))
        path = tmp_path / "hiding.xlsx"
        path.write_bytes(build_workbook(evaluated.results, evaluated.questions, evaluated.brand, stated))
        workbook = openpyxl.load_workbook(path)
        workbook["Sources"].sheet_state = "hidden"
        workbook.save(path)
        return path.read_bytes()

    path = tmp_path / "book.xlsx"
    path.write_bytes(conformance.with_conformance(hiding))
    (result, text) = next(each[1:] for each in rows(path) if each[0].startswith("WB101"))
    assert result == "findings" and "Sources" in text.split("\n")[1]
    assert "not kept" in said(path)


def test_a_book_too_large_to_be_checked_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conformance, "MOST_FORMULAS", 100)
    path = made(tmp_path)
    assert list(rows(path)) == []
    assert "was not checked" in said(path)


def test_a_book_that_keeps_all_rules_is_made_once() -> None:
    """Nothing is found in an empty list of findings; the first book is the one."""
    made_with: list[Conformance] = []

    def build(stated: Conformance) -> bytes:
        made_with.append(stated)
        evaluated = pipeline.answered(pipeline.run(TEAM_CHAT))
        return build_workbook(evaluated.results, evaluated.questions, evaluated.brand, stated)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conformance, "_findings", lambda data: ())
        conformance.with_conformance(build)
    assert len(made_with) == 1 and made_with[0].said.endswith("all are kept.")
