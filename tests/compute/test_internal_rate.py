"""The internal rate: against numpy-financial, and where there is none or several."""

from __future__ import annotations

import random

import numpy_financial
import pytest

from reportgen.compute.internal_rate import NONE, SEVERAL, InternalRate, internal_rate


@pytest.mark.parametrize(
    "amounts",
    [
        (100, -60, -60),
        (100, -10, -10, -10),
        (-100, 60, 60),
        (120, -100, -100, -100),
        (1000, 500, -100, -900, -900),
        (1, 0, 0, 0, -2),
        (0, 100, -130),
        (100, -1),
        (1e9, -1e9, -1e8),
        (100, -1e6),
    ],
)
def test_of_yearly_steps_against_numpy_financial(amounts: tuple[float, ...]) -> None:
    found = internal_rate(amounts, 1)
    assert found.state == ""
    assert found.rate == pytest.approx(float(numpy_financial.irr(amounts)), rel=1e-9, abs=1e-12)


def test_of_monthly_steps_it_is_the_rate_of_a_year() -> None:
    amounts = (1200, *[-110] * 12)
    by_month = float(numpy_financial.irr(amounts))
    found = internal_rate(amounts, 1 / 12).rate
    assert found == pytest.approx((1 + by_month) ** 12 - 1, rel=1e-9)


def test_of_quarters() -> None:
    found = internal_rate((100, 0, 0, 0, -110), 0.25).rate
    assert found == pytest.approx(0.1, rel=1e-12)


def test_a_flow_that_breaks_even_has_a_rate_of_nothing() -> None:
    found = internal_rate((100, -50, -50), 1).rate
    assert found == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("amounts", [(), (0, 0, 0), (100,), (100, 50, 10), (-1, -2, 0), (0, 0, 5)])
def test_without_a_change_of_sign_there_is_none(amounts: tuple[float, ...]) -> None:
    assert internal_rate(amounts, 1) == InternalRate(None, NONE)


@pytest.mark.parametrize("amounts", [(100, -230, 132), (-4, 25, -25), (100, -50, 0, 60, -120)])
def test_with_several_changes_of_sign_none_of_them_says_whether_to_invest(amounts: tuple[float, ...]) -> None:
    assert internal_rate(amounts, 1) == InternalRate(None, SEVERAL)


def test_zeros_change_no_sign() -> None:
    assert internal_rate((0, 100, 0, -121, 0), 1).rate == pytest.approx(0.1, rel=1e-12)


def test_a_rate_beyond_all_sense_is_none() -> None:
    """All but a millionth is lost for good."""
    assert internal_rate((1e9, -1e-9), 1) == InternalRate(None, NONE)


@pytest.mark.parametrize("seed", range(20))
def test_at_the_rate_the_flow_is_worth_nothing(seed: int) -> None:
    chance = random.Random(seed)
    first = [chance.uniform(0, 1000) for _ in range(chance.randint(1, 4))]
    later = [-chance.uniform(0, 1000) for _ in range(chance.randint(1, 60))]
    found = internal_rate((*first, *later), 1).rate
    assert found is not None
    worth = sum(amount / (1 + found) ** at for at, amount in enumerate((*first, *later)))
    scale = sum(abs(amount) / (1 + found) ** at for at, amount in enumerate((*first, *later)))
    assert abs(worth) <= 1e-9 * scale
