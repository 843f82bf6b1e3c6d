"""No cell shows an error after any change that the program computes, and each shows what the program does."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.formula.nodes import Key
from reportgen.model.load import load_source
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.plan import input_cells, plan_workbook
from tests.engines.recalculation import (
    Change,
    IronCalc,
    Value,
    disagreements,
    formula_cells,
    stored_values,
    without_marks,
)
from tests.report.edge_models import EDGES, QUESTIONS, RATE, SCENARIOS, USERS, edge_model, of_total
from tests.workbook.test_finance_formulas import MODEL as FINANCE
from tests.workbook.test_proof import scenario_change

CASES = Path(__file__).parents[1] / "cases"
ERRORS = ("#DIV/0!", "#N/A", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!")

FEE = "fee: {title: Fee, value: 0, unit: EUR/year, low: 0, high: 40}"
EVERYTHING = (
    QUESTIONS
    + SCENARIOS
    + """
  free: {title: Nothing to pay, set: {x: 0, fee: 0}}
break_evens: {be: {title: Users, driver: x, from: 0, to: 1000, between: [a, b], of: t}}
cash_flow: {of: t, discount_rate: rate}
metrics:
  saving: {title: Saving, unit: "%", formula: 1 - t.a / t.b}
  again: {title: Saving once more, unit: "%", formula: saving + saving}
published:
  stated: {title: Stated, where: Page 1, states: 50, unit: "%", formula: 1 - t.a / t.b, expect: differs, because: no}
checklist:
  title: Worth it?
  threshold: 1
  met: Go
  otherwise: Stay
  questions: {big: {title: Does it pay?, formula: t.a / t.b < 2}, old: {title: Is it old?, answer: yes}}
profiles:
  some: {title: Some, when: t.a / t.b < 2, recommend: a, because: It pays}
  all: {title: All, when: x >= 0, recommend: b, because: Nothing else does}
scorecard:
  title: Scores
  highest: 5
  criteria:
    cost: {title: Cost, weight: 40, cost: t}
    other: {title: Other, weight: 60, scores: {a: 3, b: 5}}
