"""Scenarios: figures by hand, each scenario against a whole evaluation of its own, who wins, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.comparison import Ranking, compare, least_of
from reportgen.compute.evaluate import Case, Values, evaluate_cases
from reportgen.compute.scenarios import ScenarioOutcome, above_noise, compare_scenarios
from reportgen.model.load import load_model
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.problems import ModelError
from tests.model.samples import sample

AGENT_RUNTIME = Path(__file__).parents[2] / "inputs" / "agent-runtime"

SERVER_YEAR = 0.19 * 730 / 1.08 * 12
HOSTED, SELF_RUN = 21_813 + 1 / 3, 15_000 + SERVER_YEAR + 15_500 / 3


def by_id(model: Model) -> dict[str, ScenarioOutcome]:
    return {each.scenario.id if each.scenario else "base": each for each in compare_scenarios(model)}


def with_audit(price: float, *replacements: tuple[str, str]) -> Model:
    """The sample with the price that is not quoted in it, so that both options are complete."""
    model, _ = apply_settings(sample(*replacements), [f"set_up.audit.hosted={price}"])
    return model


def test_the_sample_by_hand() -> None:
    """240 more seats cost the hosted option 240 × 6.50 × 12, and the other one a second server."""
    base, growth = compare_scenarios(sample())
    assert base.scenario is BASE_SCENARIO
    assert base.totals == pytest.approx({"hosted": HOSTED, "self_run": SELF_RUN}, rel=1e-12)
    assert base.differences == base.shares == {"hosted": 0, "self_run": 0}
    assert growth.scenario.id == "growth"
    more = {"hosted": 240 * 6.5 * 12, "self_run": SERVER_YEAR}
    assert growth.totals == pytest.approx({"hosted": HOSTED + 18_720, "self_run": SELF_RUN + SERVER_YEAR}, rel=1e-12)
    assert growth.differences == pytest.approx(more, rel=1e-12)
    assert growth.shares == pytest.approx(
        {"hosted": 18_720 / HOSTED * 100, "self_run": SERVER_YEAR / SELF_RUN * 100}, rel=1e-12
    )


MONTHLY_LLM = 50_000 * 3 * (10_000 * 3 + 1_500 * 15) / 1e6 / 1.08
RUN = 0.047 + 45 * 0.00042
MONTHS = 18.5

DIFFERENCES = {
    "low_volume": (-0.9 * MONTHLY_LLM * 12, -(0.9 * MONTHLY_LLM + 45_000 * RUN) * 12, -0.9 * MONTHLY_LLM * 12),
    "high_volume": (0.6 * MONTHLY_LLM * 12, (0.6 * MONTHLY_LLM + 30_000 * RUN) * 12, 0.6 * MONTHLY_LLM * 12),
    "high_salary": ((0.2 + 0.15) * 30_000 + MONTHS * 2_500 / 3, 0, 0.15 * 30_000 + MONTHS * 2_500 / 3),
    "long_runs": (0, 50_000 * 45 * 0.00042 * 12, 0),
    "two_years": tuple(
        build * (1 / 2 - 1 / 3) for build in (26_049 + MONTHS * 110_000 / 12 + 5_000, 1_800, 1_800 + 174_583 + 1 / 3)
    ),
    "tiny_volume": (-0.99 * MONTHLY_LLM * 12, (40 - 0.99 * MONTHLY_LLM - 50_000 * RUN) * 12, -0.99 * MONTHLY_LLM * 12),
    "platform_team": (-(174_583 + 1 / 3) / 3 - 14_460, 0, -(174_583 + 1 / 3) / 3 - 20_940),
}


def test_the_differences_of_agent_runtime_by_hand() -> None:
    """From the article's inputs: 5,000, 80,000 and 500 runs (with the credit of 40), a salary of 140,000, runs of 90 s,
    two years, no wrapper."""
    model, _ = load_model(AGENT_RUNTIME)
    outcomes = by_id(model)
    assert list(outcomes) == ["base", *DIFFERENCES]
    for scenario, expected in DIFFERENCES.items():
        assert tuple(outcomes[scenario].differences.values()) == pytest.approx(expected, rel=1e-9), scenario
    assert outcomes["low_volume"].totals["connic"] == pytest.approx((329.5 + 1) * 12 + 600 + 8_750, rel=1e-12)
    cheapest = {scenario: each.cheapest for scenario, each in outcomes.items()}
    assert cheapest == {**dict.fromkeys(outcomes, "connic"), "platform_team": "inngest"}


def test_each_scenario_is_what_evaluating_it_gives(model_path: Path) -> None:
    model, _ = load_model(model_path)
    for total in model.totals:
        for outcome in compare_scenarios(model, total):
            results = evaluate(model, outcome.scenario)
            comparison = compare(results, total)
            assert outcome.ranking == comparison.ranking
            assert list(outcome.totals) == list(model.option_ids)
            for option, value in outcome.totals.items():
                assert value == pytest.approx(results.value(total.name, option), rel=1e-12)


def test_a_scenario_based_on_another_holds_what_that_one_sets() -> None:
    dear = "scenarios:\n  dear: {title: Dear, based_on: growth, set: {seat_fee: 7.50}}\n"
    outcomes = by_id(sample(("scenarios:\n", dear)))
    assert list(outcomes) == ["base", "dear", "growth"]
    assert outcomes["dear"].differences["hosted"] == pytest.approx((480 * 7.5 - 240 * 6.5) * 12)


def test_an_incomplete_option_never_wins_and_leaves_open_who_does_while_it_is_lower() -> None:
    """With 24 seats hosting costs a fifth of the other, as far as its prices are known."""
    few = ("set: {seats: 480}", "set: {seats: 24}")
    base, found = compare_scenarios(sample(few))
    assert found.totals["hosted"] < found.totals["self_run"]
    assert (base.ranking, found.ranking) == (Ranking("self_run", False, ()), Ranking(None, False, ("hosted",)))
    _, quoted = compare_scenarios(with_audit(0, few))
    assert quoted.cheapest == "hosted"


def test_without_a_complete_option_none_wins() -> None:
    model = sample(("self_run: 6_000", "self_run: not quoted"))
    assert [each.ranking for each in compare_scenarios(model)] == [Ranking(None, False, ())] * 2


@pytest.mark.parametrize(
    ("price", "cheapest", "tied"), [(5_000.0, None, True), (5_000.01, "self_run", False), (4_999.99, "hosted", False)]
)
def test_a_tie_is_a_tie_and_no_win(price: float, cheapest: str | None, tied: bool) -> None:
    """Of what the two pay, only the audit is not the same for both."""
    fees, servers = "seats * seat_fee", "machines * vm_hour * hours / fx"
    model = with_audit(
        price,
        (f"{{hosted: {fees}, self_run: none}}", fees),
        ("{hosted: included, self_run: 150}", "{hosted: 150, self_run: 150}"),
        (f"{{hosted: none, self_run: {servers}}}", servers),
        ('"0.02 [FTE] * admin"', '"0.3 [FTE] * admin"'),
        ('"0.15 [FTE] * admin"', '"0.3 [FTE] * admin"'),
        ("self_run: 9_500", "self_run: 3_000"),
    )
    outcomes = compare_scenarios(model)
    assert [each.ranking for each in outcomes] == [Ranking(cheapest, tied, ())] * 2


def test_totals_are_the_same_within_what_sums_leave() -> None:
    assert least_of({"one": 0.1 + 0.2, "other": 0.3}, ("one", "other")) == ("one", "other")
    assert least_of({"one": 0.1 + 0.2, "other": 0.3 - 1e-12}, ("one", "other")) == ("other",)


def test_no_share_of_what_is_not_above_nothing() -> None:
    model = sample(("hosted: 4_000", "hosted: -100_000"))
    base, growth = compare_scenarios(model)
    assert base.totals["hosted"] < 0
    assert base.shares["hosted"] is growth.shares["hosted"] is None
    assert growth.differences["hosted"] == pytest.approx(18_720)


def test_all_scenarios_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def counted(model: Model, cases: Sequence[Case]) -> Values:
        calls.append(len(cases))
        return evaluate_cases(model, cases)

    monkeypatch.setattr("reportgen.compute.scenarios.evaluate_cases", counted)
    model, _ = load_model(AGENT_RUNTIME)
    assert len(compare_scenarios(model)) == len(model.scenarios) + 1
    assert calls == [len(model.scenarios) + 1]


def test_a_problem_names_the_scenario_it_is_in() -> None:
    model = sample(("set: {seats: 480}}", "set: {seats: 480}}\n  bad: {title: Bad, set: {fx: 0}}"))
    with pytest.raises(ModelError) as caught:
        compare_scenarios(model)
    assert [each.message for each in caught.value.problems] == [
        "division by zero in `infrastructure.servers.self_run` (in scenario `bad`)"
    ]
    with pytest.raises(ModelError) as caught:
        compare_scenarios(apply_settings(model, ["fx=0"])[0])
    assert [each.message for each in caught.value.problems] == ["division by zero in `infrastructure.servers.self_run`"]


def test_what_rounding_leaves_is_no_difference() -> None:
    assert above_noise(204_877.1 + 0.2 - 204_877.3, (204_877.3, 204_877.1)) == 0
    assert above_noise(1e-4, (204_877.3, 204_877.1)) == 1e-4
    assert above_noise(1e-9, (1e-9, 0.0)) == 1e-9
    assert above_noise(0.0, (0.0, 0.0)) == 0


def test_a_difference_that_a_workbook_shows_is_no_noise() -> None:
    """A spreadsheet shows a difference of 88,576, also of totals of 8.64e18."""
    assert above_noise(-88_576.0, (8.64e18, 8.64e18 + 88_576)) == -88_576.0
    assert above_noise(1e-10, (21_813.3, 21_813.3)) == 0.0
