"""Which numbers a formula may hold: none that could be otherwise.

Tolerated are 0, 1 and −1; universal conversions that multiply or divide (months, days, hours, minutes, seconds,
powers of ten: FAST 3.04-01.1) and halving; squares, cubes and roots; what only stands for "larger than anything"; a
rounding's digits and a function's own switches, such as the match type of MATCH.
"""

from __future__ import annotations

import math

from reportgen.review.lint.formula_shapes import Constant

NEUTRAL = (0.0, 1.0, -1.0)
CONVERSIONS = frozenset({3, 4, 12, 7, 24, 60, 168, 365, 1440, 3600, 10_080, 86_400, 604_800})
"""Months and quarters of a year, days of a week and of a year, and what follows from hours, minutes and seconds."""

EXPONENTS = (2.0, 3.0, 0.5)
HALVES = 2.0
LARGEST = 1e100
SWITCHES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "FIXED", "WEEKDAY", "WEEKNUM"), (2,)),
    **dict.fromkeys(("LEFT", "RIGHT", "REPT", "LOG", "LARGE", "SMALL", "EDATE", "EOMONTH"), (2,)),
    **dict.fromkeys(("MATCH", "YEARFRAC", "DAYS360", "FIND", "SEARCH", "RANK", "RANK.EQ", "RANK.AVG"), (3,)),
    **dict.fromkeys(("VLOOKUP", "HLOOKUP"), (3, 4)),
    **dict.fromkeys(("INDEX", "MID"), (2, 3, 4)),
    **dict.fromkeys(("OFFSET", "ADDRESS", "REPLACE"), (2, 3, 4, 5)),
    **dict.fromkeys(("CHOOSE", "SUBTOTAL", "CHAR", "UNICHAR"), (1,)),
    **dict.fromkeys(("AGGREGATE",), (1, 2)),
    **dict.fromkeys(("XLOOKUP", "_XLFN.XLOOKUP"), (5, 6)),
    **dict.fromkeys(("XMATCH", "_XLFN.XMATCH"), (3, 4)),
    **dict.fromkeys(("SUBSTITUTE",), (4,)),
    **dict.fromkeys(("PMT", "PV", "FV", "NPER"), (5,)),
}
"""The arguments of a function, counted from 1, that say how it works rather than what it works on."""


def is_typed(constant: Constant) -> bool:
    """Whether a number belongs in an input cell instead of the formula."""
    value = constant.value
    if value in NEUTRAL or abs(value) >= LARGEST:
        return False
    if constant.in_text:
        return True
    if constant.before == "^":
        return value not in EXPONENTS
    if constant.before == "/" and value == HALVES:
        return False
    if "*" in (constant.before, constant.after) or constant.before == "/":
        return not (abs(value) in CONVERSIONS or _power_of_ten(abs(value)))
    return not (constant.argument in SWITCHES.get(constant.function, ()) and not constant.before and not constant.after)


def _power_of_ten(value: float) -> bool:
    return value > 0 and math.isclose(10 ** round(math.log10(value)), value, rel_tol=1e-12)
