"""The Ranges sheet: each option's total between the extremes, live, with P10 and P90 as the program drew them."""

from __future__ import annotations

import math

import numpy as np

from reportgen.compute.ranges import HIGH, LOW, Extremes, InputEnds, RangeOutcome
from reportgen.compute.rounding import round_like_spreadsheets
from reportgen.compute.scenarios import DECIMALS as NOISE
from reportgen.formula.nodes import Function, Key
from reportgen.formula.units import PERCENT, Unit
from reportgen.model.model import INCOMPLETE
from reportgen.workbook.address import Address, column_letters
from reportgen.workbook.chart_plan import (
    CHART_ROWS,
    Axis,
    ChartKind,
    ChartPlan,
    Series,
    axis_format,
    axis_title,
    from_zero,
    shown_numbers,
)
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST, HEAD_ROW, LABEL, RANGES, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.range_layout import (
    BASE,
    DECIMALS,
    ENDS_HEADS,
    EXTREME_HIGH,
    EXTREME_LOW,
    EXTREMES_TEXT,
    FIRST_END,
    INPUT_HIGH,
    INPUT_LOW,
    MOST,
    P10,
    P90,
    SIZE,
    STATE,
    STAYS,
    USUAL,
    WHOLE_FROM,
    end_column,
    ends_row,
    extreme_index,
    limit_cells,
    range_row,
    texts_row,
    varied_inputs,
)
from reportgen.workbook.sheets.charts import across, cell_text, lacking, option_heads_of
from reportgen.workbook.sheets.common import (
    COMPLETE,
    NUMBER_WIDTH,
    Book,
    calculation,
    heading,
    heads,
    new_grid,
    option_heads,
)

TEXT_WIDTH = 24
"""Characters of a range of two seven-digit numbers, and some."""


def ranges_sheet(book: Book, questions: Questions) -> Grid:
    """A part for each range, and a table of the ends that lower each total."""
    draws, seed = questions.ranges[0].draws, questions.ranges[0].seed
    subtitle = (
        "Totals with all inputs of a range at their ends at once. P10 and P90 are values from the program, of "
        f"{draws:,} draws with seed {seed}, for the model as it was: they do not follow changed inputs"
    )
    grid = new_grid(book, RANGES, "question", "Ranges", subtitle)
    grid.for_screens = True
    option_heads(book, grid, HEAD_ROW, "Total")
    for column in range(FIRST, max(book.plan.last_option_column, INPUT_HIGH) + 1):
        grid.widths[column] = TEXT_WIDTH
    for number, outcome in enumerate(questions.ranges):
        _range(book, grid, questions, number, outcome)
    _decimal_rules(grid, texts_row(book.model))
    _ends(book, grid, questions)
    row = max(at for at, _ in grid.cells) + 2
    for number, outcome in enumerate(questions.ranges):
        row = _chart(book, grid, number, outcome.extremes, row)
    return grid


def _chart(book: Book, grid: Grid, number: int, found: Extremes, row: int) -> int:
    """Each option's total as selected, with a line between the extremes; how far that reaches stands below it."""
    options, unit, top = book.model.option_ids, found.total.unit, range_row(number)
    first, row = row, row + CHART_ROWS + 1
    heading(grid, row, f"What the chart shows: {found.range.title[:1].lower()}{found.range.title[1:]}", FIRST)
    below = {option: found.base[option] - found.low[option] for option in options}
    above = {option: found.high[option] - found.base[option] for option in options}
    number_format = result_format([*found.base.values(), *found.low.values(), *found.high.values()], unit)
    for at, title, values, ends in (
        (row + 1, "As selected less the lower extreme", below, (BASE, EXTREME_LOW)),
        (row + 2, "The higher extreme less as selected", above, (EXTREME_HIGH, BASE)),
    ):
        grid.put(at, LABEL, title, Style.LABEL)
        grid.put(at, UNIT, str(unit), Style.UNIT)
        for option in options:
            column = book.plan.option_column(option)
            one, other = (f"{column_letters(column)}{top + step}" for step in ends)
            calculation(grid, (at, column), values[option], f"={one}-{other}", number_format)
    series = []
    reach = across(book, RANGES, row + 1, below), across(book, RANGES, row + 2, above)
    for step, values in ((BASE, found.base), (EXTREME_LOW, found.low), (EXTREME_HIGH, found.high)):
        said = cell_text(Address(RANGES, top + step, LABEL), str(grid.cells[top + step, LABEL].content))
        numbers = across(book, RANGES, top + step, values)
        series.append(Series(said, numbers, None, *reach) if step == BASE else Series(said, numbers, mark=True))
    titles = [book.model.option(option).title for option in options]
    spans = "; ".join(
        f"{title}: {shown_numbers(('as selected', 'low', 'high'), each, unit).replace(';', ',')}"
        for title, *each in zip(titles, *(each.values() for each in (found.base, found.low, found.high)), strict=True)
    )
    title = f"{found.range.title}: {found.total.title}"
    shown = [value for each in (found.base, found.low, found.high) for value in each.values()]
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.SPANS,
            title=title,
            series=tuple(series),
            values=Axis(axis_title(found.total.title, unit), axis_format(found.high.values(), unit), from_zero(shown)),
            rows=(first, first + CHART_ROWS - 1),
            columns=(LABEL, max(book.plan.last_option_column, FIRST + 1)),
            alternative=f"Columns with a line from low to high: {title}, {unit}. {spans}.{lacking(book, found.total)}",
            categories=option_heads_of(book, RANGES),
            labels=number_format,
        )
    )
    return row + 4


