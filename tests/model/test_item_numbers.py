"""Costs that are numbers as inputs: which of them questions reach, and what their ranges have to keep to."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.model import Model, Range
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from tests.model.ranged_items import TEXT
from tests.model.samples import load, problems_of

PLAN, UPKEEP = Key("support.plan", "hosted"), Key("staff.upkeep")
AS_ASSUMPTIONS = (
    ("      fee:", "      plan_fee: {title: Plan, value: 150, unit: EUR/month, low: 120, high: 200,\n"
     "                 distribution: uniform}\n"
     "      upkeep_fee: {title: Upkeep, value: 400, unit: EUR/month, low: 300, high: 700}\n      fee:"),
    ("hosted: 150, own", "hosted: plan_fee, own"),
    (", low: {hosted: 120},\n             high: {hosted: 200}, distribution: uniform", ""),
    ("costs: 400, low: 300, high: 700", "costs: upkeep_fee"),
    ("support.plan.hosted: 180", "plan_fee: 180"),
    ("support.plan.hosted: -5 %", "plan_fee: -5 %"),
    ("[support.plan.hosted, staff.upkeep]", "[plan_fee, upkeep_fee]"),
    ("[staff.upkeep, support.plan.hosted]", "[upkeep_fee, plan_fee]"),
    ("staff.upkeep: low", "upkeep_fee: low"),
)  # fmt: skip
"""The same model with its items' numbers among the assumptions."""


def replaced(*pairs: tuple[str, str]) -> str:
    text = TEXT
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def asked(model: Model) -> list[str]:
    return [str(key) for each in model.item_numbers for key in each.keys]


def test_numbers_with_a_range_and_those_that_questions_name_are_asked_about() -> None:
    model = load(TEXT)
    expected = "support.plan.hosted support.plan.own staff.upkeep staff.admin.hosted staff.admin.own staff.tools"
    assert asked(model) == expected.split()
    ranges = {key: each.ranges[key] for each in model.item_numbers for key in each.keys}
    assert ranges[PLAN] == Range(120, 200)
    assert ranges[UPKEEP] == Range(300, 700)
    assert ranges[Key("support.plan", "own")] == Range(None, None)


def test_what_no_question_asks_about_stays_beside_its_cost() -> None:
    text = TEXT[: TEXT.index("scenarios:")]
    assert asked(load(text)) == ["support.plan.hosted", "staff.upkeep"]
    model = load(text.replace(", low: 300, high: 700", ""))
    assert asked(model) == ["support.plan.hosted"]
    assert Key("staff.upkeep") not in model.definitions
    assert [model.is_input(Key("staff.upkeep", each)) for each in model.option_ids] == [True] * 3


def test_they_move_totals_as_assumptions_do() -> None:
    """Sensitivity, ranges and simulation find the same as if the author had made assumptions of the numbers."""
    own, other = evaluate(load(TEXT)), evaluate(load(replaced(*AS_ASSUMPTIONS)))
    assert own.sensitivity is not None and other.sensitivity is not None
    assert own.simulation is not None and other.simulation is not None
    names = {"support.plan.hosted": "plan_fee", "staff.upkeep": "upkeep_fee"}
    swings = {names.get(str(each.key), str(each.key)): each for each in own.sensitivity.swings}
    assert {str(each.key) for each in other.sensitivity.swings} == set(swings)
    for each in other.sensitivity.swings:
        same = swings[str(each.key)]
        assert (same.low, same.high, same.flips) == (each.low, each.high, each.flips)
        assert same.at_low == pytest.approx(each.at_low, rel=1e-12)
        assert same.at_high == pytest.approx(each.at_high, rel=1e-12)
    for one, two in zip(own.ranges, other.ranges, strict=True):
        assert one.extremes.low == pytest.approx(two.extremes.low, rel=1e-12)
        assert one.extremes.high == pytest.approx(two.extremes.high, rel=1e-12)
    assert own.simulation.mean == pytest.approx(other.simulation.mean, rel=0.01)  # in another order of inputs
    assert own.simulation.deviation == pytest.approx(other.simulation.deviation, rel=0.03)


def test_a_number_for_all_options_is_one_input() -> None:
    """What is written once goes up and down for all options at once."""
    outcome = evaluate(load(TEXT)).sensitivity
    assert outcome is not None
    (swing,) = (each for each in outcome.swings if each.key == UPKEEP)
    more = {option: swing.at_high[option] - swing.at_low[option] for option in swing.at_low}
    assert more == pytest.approx(dict.fromkeys(more, 400 * 12))
    changed, _ = apply_settings(load(TEXT), ["staff.upkeep=500", "staff.phones.own=60"])
    results = evaluate(changed)
    assert [results.values[Key("staff.upkeep", each)] for each in changed.option_ids] == [500] * 3
    assert [results.values[Key("staff.phones", each)] for each in changed.option_ids] == [30, 60, 30]


def test_scenarios_set_numbers_of_items() -> None:
    model = load(TEXT)
    dear, more = (evaluate(model, model.scenario(each)).values for each in ("dear", "more"))
    assert (dear[PLAN], more[PLAN]) == (180, 171)
    assert dear[Key("staff.admin", "own")] == pytest.approx(990)
    assert more[Key("staff.tools", "shared")] == 25


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("low: {hosted: 120}", "low: {hosted: 160}", "the low of `support.plan.hosted`, 160, is above its value, 150"),
        ("low: {hosted: 120}", "low: {hosted: 210}", "the low of `support.plan.hosted`, 210, is above its high, 200"),
        ("low: {hosted: 120}", "low: {shared: 1}", "the cost of `support.plan.shared` is a formula and has no low"),
        ("low: {hosted: 120}", "low: {hoste: 1}", "there is no option `hoste`"),
        ("low: {hosted: 120}", "low: {hosted: 1 h}",
         "a number of `support.plan` is in h, which does not fit EUR/month"),
        ("low: 300", "low: {own: 300}", "`staff.upkeep` is one number; this is one per option"),
        ("low: 300", "low: {x: 1}, low_end: 3", "there is no option `x`"),
        ("fees: {", "fees: {low: {own: 3}, ", "the cost of `support.fees.own` is `included` and has no low"),
        ("costs: 30}", "costs: seats * fee, low: 3}",
         "no cost of `staff.phones` is a number that could be lower or higher"),
        ("costs: 30}", "costs: 30, distribution: pert}", "`staff.phones` has a distribution but no low and high"),
        ("staff.tools: 25", "staff.tools.own: 25", "`staff.tools` is one number for all options"),
        ("staff.tools: 25", "support.plan: 25", "`support.plan` is one number per option"),
        ("staff.tools: 25", "support.fees.hosted: 25", "`support.fees.hosted` is no assumption"),
    ],
)  # fmt: skip
def test_what_a_range_and_a_setting_have_to_keep_to(old: str, new: str, message: str) -> None:
    assert message in [each.message for each in problems_of(replaced((old, new)))]


def test_one_option_of_a_shared_number_cannot_be_set() -> None:
    with pytest.raises(ModelError, match=r"`staff\.upkeep` is one number for all options"):
        apply_settings(load(TEXT), ["staff.upkeep.own=3"])
