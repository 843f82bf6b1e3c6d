"""inputs/cloud-move against the ledger of cloud_move.py: every item, category and total, in every month.

Each change of inputs is made in both, under the same names; nothing of one is computed from the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import isclose
from pathlib import Path

import pytest
import yaml

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.simulation import draw, drawn_totals
from reportgen.formula.nodes import Key
from reportgen.model.load import load_model
from reportgen.model.model import InputValue, Model
from reportgen.model.names import OVER_TIME
from reportgen.model.overrides import apply_settings, find_scenario
from tests.time.cloud_move import CLOUDS, HORIZON, INPUTS, ITEMS, OPTIONS, Column, Move, cloud_move, listed

MODEL = Path(__file__).parents[2] / "inputs" / "cloud-move"

SCENARIOS: Mapping[str, Mapping[str, float]] = {
    "base": {},
    "late": {"migrated.2027-04": 5, "migrated.2027-10": 40, "parallel": 15},
    "same_team": {"team_after": 7},
    "weak_euro": {"fx_usd": 1},
    "dear_power": {"power": 0.266, "energy_inflation": 8},
    "no_commitment": {"reserved_share.2027-10": 0, "reserved_share.2028-04": 0},
    "data_heavy": {"egress": 120, "new_data": 8},
    "old_servers": {"refresh_due": 60},
}

CHANGES: Mapping[str, Mapping[str, float]] = {
    "more processors": {"cores": 1_731, "rightsizing": 93},
    "growth of the workload": {"workload_growth": 9.5},
    "a shrinking workload": {"workload_growth": -6},
    "a slower ramp": {"migrated.2027-04": 4, "migrated.2027-10": 55, "migrated.2028-04": 90},
    "dates of the ramp": {"migrated.2027-04.from": 5, "migrated.2027-10.from": 13, "migrated.2028-04.from": 20},
    "a year in both": {"parallel": 12},
    "ten months and a half in both": {"parallel": 10.5},
    "in both until after the end": {"parallel": 60},
    "servers replaced later": {"refresh_due": 31},
    "servers replaced within a month": {"refresh_due": 7.5},
    "falling prices": {"energy_inflation": -4, "price_trend.cloud_a": -15, "database_price.growth": -3},
    "no growth": {"wage_growth": 0, "new_data.growth": 0, "room.growth": 0, "price_trend.cloud_b": 0},
    "much traffic that shrinks": {"egress": 320, "egress.growth": -12},
    "commitments": {"reserved_share.2027-10": 15, "reserved_share.2028-04": 95, "reserved_share.2028-04.from": 24},
    "exchange rates": {"fx_usd": 0.97, "fx_gbp": 0.81},
    "other intervals": {
        "licences.virtualisation.every": 18,
        "licences.database.every": 7,
        "licences.true_up.every": 6,
        "hardware.network.every": 11,
    },
    "other beginnings and ends": {
        "cloud.link.from": 4,
        "cloud.credit.until": 30,
        "data_centre.second_site.from": 21.25,
        "migration.training.when": 8,
    },
    "other shares of the project": {
        "migration.partner.2027-01": 40,
        "migration.partner.2027-04": 35,
        "migration.partner.2027-10.on": 17,
        "migration.own_team.2027-01": 0,
        "migration.own_team.2027-04": 80,
        "migration.own_team.2027-04.on": 12,
    },
    "the rent rises from another month on": {"room.growth": 6, "room.growth.from": 5},
    "data": {"hot_start": 520, "archive_start": 11, "new_data": 9, "new_data.growth": 60, "expiry": 4},
    "numbers of items": {
        "data_centre.maintenance.rate.stay": 9_111,
        "data_centre.maintenance.growth": -2,
        "hardware.network.amount.stay": 71_000,
        "hardware.sale.amount.cloud_a": 12_000,
        "people.on_call.rate.cloud_b": 1_234,
        "migration.transfer.cloud_b": 99_000,
    },
    "price lists": {
        "egress_prices.cloud_a.3.to": 0.061,
        "egress_prices.cloud_a.4.from": 33,
        "egress_prices.cloud_b.2.to": 0.2,
        "object_prices.cloud_b.1.to": 0.031,
        "support_bands.1.to": 14,
        "support_bands.2.from": 4_000,
    },
    "no discounting": {"discount_rate": 0},
    "much discounting": {"discount_rate": 23, "run_on": 9, "credit_share.cloud_b": 0},
}


@cache
def model() -> Model:
    return load_model(MODEL)[0]


def computed(scenario: str = "base", changes: Mapping[str, float] | None = None) -> Answers:
    settings = [f"{name}={value!r}" for name, value in (changes or {}).items()]
    return evaluate(*apply_settings(model(), settings, find_scenario(model(), scenario)))


@cache
def base() -> Answers:
    return computed()


def column(results: Answers, name: str, option: str, months: int) -> Column:
    """What the program puts at the start and into each month: as it says, or of what is the same all the time."""
    steps = results.series.get(Key(name + OVER_TIME, option))
    if steps is not None:
        return list(steps[: months + 1])
    amount = results.value(name, option)
    is_rate = str(results.model.quantities[name].unit) == "EUR/month"
    return [0.0, *[amount] * months] if is_rate else [amount, *[0.0] * months]


def differences(results: Answers, move: Move, months: int = HORIZON) -> list[str]:
    """Where the program and the ledger disagree, by name, option and column."""
    pairs: list[tuple[str, float, float]] = []

    def compare(what: str, ours: Column, right: Column) -> None:
        both = zip(ours, right, strict=True)
        pairs.extend((f"{what} in column {at}", one, other) for at, (one, other) in enumerate(both))

    for option in OPTIONS:
        for name, columns in (*move.items.items(), *move.categories.items()):
            compare(f"{name}.{option}", column(results, name, option, months), columns[option])
        for name, amounts in {"spend": move.spend, "cost": move.cost, "npv": move.npv}.items():
            compare(f"{name}.{option}", [results.value(name, option)], [amounts[option]])
    for name, scale in {"hot": 1, "archive": 1, "migrated": 100}.items():
        steps = results.series[Key(name)][:months]
        compare(name, list(steps), [scale * each for each in move.stocks[name]])
    near = {"rel_tol": 1e-9, "abs_tol": 1e-7}
    return [f"{what}: {ours!r}, not {right!r}" for what, ours, right in pairs if not isclose(ours, right, **near)]


def test_the_ledger_has_every_item_of_the_model() -> None:
    written = yaml.safe_load((MODEL / "model.yaml").read_text("utf-8"))["categories"]
    assert {category: tuple(each["items"]) for category, each in written.items()} == ITEMS
    assert sum(map(len, ITEMS.values())) >= 20


def test_the_ledger_begins_with_the_numbers_of_the_model() -> None:
    found = {str(key): each.value for key, each in model().definitions.items() if isinstance(each, InputValue)}
    for table in model().tables.values():
        found |= listed(table.id, *table.rows)
    assert {name: found.get(name) for name in INPUTS} == INPUTS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_amount_in_each_scenario(scenario: str) -> None:
    assert differences(computed(scenario), cloud_move({**INPUTS, **SCENARIOS[scenario]})) == []


@pytest.mark.parametrize("change", CHANGES)
def test_every_amount_after_a_change(change: str) -> None:
    changes = CHANGES[change]
    assert differences(computed(changes=changes), cloud_move({**INPUTS, **changes})) == []


def test_every_amount_after_all_changes_at_once() -> None:
    changes = {name: value for each in CHANGES.values() for name, value in each.items()}
    assert differences(computed(changes=changes), cloud_move({**INPUTS, **changes})) == []


def test_a_change_in_a_scenario_that_sets_something_else() -> None:
    changes = {"team_after": 6.5, "parallel": 11}
    assert (
        differences(computed("dear_power", changes), cloud_move({**INPUTS, **SCENARIOS["dear_power"], **changes})) == []
    )


@pytest.mark.parametrize("months", [47, 36, 31])
def test_a_shorter_horizon(months: int) -> None:
    assert differences(computed(changes={"horizon": months}), cloud_move(INPUTS, months), months) == []


def test_the_scenarios_are_those_of_the_model() -> None:
    assert [each.id for each in model().with_base] == list(SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_what_has_been_paid_by_each_month(scenario: str) -> None:
    ledger, cash_flow = cloud_move({**INPUTS, **SCENARIOS[scenario]}), computed(scenario).cash_flow
    assert cash_flow is not None
    for option in OPTIONS:
        assert cash_flow.cumulative[option] == pytest.approx(ledger.cumulative[option], rel=1e-9)
        assert cash_flow.present_value[option] == pytest.approx(ledger.npv[option], rel=1e-9)


def test_the_month_in_which_the_move_has_paid_for_itself() -> None:
    """Told in years, with a straight line from the month before."""
    ledger, cash_flow = cloud_move(), base().cash_flow
    assert cash_flow is not None
    for cloud in CLOUDS:
        more = [one - other for one, other in zip(ledger.cumulative[cloud], ledger.cumulative["stay"], strict=True)]
        month = next(at for at, each in enumerate(more) if each <= 0)
        within = more[month - 1] / (more[month - 1] - more[month])
        found = next(each for each in cash_flow.paybacks if (each.option, each.against) == (cloud, "stay"))
        assert found.years == pytest.approx((month - 1 + within) / 12, rel=1e-9)


@pytest.mark.parametrize(
    ("question", "driver"), {"team": "team_after", "dollar": "fx_usd", "both_sites": "parallel"}.items()
)
def test_where_staying_begins_to_cost_as_much(question: str, driver: str) -> None:
    """On either side of what the program found, the ledger has another order of the options."""
    outcome = next(each for each in base().break_evens if each.question.id == question)
    (crossing,) = outcome.pairs[0].crossings
    beside = 1e-6 * crossing.at
    below, above = (cloud_move({**INPUTS, driver: crossing.at + step}).cost for step in (-beside, beside))
    assert (below["cloud_a"] < below["stay"]) != (above["cloud_a"] < above["stay"])


def test_no_traffic_at_which_the_clouds_change_places() -> None:
    outcome = next(each for each in base().break_evens if each.question.id == "both_clouds")
    assert outcome.pairs[0].crossings == ()
    for traffic in range(0, 601, 25):
        cost = cloud_move({**INPUTS, "egress": traffic}).cost
        assert cost["cloud_a"] < cost["cloud_b"]


def test_every_input_at_its_low_and_high() -> None:
    sensitivity = base().sensitivity
    assert sensitivity is not None and len(sensitivity.swings) >= 30
    for swing in sensitivity.swings:
        for number, totals in ((swing.low, swing.at_low), (swing.high, swing.at_high)):
            cost = cloud_move({**INPUTS, str(swing.key): number}).cost
            assert totals == pytest.approx(cost, rel=1e-9), swing.key


def test_two_inputs_together() -> None:
    sensitivity = base().sensitivity
    assert sensitivity is not None and sensitivity.grid is not None
    grid = sensitivity.grid
    for row, months in enumerate(grid.rows.values):
        for column, posts in enumerate(grid.columns.values):
            cost = cloud_move({**INPUTS, "parallel": months, "team_after": posts}).cost
            assert {option: grid.totals[option][row][column] for option in OPTIONS} == pytest.approx(cost, rel=1e-9)


def test_draws_of_the_simulation() -> None:
    """Ten thousand cases are computed at once; the ledger is kept for a few of them, one in each block."""
    request = model().simulation
    assert request is not None
    drawn = draw(model(), request)
    totals = drawn_totals(model(), model().quantities[request.of], drawn, request.draws)
    for at in range(0, request.draws, request.draws // 12):
        case = {str(key): float(numbers[at]) for key, numbers in drawn.numbers.items()}
        cost = cloud_move({**INPUTS, **case}).cost
        assert {option: totals[option][at] for option in OPTIONS} == pytest.approx(cost, rel=1e-9), at
