"""Reading YAML: positions of scalars, and the bounds that are held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.document import MAX_DEPTH, Mapping, Node, Scalar, Sequence, parse, read_tree
from reportgen.problems import MAX_ERRORS, Collector, ModelError, render_all
from reportgen.source import Source
from tests.model.samples import SAMPLE, changed, problems_of


def scalars(text: str) -> list[tuple[str, str]]:
    """What each scalar means and what it was read from."""
    found: list[tuple[str, str]] = []
    pending: list[Node] = [parse(Source("m.yaml", text))]
    while pending:
        match pending.pop(0):
            case Scalar(value, _, span):
                found.append((value, text[span.start : span.end]))
            case Sequence(items):
                pending[:0] = items
            case Mapping(entries):
                pending[:0] = [part for entry in entries for part in entry]
    return found


def refused(text: str) -> list[tuple[str, str]]:
    with pytest.raises(ModelError) as caught:
        parse(Source("m.yaml", text))
    return [(each.code, text[each.span.start : each.span.end] if each.span else "") for each in caught.value.problems]


@pytest.mark.parametrize("line", ["k{}: 1\n", "k: {}\n"], ids=["unknown", "duplicate"])
def test_a_file_of_180000_unknown_or_duplicate_keys(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []

    def counted(word: str, known: Iterable[str], **options: Any) -> list[str]:
        looked_for.append(word)
        return []

    monkeypatch.setattr("reportgen.problems.difflib.get_close_matches", counted)
    found = problems_of(SAMPLE + "".join(line.format(number) for number in range(180_000)))
    assert len(found) == MAX_ERRORS and {problem.code for problem in found} <= {"RG201", "RG202"}
    assert len(looked_for) <= MAX_ERRORS, "a likely meaning is not looked for 180,000 times"
    assert len(render_all(found)) < 100_000


HUGE = "9" * 4_900_000


@pytest.mark.parametrize(
    "change",
    [
        ("title: Hosted or self-run team chat", f"title: {HUGE[:4_000_000]} {'a ' * 400_000}"),
        ("id: team-chat", f"id: {HUGE}"),
        ("as_of: 2026-06-30", f"as_of: {HUGE}"),
        ("currency: EUR", f"currency: {HUGE}"),
        ("horizon: 3 year", f"horizon: {HUGE} year"),
        ("horizon: 3 year", f"horizon: 3 {'y' * 4_900_000}"),
        ("value: 240", f"value: {HUGE}"),
        ("value: 240", f"value: 1e{HUGE}"),
        ("unit: seat,", f"unit: s{HUGE},"),
        ("seats * seat_fee", f"seats * {'s' * 4_900_000}"),
        ("seats * seat_fee", f"seats * {HUGE}"),
        ("subject: hosted", f"subject: h{HUGE}"),
        ("subject: hosted", f"s{HUGE}: hosted"),
        ("seats:  ", f"s{HUGE}:  "),
    ],
    ids=lambda change: change[0] + " " + change[1][:12],
)
def test_a_text_of_megabytes_is_a_problem_told_in_a_line(change: tuple[str, str]) -> None:
    found = problems_of(changed(change))
    assert len(render_all(found)) < 20_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b c", [("a", "a"), ("b c", "b c")]),
        ("a:   b   # c", [("a", "a"), ("b", "b")]),
        ("a: 'it''s'", [("a", "a"), ("it's", "'it''s'")]),
        ('a: "x\\ty"', [("a", "a"), ("x\ty", '"x\\ty"')]),
        ("a: b\n  c\n  d\ne: f", [("a", "a"), ("b c d", "b\n  c\n  d"), ("e", "e"), ("f", "f")]),
        ("a: |\n  b\n  c\n\n\nd: e", [("a", "a"), ("b\nc\n", "|\n  b\n  c"), ("d", "d"), ("e", "e")]),
        ("a: >-\n  b\n  c\nd: e", [("a", "a"), ("b c", ">-\n  b\n  c"), ("d", "d"), ("e", "e")]),
        ("a: |\r\n  b\r\nc: d\r\n", [("a", "a"), ("b\n", "|\r\n  b"), ("c", "c"), ("d", "d")]),
        ("漢: 字\nä: 😀 ö", [("漢", "漢"), ("字", "字"), ("ä", "ä"), ("😀 ö", "😀 ö")]),
        ("a: [b, {c: d}]", [("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")]),
        ("a: &x b * c\nd: *x", [("a", "a"), ("b * c", "b * c"), ("d", "d"), ("b * c", "b * c")]),
        ("a: &x 'b'", [("a", "a"), ("b", "'b'")]),
        ("a: &x # why\n  b", [("a", "a"), ("b", "b")]),
        ("a: &x |\n  b", [("a", "a"), ("b", "|\n  b")]),
        ("a:\nb: ~", [("a", "a"), ("", ""), ("b", "b"), ("~", "~")]),
    ],
)
def test_a_scalar_knows_what_it_was_read_from(text: str, found: list[tuple[str, str]]) -> None:
    assert scalars(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\na: 2\na: 3", [("RG202", "a"), ("RG202", "a")]),
        ("a: 1\n'a': 2", [("RG202", "'a'")]),
        ("x: {a: 1, b: {a: 2, a: 3}}", [("RG202", "a")]),
        ("{a: 1}: 2", [("RG204", "{a: 1}")]),
        ("a: !x 1\nb: !!int 2", [("RG108", "!"), ("RG108", "!")]),
        ("a: &a [*a]", [("RG104", "*a")]),
        ("a: *b", [("RG104", "*b")]),
        ("a: 1\n---\nb: 2", [("RG108", "---")]),
        ("a: 1\n---\n", [("RG108", "---")]),
        ("# nothing\n", [("RG107", "")]),
        ("---\n", [("RG107", "")]),
        ("[1, 2]", [("RG204", "[")]),
        ("a: é\x01", [("RG104", "\x01")]),
        ("a: 'b", [("RG104", "'")]),
        ("a: {b", [("RG104", "")]),
    ],
)
def test_what_is_refused(text: str, found: list[tuple[str, str]]) -> None:
    assert refused(text) == found


def test_a_key_given_twice_keeps_its_first_value_in_the_tree() -> None:
    """So that what else is wrong is found in it, and nothing twice."""
    source = Source("m.yaml", "a: 1\na: 2")
    tree = read_tree(source, Collector(source))
    assert [(key.text, value) for key, value in tree.entries] == [("a", Scalar("1", "", (3, 4)))]


def test_depth_is_bounded() -> None:
    assert parse(Source("m.yaml", "a: " + "[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1)))
    assert refused("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH) == [("RG105", "[")]


def test_an_alias_counts_for_all_that_it_repeats() -> None:
    rows = "a: &a [" + "x, " * 1_000 + "]\n"
    assert parse(Source("m.yaml", rows + "b: [" + "*a, " * 390 + "]"))
    assert refused(rows + "b: [" + "*a, " * 400 + "]") == [("RG106", "*a")]


@given(
    st.text(st.sampled_from("ab:-{}[],'\"|>&*!#%@? \n\t\r") | st.characters(blacklist_categories=["Cs"]), max_size=60)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(Source("m.yaml", text))
    except ModelError as error:
        for problem in error.problems:
            assert problem.span is None or 0 <= problem.span.start <= problem.span.end <= len(text) + 3
