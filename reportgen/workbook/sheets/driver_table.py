"""The table of two drivers on the Sensitivity sheet: totals at each pair of values, and which option costs least."""

from __future__ import annotations

from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.model import Quantity
from reportgen.questions import SENSITIVITY
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.expressions import Expression, cell
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.layout import grid_first_row
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.sheet_parts import (
    CHANGED_WIDTH,
    UNRANKED,
    Book,
    heading,
    if_complete,
    winner,
)
from reportgen.workbook.titles import Text, joined, phrase
from reportgen.workbook.validations import entry_in, number_rules, own_limits


def driver_table(book: Book, grid: Grid, questions: Questions) -> None:
    """The totals at each pair of two drivers' values, and which option costs least there."""
    outcome, cases = questions.sensitivity, questions.cases
    assert outcome is not None and outcome.grid is not None
    table, start = outcome.grid, grid_first_row(outcome)
    rows, columns = table.rows.values, table.columns.values
    names = [book.model.quantities[axis.driver.name] for axis in (table.rows, table.columns)]
    titles = [book.title(each.name) for each in names]
    height = len(rows) + 3
    for number, option in enumerate((*book.model.options, None)):
        top = start + number * height
        what: Text = message("Lowest total")
        if option:
            what = joined(book.option(option.id), ", ", unit_words(outcome.total.unit))
        title = phrase(
            "{what}: {rows} ({unit}) down, {columns} ({other_unit}) across",
            what=what,
            rows=titles[0],
            unit=unit_words(names[0].unit),
            columns=titles[1],
            other_unit=unit_words(names[1].unit),
        )
        heading(grid, top, title, FIRST + len(columns) - 1)
        grid.put(top + 1, LABEL, titles[1], Style.LABEL)
        grid.put(top + 1, UNIT, unit_words(names[1].unit), Style.UNIT)
        _axes(grid, (top, start), (rows, columns), (names[0].unit, names[1].unit))
        if top == start:
            _marks(grid, top, (len(rows), len(columns)), (names[0], names[1]))
        for down in range(len(rows)):
            row = top + 2 + down
            grid.put(
                row,
                LABEL,
                phrase(
                    "{input} ({unit}), row {row}", input=titles[0], unit=unit_words(names[0].unit), row=str(down + 1)
                ),
                Style.LABEL,
            )
            for right in range(len(columns)):
                case = questions.grid[down * len(columns) + right]
                if option is not None:
                    key = Key(outcome.total.name, option.id)
                    number_format = result_format((table.totals[option.id][down][right],), outcome.total.unit)
                    total = cell(cases.cell(book.plan, case, key))
                    grid.put(row, FIRST + right, total, Style.CALCULATION, number_format)
                else:
                    _winner(book, grid, (row, FIRST + right), height, outcome)


def _axes(
    grid: Grid,
    rows_at: tuple[int, int],
    values: tuple[tuple[float, ...], tuple[float, ...]],
    units: tuple[Unit, Unit],
) -> None:
    """The drivers' values: inputs in the first table, taken over in the others."""
    top, start = rows_at
    for down, value in enumerate(values[0]):
        _axis_value(grid, (top + 2 + down, UNIT), start + 2 + down, value, units[0])
    for right, value in enumerate(values[1]):
        _axis_value(grid, (top + 1, FIRST + right), start + 1, value, units[1])
    if top == start:
        down_area = Area(SENSITIVITY, top + 2, UNIT, top + 1 + len(values[0]), UNIT)
        right_area = Area(SENSITIVITY, top + 1, FIRST, top + 1, FIRST + len(values[1]) - 1)
        for area, unit, axis in ((down_area, units[0], values[0]), (right_area, units[1], values[1])):
            prompt = entry_in(unit)
            grid.validations += number_rules((area,), message("A driver’s value"), prompt, own_limits(axis, unit))


def _axis_value(grid: Grid, at: tuple[int, int], first_row: int, value: float, unit: Unit) -> None:
    """A driver's value, typed in `first_row` and read from there in the tables below."""
    row, column = at
    if row == first_row:
        grid.put(row, column, value, Style.INPUT, input_format(value, unit))
    else:
        grid.put(row, column, grid.cell(first_row, column), Style.LINKED, input_format(value, unit))


def _marks(grid: Grid, top: int, counts: tuple[int, int], drivers: tuple[Quantity, Quantity]) -> None:
    """Beside the first table: a mark for the values across, and one for each value down."""
    column = FIRST + counts[1]
    grid.widths.setdefault(column, CHANGED_WIDTH)
    rows, columns = drivers
    grid.marks[top + 1] = Mark(
        column, message("Value"), message("{columns}, across", columns=columns.title), unit_words(columns.unit)
    )
    for down in range(counts[0]):
        label = message("{rows}, down, row {down}", rows=rows.title, down=down + 1)
        grid.marks[top + 2 + down] = Mark(column, message("Value"), label, unit_words(rows.unit))


def _winner(book: Book, grid: Grid, at: tuple[int, int], height: int, outcome: SensitivityOutcome) -> None:
    """Which option costs least, from the same cell of the tables above."""
    row, column = at
    count = len(book.model.options)
    guarded: list[Expression] = []
    every: list[Expression] = []
    for step, option in enumerate(book.model.option_ids):
        total, key = grid.cell(row - (count - step) * height, column), Key(outcome.total.name, option)
        guarded.append(if_complete(book, key, total, UNRANKED, fixed=True))
        every.append(total)
    titles = [book.option(option) for option in book.model.option_ids]
    grid.put(row, column, winner(f.MIN(*guarded), guarded, titles, every), Style.CALCULATION_TEXT)
