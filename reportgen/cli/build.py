"""`reportgen build`: workbook, reports, charts and data files."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from reportgen.cli.options import (
    CANNOT_WRITE,
    FINDINGS,
    MISSING,
    brand_option,
    case_options,
    print_progress,
    report,
    unwritten,
)

if TYPE_CHECKING:
    from reportgen.outputs import File, Outputs, TemplateChoice

KINDS = ("xlsx", "pdf", "html", "charts", "json")
_REPORTS = {"pdf", "html"}
_EXAMPLES = {"pdf": "whitepaper or DIR/whitepaper", "html": "article or DIR/article"}
LOCALES = ("en", "de", "de-DE", "de-AT", "de-CH")


class Order(NamedTuple):
    """What is asked for, of every model alike."""

    settings: tuple[str, ...]
    scenario: str | None
    kinds: tuple[str, ...] | None
    templates: tuple[TemplateChoice, ...]
    locales: tuple[str, ...]
    brand: str
    output: Path
    lint: bool


def _kinds(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    if value is None:
        return None
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = [kind for kind in chosen if kind not in KINDS]
    if unknown or not chosen:
        raise click.BadParameter(f"choose from {', '.join(KINDS)}", ctx, parameter)
    return chosen


@click.command()
@click.argument("models", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MODEL...")
@case_options
@click.option(
    "--only",
    "kinds",
    callback=_kinds,
    metavar="KINDS",
    help=f"Some of {','.join(KINDS)}; else the workbook and what the templates make.",
)
@click.option(
    "--template",
    "templates",
    multiple=True,
    metavar="NAME|DIR",
    help="whitepaper (the usual one), brief, evaluation, article, or a folder of own templates; may be repeated.",
)
@click.option(
    "--locale",
    "locales",
    multiple=True,
    type=click.Choice(LOCALES),
    help="Language of workbook and reports, and their numbers; may be repeated.",
)
@brand_option
@click.option("--jobs", default=1, type=click.IntRange(1, 64), show_default=True, help="Models built at the same time.")
@click.option(
    "-o", "--output", default="output", type=click.Path(path_type=Path), show_default=True, help="Folder to write into."
)
@click.option("--lint", is_flag=True, help="Check the finished workbook against the rules of good modelling too.")
@click.pass_context
def command(ctx: click.Context, /, models: tuple[Path, ...], jobs: int, **options: Any) -> None:
    """Write a model's workbook and reports into the output folder.

    A file is replaced only when its successor is complete; where a model has errors nothing is written.
    """
    from reportgen.outputs import TemplateChoice, find_template

    try:
        chosen = tuple(dict.fromkeys(find_template(each) for each in options["templates"])) or (TemplateChoice(),)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    order = Order(**options | {"templates": chosen, "locales": options["locales"] or LOCALES[:1]})
    prepared = [_prepared(model, order) for model in models]
    if any(each is None for each in prepared):
        ctx.exit(FINDINGS)
    sound = [each for each in prepared if each is not None]
    if len({each.id for each in sound}) < len(sound):
        raise click.UsageError("two of these models have the same id; their files would overwrite each other")
    if jobs == 1 or len(sound) == 1:
        ctx.exit(max(_write(each, order) for each in sound))
    ctx.exit(max(_in_processes(models, order, jobs)))


def _prepared(model: Path, order: Order) -> Outputs | None:
    """A model with all its questions answered and its reports' texts read; None where it has errors, which are told."""
    from reportgen.outputs import kinds_of
    from reportgen.problems import ModelError

    try:
        outputs = _outputs(model, order)
        kinds = order.kinds or kinds_of(order.templates, outputs.evaluated)
        if unmade := outputs.unmade(kinds):
            hint = f"name one more, {_EXAMPLES[unmade]}"
            raise click.UsageError(f"--only {unmade}: none of the chosen templates makes it; {hint}")
        has_reports = not _REPORTS.isdisjoint(kinds)  # a claim that fails keeps nobody from a workbook
        report((*outputs.evaluated.warnings, *(outputs.checked() if has_reports else ())))
    except ModelError as error:
        report(error.problems)
        return None
    return outputs


