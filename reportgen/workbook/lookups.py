"""What a table says of a number, by its method, as an expression. `seen` is how the formula refers to cells."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.expressions import Expression

Seen = Callable[[Address | Area], Expression]


def step(seen: Seen, starts: Area, results: Area, argument: Expression) -> Expression:
    """The number of the last row that begins at or below the argument."""
    return _picked(seen, results, f.MATCH(argument, seen(starts), 1.0))


def _picked(seen: Seen, area: Area, place: Expression) -> Expression:
    """A number of a row or a column by its place."""
    numbers = seen(area)
    return f.INDEX(numbers, 1.0, place) if area.across else f.INDEX(numbers, place)


def charge(seen: Seen, starts: Area, prices: Area, usage: Expression) -> Expression:
    """All usage at the first price, and what lies beyond the start of each band at what its price differs from that
    of the band before; no negative usage."""
    charge = usage * seen(Address(prices.sheet, prices.top, prices.left))
    if starts.several:
        start, price, before = map(seen, (starts.without_first, prices.without_first, prices.without_last))
        charge = charge + f.SUMPRODUCT((usage > start) * (usage - start) * (price - before))
    return f.IF(usage >= 0.0, charge, f.NA())


def line(seen: Seen, starts: Area, results: Area, argument: Expression) -> Expression:
    """The one of all lines between rows that begins at the row found (the last but one at the end)."""
    every = seen(starts)
    found = f.MATCH(argument, every, 1.0)
    lower, upper = seen(starts.without_last), seen(starts.without_first)
    low, high = seen(results.without_last), seen(results.without_first)
    count = f.COLUMNS(lower) if starts.across else f.ROWS(lower)
    here = lower.equals(_picked(seen, starts, f.MIN(found, count)))
    line = low + (high - low) * (argument - lower) / (upper - lower)
    return f.IF(argument <= f.MAX(every), f.SUMPRODUCT(here * line), f.NA())
