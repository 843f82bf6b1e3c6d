"""How large books over time become, with every analysis: as many formulas as a reviewer can still survey."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Model
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import plan_workbook
from reportgen.workbook.timeline_layout import TIMELINE
from tests.conftest import plain_book
from tests.engines.recalculation import formula_cells

OPTIONS = ("own", "lease", "rent")
SCHEDULES = ("", "when: age", "when: end", "every: 8 month", "spread: {2027-01: 40 %, 2028-02: 60 %}", "growth: wages")
PERIODS = ("", "from: 2027-06", "until: 2028-03", "growth: wages", "growth: 2 %/year")
MEGABYTE = 1_000_000


def sized(step: str, horizon: str, *, changing: bool = True) -> Model:
    """Three options and 25 items; unless `changing`, the same without anything about time."""
    growth, dated = (", growth: wages", "{2027-01: 20, 2028-01: 40}") if changing else ("", "30")
    lines = ["reportgen: 1", "id: sized", "title: Sized", "as_of: 2026-11-30", "currency: EUR", f"horizon: {horizon}"]
    lines += [f"timeline: {{start: 2027-01, step: {step}, discounting: end}}"] if changing else []
    lines += ["options:", *(f"  {each}: {{title: {each.title()}}}" for each in OPTIONS)]
    lines += ["assumptions:", "  prices:", "    title: Prices", "    inputs:"]
    lines += ['      rate: {title: Discount rate, value: 6, unit: "%/year", low: 3, high: 9}']
    lines += (
        [
            '      wages: {title: Growth of wages, value: 3, unit: "%/year", low: 1, high: 5}',
            "      age: {title: Age, value: 1, unit: year, low: 0.5, high: 1.5}",
        ]
        if changing
        else []
    )
    lines += [f"      vans: {{title: Vans, value: {dated}, unit: van}}"]
    lines += [
        f"      price_{at}: {{title: Price {at}, value: {10 + at}, unit: EUR/van/month, low: 8, high: 40{growth}}}"
        for at in range(5)
    ]
    lines += ["categories:"]
    for name, unit, items, schedules in (
        ("vehicles", "EUR", 12, SCHEDULES),
        ("running", "EUR/month", 13, PERIODS),
    ):
        lines += [f"  {name}:", f"    title: {name.title()}", f"    unit: {unit}", "    items:"]
        for at in range(items):
            schedule = schedules[at % len(schedules)] if changing else ""
            rented = f"vans * price_{at % 5}" if unit == "EUR/month" else f"{700 + at}"
            costs = f"{{own: {1_000 + at}, lease: {400 + at}, rent: {rented}}}"
            more = f", {schedule}" if schedule else ""
            lines += [f"      item_{at}: {{title: {name.title()} {at}, costs: {costs}{more}}}"]
    parts = "of: [vehicles, running]"
    lines += ["totals:", f"  worth: {{title: Present value, unit: EUR, {parts}, as: present value, rate: rate}}"]
    lines += [f"  spend: {{title: Spend, unit: EUR, {parts}, as: sum}}"]
    lines += [f"  cost: {{title: Cost a year, unit: EUR/year, {parts}, as: average}}"]
    lines += ["scenarios:"]
    lines += [f"  case_{at}: {{title: Case {at}, set: {{price_{at}: 30}}}}" for at in range(4)]
    lines += ["sensitivity: {of: worth}"]
    lines += ["cash_flow: {of: worth, discount_rate: rate}", "simulation: {draws: 200, seed: 1}"]
    lines += ["break_evens:"]
    lines += ["  even: {title: Even, driver: price_1, from: 1, to: 90, between: [own, rent], of: worth}"]
    return load_source(Source("sized.yaml", "\n".join(lines) + "\n"))[0]


def test_a_yearly_model_stays_small() -> None:
    book = build_workbook(evaluate(sized("year", "6 year")))
    assert len(formula_cells(book)) < 12_000


def test_a_monthly_model_of_five_years_stays_within_reach() -> None:
    book = build_workbook(evaluate(sized("month", "60 month")))
    assert len(formula_cells(book)) < 60_000
    assert len(book) < 2 * MEGABYTE


BEFORE = {"team-chat.yaml": 1_200, "llm-volume": 11_300, "agent-runtime": 12_800, "deployment-choice": 14_800}
"""Formulas that the books of models in which nothing changes may have: none is about time."""


@pytest.mark.parametrize("name", BEFORE)
def test_a_constant_model_has_no_formulas_about_time(name: str) -> None:
    """A Timeline only where a cash flow is asked for, which has its steps there."""
    path = Path(__file__).parents[2] / "inputs" / name
    model, _ = load_model(path)
    assert len(formula_cells(plain_book(path))) <= BEFORE[name]
    assert (TIMELINE in plan_workbook(model).sheets) == (model.cash_flow is not None)
