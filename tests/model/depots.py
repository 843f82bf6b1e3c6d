"""A model whose scenarios and a published figure change inputs in proportion."""

from __future__ import annotations

TEXT = """\
reportgen: 1
id: depots
title: Two depots
as_of: 2026-11-30
currency: EUR
options:
  diesel: {title: Diesel}
  electric: {title: Electric}
assumptions:
  prices:
    title: Prices
    inputs:
      power: {title: Electricity, value: 0.29, unit: EUR/kWh, low: 0.2, high: 0.4}
      share: {title: Share of nights, value: {diesel: 20, electric: 40}, unit: "%"}
      km:    {title: Distance, value: 30_000, unit: km/year}
      use:   {title: Consumption, value: {diesel: 0.8, electric: 0.3}, unit: kWh/km}
categories:
  running:
    title: Running
    unit: EUR/year
    items:
      energy:  {title: Energy, costs: km * use * power * (1 + share)}
      service: {title: Service, costs: {diesel: 900, electric: not quoted}}
totals:
  total: {title: Total, unit: EUR/year, formula: running}
scenarios:
  dear:   {title: Dear, set: {power: +10 %, share: +10%, share.diesel: 5}}
  dearer: {title: Dearer, based_on: dear, set: {power: '+3.33 %', km: -5 %}}
  long:   {title: Long, based_on: dear, set: {km: 40_000}}
  longer: {title: Longer, based_on: long, set: {km: +1e1 %}}
published:
  bill:
    title: Energy bill
    where: Page 1
    states: {from: 3_000, to: 4_000}
    unit: EUR/year
    formula: running.energy.electric
    scenario: longer
    set: {power: -5 %, use.electric: {from: -10 %, to: +2.5 %}, km: 31_000}
    expect: differs
    because: The page takes other distances
"""
"""In `dear` electricity is at 0.319; the share of diesel at 5 and that of electric at 44."""
