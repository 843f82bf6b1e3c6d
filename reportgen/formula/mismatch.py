"""Two units that do not fit: which problem that is, and what would bring them together."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from reportgen.formula.scope import Quantity
from reportgen.formula.syntax import Binary, Call, Name, Number, Syntax, Unary
from reportgen.formula.units import PLAIN, Unit


def named(unit: Unit) -> str:
    """A unit as messages call it."""
    return "a plain number" if unit == PLAIN else str(unit)


def code_of(actual: Unit, wanted: Unit) -> str:
    """RG403 where only the currencies differ, RG402 otherwise."""
    if not actual.currencies or not wanted.currencies:
        return "RG402"
    return "RG403" if _without_currency(actual) == _without_currency(wanted) else "RG402"


def hint_for(actual: Unit, wanted: Unit, syntax: Syntax, text: str, assumptions: Iterable[Quantity]) -> str:
    """What to do about `syntax`, which is in `actual` and should be in `wanted`; `text` is the whole source."""
    literal = _bare_number(syntax)
    if actual.is_number and literal is not None:
        return f"a number takes its unit in brackets: {text[literal.span.start : literal.span.end]} [{wanted}]"
    return _bridge(actual, wanted, assumptions) or _spelling(actual, wanted) or _exchange(actual, wanted)


def _without_currency(unit: Unit) -> dict[str, int]:
    return {word: exponent for word, exponent in unit.dimension.items() if word not in unit.currencies}


def _bare_number(syntax: Syntax) -> Number | None:
    """The first number without a unit that is a term or a factor of the whole."""
    pending = [syntax]
    while pending:
        match pending.pop():
            case Number(_, None) as number:
                return number
            case Unary("-", operand):
                pending.append(operand)
            case Binary("+" | "-" | "*" | "/", left, right):
                pending += (right, left)
            case Number() | Name() | Unary() | Binary() | Call():
                pass
    return None


def _bridge(actual: Unit, wanted: Unit, assumptions: Iterable[Quantity]) -> str:
    """The assumption by which the quantity would have to be multiplied or divided."""
    missing, excess = (wanted / actual).dimension, (actual / wanted).dimension
    for quantity in assumptions:
        if quantity.unit.is_number:
            continue
        if quantity.unit.dimension == missing:
            return f"multiply by `{quantity.name}` ({quantity.unit})?"
        if quantity.unit.dimension == excess:
            return f"divide by `{quantity.name}` ({quantity.unit})?"
    return ""


def _spelling(actual: Unit, wanted: Unit) -> str:
    """`seats` and `seat`, `eur` and `EUR`: words that differ where one of them was meant."""
    differing = (actual / wanted).dimension
    above = [word for word, exponent in differing.items() if exponent > 0]
    below = [word for word, exponent in differing.items() if exponent < 0]
    if len(above) != 1 or len(below) != 1 or code_of(actual, wanted) == "RG403":
        return ""
    if difflib.SequenceMatcher(None, above[0].casefold(), below[0].casefold()).ratio() < 0.75:
        return ""
    return f"`{above[0]}` and `{below[0]}` are two different units; if one is meant, spell it one way"


def _exchange(actual: Unit, wanted: Unit) -> str:
    if code_of(actual, wanted) != "RG403":
        return ""
    rate = f"{next(iter(actual.currencies))}/{next(iter(wanted.currencies))}"
    return f"declare an exchange rate in {rate} as an assumption and divide by it"
