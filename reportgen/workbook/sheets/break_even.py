"""The Break-even sheet: each question's range, crossings and chart, then the live curve that they are read off."""

from __future__ import annotations

from reportgen.compute.break_even import BreakEvenOutcome, PairBreakEven
from reportgen.compute.breakpoints import BESIDE, BreakEvenCurve
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE, NOT_KNOWN
from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.chart_plan import (
    CHART_ROWS,
    Axis,
    ChartKind,
    ChartPlan,
    Series,
    axis_format,
    axis_title,
    shown_numbers,
)
from reportgen.workbook.curve_crossings import PairCurve, pair_curve
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.layout import CurveRows, curve_rows
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import BREAK_EVEN, FIRST, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.breakpoint_table import breakpoint_table
from reportgen.workbook.sheets.charts import chart_width, down, lacking, option_head
from reportgen.workbook.sheets.common import NUMBER_WIDTH, Book, calculation, heading, new_grid, option_heads
from reportgen.workbook.sheets.crossing_marks import crossing_marks, marked_series
from reportgen.workbook.validations import conditions, number_where, own_limits, said

NO_CROSSING = "no crossing"

PAIR_COLUMNS = 4
"""Of each pair of options: their difference, which costs less so far, a crossing, and the height of it."""


def break_even_sheet(book: Book, questions: Questions) -> Grid:
    """One part per question."""
    subtitle = (
        "Totals along a driver. Crossings are read off the curve below the chart, straight from point to point; it has "
        "points where it may breakpoint or jump, and evenly spaced ones where it may be curved"
    )
    grid = new_grid(book, BREAK_EVEN, "question", "Break-even", subtitle)
    grid.for_screens = True
    option_heads(book, grid, HEAD_ROW, "Driver")
    for column in range(FIRST, max(book.plan.last_option_column, FIRST + 3) + 1):
        grid.widths[column] = NUMBER_WIDTH
    places = curve_rows(questions.break_evens, questions.bent)
    for number, rows in enumerate(places):
        _question(book, grid, questions, number, rows)
    return grid


def _question(book: Book, grid: Grid, questions: Questions, number: int, rows: CurveRows) -> None:
    outcome, bent = questions.break_evens[number], questions.bent[number]
    heading(grid, rows.top, f"{outcome.question.title}: {outcome.driver.title}", max(chart_width(book)[1], FIRST + 3))
    _range(grid, outcome, rows)
    _curve(book, grid, questions, number, rows)
    grid.put(rows.crossings - 1, FIRST, "first", Style.WORD)
    grid.put(rows.crossings - 1, FIRST + 1, "last", Style.WORD)
    found = [pair_curve(pair, bent) for pair in outcome.pairs]
    for index, pair in enumerate(found):
        column = _after(book) + 1 + PAIR_COLUMNS * index
        _pair(book, grid, rows, column, pair, outcome)
        _found(book, grid, rows, index, outcome, pair)
    crossing_marks(book, grid, rows, outcome, found, _after(book) + 1)
    breakpoint_table(book, grid, questions, number, rows)
    _chart(book, grid, rows, outcome, bent, found)


def _after(book: Book) -> int:
    """The first column behind the options."""
    return FIRST + len(book.model.options)


def _range(grid: Grid, outcome: BreakEvenOutcome, rows: CurveRows) -> None:
    start, end, unit = f"C{rows.start}", f"C{rows.start + 1}", outcome.driver.unit
    limits = own_limits((outcome.question.start, outcome.question.end), unit)
    rules = [*conditions(start, limits)[1:], f"{start}<{end}"], [f"{end}>{start}"]
    for at, (row, title, value) in enumerate(
        ((rows.start, "From", outcome.question.start), (rows.start + 1, "To", outcome.question.end))
    ):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, str(unit), Style.UNIT)
        grid.put(row, FIRST, value, Style.INPUT, input_format(value, unit))
        area = Area(BREAK_EVEN, row, FIRST, row, FIRST)
        prompt = f"A number in {unit}; the curve leads from the lower to the higher.{said(limits)}"
        error = f"Enter a number; From is below To.{said(limits)}"
        grid.validations.append(number_where(area, title, prompt, rules[at], error))
        grid.marks[row] = Mark(FIRST + 1, "Value", f"{outcome.question.title}: {title.lower()}")


