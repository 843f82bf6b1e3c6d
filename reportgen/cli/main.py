"""The `reportgen` command. Commands are loaded when they are called, so that `--help` is instant."""

from __future__ import annotations

import errno
import gc
import importlib
import os
import signal
import sys
from contextlib import suppress
from typing import TextIO

import click

from reportgen import __version__
from reportgen.cli.options import CANNOT_WRITE, unwritten
from reportgen.collector import OBJECTS_BETWEEN_COLLECTIONS

_COMMANDS = {
    "build": "Write a model's workbook and PDF.",
    "check": "Find what is wrong with a model; write nothing.",
    "lint": "Check any workbook against the rules of good modelling.",
    "schema": "Print the JSON Schema of the model file, for editors.",
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
    # NumPy's threads, which nothing here is large enough for, would make the process unfit to be copied.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A command keeps what it makes until it ends; looking for garbage every 700 objects takes a tenth of its time.
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what is half written is removed then too
    streams = sys.stdout, sys.stderr
    code: int | str | None = CANNOT_WRITE
    try:
        code = _run()
        for stream in filter(None, streams):
            stream.flush()
    except SystemExit as stopped:
        if sys.stdout is streams[0]:  # else click leaves so because nobody reads its output any longer
            code = stopped.code
    except OSError as error:
        if error.errno != errno.EPIPE:
            with suppress(OSError):
                click.echo(unwritten(error, "standard output"), err=True)
    for stream in filter(None, streams):
        _drop_unwritten(stream)
    gc.freeze()  # so that the interpreter does not look through all of them again when it ends
    sys.exit(code)


def _run() -> int:
    try:
        code = cli.main(prog_name="reportgen", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130
    return code if isinstance(code, int) else 0


def _drop_unwritten(stream: TextIO) -> None:
    """The interpreter writes what is left when it ends, and complains where that cannot be done."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
