"""What changes over time: values by month, growth, and when items are paid; worked out by hand."""

from __future__ import annotations

import random

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.model import InputValue
from tests.model.samples import load, problems_of
from tests.model.timed import flow, series, timed

CLOSE = 1e-12


def refused(text: str) -> list[tuple[str, str]]:
    """Code and message of each problem."""
    return [(each.code, each.message) for each in problems_of(text)]


def priced(value: str, more: str = "", **parts: str) -> str:
    """A model with an input `x` and an item that is paid by it."""
    inputs = f'x: {{title: X, value: {value}, unit: "EUR/year"{more}}}'
    return timed(inputs=inputs, run="pay: {title: Pay, costs: x}", **parts)


# Values by month


def test_a_value_holds_from_its_month_until_the_next() -> None:
    assert series(priced("{2027: 12, 2029: 24}"), "x") == (12, 12, 24)
    assert flow(priced("{2027: 12, 2029: 24}"), "run.pay") == (0, 12, 12, 24)


def test_the_value_of_a_step_is_the_mean_over_its_months() -> None:
    """Three months at 12 and nine at 24: 21."""
    assert series(priced("{2027-01: 12, 2028-04: 24}"), "x") == pytest.approx((12, 21, 24), rel=CLOSE)


def test_several_values_in_one_step() -> None:
    """Months of 2027: two at 6, four at 12, six at 18."""
    found = series(priced("{2027-01: 6, 2027-03: 12, 2027-07: 18}"), "x")
    assert found == pytest.approx(((2 * 6 + 4 * 12 + 6 * 18) / 12, 18, 18), rel=CLOSE)


def test_a_step_of_a_month_has_the_value_of_its_month() -> None:
    by_month = priced("{2027-01: 6, 2027-03: 12}", horizon="4 month", timeline="start: 2027-01, step: month")
    assert series(by_month, "x") == (6, 6, 12, 12)


def test_a_value_that_began_before_the_timeline_holds_at_its_start() -> None:
    assert series(priced("{2020: 5, 2028: 6}"), "x") == (5, 6, 6)


def test_of_several_values_before_the_timeline_the_last_one_holds() -> None:
    assert series(priced("{2020: 5, 2024-06: 7, 2028: 6}"), "x") == (7, 6, 6)


def test_a_single_value_by_month_is_the_same_all_the_time() -> None:
    assert series(priced("{2027: 12}"), "x") == (12, 12, 12)


def test_values_by_month_may_differ_by_option() -> None:
    text = priced("{a: {2027: 12, 2028: 24}, b: 6}")
    assert [series(text, "x", option) for option in "ab"] == [(12, 24, 24), (6, 6, 6)]


def test_a_straight_line_between_two_months() -> None:
    """At the beginning of month m of twelve it has come m/12 of the way from 0 to 120."""
    text = priced(
        "{2027-01: 0, 2028-01: 120}", ", between: linear", horizon="14 month", timeline="start: 2027-01, step: month"
    )
    assert series(text, "x") == pytest.approx([min(10 * month, 120) for month in range(14)], rel=CLOSE)


def test_a_step_of_a_straight_line_is_the_mean_over_its_months() -> None:
    """The months of 2027 rise from 0 by 5: 27.5 on average; those of 2028 from 60 to 115."""
    text = priced("{2027-01: 0, 2029-01: 120}", ", between: linear")
    assert series(text, "x") == pytest.approx((27.5, 87.5, 120), rel=CLOSE)


def test_straight_lines_through_several_months() -> None:
    value = {0: 10.0, 5: 20.0, 17: 8.0, 30: 8.0}
    line = [_on_line(value, month) for month in range(36)]
    text = priced("{2027-01: 10, 2027-06: 20, 2028-06: 8, 2029-07: 8}", ", between: linear")
    expected = [sum(line[12 * year : 12 * year + 12]) / 12 for year in range(3)]
    assert series(text, "x") == pytest.approx(expected, rel=CLOSE)


def _on_line(values: dict[int, float], month: int) -> float:
    before = max(each for each in values if each <= month)
    after = min((each for each in values if each > month), default=None)
    if after is None:
        return values[before]
    return values[before] + (values[after] - values[before]) * (month - before) / (after - before)


