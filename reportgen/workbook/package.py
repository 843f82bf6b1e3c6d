"""What openpyxl's writer lacks: stored results of formulas, described charts, equal bytes for equal input."""

from __future__ import annotations

import math
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.cell._writer import _set_attributes, write_cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter

from reportgen.workbook.grid import Content

Stored = dict[str, dict[tuple[int, int], Content]]
"""By sheet, then row and column: the results of formulas."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def package(workbook: Workbook, stored: Stored) -> bytes:
    """The workbook as a file. The workbook object is spent afterwards."""
    buffer = BytesIO()
    with _SteadyZip(buffer, "w", ZIP_DEFLATED) as archive:
        _Writer(workbook, archive, stored).write_data()
    return buffer.getvalue()


class _SteadyZip(ZipFile):
    """Every part carries the same date, so that equal content gives equal bytes."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        info = ZipInfo(name, _EPOCH)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        super().writestr(info, data)


class _Writer(ExcelWriter):
    def __init__(self, workbook: Workbook, archive: ZipFile, stored: Stored) -> None:
        super().__init__(workbook, archive)
        self.stored = stored

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = _DescribedDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        out = BytesIO()
        writer = _SheetWriter(ws, out)
        writer.stored = self.stored.get(ws.title, {})
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], out.getvalue())
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes `<v>` beside `<f>`: previews, Protected View and data libraries show stored results only."""

    stored: dict[tuple[int, int], Content]

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:
        attributes = {"r": f"{row_idx}", **dict(self.ws.row_dimensions.get(row_idx, {}))}
        with xf.element("row", attributes):
            for cell in row:
                if cell.data_type == "f":
                    self.write_formula(xf, cell)
                elif cell._value is not None or cell.has_style or cell.hyperlink:
                    write_cell(xf, self.ws, cell, cell.has_style)

    def write_formula(self, xf: Any, cell: Any) -> None:
        formula, attributes = _set_attributes(cell, cell.has_style)
        result = self.stored[cell.row, cell.column]
        kind, text = _stored_text(result)
        attributes.pop("t", None)
        if kind:
            attributes["t"] = kind
        with xf.element("c", attributes):
            with xf.element("f"):
                xf.write(formula[1:])
            with xf.element("v"):
                xf.write(text)


def _stored_text(result: Content) -> tuple[str, str]:
    match result:
        case bool():
            return "b", "1" if result else "0"
        case str():
            return "str", result
        case int() | float() if math.isfinite(result):
            return "", repr(float(result)) if not float(result).is_integer() or abs(result) >= 1e15 else str(int(result))
    raise ValueError(f"{result!r} cannot be stored as a formula's result")


class _DescribedDrawing(SpreadsheetDrawing):
    """Charts carry the alternative text that is set on them as `alternative`."""

    tagname = "wsDr"
    __elements__ = SpreadsheetDrawing.__elements__

    def _chart_frame(self, idx: int) -> Any:
        frame = super()._chart_frame(idx)
        frame.nvGraphicFramePr.cNvPr.descr = getattr(self.charts[idx - 1], "alternative", None)
        return frame


def header_text(text: str) -> str:
    """Text for a printed header or footer, where `&` begins a command."""
    return text.replace("&", "&&")
