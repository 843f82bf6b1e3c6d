"""The Timeline sheet: the steps from left to right, and below them whatever changes over time, one row each."""

from __future__ import annotations

from reportgen.compute.internal_rate import REST
from reportgen.formula.nodes import AxisRow, Flow, Key
from reportgen.model.model import Quantity, Shape
from reportgen.model.names import OVER_TIME
from reportgen.model.timeline import Timeline
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.expressions import Expression, cells_of, expression
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.internal_rate_formula import or_word, yearly_rate
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import HEAD_ROW, LABEL, UNIT
from reportgen.workbook.rows import Kind, Row
from reportgen.workbook.series import SeriesTranslator
from reportgen.workbook.sheets.sheet_parts import Book, heading, heads, new_grid
from reportgen.workbook.timeline_layout import (
    AXIS_ROWS,
    FIRST_STEP,
    MEAN,
    OPTION,
    START,
    TIMELINE,
    WHOLE,
    steps_area,
)

STEP_WIDTH, OPTION_WIDTH = 13, 22
_AXIS = {
    AxisRow.PERIOD: ("Number of the step", "1"),
    AxisRow.BEGIN: ("Months from the start to its beginning", "month"),
    AxisRow.END: ("Months from the start to its end", "month"),
    AxisRow.ELAPSED: ("Years from the start to its beginning", "year"),
}


def timeline_sheet(book: Book) -> Grid:
    """A column for each step; a row for each input, calculation and cost that changes over time."""
    timeline = book.model.timeline
    assert timeline is not None
    begins = f"from {timeline.label(0)}" if timeline.dated else "from the start"
    subtitle = f"One column for each {timeline.step} {begins}; along a row the formula is the same"
    grid = new_grid(book, TIMELINE, "result", "Timeline", subtitle)
    grid.frozen_column = WHOLE
    grid.pages_across = pages_across(timeline)
    grid.widths.update({OPTION: OPTION_WIDTH, WHOLE: STEP_WIDTH + 2, MEAN: STEP_WIDTH, START: STEP_WIDTH})
    steps = range(FIRST_STEP, FIRST_STEP + timeline.steps)
    grid.widths.update(dict.fromkeys(steps, STEP_WIDTH))
    texts = [(LABEL, "What changes over time", False), (UNIT, "Unit", False), (OPTION, "Option", False)]
    texts += [(WHOLE, "In all", True), (MEAN, "Mean", True), (START, "Start", True)]
    heads(grid, HEAD_ROW, texts)
    step_heads(grid, HEAD_ROW, timeline)
    _axis(book, grid, steps)
    for row in book.plan.rows[TIMELINE]:
        if row.kind is Kind.HEADING:
            heading(grid, row.number, row.name, steps[-1])
        elif row.kind is Kind.SIGNS:
            _signs(book, grid, row, steps)
        elif row.kind is Kind.RATE:
            _rate(book, grid, row, steps)
        else:
            _series(book, grid, row, steps)
    return grid


STEPS_ON_A_PAGE = 12


def pages_across(timeline: Timeline) -> int:
    """On how many pages beside each other the steps are printed."""
    return max(1, round(timeline.steps / STEPS_ON_A_PAGE))


def step_heads(grid: Grid, row: int, timeline: Timeline) -> None:
    """A head over each step: its year as a number, its months, or which one it is."""
    for at in range(timeline.steps):
        title = timeline.label(at) if timeline.dated else f"{timeline.step.capitalize()} {at + 1}"
        grid.put(row, FIRST_STEP + at, float(title) if title.isdigit() else title, Style.HEAD_NUMBER, "0")


def _axis(book: Book, grid: Grid, steps: range) -> None:
    """What the steps are: it follows from how the model is laid out, and no input changes it."""
    timeline = book.model.timeline
    assert timeline is not None
    heading(grid, min(AXIS_ROWS.values()) - 1, "Steps", steps[-1])
    for axis, row in AXIS_ROWS.items():
        title, unit = _AXIS[axis]
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        for empty in range(OPTION, steps[0]):
            grid.put(row, empty, None, Style.FIXED)
        number_format = "0.00" if axis is AxisRow.ELAPSED and timeline.length < 12 else "0"
        for at, column in enumerate(steps):
            grid.put(row, column, timeline.says(axis, at), Style.FIXED, number_format)


