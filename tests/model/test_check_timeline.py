"""From what is written to the timeline: its start, its steps, its labels; and what cannot be one."""

from __future__ import annotations

import pytest

from reportgen.formula.nodes import AxisRow
from reportgen.model.timeline import Timeline
from tests.model.samples import load, problems_of
from tests.model.timed import timed


def timeline(text: str) -> Timeline:
    found = load(text).timeline
    assert found is not None
    return found


def test_a_timeline_as_written() -> None:
    found = timeline(timed(horizon="6 year", timeline="start: 2027-04, step: quarter, discounting: middle"))
    assert found == Timeline(2027 * 12 + 3, 3, 24, "middle", True)
    assert (found.step, found.months) == ("quarter", 72)
    assert (found.label(1), found.says(AxisRow.BEGIN, 1)) == ("2027-Q3", 3)


def test_what_is_left_out_is_the_month_of_the_model_a_year_and_its_end() -> None:
    assert timeline(timed(horizon="6 year", timeline="")) == Timeline(2026 * 12 + 10, 12, 6, "end", False)


def test_a_model_without_a_horizon_has_no_timeline() -> None:
    text = timed(timeline="").replace("horizon: 3 year\n", "")
    lines = [line for line in text.splitlines() if "of: [" not in line]
    lines.insert(lines.index("totals:") + 1, "  total: {title: Total, unit: EUR/year, formula: run}")
    model = load("\n".join(lines))
    assert model.timeline is None


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("start: 2027-01, step: year", ["2027", "2028", "2029"]),
        ("start: 2027-04, step: year", ["2027-04 to 2028-03", "2028-04 to 2029-03", "2029-04 to 2030-03"]),
        ("start: 2027-04, step: quarter", ["2027-Q2", "2027-Q3", "2027-Q4"]),
        ("start: 2027-02, step: quarter", ["2027-02 to 2027-04", "2027-05 to 2027-07", "2027-08 to 2027-10"]),
        ("start: 2027-11, step: month", ["2027-11", "2027-12", "2028-01"]),
    ],
)
def test_what_steps_are_called(written: str, labels: list[str]) -> None:
    found = timeline(timed(timeline=written))
    assert [found.label(step) for step in range(3)] == labels


def test_years_of_the_timeline() -> None:
    found = timeline(timed(timeline="start: 2027-04, step: quarter"))
    assert [found.year_of(step) for step in (0, 3, 4, 11)] == [0, 0, 1, 2]
    assert found.year_label(1) == "2028-04 to 2029-03"
    assert timeline(timed(timeline="")).year_label(0) == "", "without a start no year has a name"


@pytest.mark.parametrize(("horizon", "steps"), [("36 month", 3), ("12 quarter", 3), ("3 year", 3), ("3", 3)])
def test_a_horizon_in_any_unit_of_time(horizon: str, steps: int) -> None:
    assert timeline(timed(horizon=horizon)).steps == steps


def test_a_scenario_with_a_longer_horizon_lays_out_more_steps() -> None:
    scenario = "scenarios:\n  long: {title: Long, set: {horizon: 60 month}}\n  short: {title: Short, set: {horizon: 1}}"
    assert timeline(timed(more=scenario)).steps == 5


LATER = "pay: {title: Pay, costs: 12, from: 12 month}"


@pytest.mark.parametrize(
    ("horizon", "step", "message", "nearest"),
    [
        ("30 month", "year", "the horizon is 2.5 steps of a year; it is a whole number of them", "2 year"),
        ("32 month", "year", "the horizon is 2.66666666667 steps of a year; it is a whole number of them", "3 year"),
        ("20 month", "quarter", "the horizon is 6.66666666667 steps of a quarter; it is a whole number of them", None),
        ("18.5 month", "month", "the horizon is 18.5 steps of a month; it is a whole number of them", "18 month"),
    ],
)
def test_the_horizon_is_a_whole_number_of_steps(horizon: str, step: str, message: str, nearest: str | None) -> None:
    (problem,) = problems_of(timed(horizon=horizon, run=LATER, timeline=f"start: 2027-01, step: {step}"))
    assert (problem.code, problem.message) == ("RG212", message)
    nearest = nearest or "21 month"
    finer = "" if step == "month" else ", or choose another step: `timeline: {step: month}`"
    assert problem.hint == f"the nearest is `horizon: {nearest}`{finer}"
    load(timed(horizon=nearest, run=LATER, timeline=f"start: 2027-01, step: {step}"))


def test_the_nearest_horizon_is_one_step_at_least() -> None:
    run = "pay: {title: Pay, costs: 12, growth: 1 %/year}"
    (problem,) = problems_of(timed(horizon="4 month", run=run))
    assert problem.hint.startswith("the nearest is `horizon: 1 year`")


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (timed(horizon="101 year"), "RG212", "a timeline has at most 1,200 months; the horizon is 1,212"),
        (timed(horizon="0 year"), "RG212", "the horizon is greater than zero"),
        (timed(horizon="3 kg"), "RG402", "the horizon is in kg; it is a time"),
        (timed(timeline="start: soon"), "RG207", "`start` is not a month: `soon`"),
        (timed(timeline="step: week"), "RG208", None),
        (timed(timeline="start: 2027-01, discounting: late"), "RG208", None),
        (timed(timeline="begin: 2027-01"), "RG201", None),
    ],
)
def test_what_is_no_timeline(text: str, code: str, message: str | None) -> None:
    problem = problems_of(text)[0]
    assert problem.code == code
    assert message is None or problem.message == message


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("horizon: 3 year", "horizon: soon"),
        ("horizon: 3 year", "horizon: [3]"),
        ("horizon: 3 year", "horizon: 0"),
        ("horizon: 3 year", "horizon: 3 kg"),
        ("horizon: 3 year", "horizon: 1_000 year"),
        ("start: 2027-01", "start: 2027-1"),
        ("start: 2027-01", "start: 0000-01"),
        ("timeline: {start: 2027-01, step: year}", "timeline: 2027"),
    ],
)
def test_what_cannot_be_read_of_a_timeline_brings_no_other_problem(right: str, wrong: str) -> None:
    text = timed(
        inputs="x: {title: X, value: {2027: 1, 2028: 2}, unit: EUR/year, growth: 3 %/year}",
        calculations='y: {title: Y, unit: EUR, formula: "previous(y, 0) + (at(x, 2028) + last(x)) * 1 [year]"}',
        run="lease: {title: Lease, costs: x, from: 2027-04, until: 2028-12}",
        once="tyres: {title: Tyres, costs: y, every: 1 year}",
        more='metrics:\n  all: {title: All, unit: EUR, formula: "sum_over_time(x) + largest(y)"}',
    )
    assert right in text
    assert len(problems_of(text.replace(right, wrong))) == 1


def test_a_timeline_needs_a_horizon() -> None:
    text = timed().replace("horizon: 3 year\n", "")
    assert ("RG203", "a timeline needs a horizon") in {(each.code, each.message) for each in problems_of(text)}
