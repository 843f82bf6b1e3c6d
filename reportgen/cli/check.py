"""`reportgen check`: find what is wrong, write nothing."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.options import FINDINGS, counted, print_progress, report


@click.command()
@click.argument("models", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="MODEL...")
@click.option("--strict", is_flag=True, help="Stale sources, placeholders and reviews that are due are errors.")
@click.pass_context
def command(ctx: click.Context, models: tuple[Path, ...], strict: bool) -> None:
    """Find what is wrong with a model: a YAML file, or a folder with model.yaml.

    Every scenario is computed too. Nothing is written. Exit code 1 if there are errors.
    """
    from reportgen.pipeline import check_all
    from reportgen.problems import ModelError

    failed = False
    for model in models:
        try:
            problems = check_all(model, strict=strict).warnings
        except ModelError as error:
            problems = error.problems
            failed = True
        report(problems)
        print_progress(f"{model}: {counted(problems)}")
    ctx.exit(FINDINGS if failed else 0)
