"""`reportgen show`: results on standard output."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.common import FINDINGS, F, case_options, report

QUESTIONS = {
    "scenarios": "All scenarios side by side.",
    "sensitivity": "Which inputs matter.",
    "break_even": "From where on which option pays.",
    "cash_flow": "Year by year, discounted.",
    "simulation": "How sure the totals are.",
    "ranges": "Totals from low to high.",
    "published": "What is stated elsewhere, and what follows.",
    "scorecard": "Weighted scores.",
    "features": "Which option covers what.",
    "checklist": "Questions with their verdict.",
    "profiles": "Who should choose what.",
}


ASKED = "reportgen.questions"


def _ask(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        ctx.meta.setdefault(ASKED, []).append(parameter.name)


def question_options(function: F) -> F:
    """A flag for each question that a model can ask; those asked are found in the context, in the order given."""
    for name, meaning in reversed(QUESTIONS.items()):
        flag = f"--{name.replace('_', '-')}"
        function = click.option(flag, name, is_flag=True, expose_value=False, callback=_ask, help=meaning)(function)
    return function


@click.command()
@click.argument("model", type=click.Path(path_type=Path))
@case_options
@click.option("--json", "as_json", is_flag=True, help="As JSON, with the workbook's cells.")
@click.option("--csv", "as_csv", is_flag=True, help="As CSV, one row per number.")
@question_options
@click.pass_context
def command(
    ctx: click.Context, model: Path, settings: tuple[str, ...], scenario: str | None, as_json: bool, as_csv: bool
) -> None:
    """Print a model's results, or the answers to its questions: a table, or data with --json or --csv."""
    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    questions: tuple[str, ...] = tuple(ctx.meta.get(ASKED, ()))
    if questions and as_csv:
        raise click.UsageError("the answers to questions come as tables or with --json")
    from reportgen.data import results_csv, results_json
    from reportgen.pipeline import compute
    from reportgen.problems import ModelError

    try:
        results, plan, warnings = compute(model, settings, scenario)
    except ModelError as error:
        report(error.problems)
        ctx.exit(FINDINGS)
    report(warnings)
    if questions:
        from reportgen.cli.answers import answer, answer_tables
        from reportgen.question_data import answers_json

        try:
            answers = answer(results, questions)
        except ModelError as error:
            report(error.problems)
            ctx.exit(FINDINGS)
        click.echo(answers_json(results, answers) if as_json else answer_tables(results, answers))
    elif as_json:
        click.echo(results_json(results, plan))
    elif as_csv:
        click.echo(results_csv(results), nl=False)
    else:
        from reportgen.cli.table import results_table

        click.echo(results_table(results))
