"""Put finished files in place: the old one stays until the new one is complete on disk.

A file is written beside its place, as `.NAME.0123abcd.tmp`, and then renamed. Its writer holds a lock on it, so that
what a killed writer left behind is told from what another one is writing: the next to write the same file removes it.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def put_in_place(path: Path, data: bytes) -> None:
    """Write a file atomically, making its folder. Raises OSError; then what was there before is unchanged."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(path)
    temporary, handle = _open_beside(path)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
            if sys.platform != "win32":
                temporary.replace(path)
        finally:
            os.close(handle)
        if sys.platform == "win32":  # where an open file cannot be renamed
            temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _open_beside(path: Path) -> tuple[Path, int]:
    """A new file that is to become `path`, locked."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        handle = os.open(temporary, flags, 0o666)
        with suppress(OSError):  # a file system without locks: nothing is removed there either
            _lock(handle)
        if os.fstat(handle).st_nlink:  # else another writer took it for abandoned before it was locked
            return temporary, handle
        os.close(handle)


def _remove_abandoned(path: Path) -> None:
    """Removes what killed writers of the same file left beside it, as far as that can be done."""
    ours = re.compile(re.escape(f".{path.name}.") + r"[0-9a-f]{8}\.tmp")
    with suppress(OSError):
        for each in os.scandir(path.parent):
            if ours.fullmatch(each.name) and each.is_file(follow_symlinks=False):
                _remove_unlocked(Path(each))


def _remove_unlocked(path: Path) -> None:
    with suppress(OSError):
        handle = os.open(path, os.O_RDWR)
        try:
            _lock(handle, wait=False)
            path.unlink()
        finally:
            os.close(handle)


def _lock(handle: int, *, wait: bool = True) -> None:
    """Raises OSError where that cannot be done. On Windows nobody can remove a file that is open."""
    if sys.platform != "win32":
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
