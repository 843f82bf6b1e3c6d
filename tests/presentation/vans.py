"""Vans over six years: numbers by month, growth, amounts on dates, again and again, in parts, at the end."""

from __future__ import annotations

from reportgen.compute.answers import Answers, evaluate
from reportgen.model.load import load_source
from reportgen.source import Source

VANS = """\
reportgen: 1
id: vans
title: Electric or leased vans
as_of: 2026-11-30
currency: EUR
horizon: 6 year
timeline: {start: 2027-01, step: year}
options: {electric: {title: Electric}, leased: {title: Leased}}
subject: electric
assumptions:
  prices:
    title: Prices
    inputs:
      inflation: {title: Energy inflation, value: 3, unit: "%/year"}
      power: {title: Electricity, value: 0.30, unit: EUR/kWh, growth: inflation}
      vans: {title: Vans, value: {2027-01: 20, 2027-07: 30, 2028-01: 42}, unit: van}
      use: {title: Consumption, value: 500, unit: kWh/van/month}
      discount_rate: {title: Discount rate, value: 6, unit: "%/year"}
calculations:
  energy_used: {title: Energy used, formula: vans * use, unit: kWh/month}
categories:
  vehicles:
    title: Vehicles
    unit: EUR
    items:
      purchase: {title: Purchase, costs: {electric: 1_800_000, leased: none}}
      charger: {title: Chargers, costs: {electric: 200_000, leased: none}, spread: {2027-01: 40 %, 2028-01: 60 %}}
      battery: {title: Batteries, costs: {electric: 400_000, leased: none}, when: 2031-03}
      tyres: {title: Tyres, costs: {electric: 90_000, leased: 70_000}, every: 3 year}
      residual: {title: Residual value, costs: {electric: -330_000, leased: none}, when: end}
  running:
    title: Running
    unit: EUR/month
    items:
      energy: {title: Energy, costs: {electric: energy_used * power, leased: none}}
      lease: {title: Lease, costs: {electric: none, leased: 52_000}, from: 2027-04, until: 2032-11}
      licence: {title: Telematics, costs: {electric: 1_000, leased: 900}, growth: 5 %/year}
      staff: {title: Staff, costs: {electric: 4_000, leased: 5_000}}
totals:
  spend: {title: Spend, unit: EUR, of: [vehicles, running], as: sum}
  npv: {title: Present value, unit: EUR, of: [vehicles, running], as: present value, rate: discount_rate}
  cost: {title: Total cost, unit: EUR/year, of: [vehicles, running], as: average}
cash_flow: {of: cost, discount_rate: discount_rate}
"""
MONTHLY = VANS.replace("step: year", "step: month")
CARBON = """\
reportgen: 1
id: carbon
title: Carbon of two vans
as_of: 2026-11-30
currency: EUR
horizon: 4 year
options: {electric: {title: Electric}, diesel: {title: Diesel}}
assumptions:
  a:
    title: General
    inputs:
      km: {title: Distance, value: 20_000, unit: km/year, low: 10_000, high: 30_000, growth: 2 %/year}
      rate: {title: Social rate, value: 2, unit: "%/year"}
categories:
  making: {title: Making, unit: kg, items: {vehicle: {title: Vehicle, costs: {electric: 14_000, diesel: 7_000}}}}
  driving:
    title: Driving
    unit: kg/year
    items: {fuel: {title: Fuel, costs: {electric: "km * 0.06 [kg/km]", diesel: "km * 0.26 [kg/km]"}}}
totals: {emissions: {title: Emissions, unit: t, of: [making, driving], as: sum}}
scenarios: {far: {title: Far, set: {km: 40_000}}}
sensitivity: {of: emissions}
break_evens: {km: {title: Distance, driver: km, from: 1_000, to: 50_000, between: [electric, diesel], of: emissions}}
cash_flow: {of: emissions, discount_rate: rate}
simulation: {draws: 100, seed: 1}
"""


def results_of(text: str) -> Answers:
    return evaluate(load_source(Source("m.yaml", text))[0])
