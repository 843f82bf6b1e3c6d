"""What others take for the same files, each as a process that imports what it needs and does nothing else.

python -m benchmarks.bare cells BOOK.xlsx CELLS     prepare: every styled cell of a workbook, as a pickle
python -m benchmarks.bare html MODEL PAGE.html      prepare: the document that a white paper is set from
python -m benchmarks.bare xlsx CELLS BOOK.xlsx      openpyxl alone writes these cells with these styles
python -m benchmarks.bare pdf PAGE.html PAPER.pdf   WeasyPrint alone sets this document, to the same standard
python -m benchmarks.bare yaml MODEL.yaml           click, numpy and yaml are imported, and the file is parsed
python -m benchmarks.bare load BOOK.xlsx            openpyxl alone reads a workbook
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

Cells = list[tuple[str, list[tuple[int, int, object, str, str]]]]
"""Each sheet's title, and of each cell: row, column, value or formula, named style and number format."""


def read_cells(book: Path, target: Path) -> None:
    from openpyxl import load_workbook

    cells: Cells = [
        (
            sheet.title,
            [
                (cell.row, cell.column, cell.value, cell.style, cell.number_format)
                for row in sheet.iter_rows()
                for cell in row
                if cell.has_style
            ],
        )
        for sheet in load_workbook(book).worksheets
    ]
    target.write_bytes(pickle.dumps(cells))


def write_cells(source: Path, target: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle

    with source.open("rb") as file:
        cells: Cells = pickle.load(file)
    book = Workbook()
    book.remove(book.worksheets[0])
    for name in {cell[3] for _, values in cells for cell in values} - {"Normal"}:
        book.add_named_style(NamedStyle(name))
    for title, values in cells:
        sheet = book.create_sheet(title)
        for row, column, value, style, number_format in values:
            cell = sheet.cell(row, column, value)
            cell.style, cell.number_format = style, number_format
    book.save(target)


def make_document(model: Path, target: Path) -> None:
    from reportgen.pipeline import analyzed, run
    from reportgen.report.html import render_html

    target.write_text(render_html(analyzed(run(model)).results), encoding="utf-8")


def set_document(source: Path, target: Path) -> None:
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    root = Path(__file__).parent.parent / "templates"
    folders = [root, *(Path(each) for each in source.with_suffix(".folders").read_text(encoding="utf-8").splitlines())]

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> object:
            path = next(each for folder in folders if (each := folder / url.partition(":/")[2]).is_file())
            return URLFetcherResponse(url, path.read_bytes())

    html = source.read_text(encoding="utf-8")
    document = weasyprint.HTML(string=html, base_url="reportgen:/", url_fetcher=Fetcher({"reportgen"}))
    document.write_pdf(target, pdf_variant="pdf/a-3a")


def parse(model: Path) -> None:
    import click  # noqa: F401
    import numpy  # noqa: F401
    import yaml

    yaml.load(model.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def load(book: Path) -> None:
    from openpyxl import load_workbook

    load_workbook(book)


if __name__ == "__main__":
    what, *paths = sys.argv[1:]
    if what == "html":
        from reportgen.resources import font_folders

        lines = "\n".join(map(str, font_folders()))
        Path(paths[1]).with_suffix(".folders").write_text(lines, encoding="utf-8")
    tasks = {"cells": read_cells, "html": make_document, "xlsx": write_cells, "pdf": set_document, "yaml": parse}
    tasks["load"] = load
    tasks[what](*map(Path, paths))  # type: ignore[operator]
