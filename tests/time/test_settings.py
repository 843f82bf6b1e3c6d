"""What scenarios, `--set` and ranges do to inputs over time: in proportion, of one month, of one option."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from reportgen.cli.terminal import results_text
from reportgen.compute.answers import Answers, evaluate
from reportgen.data.results_json import results_json
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from reportgen.workbook.plan import plan_workbook
from tests.model.samples import load, problems_of
from tests.time.settings_over_time import TEXT, spend

HIRED = {"km": (900, 900), "desks": 3_000}


def totals(results: Answers) -> list[float]:
    return [results.value("spend", option) for option in ("own", "hired")]


def of_scenario(name: str | None) -> list[float]:
    model = load(TEXT)
    return totals(evaluate(model, model.scenario(name)))


def after(settings: Iterable[str]) -> list[float]:
    changed, _ = apply_settings(load(TEXT), settings)
    return totals(evaluate(changed))


def test_a_change_in_proportion_reaches_all_months_all_options_and_a_whole_table() -> None:
    assert of_scenario(None) == pytest.approx([spend("own"), spend("hired", **HIRED)])
    moved = {"vans": (30, 90, 180), "power": 0.11, "fees": (60, 36), "rate": 630}
    expected = [spend("own", **moved, desks=1_050), spend("hired", **moved, km=(900, 900), desks=3_150)]
    assert of_scenario("more") == pytest.approx(expected)


def test_a_scenario_over_dates_sets_some_months_and_keeps_the_others_of_its_base() -> None:
    moved = {"vans": (40, 45, 180), "power": 0.11, "fees": (60, 36), "rate": 630}
    own = spend("own", **moved, km=(1_000, 1_200), desks=1_050)
    assert of_scenario("later") == pytest.approx([own, spend("hired", **moved, km=(900, 900), desks=3_150)])


def test_what_one_month_or_option_is_set_to_counts_before_a_change_of_all() -> None:
    text = TEXT.replace("set: {vans: +50 %,", "set: {vans.2027-07: 40, vans: +50 %, km.2028-01.own: 1_000, km: -10 %,")
    model = load(text)
    own = model.scenario("more").settings
    assert {str(key): value for key, value in own.items() if key.name.partition(".")[0] in ("vans", "km")} == {
        "vans.2027-07": 40,
        "vans.2027-01": 30,
        "vans.2028-01": 180,
        "km.2028-01.own": 1_000,
        "km.2027-01.own": 900,
        "km.2027-01.hired": 810,
    }


@pytest.mark.parametrize(
    ("setting", "moved"),
    [
        ("vans.2027-07=40", {"vans": (20, 40, 120)}),
        ("vans=+10%", {"vans": (22, 66, 132)}),
        ("power=+10%", {"power": 0.11}),
        ("running.office.rate.own=300", None),
        ("running.office=300", {"office": 300}),
        ("running.office=-10%", {"office": 180}),
        ("fee=+10%", {"fees": (55, 33)}),
        ("fee.2.from=60", {"second_band": 60}),
    ],
)
def test_the_command_line_reaches_the_same_names(setting: str, moved: dict[str, float] | None) -> None:
    if moved is None:
        with pytest.raises(ModelError) as caught:
            after([setting])
        assert caught.value.problems[0].message == "`running.office.rate` is one number for all options"
        return
    assert after([setting]) == pytest.approx([spend("own", **moved), spend("hired", **{**HIRED, **moved})])  # type: ignore[arg-type]


def test_the_number_of_an_item_over_time_is_set_by_its_own_name_or_the_items() -> None:
    expected = pytest.approx([spend("own"), spend("hired", **HIRED, rate=800)])
    assert after(["running.rate.hired=800"]) == after(["running.rate.rate.hired=800"]) == expected


@pytest.mark.parametrize(
    ("setting", "message", "hint"),
    [
        ("vans=5", "`vans` has values by month", "set vans.2027-01, vans.2027-07, vans.2028-01, or vans=+10%"),
        ("km.own=5", "`km.own` has values by month", "set km.2027-01.own, km.2028-01.own, or km.own=+10%"),
        (
            "vans.2028-02=5",
            "`vans` has no value from 2028-02 on that could be set",
            "it has values from 2027-01, 2027-07, 2028-01 on",
        ),
        ("running.energy=5", "`running.energy` is computed, not an input", "set an assumption it is computed from"),
    ],
)
def test_a_setting_of_several_numbers_says_which_there_are(setting: str, message: str, hint: str) -> None:
    with pytest.raises(ModelError) as caught:
        after([setting])
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (message, hint)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{2027-01: 40,", "{2027-03: 40,", "`vans` has no value from 2027-03 on that could be set"),
        ("set: {vans: +50 %", "set: {vans: 50", "`vans` has values by month"),
        ("power: +10 %", "power: {2027-01: 0.2}", "`power` has no values by month"),
        (
            "once.desks: +5 %",
            "once.desks: +5 %, once.desks.amount: 4 %",
            "`once.desks.amount` is one number per option",
        ),
        (
            "once.desks: +5 %",
            "once.desks: +5 %, once.desks.amount: +4 %",
            "`once.desks.amount.own` is set twice in scenario `more`",
        ),
    ],
)
def test_a_scenario_over_dates_that_cannot_be_is_a_problem(old: str, new: str, message: str) -> None:
    assert old in TEXT
    assert problems_of(TEXT.replace(old, new, 1))[0].message == message


def test_items_and_tables_over_time_take_part_in_every_analysis() -> None:
    """The tornado, ranges and the simulation, under the name of the number."""
    results = evaluate(load(TEXT))
    assert results.sensitivity is not None
    swings = {str(each.key): each for each in results.sensitivity.swings}
    assert list(swings) == ["vans.2028-01", "power", "running.rate.rate.hired", "running.office.rate", "fee.2.from"]
    rate = swings["running.rate.rate.hired"]
    ends = [spend("hired", **HIRED, rate=each) for each in (600, 900)]
    assert [rate.at_low["hired"], rate.at_high["hired"]] == pytest.approx(ends)
    assert rate.at_low["own"] == pytest.approx(spend("own"))
    (found,) = results.ranges
    low = spend("own", office=150, second_band=40)
    assert found.extremes.low["own"] == pytest.approx(low)
    assert results.simulation is not None
    drawn = {str(key) for key, _ in results.simulation.rank_correlations["hired"]}
    assert drawn == set(swings)


def test_an_option_without_a_value_of_its_own_keeps_the_one_it_has() -> None:
    """`km` of hired vans has no value from 2028 on: it is shown, and is no input."""
    model = load(TEXT)
    results, plan = evaluate(model), plan_workbook(model)
    later = json.loads(results_json(results, plan))["values"]["km.2028-01"]
    assert later["options"] == {"own": 1_500, "hired": 900}
    assert (later["inputs"], list(later["cells"])) == (["own"], ["own"])
    assert "Distance, from 2028-01" in results_text(results, 100, color=False)


def test_a_horizon_in_proportion_lays_out_the_steps_that_it_needs() -> None:
    text = TEXT.replace("set: {vans: +50 %,", "set: {horizon: +50 %, vans: +50 %,")
    model = load(text)
    assert model.timeline is not None
    assert model.timeline.steps == 3
    longer = evaluate(model, model.scenario("more"))
    third = 12 * (180 * 1_500 * 0.11 * 1.1**2 + 60 * 50 + 36 * 130 + 200 * 1.05**2)
    moved = {"vans": (30, 90, 180), "power": 0.11, "fees": (60, 36), "rate": 630}
    assert longer.value("spend", "own") == pytest.approx(spend("own", **moved, desks=1_050) + third)
