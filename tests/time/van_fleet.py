"""The van fleet of inputs/van-fleet, worked out in plain Python, step by step and month by month.

It was written before the program could compute the model and shares no code with it. Where a rule matters it is said in
a sentence of its own: that is what the program is held to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

OPTIONS = ("electric", "diesel", "leased")
ELECTRIC, DIESEL, LEASED = OPTIONS

Inputs = Mapping[str, Any]
Series = list[float]
"""What falls at the start, which is before the first step, and then what falls in each step."""

INPUTS: Inputs = {
    # The calendar: months as year-month, lengths in months.
    "start": "2027-01",
    "horizon": 72,
    "discounting": "middle",
    # The fleet.
    "vans_north": {"2027-01": 24, "2028-01": 48},
    "vans_east": {"2027-01": 12, "2028-01": 30},
    "vans_harbour": {"2027-01": 6, "2028-01": 18, "2029-01": 42},
    "km_per_van": 26_000,
    "toll_share": 0.12,
    "drivers_per_van": 1.3,
    # Prices of vehicles. Growth is per year.
    "electric_price": 55_845,
    "electric_price_growth": -0.015,
    "diesel_price": 38_000,
    "diesel_price_growth": 0.02,
    "decline": {ELECTRIC: 0.20, DIESEL: 0.16, LEASED: 0.0},
    "battery_capacity": 77,
    "battery_price": 230,
    "battery_price_growth": -0.06,
    "battery_share": 0.15,
    "battery_age": 60,
    "tyre_set": 780,
    "tyre_interval": 36,
    # Depots.
    "charger_price": 2_600,
    "charger_spread": {"2027-01": 0.40, "2027-10": 0.35, "2028-10": 0.25},
    "grid_connection": 185_000,
    "grid_month": "2027-03",
    "workshop": 18_000,
    # People.
    "training_fee": 180,
    "refresher_fee": 60,
    "refresher_interval": 24,
    # Energy.
    "energy_inflation": 0.025,
    "fuel_inflation": 0.02,
    "consumption": 0.36,
    "power": 0.18,
    "public_power": 0.49,
    "public_share": {"2027-01": 0.30, "2028-01": 0.08},
    "fuel_use": 0.105,
    "fuel": 1.20,
    "additive_share": 0.04,
    "additive": 0.65,
    # Operation.
    "wage_inflation": 0.03,
    "maintenance": {ELECTRIC: 0.055, DIESEL: 0.085, LEASED: 0.0},
    "insurance": {ELECTRIC: 1_450, DIESEL: 1_300, LEASED: 1_450},
    "vehicle_tax": {ELECTRIC: 0, DIESEL: 250, LEASED: 0},
    "toll": {"2027-01": 0.15, "2029-01": 0.165},
    "electric_toll": 0.0,
    "lease_rate": 820,
    "software": 1_080,
    "software_month": "2027-07",
    "software_growth": 0.04,
    "route_support": 2_400,
    "route_support_months": 9,
    # Carbon.
    "carbon_price": {"2027-01": 65, "2028-01": 75, "2030-01": 90},
    "fuel_carbon": 2.65,
    "grid_carbon": 0.363,
    "grid_carbon_growth": -0.05,
    # Finance.
    "discount_rate": 0.06,
    "loan_share": 0.70,
    "loan_rate": 0.048,
    "loan_term": 60,
    "tax_rate": 0.30,
    "depreciation_life": 108,
}


@dataclass(frozen=True)
class Fleet:
    """The series of every item by its name and by option, and the names of the items in each category."""

    items: dict[str, dict[str, Series]]
    series: dict[str, dict[str, list[float]]]
    months: int
    factors: list[float]

    def category(self, name: str, option: str) -> Series:
        """What the items of a category add up to in each step."""
        rows = [each[option] for item, each in self.items.items() if item.startswith(name + ".")]
        return [sum(column) for column in zip(*rows, strict=True)]

    def together(self, names: tuple[str, ...], option: str) -> Series:
        """What several categories add up to in each step."""
        return [sum(column) for column in zip(*(self.category(each, option) for each in names), strict=True)]

    def spend(self, names: tuple[str, ...], option: str) -> float:
        return sum(self.together(names, option))

    def average(self, names: tuple[str, ...], option: str) -> float:
        """Per year."""
        return self.spend(names, option) / (self.months / 12)

    def present_value(self, names: tuple[str, ...], option: str) -> float:
        """The start is not discounted; each step is, from its beginning, its middle or its end."""
        start, *steps = self.together(names, option)
        return start + sum(amount * factor for amount, factor in zip(steps, self.factors, strict=True))

    def cumulative(self, names: tuple[str, ...], option: str) -> Series:
        so_far, found = 0.0, []
        for amount in self.together(names, option):
            so_far += amount
            found.append(so_far)
        return found


def month_number(date: str) -> int:
    """How many months a date of the calendar lies after the year 0: `2027-03`, or `2027` for its January."""
    year, _, month = date.partition("-")
    return int(year) * 12 + int(month or 1) - 1


def holds(values: Mapping[str, float], month: int) -> float:
    """The value of the last date that is not after the month."""
    past = [(month_number(date), value) for date, value in values.items() if month_number(date) <= month]
    return max(past)[1]


def on_the_line(values: Mapping[str, float], month: int) -> float:
    """Where the straight line between two dates is at the beginning of the month; after the last date its value."""
    dates = sorted((month_number(date), value) for date, value in values.items())
    for (first, low), (second, high) in zip(dates, dates[1:], strict=False):
        if first <= month < second:
            return low + (high - low) * (month - first) / (second - first)
    return dates[-1][1]


def van_fleet(inputs: Inputs = INPUTS, step: int = 12) -> Fleet:
    """Every item of every option in every step of `step` months."""
    get = inputs.__getitem__
    opening = month_number(get("start"))
    horizon = get("horizon")
    assert horizon % step == 0
    steps = [list(range(opening + first, opening + first + step)) for first in range(0, horizon, step)]
    years = step / 12
    elapsed = [(months[0] - opening) / 12 for months in steps]

    def mean(values: Mapping[str, float], months: list[int], rule: Callable[..., float] = holds) -> float:
        return sum(rule(values, month) for month in months) / len(months)

    def grown(name: str, growth: str, at: int) -> float:
        """A price grows once a step: the first step has not grown."""
        return float(get(name) * (1 + get(growth)) ** elapsed[at])

    def falls(month: int, at: int) -> bool:
        """Whether a month, counted from the start, lies in a step."""
        return opening + month in steps[at]

    # What is the same for all options.
    vans = [
        mean(get("vans_north"), months) + mean(get("vans_east"), months) + mean(get("vans_harbour"), months)
        for months in steps
    ]
    most_vans = max(vans)
    delivered = [max(0.0, now - before) for before, now in zip([0.0, *vans], vans, strict=False)]
    km = [each * get("km_per_van") for each in vans]
    toll = [mean(get("toll"), months) for months in steps]
    carbon_price = [mean(get("carbon_price"), months) for months in steps]
    public_share = [mean(get("public_share"), months, on_the_line) for months in steps]
    power_need = [each * get("consumption") for each in km]
    fuel_need = [each * get("fuel_use") for each in km]
    count = len(steps)

    items: dict[str, dict[str, Series]] = {}
    series: dict[str, dict[str, list[float]]] = {}
    for name, found in (("vans", vans), ("delivered", delivered), ("km", km), ("power_need", power_need)):
        series[name] = dict.fromkeys(OPTIONS, found)
    for name, found in (("toll", toll), ("carbon_price", carbon_price), ("public_share", public_share)):
        series[name] = dict.fromkeys(OPTIONS, found)

    for option in OPTIONS:
        electric, diesel, leased = option == ELECTRIC, option == DIESEL, option == LEASED
        charged = electric or leased

        def note(name: str, steps_of_it: list[float], start: float = 0.0, option: str = option) -> None:
            items.setdefault(name, {})[option] = [start, *steps_of_it]

        nothing = [0.0] * count

        # Vehicles: each delivery is paid in the step in which it comes.
        purchases = list(nothing)
        for at in range(count):
            if electric:
                purchases[at] = delivered[at] * grown("electric_price", "electric_price_growth", at)
            if diesel:
                purchases[at] = delivered[at] * grown("diesel_price", "diesel_price_growth", at)
        note("vehicles.purchase", purchases)

        # Some batteries of the first delivery are replaced when they reach their age, unless that is after the end.
        batteries = list(nothing)
        for at in range(count):
            if electric and falls(int(get("battery_age") + 1e-9), at):
                price = grown("battery_price", "battery_price_growth", at)
                batteries[at] = vans[0] * get("battery_share") * get("battery_capacity") * price
        note("vehicles.battery", batteries)

        # Tyres come again and again, not at the start and not at the end.
        tyres = list(nothing)
        for at in range(count):
            for month in range(get("tyre_interval"), horizon, get("tyre_interval")):
                if not leased and falls(month, at):
                    tyres[at] += vans[at] * get("tyre_set")
        note("vehicles.tyres", tyres)

        # At the end each van is sold for what its price has declined to since it was delivered.
        kept = [purchases[at] * (1 - get("decline")[option]) ** (horizon / 12 - elapsed[at]) for at in range(count)]
        note("vehicles.residual", [*nothing[:-1], -sum(kept)])

        # Depots.
        chargers = list(nothing)
        for at in range(count):
            for date, share in get("charger_spread").items():
                if charged and month_number(date) in steps[at]:
                    chargers[at] += most_vans * get("charger_price") * share
        note("depots.chargers", chargers)
        grid = [
            get("grid_connection") if charged and month_number(get("grid_month")) in steps[at] else 0.0
            for at in range(count)
        ]
        note("depots.grid", grid)
        note("depots.workshop", nothing, get("workshop") if electric else 0.0)

        # People.
        drivers = most_vans * get("drivers_per_van")
        note("people.training", nothing, drivers * get("training_fee") if charged else 0.0)
        refreshers = list(nothing)
        for at in range(count):
            for month in range(get("refresher_interval"), horizon, get("refresher_interval")):
                if charged and falls(month, at):
                    refreshers[at] += vans[at] * get("drivers_per_van") * get("refresher_fee")
        note("people.refresher", refreshers)

        # Energy, in money a year, paid for the length of the step.
        depot, public, fuel, additive = list(nothing), list(nothing), list(nothing), list(nothing)
        for at in range(count):
            if charged:
                power = grown("power", "energy_inflation", at)
                public_power = grown("public_power", "energy_inflation", at)
                depot[at] = power_need[at] * (1 - public_share[at]) * power * years
                public[at] = power_need[at] * public_share[at] * public_power * years
            if diesel:
                fuel[at] = fuel_need[at] * grown("fuel", "fuel_inflation", at) * years
                additive[at] = fuel_need[at] * get("additive_share") * get("additive") * years
        note("energy.depot_power", depot)
        note("energy.public_power", public)
        note("energy.fuel", fuel)
        note("energy.additive", additive)

        # Operation, in money a month, counted for the months in which it is active.
        maintenance, insurance, vehicle_tax, tolls = list(nothing), list(nothing), list(nothing), list(nothing)
        lease, software, support = list(nothing), list(nothing), list(nothing)
        for at in range(count):
            wages = (1 + get("wage_inflation")) ** elapsed[at]
            maintenance[at] = km[at] * get("maintenance")[option] * wages * years
            insurance[at] = vans[at] * get("insurance")[option] * years
            vehicle_tax[at] = vans[at] * get("vehicle_tax")[option] * years
            share = 1.0 if diesel else get("electric_toll")
            tolls[at] = km[at] * get("toll_share") * toll[at] * share * years
            for month in steps[at]:
                if leased:
                    lease[at] += vans[at] * get("lease_rate")
                if charged and month >= month_number(get("software_month")):
                    software[at] += get("software") * (1 + get("software_growth")) ** elapsed[at]
                if charged and month < opening + get("route_support_months"):
                    support[at] += get("route_support")
        note("operation.maintenance", maintenance)
        note("operation.insurance", insurance)
        note("operation.vehicle_tax", vehicle_tax)
        note("operation.toll", tolls)
        note("operation.lease", lease)
        note("operation.software", software)
        note("operation.route_support", support)

        # Emissions in tonnes, and what those of the exhaust cost.
        exhaust, plants = list(nothing), list(nothing)
        for at in range(count):
            if diesel:
                exhaust[at] = fuel_need[at] * get("fuel_carbon") / 1_000 * years
            if charged:
                plants[at] = power_need[at] * grown("grid_carbon", "grid_carbon_growth", at) / 1_000 * years
        note("emissions.exhaust", exhaust)
        note("emissions.power_plants", plants)
        note("carbon.certificates", [tonnes * price for tonnes, price in zip(exhaust, carbon_price, strict=True)])

        # The loan: what is drawn bears interest for the whole step, each part of it is paid back evenly over the term.
        balance, borrowed = 0.0, 0.0
        drawn, interest, repaid, opened, closed = [], [], [], [], []
        for at in range(count):
            opened.append(balance)
            drawn.append(purchases[at] * get("loan_share"))
            borrowed += drawn[at]
            owed = balance + drawn[at]
            interest.append(owed * get("loan_rate") * years)
            repaid.append(min(owed, borrowed / (get("loan_term") / 12) * years))
            balance = owed - repaid[at]
            closed.append(balance)
        note("financing.drawn", [-each for each in drawn])
        note("financing.interest", interest)
        note("financing.repayment", repaid)
        note("financing.payoff", [*nothing[:-1], balance])
        series.setdefault("opening_balance", {})[option] = opened
        series.setdefault("closing_balance", {})[option] = closed

        # Tax: straight lines over the life, and the gain or loss of the sale against what is left in the books.
        bought, written_off, relief = 0.0, 0.0, []
        for at in range(count):
            bought += purchases[at]
            in_step = bought / (get("depreciation_life") / 12) * years
            written_off += in_step
            relief.append(-in_step * get("tax_rate"))
        note("tax.depreciation", relief)
        gain = sum(kept) - (bought - written_off)
        note("tax.sale", [*nothing[:-1], gain * get("tax_rate")])

    when = {"start": 0.0, "middle": years / 2, "end": years}[get("discounting")]
    factors = [(1 + get("discount_rate")) ** -(each + when) for each in elapsed]
    return Fleet(items, series, horizon, factors)
