"""The functions of the language: how each is called and what the checker asks of its arguments."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.nodes import Function


@dataclass(frozen=True, slots=True)
class Signature:
    """`most` None: any number of arguments up to `MAX_ARGUMENTS`; `aggregates`: takes `total.*`;
    `digits`: the second argument counts decimal places (a plain whole number);
    `own_units`: they need not fit each other."""

    function: Function
    least: int
    most: int | None
    usage: str
    meaning: str
    aggregates: bool = False
    digits: bool = False
    own_units: bool = False


MAX_ARGUMENTS = 100
"""Excel takes 255 (Excel specifications and limits); formulas that people read take fewer."""

SIGNATURES = {
    signature.function.value: signature
    for signature in (
        Signature(Function.MIN, 1, None, "min(a, b, …) or min(total.*)", "the smallest", aggregates=True),
        Signature(Function.MAX, 1, None, "max(a, b, …) or max(total.*)", "the largest", aggregates=True),
        Signature(Function.SUM, 1, None, "sum(a, b, …) or sum(total.*)", "all added up", aggregates=True),
        Signature(Function.ABS, 1, 1, "abs(x)", "without its sign"),
        Signature(Function.ROUND, 1, 2, "round(x) or round(x, digits)", "half away from zero", digits=True),
        Signature(Function.ROUND_UP, 1, 2, "round_up(x) or round_up(x, digits)", "away from zero", digits=True),
        Signature(Function.ROUND_DOWN, 1, 2, "round_down(x) or round_down(x, digits)", "towards zero", digits=True),
        Signature(Function.EXP, 1, 1, "exp(x)", "e to the power of x", own_units=True),
        Signature(Function.LN, 1, 1, "ln(x)", "the natural logarithm", own_units=True),
        Signature(Function.SQRT, 1, 1, "sqrt(x)", "the square root", own_units=True),
        Signature(
            Function.PAYMENT, 3, 3, "payment(rate, count, principal)", "the level payment of a loan", own_units=True
        ),
    )
}

IF_USAGE = "if(condition, then, otherwise)"
LOOKUP_USAGE = "lookup(table, x)"
CHARGE_USAGE = "charge(table, usage)"
NET_USAGE = "net(amount, deduction)"
TIME_USAGES = {
    "sum_over_time": "sum_over_time(x)",
    "average_over_time": "average_over_time(x)",
    "present_value": "present_value(x, rate)",
    "internal_rate_of_return": "internal_rate_of_return(x)",
    "at": "at(x, 2029)",
    "first": "first(x)",
    "last": "last(x)",
    "largest": "largest(x)",
}
"""Functions that make one number of a number for each step of the timeline."""

PREVIOUS_USAGE = "previous(x, initial)"
STRAIGHT_LINE_USAGE = "straight_line(amount, life)"
TIME_NAMES = ("period", "elapsed")
"""Names that have a number for each step: its number from 1, and the years from the start to its beginning."""
OVERAGE_USAGE = "overage(usage, allowance) or overage(usage, allowance, price)"
ALSO_CALLED = {
    "ceil": "round_up",
    "ceiling": "round_up",
    "floor": "round_down",
    "trunc": "round_down",
    "log": "ln",
    "pmt": "payment",
    "npv": "present_value",
    "irr": "internal_rate_of_return",
    "sln": "straight_line",
    "average": "average_over_time",
    "prev": "previous",
    "lag": "previous",
    "vlookup": "lookup",
}
"""What authors may know a function by from elsewhere."""

NAMES = frozenset((*SIGNATURES, *TIME_USAGES, "if", "lookup", "charge", "net", "overage", "previous", "straight_line"))
RESERVED = NAMES | {*TIME_NAMES} | {"and", "or", "not", "true", "false", "horizon", "included", "none"}
"""Words that cannot be the id of an assumption or a result."""
