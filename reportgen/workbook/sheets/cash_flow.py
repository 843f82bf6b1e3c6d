"""The Cash flow sheet: what each option comes to, when one makes up for costing more at first, and step by step why."""

from __future__ import annotations

from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.time_trees import MONTH
from reportgen.formula.units import PERCENT, PLAIN, YEAR, yearly_share
from reportgen.model.inputs import HORIZON
from reportgen.model.names import OVER_TIME
from reportgen.model.over_time import FACTOR
from reportgen.model.schedules import amounts_unit
from reportgen.questions import CASH_FLOW
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cash_flow_layout import (
    ANNUAL,
    DISCOUNTED_YEARS,
    FIRST_IS,
    MORE,
    PAID,
    PRESENT,
    RATE,
    RATIO,
    SAVED,
    YEARS,
    CashFlowLayout,
    Of,
    Pair,
)
from reportgen.workbook.cell_words import COMPLETE
from reportgen.workbook.expressions import Cell, Expression, cell, cells_of, expression, range_of
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.internal_rate_formula import or_word, yearly_rate
from reportgen.workbook.number_formats import decimals_format, result_format
from reportgen.workbook.plan import HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.cash_flow_chart import paid_so_far_chart
from reportgen.workbook.sheets.sheet_parts import Book, heads, lowest, new_grid
from reportgen.workbook.sheets.timeline import OPTION_WIDTH, STEP_WIDTH, pages_across, step_heads, sum_of_year
from reportgen.workbook.timeline_layout import MEAN, OPTION, TIMELINE, WHOLE, step_columns
from reportgen.workbook.titles import Text, phrase
from reportgen.workbook.translate import NO_NUMBER, Translator
from reportgen.workbook.translated_parts import level_payment, scaled

NEVER, EQUAL = message("beyond horizon"), message("the same")
_PLACES = {"start": message("start"), "middle": message("middle"), "end": message("end")}
"""Where in a step its amounts are discounted from."""


class _Sheet:
    """The sheet while it is filled."""

    def __init__(self, book: Book, grid: Grid, outcome: CashFlowOutcome) -> None:
        self.book, self.grid, self.outcome, self.model = book, grid, outcome, book.model
        columns = step_columns(outcome.timeline)
        self.layout = CashFlowLayout(book.model, len(outcome.parts), columns)
        self.years, self.columns = columns.years, columns.paid
        amounts = [amount for each in outcome.nominal.values() for amount in each]
        self.format = result_format(amounts, outcome.unit)
        request = book.model.cash_flow
        assert request is not None
        self.rate, self.unit = request.discount_rate, unit_words(outcome.unit)

    def title(self, option: str) -> Expression:
        return self.book.option(option)

    def rate_of(self, option: str) -> Key:
        return self.rate if self.rate.option is None else Key(self.rate.name, option)

    def line(self, row: int, title: Text, unit: str, style: Style = Style.LABEL) -> None:
        self.grid.put(row, LABEL, title, style)
        self.grid.put(row, UNIT, unit, Style.OUTPUT_LABEL if style is Style.OUTPUT_LABEL else Style.UNIT)

    def place(self, option: str) -> int:
        return self.model.option_ids.index(option)


def cash_flow_sheet(book: Book, questions: Questions) -> Grid:
    """Options and pairs of them at the top, then the steps in the columns of Timeline."""
    outcome = questions.cash_flow
    assert outcome is not None
    timeline = outcome.timeline
    where = message("{place} of each {step}", place=_PLACES[timeline.discounting], step=message(timeline.step))
    subtitle = message(
        "{total}: what is paid when, in {unit}; discounted to the start from the {where}",
        total=outcome.total.title,
        unit=unit_words(outcome.unit),
        where=where,
    )
    grid = new_grid(book, CASH_FLOW, "question", message("Cash flow"), subtitle)
    grid.pages_across = pages_across(timeline)
    sheet = _Sheet(book, grid, outcome)
    grid.widths.update({OPTION: OPTION_WIDTH, WHOLE: STEP_WIDTH + 3, MEAN: STEP_WIDTH + 3})
    grid.widths.update(dict.fromkeys([*sheet.years, *sheet.columns], STEP_WIDTH))
    _options(sheet)
    _pairs(sheet)
    _steps(sheet)
    paid_so_far_chart(book, grid, outcome, sheet.layout)
    blocks = sheet.layout.block(0)  # what options come to is narrow, and what they cost in steps may be wide
    grid.printed_rows += [(sheet.layout.option_head, blocks - 2), (blocks, sheet.layout.workings(0) - 2)]
    return grid


