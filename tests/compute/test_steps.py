"""Numbers step by step: reductions, balances by the step before, and cases that change the timeline."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.evaluate import evaluate_cases
from reportgen.formula.nodes import Key
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from tests.model.samples import load, problems_of
from tests.model.timed import series, steps_of, timed

CLOSE = 1e-12
GROWING = "x: {title: X, value: {2027: 10, 2028: 30, 2029: 20}, unit: EUR/year}"
USE = "pay: {title: Pay, costs: x}"


def value(text: str, name: str) -> float:
    return evaluate(load(text)).value(name)


def metric(formula: str, unit: str, **parts: str) -> float:
    more = f'metrics:\n  found: {{title: Found, unit: {unit}, formula: "{formula}"}}'
    return value(timed(inputs=GROWING, run=USE, more=more, **parts), "found")


@pytest.mark.parametrize(
    ("formula", "unit", "expected"),
    [
        ("sum_over_time(x)", "EUR", 60),
        ("average_over_time(x)", "EUR/year", 20),
        ("average_over_time(x)", "EUR/month", 20 / 12),
        ("first(x)", "EUR/year", 10),
        ("last(x)", "EUR/year", 20),
        ("largest(x)", "EUR/year", 30),
        ("at(x, 2028)", "EUR/year", 30),
        ("at(x, 2028-12)", "EUR/year", 30),
        ("at(x, 2 [year])", "EUR/year", 20),
        ("at(x, 23 [month])", "EUR/year", 30),
        ("present_value(x, wacc)", "EUR", 10 / 1.1 + 30 / 1.21 + 20 / 1.331),
        ("sum_over_time(x * period)", "EUR", 10 + 60 + 60),
        ("sum_over_time(period)", '"1"', 6),
        ("last(elapsed)", "year", 2),
        ("largest(x) - first(x)", "EUR/year", 20),
        ("sum_over_time(wacc)", '"%"', 30),
        ("sum_over_time(run.a)", "EUR", 60),
        ("average_over_time(run.a)", "EUR/year", 20),
    ],
)
def test_one_number_is_made_of_those_of_the_steps(formula: str, unit: str, expected: float) -> None:
    assert metric(formula, unit) == pytest.approx(expected, rel=CLOSE)


def test_a_rate_is_integrated_in_steps_of_a_month() -> None:
    """Twelve months of 10 a year, twelve of 30, twelve of 20."""
    monthly = "start: 2027-01, step: month"
    assert metric("sum_over_time(x)", "EUR", timeline=monthly) == pytest.approx(60, rel=CLOSE)
    expected = sum([10, 30, 20][month // 12] / 12 * 1.1 ** (-(month + 1) / 12) for month in range(36))
    assert metric("present_value(x, wacc)", "EUR", timeline=monthly) == pytest.approx(expected, rel=CLOSE)


@pytest.mark.parametrize(
    ("discounting", "time"), [("start", (0, 1, 2)), ("middle", (0.5, 1.5, 2.5)), ("end", (1, 2, 3))]
)
def test_where_in_a_step_it_is_discounted_from(discounting: str, time: tuple[float, ...]) -> None:
    timeline = f"start: 2027-01, discounting: {discounting}"
    expected = sum(amount * 1.1**-t for amount, t in zip((10, 30, 20), time, strict=True))
    assert metric("present_value(x, wacc)", "EUR", timeline=timeline) == pytest.approx(expected, rel=CLOSE)


def test_the_step_before_begins_with_the_initial_number() -> None:
    calculations = 'before: {title: Before, unit: EUR/year, formula: "previous(x, 7 [EUR/year])"}'
    text = timed(inputs=GROWING, run=USE, calculations=calculations)
    assert series(text, "before") == (7, 10, 30)


def test_a_balance_follows_from_the_step_before() -> None:
    """5 TB, which grow by a fifth and lose 1 TB in every year."""
    calculations = 'stored: {title: Stored, unit: TB, formula: "previous(stored, 5 [TB]) * 1.2 - 1 [TB]"}'
    assert series(timed(calculations=calculations), "stored") == pytest.approx((5, 5, 5), rel=CLOSE)
    calculations = calculations.replace("1.2", "1.5")
    assert series(timed(calculations=calculations), "stored") == pytest.approx((6.5, 8.75, 12.125), rel=CLOSE)


LOAN = """
    interest: {title: Interest, unit: EUR/year, formula: "previous(balance, 900 [EUR]) * wacc"}
    repaid: {title: Repaid, unit: EUR/year, formula: "payment(wacc, horizon, 900 [EUR]) - interest"}
    balance: {title: Balance, unit: EUR, formula: "previous(balance, 900 [EUR]) - repaid * 1 [year]"}
