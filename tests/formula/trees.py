"""Random formulas: as trees, and printed with every bracket that could be needed."""

from __future__ import annotations

from hypothesis import strategies as st

from reportgen.formula.syntax import Binary, Call, Name, Number, Syntax, Unary
from reportgen.source import Span

NOWHERE = Span(0, 0)
ARITHMETIC = ("+", "-", "*", "/", "^")
COMPARISONS = ("<", "<=", ">", ">=")
CALLED = (
    *("min", "if", "lookup", "net", "overage", "charge", "exp", "sqrt", "payment", "anything"),
    *("previous", "sum_over_time", "at", "last", "present_value", "straight_line"),
    "internal_rate_of_return",
)
NAMES = (
    ("a",),
    ("b_2",),
    ("total", "hosted"),
    ("infra", "servers", "self_run"),
    ("total", "*"),
    ("use",),
    ("running",),
    ("period",),
)


def number(value: float, unit: str | None = None) -> Number:
    return Number(value, unit, None, NOWHERE)


def name(*parts: str) -> Name:
    return Name(parts, NOWHERE)


def unary(operator: str, operand: Syntax) -> Unary:
    return Unary(operator, operand, NOWHERE)


def binary(operator: str, left: Syntax, right: Syntax) -> Binary:
    return Binary(operator, left, right, NOWHERE, NOWHERE)


def call(function: str, *arguments: Syntax) -> Call:
    return Call(function, arguments, NOWHERE, NOWHERE)


_leaves: st.SearchStrategy[Syntax] = st.one_of(
    st.builds(
        number,
        st.just(0.0) | st.floats(1e-30, 1e15) | st.integers(0, 10**12).map(float),
        st.sampled_from((None, "%", "EUR/month", "kW")),
    ),
    st.sampled_from(NAMES).map(lambda parts: name(*parts)),
)


def _inner(parts: st.SearchStrategy[Syntax]) -> st.SearchStrategy[Syntax]:
    return st.one_of(
        st.builds(unary, st.sampled_from(("-", "not")), parts),
        st.builds(binary, st.sampled_from((*ARITHMETIC, *COMPARISONS, "and", "or")), parts, parts),
        st.builds(
            lambda function, arguments: call(function, *arguments),
            st.sampled_from(CALLED),
            st.lists(parts, max_size=4),
        ),
    )


trees = st.recursive(_leaves, _inner, max_leaves=25)


def printed(tree: Syntax) -> str:
    """The formula with brackets around every part of a part."""
    match tree:
        case Number(value, None):
            return f"{value!r}"
        case Number(value, "%"):
            return f"{value!r}%"
        case Number(value, unit):
            return f"{value!r} [{unit}]"
        case Name():
            return str(tree)
        case Unary(operator, operand):
            return f"{operator} ({printed(operand)})"
        case Binary(operator, left, right):
            return f"({printed(left)}) {operator} ({printed(right)})"
        case Call(function, arguments):
            return f"{function}({', '.join(map(printed, arguments))})"


def depth(tree: Syntax) -> int:
    """How deep the brackets of the printed formula go."""
    match tree:
        case Number() | Name():
            return 0
        case Unary(_, operand):
            return 2 + depth(operand)
        case Binary(_, left, right):
            return 2 + max(depth(left), depth(right))
        case Call(_, arguments):
            return 1 + max(map(depth, arguments), default=0)
