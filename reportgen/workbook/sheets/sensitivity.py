"""The Sensitivity sheet: one input after the other at its low and its high, sorted live, and a table of two drivers."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.scenarios import DECIMALS
from reportgen.compute.sensitivity import SensitivityOutcome, Swing
from reportgen.formula.nodes import Key
from reportgen.questions import SENSITIVITY
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.case_groups import Cases
from reportgen.workbook.expressions import CellRange, Constant, Expression, cell
from reportgen.workbook.filled_messages import filled_message
from reportgen.workbook.grid import Grid, Style, Validation
from reportgen.workbook.layout import FIRST_SWING, HIGH, LOW, MOST_BARS, VALUE, grid_first_row, limit
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import CASES, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.driver_table import driver_table
from reportgen.workbook.sheets.sheet_parts import (
    NONE_COMPLETE,
    NUMBER_WIDTH,
    OPEN,
    TIE,
    UNRANKED,
    Book,
    heading,
    heads,
    if_complete,
    new_grid,
    winner,
)
from reportgen.workbook.sheets.tornado import SIDES, tornado
from reportgen.workbook.titles import Text, phrase
from reportgen.workbook.translate import active_value

FLIPS = message("may change")
FIRST_MEASURE = HIGH + 1
CHOICE_ROW, CHOICE = HEAD_ROW - 1, LABEL
"""The cell of the reader's choice, in the head."""
SORTED_BY = message("← the inputs are sorted by their effect on this")

WHICH = CHOICE + 1
"""The column of the place of that among the measures; as the book was made, where it is none of them."""

PLACE = HIGH + 1
"""In the sorted table: the column of an input's place in the table above."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The measures (each option's total, and differences of two) and the columns of what is computed from them."""

    outcome: SensitivityOutcome
    cases: Cases
    swings: tuple[int, ...]
    titles: tuple[Text, ...]

    @property
    def at_low(self) -> int:
        return FIRST_MEASURE

    @property
    def at_high(self) -> int:
        return FIRST_MEASURE + len(self.titles)

    @property
    def lowest_at_low(self) -> int:
        """The first column of the workings: the lowest total at low, and the option whose it is."""
        return self.at_high + len(self.titles)

    @property
    def lowest_at_high(self) -> int:
        return self.lowest_at_low + 2

    @property
    def flips(self) -> int:
        """Whether another option becomes the cheapest; the effects at low and at high, their size and rank follow."""
        return self.lowest_at_low + 4

    @property
    def effects(self) -> int:
        return self.flips + 1

    @property
    def size(self) -> int:
        return self.effects + 2

    @property
    def rank(self) -> int:
        return self.size + 1

    @property
    def number_format(self) -> str:
        return result_format(self.outcome.base.values(), self.outcome.total.unit)

    @property
    def base_row(self) -> int:
        return FIRST_SWING - 1

    @property
    def last_row(self) -> int:
        return FIRST_SWING + len(self.outcome.swings) - 1

    @property
    def sorted_row(self) -> int:
        """The first row of the sorted table."""
        return self.last_row + 5


def sensitivity_sheet(book: Book, questions: Questions) -> Grid:
    """The effect of each input on a total or on the difference of two options, as the reader chooses."""
    outcome = questions.sensitivity
    assert outcome is not None
    subtitle = message(
        "{total} with one input at a time at its low and at its high",
        total=outcome.total.title,
    )
    grid = new_grid(book, SENSITIVITY, "question", message("Sensitivity"), subtitle)
    options: list[Text] = [book.option(option) for option in book.model.option_ids]
    pairs = [phrase("{option} less {other}", option=book.option(b), other=book.option(a)) for a, b in outcome.pairs]
    table = _Table(outcome, questions.cases, questions.swings, (*options, *pairs))
    _selector(book, grid, table)
    _heads(grid, table)
    _measures(book, grid, table, table.base_row, None)
    for index, swing in enumerate(outcome.swings):
        _swing(book, grid, table, index, swing)
    _sorted(book, grid, table)
    if outcome.grid is not None:
        driver_table(book, grid, questions)
    # Paper has the chart of what matters most, with all that is sorted where that is short; the rest is for the screen.
    chart = table.sorted_row + len(outcome.swings) + 1
    short = len(outcome.swings) <= MOST_BARS
    grid.printed_rows.append((table.last_row + 2 if short else chart, grid_first_row(outcome) - 2))
    grid.printed_columns = HIGH + 1
    return grid


