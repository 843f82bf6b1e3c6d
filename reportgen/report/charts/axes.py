"""The axes of charts: where they begin and end, and which round numbers stand along them."""

from __future__ import annotations

import math
from collections.abc import Iterable

from reportgen.compute.digits import input_decimals
from reportgen.formula.units import Unit
from reportgen.presentation.format import plain_quantity
from reportgen.presentation.result_cells import Cells
from reportgen.report.charts.chart_parts import Axis

_TICKS = 6
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def make_axis(
    cells: Cells,
    title: str,
    unit: Unit,
    values: Iterable[float],
    *,
    exact: bool = False,
    whole: bool = False,
) -> Axis:
    """An axis on which these values have room. `exact`: it ends where the values do;
    `whole`: ticks stand at whole numbers only."""
    shown = tuple(values)
    low, high = min(shown), max(shown)
    if not high - low > 1e-12 * max(abs(low), abs(high)):
        low, high = low - (abs(low) / 10 or 1.0), high + (abs(high) / 10 or 1.0)
    step = tick_step((high - low) / _TICKS)
    if whole:
        step = float(math.ceil(step))
    start, end = (low, high) if exact else (math.floor(low / step) * step, math.ceil(high / step) * step)
    first, last = math.ceil(start / step - 1e-9), math.floor(end / step + 1e-9)
    ticks = [float(f"{index * step:.12g}") for index in range(first, last + 1)]
    places = input_decimals(ticks, unit)
    labels = tuple(plain_quantity(tick, unit, places, cells.locale) for tick in ticks)
    return Axis(cells.named(title, unit), start, end, ticks[0], step, labels)


def tick_step(least: float) -> float:
    """The round number that is not less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next((each * power for each in _STEPS if each * power >= least * (1 - 1e-9)), 10 * power)
