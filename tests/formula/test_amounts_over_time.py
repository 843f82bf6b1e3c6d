"""What an internal rate of return is made of: amounts at the start and in each step."""

from __future__ import annotations

import pytest

from reportgen.formula import nodes as n
from reportgen.formula import time_trees as trees
from reportgen.formula.nodes import Node, Reduction, Reference
from tests.formula.names import Months, Names
from tests.formula.test_time_functions import check

BOUGHT, RUNNING = Reference("bought over time", "hosted", True), Reference("running over time", "hosted", True)
USED = n.Flow(
    None,
    n.Arithmetic("*", Reference("use", None, False), Reference(trees.MONTHS_IN_STEP, None, False)),
)
HELD = n.Flow(None, Reference("held", "hosted", True))


def amounts(text: str, unit: str = "%/year") -> tuple[Node, Node]:
    """The rate as a tree, and the amounts that got a name of their own."""
    scope = Names(Months())
    found, problems = check(f"internal_rate_of_return({text})", unit, scope)
    assert problems.problems == [] and found is not None
    (made,) = scope.made.values()
    return found.node, made


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("bought.hosted", BOUGHT),
        ("-bought.hosted", n.Negate(BOUGHT)),
        ("bought.hosted - running.hosted", n.Arithmetic("-", BOUGHT, RUNNING)),
        ("2 * bought.hosted", n.Arithmetic("*", n.Constant(2.0), BOUGHT)),
        ("bought.hosted / 2 * 3", n.Arithmetic("*", n.Arithmetic("/", BOUGHT, n.Constant(2.0)), n.Constant(3.0))),
        (
            "(bought.hosted + running.hosted) * a",
            n.Arithmetic("*", n.Arithmetic("+", BOUGHT, RUNNING), Reference("a", None, False)),
        ),
        ("use", USED),
        ("held.hosted + bought.hosted", n.Arithmetic("+", HELD, BOUGHT)),
        (
            "bought.hosted - max(held.hosted, 0)",
            n.Arithmetic(
                "-", BOUGHT, n.Flow(None, n.Apply(n.Function.MAX, (Reference("held", "hosted", True), n.Constant(0.0))))
            ),
        ),
    ],
)
def test_costs_stand_for_their_amounts_and_numbers_over_time_for_what_they_come_to(text: str, tree: Node) -> None:
    assert amounts(text)[1] == tree


def test_the_rate_is_a_share_of_a_year() -> None:
    series = Reference("bought.hosted", None, False)
    rate = n.Reduce(Reduction.INTERNAL_RATE, series)
    assert amounts("bought.hosted", "1/year")[0] == rate
    assert amounts("bought.hosted")[0] == n.Convert(rate, (100,))
    assert amounts("bought")[0] == n.Convert(n.Reduce(Reduction.INTERNAL_RATE, Reference("bought", None, True)), (100,))


def test_a_hundred_terms_are_no_matter() -> None:
    node = amounts(" + ".join(["bought.hosted"] * 120))[1]
    assert sum(each == BOUGHT for each in n.walk(node)) == 120
    node = amounts("bought.hosted" + " * 2" * 120)[1]
    assert sum(each == BOUGHT for each in n.walk(node)) == 1


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("fee", "fee"),
        ("total.hosted", "total.hosted"),
        ("bought.hosted - loan", "loan"),
        ("bought.hosted * running.hosted", "bought.hosted * running.hosted"),
        ("1 / bought.hosted", "1 / bought.hosted"),
        ("sum_over_time(use)", "sum_over_time(use)"),
    ],
)
def test_what_has_no_amounts_is_refused(text: str, marked: str) -> None:
    found, problems = check(f"internal_rate_of_return({text})", "%/year", Names(Months()))
    assert found is None
    (problem,) = problems.problems
    assert problem.code == "RG305" and problem.span is not None
    assert problem.source.text[slice(*problem.span)] == marked
    assert "`of`" in problem.hint


def test_there_is_no_rate_without_a_timeline() -> None:
    _, problems = check("internal_rate_of_return(total.hosted)", "%/year", Names())
    assert [each.code for each in problems.problems] == ["RG302"]
