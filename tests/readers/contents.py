"""What a workbook holds, as one reader or another finds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries

from reportgen.workbook.address import column_letters
from reportgen.workbook.grid import Grid
from tests.engines.recalculation import Value, agree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True, slots=True)
class Contents:
    """Cells are called `Sheet!B7`; what is empty is left out. `formulas` have no sign before them, `rules` are the
    kinds of data validation. None: the reader does not give that."""

    sheets: list[str]
    values: Mapping[str, Value] = field(repr=False)
    formulas: Mapping[str, str] | None = field(default=None, repr=False)
    names: Mapping[str, str] | None = None
    rules: Mapping[str, str] | None = field(default=None, repr=False)


def contents_of(found: Mapping[str, Any], words: Mapping[Any, str]) -> Contents:
    """Of what a reader has written as JSON; `words` are the kinds of validation that it calls otherwise."""
    rules = found.get("rules")
    areas = [(sheet, at, words.get(kind, kind)) for sheet, each in (rules or {}).items() for at, kind in each]
    return Contents(
        found["sheets"],
        {cell: value for cell, value in found["values"].items() if value not in ("", None)},
        found["formulas"],
        {name: plain(target) for name, target in found["names"].items() if not name.startswith(("_xlnm", "Print_"))},
        None if rules is None else dict(per_cell(areas)),
    )


def written(grids: tuple[Grid, ...], workbook: bytes) -> Contents:
    """What the program means a workbook to hold; names and rules are read off the file."""
    cells = {f"{grid.name}!{column_letters(at[1])}{at[0]}": cell for grid in grids for at, cell in grid.cells.items()}
    return Contents(
        [grid.name for grid in grids],
        {at: cell.content for at, cell in cells.items() if cell.content not in ("", None)},
        {at: cell.formula[1:] for at, cell in cells.items() if cell.formula},
        dict(_names(workbook)),
        dict(per_cell(_rules([grid.name for grid in grids], workbook))),
    )


def per_cell(rules: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """The kind of rule of each cell, from sheets, areas and kinds."""
    for sheet, areas, kind in rules:
        for area in areas.split():
            left, top, right, bottom = range_boundaries(area)
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    yield f"{sheet}!{get_column_letter(column)}{row}", kind


def plain(target: str) -> str:
    """A reference with quotes only where a sheet's name needs them: readers differ in that."""
    sheet, _, cells = target.rpartition("!")
    return f"{sheet.strip(chr(39)).replace(chr(39) * 2, chr(39))}!{cells}"


def _names(workbook: bytes) -> Iterator[tuple[str, str]]:
    for name in _tree(workbook, "workbook.xml").iter(_MAIN + "definedName"):
        if not name.get("name").startswith("_xlnm"):
            yield name.get("name"), plain(name.text)


def _rules(sheets: list[str], workbook: bytes) -> Iterator[tuple[str, str, str]]:
    for at, sheet in enumerate(sheets, 1):
        for rule in _tree(workbook, f"worksheets/sheet{at}.xml").iter(_MAIN + "dataValidation"):
            yield sheet, rule.get("sqref"), rule.get("type")


def _tree(workbook: bytes, part: str) -> Any:
    with ZipFile(BytesIO(workbook)) as archive:
        return etree.fromstring(archive.read(f"xl/{part}"))


def differences(expected: Contents, found: Contents, *, exact: bool = True) -> list[str]:
    """One line for each difference in what both have; unless `exact`, numbers agree to 1e-9 and only sheets and values
    are compared."""
    same = _same if exact else agree
    lines = [f"sheets: {found.sheets}"] * (found.sheets != expected.sheets)
    lines += _between("value", expected.values, found.values, same)
    if exact:
        for kind in ("formulas", "names", "rules"):
            if (there := getattr(found, kind)) is not None:
                lines += _between(kind, getattr(expected, kind), there, _same)
    return lines


def _between(kind: str, expected: Mapping[str, Any], found: Mapping[str, Any], same: Any) -> Iterator[str]:
    for key in expected | found:
        if not same(expected.get(key), found.get(key)):
            yield f"{kind} of {key}: expected {expected.get(key)!r}, found {found.get(key)!r}"


def _same(one: Any, other: Any) -> bool:
    """Also of the same type; a whole number may be one without decimals."""
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)
