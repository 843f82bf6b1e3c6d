"""The Break-even sheet: each question's range, crossings and chart, then the live curve that they are read off."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.compute.break_even import PairBreakEven
from reportgen.compute.breakpoints import BESIDE, BreakEvenCurve
from reportgen.formula.nodes import Key
from reportgen.questions import BREAK_EVEN
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import listed, message, number_text, together, unit_words, within_sentence
from reportgen.workbook.cell_words import INCOMPLETE, NOT_KNOWN
from reportgen.workbook.chart_plan import (
    CHART_ROWS,
    Axis,
    ChartKind,
    ChartPlan,
    Numbers,
    Series,
    Texts,
    axis_format,
    axis_title,
    shown_numbers,
)
from reportgen.workbook.expressions import Cells, Expression, cell
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.layout import curve_rows
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.breakpoint_table import breakpoint_table
from reportgen.workbook.sheets.charts import chart_width, lacking, option_head, shown_title
from reportgen.workbook.sheets.crossing_marks import crossing_marks, marked_series
from reportgen.workbook.sheets.curve_part import AMOUNT, CROSSING, GAP, ORDER, CurvePart
from reportgen.workbook.sheets.sheet_parts import (
    NUMBER_WIDTH,
    Book,
    heading,
    heads,
    new_grid,
    no_first_heads,
    option_heads,
)
from reportgen.workbook.titles import Text, listed_texts, phrase
from reportgen.workbook.validations import entry_in, number_where, own_limits, said, within

NO_CROSSING = message("no crossing")

SAME = 1e-12
"""Costs that differ by less than this part of them are the same cost."""


def break_even_sheet(book: Book, questions: Questions) -> Grid:
    """One part per question."""
    subtitle = message("Totals across a driver’s range, and their break-evens")
    grid = new_grid(book, BREAK_EVEN, "question", message("Break-even"), subtitle)
    no_first_heads(grid)
    for column in range(FIRST, max(book.plan.last_option_column, FIRST + 3) + 1):
        grid.widths[column] = NUMBER_WIDTH
    places = curve_rows(questions.break_evens, questions.break_even_curves)
    for number, rows in enumerate(places):
        _question(CurvePart(book, grid, rows, questions.break_evens[number]), questions, number)
    grid.printed_rows.append((1, places[0].workings - 2))  # the points of curves are for the screen
    grid.printed_columns = chart_width(book)[1]
    return grid


def _question(part: CurvePart, questions: Questions, number: int) -> None:
    book, grid, rows, outcome = part.book, part.grid, part.rows, part.outcome
    heading(grid, rows.top, outcome.question.title, max(chart_width(book)[1], FIRST + 3))
    _range(part)
    _curve(part, questions, number)
    texts: list[tuple[int, Text, bool]] = [(LABEL, message("Break-even"), False), (UNIT, message("Unit"), False)]
    heads(grid, rows.crossings - 1, [*texts, (FIRST, message("First"), True), (FIRST + 1, message("Last"), True)])
    for index, pair in enumerate(outcome.pairs):
        _pair(part, index, pair)
        _found(part, index, pair)
    crossing_marks(part)
    breakpoint_table(book, grid, questions, number, rows)
    if outcome.drawn:
        grid.put(rows.chart - 1, LABEL, shown_title(book, _chart_title(part)), Style.SUBTITLE)
        grid.later.append(lambda cells: grid.charts.append(_chart(part, cells)))


def _range(part: CurvePart) -> None:
    question, unit = part.outcome.question, part.outcome.driver.unit
    start, end = (part.grid.cell(part.rows.start + step, FIRST) for step in range(2))
    limits = own_limits((question.start, question.end), unit)
    for row, title, value, rules in (
        (part.rows.start, message("From"), question.start, [*within(start, limits), start < end]),
        (part.rows.start + 1, message("To"), question.end, [end > start]),
    ):
        part.grid.put(row, LABEL, title, Style.LABEL)
        part.grid.put(row, UNIT, unit_words(unit), Style.UNIT)
        part.grid.put(row, FIRST, value, Style.INPUT, input_format(value, unit))
        area = Area(BREAK_EVEN, row, FIRST, row, FIRST)
        prompt = message(
            "{entry} The curve leads from the lower to the higher.{limits}", entry=entry_in(unit), limits=said(limits)
        )
        error = message("Enter a number; From is below To.{limits}", limits=said(limits))
        part.grid.validations.append(number_where(area, title, prompt, rules, error))
        part.grid.marks[row] = Mark(FIRST + 1, message("Value"), together(question.title, ": ", within_sentence(title)))


def _curve(part: CurvePart, questions: Questions, number: int) -> None:
    """The driver's values in rising order, each option's total, and the same values as they are made."""
    grid, rows, outcome, plan = part.grid, part.rows, part.outcome, part.book.plan
    grid.widths[part.made] = NUMBER_WIDTH
    driver = part.book.title(outcome.driver.name)
    title = phrase(
        "{question}: {total} along {driver}", question=outcome.question.title, total=outcome.total.title, driver=driver
    )
    heading(grid, rows.first - 2, title, part.made)
    _curve_heads(part, driver)
    for row, case in enumerate(questions.curves[number], rows.first):
        sorted_value = f.SMALL(part.points(part.made, fixed=True), _place(part, row))
        value = {rows.first: part.start, rows.last: part.end}.get(row, sorted_value)
        grid.put(row, LABEL, value, Style.CALCULATION, part.driver_format)
        grid.put(row, UNIT, unit_words(outcome.driver.unit), Style.UNIT)
        for option in outcome.question.between:
            total = cell(questions.cases.cell(plan, case, Key(outcome.total.name, option)))
            grid.put(row, plan.option_column(option), total, Style.LINKED, part.total_format)
    for row, made in enumerate(_made(part, questions.break_even_curves[number]), rows.first):
        grid.put(row, part.made, made, Style.CALCULATION, part.driver_format)


def _curve_heads(part: CurvePart, driver: Text) -> None:
    """The driver, each option's total, then four columns for each pair of options."""
    option_heads(part.book, part.grid, part.rows.first - 1, driver, (message("Unsorted"),))
    texts: list[tuple[int, Text, bool]] = []
    for index, pair in enumerate(part.outcome.pairs):
        one, other = part.titles(pair)
        names = {
            GAP: phrase("{option} less {other}", option=one, other=other),
            ORDER: message("Sign of the difference so far"),
            CROSSING: message("Break-even"),
            AMOUNT: message("Total at break-even"),
        }
        texts += [(part.pair_column(index, each), text, True) for each, text in names.items()]
    for column, _, _ in texts:
        part.grid.widths[column] = NUMBER_WIDTH
    heads(part.grid, part.rows.first - 1, texts)


