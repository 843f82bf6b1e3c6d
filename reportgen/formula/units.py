"""Units: what they are made of, whether two fit, and by which visible factors one becomes the other.

A unit is a product of words with whole exponents: `EUR/FTE/year` is EUR^1 FTE^-1 year^-1. Each word is a
multiple of one dimension, but for `Wh`, which is a watt for an hour and fits `W*h`:

- a currency (ISO 4217) is a dimension of its own, never another currency;
- `month`, `quarter` and `year` are one dimension, `s`, `min`, `h`, `day` and `week` another: how many
  hours a month has is an assumption of the author's, not of this module; other spellings (`months`, `hour`)
  are refused, because a cost per `months` would silently be no cost per time at all;
- `%` is 0.01 of a plain number, `1`;
- `g`, `W`, `Wh`, `B`, `b` and `Hz` take the prefixes m, k, M, G, T and P (`kg`, `TB`, `mW`); `t` is 1,000 kg;
- any other word is its own dimension, with the prefixes k, M and G (`Mtoken`, `kEUR`).

Words are kept as written, not folded into one scale, so that a mismatch can name both sides as their
authors wrote them and a conversion shows as `/12/100` rather than `*0.000833`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())
"""Source: ISO 4217, active codes of states and currency unions."""

_PREFIXES = {"k": Fraction(10**3), "M": Fraction(10**6), "G": Fraction(10**9)}
_SYMBOL_PREFIXES = {**_PREFIXES, "m": Fraction(1, 10**3), "T": Fraction(10**12), "P": Fraction(10**15)}
"""Source: BIPM, "The International System of Units", 9th edition, table 7."""
_FIXED = {
    "month": ("calendar time", Fraction(1)),
    "quarter": ("calendar time", Fraction(3)),
    "year": ("calendar time", Fraction(12)),
    "s": ("clock time", Fraction(1)),
    "min": ("clock time", Fraction(60)),
    "h": ("clock time", Fraction(3_600)),
    "day": ("clock time", Fraction(86_400)),
    "week": ("clock time", Fraction(604_800)),
    "%": ("", Fraction(1, 100)),
    "t": ("g", Fraction(10**6)),
}
_SYMBOLS = frozenset(("g", "W", "Wh", "B", "b", "Hz"))
_TIMES = {
    "month": ("months", "Month", "mo", "mth"),
    "quarter": ("quarters", "qtr"),
    "year": ("years", "Year", "yr", "yrs", "annum"),
    "s": ("second", "seconds", "sec", "secs"),
    "min": ("minute", "minutes", "mins"),
    "h": ("hour", "hours", "hr", "hrs"),
    "day": ("days", "Day"),
    "week": ("weeks", "wk"),
}
OTHER_SPELLINGS = {other: word for word, others in _TIMES.items() for other in others}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "²": "^2", "³": "^3", ".": "*", "×": "*"}
MAX_EXPONENT = 9
"""Of all words of one dimension together; conversion factors stay finite below it."""


class UnitError(ValueError):
    """`offset` is where in the unit's text the reader stopped."""

    def __init__(self, message: str, offset: int, length: int = 1, hint: str = "") -> None:
        super().__init__(message)
        self.offset = offset
        self.length = length
        self.hint = hint


Meaning = tuple[tuple[str, Fraction], ...]


@lru_cache(maxsize=4096)
def _meaning(word: str) -> Meaning:
    """The dimensions a word belongs to, nearly always one, and how much of each one of the word is."""
    if word in _FIXED:
        return (_FIXED[word],)
    prefix, rest = word[:1], word[1:]
    if word == "Wh" or (rest == "Wh" and prefix in _SYMBOL_PREFIXES):
        return *_meaning(word.removesuffix("h")), _FIXED["h"]
    if rest in _SYMBOLS and prefix in _SYMBOL_PREFIXES:
        return ((rest, _SYMBOL_PREFIXES[prefix]),)
    known = rest in CURRENCIES or (len(rest) >= 3 and rest[:1].islower())
    if word not in CURRENCIES and prefix in _PREFIXES and known and rest not in _FIXED:
        return ((rest, _PREFIXES[prefix]),)
    return ((word, Fraction(1)),)


