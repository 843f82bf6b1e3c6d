"""The search itself: what counts as a finding, what the limits do, how an input becomes smaller."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.large import large_model
from reportgen.problems import Problem
from reportgen.source import Source, Span
from tests.conftest import ROOT, plain_book
from tests.fuzz import oracles
from tests.fuzz.books import packed, unpacked
from tests.fuzz.cases import KINDS, MODEL, Case, make_case
from tests.fuzz.oracles import Ran
from tests.fuzz.search import Search, smaller
from tests.fuzz.worker import Worker
from tests.model.samples import SAMPLE, SAMPLE_PATH

SOUND = Case(0, "model", {MODEL: SAMPLE.encode()}, (("check", "."),), 0, frozenset())
UNKNOWN = replace(SOUND, commands=(("no-such-command",),))
BOOK = ("build", "--only", "xlsx", "-o", "out", ".")


def test_a_seed_stands_for_one_input() -> None:
    assert [make_case(seed) for seed in range(60)] == [make_case(seed) for seed in range(60)]
    assert len({str(make_case(seed).files) for seed in range(60)}) > 50, "a change may leave things as they are"
    assert {make_case(seed).kind for seed in range(60)} == set(KINDS)


def test_a_sound_model_is_no_finding_and_another_exit_code_is_one(worker: Worker) -> None:
    assert worker.findings(SOUND) == []
    assert [finding.what for finding in worker.findings(UNKNOWN)] == ["exit code 2"]


def test_what_takes_too_long_is_a_finding_with_its_place_and_the_next_case_is_tried() -> None:
    """One command that takes many seconds: between several, the limit may strike in the search's own code."""
    endless = replace(SOUND, files={MODEL: large_model(300).encode()})
    with Worker(seconds=1) as worker:
        for _ in range(2):
            (finding,) = worker.findings(endless)
            assert finding.what == "no end within 1 s"
            assert finding.where.startswith("reportgen/"), finding.detail


def test_what_takes_too_much_memory_is_a_finding() -> None:
    with Worker(memory=120_000_000) as worker:
        found = worker.findings(replace(SOUND, files={MODEL: SAMPLE.encode()}, commands=(BOOK,)))
        assert found, "the limit is not held"


def test_each_kind_of_finding_is_kept_once_with_its_input(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.fuzz.search.make_case", lambda seed, *_, **__: replace(UNKNOWN, seed=seed))
    search = Search(worker, tmp_path)
    ((case, _, place),) = search.run(iter(range(3)))
    assert (case.seed, list(search.known.values())) == (0, [3])
    assert place is not None and "exit code 2" in (place / "finding.txt").read_text()
    assert (place / MODEL).read_bytes() == b""


def test_an_input_becomes_as_small_as_still_shows_it() -> None:
    small = smaller(SOUND, lambda tried: b"reportgen" in tried.files[MODEL])
    assert small.files[MODEL] == b"reportgen: 1"


# ---- what must be true of a command


def ran(
    code: int = 0, out: str = "", err: str = "", problems: tuple[Problem, ...] = (), error: Exception | None = None
) -> Ran:
    result = Result(CliRunner(), out.encode(), err.encode(), b"", None, code, error)
    return Ran(("show", "--json", "."), result, problems, ())


TEXT = Source(MODEL, "reportgen: 1\n")
PLACED = Problem("RG203", "`id` is missing", TEXT, Span(0, 9))


@pytest.mark.parametrize(
    ("command", "what"),
    [
        (ran(), []),
        (ran(1, problems=(PLACED,)), []),
        (ran(3), ["exit code 3"]),
        (ran(1), ["exit code 1 without a word"]),
        (ran(0, problems=(PLACED,)), ["exit code 0 in spite of errors"]),
        (ran(1, error=KeyError("x")), ["KeyError"]),
        (ran(out='{"a": NaN}'), ["no JSON"]),
        (ran(out='{"a": Infinity}'), ["no JSON"]),
        (ran(1, problems=(replace(PLACED, span=None),)), ["a problem without a place"]),
        (ran(1, problems=(replace(PLACED, span=Span(90, 99)),)), ["a problem outside its file"]),
        (ran(1, problems=(replace(PLACED, message=" "),)), ["a problem without a message"]),
        (ran(1, problems=(replace(PLACED, message="expected None"),)), ["a problem in the words of the program"]),
    ],
)
def test_what_a_command_must_not_do(command: Ran, what: list[str]) -> None:
    assert [finding.what for finding in oracles.of_command(command)] == what


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<p>None of them is stale. None was.</p><script>{{a}}</script>", []),
        ("<p>Saves None a year</p>", ["innards on the page"]),
        ("<p>{{ total }}</p>", ["innards on the page"]),
        ("<p>nan %</p>", ["innards on the page"]),
        ("<p>written by the author: {% x</p>", []),
        ("", ["HTML that cannot be parsed"]),
    ],
)
def test_what_a_page_must_not_show(page: str, what: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / MODEL).write_text("title: {% x")
    assert [finding.what for finding in oracles.of_page(ran(), page.encode())] == what


def test_a_workbook_with_an_error_value_or_a_wrong_result_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    right = plain_book(SAMPLE_PATH)
    assert list(oracles.of_workbook(ran(), right, recalculate=True)) == []
    for stored, what in [(b"12345", "recalculated differently"), (b"#DIV/0!", "error values in the workbook")]:
        parts = unpacked(right)
        name = "xl/worksheets/sheet3.xml"
        parts[name] = re.sub(rb"</f><v>[\d.]+</v>", b"</f><v>" + stored + b"</v>", parts[name], count=1)
        if stored.startswith(b"#"):
            parts[name] = re.sub(rb'( t="n")?(><f>[^<]*</f><v>#)', rb' t="e"\2', parts[name], count=1)
        found = oracles.of_workbook(ran(), packed(parts), recalculate=stored == b"12345")
        assert [finding.what for finding in found] == [what]
    (tmp_path / MODEL).write_text("options: {a: {title: '#DIV/0!'}}")
    assert list(oracles.of_workbook(ran(), packed(parts), recalculate=False)) == []


def test_the_command_says_what_it_did_and_leaves_with_its_exit_code(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "tests.fuzz", "0", "--seed", "3", "--only", "text", "-o", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "seeds from 3\n1 inputs in " in done.stderr
