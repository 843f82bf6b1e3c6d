"""Sensitivity: figures by hand, every swing against the model with that one input set, the grid against plain loops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.comparison import Ranking, compare
from reportgen.compute.evaluate import Case, Values, evaluate_cases
from reportgen.compute.sensitivity import SensitivityOutcome, Swing, inputs_to_swing, sensitivity
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.model.sensitivity_model import Sensitivity
from reportgen.problems import ModelError
from tests.conftest import MODELS
from tests.model.samples import load, sample

AGENT_RUNTIME = Path(__file__).parents[2] / "inputs" / "agent-runtime"
ASKED = "sensitivity: {of: total}"
GRID = (
    "grid: {rows: {driver: seats, values: [100, 240, 260, 400]}, columns: {driver: admin, values: [60_000, 8_000_000]}}"
)
SERVER_YEAR = 0.19 * 730 / 1.08 * 12


def asking(what: str, *replacements: tuple[str, str]) -> Model:
    return sample((ASKED, f"sensitivity: {{of: total, {what}}}"), *replacements)


def outcome_of(model: Model) -> SensitivityOutcome:
    found = sensitivity(model)
    assert found is not None
    return found


def with_audit(model: Model, price: float) -> Model:
    """The sample with the price that is not quoted in it, so that both options are complete."""
    return apply_settings(model, [f"set_up.audit.hosted={price}"])[0]


def by_name(swings: tuple[Swing, ...]) -> dict[str, Swing]:
    return {str(swing.key): swing for swing in swings}


def test_the_sample_by_hand() -> None:
    """120 and 600 seats at 6.50 a month, the second of them on two servers; 0.15 and 0.24 USD an hour of a server."""
    outcome = outcome_of(sample())
    seats, vm_hour = outcome.swings
    assert (seats.key, seats.low, seats.value, seats.high) == (Key("seats"), 120, 240, 600)
    assert seats.at_low["hosted"] == pytest.approx(120 * 6.5 * 12 + 1_760 + 4_000 / 3, rel=1e-12)
    assert seats.at_high["hosted"] == pytest.approx(600 * 6.5 * 12 + 1_760 + 4_000 / 3, rel=1e-12)
    assert seats.effect("hosted") == pytest.approx(37_440, rel=1e-12)
    assert seats.effect("self_run") == pytest.approx(SERVER_YEAR, rel=1e-12)
    assert vm_hour.effect("self_run") == pytest.approx(730, rel=1e-12)
    assert vm_hour.effect("hosted") == 0
    assert outcome.pairs == (("hosted", "self_run"),)
    assert seats.effect_on_difference("hosted", "self_run") == pytest.approx(SERVER_YEAR - 37_440, rel=1e-12)
    assert seats.effect_on_difference("self_run", "hosted") == pytest.approx(37_440 - SERVER_YEAR, rel=1e-12)
    assert vm_hour.effect_on_difference("hosted", "self_run") == pytest.approx(730, rel=1e-12)
    assert outcome.base == pytest.approx({"hosted": 21_813 + 1 / 3, "self_run": 15_000 + SERVER_YEAR + 15_500 / 3})
    assert outcome.grid is None


LLM_YEAR = 87_500
BUILD_MONTHS = 18.5

EFFECTS = {
    "runs_per_month": (1.5 * LLM_YEAR, 1.5 * LLM_YEAR + 75_000 * (0.047 + 45 * 0.00042) * 12, 1.5 * LLM_YEAR),
    "calls_per_run": (LLM_YEAR,) * 3,
    "salary": (50_000 * 0.35 + BUILD_MONTHS / 12 * 50_000 / 3, 0, 50_000 * 0.15 + BUILD_MONTHS / 12 * 50_000 / 3),
    "fx": (-LLM_YEAR * 1.08 / 6, -LLM_YEAR * 1.08 / 6, -(LLM_YEAR * 1.08 + 900) / 6),
    "run_duration": (0, 50_000 * 60 * 0.00042 * 12, 0),
    "peak_factor": (0, 0, 0),
    "connic_run_fee": (0, 50_000 * 0.012 * 12, 0),
    "ops_share.self_hosted": (0.2 * 110_000, 0, 0),
    "ops_share.connic": (0, 0.05 * 110_000, 0),
    "ops_share.inngest": (0, 0, 0.1 * 110_000),
    "wrapper_scope": (0.8 * (58_194 + 4 / 9 + 14_460), 0, 0.8 * (58_194 + 4 / 9 + 20_940)),
    "inngest_steps_per_call": (0, 0, (50_000 * (1 + 3 * 7) - 1_000_000) * 75e-6 / 1.08 * 12),
    "inngest_overage_price": (0, 0, 0),
    "tooling_overlap": (-340 * 12, 0, 0),
}


def test_agent_runtime_by_hand() -> None:
    model, _ = load_model(AGENT_RUNTIME)
    outcome = outcome_of(model)
    swings = by_name(outcome.swings)
    for name, expected in EFFECTS.items():
        effects = tuple(swings[name].effect(option) for option in model.option_ids)
        assert effects == pytest.approx(expected, rel=1e-9), name
    assert outcome.pairs == (("connic", "self_hosted"), ("connic", "inngest"))
    assert [str(each.key) for each in outcome.ranked("connic")][:3] == [
        "runs_per_month",
        "calls_per_run",
        "input_tokens_per_call",
    ]
    assert [str(each.key) for each in outcome.ranked_by_difference("connic", "inngest")][:3] == [
        "wrapper_scope",
        "runs_per_month",
        "salary",
    ]
    assert not any(each.flips for each in outcome.swings)


def test_a_bill_that_both_pay_has_no_effect_on_their_difference() -> None:
    """Not even the last bits of totals of which it is a part."""
    model, _ = load_model(AGENT_RUNTIME)
    shared = ("calls_per_run", "input_tokens_per_call", "output_tokens_per_call", "input_price", "output_price")
    swings = by_name(outcome_of(model).swings)
    assert [swings[name].effect_on_difference("connic", "self_hosted") for name in shared] == [0.0] * 5


def test_ranking_is_by_size_and_equal_effects_keep_their_order() -> None:
    """Of effects whose last bits differ, an engine that adds in another order would show another one first."""
    base = {"only": 1_000.0}
    ends = {"small": (-1.0, 1.0), "first": (0.0, 100.0), "falling": (200.0, 0.0), "second": (0.0, 100.0 + 3e-11)}
    swings = tuple(
        Swing(Key(name), 0, 1, 2, {"only": 1_000 + low}, {"only": 1_000 + high}, False)
        for name, (low, high) in ends.items()
    )
    outcome = SensitivityOutcome(sample().headline, base, swings, (), None)
    assert swings[3].effect("only") > swings[1].effect("only")
    assert [each.key.name for each in outcome.ranked("only")] == ["falling", "first", "second", "small"]


def test_equal_effects_of_agent_runtime_stand_in_the_order_of_the_model() -> None:
    """Three parts of the wrapper range over three months each; two shares of an engineer over a fifth of one."""
    model, _ = load_model(AGENT_RUNTIME)
    outcome = outcome_of(model)
    assert [each.key for each in outcome.swings] == [key for key, _, _ in inputs_to_swing(model)]
    for ranked in (outcome.ranked("self_hosted"), outcome.ranked_by_difference("connic", "self_hosted")):
        names = [str(each.key) for each in ranked]
        first = names.index("connector_months")
        assert names[first : first + 3] == ["connector_months", "approval_months", "management_months"]
        first = names.index("ops_share.self_hosted")
        assert names[first + 1] == "maintenance_share"


def check_against_settings(model: Model) -> None:
    """Each end of each swing is the model with that one `--set`, and flips where its winner is another one."""
    outcome = outcome_of(model)

    def setting(key: Key, value: float) -> Answers:
        return evaluate(apply_settings(model, [f"{key}={value!r}"])[0])

    def winner(results: Answers) -> str | None:
        return compare(results, outcome.total).cheapest

    base = evaluate(model)
    for swing in outcome.swings:
        ends = (setting(swing.key, swing.low), setting(swing.key, swing.high))
        for results, totals in zip(ends, (swing.at_low, swing.at_high), strict=True):
            expected = {option: results.value(outcome.total.name, option) for option in model.option_ids}
            assert totals == pytest.approx(expected, rel=1e-12)
        winners = {winner(results) for results in (base, *ends)} - {None}
        assert swing.flips == (len(winners) > 1)
        assert swing.value == base.values[swing.key]


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
@pytest.mark.parametrize("swing", [None, 0.1])
def test_every_swing_is_the_model_with_that_one_set(path: Path, swing: float | None) -> None:
    model, _ = load_model(path)
    for total in (model.totals[0], model.headline):
        check_against_settings(replace(model, sensitivity=Sensitivity(total.name, (), swing, None, None)))


@settings(deadline=None, max_examples=40)
@given(
    seats=st.tuples(*[st.integers(0, 1_200)] * 3).map(sorted),
    fx=st.tuples(*[st.floats(0.5, 2)] * 3).map(sorted),
    audit=st.none() | st.just(0.0) | st.floats(0.01, 50_000),
    swing=st.none() | st.floats(0.01, 0.9),
)
def test_every_swing_of_any_sample_is_the_model_with_that_one_set(
    seats: list[int], fx: list[float], audit: float | None, swing: float | None
) -> None:
    low, value, high = fx
    model = sample(
        ("value: 240, unit: seat, low: 120, high: 600", "value: {1}, unit: seat, low: {0}, high: {2}".format(*seats)),
        ("value: 1.08, unit: USD/EUR", f"value: {value!r}, unit: USD/EUR, low: {low!r}, high: {high!r}"),
    )
    model = replace(model, sensitivity=Sensitivity("total", (), swing, None, None))
    check_against_settings(model if audit is None else with_audit(model, audit))


def test_flips_are_told_from_complete_options_only() -> None:
    """120 seats make hosting the cheaper option once its audit is quoted; a dear server does so if that is free."""
    flips = [
        {str(swing.key): swing.flips for swing in outcome_of(model).swings}
        for model in (sample(), with_audit(sample(), 5_000), with_audit(sample(), 0))
    ]
    assert flips == [
        {"seats": False, "vm_hour": False},
        {"seats": True, "vm_hour": False},
        {"seats": True, "vm_hour": True},
    ]


RIVALS = """\
reportgen: 1
id: rivals
title: Rivals
as_of: 2026-06-30
currency: EUR
options: {{one: {{title: One}}, other: {{title: Other}}}}
assumptions:
  prices: {{title: Prices, inputs: {{price: {{title: Price, value: {value}, unit: EUR, low: {low}, high: {high}}}}}}}
