"""Lines and columns of characters, as an editor counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.source import Source


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("ab\ncd", 0, (1, 1)),
        ("ab\ncd", 2, (1, 3)),
        ("ab\ncd", 3, (2, 1)),
        ("ab\ncd", 5, (2, 3)),
        ("ab\r\ncd", 4, (2, 1)),
        ("ab\r\ncd\r\n", 8, (3, 1)),
        ("ab\rcd", 3, (2, 1)),
        ("\n\n\nx", 3, (4, 1)),
        ("a\tb", 2, (1, 3)),
        ("漢字x", 2, (1, 3)),
        ("😀x", 1, (1, 2)),
        ("a\u2028b\u2029c\x0bd\x0ce\x85f", 10, (1, 11)),
    ],
)
def test_position(text: str, offset: int, position: tuple[int, int]) -> None:
    assert Source("file", text).position(offset) == position


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("ab\ncd", ["ab", "cd"]),
        ("ab\r\ncd\r\n", ["ab", "cd", ""]),
        ("ab\r\rcd", ["ab", "", "cd"]),
        ("one\u2028line\n", ["one\u2028line", ""]),
    ],
)
def test_line(text: str, lines: list[str]) -> None:
    source = Source("file", text)
    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines


@given(st.text(st.sampled_from("ab\n\r\t\u2028漢😀"), max_size=40), st.data())
def test_the_character_at_a_position_is_the_one_at_the_offset(text: str, data: st.DataObject) -> None:
    source = Source("file", text)
    offset = data.draw(st.integers(0, len(text)))
    line, column = source.position(offset)
    rest = source.line(line)[column - 1 :]
    assert text[offset:].startswith(rest)
    assert rest or text[offset : offset + 1] in ("", "\n", "\r")


def test_sources_are_equal_by_name_and_text_only() -> None:
    used, unused = Source("file", "a\nb"), Source("file", "a\nb")
    used.position(2)
    assert used == unused
    assert hash(used) == hash(unused)
