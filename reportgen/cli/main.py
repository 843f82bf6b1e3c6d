"""The `reportgen` command. Commands are loaded when they are called, so that `--help` is instant."""

from __future__ import annotations

import importlib
import sys

import click

from reportgen import __version__

_COMMANDS = {
    "build": "Write a model's workbook and PDF.",
    "check": "Find what is wrong with a model; write nothing.",
    "lint": "Check any workbook against the rules of good modelling.",
    "show": "Print a model's results as a table, JSON or CSV.",
}


class _Commands(click.Group):
    """Knows each command's line of help; imports `reportgen.cli.NAME` only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"reportgen.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="reportgen")
def cli() -> None:
    """Turn a cost model in YAML into a live Excel workbook and a branded PDF.

    Exit codes: 0 done, 1 findings in the model, 2 wrong usage, 3 cannot write, 4 something is missing on this
    system, 130 interrupted.
    """


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = cli.main(prog_name="reportgen", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    sys.exit(code if isinstance(code, int) else 0)
