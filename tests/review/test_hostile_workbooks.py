"""Files that are made to use up time or memory, or to lead elsewhere: each is answered within both, in plain words."""

from __future__ import annotations

import os
import resource
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from pathlib import Path

import pytest

from reportgen.review.lint.file_limits import LIMITS, UnreadableError
from reportgen.review.lint.formulas import column_letters
from reportgen.review.lint.workbook_reader import read_book
from tests.review.hostile_books import MAIN, OFFICE, SHEET, Pieces, relations, row, sheet, workbook, write

MEMORY, SECONDS = 2_000_000_000, 60
"""What docs/lint.md promises. The seconds are those of the processor: how busy the machine is does not matter."""

Parts = dict[str, Pieces]


def bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def lint(path: Path | str, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportgen", "lint", str(path), *more],
        capture_output=True,
        text=True,
        timeout=10 * SECONDS,
        check=False,
        preexec_fn=bounded,
    )


def refused(path: Path | str, message: str) -> None:
    done = lint(path)
    assert (done.stderr, done.stdout) == (f"{path}: {message}\n", "")
    assert done.returncode == 1


def found(path: Path, *codes: str) -> None:
    done = lint(path)
    assert done.stderr == "" and all(f"[{code}]" in done.stdout for code in codes), done.stdout + done.stderr


