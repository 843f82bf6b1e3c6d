"""The Sensitivity sheet: one input after the other at its low and its high, sorted live, and a table of two drivers."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.scenarios import DECIMALS
from reportgen.compute.sensitivity import SensitivityOutcome, Swing
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE
from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.case_groups import Cases
from reportgen.workbook.grid import Grid, Style, Validation
from reportgen.workbook.layout import FIRST_SWING, HIGH, LOW, VALUE, limit_formula
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST, HEAD_ROW, LABEL, SCENARIO_ROW, SENSITIVITY, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.common import (
    NONE_COMPLETE,
    NUMBER_WIDTH,
    TIE,
    Book,
    calculation,
    heading,
    heads,
    new_grid,
    winner_formula,
)
from reportgen.workbook.sheets.driver_table import driver_table
from reportgen.workbook.sheets.tornado import SIDES, tornado

FLIPS = "can change"
FIRST_MEASURE = HIGH + 1


@dataclass(frozen=True, slots=True)
class _Table:
    """The measures (each option's total, and differences of two) and the columns of what is computed from them."""

    outcome: SensitivityOutcome
    cases: Cases
    swings: tuple[int, ...]
    titles: tuple[str, ...]

    @property
    def at_low(self) -> int:
        return FIRST_MEASURE

    @property
    def at_high(self) -> int:
        return FIRST_MEASURE + len(self.titles)

    @property
    def workings(self) -> int:
        """Columns: lowest total and option at low, the same at high, flips, side at low, side at high, size, rank."""
        return self.at_high + len(self.titles)

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
    subtitle = (
        f"{outcome.total.title} with one input after the other at its low and at its high, all others as selected"
    )
    grid = new_grid(book, SENSITIVITY, "question", "Sensitivity", subtitle)
    grid.for_screens = True
    options = [option.title for option in book.model.options]
    pairs = [f"{book.model.option(b).title} less {book.model.option(a).title}" for a, b in outcome.pairs]
    table = _Table(outcome, questions.cases, questions.swings, (*options, *pairs))
    _selector(grid, table)
    _heads(grid, table)
    _measures(book, grid, table, table.base_row, None)
    for index, swing in enumerate(outcome.swings):
        _swing(book, grid, table, index, swing)
    _sorted(book, grid, table)
    if outcome.grid is not None:
        driver_table(book, grid, questions)
    return grid


def _selector(grid: Grid, table: _Table) -> None:
    """Which total or difference the sorted table and the chart are about."""
    grid.put(SCENARIO_ROW, FIRST, "Sorted by the effect on", Style.SUBTITLE)
    grid.put(SCENARIO_ROW, FIRST + 2, _first_measure(table), Style.CHOICE)
    letters = column_letters(table.at_low), column_letters(table.at_high - 1)
    area = Area(SENSITIVITY, SCENARIO_ROW, FIRST + 2, SCENARIO_ROW, FIRST + 2)
    choices = f"${letters[0]}${HEAD_ROW}:${letters[1]}${HEAD_ROW}"
    error = "Choose one of the totals or differences in the list."
    grid.validations.append(Validation((area,), "Effect on", "Choose a total or a difference.", error, list_of=choices))


def _first_measure(table: _Table) -> str:
    """A difference where there is one: which option to take is the question."""
    return table.titles[len(table.outcome.base)] if table.outcome.pairs else table.titles[0]


def _heads(grid: Grid, table: _Table) -> None:
    texts = [
        (LABEL, "Input", False),
        (UNIT, "Unit", False),
        (LOW, "Low", True),
        (VALUE, "As selected", True),
        (HIGH, "High", True),
    ]
    texts += [(column, title, True) for column, title in enumerate(table.titles, table.at_low)]
    texts += [(column, f"{title}, at high", True) for column, title in enumerate(table.titles, table.at_high)]
    names = (
        "Lowest at low",
        "Option",
        "Lowest at high",
        "Option",
        "Cheapest",
        "Low to base",
        "High to base",
        "Size",
        "Rank",
    )
    texts += [(column, name, True) for column, name in enumerate(names, table.workings)]
    for column, _, _ in texts[2:]:
        grid.widths[column] = NUMBER_WIDTH
    heads(grid, HEAD_ROW, texts)
    grid.heights[HEAD_ROW] = 48
    grid.put(table.base_row, LABEL, "As selected", Style.OUTPUT_LABEL)
    grid.put(table.base_row, UNIT, str(table.outcome.total.unit), Style.OUTPUT_LABEL)


def _measure_values(table: _Table, totals: dict[str, float]) -> list[float]:
    return [*totals.values(), *(totals[b] - totals[a] for a, b in table.outcome.pairs)]


def _measures(book: Book, grid: Grid, table: _Table, row: int, at: tuple[int, dict[str, float]] | None) -> None:
    """Totals and differences of an input's low or high, from `at` (its place among all of these, and totals) or as
    selected."""
    place, totals = at or (0, table.outcome.base)
    case = table.swings[place] if at else None
    column = table.at_high if place % 2 else table.at_low
    number_format = result_format(table.outcome.base.values(), table.outcome.total.unit)
    options = list(totals)
    for step, value in enumerate(_measure_values(table, totals)):
        if step < len(options):
            key = Key(table.outcome.total.name, options[step])
            formula = "=" + table.cases.cell(book.plan, case, key).seen_from(SENSITIVITY)
        else:
            a, b = table.outcome.pairs[step - len(options)]
            one, other = (column_letters(column + options.index(each)) for each in (b, a))
            formula = f"={one}{row}-{other}{row}"
        calculation(grid, (row, column + step), value, formula, number_format)


def _swing(book: Book, grid: Grid, table: _Table, index: int, swing: Swing) -> None:
    row, quantity = FIRST_SWING + index, book.model.quantities[swing.key.name]
    title = quantity.title + (f", {book.model.option(swing.key.option).title}" if swing.key.option else "")
    grid.put(row, LABEL, title, Style.LABEL)
    grid.put(row, UNIT, str(quantity.unit), Style.UNIT)
    for column, value, formula in (
        (LOW, swing.low, limit_formula(book.plan, swing, high=False)),
        (VALUE, swing.value, f"={book.plan.names[swing.key]}"),
        (HIGH, swing.high, limit_formula(book.plan, swing, high=True)),
    ):
        number_format = input_format(float(f"{value:.12g}"), quantity.unit)
        grid.put(row, column, value, Style.LINKED, number_format, formula=formula)
    _measures(book, grid, table, row, (2 * index, swing.at_low))
    _measures(book, grid, table, row, (2 * index + 1, swing.at_high))
    _workings(book, grid, table, row, swing)


def _guarded(book: Book, table: _Table, column: int, row: int) -> list[str]:
    """The options' totals in a row, those that lack a price out of the running."""
    found = []
    for step, option in enumerate(table.outcome.base):
        cell = f"{column_letters(column + step)}{row}"
        state = book.plan.states.get(Key(table.outcome.total.name, option))
        found.append(f'IF({state.seen_from(SENSITIVITY, fixed=True)}="{INCOMPLETE}",1E+300,{cell})' if state else cell)
    return found


def _lowest(book: Book, table: _Table, totals: dict[str, float]) -> tuple[float, str]:
    """The lowest total of a complete option, and whose it is."""
    complete = {
        option: value
        for option, value in totals.items()
        if not book.results.is_incomplete(Key(table.outcome.total.name, option))
    }
    if not complete:
        return 1e300, NONE_COMPLETE
    least = min(complete.values())
    winners = [option for option, value in complete.items() if f"{value:.15g}" == f"{least:.15g}"]
    return least, book.model.option(winners[0]).title if len(winners) == 1 else TIE


def _lowest_cells(
    book: Book, grid: Grid, table: _Table, at: tuple[int, int], measures: int, totals: dict[str, float]
) -> None:
    """Two cells: the lowest total, and the option it belongs to."""
    row, column = at
    guarded = _guarded(book, table, measures, row)
    least, text = _lowest(book, table, totals)
    here = f"{column_letters(column)}{row}"
    calculation(
        grid, (row, column), least, f"=MIN({','.join(guarded)})", result_format((least,), table.outcome.total.unit)
    )
    titles = [f"{column_letters(table.at_low + step)}${HEAD_ROW}" for step in range(len(guarded))]
    formula = winner_formula(here, guarded, titles)
    grid.put(row, column + 1, text, Style.CALCULATION_TEXT, formula=formula)


def _workings(book: Book, grid: Grid, table: _Table, row: int, swing: Swing) -> None:
    column = table.workings
    _lowest_cells(book, grid, table, (row, column), table.at_low, swing.at_low)
    _lowest_cells(book, grid, table, (row, column + 2), table.at_high, swing.at_high)
    if row == FIRST_SWING:
        _lowest_cells(book, grid, table, (table.base_row, column), table.at_low, table.outcome.base)
    letters = column_letters
    low, high = f"{letters(column + 1)}{row}", f"{letters(column + 3)}{row}"
    base = f"${letters(column + 1)}${table.base_row}"
    single = {cell: f'{cell}<>"{TIE}",{cell}<>"{NONE_COMPLETE}"' for cell in (low, high, base)}
    changes = (f"AND({a}<>{b},{single[a]},{single[b]})" for a, b in ((low, base), (high, base), (low, high)))
    text = FLIPS if swing.flips else ""
    grid.put(row, column + 4, text, Style.CALCULATION_TEXT, formula=f'=IF(OR({",".join(changes)}),"{FLIPS}","")')
    measure = table.titles.index(_first_measure(table))
    base_value = _measure_values(table, table.outcome.base)[measure]
    sides = [_measure_values(table, totals)[measure] - base_value for totals in (swing.at_low, swing.at_high)]
    number_format = result_format(table.outcome.base.values(), table.outcome.total.unit)
    found = f"MATCH($E${SCENARIO_ROW},{_span(table.at_low, table, HEAD_ROW, fixed=True)},0)"
    chosen_base = f"INDEX({_span(table.at_low, table, table.base_row, fixed=True)},1,{found})"
    for step, (start, value) in enumerate(((table.at_low, sides[0]), (table.at_high, sides[1]))):
        formula = f"=INDEX({_span(start, table, row)},1,{found})-{chosen_base}"
        calculation(grid, (row, column + 5 + step), value, formula, number_format)
    _rank(grid, table, row, swing)


def _span(column: int, table: _Table, row: int, fixed: bool = False) -> str:
    """A row of measures, from `column` on."""
    dollar = "$" if fixed else ""
    last = column + len(table.titles) - 1
    return f"{dollar}{column_letters(column)}{dollar}{row}:{dollar}{column_letters(last)}{dollar}{row}"


def _size(table: _Table, swing: Swing) -> float:
    measure = table.titles.index(_first_measure(table))
    count = len(table.outcome.base)
    if measure < count:
        effect = swing.effect(list(table.outcome.base)[measure])
    else:
        effect = swing.effect_on_difference(*table.outcome.pairs[measure - count])
    largest = max(map(abs, table.outcome.base.values())) or 1.0
    return round(abs(effect) / largest, DECIMALS)


def _order(table: _Table) -> list[int]:
    """The swings' places by size, largest first, equal ones as they stand."""
    sizes = [_size(table, swing) for swing in table.outcome.swings]
    return sorted(range(len(sizes)), key=lambda at: -sizes[at])


def _rank(grid: Grid, table: _Table, row: int, swing: Swing) -> None:
    """Size relative to the largest total, rounded so that what rounding leaves does not decide; then the rank."""
    column, letters = table.workings, column_letters
    low, high, size = (f"{letters(column + step)}{row}" for step in (5, 6, 7))
    options = Area(
        SENSITIVITY, table.base_row, table.at_low, table.base_row, table.at_low + len(table.outcome.base) - 1
    )
    cells = options.seen_from(SENSITIVITY, fixed=True)
    largest = f"MAX(MAX({cells}),-MIN({cells}))"
    formula = f"=ROUND(ABS({high}-{low})/IF({largest}=0,1,{largest}),{DECIMALS})"
    calculation(grid, (row, column + 7), _size(table, swing), formula, "0.000000")
    name = letters(column + 7)
    everything = f"${name}${FIRST_SWING}:${name}${table.last_row}"
    above = f"${name}${FIRST_SWING}:{size}"
    rank = _order(table).index(row - FIRST_SWING) + 1
    formula = f"=SUMPRODUCT(({everything}>{size})*1)+SUMPRODUCT(({above}={size})*1)"
    calculation(grid, (row, column + 8), float(rank), formula, "0")


def _sorted(book: Book, grid: Grid, table: _Table) -> None:
    """The tornado: the inputs by the size of their effect, with its two sides."""
    start, count = table.sorted_row, len(table.outcome.swings)
    heading(grid, start - 2, "Sorted by effect", HIGH + 1)
    place_column = HIGH + 1
    for column, text in zip((LOW, VALUE, HIGH, place_column), (*SIDES, "cheapest option", "place above"), strict=True):
        grid.put(start - 1, column, text, Style.SUBTITLE)
    letters, rank = column_letters, column_letters(table.workings + 8)
    number_format = result_format(table.outcome.base.values(), table.outcome.total.unit)
    ranks = f"${rank}${FIRST_SWING}:${rank}${table.last_row}"
    measure = table.titles.index(_first_measure(table))
    base_value = _measure_values(table, table.outcome.base)[measure]
    titles, sides = [], []
    for place, index in enumerate(_order(table)):
        row, swing = start + place, table.outcome.swings[index]
        found = f"${letters(place_column)}{row}"
        formula = f"=MATCH(ROW()-ROW(${letters(place_column)}${start - 1}),{ranks},0)"
        calculation(grid, (row, place_column), float(index + 1), formula, "0")
        title = str(grid.cells[FIRST_SWING + index, LABEL].content)
        values = [_measure_values(table, totals)[measure] - base_value for totals in (swing.at_low, swing.at_high)]
        titles.append(title)
        sides.append(values)
        grid.put(row, LABEL, title, Style.LINKED_TEXT, formula=f"=INDEX({_column(table, 'A')},{found})")
        grid.put(row, UNIT, str(table.outcome.total.unit), Style.UNIT)
        for step in (0, 1):
            cells = _column(table, letters(table.workings + 5 + step))
            calculation(grid, (row, LOW + step), values[step], f"=INDEX({cells},{found})", number_format)
        flips = FLIPS if swing.flips else ""
        cells = _column(table, letters(table.workings + 4))
        grid.put(row, HIGH, flips, Style.CALCULATION_TEXT, formula=f'=INDEX({cells},{found})&""')
    if count:
        tornado(grid, (start, _first_measure(table)), table.outcome, titles, sides)


def _column(table: _Table, letters: str) -> str:
    return f"${letters}${FIRST_SWING}:${letters}${table.last_row}"