@dataclass(frozen=True, slots=True)
class Unit:
    """Words with their exponents, in the order they were met; `Unit()` is a plain number."""

    words: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        above = "*".join(_power(word, exponent) for word, exponent in self.words if exponent > 0)
        below = "".join("/" + _power(word, -exponent) for word, exponent in self.words if exponent < 0)
        return (above or "1") + below

    def __mul__(self, other: Unit) -> Unit:
        return _unit(_added(self.words, other.words))

    def __truediv__(self, other: Unit) -> Unit:
        return self * other**-1

    def __pow__(self, exponent: int) -> Unit:
        return _unit((word, each * exponent) for word, each in self.words)

    @property
    def dimension(self) -> dict[str, int]:
        return _dimension(self)

    @property
    def is_number(self) -> bool:
        """Whether it is a plain number, perhaps of another scale (`%`, `s/h`)."""
        return not self.dimension

    @property
    def currencies(self) -> dict[str, int]:
        return {name: exponent for name, exponent in self.dimension.items() if name in CURRENCIES}

    @property
    def is_extreme(self) -> bool:
        """Whether a dimension's exponents add up to more than any real quantity has."""
        sums: dict[str, int] = {}
        for word, exponent in self.words:
            for name, _ in _meaning(word):
                sums[name] = sums.get(name, 0) + abs(exponent)
        return any(total > MAX_EXPONENT for total in sums.values())

    def fits(self, other: Unit) -> bool:
        return self.words == other.words or self.dimension == other.dimension

    def factors_to(self, other: Unit) -> tuple[Fraction, ...]:
        """What a number in this unit is multiplied by, factor by factor, to be in `other`; () for nothing.

        Each factor is a whole number or one over a whole number wherever the units allow it.
        """
        ratios: dict[str, Fraction] = {}
        for word, exponent in _added(self.words, (other**-1).words):
            for dimension, scale in _meaning(word) if exponent else ():
                ratios[dimension] = ratios.get(dimension, Fraction(1)) * scale**exponent
        return tuple(ratio for ratio in ratios.values() if ratio != 1)

    def convert(self, number: float, other: Unit) -> float:
        """A number in this unit, in `other`, which it fits."""
        for factor in self.factors_to(other):
            number = number * factor.numerator / factor.denominator
        return number

    def tidy(self) -> Unit:
        """The same without `%` and with one word per dimension: what rounding needs to mean something."""
        named: dict[str, set[str]] = {}
        for word, _ in self.words:
            for dimension, _ in _meaning(word):
                named.setdefault(dimension, set()).add(word)
        first: dict[str, str] = {}
        whole: list[tuple[str, int]] = []
        for word, exponent in self.words:
            dimensions = [dimension for dimension, _ in _meaning(word)]
            if len(dimensions) > 1 and all(named[each] == {word} for each in dimensions):
                whole.append((word, exponent))  # `kWh` stays what it is where nothing else counts power or hours
            elif len(dimensions) > 1:
                first.setdefault(dimensions[0], word.removesuffix("h"))
                first.setdefault(dimensions[1], "h")
            else:
                first.setdefault(dimensions[0], word)
        return _unit([*whole, *((first[name], each) for name, each in self.dimension.items() if name in first)])


PLAIN = Unit()
PERCENT = Unit((("%", 1),))


@lru_cache(maxsize=4096)
def _dimension(unit: Unit) -> dict[str, int]:
    sums: dict[str, int] = {}
    for word, exponent in unit.words:
        for name, _ in _meaning(word):
            sums[name] = sums.get(name, 0) + exponent
    return {name: exponent for name, exponent in sums.items() if name and exponent}


