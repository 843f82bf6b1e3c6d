"""Files that are made to use up time or memory, or to lead elsewhere: each is answered within both, in plain words."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from pathlib import Path

import pytest

from tests.review.hostile_books import SHEET, Pieces, write

MEMORY, SECONDS = 2_000_000_000, 60
"""What docs/lint.md promises."""

Parts = dict[str, Pieces]


def lint(path: Path | str, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportgen", "lint", str(path), *more],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


def refused(path: Path | str, message: str) -> None:
    done = lint(path)
    assert (done.stderr, done.stdout) == (f"{path}: {message}\n", "")
    assert done.returncode == 1


def found(path: Path, *codes: str) -> None:
    done = lint(path)
    assert done.stderr == "" and all(f"[{code}]" in done.stdout for code in codes), done.stdout + done.stderr


def many(text: str, times: int) -> Iterator[str]:
    """In pieces of which each is quickly written."""
    at_once = max(1, 1_000_000 // len(text))
    yield from repeat(text * at_once, times // at_once)
    yield text * (times % at_once)


MANY_SHARED = "<c><f t='shared' si='0'/></c>" * 16_000
LARGE: dict[str, tuple[Callable[[], Iterable[str]], str]] = {
    "blanks": (lambda: many(" ", 320_000_000), "unpacks to more than 300 MB"),
    "one text": (
        lambda: ("<row><c t='str'><v>", *many("x", 290_000_000), "</v></c></row>"),
        "has a text of more than 1 million characters in a cell",
    ),
    "one tag": (
        lambda: ("<x y='", *many("z", 100_000_000), "'/>"),
        f"has an XML tag of more than 1 MB in {SHEET}",
    ),
    "unknown elements": (lambda: many("<x/>", 40_000_000), "has more than 5 million XML elements"),
    "elements within each other": (
        lambda: many("<x>", 1_000_000),
        f"has XML elements more than 256 deep within each other in {SHEET}",
    ),
    "names of elements": (
        lambda: (f"<x{at}/>" for at in range(100_000)),
        f"uses more than 10,000 different names of XML elements in {SHEET}",
    ),
    "namespaces": (
        lambda: (f"<x xmlns:n{at}='u'/>" for at in range(200_000)),
        "declares more than 100,000 XML namespaces",
    ),
    "rows": (lambda: many("<row/>", 2_000_000), "is damaged: the sheet 'S' has a row 1,048,577"),
    "cells": (
        lambda: repeat(f"<row>{'<c><v>1</v></c>' * 1_000}</row>", 3_000),
        "has more than 1 million cells",
    ),
    "formulas": (
        lambda: repeat(f"<row>{'<c><f>A1</f></c>' * 1_000}</row>", 990),
        "has more than 300,000 formulas",
    ),
    "a shared formula": (
        lambda: ("<row><c><f t='shared' si='0'>A1</f></c></row>", *repeat(f"<row>{MANY_SHARED}</row>", 57)),
        "has more than 300,000 formulas",
    ),
    "a long shared formula": (
        lambda: (f"<row><c><f t='shared' si='0'>{'A1+' * 2_700}1</f></c>{MANY_SHARED}</row>",),
        "has formulas of more than 30 million characters altogether",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_sheet_larger_than_the_bounds(name: str, tmp_path: Path) -> None:
    rows, message = LARGE[name]
    refused(write(tmp_path / "book.xlsx", rows=rows()), message)
