"""Level payments against published examples, against paying a loan back step by step, and against their own slopes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.compute.level_payment import level_payment, slope_by_rate
from reportgen.compute.rounding import Array


def paid(rate: float, count: float) -> float:
    with np.errstate(all="ignore"):  # as wherever the program computes
        return float(level_payment(np.array([rate]), np.array([count]))[0])


def slopes(rates: Array, count: float) -> Array:
    with np.errstate(all="ignore"):
        return slope_by_rate(rates, np.full(rates.shape, count))


@pytest.mark.parametrize(
    ("rate", "count", "loan", "payment"),
    [
        (0.08 / 12, 10, 10_000, 1_037.03),
        (0.075 / 12, 12 * 15, 200_000, 1_854.0247200054619),
    ],
    ids=["Microsoft, PMT function", "NumPy Financial, pmt"],
)
def test_published_examples(rate: float, count: float, loan: float, payment: float) -> None:
    assert loan * paid(rate, count) == pytest.approx(payment, abs=0.005)


@given(st.floats(-0.2, 0.5), st.integers(1, 60))
def test_the_payments_repay_the_loan_and_no_more(rate: float, count: int) -> None:
    payment = paid(rate, count)
    rest, largest = 1.0, 1.0
    for _ in range(count):
        rest = rest * (1 + rate) - payment
        largest = max(largest, abs(rest))
    assert rest == pytest.approx(0, abs=1e-10 * largest * (1 + abs(rate)) ** count)


@pytest.mark.parametrize("rate", [1e-300, 1e-17, 1e-12, -1e-12, 1e-9])
def test_next_to_no_interest_is_nearly_none(rate: float) -> None:
    assert paid(rate, 360) == pytest.approx(1 / 360, rel=1e-6)
    assert paid(0, 360) == 1 / 360


@pytest.mark.parametrize(("rate", "count"), [(-1, 5), (-2, 4), (0.1, 0), (0.1, -3), (0, 0), (-0.99, 200)])
def test_some_loans_have_no_payment(rate: float, count: float) -> None:
    assert np.isnan(paid(rate, count))


@given(st.floats(-0.5, 3), st.floats(0.3, 400))
def test_the_slope_is_that_of_the_payment(rate: float, count: float) -> None:
    step = 1e-4 * (1 + rate) / max(count, 1)
    rise = (paid(rate + step, count) - paid(rate - step, count)) / (2 * step)
    assert float(slopes(np.array([rate]), count)[0]) == pytest.approx(rise, rel=1e-6, abs=1e-8)


@given(st.floats(0.3, 400))
def test_the_slope_only_rises_or_only_falls(count: float) -> None:
    rates = np.concatenate([np.linspace(-0.7, 0, 99), np.linspace(0, 4, 299)])
    change = np.diff(slopes(rates, count))
    noise = 1e-6
    assert np.all(change >= -noise) if count >= 1 else np.all(change <= noise)
