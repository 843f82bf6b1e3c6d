"""Inputs that a scenario changes in proportion: below all inputs stands a row with each scenario's share of it, and the
scenario's cell is computed from that and from the value that the scenario is based on."""

from __future__ import annotations

from reportgen.formula.nodes import Key
from reportgen.model.scenarios_model import Scenario
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address
from reportgen.workbook.expressions import Expression, cell
from reportgen.workbook.plan import ASSUMPTIONS, Plan
from reportgen.workbook.scenario_columns import BASE


def share_cell(plan: Plan, key: Key, scenario: Scenario) -> Address:
    """Where the share stands by which a scenario changes an input."""
    return Address(ASSUMPTIONS, plan.change_rows[key], plan.scenario_column(scenario))


def value_in(plan: Plan, key: Key, scenario: Scenario, *, fixed: bool = False) -> Expression:
    """What an input holds in a scenario, whichever is selected: the base where the scenario's cell has no number."""
    base = plan.bases[key]
    own, model_value = (
        cell(Address(ASSUMPTIONS, base.row, column), fixed=fixed) for column in (plan.scenario_column(scenario), BASE)
    )
    return own if scenario.is_base else f.IF(f.ISNUMBER(own), own, model_value)


def changed_value(plan: Plan, key: Key, scenario: Scenario) -> Expression:
    """What a scenario makes of the value that it is based on, live."""
    before = value_in(plan, key, plan.model.scenario(scenario.based_on))
    return before * (1.0 + cell(share_cell(plan, key, scenario)))