def _place(part: CurvePart, row: int) -> Expression:
    """Which point of the curve a row is, counted in a column without formulas: some engines see a circle otherwise."""
    return f.ROWS(part.grid.cell(part.rows.first, UNIT, fixed_row=True).to(part.grid.cell(row, UNIT)))


def _made(part: CurvePart, curve: BreakEvenCurve) -> list[Expression]:
    """Evenly spaced values, or the ends alone, then those at breakpoints and on both sides of jumps."""
    start, end, first = part.start, part.end, part.rows.first
    even = range(first, first + curve.even)
    units = part.grid.cell(first, UNIT, fixed_row=True).to(part.grid.cell(even[-1], UNIT, fixed_row=True))
    steps = f.ROWS(units) - 1.0
    made: list[Expression] = [start + (end - start) * (_place(part, row) - 1.0) / steps for row in even]
    reach = BESIDE * (end - start)
    for row, place in enumerate(curve.places, part.rows.places):
        there = part.grid.cell(row, FIRST + 3)
        made += [f.MAX(there - reach, start), f.MIN(there + reach, end)] if place.breakpoint.jump else [there]
    return made


def _pair(part: CurvePart, index: int, pair: PairBreakEven) -> None:
    """Point by point: the difference of two options, which of them costs less so far, and where that changes: touching
    is no crossing, and after an interval of equal costs it is the interval's end."""
    grid, rows = part.grid, part.rows
    columns = [part.pair_column(index, each) for each in (GAP, ORDER, CROSSING, AMOUNT)]
    for row in range(rows.first, rows.last + 1):
        _point(part, pair, row, columns)
    grid.later.append(lambda cells: _format_by_values(part, cells, columns[GAP]))


def _point(part: CurvePart, pair: PairBreakEven, row: int, columns: list[int]) -> None:
    grid, plan = part.grid, part.book.plan
    one, other = (grid.cell(row, plan.option_column(each)) for each in (pair.first, pair.second))
    now, order, crossing, _ = (grid.cell(row, column) for column in columns)
    is_same = f.ABS(one - other) <= SAME * f.MAX(f.ABS(one), f.ABS(other))
    grid.put(row, columns[GAP], f.IF(is_same, 0.0, one - other), Style.CALCULATION)
    if row == part.rows.first:
        grid.put(row, columns[ORDER], f.SIGN(now), Style.CALCULATION, "0")
        return
    before, order_before = now.down(-1), order.down(-1)
    grid.put(row, columns[ORDER], f.IF(now.equals(0.0), order_before, f.SIGN(now)), Style.CALCULATION, "0")

    def there(value: Expression) -> Expression:
        return value.down(-1) + (value - value.down(-1)) * before / (before - now)

    changes = f.AND(order_before.differs(0.0), order.differs(order_before))
    place = f.IF(changes, there(grid.cell(row, LABEL)), "")
    grid.put(row, columns[CROSSING], place, Style.CALCULATION, part.driver_format)
    amount = f.IF(f.ISNUMBER(crossing), there(one), "")
    grid.put(row, columns[AMOUNT], amount, Style.CALCULATION, part.total_format)


def _format_by_values(part: CurvePart, cells: Cells, column: int) -> None:
    values = Numbers.read(cells, part.points(column).area).values
    number_format = result_format((each for each in values if each is not None), part.outcome.total.unit)
    for row in range(part.rows.first, part.rows.last + 1):
        part.grid.show_as(row, column, number_format)