def test_values_by_month_are_inputs_named_by_their_month() -> None:
    model = load(priced("{2027: 12, 2028-04: 24}", ", low: 6"))
    assert model.definitions[Key("x.2027-01")] == InputValue(12)
    assert model.definitions[Key("x.2028-04")] == InputValue(24)
    by_name = {each.quantity.name: each for each in model.assumptions}
    assert by_name["x.2028-04"].ranges[Key("x.2028-04")].low == 6
    per_option = load(priced("{a: {2027: 12, 2028: 24}, b: 6}"))
    assert per_option.definitions[Key("x.2028-01", "a")] == InputValue(24)


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        ("{2028: 1}", "RG216", "`x` has no value before 2028-01; the timeline begins in 2027-01"),
        ("{2027: 1, 2030: 2}", "RG216", "`x` has a value for 2030-01; the timeline ends in 2029-12"),
        ("{2027: 1, 2027-01: 2}", "RG202", "2027-01 has two values in `value`"),
        ("{2027: 1, 2027-13: 2}", "RG207", "a key of `value` is not a month: `2027-13`"),
    ],
)
def test_values_that_cannot_be_put_on_the_timeline(value: str, code: str, message: str) -> None:
    assert refused(priced(value)) == [(code, message)]


def test_values_by_month_need_a_timeline_with_a_start() -> None:
    message = "`x` has values by month, and the model has no timeline with a start"
    assert refused(priced("{2027: 1, 2028: 2}", timeline="")) == [("RG203", message)]
    assert refused(priced("{2027: 1, 2028: 2}", timeline="step: year")) == [("RG203", message)]


def test_a_line_needs_values_by_month() -> None:
    assert refused(priced("5", ", between: linear")) == [("RG212", "`between` is about values by month; `x` has none")]


def test_a_low_by_month_needs_values_by_month() -> None:
    text = priced("5", ", low: {2027: 1}")
    assert refused(text) == [("RG305", "`x` is the same all the time; its low or high is not")]


# Growth


@pytest.mark.parametrize(
    ("growth", "expected"),
    [
        ("10 %/year", (100, 110, 121)),
        ("-10 %/year", (100, 90, 81)),
        ("0 %/year", (100, 100, 100)),
        ("-99 %/year", (100, 1, 0.01)),
        ("1 %/month", (100, 100 * 1.01**12, 100 * 1.01**24)),
        ("3 %/quarter", (100, 100 * 1.03**4, 100 * 1.03**8)),
        ("5 EUR/year/year", (100, 105, 110)),
        ("-5 EUR/year/year", (100, 95, 90)),
        ("1 EUR/year/month", (100, 112, 124)),
        ("{rate: 10 %/year}", (100, 110, 121)),
        ("{rate: 10 %/year, from: 2028}", (100, 100, 110)),
        ("{rate: 10 %/year, from: 2027-07}", (100, 100 * 1.1**0.5, 100 * 1.1**1.5)),
        ("{rate: 10 %/year, from: 18 month}", (100, 100, 100 * 1.1**0.5)),
        ("{rate: 10 %/year, from: 2027-07, each: year}", (100, 100, 110)),
        ("{rate: 10 %/year, each: step}", (100, 110, 121)),
        ("{rate: 5 EUR/year/year, from: 2028}", (100, 100, 105)),
    ],
)
def test_growth_compounds_from_the_start_to_the_beginning_of_a_step(growth: str, expected: tuple[float, ...]) -> None:
    assert series(priced("100", f", growth: {growth}"), "x") == pytest.approx(expected, rel=CLOSE)


def test_in_months_growth_has_come_as_far_as_the_month() -> None:
    text = priced("100", ", growth: 10 %/year", horizon="13 month", timeline="start: 2027-01, step: month")
    assert series(text, "x") == pytest.approx([100 * 1.1 ** (month / 12) for month in range(13)], rel=CLOSE)


def test_growth_once_a_year_moves_in_month_13() -> None:
    text = priced(
        "100", ", growth: {rate: 10 %/year, each: year}", horizon="26 month", timeline="start: 2027-01, step: month"
    )
    assert series(text, "x") == pytest.approx([100] * 12 + [110] * 12 + [121] * 2, rel=CLOSE)


