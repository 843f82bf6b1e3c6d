"""Evaluating: semantics, what is left out, and many cases at once."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportgen.compute.answers import evaluate
from reportgen.compute.contributions import contributions
from reportgen.compute.evaluate import evaluate_cases
from reportgen.compute.evaluator import Evaluator
from reportgen.compute.rounding import Array
from reportgen.formula.nodes import Key, Node
from reportgen.formula.tokens import MAX_TOKENS
from reportgen.model.load import load_source
from reportgen.model.model import Model
from reportgen.model.overrides import find_scenario
from reportgen.problems import ModelError, Problem
from reportgen.report.readable import ReadableText
from reportgen.source import Source
from reportgen.workbook.plan import plan_workbook
from reportgen.workbook.translate import Translator
from tests.model.samples import changed, load, sample

TEMPLATE = """\
reportgen: 1
id: small
title: Small
as_of: 2026-06-30
currency: EUR
options: {{left: {{title: Left}}, right: {{title: Right}}}}
assumptions:
  numbers:
    title: Numbers
    inputs:
      x: {{title: X, value: {x}, unit: "1"}}
      y: {{title: Y, value: {y}, unit: "1"}}
      z: {{title: Z, value: {{left: 2, right: 5}}, unit: "1"}}
tables:
  steps: {{title: Steps, from: "1", to: "1", method: step, rows: [[0, 10], [3, 20], [3.3, 30]]}}
  breakpoints: {{title: Bends, from: "1", to: "1", method: linear, rows: [[0, 10], [3, 40], [3.3, 4], [8, 0]]}}
  tiers: {{title: Prices, from: "1", to: "1", method: graduated, rows: [[0, 3], [10, 1], [50, 2]]}}
  single: {{title: One price, from: "1", to: "1", method: graduated, rows: [[0, 0.5]]}}
categories:
  costs:
    title: Costs
    unit: EUR
    items:
      one: {{title: One, costs: {{left: 1, right: 2}}}}
totals:
  total: {{title: Total, unit: EUR, formula: costs}}
metrics:
  result:
    title: Result
    unit: "1"
    formula: {formula}
