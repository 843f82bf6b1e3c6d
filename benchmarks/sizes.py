"""How large workbooks are and what they take: the table in docs/workbook.md.

    python -m benchmarks.sizes            prints the table
    python -m benchmarks.sizes --write    puts it into docs/workbook.md, between its marks

Seconds are the processor's, in a process of its own from the model's file to the workbook; those of engines are the
clock's, of a hard recalculation.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.large import OPTIONS, large_model
from benchmarks.process import cost
from reportgen.pipeline import analyzed, make, run
from tests.engines.recalculation import IronCalc, LibreOffice, disagreements, formula_cells, stored_values

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "workbook.md"
START, END = "<!-- python -m benchmarks.sizes -->\n", "<!-- end -->\n"
CATEGORIES = 10
HEAD = (
    "| model | items | costs | formulas | file | from model to workbook | most memory | IronCalc: load, calculate "
    "| LibreOffice: load, calculate, read all |\n|---|---|---|---|---|---|---|---|---|\n"
)


@dataclass(frozen=True)
class Sized:
    """A model to measure."""

    title: str
    path: Path
    items: int
    options: int

    def start(self, workbook: bytes) -> str:
        """The part of its row that is the same on every machine."""
        size = f"{len(workbook) / 1e6:.1f} MB"
        costs = self.items * self.options
        return f"| {self.title} | {self.items:,} | {costs:,} | {len(formula_cells(workbook)):,} | {size} |"


def models(folder: Path) -> Iterator[Sized]:
    """`agent-runtime`, then what `benchmarks.large` makes, written into a folder."""
    path = ROOT / "inputs" / "agent-runtime"
    model = run(path).results.model
    yield Sized("`agent-runtime`", path, sum(len(each.items) for each in model.categories), len(model.options))
    for items in (3, 30, 300):
        path = folder / f"large-{items}.yaml"
        path.write_text(large_model(items), encoding="utf-8")
        yield Sized("`benchmarks.large`", path, CATEGORIES * items, OPTIONS)


def row(sized: Sized, folder: Path, office: LibreOffice) -> str:
    """What a model's workbook takes. Raises ValueError where an engine comes to another value than is stored."""
    workbook = make(analyzed(run(sized.path)), "xlsx")
    book = folder / f"{sized.path.stem}.xlsx"  # a document that is still open would be read again
    book.write_bytes(workbook)
    ours = cost("-m", "reportgen", "build", sized.path, "--only", "xlsx", "-o", folder / "built")
    started = time.perf_counter()
    engine = IronCalc(workbook, folder)
    loaded = time.perf_counter()
    found = engine.values()
    calculated = time.perf_counter()
    others = office.values(book)
    read = time.perf_counter()
    stored, formulas = stored_values(workbook), formula_cells(workbook)
    if wrong := disagreements(stored, found, formulas, 1e9) + disagreements(stored, others, formulas, 1e9):
        raise ValueError("\n".join(wrong[:20]))
    took = f"{loaded - started:.1f} s, {calculated - loaded:.1f} s | {read - calculated:.1f} s"
    return f"{sized.start(workbook)} {ours.processor:.1f} s | {ours.megabytes:.0f} MB | {took} |\n"


def table() -> str:
    """The whole table as Markdown."""
    office = LibreOffice()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [row(each, folder, office) for each in models(folder)]
    office.close()
    return HEAD + "".join(rows)


def stated() -> str:
    """The table that the page has."""
    return PAGE.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]


if __name__ == "__main__":
    found = table()
    sys.stdout.write(found)
    if "--write" in sys.argv[1:]:
        PAGE.write_text(PAGE.read_text(encoding="utf-8").replace(stated(), found), encoding="utf-8")
