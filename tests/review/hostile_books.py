"""Workbooks that nobody means well with, or that are unlike what Excel writes, each written in small pieces."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET = "xl/worksheets/sheet1.xml"

Pieces = Iterable[str | bytes] | str


def relations(targets: Mapping[str, str], mode: str = "Internal") -> str:
    """The relations of a part: by target the last word of the type."""
    listed = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for at, (target, kind) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def workbook(sheets: str = '<sheet name="S" sheetId="1" r:id="r1"/>', more: str = "") -> str:
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets>{more}</workbook>'


def sheet(rows: Iterable[str | bytes], before: str = "", after: str = "") -> Iterable[str | bytes]:
    yield f'<worksheet xmlns="{MAIN}">{before}<sheetData>'
    yield from rows
    yield f"</sheetData>{after}</worksheet>"


def write(path: Path, parts: Mapping[str, Pieces] | None = None, rows: Iterable[str | bytes] = ()) -> Path:
    """A workbook of one sheet with `rows`, without styles and settings, as simple programs write them. `parts` are
    added to it or take the place of its own."""
    own: dict[str, Pieces] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "xl/workbook.xml": workbook(),
        "xl/_rels/workbook.xml.rels": relations({"worksheets/sheet1.xml": "worksheet"}),
        SHEET: sheet(rows),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, pieces in (own | dict(parts or {})).items():
            with archive.open(name, "w", force_zip64=True) as file:
                for piece in (pieces,) if isinstance(pieces, str) else pieces:
                    file.write(piece.encode() if isinstance(piece, str) else piece)
    return path


def row(number: int, *contents: str) -> str:
    """A row of formulas, where they begin with `=`, and numbers."""
    cells = (
        f"<c><f>{each[1:]}</f><v>1</v></c>" if each.startswith("=") else f"<c><v>{each}</v></c>" for each in contents
    )
    return f'<row r="{number}">{"".join(cells)}</row>'