"""


NO_PRICE = "and no price above it is given"


def small(formula: str, x: float = 0, y: float = 0) -> Model:
    return load(TEMPLATE.format(formula=formula, x=x, y=y))


def result(formula: str, x: float = 0, y: float = 0) -> float:
    return evaluate(small(formula, x, y)).value("result")


def problem(formula: str, x: float = 0, y: float = 0) -> Problem:
    model = small(formula, x, y)
    with pytest.raises(ModelError) as caught:
        evaluate(model)
    (found,) = caught.value.problems
    return found


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1 + 2 * 3 ^ 2", 19),
        ("-2 ^ 2", -4),
        ("(-2) ^ 2", 4),
        ("(2 ^ 3) ^ 2", 64),
        ("2 ^ -1", 0.5),
        ("7 / 2 - 0.5", 3),
        ("10% * 50", 5),
        ("min(3, 1, 2)", 1),
        ("max(3, x, y)", 3),
        ("sum(1, 2, 3)", 6),
        ("sum(z.*)", 7),
        ("max(z.*, 4)", 5),
        ("min(z.left, z.right)", 2),
        ("abs(1 - 3)", 2),
        ("round(2.5)", 3),
        ("round(1.005, 2)", 1.01),
        ("round_up(1.01)", 2),
        ("round_down(-1.99)", -1),
        ("lookup(steps, 0)", 10),
        ("lookup(steps, 2.9)", 10),
        ("lookup(steps, 3)", 20),
        ("lookup(steps, 1.1 * 3)", 30),
        ("lookup(steps, 2.9999999999999996)", 20),
        ("lookup(steps, 1e9)", 30),
        ("lookup(breakpoints, 0)", 10),
        ("lookup(breakpoints, 1)", 20),
        ("lookup(breakpoints, 3)", 40),
        ("lookup(breakpoints, 2.9999999999999996)", 40),
        ("lookup(breakpoints, 1.5)", 25),
        ("lookup(breakpoints, 1.1 * 3)", 4),
        ("lookup(breakpoints, 8)", 0),
        ("lookup(breakpoints, 80 * 0.1 + 1e-15)", 0),
        ("charge(tiers, 0)", 0),
        ("charge(tiers, 4)", 12),
        ("charge(tiers, 10)", 30),
        ("charge(tiers, 50)", 70),
        ("charge(tiers, 100)", 170),
        ("charge(single, 7)", 3.5),
        ("exp(0)", 1),
        ("exp(-1)", 0.36787944117144233),
        ("ln(1)", 0),
        ("ln(10)", 2.302585092994046),
        ("ln(exp(-3))", -3),
        ("sqrt(0)", 0),
        ("sqrt(2.25)", 1.5),
        ("payment(0, 4, 100)", 25),
        ("payment(10%, 1, 100)", 110),
        ("payment(10%, 2, 210)", 121),
        ("payment(-50%, 1, 100)", 50),
        ("payment(10%, 2, -210)", -121),
        ("net(5, 3)", 2),
        ("net(0.3, 0.1 + 0.2)", 0),
        ("net(-1, -3)", 2),
        ("net(0, 0)", 0),
        ("overage(5, 3, 10)", 20),
        ("overage(3, 5, 10)", 0),
        ("overage(0.1 + 0.2, 0.3)", 0),
        ("overage(3, 5) + overage(3, 5, 4) + 1", 1),
        ("if(0.1 + 0.2 > 0.3, 1, 2)", 2),
        ("if(0.1 + 0.2 >= 0.3, 1, 2)", 1),
        ("if(0.1 + 0.2 < 0.3, 1, 2)", 2),
        ("if(0.1 + 0.2 <= 0.3, 1, 2)", 1),
        ("if(1 < 2 and 2 < 3, 1, 2)", 1),
        ("if(1 < 2 and 3 < 2, 1, 2)", 2),
        ("if(2 < 1 or 2 < 3, 1, 2)", 1),
        ("if(not 1 < 2, 1, 2)", 2),
    ],
)
def test_semantics(formula: str, value: float) -> None:
    assert result(formula) == pytest.approx(value, rel=1e-15, abs=1e-14)


@pytest.mark.parametrize("formula", ["-x", "x * -1", "round(-0.3)", "0 / -5", "max(-x, -y)", "if(x > 0, 1, -x)"])
def test_there_is_one_zero(formula: str) -> None:
    assert math.copysign(1, result(formula)) == 1


@pytest.mark.parametrize(
    ("formula", "x", "code", "message"),
    [
        ("1 / x", 0, "RG501", "division by zero in `result`"),
        ("1 / (0.5 - 0.5)", 0, "RG501", "division by zero in `result`"),
        ("lookup(steps, x)", -1, "RG502", "`steps` begins at 0 1; it is read at -1 in `result`"),
        ("lookup(breakpoints, x)", -1, "RG502", "`breakpoints` begins at 0 1; it is read at -1 in `result`"),
        ("lookup(breakpoints, x)", 8.5, "RG502", "`breakpoints` ends at 8 1; it is read at 8.5 in `result`"),
        ("net(2, x)", 3, "RG504", "the deduction of 3 is larger than the amount of 2 in `result`"),
        ("net(x - 10, x)", 3, "RG504", "the deduction of 3 is larger than the amount of -7 in `result`"),
        (
            "net(1 / 3, x)",
            0.3333333333334,
            "RG504",
            "the deduction of 0.3333333333334 is larger than the amount of 0.333333333333333 in `result`",
        ),
        ("overage(x, 2)", 3, "RG504", f"usage of 3 goes beyond the allowance of 2 in `result`, {NO_PRICE}"),
        ("x ^ 0.5", -4, "RG503", "this power has no value in `result`"),
        ("x ^ 0", 0, "RG503", "this power has no value in `result`"),
        ("x ^ -1", 0, "RG503", "this power has no value in `result`"),
        ("x ^ 300", 1e30, "RG503", "`result` comes to no finite number"),
        ("x ^ 300 - x ^ 300", 1e30, "RG503", "`result` comes to no finite number"),
        ("1 / x ^ 300", 1e30, "RG503", "`result` comes to no finite number"),
        ("exp(x)", 710, "RG503", "this exponential has no value in `result`"),
        ("min(exp(x), 5)", 710, "RG503", "this exponential has no value in `result`"),
        ("ln(x)", 0, "RG503", "this logarithm has no value in `result`"),
        ("ln(x)", -1, "RG503", "this logarithm has no value in `result`"),
        ("sqrt(x)", -1e-9, "RG503", "this square root has no value in `result`"),
        ("payment(0.1, x, 5)", 0, "RG503", "this payment has no value in `result`"),
        ("payment(0.1, x, 5)", -3, "RG503", "this payment has no value in `result`"),
        ("payment(x, 2, 5)", -1, "RG503", "this payment has no value in `result`"),
        ("payment(x, 2, 5)", -3, "RG503", "this payment has no value in `result`"),
        ("payment(-0.99, x, 5)", 200, "RG503", "this payment has no value in `result`"),
        ("charge(tiers, x)", -1, "RG502", "`tiers` begins at 0 1; it is read at -1 in `result`"),
        ("x * 1.01", 1e30, "RG503", "`result` comes to more than 1e30"),
        ("x * -1.01", 1e30, "RG503", "`result` comes to more than 1e30"),
    ],
)
def test_what_has_no_value(formula: str, x: float, code: str, message: str) -> None:
    found = problem(formula, x)
    assert (found.code, found.message) == (code, message)


def test_a_guard_names_the_worst_case_and_where_it_stands() -> None:
    model = small("1 + net(y, x)", x=0, y=0)
    cases = [{Key("x"): x, Key("y"): y} for x, y in ((1.0, 5.0), (4.0, 3.0), (9.0, 2.0), (3.0, 2.0))]
    with pytest.raises(ModelError) as caught:
        evaluate_cases(model, cases)
    (found,) = caught.value.problems
    assert found.message == "the deduction of 9 is larger than the amount of 2 in `result`"
    assert found.span is not None and model.source.text[slice(*found.span)] == "net(y, x)"


def test_options_with_other_numbers_are_told_each_with_its_own() -> None:
    with pytest.raises(ModelError) as caught:
        evaluate(small("net(1, z)"))
    assert [found.message for found in caught.value.problems] == [
        "the deduction of 2 is larger than the amount of 1 in `result.left`",
        "the deduction of 5 is larger than the amount of 1 in `result.right`",
    ]


def test_what_cannot_be_computed_is_not_compared() -> None:
    """A division by zero is the problem, not that its result would go beyond something."""
    assert [
        problem(formula).code
        for formula in (
            *("net(1, 1 / x)", "overage(1 / x, 1)", "lookup(breakpoints, 1 / x)", "charge(tiers, 1 / x)"),
            *("exp(1 / x)", "ln(1 / x)", "sqrt(1 / x)", "payment(1 / x, 2, 3)", "payment(2, 1 / x, 3)"),
        )
    ] == ["RG501"] * 9


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 8), min_size=1, max_size=5))
def test_a_linear_table_is_what_numpy_interpolates(places: list[float]) -> None:
    values = evaluate_cases(small("lookup(breakpoints, x)"), [{Key("x"): place} for place in places])
    expected = np.interp(places, [0, 3, 3.3, 8], [10, 40, 4, 0])
    assert values[Key("result")] == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_a_deduction_from_a_total_leaves_its_categories_apart() -> None:
    """What each category adds still shows; the deduction belongs to none."""
    text = changed(("running + set_up / horizon", '"net(running + set_up / horizon, 1 [EUR/year])"'))
    model = load(text)
    results = evaluate(model)
    parts = contributions(model, model.headline)
    assert len(parts) > 3 and parts[-1].category is None
    added = sum(results.compute(part.tree, "hosted") for part in parts)
    assert added == pytest.approx(results.value("total", "hosted"))


def test_a_problem_stands_where_the_formula_does_it_and_once() -> None:
    """Whatever is computed from it is not reported as well."""
    model = sample(("running + set_up / horizon", '"running + set_up / (horizon - 3 [year])"'))
    with pytest.raises(ModelError) as caught:
        evaluate(model)
    (found,) = caught.value.problems
    assert found.message == "division by zero in `total.hosted` and `total.self_run`"
    assert found.span is not None
    assert model.source.text[found.span.start :].startswith("/ (horizon - 3")


def test_a_problem_of_a_scenario_names_it() -> None:
    model = sample(("set: {seats: 480}", "set: {fx: 0}"))
    assert evaluate(model)
    with pytest.raises(ModelError) as caught:
        evaluate(model, find_scenario(model, "growth"))
    (found,) = caught.value.problems
    assert found.message == "division by zero in `infrastructure.servers.self_run` (in scenario `growth`)"


LAZY = [
    "if(x > 0, 1 / x, 0)",
    "if(x <= 0, 0, 1 / x)",
    "if(x > 0 and 1 / x > 2, 1, 2)",
    "if(x <= 0 or 1 / x > 2, 1, 2)",
    "if(not (x <= 0 or 1 / x > 2), 1, 2)",
    "if(x > 0, if(1 / x > 2, 1 / x, 3), 4)",
    "if(x > 0 and y > 0, 1 / (x * y), if(x > 0, 1 / x, 5))",
    "if(x >= 0, lookup(steps, x), 6)",
    "if(x >= 0, lookup(steps, y), 7)",
    "if(x >= 0 and lookup(steps, x) > 15, 1, 2)",
    "if(x > 0, x ^ 0.5, 8)",
    "if(x > 0, ln(x), exp(x))",
    "if(x >= 0, sqrt(x), 8)",
    "if(x > 0, payment(0.1, x, 5), 8)",
    "if(x > -1, payment(x, y + 1, 5), 8)",
    "if(x >= 0, charge(tiers, 9 * x), 8)",
    "if(x > 0, round(1 / x, 1), max(x, y))",
    "max(if(x > 0, 1 / x, 0), if(y > 0, 1 / y, 0))",
    "if(x >= 0, lookup(breakpoints, x), 6)",
    "if(x < 0, lookup(breakpoints, x + 1), 6 + lookup(breakpoints, 2 * x))",
    "if(x <= 1, net(1, x), 2)",
    "if(x <= 1 and net(1, x) >= 0, overage(x, 1), 2)",
    "if(x > 1, 1, overage(x, y + 1))",
]


@pytest.mark.parametrize("formula", LAZY)
@pytest.mark.parametrize("x", [-1.0, 0.0, 0.25, 3.0])
def test_a_branch_that_is_not_taken_is_not_computed(formula: str, x: float) -> None:
    assert math.isfinite(result(formula, x, 1))


@pytest.mark.parametrize("formula", LAZY)
def test_many_cases_at_once_are_each_case_on_its_own(formula: str) -> None:
    model = small(formula)
    cases = [{Key("x"): x, Key("y"): y} for x in (-1.0, 0.0, 0.25, 3.0) for y in (0.0, 0.5, 3.3)]
    together = evaluate_cases(model, cases)
    for at, case in enumerate(cases):
        alone = evaluate_cases(model, [case])
        for key, values in alone.items():
            assert np.broadcast_to(together[key], len(cases))[at] == values[0], (key, case)


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("if(x > 0, 1 / y, 1)", "RG501"),
        ("if(x > 0 and 1 / y > 2, 1, 2)", "RG501"),
        ("if(x <= 0 or 1 / y > 2, 1, 2)", "RG501"),
        ("if(x > 0, lookup(steps, y - 1), 1)", "RG502"),
        ("if(x > 0, (y - 1) ^ 0.5, 1)", "RG503"),
        ("if(x > 0, lookup(breakpoints, y + 9), 1)", "RG502"),
        ("if(x > 0, net(y, 1), 1)", "RG504"),
        ("if(x > 0, ln(y), 1)", "RG503"),
        ("if(x > 0, sqrt(y - 1), 1)", "RG503"),
        ("if(x > 0, exp(y + 999), 1)", "RG503"),
        ("if(x > 0, payment(0.1, y, 1), 1)", "RG503"),
        ("if(x > 0, charge(tiers, y - 1), 1)", "RG502"),
        ("if(x > 0, overage(1, y), 1)", "RG504"),
    ],
)
def test_a_branch_that_is_taken_in_one_case_of_many_counts(formula: str, code: str) -> None:
    """Also where what goes wrong is the same in all cases, and only taking the branch differs."""
    model = small(formula)
    assert evaluate_cases(model, [{Key("x"): -1.0}, {Key("x"): -2.0}])
    with pytest.raises(ModelError) as caught:
        evaluate_cases(model, [{Key("x"): -1.0}, {Key("x"): 1.0}])
    assert [found.code for found in caught.value.problems] == [code]


conditions = st.deferred(
    lambda: st.one_of(
        st.builds(lambda a, sign, b: f"({a}) {sign} ({b})", numbers, st.sampled_from(("<", "<=", ">", ">=")), numbers),
        st.builds(lambda a, sign, b: f"({a}) {sign} ({b})", conditions, st.sampled_from(("and", "or")), conditions),
        st.builds(lambda a: f"not ({a})", conditions),
    )
)
numbers: st.SearchStrategy[str] = st.deferred(
    lambda: st.one_of(
        st.sampled_from(("x", "y", "z.left", "z.right", "0", "1", "3", "0.5")),
        st.builds(lambda a, sign, b: f"({a}) {sign} ({b})", numbers, st.sampled_from("+-*/"), numbers),
        st.builds(lambda c, a, b: f"if({c}, {a}, {b})", conditions, numbers, numbers),
        st.builds(lambda table, a: f"lookup({table}, {a})", st.sampled_from(("steps", "breakpoints")), numbers),
        st.builds(lambda a: f"charge(tiers, {a})", numbers),
        st.builds(lambda name, a: f"{name}({a})", st.sampled_from(("exp", "ln", "sqrt")), numbers),
        st.builds(lambda a, b: f"payment({a}, {b}, 3)", numbers, numbers),
        st.builds(lambda name, a, b: f"{name}({a}, {b})", st.sampled_from(("net", "overage")), numbers, numbers),
        st.builds(lambda name, a: f"{name}({a}, 1)", st.sampled_from(("min", "max", "round", "round_up")), numbers),
    )
)


@settings(max_examples=150, deadline=None)
@given(
    numbers, st.lists(st.tuples(st.sampled_from((-1.0, 0.0, 3.0)), st.sampled_from((0.0, 2.0))), min_size=1, max_size=4)
)
def test_any_formula_in_many_cases_is_each_case_on_its_own(formula: str, values: list[tuple[float, float]]) -> None:
    try:
        model, _ = load_source(Source("small.yaml", TEMPLATE.format(formula=formula, x=0, y=0)))
    except ModelError as error:  # too long, or too deep
        assert {found.code for found in error.problems} == {"RG307"}
        return
    cases = [{Key("x"): x, Key("y"): y} for x, y in values]
    alone = [_result_or_codes(model, [case]) for case in cases]
    together = _result_or_codes(model, cases)
    if isinstance(together, set):
        assert together == set().union(*(each for each in alone if isinstance(each, set)))
    else:
        assert all(isinstance(each, list) for each in alone)
        wide = np.broadcast_to(together, len(cases)).tolist()
        assert wide == [each[0] for each in alone if isinstance(each, list)]


def _result_or_codes(model: Model, cases: list[dict[Key, float]]) -> list[float] | set[tuple[str, int]]:
    """The results, or where what went wrong."""
    try:
        return [float(value) for value in evaluate_cases(model, cases)[Key("result")]]
    except ModelError as error:
        return {(found.code, found.span.start if found.span else -1) for found in error.problems}


def test_numbers_that_no_case_changes_are_computed_once() -> None:
    values = evaluate_cases(sample(), [{Key("seats"): float(seats)} for seats in range(100, 200)])
    assert values[Key("subscription", "hosted")].shape == (100,)
    assert values[Key("people", "hosted")].shape == (1,)


def test_only_what_a_case_changes_is_computed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[Key] = []
    definition = Evaluator.definition

    def count(self: Evaluator, key: Key, node: Node) -> Array:
        computed.append(key)
        return definition(self, key, node)

    monkeypatch.setattr(Evaluator, "definition", count)
    model, seats = sample(), Key("seats")
    first = evaluate_cases(model, [{}])
    assert computed
    computed.clear()
    again, more = evaluate_cases(model, [{}]), evaluate_cases(model, [{seats: 480.0}, {seats: 500.0}])
    assert computed == [key for key in computed if key in model.dependencies.affected_by([seats])] != []
    assert list(more) == list(again) == list(first)
    computed.clear()
    evaluate_cases(replace(model), [{}])
    assert computed


def test_a_case_sets_one_option_of_an_input() -> None:
    model = load(TEMPLATE.format(formula="z.left * 10 + z.right", x=0, y=0))
    values = evaluate_cases(model, [{Key("z", "left"): 7.0}, {}, {Key("z", "right"): 1.0}])
    assert values[Key("result")].tolist() == [75, 25, 21]


def test_a_case_may_fill_in_what_is_not_quoted() -> None:
    model = sample()
    values = evaluate_cases(model, [{}, {Key("set_up.audit", "hosted"): 5_000.0}])
    assert values[Key("set_up", "hosted")].tolist() == [4_000, 9_000]


def test_a_formula_for_all_options_means_the_same_option() -> None:
    model = load(changed(("formula: 1 - total.hosted / total.self_run", "formula: total / total.hosted")))
    results = evaluate(model)
    assert results.value("saving", "hosted") == 100
    assert results.value("saving", "self_run") == pytest.approx(
        100 * results.value("total", "self_run") / results.value("total", "hosted")
    )


def test_a_sum_of_hundreds_of_terms_goes_through_every_stage() -> None:
    """A chain of operators is as deep a tree as it is long; nothing may run out of stack over it."""
    model = sample(("running + set_up / horizon", " + ".join(["running"] * (MAX_TOKENS // 2))))
    results = evaluate(model)
    whole = results.value("total", "hosted")
    assert whole == pytest.approx(MAX_TOKENS // 2 * results.value("running", "hosted"))
    parts = contributions(model, model.headline)
    assert sum(results.compute(part.tree, "hosted") for part in parts) == pytest.approx(whole)
    tree = Translator(plan_workbook(model)).whole(model.definitions[Key("total", "hosted")], "hosted")
    text = "=" + tree.text("Totals")
    assert text.count("+") == MAX_TOKENS // 2 - 1
    assert ReadableText(model).text(model.definitions[Key("total", "hosted")])
