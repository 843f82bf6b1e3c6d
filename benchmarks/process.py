"""What a command costs: the clock, the processors and the memory, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
MB = 1024 * 1024 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` is counted in, per megabyte."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of the clock and of all processors, its own processes included; megabytes of the largest of them."""

    clock: float
    processor: float
    megabytes: float

    def __add__(self, other: Cost) -> Cost:
        """One command after the other."""
        return Cost(self.clock + other.clock, self.processor + other.processor, max(self.megabytes, other.megabytes))


def cost(*arguments: str | Path) -> Cost:
    """A Python command in the checkout, its modules compiled once and kept, as an installed program's are. Raises
    CalledProcessError."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *map(str, arguments)]
    started = time.perf_counter()
    # This process stays small: on Linux a process begins with the peak of the one that started it.
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=environment)
    assert running.stderr is not None
    said = running.stderr.read()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    clock = time.perf_counter() - started
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command, stderr=said)
    return Cost(clock, used.ru_utime + used.ru_stime, used.ru_maxrss / MB)


def least(costs: Sequence[Cost]) -> Cost:
    """What a command takes where nothing else disturbs it: the least of several runs, for each unit."""
    return Cost(
        min(each.clock for each in costs),
        min(each.processor for each in costs),
        min(each.megabytes for each in costs),
    )
