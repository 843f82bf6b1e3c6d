"""The Timeline sheet: the steps from left to right, and below them whatever changes over time, one row each."""

from __future__ import annotations

from reportgen.compute.internal_rate import REST
from reportgen.formula.nodes import AxisRow, Flow, Key
from reportgen.model.model import Quantity, Shape
from reportgen.model.names import OVER_TIME
from reportgen.model.over_time import FACTOR
from reportgen.model.timeline import Timeline
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.expressions import Expression, cell, cells_of, expression
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.internal_rate_formula import or_word, yearly_rate
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import HEAD_ROW, LABEL, UNIT
from reportgen.workbook.rows import Kind, Row
from reportgen.workbook.series import SeriesTranslator
from reportgen.workbook.sheets.sheet_parts import Book, heading, heads, new_grid
from reportgen.workbook.timeline_layout import (
    AXIS_ROWS,
    MEAN,
    OPTION,
    TIMELINE,
    WHOLE,
    YEAR_ROW,
    StepColumns,
    step_columns,
    steps_area,
)
from reportgen.workbook.titles import Text

STEP_WIDTH, OPTION_WIDTH = 13, 20
_NUMBERED = {
    "month": message("Month {number}"),
    "quarter": message("Quarter {number}"),
    "year": message("Year {number}"),
}
"""What a step is called that no date tells."""
_NUMBERED = {
    "month": message("Month {number}"),
    "quarter": message("Quarter {number}"),
    "year": message("Year {number}"),
}
"""What a step is called that no date tells."""
_AXIS = {
    AxisRow.PERIOD: (message("Number of the step"), "1"),
    AxisRow.BEGIN: (message("Months from the start to its beginning"), message("month")),
    AxisRow.END: (message("Months from the start to its end"), message("month")),
    AxisRow.ELAPSED: (message("Years from the start to its beginning"), message("year")),
}


def timeline_sheet(book: Book) -> Grid:
    """A column for each step; a row for each input, calculation and cost that changes over time."""
    timeline = book.model.timeline
    assert timeline is not None
    begins = message("from {day}", day=timeline.label(0)) if timeline.dated else message("from the start")
    subtitle = message(
        "One column for each {step} {begins}; along a row the formula is the same",
        step=message(timeline.step),
        begins=begins,
    )
    grid = new_grid(book, TIMELINE, "result", message("Timeline"), subtitle)
    grid.frozen_column = WHOLE
    grid.pages_across = pages_across(timeline)
    columns = step_columns(timeline)
    grid.widths.update({OPTION: OPTION_WIDTH, WHOLE: STEP_WIDTH + 2, MEAN: STEP_WIDTH})
    grid.widths.update(dict.fromkeys([*columns.years, *columns.paid], STEP_WIDTH))
    texts = [
        (LABEL, message("What changes over time"), False),
        (UNIT, message("Unit"), False),
        (OPTION, message("Option"), False),
    ]
    texts += [(WHOLE, message("In all"), True), (MEAN, message("Mean"), True)]
    heads(grid, HEAD_ROW, texts)
    step_heads(grid, HEAD_ROW, timeline)
    _axis(book, grid, columns)
    grid.printed_rows.append((1, columns.first_series - 2))  # when steps are; what is paid in them is on Cash flow
    for row in book.plan.rows[TIMELINE]:
        if row.kind is Kind.HEADING:
            heading(grid, row.number, _subject(book, row.name), columns.steps[-1])
        elif row.kind is Kind.SIGNS:
            _signs(book, grid, row, columns)
        elif row.kind is Kind.RATE:
            _rate(book, grid, row, columns)
        else:
            _series(book, grid, row, columns)
    return grid


STEPS_ON_A_PAGE = 12


def pages_across(timeline: Timeline) -> int:
    """On how many pages beside each other the steps are printed."""
    return max(1, round(timeline.steps / STEPS_ON_A_PAGE))


