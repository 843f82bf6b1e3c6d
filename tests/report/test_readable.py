"""Formulas as a finance reader sees them."""

from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest

from reportgen.compute.answers import Answers
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Excess, Function, Key, Node
from reportgen.formula.units import PLAIN
from reportgen.model.model import CostStatus, InputValue
from reportgen.report.readable import ReadableText

SEATS, FEE = n.Reference("seats", None, False), n.Reference("seat_fee", None, False)
TOTAL = n.Reference("total", None, True)
TWO = n.Constant(2.0)
NET = n.Guard(Excess.DEDUCTION, TWO, FEE, PLAIN)
MORE = n.Comparison(">=", SEATS, TWO)

CASES: list[tuple[Node, str]] = [
    (n.Constant(1_000.5), "1,000.5"),
    (SEATS, "Seats"),
    (n.Reference("total", "self_run", True), "Total cost of ownership of Self-run"),
    (n.Reference("people.upkeep", None, True), "People: Upkeep"),
    (n.Convert(FEE, (Fraction(12), Fraction(1, 100))), "Seat fee × 12 ÷ 100"),
    (n.Convert(n.Arithmetic("+", SEATS, FEE), (Fraction(2, 3),)), "(Seats + Seat fee) × 2 ÷ 3"),
    (n.Negate(n.Arithmetic("*", SEATS, FEE)), "−(Seats × Seat fee)"),
    (n.Arithmetic("-", SEATS, n.Arithmetic("-", FEE, TWO)), "Seats − (Seat fee − 2)"),
    (n.Arithmetic("-", n.Arithmetic("-", SEATS, FEE), TWO), "Seats − Seat fee − 2"),
    (n.Arithmetic("/", SEATS, n.Arithmetic("*", FEE, TWO)), "Seats ÷ (Seat fee × 2)"),
    (n.Arithmetic("*", SEATS, n.Convert(FEE, (Fraction(1, 12),))), "Seats × (Seat fee ÷ 12)"),
    (n.Arithmetic("^", n.Negate(SEATS), TWO), "(−Seats)^2"),
    (n.Comparison("<", SEATS, TWO), "Seats < 2"),
    (n.Logic("and", MORE, n.Logic("or", MORE, MORE)), "Seats ≥ 2 and (Seats ≥ 2 or Seats ≥ 2)"),
    (n.Not(MORE), "not (Seats ≥ 2)"),
    (n.Conditional(MORE, SEATS, FEE), "Seats if Seats ≥ 2, otherwise Seat fee"),
    (n.Arithmetic("*", n.Conditional(MORE, SEATS, FEE), TWO), "(Seats if Seats ≥ 2, otherwise Seat fee) × 2"),
    (n.Lookup("servers", SEATS), "step of “Servers by seats” at (Seats)"),
    (NET, "Seat fee − 2"),
    (n.Arithmetic("*", NET, SEATS), "(Seat fee − 2) × Seats"),
    (n.Guard(Excess.USAGE, SEATS, TWO, PLAIN), "0"),
    (n.Apply(Function.MIN, (n.AllOptions("total"),)), "smallest of (Total cost of ownership of every option)"),
    (n.Apply(Function.MAX, (SEATS, TWO)), "largest of (Seats; 2)"),
    (n.Apply(Function.SUM, (SEATS, FEE)), "sum of (Seats; Seat fee)"),
    (n.Apply(Function.ABS, (SEATS,)), "size of (Seats), without its sign"),
    (n.Apply(Function.ROUND, (SEATS, n.Constant(0.0))), "(Seats) rounded to a whole number"),
    (n.Apply(Function.ROUND_UP, (SEATS, n.Constant(1.0))), "(Seats) rounded up to 1 decimal"),
    (n.Apply(Function.ROUND_DOWN, (SEATS, n.Negate(TWO))), "(Seats) rounded down to hundreds"),
    (n.Apply(Function.EXP, (SEATS,)), "exponential of (Seats)"),
    (n.Apply(Function.LN, (SEATS,)), "natural logarithm of (Seats)"),
    (n.Apply(Function.SQRT, (SEATS,)), "square root of (Seats)"),
    (n.Axis(n.AxisRow.ELAPSED), "years to the beginning of the step"),
    (n.Flow(SEATS, n.Arithmetic("*", SEATS, FEE)), "Seats at the start; Seats × Seat fee"),
    (n.Previous(SEATS, TWO), "Seats in the step before"),
    (n.Reduce(n.Reduction.SUM, SEATS), "Seats in all"),
    (n.Reduce(n.Reduction.LARGEST, SEATS), "largest of Seats over time"),
    (n.Reduce(n.Reduction.INTERNAL_RATE, SEATS), "internal rate of return on Seats"),
    (n.Reduce(n.Reduction.AT, SEATS, None, TWO), "Seats after 2 months"),
    (
        n.Apply(Function.PAYMENT, (FEE, TWO, TOTAL)),
        "level payment on a loan of (Total cost of ownership) at (Seat fee) over (2)",
    ),
]


@pytest.mark.parametrize(("node", "text"), CASES, ids=[text for _, text in CASES])
def test_each_node_reads_well(team: Answers, node: Node, text: str) -> None:
    assert ReadableText(team.model).text(node) == text


def test_the_cases_cover_every_node_and_function() -> None:
    nodes = [each for node, _ in CASES for each in n.walk(node)]
    assert {type(each) for each in nodes} == set(get_args(Node))
    assert {each.function for each in nodes if isinstance(each, n.Apply)} == set(Function)
    assert {each.reduction for each in nodes if isinstance(each, n.Reduce)} == set(n.Reduction) - {n.Reduction.BEFORE}


def test_titles_that_cannot_stand_alone_are_made_clear(agents: Answers) -> None:
    model, text = agents.model, ReadableText(agents.model)

    def read(name: str, option: str | None = None) -> str:
        definition = model.definitions[Key(name, option)]
        assert not isinstance(definition, InputValue | CostStatus)
        return text.text(definition)

    assert read("compute_hours") == "“Compute time a month, in seconds” ÷ 3,600"
    assert read("wrapper_build.connectors", "inngest").startswith(
        "Share of the wrapper needed × Connectors (connector_months) × “Senior engineer, "
    )
    assert read("cost_per_run", "connic") == "Total cost of ownership ÷ Runs per month ÷ 12"


def test_every_formula_of_the_sample_models_can_be_read(team: Answers, agents: Answers) -> None:
    for results in (team, agents):
        text = ReadableText(results.model)
        for definition in results.model.definitions.values():
            if not isinstance(definition, InputValue | CostStatus):
                assert text.text(definition)
