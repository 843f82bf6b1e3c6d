"""The rows of the Timeline sheet: what changes over time, each with a number for every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.formula.nodes import AxisRow, Key, Node
from reportgen.formula.time_trees import MONTHS_IN_STEP
from reportgen.model.model import Model, Shape
from reportgen.model.over_time import FACTOR
from reportgen.workbook.address import Area
from reportgen.workbook.rows import Kind, SheetRows

TIMELINE = "Timeline"

OPTION, WHOLE, MEAN, START, FIRST_STEP = 3, 4, 5, 6, 7
"""Columns: whose number it is; what it comes to in all, or on average; the amount at the start, before the first step;
the first step."""

AXIS_ROWS = {AxisRow.PERIOD: 8, AxisRow.BEGIN: 9, AxisRow.END: 10, AxisRow.ELAPSED: 11}
"""Below the head of the steps; the first series follow them."""

FIRST_SERIES = 13


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """Series that stand together, by what they are about."""

    title: str
    keys: tuple[Key, ...]


def series_groups(model: Model) -> Iterator[SeriesGroup]:
    """What has a number for each step, in the order in which it is computed: the months that count and discount
    factors, inputs, calculations, then category by category."""
    shown = [key for key, each in model.definitions.items() if _is_series(model, key) and isinstance(each, Node)]
    inputs = {each.quantity.name.partition(".")[0] for each in model.assumptions}
    categories = {each.quantity.name: each.quantity.title for each in model.categories}

    def group_of(key: Key) -> str:
        if key.name == MONTHS_IN_STEP or key.name.endswith(FACTOR):
            return "time"
        owner = key.name.partition(" ")[0].partition(".")[0]
        if owner in categories:
            return owner
        return "inputs" if owner in inputs else "calculations"

    titles = {"time": "Time", "inputs": "Inputs over time", "calculations": "Calculations over time", **categories}
    for group, title in titles.items():
        keys = [key for key in shown if group_of(key) == group]
        if group in categories:  # what an option pays stands together, and what it comes to below
            keys.sort(key=lambda key: (None, *model.option_ids).index(key.option))
        if keys:
            yield SeriesGroup(title, tuple(keys))


def _is_series(model: Model, key: Key) -> bool:
    return model.quantities[key.name].shape is not Shape.ONE


def plan_series(model: Model) -> tuple[SheetRows, dict[Key, int]]:
    """The rows of the sheet, and which row each series has."""
    sheet, found = SheetRows(TIMELINE, next_row=FIRST_SERIES), {}
    for group in series_groups(model):
        sheet.add(Kind.HEADING, group.title)
        for key in group.keys:
            found[key] = sheet.add(Kind.SERIES, key.name, key.option)
        sheet.add(Kind.GAP)
    return sheet, found


def steps_area(model: Model, row: int, *, with_start: bool = False) -> Area:
    """The cells of a row, those of the steps or with the start before them."""
    assert model.timeline is not None
    return Area(TIMELINE, row, START if with_start else FIRST_STEP, row, FIRST_STEP + model.timeline.steps - 1)
