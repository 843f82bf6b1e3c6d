"""`reportgen show`: results on standard output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.common import FINDINGS, F, case_options, report
from reportgen.questions import QUESTIONS

if TYPE_CHECKING:
    from reportgen.compute.answers import Answers

ASKED = "reportgen.questions"


def _ask(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        ctx.meta.setdefault(ASKED, []).append(parameter.name)


def question_options(function: F) -> F:
    """A flag for each question that a model can ask; those asked are found in the context, in the order given."""
    for each in reversed(QUESTIONS):
        option = click.option(each.flag, each.id, is_flag=True, expose_value=False, callback=_ask, help=each.meaning)
        function = option(function)
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
    from reportgen.data.results import results_csv, results_json
    from reportgen.pipeline import compute
    from reportgen.problems import ModelError

    try:
        results, plan, warnings = compute(model, settings, scenario)
    except ModelError as error:
        report(error.problems)
        ctx.exit(FINDINGS)
    report(warnings)
    if questions:
        try:
            shown = _answers(results, questions, as_json)
        except ModelError as error:
            report(error.problems)
            ctx.exit(FINDINGS)
        click.echo(shown)
    elif as_json:
        click.echo(results_json(results, plan))
    elif as_csv:
        click.echo(results_csv(results), nl=False)
    else:
        from reportgen.cli.table import results_table

        click.echo(results_table(results))


def _answers(results: Answers, questions: tuple[str, ...], as_json: bool) -> str:
    """The answers to these questions. Raises ModelError."""
    from reportgen.cli.question_tables import answer_tables
    from reportgen.data.answers import answers_json

    return answers_json(results, questions) if as_json else answer_tables(results, questions)