def _options(sheet: _Sheet) -> None:
    """What each option comes to up to the horizon."""
    grid, layout, outcome = sheet.grid, sheet.layout, sheet.outcome
    texts = [
        (LABEL, message("Up to the horizon"), False),
        (UNIT, message("Unit"), False),
        (PAID, message("Paid in all"), True),
    ]
    texts += [(PRESENT, message("Present value"), True), (ANNUAL, message("Equivalent annual cost"), True)]
    heads(grid, layout.option_head, texts)
    translator = Translator(sheet.book.plan)
    years = translator.in_unit(Key(HORIZON), YEAR)
    for at, option in enumerate(sheet.model.option_ids):
        row, rate_key = layout.option_row(at), sheet.rate_of(option)
        sheet.line(row, sheet.title(option), sheet.unit, Style.OUTPUT_LABEL)
        rate = translator.in_unit(rate_key, yearly_share(sheet.model.quantities[rate_key.name].unit) or PLAIN)
        paid, present = (cells_of(layout.cells(layout.row(at, each))) for each in (Of.PAID, Of.DISCOUNTED))
        grid.put(row, PAID, f.SUM(paid), Style.OUTPUT, sheet.format)
        grid.put(row, PRESENT, f.SUM(present), Style.OUTPUT, sheet.format)
        annual = level_payment(rate, years, grid.cell(row, PRESENT, fixed_column=True))
        grid.put(row, ANNUAL, annual, Style.OUTPUT, sheet.format)
    keys = [Key(outcome.total.name, option) for option in sheet.model.option_ids]
    if any(key in sheet.book.plan.states for key in keys):
        for at, key in enumerate(keys):
            state = sheet.book.plan.states.get(key)
            grid.put(layout.option_row(at), RATE, cell(state) if state else COMPLETE, Style.STATE)
        return
    sheet.line(layout.lowest, message("Lowest present value"), "")
    titles = range_of(layout.column(LABEL), fixed=True)
    least = lowest(sheet.book, range_of(layout.column(PRESENT)), titles)
    grid.put(layout.lowest, PRESENT, least, Style.OUTPUT_TEXT)


def _pairs(sheet: _Sheet) -> None:
    """When the option that costs more at first has made up for it, and what that is worth."""
    grid, layout = sheet.grid, sheet.layout
    texts = [
        (FIRST_IS, message("Costs more at first"), False),
        (YEARS, message("Payback, years"), True),
        (DISCOUNTED_YEARS, message("Discounted, years"), True),
        (RATE, message("Internal rate of return"), True),
        (MORE, message("Paid more, discounted, {unit}", unit=sheet.unit), True),
        (SAVED, message("Saved, discounted, {unit}", unit=sheet.unit), True),
        (RATIO, message("Benefit to cost"), True),
    ]
    heads(grid, layout.pair_head, [(LABEL, message("Payback"), False), (UNIT, message("Unit"), False), *texts])
    for at, (other, subject) in enumerate(layout.pairs):
        row = layout.pair_row(at)
        sheet.line(row, phrase("{option} against {other}", option=sheet.title(other), other=sheet.title(subject)), "")
        first, changes = (
            grid.cell(layout.working(at, each), layout.last_column, fixed=True)
            for each in (Pair.FIRST_SIGN, Pair.CHANGES)
        )
        titles = [sheet.title(each) for each in (other, subject)]
        grid.put(row, FIRST_IS, f.IF(first > 0.0, titles[0], f.IF(first < 0.0, titles[1], EQUAL)), Style.LINKED_TEXT)
        for column, kind in ((YEARS, Pair.MOMENT), (DISCOUNTED_YEARS, Pair.DISCOUNTED_MOMENT)):
            moments = cells_of(layout.cells(layout.working(at, kind), start=False))
            payback = f.IF(f.COUNT(moments).equals(0.0), NEVER, f.MIN(moments))
            grid.put(row, column, payback, Style.CALCULATION, "0.00")
        more = cells_of(layout.cells(layout.working(at, Pair.MORE)))
        rate = or_word(changes, yearly_rate(sheet.model, more, first))
        grid.put(row, RATE, rate, Style.CALCULATION, decimals_format(1, PERCENT))
        one, two = (cells_of(layout.cells(layout.row(sheet.place(each), Of.DISCOUNTED))) for each in (other, subject))
        above, below = f.SUMPRODUCT((one > two) * (one - two)), f.SUMPRODUCT((two > one) * (two - one))
        grid.put(row, MORE, f.IF(first > 0.0, above, below), Style.CALCULATION, sheet.format)
        grid.put(row, SAVED, f.IF(first > 0.0, below, above), Style.CALCULATION, sheet.format)
        paid, saved = grid.cell(row, MORE), grid.cell(row, SAVED)
        grid.put(row, RATIO, f.IF(paid > 0.0, saved / paid, NO_NUMBER), Style.CALCULATION, "0.00")


