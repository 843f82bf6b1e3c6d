"""Measured ratios, each against a named alternative in the same run: `./run bench`.

Each figure is the median of several rounds in which both sides take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

MODEL = Path(__file__).parent.parent / "inputs" / "agent-runtime"


@dataclass(frozen=True)
class Measured:
    """Seconds (or megabytes) of ours and of the alternative, and the ratio we aim for at most."""

    what: str
    against: str
    ours: float
    theirs: float
    aim: float
    megabytes: bool = False

    def __str__(self) -> str:
        ratio = self.ours / self.theirs
        verdict = "met" if ratio <= self.aim else "MISSED"
        scale, unit = (1, "MB") if self.megabytes else (1_000, "ms")
        times = f"{self.ours * scale:8.1f} {unit} / {self.theirs * scale:8.1f} {unit}"
        return f"{self.what:<46} {times} = {ratio:6.2f}x  aim {self.aim:g}x {verdict:<7} against {self.against}"


def compare(
    what: str, against: str, aim: float, ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> Measured:
    """Both sides in turns, after one round that is not counted."""
    times: tuple[list[float], list[float]] = ([], [])
    for round_ in range(rounds + 1):
        for side, function in zip(times, (ours, theirs), strict=True):
            started = time.perf_counter()
            function()
            if round_:
                side.append(time.perf_counter() - started)
    return Measured(what, against, statistics.median(times[0]), statistics.median(times[1]), aim)


def command_line() -> Measured:
    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)

    ours, theirs = run("-m", "reportgen", "--help"), run("-c", "import click")
    return compare("reportgen --help", 'python -c "import click"', 1.5, ours, theirs, 15)


def load_and_evaluate() -> Measured:
    import yaml

    from reportgen.compute.answers import evaluate
    from reportgen.model.load import load_model

    text = (MODEL / "model.yaml").read_text()
    return compare(
        "load, check and evaluate agent-runtime",
        "yaml.CSafeLoader on the same file",
        5,
        lambda: evaluate(load_model(MODEL)[0]),
        lambda: yaml.load(text, Loader=yaml.CSafeLoader),
        15,
    )


def many_cases() -> Measured:
    from reportgen.compute.evaluate import evaluate_cases
    from reportgen.formula.nodes import Key
    from reportgen.model.load import load_model

    model, _ = load_model(MODEL)
    keys = [key for assumption in model.assumptions for key in assumption.keys]
    base = evaluate_cases(model, [{}])
    cases = [{key: float(base[key][0]) * (0.5 + i / 10_000) for key in keys[:20]} for i in range(10_000)]
    one: dict[Key, float] = cases[5_000]
    return compare(
        "evaluate 10,000 cases at once",
        "evaluate one case",
        100,
        lambda: evaluate_cases(model, cases),
        lambda: evaluate_cases(model, [one]),
        7,
    )


def workbooks() -> Iterator[Measured]:
    """Bare openpyxl writes the same cells: once with a named style and a number format each, once without.

    The answers to the model's questions are given. Ours also lays out the sheets, prints the formulas from the model,
    computes the checks, stores every result and adds validations, names, protection and charts.
    """
    from benchmarks.large_workbook import same_cells, write_bare
    from reportgen.compute.answers import evaluate
    from reportgen.model.load import load_model
    from reportgen.workbook.build import build_workbook
    from reportgen.workbook.plan import plan_workbook
    from reportgen.workbook.questions import ask

    results = evaluate(load_model(MODEL)[0])
    cells = same_cells(build_workbook(results))

    questions = ask(plan_workbook(results.model), results)

    def ours() -> object:
        return build_workbook(results, questions)

    what = "lay out and write agent-runtime's workbook"
    yield compare(what, "bare openpyxl, same cells and styles", 1.5, ours, lambda: write_bare(cells, True), 9)
    yield compare(what, "bare openpyxl, same cells, no styles", 1.5, ours, lambda: write_bare(cells, False), 9)


def large_workbooks() -> Iterator[Measured]:
    """3,000 items with seven options each: time and memory of whole processes, in turns with openpyxl writing the same
    cells with the same styles; then how much longer that takes than 300 items."""
    from benchmarks.large import large_model
    from benchmarks.large_workbook import measured, same_cells
    from reportgen.pipeline import answered, make, run

    with tempfile.TemporaryDirectory() as folder:
        large, small, cells = (Path(folder) / name for name in ("large.yaml", "small.yaml", "cells"))
        large.write_text(large_model(300))
        small.write_text(large_model(30))
        cells.write_bytes(pickle.dumps(same_cells(make(answered(run(large)), "xlsx"))))
        rounds = [(measured("ours", large), measured("bare", cells), measured("ours", small)) for _ in range(3)]
    ours, bare, less = (
        {key: statistics.median(each[key] for each in side) for key in side[0]} for side in zip(*rounds, strict=True)
    )
    what, against = "write 3,000 items x 7 options", "bare openpyxl, same cells and styles"
    yield Measured(what, against, ours["write"], bare["write"], 1.5)
    yield Measured(f"{what}, peak of memory", against, ours["peak"], bare["peak"], 1.5, megabytes=True)
    yield Measured("from 3,000 items to their workbook", "300 items", ours["all"], less["all"], 11)


def simulations() -> Iterator[Measured]:
    """100,000 draws in process: against a NumPy program written for this one model, and against the library `formulas`
    recalculating the model's workbook once (without the sheets that answer questions, which would take it minutes)."""
    import formulas

    from benchmarks import by_hand
    from reportgen.compute.answers import evaluate
    from reportgen.compute.evaluate import evaluate_arrays
    from reportgen.compute.simulation import draw, simulate
    from reportgen.model.load import load_model
    from reportgen.model.model import Simulation
    from reportgen.workbook.build import build_workbook

    model, _ = load_model(MODEL)
    many = replace(model, simulation=Simulation(100_000, 7, model.headline.name, ()))
    plain = replace(model, scenarios=(), sensitivity=None, break_evens=(), cash_flow=None, simulation=None)

    def ours() -> object:
        return simulate(many)

    what = "simulate agent-runtime, 100,000 draws"
    yield compare(what, "the same simulation by hand in NumPy", 3, ours, lambda: by_hand.simulate(100_000, 7), 5)
    drawn = draw(many, many.simulation or Simulation(1, 1, "", ()), None).numbers
    theirs = by_hand.draws(100_000, 7)
    yield compare(
        "evaluate every number of agent-runtime for them",
        "its three totals alone by hand in NumPy",
        3,
        lambda: evaluate_arrays(model, drawn),
        lambda: by_hand.totals(theirs),
        9,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(build_workbook(evaluate(plain)))
        book = formulas.ExcelModel().loads(str(path)).finish()
        yield compare(what, "`formulas` recalculating the workbook once", 1, ours, book.calculate, 1)


def pdfs() -> Iterator[Measured]:
    """From results to the PDF, charts included and standards kept, against others that are handed the whole document;
    then what a second chart costs once the program that draws them has started.

    Against WeasyPrint, which uses one processor as ours does, its seconds are counted; against Chromium the clock's.
    """
    from benchmarks.pdf import charts, measured

    what = "the PDF of agent-runtime, charts included"
    times = measured(MODEL, rounds=3)
    yield Measured(what, "WeasyPrint alone on the same HTML", times.ours_processor, times.bare_processor, 1.1)
    if times.chromium is None:
        print("no Chromium is installed: the PDF is not measured against it")
    else:
        yield Measured(what, "Chromium printing the same HTML", times.ours, times.chromium, 1.5)
    rounds = [charts(MODEL) for _ in range(3)]
    first, further = (statistics.median(each[key] for each in rounds) for key in ("first", "further"))
    yield Measured("each further chart", "the first chart of a process", further, first, 0.2)


def all_figures() -> Iterator[Measured]:
    yield command_line()
    yield load_and_evaluate()
    yield many_cases()
    yield from workbooks()
    yield from large_workbooks()
    yield from simulations()
    yield from pdfs()


if __name__ == "__main__":
    for figure in all_figures():
        print(figure, flush=True)
