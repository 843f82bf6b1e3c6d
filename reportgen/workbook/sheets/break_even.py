"""The Break-even sheet: each question's curve, live, with the places where two options change order."""

from __future__ import annotations

from itertools import pairwise

from reportgen.compute.break_even import BreakEvenOutcome, PairBreakEven
from reportgen.formula.nodes import Key
from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.grid import Grid, StackedChart, Style
from reportgen.workbook.layout import CURVE_HEADS, curve_row
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import BREAK_EVEN, FIRST, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.assumptions import number_validation
from reportgen.workbook.sheets.common import NUMBER_WIDTH, Book, calculation, heading, new_grid, option_heads

NO_CROSSING = "no crossing"


def break_even_sheet(book: Book, questions: Questions) -> Grid:
    """One part per question: its range (inputs), the totals along it, and where their order changes."""
    subtitle = "Totals along a driver. Crossings are read off the curve below, straight from point to point."
    grid = new_grid(book, BREAK_EVEN, "result", "Break-even", subtitle)
    option_heads(book, grid, HEAD_ROW, "Driver")
    for number, outcome in enumerate(questions.break_evens):
        _question(book, grid, questions, number, outcome)
    return grid


def _question(book: Book, grid: Grid, questions: Questions, number: int, outcome: BreakEvenOutcome) -> None:
    first, count = curve_row(outcome, number, 0), len(outcome.curve)
    top, last = first - CURVE_HEADS, first + count - 1
    after = FIRST + len(book.model.options)
    heading(grid, top, f"{outcome.question.title}: {outcome.driver.title}", after + 2 * len(outcome.pairs) - 1)
    unit, formats = outcome.driver.unit, _formats(outcome)
    for row, title, value in ((top + 1, "From", outcome.question.start), (top + 2, "To", outcome.question.end)):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, str(unit), Style.UNIT)
        grid.put(row, FIRST, value, Style.INPUT, input_format(value, unit))
        area = Area(BREAK_EVEN, row, FIRST, row, FIRST)
        grid.validations.append(number_validation((area,), title, f"A number in {unit}."))
    _curve(book, grid, questions, number, outcome)
    for index, pair in enumerate(outcome.pairs):
        column = after + 2 * index
        grid.widths[column] = grid.widths[column + 1] = NUMBER_WIDTH + 3
        _pair(book, grid, (first, last), column, pair, outcome)
        _found(book, grid, (last + 2 + index, first, last), column, pair, outcome)
    series = []
    for option in outcome.question.between:
        column = book.plan.option_column(option)
        area = Area(BREAK_EVEN, first, column, last, column)
        values = tuple(totals[option] for _, totals in outcome.curve)
        series.append((book.model.option(option).title, area, values))
    start = last + 3 + len(outcome.pairs)
    grid.charts.append(
        StackedChart(
            title=f"{outcome.total.title} by {outcome.driver.title.lower()}",
            axis_title=str(outcome.total.unit),
            categories=Area(BREAK_EVEN, first, LABEL, last, LABEL),
            category_texts=tuple(f"{value:,.6g}" for value, _ in outcome.curve),
            series=tuple(series),
            rows=(start, start + 15),
            columns=(LABEL, max(book.plan.last_option_column, FIRST + 2)),
            alternative=f"Lines of each option’s {outcome.total.title} over {outcome.driver.title}. {formats}",
            kind="line",
        )
    )


def _formats(outcome: BreakEvenOutcome) -> str:
    start, end = outcome.question.start, outcome.question.end
    return f"From {start:,.6g} to {end:,.6g} {outcome.driver.unit}."


def _curve(book: Book, grid: Grid, questions: Questions, number: int, outcome: BreakEvenOutcome) -> None:
    block = questions.cases
    assert block is not None
    first, count = curve_row(outcome, number, 0), len(outcome.curve)
    start, end = f"$C${first - 3}", f"$C${first - 2}"
    number_format = result_format((value for value, _ in outcome.curve), outcome.driver.unit)
    total_format = result_format((each for _, totals in outcome.curve for each in totals.values()), outcome.total.unit)
    grid.put(first - 1, LABEL, outcome.driver.title, Style.SUBTITLE)
    for at, (value, totals) in enumerate(outcome.curve):
        row = first + at
        formula = f"={start}+({end}-{start})*{at}/{count - 1}"
        grid.put(row, LABEL, value, Style.CALCULATION, number_format, formula=formula)
        grid.put(row, UNIT, str(outcome.driver.unit), Style.UNIT)
        for option in totals:
            column, key = book.plan.option_column(option), Key(outcome.total.name, option)
            index = questions.curves[number][at]
            formula = "=" + block.cell(book.plan, index, key).seen_from(BREAK_EVEN)
            grid.put(row, column, totals[option], Style.LINKED, total_format, formula=formula)


