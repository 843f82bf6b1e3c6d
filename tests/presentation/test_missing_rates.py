"""An internal rate of return that does not exist: a word in every table, and null with its state in data."""

from __future__ import annotations

import csv
import io
import json

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.data.results_json import results_csv, results_json
from reportgen.formula.nodes import Key
from reportgen.presentation.result_cells import Cells
from reportgen.workbook.plan import plan_workbook
from tests.model.samples import load
from tests.model.timed import timed

METRICS = """metrics:
  one: {title: One, unit: "%/year", formula: internal_rate_of_return(once.a - run.b)}
  never: {title: Never, unit: "%/year", formula: internal_rate_of_return(run.b)}
  several: {title: Several, unit: "%/year", formula: internal_rate_of_return(once)}
"""
ONCE = """
    press: {title: Press, costs: {a: 1_000, b: 100}}
    refund: {title: Refund, costs: {a: -600, b: none}, when: 2027}
    removal: {title: Removal, costs: {a: 900, b: none}, when: end}
"""


@pytest.fixture(scope="module")
def results() -> Answers:
    return evaluate(load(timed(run="staff: {title: Staff, costs: {a: 0, b: 900}}", once=ONCE, more=METRICS)))


@pytest.mark.parametrize(
    ("locale", "none", "several"), [("en", "no rate", "several rates"), ("de", "kein Zinsfuß", "mehrere Zinsfüße")]
)
def test_tables_have_a_word_for_it(results: Answers, locale: str, none: str, several: str) -> None:
    cells = Cells(results, locale)
    rows = {name: cells.row(results.model.quantities[name]).cells for name in ("one", "never", "several")}
    assert [each.text for each in rows["never"]] == [none]
    assert [each.text for each in rows["several"]] == [several, none]
    assert all(each.word for name in ("never", "several") for each in rows[name])
    assert not rows["one"][0].word


def test_json_has_null_and_the_word(results: Answers) -> None:
    values = json.loads(results_json(results, plan_workbook(results.model)))["values"]
    assert (values["never"]["value"], values["never"]["state"]) == (None, "none")
    assert values["several"]["options"] == {"a": None, "b": None}
    assert values["several"]["states"] == {"a": "several", "b": "none"}
    assert values["one"]["value"] == results.values[Key("one")]
    assert "state" not in values["one"]


def test_csv_has_nothing_and_the_word(results: Answers) -> None:
    rows = {(each["name"], each["option"]): each for each in csv.DictReader(io.StringIO(results_csv(results)))}
    assert (rows["never", ""]["value"], rows["never", ""]["state"]) == ("", "none")
    assert (rows["several", "a"]["value"], rows["several", "a"]["state"]) == ("", "several")


def test_what_lacks_a_price_is_marked_as_well() -> None:
    """The price that is missing may be what would make it pay."""
    once = "press: {title: Press, costs: {a: not quoted, b: none}}"
    run = "staff: {title: Staff, costs: {a: 0, b: 900}}"
    results = evaluate(load(timed(run=run, once=once, more=METRICS)))
    (cell,) = Cells(results, "en").row(results.model.quantities["one"]).cells
    assert (cell.text, cell.mark) == ("no rate", "incomplete")
    values = json.loads(results_json(results, plan_workbook(results.model)))["values"]
    assert (values["one"]["value"], values["one"]["state"]) == (None, "incomplete")