"""


def test_numbers_that_need_each_other_by_way_of_the_step_before() -> None:
    """A loan of 900 at 10 % over three years, repaid by level payments."""
    answers = evaluate(load(timed(calculations=LOAN)))
    payment = 900 * 0.1 / (1 - 1.1**-3)
    balance, expected = 900.0, []
    for _ in range(3):
        interest = balance * 0.1
        balance -= payment - interest
        expected.append((interest, balance))
    assert steps_of(answers, "interest") == pytest.approx([each for each, _ in expected], rel=CLOSE)
    assert steps_of(answers, "balance") == pytest.approx([each for _, each in expected], rel=CLOSE, abs=1e-9)
    assert steps_of(answers, "balance")[-1] == pytest.approx(0, abs=1e-9)


def test_a_balance_per_option() -> None:
    text = timed(
        inputs="more: {title: More, value: {a: 1, b: 2}, unit: TB}",
        calculations='stored: {title: Stored, unit: TB, formula: "previous(stored, 0) + more"}',
    )
    assert [series(text, "stored", option) for option in "ab"] == [(1, 2, 3), (2, 4, 6)]


def test_two_steps_before_by_a_calculation_between() -> None:
    calculations = """
        before: {title: Before, unit: EUR/year, formula: "previous(x, 0)"}
        earlier: {title: Earlier, unit: EUR/year, formula: "previous(before, 0)"}
    """
    assert series(timed(inputs=GROWING, run=USE, calculations=calculations), "earlier") == (0, 0, 10)


def test_a_balance_may_be_what_an_item_costs() -> None:
    text = timed(
        calculations='stored: {title: Stored, unit: TB, formula: "previous(stored, 0) + 2 [TB]"}',
        run="storage: {title: Storage, costs: 'stored * 10 [EUR/TB/year]'}",
    )
    assert value_of(text, "spend") == pytest.approx(20 + 40 + 60, rel=CLOSE)


def value_of(text: str, name: str, option: str = "a") -> float:
    return evaluate(load(text)).value(name, option)


def test_a_circle_within_a_step_is_none_by_way_of_the_step_before_only() -> None:
    calculations = """
        one: {title: One, unit: TB, formula: "previous(two, 0) + three"}
        two: {title: Two, unit: TB, formula: "one + 1 [TB]"}
        three: {title: Three, unit: TB, formula: "two / 2"}
    """
    (problem,) = problems_of(timed(calculations=calculations))
    assert (problem.code, problem.message) == ("RG304", "circular reference: one → three → two → one")


def test_a_step_that_needs_all_steps_is_a_circle() -> None:
    calculations = 'one: {title: One, unit: TB, formula: "previous(one, 0) + last(one) / 10"}'
    problems = problems_of(timed(calculations=calculations))
    assert {each.code for each in problems} == {"RG304"}


def test_cases_differ_in_what_is_over_time() -> None:
    """One number for each case; what no case changes is computed once."""
    text = timed(
        inputs=GROWING + "\ny: {title: Y, value: {2027: 1}, unit: EUR/year}", run="pay: {title: P, costs: x + y}"
    )
    found = evaluate_cases(load(text), [{}, {Key("x.2028-01"): 60.0}, {Key("x.2029-01"): 0.0, Key("wacc"): 0.0}])
    assert found[Key("spend", "a")] == pytest.approx([63, 93, 43], rel=CLOSE)
    assert found[Key("worth", "a")][2] == pytest.approx(43, rel=CLOSE)
    assert found[Key("y")].shape == (1,)
    assert found[Key("x")].shape == (3, 3)


def test_cases_of_a_balance() -> None:
    text = timed(
        inputs="more: {title: More, value: 1, unit: TB}",
        calculations='stored: {title: Stored, unit: TB, formula: "previous(stored, 0) + more"}',
        more='metrics:\n  end: {title: End, unit: TB, formula: "last(stored)"}',
    )
    found = evaluate_cases(load(text), [{}, {Key("more"): 5.0}])
    assert list(found[Key("end")]) == [3, 15]


# A horizon that a case changes

SCHEDULE = """
    machine: {title: Machine, costs: 900}
    tyres: {title: Tyres, costs: 10, every: 1 year}
    residual: {title: Residual, costs: -90, when: end}