def _differences(pair: PairBreakEven, outcome: BreakEvenOutcome) -> list[float]:
    return [totals[pair.first] - totals[pair.second] for _, totals in outcome.curve]


def _moments(pair: PairBreakEven, outcome: BreakEvenOutcome) -> list[float | None]:
    """Where the difference goes through nothing on its way to each point, straight from the point before."""
    found: list[float | None] = [None]
    values = [value for value, _ in outcome.curve]
    for (x, before), (y, now) in pairwise(zip(values, _differences(pair, outcome), strict=True)):
        crosses = (before < 0 <= now) or (before > 0 >= now)
        found.append(x + (y - x) * before / (before - now) if crosses else None)
    return found


def _pair(
    book: Book, grid: Grid, rows: tuple[int, int], column: int, pair: PairBreakEven, outcome: BreakEvenOutcome
) -> None:
    """The difference of two options along the curve, and the crossings on it."""
    first, last = rows
    titles = book.model.option(pair.first).title, book.model.option(pair.second).title
    grid.put(first - 1, column, f"{titles[0]} less {titles[1]}", Style.TEXT)
    grid.put(first - 1, column + 1, "crossing", Style.TEXT)
    one, other = (column_letters(book.plan.option_column(each)) for each in (pair.first, pair.second))
    here = column_letters(column)
    differences, moments = _differences(pair, outcome), _moments(pair, outcome)
    total_format = result_format(differences, outcome.total.unit)
    driver_format = result_format((value for value, _ in outcome.curve), outcome.driver.unit)
    for at, row in enumerate(range(first, last + 1)):
        calculation(grid, (row, column), differences[at], f"={one}{row}-{other}{row}", total_format)
        if at == 0:
            grid.put(row, column + 1, "", Style.CALCULATION)
            continue
        before, now = f"{here}{row - 1}", f"{here}{row}"
        crosses = f"OR(AND({before}<0,{now}>=0),AND({before}>0,{now}<=0))"
        moment = f"A{row - 1}+(A{row}-A{row - 1})*{before}/({before}-{now})"
        value = moments[at]
        shown = "" if value is None else value
        grid.put(row, column + 1, shown, Style.CALCULATION, driver_format, formula=f'=IF({crosses},{moment},"")')


def _found(
    book: Book, grid: Grid, rows: tuple[int, int, int], column: int, pair: PairBreakEven, outcome: BreakEvenOutcome
) -> None:
    """The first and the last crossing of a pair, and what the program found exactly when the book was made."""
    row, first, last = rows
    titles = book.model.option(pair.first).title, book.model.option(pair.second).title
    grid.put(row, LABEL, f"{titles[0]} and {titles[1]} cross at", Style.OUTPUT_LABEL)
    grid.put(row, UNIT, str(outcome.driver.unit), Style.OUTPUT_LABEL)
    letters = column_letters(column + 1)
    cells = f"{letters}{first}:{letters}{last}"
    moments = [moment for moment in _moments(pair, outcome) if moment is not None]
    driver_format = result_format((value for value, _ in outcome.curve), outcome.driver.unit)
    for at, (function, choose) in enumerate((("MIN", min), ("MAX", max)), FIRST):
        value = choose(moments) if moments else NO_CROSSING
        formula = f'=IF(COUNT({cells})=0,"{NO_CROSSING}",{function}({cells}))'
        grid.put(row, at, value, Style.OUTPUT_TEXT, driver_format, formula=formula)
    grid.put(row, FIRST + 2, _exactly(book, pair, outcome), Style.SUBTITLE)


def _exactly(book: Book, pair: PairBreakEven, outcome: BreakEvenOutcome) -> str:
    unit = outcome.driver.unit
    if pair.never_differ:
        return "Exactly, when this book was made: both cost the same over the whole range."
    if not pair.crossings:
        always = book.model.option(pair.always).title if pair.always else "none"
        return f"Exactly, when this book was made: no crossing; {always} costs less over the whole range."
    places = ", ".join(f"{each.at:,.10g}" for each in pair.crossings)
    return f"Exactly, when this book was made: {places} {unit}."
