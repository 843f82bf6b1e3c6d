"""Which numbers a formula may hold: none that could be otherwise.

Tolerated are 0, 1 and −1; universal conversions that multiply or divide (months, days, hours, minutes, seconds,
powers of ten: FAST 3.04-01.1) and halving; squares, cubes and roots; what only stands for "larger than anything"; a
rounding's digits and a function's own switches, such as the match type of MATCH.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

Token = tuple[str, str]
"""Kind and text of a part of a formula."""

Call = tuple[str, int]
"""A function that is open, empty for a bracket, and which of its arguments is being read."""

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

_CRITERION = re.compile(r'"[<>=]+\s*(-?[0-9]+(?:\.[0-9]+)?%?)"')


class NumberPlace(NamedTuple):
    """What stands around a number in a formula: signs that belong to it, the operators before and after it, and whether
    it is an argument that says how a function works."""

    minus: str
    per_cent: str
    before: str
    after: str
    is_switch: bool

    def read(self, number: str) -> tuple[str, bool]:
        """A number in this place as it is written, and whether it belongs in an input cell instead."""
        text = self.minus + number + self.per_cent
        if number in ("0", "1") and not self.per_cent:
            return text, False
        value = _value(text)
        allowed = self.is_switch or _is_neutral(value) or _is_conversion(value, self.before, self.after)
        return text, not allowed


def number_at(parts: list[Token], at: int, stack: list[Call]) -> tuple[str, bool] | None:
    """A number or a criterion such as ">100" at a place among the parts of a formula, and whether it belongs in an
    input cell instead. `stack` is what is open around it."""
    group, text = parts[at]
    if group == "text":
        match = _CRITERION.fullmatch(text)
        return None if match is None else (text, not _is_neutral(_value(match[1])))
    return place_of(parts, at, stack).read(text)


def place_of(parts: list[Token], at: int, stack: list[Call]) -> NumberPlace:
    """The place of a number among the parts of a formula."""
    before, after, level = at - 1, at + 1, len(stack) - 1
    minus = per_cent = ""
    if _is(parts, after, "%"):
        per_cent, after = "%", after + 1
    if _is(parts, before, "-") and not _operand(parts, before - 1):
        minus, before = "-", before - 1
    while _is_bracketed(parts, before, after) and level >= 0 and not stack[level][0]:
        before, after, level = before - 1, after + 1, level - 1
    signs = _operator(parts, before), _operator(parts, after)
    name, argument = stack[level] if level >= 0 else ("", 0)
    return NumberPlace(minus, per_cent, *signs, not any(signs) and argument in SWITCHES.get(name, ()))


def _value(text: str) -> float:
    return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def _is_neutral(value: float) -> bool:
    return value in NEUTRAL or abs(value) >= LARGEST


def _is_conversion(value: float, before: str, after: str) -> bool:
    """Whether a number between these operators converts a unit, halves, or is the exponent of a square or a root."""
    if before == "^":
        return value in EXPONENTS
    if before == "/" and value == HALVES:
        return True
    return (before == "/" or "*" in (before, after)) and (abs(value) in CONVERSIONS or _is_power_of_ten(abs(value)))


def _is_power_of_ten(value: float) -> bool:
    return value > 0 and math.isclose(10 ** round(math.log10(value)), value, rel_tol=1e-12)


def _is_bracketed(parts: list[Token], before: int, after: int) -> bool:
    return before >= 0 and parts[before] == ("open", "(") and after < len(parts) and parts[after][0] == "close"


def _is(parts: list[Token], at: int, operator: str) -> bool:
    return 0 <= at < len(parts) and parts[at] == ("operator", operator)


def _operand(parts: list[Token], at: int) -> bool:
    """Whether something ends here that an operator can follow, so that a minus after it subtracts."""
    return 0 <= at < len(parts) and (
        parts[at][0] in ("text", "number", "reference", "name", "close") or parts[at] == ("operator", "%")
    )


def _operator(parts: list[Token], at: int) -> str:
    return parts[at][1] if 0 <= at < len(parts) and parts[at][0] == "operator" else ""