def _series(book: Book, grid: Grid, row: Row, steps: range) -> None:
    """A row with its number for each step and what these come to; a category's own comes last in its group."""
    key = Key(row.name, row.option)
    quantity = book.model.quantities[key.name]
    numbers = book.results.series[key]
    number_format = result_format(numbers, quantity.unit)
    is_total = key.name.removesuffix(OVER_TIME) in book.plan.category_sheets
    style, text = (Style.OUTPUT, Style.OUTPUT_LABEL) if is_total else (Style.CALCULATION, Style.LABEL)
    grid.put(row.number, LABEL, quantity.title, text)
    grid.put(row.number, UNIT, str(quantity.unit), Style.OUTPUT_LABEL if is_total else Style.UNIT)
    option = book.model.option(key.option).title if key.option else ""
    grid.put(row.number, OPTION, option, Style.OUTPUT_LABEL if is_total else Style.TEXT)
    is_flow = quantity.shape is Shape.FLOW
    for column, value in zip([START, *steps] if is_flow else steps, numbers, strict=True):
        if column == START and _starts_with_nothing(book, key):
            continue
        formula = SeriesTranslator(book.plan, column).definition(key)
        grid.put(row.number, column, value, style, number_format, formula=formula)
    column = book.plan.cells[key].column
    whole = result_format((book.results.values[key],), quantity.unit)
    grid.put(row.number, column, book.results.values[key], style, whole, formula=_whole(book, key, quantity))
    for empty in {WHOLE, MEAN, START}:
        if (row.number, empty) not in grid.cells:
            grid.put(row.number, empty, None, style)


def _working(book: Book, grid: Grid, row: Row, title: str, unit: str) -> None:
    """The head of a row that only an internal rate of return needs."""
    grid.put(row.number, LABEL, title, Style.LABEL)
    grid.put(row.number, UNIT, unit, Style.UNIT)
    grid.put(row.number, OPTION, book.model.option(row.option).title if row.option else "", Style.TEXT)
    grid.put(row.number, MEAN, None, Style.CALCULATION)


def _signs(book: Book, grid: Grid, row: Row, steps: range) -> None:
    """The sign of the last amount so far that is not nothing, and how often that changes. What arithmetic leaves where
    amounts make up for each other is nothing."""
    _working(book, grid, row, "Sign so far; in all: its changes", "1")
    amounts = cells_of(steps_area(book.model, row.number - 1, with_start=True), fixed_column=True)
    nothing = REST * f.MAX(f.MAX(amounts), -f.MIN(amounts))
    for column in (START, *steps):
        amount = grid.cell(row.number - 1, column)
        so_far = expression(0.0) if column == START else grid.cell(row.number, column - 1)
        sign = f.IF(f.ABS(amount) <= nothing, so_far, f.SIGN(amount))
        grid.put(row.number, column, sign, Style.CALCULATION, "0")
    before, after = (
        cells_of(Area(TIMELINE, row.number, first, row.number, last), fixed_column=True)
        for first, last in ((START, steps[-1] - 1), (steps[0], steps[-1]))
    )
    changes = f.SUMPRODUCT(before.differs(0.0) * before.differs(after))
    grid.put(row.number, WHOLE, changes, Style.CALCULATION, "0")


def _rate(book: Book, grid: Grid, row: Row, steps: range) -> None:
    """The internal rate of return of the amounts two rows above."""
    _working(book, grid, row, "Internal rate of return", "1/year")
    amounts = cells_of(steps_area(book.model, row.number - 2, with_start=True), fixed_column=True)
    changes, last = grid.cell(row.number - 1, WHOLE), grid.cell(row.number - 1, steps[-1], fixed_column=True)
    rate = or_word(changes, yearly_rate(book.model, amounts, -last))
    grid.put(row.number, WHOLE, rate, Style.CALCULATION, "0.0000")
    for column in (START, *steps):
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
