"""Readers that are Python packages. A warning of theirs is an error, as in every test."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import formualizer
import ironcalc
import openpyxl
import pandas
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple

from tests.engines.recalculation import Value
from tests.readers.contents import Contents, per_cell, plain


def with_openpyxl(path: Path) -> Contents:
    stored, live = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    rules = [(sheet.title, rule) for sheet in live for rule in sheet.data_validations.dataValidation]
    return Contents(
        stored.sheetnames,
        {at: cell.value for at, cell in _cells(stored).items() if cell.value not in (None, "")},
        {at: cell.value[1:] for at, cell in _cells(live).items() if cell.data_type == "f"},
        {name: plain(each.attr_text) for name, each in live.defined_names.items()},
        dict(per_cell((title, str(rule.sqref), rule.type) for title, rule in rules)),
    )


def _cells(book: Any) -> dict[str, Any]:
    return {f"{sheet.title}!{cell.coordinate}": cell for sheet in book for row in sheet for cell in row}


def with_pandas(path: Path) -> Contents:
    """By way of calamine."""
    frames = pandas.read_excel(
        path, sheet_name=None, header=None, dtype=object, keep_default_na=False, engine="calamine"
    )
    return Contents(
        list(frames),
        {
            f"{title}!{get_column_letter(column)}{row}": value
            for title, frame in frames.items()
            for row, cells in enumerate(frame.itertuples(index=False), 1)
            for column, value in enumerate(cells, 1)
            if value != ""
        },
    )


def with_ironcalc(path: Path, cells: Iterable[str], formulas: Iterable[str]) -> tuple[Contents, dict[str, Value]]:
    """The values of cells as loaded, and the results of formulas as it computes them."""
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    sheets = [each["name"] for each in model.get_worksheets_properties()]
    places = {cell: (sheets.index(sheet), row, column) for cell, sheet, row, column in map(_place, cells)}
    loaded = {cell: model.get_cell_value(*place) for cell, place in places.items()}
    model.evaluate()
    return Contents(sheets, loaded), {cell: model.get_cell_value(*places[cell]) for cell in formulas}


def with_formualizer(path: Path, formulas: Iterable[str]) -> tuple[list[str], dict[str, Value]]:
    """Its sheets, and the results of formulas as it computes them: it gives no stored ones."""
    engine = formualizer.load_workbook(str(path))
    engine.evaluate_all()
    return engine.sheet_names, {cell: engine.get_value(*place) for cell, *place in map(_place, formulas)}


def _place(cell: str) -> tuple[str, str, int, int]:
    sheet, _, at = cell.rpartition("!")
    return cell, sheet, *coordinate_to_tuple(at)
