"""The workbook in what people open it with: it shows stored values, asks for no function that one of them
lacks, and comes back whole from LibreOffice. What reads it without a warning is seen in tests/readers."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from reportgen.pipeline import run
from reportgen.workbook.plan import CHECKS, FIRST, FIRST_ROW, input_cells, plan_workbook
from tests.conftest import ROOT, finished_book
from tests.engines.recalculation import (
    IronCalc,
    LibreOffice,
    agree,
    disagreements,
    formula_cells,
    stored_values,
)

EVERYWHERE = frozenset(
    (
        *("ABS", "COUNT", "COUNTA", "COUNTIF", "LARGE", "MAX", "MIN", "SMALL", "SUM", "SUMIF", "SUMPRODUCT"),
        *("AND", "IF", "NA", "NOT", "OR", "ISBLANK", "ISERROR", "ISNUMBER", "ISTEXT", "N", "LEN", "FIXED"),
        *("COLUMNS", "INDEX", "MATCH", "ROW", "ROWS", "ROUND", "ROUNDDOWN", "ROUNDUP", "SIGN", "INT", "LOG10"),
        *("EXP", "LN", "SQRT", "IRR"),
    )
)
"""Functions that Excel 2016, LibreOffice 7.4 and Google Sheets all have, and compute alike."""

CODES = re.compile(r"""General|E[+-]|\[[^]]*\]|"[^"]*"|\\.|_.|\*.""")
"""What may stand in a number format beside digits and signs: an exponent, texts in quotes, colours in
brackets, what is as wide as another sign or fills the cell."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture
def workbook(model_path: Path) -> bytes:
    return finished_book(model_path)


def parts(workbook: bytes, ending: str = ".xml") -> Iterator[tuple[str, Any]]:
    """Every part of the file that is XML, parsed."""
    with ZipFile(BytesIO(workbook)) as archive:
        for name in archive.namelist():
            if name.endswith(ending):
                yield name, etree.fromstring(archive.read(name))


def all_formulas(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Every formula of the file and the part it stands in: of cells, rules, validations, names and charts."""
    tags = [MAIN + tag for tag in ("f", "formula", "formula1", "formula2", "definedName")]
    for name, root in parts(workbook):
        for node in root.iter(*tags, CHART + "f"):
            yield name, node.text or ""


def test_only_functions_that_every_program_has(workbook: bytes) -> None:
    used: dict[str, str] = {}
    for name, text in all_formulas(workbook):
        for token in Tokenizer("=" + text).items:
            if token.type == Token.FUNC and token.subtype == Token.OPEN:
                used.setdefault(token.value.rstrip("("), f"{name}: {text}")
    assert used.keys() >= {"SUM", "IF"}
    assert {function: place for function, place in used.items() if function not in EVERYWHERE} == {}


