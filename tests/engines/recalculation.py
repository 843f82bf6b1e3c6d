"""Recalculate a workbook with engines that share no code with the program, and compare every cell."""

from __future__ import annotations

import json
import math
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import ZipFile

import ironcalc
import openpyxl
from lxml import etree
from openpyxl.utils.escape import unescape

TOLERANCE = 1e-9

Value = float | str | bool
Change = tuple[str, str, float | str | None]
"""Sheet, cell, new value; None empties the cell."""


def stored_values(workbook: bytes) -> dict[str, Value]:
    """What a viewer that does not calculate shows, by `Sheet!B7`."""
    return {cell: value for cell, _, value in _cells(workbook) if value is not None and value != ""}


@lru_cache(maxsize=4)
def formula_cells(workbook: bytes) -> Mapping[str, str]:
    """Every formula, by `Sheet!B7`."""
    return MappingProxyType({cell: "=" + formula for cell, formula, _ in _cells(workbook) if formula})


def _cells(workbook: bytes) -> Iterator[tuple[str, str, Value | None]]:
    """Each cell with its formula and its value, read off the file; openpyxl takes five times as long."""
    with ZipFile(BytesIO(workbook)) as archive:
        book = etree.fromstring(archive.read("xl/workbook.xml"))
        related = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {each.get("Id"): str(each.get("Target")).removeprefix("/xl/") for each in related}
        shared = _shared_strings(archive)
        for sheet in book.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
            tree = etree.fromstring(archive.read("xl/" + targets[sheet.get(_RELATION)]))
            for cell in tree.iterfind(f"{_MAIN}sheetData/{_MAIN}row/{_MAIN}c"):
                yield f"{sheet.get('name')}!{cell.get('r')}", cell.findtext(f"{_MAIN}f") or "", _value(cell, shared)


