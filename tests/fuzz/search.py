"""Try one seed after another, keep one case of each kind of finding, and make it as small as can be."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.fuzz.cases import Case, make_case
from tests.fuzz.oracles import Finding
from tests.fuzz.worker import Worker, write_files

SHRINKING = 60
"""Trials spent on making a case smaller."""

Kind = tuple[str, str]


def kind_of(finding: Finding) -> Kind:
    return finding.what, finding.where


@dataclass
class Search:
    """`known` has every kind of finding so far, with how often it was come upon."""

    worker: Worker
    folder: Path | None = None
    only: str = ""
    known: dict[Kind, int] = field(default_factory=dict)

    def run(self, seeds: Iterator[int]) -> Iterator[tuple[Case, Finding, Path | None]]:
        """The first finding of each kind, with its case and where the case is kept."""
        for seed in seeds:
            case = make_case(seed, self.only)
            for finding in self.worker.findings(case):
                kind = kind_of(finding)
                self.known[kind] = self.known.get(kind, 0) + 1
                if self.known[kind] == 1:
                    yield case, finding, self._kept(case, finding)

    def _kept(self, case: Case, finding: Finding) -> Path | None:
        if self.folder is None:
            return None
        small = smaller(case, lambda tried: kind_of(finding) in map(kind_of, self.worker.findings(tried)))
        place = self.folder / re.sub(r"[^\w.-]+", "-", f"{case.kind}-{case.seed}-{finding.what[:40]}").strip("-")
        write_files(small, place)
        about = f"seed {case.seed} ({case.kind})\n{finding.what} at {finding.where}\nreportgen {finding.command}"
        (place / "finding.txt").write_text(f"{about}\n\n{finding.detail}\n", encoding="utf-8", errors="replace")
        return place


def smaller(case: Case, shows: Callable[[Case], bool]) -> Case:
    """The case with as few changes, and as few lines of text, as still show what was found."""
    trials = iter(range(SHRINKING))
    left_out: set[int] = set()
    for at in range(case.changes):
        tried = make_case(case.seed, case.kind, without={*left_out, at})
        if next(trials, None) is not None and shows(tried):
            left_out.add(at)
            case = tried
    for name in [name for name in case.files if name.endswith((".yaml", ".md", ".svg"))]:
        lines = case.files[name].split(b"\n")
        size = max(1, len(lines) // 2)
        while size:
            at = 0
            while at < len(lines):
                fewer = lines[:at] + lines[at + size :]
                tried = replace(case, files=case.files | {name: b"\n".join(fewer)})
                if next(trials, None) is None:
                    return case
                if shows(tried):
                    lines, case = fewer, tried
                else:
                    at += size
            size //= 2
    return case


def seeds_for(minutes: float, first: int) -> Iterator[int]:
    """One seed after another until the time is over, but one at least."""
    end = time.monotonic() + 60 * minutes
    yield first
    while time.monotonic() < end:
        first += 1
        yield first
