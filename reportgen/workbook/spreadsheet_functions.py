"""The spreadsheet functions of our workbooks, called as formulas call them: `IF(COUNT(amounts).equals(0), "none", …)`.

Source of their meaning: Microsoft, "Excel functions (by category)"; where a reader's program may differ, the tests
compare them with two engines.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Sequence
from functools import reduce

import numpy as np

from reportgen.compute.internal_rate import internal_rate
from reportgen.compute.rounding import round_like_spreadsheets
from reportgen.formula.nodes import Function
from reportgen.workbook.expressions import Call, Cell, CellRange, Cells, Expression, Operand, expression
from reportgen.workbook.text import units
from reportgen.workbook.values import Block, CellError, Scalar, Value, arithmetic, is_number, number, order, text

Arguments = tuple[Expression, ...]
Make = Callable[..., Call]


def _function(name: str) -> Callable[[Callable[[Arguments, Cells], Value]], Make]:
    """A function of that name whose arguments may be constants; the decorated one evaluates it."""

    def decorated(evaluate: Callable[[Arguments, Cells], Value]) -> Make:
        def call(*arguments: Operand) -> Call:
            return Call(name, evaluate, tuple(map(expression, arguments)))

        return call

    return decorated


def _of_numbers(name: str, compute: Callable[..., float]) -> Make:
    """A function of single numbers."""
    return _function(name)(lambda arguments, cells: compute(*(number(each.value(cells)) for each in arguments)))


def _of_values(name: str, compute: Callable[[Iterator[Scalar]], Value]) -> Make:
    """A function of every value of its arguments, in ranges and outside of them."""
    return _function(name)(lambda arguments, cells: compute(_values(arguments, cells)))


def _values(arguments: Arguments, cells: Cells) -> Iterator[Scalar]:
    for each in arguments:
        found = each.value(cells)
        if isinstance(found, Block):
            yield from found
        elif isinstance(each, Cell | CellRange) or not isinstance(found, str):
            yield found
        else:
            raise CellError("#VALUE!")


def _numbers(values: Iterator[Scalar]) -> Iterator[float]:
    """Those of the values that are numbers: texts, truth values and empty cells do not count."""
    return (number(each) for each in values if is_number(each))


@_function("IF")
def IF(arguments: Arguments, cells: Cells) -> Value:
    condition, then, *otherwise = arguments
    if _truth(condition.value(cells)):
        return then.value(cells)
    return otherwise[0].value(cells) if otherwise else False


@_function("ISNUMBER")
def ISNUMBER(arguments: Arguments, cells: Cells) -> Value:
    try:
        found = arguments[0].value(cells)
    except CellError:
        return False
    return found.map(is_number) if isinstance(found, Block) else is_number(found)


@_function("N")
def N(arguments: Arguments, cells: Cells) -> Value:
    found = arguments[0].value(cells)
    return 0.0 if isinstance(found, str) else number(found)


@_function("NA")
def NA(arguments: Arguments, cells: Cells) -> Value:
    raise CellError("#N/A")


@_function("ABS")
def ABS(arguments: Arguments, cells: Cells) -> Value:
    found = arguments[0].value(cells)
    return found.map(lambda each: abs(number(each))) if isinstance(found, Block) else abs(number(found))


@_function("SUMPRODUCT")
def SUMPRODUCT(arguments: Arguments, cells: Cells) -> Value:
    factors = (_texts_as_nothing(each.value(cells)) for each in arguments)
    product = reduce(lambda one, other: arithmetic("*", one, other), factors)
    return _added(_numbers(iter(product))) if isinstance(product, Block) else number(product)


def _texts_as_nothing(value: Value) -> Value:
    return value.map(lambda each: each if is_number(each) else 0.0) if isinstance(value, Block) else value


@_function("COUNTIF")
def COUNTIF(arguments: Arguments, cells: Cells) -> Value:
    found, criterion = arguments[0].value(cells), arguments[1].value(cells)
    assert not isinstance(criterion, Block)
    holds = _criterion(criterion)
    return float(sum(map(holds, found if isinstance(found, Block) else (found,))))


@_function("SUMIF")
def SUMIF(arguments: Arguments, cells: Cells) -> Value:
    found, criterion, amounts = (each.value(cells) for each in arguments)
    assert isinstance(found, Block) and isinstance(amounts, Block) and not isinstance(criterion, Block)
    holds = _criterion(criterion)
    return _added(_numbers(amount for each, amount in zip(found, amounts, strict=True) if holds(each)))


@_function("INDEX")
def INDEX(arguments: Arguments, cells: Cells) -> Value:
    found, *places = (each.value(cells) for each in arguments)
    rows = found.rows if isinstance(found, Block) else ((found,),)
    place = [int(number(each)) for each in places]
    if len(place) == 1:
        place = [1, *place] if len(rows) == 1 else [*place, 1]
    row, column = place
    if not (1 <= row <= len(rows) and 1 <= column <= len(rows[0])):
        raise CellError("#REF!")
    return rows[row - 1][column - 1]


@_function("MATCH")
def MATCH(arguments: Arguments, cells: Cells) -> Value:
    wanted, found, kind = (each.value(cells) for each in arguments)
    assert not isinstance(wanted, Block)
    values = list(found) if isinstance(found, Block) else [found]
    if kind == 0:
        exact = [at for at, each in enumerate(values, 1) if each is not None and order(each, wanted) == 0]
        at = exact[0] if exact else 0
    else:
        at = sum(1 for each in values if each is not None and order(each, wanted) <= 0)
    if not at:
        raise CellError("#N/A")
    return float(at)


@_function("FIXED")
def FIXED(arguments: Arguments, cells: Cells) -> Value:
    value, digits = (number(each.value(cells)) for each in arguments)
    return f"{_rounded(Function.ROUND)(value, digits) + 0.0:,.{max(0, int(digits))}f}"


@_function("LEN")
def LEN(arguments: Arguments, cells: Cells) -> Value:
    return float(units(text(arguments[0].value(cells))))


@_function("SMALL")
def SMALL(arguments: Arguments, cells: Cells) -> Value:
    found = sorted(_numbers(_values(arguments[:1], cells)))
    at = int(number(arguments[1].value(cells)))
    if not 1 <= at <= len(found):
        raise CellError("#NUM!")
    return found[at - 1]


@_function("IRR")
def IRR(arguments: Arguments, cells: Cells) -> Value:
    amounts = list(_numbers(_values(arguments[:1], cells)))  # a guess after them changes nothing
    rate = internal_rate(amounts, 1.0).rate
    if rate is None:
        raise CellError("#NUM!")
    return rate


@_function("ROWS")
def ROWS(arguments: Arguments, cells: Cells) -> Value:
    area = _range(arguments[0]).area
    return float(area.bottom - area.top + 1)


@_function("ROW")
def ROW(arguments: Arguments, cells: Cells) -> Value:
    return float(_range(arguments[0]).area.top)


@_function("COLUMNS")
def COLUMNS(arguments: Arguments, cells: Cells) -> Value:
    area = _range(arguments[0]).area
    return float(area.right - area.left + 1)


def _range(argument: Expression) -> CellRange:
    if isinstance(argument, Cell):
        return CellRange(argument, argument)
    assert isinstance(argument, CellRange), "a range"
    return argument


def _rounded(function: Function) -> Callable[[float, float], float]:
    return lambda value, digits: float(round_like_spreadsheets(function, np.array([value]), int(digits))[0])


def _criterion(criterion: Scalar) -> Callable[[Scalar], bool]:
    """Whether a cell counts for COUNTIF and SUMIF: equal to the criterion, or as its comparison sign says."""
    sign = next((each for each in (">=", "<=", "<>", ">", "<", "=") if text(criterion).startswith(each)), "")
    if not sign:
        return lambda each: each is not None and order(each, criterion) == 0
    bound = float(text(criterion)[len(sign) :])
    holds = {">=": bound.__le__, "<=": bound.__ge__, ">": bound.__lt__, "<": bound.__gt__}[sign]
    return lambda each: is_number(each) and holds(number(each)) is True


def _added(numbers: Iterator[float]) -> float:
    """One after the other, as spreadsheets and the program add; Python's own `sum` differs from version to version."""
    return reduce(operator.add, numbers, 0.0)


