"""Look for what breaks the program: `./run fuzz MINUTES [--seed N] [--only KIND] [-o FOLDER]`.

Each seed stands for one changed model, narrative, brand, picture or workbook and the commands that are given it. Every
kind of finding is printed once, with its seed, and its input is kept, made smaller, under output/fuzz. `./run fuzz 0
--seed N` tries one seed again. Exit code 1 if anything was found.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzz.cases import KINDS
from tests.fuzz.search import Search, seeds_for
from tests.fuzz.worker import Worker


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="./run fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("minutes", type=float, metavar="MINUTES", help="how long; 0 tries one seed")
    parser.add_argument("--seed", type=int, help="the first seed; another one each time if left out")
    parser.add_argument("--only", choices=KINDS, default="", help="one kind of input")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "output" / "fuzz", help="where inputs are kept")
    given = parser.parse_args()
    first = random.SystemRandom().randrange(10**6) * 1_000 if given.seed is None else given.seed
    say(f"seeds from {first}")
    started, tried = time.monotonic(), 0

    def counted() -> Iterator[int]:
        nonlocal tried
        for seed in seeds_for(given.minutes, first):
            yield seed
            tried += 1

    with Worker() as worker:
        search = Search(worker, given.output, given.only)
        for case, finding, place in search.run(counted()):
            say(f"seed {case.seed} ({case.kind}): {finding.what} at {finding.where}")
            say(f"  reportgen {finding.command}\n  {place}")
    say(f"{tried} inputs in {(time.monotonic() - started) / 60:.1f} minutes, {len(search.known)} kinds of findings")
    for (what, where), count in sorted(search.known.items(), key=lambda item: -item[1]):
        say(f"  {count}x {what} at {where}")
    return 1 if search.known else 0


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main())
