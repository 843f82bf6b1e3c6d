"""`reportgen show`: results on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.common import FINDINGS, case_options, report


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@case_options
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the workbook's cells.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, one row per number.")
@click.pass_context
def command(
    ctx: click.Context, model: Path, settings: tuple[str, ...], scenario: str | None, as_json: bool, as_csv: bool
) -> None:
    """Print a model's results: a table, or data with --json or --csv."""
    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    from reportgen.data import results_csv, results_json
    from reportgen.pipeline import run
    from reportgen.problems import ModelError

    try:
        evaluated = run(model, settings, scenario)
    except ModelError as error:
        report(error.problems)
        ctx.exit(FINDINGS)
    report(evaluated.warnings)
    if as_json:
        click.echo(results_json(evaluated.results, evaluated.plan))
    elif as_csv:
        click.echo(results_csv(evaluated.results), nl=False)
    else:
        from reportgen.cli.table import results_table

        click.echo(results_table(evaluated.results))
