"""The van fleet of inputs/van-fleet, worked out in plain Python, step by step and month by month.

It was written before the program could compute the model and shares no code with it. Where a rule matters it is said in
a sentence of its own: that is what the program is held to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
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
    "software_growth_from": "2027-01",
    "software_growth_yearly": False,
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
        return list(accumulate(self.together(names, option)))


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
    for (first, low), (second, high) in pairwise(dates):
        if first <= month < second:
            return low + (high - low) * (month - first) / (second - first)
    return dates[-1][1]


class _Calendar:
    """The steps of the timeline, each a list of months, and the rules of prices and dates."""

    def __init__(self, inputs: Inputs, step: int) -> None:
        self.inputs = inputs
        self.opening = month_number(inputs["start"])
        self.horizon: int = inputs["horizon"]
        assert self.horizon % step == 0
        first_months = range(self.opening, self.opening + self.horizon, step)
        self.steps = [list(range(first, first + step)) for first in first_months]
        self.count = len(self.steps)
        self.years = step / 12
        self.elapsed = [(months[0] - self.opening) / 12 for months in self.steps]

    def mean(self, name: str, rule: Callable[[Mapping[str, float], int], float] = holds) -> list[float]:
        """Of a value by date: the value of a step is the mean over its months."""
        values = self.inputs[name]
        return [sum(rule(values, month) for month in months) / len(months) for months in self.steps]

    def escalator(self, rate: str) -> list[float]:
        """Prices grow at the beginning of a step, by the years since the start: the first step has not grown."""
        return [(1 + self.inputs[rate]) ** years for years in self.elapsed]

    def grown(self, name: str, rate: str) -> list[float]:
        return [self.inputs[name] * factor for factor in self.escalator(rate)]

    def once(self, amounts: list[float], month: int) -> list[float]:
        """An amount in the step of a month counted from the start, as it is in that step; never if there is none."""
        return [
            amount if self.opening + month in months else 0.0
            for amount, months in zip(amounts, self.steps, strict=True)
        ]

    def again(self, amounts: list[float], interval: int) -> list[float]:
        """Again and again after an interval: not at the start, and not at the end."""
        found = [0.0] * self.count
        for month in range(interval, self.horizon, interval):
            found = [sum(pair) for pair in zip(found, self.once(amounts, month), strict=True)]
        return found

    def at_the_end(self, amount: float) -> list[float]:
        return [*[0.0] * (self.count - 1), amount]

    def for_months(self, rates: list[float], active: Callable[[int], bool] = lambda _: True) -> list[float]:
        """What a rate per month comes to in each step: once for each of its months in which it is active."""
        return [rate * sum(active(month) for month in months) for rate, months in zip(rates, self.steps, strict=True)]

    def for_years(self, *factors: list[float] | float) -> list[float]:
        """What a rate per year, the product of some factors, comes to in each step."""
        return [each * self.years for each in self.product(*factors)]

    def product(self, *factors: list[float] | float) -> list[float]:
        found = [1.0] * self.count
        for factor in factors:
            column = factor if isinstance(factor, list) else [factor] * self.count
            found = [left * right for left, right in zip(found, column, strict=True)]
        return found


Rows = dict[str, list[float] | tuple[float, list[float]]]
"""Items by name: what falls in each step, or what falls at the start and then in each step."""


class _Plan:
    """One option's items, category by category."""

    def __init__(self, calendar: _Calendar, option: str) -> None:
        self.calendar = calendar
        self.option = option
        self.inputs = inputs = calendar.inputs
        self.bought = option != LEASED
        self.charged = option != DIESEL
        depots = [calendar.mean(each) for each in ("vans_north", "vans_east", "vans_harbour")]
        self.vans = [sum(column) for column in zip(*depots, strict=True)]
        self.delivered = [max(0.0, now - before) for before, now in pairwise([0.0, *self.vans])]
        self.distance = calendar.product(self.vans, inputs["km_per_van"])
        self.power_need = calendar.product(self.distance, inputs["consumption"])
        self.fuel_need = calendar.product(self.distance, inputs["fuel_use"])
        price = calendar.grown(f"{option}_price", f"{option}_price_growth") if self.bought else 0.0
        self.purchases = calendar.product(self.delivered, price)
        self.balances: dict[str, list[float]] = {}

    def kept_value(self) -> float:
        """What all vans are sold for at the end: their prices, less a share of what is left for each year since."""
        years_kept = [self.calendar.horizon / 12 - elapsed for elapsed in self.calendar.elapsed]
        shares = [(1 - self.inputs["decline"][self.option]) ** years for years in years_kept]
        return sum(self.calendar.product(self.purchases, shares))

    def vehicles(self) -> Rows:
        """Each delivery is paid in the step in which it comes. Some batteries of the first delivery are replaced when
        they reach their age, unless that is after the end."""
        inputs, calendar = self.inputs, self.calendar
        batteries = self.vans[0] * inputs["battery_share"] * inputs["battery_capacity"]
        cost = calendar.product(batteries, calendar.grown("battery_price", "battery_price_growth"))
        tyres = calendar.product(self.vans, inputs["tyre_set"])
        return {
            "purchase": self.purchases,
            "battery": calendar.product(
                calendar.once(cost, int(inputs["battery_age"] + 1e-9)), self.option == ELECTRIC
            ),
            "tyres": calendar.product(calendar.again(tyres, inputs["tyre_interval"]), self.bought),
            "residual": calendar.at_the_end(-self.kept_value()),
        }

    def depots(self) -> Rows:
        inputs, calendar = self.inputs, self.calendar
        chargers = [0.0] * calendar.count
        for date, share in inputs["charger_spread"].items():
            part = max(self.vans) * inputs["charger_price"] * share
            falls = calendar.once([part] * calendar.count, month_number(date) - calendar.opening)
            chargers = [sum(pair) for pair in zip(chargers, falls, strict=True)]
        month = month_number(inputs["grid_month"]) - calendar.opening
        return {
            "chargers": calendar.product(chargers, self.charged),
            "grid": calendar.product(calendar.once([inputs["grid_connection"]] * calendar.count, month), self.charged),
            "workshop": (inputs["workshop"] * (self.option == ELECTRIC), [0.0] * calendar.count),
        }

    def people(self) -> Rows:
        inputs, calendar = self.inputs, self.calendar
        first = max(self.vans) * inputs["drivers_per_van"] * inputs["training_fee"]
        refresher = calendar.product(self.vans, inputs["drivers_per_van"], inputs["refresher_fee"])
        return {
            "training": (first * self.charged, [0.0] * calendar.count),
            "refresher": calendar.product(calendar.again(refresher, inputs["refresher_interval"]), self.charged),
        }

    def energy(self) -> Rows:
        inputs, calendar = self.inputs, self.calendar
        public = calendar.mean("public_share", on_the_line)
        depot = [1 - share for share in public]
        power = calendar.grown("power", "energy_inflation")
        public_power = calendar.grown("public_power", "energy_inflation")
        fuel = calendar.grown("fuel", "fuel_inflation")
        diesel = not self.charged
        return {
            "depot_power": calendar.for_years(self.power_need, depot, power, self.charged),
            "public_power": calendar.for_years(self.power_need, public, public_power, self.charged),
            "fuel": calendar.for_years(self.fuel_need, fuel, diesel),
            "additive": calendar.for_years(self.fuel_need, inputs["additive_share"], inputs["additive"], diesel),
        }

    def operation(self) -> Rows:
        inputs, calendar, option = self.inputs, self.calendar, self.option
        maintenance = calendar.product(inputs["maintenance"][option], calendar.escalator("wage_inflation"))
        pays_toll = inputs["electric_toll"] if self.charged else 1.0
        software = self.software()
        software_from = month_number(inputs["software_month"])
        support_until = calendar.opening + inputs["route_support_months"]
        support = [inputs["route_support"] * self.charged] * calendar.count
        return {
            "maintenance": calendar.for_years(self.distance, maintenance),
            "insurance": calendar.for_years(self.vans, inputs["insurance"][option]),
            "vehicle_tax": calendar.for_years(self.vans, inputs["vehicle_tax"][option]),
            "toll": calendar.for_years(self.distance, inputs["toll_share"], calendar.mean("toll"), pays_toll),
            "lease": calendar.for_months(calendar.product(self.vans, inputs["lease_rate"], option == LEASED)),
            "software": calendar.for_months(
                calendar.product(software, self.charged), lambda month: month >= software_from
            ),
            "route_support": calendar.for_months(support, lambda month: month < support_until),
        }

    def software(self) -> list[float]:
        """A month's price in each step. Its growth may begin later, and may move once a year only."""
        inputs, calendar = self.inputs, self.calendar
        before = (month_number(inputs["software_growth_from"]) - calendar.opening) / 12
        years = [max(0.0, elapsed - before) for elapsed in calendar.elapsed]
        if inputs["software_growth_yearly"]:
            years = [float(int(each)) for each in years]
        return [inputs["software"] * (1 + inputs["software_growth"]) ** each for each in years]

    def emissions(self) -> Rows:
        """In tonnes; what is burnt and what is generated is counted in kilograms."""
        inputs, calendar = self.inputs, self.calendar
        plants = calendar.grown("grid_carbon", "grid_carbon_growth")
        return {
            "exhaust": calendar.for_years(self.fuel_need, inputs["fuel_carbon"], 1 / 1_000, not self.charged),
            "power_plants": calendar.for_years(self.power_need, plants, 1 / 1_000, self.charged),
        }

    def carbon(self) -> Rows:
        exhaust = self.emissions()["exhaust"]
        assert isinstance(exhaust, list)
        return {"certificates": self.calendar.product(exhaust, self.calendar.mean("carbon_price"))}

    def financing(self) -> Rows:
        """What is drawn bears interest for the whole step; each part of it is repaid evenly over the term."""
        inputs, calendar = self.inputs, self.calendar
        opening, closing, drawn, interest, repaid = [], [], [], [], []
        balance = borrowed = 0.0
        for purchase in self.purchases:
            opening.append(balance)
            drawn.append(purchase * inputs["loan_share"])
            borrowed += drawn[-1]
            owed = balance + drawn[-1]
            interest.append(owed * inputs["loan_rate"] * calendar.years)
            repaid.append(min(owed, borrowed / (inputs["loan_term"] / 12) * calendar.years))
            balance = owed - repaid[-1]
            closing.append(balance)
        self.balances = {"opening_balance": opening, "closing_balance": closing}
        return {
            "drawn": [-each for each in drawn],
            "interest": interest,
            "repayment": repaid,
            "payoff": calendar.at_the_end(balance),
        }

    def tax(self) -> Rows:
        """Straight lines over the life; at the end the sale's gain or loss against what is left in the books."""
        inputs, calendar = self.inputs, self.calendar
        so_far = list(accumulate(self.purchases))
        written_off = calendar.for_years(so_far, 12 / inputs["depreciation_life"])
        gain = self.kept_value() - (so_far[-1] - sum(written_off))
        return {
            "depreciation": calendar.product(written_off, -inputs["tax_rate"]),
            "sale": calendar.at_the_end(gain * inputs["tax_rate"]),
        }


