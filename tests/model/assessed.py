"""A small model with a scorecard and features, one price of which is missing, as text to change and to compute with.

Known costs a month: 1,560 for `hosted`, 1,000 for `self_run`, 2,080 for `owned`.
"""

from __future__ import annotations

from reportgen.compute.answers import Answers, evaluate
from tests.model.samples import load

TEXT = """\
reportgen: 1
id: assessed
title: Three ways to chat
as_of: 2026-06-30
currency: EUR
options:
  hosted: {title: Hosted}
  self_run: {title: Self-run}
  owned: {title: Owned}
sources:
  vendor_list: {title: Vendor price list, evidence: list-price}
assumptions:
  team:
    title: Team
    inputs:
      seats: {title: Seats, value: 240, unit: seat}
      fee: {title: Seat fee, value: 6.50, unit: EUR/seat/month}
categories:
  running:
    title: Running
    unit: EUR/month
    items:
      fees: {title: Seat fees, costs: {hosted: seats * fee, self_run: none, owned: none}}
      servers: {title: Servers, costs: {hosted: none, self_run: 1_000, owned: 2_080}}
      support: {title: Support, costs: {hosted: included, self_run: none, owned: none}}
      backup: {title: Backup, costs: {hosted: none, self_run: not quoted, owned: 0}}
  set_up:
    title: Set-up
    unit: EUR
    items:
      audit_log: {title: Audit log, costs: {hosted: none, self_run: 18_333.5, owned: 2_400}}
totals:
  all: {title: All costs, unit: EUR/year, formula: running}
  known: {title: Known costs, unit: EUR/month, formula: running.fees + running.servers}
scenarios:
  large: {title: Large team, set: {seats: 480}}
scorecard:
  title: What counts
  highest: 5
  criteria:
    cost: {title: Known costs, weight: 40 %, cost: known, note: From low to high}
    control: {title: Control, weight: 25 %, scores: {hosted: 2, self_run: 4.5, owned: 5}, source: vendor_list}
    ease: {title: Ease, weight: 35, scores: {hosted: 5, self_run: 3, owned: 1}}
features:
  audit:
    title: Audit trail that can be exported
    note: For auditors
    source: vendor_list
    priced_by: set_up.audit_log
    coverage: {hosted: yes, self_run: {is: build, note: With triggers}, owned: build}
  support:
    title: Support at night
    coverage:
      hosted: {is: buy, priced_by: running.support}
      self_run: {is: no, because: Nobody offers it}
      owned: {is: partly, because: Nobody offers it}
  backup:
    title: Backup
    priced_by: running.backup
    coverage: {hosted: yes, self_run: buy, owned: {is: partly, because: Done by hand}}
  mobile:
    title: Mobile app
    coverage: yes
"""


def assessed(*replacements: tuple[str, str]) -> Answers:
    """The model's results with parts of its text replaced, each of which must be there."""
    return evaluate(load(assessed_text(*replacements)))


def assessed_text(*replacements: tuple[str, str]) -> str:
    text = TEXT
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
