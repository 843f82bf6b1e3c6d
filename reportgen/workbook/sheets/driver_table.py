"""The table of two drivers on the Sensitivity sheet: totals at each pair of values, and which option costs least."""

from __future__ import annotations

from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.model import INCOMPLETE, Quantity
from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.layout import HIGH, grid_first_row
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST, HEAD_ROW, LABEL, SENSITIVITY, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.common import (
    CHANGED_WIDTH,
    NONE_COMPLETE,
    TIE,
    Book,
    calculation,
    heading,
    winner_formula,
)
from reportgen.workbook.validations import number_rules, own_limits


def driver_table(book: Book, grid: Grid, questions: Questions) -> None:
    """The totals at each pair of two drivers' values, and which option costs least there."""
    outcome, cases = questions.sensitivity, questions.cases
    assert outcome is not None and outcome.grid is not None
    table, start = outcome.grid, grid_first_row(outcome)
    rows, columns = table.rows.values, table.columns.values
    names = [book.model.quantities[axis.driver.name] for axis in (table.rows, table.columns)]
    height = len(rows) + 3
    for number, option in enumerate((*book.model.options, None)):
        top = start + number * height
        what = f"{option.title}, {outcome.total.unit}" if option else "Lowest total"
        title = f"{what}: {names[0].title} ({names[0].unit}) down, {names[1].title} ({names[1].unit}) across"
        heading(grid, top, title, FIRST + len(columns) - 1)
        grid.put(top + 1, LABEL, names[1].title, Style.LABEL)
        grid.put(top + 1, UNIT, str(names[1].unit), Style.UNIT)
        _axes(grid, (top, start), (rows, columns), (names[0].unit, names[1].unit))
        if top == start:
            _marks(grid, top, (len(rows), len(columns)), (names[0], names[1]))
        for down in range(len(rows)):
            row = top + 2 + down
            grid.put(row, LABEL, f"{names[0].title} ({names[0].unit}), row {down + 1}", Style.LABEL)
            for right in range(len(columns)):
                case = questions.grid[down * len(columns) + right]
                if option is not None:
                    key = Key(outcome.total.name, option.id)
                    cell = cases.cell(book.plan, case, key)
                    value = table.totals[option.id][down][right]
                    number_format = result_format((value,), outcome.total.unit)
                    calculation(grid, (row, FIRST + right), value, "=" + cell.seen_from(SENSITIVITY), number_format)
                else:
                    _winner(book, grid, (row, FIRST + right), height, outcome, (down, right))


def _axes(
    grid: Grid,
    rows_at: tuple[int, int],
    values: tuple[tuple[float, ...], tuple[float, ...]],
    units: tuple[Unit, Unit],
) -> None:
    """The drivers' values: inputs in the first table, taken over in the others."""
    top, start = rows_at
    for down, value in enumerate(values[0]):
        formula = "" if top == start else f"=B{start + 2 + down}"
        style = Style.LINKED if formula else Style.INPUT
        grid.put(top + 2 + down, UNIT, value, style, input_format(value, units[0]), formula=formula)
    for right, value in enumerate(values[1]):
        letters = column_letters(FIRST + right)
        formula = "" if top == start else f"={letters}{start + 1}"
        style = Style.LINKED if formula else Style.INPUT
        grid.put(top + 1, FIRST + right, value, style, input_format(value, units[1]), formula=formula)
    if top == start:
        down_area = Area(SENSITIVITY, top + 2, UNIT, top + 1 + len(values[0]), UNIT)
        right_area = Area(SENSITIVITY, top + 1, FIRST, top + 1, FIRST + len(values[1]) - 1)
        for area, unit, axis in ((down_area, units[0], values[0]), (right_area, units[1], values[1])):
            prompt = f"A number in {unit}."
            grid.validations += number_rules((area,), "A driver’s value", prompt, own_limits(axis, unit))


def _marks(grid: Grid, top: int, counts: tuple[int, int], drivers: tuple[Quantity, Quantity]) -> None:
    """Beside the first table: a mark for the values across, and one for each value down."""
    column = FIRST + counts[1]
    grid.widths.setdefault(column, CHANGED_WIDTH)
    rows, columns = drivers
    grid.marks[top + 1] = Mark(column, "Value", f"{columns.title}, across", str(columns.unit))
    for down in range(counts[0]):
        label = f"{rows.title}, down, row {down + 1}"
        grid.marks[top + 2 + down] = Mark(column, "Value", label, str(rows.unit))


def _winner(
    book: Book, grid: Grid, at: tuple[int, int], height: int, outcome: SensitivityOutcome, place: tuple[int, int]
) -> None:
    """Which option costs least, from the same cell of the tables above."""
    row, column = at
    count = len(book.model.options)
    guarded = []
    for step, option in enumerate(book.model.option_ids):
        cell = f"{column_letters(column)}{row - (count - step) * height}"
        state = book.plan.states.get(Key(outcome.total.name, option))
        prices = state.seen_from(SENSITIVITY, fixed=True) if state else ""
        guarded.append(f'IF({prices}="{INCOMPLETE}",1E+300,{cell})' if state else cell)
    least = f"MIN({','.join(guarded)})"
    titles = [f"${column_letters(HIGH + 1 + step)}${HEAD_ROW}" for step in range(count)]
    formula = winner_formula(least, guarded, titles)
    assert outcome.grid is not None
    cheapest = outcome.grid.cheapest[place[0]][place[1]]
    known = any(not book.results.is_incomplete(Key(outcome.total.name, option)) for option in book.model.option_ids)
    text = book.model.option(cheapest).title if cheapest else TIE if known else NONE_COMPLETE
    grid.put(row, column, text, Style.CALCULATION_TEXT, formula=formula)