"""
).replace(
    "sensitivity: {of: t}",
    "sensitivity: {of: t, grid: {rows: {driver: x, values: [0, 9]}, columns: {driver: fee, values: [0, 3]}}}",
)
"""Every question a model can ask, with shares of a total that may be nothing or not known."""

MODELS = {
    **{
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted(CASES.glob("*.yaml"))
        if path.stem[:2].isdigit() and path.stem != "09-twelve"
    },
    **EDGES,
    "loans, curves and graduated prices": FINANCE,
    **{
        f"everything, the other option {cost!r}": edge_model(
            {"a": "x * 2 [EUR/user/year]", "b": cost},
            EVERYTHING,
            subject="a",
            horizon="3 year",
            total=of_total("bill"),
            inputs=(USERS, FEE, RATE),
        )
        for cost in ("fee + 1 [EUR/year]", 5, "not quoted")
    },
    "a total divided by what has no price": edge_model(
        {"a": "x * 2 [EUR/user/year]", "b": "fee"},
        QUESTIONS + SCENARIOS,
        subject="a",
        horizon="3 year",
        once={"a": 5, "b": "not quoted"},
        total="totals: {t: {title: Total, unit: EUR/year, formula: 'bill + bill * 100 [EUR] / once'}}\n",
        inputs=(USERS, FEE, RATE),
    ),
    "everything, nothing to begin with": edge_model(
        {"a": "x * 2 [EUR/user/year]", "b": "fee"},
        EVERYTHING[: EVERYTHING.index("metrics")],
        subject="a",
        horizon="3 year",
        total=of_total("bill"),
        inputs=(USERS.replace("100", "0").replace("low: 50", "low: 0"), FEE, RATE),
    ),
}


def results_of(text: str) -> Answers:
    return evaluate(load_source(Source("model.yaml", text))[0])


def changes_of(results: Answers) -> Iterator[tuple[list[str], list[Change], str]]:
    """Each input at nothing, or at something where it is nothing; all of them at once; each scenario: as `--set` and
    `--scenario` say it, and as the cells do."""
    plan = plan_workbook(results.model)
    inputs = [(key, cell) for key, cell in input_cells(plan) if key != Key("horizon")]
    values = [((key, cell), value) for key, cell in inputs for value in (0.0, *([] if results.values[key] else [7.0]))]
    for (key, cell), value in values:
        yield [f"{key}={value}"], [(cell.sheet, cell.cell, value)], ""
    yield [f"{key}=0" for key, _ in inputs], [(cell.sheet, cell.cell, 0.0) for _, cell in inputs], ""
    for scenario in results.model.scenarios:
        yield [], [scenario_change(plan, scenario)], scenario.id


def errors(values: dict[str, Value]) -> dict[str, Value]:
    return {cell: value for cell, value in values.items() if value in ERRORS}


@pytest.mark.parametrize("name", MODELS)
def test_no_change_that_the_program_computes_makes_an_error(name: str, tmp_path: Path) -> None:
    results = results_of(MODELS[name])
    workbook = build_workbook(results)
    every, compared = formula_cells(workbook), without_marks(formula_cells(workbook))
    engine = IronCalc(workbook, tmp_path)
    found = engine.values()
    assert errors(found) == {}
    assert disagreements(stored_values(workbook), found, every) == []
    tried = 0
    for settings, changes, scenario in changes_of(results):
        try:
            model, chosen = apply_settings(results.model, settings, results.model.scenario(scenario))
            changed = evaluate(model, chosen)
            expected = stored_values(build_workbook(changed))
        except ModelError:
            continue
        tried += 1
        found = engine.values_after(changes)
        assert errors(found) == {}, (settings, scenario)
        scale = max(map(abs, changed.values.values()))
        assert disagreements(expected, found, compared, scale) == [], (settings, scenario)
    assert tried


def book_of(case: str, folder: Path) -> tuple[IronCalc, bytes]:
    workbook = build_workbook(results_of(MODELS[case]))
    return IronCalc(workbook, folder), workbook


def test_a_share_of_nothing_is_a_live_dash(tmp_path: Path) -> None:
    engine, workbook = book_of("24-free-option", tmp_path)
    assert stored_values(workbook)["Summary!D9"] == "–"
    assert formula_cells(workbook)["Summary!D9"].startswith("=IF(Totals!D8>0,")
    assert engine.values_after([("Running", "D7", 600.0)])["Summary!D9"] == 0.5


def test_a_key_figure_is_not_known_until_its_price_is_typed(tmp_path: Path) -> None:
    engine, workbook = book_of("10b-rfp", tmp_path)
    stored = stored_values(workbook)
    (cell,) = (cell for cell in stored if cell.startswith("Totals!") and stored[cell] == "not known")
    assert engine.values_after([("Running", "D7", 240.0)])[cell] == 0.5
    assert engine.values_after([("Running", "D7", 0.0)])[cell] == "–", "a price of nothing is one"


def test_a_crossing_is_not_known_until_the_price_is_typed(tmp_path: Path) -> None:
    engine, workbook = book_of("10c-rfp", tmp_path)
    cell = "Break-even!C11"
    assert stored_values(workbook)[cell] == "not known"
    assert engine.values_after([("Running", "D7", 200.0)])[cell] == pytest.approx(5.0)


def test_a_chart_draws_no_option_at_nothing_for_want_of_a_price() -> None:
    results = results_of(MODELS["10c-rfp"])
    workbook = build_workbook(results)
    (chart,) = openpyxl.load_workbook(BytesIO(workbook))["Break-even"]._charts
    (title,) = (each.tx.strRef.f.replace("'", "").replace("$", "") for each in chart.series)
    assert stored_values(workbook)[title] == results.model.options[0].title


def test_a_key_figure_of_a_total_that_becomes_nothing_is_a_dash(tmp_path: Path) -> None:
    """Also one that reads another; neither is an error, and both have their numbers again."""
    metrics = (
        'metrics:\n  saving: {title: Saving, unit: "%", formula: 1 - total.a / total.b}\n'
        '  twice: {title: Twice, unit: "%", formula: saving * 2}\n'
    )
    text = (CASES / "24-free-option.yaml").read_text(encoding="utf-8").replace("b: 0}", "b: 600}") + metrics
    model = load_source(Source("model.yaml", text))[0]
    engine, plan = IronCalc(build_workbook(evaluate(model)), tmp_path), plan_workbook(model)
    saving, twice = (str(plan.cells[Key(name)]) for name in ("saving", "twice"))
    before = engine.values()
    assert (before[saving], before[twice]) == (0.5, 1.0)
    free = engine.values_after([("Running", "D7", 0.0)])
    assert (free[saving], free[twice]) == ("–", "–")
    assert not any(value in ERRORS for value in free.values())
    assert engine.values_after([("Running", "D7", 600.0)]) == before


def test_which_total_is_lowest_is_open_until_the_price_is_typed(tmp_path: Path) -> None:
    text = (CASES / "24-free-option.yaml").read_text(encoding="utf-8").replace("b: 0}", "b: not quoted}")
    book = build_workbook(evaluate(load_source(Source("model.yaml", text))[0]))
    stored, engine = stored_values(book), IronCalc(book, tmp_path)
    (cell,) = (cell for cell, value in stored.items() if str(value).startswith("open: "))
    assert stored[cell] == engine.values()[cell] == "open: Option B is not complete, and lower so far"
    for price, lowest in ((200.0, "Option B"), (300.0, "equal"), (400.0, "Option A")):
        assert engine.values_after([("Running", "D7", price)])[cell] == lowest
