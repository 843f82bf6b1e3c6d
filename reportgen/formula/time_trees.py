"""Trees about time: what flows in each step, what grows, what holds from a month on. All in months after the start."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.formula import nodes as n
from reportgen.formula.nodes import AxisRow, Function, Node, Reduction, Reference
from reportgen.formula.units import PLAIN, YEAR, Unit, parse_unit
from reportgen.source import NOWHERE, Span

MONTH = parse_unit("month")
MONTHS_IN_STEP = "months in step"
"""Of each step, how many of its months lie before the horizon."""

ZERO, ONE = n.Constant(0.0), n.Constant(1.0)
BEGIN, END, ELAPSED = n.Axis(AxisRow.BEGIN), n.Axis(AxisRow.END), n.Axis(AxisRow.ELAPSED)


def plus(left: Node, right: Node) -> Node:
    return n.Arithmetic("+", left, right)


def minus(left: Node, right: Node) -> Node:
    return left if right == ZERO else n.Arithmetic("-", left, right)


def times(left: Node, right: Node) -> Node:
    return n.Arithmetic("*", left, right)


def over(left: Node, right: Node) -> Node:
    return n.Arithmetic("/", left, right)


def least(*parts: Node) -> Node:
    return n.Apply(Function.MIN, parts)


def most(*parts: Node) -> Node:
    return n.Apply(Function.MAX, parts)


def total(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else n.Apply(Function.SUM, tuple(parts) or (ZERO,))


def scaled(node: Node, unit: Unit, other: Unit) -> Node:
    """A number in `unit`, in `other`, which fits it."""
    factors = unit.factors_to(other)
    return n.Convert(node, factors) if factors else node


def shared(name: str) -> Reference:
    """A name that has one number for all options, or one series."""
    return Reference(name, None, False)


def own(name: str) -> Reference:
    """A per-option name at the option that a tree is computed for."""
    return Reference(name, None, True)


def months_in_step(horizon: Node) -> Node:
    """The definition of MONTHS_IN_STEP."""
    return most(ZERO, minus(least(END, horizon), BEGIN))


def end_of_step() -> Node:
    """The end of a step, or the horizon within it."""
    return plus(BEGIN, shared(MONTHS_IN_STEP))


def active_months(begins: Node | None, until: Node | None) -> Node:
    """The months of a step in which something is active."""
    if begins is None and until is None:
        return shared(MONTHS_IN_STEP)
    end = end_of_step() if until is None else least(until, end_of_step())
    return most(ZERO, minus(end, BEGIN if begins is None else most(begins, BEGIN)))


def lies_in_step(month: Node) -> Node:
    """Whether a moment lies in a step."""
    return n.Logic("and", n.Comparison("<=", BEGIN, month), n.Comparison("<", month, end_of_step()))


def ends_in_step(horizon: Node) -> Node:
    """Whether the timeline ends with a step."""
    return n.Logic("and", n.Comparison("<", BEGIN, horizon), n.Comparison("<=", horizon, END))


def occurrences(every: Node, begins: Node | None, until: Node | None) -> Node:
    """How often something falls in a step that comes again `every` so many months after the beginning, never at the
    beginning and never at the end."""
    first = ZERO if begins is None else begins
    end = end_of_step() if until is None else least(until, end_of_step())
    by_end, before = (_periods(minus(at, first), every) for at in (end, BEGIN))
    return most(ZERO, n.Arithmetic("-", by_end, most(ONE, before)))


def _periods(months: Node, every: Node) -> Node:
    return n.Apply(Function.ROUND_UP, (over(months, every), ZERO))


def compounded(number: Node, share: Node, years: Node, period: Unit) -> Node:
    """A number that has grown by a share per `period` for some years."""
    return times(number, n.Arithmetic("^", plus(ONE, share), scaled(years, YEAR / period, PLAIN)))


def years_grown(begins: Node | None, *, yearly: bool) -> Node:
    """The years over which something has grown at the beginning of a step."""
    years: Node = ELAPSED
    if begins is not None:
        years = most(ZERO, scaled(minus(BEGIN, begins), MONTH, YEAR))
    return n.Apply(Function.ROUND_DOWN, (years, ZERO)) if yearly else years


def after(date: Node) -> Node:
    """Which share of a step lies after a date."""
    return most(ZERO, least(ONE, over(minus(END, date), minus(END, BEGIN))))


def changed(before: Node, old: Node, new: Node, share: Node) -> Node:
    """A number that has moved from one value to another by a share of the way."""
    return plus(before, times(minus(new, old), share))


def mean_months_since(date: Node) -> Node:
    """The months from a date to the beginning of each month of a step, on average; 0 for those before it.

    With x months at the last month of a step, those since the date add up to x(x + 1)/2; less the y(y + 1)/2 before the
    step this is (x - y)(x + y + 1)/2.
    """
    last, first = (most(ZERO, n.Arithmetic("-", minus(at, ONE), date)) for at in (END, BEGIN))
    total = times(n.Arithmetic("-", last, first), plus(plus(last, first), ONE))
    return over(over(total, n.Constant(2.0)), minus(END, BEGIN))


def discount_factor(share: Node, discounting: str) -> Node:
    """What an amount of a step counts less by, and one at the start as it is: (1 + rate)^-t, t in years to the start,
    the middle or the end of the step."""
    years: dict[str, Node] = {
        "start": ELAPSED,
        "middle": scaled(over(plus(BEGIN, END), n.Constant(2.0)), MONTH, YEAR),
        "end": scaled(END, MONTH, YEAR),
    }
    return n.Flow(ONE, n.Arithmetic("^", plus(ONE, share), n.Negate(years[discounting])))


def summed(
    series: str,
    weights: str | None = None,
    *,
    per_option: bool,
    weights_per_option: bool = False,
    span: Span = NOWHERE,
) -> Node:
    """A series or flow added up over the timeline, perhaps weighted."""
    by = None if weights is None else Reference(weights, None, weights_per_option, span)
    return n.Reduce(Reduction.SUM, Reference(series, None, per_option, span), by, None, span)
