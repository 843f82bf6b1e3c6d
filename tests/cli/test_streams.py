"""Output that cannot be written: a full disk gives exit code 3 and a message, a closed pipe exit code 3 and silence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, plain_book

MODEL = ROOT / "inputs" / "team-chat.yaml"
DATA = {
    "show": ("show", str(MODEL)),
    "show --json": ("show", str(MODEL), "--json"),
    "lint": ("lint", "book.xlsx"),
    "--help": ("--help",),
}
"""What writes to standard output; the others tell on standard error how they are getting on."""
PROGRESS = {
    "check": ("check", str(MODEL)),
    "build": ("build", str(MODEL), "--only", "json", "-o", "out"),
    "wrong usage": ("show",),
}


Stream = Callable[[], int]


def run(
    folder: Path, arguments: tuple[str, ...], stdout: Stream | None = None, stderr: Stream | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reportgen", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    out, err = (stream() if stream else subprocess.PIPE for stream in (stdout, stderr))
    try:
        return subprocess.run(
            command, stdout=out, stderr=err, text=True, cwd=folder, env=environment, check=False, timeout=300
        )
    finally:
        os.close(max(out, err))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    (folder / "book.xlsx").write_bytes(plain_book(MODEL))
    return folder


def full_disk() -> int:
    return os.open("/dev/full", os.O_WRONLY)


def closed_pipe() -> int:
    reader, writer = os.pipe()
    os.close(reader)
    return writer


@pytest.mark.parametrize("arguments", DATA.values(), ids=DATA)
def test_data_onto_a_full_disk(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(folder, arguments, stdout=full_disk)
    assert (done.returncode, done.stderr) == (3, "standard output: cannot be written: no space left on device\n")


@pytest.mark.parametrize("arguments", DATA.values(), ids=DATA)
def test_data_into_a_pipe_that_nobody_reads(folder: Path, arguments: tuple[str, ...]) -> None:
    done = run(folder, arguments, stdout=closed_pipe)
    assert (done.returncode, done.stderr) == (3, "")


@pytest.mark.parametrize("arguments", PROGRESS.values(), ids=PROGRESS)
@pytest.mark.parametrize("stream", [full_disk, closed_pipe])
def test_progress_that_nobody_can_read(folder: Path, arguments: tuple[str, ...], stream: Stream) -> None:
    done = run(folder, arguments, stderr=stream)
    assert (done.returncode, done.stdout) == (3, "")


def test_no_stream_at_all(folder: Path) -> None:
    """As a service that has closed them may start it."""
    command = f"exec '{sys.executable}' -m reportgen show '{MODEL}' >&- 2>&-"
    assert subprocess.run(["sh", "-c", command], cwd=ROOT, check=False, timeout=300).returncode == 0
