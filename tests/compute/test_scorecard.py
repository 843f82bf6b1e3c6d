"""Scores, weighted totals and the best option, computed by hand."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.scorecard import ScorecardOutcome, score_decimals, scorecard, scores_of_total
from reportgen.model.overrides import apply_settings
from tests.model.assessed import TEXT, assessed
from tests.model.samples import sample

KNOWN = {"hosted": 1_560.0, "self_run": 1_000.0, "owned": 2_080.0}
"""What the total `known` comes to; `self_run` is lowest."""


def outcome_of(results: Answers) -> ScorecardOutcome:
    outcome = scorecard(results)
    assert outcome is not None
    return outcome


def test_a_model_without_a_scorecard_has_no_outcome() -> None:
    assert scorecard(evaluate(sample())) is None


def test_scores_of_a_total_are_in_proportion_to_the_lowest() -> None:
    results = assessed()
    assert {option: results.value("known", option) for option in KNOWN} == KNOWN
    cost, control, _ = outcome_of(results).criteria
    assert cost.scores == pytest.approx({"hosted": 5 * 1_000 / 1_560, "self_run": 5, "owned": 5 * 1_000 / 2_080})
    assert cost.best == ("self_run",)
    assert control.scores == {"hosted": 2, "self_run": 4.5, "owned": 5}
    assert control.total is None


def test_weighted_totals_and_the_best() -> None:
    outcome = outcome_of(assessed())
    assert outcome.totals == pytest.approx(
        {
            "hosted": 0.4 * 5 * 1_000 / 1_560 + 0.25 * 2 + 0.35 * 5,
            "self_run": 0.4 * 5 + 0.25 * 4.5 + 0.35 * 3,
            "owned": 0.4 * 5 * 1_000 / 2_080 + 0.25 * 5 + 0.35 * 1,
        }
    )
    assert (outcome.best, outcome.tied) == ("self_run", False)


def test_the_scenario_moves_the_scores() -> None:
    results = assessed()
    large = evaluate(results.model, results.model.scenario("large"))
    (cost, *_) = outcome_of(large).criteria
    assert cost.scores["hosted"] == pytest.approx(5 * 1_000 / 3_120)


def test_an_incomplete_total_gives_no_score_and_is_not_ranked() -> None:
    outcome = outcome_of(assessed(("cost: known", "cost: all")))
    cost = outcome.criteria[0]
    assert cost.scores == pytest.approx({"hosted": 5, "self_run": None, "owned": 5 * 1_560 / 2_080})
    assert cost.weighted["self_run"] is None and outcome.totals["self_run"] is None
    assert outcome.leading == ("hosted",)


def test_a_quoted_price_brings_the_option_back() -> None:
    model = assessed(("cost: known", "cost: all")).model
    changed, _ = apply_settings(model, ["running.backup.self_run=200"])
    outcome = outcome_of(evaluate(changed))
    assert outcome.criteria[0].scores == pytest.approx(
        {"hosted": 5 * 1_200 / 1_560, "self_run": 5, "owned": 6_000 / 2_080}
    )
    assert outcome.best == "self_run"


def test_no_option_is_ranked_where_every_total_is_incomplete() -> None:
    backup = ("backup: {title: Backup, costs: {hosted: none, self_run: not quoted, owned: 0}}",)
    every = "backup: {title: Backup, costs: {hosted: not quoted, self_run: not quoted, owned: not quoted}}"
    outcome = outcome_of(assessed((*backup, every), ("cost: known", "cost: all")))
    assert set(outcome.totals.values()) == {None}
    assert (outcome.leading, outcome.best, outcome.tied) == ((), None, False)


@pytest.mark.parametrize(
    ("formula", "scores"),
    [
        ("running.fees * 0", {"hosted": 5.0, "self_run": 5.0, "owned": 5.0}),
        ("running.fees", {"hosted": 0.0, "self_run": 5.0, "owned": 5.0}),
        ("running.servers - running.fees", {"hosted": 5.0, "self_run": 0.0, "owned": 0.0}),
    ],
)
def test_a_lowest_total_at_or_below_nothing_gets_all_points(formula: str, scores: dict[str, float]) -> None:
    results = assessed(("formula: running.fees + running.servers", f"formula: {formula}"))
    assert scores_of_total(results, "known", 5) == scores


def test_ties_are_told_by_fifteen_digits() -> None:
    """0.1 + 0.2 and 0.3 of a point are the same."""
    scores = "scores: {hosted: 3, self_run: 3, owned: 0}}"
    criteria = (
        "    a: {title: A, weight: 10 %, " + scores + "\n"
        "    b: {title: B, weight: 20 %, scores: {hosted: 1, self_run: 0, owned: 0}}\n"
        "    c: {title: C, weight: 40 %, scores: {hosted: 0, self_run: 0.5, owned: 0}}\n"
        "    d: {title: D, weight: 30 %, scores: {hosted: 1, self_run: 1, owned: 0}}\n"
    )
    text = assessed_criteria()
    outcome = outcome_of(assessed((text, criteria)))
    assert outcome.leading == ("hosted", "self_run")
    assert (outcome.best, outcome.tied) == (None, True)


def test_judgements_keep_their_decimals_and_computed_scores_have_two() -> None:
    assert score_decimals(outcome_of(assessed())) == {"cost": 2, "control": 1, "ease": 1}


def assessed_criteria() -> str:
    """The criteria of the sample as they are written."""
    start = TEXT.index("    cost: {title: Known costs, weight")
    return TEXT[start : TEXT.index("features:\n")]
