"""What plain scalars mean: YAML 1.2, with `_` between digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.scalars import number_hint, number_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0.0),
        ("12", 12.0),
        ("-3.5", -3.5),
        ("+1", 1.0),
        (".5", 0.5),
        ("1.", 1.0),
        ("017", 17.0),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        ("1.5e+2", 150.0),
        ("1_000", 1000.0),
        ("88_000.50", 88000.5),
        ("1e30", 1e30),
    ],
)
def test_numbers(text: str, value: float) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", ".", "+.", "e5", "-e5", ".e5", "1e", "1e+", "_1", "1_", "1__0", "1_.5", "1._5"),
        *("no", "yes", "on", "true", "null", "~", "12:30", "0x10", "0o17", "1,5", "1 000", "1.2.3", "--1"),
        *(
            ".nan",
            ".inf",
            "-.inf",
            "nan",
            "inf",
            "Infinity",
            "1e999",
            "9" * 399,
            "1" * 5_000,
            "٣",
            "\uff11",
            "2026-06-30",
        ),
    ],
)
def test_no_numbers(text: str) -> None:
    assert number_of(text) is None


@given(st.text(st.sampled_from("0123456789+-._eE") | st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = number_of(text)
    if value is not None:
        assert value == float(text.replace("_", ""))
    number_hint(text)


@given(st.floats(-1e30, 1e30))
def test_a_printed_number_is_read_as_itself(value: float) -> None:
    usable = value == 0 or abs(value) >= 1e-30
    assert number_of(repr(value)) == (value if usable else None)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("1,25", "1.25"),
        ("-1,5", "-1.5"),
        ("1,250", "1_250"),
        ("1,250,000.5", "1_250_000.5"),
        ("1.250.000", "1_250_000"),
        ("1.250,50", "1_250.50"),
        ("50 000", "50_000"),
        ("1'234'567", "1_234_567"),
        ("1’234", "1_234"),
        ("1\u202f234,5", "1_234.5"),
        ("50", "50"),
        (" 50 ", "50"),
    ],
)
def test_a_hint_that_works_when_it_is_followed(text: str, better: str) -> None:
    assert number_hint(text).startswith(f"write {better} ")
    assert number_of(better) is not None


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (".nan", "a number has to be finite"),
        ("-.INF", "a number has to be finite"),
        ("1e999", "numbers go up to 1e30"),
        ("5e-324", "numbers other than 0 go down to 1e-30"),
        ("-1e-31", "numbers other than 0 go down to 1e-30"),
        ("-1e31", "numbers go up to 1e30"),
        ("9" * 5_000, "numbers go up to 1e30"),
        ("0x1F", "write it with the digits 0 to 9"),
        ("€ 50", "give the number alone; the currency stands in `unit`"),
        ("50EUR", "a number and its unit are parted by a space: 50 EUR"),
        ("many", ""),
    ],
)
def test_other_hints(text: str, hint: str) -> None:
    assert number_hint(text) == hint
