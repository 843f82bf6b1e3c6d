"""`--set` and `--scenario`: which value counts, and what cannot be set."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.model import InputValue
from reportgen.model.overrides import apply_settings, find_scenario
from reportgen.problems import ModelError
from tests.model.samples import sample


def seats_in(scenario_id: str | None, *settings: str) -> float:
    model = sample()
    model, scenario = apply_settings(model, settings, find_scenario(model, scenario_id))
    return evaluate(model, scenario).value("seats")


def test_a_value_replaces_what_holds_in_the_chosen_scenario() -> None:
    assert seats_in(None) == 240
    assert seats_in("base") == 240
    assert seats_in("growth") == 480
    assert seats_in(None, "seats=300") == 300
    assert seats_in("growth", "seats=300") == 300
    assert seats_in("growth", "hours=700") == 480
    assert seats_in(None, "seats=300", "seats=310") == 310


def test_the_other_scenarios_and_the_model_itself_stay_as_they_are() -> None:
    model = sample()
    growth = find_scenario(model, "growth")
    changed_model, changed_scenario = apply_settings(model, ["seats=300", "hours=700"], growth)
    assert changed_model.definitions[Key("seats")] == InputValue(240.0)
    assert changed_model.definitions[Key("hours")] == InputValue(700.0)
    assert changed_model.scenarios == (changed_scenario,)
    assert changed_scenario.settings == {Key("seats"): 300.0}
    assert model.definitions[Key("hours")] == InputValue(730.0)
    assert list(changed_model.definitions) == list(model.definitions)
    assert apply_settings(model, [], growth) == (model, growth)


def test_inputs_inside_items_and_the_horizon_can_be_set() -> None:
    model, _ = apply_settings(
        sample(),
        ["subscription.support.self_run=1.8 kEUR/year", " horizon = 18 month ", "set_up.audit.hosted=5_000"],
    )
    assert model.definitions[Key("subscription.support", "self_run")] == InputValue(150.0)
    assert model.definitions[Key("horizon")] == InputValue(1.5)
    assert model.definitions[Key("set_up.audit", "hosted")] == InputValue(5000.0)


@pytest.mark.parametrize(
    ("setting", "code", "message"),
    [
        ("seats", "RG601", "`seats` sets nothing"),
        ("seat=1", "RG601", "there is no input `seat`"),
        ("total.hosted=1", "RG601", "`total.hosted` is computed, not an input"),
        ("total=1", "RG601", "`total` is computed, not an input"),
        ("subscription.support=1", "RG601", "`subscription.support` is one number per option"),
        ("subscription.support.hosted=1", "RG601", "`subscription.support.hosted` is computed, not an input"),
        ("seats=", "RG205", "`seats` is not a number: ``"),
        ("seats=many", "RG205", "`seats` is not a number: `many`"),
        ("seats=nan", "RG205", "`seats` is not a number: `nan`"),
        ("seats=1e999", "RG205", "`seats` is not a number: `1e999`"),
        ("seats=5 hours", "RG401", "`seats`: `hours` is written `h`"),
        ("seats=5 h", "RG402", "`seats` is in h, which does not fit seat"),
        ("seat_fee=5 USD/seat/month", "RG403", "`seat_fee` is in USD/seat/month, which does not fit EUR/seat/month"),
    ],
)
def test_what_cannot_be_set(setting: str, code: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        apply_settings(sample(), [setting])
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.source.name) == (code, message, "--set")
    assert problem.span is not None and problem.span.end <= max(len(setting), problem.span.start + 1)


def test_a_scenario_that_is_not_there() -> None:
    with pytest.raises(ModelError) as caught:
        find_scenario(sample(), "grwth")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("RG601", "did you mean `growth`?")
