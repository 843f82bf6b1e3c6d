"""Functions about time: what each becomes, in which unit, and what is refused."""

from __future__ import annotations

import pytest

from reportgen.formula import nodes as n
from reportgen.formula import time_trees as trees
from reportgen.formula.checker import Typed, check_formula
from reportgen.formula.nodes import AxisRow, Node, Reduction, Reference
from reportgen.formula.parser import parse_formula
from reportgen.formula.time_functions import is_over_time
from reportgen.formula.units import parse_unit
from reportgen.problems import Collector
from reportgen.source import Source
from tests.formula.names import Months, Names

START = 2027 * 12


def check(text: str, unit: str, scope: Names, *, over_time: bool = False) -> tuple[Typed | None, Collector]:
    problems = Collector(Source("m.yaml", text))
    declared = parse_unit(unit)
    return check_formula(parse_formula(text), declared, "the total", scope, problems, over_time=over_time), problems


def typed(text: str, unit: str, *, over_time: bool = False) -> Typed:
    found, problems = check(text, unit, Names(Months()), over_time=over_time)
    assert problems.problems == []
    assert found is not None
    return found


def reduced(text: str, unit: str) -> n.Reduce:
    node = typed(text, unit).node
    assert isinstance(node, n.Reduce)
    return node


USE, DEMAND, STOCK = Reference("use", None, False), Reference("demand", None, True), Reference("stock", None, False)


def test_period_and_elapsed_are_numbers_of_each_step() -> None:
    assert typed("period", "1", over_time=True).node == n.Axis(AxisRow.PERIOD)
    assert typed("elapsed", "year", over_time=True).node == n.Axis(AxisRow.ELAPSED)
    assert typed("elapsed", "month", over_time=True).node == n.Convert(n.Axis(AxisRow.ELAPSED), (12,))


@pytest.mark.parametrize(
    ("text", "unit", "over_time"),
    [
        ("use", "kWh/month", True),
        ("use * 2 + 1 [kWh/month]", "kWh/month", True),
        ("demand.hosted", "seat", True),
        ("sum(demand.*)", "seat", True),
        ("if(period > 2, 1, 2)", "1", True),
        ("previous(stock, 0 [TB])", "TB", True),
        ("largest(stock)", "TB", False),
        ("largest(stock) * period", "TB", True),
        ("a * 2", "1", False),
        ("running", "EUR/month", False),
    ],
)
def test_what_is_computed_from_something_over_time_is_over_time(text: str, unit: str, over_time: bool) -> None:
    assert is_over_time(typed(text, unit, over_time=True).node, Names(Months())) is over_time


def test_a_rate_is_integrated_over_the_months_of_each_step() -> None:
    assert reduced("sum_over_time(use)", "kWh") == n.Reduce(
        Reduction.SUM, USE, Reference(trees.MONTHS_IN_STEP, None, False)
    )


def test_anything_else_is_added_up_step_by_step() -> None:
    assert reduced("sum_over_time(stock)", "TB") == n.Reduce(Reduction.SUM, STOCK)
    assert reduced("sum_over_time(demand)", "seat") == n.Reduce(Reduction.SUM, DEMAND)


def test_an_average_weights_steps_by_their_months() -> None:
    months = Reference(trees.MONTHS_IN_STEP, None, False)
    assert typed("average_over_time(use)", "kWh/month").node == n.Arithmetic(
        "/", n.Reduce(Reduction.SUM, USE, months), n.Reduce(Reduction.SUM, months)
    )


def test_a_reduction_of_a_formula_gives_it_a_series_of_its_own() -> None:
    scope = Names(Months())
    found, problems = check("largest(stock  * 2)", "TB", scope)
    assert problems.problems == [] and found is not None
    assert scope.made == {"stock * 2": n.Arithmetic("*", STOCK, n.Constant(2.0))}
    assert found.node == n.Reduce(Reduction.LARGEST, Reference("stock * 2", None, False))


