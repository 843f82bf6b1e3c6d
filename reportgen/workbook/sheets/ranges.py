"""The Ranges sheet: each option's total between the extremes, live, with P10 and P90 as the program drew them."""

from __future__ import annotations

from dataclasses import replace

from reportgen.compute.ranges import HIGH, LOW, Extremes, InputEnds, RangeOutcome
from reportgen.compute.scenarios import DECIMALS as NOISE
from reportgen.formula.nodes import Key
from reportgen.questions import RANGES
from reportgen.workbook import cell_words
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import listed, message, number_text, together, unit_words
from reportgen.workbook.chart_plan import (
    Axis,
    ChartKind,
    ChartPlan,
    Numbers,
    Series,
    Texts,
    axis_format,
    axis_title,
    from_zero,
    shown_numbers,
)
from reportgen.workbook.expressions import Cells, Expression, cell
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.range_layout import (
    ABOVE,
    BASE,
    BELOW,
    ENDS_HEADS,
    EXTREME_HIGH,
    EXTREME_LOW,
    FIRST_END,
    HEIGHT,
    INPUT_HIGH,
    INPUT_LOW,
    P10,
    P90,
    STATE,
    STAYS,
    end_column,
    ends_row,
    extreme_index,
    range_row,
    varied_inputs,
)
from reportgen.workbook.sheets.charts import lacking, of_options, option_heads_of
from reportgen.workbook.sheets.sheet_parts import (
    NUMBER_WIDTH,
    Book,
    heading,
    heads,
    new_grid,
    no_first_heads,
    option_heads,
)
from reportgen.workbook.titles import Text

LAST_CHART_COLUMN = 9
"""Of a chart beside the table of a range, where that leaves it three columns: what a page has room for."""


def ranges_sheet(book: Book, questions: Questions) -> Grid:
    """A part for each range, and a table of the ends that lower each total."""
    draws, seed = questions.ranges[0].draws, questions.ranges[0].seed
    subtitle = message(
        "All inputs of a range at their ends at once; P10 and P90 of {draws} draws by the program, seed {seed}",
        draws=number_text(draws, ","),
        seed=seed,
    )
    grid = new_grid(book, RANGES, "question", message("Ranges"), subtitle)
    no_first_heads(grid)
    for number, outcome in enumerate(questions.ranges):
        _range(book, grid, questions, number, outcome)
        _chart(book, grid, range_row(number), outcome.extremes)
    for column in range(FIRST, max(book.plan.last_option_column, INPUT_HIGH) + 1):
        grid.widths[column] = NUMBER_WIDTH - 0.5
    _ends(book, grid, questions)
    grid.printed_rows.append((1, ends_row(book.model) - ENDS_HEADS - 2))  # which end lowers a total is for the screen
    grid.printed_columns = book.plan.last_option_column
    return grid


def _chart(book: Book, grid: Grid, top: int, found: Extremes) -> None:
    """Each option's total as selected, with a line between the extremes. How far that reaches stands in the table."""
    unit = found.total.unit
    number_format = result_format([*found.base.values(), *found.low.values(), *found.high.values()], unit)
    for step, title, one, other in (
        (BELOW, message("Selected less low"), BASE, EXTREME_LOW),
        (ABOVE, message("High less selected"), EXTREME_HIGH, BASE),
    ):
        grid.put(top + step, LABEL, title, Style.LABEL)
        grid.put(top + step, UNIT, unit_words(unit), Style.UNIT)
        for column in range(FIRST, book.plan.last_option_column + 1):
            reach = grid.cell(top + one, column) - grid.cell(top + other, column)
            grid.put(top + step, column, reach, Style.CALCULATION, number_format)
    grid.later.append(lambda cells: grid.charts.append(_spans(book, cells, found, top, number_format)))


def _spans(book: Book, cells: Cells, found: Extremes, top: int, number_format: str) -> ChartPlan:
    """The chart of the range whose heading is in the row `top`."""
    unit, beside = found.total.unit, book.plan.last_option_column + 1
    below, above = (Numbers.read(cells, of_options(book, RANGES, top + step)) for step in (BELOW, ABOVE))
    base, low, high = (
        Series(
            Texts.read(cells, Area(RANGES, top + step, LABEL, top + step, LABEL)),
            Numbers.read(cells, of_options(book, RANGES, top + step)),
            mark=step != BASE,
        )
        for step in (BASE, EXTREME_LOW, EXTREME_HIGH)
    )
    titles = [option.title for option in book.model.options]
    sides = (message("as selected"), message("low"), message("high"))
    spans = listed(
        (
            together(title, ": ", shown_numbers(sides, each, unit, between=", "))
            for title, *each in zip(titles, *(each.values.shown(unit) for each in (base, low, high)), strict=True)
        ),
        "; ",
    )
    title = together(found.range.title, ": ", found.total.title)
    shown = [value for each in (base, low, high) for value in each.values.values]
    return ChartPlan(
        kind=ChartKind.SPANS,
        title=title,
        series=(replace(base, below=below, above=above), low, high),
        values=Axis(axis_title(found.total.title, unit), axis_format(high.values.shown(unit), unit), from_zero(shown)),
        rows=(top, top + HEIGHT - 2),
        columns=(beside, max(LAST_CHART_COLUMN, beside + 2)),
        alternative=message(
            "Columns with a line from low to high: {title}, {unit}. {spans}.{lacking}",
            title=title,
            unit=unit_words(unit),
            spans=spans,
            lacking=lacking(book, found.total),
        ),
        categories=option_heads_of(book, RANGES, top),
        labels=number_format,
    )


