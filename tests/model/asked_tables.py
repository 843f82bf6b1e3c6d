"""A model with tables some numbers of which have ranges or are set by scenarios and other questions."""

from __future__ import annotations

TEXT = """\
reportgen: 1
id: asked
title: Two clouds
as_of: 2026-11-30
currency: EUR
options:
  east: {title: East}
  west: {title: West}
assumptions:
  use:
    title: Use
    inputs:
      traffic: {title: Traffic, value: 60_000, unit: GB/month, low: 20_000, high: 90_000}
      seats:   {title: Seats, value: 300, unit: seat}
tables:
  price:
    title: Price of traffic
    from: GB/month
    to: EUR/GB
    method: graduated
    rows:
      east: [[0, 0.09], [10_000, {value: 0.08, low: 0.05, high: 0.09, distribution: uniform}]]
      west: [[0, 0.10], [{value: 5_000, low: 4_000}, 0.07], [50_000, 0.20]]
  servers: {title: Servers, from: seat, to: server, method: step, rows: [[0, 1], [250, 2], [1_000, 4]]}
  staff:
    title: Staff
    from: seat
    to: FTE
    method: linear
    rows: {east: [[0, 0.5], [1_000, 1.5]], west: [[0, 0.2], [200, 0.4], [600, 1.6]]}
  fixed: {title: Fixed fee, from: seat, to: EUR/month, method: step, rows: [[0, 10], [200, 20]]}
calculations:
  machines: {title: Machines, unit: server, formula: "lookup(servers, seats)"}
categories:
  running:
    title: Running
    unit: EUR/month
    items:
      traffic: {title: Traffic, costs: "charge(price, traffic)"}
      servers: {title: Servers, costs: {east: "machines * 100 [EUR/server/month]", west: included}}
      staff:   {title: Staff, costs: "lookup(staff, seats) * 5_000 [EUR/FTE/month]"}
      fixed:   {title: Fee, costs: "lookup(fixed, seats)"}
totals:
  total: {title: Total, unit: EUR/month, formula: running}
scenarios:
  early:  {title: Early, set: {servers.3.from: 290, servers.3.to: 5, seats: 320}}
  dear:   {title: Dear, set: {price: +10 %, price.west.3.to: 0.25, staff.west.2.to: 0.5}}
  dearer: {title: Dearer, based_on: dear, set: {price.east: +10 %, staff.west: -10 %}}
sensitivity:
  of: total
  grid: {rows: {driver: servers.2.to, values: [2, 3]}, columns: {driver: staff.east.2.from, values: [900, 1_100]}}
simulation: {draws: 400}
ranges:
  all: {title: All, of: total}
published:
  fee:
    title: Fee of traffic
    where: Page 1
    states: 4_900
    unit: EUR/month
    formula: charge(price.east, traffic)
    set: {price.east.2.to: low}
    expect: differs
    because: It is old
"""
