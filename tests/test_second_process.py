"""Workbook and reports made by two processes: the files, the errors and the end are those of one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from reportgen import second_process
from reportgen.outputs import File
from reportgen.pipeline import MissingError, OutputError
from reportgen.problems import ModelError, Problem
from reportgen.second_process import side_by_side
from reportgen.source import Source, Span
from tests.conftest import ROOT

MODEL = ROOT / "tests" / "cases" / "24d-onlyone.yaml"
KINDS = ("html", "xlsx", "pdf", "charts")
LONG = b"x" * 1_000_000
"""More than a pipe holds."""


class Fake:
    """Outputs that say which process made them; `failing` kinds raise."""

    def __init__(self, **failing: Exception) -> None:
        self.failing = failing
        self.make_workbooks: Any = self._made

    def _made(self) -> bytes:
        if "workbook" in self.failing:
            raise self.failing["workbook"]
        return LONG + str(os.getpid()).encode()

    @cached_property
    def workbooks(self) -> bytes:
        made: bytes = self.make_workbooks()
        return made

    def files(self, kind: str) -> Iterator[File]:
        yield File(f"{kind} by {os.getpid()}", LONG)
        if kind in self.failing:
            raise self.failing[kind]
        if kind in ("pdf", "xlsx"):
            yield File(kind, self.workbooks)


@pytest.fixture(autouse=True)
def fit_to_be_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fake needs nothing of what the threads of the tests hold."""
    monkeypatch.setattr(second_process, "can_fork", lambda: True)


def made(outputs: Any, kinds: tuple[str, ...] = KINDS) -> dict[str, list[File] | Exception]:
    found: dict[str, list[File] | Exception] = {}
    with side_by_side(outputs, kinds) as files:
        for kind in kinds:
            try:
                found[kind] = list(files(kind))
            except Exception as error:
                found[kind] = error
    return found


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
class TestTwoProcesses:
    def test_reports_come_from_the_second_and_carry_the_workbook_of_the_first(self) -> None:
        found = made(Fake())
        own = str(os.getpid())
        pages, book, pdf, charts = (found[kind] for kind in KINDS)
        assert isinstance(pages, list) and isinstance(book, list) and isinstance(pdf, list) and isinstance(charts, list)
        assert book == [File(f"xlsx by {own}", LONG), File("xlsx", LONG + own.encode())]
        assert pdf[1].data == LONG + own.encode()
        makers = {each[0].name.split()[-1] for each in (pages, pdf, charts)}
        assert len(makers) == 1 and own not in makers

    @pytest.mark.parametrize(
        "error",
        [
            MissingError("Pango is missing"),
            OutputError("the template is wrong"),
            ModelError([Problem("RG853", "unknown", Source("a.md", "text"), Span(0, 4), "a hint")]),
            FileNotFoundError(2, "No such file", "a.md"),
        ],
    )
    def test_an_error_of_one_kind_arrives_whole_and_the_others_are_made(self, error: Exception) -> None:
        found = made(Fake(pdf=error))
        arrived = found["pdf"]
        assert type(arrived) is type(error) and str(arrived) == str(error)
        assert getattr(arrived, "problems", None) == getattr(error, "problems", None)
        assert all(isinstance(found[kind], list) for kind in ("html", "xlsx", "charts"))

    def test_a_workbook_that_cannot_be_made_keeps_only_what_carries_it(self) -> None:
        found = made(Fake(workbook=OutputError("no room")))
        assert [kind for kind in KINDS if isinstance(found[kind], OutputError)] == ["xlsx", "pdf"]

    def test_a_second_process_that_is_killed_is_an_error_and_not_a_wait(self) -> None:
        class Killed(Fake):
            def files(self, kind: str) -> Iterator[File]:
                if kind == "pdf":
                    os.kill(os.getpid(), signal.SIGKILL)
                return super().files(kind)

        found = made(Killed())
        assert isinstance(found["pdf"], OutputError) and "ended" in str(found["pdf"])
        assert isinstance(found["html"], list) and isinstance(found["xlsx"], list)

    def test_who_leaves_early_ends_it(self) -> None:
        with side_by_side(Fake(), KINDS) as files:
            second = int(next(files("html")).name.split()[-1])
        with pytest.raises(ProcessLookupError):
            os.kill(second, 0)


def test_a_workbook_alone_and_reports_without_one_need_no_second_process() -> None:
    for kinds in (("xlsx", "json"), ("html", "charts")):
        outputs: Any = Fake()
        with side_by_side(outputs, kinds) as files:
            assert {next(files(kind)).name for kind in kinds} == {f"{kind} by {os.getpid()}" for kind in kinds}


ONE_PROCESSOR = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
"""Whatever the tests themselves were started with."""
MAIN = "from reportgen.cli.main import main; main()"


def build(*arguments: str, first: str = "pass") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", f"{first}\n{MAIN}", "build", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True)


def test_a_build_writes_the_same_with_two_processes_as_with_one(tmp_path: Path) -> None:
    for name, first in (("one", ONE_PROCESSOR), ("two", "pass")):
        running = build(str(MODEL), "--only", "xlsx,pdf,html", "-o", str(tmp_path / name), first=first)
        _, said = running.communicate(timeout=600)
        assert running.returncode == 0, said
        assert [line.split()[0].rpartition(".")[2] for line in said.splitlines()[-3:]] == ["xlsx", "pdf", "html"]
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert len(one) == 3 and one == two


def test_a_build_that_ignores_interruptions_is_finished(tmp_path: Path) -> None:
    """Ctrl-C ends what a terminal shows; a job in its background ignores it, in both processes."""
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    running = build(str(MODEL), "-o", str(tmp_path), first=ignoring)
    assert running.stderr is not None
    while ".xlsx" not in running.stderr.readline():
        pass
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=600)
    assert (running.returncode, len(list(tmp_path.iterdir()))) == (0, 2), said


def test_an_interrupted_build_ends_both_processes_without_a_word(tmp_path: Path) -> None:
    """As Ctrl-C in a terminal does it, which reaches every process."""
    running = build(str(ROOT / "inputs" / "agent-runtime"), "-o", str(tmp_path), first=INTERRUPTIBLE)
    assert running.stderr is not None
    assert "agent-runtime.xlsx" in running.stderr.readline()
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=600)  # ends when no process has the stream open
    assert (running.returncode, said.strip()) == (130, "interrupted")
    assert [path.name for path in tmp_path.iterdir()] == ["agent-runtime.xlsx"]
