"""The Cash flow sheet: what each option costs in each year, discounted and added up; every year is a case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.one_time import split_total
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import PER_YEAR, PLAIN, parse_unit
from reportgen.model.inputs import HORIZON
from reportgen.questions import CASH_FLOW
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.case_groups import Cases
from reportgen.workbook.cash_flow_layout import (
    DISCOUNTED,
    DISCOUNTED_SO_FAR,
    FACTOR,
    NOMINAL,
    NUMBER,
    SO_FAR,
    WEIGHT,
    YEARS_SO_FAR,
    CashFlowLayout,
)
from reportgen.workbook.expressions import Expression, cell, cells_of, expression
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import FIRST, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.cash_flow_chart import paid_so_far_chart
from reportgen.workbook.sheets.sheet_parts import (
    NUMBER_WIDTH,
    Book,
    heading,
    lowest,
    new_grid,
    option_heads,
)
from reportgen.workbook.translate import Translator, horizon_years, scaled

BEYOND = ""
"""Stands in years beyond the horizon."""


@dataclass(frozen=True, slots=True)
class _Flow(CashFlowLayout):
    """One outcome, its case rows, and how its numbers are shown."""

    outcome: CashFlowOutcome
    cases: Cases
    ahead: tuple[int, ...]
    number_format: str


def cash_flow_sheet(book: Book, questions: Questions) -> Grid:
    """Years 0 to the horizon: weights and discount factors, amounts, present values and paybacks."""
    outcome, cases = questions.cash_flow, questions.cases
    assert outcome is not None
    subtitle = f"{outcome.total.title}, year by year, in {outcome.unit}; a year's cost is paid at its end"
    grid = new_grid(book, CASH_FLOW, "question", "Cash flow", subtitle)
    option_heads(book, grid, HEAD_ROW, "Year")
    amounts = [amount for each in outcome.nominal.values() for amount in each]
    flow = _Flow(len(questions.years), outcome, cases, questions.years, result_format(amounts, outcome.unit))
    _timing(book, grid, flow)
    _nominal(book, grid, flow)
    _table(book, grid, flow, DISCOUNTED, lambda column, year: _discounted(grid, flow, column, year))
    _table(book, grid, flow, SO_FAR, lambda column, year: _so_far(grid, flow, NOMINAL, column, year))
    _table(book, grid, flow, DISCOUNTED_SO_FAR, lambda column, year: _so_far(grid, flow, DISCOUNTED, column, year))
    row = _present_values(book, grid, flow, flow.paid_row - 1)
    row = _paybacks(book, grid, flow, row + 1)
    paid_so_far_chart(book, grid, outcome, flow, row + 1)
    return grid


def _timing(book: Book, grid: Grid, flow: _Flow) -> None:
    """How much of each year counts, and what its amounts are discounted by."""
    last = max(book.plan.last_option_column, NUMBER)
    heading(grid, flow.timing, "Years", last)
    for column, text in enumerate(("part of the year", "years so far", "discount factor", "year"), FIRST):
        grid.put(flow.timing + 1, column, text, Style.SUBTITLE)
        grid.widths.setdefault(column, NUMBER_WIDTH)
    translator = Translator(book.plan)
    length = horizon_years(book.plan)
    rate_key = outcome_rate(book)
    rate_unit = book.model.quantities[rate_key.name].unit
    rate = translator.tree(n.Reference(rate_key.name, rate_key.option, rate_key.option is not None), None)
    rate = scaled(rate, rate_unit.factors_to(PLAIN if rate_unit.fits(PLAIN) else PER_YEAR))
    first = grid.cell(flow.time_row(1), WEIGHT, fixed_row=True)
    for year in range(flow.years + 1):
        row = flow.time_row(year)
        grid.put(row, LABEL, f"Year {year}", Style.LABEL)
        grid.put(row, UNIT, "", Style.UNIT)
        before, number = grid.cell(row - 1, NUMBER), grid.cell(row, NUMBER)
        columns: tuple[tuple[int, Expression, str], ...] = (
            (WEIGHT, f.MAX(0.0, f.MIN(1.0, length - before)), "0.00"),
            (YEARS_SO_FAR, f.SUM(first.to(grid.cell(row, WEIGHT))), "0.00"),
            (FACTOR, 1.0 / (1.0 + rate) ** number, "0.0000"),
            (NUMBER, before + 1.0, "0"),
        )
        in_year_0 = {WEIGHT: 1.0, YEARS_SO_FAR: 0.0, FACTOR: 1.0, NUMBER: 0.0}
        for column, tree, number_format in columns:
            shown = tree if year else expression(in_year_0[column])
            grid.put(row, column, shown, Style.CALCULATION, number_format)


def outcome_rate(book: Book) -> Key:
    """The assumption that discounts."""
    cash_flow = book.model.cash_flow
    assert cash_flow is not None
    return cash_flow.discount_rate


def _nominal(book: Book, grid: Grid, flow: _Flow) -> None:
    """What is paid in each year: one-time costs in year 0, the rest in years 1 to the horizon."""
    outcome, model = flow.outcome, book.model
    heading(grid, flow.table(NOMINAL), TITLES[NOMINAL], book.plan.last_option_column)
    per_year = (outcome.total.unit * parse_unit("year")).factors_to(outcome.unit)
    years = model.quantities[HORIZON].unit.factors_to(parse_unit("year"))
    horizon: Node = n.Reference(HORIZON, None, False)
    horizon = n.Convert(horizon, years) if years else horizon
    splits = {option: split_total(model, outcome.total, option, outcome.unit) for option in model.option_ids}
    for year in range(flow.years + 1):
        row = flow.year_row(NOMINAL, year)
        _year_label(grid, row, year, str(outcome.unit))
        for column, option in enumerate(model.option_ids, FIRST):
            if year == 0:
                whole = n.Arithmetic("*", splits[option].once, horizon)
                amount = scaled(Translator(book.plan).whole(whole, option), per_year)
            else:
                translator = flow.cases.translator(book.plan, flow.ahead[year - 1])
                weight = grid.cell(flow.time_row(year), WEIGHT, fixed_column=True)
                running = scaled(translator.whole(splits[option].running, option), per_year)
                amount = f.IF(weight > 0.0, running * weight, BEYOND)
            grid.put(row, column, amount, Style.CALCULATION, flow.number_format)


def _year_label(grid: Grid, row: int, year: int, unit: str) -> None:
    grid.put(row, LABEL, f"Year {year}", Style.LABEL)
    grid.put(row, UNIT, unit, Style.UNIT)


def _discounted(grid: Grid, flow: _Flow, column: int, year: int) -> Expression:
    amount = grid.cell(flow.year_row(NOMINAL, year), column)
    factor = grid.cell(flow.time_row(year), FACTOR, fixed_column=True)
    return f.IF(f.ISNUMBER(amount), amount * factor, BEYOND)


def _so_far(grid: Grid, flow: _Flow, number: int, column: int, year: int) -> Expression:
    amount = grid.cell(flow.year_row(number, year), column)
    first = grid.cell(flow.year_row(number, 0), column, fixed_row=True)
    return f.IF(f.ISNUMBER(amount), f.SUM(first.to(amount)), BEYOND)


TITLES = ("Paid in each year", "Present value of each year", "Paid so far", "Present value paid so far")


def _table(book: Book, grid: Grid, flow: _Flow, number: int, of: Callable[[int, int], Expression]) -> None:
    """A table with what `of` gives for each column and year."""
    heading(grid, flow.table(number), TITLES[number], book.plan.last_option_column)
    for year in range(flow.years + 1):
        row = flow.year_row(number, year)
        _year_label(grid, row, year, str(flow.outcome.unit))
        for column in range(FIRST, book.plan.last_option_column + 1):
            grid.put(row, column, of(column, year), Style.CALCULATION, flow.number_format)


def _present_values(book: Book, grid: Grid, flow: _Flow, row: int) -> int:
    """The present value of all that an option costs up to the horizon."""
    outcome = flow.outcome
    heading(grid, row, "Up to the horizon", book.plan.last_option_column)
    for at, (title, number) in enumerate(
        (("Paid in all", NOMINAL), ("Net present value of the costs", DISCOUNTED)), row + 1
    ):
        grid.put(at, LABEL, title, Style.OUTPUT_LABEL)
        grid.put(at, UNIT, str(outcome.unit), Style.OUTPUT_LABEL)
        for column in range(FIRST, book.plan.last_option_column + 1):
            grid.put(at, column, f.SUM(cells_of(flow.amounts(number, column))), Style.OUTPUT, flow.number_format)
    if outcome.incomplete or any(
        Key(outcome.total.name, option) in book.plan.states for option in book.model.option_ids
    ):
        return _state(book, grid, flow, row + 3)
    numbers = grid.cell(row + 2, FIRST).to(grid.cell(row + 2, book.plan.last_option_column))
    grid.put(row + 3, LABEL, "Lowest present value", Style.LABEL)
    grid.put(row + 3, UNIT, "", Style.UNIT)
    grid.put(row + 3, FIRST, lowest(book, numbers), Style.OUTPUT_TEXT)
    return row + 4


def _state(book: Book, grid: Grid, flow: _Flow, row: int) -> int:
    """Which options lack a price: what is shown of them is what is known."""
    grid.put(row, LABEL, "Prices known", Style.LABEL)
    grid.put(row, UNIT, "", Style.UNIT)
    for column, option in enumerate(book.model.option_ids, FIRST):
        grid.put(row, column, cell(book.plan.states[Key(flow.outcome.total.name, option)]), Style.STATE)
    return row + 1


NEVER, NOT_DEARER = "beyond horizon", "no extra cost"


def _paybacks(book: Book, grid: Grid, flow: _Flow, row: int) -> int:
    """When the option that costs more in year 0 has cost no more in all than the other, linear within a year."""
    options = book.model.option_ids
    subject = book.model.subject or options[0]
    pairs = [pair for other in options if other != subject for pair in ((other, subject), (subject, other))]
    heading(grid, row, "Payback in years", max(book.plan.last_option_column, FIRST + 1))
    grid.put(row + 1, FIRST, "as paid", Style.SUBTITLE)
    grid.put(row + 1, FIRST + 1, "discounted", Style.SUBTITLE)
    first_helper = row + 4 + len(pairs)
    heading(grid, first_helper, "Workings: the moment of payback, if it lies in that year", FIRST + 2 * len(pairs) - 1)
    for number, (option, against) in enumerate(pairs):
        at = row + 2 + number
        titles = book.model.option(option).title, book.model.option(against).title
        grid.put(at, LABEL, f"{titles[0]} against {titles[1]}", Style.LABEL)
        grid.put(at, UNIT, "year", Style.UNIT)
        for kind, table in enumerate((SO_FAR, DISCOUNTED_SO_FAR)):
            column = FIRST + 2 * number + kind
            _workings(book, grid, flow, (first_helper, column), (option, against), table)
            moments = grid.cell(first_helper + 2, column).to(grid.cell(first_helper + 1 + flow.years, column))
            start = _difference(book, grid, flow, (option, against), SO_FAR, 0)
            payback = f.IF(f.COUNT(moments).equals(0.0), NEVER, f.MIN(moments))
            grid.put(at, FIRST + kind, f.IF(start <= 0.0, NOT_DEARER, payback), Style.CALCULATION, "0.00")
    return first_helper + 2 + flow.years


def _difference(book: Book, grid: Grid, flow: _Flow, pair: tuple[str, str], number: int, year: int) -> Expression:
    row = flow.year_row(number, year)
    first, second = (grid.cell(row, book.plan.option_column(each), fixed_column=True) for each in pair)
    return first - second


def _workings(book: Book, grid: Grid, flow: _Flow, at: tuple[int, int], pair: tuple[str, str], number: int) -> None:
    """Year by year: the moment at which the difference of what has been paid so far reaches nothing."""
    row, column = at
    titles = [book.model.option(each).title for each in pair]
    grid.put(row + 1, column, f"{titles[0]} against {titles[1]}", Style.TEXT)
    grid.widths.setdefault(column, NUMBER_WIDTH)
    for year in range(1, flow.years + 1):
        if column == FIRST:
            grid.put(row + 1 + year, LABEL, f"Year {year}", Style.LABEL)
        before, now = (_difference(book, grid, flow, pair, number, each) for each in (year - 1, year))
        length = grid.cell(flow.time_row(year), WEIGHT, fixed_column=True)
        start = grid.cell(flow.time_row(year - 1), YEARS_SO_FAR, fixed_column=True)
        earlier = f.COUNT(grid.cell(row + 1, column).to(grid.cell(row + year, column)))
        moment = start + length * before / (before - now)
        reached = f.IF(f.AND(before > 0.0, now <= 0.0, earlier.equals(0.0)), moment, "")
        grid.put(row + 1 + year, column, f.IF(length > 0.0, reached, ""), Style.CALCULATION, "0.00")
