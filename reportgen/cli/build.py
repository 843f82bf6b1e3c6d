"""`reportgen build`: workbook, PDF and data files."""

from __future__ import annotations

import time
from pathlib import Path

import click

from reportgen.cli.common import CANNOT_WRITE, FINDINGS, MISSING, case_options, report, say

KINDS = ("xlsx", "pdf", "json")
DEFAULT = ("xlsx", "pdf")


def _kinds(ctx: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    if value is None:
        return DEFAULT
    chosen = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = [kind for kind in chosen if kind not in KINDS]
    if unknown or not chosen:
        raise click.BadParameter(f"choose from {', '.join(KINDS)}", ctx, parameter)
    return chosen


@click.command()
@click.argument("models", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MODEL...")
@case_options
@click.option(
    "--only", "kinds", callback=_kinds, metavar="KINDS", help=f"Some of {','.join(KINDS)}; else {','.join(DEFAULT)}."
)
@click.option(
    "-o", "--output", default="output", type=click.Path(path_type=Path), show_default=True, help="Folder to write into."
)
@click.pass_context
def command(
    ctx: click.Context,
    models: tuple[Path, ...],
    settings: tuple[str, ...],
    scenario: str | None,
    kinds: tuple[str, ...],
    output: Path,
) -> None:
    """Write a model's workbook and PDF into the output folder.

    A file is replaced only when its successor is complete; where a model has errors nothing is written.
    """
    from reportgen.pipeline import Evaluated, answered, run
    from reportgen.problems import ModelError

    evaluated: list[Evaluated] = []
    failed = False
    for model in models:
        try:
            evaluated.append(answered(run(model, settings, scenario)))
            report(evaluated[-1].warnings)
        except ModelError as error:
            report(error.problems)
            failed = True
    if failed:
        ctx.exit(FINDINGS)
    ids = [each.results.model.id for each in evaluated]
    if len(set(ids)) < len(ids):
        raise click.UsageError("two of these models have the same id; their files would overwrite each other")
    codes = [_write(each, kinds, output) for each in evaluated]
    ctx.exit(max(codes))


def _write(evaluated: object, kinds: tuple[str, ...], output: Path) -> int:
    """Build and write one model's files; the exit code."""
    from reportgen.files import put_in_place
    from reportgen.pipeline import Evaluated, MissingError, OutputError, make

    assert isinstance(evaluated, Evaluated)
    id_ = evaluated.results.model.id
    code = 0
    for kind in kinds:
        started = time.perf_counter()
        try:
            data = make(evaluated, kind)
        except MissingError as error:
            say(f"{id_}: no {kind}: {error}")
            code = MISSING
            continue
        except OutputError as error:
            say(f"{id_}: no {kind}: {error}")
            code = max(code, FINDINGS)
            continue
        path = output / f"{id_}.{kind}"
        try:
            put_in_place(path, data)
        except OSError as error:
            say(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}")
            return CANNOT_WRITE
        say(f"{path}  {len(data) / 1024:,.0f} kB, {time.perf_counter() - started:.1f} s")
    return code