def test_what_is_the_same_all_the_time_may_be_reduced_too() -> None:
    assert typed("sum_over_time(fee)", "EUR/seat").unit == parse_unit("EUR/seat")
    assert reduced("last(seats)", "seat").series == Reference("seats", None, False)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("at(stock, 2027)", 0),
        ("at(stock, 2029)", 24),
        ("at(stock, 2027-07)", 6),
        ("at(stock, 2032-12)", 71),
        ("at(stock, 3 [year])", 36),
        ("at(stock, 5 [month])", 5),
    ],
)
def test_a_moment_is_in_months_after_the_start(text: str, months: float) -> None:
    position = reduced(text, "TB").position
    factor = 1.0
    while isinstance(position, n.Convert):
        factor *= float(position.factors[0])
        position = position.operand
    assert isinstance(position, n.Constant) and position.value * factor == months


def test_first_and_last_read_the_first_step_and_the_one_that_ends_with_the_horizon() -> None:
    assert reduced("first(stock)", "TB").position == trees.ZERO
    last = reduced("last(stock)", "TB")
    assert last.reduction is Reduction.BEFORE
    assert last.position == n.Convert(Reference("horizon", None, False), (12,))


def test_what_costs_come_to_is_known_already() -> None:
    """A category of rates stands for its mean, one of amounts for its sum."""
    running, bought = Reference("running", None, True), Reference("bought", None, True)
    horizon = n.Convert(Reference("horizon", None, False), (12,))
    assert typed("average_over_time(running)", "EUR/month").node == running
    assert typed("sum_over_time(bought)", "EUR").node == bought
    assert typed("sum_over_time(running)", "EUR").node == n.Arithmetic("*", running, horizon)
    assert typed("present_value(running, interest)", "EUR").node == Reference("running at interest", None, True)
    assert typed("present_value(bought, interest)", "EUR").node == Reference("bought at interest", None, True)


def test_a_present_value_multiplies_by_factors() -> None:
    node = reduced("present_value(held, interest)", "EUR")
    assert node == n.Reduce(Reduction.SUM, Reference("held", None, True), Reference("factors at interest", None, False))


def test_the_present_value_of_a_rate_is_that_of_what_flows_in_each_step() -> None:
    scope = Names(Months())
    found, problems = check("present_value(use, interest)", "kWh", scope)
    assert problems.problems == [] and found is not None
    assert scope.made["use"] == n.Arithmetic("*", USE, Reference(trees.MONTHS_IN_STEP, None, False))


def test_the_number_of_the_step_before_has_an_initial_number_in_the_same_unit() -> None:
    node = typed("previous(stock, 500 [GB])", "TB", over_time=True).node
    assert isinstance(node, n.Previous)
    assert node.series == STOCK
    assert node.initial == n.Convert(n.Constant(500.0), (n.Fraction(1, 1000),))
    assert isinstance(typed("previous(stock, 0)", "TB", over_time=True).node, n.Previous)


def test_the_step_before_is_per_option_where_its_name_or_its_initial_number_is() -> None:
    assert typed("previous(demand, 0)", "seat", over_time=True).per_option
    assert not typed("previous(demand.hosted, 0)", "seat", over_time=True).per_option
    assert typed("previous(stock, load * 1 [TB])", "TB", over_time=True).per_option


def test_a_straight_line_spreads_an_amount_over_its_life() -> None:
    found = typed("straight_line(loan, term)", "EUR/month")
    assert found.node == n.Arithmetic("/", Reference("loan", None, False), Reference("term", None, False))
    assert typed("straight_line(24_000 [EUR], 8 [year])", "EUR/year").unit == parse_unit("EUR/year")


REDUCE = "make one number of it: sum_over_time({0}), average_over_time({0}), at({0}, 2027-01), first({0}), last({0}) "
REDUCE += "or largest({0})"
INPUT = "name an assumption in %/year: present_value(x, discount_rate)"
MOMENT = "write a year, a month (2029-07) or a time after the start (3 [year])"
COMES_TO = "`running` stands for what it comes to; sum_over_time, average_over_time and present_value read it"
NAME = "give it a name under `calculations:`, and take the previous of that name"