def _in_processes(models: tuple[Path, ...], order: Order, jobs: int) -> Iterator[int]:
    """Each model in a process of its own; what it says is told when it is done, in the order of the models."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    with ProcessPoolExecutor(min(jobs, len(models)), mp_context=get_context("spawn")) as pool:
        # Ctrl-C reaches all processes of a terminal; these take over that they ignore it, and this one ends them.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        found = pool.map(_in_process, models, [order] * len(models))
        signal.signal(signal.SIGINT, before)
        try:
            for code, lines in found:
                for line in lines:
                    print_progress(line)
                yield code
        except BaseException:
            for each in active_children():
                each.terminate()
            raise


def _in_process(model: Path, order: Order) -> tuple[int, list[str]]:
    lines: list[str] = []
    outputs = _outputs(model, order)
    return _write_kinds(outputs, order, _kinds_of(outputs, order), outputs.files, lines.append), lines


def _outputs(model: Path, order: Order) -> Outputs:
    """A model with all its questions answered, in the templates and locales of the order. Raises ModelError."""
    from reportgen.outputs import Outputs
    from reportgen.pipeline import analyzed, run

    evaluated = analyzed(run(model, order.settings, order.scenario, order.brand))
    return Outputs(evaluated, order.templates, order.locales)


def _write(outputs: Outputs, order: Order) -> int:
    """Build and write one model's files, reports and workbook side by side; the exit code."""
    from reportgen.second_process import side_by_side

    kinds = _kinds_of(outputs, order)
    with side_by_side(outputs, kinds) as files:
        return _write_kinds(outputs, order, kinds, files, print_progress)


def _kinds_of(outputs: Outputs, order: Order) -> tuple[str, ...]:
    from reportgen.outputs import kinds_of

    return order.kinds or kinds_of(order.templates, outputs.evaluated)


def _write_kinds(
    outputs: Outputs,
    order: Order,
    kinds: tuple[str, ...],
    files: Callable[[str], Iterator[File]],
    tell: Callable[[str], None],
) -> int:
    from reportgen.pipeline import MissingError, OutputError
    from reportgen.problems import ModelError, render_all

    code = 0
    for kind in kinds:
        try:
            _write_files(files(kind), order.output, tell)
        except MissingError as error:
            tell(f"{outputs.id}: no {kind}: {error}")
            code = MISSING
        except OutputError as error:
            tell(f"{outputs.id}: no {kind}: {error}")
            code = max(code, FINDINGS)
        except ModelError as error:
            tell(render_all(error.problems))
            tell(f"{outputs.id}: no {kind}")
            code = max(code, FINDINGS)
        except OSError as error:
            tell(f"{outputs.id}: no {kind}: {unwritten(error, order.output)}")
            return CANNOT_WRITE
    if order.lint:
        for locale, workbook in outputs.workbooks.items():
            code = max(code, _lint(workbook, order.output / outputs.name_in(locale, "xlsx"), tell))
    return code


def _lint(workbook: bytes, path: Path, tell: Callable[[str], None]) -> int:
    """Report what the rules of good modelling find in a workbook; the exit code."""
    from reportgen.review.lint.file_limits import UnreadableError
    from reportgen.review.lint.lint_output import report_text
    from reportgen.review.lint.run import lint

    try:
        found = lint(path, workbook)
    except UnreadableError as error:
        tell(f"{path}: {error}")
        return FINDINGS
    tell(report_text(found))
    return FINDINGS if found.fails(strict=False) else 0


def _write_files(files: Iterator[File], folder: Path, tell: Callable[[str], None]) -> None:
    from reportgen.files import put_in_place

    started = time.perf_counter()
    for file in files:
        path = folder / file.name
        put_in_place(path, file.data)
        tell(f"{path}  {len(file.data) / 1024:,.0f} kB, {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