"""
RATES = "power: {title: Power, costs: 120, growth: 10 %/year}"
LONG = "scenarios:\n  long: {title: Long, set: {horizon: 5 year}}\n  short: {title: Short, set: {horizon: 2 year}}"


def amounts(answers: Answers, name: str) -> tuple[float, ...]:
    return answers.series[Key(f"{name} over time", "a")]


@pytest.mark.parametrize(("scenario", "years"), [("base", 3), ("long", 5), ("short", 2)])
def test_a_scenario_changes_the_horizon(scenario: str, years: int) -> None:
    """What lies beyond it falls away; the last step moves; the steps laid out stay as many as the longest has."""
    model = load(timed(run=RATES, once=SCHEDULE, more=LONG))
    answers = evaluate(model, model.scenario(scenario))
    grown = [120 * 1.1**year for year in range(years)]
    beyond = (0.0,) * (5 - years)
    assert amounts(answers, "run.power") == pytest.approx((0, *grown, *beyond), rel=CLOSE)
    assert amounts(answers, "once.tyres") == (0, 0, *[10] * (years - 1), *beyond)
    assert amounts(answers, "once.residual") == (*[0] * years, -90, *beyond)
    assert answers.value("spend", "a") == pytest.approx(900 + sum(grown) + 10 * (years - 1) - 90, rel=CLOSE)
    assert answers.value("cost", "a") == pytest.approx(answers.value("spend", "a") / years, rel=CLOSE)
    assert answers.value("run", "a") == pytest.approx(sum(grown) / years, rel=CLOSE)


def test_a_horizon_within_a_step_ends_in_it() -> None:
    """Two and a half years by a setting: half of the third step, the last amounts in it."""
    model, scenario = apply_settings(load(timed(run=RATES, once=SCHEDULE)), ["horizon=2.5"])
    answers = evaluate(model, scenario)
    assert amounts(answers, "run.power") == pytest.approx((0, 120, 132, 145.2 / 2), rel=CLOSE)
    assert amounts(answers, "once.residual") == (0, 0, 0, -90)
    assert amounts(answers, "once.tyres") == (0, 0, 10, 10)


def test_reductions_end_with_the_horizon() -> None:
    more = LONG + '\nmetrics:\n  end: {title: End, unit: EUR/year, formula: "last(x)"}'
    more += '\n  mean: {title: Mean, unit: EUR/year, formula: "average_over_time(x)"}'
    more += '\n  top: {title: Top, unit: EUR/year, formula: "largest(x)"}'
    more += '\n  whole: {title: Whole, unit: EUR/year, formula: "sum_over_time(x) / horizon"}'
    model = load(timed(inputs=GROWING, run=USE, more=more))
    short = evaluate(model, model.scenario("short"))
    assert [short.value(name) for name in ("end", "mean", "whole")] == pytest.approx([30, 20, 20], rel=CLOSE)
    assert evaluate(model, model.scenario("long")).value("whole") == pytest.approx(20, rel=CLOSE)


def test_a_longer_horizon_by_a_setting_lays_out_its_steps() -> None:
    model, scenario = apply_settings(load(timed(run=RATES, once=SCHEDULE)), ["horizon=5"])
    assert amounts(evaluate(model, scenario), "run.power") == pytest.approx([0, *(120 * 1.1**at for at in range(5))])
    model, scenario = apply_settings(load(timed(run=RATES)), [f"horizon={0.1 + 0.2:.17g}e1"])
    assert len(amounts(evaluate(model, scenario), "run.power")) == 4, "the last bits of a sum add no step"


def test_cases_with_a_longer_horizon_have_more_steps() -> None:
    found = evaluate_cases(load(timed(run=RATES)), [{}, {Key("horizon"): 4.0}, {Key("horizon"): 3.3}])
    three = 120 * (1 + 1.1 + 1.21)
    assert found[Key("spend", "a")] == pytest.approx([three, three + 120 * 1.331, three + 0.3 * 120 * 1.331], rel=CLOSE)


def test_a_setting_beyond_all_timelines_is_refused_before_it_takes_any_memory() -> None:
    with pytest.raises(ModelError, match="at most 1,200 months"):
        apply_settings(load(timed(run=RATES)), ["horizon=1e12"])


@pytest.mark.parametrize("setting", ["horizon=0", "horizon=-1"])
def test_a_horizon_that_is_no_time(setting: str) -> None:
    model, scenario = apply_settings(load(timed(run=RATES)), [setting])
    with pytest.raises(ModelError) as caught:
        evaluate(model, scenario)
    assert {each.code for each in caught.value.problems} == {"RG212"}


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (["once.it.when=24"], (0, 0, 0, 900)),
        (["once.it.when=0"], (0, 900, 0, 0)),
        (["once.it.when=36"], (0, 0, 0, 0)),
        (["once.it.amount.a=90"], (0, 0, 90, 0)),
    ],
)
def test_dates_and_amounts_of_items_can_be_set(settings: list[str], expected: tuple[float, ...]) -> None:
    model, scenario = apply_settings(load(timed(once="it: {title: It, costs: 900, when: 2028}")), settings)
    assert amounts(evaluate(model, scenario), "once.it") == expected


def test_a_period_of_nothing_by_a_setting_is_a_problem_at_the_item() -> None:
    model, scenario = apply_settings(
        load(timed(once="it: {title: It, costs: 900, every: 1 year}")), ["once.it.every=0"]
    )
    with pytest.raises(ModelError) as caught:
        evaluate(model, scenario)
    (problem,) = caught.value.problems
    assert problem.code == "RG501"
    assert problem.span == model.quantities["once.it"].span


def test_a_number_that_grows_beyond_all_bounds_says_from_when_on() -> None:
    calculations = 'much: {title: Much, unit: TB, formula: "previous(much, 1 [TB]) * 10 ^ 200"}'
    with pytest.raises(ModelError) as caught:
        evaluate(load(timed(calculations=calculations)))
    (problem,) = caught.value.problems
    assert problem.code == "RG503"
    assert "`much`" in problem.message and "2027" in problem.hint
