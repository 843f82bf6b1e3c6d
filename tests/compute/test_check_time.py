"""Time in every case: horizons that the steps reach, and discount rates that leave something."""

from __future__ import annotations

import pytest

from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.sensitivity import sensitivity
from reportgen.formula.nodes import Key
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