categories:
  costs: {{title: Costs, unit: EUR, items: {{fee: {{title: Fee, costs: {{one: price, other: 10}}}}}}}}
totals:
  total: {{title: Total, unit: EUR, formula: costs}}
sensitivity: {{of: total}}
"""


@pytest.mark.parametrize(
    ("low", "value", "high", "flips"),
    [
        (8, 9, 9.5, False),
        (8, 9, 10, False),
        (8, 9, 11, True),
        (9, 11, 12, True),
        (10, 11, 12, False),
        (9, 10, 11, True),
        (10, 10, 11, False),
        (9, 10, 10, False),
    ],
)
def test_a_tie_flips_nothing(low: float, value: float, high: float, flips: bool) -> None:
    """Against a rival of 10."""
    (swing,) = outcome_of(load(RIVALS.format(low=low, value=value, high=high))).swings
    assert swing.flips == flips


def test_which_inputs_are_moved() -> None:
    low_only = ("value: 1.08, unit: USD/EUR", "value: 1.08, unit: USD/EUR, low: 1")
    high_only = ("value: 730, unit: h/month", "value: 730, unit: h/month, high: 744")

    def moved(model: Model) -> list[tuple[str, float, float]]:
        return [(str(key), low, high) for key, low, high in inputs_to_swing(model)]

    assert moved(sample(low_only, high_only)) == [
        ("seats", 120, 600),
        ("vm_hour", 0.15, 0.24),
        ("hours", 730, 744),
        ("fx", 1, 1.08),
    ]
    assert moved(asking("swing: 10 %", low_only)) == [
        ("seats", 120, 600),
        ("seat_fee", 6.5 * 0.9, 6.5 * 1.1),
        ("vm_hour", 0.15, 0.24),
        ("hours", 730 * 0.9, 730 * 1.1),
        ("fx", 1, 1.08),
        ("admin", 88_000 * 0.9, 88_000 * 1.1),
    ]
    assert moved(asking("swing: 10 %, inputs: [admin, seats]")) == [
        ("admin", 79_200, 88_000 * 1.1),
        ("seats", 120, 600),
    ]
    assert moved(asking("inputs: [vm_hour]")) == [("vm_hour", 0.15, 0.24)]


def test_a_per_option_input_moves_one_option_at_a_time() -> None:
    upkeep = (
        "upkeep_share: {title: Upkeep, unit: FTE, value: {hosted: 0.02, self_run: 0.15},"
        " low: {hosted: 0.01, self_run: 0.1}}"
    )
    model = sample(
        ("      fx: ", f"      {upkeep}\n      fx: "),
        ('{hosted: "0.02 [FTE] * admin", self_run: "0.15 [FTE] * admin"}', "upkeep_share * admin"),
    )
    swings = by_name(outcome_of(model).swings)
    assert list(swings) == ["seats", "vm_hour", "upkeep_share.hosted", "upkeep_share.self_run"]
    assert swings["upkeep_share.hosted"].effect("hosted") == pytest.approx(880)
    assert swings["upkeep_share.hosted"].effect("self_run") == 0
    assert swings["upkeep_share.self_run"].effect("self_run") == pytest.approx(4_400)


def test_no_question_no_answer() -> None:
    model = sample((f"{ASKED} ", "# "))
    assert sensitivity(model) is None
    assert inputs_to_swing(model) == ()


def test_which_differences_are_looked_at() -> None:
    assert outcome_of(asking("between: [self_run, hosted]")).pairs == (("self_run", "hosted"),)
    assert outcome_of(sample(("subject: hosted ", "# "))).pairs == ()
    assert outcome_of(asking("between: [self_run, hosted]", ("subject: hosted ", "# "))).pairs == (
        ("self_run", "hosted"),
    )


def test_around_a_scenario() -> None:
    """At 480 seats the server's price counts twice; its swing share is of what holds in the scenario."""
    model = asking("swing: 10 %", ("set: {seats: 480}", "set: {seats: 480, admin: 100_000}"))
    scenario = model.scenarios[0]
    outcome = sensitivity(model, scenario)
    assert outcome is not None
    swings = by_name(outcome.swings)
    assert swings["vm_hour"].effect("self_run") == pytest.approx(2 * 730)
    assert (swings["admin"].low, swings["admin"].value) == (90_000, 100_000)
    assert swings["seats"].value == 480
    assert outcome.base["hosted"] == pytest.approx(evaluate(model, scenario).value("total", "hosted"))