def test_growth_once_a_year_from_a_month_on() -> None:
    growth = ", growth: {rate: 10 %/year, from: 2027-04, each: year}"
    text = priced("100", growth, horizon="2 year", timeline="start: 2027-01, step: quarter")
    assert series(text, "x") == pytest.approx([100] * 5 + [110] * 3, rel=CLOSE)


def test_growth_of_a_named_input() -> None:
    inputs = """
        inflation: {title: Inflation, value: 10, unit: "%/year"}
        x: {title: X, value: 100, unit: EUR/year, growth: inflation}
        y: {title: Y, value: 50, unit: EUR/year, growth: {rate: inflation, from: 2028}}
    """
    text = timed(inputs=inputs, run="pay: {title: Pay, costs: x + y}")
    assert series(text, "x") == pytest.approx((100, 110, 121), rel=CLOSE)
    assert series(text, "y") == pytest.approx((50, 50, 55), rel=CLOSE)


def test_growth_of_a_named_input_may_differ_by_option() -> None:
    inputs = """
        inflation: {title: Inflation, value: {a: 10, b: 20}, unit: "%/year"}
        x: {title: X, value: {a: 100, b: 100}, unit: EUR/year, growth: inflation}
    """
    text = timed(inputs=inputs, run="pay: {title: Pay, costs: x}")
    assert series(text, "x", "b") == pytest.approx((100, 120, 144), rel=CLOSE)


def test_growth_per_option_makes_a_name_per_option() -> None:
    text = priced("100", ", growth: {a: 10 %/year, b: 5 EUR/year/year}")
    assert series(text, "x", "a") == pytest.approx((100, 110, 121), rel=CLOSE)
    assert series(text, "x", "b") == pytest.approx((100, 105, 110), rel=CLOSE)


def test_growth_of_one_option_only() -> None:
    text = priced("100", ", growth: {a: 10 %/year}")
    assert [series(text, "x", option) for option in "ab"] == [
        pytest.approx((100, 110, 121), rel=CLOSE),
        (100, 100, 100),
    ]


def test_growth_and_values_by_month_together() -> None:
    """The value that holds, grown since the start."""
    assert series(priced("{2027: 100, 2028: 200}", ", growth: 10 %/year"), "x") == pytest.approx(
        (100, 220, 242), rel=CLOSE
    )


def test_inline_growth_is_an_input_in_its_own_unit() -> None:
    model = load(priced("100", ", growth: {rate: 1 %/month, from: 2028}"))
    assert model.definitions[Key("x.growth")] == InputValue(1)
    assert model.definitions[Key("x.growth.from")] == InputValue(12)
    assert str(model.quantities["x.growth"].unit) == "%/month"


def test_an_item_grows_by_its_own_rate() -> None:
    text = timed(
        run="licence: {title: Licence, costs: 100, growth: 10 %/year}",
        once="fee: {title: Fee, costs: 50, every: 1 year, growth: 10 %/year}",
    )
    assert flow(text, "run.licence") == pytest.approx((0, 100, 110, 121), rel=CLOSE)
    # An amount of 50 falls one year and two years after the start: in the second and the third year, grown as they are.
    assert flow(text, "once.fee") == pytest.approx((0, 0, 55, 60.5), rel=CLOSE)


@pytest.mark.parametrize(
    ("growth", "code", "message"),
    [
        ("0.03", "RG404", "growth of 0.03 without a unit: is it a share or an amount?"),
        ("1 1/year", "RG404", "growth of 1 1/year: is it a share or an amount?"),
        ("3 EUR/year", "RG402", "growth is in EUR/year; it is in %/year or EUR/year^2"),
        ("-100 %/year", "RG212", "growth of -100 %/year leaves nothing to grow"),
        ("missing", "RG211", "there is no assumption `missing`"),
        ("x", "RG305", "`x` changes over time; one number is needed here"),
        ("{rate: 3 %/year, from: 2030}", "RG216", None),
    ],
)
def test_growth_that_has_no_meaning(growth: str, code: str, message: str | None) -> None:
    ((found, said),) = refused(priced("100", f", growth: {growth}"))
    assert found == code
    assert message is None or said == message


def test_growth_needs_a_horizon() -> None:
    text = "\n".join(
        line for line in priced("100", ", growth: 3 %/year", timeline="").splitlines() if "horizon" not in line
    )
    assert ("RG203", "growth needs a timeline") in refused(text)