@pytest.mark.parametrize(
    ("text", "unit", "code", "marked", "hint"),
    [
        ("use", "kWh/month", "RG305", "use", REDUCE.format("use")),
        ("2 * stock", "TB", "RG305", "2 * stock", REDUCE.format("stock")),
        ("demand.hosted", "seat", "RG305", "demand.hosted", REDUCE.format("demand.hosted")),
        ("largest(demand.*)", "seat", "RG305", "demand.*", "use it inside min, max or sum: min(demand.*)"),
        ("sum_over_time(use, 1)", "kWh", "RG303", "sum_over_time(use, 1)", "write sum_over_time(x)"),
        ("at(stock)", "TB", "RG303", "at(stock)", "write at(x, 2029)"),
        ("at(stock, 2026)", "TB", "RG216", "2026", "name a month of it, such as 2027-01"),
        ("at(stock, 2033-01)", "TB", "RG216", "2033-01", "name a month of it, such as 2027-01"),
        ("at(stock, 7)", "TB", "RG402", "7", MOMENT),
        ("at(stock, 2029-13)", "TB", "RG402", "2029-13", MOMENT),
        ("at(stock, elapsed)", "TB", "RG305", "elapsed", REDUCE.format("elapsed")),
        ("first(running)", "EUR/month", "RG305", "first(running)", COMES_TO),
        ("present_value(held, 6)", "EUR", "RG303", "6", INPUT),
        ("present_value(held, total)", "EUR", "RG303", "total", INPUT),
        ("present_value(held, seats)", "EUR", "RG402", "seats", "name an assumption in %/year"),
        ("previous(stock)", "TB", "RG303", "previous(stock)", "write previous(x, initial)"),
        ("previous(stock * 2, 0)", "TB", "RG303", "stock * 2", NAME),
        ("previous(previous(stock, 0), 0)", "TB", "RG303", "previous(stock, 0)", NAME),
        ("previous(seats, 0)", "seat", "RG305", "seats", "write seats alone"),
        ("previous(stock, stock)", "TB", "RG305", "stock", REDUCE.format("stock")),
        ("previous(stock, 3)", "TB", "RG402", "3", "a number takes its unit in brackets: 3 [TB]"),
        ("straight_line(loan)", "EUR/year", "RG303", "straight_line(loan)", "write straight_line(amount, life)"),
        (
            *("straight_line(loan, seats)", "EUR/year", "RG402", "seats"),
            "write a time, for example 8 [year]: straight_line(amount, life)",
        ),
        ("sum_over_tme(use)", "kWh", "RG303", "sum_over_tme", "did you mean `sum_over_time`?"),
        ("npv(use, a)", "kWh", "RG303", "npv", "did you mean `present_value`?"),
        ("prev(use, a)", "kWh", "RG303", "prev", "did you mean `previous`?"),
    ],
)
def test_what_is_refused(text: str, unit: str, code: str, marked: str, hint: str) -> None:
    found, problems = check(text, unit, Names(Months()), over_time="previous" in text)
    assert found is None
    shown = [(each.code, text[slice(*each.span)] if each.span else "", each.hint) for each in problems.problems]
    assert shown == [(code, marked, hint)]


@pytest.mark.parametrize("text", ["period", "elapsed", "sum_over_time(seats)", "previous(seats, 0)", "at(seats, 2029)"])
def test_time_needs_a_horizon(text: str) -> None:
    found, problems = check(text, "1", Names())
    (problem,) = problems.problems
    assert found is None
    assert (problem.code, problem.hint) == ("RG302", "declare it at the top of the model: `horizon: 3 year`")


def test_the_walk_stops_where_one_number_is_made() -> None:
    tree: Node = n.Reduce(Reduction.SUM, USE)
    assert not is_over_time(tree, Names(Months()))
    assert is_over_time(n.Flow(None, n.Constant(1.0)), Names(Months()))
