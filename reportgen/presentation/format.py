"""Numbers, amounts and dates as readers see them, in their locale, rounded half up as spreadsheets round.

Numbers are rounded from their 15 significant digits, so that 2.675 shows as 2.68 here as it does in Excel. How many
decimals stand beside each other is one decision for a row or a table (`result_decimals`, `input_decimals`); a number
so small that it would show as zero takes more of them, because a price is never shown as nothing. A locale is written
`de_AT` or `de-AT`.
"""

from __future__ import annotations

import re
from datetime import date as Date  # noqa: N812 - `date` is the formatter here
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from babel.numbers import format_currency, format_decimal, format_percent

from reportgen.compute.digits import enough_decimals, result_decimals, share_decimals
from reportgen.formula.units import CURRENCIES, PERCENT, Unit
from reportgen.presentation.words import message, parsed_locale, words_of

LOCALE = "en"
NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
TIMES = "\N{MULTIPLICATION SIGN}"

_LETTER_BEFORE_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)")
"""Where a currency that is written in letters has a space, also in locales whose signs stand without one (CLDR's
`currencySpacing`)."""

_TIMES = frozenset((message("year"), message("quarter"), message("month"), message("week"), message("day")))
"""Units of time that have a word in every language; `h`, `min` and `s` are signs. All other units are the model's."""
_PER = {
    "year": message("per year"),
    "quarter": message("per quarter"),
    "month": message("per month"),
    "week": message("per week"),
    "day": message("per day"),
    "h": message("per h"),
    "min": message("per min"),
    "s": message("per s"),
}

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
"""Half up as Excel rounds, with room for the digits of any number: those of the largest stand before the point."""


def number(value: float, decimals: int, locale: str = LOCALE) -> str:
    """A number without its unit: `1,234.50`."""
    exact, places = _exact(value, decimals)
    parsed = parsed_locale(locale)
    whole = parsed.decimal_formats[None].pattern.partition(".")[0]
    with localcontext(_EXACT):
        return _minus(format_decimal(exact, format=whole + _places(places), locale=parsed))


def percent(value: float, decimals: int, locale: str = LOCALE) -> str:
    """A number in per cent with its sign: 60.7 becomes `60.7%`. Only what is the whole is shown as 100 %."""
    exact, places = _exact(value, decimals)
    places = share_decimals(value, places)
    parsed = parsed_locale(locale)
    pattern = re.sub(r"0(?=\D|$)", "0" + _places(places), parsed.percent_formats[None].pattern)
    with localcontext(_EXACT):
        return _minus(format_percent(exact.scaleb(-2), format=pattern, locale=parsed))


def factor(value: float, decimals: int, locale: str = LOCALE) -> str:
    """How many times something is: `2.4×`."""
    return number(value, decimals, locale) + TIMES


def money(value: float, currency: str, decimals: int, locale: str = LOCALE) -> str:
    """An amount with its currency, an ISO 4217 code, as the locale writes it: `€1,234.50`."""
    exact, places = _exact(value, decimals)
    parsed = parsed_locale(locale)
    pattern = re.sub(r"0\.0+", "0" + _places(places), parsed.currency_formats["standard"].pattern)
    with localcontext(_EXACT):
        text = format_currency(exact, currency, format=pattern, locale=parsed, currency_digits=False)
    return _minus(_LETTER_BEFORE_DIGIT.sub(NO_BREAK, text))


def quantity(value: float, unit: Unit, decimals: int | None = None, locale: str = LOCALE) -> str:
    """A number with its unit: `60.7%`, `€6.50 per seat per month`, `3 years`, `45 s/run`; decimals by its size unless
    given."""
    places = result_decimals((value,), unit) if decimals is None else decimals
    amount, rest = amount_and_rest(value, unit, places, locale)
    if _currency_above(unit) is not None:
        return f"{amount} {rest}".strip()
    return _period(amount, unit, locale) or f"{amount}{NO_BREAK}{rest}".strip()


def amount_and_rest(value: float, unit: Unit, decimals: int, locale: str = LOCALE) -> tuple[str, str]:
    """The number with its currency or per cent sign, and what is left of the unit in words (`per year`)."""
    if unit == PERCENT:
        return percent(value, decimals, locale), ""
    currency = _currency_above(unit)
    if currency is None:
        return number(value, decimals, locale), unit_text(unit, locale)
    return money(value, currency, decimals, locale), _per_text(unit, locale)


def plain_quantity(value: float, unit: Unit, decimals: int, locale: str = LOCALE) -> str:
    """A table's number, whose unit stands in a column of its own; only per cent carries its sign."""
    return percent(value, decimals, locale) if unit == PERCENT else number(value, decimals, locale)


def unit_text(unit: Unit, locale: str = LOCALE) -> str:
    """A unit as a column of a table shows it: `EUR/FTE/year`, `FTE·month`; nothing for a plain number."""
    words = words_of(locale)
    text = str(Unit(tuple((words.gettext(word) if word in _TIMES else word, power) for word, power in unit.words)))
    return "" if text == "1" else text.replace("*", "·")


def date(day: Date, locale: str = LOCALE) -> str:
    """A day written out: `June 30, 2026`."""
    from babel.dates import format_date  # brings the time zones of the world

    return format_date(day, "long", locale=parsed_locale(locale))


def _period(amount: str, unit: Unit, locale: str) -> str:
    """A length of time in words, "" where the unit is another one; nothing is broken at its end."""
    ((word, power),) = unit.words if len(unit.words) == 1 else (("", 0),)
    count, ngettext = 1 if amount == number(1, 0, locale) else 2, words_of(locale).ngettext
    match word if power == 1 else "":
        case "year":
            text = ngettext("{amount} year", "{amount} years", count, amount=amount)
        case "quarter":
            text = ngettext("{amount} quarter", "{amount} quarters", count, amount=amount)
        case "month":
            text = ngettext("{amount} month", "{amount} months", count, amount=amount)
        case "week":
            text = ngettext("{amount} week", "{amount} weeks", count, amount=amount)
        case "day":
            text = ngettext("{amount} day", "{amount} days", count, amount=amount)
        case _:
            text = ""
    return text.replace(" ", NO_BREAK)


def is_money(unit: Unit) -> bool:
    """Whether amounts in this unit are paid; kilograms are not."""
    return _currency_above(unit) is not None


def _currency_above(unit: Unit) -> str | None:
    """The currency of a unit that is an amount of money, per whatever."""
    above = [(word, exponent) for word, exponent in unit.words if exponent > 0]
    return above[0][0] if len(above) == 1 and above[0][1] == 1 and above[0][0] in CURRENCIES else None


def _per_text(unit: Unit, locale: str) -> str:
    words = words_of(locale)
    below = [(word if exponent == -1 else f"{word}^{-exponent}") for word, exponent in unit.words if exponent < 0]
    return " ".join(
        words.gettext(_PER[word]) if word in _PER else words.gettext("per {unit}", unit=word) for word in below
    )


def _exact(value: float, decimals: int) -> tuple[Decimal, int]:
    """The 15 digits of a number, and the places it is shown with: two digits at least of what is not zero."""
    return Decimal(f"{value:.15g}") if value else Decimal(0), enough_decimals(value, decimals)


def _places(decimals: int) -> str:
    return "." + "0" * decimals if decimals > 0 else ""


def _minus(text: str) -> str:
    return text.replace("-", MINUS, 1)
