"""Internal rates of return in formulas: by hand, against numpy-financial, and where there is none, or several."""

from __future__ import annotations

import math
import random

import numpy as np
import numpy_financial
import pytest
from scipy.optimize import brentq

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.bounds import Intervals
from reportgen.compute.crossings import BoundsEvaluator
from reportgen.compute.evaluate import evaluate_arrays, evaluate_cases
from reportgen.compute.internal_rate import NONE, SEVERAL
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from tests.model.samples import load, problems_of
from tests.model.timed import timed

PRESS = """
    press: {title: Press, costs: {a: 1_000, b: none}}
    sale: {title: Sale, costs: {a: -100, b: none}, when: end}
"""
INPUTS = """
    fee: {title: Fee, value: 500, unit: EUR/year, low: 300, high: 800}
    saved: {title: Saved, value: {2027: -900, 2028: 400, 2029: 700}, unit: EUR/year}
"""
PAID = "staff: {title: Staff, costs: {a: 100, b: fee}}"
BY_HAND = (1000, -400, -400, -500)
"""What A costs more than B: at the start, and in each of three years."""


def text(formula: str, unit: str = "%/year", **parts: str) -> str:
    metric = f'metrics:\n  found: {{title: Found, unit: "{unit}", formula: "{formula}"}}\n'
    more = metric + parts.pop("more", "")
    given = {"inputs": INPUTS, "run": PAID + "\n more: {title: More, costs: {a: 0, b: saved - saved}}", "once": PRESS}
    return timed(**{**given, **parts}, more=more)


def answers(formula: str, unit: str = "%/year", **parts: str) -> Answers:
    return evaluate(load(text(formula, unit, **parts)))


def found(formula: str, unit: str = "%/year", **parts: str) -> float | str:
    results = answers(formula, unit, **parts)
    key = Key("found")
    return results.missing_rate(key) or results.values[key]


def irr(amounts: tuple[float, ...]) -> float:
    return 100 * float(numpy_financial.irr(amounts))


OF_COSTS = ("cost.a - cost.b", "spend.a - spend.b", "worth.a - worth.b", "once.a + run.a - run.b", "-(cost.b - cost.a)")


@pytest.mark.parametrize("formula", [*OF_COSTS, "once.press.a + once.sale.a + run.staff.a - run.staff.b - run.more.b"])
def test_of_the_difference_of_two_options(formula: str) -> None:
    """However the total of the costs adds them up: on average, in all, or discounted."""
    by_hand = 100 * brentq(
        lambda rate: sum(amount / (1 + rate) ** at for at, amount in enumerate(BY_HAND)), 0, 1, xtol=1e-15
    )
    assert found(f"internal_rate_of_return({formula})") == pytest.approx(by_hand, rel=1e-12)
    assert by_hand == pytest.approx(irr(BY_HAND), rel=1e-9)


def test_costs_times_a_number() -> None:
    """Half a press, and what it saves."""
    assert found("internal_rate_of_return(once.a / 2 + (run.a - run.b) * 50%)") == pytest.approx(irr(BY_HAND), rel=1e-9)


def test_of_a_rate_over_time_it_is_that_of_what_flows_in_each_step() -> None:
    assert found("internal_rate_of_return(saved)") == pytest.approx(irr((-900, 400, 700)), rel=1e-9)
    assert found("internal_rate_of_return(saved + run.b - run.b)") == pytest.approx(irr((-900, 400, 700)), rel=1e-9)


def test_of_a_number_over_time_that_is_an_amount_of_each_step() -> None:
    calculations = 'kept: {title: Kept, unit: EUR, formula: "if(period > 1, 60 [EUR], -100 [EUR])"}'
    found_ = found("internal_rate_of_return(kept)", calculations=calculations)
    assert found_ == pytest.approx(irr((-100, 60, 60)), rel=1e-9)


