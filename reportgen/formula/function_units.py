"""Functions whose units follow a rule of their own: `exp`, `ln`, `sqrt` and `payment`."""

from __future__ import annotations

from dataclasses import replace

from reportgen.formula import nodes as n
from reportgen.formula.fitting import Fitting, Typed
from reportgen.formula.mismatch import named
from reportgen.formula.syntax import Call
from reportgen.formula.units import PLAIN, Unit

_PERIODS: tuple[dict[str, int], ...] = ({}, {"calendar time": 1}, {"clock time": 1})
"""What a rate may be per: nothing, months or years, days or hours."""


class FunctionUnits(Fitting):
    """Makes nodes of calls whose arguments have been checked one by one."""

    def of_plain(self, function: n.Function, call: Call, value: Typed) -> Typed:
        if value.unit is not None and not value.unit.is_number:
            message = f"`{call.function}` takes a plain number; this is in {value.unit}"
            hint = f"divide by a quantity in {value.unit}: {call.function}(a / b)"
            raise self.refuse("RG402", message, value.span, hint)
        value = self.to_unit(value, PLAIN)
        return replace(value, node=n.Apply(function, (value.node,), call.span), span=call.span)

    def root(self, call: Call, value: Typed) -> Typed:
        """Of a plain number, or of a quantity in a square such as `m^2`."""
        square = (value.unit or PLAIN).tidy()
        if any(exponent % 2 for _, exponent in square.words):
            hint = "take the root of a plain number, or of a square such as m^2"
            raise self.refuse("RG402", f"{square} is no square of a unit", value.span, hint)
        node = n.Apply(n.Function.SQRT, (self.to_unit(value, square).node,), call.span)
        unit = Unit(tuple((word, exponent // 2) for word, exponent in square.words))
        return replace(value, node=node, unit=unit, span=call.span)

    def payment(self, call: Call, rate: Typed, count: Typed, principal: Typed) -> Typed:
        """The rate says how long a period is, in which one payment is made; the count counts periods."""
        per_period = (rate.unit or PLAIN / (count.unit or PLAIN)).tidy()
        period = PLAIN / per_period
        if period.dimension not in _PERIODS:
            message = f"the rate of a loan is a share per period; this is in {per_period}"
            raise self.refuse("RG402", message, rate.span, "give it a unit such as %/year or %/month")
        if count.unit is not None and not count.unit.fits(period):
            lead = "this is" if count.unit == PLAIN else "this is in"
            if period == PLAIN:
                message = f"the rate is a plain number, so the count is one too; {lead} {count.unit}"
                hint = "give the rate a unit such as %/year or %/month"
            else:
                message = f"the rate is per {period}, so the count is in {period} too; {lead} {named(count.unit)}"
                hint = f"give it a unit of time, for example 3 [{period}]"
            raise self.refuse("RG402", message, count.span, hint)
        arguments = (self.to_unit(rate, per_period).node, self.to_unit(count, period).node, principal.node)
        unit = (principal.unit or PLAIN) / period
        per_option = rate.per_option or count.per_option or principal.per_option
        return Typed(n.Apply(n.Function.PAYMENT, arguments, call.span), unit, call.span, per_option=per_option)