def _found(part: CurvePart, index: int, pair: PairBreakEven) -> None:
    """The first and the last crossing of a pair, and what the program found exactly when the book was made."""
    book, grid, row, (one, other) = part.book, part.grid, part.rows.crossings + index, part.titles(pair)
    grid.put(row, LABEL, phrase("{option} and {other} break even at", option=one, other=other), Style.OUTPUT_LABEL)
    grid.put(row, UNIT, unit_words(part.outcome.driver.unit), Style.OUTPUT_LABEL)
    crossings, unknown = part.points(part.pair_column(index, CROSSING)), _unknown(part, pair)
    for at, function in enumerate((f.MIN, f.MAX), FIRST):
        found = f.IF(f.COUNT(crossings).equals(0.0), NO_CROSSING, function(crossings))
        shown = found if unknown is None else f.IF(unknown, NOT_KNOWN, found)
        grid.put(row, at, shown, Style.OUTPUT_TEXT, part.driver_format)
    exactly = phrase(
        "{option} and {other}, as generated: {found}",
        option=one,
        other=other,
        found=_exactly(part, pair, book.option),
    )
    grid.put(row + part.rows.pairs, LABEL, exactly, Style.SUBTITLE)


def _unknown(part: CurvePart, pair: PairBreakEven) -> Expression | None:
    """A condition that holds while nothing is known of one of a pair; None where all prices are known."""
    found: list[Expression] = []
    for option in (pair.first, pair.second):
        state = part.book.plan.states.get(Key(part.outcome.total.name, option))
        totals = part.points(part.book.plan.option_column(option))
        if state is not None:
            nothing = f.MIN(totals).equals(0.0), f.MAX(totals).equals(0.0)
            found.append(f.AND(cell(state).equals(INCOMPLETE), *nothing))
    return f.any_of(found) if found else None


def _exactly(part: CurvePart, pair: PairBreakEven, title: Callable[[str], Text]) -> Text:
    """What the program found; `title` gives that of an option."""
    if pair.never_differ:
        return message("both cost the same over the whole range.")
    if not pair.crossings and pair.always is None:
        titles = listed_texts([title(each) for each in pair.incomplete], message(" and "))
        return phrase("which costs less is not known: a price is missing for {options}.", options=titles)
    if not pair.crossings:
        where = message("where the two differ") if pair.same else message("over the whole range")
        return phrase("no crossing; {option} costs less {where}.", option=title(pair.always or ""), where=where)
    places = listed(number_text(each.at, ",.10g") for each in pair.crossings)
    return together(places, " ", unit_words(part.outcome.driver.unit), ".")


def _chart_title(part: CurvePart) -> str:
    driver = part.outcome.driver.title
    return message("{total} by {driver}", total=part.outcome.total.title, driver=driver)


def _chart(part: CurvePart, cells: Cells) -> ChartPlan:
    book, outcome, rows = part.book, part.outcome, part.rows

    def named(option: str) -> str:
        return book.model.option(option).title

    at = Numbers.read(cells, part.points(LABEL).area)
    series = [
        Series(
            option_head(book, BREAK_EVEN, option, rows.first - 1),
            Numbers.read(cells, part.points(book.plan.option_column(option)).area),
            at,
            color=book.model.option_ids.index(option),
        )
        for option in outcome.drawn
    ]
    titles = [named(option) for option in outcome.drawn]
    unit, driver = outcome.total.unit, outcome.driver
    title = _chart_title(part)
    ends = listed(
        (
            message(
                "At {place}: {numbers}",
                place=number_text(at.shown(driver.unit)[end] or 0.0, ",.6g"),
                numbers=shown_numbers(titles, [each.values.shown(unit)[end] for each in series], unit),
            )
            for end in (0, -1)
        ),
        ". ",
    )
    crossings = listed(
        (
            message(
                "{option} and {other}: {found}",
                option=named(pair.first),
                other=named(pair.second),
                found=_exactly(part, pair, named),
            )
            for pair in outcome.pairs
        ),
        " ",
    )
    amounts = [value for each in series for value in each.values.shown(unit)]
    return ChartPlan(
        kind=ChartKind.LINES,
        title=Texts.read(cells, Area(BREAK_EVEN, rows.chart - 1, LABEL, rows.chart - 1, LABEL)),
        series=(*series, *marked_series(part, cells)),
        values=Axis(axis_title(outcome.total.title, unit), axis_format(amounts, unit)),
        along=Axis(axis_title(driver.title, driver.unit), axis_format(at.shown(driver.unit), driver.unit)),
        rows=(rows.chart, rows.chart + CHART_ROWS - 1),
        columns=chart_width(book),
        alternative=message(
            "Lines: {title}, {unit}. {ends}. Crossings of {crossings}{lacking}",
            title=title,
            unit=unit_words(unit),
            ends=ends,
            crossings=crossings,
            lacking=lacking(book, outcome.total),
        ),
    )