def _selector(book: Book, grid: Grid, table: _Table) -> None:
    """Which total or difference the sorted table and the chart are about."""
    grid.put(CHOICE_ROW, CHOICE, _first_measure(book, table), Style.CHOICE)
    chosen, measures = grid.cell(CHOICE_ROW, CHOICE), _measures_of(grid, table, HEAD_ROW, table.at_low)
    options = grid.cell(HEAD_ROW, table.at_low).to(grid.cell(HEAD_ROW, table.at_low + len(table.outcome.base) - 1))
    usual = f.COLUMNS(options) + 1.0 if table.outcome.pairs else Constant(1.0)
    known = f.SUMPRODUCT(measures.equals(chosen) * 1.0) > 0.0  # it may have been renamed since it was chosen
    grid.put(CHOICE_ROW, WHICH, f.IF(known, f.MATCH(chosen, measures, 0.0), usual), Style.CALCULATION, "0")
    words = f.IF(known, SORTED_BY, message("← no head says that any more: choose again"))
    grid.put(CHOICE_ROW, WHICH + 1, words, Style.SUBTITLE)
    area = Area(SENSITIVITY, CHOICE_ROW, CHOICE, CHOICE_ROW, CHOICE)
    choices = _measures_of(grid, table, HEAD_ROW, table.at_low, fixed=True)
    error = message("Choose one of the totals or differences in the list.")
    grid.validations.append(
        Validation((area,), message("Effect on"), message("Choose a total or a difference."), error, list_of=choices)
    )


def _first_measure(book: Book, table: _Table) -> str:
    """A difference where there is one: which option to take is the question."""
    titles = {option.id: option.title for option in book.model.options}
    pairs = [message("{option} less {other}", option=titles[b], other=titles[a]) for a, b in table.outcome.pairs]
    return pairs[0] if pairs else next(iter(titles.values()))


def _heads(grid: Grid, table: _Table) -> None:
    texts: list[tuple[int, Text, bool]] = [
        (LABEL, message("Input"), False),
        (UNIT, message("Unit"), False),
        (LOW, message("Low"), True),
        (VALUE, message("As selected"), True),
        (HIGH, message("High"), True),
    ]
    texts += [(column, title, True) for column, title in enumerate(table.titles, table.at_low)]
    texts += [
        (column, phrase("{title}, at high", title=title), True)
        for column, title in enumerate(table.titles, table.at_high)
    ]
    names = (
        message("Lowest at low"),
        message("Option"),
        message("Lowest at high"),
        message("Option"),
        message("Cheapest"),
        message("Effect at low"),
        message("Effect at high"),
        message("Size"),
        message("Rank"),
    )
    texts += [(column, name, True) for column, name in enumerate(names, table.lowest_at_low)]
    for column, _, _ in texts[2:]:
        grid.widths[column] = NUMBER_WIDTH
    heads(grid, HEAD_ROW, texts)
    grid.heights[HEAD_ROW] = 48
    grid.put(table.base_row, LABEL, message("As selected"), Style.OUTPUT_LABEL)
    grid.put(table.base_row, UNIT, unit_words(table.outcome.total.unit), Style.OUTPUT_LABEL)