def _range(book: Book, grid: Grid, questions: Questions, number: int, outcome: RangeOutcome) -> None:
    found, top = outcome.extremes, range_row(number)
    unit = found.total.unit
    heading(grid, top, f"{found.range.title}: {found.total.title}", book.plan.last_option_column)
    titles = {
        BASE: "With every input as selected",
        EXTREME_LOW: "Every input at the end that lowers it",
        EXTREME_HIGH: "Every input at the end that raises it",
        EXTREMES_TEXT: "Between the extremes",
        P10: "P10 (value from the program)",
        P90: "P90 (value from the program)",
        SIZE: "Larger extreme, without its sign",
        DECIMALS: "Decimals of the text",
    }
    for step, title in titles.items():
        style = Style.OUTPUT_LABEL if step == EXTREMES_TEXT else Style.LABEL
        grid.put(top + step, LABEL, title, style)
        shown = "digits" if step == DECIMALS else str(unit)
        grid.put(top + step, UNIT, shown, Style.OUTPUT_LABEL if step == EXTREMES_TEXT else Style.UNIT)
    numbers = (found.base, found.low, found.high, outcome.p10, outcome.p90)
    number_format = result_format([value for each in numbers for value in each.values()], unit)
    for option in book.model.option_ids:
        key, column = Key(found.total.name, option), book.plan.option_column(option)
        cell = "=" + book.plan.cells[key].seen_from(RANGES)
        grid.put(top + BASE, column, found.base[option], Style.LINKED, number_format, formula=cell)
        for step, extreme, value in ((EXTREME_LOW, LOW, found.low), (EXTREME_HIGH, HIGH, found.high)):
            case = questions.extremes.cell(book.plan, extreme_index(book.model, number, option, extreme), key)
            formula = "=" + case.seen_from(RANGES)
            calculation(grid, (top + step, column), value[option], formula, number_format)
        _text(book, grid, (top, column), (found.low[option], found.high[option]), unit)
        for step, values in ((P10, outcome.p10), (P90, outcome.p90)):
            grid.put(top + step, column, values[option], Style.FIXED, number_format)
    _states(book, grid, top + STATE, outcome)


def _states(book: Book, grid: Grid, row: int, outcome: RangeOutcome) -> None:
    """Whether a total lacks a price, where it may."""
    found = outcome.extremes
    states = {option: book.plan.states.get(Key(found.total.name, option)) for option in book.model.option_ids}
    if not any(states.values()):
        return
    grid.put(row, LABEL, "Prices known", Style.LABEL)
    grid.put(row, UNIT, "", Style.UNIT)
    for option, state in states.items():
        if state is not None:
            text = INCOMPLETE if option in found.incomplete else COMPLETE
            formula = "=" + state.seen_from(RANGES)
            grid.put(row, book.plan.option_column(option), text, Style.STATE, formula=formula)


def _text(book: Book, grid: Grid, at: tuple[int, int], extremes: tuple[float, float], unit: Unit) -> None:
    """Both extremes as one text, `10,640 to 12,640`, with as many decimals as the larger one needs.

    FIXED writes numbers as the reader's own settings do; TEXT would read its format by them, and fail.
    """
    top, column = at
    steps = (EXTREME_LOW, EXTREME_HIGH, SIZE, DECIMALS)
    low, high, size, decimals = (f"{column_letters(column)}{top + step}" for step in steps)
    largest = max(map(abs, extremes))
    number_format = grid.cells[top + EXTREME_HIGH, column].number_format
    calculation(grid, (top + SIZE, column), largest, f"=MAX(ABS({low}),ABS({high}))", number_format)
    if unit == PERCENT:
        places, sign = 1, '&"%"'
        grid.put(top + DECIMALS, column, float(places), Style.FIXED, "0")
    else:
        places, sign = _decimals(largest), ""
        whole_from, usual, most = (_rule_cell(book, step) for step in (WHOLE_FROM, USUAL, MOST))
        few = f"IF({size}=0,0,MIN({most},{usual}-INT(LOG10({size}))))"
        formula = f"=IF({size}>={whole_from},0,IF({size}>=1,{usual},{few}))"
        grid.put(top + DECIMALS, column, float(places), Style.CALCULATION, "0", formula=formula)
    one, other = (f"FIXED(ROUND({each},{decimals}),{decimals}){sign}" for each in (low, high))
    text = " to ".join(_fixed(each, places) + ("%" if unit == PERCENT else "") for each in extremes)
    grid.put(top + EXTREMES_TEXT, column, text, Style.OUTPUT_TEXT, formula=f'={one}&" to "&{other}')


