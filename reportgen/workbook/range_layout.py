"""Where the sheet Ranges holds which end of an input gives the lower total, and which cases its answers need.

Moving one input at a time tells, for each range and option, which end lowers that option's total. Each extreme is one
more case, in which every input is at the end that this table says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportgen.compute.ranges import EXTREMES, RangeOutcome, extreme_case
from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.formula.nodes import Key
from reportgen.model.model import Model
from reportgen.problems import ModelError, Problem
from reportgen.questions import RANGES
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message, together
from reportgen.workbook.case_groups import CaseRequest, Cases, Kind, lay_out
from reportgen.workbook.cases import MAX_COLUMNS, OF_EXTREMES, CaseRow, Driver, Extreme
from reportgen.workbook.expressions import Expression, cell, cells_of
from reportgen.workbook.plan import CASES, FIRST_ROW, Plan
from reportgen.workbook.titles import joined, key_title, option_title
from reportgen.workbook.translate import active_value

STAYS = message("stays")
"""In the table of ends: the input is not one of the range's."""

BASE, EXTREME_LOW, EXTREME_HIGH, P10, P90, STATE, BELOW, ABOVE = range(1, 9)
"""Rows of a range's results on Ranges, counted from its heading."""

HEIGHT = 12
"""Rows from one range's heading to the next; its chart stands beside them."""

INPUT_LOW, INPUT_HIGH, FIRST_END = 3, 4, 5
"""Columns of the table of ends: an input's low and high, then one for each option of each range."""

ENDS_HEADS = 3
"""Rows from the heading of that table to its first input: heading, ranges, options."""

Moves = Mapping[Key, tuple[int, int]]
"""Of each input, which cases of questions have it at its low and at its high."""


def range_row(number: int) -> int:
    """The row of a range's heading."""
    return FIRST_ROW + number * HEIGHT


def ends_row(model: Model) -> int:
    """The row of the first input in the table of ends."""
    return range_row(len(model.assessment.ranges)) + ENDS_HEADS


def end_column(model: Model, number: int, option: str) -> int:
    """The column of a range and an option in the table of ends."""
    return FIRST_END + number * len(model.options) + model.option_ids.index(option)


def ends_area(model: Model, index: int) -> Area:
    """Which end of an input gives the lower total, in each range and for each option. It is two columns wide at least,
    because not every engine's INDEX takes a single cell."""
    row, last = ends_row(model) + index, FIRST_END + len(model.assessment.ranges) * len(model.options) - 1
    return Area(RANGES, row, FIRST_END, row, max(last, FIRST_END + 1))


def varied_inputs(model: Model) -> tuple[Key, ...]:
    """The inputs of all ranges, each once."""
    return tuple(dict.fromkeys(key for each in model.assessment.ranges for key in each.inputs))


def swing_moves(outcome: SensitivityOutcome | None, cases: Sequence[int]) -> dict[Key, tuple[int, int]]:
    """The cases that a sensitivity has for each of its inputs."""
    swings = outcome.swings if outcome else ()
    return {swing.key: pair for swing, pair in zip(swings, zip(cases[::2], cases[1::2], strict=True), strict=True)}


def move_rows(plan: Plan, outcomes: Sequence[RangeOutcome], known: Moves) -> tuple[tuple[Key, ...], list[CaseRow]]:
    """The inputs that are not moved yet, and two cases for each: at its low, and at its high."""
    ends = {each.key: each for outcome in outcomes for each in outcome.extremes.inputs}
    keys = tuple(key for key in varied_inputs(plan.model) if key not in known)
    rows = []
    for key in keys:
        values = (ends[key].low, ends[key].high)
        for word, value, limit in zip(EXTREMES, values, plan.limit_cells(key), strict=True):
            rows.append(
                CaseRow(key_title(plan, key, together(", ", message(word))), (Driver(key, value, cell(limit)),))
            )
    return keys, rows


def range_extremes(plan: Plan, model: Model, outcomes: Sequence[RangeOutcome], first_row: int) -> Cases:
    """The extremes of every range and option, low and high in turn. Raises ModelError RG602 where the sheet Ranges has
    not enough columns for them."""
    columns = end_column(model, len(outcomes), model.option_ids[0]) - 1
    if columns > MAX_COLUMNS:
        text = f"the sheet Ranges needs {columns:,} columns for this model; a sheet has {MAX_COLUMNS:,}"
        raise ModelError([Problem("RG602", text, model.source, None, "leave out some of its ranges")])
    requests = []
    for number, outcome in enumerate(outcomes):
        for option in model.options:
            for word in EXTREMES:
                title = joined(outcome.extremes.range.title, ", ", option_title(plan, option.id))
                place = end_column(model, number, option.id) - FIRST_END + 1
                settings = extreme_case(outcome.extremes.inputs, option.id, word)
                target = frozenset((Key(outcome.extremes.total.name, option.id),))
                row = CaseRow(joined(title, together(", ", message(word))), extreme=Extreme(place, word, title))
                requests.append(CaseRequest(row, settings, tuple(settings), target))
    return lay_out(plan, model, Kind(message("Ranges at low and high"), lambda _: OF_EXTREMES), requests, first_row)


def extreme_index(model: Model, number: int, option: str, extreme: str) -> int:
    """Which of the cases of extremes an extreme is."""
    return (number * len(model.options) + model.option_ids.index(option)) * len(EXTREMES) + EXTREMES.index(extreme)


def extreme_input(plan: Plan, columns: tuple[int, int], row: int, key: Key) -> Expression:
    """An input of an extreme: its low or its high, as the table of ends says for the row's range and option, or its
    value where the range leaves it alone. `columns` are those of the place and the extreme."""
    place, extreme = (cell(Address(CASES, row, column), fixed_column=True) for column in columns)
    ends = cells_of(ends_area(plan.model, varied_inputs(plan.model).index(key)), fixed=True)
    low, high = (cell(each, fixed=True) for each in plan.limit_cells(key))
    end = f.INDEX(ends, 1.0, place)
    return f.IF(end.equals(STAYS), active_value(plan, key), f.IF(end.equals(extreme), low, high))
