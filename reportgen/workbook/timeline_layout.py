"""The rows of the Timeline sheet: what changes over time, each with a number for every step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.formula.nodes import AxisRow, Key, Node
from reportgen.formula.time_trees import MONTHS_IN_STEP
from reportgen.model.model import CostStatus, Model, Quantity, Shape
from reportgen.model.names import MADE_SERIES, written_part
from reportgen.model.over_time import FACTOR
from reportgen.model.timeline import Timeline
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message
from reportgen.workbook.cell_words import NOT_QUOTED
from reportgen.workbook.rows import Kind, SheetRows

TIMELINE = "Timeline"

OPTION, WHOLE, MEAN = 3, 4, 5
"""Columns: whose number it is; what it comes to in all, or on average. Those of `StepColumns` follow."""

AXIS_ROWS = {AxisRow.PERIOD: 8, AxisRow.BEGIN: 9, AxisRow.END: 10, AxisRow.ELAPSED: 11}
"""Below the head of the steps; the first series follow them."""

YEAR_ROW = 12
"""Which year of the timeline a step lies in, below the other rows of the axis where years have columns."""


@dataclass(frozen=True, slots=True)
class StepColumns:
    """Columns of the sheets that show steps: one for each year where these are shorter, so that a reader need not add
    months up; the amount at the start, before the first step; the steps."""

    years: range
    start: int
    steps: range

    @property
    def paid(self) -> range:
        """Of amounts: the start and all steps."""
        return range(self.start, self.steps.stop)

    @property
    def first_series(self) -> int:
        """The row below those of the axis, with an empty one between."""
        return (YEAR_ROW if self.years else YEAR_ROW - 1) + 2


def step_columns(timeline: Timeline) -> StepColumns:
    years = timeline.years if timeline.length < 12 and timeline.years > 1 else 0
    start = MEAN + 1 + years
    return StepColumns(range(MEAN + 1, start), start, range(start + 1, start + 1 + timeline.steps))


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """Series that stand together, by what they are about: a category's name, or words of their own."""

    subject: str
    keys: tuple[Key, ...]


def series_groups(model: Model) -> Iterator[SeriesGroup]:
    """What has a number for each step, in the order in which it is computed: the months that count and discount
    factors, inputs, calculations, then category by category, its items before what they come to."""
    shown = [key for key, each in model.definitions.items() if _is_series(model, key) and isinstance(each, Node)]
    categories = [each.quantity.name for each in model.categories]
    inputs = {each.quantity.name.partition(".")[0] for each in model.assumptions} - set(categories)
    found: dict[str, list[Key]] = {each: [] for each in (TIME, INPUTS_OVER_TIME, CALCULATIONS_OVER_TIME)}
    costs: dict[str, tuple[list[Key], list[Key]]] = {name: ([], []) for name in categories}
    for key in shown:
        name = written_part(key.name)
        owner, _, item = name.partition(".")
        if key.name == MONTHS_IN_STEP or key.name.endswith(FACTOR):
            found[TIME].append(key)
        elif owner in costs:
            costs[owner][0 if item else 1].append(key)
        else:
            found[INPUTS_OVER_TIME if name in inputs else CALCULATIONS_OVER_TIME].append(key)
    options = (None, *model.option_ids)
    for name, (items, total) in costs.items():  # what an option pays stands together, and what it comes to below
        found[name] = sorted([*items, *total], key=lambda key: options.index(key.option))
    yield from (SeriesGroup(subject, tuple(keys)) for subject, keys in found.items() if keys)


TIME, INPUTS_OVER_TIME, CALCULATIONS_OVER_TIME = (
    message("Time"),
    message("Inputs over time"),
    message("Calculations over time"),
)


def _is_series(model: Model, key: Key) -> bool:
    return model.quantities[key.name].shape is not Shape.ONE


def plan_series(model: Model) -> tuple[SheetRows, dict[Key, int]]:
    """The rows of the sheet, and which row each series has. Below amounts that only an internal rate of return is
    made of stand their signs, and the rate."""
    assert model.timeline is not None
    sheet, found = SheetRows(TIMELINE, next_row=step_columns(model.timeline).first_series), {}
    for group in series_groups(model):
        sheet.add(Kind.HEADING, group.subject)
        for key in group.keys:
            found[key] = sheet.add(Kind.SERIES, key.name, key.option)
            if key.name.startswith(MADE_SERIES) and model.quantities[key.name].shape is Shape.FLOW:
                sheet.add(Kind.SIGNS, key.name, key.option)
                sheet.add(Kind.RATE, key.name, key.option)
        sheet.add(Kind.GAP)
    return sheet, found


def keys_read(model: Model, own: Quantity) -> Iterator[Key]:
    """The options' numbers of an item over time that its formulas read: all but words that stand for nothing."""
    for key in model.keys_of(own.name):
        definition = model.definitions[key]
        if not isinstance(definition, CostStatus) or definition.word == NOT_QUOTED:
            yield key


def steps_area(model: Model, row: int, *, with_start: bool = False) -> Area:
    """The cells of a row, those of the steps or with the start before them."""
    assert model.timeline is not None
    columns = step_columns(model.timeline)
    return Area(TIMELINE, row, columns.start if with_start else columns.steps[0], row, columns.steps[-1])