def _steps(sheet: _Sheet) -> None:
    """The head of the sheet, a block for each option, then the workings of each pair."""
    grid, layout = sheet.grid, sheet.layout
    _step_heads(sheet, HEAD_ROW, message("Step by step"))
    sheet.line(layout.times, message("Years from the start"), message("year"))
    start = layout.columns.start
    for empty in range(OPTION, start):
        grid.put(layout.times, empty, None, Style.CALCULATION)
    for column in sheet.columns:
        before = grid.cell(layout.times, column - 1)
        length = scaled(cell(Address(TIMELINE, sheet.book.plan.months_row, column)), MONTH.factors_to(YEAR))
        tree: Expression = expression(0.0) if column == start else before + length
        grid.put(layout.times, column, tree, Style.CALCULATION, "0.00")
    for option in sheet.model.option_ids:
        _option(sheet, option)
    for at, pair in enumerate(layout.pairs):
        _workings(sheet, at, pair)


def _step_heads(sheet: _Sheet, row: int, title: Text) -> None:
    """Over each table of years and steps."""
    texts: list[tuple[int, Text, bool]] = [
        (LABEL, title, False),
        (UNIT, message("Unit"), False),
        (WHOLE, message("In all"), True),
    ]
    grid = sheet.grid
    heads(grid, row, texts)
    if row == HEAD_ROW:
        step_heads(grid, row, sheet.outcome.timeline)
        return
    for column in (*sheet.years, *sheet.columns):
        grid.put(row, column, grid.cell(HEAD_ROW, column, fixed_row=True), Style.HEAD_NUMBER, "0")


def _option(sheet: _Sheet, option: str) -> None:
    """What an option costs in each step: the parts of its total, paid, so far, and discounted."""
    grid, layout, place = sheet.grid, sheet.layout, sheet.place(option)
    _step_heads(sheet, layout.block(place), sheet.title(option))
    plan, quantities, first = sheet.book.plan, sheet.model.quantities, layout.block(place) + 1
    for at, name in enumerate(sheet.outcome.parts):
        series = plan.series[Key(name + OVER_TIME, option)]
        factors = amounts_unit(quantities[name].unit).factors_to(sheet.outcome.unit)
        sheet.line(first + at, sheet.book.title(name), sheet.unit)
        for column in sheet.columns:
            amount = scaled(cell(Address(TIMELINE, series, column)), factors)
            grid.put(first + at, column, amount, Style.CALCULATION, sheet.format)
    rows = {each: layout.row(place, each) for each in Of}
    for each, row in rows.items():
        unit = "1" if each is Of.FACTOR else sheet.unit
        sheet.line(row, _TITLES[each], unit, Style.OUTPUT_LABEL if each is Of.PAID else Style.LABEL)
    key = sheet.rate_of(option)
    factor_row = plan.series[Key(key.name + FACTOR, key.option)]
    for column in sheet.columns:
        paid, discounted = grid.cell(rows[Of.PAID], column), grid.cell(rows[Of.DISCOUNTED], column)
        parts = grid.cell(first, column).to(grid.cell(rows[Of.PAID] - 1, column))
        grid.put(rows[Of.PAID], column, f.SUM(parts), Style.OUTPUT, sheet.format)
        factor = cell(Address(TIMELINE, factor_row, column))
        grid.put(rows[Of.FACTOR], column, factor, Style.LINKED, "0.0000")
        own = grid.cell(rows[Of.FACTOR], column)
        grid.put(rows[Of.DISCOUNTED], column, paid * own, Style.CALCULATION, sheet.format)
        for of, amount in ((Of.SO_FAR, paid), (Of.DISCOUNTED_SO_FAR, discounted)):
            begin = Cell(Address(CASH_FLOW, amount.address.row, layout.columns.start), False, True)
            grid.put(rows[of], column, f.SUM(begin.to(amount)), Style.CALCULATION, sheet.format)
    for row in (*range(first, rows[Of.PAID] + 1), rows[Of.DISCOUNTED]):
        style = Style.OUTPUT if row == rows[Of.PAID] else Style.CALCULATION
        grid.put(row, WHOLE, f.SUM(cells_of(layout.cells(row))), style, sheet.format)
        for column in sheet.years:
            amounts = sum_of_year(layout.cells(row, start=False), column, sheet.outcome.timeline)
            grid.put(row, column, amounts, style, sheet.format)


