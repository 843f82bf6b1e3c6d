"""A model that asks every question of as many options as a report sets side by side, with long and hostile titles."""

from __future__ import annotations

TITLES = (
    "Managed platform",
    'Self-hosted <b>&"',
    "Hybrid of a managed platform and machines of one's own in two regions",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    "Option E",
    "Option F",
    'fill="role-ink"',
)
_ANSWERS = ("yes", "partly", "no", "build", "buy")


def many_options(count: int = 7) -> str:
    """`count` options, two to seven, whose lines cross and whose totals lie close together; the fifth lacks a price."""
    options = [f"o{number}" for number in range(count)]

    def each(value: str) -> str:
        return "{" + ", ".join(f"{option}: {value.format(n=n, m=n + 1)}" for n, option in enumerate(options)) + "}"

    def price(n: int) -> str:
        return "not quoted" if n == 4 else str(400 + 37 * n)

    def coverage(feature: int, n: int) -> str:
        answer = _ANSWERS[(n + feature) % len(_ANSWERS)]
        return answer if answer == "yes" else f"{{is: {answer}, because: nothing prices it}}"

    def by_option(values: list[str]) -> str:
        return "{" + ", ".join(f"{option}: {value}" for option, value in zip(options, values, strict=True)) + "}"

    prices = by_option([price(n) for n in range(count)])
    covers = [by_option([coverage(feature, n) for n in range(count)]) for feature in range(5)]
    titles = [title.replace("'", "''") for title in TITLES]
    return f"""\
reportgen: 1
id: many-options
title: A crowded comparison
as_of: 2026-02-03
currency: USD
horizon: 3 year
options: {by_option([f"{{title: '{title}'}}" for title in titles[:count]])}
sources:
  own: {{title: Own estimate, evidence: estimate, accessed: 2026-01-01}}
assumptions:
  use:
    title: Use
    inputs:
      tasks: {{title: Tasks a month, value: 1_000, unit: task/month, low: 400, high: 2_500, source: own}}
      price:
        {{title: Price of a task of any kind and size whatever, value: 0.5, unit: USD/task, low: 0.2, high: 1.5,
         source: own}}
      rate: {{title: Discount rate, value: 8, unit: "%/year", source: own}}
      factor: {{title: Tasks against the first option, unit: "%", source: own, value: {each("{m}9")}}}
categories:
  platform:
    title: Platform
    unit: USD/month
    items: {{base: {{title: Base fee, costs: {prices}, source: own}}}}
  tasks_paid:
    title: 'Tasks, paid by their number <script>'
    unit: USD/month
    items: {{by_task: {{title: Tasks, costs: tasks * price * factor}}}}
  setup:
    title: Set-up
    unit: USD
    items: {{work: {{title: Work, costs: {each("'{m}000 [USD]'")}, source: own}}}}
totals:
  total: {{title: Total cost, unit: USD/month, of: [platform, tasks_paid, setup], as: average}}
scenarios:
  busy: {{title: Twice as many tasks, set: {{tasks: 2_000}}}}
  idle: {{title: 'Hardly a task in any month of the year, whatever the season <i>', set: {{tasks: 10}}}}
sensitivity: {{of: total}}
break_evens:
  along: {{title: Along tasks, driver: tasks, from: 0, to: 6_000, between: [o0, o1], of: total}}
cash_flow: {{of: total, discount_rate: rate}}
simulation: {{draws: 400, seed: 3}}
features:
{chr(10).join(f"  f{at}: {{title: Feature {at}, coverage: {cover}}}" for at, cover in enumerate(covers))}
scorecard:
  title: Card
  highest: 5
  criteria:
    cost: {{title: Cost, weight: 60 %, cost: total, source: own}}
    ease: {{title: Ease of use for everyone, weight: 40 %, scores: {each("3")}, source: own}}
"""
