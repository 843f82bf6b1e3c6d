"""What lacks a price is incomplete, and what divides by it is not known: neither nothing nor a division by zero."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportgen.cli.terminal import results_text
from reportgen.compute.answers import Answers, evaluate
from reportgen.data.results_json import results_csv, results_json
from reportgen.formula.nodes import Key
from reportgen.model.load import load_source
from reportgen.problems import ModelError
from reportgen.source import Source
from reportgen.workbook.plan import plan_workbook

CASE = (Path(__file__).parents[1] / "cases" / "10b-rfp.yaml").read_text(encoding="utf-8")
SAVING = Key("saving")


def results_of(*replacements: tuple[str, str]) -> Answers:
    text = CASE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return evaluate(load_source(Source("model.yaml", text))[0])


def metric(formula: str) -> tuple[str, str]:
    return "formula: 1 - total.hosted / total.self_run", f'formula: "{formula}"'


def test_a_share_of_an_unquoted_total_is_not_known() -> None:
    results = results_of()
    assert results.is_incomplete(SAVING) and not results.is_known(SAVING)
    assert "saving  Saving  not known (incomplete)" in results_text(results)
    values = json.loads(results_json(results, plan_workbook(results.model)))["values"]
    assert (values["saving"]["value"], values["saving"]["state"]) == (None, "incomplete")
    assert values["total"]["options"] == {"hosted": 120.0, "self_run": None}
    assert "saving,,Saving,%,,incomplete" in results_csv(results)


def test_a_division_by_a_price_of_nothing_stays_a_problem() -> None:
    with pytest.raises(ModelError) as raised:
        results_of(("not quoted", "0"))
    assert [problem.code for problem in raised.value.problems] == ["RG501"]


def test_a_known_part_of_the_divisor_is_divided_by() -> None:
    results = results_of(metric("1 - total.hosted / (total.self_run + 240 [EUR/year])"))
    assert results.value("saving") == 50.0 and results.state(SAVING) == "incomplete"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 - total.hosted / (120 [EUR/year] / (total.self_run / total.hosted))", 0.0),
        ("if(total.hosted > 0, 1 - total.hosted / total.self_run, 2)", 0.0),
        ("round(total.hosted / total.self_run, 1) + 2", 0.0),
        ("if(total.hosted > 0, 2, 1 / 0)", 200.0),
    ],
)
def test_nothing_is_known_of_what_divides_by_the_unknown_anywhere(formula: str, value: float) -> None:
    assert results_of(metric(formula)).value("saving") == value


def test_what_is_not_known_counts_as_nothing_in_what_follows_from_it() -> None:
    more = '\n  after: {title: After, unit: "%", formula: saving + 5%}\n'
    text = CASE.rstrip() + more
    results = evaluate(load_source(Source("model.yaml", text))[0])
    assert results.value("after") == 5.0 and results.is_incomplete(Key("after"))