def step_heads(grid: Grid, row: int, timeline: Timeline) -> None:
    """A head over each year, the start and each step: its year as a number, its months, or which one it is."""
    columns = step_columns(timeline)
    titles = {
        column: timeline.year_label(at) or message("Year {number}", number=at + 1)
        for at, column in enumerate(columns.years)
    }
    titles[columns.start] = message("Start")
    for at, column in enumerate(columns.steps):
        titles[column] = timeline.label(at) if timeline.dated else message(_NUMBERED[timeline.step], number=at + 1)
    for column, title in titles.items():
        is_year = title.isdigit()
        content, style = (float(title), Style.HEAD_FIXED) if is_year else (title, Style.HEAD_NUMBER)
        grid.put(row, column, content, style, "0")


def sum_of_year(amounts: Area, column: int, timeline: Timeline) -> Expression:
    """What the amounts of the steps come to in the year that has this column."""
    steps = step_columns(timeline).steps
    years = cells_of(Area(TIMELINE, YEAR_ROW, steps[0], YEAR_ROW, steps[-1]), fixed=True)
    year = cell(Address(TIMELINE, YEAR_ROW, column), fixed_row=True)
    return f.SUMIF(years, year, cells_of(amounts, fixed_column=True))


def _subject(book: Book, subject: str) -> Text:
    """What a group of series is about: the title of a category, or words."""
    return book.title(subject) if subject in book.plan.category_sheets else subject


def _axis(book: Book, grid: Grid, columns: StepColumns) -> None:
    """What the steps are: it follows from how the model is laid out, and no input changes it."""
    timeline = book.model.timeline
    assert timeline is not None
    heading(grid, min(AXIS_ROWS.values()) - 1, message("Steps"), columns.steps[-1])
    steps = range(timeline.steps)
    rows = {row: (*_AXIS[axis], [timeline.says(axis, at) for at in steps]) for axis, row in AXIS_ROWS.items()}
    if columns.years:
        rows[YEAR_ROW] = (message("Year of the timeline"), "1", [timeline.year_of(at) + 1.0 for at in steps])
    for row, (title, unit, numbers) in rows.items():
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        for column in range(OPTION, columns.steps[0]):
            year = column - MEAN if row == YEAR_ROW and column in columns.years else None
            grid.put(row, column, year, Style.FIXED, "0")
        number_format = "0.00" if row == AXIS_ROWS[AxisRow.ELAPSED] and timeline.length < 12 else "0"
        for column, number in zip(columns.steps, numbers, strict=True):
            grid.put(row, column, number, Style.FIXED, number_format)


def _series(book: Book, grid: Grid, row: Row, columns: StepColumns) -> None:
    """A row with its number for each step and what these come to; a category's own comes last in its group."""
    key = Key(row.name, row.option)
    quantity = book.model.quantities[key.name]
    numbers = book.results.series[key]
    number_format = "0.0000" if key.name.endswith(FACTOR) else result_format(numbers, quantity.unit)
    is_total = key.name.removesuffix(OVER_TIME) in book.plan.category_sheets
    style, text = (Style.OUTPUT, Style.OUTPUT_LABEL) if is_total else (Style.CALCULATION, Style.LABEL)
    grid.put(row.number, LABEL, book.title(key.name), text)
    grid.put(row.number, UNIT, unit_words(quantity.unit), Style.OUTPUT_LABEL if is_total else Style.UNIT)
    option: Text = book.option(key.option) if key.option else ""
    grid.put(row.number, OPTION, option, Style.OUTPUT_LABEL if is_total else Style.TEXT)
    is_flow = quantity.shape is Shape.FLOW
    for column, value in zip(columns.paid if is_flow else columns.steps, numbers, strict=True):
        if column == columns.start and _starts_with_nothing(book, key):
            continue
        formula = SeriesTranslator(book.plan, column).definition(key)
        grid.put(row.number, column, value, style, number_format, formula=formula)
    in_all = book.plan.cells.get(key)
    if in_all:
        whole = result_format((book.results.values[key],), quantity.unit)
        grid.put(row.number, in_all.column, book.results.values[key], style, whole, formula=_whole(book, key, quantity))
    timeline = book.model.timeline
    assert timeline is not None
    for column in columns.years if in_all and is_flow else ():
        steps = steps_area(book.model, row.number)
        grid.put(row.number, column, sum_of_year(steps, column, timeline), style, number_format)
    for empty in range(WHOLE, columns.steps[0]):
        if (row.number, empty) not in grid.cells:
            grid.put(row.number, empty, None, style)


