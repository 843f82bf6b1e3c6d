"""Changes in proportion: what a scenario and `--set` make of an input."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.formula.nodes import Key
from reportgen.model.changes import Change
from reportgen.model.model import InputValue
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from tests.model.depots import TEXT
from tests.model.samples import load, problems_of, sample

POWER, KM = Key("power"), Key("km")


def value_in(scenario: str | None, key: Key, *settings: str) -> float:
    model = load(TEXT)
    return evaluate(*apply_settings(model, settings, model.scenario(scenario))).values[key]


def test_a_scenario_multiplies_what_it_is_based_on() -> None:
    assert value_in("dear", POWER) == pytest.approx(0.29 * 1.1, rel=1e-15)
    assert value_in("dearer", POWER) == pytest.approx(0.29 * 1.1 * 1.0333, rel=1e-15)
    assert value_in("long", POWER) == pytest.approx(0.29 * 1.1, rel=1e-15)
    assert value_in("dearer", KM) == 28_500
    assert value_in("longer", KM) == 44_000


def test_ten_per_cent_more_of_forty_per_cent_is_forty_four_per_cent() -> None:
    assert value_in("dear", Key("share", "electric")) == pytest.approx(44, rel=1e-15)


def test_a_name_with_a_number_per_option_changes_all_but_those_that_are_set() -> None:
    assert value_in("dear", Key("share", "diesel")) == 5
    model = load(TEXT.replace(", share.diesel: 5", ""))
    assert model.scenario("dear").settings[Key("share", "diesel")] == pytest.approx(22, rel=1e-15)


def test_per_cent_without_a_sign_is_a_number_of_an_input_in_per_cent() -> None:
    model = load(TEXT.replace("share.diesel: 5", "share.diesel: 5 %"))
    assert model.scenario("dear").own[Key("share", "diesel")] == 5
    assert model.scenario("dear").own[Key("share", "electric")] == Change(0.1)


def test_a_setting_of_the_model_moves_what_scenarios_change() -> None:
    model, scenario = apply_settings(load(TEXT), ["power=0.5"])
    assert scenario.is_base
    assert model.scenario("dearer").settings[POWER] == pytest.approx(0.5 * 1.1 * 1.0333, rel=1e-15)


def test_a_setting_changes_what_holds_in_the_chosen_scenario() -> None:
    assert value_in(None, POWER, "power=+10%") == pytest.approx(0.319, rel=1e-15)
    assert value_in(None, POWER, "power=0.5", "power= -10 %") == pytest.approx(0.45, rel=1e-15)
    assert value_in("dear", POWER, "power=+10%") == pytest.approx(0.29 * 1.21, rel=1e-15)
    assert value_in("dearer", POWER, "power=0.5") == 0.5
    changed, _ = apply_settings(load(TEXT), ["share=-50%"])
    assert changed.definitions[Key("share", "diesel")] == InputValue(10)
    assert changed.definitions[Key("share", "electric")] == InputValue(20)


def test_a_setting_changes_costs_that_are_numbers() -> None:
    """Of an item with several options, those that are known."""
    changed, _ = apply_settings(load(TEXT), ["running.service=+10%"])
    assert changed.overridden == (Key("running.service", "diesel"),)
    assert changed.definitions[Key("running.service", "diesel")] == InputValue(pytest.approx(990, rel=1e-15))


@pytest.mark.parametrize(
    ("settings", "message", "hint"),
    [
        ("power: -101 %", "a change of -101 % leaves less than nothing of `power`", "a change is -100 % or more"),
        ("power: 10 %", "`power` is in %, which does not fit EUR/kWh", "write `+10 %` to change it in proportion"),
        ("powr: +10 %", "there is no assumption `powr`", "did you mean `power`"),
        ("total: +10 %", "`total` is no assumption", "what can be set are assumptions"),
        ("km.diesel: +10 %", "`km` is one number for all options", "set km"),
    ],
)
def test_what_cannot_be_changed(settings: str, message: str, hint: str) -> None:
    (problem,) = problems_of(TEXT.replace("power: +10 %", settings))
    assert problem.message == message
    assert problem.hint.startswith(hint)


def test_nothing_is_changed_in_proportion_to_nothing() -> None:
    (problem,) = problems_of(TEXT.replace("value: 30_000", "value: 0").replace("longer, set", "x"))[:1]
    assert problem.message == "`km` is 0, which -5 % does not change"
    assert load(TEXT.replace("{diesel: 0.8, electric", "{diesel: 0, electric").replace("km: -5 %", "use: -5 %"))


def test_what_is_not_quoted_cannot_be_changed() -> None:
    with pytest.raises(ModelError, match="not quoted: there is no number to change"):
        apply_settings(sample(), ["set_up.audit.hosted=+10%"])
