"""A model as large as a purchasing department's: any number of items per category, with every kind of question.

`python -m benchmarks.large 300 > large.yaml` writes the one that the limits in docs/workbook.md are measured with.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from random import Random

CATEGORIES = 10
OPTIONS = 7
SCENARIOS = 5
DRIVERS = (("seat", 400.0), ("server", 24.0), ("GB", 9_000.0), ("run", 50_000.0), ("site", 6.0))
"""What costs grow with: a unit, and about how many of them there are."""

QUANTITIES = 8
PRICES = 12
"""Of each driver, so that there are 100 assumptions with low and high beside the shares, the rate and the horizon."""


def large_model(items: int, seed: int = 7) -> str:
    """The YAML of a model with `items` items in each category: about two costs of five are numbers, two are formulas,
    one is included or does not apply; the last option lacks some prices. The same text for the same numbers."""
    chance = Random(seed)
    lines = ["reportgen: 1", f"id: large-{items}", f"title: Ten categories of {items} items", "as_of: 2026-06-30"]
    lines += ["currency: EUR", "horizon: 3 year", "options:"]
    lines += [f"  option_{at}: {{title: Option {at}}}" for at in range(1, OPTIONS + 1)]
    lines += ["subject: option_1", "sources:"]
    lines += ["  offers: {title: Offers of seven vendors, evidence: quote, accessed: 2026-06-12}"]
    lines += _assumptions(chance)
    lines += _categories(chance, items)
    names = [f"category_{at}" for at in range(1, CATEGORIES + 1)]
    for name, title, parts in (("running", "Running cost", names[:-1]), ("total", "Total cost of ownership", names)):
        lines += [] if name == "total" else ["totals:"]
        lines += [f"  {name}: {{title: {title}, unit: EUR/year, of: [{', '.join(parts)}], as: average}}"]
    lines += ["metrics:", '  saving: {title: Saving, unit: "%", formula: 1 - total.option_1 / total.option_2}']
    lines += _questions()
    return "\n".join(lines) + "\n"


def _quantity(unit: str, at: int) -> str:
    return f"{unit.lower()}_count_{at}"


def _price(unit: str, at: int) -> str:
    return f"{unit.lower()}_price_{at}"


def _assumptions(chance: Random) -> Iterator[str]:
    yield "assumptions:"
    yield "  quantities:\n    title: Quantities\n    inputs:"
    for unit, size in DRIVERS:
        for at in range(QUANTITIES):
            value = round(size * chance.uniform(0.5, 1.5))
            ends = f"low: {value // 2}, high: {value * 2}"
            growth = ", growth: 5 %/year" if at == 0 else ""
            title = f"Number of {unit}s, group {at + 1}"
            yield f"      {_quantity(unit, at)}: {{title: '{title}', value: {value}, unit: {unit}, {ends}{growth}}}"
    yield "  prices:\n    title: Prices\n    inputs:"
    for unit, size in DRIVERS:
        for at in range(PRICES):
            value = round(2_000 / size * chance.uniform(0.5, 1.5), 4)
            ends = f"low: {round(value * 0.8, 4)}, high: {round(value * 1.3, 4)}"
            title = f"Price of a {unit}, tariff {at + 1}"
            rest = f"value: {value}, unit: EUR/{unit}/month, {ends}, source: offers"
            yield f"      {_price(unit, at)}: {{title: '{title}', {rest}}}"
    yield "  terms:\n    title: Terms\n    inputs:"
    yield "      rebate: {title: Rebate, value: 8, unit: '%', low: 0, high: 15}"
    yield "      set_up_time: {title: Months until the change is done, value: 4, unit: month, low: 2, high: 9}"
    yield "      discount_rate: {title: Discount rate, value: 6, unit: '%/year'}"


def _categories(chance: Random, items: int) -> Iterator[str]:
    yield "categories:"
    for category in range(1, CATEGORIES + 1):
        once = category == CATEGORIES
        unit = "EUR" if once else "EUR/month"
        yield f"  category_{category}:\n    title: Category {category}\n    unit: {unit}\n    items:"
        for item in range(1, items + 1):
            costs = ", ".join(f"option_{at}: {_cost(chance, once, at == OPTIONS)}" for at in range(1, OPTIONS + 1))
            title = f"Item {item} of category {category}"
            yield f"      item_{item}: {{title: {title}, costs: {{{costs}}}, source: offers}}"


def _cost(chance: Random, once: bool, gaps: bool) -> str:
    kind = chance.random()
    if gaps and kind < 0.05:
        return "not quoted"
    if kind < 0.4:
        return str(round(chance.uniform(10, 5_000), 2))
    if kind < 0.8:
        unit, _ = chance.choice(DRIVERS)
        product = f"{_quantity(unit, chance.randrange(QUANTITIES))} * {_price(unit, chance.randrange(PRICES))}"
        if once:
            return product + " * set_up_time"
        return product + " * (1 - rebate)" if chance.random() < 0.5 else product
    return "included" if kind < 0.9 else "none"


def _questions() -> Iterator[str]:
    yield "scenarios:"
    for at in range(SCENARIOS):
        unit, size = DRIVERS[at]
        settings = ", ".join(f"{_quantity(unit, each)}: {round(size * (1 + at / 2))}" for each in range(3))
        yield f"  scenario_{at + 1}: {{title: Scenario {at + 1}, set: {{{settings}, rebate: {at * 3}}}}}"
    yield "sensitivity: {of: total}"
    driver = f"driver: {_quantity('seat', 0)}, from: 50, to: 2_000, between: [option_1, option_2], of: total"
    yield f"break_evens:\n  seats: {{title: Seats at which option 2 pays, {driver}}}"
    yield "cash_flow: {of: total, discount_rate: discount_rate}"


if __name__ == "__main__":
    sys.stdout.write(large_model(int(sys.argv[1])))
