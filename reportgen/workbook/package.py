"""What openpyxl's writer lacks: stored results of formulas, described charts, equal bytes for equal input."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.constants import SHEET_DRAWING_NS

from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.grid import Cell, Content, Grid
from reportgen.workbook.text import escaped, parted

Styles = Callable[[Cell], int]
"""The number of a cell's style in the workbook."""

_text = partial(escape, quote=False)

_EPOCH = (1980, 1, 1, 0, 0, 0)


def package(workbook: Workbook, grids: Mapping[str, Grid], style_of: Styles) -> bytes:
    """The workbook as a file, its cells straight from the grids. The workbook object is spent afterwards."""
    buffer = BytesIO()
    with _SteadyZip(buffer, "w", ZIP_DEFLATED) as archive:
        _Writer(workbook, archive, grids, style_of).write_data()
    return buffer.getvalue()


class _SteadyZip(ZipFile):
    """Every part carries the same date, so that equal content gives equal bytes."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, ZipInfo) else zinfo_or_arcname
        super().writestr(self.part(name), data)

    def part(self, name: str) -> ZipInfo:
        info = ZipInfo(name, _EPOCH)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        return info


class _Writer(ExcelWriter):
    _archive: _SteadyZip

    def __init__(self, workbook: Workbook, archive: _SteadyZip, grids: Mapping[str, Grid], style_of: Styles) -> None:
        super().__init__(workbook, archive)
        self.grids = grids
        self.style_of = style_of

    def write_worksheet(self, ws: Any) -> None:
        ws._drawing = _DescribedDrawing()
        ws._drawing.charts = ws._charts
        ws._drawing.images = ws._images
        with self._archive.open(self._archive.part(ws.path[1:]), "w") as out:  # a large sheet is never held whole
            writer = _SheetWriter(ws, out)
            writer.grid = self.grids[ws.title]
            writer.style_of = self.style_of
            writer.write()
        ws._rels = writer._rels
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):
    """Writes the cells of a grid: formulas with `<v>` beside `<f>`, because previews, Protected View and data libraries
    show stored results only."""

    grid: Grid
    style_of: Styles
    ws: Any
    out: Any
    xf: Any
    _rels: Any

    def write_dimensions(self) -> None:
        used = Area(self.grid.name, 1, 1, *self.grid.end).seen_from(self.grid.name)
        self.xf.send(SheetDimension(used).to_tree())

    def write_rows(self) -> None:
        xf = self.xf.send(True)
        with xf.element("sheetData"):
            xf.flush()  # the rows go past it, straight into the file
            columns = dict[int, list[int]]({row: [] for row in self.grid.heights})  # some rows are gaps
            for row, column in sorted(self.grid.cells):
                columns.setdefault(row, []).append(column)
            for row, used in sorted(columns.items()):
                text = self.row(row, used)
                self.out.write(text.encode())  # not as numbers of characters: SheetJS misreads those in results
        self.xf.send(None)

    def row(self, row: int, columns: list[int]) -> str:
        height, cells = self.grid.heights.get(row), self.grid.cells
        size = f' ht="{height:g}" customHeight="1"' if height else ""
        return f'<row r="{row}"{size}>{"".join([self.cell(row, each, cells[row, each]) for each in columns])}</row>'

    def cell(self, row: int, column: int, cell: Cell) -> str:
        at = f"{column_letters(column)}{row}"
        if cell.link:
            self.ws._hyperlinks.append(_hyperlink(at, str(cell.link)))
        start = f'<c r="{at}" s="{self.style_of(cell)}"'
        content = cell.content
        if cell.formula:
            kind, text = _stored_text(content)
            return f"{start}{kind}><f>{_text(cell.formula[1:])}</f><v>{text}</v></c>"
        if content is None or content == "":
            return f"{start}/>"
        if isinstance(content, str):
            runs = [_plain(run) for run in parted(content)]
            text = "".join(f"<r>{run}</r>" for run in runs) if len(runs) > 1 else runs[0]
            return f'{start} t="inlineStr"><is>{text}</is></c>'
        kind, text = _stored_text(content)
        return f"{start}{kind}><v>{text}</v></c>"


def _plain(text: str) -> str:
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<t{space}>{_text(text)}</t>"


def _hyperlink(at: str, target: str) -> Hyperlink:
    link = Hyperlink(ref=at)
    if target.startswith("#"):
        link.location = target[1:]
    else:
        link.target = target
    return link


def _stored_text(result: Content) -> tuple[str, str]:
    """The cell's `t` attribute and the text of its value."""
    match result:
        case bool():
            return ' t="b"', "1" if result else "0"
        case str():
            return ' t="str"', _text(escaped(result))
        case int() | float() if math.isfinite(result):
            whole = float(result).is_integer() and abs(result) < 1e15
            return "", str(int(result)) if whole else repr(float(result))
    raise ValueError(f"{result!r} cannot be stored in a cell")


class _DescribedDrawing(SpreadsheetDrawing):
    """Charts and pictures carry the alternative text that is set on them as `alternative`."""

    tagname = "wsDr"
    __elements__ = SpreadsheetDrawing.__elements__

    def _write(self) -> Any:
        """With the prefix that Excel gives its elements: exceljs knows a drawing by that, and refuses others."""
        draw: Any = super()
        tree = draw._write()
        del tree.attrib["xmlns"]
        for node in tree.iter():
            if not node.tag.startswith("{"):
                node.tag = f"{{{SHEET_DRAWING_NS}}}{node.tag}"
        return tree

    def _chart_frame(self, idx: int) -> Any:
        draw: Any = super()
        frame = draw._chart_frame(idx)
        frame.nvGraphicFramePr.cNvPr.descr = getattr(self.charts[idx - 1], "alternative", None)
        return frame

    def _picture_frame(self, idx: int) -> Any:
        draw: Any = super()
        frame = draw._picture_frame(idx)
        frame.nvPicPr.cNvPr.descr = self.images[idx - 1 - len(self.charts)].alternative
        return frame


class PngImage(Image):
    """A picture whose file is taken as it is; openpyxl's own reads it with Pillow and may write it anew."""

    def __init__(self, data: bytes, anchor: Any, alternative: str) -> None:
        self.data = data
        self.anchor = anchor
        self.alternative = alternative
        self.format = "png"

    def _data(self) -> bytes:
        return self.data
