"""Measured ratios, each against a named alternative in the same run: `./run bench`.

First what a user runs: the whole command as a process, from its start to its files, against others as processes. Both
sides take turns, and the least of several rounds counts: a busy machine only ever adds. Then, beside them, parts of the
program that have an alternative of their own.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.process import Cost, cost, least

MODEL = Path(__file__).parent.parent / "inputs" / "agent-runtime"
ROUNDS = 3


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
        return f"{self.what:<50} {times} = {ratio:6.2f}x  aim {self.aim:g}x {verdict:<7} against {self.against}"


def costs(*sides: Callable[[], Cost]) -> list[Cost]:
    """The least of each side, in turns."""
    rounds = [[side() for side in sides] for _ in range(ROUNDS)]
    return [least(each) for each in zip(*rounds, strict=True)]


def builds(folder: Path) -> Iterator[Measured]:
    """`build`: the model's workbook and white paper, charts included, with the workbook attached. The others are handed
    the cells and the finished document, and do one after the other what they do."""
    book, page, cells = (folder / name for name in ("agent-runtime.xlsx", "page.html", "cells"))

    def build() -> Cost:
        return cost("-m", "reportgen", "build", MODEL, "-o", folder)

    def alone() -> Cost:
        written = cost("-m", "benchmarks.bare", "xlsx", cells, folder / "bare.xlsx")
        return written + cost("-m", "benchmarks.bare", "pdf", page, folder / "bare.pdf")

    build()
    cost("-m", "benchmarks.bare", "cells", book, cells)
    cost("-m", "benchmarks.bare", "html", MODEL, page)
    ours, theirs = costs(build, alone)
    what, against = "build agent-runtime", "openpyxl, same cells and styles + WeasyPrint, same HTML"
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    yield Measured(f"{what}, clock on {processors} cores", against, ours.clock, theirs.clock, 1)
    yield Measured(f"{what}, processor", against, ours.processor, theirs.processor, 1)


def commands() -> Iterator[Measured]:
    """Commands that a person waits for at the prompt."""
    parsed = ("-m", "benchmarks.bare", "yaml", MODEL / "model.yaml")
    show, check, bare = costs(
        lambda: cost("-m", "reportgen", "show", MODEL),
        lambda: cost("-m", "reportgen", "check", MODEL),
        lambda: cost(*parsed),
    )
    against = "import click, numpy, yaml and parse the file"
    for what, ours, aim in (("show", show, 2.5), ("check", check, 6)):
        yield Measured(f"{what} agent-runtime, clock", against, ours.clock, bare.clock, aim)
        yield Measured(f"{what} agent-runtime, processor", against, ours.processor, bare.processor, aim)
    ours, bare = costs(lambda: cost("-m", "reportgen", "--help"), lambda: cost("-c", "import click"))
    yield Measured("--help, processor", "import click", ours.processor, bare.processor, 1.5)


def lints(folder: Path) -> Iterator[Measured]:
    """`lint` of the model's workbook, all rules, against openpyxl that only reads it."""
    book = folder / "agent-runtime.xlsx"
    cost("-m", "reportgen", "build", MODEL, "--only", "xlsx", "-o", folder)
    ours, theirs = costs(
        lambda: cost("-m", "reportgen", "lint", book), lambda: cost("-m", "benchmarks.bare", "load", book)
    )
    what, against = "lint agent-runtime's workbook", "openpyxl, reading the workbook"
    yield Measured(f"{what}, clock", against, ours.clock, theirs.clock, 1)
    yield Measured(f"{what}, processor", against, ours.processor, theirs.processor, 1)
    yield Measured(f"{what}, peak of memory", against, ours.megabytes, theirs.megabytes, 1, megabytes=True)


def large_workbooks(folder: Path) -> Iterator[Measured]:
    """`build --only xlsx` of 300 and of 3,000 items with seven options and five scenarios, and every kind of question
    but simulation."""
    from benchmarks.large import large_model

    for items, aim in ((300, 1.5), (3_000, 1.5)):
        model, cells = folder / f"large-{items}.yaml", folder / f"cells-{items}"
        model.write_text(large_model(items // 10), encoding="utf-8")
        arguments = ("-m", "reportgen", "build", model, "--only", "xlsx", "-o", folder)
        cost(*arguments)
        cost("-m", "benchmarks.bare", "cells", folder / f"large-{items // 10}.xlsx", cells)
        bare = ("-m", "benchmarks.bare", "xlsx", cells, folder / "bare.xlsx")
        ours, theirs = costs(lambda ours=arguments: cost(*ours), lambda bare=bare: cost(*bare))  # type: ignore[misc]
        what, against = f"workbook of {items:,} items x 7 options", "openpyxl, same cells and styles"
        yield Measured(f"{what}, clock", against, ours.clock, theirs.clock, aim)
        yield Measured(f"{what}, processor", against, ours.processor, theirs.processor, aim)
        yield Measured(f"{what}, peak of memory", against, ours.megabytes, theirs.megabytes, aim, megabytes=True)


# ---- parts, in process


def compare(
    what: str, against: str, aim: float, ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> Measured:
    """Both sides in turns, after one round that is not counted; medians."""
    times: tuple[list[float], list[float]] = ([], [])
    for round_ in range(rounds + 1):
        for side, function in zip(times, (ours, theirs), strict=True):
            started = time.perf_counter()
            function()
            if round_:
                side.append(time.perf_counter() - started)
    return Measured(what, against, statistics.median(times[0]), statistics.median(times[1]), aim)


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
        "part: evaluate 10,000 cases at once",
        "evaluate one case",
        100,
        lambda: evaluate_cases(model, cases),
        lambda: evaluate_cases(model, [one]),
        7,
    )


def simulations() -> Iterator[Measured]:
    """100,000 draws in process: against a NumPy program written for this one model, and against the library `formulas`
    recalculating the model's workbook once (without the sheets that answer questions, which would take it minutes)."""
    import formulas

    from benchmarks import by_hand
    from reportgen.compute.answers import evaluate
    from reportgen.compute.evaluate import evaluate_arrays
    from reportgen.compute.simulation import draw, simulate
    from reportgen.model.load import load_model
    from reportgen.model.simulation_model import Simulation
    from reportgen.workbook.build_workbook import build_workbook

    model, _ = load_model(MODEL)
    many = replace(model, simulation=Simulation(100_000, 7, model.headline.name, ()))
    plain = replace(model, scenarios=(), sensitivity=None, break_evens=(), cash_flow=None, simulation=None)

    def ours() -> object:
        return simulate(many)

    what = "part: simulate agent-runtime, 100,000 draws"
    yield compare(what, "the same simulation by hand in NumPy", 3, ours, lambda: by_hand.simulate(100_000, 7), 5)
    drawn = draw(many, many.simulation or Simulation(1, 1, "", ()), None).numbers
    theirs = by_hand.draws(100_000, 7)
    yield compare(
        "part: evaluate every number of them",
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


def measured(names: Sequence[str]) -> Iterator[Measured]:
    """The figures asked for: builds, commands, lints, large, parts; all of them without a name."""
    wanted = set(names) or {"builds", "commands", "lints", "large", "parts"}
    with tempfile.TemporaryDirectory() as folder:
        if "commands" in wanted:
            yield from commands()
        if "builds" in wanted:
            yield from builds(Path(folder))
        if "lints" in wanted:
            yield from lints(Path(folder))
        if "large" in wanted:
            yield from large_workbooks(Path(folder))
    if "parts" in wanted:
        yield many_cases()
        yield from simulations()


if __name__ == "__main__":
    for figure in measured(sys.argv[1:]):
        print(figure, flush=True)