def grid_by_loops(seats: list[float], admin: list[float]) -> dict[str, list[list[float]]]:
    """The sample's totals, written out."""
    found: dict[str, list[list[float]]] = {"hosted": [], "self_run": []}
    for seat in seats:
        hosted, self_run = [], []
        for salary in admin:
            machines = 1 if seat < 250 else 2 if seat < 1_000 else 4
            hosted.append(seat * 6.5 * 12 + 0.02 * salary + 4_000 / 3)
            self_run.append(150 * 12 + machines * SERVER_YEAR + 0.15 * salary + 15_500 / 3)
        found["hosted"].append(hosted)
        found["self_run"].append(self_run)
    return found


@pytest.mark.parametrize("audit", [None, 0.0])
def test_the_grid_against_plain_loops(audit: float | None) -> None:
    model = asking(GRID)
    grid = outcome_of(model if audit is None else with_audit(model, audit)).grid
    assert grid is not None
    assert (grid.rows.driver, grid.columns.driver) == (Key("seats"), Key("admin"))
    expected = grid_by_loops([100, 240, 260, 400], [60_000, 8_000_000])
    for option, rows in expected.items():
        assert [list(row) for row in grid.totals[option]] == [pytest.approx(row, rel=1e-12) for row in rows]
    for row, column in product(range(4), range(2)):
        cheaper = "hosted" if expected["hosted"][row][column] < expected["self_run"][row][column] else "self_run"
        open_ = audit is None and cheaper == "hosted"  # which lacks a price
        assert grid.rankings[row][column] == Ranking(None if open_ else cheaper, False, ("hosted",) if open_ else ())