CATEGORIES = ("vehicles", "depots", "people", "energy", "operation", "carbon", "emissions", "financing", "tax")
COSTS = CATEGORIES[:6]


def van_fleet(inputs: Inputs = INPUTS, step: int = 12) -> Fleet:
    """Every item of every option in every step of `step` months."""
    calendar = _Calendar(inputs, step)
    items: dict[str, dict[str, Series]] = {}
    series: dict[str, dict[str, list[float]]] = {}
    for option in OPTIONS:
        plan = _Plan(calendar, option)
        for category in CATEGORIES:
            rows: Rows = getattr(plan, category)()
            for name, row in rows.items():
                start, steps = row if isinstance(row, tuple) else (0.0, row)
                items.setdefault(f"{category}.{name}", {})[option] = [start, *steps]
        for name in ("vans", "delivered", "distance", "power_need", "fuel_need", "purchases"):
            series.setdefault(name, {})[option] = getattr(plan, name)
        for name, balance in plan.balances.items():
            series.setdefault(name, {})[option] = balance
    when = {"start": 0.0, "middle": calendar.years / 2, "end": calendar.years}[inputs["discounting"]]
    factors = [(1 + inputs["discount_rate"]) ** -(elapsed + when) for elapsed in calendar.elapsed]
    return Fleet(items, series, calendar.horizon, factors)
