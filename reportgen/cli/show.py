"""`reportgen show`: results on standard output."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.options import FINDINGS, F, case_options, report
from reportgen.questions import QUESTIONS

if TYPE_CHECKING:
    from reportgen.compute.answers import Answers
    from reportgen.workbook.plan import Plan

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
@click.option(
    "--by",
    type=click.Choice(("year", "step")),
    help="What changes over time by year, or step by step; alone with --csv.",
)
@question_options
@click.pass_context
def command(  # noqa: PLR0913 - the options of the command
    ctx: click.Context,
    model: Path,
    settings: tuple[str, ...],
    scenario: str | None,
    as_json: bool,
    as_csv: bool,
    by: str | None,
) -> None:
    """Print a model's results, or the answers to its questions: a table, or data with --json or --csv."""
    if as_json and as_csv:
        raise click.UsageError("choose one of --json and --csv")
    questions: tuple[str, ...] = tuple(ctx.meta.get(ASKED, ()))
    if questions and as_csv:
        raise click.UsageError("the answers to questions come as tables or with --json")
    if by and as_json:
        raise click.UsageError("--json has every step already; --by is about tables and --csv")
    from reportgen.pipeline import compute
    from reportgen.problems import ModelError

    try:
        results, plan, warnings = compute(model, settings, scenario)
        report(warnings)
        shown = _shown(results, plan, questions, "json" if as_json else "csv" if as_csv else "", by)
    except ModelError as error:
        report(error.problems)
        ctx.exit(FINDINGS)
    click.echo(shown, nl=not as_csv)


def _shown(results: Answers, plan: Plan, questions: tuple[str, ...], kind: str, by: str | None) -> str:
    """The results, or the answers to these questions. Raises ModelError."""
    if kind and questions:
        from reportgen.data.answers_json import answers_json

        return answers_json(results, questions)
    if kind:
        from reportgen.data.results_json import results_csv, results_json, series_csv

        if by:
            return series_csv(results, by_year=by == "year")
        return results_json(results, plan) if kind == "json" else results_csv(results)
    from reportgen.cli.terminal import WIDTH, answers_text, results_text

    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_terminal else WIDTH
    color = is_terminal and not os.environ.get("NO_COLOR")
    if questions:
        return answers_text(results, questions, width, color=color, by_step=by == "step")
    return results_text(results, width, color=color, by_step=by == "step")
