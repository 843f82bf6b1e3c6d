"""Reports made in a second process while the first one makes the workbook, which some of them carry.

The second is a copy of the first (a fork), so that nothing is imported or computed twice, and is made only where that
is safe: on Linux, while no thread runs beside the main one. Elsewhere all files are made one after the other.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.outputs import File, Outputs
from reportgen.pipeline import OutputError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

REPORTS = ("pdf", "html", "charts")
_WORKBOOKS = "the workbooks"
"""What the second process sends when it has come to need it."""
_ENDING = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 10
"""Seconds for a process that was told to end, until it is made to."""


@contextmanager
def side_by_side(outputs: Outputs, kinds: Sequence[str]) -> Iterator[Callable[[str], Iterator[File]]]:
    """`outputs.files`, of `kinds` in their order; the same bytes and errors, sooner where two processes help."""
    reports = [kind for kind in kinds if kind in REPORTS]
    if not reports or not {"xlsx", "pdf"} & set(kinds) or not can_fork():
        yield outputs.files
        return
    from multiprocessing import get_context

    ours, theirs = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_make, args=(outputs, reports, ours, theirs), daemon=True)
    kept = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)  # until the copy has handlers of its own
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, kept)
    try:
        theirs.close()
        yield lambda kind: _received(outputs, ours) if kind in REPORTS else outputs.files(kind)
    finally:
        process.terminate()
        process.join(_PATIENCE)
        process.kill()
        process.join()
        ours.close()


def can_fork() -> bool:
    """Whether a copy of this process is sound, and has a processor to run on."""
    if sys.platform != "linux":
        return False
    return len(os.sched_getaffinity(0)) > 1 and len(list(Path("/proc/self/task").iterdir())) == 1


def _received(outputs: Outputs, pipe: Connection) -> Iterator[File]:
    """The files of one kind out of the second process, or the error that it met with them."""
    workbooks = _workbooks(outputs)  # made while the other works
    while True:
        try:
            found = pipe.recv()
        except EOFError as error:
            raise OutputError("the process that makes the reports has been ended") from error
        if found == _WORKBOOKS:
            pipe.send(workbooks)
        elif isinstance(found, Exception):
            raise found
        elif found is None:
            return
        else:
            yield found


def _workbooks(outputs: Outputs) -> dict[str, bytes] | Exception:
    try:
        return outputs.workbooks
    except Exception as error:
        return error


def _make(outputs: Outputs, kinds: Sequence[str], parents: Connection, pipe: Connection) -> None:
    """What the second process does. It ends without a word: the first one tells what there is to tell."""
    for number in _ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:  # as in a job that a shell has put into the background
            signal.signal(number, _end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDING)
    parents.close()  # else this process would not notice that the other is gone

    def workbooks() -> dict[str, bytes]:
        pipe.send(_WORKBOOKS)
        found = pipe.recv()
        if isinstance(found, Exception):
            raise found
        made: dict[str, bytes] = found
        return made

    outputs.make_workbooks = workbooks
    with suppress(BrokenPipeError, ConnectionResetError, EOFError):
        for kind in kinds:
            try:
                for file in outputs.files(kind):
                    pipe.send(file)
                pipe.send(None)
            except Exception as error:
                pipe.send(error)


def _end(*_: Any) -> None:
    raise SystemExit(0)
