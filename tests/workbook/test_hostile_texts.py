"""Text from a model never becomes a formula, a link, markup or a command, wherever it stands in the workbook.

The book of a model with hostile texts is compared with that of its twin, the same model with plain words: both have
the same elements in the same places, and the same formulas, links, names and rules.
"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.limits import check_limits
from reportgen.workbook.plan import plan_workbook
from tests.conftest import ROOT
from tests.engines.recalculation import IronCalc, LibreOffice, disagreements, formula_cells, stored_values
from tests.workbook.hostile import SHEETS, TEXTS, harmless_twin, hostile_model

MODELS = ("team-chat.yaml", "agent-runtime/model.yaml")
ESCAPED = "_x003D_"
"""What begins like the file format's way to write a sign by its number."""


@cache
def book(name: str, hostile: bool) -> bytes:
    model = hostile_model(name) if hostile else harmless_twin(name)
    assert check_limits(plan_workbook(model)) == ()
    return build_workbook(evaluate(model))


def trees(workbook: bytes) -> dict[str, Any]:
    with ZipFile(BytesIO(workbook)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def elements(root: Any) -> list[str]:
    """Where pages break is left out, since longer texts take more lines, and runs of text, since some are parted."""
    tags = [etree.QName(node).localname for node in root.iter()]
    return [tag for tag in tags if tag not in ("rowBreaks", "brk", "r", "t")]


def of_kind(workbook: bytes, *kinds: str) -> list[tuple[str, str, str | None]]:
    """Every element of these kinds: its part, its attributes but for the height of its row, its text."""
    return [
        (name, str(sorted(node.attrib.items())), node.text)
        for name, root in trees(workbook).items()
        for node in root.iter()
        if etree.QName(node).localname in kinds
    ]


@pytest.mark.parametrize("name", MODELS)
def test_no_text_adds_an_element(name: str) -> None:
    hostile, harmless = trees(book(name, True)), trees(book(name, False))
    assert hostile.keys() == harmless.keys()
    for part in hostile.keys() - {"xl/styles.xml"}:  # text that begins like a formula has a style of its own
        assert elements(hostile[part]) == elements(harmless[part]), part


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize(
    "kinds",
    [("f",), ("definedName",), ("hyperlink",), ("Relationship",), ("formula", "formula1", "formula2"), ("sheet",)],
    ids=lambda kinds: kinds[0],
)
def test_no_text_changes_what_is_computed_named_or_linked(name: str, kinds: tuple[str, ...]) -> None:
    """What is printed is left out: charts and columns are as wide as their titles. So are texts within formulas, which
    stand before and behind titles."""
    hostile, harmless = (
        [
            (part, attributes, re.sub(r'"(?:[^"]|"")*"', '""', text or ""))
            for part, attributes, text in of_kind(book(name, which), *kinds)
            if "_xlnm.Print_" not in attributes
        ]
        for which in (True, False)
    )
    assert hostile == harmless


@pytest.mark.parametrize("name", MODELS)
def test_every_text_is_stored_as_text(name: str) -> None:
    workbook = openpyxl.load_workbook(BytesIO(book(name, True)))
    found = set()
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in TEXTS:
                    found.add(cell.value)
                    assert cell.data_type == "s", cell
                    assert bool(cell.quotePrefix) == cell.value.startswith(("=", "+", "-", "@")), cell
    assert found == set(TEXTS)


def test_signs_written_by_their_number_are_what_the_author_wrote(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """A reader of the file format turns `_x003D_` into `=`, unless its first sign is written by its number too."""
    path = tmp_path / "book.xlsx"
    path.write_bytes(book(MODELS[0], True))
    text = next(text for text in TEXTS if ESCAPED in text)
    found = libreoffice.values(path)
    assert text in found.values()
    assert all(text in value for value in found.values() if isinstance(value, str) and "x003D" in value)


@pytest.mark.parametrize("name", MODELS)
def test_engines_compute_the_same_beside_such_texts(name: str, tmp_path: Path, libreoffice: LibreOffice) -> None:
    workbook = book(name, True)
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    formulas = {cell: text for cell, text in formula_cells(workbook).items() if _shows_no_escape(workbook, cell)}
    assert disagreements(stored_values(workbook), IronCalc(workbook, tmp_path).values(), formulas) == []
    assert disagreements(stored_values(workbook), libreoffice.values(path), formulas) == []


def _shows_no_escape(workbook: bytes, cell: str) -> bool:
    """openpyxl and IronCalc show signs written by their number as they are written."""
    return "_x005F_" not in str(_stored(workbook).get(cell, ""))


@cache
def _stored(workbook: bytes) -> dict[str, Any]:
    return dict(stored_values(workbook))


def test_printed_footers_and_document_properties_hold_the_title_as_it_is() -> None:
    model = _titled('&A &P <b>=1+1 {{ x }} &"Arial"')
    workbook = build_workbook(evaluate(model))
    assert openpyxl.load_workbook(BytesIO(workbook)).properties.title == model.title
    footers = [text or "" for _, _, text in of_kind(workbook, "oddFooter")]
    assert len(footers) == len(plan_workbook(model).sheets)
    assert all(text.startswith(f"&L{model.title.replace('&', '&&')}&C") for text in footers)


def _titled(title: str) -> Model:
    text = (ROOT / "inputs" / MODELS[0]).read_text().replace("title: Hosted or self-run team chat", f"title: '{title}'")
    return load_source(Source("titled.yaml", text))[0]


@pytest.mark.parametrize("name", SHEETS)
def test_sheets_may_be_named_like_anything(name: str, tmp_path: Path, libreoffice: LibreOffice) -> None:
    quoted = name.replace("'", "''")
    text = (
        (ROOT / "inputs" / MODELS[0])
        .read_text()
        .replace("    title: People", f"    title: People\n    sheet: '{quoted}'")
    )
    model = load_source(Source("sheet.yaml", text))[0]
    assert check_limits(plan_workbook(model)) == ()
    workbook = build_workbook(evaluate(model))
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook)
    formulas = formula_cells(workbook)
    assert name in openpyxl.load_workbook(path).sheetnames
    assert disagreements(stored_values(workbook), IronCalc(workbook, tmp_path).values(), formulas) == []
    assert disagreements(stored_values(workbook), libreoffice.values(path), formulas) == []
