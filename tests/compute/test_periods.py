"""What changes over time, period by period: which names do, and what they come to."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.periods import Courses
from tests.model.samples import sample
from tests.presentation.vans import MONTHLY, VANS, results_of

YEARS = ("2027", "2028", "2029", "2030", "2031", "2032")


@pytest.fixture(scope="module")
def yearly() -> Courses:
    return results_of(VANS).courses


@pytest.fixture(scope="module")
def monthly() -> Courses:
    return results_of(MONTHLY).courses


def test_only_names_of_the_author_that_change_have_a_course(yearly: Courses) -> None:
    assert list(yearly.inputs) == ["power", "vans"]
    assert list(yearly.calculations) == ["energy_used"]
    assert list(yearly.categories["vehicles"]) == [
        *(f"vehicles.{item}" for item in ("charger", "battery", "tyres", "residual")),
        "vehicles",
    ]
    assert "running.staff" not in yearly.categories["running"]
    assert yearly.of("running.energy.rate") is not None and yearly.of("running.staff") is None


def test_a_model_in_which_nothing_changes_has_none() -> None:
    assert not evaluate(sample()).courses


def test_items_come_to_amounts_on_their_dates(yearly: Courses) -> None:
    assert [each.label for each in yearly.periods] == list(YEARS)
    vehicles, running = yearly.categories["vehicles"], yearly.categories["running"]
    assert vehicles["vehicles.charger"].steps == {"electric": (80_000, 120_000, 0, 0, 0, 0)}
    assert vehicles["vehicles.battery"].steps == {"electric": (0, 0, 0, 0, 400_000, 0)}
    assert vehicles["vehicles.residual"].steps["electric"] == (0, 0, 0, 0, 0, -330_000)
    assert vehicles["vehicles"].starts == {"electric": 1_800_000, "leased": 0}
    assert vehicles["vehicles"].steps["electric"] == (80_000, 120_000, 0, 90_000, 400_000, -330_000)
    assert running["running.lease"].steps["leased"] == (9 * 52_000, *[12 * 52_000] * 4, 11 * 52_000)
    assert running["running"].steps["leased"][0] == pytest.approx(9 * 52_000 + 12 * 900 + 12 * 5_000)


def test_years_of_a_monthly_model_are_sums_of_amounts_and_means_of_the_rest(monthly: Courses) -> None:
    assert len(monthly.periods) == 72 and monthly.periods[5].label == "2027-06" and monthly.years == YEARS
    lease = monthly.by_year(monthly.categories["running"]["running.lease"])["leased"]
    assert lease == pytest.approx((9 * 52_000, *[12 * 52_000] * 4, 11 * 52_000))
    assert monthly.by_year(monthly.inputs["vans"])[None][:2] == (25, 42)
    assert monthly.inputs["vans"].steps[None][5:7] == (20, 30)


def test_periods_beyond_the_horizon_are_left_out() -> None:
    longer = results_of(VANS + "scenarios: {longer: {title: Longer, set: {horizon: 8 year}}}\n")
    assert len(longer.courses.periods) == 6
    assert len(longer.in_scenario(longer.model.scenarios[0]).courses.periods) == 8
    assert longer.cash_flow is not None and len(longer.cash_flow.year_ends) == 7


def test_without_a_start_periods_are_counted() -> None:
    courses = results_of(
        VANS.replace("timeline: {start: 2027-01, step: year}\n", "")
        .replace("{2027-01: 20, 2027-07: 30, 2028-01: 42}", "42")
        .replace("spread: {2027-01: 40 %, 2028-01: 60 %}", "when: 1 year")
        .replace("when: 2031-03", "when: 50 month")
        .replace("from: 2027-04, until: 2032-11", "until: 9 month")
    ).courses
    assert [each.label for each in courses.periods] == ["1", "2", "3", "4", "5", "6"]
    assert courses.periods[0].first == "" and courses.years == ("1", "2", "3", "4", "5", "6")
