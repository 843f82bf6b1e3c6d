"""The file itself: whether it is a workbook at all, small enough to be read, and what its cells last came to.

Stored results are read here, because openpyxl gives either formulas or results. Raises `UnreadableError` only.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename
from typing import IO
from xml.etree.ElementTree import ParseError, fromstring, iterparse

MAX_FILE, MAX_UNPACKED, MAX_PARTS, MAX_CELLS = 100_000_000, 300_000_000, 10_000, 1_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_NEWER = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}"
_RANGE = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


class UnreadableError(Exception):
    """A file that cannot be looked at; its text says why, in the reader's words."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a formula cell last came to: `kind` is `n`, `str`, `b`, `e` or empty where nothing is stored."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Package:
    """`parts` are the names of the file's parts; `stored` has the results of formula cells by part and cell.
    `charted` are the ranges that charts show, `validated` those that newer Excel validates against other sheets,
    by part."""

    parts: frozenset[str]
    stored: dict[str, dict[str, Stored]]
    charted: tuple[str, ...]
    validated: dict[str, tuple[str, ...]]


def open_package(path: Path) -> Package:
    """Look through a file before anything of it is built. Raises UnreadableError."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(8)
    except OSError as error:
        raise UnreadableError(f"cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError:
        raise UnreadableError("cannot be read: not a path") from None
    if start == _OLE:
        raise UnreadableError("is protected by a password or in the old .xls format; save it as a plain .xlsx")
    if size > MAX_FILE:
        raise UnreadableError(f"is larger than {MAX_FILE // 1_000_000} MB")
    try:
        with zipfile.ZipFile(path) as archive:
            return _look_through(archive)
    except (zipfile.BadZipFile, ParseError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"is not a complete workbook (.xlsx): {str(error).lower()}") from None
    except Exception as error:
        # zlib and its relatives have errors of their own, without a common class.
        if type(error).__module__ in ("zlib", "lzma", "_lzma"):
            raise UnreadableError(f"is not a complete workbook (.xlsx): {error}") from None
        raise


def _look_through(archive: zipfile.ZipFile) -> Package:
    entries = archive.infolist()
    names = frozenset(entry.filename for entry in entries)
    if "xl/workbook.bin" in names:
        raise UnreadableError("is a binary workbook (.xlsb); save it as .xlsx")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise UnreadableError("is not an Excel workbook (.xlsx)")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableError("is protected by a password")
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableError(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB or {MAX_PARTS:,} parts")
    stored: dict[str, dict[str, Stored]] = {}
    charted: list[str] = []
    validated: dict[str, tuple[str, ...]] = {}
    cells = 0
    for name in sorted(names):
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        data = archive.read(name)
        # No part of a workbook declares a document type; one that does wants to have entities expanded.
        if any(sign in data for sign in _DOCTYPE):
            raise UnreadableError(f"declares a document type in {basename(name)}, which no workbook does")
        if name == "xl/workbook.xml" and _STRICT in data:
            raise UnreadableError("is in the strict variant of .xlsx; save it as a plain .xlsx")
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            with archive.open(name) as file:
                stored[name], validated[name], count = _results(file)
            cells += count
            if cells > MAX_CELLS:
                raise UnreadableError(f"has more than {MAX_CELLS:,} cells")
        elif name.startswith("xl/charts/chart"):
            charted += [element.text for element in fromstring(data).iter(f"{_CHART}f") if element.text]
    return Package(names, stored, tuple(charted), validated)


def _results(file: IO[bytes]) -> tuple[dict[str, Stored], tuple[str, ...], int]:
    """The stored results of a sheet's formula cells, its newer validations, and the number of all cells."""
    found, validated, count = {}, [], 0
    for _, element in iterparse(file):
        if element.tag == f"{_MAIN}c":
            count += 1
            if element.find(f"{_MAIN}f") is not None:
                text = element.findtext(f"{_MAIN}v") or ""
                kind = element.get("t", "n") if text or element.get("t") == "str" else ""
                found[element.get("r", "")] = Stored(kind, text)
        elif element.tag == f"{_MAIN}row":
            element.clear()
            if count > MAX_CELLS:
                break
        elif element.tag == f"{_NEWER}dataValidation":
            validated += (element.findtext(_RANGE) or "").split()
    return found, tuple(validated), count


def sheet_parts(path: Path) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    with zipfile.ZipFile(path) as archive:
        book = fromstring(archive.read("xl/workbook.xml"))
        rels = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target", "") for each in rels}
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(relation), "")
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found