def _shared_strings(archive: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    items = etree.fromstring(archive.read("xl/sharedStrings.xml")).iterfind(f"{_MAIN}si")
    return ["".join(each.itertext(f"{_MAIN}t")) for each in items]


def _value(cell: Any, shared: list[str]) -> Value | None:
    kind, text = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
    if kind == "inlineStr":
        return unescape("".join(cell.itertext(f"{_MAIN}t")))
    if text is None:
        return None
    if kind == "s":
        return unescape(shared[int(text)])
    if kind == "b":
        return text == "1"
    return float(text) if kind == "n" else unescape(text)


_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def without_marks(formulas: Mapping[str, str]) -> dict[str, str]:
    """All formulas but those that tell what was changed since the book was made. A changed book has changed inputs, the
    book of a changed model has none; nothing else of the two may differ.

    These are the register of inputs with what reads it (the marks, the count on Summary), and on Checks whatever holds
    the register or the simulated values, which are of the model as it was, against something, with the checks' counts,
    and what the program found as it made the book: the simulation, and exact crossings.
    """
    checks = {cell: text for cell, text in formulas.items() if cell.startswith("Checks!")}
    telling = {cell for cell, text in formulas.items() if cell.startswith("Inputs!") or "Inputs!" in text}
    telling |= {cell for cell, text in checks.items() if "Simulation!" in text}
    telling |= {cell for cell, text in formulas.items() if ", as generated: " in text}
    telling |= {cell for cell in formulas if cell.startswith("Simulation!")}
    read = {cell: set(_own_cells(text)) for cell, text in checks.items()}
    while more := {cell for cell, cells in read.items() if cell not in telling and cells & telling}:
        telling |= more
    telling |= {cell for cell, text in formulas.items() if text.startswith("=Checks!") and text[1:] in telling}
    return {cell: text for cell, text in formulas.items() if cell not in telling}


def _own_cells(text: str) -> Iterator[str]:
    """The cells of Checks that a formula there reads."""
    for first, last in _OWN_CELLS.findall(text):
        for row in openpyxl.utils.cell.rows_from_range(f"{first}:{last or first}".replace("$", "")):
            yield from (f"Checks!{cell}" for cell in row)


_OWN_CELLS = re.compile(r"(?<![!:A-Za-z0-9$\"'])(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?")
"""References without a sheet before them."""


class IronCalc:
    """A workbook in IronCalc; values are computed from its formulas alone, never taken from the file."""

    def __init__(self, workbook: bytes, folder: Path) -> None:
        path = folder / "ironcalc.xlsx"
        path.write_bytes(without_results(workbook))
        self.model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
        self.sheets = [each["name"] for each in self.model.get_worksheets_properties()]
        self.cells = {cell: self._place(cell) for cell in formula_cells(workbook)}

    def values_after(self, changes: Sequence[Change]) -> dict[str, Value]:
        """The results of all formulas with these changes, which are then taken back."""
        before = [(sheet, cell, self.value(f"{sheet}!{cell}")) for sheet, cell, _ in changes]
        self.change(changes)
        found = self.values()
        self.change(before)
        return found

    def change(self, changes: Iterable[Change]) -> None:
        for sheet, cell, value in changes:
            row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
            index = self.sheets.index(sheet)
            if value is None:
                self.model.clear_cell_contents(index, row, column)
            elif isinstance(value, str):
                self.model.update_cell_with_text(index, row, column, value)
            else:
                self.model.update_cell_with_number(index, row, column, value)

    def values(self) -> dict[str, Value]:
        """The results of all formulas."""
        self.model.evaluate()
        return {cell: self.model.get_cell_value(*place) for cell, place in self.cells.items()}

    def value(self, address: str) -> Value:
        value: Value = self.model.get_cell_value(*self._place(address))
        return value

    def _place(self, address: str) -> tuple[int, int, int]:
        sheet, _, cell = address.rpartition("!")
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        return self.sheets.index(sheet), row, column


def without_results(workbook: bytes) -> bytes:
    """The same workbook with every stored result of a formula replaced by 0: only a recalculation brings them back."""

    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v>0</v>", data)
            target.writestr(name, data)
    return out.getvalue()


class LibreOffice:
    """One LibreOffice process for any number of workbooks."""

    def __init__(self) -> None:
        worker = Path(__file__).with_name("libreoffice_worker.py")
        self.process = subprocess.Popen(
            ["/usr/bin/python3", str(worker)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def values(self, path: Path, changes: Iterable[Change] = (), save_as: Path | None = None) -> dict[str, Value]:
        """Every cell after a hard recalculation of the workbook with the changes made; perhaps saved so."""
        job: dict[str, Any] = {"file": str(path.resolve()), "changes": [list(change) for change in changes]}
        if save_as is not None:
            job["save"] = str(save_as.resolve())
        return self._done(job)

    def values_after_edits(self, path: Path, edits: Sequence[Sequence[Any]], sheets: Iterable[str]) -> dict[str, Value]:
        """Every cell of some sheets after edits by the commands of LibreOffice's interface, as `libreoffice_edits` has
        them, of the workbook as it is in the file."""
        return self._done({"file": str(path.resolve()), "edits": edits, "sheets": list(sheets)})

    def _done(self, job: dict[str, Any]) -> dict[str, Value]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError("LibreOffice gave no answer")
        found: dict[str, Value] = json.loads(answer)
        return found

    def close(self) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(60)
        self.process.stdout.close()


def agree(one: Any, other: Any, scale: float = 1.0) -> bool:
    """Equal to 1e-9; LibreOffice gives conditions as 1 and 0 and leaves out empty texts.

    A difference of numbers of the size `scale` keeps what those were rounded by.
    """
    if isinstance(one, bool) or isinstance(other, bool):
        return bool(one) == bool(other)
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=max(TOLERANCE, 1e-14 * scale))
    return (one or "") == (other or "")


def disagreements(
    expected: Mapping[str, Value], found: Mapping[str, Value], formulas: Mapping[str, str], scale: float = 1.0
) -> list[str]:
    """One line for each formula whose result differs."""
    return [
        f"{cell} {formula}: expected {expected.get(cell)!r}, found {found.get(cell)!r}"
        for cell, formula in formulas.items()
        if not agree(expected.get(cell), found.get(cell), scale)
    ]


def read_from(formulas: Mapping[str, str], cells: Iterable[str]) -> set[str]:
    """The formulas that read some of these cells, directly or by way of others."""
    known: dict[str, set[tuple[int, int]]] = {}
    for cell in cells:
        sheet, _, address = cell.rpartition("!")
        known.setdefault(sheet, set()).add(openpyxl.utils.cell.coordinate_to_tuple(address))
    areas = {cell: list(_areas(cell.rpartition("!")[0], text)) for cell, text in formulas.items()}
    found: set[str] = set()
    while more := {cell for cell, each in areas.items() if cell not in found and any(_holds(a, known) for a in each)}:
        found |= more
        for cell in more:
            sheet, _, address = cell.rpartition("!")
            known.setdefault(sheet, set()).add(openpyxl.utils.cell.coordinate_to_tuple(address))
    return found


_Area = tuple[str, int, int, int, int]


def _areas(sheet: str, text: str) -> Iterator[_Area]:
    for quoted, plain, first, last in _REFERENCES.findall(_TEXTS.sub('""', text)):
        one, other = (openpyxl.utils.cell.coordinate_to_tuple(each.replace("$", "")) for each in (first, last or first))
        yield quoted.replace("''", "'") or plain or sheet, *one, *other


def _holds(area: _Area, known: Mapping[str, set[tuple[int, int]]]) -> bool:
    sheet, top, left, bottom, right = area
    cells = known.get(sheet, set())
    if (bottom - top + 1) * (right - left + 1) < len(cells):
        return any((row, column) in cells for row in range(top, bottom + 1) for column in range(left, right + 1))
    return any(top <= row <= bottom and left <= column <= right for row, column in cells)


_TEXTS = re.compile(r'"[^"]*"')
_REFERENCES = re.compile(
    r"(?:'((?:[^']|'')+)'!|([^\W\d][\w.]*)!)?(?<![\w.])(\$?[A-Z]{1,3}\$?\d+)(?::(\$?[A-Z]{1,3}\$?\d+))?(?![\w.(])"
)