def _rule_cell(book: Book, step: int) -> str:
    return f"${column_letters(FIRST)}${texts_row(book.model) + step}"


_RULES = {
    WHOLE_FROM: ("Numbers from here on have no decimals", "number", 10_000),
    USUAL: ("Decimals of smaller numbers; below 1 as many significant digits and one more", "digits", 2),
    MOST: ("Decimals at most", "digits", 12),
}
"""How many decimals a text has that no number format can show: label, unit and value."""


def _decimal_rules(grid: Grid, row: int) -> None:
    heading(grid, row, "How extremes are written as text", FIRST)
    for step, (text, unit, value) in _RULES.items():
        grid.put(row + step, LABEL, text, Style.LABEL)
        grid.put(row + step, UNIT, unit, Style.UNIT)
        grid.put(row + step, FIRST, float(value), Style.FIXED, "#,##0")


def _decimals(size: float) -> int:
    whole_from, usual, most = (_RULES[step][2] for step in (WHOLE_FROM, USUAL, MOST))
    if size >= 1:
        return 0 if size >= whole_from else usual
    return min(most, usual - math.floor(math.log10(size))) if size else 0


def _fixed(value: float, decimals: int) -> str:
    return f"{float(round_like_spreadsheets(Function.ROUND, np.array([value]), decimals)[0]) + 0.0:,.{decimals}f}"


def _ends(book: Book, grid: Grid, questions: Questions) -> None:
    """The inputs with their low and high, and for each range and option the end that gives the lower total."""
    model, first = book.model, ends_row(book.model)
    top, count = first - ENDS_HEADS, len(model.options)
    last = FIRST_END + len(questions.ranges) * count - 1
    heading(grid, top, "Which end of an input gives the lower total, all others as selected", last)
    texts = [(LABEL, "Input", False), (UNIT, "Unit", False), (INPUT_LOW, "Low", True), (INPUT_HIGH, "High", True)]
    for number, outcome in enumerate(questions.ranges):
        grid.put(top + 1, end_column(model, number, model.option_ids[0]), outcome.extremes.range.title, Style.SUBTITLE)
        texts += [(end_column(model, number, option.id), option.title, False) for option in model.options]
    for column in range(FIRST_END, last + 1):
        grid.widths.setdefault(column, NUMBER_WIDTH)
    heads(grid, first - 1, texts)
    for row, key in enumerate(varied_inputs(model), first):
        ends = [next((each for each in o.extremes.inputs if each.key == key), None) for o in questions.ranges]
        _input(book, grid, row, next(each for each in ends if each is not None))
        for number, (outcome, found) in enumerate(zip(questions.ranges, ends, strict=True)):
            for option in model.option_ids:
                at = row, end_column(model, number, option)
                text = STAYS if found is None else found.lowers[option]
                formula = _end_formula(book, questions, key, Key(outcome.extremes.total.name, option)) if found else ""
                grid.put(*at, text, Style.CALCULATION_TEXT, formula=formula)


def _input(book: Book, grid: Grid, row: int, ends: InputEnds) -> None:
    quantity = book.model.quantities[ends.key.name]
    option = f", {book.model.option(ends.key.option).title}" if ends.key.option else ""
    grid.put(row, LABEL, quantity.title + option, Style.LABEL)
    grid.put(row, UNIT, str(quantity.unit), Style.UNIT)
    cells = limit_cells(book.plan, ends.key)
    formats = (input_format(float(f"{value:.12g}"), quantity.unit) for value in (ends.low, ends.high))
    number_format = max(formats, key=len)
    for column, value, cell in zip((INPUT_LOW, INPUT_HIGH), (ends.low, ends.high), cells, strict=True):
        grid.put(row, column, value, Style.LINKED, number_format, formula="=" + cell.seen_from(RANGES))


def _end_formula(book: Book, questions: Questions, moved: Key, total: Key) -> str:
    """What `compute.ranges` says of the totals at an input's low and at its high, without what rounding leaves; "" for
    a total that the input does not change, whichever end it is at."""
    if total not in book.model.dependencies.affected_by([moved]):
        return ""
    cells = (questions.cases.cell(book.plan, case, total) for case in questions.moves[moved])
    low, high = (cell.seen_from(RANGES, fixed=True) for cell in cells)
    return f'=IF({low}-{high}>1E-{NOISE}*MAX(ABS({low}),ABS({high})),"{HIGH}","{LOW}")'
