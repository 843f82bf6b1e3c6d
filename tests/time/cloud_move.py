"""The move to a cloud, month by month in plain Python: what inputs/cloud-move has to come to.

Written before the program could compute it, as a controller would with a calendar and a ledger: months are gone
through one after the other, prices are raised as time passes, stocks are carried forward, and what falls due is entered
into the ledger. Nothing here is taken from the program.

Inputs have the names that the program has for them, so that one set of changes serves both. Shares are in per cent.
Dates stand in the names, `migrated.2027-04`; another date is `migrated.2027-04.from`, and of a share `….on`. Those, and
durations, are counted in months after the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

OPTIONS = ("stay", "cloud_a", "cloud_b")
CLOUDS = ("cloud_a", "cloud_b")
START = (2027, 1)
HORIZON = 48


def listed(name: str, *rows: tuple[float, float]) -> dict[str, float]:
    """The numbers of a price list under their names."""
    return {
        f"{name}.{place}.{side}": number
        for place, row in enumerate(rows, 1)
        for side, number in zip(("from", "to"), row, strict=True)
    }


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
    # price lists: the number from which on, and the price
    **listed("egress_prices.cloud_a", (0, 0), (0.1, 0.09), (10, 0.085), (50, 0.07), (150, 0.05)),
    **listed("egress_prices.cloud_b", (0, 0.12), (1, 0.11), (10, 0.08)),
    **listed("object_prices.cloud_a", (0, 0.0245), (50, 0.0235), (500, 0.0225)),
    **listed("object_prices.cloud_b", (0, 0.023)),
    **listed("support_bands", (0, 10), (10_000, 7), (80_000, 5), (250_000, 3)),
    # numbers that stand at an item
    "cloud.link.from": 1,
    "cloud.credit.until": 12,
    "data_centre.maintenance.rate.stay": 6_500,
    "data_centre.maintenance.growth": 3,
    "data_centre.transit.stay": 3_200,
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
    "migration.transfer.cloud_a": 14_000,
    "migration.transfer.cloud_b": 14_000,
    "migration.disposal.amount.cloud_a": 28_000,
    "migration.disposal.amount.cloud_b": 28_000,
}

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


def dated(inputs: Mapping[str, float], name: str) -> list[tuple[float, float]]:
    """The values of an input by the month they begin in: that of their name, unless another has been set."""
    keys = [key for key in inputs if re.fullmatch(re.escape(name) + r"\.\d{4}-\d\d", key)]
    found = []
    for key in keys:
        moved = [inputs[other] for other in (f"{key}.from", f"{key}.on") if other in inputs]
        begins = moved[0] if moved else months_after_start(key.removeprefix(name + "."))
        found.append((begins, inputs[key]))
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
    for (left, low), (right, high) in pairwise(points):
        if left <= month < right:
            return low + (high - low) * (month - left) / (right - left)
    raise ValueError(f"{name} has no value in month {month}")


def graduated(inputs: Mapping[str, float], name: str, usage: float) -> float:
    """The bill of a price list in which each unit has the price of its own band."""
    bill, place = 0.0, 1
    while f"{name}.{place}.to" in inputs:
        in_band = min(usage, inputs.get(f"{name}.{place + 1}.from", usage)) - inputs[f"{name}.{place}.from"]
        if in_band > 0:
            bill += in_band * inputs[f"{name}.{place}.to"]
        place += 1
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


class Ledger:
    """What is paid, by item, option and month; and what is carried from one month to the next."""

    def __init__(self, inputs: Mapping[str, float], months: int) -> None:
        self.inputs, self.months = inputs, months
        self.entries = {
            f"{category}.{item}": {option: [0.0] * (months + 1) for option in OPTIONS}
            for category, items in ITEMS.items()
            for item in items
        }
        self.usd, self.gbp, self.hours = inputs["fx_usd"], inputs["fx_gbp"], inputs["hours"]

        # What rises a little every month.
        self.cores, self.new_data, self.egress = inputs["cores"], inputs["new_data"], inputs["egress"]
        self.power, self.database_price = inputs["power"], inputs["database_price"]
        self.maintenance_rise = self.wage_rise = 1.0
        self.instance_hour = {cloud: inputs[f"on_demand.{cloud}"] for cloud in CLOUDS}

        # What moves once a year.
        self.licensed = self.licensed_before = inputs["cores"]
        self.salary, self.room = inputs["salary"], inputs["room"]

        # The data, and where the move stands.
        self.hot, self.archive = inputs["hot_start"], inputs["archive_start"]
        self.migrated = 0.0
        self.stocks: dict[str, Column] = {"hot": [], "archive": [], "cores": [], "migrated": []}

    def share(self, name: str) -> float:
        return self.inputs[name] / 100

    def enter(self, item: str, option: str, month: int, amount: float) -> None:
        self.entries[item][option][1 + month] += amount

    def keep_books(self) -> None:
        self.pay_at_the_start()
        for month in range(self.months):
            self.begin_month(month)
            for cloud in CLOUDS:
                self.pay_cloud(cloud, month)
                self.pay_old_site(cloud, month)
                self.pay_migration(cloud, month)
                self.leave_old_site(cloud, month)
            self.pay_data_centre(month)
            self.pay_hardware(month)
            for option in OPTIONS:
                self.pay_people(option, month)
                self.pay_licences(option, month)
            self.end_month()

    def pay_at_the_start(self) -> None:
        for option in OPTIONS:
            first_year = self.database_cores(option, self.licensed) * self.database_price / self.usd
            self.entries["licences.virtualisation_first"][option][0] = self.virtualisation_year()
            self.entries["licences.database_first"][option][0] = first_year
        for cloud in CLOUDS:
            self.entries["migration.transfer"][cloud][0] = self.inputs[f"migration.transfer.{cloud}"]

    def begin_month(self, month: int) -> None:
        self.migrated = on_the_line(self.inputs, "migrated", month) / 100

        self.licensed_before = self.licensed
        if month and month % 12 == 0:
            self.licensed *= 1 + self.share("workload_growth")
            self.salary *= 1 + self.share("wage_growth")
        since = month - self.inputs["room.growth.from"]
        if since > 0 and since % 12 == 0:
            self.room *= 1 + self.share("room.growth")

        put_away = self.hot * self.share("expiry")
        self.hot += self.new_data - put_away
        self.archive += put_away
        for name, column in self.stocks.items():
            column.append(getattr(self, name))

    def end_month(self) -> None:
        def a_month_later(amount: float, growth: str) -> float:
            return float(amount * (1 + self.share(growth)) ** (1 / 12))

        self.cores = a_month_later(self.cores, "workload_growth")
        self.new_data = a_month_later(self.new_data, "new_data.growth")
        self.egress = a_month_later(self.egress, "egress.growth")
        self.power = a_month_later(self.power, "energy_inflation")
        self.database_price = a_month_later(self.database_price, "database_price.growth")
        self.maintenance_rise = a_month_later(self.maintenance_rise, "data_centre.maintenance.growth")
        self.wage_rise = a_month_later(self.wage_rise, "wage_growth")
        for cloud in CLOUDS:
            self.instance_hour[cloud] = a_month_later(self.instance_hour[cloud], f"price_trend.{cloud}")

    def pay_cloud(self, cloud: str, month: int) -> None:
        inputs, usd = self.inputs, self.usd
        moved_cores = self.cores * self.migrated
        instances = moved_cores * self.share("rightsizing") / inputs["vcpus_per_instance"]
        undiscounted = instances * self.hours * self.instance_hour[cloud] / usd
        reserved_share = holding(inputs, "reserved_share", month) / 100
        stored, sent = self.hot * self.migrated, self.egress * self.migrated
        lines = {
            "on_demand": undiscounted * (1 - reserved_share),
            "reserved": undiscounted * reserved_share * (1 - self.share(f"reserved_discount.{cloud}")),
            "disks": moved_cores * inputs["disk_per_vcpu"] * inputs[f"disk_price.{cloud}"] / usd,
            "objects": graduated(inputs, f"object_prices.{cloud}", stored) * 1000 / usd,
            "archive": self.archive * self.migrated * 1000 * inputs[f"archive_price.{cloud}"] / usd,
            "egress": graduated(inputs, f"egress_prices.{cloud}", sent) * 1000 / usd,
        }
        bill = sum(lines.values())
        link = inputs["links"] * inputs["link_price"] * self.hours / usd
        credit = -self.share(f"credit_share.{cloud}") * bill
        lines["link"] = link * active(month, inputs["cloud.link.from"], self.months)
        lines["support"] = graduated(inputs, "support_bands", bill * usd) / 100 / usd
        lines["credit"] = credit * active(month, 0, inputs["cloud.credit.until"])
        for item, amount in lines.items():
            self.enter(f"cloud.{item}", cloud, month, amount)
        if month == self.months - 1:
            self.enter("migration.run_on", cloud, month, inputs["run_on"] * lines["reserved"])

    def electricity(self) -> float:
        kilowatts = self.cores * self.inputs["load_per_vcpu"] / 1000 * self.inputs["pue"]
        return kilowatts * self.hours * self.power

    def pay_old_site(self, cloud: str, month: int) -> None:
        both = active(month, 0, self.inputs["parallel"])
        self.enter("old_site.room", cloud, month, self.room * both)
        self.enter("old_site.electricity", cloud, month, self.electricity() * both)
        self.enter("old_site.maintenance", cloud, month, self.inputs[f"old_site.maintenance.rate.{cloud}"] * both)

    def pay_data_centre(self, month: int) -> None:
        inputs = self.inputs
        second_site = active(month, inputs["data_centre.second_site.from"], self.months)
        for item, amount in {
            "room": self.room,
            "electricity": self.electricity(),
            "maintenance": inputs["data_centre.maintenance.rate.stay"] * self.maintenance_rise,
            "transit": inputs["data_centre.transit.stay"],
            "second_site": inputs["data_centre.second_site.rate.stay"] * second_site,
        }.items():
            self.enter(f"data_centre.{item}", "stay", month, amount)

    def pay_hardware(self, month: int) -> None:
        inputs = self.inputs
        new_servers = inputs["hosts"] * inputs["host_price"]
        self.enter("hardware.capacity", "stay", month, self.new_data * inputs["disk_capacity_price"])
        if month == int(inputs["refresh_due"]):
            self.enter("hardware.refresh", "stay", month, new_servers)
        if month in anniversaries(inputs["hardware.network.every"], self.months):
            self.enter("hardware.network", "stay", month, inputs["hardware.network.amount.stay"])
        if month == self.months - 1 and inputs["refresh_due"] < self.months:
            self.enter("hardware.residual", "stay", month, -self.share("residual_share") * new_servers)

    def pay_people(self, option: str, month: int) -> None:
        moved = self.migrated if option in CLOUDS else 0.0
        team = self.inputs["team_before"] * (1 - moved) + self.inputs["team_after"] * moved
        self.enter("people.operations", option, month, team * self.salary / 12)
        self.enter("people.on_call", option, month, self.inputs[f"people.on_call.rate.{option}"] * self.wage_rise)

    def virtualisation_year(self) -> float:
        physical = self.licensed / self.inputs["virtual_per_physical"]
        return physical * self.inputs["virtualisation_price"] / self.usd

    def database_cores(self, option: str, virtual: float) -> float:
        return virtual * self.share("database_share") * self.inputs[f"database_factor.{option}"]

    def pay_licences(self, option: str, month: int) -> None:
        """A year in advance; a true-up charges half a year for what was used without a licence in the year before."""

        def falls_due(item: str) -> bool:
            return month in anniversaries(self.inputs[f"licences.{item}.every"], self.months)

        a_core = self.database_price / self.usd
        if option == "stay" and falls_due("virtualisation"):
            self.enter("licences.virtualisation", option, month, self.virtualisation_year())
        if falls_due("database"):
            self.enter("licences.database", option, month, self.database_cores(option, self.licensed) * a_core)
        if falls_due("true_up"):
            added = self.database_cores(option, self.licensed - self.licensed_before)
            self.enter("licences.true_up", option, month, added * a_core / 2)

    def pay_migration(self, cloud: str, month: int) -> None:
        inputs = self.inputs
        partner = inputs["partner_days"] * inputs["partner_rate"] / self.gbp
        own_team = inputs["project_effort"] * self.salary / 12
        for item, amount in {"partner": partner, "own_team": own_team}.items():
            for due, part in dated(inputs, f"migration.{item}"):
                if int(due) == month:
                    self.enter(f"migration.{item}", cloud, month, amount * part / 100)
        if month == int(inputs["migration.training.when"]):
            self.enter("migration.training", cloud, month, inputs[f"migration.training.amount.{cloud}"])

    def leave_old_site(self, cloud: str, month: int) -> None:
        if month == int(self.inputs["parallel"]):
            self.enter("migration.exit_fee", cloud, month, self.inputs["exit_months"] * self.room)
            self.enter("migration.disposal", cloud, month, self.inputs[f"migration.disposal.amount.{cloud}"])
            self.enter("hardware.sale", cloud, month, self.inputs[f"hardware.sale.amount.{cloud}"])


def summed(columns: Iterable[Column]) -> Column:
    return [sum(amounts) for amounts in zip(*columns, strict=True)]


def cloud_move(inputs: Mapping[str, float] = INPUTS, months: int = HORIZON) -> Move:
    ledger = Ledger(inputs, months)
    ledger.keep_books()
    categories = {
        category: {option: summed(ledger.entries[f"{category}.{item}"][option] for item in items) for option in OPTIONS}
        for category, items in ITEMS.items()
    }
    spend, present_value, cumulative = {}, {}, {}
    for option in OPTIONS:
        paid = summed(columns[option] for columns in categories.values())
        spend[option] = sum(paid)
        cumulative[option] = list(accumulate(paid))
        present_value[option], factor = paid[0], 1.0
        for amount in paid[1:]:
            factor /= (1 + ledger.share("discount_rate")) ** (1 / 12)
            present_value[option] += amount * factor
    a_year = {option: amount / (months / 12) for option, amount in spend.items()}
    return Move(ledger.entries, categories, spend, a_year, present_value, cumulative, ledger.stocks)