def _range(book: Book, grid: Grid, questions: Questions, number: int, outcome: RangeOutcome) -> None:
    found, top = outcome.extremes, range_row(number)
    unit = found.total.unit
    option_heads(book, grid, top, together(found.range.title, ": ", found.total.title))
    titles = {
        BASE: message("With every input as selected"),
        EXTREME_LOW: message("Low: inputs at the end that lowers it"),
        EXTREME_HIGH: message("High: inputs at the end that raises it"),
        P10: message("P10 (value from the program)"),
        P90: message("P90 (value from the program)"),
    }
    for step, title in titles.items():
        output = step in (EXTREME_LOW, EXTREME_HIGH)
        grid.put(top + step, LABEL, title, Style.OUTPUT_LABEL if output else Style.LABEL)
        grid.put(top + step, UNIT, unit_words(unit), Style.OUTPUT_LABEL if output else Style.UNIT)
    numbers = (found.base, found.low, found.high, outcome.p10, outcome.p90)
    number_format = result_format([value for each in numbers for value in each.values()], unit)
    for option in book.model.option_ids:
        key, column = Key(found.total.name, option), book.plan.option_column(option)
        grid.put(top + BASE, column, cell(book.plan.cells[key]), Style.LINKED, number_format)
        for step, extreme in ((EXTREME_LOW, LOW), (EXTREME_HIGH, HIGH)):
            case = questions.extremes.cell(book.plan, extreme_index(book.model, number, option, extreme), key)
            grid.put(top + step, column, cell(case), Style.OUTPUT, number_format)
        for step, values in ((P10, outcome.p10), (P90, outcome.p90)):
            grid.put(top + step, column, values[option], Style.FIXED, number_format)
    _states(book, grid, top + STATE, outcome)


def _states(book: Book, grid: Grid, row: int, outcome: RangeOutcome) -> None:
    """Whether a total lacks a price, where it may."""
    name = outcome.extremes.total.name
    states = {option: book.plan.states.get(Key(name, option)) for option in book.model.option_ids}
    if not any(states.values()):
        return
    grid.put(row, LABEL, message("Prices known"), Style.LABEL)
    grid.put(row, UNIT, "", Style.UNIT)
    for option, state in states.items():
        if state is not None:
            grid.put(row, book.plan.option_column(option), cell(state), Style.STATE)


def _ends(book: Book, grid: Grid, questions: Questions) -> None:
    """The inputs with their low and high, and for each range and option the end that gives the lower total."""
    model, first = book.model, ends_row(book.model)
    top, count = first - ENDS_HEADS, len(model.options)
    last = FIRST_END + len(questions.ranges) * count - 1
    heading(grid, top, message("Which end of an input gives the lower total, all others as selected"), last)
    texts: list[tuple[int, Text, bool]] = [(LABEL, message("Input"), False), (UNIT, message("Unit"), False)]
    texts += [(INPUT_LOW, message("Low"), True), (INPUT_HIGH, message("High"), True)]
    for number, outcome in enumerate(questions.ranges):
        grid.put(top + 1, end_column(model, number, model.option_ids[0]), outcome.extremes.range.title, Style.SUBTITLE)
        texts += [(end_column(model, number, option), book.option(option), False) for option in model.option_ids]
    for column in range(FIRST_END, last + 1):
        grid.widths.setdefault(column, NUMBER_WIDTH)
    heads(grid, first - 1, texts)
    for row, key in enumerate(varied_inputs(model), first):
        ends = [next((each for each in o.extremes.inputs if each.key == key), None) for o in questions.ranges]
        _input(book, grid, row, next(each for each in ends if each is not None))
        for number, (outcome, found) in enumerate(zip(questions.ranges, ends, strict=True)):
            for option in model.option_ids:
                total = Key(outcome.extremes.total.name, option)
                end = _end(book, questions, key, total) if found is not None else STAYS
                grid.put(row, end_column(model, number, option), end, Style.CALCULATION_TEXT)


def _input(book: Book, grid: Grid, row: int, ends: InputEnds) -> None:
    quantity = book.model.quantities[ends.key.name]
    grid.put(row, LABEL, book.key_title(ends.key), Style.LABEL)
    grid.put(row, UNIT, unit_words(quantity.unit), Style.UNIT)
    cells = book.plan.limit_cells(ends.key)
    formats = (input_format(float(f"{value:.12g}"), quantity.unit) for value in (ends.low, ends.high))
    number_format = max(formats, key=len)
    for column, limit in zip((INPUT_LOW, INPUT_HIGH), cells, strict=True):
        grid.put(row, column, cell(limit), Style.LINKED, number_format)


def _end(book: Book, questions: Questions, moved: Key, total: Key) -> Expression | str:
    """Which end of an input gives the lower total, without what rounding leaves; the low one of a total that the input
    does not change, whichever end it is at."""
    if total not in book.model.dependencies.affected_by([moved]):
        return cell_words.LOW
    low, high = (cell(questions.cases.cell(book.plan, case, total), fixed=True) for case in questions.moves[moved])
    return f.IF(low - high > 10.0**-NOISE * f.MAX(f.ABS(low), f.ABS(high)), cell_words.HIGH, cell_words.LOW)