# When amounts fall


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("when: start", (900, 0, 0, 0)),
        ("when: end", (0, 0, 0, 900)),
        ("when: 2027", (0, 900, 0, 0)),
        ("when: 2027-12", (0, 900, 0, 0)),
        ("when: 2028-01", (0, 0, 900, 0)),
        ("when: 2029-12", (0, 0, 0, 900)),
        ("when: 1 month", (0, 900, 0, 0)),
        ("when: 11.9 month", (0, 900, 0, 0)),
        ("when: 1 year", (0, 0, 900, 0)),
        ("when: 2.5 year", (0, 0, 0, 900)),
        ("every: 1 year", (0, 0, 900, 900)),
        ("every: 2 year", (0, 0, 0, 900)),
        ("every: 3 year", (0, 0, 0, 0)),
        ("every: 6 month", (0, 900, 1800, 1800)),
        ("every: 18 month", (0, 0, 900, 0)),
        ("every: 6 month, from: 2028", (0, 0, 900, 1800)),
        ("every: 6 month, until: 2028-06", (0, 900, 900, 0)),
        ("every: 6 month, until: 2028-12", (0, 900, 1800, 0)),
        ("every: 6 month, from: 2027-04, until: 2028-10", (0, 900, 1800, 0)),
        ("spread: {2027-01: 40 %, 2028-07: 60 %}", (0, 360, 540, 0)),
        ("spread: {2027-01: 25 %, 2027-07: 25 %, 2029-12: 50 %}", (0, 450, 0, 450)),
        ("spread: {2028: 100 %}", (0, 0, 900, 0)),
    ],
)
def test_when_an_amount_falls(key: str, expected: tuple[float, ...]) -> None:
    text = timed(once=f"machine: {{title: Machine, costs: 900, {key}}}")
    assert flow(text, "once") == pytest.approx(expected, rel=CLOSE, abs=1e-12)
    assert evaluate(load(text)).value("once", "a") == pytest.approx(sum(expected), rel=CLOSE)


def test_an_amount_falls_at_the_start_unless_something_else_is_written() -> None:
    model = load(timed(once="machine: {title: Machine, costs: 900}"))
    assert "once.machine over time" not in model.quantities, "what is steady has no series of its own"
    assert evaluate(model).series[Key("once over time", "a")] == (900, 0, 0, 0)


def test_when_may_be_an_input_and_differ_by_option() -> None:
    text = timed(
        inputs="age: {title: Age, value: {a: 1, b: 30}, unit: year}",
        once="""
            battery: {title: Battery, costs: 900, when: age}
            tyres: {title: Tyres, costs: 100, every: {a: 1 year, b: 2 year}}
        """,
    )
    assert flow(text, "once.battery", "a") == (0, 0, 900, 0)
    assert flow(text, "once.battery", "b") == (0, 0, 0, 0), "beyond the horizon it never falls"
    assert flow(text, "once.tyres", "a") == (0, 0, 100, 100)
    assert flow(text, "once.tyres", "b") == (0, 0, 0, 100)


def test_an_amount_that_changes_falls_in_each_step() -> None:
    inputs = "bought: {title: Bought, value: {2027: 2, 2028: 5}, unit: van}"
    cost = "costs: 'bought * 10 [EUR/van]'"
    assert flow(timed(inputs=inputs, once=f"vans: {{title: Vans, {cost}}}"), "once.vans") == (0, 20, 50, 50)
    when = timed(inputs=inputs, once=f"vans: {{title: Vans, {cost}, when: 2028-06}}")
    assert flow(when, "once.vans") == (0, 0, 50, 0)
    start = timed(inputs=inputs, once=f"vans: {{title: Vans, {cost}, when: start}}")
    assert flow(start, "once.vans") == (20, 0, 0, 0)


def test_an_item_that_is_none_or_included_has_no_amounts() -> None:
    text = timed(once="battery: {title: Battery, costs: {a: 900, b: none}, when: 1 year}")
    answers = evaluate(load(text))
    assert answers.value("once", "b") == 0
    assert answers.state(Key("once.battery", "b")) == "none"


