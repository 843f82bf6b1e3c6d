"""Number formats of cells, by the same decimals that pages show."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.compute.digits import enough_decimals, input_decimals, result_decimals, share_decimals
from reportgen.formula.units import CURRENCIES, PERCENT, Unit
from reportgen.workbook.cell_scale import is_per_cent


def input_format(value: float, unit: Unit) -> str:
    """Shows a number as its author wrote it."""
    return decimals_format(input_decimals((value,), unit), unit)


def result_format(values: Iterable[float], unit: Unit) -> str:
    """One format for numbers that stand beside each other; the smallest of them is not shown as nothing."""
    numbers = tuple(values)
    decimals = result_decimals(numbers, unit)
    smallest = min((abs(number) for number in numbers if number), default=0.0)
    return decimals_format(enough_decimals(smallest, decimals), unit)


def share_format(shares: Iterable[float | None]) -> str:
    """One format for shares of totals; none of them that is not the whole is shown as 100 %."""
    return decimals_format(max((share_decimals(each, 1) for each in shares if each is not None), default=1), PERCENT)


def decimals_format(decimals: int, unit: Unit) -> str:
    """Shows so many decimal places; of a fraction that stands for per cent, those of per cent."""
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    return digits + PER_CENT_SIGN if is_per_cent(unit) else digits


PER_CENT_SIGN = "%"


def shows_per_cent(number_format: str) -> bool:
    """Whether a cell of this format holds a fraction and shows it as per cent."""
    return number_format.endswith(PER_CENT_SIGN)


_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥"}


def with_currency(number_format: str, unit: Unit) -> str:
    """The format of a total: the currency at the left edge of the cell, so that digits stay below digits.

    Only for amounts whose unit begins with a currency as it is; a kEUR is no euro.
    """
    word, exponent = unit.words[0] if unit.words else ("", 0)
    if word not in CURRENCIES or exponent != 1:
        return number_format
    sign = f'"{_SIGNS.get(word, word)}"* '
    return f"{sign}{number_format};{sign}-{number_format}"