def _curve(book: Book, grid: Grid, questions: Questions, number: int, rows: CurveRows) -> None:
    """The driver's values in rising order, each option's total, and the same values as they are made."""
    outcome, bent, cases = questions.break_evens[number], questions.bent[number], questions.cases
    start, end, made = f"$C${rows.start}", f"$C${rows.start + 1}", _after(book)
    grid.widths[made] = NUMBER_WIDTH
    number_format = result_format((value for value, _ in outcome.curve), outcome.driver.unit)
    total_format = result_format((each for _, totals in outcome.curve for each in totals.values()), outcome.total.unit)
    heading(grid, rows.first - 2, f"{outcome.total.title} along {outcome.driver.title}", made)
    grid.put(rows.first - 1, LABEL, outcome.driver.title, Style.SUBTITLE)
    grid.put(rows.first - 1, made, "before sorting", Style.WORD)
    letters = column_letters(made)
    every = f"${letters}${rows.first}:${letters}${rows.last}"
    for at, (value, totals) in enumerate(bent.curve):
        row = rows.first + at
        formula = f"=SMALL({every},ROWS(B${rows.first}:B{row}))"
        formula = {rows.first: f"={start}", rows.last: f"={end}"}.get(row, formula)
        grid.put(row, LABEL, value, Style.CALCULATION, number_format, formula=formula)
        grid.put(row, UNIT, str(outcome.driver.unit), Style.UNIT)
        for option in totals:
            column, key = book.plan.option_column(option), Key(outcome.total.name, option)
            formula = "=" + cases.cell(book.plan, questions.curves[number][at], key).seen_from(BREAK_EVEN)
            grid.put(row, column, totals[option], Style.LINKED, total_format, formula=formula)
    formulas = _made(rows, bent)
    for row, (value, formula) in enumerate(zip(bent.points, formulas, strict=True), rows.first):
        calculation(grid, (row, made), value, formula, number_format)


def _made(rows: CurveRows, bent: BreakEvenCurve) -> list[str]:
    """Evenly spaced values, or the ends alone, then those at breakpoints and on both sides of jumps."""
    start, end = f"$C${rows.start}", f"$C${rows.start + 1}"
    first = f"B${rows.first}"  # rows are counted in a column without formulas: some engines see a circle otherwise
    steps = f"(ROWS({first}:B${rows.first + bent.even - 1})-1)"
    formulas = [
        f"={start}+({end}-{start})*(ROWS({first}:B{row})-1)/{steps}"
        for row in range(rows.first, rows.first + bent.even)
    ]
    reach = f"{BESIDE:.0E}*({end}-{start})".replace("E-0", "E-")
    for row, place in enumerate(bent.places, rows.places):
        if place.breakpoint.jump:
            formulas += [f"=MAX(F{row}-{reach},{start})", f"=MIN(F{row}+{reach},{end})"]
        else:
            formulas.append(f"=F{row}")
    return formulas


def _pair(book: Book, grid: Grid, rows: CurveRows, column: int, found: PairCurve, outcome: BreakEvenOutcome) -> None:
    """Point by point: the difference of two options, which of them costs less so far, and where that changes."""
    pair = found.pair
    titles = book.model.option(pair.first).title, book.model.option(pair.second).title
    heads = (f"{titles[0]} less {titles[1]}", "order so far", "crossing", "amount there")
    for step, text in enumerate(heads):
        grid.put(rows.first - 1, column + step, text, Style.WORD)
        grid.widths[column + step] = NUMBER_WIDTH + 3
    one, other = (column_letters(book.plan.option_column(each)) for each in (pair.first, pair.second))
    gap, order, crossing = (column_letters(column + step) for step in range(3))
    total_format = result_format(found.differences, outcome.total.unit)
    driver_format = result_format((value for value, _ in outcome.curve), outcome.driver.unit)
    for at, row in enumerate(range(rows.first, rows.last + 1)):
        a, b, now, before = f"{one}{row}", f"{other}{row}", f"{gap}{row}", f"{gap}{row - 1}"
        same = f"ABS({a}-{b})<=1E-12*MAX(ABS({a}),ABS({b}))"
        calculation(grid, (row, column), found.differences[at], f"=IF({same},0,{a}-{b})", total_format)
        so_far = f"=IF({now}=0,{order}{row - 1},SIGN({now}))" if at else f"=SIGN({now})"
        calculation(grid, (row, column + 1), found.orders[at], so_far, "0")
        if at == 0:
            continue
        share = f"{before}/({before}-{now})"
        changes = f"AND({order}{row - 1}<>0,{order}{row}<>{order}{row - 1})"
        for step, value, on_the_way, number_format in (
            (2, found.crossings[at], f"A{row - 1}+(A{row}-A{row - 1})*{share}", driver_format),
            (3, found.heights[at], f"{one}{row - 1}+({a}-{one}{row - 1})*{share}", total_format),
        ):
            condition = changes if step == 2 else f"ISNUMBER({crossing}{row})"
            shown = "" if value is None else value
            formula = f'=IF({condition},{on_the_way},"")'
            grid.put(row, column + step, shown, Style.CALCULATION, number_format, formula=formula)


