"""One large workbook in a process of its own, so that the peak of its memory can be told.

    python -m benchmarks.large_workbook ours MODEL     our workbook of a model, from its file to its bytes
    python -m benchmarks.large_workbook bare CELLS     the same cells and styles with openpyxl alone, from a pickle

Prints `{"all": seconds, "write": seconds, "peak": MB}` as JSON: from the start of the work, from where the numbers (or
the cells) are known, and the most memory that the process had. Seconds are those of the processor, of which other
processes take none; each side uses one.
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

Cells = list[tuple[str, list[tuple[int, int, object, str, str]]]]
"""Each sheet's title, and of each cell: row, column, value or formula, named style and number format."""


def same_cells(workbook: bytes) -> Cells:
    """Every cell of a workbook that has a style."""
    from openpyxl import load_workbook

    source = load_workbook(BytesIO(workbook))
    return [
        (
            sheet.title,
            [
                (cell.row, cell.column, cell.value, cell.style, cell.number_format)
                for row in sheet.iter_rows()
                for cell in row
                if cell.has_style
            ],
        )
        for sheet in source.worksheets
    ]


def write_bare(cells: Cells, styled: bool) -> bytes:
    """A workbook with these cells, written as one would with openpyxl."""
    from openpyxl import Workbook
    from openpyxl.styles import NamedStyle

    book = Workbook()
    book.remove(book.worksheets[0])
    for name in {cell[3] for _, values in cells for cell in values} - {"Normal"} if styled else ():
        book.add_named_style(NamedStyle(name))
    for title, values in cells:
        sheet = book.create_sheet(title)
        for row, column, value, style, number_format in values:
            cell = sheet.cell(row, column, value)
            if styled:
                cell.style, cell.number_format = style, number_format
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def measured(what: str, path: Path) -> dict[str, float]:
    """The figures of one side, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.large_workbook", what, str(path)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _ours(path: Path) -> tuple[float, float]:
    from reportgen.pipeline import answered, run

    started = time.process_time()
    evaluated = answered(run(path))
    known = time.process_time()
    from reportgen.workbook.build import build_workbook

    build_workbook(evaluated.results, evaluated.questions, evaluated.brand)
    return started, known


def _bare(path: Path) -> tuple[float, float]:
    started = time.process_time()
    with path.open("rb") as file:
        cells: Cells = pickle.load(file)
    known = time.process_time()
    write_bare(cells, True)
    return started, known


def _peak() -> float:
    """The most memory this process had, in MB. Linux counts the parent's into what `getrusage` says."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    started, known = {"ours": _ours, "bare": _bare}[sys.argv[1]](Path(sys.argv[2]))
    ended = time.process_time()
    print(json.dumps({"all": ended - started, "write": ended - known, "peak": _peak()}))