def _measures(book: Book, grid: Grid, table: _Table, row: int, place: int | None) -> None:
    """Totals and differences of an input's low or high, whose place among all of these is given, or as selected."""
    case = table.swings[place] if place is not None else None
    column = table.at_high if (place or 0) % 2 else table.at_low
    options = list(table.outcome.base)
    places = [table.cases.cell(book.plan, case, Key(table.outcome.total.name, each)) for each in options]
    totals = [cell(each, fixed_column=each.sheet != CASES) for each in places]
    for step, total in enumerate(totals):
        grid.put(row, column + step, total, Style.CALCULATION, table.number_format)
    for step, (a, b) in enumerate(table.outcome.pairs, len(options)):
        one, other = (grid.cell(row, column + options.index(each)) for each in (b, a))
        grid.put(row, column + step, one - other, Style.CALCULATION, table.number_format)


def _swing(book: Book, grid: Grid, table: _Table, index: int, swing: Swing) -> None:
    row, quantity = FIRST_SWING + index, book.model.quantities[swing.key.name]
    grid.put(row, LABEL, book.key_title(swing.key), Style.LABEL)
    grid.put(row, UNIT, unit_words(quantity.unit), Style.UNIT)
    for column, value, tree in (
        (LOW, swing.low, limit(book.plan, swing, high=False)),
        (VALUE, swing.value, active_value(book.plan, swing.key)),
        (HIGH, swing.high, limit(book.plan, swing, high=True)),
    ):
        grid.put(row, column, tree, Style.LINKED, input_format(float(f"{value:.12g}"), quantity.unit))
    _measures(book, grid, table, row, 2 * index)
    _measures(book, grid, table, row, 2 * index + 1)
    _workings(book, grid, table, row)


def _guarded(book: Book, grid: Grid, table: _Table, column: int, row: int) -> list[Expression]:
    """The options' totals in a row, those that lack a price out of the running."""
    found: list[Expression] = []
    for step, option in enumerate(table.outcome.base):
        key = Key(table.outcome.total.name, option)
        found.append(if_complete(book, key, grid.cell(row, column + step), UNRANKED, fixed=True))
    return found


def _lowest_cells(book: Book, grid: Grid, table: _Table, at: tuple[int, int], measures: int) -> None:
    """Two cells: the lowest total, and the option it belongs to."""
    row, column = at
    guarded = _guarded(book, grid, table, measures, row)
    grid.put(row, column, f.MIN(*guarded), Style.CALCULATION, table.number_format)
    titles = [book.option(option) for option in table.outcome.base]
    every = [grid.cell(row, measures + step) for step in range(len(guarded))]
    grid.put(row, column + 1, winner(grid.cell(row, column), guarded, titles, every), Style.CALCULATION_TEXT)


def _workings(book: Book, grid: Grid, table: _Table, row: int) -> None:
    """Of one input: who costs least at both ends, whether that changes, the two effects, their size and rank."""
    _lowest_cells(book, grid, table, (row, table.lowest_at_low), table.at_low)
    _lowest_cells(book, grid, table, (row, table.lowest_at_high), table.at_high)
    if row == FIRST_SWING:
        _lowest_cells(book, grid, table, (table.base_row, table.lowest_at_low), table.at_low)
    low, high = grid.cell(row, table.lowest_at_low + 1), grid.cell(row, table.lowest_at_high + 1)
    base = grid.cell(table.base_row, table.lowest_at_low + 1, fixed=True)
    may_lack = any(Key(table.outcome.total.name, each) in book.plan.states for each in table.outcome.base)
    words = (TIE, NONE_COMPLETE, OPEN) if may_lack else (TIE,)
    changes = (
        f.AND(one.differs(other), *(each.differs(word) for each in (one, other) for word in words))
        for one, other in ((low, base), (high, base), (low, high))
    )
    grid.put(row, table.flips, f.IF(f.OR(*changes), FLIPS, ""), Style.CALCULATION_TEXT)
    which = grid.cell(CHOICE_ROW, WHICH, fixed=True)
    at_base = f.INDEX(_measures_of(grid, table, table.base_row, table.at_low, fixed=True), 1.0, which)
    for step, column in enumerate((table.at_low, table.at_high)):
        effect = f.INDEX(_measures_of(grid, table, row, column), 1.0, which) - at_base
        grid.put(row, table.effects + step, effect, Style.CALCULATION, table.number_format)
    _rank(grid, table, row)


