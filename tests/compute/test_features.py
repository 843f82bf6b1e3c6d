"""Status, price and counts of features."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.features import FeatureCounts, FeatureCover, FeaturesOutcome, features, price_decimals
from reportgen.formula.units import parse_unit
from reportgen.model.overrides import apply_settings
from tests.model.assessed import assessed
from tests.model.samples import sample


def outcome_of(results: Answers) -> FeaturesOutcome:
    outcome = features(results)
    assert outcome is not None
    return outcome


def cover(results: Answers, feature: str, option: str) -> FeatureCover:
    return next(each for each in outcome_of(results).features if each.id == feature).options[option]


def test_a_model_without_features_has_no_outcome() -> None:
    assert features(evaluate(sample())) is None


def test_each_status() -> None:
    outcome = outcome_of(assessed())
    statuses = {each.id: [cover.status for cover in each.options.values()] for each in outcome.features}
    assert statuses == {
        "audit": ["covered", "priced", "priced"],
        "support": ["priced", "not priced", "not priced"],
        "backup": ["covered", "not quoted", "not priced"],
        "mobile": ["covered", "covered", "covered"],
    }


def test_a_price_comes_with_its_unit_and_an_included_one_without_a_number() -> None:
    found = cover(assessed(), "audit", "self_run")
    assert (found.price, found.unit, found.priced_by) == (18_333.5, parse_unit("EUR"), "set_up.audit_log")
    found = cover(assessed(), "support", "hosted")
    assert (found.price, found.unit, found.state) == (None, None, "included")
    assert cover(assessed(), "backup", "self_run").price is None


def test_counts_and_shares() -> None:
    assert outcome_of(assessed()).counts == {
        "hosted": FeatureCounts(3, 1, 0, 0, 75.0),
        "self_run": FeatureCounts(1, 1, 1, 1, 25.0),
        "owned": FeatureCounts(1, 1, 0, 2, 25.0),
    }


def test_unpriced_gaps_are_listed_with_their_reasons() -> None:
    found = [(each.feature, each.option, each.answer, each.because) for each in outcome_of(assessed()).unpriced]
    assert found == [
        ("support", "self_run", "no", "Nobody offers it"),
        ("support", "owned", "partly", "Nobody offers it"),
        ("backup", "owned", "partly", "Done by hand"),
    ]


def test_a_quoted_price_prices_the_gap_and_nothing_does_not() -> None:
    model = assessed().model
    for setting, status, price in (("200", "priced", 200.0), ("0", "not priced", None)):
        changed, _ = apply_settings(model, [f"running.backup.self_run={setting}"])
        found = cover(evaluate(changed), "backup", "self_run")
        assert (found.status, found.price) == (status, price)


@pytest.mark.parametrize(("name", "status"), [("running", "not quoted"), ("known", "priced"), ("all", "not quoted")])
def test_a_category_or_total_prices_a_gap_only_if_all_of_it_is_known(name: str, status: str) -> None:
    results = assessed(("priced_by: running.backup", f"priced_by: {name}"))
    found = cover(results, "backup", "self_run")
    assert (found.status, found.price) == (status, 1_000.0 if status == "priced" else None)


def test_prices_of_a_unit_share_their_decimals() -> None:
    assert price_decimals(outcome_of(assessed())) == {parse_unit("EUR"): 0}
