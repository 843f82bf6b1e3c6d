"""Units: reading, fitting, converting and printing them."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.formula.units import MAX_EXPONENT, PERCENT, PLAIN, Unit, UnitError, parse_unit

TIMES = ["month", "quarter", "year", "s", "min", "h", "day", "week"]
WORDS = [
    *TIMES,
    "EUR",
    "kEUR",
    "USD",
    "%",
    "run",
    "token",
    "ktoken",
    "Mtoken",
    "Gtoken",
    "FTE",
    "W",
    "kW",
    "kWh",
    "Wh",
    "t",
    "kg",
    "TB",
]
units = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from((-2, -1, 1, 2))), max_size=4).map(
    lambda words: Unit(tuple(dict(words).items()))
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("EUR", {"EUR": 1}),
        ("EUR/FTE/year", {"EUR": 1, "FTE": -1, "year": -1}),
        ("EUR/(run*month)", {"EUR": 1, "run": -1, "month": -1}),
        ("EUR / (run / month)", {"EUR": 1, "run": -1, "month": 1}),
        ("1/month", {"month": -1}),
        ("m^2*h", {"m": 2, "h": 1}),
        ("(m/s)^2", {"m": 2, "s": -2}),
        ("W·h", {"W": 1, "h": 1}),
        ("h/h", {}),
        ("%/year", {"%": 1, "year": -1}),
        ("1", {}),
        ("vCPU", {"vCPU": 1}),
        ("Größe", {"Größe": 1}),
    ],
)
def test_reading(text: str, words: dict[str, int]) -> None:
    assert dict(parse_unit(text).words) == words


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("", "", "a unit word is missing here"),
        ("h/", "", "a unit word is missing here"),
        ("/h", "/", "a unit word is missing before `/`"),
        ("h//month", "/", "a unit word is missing before `/`"),
        ("EUR/1000", "1000", "`1000` is no unit word"),
        ("EUR month", "month", "`month` is not expected here"),
        ("(h", "(", "a bracket is not closed"),
        ("h)", ")", "`)` is not expected here"),
        ("m^x", "x", "a whole exponent is missing after ^"),
        ("m^", "", "a whole exponent is missing after ^"),
        ("m²", "²", "`²` is not allowed in a unit"),
        ("€/h", "€", "`€` is not allowed in a unit"),
        ("EUR/months", "months", "`months` is written `month`"),
        ("hour", "hour", "`hour` is written `h`"),
        ("m^10", "m^10", "an exponent is larger than 9"),
        ("kEUR^5/EUR^5", "kEUR^5/EUR^5", "an exponent is larger than 9"),
        ("x" * 121, "x" * 121, "a unit is at most 120 characters long"),
    ],
)
def test_what_cannot_be_read(text: str, marked: str, message: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_unit(text)
    error = caught.value
    assert (text[error.offset : error.offset + error.length], str(error)) == (marked, message)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("EUR/month", "EUR/year", True),
        ("EUR", "USD", False),
        ("kWh", "Wh", True),
        ("kWh", "kW*h", True),
        ("kWh", "kW*s", True),
        ("Wh/h", "mW", True),
        ("kWh", "kW", False),
        ("t", "kg", True),
        ("t", "g", True),
        ("TB", "GB", True),
        ("TB", "Tb", False),
        ("Ttoken", "token", False),
        ("Pg", "mg", True),
        ("h", "min", True),
        ("h", "month", False),
        ("h/month", "1", False),
        ("s/h", "1", True),
        ("%", "1", True),
        ("Mtoken", "token", True),
        ("kEUR/Mtoken", "EUR/token", True),
        ("kmonth", "month", False),
        ("seat", "seats", False),
        ("eur", "EUR", False),
        ("EUR*h", "h*EUR", True),
    ],
)
def test_fitting(one: str, other: str, fits: bool) -> None:
    assert parse_unit(one).fits(parse_unit(other)) is fits
    assert parse_unit(other).fits(parse_unit(one)) is fits


@pytest.mark.parametrize(
    ("one", "other", "factors"),
    [
        ("EUR/month", "EUR/month", ()),
        ("EUR/month", "EUR/year", (12,)),
        ("EUR/year", "EUR/month", (Fraction(1, 12),)),
        ("EUR/quarter", "EUR/year", (4,)),
        ("%", "1", (Fraction(1, 100),)),
        ("kEUR/month", "EUR/year", (1000, 12)),
        ("%*EUR/year", "EUR/month", (Fraction(1, 100), Fraction(1, 12))),
        ("EUR/h", "EUR/s", (Fraction(1, 3600),)),
        ("week", "day", (7,)),
        ("USD/Mtoken", "USD/token", (Fraction(1, 1_000_000),)),
        ("Mtoken*token", "ktoken^2", ()),
        ("kWh^2", "Wh^2", (1_000_000,)),
        ("kWh", "W*h", (1_000,)),
        ("kW*h", "kWh", ()),
        ("EUR/MWh", "EUR/kW/h", (Fraction(1, 1_000),)),
        ("t", "kg", (1_000,)),
        ("mg", "t", (Fraction(1, 10**9),)),
        ("TB", "GB", (1_000,)),
    ],
)
def test_conversion_factors(one: str, other: str, factors: tuple[Fraction, ...]) -> None:
    assert parse_unit(one).factors_to(parse_unit(other)) == tuple(map(Fraction, factors))


@given(units, units)
def test_there_and_back_is_nothing(one: Unit, other: Unit) -> None:
    shared = one * PLAIN
    assert prod(shared.factors_to(other), start=Fraction(1)) * prod(other.factors_to(shared), start=Fraction(1)) == 1
    assert one.factors_to(one) == ()


@given(units, units, units)
def test_products(one: Unit, other: Unit, third: Unit) -> None:
    assert (one * other).fits(other * one)
    assert (one * other) / other == one or (one * other / other).fits(one)
    assert (one / one).is_number
    assert (one * other * third).fits(one * (other * third))
    assert (one**2).fits(one * one)
    assert (one * PLAIN) == one
    through = one.factors_to(other) + other.factors_to(third)
    assert prod(through, start=Fraction(1)) == prod(one.factors_to(third), start=Fraction(1))


@given(units.filter(lambda unit: not unit.is_extreme))
def test_a_printed_unit_is_read_as_the_same_unit(unit: Unit) -> None:
    again = parse_unit(str(unit))
    assert dict(again.words) == dict(unit.words)
    assert str(again) == str(unit)


@given(units)
def test_a_tidy_unit_fits_and_has_a_word_per_dimension(unit: Unit) -> None:
    tidy = unit.tidy()
    assert tidy.fits(unit)
    assert "%" not in dict(tidy.words)
    named = [dimension for word, _ in tidy.words for dimension in parse_unit(word).dimension]
    assert sorted(named) == sorted(tidy.dimension)


@given(st.text(st.sampled_from("EURh1%^*/()·. 9x²€") | st.characters(), max_size=30))
def test_any_text_is_read_or_refused_inside_itself(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UnitError as error:
        assert 0 <= error.offset <= len(text)
        assert error.length >= 1
    else:
        assert not unit.is_extreme


def test_percent_and_plain_print_as_themselves() -> None:
    assert (str(PLAIN), str(PERCENT), str(parse_unit("1/month"))) == ("1", "%", "1/month")


def test_no_conversion_within_bounds_leaves_the_numbers() -> None:
    highest = parse_unit(f"GEUR^{MAX_EXPONENT}")
    factors = highest.factors_to(parse_unit(f"EUR^{MAX_EXPONENT}"))
    assert float(prod(factors)) == 1e81
