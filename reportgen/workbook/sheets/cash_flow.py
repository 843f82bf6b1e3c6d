"""The Cash flow sheet: what each option costs in each year, discounted and added up; every year is a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.one_time import split_total
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.formula.units import PER_YEAR, PLAIN, parse_unit
from reportgen.model.inputs import HORIZON
from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.case_groups import Cases
from reportgen.workbook.cash_flow_layout import NUMBER, CashFlowLayout
from reportgen.workbook.formula_text import FormulaText
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import CASH_FLOW, FIRST, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.cash_flow_chart import paid_so_far_chart
from reportgen.workbook.sheets.common import (
    NUMBER_WIDTH,
    Book,
    calculation,
    heading,
    lowest_formula,
    lowest_text,
    new_grid,
    option_heads,
)

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
    _table(book, grid, flow, 1, outcome.discounted, _discounted(flow))
    _table(book, grid, flow, 2, outcome.cumulative, _so_far(flow, 0))
    _table(book, grid, flow, 3, outcome.cumulative_discounted, _so_far(flow, 1))
    row = _present_values(book, grid, flow, flow.paid_row - 1)
    row = _paybacks(book, grid, flow, row + 1)
    paid_so_far_chart(book, grid, outcome, flow, row + 1)
    return grid


def _timing(book: Book, grid: Grid, flow: _Flow) -> None:
    """How much of each year counts, and what its amounts are discounted by."""
    outcome = flow.outcome
    last = max(book.plan.last_option_column, NUMBER)
    heading(grid, flow.timing, "Years", last)
    for column, text in enumerate(("part of the year", "years so far", "discount factor", "year"), FIRST):
        grid.put(flow.timing + 1, column, text, Style.SUBTITLE)
        grid.widths.setdefault(column, NUMBER_WIDTH)
    number = column_letters(NUMBER)
    horizon = n.Convert(n.Reference(HORIZON, None, False), _factors(book, HORIZON, "year"))
    printer = FormulaText(book.plan, CASH_FLOW)
    length = printer.text(horizon if horizon.factors else horizon.operand, None)
    rate_key = outcome_rate(book)
    rate_unit = book.model.quantities[rate_key.name].unit
    rate_node: Node = n.Reference(rate_key.name, rate_key.option, rate_key.option is not None)
    factors = rate_unit.factors_to(PLAIN if rate_unit.fits(PLAIN) else PER_YEAR)
    rate = printer.text(n.Convert(rate_node, factors) if factors else rate_node, None)
    for year in range(flow.years + 1):
        row = flow.time_row(year)
        grid.put(row, LABEL, f"Year {year}", Style.LABEL)
        grid.put(row, UNIT, "", Style.UNIT)
        inside = year < len(outcome.years)
        weight = outcome.weights[year] if inside else 0.0
        formula = f"=MAX(0,MIN(1,{length}-{number}{row - 1}))" if year else "=1"
        calculation(grid, (row, FIRST), weight, formula, "0.00")
        so_far = sum(outcome.weights[1 : year + 1])
        formula = f"=SUM(C${flow.time_row(1)}:C{row})" if year else "=0"
        calculation(grid, (row, FIRST + 1), so_far, formula, "0.00")
        factor = outcome.factors[year] if inside else (1 + outcome.rate) ** -year
        calculation(grid, (row, FIRST + 2), factor, f"=1/(1+{rate})^{number}{row}" if year else "=1", "0.0000")
        formula = f"={number}{row - 1}+1" if year else "=0"
        calculation(grid, (row, NUMBER), float(year), formula, "0")


def outcome_rate(book: Book) -> Key:
    """The assumption that discounts."""
    cash_flow = book.model.cash_flow
    assert cash_flow is not None
    return cash_flow.discount_rate


def _factors(book: Book, name: str, unit: str) -> tuple[Fraction, ...]:
    return book.model.quantities[name].unit.factors_to(parse_unit(unit))


def _nominal(book: Book, grid: Grid, flow: _Flow) -> None:
    """What is paid in each year: one-time costs in year 0, the rest in years 1 to the horizon."""
    outcome, model = flow.outcome, book.model
    heading(grid, flow.table(0), TITLES[0], book.plan.last_option_column)
    per_year = (outcome.total.unit * parse_unit("year")).factors_to(outcome.unit)
    horizon: Node = n.Reference(HORIZON, None, False)
    years = _factors(book, HORIZON, "year")
    horizon = n.Convert(horizon, years) if years else horizon
    splits = {option: split_total(model, outcome.total, option, outcome.unit) for option in model.option_ids}
    for year in range(flow.years + 1):
        row = flow.year_row(0, year)
        _year_label(grid, row, year, str(outcome.unit))
        for column, option in enumerate(model.option_ids, FIRST):
            value = outcome.nominal[option][year] if year < len(outcome.years) else BEYOND
            split = splits[option]
            if year == 0:
                whole = n.Arithmetic("*", split.once, horizon)
                node: Node = n.Convert(whole, per_year) if per_year else whole
                formula = FormulaText(book.plan, CASH_FLOW).formula(node, option)
            else:
                node = n.Convert(split.running, per_year) if per_year else split.running
                text = flow.cases.text(book.plan, CASH_FLOW, flow.ahead[year - 1])
                amount = text.factor(node, option)
                weight = f"$C{flow.time_row(year)}"
                formula = f'=IF({weight}>0,{amount}*{weight},"{BEYOND}")'
            grid.put(row, column, value, Style.CALCULATION, flow.number_format, formula=formula)


def _year_label(grid: Grid, row: int, year: int, unit: str) -> None:
    grid.put(row, LABEL, f"Year {year}", Style.LABEL)
    grid.put(row, UNIT, unit, Style.UNIT)


Formula = Callable[[str, int], str]
"""The formula of a column's letters and a year."""


