"""The move to a cloud, month by month in plain Python: what inputs/cloud-move has to come to.

Written before the program could compute it, as a controller would with a calendar and a ledger: months are gone through
one after the other, prices are raised as time passes, stocks are carried forward, and what falls due is entered into the
ledger. Nothing here is taken from the program.

Inputs have the names that the program has for them, so that one set of changes serves both. Shares are in per cent, dates
stand in the names (`migrated.2027-04`), and durations and inline dates are counted in months after the start.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

OPTIONS = ("stay", "cloud_a", "cloud_b")
CLOUDS = ("cloud_a", "cloud_b")
START = (2027, 1)
HORIZON = 48

INPUTS: Mapping[str, float] = {
    # workload
    "cores": 1_200,
    "workload_growth": 4,
    "migrated.2027-01": 0,
    "migrated.2027-04": 15,
    "migrated.2027-10": 100,
    "migrated.2028-04": 100,
    "parallel": 9,
    "hours": 730,
    # data
    "hot_start": 180,
    "archive_start": 60,
    "new_data": 4,
    "new_data.growth": 15,
    "expiry": 1.5,
    "egress": 40,
    "egress.growth": 10,
    # money
    "fx_usd": 1.15,
    "fx_gbp": 0.87,
    "discount_rate": 7,
    "salary": 92_000,
    "wage_growth": 3.5,
    # cloud prices
    "rightsizing": 75,
    "vcpus_per_instance": 4,
    "on_demand.cloud_a": 0.23,
    "on_demand.cloud_b": 0.25,
    "price_trend.cloud_a": -2,
    "price_trend.cloud_b": -1,
    "reserved_share.2027-01": 0,
    "reserved_share.2027-10": 50,
    "reserved_share.2028-04": 75,
    "reserved_discount.cloud_a": 37,
    "reserved_discount.cloud_b": 37,
    "disk_per_vcpu": 25,
    "disk_price.cloud_a": 0.095,
    "disk_price.cloud_b": 0.12,
    "object_price_b": 0.023,
    "archive_price.cloud_a": 0.005,
    "archive_price.cloud_b": 0.006,
    "links": 2,
    "link_price": 0.30,
    "credit_share.cloud_a": 15,
    "credit_share.cloud_b": 20,
    "run_on": 3,
    # own data centre
    "room": 21_000,
    "room.growth": 2.5,
    "room.growth.from": 12,
    "load_per_vcpu": 20,
    "pue": 1.58,
    "power": 0.19,
    "energy_inflation": 3,
    "hosts": 26,
    "host_price": 24_000,
    "refresh_due": 20,
    "residual_share": 20,
    "disk_capacity_price": 550,
    "team_before": 7,
    "team_after": 5,
    # licences
    "virtual_per_physical": 2,
    "virtualisation_price": 135,
    "database_share": 8,
    "database_price": 709,
    "database_price.growth": 5,
    "database_factor.stay": 0.5,
    "database_factor.cloud_a": 1,
    "database_factor.cloud_b": 1,
    # the project
    "partner_days": 420,
    "partner_rate": 950,
    "project_effort": 36,
    "exit_months": 4,
    # numbers that stand at an item
    "cloud.link.from": 1,
    "cloud.credit.until": 12,
    "data_centre.maintenance.rate.stay": 6_500,
    "data_centre.maintenance.growth": 3,
    "data_centre.transit.rate.stay": 3_200,
    "data_centre.second_site.rate.stay": 5_500,
    "data_centre.second_site.from": 6,
    "old_site.maintenance.rate.cloud_a": 6_500,
    "old_site.maintenance.rate.cloud_b": 6_500,
    "people.on_call.rate.stay": 2_400,
    "people.on_call.rate.cloud_a": 2_400,
    "people.on_call.rate.cloud_b": 2_400,
    "licences.virtualisation.every": 12,
    "licences.database.every": 12,
    "licences.true_up.every": 12,
    "hardware.network.amount.stay": 60_000,
    "hardware.network.every": 36,
    "hardware.sale.amount.cloud_a": -35_000,
    "hardware.sale.amount.cloud_b": -35_000,
    "migration.partner.2027-01": 25,
    "migration.partner.2027-04": 50,
    "migration.partner.2027-10": 25,
    "migration.own_team.2027-01": 20,
    "migration.own_team.2027-04": 60,
    "migration.own_team.2027-10": 20,
    "migration.training.amount.cloud_a": 45_000,
    "migration.training.amount.cloud_b": 50_000,
    "migration.training.when": 1,
    "migration.transfer.amount.cloud_a": 14_000,
    "migration.transfer.amount.cloud_b": 14_000,
    "migration.disposal.amount.cloud_a": 28_000,
    "migration.disposal.amount.cloud_b": 28_000,
}

EGRESS_A = ((0, 0), (0.1, 0.09), (10, 0.085), (50, 0.07), (150, 0.05))
EGRESS_B = ((0, 0.12), (1, 0.11), (10, 0.08))
"""TB a month from which on a gigabyte costs so many dollars: each gigabyte at the price of its own band."""

OBJECTS_A = ((0, 0.0245), (50, 0.0235), (500, 0.0225))
"""TB stored from which on a gigabyte costs so many dollars a month."""

SUPPORT = ((0, 10), (10_000, 7), (80_000, 5), (250_000, 3))
"""Dollars billed a month from which on so many per cent are charged for support."""

ITEMS = {
    "cloud": ("on_demand", "reserved", "disks", "objects", "archive", "egress", "link", "support", "credit"),
    "data_centre": ("room", "electricity", "maintenance", "transit", "second_site"),
    "old_site": ("room", "electricity", "maintenance"),
    "people": ("operations", "on_call"),
    "licences": ("virtualisation_first", "virtualisation", "database_first", "database", "true_up"),
    "hardware": ("refresh", "capacity", "network", "residual", "sale"),
    "migration": ("partner", "own_team", "training", "transfer", "exit_fee", "disposal", "run_on"),
}

Column = list[float]
"""What falls due at the start, then in each month."""


@dataclass(frozen=True, slots=True)
class Move:
    items: Mapping[str, Mapping[str, Column]]
    categories: Mapping[str, Mapping[str, Column]]
    spend: Mapping[str, float]
    cost: Mapping[str, float]
    npv: Mapping[str, float]
    cumulative: Mapping[str, Column]
    stocks: Mapping[str, Column]


def months_after_start(date: str) -> int:
    year, month = date.split("-")
    return (int(year) - START[0]) * 12 + int(month) - START[1]


def dated(inputs: Mapping[str, float], name: str) -> list[tuple[int, float]]:
    """The values of an input by the month they begin in."""
    found = [
        (months_after_start(key.removeprefix(name + ".")), value)
        for key, value in inputs.items()
        if re.fullmatch(re.escape(name) + r"\.\d{4}-\d\d", key)
    ]
    return sorted(found)


def holding(inputs: Mapping[str, float], name: str, month: int) -> float:
    """The value that was set last."""
    current = 0.0
    for begins, value in dated(inputs, name):
        if begins <= month:
            current = value
    return current


def on_the_line(inputs: Mapping[str, float], name: str, month: int) -> float:
    """The value at the beginning of a month on the straight line between two dates."""
    points = dated(inputs, name)
    if month >= points[-1][0]:
        return points[-1][1]
    for (left, low), (right, high) in zip(points, points[1:], strict=False):
        if left <= month < right:
            return low + (high - low) * (month - left) / (right - left)
    raise ValueError(f"{name} has no value in month {month}")


def graduated(bands: tuple[tuple[float, float], ...], usage: float) -> float:
    """The bill of a price list in which each unit has the price of its own band."""
    bill = 0.0
    for place, (begins, price) in enumerate(bands):
        ends = bands[place + 1][0] if place + 1 < len(bands) else usage
        in_band = min(usage, ends) - begins
        if in_band > 0:
            bill += in_band * price
    return bill


def active(month: int, begins: float, ends: float) -> float:
    """The share of a month that lies between two points in time."""
    return max(0.0, min(month + 1, ends) - max(month, begins))


def anniversaries(interval: float, months: int) -> list[int]:
    """The months in which something falls due again and again: not at the start, not at the end."""
    due, time = [], interval
    while time < months:
        due.append(int(time))
        time += interval
    return due


def cloud_move(inputs: Mapping[str, float] = INPUTS, months: int = HORIZON) -> Move:
    def share(name: str) -> float:
        return inputs[name] / 100

    ledger = {
        f"{category}.{item}": {option: [0.0] * (months + 1) for option in OPTIONS}
        for category, items in ITEMS.items()
        for item in items
    }

    def enter(item: str, option: str, month: float, amount: float) -> None:
        """Into the column of a month; what falls due after the last month is never paid."""
        if month < months:
            ledger[item][option][1 + int(month)] += amount

    def at_start(item: str, option: str, amount: float) -> None:
        ledger[item][option][0] += amount

    usd, gbp, hours = inputs["fx_usd"], inputs["fx_gbp"], inputs["hours"]

    # What rises a little every month.
    cores, new_data, egress = inputs["cores"], inputs["new_data"], inputs["egress"]
    power, database_price = inputs["power"], inputs["database_price"]
    maintenance_rise = wage_rise = 1.0
    instance_hour = {cloud: inputs[f"on_demand.{cloud}"] for cloud in CLOUDS}

    # What moves in January only.
    licensed_cores, salary, room = inputs["cores"], inputs["salary"], inputs["room"]

    # What is carried from month to month.
    hot, archive = inputs["hot_start"], inputs["archive_start"]
    stocks: dict[str, Column] = {"hot": [], "archive": [], "cores": [], "migrated": []}

    def virtualisation_year() -> float:
        return licensed_cores / inputs["virtual_per_physical"] * inputs["virtualisation_price"] / usd

    def database_cores(option: str) -> float:
        return licensed_cores * share("database_share") * inputs[f"database_factor.{option}"]

    renewals = {
        item: anniversaries(inputs[f"licences.{item}.every"], months)
        for item in ("virtualisation", "database", "true_up")
    }
    new_network = anniversaries(inputs["hardware.network.every"], months)

    # The moment before the first month.
    for option in OPTIONS:
        at_start("licences.virtualisation_first", option, virtualisation_year())
        at_start("licences.database_first", option, database_cores(option) * database_price / usd)
    for cloud in CLOUDS:
        at_start("migration.transfer", cloud, inputs[f"migration.transfer.amount.{cloud}"])

    for month in range(months):
        migrated = on_the_line(inputs, "migrated", month) / 100
        counted_before = licensed_cores
        if month and month % 12 == 0:
            licensed_cores *= 1 + share("workload_growth")
            salary *= 1 + share("wage_growth")
        if month > inputs["room.growth.from"] and (month - inputs["room.growth.from"]) % 12 == 0:
            room *= 1 + share("room.growth")

        # The data: what was there, what came, what was put away.
        expired = hot * share("expiry")
        hot = hot + new_data - expired
        archive = archive + expired
        stocks["hot"].append(hot)
        stocks["archive"].append(archive)
        stocks["cores"].append(cores)
        stocks["migrated"].append(migrated)

        # The bill of each cloud.
        instances = cores * migrated * share("rightsizing") / inputs["vcpus_per_instance"]
        reserved_share = holding(inputs, "reserved_share", month) / 100
        for cloud in CLOUDS:
            full_price = instances * hours * instance_hour[cloud] / usd
            on_demand = full_price * (1 - reserved_share)
            reserved = full_price * reserved_share * (1 - share(f"reserved_discount.{cloud}"))
            disks = cores * migrated * inputs["disk_per_vcpu"] * inputs[f"disk_price.{cloud}"] / usd
            archived = archive * migrated * 1000 * inputs[f"archive_price.{cloud}"] / usd
            if cloud == "cloud_a":
                objects = graduated(OBJECTS_A, hot * migrated) * 1000 / usd
                traffic = graduated(EGRESS_A, egress * migrated) * 1000 / usd
            else:
                objects = hot * migrated * 1000 * inputs["object_price_b"] / usd
                traffic = graduated(EGRESS_B, egress * migrated) * 1000 / usd
            bill = on_demand + reserved + disks + objects + archived + traffic
            link = inputs["links"] * inputs["link_price"] * hours / usd
            enter("cloud.on_demand", cloud, month, on_demand)
            enter("cloud.reserved", cloud, month, reserved)
            enter("cloud.disks", cloud, month, disks)
            enter("cloud.objects", cloud, month, objects)
            enter("cloud.archive", cloud, month, archived)
            enter("cloud.egress", cloud, month, traffic)
            enter("cloud.link", cloud, month, link * active(month, inputs["cloud.link.from"], months))
            enter("cloud.support", cloud, month, graduated(SUPPORT, bill * usd) / 100 / usd)
            credit = -share(f"credit_share.{cloud}") * bill
            enter("cloud.credit", cloud, month, credit * active(month, 0, inputs["cloud.credit.until"]))
            if month == months - 1:
                enter("migration.run_on", cloud, month, inputs["run_on"] * reserved)

        # The data centre: kept by who stays, left after some months by who moves.
        electricity = cores * inputs["load_per_vcpu"] / 1000 * inputs["pue"] * hours * power
        enter("data_centre.room", "stay", month, room)
        enter("data_centre.electricity", "stay", month, electricity)
        enter("data_centre.maintenance", "stay", month, inputs["data_centre.maintenance.rate.stay"] * maintenance_rise)
        enter("data_centre.transit", "stay", month, inputs["data_centre.transit.rate.stay"])
        second_site = inputs["data_centre.second_site.rate.stay"]
        enter(
            "data_centre.second_site",
            "stay",
            month,
            second_site * active(month, inputs["data_centre.second_site.from"], months),
        )
        for cloud in CLOUDS:
            both = active(month, 0, inputs["parallel"])
            enter("old_site.room", cloud, month, room * both)
            enter("old_site.electricity", cloud, month, electricity * both)
            enter("old_site.maintenance", cloud, month, inputs[f"old_site.maintenance.rate.{cloud}"] * both)

        # People.
        for option in OPTIONS:
            moved = migrated if option in CLOUDS else 0
            team = inputs["team_before"] * (1 - moved) + inputs["team_after"] * moved
            enter("people.operations", option, month, team * salary / 12)
            enter("people.on_call", option, month, inputs[f"people.on_call.rate.{option}"] * wage_rise)

        # Licences, a year in advance; a true-up charges half a year for what was added without one.
        if month in renewals["virtualisation"]:
            enter("licences.virtualisation", "stay", month, virtualisation_year())
        for option in OPTIONS:
            if month in renewals["database"]:
                enter("licences.database", option, month, database_cores(option) * database_price / usd)
            if month in renewals["true_up"]:
                added = (
                    (licensed_cores - counted_before) * share("database_share") * inputs[f"database_factor.{option}"]
                )
                enter("licences.true_up", option, month, added * database_price / 2 / usd)

        # Hardware.
        refresh = inputs["hosts"] * inputs["host_price"]
        if month == int(inputs["refresh_due"]):
            enter("hardware.refresh", "stay", month, refresh)
        enter("hardware.capacity", "stay", month, new_data * inputs["disk_capacity_price"])
        if month in new_network:
            enter("hardware.network", "stay", month, inputs["hardware.network.amount.stay"])
        if month == months - 1 and inputs["refresh_due"] < months:
            enter("hardware.residual", "stay", month, -share("residual_share") * refresh)

        # The project, and leaving the old site.
        for cloud in CLOUDS:
            for begins, part in dated(inputs, "migration.partner"):
                if begins == month:
                    cost = inputs["partner_days"] * inputs["partner_rate"] / gbp
                    enter("migration.partner", cloud, month, cost * part / 100)
            for begins, part in dated(inputs, "migration.own_team"):
                if begins == month:
                    enter("migration.own_team", cloud, month, inputs["project_effort"] * salary / 12 * part / 100)
            if month == int(inputs["migration.training.when"]):
                enter("migration.training", cloud, month, inputs[f"migration.training.amount.{cloud}"])
            if month == int(inputs["parallel"]):
                enter("hardware.sale", cloud, month, inputs[f"hardware.sale.amount.{cloud}"])
                enter("migration.exit_fee", cloud, month, inputs["exit_months"] * room)
                enter("migration.disposal", cloud, month, inputs[f"migration.disposal.amount.{cloud}"])

        # A month has passed.
        cores *= (1 + share("workload_growth")) ** (1 / 12)
        new_data *= (1 + share("new_data.growth")) ** (1 / 12)
        egress *= (1 + share("egress.growth")) ** (1 / 12)
        wage_rise *= (1 + share("wage_growth")) ** (1 / 12)
        power *= (1 + share("energy_inflation")) ** (1 / 12)
        maintenance_rise *= (1 + share("data_centre.maintenance.growth")) ** (1 / 12)
        database_price *= (1 + share("database_price.growth")) ** (1 / 12)
        for cloud in CLOUDS:
            instance_hour[cloud] *= (1 + share(f"price_trend.{cloud}")) ** (1 / 12)

    return closed(ledger, stocks, share("discount_rate"), months)


def closed(ledger: dict[str, dict[str, Column]], stocks: dict[str, Column], rate: float, months: int) -> Move:
    """The ledger with its sums: by category, of everything, a year, discounted, and up to each month."""

    def summed(columns: list[Column]) -> Column:
        return [sum(amounts) for amounts in zip(*columns, strict=True)]

    categories = {
        category: {option: summed([ledger[f"{category}.{item}"][option] for item in items]) for option in OPTIONS}
        for category, items in ITEMS.items()
    }
    everything = {option: summed([columns[option] for columns in categories.values()]) for option in OPTIONS}
    spend = {option: sum(amounts) for option, amounts in everything.items()}
    present, cumulative = {}, {}
    for option, (at_start, *by_month) in everything.items():
        worth, factor, so_far = at_start, 1.0, at_start
        cumulative[option] = [so_far]
        for amount in by_month:
            factor /= (1 + rate) ** (1 / 12)
            worth += amount * factor
            so_far += amount
            cumulative[option].append(so_far)
        present[option] = worth
    yearly = {option: amount / (months / 12) for option, amount in spend.items()}
    return Move(ledger, categories, spend, yearly, present, cumulative, stocks)