def test_what_is_written_about_time_is_an_input() -> None:
    text = timed(
        once="""
            machine: {title: M, costs: 900, when: 2028-04}
            tyres: {title: T, costs: {a: 100, b: 80}, every: 18 month}
            charger: {title: C, costs: 200, spread: {2027-01: 40 %, 2027-07: 60 %}}
        """,
        run="lease: {title: L, costs: 12, from: 2027-04, until: {a: 2028-12, b: 9 month}}",
    )
    values = {str(key): each.value for key, each in load(text).definitions.items() if isinstance(each, InputValue)}
    assert values["once.machine.when"] == 15
    assert values["once.machine.amount.a"] == 900
    assert values["once.tyres.every"] == 18
    assert values["once.tyres.amount.b"] == 80
    assert values["once.charger.2027-07"] == 60
    assert values["run.lease.rate.a"] == 12
    assert values["run.lease.from"] == 3
    assert values["run.lease.until.a"] == 24
    assert values["run.lease.until.b"] == 9


# When rates flow


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("from: 2027", (0, 12, 12, 12)),
        ("from: 2027-04", (0, 9, 12, 12)),
        ("from: 2028-12", (0, 0, 1, 12)),
        ("from: 2029-12", (0, 0, 0, 1)),
        ("from: 18 month", (0, 0, 6, 12)),
        ("until: 2027-01", (0, 1, 0, 0)),
        ("until: 2028-06", (0, 12, 6, 0)),
        ("until: 2029-12", (0, 12, 12, 12)),
        ("until: 9 month", (0, 9, 0, 0)),
        ("until: 3 year", (0, 12, 12, 12)),
        ("from: 2027-04, until: 2028-06", (0, 9, 6, 0)),
        ("from: 2028-05, until: 2028-05", (0, 0, 1, 0)),
    ],
)
def test_when_a_rate_flows(key: str, expected: tuple[float, ...]) -> None:
    text = timed(run=f"lease: {{title: Lease, costs: 12, {key}}}")
    assert flow(text, "run.lease") == pytest.approx(expected, rel=CLOSE, abs=1e-12)
    assert evaluate(load(text)).value("run", "a") == pytest.approx(sum(expected) / 3, rel=CLOSE), "a year on average"


def test_a_rate_ends_with_an_input() -> None:
    text = timed(
        inputs="overlap: {title: Overlap, value: 9, unit: month}",
        run="old: {title: Old site, costs: {a: 12, b: none}, until: overlap}",
    )
    assert flow(text, "run.old") == (0, 9, 0, 0)
    assert evaluate(load(text)).value("run", "b") == 0


@pytest.mark.parametrize(
    ("run", "once", "code", "message"),
    [
        ("when: 2028", "", "RG212", "`when` is about amounts; `run.it` is a rate in EUR/year"),
        ("every: 1 year", "", "RG212", "`every` is about amounts; `run.it` is a rate in EUR/year"),
        ("spread: {2027: 100 %}", "", "RG212", "`spread` is about amounts; `run.it` is a rate in EUR/year"),
        ("from: 2028, until: 2027-12", "", "RG212", "`run.it` ends before it begins"),
        ("until: 0 month", "", "RG212", "`run.it.until` is greater than zero"),
        ("from: 2026-12", "", "RG216", "`run.it.from` is in 2026-12; the timeline is from 2027-01 to 2029-12"),
        ("until: 2030", "", "RG216", "`run.it.until` is in 2030-01; the timeline is from 2027-01 to 2029-12"),
        ("until: 37 month", "", "RG216", "`run.it.until` is 37 months after the start; the timeline ends after 36"),
        ("until: wacc", "", "RG402", "a time is needed here; `wacc` is in %/year"),
        ("until: overlap", "", "RG211", "there is no assumption `overlap`"),
        ("until: 9", "", "RG404", "`until` has no unit: 9 of what?"),
        ("until: 9 kg", "", "RG402", "`until` is in kg; it is a time"),
        ("", "when: 2026-12", "RG216", "`once.it.when` is in 2026-12; the timeline is from 2027-01 to 2029-12"),
        ("", "when: 4 year", "RG216", "`once.it.when` is 48 months after the start; the timeline ends after 36"),
        ("", "every: 0 month", "RG212", "`once.it.every` is greater than zero"),
        ("", "every: -1 year", "RG212", "`once.it.every` is greater than zero"),
        ("", "when: 2028, every: 1 year", "RG212", "`every` and `when` both say when `once.it` falls"),
        ("", "from: 2028", "RG212", "`once.it` is an amount, which falls once; it has no beginning and no end"),
        ("", "spread: {2027: 40 %, 2028: 50 %}", "RG212", "the shares of `once.it` sum to 90 %, not to 100 %"),
        ("", "spread: {2027: 40 %, 2030: 60 %}", "RG216", None),
        ("", "spread: {2027: 40 %, 2027-01: 60 %}", "RG202", "2027-01 has two values in `spread`"),
        ("", "spread: 40 %", "RG204", "`spread` is a mapping of months to shares"),
    ],
)
def test_schedules_that_have_no_meaning(run: str, once: str, code: str, message: str | None) -> None:
    item = "it: {{title: It, costs: 12, {}}}"
    text = timed(run=item.format(run) if run else "", once=item.format(once) if once else "")
    ((found, said),) = refused(text)
    assert (found, said) == (code, message or said)


