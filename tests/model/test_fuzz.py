"""Whatever is done to a model file, it is read, or refused with problems that can be shown; and soon."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_source
from reportgen.problems import ModelError, render_all
from reportgen.source import Source
from tests.model.samples import SAMPLE

SECONDS = 5.0
"""A load takes a hundredth of this; the machine may be busy."""

SNIPPETS = [
    *("{", "}", "[", "]", "(", ")", '"', "'", ":", ": ", ",", "#", " #", "\n", "\t", "\r", "- ", "? ", "| ", "> "),
    *("&a ", "*a", "!x ", "<<: *a", "---\n", "%", "@", "`", "\\", "\0", "\x01", "\x85", "\u2028", "\ufeff", "\ufffe"),
    *("0", "9", "-", "+", ".", "_", "e5", "1e999", ".nan", "0x10", "^", "^9", "*", "/", "<", "=", "%", "[kW]"),
    *("total", "total.*", "seats", "hosted", "if(", "lookup(", "round(", "none", "not quoted", "null", "~", "é", "😀"),
]

cuts = st.tuples(st.just("cut"), st.integers(0, len(SAMPLE)), st.integers(0, 40))
copies = st.tuples(st.just("copy"), st.integers(0, len(SAMPLE)), st.integers(0, 80))
inserts = st.tuples(
    st.just("insert"),
    st.integers(0, len(SAMPLE)),
    st.sampled_from(SNIPPETS) | st.text(st.characters(blacklist_categories=["Cs"]), max_size=4),
)
swaps = st.tuples(st.just("swap"), st.integers(0, len(SAMPLE)), st.integers(0, 60))
lines = st.tuples(
    st.sampled_from(("cut line", "copy line", "swap lines", "join lines")), st.integers(0, 70), st.integers(0, 70)
)
words = st.tuples(st.just("swap words"), st.integers(0, 10_000), st.integers(0, 10_000))


def mutated(text: str, kind: str, at: int, how: int | str) -> str:
    if isinstance(how, str):
        return text[:at] + how + text[at:]
    if kind == "cut":
        return text[:at] + text[at + how :]
    if kind == "copy":
        return text[: at + how] + text[at : at + how] + text[at + how :]
    if kind == "swap":
        middle, end = at + how, at + 2 * how
        return text[:at] + text[middle:end] + text[at:middle] + text[end:]
    parts = text.split(" ") if kind == "swap words" else text.split("\n")
    one, other = at % len(parts), how % len(parts)
    if kind == "cut line":
        del parts[one]
    elif kind == "copy line":
        parts.insert(other, parts[one])
    elif kind == "join lines":
        return "\n".join(parts[:one]) + " " + "\n".join(parts[one:])
    else:
        parts[one], parts[other] = parts[other], parts[one]
    return (" " if kind == "swap words" else "\n").join(parts)


def survives(text: str) -> None:
    started = time.monotonic()
    try:
        model, warnings = load_source(Source("model.yaml", text))
        for scenario in model.with_base:
            evaluate(model, scenario)
        problems = warnings
    except ModelError as error:
        assert error.problems
        problems = error.problems
    render_all(problems)
    assert len(set(problems)) == len(problems)
    assert time.monotonic() - started < SECONDS


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(cuts | copies | inserts | swaps | lines | words, min_size=1, max_size=4))
def test_a_changed_file_is_read_or_refused(changes: list[tuple[str, int, int | str]]) -> None:
    text = SAMPLE
    for kind, at, how in changes:
        text = mutated(text, kind, at, how)
    survives(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS) | st.characters(blacklist_categories=["Cs"]), max_size=60).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    survives(text)