def test_nothing_of_a_newer_version_or_outside_the_file(workbook: bytes) -> None:
    with ZipFile(BytesIO(workbook)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            assert b"_xlfn" not in data and b"_xlws" not in data, name
            assert not re.search(r"vba|externalLink|connections|comments|activeX|printerSettings", name), name
    for name, text in all_formulas(workbook):
        live = re.sub(r'"(?:[^"]|"")*"', '""', text)
        assert "[" not in live and "#REF" not in live, (name, text)


def test_number_formats_mean_the_same_in_every_program(workbook: bytes) -> None:
    """A letter outside quotes would be a code for a date, a colour or a calendar."""
    formats = [node.get("formatCode") for name, root in parts(workbook) for node in root.iter(MAIN + "numFmt")]
    assert formats
    assert [code for code in formats if re.search(r"[^0#?.,%;:()+\-/ ]", CODES.sub("", code))] == []


def test_every_formula_is_stored_with_a_value(workbook: bytes) -> None:
    count = 0
    for name, root in parts(workbook):
        for cell in root.iter(MAIN + "c"):
            formula, value = cell.find(MAIN + "f"), cell.find(MAIN + "v")
            if formula is not None:
                count += 1
                assert value is not None and (value.text or cell.get("t") == "str"), (name, cell.get("r"))
                assert cell.get("t") != "e", (name, cell.get("r"))
    assert count > 100


def test_charts_hold_what_their_cells_hold(workbook: bytes) -> None:
    """Previews and Google's viewer draw a chart from its caches."""
    stored = openpyxl.load_workbook(BytesIO(workbook), data_only=True)
    count = 0
    for name, root in parts(workbook):
        for reference in root.iter(CHART + "numRef", CHART + "strRef"):
            count += 1
            sheet, _, area = reference.findtext(CHART + "f").rpartition("!")
            cells = stored[sheet.strip("'").replace("''", "'")][area.replace("$", "")]
            cells = [cells] if not isinstance(cells, tuple) else [each for row in cells for each in row]
            cache_ = reference.find(CHART + "numCache")
            cache_ = cache_ if cache_ is not None else reference.find(CHART + "strCache")
            assert cache_ is not None, (name, area)
            assert int(cache_.find(CHART + "ptCount").get("val")) == len(cells), (name, area)
            points = {int(point.get("idx")): point.findtext(CHART + "v") for point in cache_.iter(CHART + "pt")}
            for at, cell in enumerate(cells):
                shown: Any = points.get(at, "")
                if reference.tag.endswith("numRef"):
                    number = isinstance(cell.value, int | float)
                    assert agree(float(shown), cell.value) if number else shown == "", (name, cell)
                else:
                    assert agree(shown, cell.value) or float(shown) == cell.value, (name, cell)
    assert count >= 4


def test_libreoffice_saves_what_it_was_given(
    workbook: bytes, model_path: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """Names, inputs, formulas, checks, validations and protection are all there, and every value is the same."""
    path, saved_path = tmp_path / "book.xlsx", tmp_path / "saved.xlsx"
    path.write_bytes(workbook)
    computed = libreoffice.values(path, save_as=saved_path)
    saved = saved_path.read_bytes()
    plan = plan_workbook(run(model_path).results.model)
    before, after = openpyxl.load_workbook(BytesIO(workbook)), openpyxl.load_workbook(BytesIO(saved))
    assert after.sheetnames == before.sheetnames
    for name, defined in before.defined_names.items():
        assert list(after.defined_names[name].destinations) == list(defined.destinations)
    for key, address in input_cells(plan):
        cell = after[address.sheet][address.cell]
        assert agree(before[address.sheet][address.cell].value, cell.value), key
        assert not cell.protection.locked, key
    for sheet in before.worksheets:
        assert after[sheet.title].protection.sheet
        assert validated(after[sheet.title]) == validated(sheet)
        assert unlocked(after[sheet.title]) == unlocked(sheet)
    formulas, values = formula_cells(workbook), stored_values(workbook)
    assert computed.keys() == values.keys()
    assert [cell for cell, value in values.items() if not agree(value, computed[cell])] == []
    assert formula_cells(saved).keys() == formulas.keys()
    scale = max(abs(each) for each in values.values() if isinstance(each, float))
    assert disagreements(values, stored_values(saved), formulas, scale) == []
    assert stored_values(saved)[f"{CHECKS}!{openpyxl.utils.get_column_letter(FIRST)}{FIRST_ROW}"] == "OK"
    assert disagreements(values, IronCalc(saved, tmp_path).values(), formulas, scale) == []


def validated(sheet: Any) -> dict[str, tuple[str, str]]:
    """The kind of rule and the prompt of each cell that has one."""
    return {
        f"{openpyxl.utils.get_column_letter(column)}{row}": (each.type, each.prompt)
        for each in sheet.data_validations.dataValidation
        for area in each.sqref.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def unlocked(sheet: Any) -> set[str]:
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}


def test_two_processes_write_the_same_bytes(model_path: Path) -> None:
    """Whatever the seed of hashes, the time zone, the locale and the folder."""
    script = (
        "import hashlib, sys, pathlib; from reportgen.pipeline import analyzed, make, run; "
        "print(hashlib.sha256(make(analyzed(run(pathlib.Path(sys.argv[1]))), 'xlsx')).hexdigest())"
    )
    other = {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", script, str(model_path)]
    found = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | other, cwd=ROOT / "docs"
    )
    assert found.stdout.strip() == hashlib.sha256(finished_book(model_path)).hexdigest()