def test_a_date_needs_a_timeline_with_a_start() -> None:
    text = timed(once="it: {title: It, costs: 12, when: 2028}", timeline="")
    assert refused(text) == [("RG203", "`once.it.when` is on a date, and the model has no start")]
    assert flow(timed(once="it: {title: It, costs: 12, when: 1 year}", timeline=""), "once.it") == (0, 0, 12, 0)


# Random schedules against a plain loop over months


@pytest.mark.parametrize("step", ["year", "quarter", "month"])
@pytest.mark.parametrize("seed", range(6))
def test_random_schedules_against_a_plain_loop_over_months(seed: int, step: str) -> None:
    chance = random.Random(seed)
    months, length = 36, {"year": 12, "quarter": 3, "month": 1}[step]
    count = months // length
    rates, amounts, expected = [], [], {}
    for at in range(8):
        name, begin = f"i{at}", chance.randrange(months)
        end = chance.randrange(begin + 1, months + 1)
        number, growth = chance.randint(1, 900), chance.choice((0, 3, -7))
        yearly = chance.choice((True, False))
        grown = [_grown(number, growth, step_, length, yearly=yearly) for step_ in range(count)]
        grow = f"growth: {{rate: {growth} %/year{', each: year' if yearly else ''}}}"
        if at % 2:
            rates.append(
                f"{name}: {{title: T, costs: {number}, from: {_month(begin)}, until: {_month(end - 1)}, {grow}}}"
            )
            active = range(begin, end)
            expected[f"run.{name}"] = [0.0] + [
                sum(grown[step_] / 12 for month in active if month // length == step_) for step_ in range(count)
            ]
        else:
            every = chance.randint(1, 14)
            amounts.append(
                f"{name}: {{title: T, costs: {number}, every: {every} month, from: {_month(begin)}, "
                f"until: {_month(end - 1)}, {grow}}}"
            )
            falls = [month for month in range(begin + every, end) if (month - begin) % every == 0]
            expected[f"once.{name}"] = [0.0] + [
                sum(grown[step_] for month in falls if month // length == step_) for step_ in range(count)
            ]
    text = timed(run="\n".join(rates), once="\n".join(amounts), timeline=f"start: 2027-01, step: {step}")
    answers = evaluate(load(text))
    for name, amounts_ in expected.items():
        assert answers.series[Key(f"{name} over time", "a")] == pytest.approx(amounts_, rel=1e-11, abs=1e-9), name
    spent = sum(sum(each) for each in expected.values())
    assert answers.value("spend", "a") == pytest.approx(spent, rel=1e-11)
    worth = sum(
        amount * 1.1 ** -((at + 1) * length / 12)
        for amounts_ in expected.values()
        for at, amount in enumerate(amounts_[1:])
    )
    assert answers.value("worth", "a") == pytest.approx(worth, rel=1e-11)


def _grown(number: float, growth: float, step: int, length: int, *, yearly: bool) -> float:
    years = step * length / 12
    return number * (1 + growth / 100) ** (int(years) if yearly else years)


def _month(after: int) -> str:
    return f"{2027 + after // 12}-{after % 12 + 1:02}"
