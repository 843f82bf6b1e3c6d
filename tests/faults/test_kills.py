"""Builds that are killed, and builds that write the same file at once: it is the old one or a new one, always whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from reportgen.cli.main import main
from reportgen.files import put_in_place
from tests.conftest import ROOT
from tests.faults.calls import Killing, watched
from tests.faults.test_writes import MODEL, OLD, build, contents, finished

MOMENTS, SEED = 25, 20260630
NEVER = -1
ROUNDS, BUILDS = 150, 30


def in_child(action: Callable[[], object]) -> int:
    """The number of a process that is a copy of this one, in which everything is loaded already, and ends with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: those of NumPy are made to be forked
        number = os.fork()
    if number:
        return number
    code: int | str | None = 99
    try:
        sys.stdout = sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - until the process ends
        signal.signal(signal.SIGINT, signal.default_int_handler)
        action()
        code = 0
    except SystemExit as done:
        code = done.code
    finally:
        os._exit(code if isinstance(code, int) else 98)


def build_in_child(out: Path, hook: Killing) -> int:
    """How it ended: its exit code, or the negative number of the signal that killed it."""

    def action() -> None:
        sys.argv = ["reportgen", "build", str(MODEL), "--only", "json", "-o", str(out)]
        with watched((out,), hook):
            main()

    return os.waitstatus_to_exitcode(os.waitpid(in_child(action), 0)[1])


def moments_of_a_build(out: Path) -> list[int]:
    """Some before and after calls by which it writes, the same in every run."""
    hook = Killing(NEVER, 0)
    with watched((out,), hook):
        assert build(out, "json").exit_code == 0
    assert hook.passed > MOMENTS
    return sorted(random.Random(SEED).sample(range(hook.passed), MOMENTS))


@pytest.mark.parametrize(
    ("number", "ends"),
    [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 130), (signal.SIGINT, 130)],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_build_killed_at_any_moment(tmp_path: Path, number: signal.Signals, ends: int) -> None:
    name, new = finished("json")
    moments = moments_of_a_build(tmp_path)
    was_old = 0
    for moment in moments:
        (tmp_path / name).write_bytes(OLD)
        assert build_in_child(tmp_path, Killing(moment, number)) == ends, moment
        data = (tmp_path / name).read_bytes()
        assert data in (OLD, new), moment
        was_old += data == OLD
        assert build(tmp_path, "json").exit_code == 0
        assert contents(tmp_path) == {name: new}, moment
    assert was_old > 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_asked_to_end_clears_up_itself(tmp_path: Path, number: signal.Signals) -> None:
    name, _ = finished("json")
    (tmp_path / name).write_bytes(OLD)
    hook = Killing(NEVER, 0)
    with watched((tmp_path,), hook):
        build(tmp_path, "json")
    assert hook.passed > MOMENTS
    (tmp_path / name).write_bytes(OLD)
    assert build_in_child(tmp_path, Killing(hook.passed // 2, number)) == 130
    assert contents(tmp_path) == {name: OLD}


def test_a_build_that_is_not_killed_ends_well(tmp_path: Path) -> None:
    assert build_in_child(tmp_path, Killing(NEVER, 0)) == 0
    assert contents(tmp_path) == dict([finished("json")])


def test_two_writers_of_one_file(tmp_path: Path) -> None:
    """Whoever reads meanwhile finds one of the two files, whole; neither writer fails or takes away the other's."""
    path = tmp_path / "a.json"
    texts = [letter * 100_000 for letter in (b"a", b"b")]
    put_in_place(path, texts[0])

    def write(text: bytes) -> None:
        for _ in range(ROUNDS):
            put_in_place(path, text)

    writers = [in_child(lambda: write(texts[0])), in_child(lambda: write(texts[1]))]
    assert _all_end(writers, path, texts) == [0, 0]
    assert contents(tmp_path).keys() == {"a.json"}


def test_two_builds_into_one_folder(tmp_path: Path) -> None:
    """Of two models with one name; each builds again and again."""
    other = tmp_path / "other.yaml"
    other.write_text(MODEL.read_text("utf-8").replace("12_000", "13_000"), "utf-8")
    out = tmp_path / "out"
    name, first = finished("json")
    path = out / name
    assert build(out, "json", other).exit_code == 0
    versions = (first, path.read_bytes())
    assert versions[0] != versions[1]

    def again(model: Path) -> None:
        for _ in range(BUILDS):
            assert build(out, "json", model).exit_code == 0

    assert _all_end([in_child(lambda: again(MODEL)), in_child(lambda: again(other))], path, versions) == [0, 0]
    assert contents(out).keys() == {name}


def _all_end(children: list[int], path: Path, versions: Sequence[bytes]) -> list[int]:
    """How processes end, while whoever reads a file finds it whole."""
    ends = []
    while children:
        assert path.read_bytes() in versions
        done, status = os.waitpid(children[-1], os.WNOHANG)
        if done:
            children.pop()
            ends.append(os.waitstatus_to_exitcode(status))
    return ends


INTERRUPTIBLE = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
    "from reportgen.cli.main import main; main()"
)


def test_interrupted_builds_of_several_models_end_without_a_traceback(tmp_path: Path) -> None:
    """As Ctrl-C in a terminal does it, which reaches every process. A shell that starts the tests in the background
    has them ignore it."""
    large = [str(ROOT / "inputs" / name) for name in ("agent-runtime", "coding-agents", "deployment-choice")]
    command = [sys.executable, "-c", INTERRUPTIBLE, "build", str(MODEL), *large]
    running = subprocess.Popen(
        [*command, "--jobs", "2", "--only", "xlsx", "-o", str(tmp_path)],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    assert running.stderr is not None
    assert "onlyone.xlsx" in running.stderr.readline()
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=300)
    assert (running.returncode, said.strip()) == (130, "interrupted")
