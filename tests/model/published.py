"""Team chat with figures that somebody else has published of it: every verdict, and every kind of case."""

from __future__ import annotations

from tests.model.samples import SAMPLE

PUBLISHED = """
published:
  fees_year:
    title: Seat fees a year
    where: First table
    states: 18_720
    unit: EUR/year
    formula: subscription.fees.hosted
    expect: exact
    source: vendor_list
  machine_month:
    title: One virtual machine a month
    where: "= the text below the first table, which is long enough to need a second line in a column of this width"
    states: 130
    unit: EUR/month
    step: 10
    formula: infrastructure.servers.self_run
    expect: rounded
  machine_year:
    title: One virtual machine a year
    where: Table of annual totals
    states: 1_560
    unit: EUR/year
    step: 10
    formula: infrastructure.servers.self_run
    intermediate: round(infrastructure.servers.self_run, -1)
    expect: intermediate
    because: the month is rounded to tens before it is multiplied by twelve
  upkeep:
    title: "+ Upkeep, self-run"
    where: Second table
    states: 12_500
    unit: EUR/year
    step: 100
    formula: people.upkeep.self_run
    expect: differs
    because: "@ the table leaves out a part of the salary"
  seats:
    title: Seats of the example
    where: Heading
    states: 0.24
    unit: kseat
    formula: seats
    expect: input
  users:
    title: Users of the product
    where: Opening line
    states: {from: 10_000}
    unit: user
    expect: input
  fees_range:
    title: Seat fees from small to large
    where: Answers to questions
    states: {from: 700, to: 4_000}
    unit: EUR/month
    step: 200
    formula: subscription.fees.hosted
    set: {seats: {from: low, to: high}}
    expect: rounded
  fees_range_turned:
    title: Fee per seat from large to small
    where: Answers to questions
    states: {from: 5, to: 12.5}
    unit: EUR/seat/month
    formula: 1_500 [EUR/month] / seats
    set: {seats: {from: low, to: high}}
    expect: differs
    because: the smallest team pays more than is stated, the largest less
  fees_at_twenty:
    title: Fees of twenty seats
    where: Answers to questions
    states: 200
    unit: EUR/month
    formula: subscription.fees.hosted
    set: {seats: 20, seat_fee: 10}
    expect: exact
  machines_doubled:
    title: Machines of the doubled team
    where: Outlook
    states: {to: 2}
    unit: server
    formula: machines
    scenario: growth
    expect: exact
  dear_machines:
    title: Machines of the doubled team at the high price
    where: Outlook
    states: {from: 300, to: 400}
    unit: EUR/month
    formula: infrastructure.servers.self_run
    scenario: growth
    set: {vm_hour: high}
    expect: exact
  saving:
    title: Saving
    where: Conclusion
    states: 0
    unit: "%"
    step: 1
    formula: 1 - total.hosted / total.self_run
    expect: rounded
  pair:
    title: Fees of every team that is looked at
    where: Conclusion
    states: 1_560
    unit: EUR/month
    formula: subscription.fees.hosted
    set: {seats: {from: 240, to: high}}
    expect: differs
    because: it is one team's
"""

TEXT = SAMPLE + PUBLISHED