def many(text: str, times: int) -> Iterator[str]:
    """In pieces of which each is quickly written."""
    at_once = max(1, 1_000_000 // len(text))
    yield from repeat(text * at_once, times // at_once)
    yield text * (times % at_once)


MANY_SHARED = "<c><f t='shared' si='0'/></c>" * 16_000
LARGE: dict[str, tuple[Callable[[], Iterable[str]], str]] = {
    "blanks": (lambda: many(" ", 320_000_000), "unpacks to more than 300 MB"),
    "one text": (
        lambda: ("<row><c t='str'><v>", *many("x", 290_000_000), "</v></c></row>"),
        "has a text or formula of more than 1 million characters",
    ),
    "one tag": (
        lambda: ("<x y='", *many("z", 100_000_000), "'/>"),
        f"has an XML tag of more than 1 MB in {SHEET}",
    ),
    "unknown elements": (lambda: many("<x/>", 40_000_000), "has more than 5 million XML elements"),
    "elements within each other": (
        lambda: many("<x>", 1_000_000),
        f"has XML elements more than 256 deep within each other in {SHEET}",
    ),
    "names of elements": (
        lambda: (f"<x{at}/>" for at in range(100_000)),
        f"uses more than 10,000 different names of XML elements in {SHEET}",
    ),
    "rows": (lambda: many("<row/>", 2_000_000), "is damaged: the sheet 'S' has a row 1,048,577"),
    "formulas": (
        lambda: repeat(f"<row>{'<c><f>A1</f></c>' * 1_000}</row>", 990),
        "has more than 300,000 formulas",
    ),
    "a shared formula": (
        lambda: ("<row><c><f t='shared' si='0'>A1</f></c></row>", *repeat(f"<row>{MANY_SHARED}</row>", 57)),
        "has more than 300,000 formulas",
    ),
    "a long shared formula": (
        lambda: (f"<row><c><f t='shared' si='0'>{'A1+' * 2_700}1</f></c>{MANY_SHARED}</row>",),
        "has formulas of more than 30 million characters altogether",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_sheet_larger_than_the_bounds(name: str, tmp_path: Path) -> None:
    rows, message = LARGE[name]
    refused(write(tmp_path / "book.xlsx", rows=rows()), message)


def test_twenty_million_empty_shared_texts(tmp_path: Path) -> None:
    texts = (f'<sst xmlns="{MAIN}">', *many("<si/>", 20_000_000), "</sst>")
    parts: Parts = {
        "xl/_rels/workbook.xml.rels": relations({"worksheets/sheet1.xml": "worksheet", "s.xml": "sharedStrings"}),
        "xl/s.xml": texts,
    }
    refused(write(tmp_path / "book.xlsx", parts), "has more than 1 million shared texts")


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (1_000, f"is not a complete workbook (.xlsx): bad crc-32 for file '{SHEET}'"),
        (400_000_000, "unpacks to more than 300 MB"),
    ],
)
def test_a_directory_that_lies_about_sizes(said: int, message: str, tmp_path: Path) -> None:
    path = write(tmp_path / "book.xlsx", rows=many(" ", 299_000_000))
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02")
    assert struct.unpack_from("<I", data, entry + 24)[0] > 299_000_000
    struct.pack_into("<I", data, entry + 24, said)
    path.write_bytes(data)
    refused(path, message)


def test_the_cells_of_a_part_of_any_name_and_folder_are_counted(tmp_path: Path) -> None:
    cells = repeat(f"<row>{'<c><v>1</v></c>' * 1_000}</row>", 3_000)
    parts: Parts = {
        "xl/_rels/workbook.xml.rels": relations({"/other/folder/cells.dat": "worksheet"}),
        "other/folder/cells.dat": sheet(cells),
    }
    refused(write(tmp_path / "book.xlsx", parts), "has more than 1 million cells")


def test_one_part_that_is_fifty_sheets(tmp_path: Path) -> None:
    cells = [f"<row>{'<c><f>A1</f></c>' * 1_000}</row>"] * 10
    sheets = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="r1"/>' for at in range(50))
    refused(
        write(tmp_path / "parts.xlsx", {"xl/workbook.xml": workbook(sheets)}, cells), "has more than 300,000 formulas"
    )
    named = '<sheet name="S" sheetId="1" r:id="r1"/>' * 50
    refused(
        write(tmp_path / "names.xlsx", {"xl/workbook.xml": workbook(named)}), "is damaged: it has two sheets named 'S'"
    )


@pytest.mark.parametrize(
    "merges",
    [
        '<mergeCell ref="A1:XFD1048576"/>',
        '<mergeCell ref="A1:XFD1048576"/>' * 10_000,
        '<mergeCell ref="A1:N1000000"/>',
        "".join(f'<mergeCell ref="A{at}:XFD1048576"/>' for at in range(1, 10_001)),
    ],
    ids=["the whole sheet", "the whole sheet 10,000 times", "14 million cells", "10,000 different ones"],
)
def test_merges_of_very_many_cells(merges: str, tmp_path: Path) -> None:
    rows = sheet([row(1, "1", "=A1")], after=f"<mergeCells>{merges}</mergeCells>")
    found(write(tmp_path / "book.xlsx", {SHEET: rows}), "WB104")


def test_more_merges_than_the_bound(tmp_path: Path) -> None:
    merges = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 100_002))
    path = write(tmp_path / "book.xlsx", {SHEET: sheet([], after=f"<mergeCells>{merges}</mergeCells>")})
    refused(path, "has more than 100,000 merged ranges")


