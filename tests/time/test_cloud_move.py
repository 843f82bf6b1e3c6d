"""inputs/cloud-move against the ledger of cloud_move.py: every item, category and total, in every month."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

MODEL = Path(__file__).parents[2] / "inputs" / "cloud-move"
EXACT = 1e-9

SCENARIOS: Mapping[str, Mapping[str, float]] = {
    "base": {},
    "late": {"migrated.2027-04": 5, "migrated.2027-10": 40, "parallel": 15},
    "same_team": {"team_after": 7},
    "weak_euro": {"fx_usd": 1},
    "dear_power": {"power": 0.27, "energy_inflation": 8},
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
        "migration.transfer.amount.cloud_b": 99_000,
    },
    "no discounting": {"discount_rate": 0},
    "much discounting": {"discount_rate": 23, "run_on": 9, "credit_share.cloud_b": 0},
}
