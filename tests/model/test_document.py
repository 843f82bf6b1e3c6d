"""Reading YAML: positions of scalars, and the bounds that are held."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.document import MAX_DEPTH, Mapping, Node, Scalar, Sequence, parse, read_tree
from reportgen.problems import Collector, ModelError
from reportgen.source import Source


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
