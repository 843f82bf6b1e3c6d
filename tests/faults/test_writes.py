"""Every call by which a build writes fails once: the old file is whole or the new one is, and nothing else is left.

A full disk is the system's limit on the size of files here: mounting a small one takes rights that tests do not have.
"""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reportgen.cli.main import cli
from reportgen.files import put_in_place
from tests.conftest import ROOT
from tests.faults.calls import PIECE, Failing, watched

MODEL = ROOT / "tests" / "cases" / "24d-onlyone.yaml"
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
OLD = b"the old file"


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """Where a build writes: its output folder, which is not there yet, and the system's folder for temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    yield tmp_path / "out", temporary


def build(out: Path, kind: str, model: Path = MODEL) -> Result:
    return CliRunner().invoke(cli, ["build", str(model), "--only", kind, "-o", str(out)], catch_exceptions=False)


@cache
def calls_of_a_build(kind: str) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        hook = Failing()
        with watched((Path(folder),), hook):
            assert build(Path(folder) / "out", kind).exit_code == 0
    return tuple(hook.made)


@cache
def finished(kind: str) -> tuple[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        assert build(Path(folder), kind).exit_code == 0
        (file,) = Path(folder).iterdir()
        return file.name, file.read_bytes()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("**/*") if path.is_file()}


def test_a_build_puts_its_file_on_disk_before_it_renames_it() -> None:
    """In a folder of its own, so that the name of a file in it never stands for half of it."""
    calls = calls_of_a_build("json")
    assert calls[0] == "mkdir"
    assert [each for each in calls if each in ("open", "write", "fsync", "replace")][-2:] == ["fsync", "replace"]
    assert calls.count("write") > 3 and calls.count("open") == calls.count("close") == 1


@pytest.mark.parametrize("is_there", [True, False], ids=["over an old file", "where there is none"])
@pytest.mark.parametrize("code", ERRORS, ids=errno.errorcode.get)
def test_every_call_fails_once(folders: tuple[Path, Path], code: int, is_there: bool) -> None:
    _fail_each("json", folders, code, is_there)


def test_every_call_fails_once_for_a_workbook(folders: tuple[Path, Path]) -> None:
    """Which is also written where it is checked while it is made."""
    _fail_each("xlsx", folders, errno.ENOSPC, is_there=True, piece=16_384)


def _fail_each(kind: str, folders: tuple[Path, Path], code: int, is_there: bool, piece: int = PIECE) -> None:
    out, temporary = folders
    name, new = finished(kind)
    number, failed = 0, set()
    while True:
        if is_there:
            out.mkdir(exist_ok=True)
            (out / name).write_bytes(OLD)
        elif out.exists():
            (out / name).unlink(missing_ok=True)
            out.rmdir()
        hook = Failing(number, code)
        with watched(folders, hook, piece):
            done = build(out, kind)
        if len(hook.made) <= number:
            break
        what = f"{hook.made[number]}, call {number}"
        failed.add(hook.made[number])
        found = contents(out)
        assert done.exit_code in (0, 3), what
        assert found in ({name: new}, {name: OLD} if is_there else {}), what
        assert contents(temporary) == {}, what
        if done.exit_code == 3:
            assert f"cannot be written: {os.strerror(code).lower()}" in done.stderr, what
        else:
            assert found == {name: new} and hook.made[number] in ("flock", "mkdir"), "can be done without"
        number += 1
    assert done.exit_code == 0 and contents(out) == {name: new}
    assert failed >= {"open", "write", "fsync", "replace", "close"}


@pytest.mark.parametrize("part", [0.0, 0.3, 0.99])
def test_a_disk_that_is_full_before_a_file_is_whole(tmp_path: Path, part: float) -> None:
    name, new = finished("json")
    (tmp_path / name).write_bytes(OLD)
    size = int(len(new) * part)
    done = subprocess.run(
        [sys.executable, "-B", "-m", "reportgen", "build", str(MODEL), "--only", "json", "-o", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "cannot be written: file too large" in done.stderr and "Traceback" not in done.stderr
    assert contents(tmp_path) == {name: OLD}


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    """But not what another build is writing, nor what merely looks like it."""
    kept = [".a.json.tmp", ".a.json.notes.tmp", ".a.json.0123abcd.tmp.old", ".b.json.0123abcd.tmp"]
    for name in (*kept, ".a.json.0123abcd.tmp", ".a.json.00000000.tmp"):
        (tmp_path / name).write_bytes(b"half")
    with (tmp_path / ".a.json.00000000.tmp").open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        put_in_place(tmp_path / "a.json", b"whole")
        assert contents(tmp_path).keys() == {"a.json", ".a.json.00000000.tmp", *kept}
    put_in_place(tmp_path / "a.json", b"whole")
    assert contents(tmp_path) == {"a.json": b"whole", **dict.fromkeys(kept, b"half")}