def _measures_of(grid: Grid, table: _Table, row: int, column: int, *, fixed: bool = False) -> CellRange:
    """A row of measures, from `column` on."""
    last = column + len(table.titles) - 1
    return grid.cell(row, column, fixed=fixed).to(grid.cell(row, last, fixed=fixed))


def _rank(grid: Grid, table: _Table, row: int) -> None:
    """Size relative to the largest total, rounded so that what rounding leaves does not decide; then the rank."""
    low, high, size = grid.cell(row, table.effects), grid.cell(row, table.effects + 1), grid.cell(row, table.size)
    last = table.at_low + len(table.outcome.base) - 1
    options = grid.cell(table.base_row, table.at_low, fixed=True).to(grid.cell(table.base_row, last, fixed=True))
    largest = f.MAX(f.MAX(options), -f.MIN(options))
    relative = f.ABS(high - low) / f.IF(largest.equals(0.0), 1.0, largest)
    grid.put(row, table.size, f.ROUND(relative, float(DECIMALS)), Style.CALCULATION, "0.000000")
    first = grid.cell(FIRST_SWING, table.size, fixed=True)
    larger = f.SUMPRODUCT((_inputs(grid, table, table.size) > size) * 1.0)
    as_large = f.SUMPRODUCT(first.to(size).equals(size) * 1.0)
    grid.put(row, table.rank, larger + as_large, Style.CALCULATION, "0")


def _inputs(grid: Grid, table: _Table, column: int) -> CellRange:
    """A column of the first table, all inputs."""
    return grid.cell(FIRST_SWING, column, fixed=True).to(grid.cell(table.last_row, column, fixed=True))


def _sorted(book: Book, grid: Grid, table: _Table) -> None:
    """The tornado: the inputs by the size of their effect, with its two sides."""
    start, count = table.sorted_row, len(table.outcome.swings)
    measures = _measures_of(grid, table, HEAD_ROW, table.at_low, fixed=True)
    choice = f.INDEX(measures, 1.0, grid.cell(CHOICE_ROW, WHICH, fixed=True))
    heading(grid, start - 2, message("Sorted by effect"), PLACE)
    texts: list[tuple[int, Text, bool]] = [
        (LABEL, filled_message("Sensitivity of {measure}", measure=choice), False),
        (UNIT, message("Unit"), False),
    ]
    texts += [(LOW + step, text, True) for step, text in enumerate(SIDES)]
    heads(
        grid,
        start - 1,
        [*texts, (HIGH, message("Cheapest option"), False), (PLACE, message("Row in the table above"), True)],
    )
    for row in range(start, start + count):
        place = grid.cell(row, PLACE, fixed_column=True)
        number = f.ROWS(grid.cell(start, UNIT, fixed_row=True).to(grid.cell(row, UNIT)))
        grid.put(row, PLACE, f.MATCH(number, _inputs(grid, table, table.rank), 0.0), Style.CALCULATION, "0")
        grid.put(row, LABEL, f.INDEX(_inputs(grid, table, LABEL), place), Style.LINKED_TEXT)
        grid.put(row, UNIT, unit_words(table.outcome.total.unit), Style.UNIT)
        for step in (0, 1):
            effect = f.INDEX(_inputs(grid, table, table.effects + step), place)
            grid.put(row, LOW + step, effect, Style.CALCULATION, table.number_format)
        flips = f.INDEX(_inputs(grid, table, table.flips), place) & ""
        grid.put(row, HIGH, flips, Style.CALCULATION_TEXT)
    if count:
        tornado(grid, start, choice, table.outcome)
