"""A process that runs cases under limits of time and memory, and the other end of it.

The process reads one job a line from its standard input, the folder of the files and the commands, and answers with
its findings. Where it ends instead, what Python was doing then is in its dump.
"""

from __future__ import annotations

import contextlib
import dataclasses
import faulthandler
import json
import os
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from tests.fuzz.cases import Case
from tests.fuzz.oracles import PACKAGE, Finding, findings

MEMORY = 1_500_000_000
"""Bytes of data that the process may hold in all; it begins with a tenth of that."""

SECONDS = 60
"""Of processor time for one case."""

WAIT = 600
"""Seconds after which a case that takes no processor time either is given up."""


class Worker:
    """A worker process; a new one for the next case where the last has ended it."""

    def __init__(self, memory: int = MEMORY, seconds: int = SECONDS) -> None:
        self.limits = (memory, seconds)
        self.process: subprocess.Popen[str] | None = None
        self.dump: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the worker

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self.dump.close()

    def findings(self, case: Case) -> list[Finding]:
        """What is wrong with the program, as this case shows it."""
        with tempfile.TemporaryDirectory() as folder:
            write_files(case, Path(folder))
            job = {"folder": folder, "commands": case.commands, "costly": sorted(case.costly)}
            answer = self._answer(json.dumps(job))
        if answer is not None:
            return [Finding(**each) for each in answer]
        process = self.process
        assert process is not None
        code = process.poll()
        self._end()
        return [self._ended(code, case)]

    def _answer(self, job: str) -> Any:
        if self.process is None:
            self.process = self._start()
        process = self.process
        assert process.stdin is not None and process.stdout is not None
        self.dump.seek(0)
        self.dump.truncate()
        process.stdin.write(job + "\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], WAIT)
        if not ready:
            process.send_signal(signal.SIGXCPU)
            process.wait()
            return None
        line = process.stdout.readline()
        if not line:
            process.wait()
        return json.loads(line) if line else None

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-P", "-m", "tests.fuzz.worker", *map(str, self.limits)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.dump, text=True)

    def _end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def _ended(self, code: int | None, case: Case) -> Finding:
        """What is known of a process that ended within a case; its dump has the innermost frame first."""
        self.dump.seek(0)
        dump = self.dump.read()
        frames = re.findall(rf'File "{re.escape(PACKAGE)}([^"]+)", line (\d+) in (\S+)', dump)
        where = "reportgen{}:{} in {}".format(*frames[0]) if frames else "?"
        ended = signal.Signals(-code).name if code and code < 0 else str(code)
        what = f"no end within {self.limits[1]} s" if ended == "SIGXCPU" else f"the process ended: {ended}"
        return Finding(what, where, " | ".join(map(" ".join, case.commands)), dump[-4_000:])


def write_files(case: Case, folder: Path) -> None:
    for name, data in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


# ---- the process itself


def serve(memory: int, seconds: int) -> None:
    """Answer jobs until there are no more; by a descriptor of its own, since libraries print where they like."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    faulthandler.enable(sys.stderr)
    faulthandler.register(signal.SIGXCPU, sys.stderr, all_threads=False, chain=True)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    for line in sys.stdin:
        job = json.loads(line)
        used = resource.getrusage(resource.RUSAGE_SELF)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))
        with contextlib.chdir(job["folder"]):
            found = list(findings(job["commands"], job["costly"]))
        answers.write(json.dumps([dataclasses.asdict(each) for each in found]) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(*map(int, sys.argv[1:]))