def _working(book: Book, grid: Grid, row: Row, columns: StepColumns, title: str, unit: str) -> None:
    """The head of a row that only an internal rate of return needs."""
    grid.put(row.number, LABEL, title, Style.LABEL)
    grid.put(row.number, UNIT, unit, Style.UNIT)
    grid.put(row.number, OPTION, book.option(row.option) if row.option else "", Style.TEXT)
    for column in (MEAN, *columns.years):
        grid.put(row.number, column, None, Style.CALCULATION)


def _signs(book: Book, grid: Grid, row: Row, columns: StepColumns) -> None:
    """The sign of the last amount so far that is not nothing, and how often that changes. What arithmetic leaves where
    amounts make up for each other is nothing."""
    _working(book, grid, row, columns, message("Sign so far; in total, how often it changes"), "1")
    amounts = cells_of(steps_area(book.model, row.number - 1, with_start=True), fixed_column=True)
    nothing = REST * f.MAX(f.MAX(amounts), -f.MIN(amounts))
    for column in columns.paid:
        amount = grid.cell(row.number - 1, column)
        so_far = expression(0.0) if column == columns.start else grid.cell(row.number, column - 1)
        sign = f.IF(f.ABS(amount) <= nothing, so_far, f.SIGN(amount))
        grid.put(row.number, column, sign, Style.CALCULATION, "0")
    before, after = (
        cells_of(Area(TIMELINE, row.number, first, row.number, last), fixed_column=True)
        for first, last in ((columns.start, columns.steps[-1] - 1), (columns.steps[0], columns.steps[-1]))
    )
    changes = f.SUMPRODUCT(before.differs(0.0) * before.differs(after))
    grid.put(row.number, WHOLE, changes, Style.CALCULATION, "0")


def _rate(book: Book, grid: Grid, row: Row, columns: StepColumns) -> None:
    """The internal rate of return of the amounts two rows above."""
    _working(book, grid, row, columns, message("Internal rate of return"), message("1/year"))
    amounts = cells_of(steps_area(book.model, row.number - 2, with_start=True), fixed_column=True)
    changes, last = grid.cell(row.number - 1, WHOLE), grid.cell(row.number - 1, columns.steps[-1], fixed_column=True)
    rate = or_word(changes, yearly_rate(book.model, amounts, -last))
    grid.put(row.number, WHOLE, rate, Style.CALCULATION, "0.0000")
    for column in columns.paid:
        grid.put(row.number, column, None, Style.CALCULATION)


def _starts_with_nothing(book: Book, key: Key) -> bool:
    definition = book.model.definitions[key]
    return isinstance(definition, Flow) and definition.start is None


def _whole(book: Book, key: Key, quantity: Quantity) -> Expression:
    """The sum of a flow; of other numbers the mean over the months that count."""
    row = book.plan.series[key]
    if quantity.shape is Shape.FLOW:
        return f.SUM(cells_of(steps_area(book.model, row, with_start=True), fixed_column=True))
    own = cells_of(steps_area(book.model, row), fixed_column=True)
    weights = cells_of(steps_area(book.model, book.plan.months_row), fixed=True)
    return f.SUMPRODUCT(own, weights) / f.SUM(weights)
