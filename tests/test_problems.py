"""How problems are collected and shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.problems import (
    MAX_ERRORS,
    MESSAGE,
    SHOWN,
    WIDTH,
    Collector,
    ModelError,
    Problem,
    render,
    render_all,
    suggestion,
)
from reportgen.source import Source, Span


def shown(text: str, start: int, end: int, message: str = "wrong", hint: str = "") -> list[str]:
    return render(Problem("RG201", message, Source("m.yaml", text), Span(start, end), hint)).split("\n")


def test_the_place_the_line_the_caret_and_the_hint() -> None:
    assert shown("a: 1\nbcd: 2\n", 5, 8, "unknown key `bcd`", "did you mean `abc`?") == [
        "m.yaml:2:1: error[RG201]: unknown key `bcd`",
        "    2 | bcd: 2",
        "      | ^^^",
        "  hint: did you mean `abc`?",
    ]


def test_a_problem_of_the_whole_file_has_no_line() -> None:
    problem = Problem("RG107", "the file is empty", Source("m.yaml", ""), None, "write one")
    assert render(problem) == "m.yaml: error[RG107]: the file is empty\n  hint: write one"


@pytest.mark.parametrize(
    ("text", "start", "end", "caret"),
    [
        ("\tx: 1", 1, 2, "\t^"),
        ("漢字: x", 4, 5, "      ^"),
        ("漢字: x", 0, 2, "^^^^"),
        ("e\u0301: x", 4, 5, "   ^"),
        ("ab", 2, 2, "  ^"),
        ("ab", 2, 9, "  ^"),
        ("ab\ncd", 0, 5, "^^"),
        ("ab\r\ncd", 4, 6, "^^"),
    ],
)
def test_the_caret_stands_under_the_mistake(text: str, start: int, end: int, caret: str) -> None:
    assert shown(text, start, end)[2].removeprefix("      | ") == caret


@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=300), st.data())
def test_any_place_of_any_text_can_be_shown(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text) + 3))
    head, line, caret = shown(text, start, end)
    width = sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in line)
    assert head.startswith("m.yaml:")
    assert caret.count("^") >= 1
    assert len(caret) <= width + 1
    assert all(c.isprintable() or c == "\t" for part in (head, line, caret) for c in part)


def test_a_long_line_is_cut_around_the_mistake() -> None:
    _, line, caret = shown("x" * 500 + "!" + "y" * 500, 500, 501)
    assert line.startswith("    1 | … x")
    assert line.endswith("y …")
    assert len(line) <= WIDTH + len("    1 | … " + " …")
    assert line[caret.index("^")] == "!"


def test_control_characters_do_not_reach_the_terminal() -> None:
    text = "\n".join(shown("a: \x1b[31mred\x07\u202e", 3, 4, "bad\x1b[2J", "not\x07this"))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_a_message_is_one_line_of_bounded_length() -> None:
    head, *_ = shown("a", 0, 1, "one\ntwo\r\n  three " + "x" * 5_000)
    assert head.startswith("m.yaml:1:1: error[RG201]: one two three xxx")
    assert head.endswith("x…")
    assert len(head) == len("m.yaml:1:1: error[RG201]: ") + MESSAGE


def test_colour_is_only_added() -> None:
    problem = Problem("RG701", "unused", Source("m.yaml", "abc"), Span(1, 2), "use it", "warning")
    plain, painted = render(problem), render(problem, color=True)
    assert "\033[33mwarning[RG701]\033[0m" in painted
    for code in ("\033[33m", "\033[36m", "\033[0m"):
        painted = painted.replace(code, "")
    assert painted == plain


def test_all_problems_in_the_order_of_the_file_and_each_once() -> None:
    source = Source("m.yaml", "a\nb\nc")
    late, early = Problem("RG201", "late", source, Span(4, 5)), Problem("RG201", "early", source, Span(0, 1))
    whole = Problem("RG107", "whole", source)
    text = render_all([late, early, late, whole])
    assert [part.split(": ")[-1].split("\n")[0] for part in text.split("\n\n")] == ["whole", "early", "late"]


def test_a_collector_keeps_a_problem_once_and_fails_on_errors_only() -> None:
    problems = Collector(Source("m.yaml", "abc"))
    problems.warning("RG701", "unused", Span(0, 1))
    problems.raise_if_failed()
    for _ in range(2):
        problems.error("RG302", "unknown name `a`", Span(0, 1))
    with pytest.raises(ModelError) as caught:
        problems.raise_if_failed()
    assert [problem.severity for problem in caught.value.problems] == ["warning", "error"]


def test_a_file_of_nothing_but_errors_is_not_read_to_its_end() -> None:
    problems = Collector(Source("m.yaml", "a" * 1_000))
    for at in range(300):
        problems.warning("RG701", "unused", Span(at, at))
    with pytest.raises(ModelError) as caught:
        for at in range(1_000):
            problems.error("RG302", "unknown name", Span(at, at))
    assert sum(problem.severity == "error" for problem in caught.value.problems) == MAX_ERRORS


def test_of_very_many_problems_the_first_are_printed_and_the_rest_is_counted() -> None:
    source = Source("m.yaml", "a" * 5_000)
    many = [Problem("RG201", f"number {at}.", source, Span(at, at + 1)) for at in range(4_321)]
    text = render_all(reversed(many))
    assert "number 0." in text and f"number {SHOWN - 1}." in text and f"number {SHOWN}." not in text
    assert text.endswith(f"\n\nand {4_321 - SHOWN:,} more")


def test_a_word_is_compared_with_so_many_others_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []

    def counted(word: str, known: Iterable[str], **_: object) -> list[str]:
        compared.append(len(list(known)))
        return []

    monkeypatch.setattr("reportgen.problems.difflib.get_close_matches", counted)
    suggestion("seat", [f"Seat{each}" for each in range(100_000)])
    suggestion("seat", ["seats"])
    assert compared == [1_000, 1]


def test_codes_are_registered() -> None:
    with pytest.raises(ValueError, match="RG999"):
        Problem("RG999", "", Source("", ""))


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("seat", ["seats", "hours"], "did you mean `seats`?"),
        ("SEATS", ["seats", "hours"], "did you mean `seats`?"),
        ("eur", ["EUR", "USD"], "did you mean `EUR`?"),
        ("xyz", ["seats", "hours"], ""),
        ("seat", [], ""),
    ],
)
def test_suggestion(word: str, known: list[str], hint: str) -> None:
    assert suggestion(word, known) == hint