def test_everything_is_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(model: Model, cases: Sequence[Case]) -> Values:
        calls.append(len(cases))
        return evaluate_cases(model, cases)

    monkeypatch.setattr("reportgen.compute.scenarios.evaluate_cases", counted)
    assert outcome_of(asking(f"swing: 10 %, {GRID}")).grid is not None
    assert calls == [1 + 2 * 6 + 4 * 2]


def message_of(model: Model, scenario: str | None = None) -> str:
    with pytest.raises(ModelError) as caught:
        sensitivity(model, model.scenario(scenario or ""))
    (found,) = caught.value.problems
    return found.message


def test_a_problem_names_the_input_that_was_moved() -> None:
    where = "division by zero in `infrastructure.servers.self_run`"
    low = ("unit: USD/EUR", "unit: USD/EUR, low: 0")
    assert message_of(sample(low)) == f"{where} (with `fx` at 0)"
    assert message_of(sample(low), "growth") == f"{where} (with `fx` at 0 in scenario `growth`)"
    assert message_of(sample(("value: 1.08", "value: 0"))) == where
    grid = asking("grid: {rows: {driver: seats, values: [1, 2, 3]}, columns: {driver: fx, values: [-1, 0, 1]}}")
    assert message_of(grid) == f"{where} (with `seats` at 1 and `fx` at 0)"
