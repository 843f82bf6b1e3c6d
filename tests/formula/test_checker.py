"""The checker: each rule of names, shapes, kinds and units."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given

from reportgen.formula import nodes as n
from reportgen.formula.checker import Typed, check_formula
from reportgen.formula.nodes import Function
from reportgen.formula.parser import MAX_DEPTH, parse_formula
from reportgen.formula.syntax import Syntax
from reportgen.formula.tokens import MAX_TOKENS
from reportgen.formula.units import parse_unit
from reportgen.problems import Collector
from reportgen.source import Source
from tests.formula.names import Months, Names
from tests.formula.trees import depth, printed, trees


def check(text: str, unit: str, scope: Names | None = None) -> tuple[Typed | None, Collector]:
    problems = Collector(Source("m.yaml", text))
    return check_formula(parse_formula(text), parse_unit(unit), "the total", scope or Names(), problems), problems


def node(text: str, unit: str) -> n.Node:
    typed, problems = check(text, unit)
    assert problems.problems == []
    assert typed is not None
    return typed.node


def found(text: str, unit: str = "1") -> list[tuple[str, str, str]]:
    """Code, marked text and hint of each problem."""
    typed, problems = check(text, unit)
    assert typed is None
    return [
        (each.code, text[each.span.start : each.span.end] if each.span else "", each.hint) for each in problems.problems
    ]


def named(name: str, per_option: bool = False, option: str | None = None) -> n.Reference:
    return n.Reference(name, option, per_option)


def test_names_and_shapes() -> None:
    assert node("seats", "seat") == named("seats")
    assert node("total", "EUR/month") == named("total", True)
    assert node("total.hosted", "EUR/month") == named("total", True, "hosted")
    assert node("cost.fees", "EUR/month") == named("cost.fees", True)
    assert node("cost.fees.self_run", "EUR/month") == named("cost.fees", True, "self_run")
    assert node("min(total.*)", "EUR/month") == n.Apply(Function.MIN, (n.AllOptions("total"),))


@pytest.mark.parametrize(
    ("text", "unit", "per_option"),
    [
        ("seats", "seat", False),
        ("total", "EUR/month", True),
        ("total.hosted", "EUR/month", False),
        ("max(total.*)", "EUR/month", False),
        ("max(total, total.hosted)", "EUR/month", True),
        ("-total", "EUR/month", True),
        ("2 * total", "EUR/month", True),
        ("if(total > 0, 1, 2)", "1", True),
        ("if(seats > 0, load, 2)", "1", True),
        ("if(seats > 0 and not total < 0, 1, 2)", "1", True),
        ("lookup(steps, seats * load)", "server", True),
        ("round(load)", "1", True),
        ("total.hosted / total.self_run", "1", False),
        ("net(total, 5 [EUR/month])", "EUR/month", True),
        ("net(5 [EUR/month], total)", "EUR/month", True),
        ("net(total.hosted, total.self_run)", "EUR/month", False),
        ("overage(load, 2)", "1", True),
        ("overage(seats, 2 [seat], fee)", "EUR/month", False),
        ("overage(seats, 2 [seat], total / seats)", "EUR/month", True),
    ],
)
def test_a_part_is_per_option_where_one_of_its_names_is(text: str, unit: str, per_option: bool) -> None:
    typed, _ = check(text, unit)
    assert typed is not None and typed.per_option is per_option


def test_operators_become_nodes() -> None:
    assert node("seats * fee", "EUR/month") == n.Arithmetic("*", named("seats"), named("fee"))
    assert node("1 - 2 ^ 3", "1") == n.Arithmetic("-", n.Constant(1), n.Arithmetic("^", n.Constant(2), n.Constant(3)))
    assert node("-seats", "seat") == n.Negate(named("seats"))
    assert node("if(seats > 0 or not seats < 1 [seat], 1, 2)", "1") == n.Conditional(
        n.Logic(
            "or",
            n.Comparison(">", named("seats"), n.Constant(0)),
            n.Not(n.Comparison("<", named("seats"), n.Constant(1))),
        ),
        n.Constant(1),
        n.Constant(2),
    )
    assert node("lookup(steps, seats)", "server") == n.Lookup("steps", named("seats"))
    assert node("abs(seats)", "seat") == n.Apply(Function.ABS, (named("seats"),))


def test_net_is_a_difference_of_what_is_there() -> None:
    total, deduction = named("total", True), n.Convert(named("budget"), (Fraction(1_000), Fraction(1, 12)))
    guard = n.Guard(n.Excess.DEDUCTION, deduction, total, parse_unit("EUR/month"))
    assert node("net(total, budget)", "EUR/month") == guard
    assert (guard.condition, guard.value) == (
        n.Comparison("<=", deduction, total),
        n.Arithmetic("-", total, deduction),
    )
    assert node("net(0, 0)", "seat") == n.Guard(n.Excess.DEDUCTION, n.Constant(0), n.Constant(0), parse_unit("1"))


def test_overage_is_the_price_of_what_goes_beyond() -> None:
    seats, ten = named("seats"), n.Constant(10)
    beyond = n.Apply(Function.MAX, (n.Constant(0), n.Arithmetic("-", seats, ten)))
    assert node("overage(seats, 10 [seat], fee)", "EUR/month") == n.Arithmetic("*", beyond, named("fee"))
    assert node("overage(seats, 10 [seat], 0)", "seat") == n.Arithmetic("*", beyond, n.Constant(0))


@pytest.mark.parametrize("unit", ["EUR/month", "seat", "1"])
def test_overage_without_a_price_fits_any_unit(unit: str) -> None:
    guard = n.Guard(n.Excess.USAGE, named("seats"), n.Constant(10), parse_unit("seat"))
    assert node("overage(seats, 10 [seat])", unit) == guard
    assert guard.value == n.Constant(0)
    assert isinstance(node("fee * seats + overage(seats, 10 [seat])", "EUR/month"), n.Arithmetic)


@pytest.mark.parametrize("function", list(Function))
def test_every_function_can_be_called(function: Function) -> None:
    arguments = {Function.PAYMENT: "0, 3, seats", Function.SQRT: "seats * seats"}.get(function, "seats")
    arguments = "a" if function in (Function.EXP, Function.LN) else arguments
    typed = node(f"{function.value}({arguments})", "1" if arguments == "a" else "seat")
    assert isinstance(typed, n.Apply) and typed.function is function


def test_a_charge_is_in_the_price_times_the_usage() -> None:
    usage = n.Convert(named("seats"), (Fraction(1, 1_000),))
    assert node("charge(tiers, seats)", "EUR/month") == n.Convert(n.Lookup("tiers", usage), (Fraction(1_000),))
    assert found("charge(tiers, seats)", "EUR")[0][0] == "RG402"


def test_a_payment_is_made_in_each_period_of_the_rate() -> None:
    yearly = n.Apply(
        Function.PAYMENT,
        (
            n.Convert(named("interest"), (Fraction(1, 100),)),
            n.Convert(named("term"), (Fraction(1, 12),)),
            named("loan"),
        ),
    )
    assert node("payment(interest, term, loan)", "EUR/year") == yearly
    assert node("payment(interest, term, loan)", "EUR/month") == n.Convert(yearly, (Fraction(1, 12),))
    assert node("payment(share, a, loan)", "EUR")
    assert node("payment(0, term, loan)", "EUR/month") == n.Apply(
        Function.PAYMENT, (n.Constant(0), named("term"), named("loan"))
    )
    assert node("payment(interest / 12 [month/year], term, loan)", "EUR/month")
    assert node("payment(interest, 0, 0)", "1/year")


def test_units_of_roots_exponentials_and_logarithms() -> None:
    percent = n.Convert(named("share"), (Fraction(1, 100),))
    for function in (Function.EXP, Function.LN, Function.SQRT):
        assert node(f"{function.value}(share)", "1") == n.Apply(function, (percent,))
    assert node("sqrt(seats ^ 2)", "seat") == n.Apply(
        Function.SQRT, (n.Arithmetic("^", named("seats"), n.Constant(2)),)
    )
    assert node("sqrt(total * yearly)", "EUR/month")
    assert node("ln(total / yearly)", "1")


def test_conversions_are_visible() -> None:
    assert node("total", "EUR/year") == n.Convert(named("total", True), (Fraction(12),))
    assert node("total + yearly", "EUR/month") == n.Arithmetic(
        "+", named("total", True), n.Convert(named("yearly", True), (Fraction(1, 12),))
    )
    assert node("yearly + total", "EUR/month") == n.Convert(
        n.Arithmetic("+", named("yearly", True), n.Convert(named("total", True), (Fraction(12),))),
        (Fraction(1, 12),),
    )
    assert node("50%", "1") == n.Convert(n.Constant(50), (Fraction(1, 100),))
    assert node("share ^ 2", "1") == n.Arithmetic("^", n.Convert(named("share"), (Fraction(1, 100),)), n.Constant(2))


def test_zero_fits_any_unit() -> None:
    assert node("max(0, total)", "EUR/month")
    assert node("max(total, -0)", "EUR/month")
    assert node("if(seats > 0, total, 0)", "EUR/month")
    assert node("0", "EUR/month")
    assert node("total + 0 * total", "EUR/month")
    assert found("total + 0 [seat]", "EUR/month")[0][0] == "RG402"


def test_rounding_means_the_unit_without_scale_words() -> None:
    assert node("round(share * 3, 2)", "1") == n.Apply(
        Function.ROUND,
        (n.Convert(n.Arithmetic("*", named("share"), n.Constant(3)), (Fraction(1, 100),)), n.Constant(2)),
    )
    assert node("round(budget, -3)", "kEUR/year") == n.Apply(Function.ROUND, (named("budget"), n.Negate(n.Constant(3))))


def test_powers_of_units() -> None:
    assert node("seats ^ 2", "seat^2")
    assert node("seats ^ 3 / seats ^ 2", "seat")
    assert node("2 ^ 0.5", "1")
    assert node("(seats / seats) ^ load", "1")
    assert found("seats ^ 0.5", "seat")[0][:2] == ("RG402", "^")
    assert found("seats ^ load", "seat")[0][:2] == ("RG402", "^")
    assert found("2 ^ seats")[0][:2] == ("RG402", "seats")


def test_a_power_that_is_too_high_does_not_take_forever() -> None:
    text = "budget"
    for _ in range(15):
        text = f"({text})^3"
    assert found(f"{text} + {text}")[0][0] == "RG402"


BRACKETS = "a number takes its unit in brackets"
FUNCTIONS = (
    "the functions are abs, at, average_over_time, charge, exp, first, if, internal_rate_of_return, largest, last, ln, "
    "lookup, max, min, net, overage, payment, present_value, previous, round, round_down, round_up, sqrt, "
    "straight_line, sum, sum_over_time"
)
OVERAGE = "write overage(usage, allowance) or overage(usage, allowance, price)"
RATE = "declare an exchange rate in EUR/GBP as an assumption and divide by it"
SCALES = "put `yearly.*` first, so that the others are converted, or declare all in one unit"
SPELLING = "`seats` and `seat` are two different units; if one is meant, spell it one way"


@pytest.mark.parametrize(
    ("text", "unit", "code", "marked", "hint"),
    [
        ("seat", "1", "RG302", "seat", "did you mean `seats`?"),
        ("fees", "1", "RG302", "fees", "did you mean `cost.fees`?"),
        ("prices.fee", "1", "RG302", "prices.fee", "did you mean `fee`?"),
        ("total.hostd", "1", "RG302", "total.hostd", "did you mean `hosted`?"),
        ("total.x", "1", "RG302", "total.x", "the options are hosted, self_run"),
        ("cost.fee", "1", "RG302", "cost.fee", "did you mean `fees`?"),
        ("horizon", "1", "RG302", "horizon", "declare it at the top of the model: `horizon: 3 year`"),
        ("seats.hosted", "1", "RG305", "seats.hosted", "write seats"),
        ("sum(seats.*)", "1", "RG305", "seats.*", "write seats"),
        ("total.*", "1", "RG305", "total.*", "use it inside min, max or sum: min(total.*)"),
        ("abs(total.*)", "1", "RG305", "total.*", "use it inside min, max or sum: min(total.*)"),
        ("1 + total.*", "1", "RG305", "total.*", "use it inside min, max or sum: min(total.*)"),
        ("steps", "1", "RG305", "steps", "use lookup(steps, x)"),
        ("steps.hosted", "1", "RG305", "steps.hosted", "use lookup(steps, x)"),
        ("hosted", "1", "RG305", "hosted", "the option comes after a name: load.hosted"),
        ("hosted.total", "1", "RG305", "hosted.total", "the option comes after a name: total.hosted"),
        ("max", "1", "RG301", "max", "call it: max(…)"),
        ("sine(1)", "1", "RG303", "sine", FUNCTIONS),
        ("ceil(1)", "1", "RG303", "ceil", "did you mean `round_up`?"),
        ("MAX(1)", "1", "RG303", "MAX", "did you mean `max`?"),
        ("max()", "1", "RG303", "max()", "write max(a, b, …) or max(total.*)"),
        ("abs(1, 2)", "1", "RG303", "abs(1, 2)", "write abs(x)"),
        ("if(1 > 0, 1)", "1", "RG303", "if(1 > 0, 1)", "write if(condition, then, otherwise)"),
        ("lookup(steps)", "1", "RG303", "lookup(steps)", "write lookup(table, x)"),
        ("lookup(hours, seats)", "1", "RG302", "hours", "write lookup(table, x)"),
        ("lookup(step, seats)", "1", "RG302", "step", "did you mean `steps`?"),
        ("lookup(1, seats)", "1", "RG302", "1", "write lookup(table, x)"),
        ("round(1, 0.5)", "1", "RG303", "0.5", "for example round(x, 2)"),
        ("round(1, 13)", "1", "RG303", "13", "for example round(x, 2)"),
        ("round(1, a)", "1", "RG303", "a", "for example round(x, 2)"),
        ("round(1, 200%)", "1", "RG303", "200%", "for example round(x, 2)"),
        ("1 + (1 > 0)", "1", "RG306", "1 > 0", "use if(condition, then, otherwise)"),
        ("max(1 > 0, 1)", "1", "RG306", "1 > 0", "use if(condition, then, otherwise)"),
        ("1 > 0", "1", "RG306", "1 > 0", "use if(condition, then, otherwise)"),
        ("if(a, 1, 2)", "1", "RG306", "a", "compare it: x > 0"),
        ("if(a and 1 > 0, 1, 2)", "1", "RG306", "a", "compare it: x > 0"),
        ("if(not a, 1, 2)", "1", "RG306", "a", "compare it: x > 0"),
        ("1 [h//m]", "1", "RG401", "/", ""),
        ("1 [hour]", "h", "RG401", "hour", "write h"),
        ("total + seats", "EUR/month", "RG402", "+", "multiply by `fee` (EUR/seat/month)?"),
        ("total - vm", "EUR/month", "RG402", "-", ""),
        ("if(total > seats, 1, 2)", "1", "RG402", ">", "multiply by `fee` (EUR/seat/month)?"),
        ("total + 5", "EUR/month", "RG402", "+", f"{BRACKETS}: 5 [EUR/month]"),
        ("5 + total", "EUR/month", "RG402", "+", f"{BRACKETS}: 5 [EUR/month]"),
        ("total * 1_000.0 + 1_000.50", "EUR/month", "RG402", "+", f"{BRACKETS}: 1_000.50 [EUR/month]"),
        ("max(total, seats)", "EUR/month", "RG402", "seats", "multiply by `fee` (EUR/seat/month)?"),
        ("if(1 > 0, total, seats)", "EUR/month", "RG402", "seats", "multiply by `fee` (EUR/seat/month)?"),
        ("lookup(steps, total)", "server", "RG402", "total", "divide by `fee` (EUR/seat/month)?"),
        ("lookup(steps, users)", "server", "RG402", "users", SPELLING),
        ("seats", "EUR/month", "RG402", "seats", "multiply by `fee` (EUR/seat/month)?"),
        ("total * hours", "EUR/month", "RG402", "total * hours", "divide by `hours` (h/month)?"),
        ("vm * hours", "EUR/month", "RG403", "vm * hours", "divide by `fx` (USD/EUR)?"),
        ("total + vm * hours", "EUR/month", "RG403", "+", "divide by `fx` (USD/EUR)?"),
        ("total", "GBP/month", "RG403", "total", RATE),
        ("vm", "EUR/month", "RG402", "vm", ""),
        ("min(total.*, yearly.*)", "EUR/month", "RG402", "yearly.*", SCALES),
        ("net(total)", "EUR/month", "RG303", "net(total)", "write net(amount, deduction)"),
        ("net(total, seats)", "EUR/month", "RG402", "seats", "multiply by `fee` (EUR/seat/month)?"),
        ("net(total, 5)", "EUR/month", "RG402", "5", f"{BRACKETS}: 5 [EUR/month]"),
        ("net(total, vm * hours)", "EUR/month", "RG403", "vm * hours", "divide by `fx` (USD/EUR)?"),
        ("net(total, 1 > 0)", "EUR/month", "RG306", "1 > 0", "use if(condition, then, otherwise)"),
        ("net(total.*, 0)", "EUR/month", "RG305", "total.*", "use it inside min, max or sum: min(total.*)"),
        ("overage(seats)", "EUR/month", "RG303", "overage(seats)", OVERAGE),
        ("overage(seats, 0, fee, 1)", "EUR/month", "RG303", "overage(seats, 0, fee, 1)", OVERAGE),
        ("overage(seats, users, fee)", "EUR/month", "RG402", "users", SPELLING),
        ("overage(seats, 10, fee)", "EUR/month", "RG402", "10", f"{BRACKETS}: 10 [seat]"),
        ("overage(seats, 0, vm)", "EUR/month", "RG402", "overage(seats, 0, vm)", ""),
        ("overage(seats, 0, nothing)", "1", "RG302", "nothing", ""),
        ("net", "1", "RG301", "net", "call it: net(…)"),
        ("tiers", "1", "RG305", "tiers", "use charge(tiers, usage)"),
        ("charge(tiers)", "1", "RG303", "charge(tiers)", "write charge(table, usage)"),
        ("charge(tier, seats)", "1", "RG302", "tier", "did you mean `tiers`?"),
        ("charge(tiers, total)", "1", "RG402", "total", "divide by `fee` (EUR/seat/month)?"),
        (
            *("charge(steps, seats * 2)", "1", "RG303", "charge"),
            "write lookup(steps, seats * 2), or give `steps` `method: graduated`",
        ),
        (
            *("lookup(tiers, seats * 2)", "1", "RG303", "lookup"),
            "charge(tiers, seats * 2) prices the units of each band at its own price",
        ),
        ("exp(seats)", "1", "RG402", "seats", "divide by a quantity in seat: exp(a / b)"),
        ("ln(total)", "1", "RG402", "total", "divide by a quantity in EUR/month: ln(a / b)"),
        ("log(2)", "1", "RG303", "log", "did you mean `ln`?"),
        ("sqrt(seats)", "1", "RG402", "seats", "take the root of a plain number, or of a square such as m^2"),
        (
            "sqrt(share * fee)",
            "1",
            "RG402",
            "share * fee",
            "take the root of a plain number, or of a square such as m^2",
        ),
        ("PMT(1, 2, 3)", "1", "RG303", "PMT", "did you mean `payment`?"),
        ("payment(1, 2)", "1", "RG303", "payment(1, 2)", "write payment(rate, count, principal)"),
        ("payment(fee, 2, loan)", "1", "RG402", "fee", "give it a unit such as %/year or %/month"),
        ("payment(interest, 2, loan)", "1", "RG402", "2", "give it a unit of time, for example 3 [year]"),
        ("payment(share, term, loan)", "1", "RG402", "term", "give the rate a unit such as %/year or %/month"),
        ("payment(interest, hours, loan)", "1", "RG402", "hours", "give it a unit of time, for example 3 [year]"),
        ("payment(interest, term, 1 > 0)", "1", "RG306", "1 > 0", "use if(condition, then, otherwise)"),
    ],
)
def test_what_is_refused(text: str, unit: str, code: str, marked: str, hint: str) -> None:
    assert found(text, unit) == [(code, marked, hint)]


def test_a_hint_never_suggests_what_is_computed() -> None:
    """A total times itself would run in a circle."""
    assert found("hours / hours", "EUR/seat") == [("RG402", "hours / hours", "")]
    assert found("hours / hours", "EUR/month") == [("RG402", "hours / hours", "multiply by `budget` (kEUR/year)?")]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("x + y", ["x", "y"]),
        ("x * (y - z)", ["x", "y", "z"]),
        ("max(x, 1, y)", ["x", "y"]),
        ("if(x > 0, y, z)", ["x", "y", "z"]),
        ("round(x, y)", ["x", "y"]),
        ("lookup(x, y)", ["y", "x"]),
        ("(x + total) ^ y", ["x", "y"]),
        ("not x and y", ["x", "y"]),
    ],
)
def test_the_problems_of_all_parts_are_found(text: str, marked: list[str]) -> None:
    assert [part for _, part, _ in found(text)] == marked


def test_what_could_not_be_read_is_not_reported_again() -> None:
    for text in ("unreadable", "unreadable.hosted", "total.unreadable", "1 + unreadable", "lookup(unreadable, seats)"):
        typed, problems = check(text, "1")
        assert typed is None
        assert problems.problems == []


def test_a_sum_of_hundreds_of_terms() -> None:
    count = MAX_TOKENS // 2
    tree = node(" + ".join(["total"] * count), "EUR/month")
    assert sum(isinstance(each, n.Reference) for each in n.walk(tree)) == count


@pytest.mark.parametrize("scope", [Names(), Names(Months())], ids=["no timeline", "timeline"])
@given(tree=trees)
def test_any_tree_is_checked_or_refused_with_a_problem(scope: Names, tree: Syntax) -> None:
    text = printed(tree)
    assume(depth(tree) < MAX_DEPTH and len(text) < MAX_TOKENS)
    typed, problems = check(text, "1", scope)
    assert (typed is None) == problems.failed
    for problem in problems.problems:
        assert problem.span is not None and 0 <= problem.span.start < problem.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a * total", ["a", "total.hosted"]),
        ("total.self_run - total", ["total.self_run", "total.hosted"]),
        ("sum(total.*)", ["total.hosted", "total.self_run"]),
        ("if(a > 0, lookup(steps, seats) / lookup(steps, seats), -load)", ["a", "seats", "seats", "load.hosted"]),
        ("if(not (a > b_2), 1, 2)", ["a", "b_2.hosted"]),
    ],
)
def test_what_a_tree_is_computed_from(text: str, keys: list[str]) -> None:
    tree = node(text, "EUR/month" if "total" in text else "1")
    assert [str(key) for key in n.keys_in(tree, "hosted", Names.options)] == keys
