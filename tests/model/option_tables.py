"""A model with tables of each option: steps, lines and graduated prices."""

from __future__ import annotations

TEXT = """\
reportgen: 1
id: egress
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
      east: [[0, 0.09], [10_000, 0.08]]
      west: [[0, 0.10], [5_000, 0.07], [50_000, 0.20]]
  servers:
    title: Servers
    from: seat
    to: server
    method: step
    rows: {east: [[0, 1], [250, 2]], west: [[0, 2], [500, 3]]}
  staff:
    title: Staff
    from: seat
    to: FTE
    method: linear
    rows: {east: [[0, 0.5], [1_000, 1.5]], west: [[0, 0.2], [200, 0.4], [600, 1.6]]}
  fixed: {title: Fixed fee, from: seat, to: EUR/month, method: step, rows: [[0, 10], [200, 20]]}
calculations:
  machines: {title: Machines, unit: server, formula: "lookup(servers, seats)"}
  in_west:  {title: Machines in the west, unit: server, formula: "lookup(servers.west, seats)"}
categories:
  running:
    title: Running
    unit: EUR/month
    items:
      traffic: {title: Traffic, costs: "charge(price, traffic)"}
      servers: {title: Servers, costs: "machines * 100 [EUR/server/month]"}
      staff:   {title: Staff, costs: "lookup(staff, seats) * 5_000 [EUR/FTE/month]"}
      fixed:   {title: Fee, costs: "lookup(fixed, seats)"}
totals:
  total: {title: Total, unit: EUR/month, formula: running}
sensitivity: {of: total}
break_evens:
  traffic: {title: Traffic of both, driver: traffic, from: 1_000, to: 90_000, between: [east, west], of: total}
  seats:   {title: Seats of both, driver: seats, from: 10, to: 600, between: [east, west], of: total}
"""

EAST = (10_000 * 0.09 + 50_000 * 0.08) + 2 * 100 + 0.8 * 5_000 + 20
WEST = (5_000 * 0.10 + 45_000 * 0.07 + 10_000 * 0.20) + 2 * 100 + 0.7 * 5_000 + 20
"""What both cost a month."""
