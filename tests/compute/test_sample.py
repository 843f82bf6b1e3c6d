"""The sample model against results worked out by hand, and against the words of its design."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.contributions import contributions
from reportgen.compute.evaluate import evaluate_cases
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE, NOT_QUOTED
from reportgen.model.overrides import apply_settings, find_scenario
from tests.model.samples import SAMPLE, load, sample

FEES = 240 * 6.5
MACHINES = 1 * 0.19 * 730 / 1.08
UPKEEP = 88_000 / 12
RUNNING_HOSTED = (FEES + 0.02 * UPKEEP) * 12
RUNNING_SELF = (150 + MACHINES + 0.15 * UPKEEP) * 12
TOTAL_HOSTED = RUNNING_HOSTED + 4_000 / 3
TOTAL_SELF = RUNNING_SELF + (9_500 + 6_000) / 3


@pytest.fixture(scope="module")
def results() -> Answers:
    return evaluate(sample())


@pytest.mark.parametrize(
    ("name", "option", "value"),
    [
        ("seats", None, 240),
        ("horizon", None, 3),
        ("machines", None, 1),
        ("subscription.fees", "hosted", 1_560),
        ("subscription.fees", "self_run", 0),
        ("subscription.support", "hosted", 0),
        ("subscription", "hosted", 1_560),
        ("subscription", "self_run", 150),
        ("infrastructure.servers", "self_run", 128.42592592592592),
        ("infrastructure.servers", "self_run", MACHINES),
        ("people.upkeep", "hosted", 146.66666666666666),
        ("people", "self_run", 1_100),
        ("set_up", "hosted", 4_000),
        ("set_up", "self_run", 15_500),
        ("running", "hosted", 20_480),
        ("running", "hosted", RUNNING_HOSTED),
        ("running", "self_run", 16_541.11111111111),
        ("running", "self_run", RUNNING_SELF),
        ("total", "hosted", (240 * 6.5 + 0.02 * 88_000 / 12) * 12 + 4_000 / 3),
        ("total", "hosted", 21_813.333333333332),
        ("total", "self_run", TOTAL_SELF),
        ("total", "self_run", 21_707.777777777777),
        ("saving", None, (1 - TOTAL_HOSTED / TOTAL_SELF) * 100),
    ],
)
def test_results_worked_out_by_hand(results: Answers, name: str, option: str | None, value: float) -> None:
    assert results.value(name, option) == pytest.approx(value, rel=1e-12)


def test_a_scenario_steps_up_the_table() -> None:
    model = sample()
    results = evaluate(model, find_scenario(model, "growth"))
    assert results.value("machines") == 2
    assert results.value("subscription", "hosted") == 480 * 6.5
    assert results.value("infrastructure", "self_run") == pytest.approx(2 * MACHINES, rel=1e-12)


@pytest.mark.parametrize(
    ("seats", "machines"), [(0, 1), (249, 1), (249.9999, 1), (250, 2), (999, 2), (1_000, 4), (9e9, 4)]
)
def test_steps_of_the_table(seats: float, machines: float) -> None:
    values = evaluate_cases(sample(), [{Key("seats"): seats}])
    assert values[Key("machines")].tolist() == [machines]


def test_states_of_the_sample(results: Answers) -> None:
    states = {str(key): state for key, state in results.states.items() if state not in ("none", "included")}
    assert states == {
        "set_up.audit.hosted": NOT_QUOTED,
        "set_up.hosted": INCOMPLETE,
        "total.hosted": INCOMPLETE,
        "saving": INCOMPLETE,
    }
    assert results.state(Key("subscription.support", "hosted")) == "included"
    assert results.state(Key("subscription.fees", "self_run")) == "none"
    assert results.state(Key("running", "hosted")) == ""
    assert results.is_incomplete(Key("set_up.audit", "hosted"))
    assert not results.is_incomplete(Key("total", "self_run"))


def test_a_price_that_is_filled_in_completes_what_is_computed_from_it() -> None:
    model, _ = apply_settings(sample(), ["set_up.audit.hosted=5_000"])
    results = evaluate(model)
    assert not {NOT_QUOTED, INCOMPLETE} & set(results.states.values())
    assert results.value("total", "hosted") == pytest.approx(TOTAL_HOSTED + 5_000 / 3, rel=1e-12)


def test_incomplete_spreads_through_all_options_and_calculations() -> None:
    text = SAMPLE.replace("metrics:\n", "metrics:\n  best: {title: Best, unit: EUR/year, formula: min(total.*)}\n")
    with_best = evaluate(load(text.replace("min(total.*)}", '"min(total.*) - 0 * seats * seat_fee"}')))
    assert with_best.state(Key("best")) == INCOMPLETE


def test_what_a_number_is_computed_from() -> None:
    model = sample()
    assert [str(key) for key in model.dependencies.direct[Key("total", "self_run")]] == [
        "running.self_run",
        "set_up.self_run",
        "horizon",
    ]
    assert model.dependencies.direct[Key("seats")] == ()
    assert model.dependencies.direct[Key("set_up.audit", "hosted")] == ()


FORMULAS = [
    "running + set_up / horizon",
    "set_up / horizon + running",
    "running - -(set_up / horizon)",
    "(subscription + infrastructure + people) + set_up / horizon",
    "2 * (running + set_up / horizon) / 2",
    "running * (seats / 240 [seat]) + set_up / horizon",
    "subscription + max(infrastructure, people) + set_up / horizon",
    "subscription.fees + infrastructure + people + set_up / horizon + 12 [EUR/year]",
    "round(running + set_up / horizon)",
    "if(running > 0, 3 * running, 0) - min(total_before.*)",
    "running - 10% * subscription",
    "-(running + set_up / horizon)",
    "12 [EUR/year]",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_contributions_add_up_to_the_total(formula: str) -> None:
    old = "formula: running + set_up / horizon}"
    before = "  total_before: {title: Before, unit: EUR/year, formula: running}\n  total:"
    model = load(SAMPLE.replace(old, f'formula: "{formula}"}}').replace("  total:", before, 1))
    results = evaluate(model)
    parts = contributions(model, model.quantities["total"])
    for option in model.option_ids:
        whole = sum(results.compute(part.tree, option) for part in parts)
        assert whole == pytest.approx(results.value("total", option), rel=1e-12, abs=1e-9)
    named = [part.category.quantity.name for part in parts if part.category]
    assert named == [each.quantity.name for each in model.categories if each.quantity.name in named]
    assert all(part.category for part in parts[:-1])


def test_the_contributions_of_the_sample_are_its_categories() -> None:
    model = sample()
    results = evaluate(model)
    parts = contributions(model, model.headline)
    assert [part.category and part.category.quantity.name for part in parts] == [
        "subscription",
        "infrastructure",
        "people",
        "set_up",
    ]
    assert [results.compute(part.tree, "hosted") for part in parts] == pytest.approx(
        [FEES * 12, 0, 0.02 * 88_000, 4_000 / 3], rel=1e-12
    )


def test_a_total_with_a_formula_per_option_is_one_part() -> None:
    model = load(
        SAMPLE.replace("formula: running + set_up / horizon}", "formula: {hosted: running, self_run: running * 2}}")
    )
    (part,) = contributions(model, model.headline)
    assert part.category is None
    assert evaluate(model).compute(part.tree, "self_run") == pytest.approx(2 * RUNNING_SELF)
