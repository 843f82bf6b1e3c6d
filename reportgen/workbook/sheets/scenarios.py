"""The Scenarios sheet: all scenarios side by side, whichever is selected."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.compute.scenarios import ScenarioOutcome
from reportgen.formula.nodes import Key
from reportgen.model.model import Quantity
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.questions import SCENARIOS
from reportgen.workbook import cell_words
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import listed, message, together, unit_words
from reportgen.workbook.cases import CaseBlock
from reportgen.workbook.chart_plan import (
    Axis,
    ChartKind,
    ChartPlan,
    Series,
    Texts,
    axis_format,
    axis_title,
    from_zero,
    shown_numbers,
)
from reportgen.workbook.expressions import Expression, Operand, cell, cells_of, expression
from reportgen.workbook.filled_messages import filled_message
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format, share_format
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.scenario_columns import BASE
from reportgen.workbook.sheets.charts import (
    MOST_LABELS,
    bar_chart_rows,
    chart_width,
    down,
    is_drawn,
    lacking,
    option_head,
)
from reportgen.workbook.sheets.sheet_parts import (
    NOTE_WIDTH,
    NUMBER_WIDTH,
    UNIT_WIDTH,
    Book,
    heading,
    if_complete,
    lowest,
    new_grid,
    option_heads,
)
from reportgen.workbook.titles import and_more, listed_texts, phrase, scenario_title
from reportgen.workbook.translate import NO_NUMBER

UNUSED = message("nothing yet: to use it, fill in its column on Assumptions")
"""What a spare scenario sets at first."""

MOST_NAMED = 4
"""Inputs of a scenario that are named on one line."""


def scenarios_sheet(book: Book, questions: Questions) -> Grid:
    """The headline total in the base and in each scenario, the difference to the base, and which option costs least."""
    total, block = book.model.headline, questions.scenarios
    assert block is not None
    subtitle = message("{total} in every scenario at once, whichever one is selected", total=total.title)
    grid = new_grid(book, SCENARIOS, "question", message("Scenarios"), subtitle)
    grid.widths.update({UNIT: UNIT_WIDTH - 2, _after(book): NUMBER_WIDTH + 2, _after(book) + 1: NOTE_WIDTH})
    option_heads(book, grid, HEAD_ROW, message("Scenario"), [message("Lowest"), message("What it sets")])
    outcomes = book.results.scenarios
    row = _totals(book, grid, total, block, outcomes)
    row = _chart(book, grid, row + 1, total, outcomes)
    amounts = _Rows(book, grid, row + 2, first=1)
    grid.printed_rows.append((1, amounts.after - 1))  # differences as amounts; what each sets is on Assumptions
    grid.printed_columns = _after(book)
    _differences(book, grid, row + 1, total, outcomes)
    _settings(book, grid)
    return grid


def _after(book: Book) -> int:
    return FIRST + len(book.model.options)


def _format(outcomes: tuple[ScenarioOutcome, ...], total: Quantity) -> str:
    return result_format((value for outcome in outcomes for value in outcome.totals.values()), total.unit)


class _Rows:
    """Rows of a table, one for each scenario from the place `first` on: the model's, then spare ones, which show dashes
    in place of everything while their columns of Assumptions are empty."""

    def __init__(self, book: Book, grid: Grid, row: int, first: int = 0) -> None:
        self.book, self.grid, self.row, self.first = book, grid, row, first
        self.count = book.plan.last_scenario_column - BASE + 1 - first

    @property
    def after(self) -> int:
        """The row below the last."""
        return self.row + self.count

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The place of each scenario, and its row."""
        return ((self.first + at, self.row + at) for at in range(self.count))

    def _is_spare(self, place: int) -> bool:
        return BASE + place in self.book.plan.spare_columns

    def name(self, unit: str) -> None:
        """Labels and units. A spare scenario's first unit tells whether it is used."""
        plan = self.book.plan
        for place, row in self:
            title = cell(plan.scenario_head(BASE + place))
            self.grid.put(row, LABEL, title, Style.UNIT if self._is_spare(place) else Style.LABEL)
            used: str | Expression = unit
            if self._is_spare(place) and row == FIRST_ROW + place:
                used = f.IF(f.COUNT(cells_of(plan.scenario_values(BASE + place))) > 0.0, unit, NO_NUMBER)
            elif self._is_spare(place):
                used = self.if_used(place, unit)
            self.grid.put(row, UNIT, used, Style.UNIT)

    def if_used(self, place: int, shown: Operand) -> Expression:
        """What a scenario's cell shows; a dash for a spare one that is not used."""
        if not self._is_spare(place):
            return expression(shown)
        return f.IF(self.grid.cell(FIRST_ROW + place, UNIT, fixed=True).equals(NO_NUMBER), NO_NUMBER, shown)


def _totals(book: Book, grid: Grid, total: Quantity, block: CaseBlock, outcomes: tuple[ScenarioOutcome, ...]) -> int:
    number_format, rows = _format(outcomes, total), _Rows(book, grid, FIRST_ROW)
    states = [Key(total.name, option) in book.plan.states for option in book.model.option_ids]
    rows.name(unit_words(total.unit))
    for place, row in rows:
        for column, option in enumerate(book.model.option_ids, FIRST):
            case = cell(block.cell(book.plan, place, Key(total.name, option)))
            grid.put(row, column, rows.if_used(place, case), Style.LINKED, number_format)
        if not any(states):
            _lowest(book, grid, row, rows, place)
    return _comparable(book, grid, rows.after + 1, total, outcomes) if any(states) else rows.after