def _found(book: Book, grid: Grid, rows: CurveRows, index: int, outcome: BreakEvenOutcome, found: PairCurve) -> None:
    """The first and the last crossing of a pair, and what the program found exactly when the book was made."""
    row, pair = rows.crossings + index, found.pair
    titles = book.model.option(pair.first).title, book.model.option(pair.second).title
    grid.put(row, LABEL, f"{titles[0]} and {titles[1]} cross at", Style.OUTPUT_LABEL)
    grid.put(row, UNIT, str(outcome.driver.unit), Style.OUTPUT_LABEL)
    letters = column_letters(_after(book) + 1 + PAIR_COLUMNS * index + 2)
    cells = f"{letters}{rows.first}:{letters}{rows.last}"
    driver_format = result_format((value for value, _ in outcome.curve), outcome.driver.unit)
    unknown = _unknown(book, rows, outcome, pair)
    for at, (function, value) in enumerate((("MIN", found.first), ("MAX", found.last)), FIRST):
        shown = (
            NOT_KNOWN if set(outcome.unknown) & {pair.first, pair.second} else NO_CROSSING if value is None else value
        )
        formula = f'IF(COUNT({cells})=0,"{NO_CROSSING}",{function}({cells}))'
        formula = f'=IF({unknown},"{NOT_KNOWN}",{formula})' if unknown else f"={formula}"
        grid.put(row, at, shown, Style.OUTPUT_TEXT, driver_format, formula=formula)
    grid.put(row, FIRST + 2, f"Exactly, when this book was made: {_exactly(book, pair, outcome)}", Style.SUBTITLE)


def _unknown(book: Book, rows: CurveRows, outcome: BreakEvenOutcome, pair: PairBreakEven) -> str:
    """A condition that holds while nothing is known of one of a pair; "" where all prices are known."""
    found = []
    for option in (pair.first, pair.second):
        state = book.plan.states.get(Key(outcome.total.name, option))
        letters = column_letters(book.plan.option_column(option))
        totals = f"{letters}{rows.first}:{letters}{rows.last}"
        if state is not None:
            found.append(f'AND({state.seen_from(BREAK_EVEN)}="{INCOMPLETE}",MIN({totals})=0,MAX({totals})=0)')
    return found[0] if len(found) == 1 else f"OR({','.join(found)})" if found else ""


def _exactly(book: Book, pair: PairBreakEven, outcome: BreakEvenOutcome) -> str:
    unit = outcome.driver.unit
    if pair.never_differ:
        return "both cost the same over the whole range."
    if not pair.crossings and pair.always is None:
        titles = " and ".join(book.model.option(each).title for each in pair.incomplete)
        return f"which costs less is not known: a price is missing for {titles}."
    if not pair.crossings:
        always = book.model.option(pair.always or "").title
        where = "where the two differ" if pair.same else "over the whole range"
        return f"no crossing; {always} costs less {where}."
    places = ", ".join(f"{each.at:,.10g}" for each in pair.crossings)
    return f"{places} {unit}."


def _chart(
    book: Book, grid: Grid, rows: CurveRows, outcome: BreakEvenOutcome, bent: BreakEvenCurve, found: list[PairCurve]
) -> None:
    points = [value for value, _ in bent.curve]
    options = outcome.drawn
    if not options:
        return
    amounts = [totals[each] for _, totals in bent.curve for each in options]
    at = down(BREAK_EVEN, rows.first, LABEL, points)
    series = []
    for option in options:
        values = [totals[option] for _, totals in bent.curve]
        column = book.plan.option_column(option)
        color = book.model.option_ids.index(option)
        numbers = down(BREAK_EVEN, rows.first, column, values)
        series.append(Series(option_head(book, BREAK_EVEN, option), numbers, at, color=color))
    titles = [book.model.option(option).title for option in options]
    unit, driver = outcome.total.unit, outcome.driver
    title = f"{outcome.total.title} by {driver.title[:1].lower()}{driver.title[1:]}"
    ends = ". ".join(
        f"At {value:,.6g}: {shown_numbers(titles, [totals[each] for each in options], unit)}"
        for value, totals in (bent.curve[0], bent.curve[-1])
    )
    crossings = " ".join(
        f"{book.model.option(pair.first).title} and {book.model.option(pair.second).title}: "
        f"{_exactly(book, pair, outcome)}"
        for pair in outcome.pairs
    )
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.LINES,
            title=title,
            series=(*series, *marked_series(book, rows, outcome, found)),
            values=Axis(axis_title(outcome.total.title, unit), axis_format(amounts, unit)),
            along=Axis(axis_title(driver.title, driver.unit), axis_format(points, driver.unit)),
            rows=(rows.chart, rows.chart + CHART_ROWS - 1),
            columns=chart_width(book),
            alternative=f"Lines: {title}, {unit}. {ends}. Crossings of {crossings}{lacking(book, outcome.total)}",
        )
    )