def test_one_for_each_option() -> None:
    results = answers("internal_rate_of_return(once)")
    amounts = (1000, 0, 0, -100)
    assert results.values[Key("found", "a")] == pytest.approx(irr(amounts), rel=1e-9)
    assert results.values[Key("found", "a")] == pytest.approx(100 * (0.1 ** (1 / 3) - 1), rel=1e-9)
    assert results.missing_rate(Key("found", "b")) == NONE


def test_a_rate_below_nothing() -> None:
    inputs = INPUTS.replace("value: 500", "value: 301")
    rate = found("internal_rate_of_return(spend.a - spend.b)", inputs=inputs)
    assert rate == pytest.approx(irr((1000, -201, -201, -301)), rel=1e-9)
    assert isinstance(rate, float) and rate < -14


def test_a_flow_that_just_comes_back_has_a_rate_of_nothing() -> None:
    inputs = INPUTS.replace("value: 500", "value: 400")
    assert found("internal_rate_of_return(spend.a - spend.b)", inputs=inputs) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("formula", "state"),
    [
        ("once.a", SEVERAL),
        ("run.a - run.b", NONE),
        ("run.a - run.a", NONE),
        ("once.b", NONE),
        ("spend.a", SEVERAL),
    ],
)
def test_none_and_several_are_answers(formula: str, state: str) -> None:
    """B has nothing at all at the start; a press that must be taken away is paid for twice."""
    once = PRESS + "\n refund: {title: Refund, costs: {a: -600, b: none}, when: 2027}"
    once += "\n removal: {title: Removal, costs: {a: 900, b: none}, when: end}"
    results = answers(f"internal_rate_of_return({formula})", once=once)
    assert results.missing_rate(Key("found")) == state
    assert math.isnan(results.values[Key("found")])


def test_what_arithmetic_leaves_changes_no_sign() -> None:
    """0.1 + 0.2 - 0.3 is not quite nothing."""
    rest = "(0.1 [EUR] + 0.2 [EUR] - 0.3 [EUR]) * if(period < 2, -1, 1)"
    calculations = f'back: {{title: Back, unit: EUR, formula: "{rest} - if(period > 2, 133.1 [EUR], 0)"}}'
    once = "press: {title: Press, costs: {a: 100, b: none}}"
    results = answers("internal_rate_of_return(once.a + back)", calculations=calculations, once=once)
    amounts = results.series[Key("back")]
    assert amounts[0] < 0 < amounts[1]
    assert results.value("found") == pytest.approx(10, rel=1e-9)


@pytest.mark.parametrize(("step", "months"), [("month", 1), ("quarter", 3)])
def test_by_month_and_by_quarter_it_is_the_rate_of_a_year(step: str, months: int) -> None:
    """1,000 at the start; 33.33 less in each month, and 100 of the sale in the last."""
    count = 36 // months
    amounts = (1000, *[-400 * months / 12] * (count - 1), -400 * months / 12 - 100)
    timeline = f"start: 2027-01, step: {step}"
    expected = 100 * ((1 + float(numpy_financial.irr(amounts))) ** (12 / months) - 1)
    assert found("internal_rate_of_return(spend.a - spend.b)", timeline=timeline) == pytest.approx(expected, rel=1e-9)


def test_it_is_what_the_cash_flow_says() -> None:
    results = answers("internal_rate_of_return(cost.a - cost.b)", more="cash_flow: {of: worth, discount_rate: wacc}")
    assert results.cash_flow is not None
    (payback,) = results.cash_flow.paybacks
    assert payback.internal_rate.rate is not None
    assert results.values[Key("found")] == 100 * payback.internal_rate.rate


def test_at_the_rate_the_present_value_is_nothing() -> None:
    present = "present_value(once.a, wacc) + present_value(run.a, wacc) - present_value(run.b, wacc)"
    more = f'  present: {{title: Present, unit: EUR, formula: "{present}"}}\n'
    model = load(text("internal_rate_of_return(cost.a - cost.b)", more=more))
    rate = evaluate(model).value("found")
    changed, _ = apply_settings(model, [f"wacc={rate!r}"])
    assert evaluate(changed).value("present") == pytest.approx(0, abs=1e-9)


# Cases


