"""The model of inputs/van-fleet against the same fleet in plain Python: every item in every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_source
from reportgen.model.model import Model, is_one_time
from reportgen.model.names import OVER_TIME
from reportgen.model.overrides import apply_settings, find_scenario
from reportgen.source import Source
from tests.time.van_fleet import CATEGORIES, COSTS, INPUTS, OPTIONS, Fleet, Inputs, Series, van_fleet

TEXT = (Path(__file__).parents[2] / "inputs" / "van-fleet" / "model.yaml").read_text("utf-8")
MONTHS = {"year": 12, "quarter": 3, "month": 1}
EXACT = 1e-9

YEARLY_AND_MONTHLY = pytest.mark.parametrize("step", ["year", "month"])


@cache
def model(step: str, edits: tuple[tuple[str, str], ...] = ()) -> Model:
    """The model with other steps and with parts of its text replaced, each of which must be there once."""
    text = TEXT
    for old, new in (("step: year", f"step: {step}"), *edits):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return load_source(Source("model.yaml", text))[0]


def answers(step: str, settings: tuple[str, ...] = (), edits: tuple[tuple[str, str], ...] = ()) -> Answers:
    changed, scenario = apply_settings(model(step, edits), settings)
    return evaluate(changed, scenario)


def in_steps(found: Answers, item: str, option: str) -> Series:
    """What an item comes to at the start and in each step; one that is the same all the time has no series."""
    timeline = found.model.timeline
    assert timeline is not None
    flow = found.series.get(Key(item + OVER_TIME, option))
    if flow is not None:
        return list(flow)
    value, unit = found.value(item, option), found.model.quantities[item].unit
    if is_one_time(unit):
        return [value, *[0.0] * timeline.steps]
    months = timeline.length / (12 if str(unit).endswith("/year") else 1)
    return [0.0, *[value * months] * timeline.steps]


def same(found: Sequence[float], expected: Series, what: object) -> None:
    """A horizon that is set to less leaves steps behind it, in which nothing is paid."""
    behind = [0.0] * (len(found) - len(expected))
    assert found == pytest.approx([*expected, *behind], rel=EXACT, abs=1e-6), what


def agree(found: Answers, fleet: Fleet) -> None:
    """Every item in every step, what it comes to, categories, totals, and what is carried from step to step."""
    years = fleet.months / 12
    for name, by_option in fleet.items.items():
        for option, expected in by_option.items():
            same(in_steps(found, name, option), expected, (name, option))
            unit = found.model.quantities[name].unit
            time = 1 if is_one_time(unit) else years * (1 if str(unit).endswith("/year") else 12)
            assert found.value(name, option) * time == pytest.approx(sum(expected), rel=EXACT, abs=1e-6), (name, option)
    for name, by_option in fleet.series.items():
        for option, expected in by_option.items():
            key = next(key for key in (Key(name, option), Key(name)) if key in found.series)
            assert found.series[key][: len(expected)] == pytest.approx(expected, rel=EXACT, abs=1e-6), (name, option)
    for option in OPTIONS:
        for name in CATEGORIES:
            expected = fleet.category(name, option)
            rows = [in_steps(found, item, option) for item in fleet.items if item.startswith(f"{name}.")]
            same([sum(column) for column in zip(*rows, strict=True)], expected, (name, option))
            if (flow := found.series.get(Key(name + OVER_TIME, option))) is not None:
                same(flow, expected, (name, option))
        totals = {
            "emissions_total": fleet.spend(("emissions",), option),
            "spend": fleet.spend(COSTS, option),
            "liquidity": fleet.spend((*COSTS, "financing"), option),
            "cost": fleet.average(COSTS, option),
            "expensed": fleet.present_value(COSTS[1:], option),
            "relief": fleet.present_value(("tax",), option),
            "npv": fleet.present_value(COSTS, option),
        }
        assert {each: found.value(each, option) for each in totals} == pytest.approx(totals, rel=EXACT, abs=1e-6)
    flow_of = found.cash_flow
    assert flow_of is not None
    for option in OPTIONS:
        same(flow_of.nominal[option], fleet.together(COSTS, option), option)
        cumulative = fleet.cumulative(COSTS, option)
        assert flow_of.cumulative[option][: len(cumulative)] == pytest.approx(cumulative, rel=EXACT, abs=1e-6), option


@pytest.mark.parametrize("step", MONTHS)
def test_the_model_itself(step: str) -> None:
    agree(answers(step), van_fleet(step=MONTHS[step]))


def proportion(values: Mapping[str, float], factor: float) -> dict[str, float]:
    return {date: value * factor for date, value in values.items()}


SCENARIOS: dict[str, Inputs] = {
    "cheap_diesel": {"fuel": 1.20 * 0.85, "fuel_inflation": 0.0},
    "dear_power": {"power": 0.18 * 1.25, "public_power": 0.49 * 1.25},
    "early_battery": {"battery_age": 48, "battery_share": 0.40},
    "long_routes": {"km_per_van": 36_000},
    "negotiated": {"electric_price": 55_845 * 0.85},
    "dear_carbon": {"carbon_price": proportion(INPUTS["carbon_price"], 2)},
    "toll_for_all": {"electric_toll": 1.0},
    "slow_start": {"vans_north": {"2027-01": 0, "2028-01": 48}},
}


@YEARLY_AND_MONTHLY
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_scenario(scenario: str, step: str) -> None:
    found = model(step)
    agree(evaluate(found, find_scenario(found, scenario)), van_fleet({**INPUTS, **SCENARIOS[scenario]}, MONTHS[step]))


def test_no_scenario_is_left_out() -> None:
    assert set(SCENARIOS) == {each.id for each in model("year").scenarios}


def by_date(name: str, **values: float) -> dict[str, Any]:
    """A value by date with other values: `by_date("toll", d2029_01=0.3)`."""
    return {name: {**INPUTS[name], **{key[1:].replace("_", "-"): value for key, value in values.items()}}}


SETTINGS: dict[str, tuple[tuple[str, ...], Inputs]] = {
    "distance": (("km_per_van=31_500",), {"km_per_van": 31_500}),
    "vans of a date": (("vans_north.2028-01=60",), by_date("vans_north", d2028_01=60)),
    "fewer vans later": (("vans_east.2028-01=9",), by_date("vans_east", d2028_01=9)),
    "vans two months later": (
        ("vans_harbour.2029-01.from=26",),
        {"vans_harbour": {"2027-01": 6, "2028-01": 18, "2029-03": 42}},
    ),
    "battery after four years": (("battery_age=4",), {"battery_age": 48}),
    "battery after four and a half": (("battery_age=4.5",), {"battery_age": 54}),
    "battery at the end": (("battery_age=6",), {"battery_age": 72}),
    "battery never": (("battery_age=7",), {"battery_age": 84}),
    "tyres every two years": (("vehicles.tyres.every=24",), {"tyre_interval": 24}),
    "tyres every seven months": (("vehicles.tyres.every=7",), {"tyre_interval": 7}),
    "grid in September": (("depots.grid.when=8",), {"grid_month": "2027-09"}),
    "dearer grid": (("depots.grid.amount.electric=1", "depots.grid.amount.leased=1"), {"grid_connection": 1}),
    "other shares": (
        ("depots.chargers.2027-01=60", "depots.chargers.2028-10=5"),
        {"charger_spread": {"2027-01": 0.60, "2027-10": 0.35, "2028-10": 0.05}},
    ),
    "later share": (
        ("depots.chargers.2027-10.on=40",),
        {"charger_spread": {"2027-01": 0.40, "2030-05": 0.35, "2028-10": 0.25}},
    ),
    "software later": (("operation.software.from=13",), {"software_month": "2028-02"}),
    "software that becomes cheaper": (("operation.software.growth=-10",), {"software_growth": -0.10}),
    "dearer software": (
        ("operation.software.rate.electric=2000", "operation.software.rate.leased=2000"),
        {"software": 2_000},
    ),
    "longer support": (("operation.route_support.until=20",), {"route_support_months": 20}),
    "falling energy prices": (("energy_inflation=-2",), {"energy_inflation": -0.02}),
    "no inflation at all": (
        ("energy_inflation=0", "fuel_inflation=0", "wage_inflation=0"),
        {"energy_inflation": 0.0, "fuel_inflation": 0.0, "wage_inflation": 0.0},
    ),
    "dearer vans every year": (("electric_price.growth=3",), {"electric_price_growth": 0.03}),
    "toll": (("toll.2029-01=0.30", "electric_toll=25"), {**by_date("toll", d2029_01=0.30), "electric_toll": 0.25}),
    "toll in May": (("toll.2029-01.from=28",), {"toll": {"2027-01": 0.15, "2029-05": 0.165}}),
    "no public charging": (("public_share.2028-01=0",), by_date("public_share", d2028_01=0.0)),
    "slower line": (("public_share.2028-01.from=29",), {"public_share": {"2027-01": 0.30, "2029-06": 0.08}}),
    "carbon": (("carbon_price.2028-01=140",), by_date("carbon_price", d2028_01=140)),
    "decline": (("decline.electric=30",), {"decline": {**INPUTS["decline"], "electric": 0.30}}),
    "shorter loan": (("loan_term=2",), {"loan_term": 24}),
    "longer loan": (("loan_term=8", "loan_rate=0"), {"loan_term": 96, "loan_rate": 0.0}),
    "no discounting": (("discount_rate=0",), {"discount_rate": 0.0}),
    "negative discount rate": (("discount_rate=-1.5",), {"discount_rate": -0.015}),
    "longer life": (("depreciation_life=12", "tax_rate=15"), {"depreciation_life": 144, "tax_rate": 0.15}),
    "five years": (("horizon=5",), {"horizon": 60}),
    "three years": (("horizon=3",), {"horizon": 36}),
    "workshop": (("depots.workshop.electric=40_000",), {"workshop": 40_000}),
}


@YEARLY_AND_MONTHLY
@pytest.mark.parametrize("change", SETTINGS)
def test_each_change_of_inputs(change: str, step: str) -> None:
    settings, inputs = SETTINGS[change]
    agree(answers(step, settings), van_fleet({**INPUTS, **inputs}, MONTHS[step]))


EDITS: dict[str, tuple[tuple[tuple[str, str], ...], Inputs]] = {
    "eight years": ((("horizon: 6 year", "horizon: 8 year"),), {"horizon": 96}),
    "discounted from the end": ((("discounting: middle", "discounting: end"),), {"discounting": "end"}),
    "discounted from the start": ((("discounting: middle", "discounting: start"),), {"discounting": "start"}),
    "vans in July": (
        (("2028-01: 18, 2029-01: 42}", "2028-01: 18, 2029-07: 42}"),),
        {"vans_harbour": {"2027-01": 6, "2028-01": 18, "2029-07": 42}},
    ),
    "grid in the last month": ((("when: 2027-03", "when: 2032-12"),), {"grid_month": "2032-12"}),
    "until a month, which is included": ((("until: 9 month", "until: 2028-05"),), {"route_support_months": 17}),
    "from a time after the start": ((("from: 2027-07", "from: 14 month"),), {"software_month": "2028-03"}),
    "every thirty months": ((("every: 3 year", "every: 30 month"),), {"tyre_interval": 30}),
    "growth that begins later": (
        (("growth: 4 %/year", "growth: {rate: 4 %/year, from: 2028-07}"),),
        {"software_growth_from": "2028-07"},
    ),
    "growth once a year": (
        (("growth: 4 %/year", "growth: {rate: 4 %/year, from: 2028-07, each: year}"),),
        {"software_growth_from": "2028-07", "software_growth_yearly": True},
    ),
    "growth of another input": ((("growth: 4 %/year", "growth: wage_inflation"),), {"software_growth": 0.03}),
    "steps instead of a line": (
        (("between: linear", "between: step"),),
        {"public_share": {"2027-01": 0.30, "2027-12": 0.30, "2028-01": 0.08}},
    ),
}


@YEARLY_AND_MONTHLY
@pytest.mark.parametrize("edit", EDITS)
def test_each_edit_of_the_file(edit: str, step: str) -> None:
    edits, inputs = EDITS[edit]
    agree(answers(step, edits=edits), van_fleet({**INPUTS, **inputs}, MONTHS[step]))


def test_yearly_steps_add_up_what_monthly_ones_do_where_nothing_grows_and_no_date_is_within_a_year() -> None:
    """The steps are a way of looking, not a matter of substance."""
    steady = ("energy_inflation=0", "fuel_inflation=0", "wage_inflation=0", "operation.software.growth=0")
    steady += ("electric_price.growth=0", "grid_carbon.growth=0", "diesel_price.growth=0", "battery_price.growth=0")
    yearly, monthly = (answers(step, steady) for step in ("year", "month"))
    for name in ("energy.fuel", "operation.toll", "operation.software", "vehicles.purchase", "emissions.exhaust"):
        for option in OPTIONS:
            assert yearly.value(name, option) == pytest.approx(monthly.value(name, option), rel=EXACT), name


def test_the_reference_says_what_a_hand_says() -> None:
    """The first delivery is 42 vans, the last one 24 in 2029; 70 % of each are lent for five years."""
    fleet = van_fleet()
    purchase = fleet.items["vehicles.purchase"]["diesel"]
    assert purchase[:3] == pytest.approx([0, 42 * 38_000, 54 * 38_000 * 1.02])
    assert purchase[3] == pytest.approx(24 * 38_000 * 1.02**2)
    balance = fleet.series["closing_balance"]["diesel"]
    assert balance[0] == pytest.approx(0.7 * purchase[1] * 4 / 5)
    assert all(later < before for before, later in pairwise(balance[2:]))
    assert fleet.items["energy.fuel"]["diesel"][1] == pytest.approx(42 * 26_000 * 0.105 * 1.20)
    assert fleet.items["operation.route_support"]["leased"] == [0, 9 * 2_400, 0, 0, 0, 0, 0]
