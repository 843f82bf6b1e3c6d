"""What a template of a user's own may use up: one that never ends, or grows without end, is stopped with an error.

Where a system has no such limits (time and memory on Windows, memory on macOS) they do not hold.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

MAX_SECONDS = 5
"""Of the processor, for one page; the largest that comes with reportgen takes less than one."""

MAX_MEMORY = 1_500_000_000
"""Bytes beyond what the program has already."""

MAX_ELEMENTS, MAX_CHARACTERS = 100_000, 100_000_000
"""Of one page; setting more would take hours."""

_PAGES = Path("/proc/self/statm")


class TooMuchError(Exception):
    """A template uses more than it may."""


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """What runs inside ends with TooMuchError or MemoryError where it uses too much."""
    with _limited_memory(), _limited_time():
        yield


def check_size(page: str) -> None:
    """Raises TooMuchError for a page that is too large to be set."""
    if page.count("<") > 2 * MAX_ELEMENTS or len(page) > MAX_CHARACTERS:  # a tag opens an element, another closes it
        raise TooMuchError(f"the page has more than {MAX_ELEMENTS:,} elements, or {MAX_CHARACTERS:,} characters")


@contextlib.contextmanager
def _limited_time() -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TooMuchError(f"the template takes more than {MAX_SECONDS} seconds")

    kept = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MAX_SECONDS, 0.5)  # again, for who swallows the first
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, kept)


@contextlib.contextmanager
def _limited_memory() -> Iterator[None]:
    if not _PAGES.exists():
        yield
        return
    import resource

    kept, hard = resource.getrlimit(resource.RLIMIT_AS)
    taken = int(_PAGES.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    found = [each for each in (taken + MAX_MEMORY, kept, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(found), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (kept, hard))
