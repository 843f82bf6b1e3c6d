"""Findings that say the same of many places are one line, in text and as data, with their number and the first few."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl.workbook.defined_name import DefinedName

from reportgen.cli.main import cli
from reportgen.review.lint.finding_groups import ONE_BY_ONE, FindingGroup
from reportgen.review.lint.run import RULES
from tests.review.books import Draft, good
from tests.review.hostile_books import SHEET, row, sheet, write


def lint(path: Path, *more: str) -> str:
    return CliRunner().invoke(cli, ["lint", str(path), *more], catch_exceptions=False).stdout


def found(text: str, code: str) -> list[str]:
    """The lines on a rule, without its title and its hint."""
    lines = text.splitlines()
    begin = next(at for at, line in enumerate(lines) if f"[{code}]" in line) + 1
    return [line.strip() for line in lines[begin : lines.index("", begin) - 1]]


def merged(tmp_path: Path, count: int) -> Path:
    merges = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 2 * count, 2))
    rows = sheet([row(1, "1", "=A1")], after=f"<mergeCells>{merges}</mergeCells>")
    return write(tmp_path / "merged.xlsx", {SHEET: rows})


def test_fifty_thousand_merges_are_one_line(tmp_path: Path) -> None:
    """More than are kept one by one: the others are counted."""
    text = lint(merged(tmp_path, 50_000))
    assert found(text, "WB104") == ["S, 50,000 places (A1:B1, A3:B3, A5:B5, A7:B7, A9:B9, …): merged"]
    assert text.splitlines()[-1].endswith(": 50,000 errors, 5 warnings")


def test_fifty_thousand_merges_are_one_object(tmp_path: Path) -> None:
    document = json.loads(lint(merged(tmp_path, 50_000), "--json"))
    (finding,) = (each for each in document["findings"] if each["code"] == "WB104")
    assert finding["count"] == 50_000 and finding["sheet"] == "S" and finding["where"] == "S!A1:B1"
    assert finding["places"] == [f"S!A{at}:B{at}" for at in range(1, 40, 2)]


def test_a_few_places_are_listed_one_by_one(tmp_path: Path) -> None:
    assert found(lint(merged(tmp_path, ONE_BY_ONE)), "WB104") == [f"S!A{at}:B{at}: merged" for at in (1, 3, 5, 7, 9)]
    assert len(found(lint(merged(tmp_path, ONE_BY_ONE + 1)), "WB104")) == 1


def spread(draft: Draft, count: int) -> None:
    """A formula with a number of its own in every other cell of a row."""
    for at in range(count):
        draft["Costs"].cell(40, 3 + 2 * at, f"=C8*{at + 1}.5")


def test_details_that_differ_from_place_to_place_are_named_together(tmp_path: Path) -> None:
    draft = good()
    spread(draft, 8)
    (line,) = found(lint(draft.save(tmp_path / "many.xlsx")), "WB201")
    assert (
        line
        == "Costs, 8 places (C40, E40, G40, I40, K40, …): typed into the formula: 1.5, 2.5, 3.5, 4.5, 5.5 and 3 more"
    )
    few = good()
    spread(few, 2)
    lines = ["Costs!C40: typed into the formula: 1.5", "Costs!E40: typed into the formula: 2.5"]
    assert found(lint(few.save(tmp_path / "few.xlsx")), "WB201") == lines


def test_whole_sheets_are_summed_up(tmp_path: Path) -> None:
    draft = good()
    for at in range(30):
        draft.book.create_sheet(f"Blank {at}")
    (line,) = found(lint(draft.save(tmp_path / "blank.xlsx")), "WB115")
    assert line == "30 places (Blank 0, Blank 1, Blank 2, Blank 3, Blank 4, …): nothing stands on the sheet"


def test_what_concerns_the_whole_book_is_summed_up(tmp_path: Path) -> None:
    draft = good()
    for at in range(10, 20):
        draft.book.defined_names[f"rate_{at}"] = DefinedName(f"rate_{at}", attr_text=f"0.{at}")
    (line,) = found(lint(draft.save(tmp_path / "names.xlsx")), "WB221")
    assert line.startswith("10 places: a name holds a number: rate_10 is 0.10, rate_11 is 0.11, ")


def test_what_is_waived_is_summed_up(tmp_path: Path) -> None:
    path = merged(tmp_path, 300)
    text = lint(path, "--waive", "WB104=a form")
    assert "  WB104: S, 300 places (A1:B1, A3:B3, A5:B5, A7:B7, A9:B9, …): merged (a form)" in text.splitlines()
    (waived,) = json.loads(lint(path, "--waive", "WB104=a form", "--json"))["waived"]
    assert waived["count"] == 300 and waived["reason"] == "a form"


@pytest.mark.parametrize(
    ("group", "line"),
    [
        (("", ("Costs!C7",), 1), "Costs!C7: merged"),
        (("", (), 1), "merged"),
        (("Costs", ("Costs!C7", "Costs!C9"), 2), "Costs, 2 places (C7, C9): merged"),
        (("Costs", (), 7_000), "Costs, 7,000 places: merged"),
        (("", ("Costs", "Inputs"), 2), "2 places (Costs, Inputs): merged"),
    ],
)
def test_how_places_are_named(group: tuple[str, tuple[str, ...], int], line: str) -> None:
    assert FindingGroup(RULES[0], "merged", *group).line == line
