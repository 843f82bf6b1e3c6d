"""`reportgen lint`: check any workbook against the rules of good modelling."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.options import FINDINGS, print_progress


def _list_rules(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from reportgen.review.lint.lint_output import rules_text
        from reportgen.review.lint.run import RULES

        click.echo(rules_text(RULES))
        ctx.exit()


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE.xlsx...")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option(
    "--rules",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_rules,
    help="List all rules with their sources, check nothing.",
)
@click.option("--strict", is_flag=True, help="Exit code 1 for warnings too.")
@click.option("--waive", "waived", multiple=True, metavar="CODE=REASON", help="Waive a rule; may be repeated.")
@click.option(
    "--waivers", "file", type=click.Path(path_type=Path), metavar="FILE.yaml", help="Waivers with places and reasons."
)
@click.pass_context
def command(
    ctx: click.Context,
    files: tuple[Path, ...],
    as_json: bool,
    strict: bool,
    waived: tuple[str, ...],
    file: Path | None,
) -> None:
    """Check any workbook against the FAST Standard, ICAEW's principles and code, and Excel's limits.

    Nothing is written. Exit code 1 if there are errors, or a file cannot be read.
    """
    from reportgen.review.lint.file_limits import UnreadableError
    from reportgen.review.lint.lint_output import report_text, reports_json
    from reportgen.review.lint.run import RULES, lint, waive
    from reportgen.review.lint.waivers import WaiverError, given_waiver, read_waivers

    codes = {rule.code for rule in RULES}
    try:
        given = (*(given_waiver(text, codes) for text in waived), *(read_waivers(file, codes) if file else ()))
    except WaiverError as error:
        raise click.UsageError(str(error)) from None
    checked, failed = [], False
    for path in files:
        try:
            checked.append(lint(path))
        except UnreadableError as error:
            print_progress(f"{path}: {error}")
            failed = True
    reports = waive(checked, given)
    if as_json and reports:
        click.echo(reports_json(reports, RULES))
    elif reports:
        click.echo("\n\n".join(report_text(each) for each in reports))
    failed = failed or any(each.fails(strict) for each in reports)
    ctx.exit(FINDINGS if failed else 0)
