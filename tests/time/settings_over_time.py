"""A model in which all that questions move is over time: inputs by month or with growth, items' and tables' numbers."""

from __future__ import annotations

TEXT = """\
reportgen: 1
id: depots
title: Own or hired vans
as_of: 2026-11-30
currency: EUR
horizon: 2 year
timeline: {start: 2027-01}
options:
  own:   {title: Own vans}
  hired: {title: Hired vans}
assumptions:
  fleet:
    title: Fleet
    inputs:
      vans:  {title: Vans, value: {2027-01: 20, 2027-07: 60, 2028-01: 120}, unit: van, low: {2028-01: 100},
              high: {2028-01: 150}}
      km:    {title: Distance, unit: km/van/month,
              value: {own: {2027-01: 1_000, 2028-01: 1_500}, hired: {2027-01: 900}}}
      power: {title: Electricity, value: 0.1, unit: EUR/km, growth: 10 %/year, low: 0.08, high: 0.15}
tables:
  fee:
    title: Parking fee
    from: van
    to: EUR/van/month
    method: graduated
    rows: [[0, 50], [{value: 50, low: 40, high: 60}, 30]]
categories:
  running:
    title: Running
    unit: EUR/month
    items:
      energy:  {title: Energy, costs: vans * km * power}
      parking: {title: Parking, costs: "charge(fee, vans)"}
      rate:    {title: Rate, costs: {own: none, hired: 700}, from: 2027-07, low: {hired: 600}, high: {hired: 900}}
      office:  {title: Office, costs: 200, growth: 5 %/year, low: 150, high: 300, distribution: uniform}
  once:
    title: Once
    unit: EUR
    items:
      desks:   {title: Desks, costs: {own: 1_000, hired: 3_000}, when: 15 month}
totals:
  spend: {title: Spend, unit: EUR, of: [running, once], as: sum}
scenarios:
  more:  {title: More, set: {vans: +50 %, power: +10 %, running.rate: -10 %, fee: +20 %, once.desks: +5 %}}
  later: {title: Later, based_on: more, set: {vans: {2027-01: 40, 2027-07: -50 %}, km.own: {2028-01: 1_200}}}
sensitivity: {of: spend}
simulation: {draws: 400, seed: 7}
ranges:
  items: {title: Prices, of: spend, inputs: [running.rate, running.office, fee.2.from]}
"""


def spend(
    option: str,
    vans: tuple[float, ...] = (20, 60, 120),
    km: tuple[float, ...] = (1_000, 1_500),
    power: float = 0.1,
    fees: tuple[float, float] = (50, 30),
    rate: float = 700,
    office: float = 200,
    desks: float = 1_000,
    second_band: float = 50,
) -> float:
    """What an option comes to, year by year: vans are the mean of its months, prices those of its start."""
    total = desks
    for year, fleet in enumerate(((vans[0] + vans[1]) / 2, vans[2])):
        charge = fees[0] * min(fleet, second_band) + fees[1] * max(0.0, fleet - second_band)
        months = (6, 12)[year] if option == "hired" else 0
        total += 12 * (fleet * km[year] * power * 1.1**year + charge + office * 1.05**year) + months * rate
    return total