CASES = """scenarios:
  dear: {title: Dear, set: {fee: 800}}
  free: {title: Free, set: {fee: 100}}
  cheap: {title: Cheap, set: {fee: 90}}
"""


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [("base", irr(BY_HAND)), ("dear", irr((1000, -700, -700, -800))), ("free", 100 * (0.1 ** (1 / 3) - 1))],
)
def test_in_each_scenario(scenario: str, expected: float) -> None:
    model = load(text("internal_rate_of_return(cost.a - cost.b)", more=CASES))
    assert evaluate(model, model.scenario(scenario)).value("found") == pytest.approx(expected, rel=1e-9)


def test_a_scenario_without_a_rate_computes_all_the_same() -> None:
    model = load(text("internal_rate_of_return(cost.a - cost.b)", more=CASES.replace("90", "90, once.sale.a: 100")))
    results = evaluate(model, model.scenario("cheap"))
    assert results.missing_rate(Key("found")) == NONE
    assert results.value("spend", "a") == 1_000 + 300 + 100


def test_many_cases_are_those_one_by_one() -> None:
    model = load(text("internal_rate_of_return(cost.a - cost.b)"))
    fees = np.linspace(-200, 900, 45)
    together = evaluate_arrays(model, {Key("fee"): fees})[Key("found")]
    assert together.shape == fees.shape
    for fee, rate in zip(fees, together, strict=True):
        (alone,) = evaluate_cases(model, [{Key("fee"): float(fee)}])[Key("found")]
        assert rate == alone or (math.isnan(rate) and math.isnan(alone))
    assert 0 < np.isnan(together).sum() < len(fees)


def test_set_moves_it() -> None:
    model = load(text("internal_rate_of_return(cost.a - cost.b)"))
    changed, _ = apply_settings(model, ["fee=800"])
    assert evaluate(changed).value("found") == pytest.approx(irr((1000, -700, -700, -800)), rel=1e-9)


def test_a_draw_without_a_rate_stops_no_simulation() -> None:
    more = "simulation: {of: worth, draws: 500, seed: 7}"
    inputs = INPUTS.replace("low: 300, high: 800", "low: -500, high: 800")
    results = evaluate(load(text("internal_rate_of_return(cost.a - cost.b)", inputs=inputs, more=more)))
    assert results.simulation is not None


# Where a number is needed


def refused(formula: str, unit: str = "%/year", **parts: str) -> tuple[str, str]:
    with pytest.raises(ModelError) as error:
        answers(formula, unit, **parts)
    (problem,) = error.value.problems
    return problem.code, problem.message


def test_what_is_computed_from_a_rate_needs_one() -> None:
    what = "this internal rate of return has no value in `found`"
    assert refused("internal_rate_of_return(run.a - run.b) - wacc") == ("RG503", what)
    assert refused("max(internal_rate_of_return(once), wacc)")[0] == "RG503"


def test_what_reads_a_metric_without_a_rate_is_a_problem() -> None:
    more = '  spread: {title: Spread, unit: "%/year", formula: found - wacc}\n'
    code, message = refused("internal_rate_of_return(run.a - run.b)", more=more)
    assert (code, message) == ("RG503", "this internal rate of return has no value in `spread`")
    more = '  best: {title: Best, unit: "%/year", formula: max(found.*)}\n'
    assert refused("internal_rate_of_return(once)", more=more)[1].endswith("`best`")


def test_a_branch_that_is_not_taken_needs_none() -> None:
    more = '  spread: {title: Spread, unit: "%/year", formula: "if(spend.a < 0, found - wacc, 0)"}\n'
    assert answers("internal_rate_of_return(run.a - run.b)", more=more).value("spread") == 0
    assert found("if(spend.a < 0, internal_rate_of_return(run.a), 0)") == 0


def test_a_scenario_in_which_it_is_needed_and_missing_is_named() -> None:
    more = CASES.replace("90", "90, once.sale.a: 100")
    model = load(text("internal_rate_of_return(cost.a - cost.b) - wacc", more=more))
    with pytest.raises(ModelError) as error:
        evaluate(model, model.scenario("cheap"))
    assert "scenario" in str(error.value)


