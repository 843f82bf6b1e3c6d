"""The first profile whose condition holds is the match; profiles that never are one are found."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.profiles import profiles, unmatched
from tests.model.samples import SAMPLE, load


def results(*conditions: str, scenario: str | None = None) -> Answers:
    """The sample (240 seats, from 120 to 600, 480 in the scenario `growth`) with one profile per condition."""
    entries = (
        f'  p{at}: {{title: Profile {at}, when: "{each}", recommend: hosted, because: so}}\n'
        for at, each in enumerate(conditions)
    )
    model = load(f"{SAMPLE}\nprofiles:\n{''.join(entries)}")
    return evaluate(model, model.scenario(scenario))


def matching(found: Answers) -> list[str]:
    return [each.profile.id for each in profiles(found) if each.matches]


def test_the_first_that_holds_is_the_match() -> None:
    found = results("seats > 500 [seat]", "seats > 200 [seat]", "seats > 100 [seat]")
    assert [each.holds for each in profiles(found)] == [False, True, True]
    assert matching(found) == ["p1"]


def test_a_scenario_can_match_another_profile() -> None:
    conditions = "seats > 400 [seat]", "seats <= 400 [seat]"
    assert matching(results(*conditions)) == ["p1"]
    assert matching(results(*conditions, scenario="growth")) == ["p0"]


@pytest.mark.parametrize(
    ("conditions", "codes"),
    [
        (("seats < 130 [seat]", "seats >= 130 [seat]"), []),
        (("seats >= 600 [seat]", "seats < 600 [seat]"), []),
        (("seats > 600 [seat]", "seats <= 600 [seat]"), ["warning p0"]),
        (("seats > 0 [seat]", "seats > 300 [seat]"), ["warning p1"]),
        (("seats < 200 [seat]",), ["error p0"]),
        (("subscription.hosted > 1_700 [EUR/month]", "seats < 500 [seat]"), []),
    ],
)
def test_what_never_matches_is_found(conditions: tuple[str, ...], codes: list[str]) -> None:
    found = results(*conditions)
    model = found.model
    spans = {profile.span: profile.id for profile in model.assessment.profiles}
    shown = [f"{each.severity} {spans[each.span]}" for each in unmatched(found) if each.span]
    assert shown == codes
    assert all(each.code == "RG703" for each in unmatched(found))
