"""Break-evens of totals over time: the crossings that bounds find are those of a dense scan."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from reportgen.compute.break_even import break_evens
from reportgen.compute.evaluate import evaluate_arrays
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.problems import ModelError
from tests.model.samples import load
from tests.model.timed import timed

POINTS = 8_001


def asked(driver: str, start: float, end: float, of: str = "spend", **parts: str) -> Model:
    question = f"{{title: Q, driver: {driver}, from: {start}, to: {end}, between: [a, b], of: {of}}}"
    return load(timed(more=f"break_evens:\n  q: {question}", **parts))


def crossings(model: Model) -> list[float]:
    (outcome,) = break_evens(model)
    (pair,) = outcome.pairs
    return [each.at for each in pair.crossings]


def scanned(model: Model) -> list[tuple[float, float]]:
    """The intervals of a dense scan in which the difference of the options changes its sign."""
    (question,) = model.break_evens
    points = np.linspace(question.start, question.end, POINTS)
    name, _, option = question.driver.partition("/")
    values = evaluate_arrays(model, {Key(name, option or None): points})
    difference = np.broadcast_to(values[Key(question.of, "a")] - values[Key(question.of, "b")], points.shape)
    difference = np.where(np.abs(difference) < 1e-9, 0.0, difference)
    signs = [(point, sign) for point, sign in zip(points, np.sign(difference), strict=True) if sign]
    return [(one[0], other[0]) for one, other in pairwise(signs) if one[1] != other[1]]


def check(model: Model, count: int) -> list[float]:
    """As many crossings as are expected, each where the scan sees it."""
    found, seen = crossings(model), scanned(model)
    assert len(seen) == count, seen
    assert len(found) == count, (found, seen)
    for at, (low, high) in zip(found, seen, strict=True):
        assert low - 1e-9 <= at <= high + 1e-9
    return found


PRICE = "price: {title: Price, value: 100, unit: EUR/year, growth: growth}"
GROWTH = 'growth: {title: Growth, value: 3, unit: "%/year"}'


def test_the_growth_from_which_on_an_option_pays() -> None:
    """A fixed 120 a year against 100 that grow: 3 × 120 = 100 × (1 + q + q²)."""
    model = asked(
        "growth",
        0,
        60,
        inputs=f"{GROWTH}\n{PRICE}",
        run="pay: {title: Pay, costs: {a: price, b: 120}}",
        horizon="3 year",
    )
    (at,) = check(model, 1)
    q = (-1 + np.sqrt(1 - 4 * (1 - 3.6))) / 2
    assert at == pytest.approx(100 * (q - 1), rel=1e-9)


def test_the_price_at_the_start_of_what_grows() -> None:
    model = asked(
        "price",
        10,
        200,
        inputs=f"{GROWTH}\n{PRICE}",
        run="pay: {title: Pay, costs: {a: price, b: 120}}",
        once="machine: {title: Machine, costs: {a: none, b: 90}}",
    )
    (at,) = check(model, 1)
    assert at == pytest.approx((3 * 120 + 90) / (1 + 1.03 + 1.03**2), rel=1e-9)


def test_a_discount_rate() -> None:
    """900 at the start against 400 a year: the internal rate of the difference."""
    model = asked(
        "wacc",
        0,
        60,
        of="worth",
        run="pay: {title: Pay, costs: {a: 0, b: 400}}",
        once="machine: {title: Machine, costs: {a: 900, b: none}}",
    )
    (at,) = check(model, 1)
    worth = sum(400 / (1 + at / 100) ** year for year in (1, 2, 3))
    assert worth == pytest.approx(900, rel=1e-9)


def test_an_age_at_which_something_is_replaced() -> None:
    """The total leaps where the last replacement falls beyond the horizon."""
    model = asked(
        "age",
        6,
        60,
        inputs="age: {title: Age, value: 12, unit: month}",
        once="""
            battery: {title: Battery, costs: {a: 100, b: none}, every: age}
            hire: {title: Hire, costs: {a: none, b: 150}}
        """,
        horizon="4 year",
    )
    (at,) = check(model, 1)
    assert at == pytest.approx(24, abs=1e-6)


def test_a_date_at_which_something_falls_discounted() -> None:
    model = asked(
        "age",
        1,
        60,
        of="worth",
        inputs="age: {title: Age, value: 12, unit: month}",
        once="""
            battery: {title: Battery, costs: {a: 100, b: none}, when: age}
            hire: {title: Hire, costs: {a: none, b: 80}}
        """,
        horizon="5 year",
    )
    (at,) = check(model, 1)
    assert at == pytest.approx(24, abs=1e-6), "in the third year and later 100 are worth less than 80"


def test_how_long_a_rate_flows() -> None:
    model = asked(
        "overlap",
        0,
        36,
        inputs="overlap: {title: Overlap, value: 9, unit: month}",
        run="old: {title: Old, costs: {a: 120, b: none}, until: overlap}\n new: {title: New, costs: {a: none, b: 50}}",
    )
    (at,) = check(model, 1)
    assert at == pytest.approx(15, rel=1e-9)


def test_a_horizon_beyond_the_models_own() -> None:
    """A machine of 500 against 120 a year: after four and a sixth years."""
    model = asked(
        "horizon",
        1,
        8,
        run="hire: {title: Hire, costs: {a: none, b: 120}, from: 1 month}",
        once="machine: {title: Machine, costs: {a: 500, b: none}}",
        horizon="3 year",
    )
    (at,) = check(model, 1)
    assert at == pytest.approx((500 / 10 + 1) / 12, rel=1e-9)


def test_a_value_by_month() -> None:
    model = asked(
        "x.2028-07",
        0,
        400,
        inputs="x: {title: X, value: {2027: 100, 2028-07: 150}, unit: EUR/year}",
        run="pay: {title: Pay, costs: {a: x, b: 160}}",
    )
    (at,) = check(model, 1)
    assert at == pytest.approx((3 * 160 - 150) / 1.5, rel=1e-9)


def test_a_balance_by_the_step_before() -> None:
    """Storage that grows by a share of itself: 2, 2q + 2, …"""
    model = asked(
        "kept",
        0,
        150,
        inputs='kept: {title: Kept, value: 50, unit: "%"}',
        calculations='stored: {title: Stored, unit: TB, formula: "previous(stored, 0) * kept + 2 [TB]"}',
        run="storage: {title: Storage, costs: {a: 'stored * 10 [EUR/TB/year]', b: 30}}",
    )
    (at,) = check(model, 1)
    q = (-2 + np.sqrt(4 - 4 * (3 - 4.5))) / 2  # 3 + 2q + q² = 4.5
    assert at == pytest.approx(100 * q, rel=1e-9)


def test_several_crossings() -> None:
    """What falls with the driver at first and rises later."""
    model = asked(
        "x",
        0,
        10,
        inputs='x: {title: X, value: 1, unit: "1"}',
        calculations='y: {title: Y, unit: EUR/year, formula: "(x - period) ^ 2 * 10 [EUR/year]"}',
        run="pay: {title: Pay, costs: {a: y, b: 30}}",
    )
    found = check(model, 2)
    # (x-1)² + (x-2)² + (x-3)² = 9
    assert found == pytest.approx([2 - np.sqrt(7 / 3), 2 + np.sqrt(7 / 3)], rel=1e-9)


@pytest.mark.parametrize("formula", ["at(y, 2028)", "first(y)", "last(y)", "largest(y)", "average_over_time(y)"])
def test_reductions_along_a_driver(formula: str) -> None:
    model = asked(
        "x",
        0,
        10,
        of="reduced",
        inputs='x: {title: X, value: 1, unit: "1"}',
        calculations='y: {title: Y, unit: EUR/year, formula: "(x - period) ^ 2 * 10 [EUR/year]"}',
        totals=f'reduced: {{title: R, unit: EUR/year, formula: {{a: "{formula}", b: "33 [EUR/year]"}}}}',
    )
    assert crossings(model)
    check(model, len(scanned(model)))


@pytest.mark.parametrize("step", ["month", "quarter", "year"])
@pytest.mark.parametrize("seed", range(4))
def test_random_schedules_against_the_scan(seed: int, step: str) -> None:
    chance = np.random.default_rng(seed)
    rate, growth, at = chance.integers(50, 150), chance.integers(-8, 12), chance.integers(1, 35)
    run = f"pay: {{title: P, costs: {{a: x, b: {rate}}}, growth: {{a: {growth} %/year, b: 1 %/year}}}}"
    once = f"""
        one: {{title: One, costs: {{a: {chance.integers(0, 90)}, b: {chance.integers(0, 90)}}}, when: {at} month}}
        two: {{title: Two, costs: {{a: "x * 1 [year]", b: 40}}, every: 7 month}}
    """
    inputs = "x: {title: X, value: 90, unit: EUR/year}"
    model = asked("x", 0, 300, of="worth", inputs=inputs, run=run, once=once, timeline=f"start: 2027-01, step: {step}")
    check(model, 1)


def rate_of(formula: str, start: float, end: float, level: float, step: str = "year") -> Model:
    """Where an internal rate of return along a price reaches a level."""
    return asked(
        "x",
        start,
        end,
        of="reached",
        inputs="x: {title: X, value: 500, unit: EUR/year, growth: 4 %/year}",
        once="""
            machine: {title: Machine, costs: {a: 900, b: none}}
            sale: {title: Sale, costs: {a: -90, b: none}, when: end}
        """,
        run="pay: {title: Pay, costs: {a: 60, b: x}}",
        totals=f'reached: {{title: R, unit: "%/year", formula: {{a: "{formula}", b: "{level} [%/year]"}}}}',
        timeline=f"start: 2027-01, step: {step}",
    )


def test_the_price_at_which_an_internal_rate_is_reached() -> None:
    """The present value of A less B at 12 % is nothing there."""
    (at,) = check(rate_of("internal_rate_of_return(cost.a - cost.b)", 250, 2_000, 12), 1)
    amounts = (900, *(60 - at * 1.04**year - (90 if year == 2 else 0) for year in range(3)))
    assert sum(amount / 1.12**year for year, amount in enumerate(amounts)) == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("step", ["quarter", "month"])
def test_the_price_at_which_an_internal_rate_of_shorter_steps_is_reached(step: str) -> None:
    check(rate_of("internal_rate_of_return(once.a + run.a - run.b)", 250, 2_000, -7.5, step), 1)


def test_amounts_that_change_their_sign_along_the_driver() -> None:
    """At 700 and above B is paid more in the first year than A costs: the sign then changes a year earlier."""
    formula = "internal_rate_of_return(once.a + run.a - run.b + if(period < 2, 700 [EUR/year], 0))"
    for level, count in ((35, 1), (90, 1), (400, 0)):
        check(rate_of(formula, 650, 2_000, level), count)


def test_a_range_in_which_a_rate_does_not_exist_is_a_problem() -> None:
    formula = "internal_rate_of_return(once.machine.a + run.a - run.b)"
    model = rate_of(formula, 0, 2_000, 12)
    with pytest.raises(ModelError) as error:
        crossings(model)
    assert {each.code for each in error.value.problems} == {"RG503"}
    check(rate_of(f"if(run.a < run.b, {formula}, 0)", 0, 2_000, 12), 1)
