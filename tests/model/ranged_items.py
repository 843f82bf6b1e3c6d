"""A model whose cost items have lows and highs, and are named by questions."""

from __future__ import annotations

TEXT = """\
reportgen: 1
id: desks
title: Help desks
as_of: 2026-11-30
currency: EUR
options:
  hosted: {title: Hosted}
  own: {title: Own}
  shared: {title: Shared}
assumptions:
  team:
    title: Team
    inputs:
      seats: {title: Seats, value: 240, unit: seat, low: 120, high: 600}
      fee:   {title: Fee, value: 6.5, unit: EUR/seat/month}
categories:
  support:
    title: Support
    unit: EUR/month
    items:
      plan: {title: Plan, costs: {hosted: 150, own: 90, shared: seats * fee / 10}, low: {hosted: 120},
             high: {hosted: 200}, distribution: uniform}
      fees: {title: Fees, costs: {hosted: seats * fee, own: included, shared: support.plan}}
  staff:
    title: Staff
    unit: EUR/month
    items:
      upkeep: {title: Upkeep, costs: 400, low: 300, high: 700}
      admin:  {title: Administration, costs: {hosted: 100, own: 900, shared: not quoted}}
      tools:  {title: Tools, costs: 20}
      phones: {title: Phones, costs: 30}
totals:
  total: {title: Total, unit: EUR/year, formula: support + staff}
scenarios:
  dear: {title: Dear, set: {support.plan.hosted: 180, staff.admin: +10 %, seats: 300, staff.tools: 25}}
  more: {title: More, based_on: dear, set: {support.plan.hosted: -5 %}}
sensitivity:
  of: total
  grid: {rows: {driver: support.plan.own, values: [50, 100]}, columns: {driver: seats, values: [100, 200]}}
simulation: {draws: 500, correlations: [{between: [support.plan.hosted, staff.upkeep], value: 0.4}]}
ranges:
  all:  {title: All, of: total}
  some: {title: Some, of: total, inputs: [staff.upkeep, support.plan.hosted]}
published:
  low:
    title: Low
    where: Page 1
    states: 1_500
    unit: EUR/month
    formula: staff.own
    set: {staff.upkeep: low}
    expect: differs
    because: It is old
"""
"""On Assumptions stand `support.plan` of hosted (a range) and own (a driver), `staff.upkeep` (a range), `staff.admin`
of hosted and own (a scenario) and `staff.tools` (a scenario); `staff.phones` stays where it is used."""
