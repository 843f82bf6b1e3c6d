"""What the commands share: options, problems on standard error, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from reportgen.problems import Problem

FINDINGS, CANNOT_WRITE, MISSING = 1, 3, 4

F = TypeVar("F", bound=Callable[..., Any])


def case_options(function: F) -> F:
    """`--set` and `--scenario`, as every command that computes takes them."""
    setting = click.option(
        "--set", "settings", multiple=True, metavar="NAME=VALUE", help="Another value for an input; may be repeated."
    )
    scenario = click.option("--scenario", metavar="ID", help="Compute a scenario instead of the model's own values.")
    return setting(scenario(function))


def brand_option(function: F) -> F:
    """`--brand`, as every command that makes files takes it."""
    return click.option("--brand", default="", metavar="NAME|FILE", help="A shipped brand, or a brand.yaml.")(function)


def report(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, in colour where a person reads them."""
    from reportgen.problems import render_all

    problems = tuple(problems)
    if problems:
        color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        click.echo(render_all(problems, color=color), err=True, color=color)


def print_progress(text: str) -> None:
    """Progress, on standard error."""
    click.echo(text, err=True)


def unwritten(error: OSError, place: object) -> str:
    """Which file the system does not let be written, as far as it says so, and why."""
    return f"{error.filename or place}: cannot be written: {(error.strerror or str(error)).lower()}"


def counted(problems: Iterable[Problem]) -> str:
    """`2 errors, 1 warning`; `200 errors or more` where the rest of a file was not looked at."""
    from reportgen.problems import MAX_ERRORS

    severities = [problem.severity for problem in problems]
    parts = [
        f"{severities.count(kind):,} {kind}" + ("s" if severities.count(kind) > 1 else "")
        for kind in ("error", "warning")
        if kind in severities
    ]
    if severities.count("error") >= MAX_ERRORS:
        parts[0] += " or more"
    return ", ".join(parts) or "no problems"