def _added(left: Iterable[tuple[str, int]], right: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    sums = dict(left)
    for word, exponent in right:
        sums[word] = sums.get(word, 0) + exponent
    yield from sums.items()


def _unit(words: Iterable[tuple[str, int]]) -> Unit:
    return Unit(tuple((word, exponent) for word, exponent in words if exponent))


def _power(word: str, exponent: int) -> str:
    return word if exponent == 1 else f"{word}^{exponent}"


_TOKEN = re.compile(r"\s*(?:(?P<word>%|[^\W\d_²³][^\W²³]*)|(?P<number>\d+)|(?P<sign>[*/^()·]))")


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """Read `EUR/FTE/year`, `USD/Mtoken`, `h/month`, `EUR/(run*month)`, `m^2`, `%` or `1`.

        unit   = factor { ("*" | "·" | "/") factor }          one after the other, from the left
        factor = word [ "^" digits ] | "1" | "(" unit ")"

    Raises UnitError.
    """
    tokens = _tokens(text)
    unit, position = _product(tokens, 0, 0)
    if tokens[position][0]:
        surplus, offset = tokens[position]
        raise UnitError(f"`{surplus}` is not expected here", offset, len(surplus))
    if unit.is_extreme:
        raise UnitError(f"an exponent is larger than {MAX_EXPONENT}", 0, len(text))
    return unit


def _tokens(text: str) -> list[tuple[str, int]]:
    if len(text) > 120:
        raise UnitError("a unit is at most 120 characters long", 0, len(text))
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            sign = text[at]
            hint = f"write {_SIGNS[sign]}" if sign in _SIGNS else ""
            raise UnitError(f"`{sign}` is not allowed in a unit", at, hint=hint)
        found.append((match.group().strip(), match.end() - len(match.group().strip())))
        at = match.end()
    return [*found, ("", len(text))]


def _product(tokens: list[tuple[str, int]], position: int, depth: int) -> tuple[Unit, int]:
    unit, position = _factor(tokens, position, depth)
    while tokens[position][0] in ("*", "·", "/") and tokens[position][0]:
        sign = tokens[position][0]
        factor, position = _factor(tokens, position + 1, depth)
        unit = unit / factor if sign == "/" else unit * factor
    return unit, position


def _factor(tokens: list[tuple[str, int]], position: int, depth: int) -> tuple[Unit, int]:
    text, offset = tokens[position]
    if text == "(" and depth < 8:
        unit, position = _product(tokens, position + 1, depth + 1)
        if tokens[position][0] != ")":
            raise UnitError("a bracket is not closed", offset)
    elif text == "1":
        unit = PLAIN
    elif text in OTHER_SPELLINGS:
        word = OTHER_SPELLINGS[text]
        raise UnitError(f"`{text}` is written `{word}`", offset, len(text), f"write {word}")
    elif text.isdigit():
        raise UnitError(f"`{text}` is no unit word", offset, len(text), "numbers belong into the value")
    elif text == "%" or text[:1].isalpha():
        unit = Unit(((text, 1),))
    else:
        message = f"a unit word is missing before `{text}`" if text else "a unit word is missing here"
        raise UnitError(message, offset, max(1, len(text)))
    position += 1
    if tokens[position][0] == "^":
        exponent = tokens[position + 1][0]
        if not exponent.isdigit() or len(exponent) > 2:
            raise UnitError("a whole exponent is missing after ^", tokens[position + 1][1])
        return unit ** int(exponent), position + 2
    return unit, position


YEAR = parse_unit("year")
PER_YEAR = parse_unit("1/year")


def yearly_share(unit: Unit) -> Unit | None:
    """What a discount rate in this unit is converted to for a share per year, which may go without its year: 0.08 is
    8 %/year. None for a unit that no discount rate has."""
    return next((each for each in (PLAIN, PER_YEAR) if unit.fits(each)), None)