def _discounted(flow: _Flow) -> Formula:
    def formula(letters: str, year: int) -> str:
        cell = f"{letters}{flow.year_row(0, year)}"
        return f'=IF(ISNUMBER({cell}),{cell}*$E{flow.time_row(year)},"{BEYOND}")'

    return formula


def _so_far(flow: _Flow, number: int) -> Formula:
    def formula(letters: str, year: int) -> str:
        cell = f"{letters}{flow.year_row(number, year)}"
        return f'=IF(ISNUMBER({cell}),SUM({letters}${flow.year_row(number, 0)}:{cell}),"{BEYOND}")'

    return formula


TITLES = ("Paid in each year", "Present value of each year", "Paid so far", "Present value paid so far")


def _table(
    book: Book, grid: Grid, flow: _Flow, number: int, values: Mapping[str, tuple[float, ...]], of: Formula
) -> None:
    heading(grid, flow.table(number), TITLES[number], book.plan.last_option_column)
    for year in range(flow.years + 1):
        row = flow.year_row(number, year)
        _year_label(grid, row, year, str(flow.outcome.unit))
        for column, option in enumerate(book.model.option_ids, FIRST):
            value = values[option][year] if year < len(flow.outcome.years) else BEYOND
            formula = of(column_letters(column), year)
            grid.put(row, column, value, Style.CALCULATION, flow.number_format, formula=formula)


def _present_values(book: Book, grid: Grid, flow: _Flow, row: int) -> int:
    """The present value of all that an option costs up to the horizon."""
    outcome = flow.outcome
    heading(grid, row, "Up to the horizon", book.plan.last_option_column)
    for at, (title, number, values) in enumerate(
        (
            ("Paid in all", 0, {option: amounts[-1] for option, amounts in outcome.cumulative.items()}),
            ("Net present value of the costs", 1, outcome.present_value),
        ),
        row + 1,
    ):
        grid.put(at, LABEL, title, Style.OUTPUT_LABEL)
        grid.put(at, UNIT, str(outcome.unit), Style.OUTPUT_LABEL)
        for column, option in enumerate(book.model.option_ids, FIRST):
            letters = column_letters(column)
            formula = f"=SUM({letters}{flow.year_row(number, 0)}:{letters}{flow.year_row(number, flow.years)})"
            grid.put(at, column, values[option], Style.OUTPUT, flow.number_format, formula=formula)
    if outcome.incomplete or any(
        Key(outcome.total.name, option) in book.plan.states for option in book.model.option_ids
    ):
        return _state(book, grid, flow, row + 3)
    numbers = Area(CASH_FLOW, row + 2, FIRST, row + 2, book.plan.last_option_column).seen_from(CASH_FLOW)
    least = [option for option, value in outcome.present_value.items() if value == min(outcome.present_value.values())]
    text = lowest_text(book, least[0] if len(least) == 1 else None, len(least) > 1)
    grid.put(row + 3, LABEL, "Lowest present value", Style.LABEL)
    grid.put(row + 3, UNIT, "", Style.UNIT)
    grid.put(row + 3, FIRST, text, Style.OUTPUT_TEXT, formula=lowest_formula(book, CASH_FLOW, numbers))
    return row + 4


