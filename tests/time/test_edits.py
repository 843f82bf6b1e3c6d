"""What an analyst would try next with the two models over time: each edit is computed, or refused with its place."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_source
from reportgen.problems import ModelError
from reportgen.source import Source

INPUTS = Path(__file__).parents[2] / "inputs"
FLEET, CLOUD = ((INPUTS / name / "model.yaml").read_text(encoding="utf-8") for name in ("van-fleet", "cloud-move"))

COMPUTED = [
    (FLEET, "horizon: 6 year", "horizon: 8 year"),
    (FLEET, "step: year", "step: month"),
    (FLEET, "step: year", "step: quarter"),
    (FLEET, "discounting: middle", "discounting: start"),
    (FLEET, "when: 2027-03", "when: 4.5 year"),
    (FLEET, "when: 2027-03", "when: start"),
    (FLEET, "when: 2027-03", "when: 72 month"),
    (FLEET, "value: 5\n        unit: year\n        low: 4", "value: 4.5\n        unit: year\n        low: 4"),
    (FLEET, "growth: -6 %/year", "growth: 0 %/year"),
    (FLEET, "growth: -6 %/year", "growth: -0.5 %/month"),
    (FLEET, "growth: -6 %/year", "growth: 5 EUR/kWh/year"),
    (FLEET, "growth: -6 %/year", "growth: {rate: -6 %/year, from: 2029, each: year}"),
    (FLEET, 'value: 6\n        unit: "%/year"\n        low: 3', 'value: 0\n        unit: "%/year"\n        low: 0'),
    (FLEET, "every: 3 year", "every: 18 month"),
    (FLEET, "every: 3 year", "every: battery_age"),
    (FLEET, "{2027-01: 24, 2028-01: 48}", "{2027: 24, 2027-03: 30, 2028-01: 48}"),
    (FLEET, "{2027-01: 30, 2028-01: 8}", "{2027-01: 30, 2031-06: 8}"),
    (FLEET, "previous(bought_so_far, 0 [EUR])", "previous(bought_so_far, 0)"),
    (FLEET, "largest(vans) * charger_price, diesel: none", '"at(vans, 2030-06) * charger_price", diesel: none'),
    (FLEET, "largest(vans) * charger_price, diesel: none", "vans * charger_price, diesel: none"),
    (FLEET, "until: 9 month", "from: 2028-01\n        until: 2029-06"),
    (CLOUD, "step: month", "step: year"),
    (CLOUD, "horizon: 48 month", "horizon: 60 month"),
    (CLOUD, "horizon: 48 month", "horizon: 47 month"),
    (CLOUD, "every: 1 year", "every: 6 month"),
]

REFUSED = [
    (FLEET, "horizon: 6 year", "horizon: 5 year", "RG216"),  # a date and a duration lie beyond
    (FLEET, "horizon: 6 year", "horizon: 66 month", "RG212"),
    (FLEET, "discounting: middle", "discounting: late", "RG208"),
    (FLEET, "{start: 2027-01, step", "{start: 2028-01, step", "RG216"),
    (FLEET, "{start: 2027-01, step: year, ", "{step: year, ", "RG203"),
    (FLEET, "when: 2027-03", "when: 2025-03", "RG216"),
    (FLEET, "when: 2027-03", "when: 2033-01", "RG216"),
    (FLEET, "when: 2027-03", "when: 7 year", "RG216"),
    (FLEET, "when: 2027-03", "when: soon", "RG211"),
    (FLEET, "when: 2027-03", "when: 30", "RG404"),
    (FLEET, "growth: -6 %/year", "growth: -6", "RG404"),
    (FLEET, "growth: -6 %/year", "growth: -100 %/year", "RG212"),
    (FLEET, "growth: -6 %/year", "growth: 5 EUR/year", "RG402"),
    (FLEET, "growth: -6 %/year", "growth: power", "RG305"),
    (FLEET, "growth: -6 %/year", "growth: battery_age", "RG402"),
    (FLEET, "2028-10: 25 %", "2028-10: 20 %", "RG212"),
    (FLEET, "2028-10: 25 %", "2034-10: 25 %", "RG216"),
    (FLEET, "every: 3 year", "every: 0 year", "RG212"),
    (FLEET, "every: 3 year", "every: 10 year", "RG216"),
    (FLEET, "every: 3 year", "every: 3 year\n        when: end", "RG212"),
    (FLEET, "until: 9 month", "until: 2026-12", "RG216"),
    (FLEET, "until: 9 month", "from: 2028-01\n        until: 2027-06", "RG212"),
    (FLEET, "until: 9 month", "when: 2028-01", "RG212"),
    (FLEET, "{2027-01: 24, 2028-01: 48}", "{2027-07: 24, 2028-01: 48}", "RG216"),
    (FLEET, "{2027-01: 24, 2028-01: 48}", "{2027: 24, 2027-01: 48}", "RG202"),
    (FLEET, "previous(bought_so_far, 0 [EUR])", "bought_so_far", "RG304"),
    (FLEET, "previous(bought_so_far, 0 [EUR])", "sum_over_time(bought_so_far)", "RG304"),
    (FLEET, "previous(bought_so_far, 0 [EUR])", "previous(previous(bought_so_far, 0), 0)", "RG303"),
    (FLEET, "largest(vans) * charger_price, diesel: none", '"at(vans, 2035) * charger_price", diesel: none', "RG216"),
]


def _edited(text: str, old: str, new: str) -> Source:
    assert old in text
    return Source("model.yaml", text.replace(old, new, 1))


@pytest.mark.parametrize(("text", "old", "new"), COMPUTED, ids=[f"{old} -> {new}" for _, old, new in COMPUTED])
def test_an_edit_is_computed_and_adds_up(text: str, old: str, new: str) -> None:
    """Categories come to what their amounts on the timeline come to, and so does the cash flow."""
    model, _ = load_source(_edited(text, old, new))
    answers = evaluate(model)
    flow = answers.cash_flow
    assert flow is not None
    for option in model.option_ids:
        npv = answers.value("npv", option)
        assert math.isfinite(npv)
        assert math.isclose(flow.present_value[option], npv, rel_tol=1e-9)
        parts = [sum(steps[option]) for steps in flow.parts.values()]
        assert math.isclose(math.fsum(parts), flow.cumulative[option][-1], rel_tol=1e-9)


@pytest.mark.parametrize(("text", "old", "new", "code"), REFUSED, ids=[f"{old} -> {new}" for _, old, new, _ in REFUSED])
def test_an_edit_is_refused_at_its_place(text: str, old: str, new: str, code: str) -> None:
    source = _edited(text, old, new)
    with pytest.raises(ModelError) as caught:
        evaluate(load_source(source)[0])
    (problem, *_) = [each for each in caught.value.problems if each.code == code]
    assert problem.span is not None and problem.message
