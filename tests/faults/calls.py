"""The calls by which a build changes what is on disk: counted, made to fail, or the moment at which it is killed."""

from __future__ import annotations

import errno
import fcntl
import io
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

Hook = Callable[[str, bool], None]
"""Called with a call's name before it is made, and after it (True)."""

CHANGING = {
    os: ("open", "write", "fsync", "close", "mkdir", "rename", "replace", "link"),
    fcntl: ("flock",),
    io: ("open",),
}
PIECE = 64
"""Bytes that one write takes, as the system may do it: so that there are many moments between two of them."""


@contextmanager
def watched(folders: tuple[Path, ...], hook: Hook, piece: int = PIECE) -> Iterator[None]:
    """Calls the hook for every call that writes somewhere in these folders, `piece` bytes at once."""
    handles: set[int] = set()
    with ExitStack() as stack:
        for module, names in CHANGING.items():
            for name in names:
                wrapped = _wrapped(name, getattr(module, name), folders, handles, hook, piece)
                stack.enter_context(patch.object(module, name, wrapped))
        yield


def _wrapped(name: str, real: Any, folders: tuple[Path, ...], handles: set[int], hook: Hook, piece: int) -> Any:
    def wrapper(target: Any, *rest: Any, **options: Any) -> Any:
        if not _concerns(target, rest, folders, handles):
            return real(target, *rest, **options)
        if name == "write":
            rest = (memoryview(rest[0])[:piece],)
        try:
            hook(name, False)
        except OSError:
            if name == "close":  # which gives the number back even where it fails
                real(target)
                handles.discard(target)
            raise
        result = real(target, *rest, **options)
        if name == "open" and isinstance(result, int):
            handles.add(result)
        elif name == "close":
            handles.discard(target)
        hook(name, True)
        return result

    return wrapper


def _concerns(target: Any, rest: tuple[Any, ...], folders: tuple[Path, ...], handles: set[int]) -> bool:
    if isinstance(target, int):
        return target in handles
    reads = rest[:1] in (("r",), ("rb",), (os.O_RDONLY,))
    return not reads and any(Path(target).is_relative_to(folder) for folder in folders)


class Failing:
    """A hook that lets the call of a number fail with an error, and remembers all calls."""

    def __init__(self, number: int = -1, code: int = errno.ENOSPC) -> None:
        self.number, self.code = number, code
        self.made: list[str] = []

    def __call__(self, name: str, done: bool) -> None:
        if done:
            return
        self.made.append(name)
        if len(self.made) - 1 == self.number:
            raise OSError(self.code, os.strerror(self.code))


class Killing:
    """A hook that sends this process a signal at one moment: before or after one of the calls."""

    def __init__(self, moment: int, signal: int) -> None:
        self.moment, self.signal, self.passed = moment, signal, 0

    def __call__(self, name: str, done: bool) -> None:
        self.passed += 1
        if self.passed - 1 == self.moment:
            os.kill(os.getpid(), self.signal)