@pytest.mark.parametrize(
    ("formula", "unit", "code"),
    [
        ("internal_rate_of_return(fee)", "%/year", "RG305"),
        ("internal_rate_of_return(5 [EUR])", "%/year", "RG305"),
        ("internal_rate_of_return(once.a - 5 [EUR])", "%/year", "RG305"),
        ("internal_rate_of_return(once.a * run.a)", "%/year", "RG305"),
        ("internal_rate_of_return(1 / once.a)", "%/year", "RG305"),
        ("internal_rate_of_return(once.a * saved)", "%/year", "RG305"),
        ("internal_rate_of_return(saved > 0)", "%/year", "RG306"),
        ("internal_rate_of_return(once.*)", "%/year", "RG305"),
        ("internal_rate_of_return(once.a, wacc)", "%/year", "RG303"),
        ("internal_rate_of_return()", "%/year", "RG303"),
        ("irr(once.a)", "%/year", "RG303"),
        ("internal_rate_of_return(once.a)", "EUR", "RG402"),
        ("internal_rate_of_return(once.a)", "%", "RG402"),
        ("internal_rate_of_return(once.a + wacc * period)", "%/year", "RG402"),
        ("internal_rate_of_return(missing)", "%/year", "RG302"),
    ],
)
def test_what_has_no_rate_is_refused(formula: str, unit: str, code: str) -> None:
    assert [each.code for each in problems_of(text(formula, unit))] == [code]


def test_a_total_that_is_a_formula_has_no_amounts() -> None:
    totals = "all: {title: All, unit: EUR/year, formula: run}"
    (problem,) = problems_of(text("internal_rate_of_return(all.a)", totals=totals))
    assert problem.code == "RG305"
    assert "`of`" in problem.hint


@pytest.mark.parametrize("name", ["cost.a - cost.b", "once.a - run.b"])
def test_a_cost_that_follows_from_its_own_rate_is_a_circle(name: str) -> None:
    """Whether the costs are read before or after it; its author reads no name that he has not written."""
    cost = f"'internal_rate_of_return({name}) * 1 [EUR]'"
    (problem,) = problems_of(timed(run=f"staff: {{title: S, costs: {{a: 0, b: {cost}}}}}", once=PRESS))
    assert problem.code == "RG304"
    assert not set(problem.message.split()) & {"series", "over", "time"}, problem.message


def test_a_cost_may_follow_from_the_rate_of_costs_that_are_read_later() -> None:
    cost = "'internal_rate_of_return(once.a) * 100 [EUR]'"
    once = "press: {title: P, costs: {a: 100, b: 0}}\n sale: {title: Sale, costs: {a: -110, b: 0}, when: 2027}"
    results = evaluate(load(timed(run=f"staff: {{title: S, costs: {{a: 0, b: {cost}}}}}", once=once)))
    assert results.value("run", "b") == pytest.approx(10, rel=1e-9)


def test_a_total_with_a_mistake_is_reported_once() -> None:
    totals = (
        "bad: {title: Bad, unit: kg, of: [run], as: sum}\n odd: {title: Odd, unit: EUR, of: [nothing, once], as: sum}"
    )
    problems = problems_of(text("internal_rate_of_return(bad.a) + internal_rate_of_return(odd.a)", totals=totals))
    assert sorted(each.code for each in problems) == ["RG211", "RG402"]


# Bounds, for break-evens


def bounds_of(model: Model, driver: Key, target: Key) -> BoundsEvaluator:
    order = [key for key in model.dependencies.between([driver], [target]) if key != driver]
    return BoundsEvaluator(model, driver, evaluate_arrays(model, {driver: np.zeros(1)}), order)