def _workings(sheet: _Sheet, at: int, pair: tuple[str, str]) -> None:
    """Step by step: by how much the one costs more, and when the one that does so at first has made up for it."""
    grid, layout = sheet.grid, sheet.layout
    titles = [sheet.title(each) for each in pair]
    _step_heads(
        sheet, layout.workings(at), phrase("Workings: {option} against {other}", option=titles[0], other=titles[1])
    )
    rows = {each: layout.working(at, each) for each in Pair}
    for each, row in rows.items():
        title, unit = _WORKINGS[each]
        sheet.line(row, title, unit or sheet.unit)
    first = grid.cell(rows[Pair.FIRST_SIGN], layout.last_column, fixed=True)

    def of_both(of: Of, column: int) -> Expression:
        """Nothing where both are the same by the digits that spreadsheets compare: a rest has a sign."""
        one, other = (grid.cell(layout.row(sheet.place(each), of), column) for each in pair)
        return f.IF(one.equals(other), 0.0, one - other)

    for column in sheet.columns:
        begins = column == layout.columns.start
        more, last = (grid.cell(rows[each], column) for each in (Pair.MORE, Pair.LAST_SIGN))
        before = {each: grid.cell(rows[each], column - 1) for each in Pair}
        sign = f.SIGN(more)
        changed = f.AND(before[Pair.LAST_SIGN].differs(0.0), last.differs(before[Pair.LAST_SIGN]))
        known = before[Pair.FIRST_SIGN]
        trees: dict[Pair, Expression] = {
            Pair.MORE: of_both(Of.PAID, column),
            Pair.LAST_SIGN: sign if begins else f.IF(more.equals(0.0), before[Pair.LAST_SIGN], sign),
            Pair.FIRST_SIGN: sign if begins else f.IF(known.equals(0.0), sign, known),
            Pair.CHANGES: expression(0.0) if begins else before[Pair.CHANGES] + f.IF(changed, 1.0, 0.0),
            Pair.SO_FAR: of_both(Of.SO_FAR, column) * first,
            Pair.DISCOUNTED_SO_FAR: of_both(Of.DISCOUNTED_SO_FAR, column) * first,
        }
        for each, tree in trees.items():
            number_format = "0" if each in _COUNTED else sheet.format
            grid.put(rows[each], column, tree, Style.CALCULATION, number_format)
        for moment, of in ((Pair.MOMENT, Pair.SO_FAR), (Pair.DISCOUNTED_MOMENT, Pair.DISCOUNTED_SO_FAR)):
            if not begins:
                _moment(sheet, rows[moment], rows[of], column)


def _moment(sheet: _Sheet, row: int, so_far: int, column: int) -> None:
    """When what has been paid more comes to nothing, linear within the step; only the first time counts."""
    grid, times = sheet.grid, sheet.layout.times
    before, now = grid.cell(so_far, column - 1), grid.cell(so_far, column)
    start, end = (grid.cell(times, each, fixed_row=True) for each in (column - 1, column))
    reached = f.AND(before > 0.0, now <= 0.0)
    moment = start + (end - start) * before / (before - now)
    grid.put(row, column, f.IF(reached, moment, ""), Style.CALCULATION, "0.00")


_TITLES = {
    Of.PAID: message("Paid"),
    Of.SO_FAR: message("Paid so far"),
    Of.FACTOR: message("Discount factor"),
    Of.DISCOUNTED: message("Discounted"),
    Of.DISCOUNTED_SO_FAR: message("Discounted so far"),
}
_WORKINGS = {
    Pair.MORE: (message("Extra cost of the first option"), ""),
    Pair.LAST_SIGN: (message("Sign of the extra cost, carried over zeros"), "1"),
    Pair.FIRST_SIGN: (message("First sign: 1 if the first option costs more at first"), "1"),
    Pair.CHANGES: (message("Changes of sign so far"), "1"),
    Pair.SO_FAR: (message("Extra cost so far of the option dearer at first"), ""),
    Pair.DISCOUNTED_SO_FAR: (message("Extra cost so far, discounted"), ""),
    Pair.MOMENT: (message("Payback, if it lies in the step"), message("year")),
    Pair.DISCOUNTED_MOMENT: (message("Discounted payback, if it lies in the step"), message("year")),
}
_COUNTED = (Pair.LAST_SIGN, Pair.FIRST_SIGN, Pair.CHANGES)
