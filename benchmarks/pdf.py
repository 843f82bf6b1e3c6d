"""The PDF against WeasyPrint alone and against Chromium printing the same document; charts, the first and the others.

    python -m benchmarks.pdf MODEL     prints `{"first": seconds, "further": seconds}` for the charts of its report

Chromium is started anew for each document, as it is by who prints with it; our side makes the document too.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model
from reportgen.report.article.assets import asset_folders, embedded
from reportgen.report.brand import report_brand
from reportgen.report.charts import draw as drawing
from reportgen.report.charts.chart_set import drawn
from reportgen.report.edition import plain_edition
from reportgen.report.html import render_html
from reportgen.report.pdf.fetcher import make_fetcher
from reportgen.report.pdf.render import render_pdf
from reportgen.report.view import make_view

_CHROMIUM = ("chromium-headless-shell", "chromium", "google-chrome")
_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


@dataclass(frozen=True)
class Times:
    """Medians in seconds, of the clock or of the processor; `chromium` is None where there is none."""

    ours: float
    ours_processor: float
    bare_processor: float
    chromium: float | None


def measured(model: Path, rounds: int) -> Times:
    """All sides in turns, after one round that is not counted. Ours makes the document too; the others are given it."""
    results = evaluate(load_model(model)[0])
    html = render_html(results)
    program, whole = chromium(), with_fonts(html)

    def ours() -> bytes:
        drawing._drawn.cache_clear()  # a second report of one process would have its charts already
        return render_pdf(results)

    with tempfile.TemporaryDirectory() as folder:
        sides: list[Callable[[], object]] = [ours, lambda: bare(html)]
        if program is not None:
            sides.append(lambda: print_with(program, whole, Path(folder)))
        taken = [[_timed(side) for side in sides] for _ in range(rounds + 1)][1:]
    clock, processor = (
        [statistics.median(each[side][unit] for each in taken) for side in range(len(sides))] for unit in (0, 1)
    )
    return Times(clock[0], processor[0], processor[1], None if program is None else clock[2])


def _timed(function: Callable[[], object]) -> tuple[float, float]:
    started = time.perf_counter(), time.process_time()
    function()
    return time.perf_counter() - started[0], time.process_time() - started[1]


def bare(html: str) -> bytes:
    """The same document with WeasyPrint as it comes, to the same standard."""
    import weasyprint

    fetcher = make_fetcher(asset_folders(plain_edition()))
    document = weasyprint.HTML(string=html, base_url="reportgen:/", url_fetcher=fetcher)
    made: bytes = document.write_pdf(pdf_variant="pdf/a-3a")
    return made


def chromium() -> str | None:
    """The program, None where there is none."""
    return next(filter(None, map(shutil.which, _CHROMIUM)), None)


def print_with(program: str, html: str, folder: Path) -> bytes:
    """The same document printed by Chromium, whose fonts lie in it."""
    page, made = folder / "page.html", folder / "page.pdf"
    page.write_text(html, encoding="utf-8")
    subprocess.run([program, *_OPTIONS, f"--print-to-pdf={made}", page.as_uri()], check=True, capture_output=True)
    return made.read_bytes()


def with_fonts(html: str) -> str:
    """The document as one file that Chromium can open."""
    return embedded(html, asset_folders(plain_edition()))


def charts(model: Path) -> dict[str, float]:
    """Seconds for the first chart and for each further, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.pdf", str(model)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _charts(model: Path) -> dict[str, float]:
    import vl_convert

    view = make_view(evaluate(load_model(model)[0]))
    times: list[float] = []
    convert = vl_convert.vegalite_to_svg

    def timed(*arguments: object, **options: object) -> str:
        started = time.perf_counter()
        svg: str = convert(*arguments, **options)  # type: ignore[arg-type]
        times.append(time.perf_counter() - started)
        return svg

    vl_convert.vegalite_to_svg = timed
    drawn(view, report_brand(plain_edition().brand))
    return {"first": times[0], "further": statistics.median(times[1:])}


if __name__ == "__main__":
    print(json.dumps(_charts(Path(sys.argv[1]))))
