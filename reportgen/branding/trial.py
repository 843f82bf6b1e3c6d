"""What can end the program, or take all of its time or memory, is tried first in a process of its own with bounds."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path

MAX_SECONDS = 20
"""Of the processor; a process that waits is ended after three times as many."""

MAX_MEMORY = 1_000_000_000
"""Bytes, where the system has such a limit (not on Windows and macOS)."""

_CHILD = Path(__file__).with_name("trial_child.py")
_REFUSED = 1
"""The child's exit code where it says on stderr what is wrong."""


def drawn(drawing: bytes, width: int, height: int) -> bytes:
    """An SVG drawing as a PNG picture of so many pixels. Raises ValueError that says why there is none."""
    return _answer("draw", drawing, str(width), str(height))


def check_font(font: bytes) -> None:
    """Read every table of a font, and cut it as reports do. Raises ValueError that says what is wrong."""
    _answer("font", font)


def _answer(task: str, data: bytes, *arguments: str) -> bytes:
    found = _tried(task, data, *arguments)
    if isinstance(found, str):
        raise ValueError(found)
    return found


@lru_cache(maxsize=64)
def _tried(task: str, data: bytes, *arguments: str) -> bytes | str:
    """What the child answers, or what is wrong, which is kept as well: a file may be named a thousand times."""
    bounds = (str(MAX_SECONDS), str(MAX_MEMORY))
    command = [sys.executable, "-I", str(_CHILD), *bounds, task, *arguments]
    try:
        ended = subprocess.run(command, input=data, capture_output=True, timeout=3 * MAX_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return f"it takes more than {MAX_SECONDS} seconds"
    if ended.returncode == 0:
        return ended.stdout
    if ended.returncode == _REFUSED:
        return ended.stderr.decode(errors="replace").strip() or "it is damaged"
    return f"it takes more than {MAX_SECONDS} seconds or {MAX_MEMORY // 1_000_000_000} GB, or ends the program"
