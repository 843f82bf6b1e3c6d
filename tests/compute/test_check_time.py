"""Time in every case: horizons that the steps reach, and discount rates that leave something."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.sensitivity import sensitivity
from reportgen.formula.nodes import Key
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from tests.model.samples import load
from tests.model.timed import timed

GROWN = "power: {title: Power, costs: 120, growth: 10 %/year}"
PER_OPTION = 'own: {title: Own, value: {a: 5, b: 8}, unit: "%/year"}'
WORTH = "worth_of: {title: W, unit: EUR, of: [run], as: present value, rate: own}"


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ({Key("horizon"): 0.0}, "the horizon is greater than zero"),
        ({Key("horizon"): -2.0}, "the horizon is greater than zero"),
        ({Key("horizon"): 101.0}, "a timeline has at most 1,200 months; the horizon is 1,212"),
        ({Key("wacc"): -100.0}, "a discount rate of -100 %/year leaves nothing to discount by"),
        ({Key("own", "b"): -130.0}, "a discount rate of -130 %/year leaves nothing to discount by"),
    ],
)
def test_a_case_in_which_time_has_no_meaning(case: dict[Key, float], message: str) -> None:
    model = load(timed(inputs=PER_OPTION, run=GROWN, totals=WORTH))
    with pytest.raises(ModelError) as caught:
        evaluate_cases(model, [{}, case])
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("RG212", message)
    assert problem.span is not None


def test_a_model_in_which_nothing_changes_asks_nothing_of_its_horizon() -> None:
    lines = [line for line in timed(run="pay: {title: Pay, costs: 12}").splitlines() if "present value" not in line]
    found = evaluate_cases(load("\n".join(lines)), [{}, {Key("horizon"): 200.0}])
    assert list(found[Key("spend", "a")]) == [36, 2_400]


def test_a_swing_of_all_inputs_leaves_the_horizon_unless_it_is_named() -> None:
    """By a tenth: up to 3.3 years, of which the last is cut short."""
    asked = "sensitivity: {of: spend, swing: 10 %}"
    outcome = sensitivity(load(timed(run=GROWN, more=asked)))
    assert outcome is not None and "horizon" not in {str(each.key) for each in outcome.swings}
    outcome = sensitivity(load(timed(run=GROWN, more=asked.replace("10 %", "10 %, inputs: horizon"))))
    assert outcome is not None
    (swing,) = [each for each in outcome.swings if str(each.key) == "horizon"]
    whole = 120 * (1 + 1.1 + 1.21)
    assert swing.at_high["a"] == pytest.approx(whole + 0.3 * 120 * 1.331)


TOGETHER = timed(
    inputs="vans: {title: Vans, value: {2027-01: 20, 2027-07: 60, 2028-01: 120}, unit: van}",
    calculations='fleet: {title: Fleet, unit: van, formula: "largest(vans)"}',
    run="lease: {title: Lease, costs: 120, from: 2027-03, until: 2028-03}",
    once="charger: {title: Charger, costs: 100, spread: {2027-01: 40 %, 2027-07: 60 %}}",
)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            ["vans.2027-07.from=12"],
            "`vans` has dates that do not rise: vans.2027-07.from is 12, vans.2028-01.from is 12",
        ),
        (["run.lease.from=15"], "`run.lease` has dates that do not rise: run.lease.from is 15, run.lease.until is 15"),
        (
            ["once.charger.2027-01=50"],
            "`once.charger` has shares that sum to 110 %: once.charger.2027-01 is 50, once.charger.2027-07 is 60",
        ),
    ],
)
def test_dates_and_shares_that_do_not_fit_together(settings: list[str], message: str) -> None:
    changed, _ = apply_settings(load(TOGETHER), settings)
    with pytest.raises(ModelError) as caught:
        evaluate(changed)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("RG212", message)


def test_a_scenario_has_to_set_them_together_too() -> None:
    late = "scenarios: {late: {title: Late, set: {vans.2027-07.from: 30}}}"
    with pytest.raises(ModelError) as caught:
        evaluate(load(TOGETHER + late), load(TOGETHER + late).scenarios[0])
    assert caught.value.problems[0].code == "RG212"


def test_shares_and_dates_that_are_set_together_hold() -> None:
    settings = [
        "once.charger.2027-01=33.3",
        "once.charger.2027-07=66.7",
        "vans.2027-07.from=20",
        "vans.2028-01.from=21",
    ]
    changed, _ = apply_settings(load(TOGETHER), settings)
    assert evaluate(changed).values[Key("once.charger", "a")] == pytest.approx(100)
