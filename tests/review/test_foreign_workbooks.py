"""Workbooks as other programs write them: parts elsewhere, other separators of folders, the strict variant."""

from __future__ import annotations

import zipfile
from functools import reduce
from pathlib import Path

import pytest
from click.testing import CliRunner

from reportgen.cli.main import cli
from reportgen.review.lint.file_limits import UnreadableError
from reportgen.review.lint.run import check
from reportgen.review.lint.workbook_reader import read_book
from tests.review.books import BAD, good
from tests.review.hostile_books import SHEET, relations, row, sheet, workbook, write

STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006": "http://purl.oclc.org/ooxml/officeDocument",
    "http://schemas.openxmlformats.org/drawingml/2006": "http://purl.oclc.org/ooxml/drawingml",
}
CELLS = [row(1, "1", "=A1*3.5")]


def places(path: Path) -> dict[str, str]:
    return {finding.rule.code: finding.where for finding in check(read_book(path)).findings}


def rewritten(path: Path, names: dict[str, str], texts: dict[str, str]) -> Path:
    """A workbook with other names of parts and other texts in them."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            # As it stands: zipfile would set another separator of folders right.
            entry = zipfile.ZipInfo("x")
            entry.filename = _replaced(name, names)
            new.writestr(entry, _replaced(data.decode(), texts) if name.endswith((".xml", ".rels")) else data)
    return path


def _replaced(text: str, others: dict[str, str]) -> str:
    return reduce(lambda so_far, each: so_far.replace(*each), others.items(), text)


def test_a_workbook_that_lies_outside_the_folder_of_excel(tmp_path: Path) -> None:
    """Where it is, the file's own relations say."""
    parts = {"_rels/.rels": relations({"workbook.xml": "officeDocument"}), "workbook.xml": workbook(), "sheet.xml": ""}
    parts |= {"_rels/workbook.xml.rels": relations({"sheet.xml": "worksheet"}), "xl/workbook.xml": "<not>"}
    path = write(tmp_path / "book.xlsx", {**parts, "sheet.xml": sheet(CELLS)})
    assert places(path)["WB201"] == "S!B1"


def test_a_workbook_by_another_name(tmp_path: Path) -> None:
    parts = {"_rels/.rels": relations({"xl/book 1.xml": "officeDocument"})}
    path = rewritten(write(tmp_path / "book.xlsx", parts, CELLS), {"workbook": "book 1"}, {})
    assert places(path)["WB201"] == "S!B1"


def test_relations_that_lead_to_no_workbook(tmp_path: Path) -> None:
    parts = {"_rels/.rels": relations({"gone.xml": "officeDocument", "/xl/x.xml": "core-properties"})}
    assert places(write(tmp_path / "book.xlsx", parts, CELLS))["WB201"] == "S!B1"


def test_folders_set_apart_by_backslashes(tmp_path: Path) -> None:
    names = {"/": "\\", "[Content_Types]": "[content_types]", "workbook.xml": "Workbook.xml"}
    path = rewritten(write(tmp_path / "book.xlsx", rows=CELLS), names, {})
    with zipfile.ZipFile(path) as archive:
        assert "xl\\worksheets\\sheet1.xml" in archive.namelist()
    assert places(path)["WB201"] == "S!B1"


@pytest.mark.parametrize("code", ["WB105", "WB201", "WB304", "WB407", "WB228", "WB104"])
def test_the_strict_variant_is_read_as_any_other(code: str, tmp_path: Path) -> None:
    """Its names of elements, attributes and relations differ, in each part."""
    draft = good()
    BAD[code](draft)
    path = draft.save(tmp_path / "book.xlsx")
    usual = places(path)
    assert list(usual) == [code]
    assert places(rewritten(path, {}, STRICT)) == usual


def test_what_is_neither_is_refused(tmp_path: Path) -> None:
    """A document of another kind, in the same packaging."""
    for at, parts in enumerate(({}, {"_rels/.rels": relations({"word/document.xml": "officeDocument"})})):
        texts = {"<workbook": "<document", "</workbook": "</document"}
        path = rewritten(write(tmp_path / f"{at}.xlsx", parts), {"workbook": "document", "xl/": "word/"}, texts)
        with pytest.raises(UnreadableError, match="is not an Excel workbook"):
            read_book(path)


@pytest.mark.parametrize(
    "cells",
    [
        "<c/><c t='s'/><c t='e'><v>#N/A</v></c><c t='d'><v>2026-01-31T00:00:00</v></c><c t='b'/>",
        "<c r='B7' t='inlineStr'/><c r='A1' t='inlineStr'><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c>",
        "<c><f/><v/></c><c><f t='shared' si='9'/></c><c><f t='array' ref='A1'>{1}</f></c><c><f t='dataTable'/></c>",
        "<c t='unheard-of'><v>x</v></c><c><extLst><ext><v>9</v></ext></extLst></c><c><v>1E3</v></c><c><v> 5 </v></c>",
    ],
)
def test_cells_of_every_kind_and_half_kind(cells: str, tmp_path: Path) -> None:
    path = write(tmp_path / "book.xlsx", {SHEET: sheet([f"<row>{cells}</row>"])})
    done = CliRunner().invoke(cli, ["lint", str(path)], catch_exceptions=False)
    assert done.exit_code in (0, 1) and "WB110" in done.stdout
