"""Rounding and comparing as spreadsheets do."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.compute.rounding import fifteen_digits, round_like_spreadsheets
from reportgen.formula.nodes import Function


def rounded(number: float, digits: int, function: Function = Function.ROUND) -> float:
    return float(round_like_spreadsheets(function, np.array([number]), digits)[0])


@pytest.mark.parametrize(
    ("number", "digits", "result"),
    [
        (0.5, 0, 1),
        (1.5, 0, 2),
        (2.5, 0, 3),
        (-0.5, 0, -1),
        (-2.5, 0, -3),
        (2.4999999999999996, 0, 3),
        (2.499999999999, 0, 2),
        (2.675, 2, 2.68),
        (1.005, 2, 1.01),
        (-1.005, 2, -1.01),
        (0.285, 2, 0.29),
        (1.45, 1, 1.5),
        (8.345, 2, 8.35),
        (1.115, 2, 1.12),
        (4.35, 1, 4.4),
        (10.075, 2, 10.08),
        (0.1 + 0.2, 1, 0.3),
        (0.145, 2, 0.15),
        (5.015, 2, 5.02),
        (1234567.5, -1, 1_234_570),
        (1234565, -1, 1_234_570),
        (1234564.9, -1, 1_234_560),
        (50, -2, 100),
        (49.99, -2, 0),
        (1e15 + 0.5, 0, 1_000_000_000_000_000),
        (123456789012345.678, 2, 123456789012346),
        (1e300, 2, 1e300),
        (100_000_000_000.5285, 3, 100_000_000_000.529),
        (89_996_859_558.10735, 4, 89_996_859_558.1073),
        (0.0, 3, 0.0),
        (3, 12, 3),
    ],
)
def test_half_away_from_zero_at_fifteen_digits(number: float, digits: int, result: float) -> None:
    assert rounded(number, digits) == result


@pytest.mark.parametrize(
    ("number", "digits", "up", "down"),
    [
        (2.1, 0, 3, 2),
        (-2.1, 0, -3, -2),
        (2.0, 0, 2, 2),
        (0.1 + 0.2, 1, 0.3, 0.3),
        (1.1 * 1.1, 2, 1.21, 1.21),
        (2.9999999999999996, 0, 3, 3),
        (1.23456, 3, 1.235, 1.234),
        (1_234, -2, 1_300, 1_200),
        (1_200, -2, 1_200, 1_200),
        (0.0001, 2, 0.01, 0),
    ],
)
def test_up_is_away_from_zero_and_down_towards_it(number: float, digits: int, up: float, down: float) -> None:
    assert rounded(number, digits, Function.ROUND_UP) == up
    assert rounded(number, digits, Function.ROUND_DOWN) == down


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_every_tie_goes_away_from_zero(steps: int, digits: int) -> None:
    tie = float((Decimal(steps) + (Decimal("0.5") if steps >= 0 else Decimal("-0.5"))).scaleb(-digits))
    away = steps + 1 if steps >= 0 else steps - 1
    assert rounded(tie, digits) == float(Decimal(away).scaleb(-digits))


@given(st.floats(-1e12, 1e12), st.integers(-6, 6), st.sampled_from([Function.ROUND_UP, Function.ROUND_DOWN]))
def test_up_and_down_are_neighbours_of_the_number(number: float, digits: int, function: Function) -> None:
    exact = Decimal(f"{number:.15g}")
    step = Decimal(1).scaleb(-digits)
    away = (function is Function.ROUND_UP) == (number >= 0)
    expected = (exact / step).to_integral_value(ROUND_CEILING if away else ROUND_FLOOR) * step
    assert rounded(number, digits, function) == float(expected)


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=30), st.integers(-3, 6), st.sampled_from(
    [Function.ROUND, Function.ROUND_UP, Function.ROUND_DOWN]))  # fmt: skip
def test_many_numbers_are_rounded_as_each_of_them(numbers: list[float], digits: int, function: Function) -> None:
    together = round_like_spreadsheets(function, np.array(numbers), digits)
    assert together.tolist() == [rounded(number, digits, function) for number in numbers]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (0.1 + 0.2, 0.3, True),
        (1.1 * 3, 3.3, True),
        (2.9999999999999996, 3.0, True),
        (3.00000000000001, 3.0, False),
        (1e-20, 2e-20, False),
        (1e22, 1e22 + 2e6, True),
        (0.0, -0.0, True),
        (0.0, 1e-300, False),
        (-0.1 - 0.2, -0.3, True),
    ],
)
def test_numbers_are_compared_at_fifteen_digits(one: float, other: float, equal: bool) -> None:
    a, b = np.array([one]), np.array([other])
    assert bool((fifteen_digits(a, b) == fifteen_digits(b, a)).all()) is equal


@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
def test_comparing_never_turns_an_order_round(one: float, other: float) -> None:
    a, b = np.array([one]), np.array([other])
    if fifteen_digits(a, b)[0] < fifteen_digits(b, a)[0]:
        assert one < other
