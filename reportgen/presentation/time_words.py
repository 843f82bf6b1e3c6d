"""What is said of time: months, the horizon, and what a total of categories adds up."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - `date` is the formatter elsewhere

from reportgen.compute.digits import input_decimals
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, Unit, parse_unit
from reportgen.model.inputs import HORIZON
from reportgen.model.model import END, Assumption
from reportgen.model.timeline import AVERAGE, SUM
from reportgen.presentation.format import percent, quantity
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.words import parsed_locale

_A_YEAR = parse_unit("%/year")


def month_text(cells: Cells, assumption: Assumption, value: float) -> str:
    """The month that an input in months after the start says, `April 2027`; "" where it is none, or says a part of
    one."""
    timeline = cells.model.timeline
    if timeline is None or not timeline.dated or not assumption.moment or value != round(value):
        return ""
    return month(cells, timeline.start + round(value) - (assumption.moment == END))


def month(cells: Cells, months: int) -> str:
    """A month since the year 0, written out."""
    from babel.dates import format_skeleton  # brings the time zones of the world

    day = Date(months // 12, months % 12 + 1, 1)
    return format_skeleton("yMMMM", day, locale=parsed_locale(cells.locale))


def horizon_text(cells: Cells) -> str:
    """The period that the model is about, "" where it has none."""
    key = Key(HORIZON)
    if key not in cells.results.values:
        return ""
    value, unit = cells.results.values[key], cells.model.quantities[HORIZON].unit
    return quantity(value, unit, input_decimals((value,), unit), cells.locale)


def rate_text(cells: Cells, value: float, unit: Unit) -> str:
    """A rate of growth or discount: `3% per year`."""
    if unit == _A_YEAR:
        shown = percent(value, input_decimals((value,), PERCENT), cells.locale)
        return cells.gettext("{rate} per year", rate=shown)
    return quantity(value, unit, input_decimals((value,), unit), cells.locale)


def rate_of(cells: Cells, name: str) -> str:
    """An input's rate; "" where each option has its own."""
    quantity_ = cells.model.quantities[name]
    return "" if quantity_.per_option else rate_text(cells, cells.results.values[Key(name)], quantity_.unit)


def total_text(cells: Cells, name: str) -> str:
    """What a total of categories is; "" for one by a formula, and for the average of what is the same all the time."""
    total = cells.model.of_totals.get(name)
    if total is None or (total.kind == AVERAGE and not cells.results.courses):
        return ""
    period = horizon_text(cells)
    if total.kind == SUM:
        return cells.gettext("over {period}", period=period)
    if total.kind == AVERAGE:
        return cells.gettext("on average over {period}", period=period)
    rate = rate_of(cells, total.rate)
    return (
        cells.gettext("present value at {rate}, over {period}", rate=rate, period=period)
        if rate
        else cells.gettext("present value over {period}", period=period)
    )


def total_rest(cells: Cells, name: str, rest: str) -> str:
    """What stands below a total in large type: `rest` is that of its unit."""
    what = total_text(cells, name)
    if what and cells.model.of_totals[name].kind == AVERAGE:
        return cells.gettext("{rest}, on average", rest=rest)
    return " ".join(filter(None, (rest, what)))