def _comparable(book: Book, grid: Grid, row: int, total: Quantity, outcomes: tuple[ScenarioOutcome, ...]) -> int:
    """The totals of options whose prices are all known; only these are compared."""
    heading(grid, row, message("Where all prices are known"), _after(book))
    rows = _Rows(book, grid, row + 1)
    rows.name(unit_words(total.unit))
    for place, at in rows:
        for column, option in enumerate(book.model.option_ids, FIRST):
            amount = grid.cell(FIRST_ROW + place, column)
            known = if_complete(book, Key(total.name, option), amount, fixed_row=True)
            grid.put(at, column, known, Style.CALCULATION, _format(outcomes, total))
        _lowest(book, grid, at, rows, place)
    return rows.after


def _lowest(book: Book, grid: Grid, row: int, rows: _Rows, place: int) -> None:
    """Of a row of complete totals; all totals stand in the first table."""
    every = FIRST_ROW + place
    numbers, known = (grid.cell(at, FIRST).to(grid.cell(at, _after(book) - 1)) for at in (row, every))
    found = lowest(book, numbers, every=known if every != row else None)
    grid.put(row, _after(book), rows.if_used(place, found), Style.OUTPUT_TEXT)


def _chart(book: Book, grid: Grid, row: int, total: Quantity, outcomes: tuple[ScenarioOutcome, ...]) -> int:
    """The headline total of each option, scenario by scenario."""
    titles = tuple(cell_words.scenario_title(outcome.scenario) for outcome in outcomes)
    series = []
    for place, option in enumerate(book.model.option_ids):
        values = [outcome.totals[option] for outcome in outcomes]
        if is_drawn(book, total, option, values):
            numbers_ = down(SCENARIOS, FIRST_ROW, FIRST + place, values, total.unit)
            series.append(Series(option_head(book, SCENARIOS, option), numbers_, color=place))
    last = row + bar_chart_rows(len(book.model.options) * len(outcomes), len(outcomes)) - 1
    if not series:
        return last + 1
    amounts = [value for each in series for value in each.values.shown(total.unit)]
    options = [option.title for option in book.model.options]
    numbers = listed(
        (
            together(title, ": ", shown_numbers(options, _known(book, total, outcome.totals), total.unit))
            for title, outcome in zip(titles, outcomes, strict=True)
        ),
        ". ",
    )
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.BARS,
            title=message("{total} by scenario", total=total.title),
            series=tuple(series),
            values=Axis(axis_title(total.title, total.unit), axis_format(amounts, total.unit), from_zero(amounts)),
            rows=(row, last),
            columns=chart_width(book),
            alternative=message(
                "Bars: {total} by scenario, {unit}. {numbers}.{lacking}",
                total=total.title,
                unit=unit_words(total.unit),
                numbers=numbers,
                lacking=lacking(book, total),
            ),
            categories=Texts(Area(SCENARIOS, FIRST_ROW, LABEL, FIRST_ROW + len(outcomes) - 1, LABEL), titles),
            labels=_format(outcomes, total) if len(amounts) <= MOST_LABELS else "",
        )
    )
    return last + 1


def _known(book: Book, total: Quantity, totals: dict[str, float]) -> list[float | None]:
    return [value if is_drawn(book, total, option, (value,)) else None for option, value in totals.items()]


def _differences(book: Book, grid: Grid, row: int, total: Quantity, outcomes: tuple[ScenarioOutcome, ...]) -> None:
    """Each scenario against the base, in money and in per cent of the base."""
    shares_format = share_format(each for outcome in outcomes for each in outcome.shares.values())
    to_base = phrase("Difference to {scenario}", scenario=scenario_title(book.plan, BASE_SCENARIO))
    for title, share in ((to_base, False), (phrase("{difference} in per cent", difference=to_base), True)):
        heading(grid, row, title, _after(book))
        rows = _Rows(book, grid, row + 1, first=1)
        rows.name("%" if share else unit_words(total.unit))
        for place, at in rows:
            for column in range(FIRST, _after(book)):
                base = grid.cell(FIRST_ROW, column, fixed_row=True)
                more = grid.cell(FIRST_ROW + place, column) - base
                shown = rows.if_used(place, f.IF(base > 0.0, more / base, NO_NUMBER) if share else more)
                grid.put(at, column, shown, Style.CALCULATION, shares_format if share else _format(outcomes, total))
        row = rows.after + 1


def _settings(book: Book, grid: Grid) -> None:
    """What each scenario sets, in words beside its totals; the numbers stand on Assumptions."""
    scenarios = {scenario.id: scenario for scenario in book.model.scenarios}
    for at, scenario in enumerate(book.model.scenarios, FIRST_ROW + 1):
        titles = list(dict.fromkeys(book.title(key.name) for key in scenario.own))
        text = listed_texts(titles[:MOST_NAMED])
        if len(titles) > MOST_NAMED:
            text = and_more(text, len(titles) - MOST_NAMED)
        if scenario.based_on:
            text = phrase(
                "{set}; based on {scenario}", set=text, scenario=scenario_title(book.plan, scenarios[scenario.based_on])
            )
        grid.put(at, _after(book) + 1, text, Style.SUBTITLE)
    for at, column in enumerate(book.plan.spare_columns, FIRST_ROW + 1 + len(book.model.scenarios)):
        set_now = f.COUNT(cells_of(book.plan.scenario_values(column)))
        used = f.IF(set_now.equals(0.0), UNUSED, filled_message("{count} of the inputs on Assumptions", count=set_now))
        grid.put(at, _after(book) + 1, used, Style.SUBTITLE)