@pytest.mark.parametrize("seed", range(30))
def test_no_rate_lies_outside_its_bounds(seed: int) -> None:
    """Nor its slope: over random intervals of an input that moves amounts at the start and later, discounted too."""
    one = random.Random(seed)
    once = f"press: {{title: Press, costs: {{a: 'fee * {one.uniform(-2, 4):.3g} [year]', b: none}}}}"
    saved = ", ".join(f"{year}: {one.uniform(-300, 600):.4g}" for year in (2027, 2028, 2029))
    inputs = INPUTS.splitlines()[1] + f"\n saved: {{title: Saved, value: {{{saved}}}, unit: EUR/year}}"
    run = f"paid: {{title: Paid, costs: {{a: '{one.uniform(-1, 1):.3g} * fee - saved', b: 0}}}}"
    timeline = f"start: 2027-01, step: {one.choice(('year', 'quarter', 'month'))}"
    model = load(text("internal_rate_of_return(spend.a)", inputs=inputs, run=run, once=once, timeline=timeline))
    driver, target = Key("fee"), Key("found")
    cuts = np.sort(np.array([one.uniform(-500, 1500) for _ in range(14)]))
    evaluator = bounds_of(model, driver, target)
    evaluator.over(Intervals(cuts[:-1], cuts[1:], 0.0))
    bounds = evaluator.value(target)
    shares = np.linspace(0.01, 0.99, 57)[:, np.newaxis]
    points = cuts[:-1] + (cuts[1:] - cuts[:-1]) * shares
    values = evaluate_arrays(model, {driver: points.ravel()})[target].reshape(points.shape)
    slack = 1e-9 * (1 + np.abs(values))
    known = ~np.isnan(values)
    assert np.all((values >= bounds.low - slack)[known])
    assert np.all((values <= bounds.high + slack)[known])
    assert not np.isfinite(np.broadcast_to(bounds.low, values.shape)[~known]).any()
    rise, width = np.diff(values, axis=0), np.diff(points, axis=0)
    both = ~np.isnan(rise)
    noise = 1e-9 * (1 + np.abs(values[1:]))
    assert np.all((rise >= bounds.least * width - noise)[both])
    assert np.all((rise <= bounds.most * width + noise)[both])


@pytest.mark.parametrize("step", ["year", "quarter", "month"])
def test_some_bounds_are_known(step: str) -> None:
    """A bound that is always none would pass, and find no break-even. Two amounts are paid before anything comes back;
    the rate rises with what does."""
    once = (
        "press: {title: Press, costs: {a: 500, b: none}}\n rest: {title: R, costs: {a: 500, b: none}, when: 0.9 year}"
    )
    timeline = f"start: 2027-01, step: {step}"
    model = load(
        text("internal_rate_of_return(once.a - run.b)", once=once.replace("0.9 year", "2027-01"), timeline=timeline)
    )
    driver, target = Key("fee"), Key("found")
    evaluator = bounds_of(model, driver, target)
    low, high = 699.0, 701.0
    evaluator.over(Intervals(np.array([low]), np.array([high]), 0.0))
    bounds = evaluator.value(target)
    rates = evaluate_arrays(model, {driver: np.array([low, high])})[target]
    assert bounds.low[0] == pytest.approx(rates[0], rel=1e-3) and bounds.high[0] == pytest.approx(rates[1], rel=1e-3)
    slope = (rates[1] - rates[0]) / (high - low)
    assert bounds.least[0] == pytest.approx(slope, rel=0.05) and bounds.most[0] == pytest.approx(slope, rel=0.05)


def test_bounds_of_wide_intervals_are_known_too() -> None:
    """Half a year is paid, then more or less comes back: the rate goes from -56 % to 246 % a year."""
    calculations = 'lot: {title: Lot, unit: EUR, formula: "if(period < 7, 100 [EUR], -0.1 [year] * fee)"}'
    timeline = "start: 2027-01, step: month"
    model = load(text("internal_rate_of_return(lot)", calculations=calculations, timeline=timeline))
    evaluator = bounds_of(model, Key("fee"), Key("found"))
    evaluator.over(Intervals(np.array([50.0]), np.array([900.0]), 0.0))
    bounds = evaluator.value(Key("found"))
    assert bounds.low[0] < -50 and bounds.high[0] > 200
    assert bounds.least[0] >= 0 and np.isfinite(bounds.most[0])