def _truth(value: Value) -> bool:
    return bool(number(value))


def _finite(compute: Callable[[float], float]) -> Callable[[float], float]:
    """A function of Python's mathematics, with an error value where it has no value."""

    def computed(value: float) -> float:
        try:
            return compute(value)
        except (ValueError, OverflowError) as error:
            raise CellError("#NUM!") from error

    return computed


def any_of(conditions: Sequence[Expression]) -> Expression:
    """One condition as it is, several of which one has to hold."""
    return conditions[0] if len(conditions) == 1 else OR(*conditions)


AND = _of_values("AND", lambda values: all(map(_truth, values)))
OR = _of_values("OR", lambda values: any(map(_truth, values)))
NOT = _of_numbers("NOT", lambda value: not value)
SUM = _of_values("SUM", lambda values: _added(_numbers(values)))
MIN = _of_values("MIN", lambda values: min(_numbers(values), default=0.0))
MAX = _of_values("MAX", lambda values: max(_numbers(values), default=0.0))
COUNT = _of_values("COUNT", lambda values: float(sum(1 for _ in _numbers(values))))
COUNTA = _of_values("COUNTA", lambda values: float(sum(each is not None for each in values)))
ROUND = _of_numbers("ROUND", _rounded(Function.ROUND))
ROUNDUP = _of_numbers("ROUNDUP", _rounded(Function.ROUND_UP))
ROUNDDOWN = _of_numbers("ROUNDDOWN", _rounded(Function.ROUND_DOWN))
INT = _of_numbers("INT", lambda value: float(math.floor(value)))
SIGN = _of_numbers("SIGN", lambda value: float((value > 0) - (value < 0)))
LOG10 = _of_numbers("LOG10", _finite(math.log10))
EXP = _of_numbers("EXP", _finite(math.exp))
LN = _of_numbers("LN", _finite(math.log))
SQRT = _of_numbers("SQRT", _finite(math.sqrt))
