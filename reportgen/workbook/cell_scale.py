"""In which scale cells hold numbers: what is in per cent stands there as a fraction under a format of per cent, as in
any other workbook, so that `6%` can be typed and 0.06 shows as 6 %. Everything else stands there as it is."""

from __future__ import annotations

from fractions import Fraction

from reportgen.formula.units import Unit, parse_unit

_OVER_TIME = ((), *(parse_unit(f"1/{period}").words for period in ("month", "quarter", "year")))
WHOLE, PER_CENT = Fraction(1), Fraction(1, 100)

SHARE_DIGITS = 9.0
"""Digits to which shares come to 1: what is added up in another order may miss it by the last ones."""


def cell_scale(unit: Unit) -> Fraction:
    """What a number in this unit is multiplied by in its cell."""
    return PER_CENT if is_per_cent(unit) else WHOLE


def is_per_cent(unit: Unit) -> bool:
    """Whether a unit is per cent, perhaps of each month or year."""
    rest = tuple(each for each in unit.words if each != ("%", 1))
    return len(rest) < len(unit.words) and rest in _OVER_TIME


def in_cell(number: float, unit: Unit) -> float:
    """A number in this unit, as its cell holds it: divided rather than multiplied, so that 29 % are 0.29."""
    return number / 100 if is_per_cent(unit) else number


def from_cell(held: float, unit: Unit) -> float:
    """What a cell holds, as a number in this unit again."""
    return held / float(cell_scale(unit))