def test_formulas_in_which_very_much_is_open(tmp_path: Path) -> None:
    """Of each kind one that is too long for a cell, and some of the longest that a cell holds, alone and after a sum
    that could be computed twice."""
    rows = []
    for sign in ("(", "{", "[", "'", "&quot;", "a[", "A(", "IF(", "''!", "1:", "$", "A1:", "-", "a.", "''+", "a.b!"):
        for times in (100_000, *(8_160 // len(sign) - at for at in range(10))):
            rows.append(row(len(rows) + 1, f"={sign * times}", f"=A1+B1+C1+D1+{sign * times}"))
    found(write(tmp_path / "book.xlsx", rows=rows), "WB501")


def test_brackets_in_which_very_much_is_open(tmp_path: Path) -> None:
    """On a sheet with tables, in one of which the formulas are: as much text of formulas as a file may have."""
    tables = {f"../t{at}.xml": "table" for at in range(20)}
    parts: Parts = {"xl/worksheets/_rels/sheet1.xml.rels": relations(tables)}
    for at in range(20):
        area = "A1:Z9999" if at == 19 else f"AA{at + 1}"
        columns = f'<tableColumns><tableColumn name="a{at}"/></tableColumns>'
        parts[f"xl/t{at}.xml"] = f'<table xmlns="{MAIN}" displayName="T{at}" ref="{area}">{columns}</table>'
    signs = (
        "['",
        "[a",
        "a[",
        "![",
        "[[",
        "[@",
        "[1]",
        "T1[a1]",
        "T19[[a19]",
        "[a19]+",
        "'[",
        "T19[@]+",
        "%[",
        "MATCH(1,[",
    )
    rows = [row(at, *(f"={sign * ((8_100 - at) // len(sign))}" for sign in signs[at % 2 :: 2])) for at in range(1, 31)]
    found(write(tmp_path / "book.xlsx", parts, rows), "WB213")


def test_links_lead_nowhere(tmp_path: Path) -> None:
    """Hyperlinks to files and scripts are not looked at; relations that lead out of the file are not followed."""
    secret = tmp_path / "secret.xml"
    secret.write_text(f'<sst xmlns="{MAIN}"><si><t>secret</t></si></sst>')
    links = "".join(f'<hyperlink ref="A1:XFD1048576" r:id="r{at}" xmlns:r="{OFFICE}"/>' * 100 for at in range(1, 4))
    cells = ["<row><c t='s'><v>0</v></c></row>"]
    outside = [f"../../../../../../../..{secret}", f"file://{secret}", "javascript:alert(1)"]
    path = write(
        tmp_path / "links.xlsx",
        {
            SHEET: sheet([row(1, "1", "=A1")], after=f"<hyperlinks>{links}</hyperlinks>"),
            "xl/worksheets/_rels/sheet1.xml.rels": relations(dict.fromkeys(outside, "hyperlink"), "External"),
        },
    )
    found(path, "WB110")
    for at, target in enumerate(outside):
        strings = relations({"worksheets/sheet1.xml": "worksheet", target: "sharedStrings"})
        path = write(tmp_path / f"{at}.xlsx", {"xl/_rels/workbook.xml.rels": strings}, cells)
        done = lint(path)
        assert done.returncode == 1 and "is damaged: the part" in done.stderr and "secret]" not in done.stdout


def test_what_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    refused("/dev/zero", "is not a regular file")
    refused(pipe, "is not a regular file")
    refused(tmp_path, "is a folder, not a workbook")


def test_a_directory_of_very_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for at in range(20_000):
            archive.writestr(f"xl/{at}", b"")
    refused(path, "has more than 10,000 parts")


def test_a_method_of_packing_that_unpacks_without_bounds(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, b" " * 100_000_000)
    refused(path, "is not an Excel workbook (.xlsx): it is packed by a method that workbooks do not use")


@pytest.mark.parametrize("encoding", ["utf-7", "shift_jis", "rot13", "nonsense"])
def test_an_encoding_that_is_none_of_xml(encoding: str, tmp_path: Path) -> None:
    path = write(tmp_path / "book.xlsx", {SHEET: f'<?xml version="1.0" encoding="{encoding}"?><worksheet/>'})
    with pytest.raises(UnreadableError, match="is not a complete workbook"):
        read_book(path)


def test_names_that_stand_for_names(tmp_path: Path) -> None:
    """A name for a thousand names, each of which stands for a thousand more: a billion in a few kilobytes."""

    def names(level: int, to: str) -> str:
        return "".join(f'<definedName name="n{level}_{at}">{to}</definedName>' for at in range(1_000))

    listed = [",".join(f"n{level}_{at}" for at in range(1_000)) for level in (1, 2)]
    defined = f"<definedNames>{names(0, listed[0])}{names(1, listed[1])}{names(2, 'S!$A$1')}</definedNames>"
    path = write(tmp_path / "book.xlsx", {"xl/workbook.xml": workbook(more=defined)}, [row(1, "1", "=n0_0")])
    refused(path, "has formulas that refer to more than 2 million cells and ranges altogether")


def test_very_many_ranges_that_are_very_wide(tmp_path: Path) -> None:
    rows = [f"<row>{'<c><v>1</v></c>' * 16_000}</row>"]
    rows += [row(at, f"=SUM(A1:WVN{at})", f"=SUM(B1:WVN{at})") for at in range(2, 2_000)]
    found(write(tmp_path / "book.xlsx", rows=rows), "WB110")
    rows = [f"<row>{'<c><f>1</f></c>' * 16_000}</row>"]
    rows += [row(at, f"=SUM({'AB'[at % 2]}1:WVN2)+{at}") for at in range(3, 3_000)]
    found(write(tmp_path / "same.xlsx", rows=rows), "WB110")


def test_a_long_text_in_very_many_cells(tmp_path: Path) -> None:
    texts = ("(" * 32_000, "1" * 32_000 + "!x", "1" + " " * 32_000 + "x", "x [" + "(5 " * 10_000)
    parts: Parts = {
        "xl/_rels/workbook.xml.rels": relations({"worksheets/sheet1.xml": "worksheet", "s.xml": "sharedStrings"}),
        "xl/s.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>',
    }
    rows = [f"<row><c t='s'><v>{at % 4}</v></c><c><v>1</v></c><c><f>B1</f></c></row>" for at in range(2_000)]
    found(write(tmp_path / "book.xlsx", parts, rows[:500]), "WB110")
    refused(write(tmp_path / "many.xlsx", parts, rows), "shows more than 50 million characters of text")


def test_a_large_but_honest_workbook_is_checked(tmp_path: Path) -> None:
    """A table of 1,000 rows and 200 columns of formulas, one of which is unlike its neighbours."""
    letters = [column_letters(at) for at in range(1, 202)]
    rows = [row(1, *map(str, range(1, 201)))]
    for at in range(2, 1_002):
        cells = [f"={letter}{at - 1}*$A$1+SUM($B{at - 1}:$E{at - 1})" for letter in letters[1:]]
        cells[100] = f"=$A$1*{at}" if at == 500 else cells[100]
        rows.append(row(at, *cells))
    found(write(tmp_path / "book.xlsx", rows=rows), "WB202", "WB201")


def test_a_workbook_without_calculation_settings(tmp_path: Path) -> None:
    """As Apache POI, SheetJS and others write it: it is calculated as Excel does by itself."""
    path = write(tmp_path / "book.xlsx", rows=[row(1, "1", "=A1")])
    found(path, "WB110")
    calculation = read_book(path).calculation
    assert not (calculation.iterates or calculation.manual or calculation.as_displayed)


def test_the_page_says_every_bound() -> None:
    page = (Path(__file__).parents[2] / "docs" / "lint.md").read_text(encoding="utf-8")
    assert [message for _, message in LIMITS.values() if f"- {message}\n" not in page] == []


def test_findings_without_end(tmp_path: Path) -> None:
    """Inputs that touch no other, so that no two of their findings are one."""
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf><protection locked="0"/></xf></cellXfs></styleSheet>'
    parts: Parts = {
        "xl/_rels/workbook.xml.rels": relations({"worksheets/sheet1.xml": "worksheet", "st.xml": "styles"}),
        "xl/st.xml": styles,
    }
    cell = "<c s='1'><v>5</v></c><c/>"
    rows = (f"<row>{'<c/>' * (at % 2)}{cell * 400}</row>" for at in range(100))
    path = write(tmp_path / "book.xlsx", parts, rows)
    done = lint(path, "--json")
    assert done.stderr == "" and '"count": 40000' in done.stdout and len(done.stdout) < 100_000