def _state(book: Book, grid: Grid, flow: _Flow, row: int) -> int:
    """Which options lack a price: what is shown of them is what is known."""
    grid.put(row, LABEL, "Prices known", Style.LABEL)
    grid.put(row, UNIT, "", Style.UNIT)
    for column, option in enumerate(book.model.option_ids, FIRST):
        state = "incomplete" if option in flow.outcome.incomplete else "complete"
        cell = book.plan.states[Key(flow.outcome.total.name, option)].seen_from(CASH_FLOW)
        grid.put(row, column, state, Style.STATE, formula=f"={cell}")
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
    known = {(each.option, each.against): each for each in flow.outcome.paybacks}
    first_helper = row + 4 + len(pairs)
    heading(grid, first_helper, "Workings: the moment of payback, if it lies in that year", FIRST + 2 * len(pairs) - 1)
    for number, (option, against) in enumerate(pairs):
        at = row + 2 + number
        titles = book.model.option(option).title, book.model.option(against).title
        grid.put(at, LABEL, f"{titles[0]} against {titles[1]}", Style.LABEL)
        grid.put(at, UNIT, "year", Style.UNIT)
        found = known.get((option, against))
        for kind in (0, 1):
            column = FIRST + 2 * number + kind
            moment = None if found is None else (found.discounted_years if kind else found.years)
            _workings(book, grid, flow, (first_helper, column), (option, against), moment)
            letters = column_letters(column)
            cells = f"{letters}{first_helper + 2}:{letters}{first_helper + 1 + flow.years}"
            start = _difference(book, flow, (option, against), 2, 0)
            formula = f'=IF({start}<=0,"{NOT_DEARER}",IF(COUNT({cells})=0,"{NEVER}",MIN({cells})))'
            value = NOT_DEARER if found is None else NEVER if moment is None else moment
            grid.put(at, FIRST + kind, value, Style.CALCULATION, "0.00", formula=formula)
    return first_helper + 2 + flow.years


def _difference(book: Book, flow: _Flow, pair: tuple[str, str], number: int, year: int) -> str:
    first, second = (f"${column_letters(book.plan.option_column(each))}{flow.year_row(number, year)}" for each in pair)
    return f"({first}-{second})"


def _workings(
    book: Book, grid: Grid, flow: _Flow, at: tuple[int, int], pair: tuple[str, str], moment: float | None
) -> None:
    """Year by year: the moment at which the difference of what has been paid so far reaches nothing."""
    row, column = at
    number = 2 + (column - FIRST) % 2
    titles = [book.model.option(each).title for each in pair]
    grid.put(row + 1, column, f"{titles[0]} against {titles[1]}", Style.TEXT)
    grid.widths.setdefault(column, NUMBER_WIDTH)
    times = [sum(flow.outcome.weights[1 : year + 1]) for year in range(flow.years + 1)]
    cells = column_letters(column)
    for year in range(1, flow.years + 1):
        if column == FIRST:
            grid.put(row + 1 + year, LABEL, f"Year {year}", Style.LABEL)
        before, now = (_difference(book, flow, pair, number, each) for each in (year - 1, year))
        length = f"$C{flow.time_row(year)}"
        start = f"$D{flow.time_row(year - 1)}"
        earlier = f"COUNT({cells}{row + 1}:{cells}{row + year})=0"
        reached = f'IF(AND({before}>0,{now}<=0,{earlier}),{start}+{length}*{before}/({before}-{now}),"")'
        here = moment is not None and times[year - 1] < moment <= times[year] and times[year] > times[year - 1]
        grid.put(
            row + 1 + year, column, moment if here else "", Style.CALCULATION, "0.00",
            formula=f'=IF({length}>0,{reached},"")',
        )  # fmt: skip
