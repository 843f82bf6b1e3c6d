"""Every sheet of every model as LibreOffice draws it: no `###`, no error, no text cut off, all on the paper."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pypdfium2
import pytest
from lxml import etree
from openpyxl.worksheet.cell_range import CellRange

from reportgen.workbook.paper import ON_SCREEN
from reportgen.workbook.plan import HEAD_ROW
from tests.conftest import MODELS, plain_book

WORKER = Path(__file__).parents[1] / "engines" / "libreoffice_pages.py"
LOW = "low"
"""The name of a workbook whose rows are made too low and columns too narrow, to see that it is found out."""

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
POINTS = {"in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pt": 1.0}

WRONG = re.compile(r"###|#N/A|#VALUE!|#REF!|#DIV/0!|#NAME\?|#NUM!|Err:\d")
MOST_PAGES = {"agent-runtime": 30, "deployment-choice": 36, "van-fleet": 38}
"""A page at least of each sheet that is printed."""

MARGIN = 21.0
"""In points: nothing is printed closer to the edge of the paper."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A workbook, its printed pages with their texts, and by sheet and row the height in points that texts need."""

    workbook: bytes
    pages: tuple[pypdfium2.PdfPage, ...]
    texts: tuple[str, ...]
    needed: dict[str, list[float]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Drawn]]:
    """All models, drawn by one process."""
    folder = tmp_path_factory.mktemp("pictures")
    books = {path.stem: plain_book(path) for path in MODELS}
    books[LOW] = _flattened(books["team-chat"])
    files = {name: folder / f"{name}.xlsx" for name in books}
    for name, data in books.items():
        files[name].write_bytes(data)
    subprocess.run(["/usr/bin/python3", str(WORKER), *map(str, files.values())], check=True, timeout=300)
    documents = {name: pypdfium2.PdfDocument(file.with_suffix(".pdf")) for name, file in files.items()}
    found = {}
    for name, document in documents.items():
        pages = tuple(document)
        texts = tuple(page.get_textpage().get_text_range() for page in pages)
        found[name] = Drawn(books[name], pages, texts, _heights(files[name].with_suffix(".ods")))
    yield found
    for document in documents.values():
        document.close()


def _heights(ods: Path) -> dict[str, list[float]]:
    """The heights of the rows of each sheet in points."""
    with ZipFile(ods) as archive:
        content = etree.fromstring(archive.read("content.xml"))
    styles = {}
    for style in content.iter(f"{STYLE}style"):
        for properties in style.iter(f"{STYLE}table-row-properties"):
            size, unit = re.fullmatch(r"([\d.]+)(\w+)", properties.get(f"{STYLE}row-height")).groups()  # type: ignore[union-attr]
            styles[style.get(f"{STYLE}name")] = float(size) * POINTS[unit]
    found: dict[str, list[float]] = {}
    for table in content.iter(f"{TABLE}table"):
        rows = found.setdefault(table.get(f"{TABLE}name"), [])
        for row in table.iter(f"{TABLE}table-row"):
            count = min(int(row.get(f"{TABLE}number-rows-repeated", 1)), 100_000 - len(rows))
            if count < 10_000:
                rows += [styles[row.get(f"{TABLE}style-name")]] * count
    return found


def _flattened(workbook: bytes) -> bytes:
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb' ht="[\d.]+" customHeight="1"', b' ht="8" customHeight="1"', data)
                data = re.sub(rb'(<col [^>]*width=)"[\d.]+"', rb'\1"3"', data)
            target.writestr(name, data)
    return out.getvalue()


@pytest.fixture(params=[path.stem for path in MODELS])
def one(request: pytest.FixtureRequest, drawn: dict[str, Drawn]) -> Drawn:
    return drawn[request.param]


def test_no_page_is_blank_or_shows_an_error(one: Drawn) -> None:
    for number, (page, text) in enumerate(zip(one.pages, one.texts, strict=True), 1):
        assert not WRONG.search(text), f"page {number}: {WRONG.search(text)}"
        picture = page.render(scale=0.4, grayscale=True).to_numpy()
        assert picture.min() < 128, f"page {number} has nothing on it"


def test_a_printed_book_has_few_pages(drawn: dict[str, Drawn]) -> None:
    assert {name: len(drawn[name].pages) for name in MOST_PAGES if len(drawn[name].pages) > MOST_PAGES[name]} == {}


def test_summary_is_one_page(one: Drawn) -> None:
    shown = [number for number, text in enumerate(one.texts) if "Where to go next" in text]
    assert shown == [0]


def low_rows(one: Drawn) -> list[str]:
    """Rows that are lower than LibreOffice would make them."""
    found = []
    for sheet in openpyxl.load_workbook(BytesIO(one.workbook)).worksheets:
        for row, needed in enumerate(one.needed[sheet.title], 1):
            height = sheet.row_dimensions[row].height if row in sheet.row_dimensions else None
            is_gap = all(cell.value is None for cell in sheet[row])
            if height is not None and height < needed - 0.1 and not is_gap:
                found.append(f"{sheet.title} row {row}: {height} points, {needed:.1f} needed")
    return found


def test_no_row_is_lower_than_its_texts(one: Drawn) -> None:
    assert low_rows(one) == []


def test_rows_too_low_and_columns_too_narrow_are_found(drawn: dict[str, Drawn]) -> None:
    assert any("###" in text for text in drawn[LOW].texts)
    found = low_rows(drawn[LOW])
    assert {line.partition(" row")[0] for line in found} == set(drawn[LOW].needed), "every sheet has texts"


def test_every_sheet_shows_its_title_and_heads(one: Drawn) -> None:
    """In the words and the order in which the sheet has them; lines are broken as it suits the paper."""
    shown = _squeezed("".join(one.texts))
    for sheet in openpyxl.load_workbook(BytesIO(one.workbook)).worksheets:
        if sheet.title in ON_SCREEN:
            continue
        printed = CellRange(sheet.print_area.split("!")[-1].replace("$", ""))
        rows = (1, HEAD_ROW) if printed.min_row == 1 else (1,)
        cells = (sheet.cell(row, column) for row in rows for column in range(1, printed.max_col + 1))
        heads = [cell.value for cell in cells if cell.value and cell.data_type != "f"]
        missing = [text for text in heads if _squeezed(str(text)) not in shown]
        assert missing == [], sheet.title


def test_titles_end_on_the_paper(one: Drawn) -> None:
    """A title runs on over empty columns; the printed area reaches as far."""
    sheets = openpyxl.load_workbook(BytesIO(one.workbook)).worksheets
    titles = {str(sheet.cell(1, 1).value) for sheet in sheets if sheet.title not in ON_SCREEN}
    found = set()
    for page, words in zip(one.pages, one.texts, strict=True):
        text = page.get_textpage()
        for title in (title for title in titles if title in words):
            place = text.search(title, match_case=True).get_next()
            if place is not None:
                _, _, right, _ = text.get_charbox(place[0] + place[1] - 1)
                assert right <= page.get_width() - MARGIN, title
                found.add(title)
    assert found == titles


def _squeezed(text: str) -> str:
    """Without blanks and line breaks; a hyphen at the end of a line may be the reader's own."""
    return re.sub(r"[\s\ufffe\xad-]+", "", text)
