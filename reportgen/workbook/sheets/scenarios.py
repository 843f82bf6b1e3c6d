"""The Scenarios sheet: all scenarios side by side, whichever is selected."""

from __future__ import annotations

from reportgen.compute.scenarios import ScenarioOutcome
from reportgen.formula.nodes import Key
from reportgen.model.model import Quantity
from reportgen.questions import SCENARIOS
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
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
from reportgen.workbook.expressions import cell
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format, share_format
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
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
    NUMBER_WIDTH,
    UNIT_WIDTH,
    Book,
    heading,
    if_complete,
    lowest,
    new_grid,
    option_heads,
)
from reportgen.workbook.translate import NO_NUMBER

MOST_NAMED = 4
"""Inputs of a scenario that are named on one line."""


def scenarios_sheet(book: Book, questions: Questions) -> Grid:
    """The headline total in the base and in each scenario, the difference to the base, and which option costs least."""
    total, block = book.model.headline, questions.scenarios
    assert block is not None
    subtitle = f"{total.title} in every scenario at once, whichever one is selected"
    grid = new_grid(book, SCENARIOS, "question", "Scenarios", subtitle)
    grid.widths.update({UNIT: UNIT_WIDTH - 2, _after(book): NUMBER_WIDTH + 2})
    option_heads(book, grid, HEAD_ROW, "Scenario", ["Lowest"])
    outcomes = book.results.scenarios
    row = _totals(book, grid, total, block, outcomes)
    row = _chart(book, grid, row + 1, total, outcomes)
    grid.printed_rows.append((1, row + len(outcomes)))  # differences as amounts; what each sets is on Assumptions
    row = _differences(book, grid, row + 1, total, outcomes)
    _settings(book, grid, row + 1)
    return grid


def _after(book: Book) -> int:
    return FIRST + len(book.model.options)


def _title(outcome: ScenarioOutcome) -> str:
    return outcome.scenario.title


def _format(outcomes: tuple[ScenarioOutcome, ...], total: Quantity) -> str:
    return result_format((value for outcome in outcomes for value in outcome.totals.values()), total.unit)


def _totals(book: Book, grid: Grid, total: Quantity, block: CaseBlock, outcomes: tuple[ScenarioOutcome, ...]) -> int:
    number_format = _format(outcomes, total)
    states = [Key(total.name, option) in book.plan.states for option in book.model.option_ids]
    for index, outcome in enumerate(outcomes):
        row = FIRST_ROW + index
        grid.put(row, LABEL, _title(outcome), Style.LABEL)
        grid.put(row, UNIT, str(total.unit), Style.UNIT)
        for column, option in enumerate(book.model.option_ids, FIRST):
            case = cell(block.cell(book.plan, index, Key(total.name, option)))
            grid.put(row, column, case, Style.LINKED, number_format)
        if not any(states):
            _lowest(book, grid, row, row)
    row = FIRST_ROW + len(outcomes)
    return _comparable(book, grid, row + 1, total, outcomes) if any(states) else row


def _comparable(book: Book, grid: Grid, row: int, total: Quantity, outcomes: tuple[ScenarioOutcome, ...]) -> int:
    """The totals of options whose prices are all known; only these are compared."""
    heading(grid, row, "Where all prices are known", _after(book))
    for index, outcome in enumerate(outcomes):
        at = row + 1 + index
        grid.put(at, LABEL, _title(outcome), Style.LABEL)
        grid.put(at, UNIT, str(total.unit), Style.UNIT)
        for column, option in enumerate(book.model.option_ids, FIRST):
            amount = grid.cell(FIRST_ROW + index, column)
            known = if_complete(book, Key(total.name, option), amount, fixed_row=True)
            grid.put(at, column, known, Style.CALCULATION, _format(outcomes, total))
        _lowest(book, grid, at, FIRST_ROW + index)
    return row + 1 + len(outcomes)


def _lowest(book: Book, grid: Grid, row: int, every: int) -> None:
    """Of a row of complete totals; all totals stand in the row `every`."""
    numbers, known = (grid.cell(at, FIRST).to(grid.cell(at, _after(book) - 1)) for at in (row, every))
    found = lowest(book, numbers, every=known if every != row else None)
    grid.put(row, _after(book), found, Style.OUTPUT_TEXT)


def _chart(book: Book, grid: Grid, row: int, total: Quantity, outcomes: tuple[ScenarioOutcome, ...]) -> int:
    """The headline total of each option, scenario by scenario."""
    titles = tuple(_title(outcome) for outcome in outcomes)
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
    numbers = ". ".join(
        f"{title}: {shown_numbers(options, _known(book, total, outcome.totals), total.unit)}"
        for title, outcome in zip(titles, outcomes, strict=True)
    )
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.BARS,
            title=f"{total.title} by scenario",
            series=tuple(series),
            values=Axis(axis_title(total.title, total.unit), axis_format(amounts, total.unit), from_zero(amounts)),
            rows=(row, last),
            columns=chart_width(book),
            alternative=f"Bars: {total.title} by scenario, {total.unit}. {numbers}.{lacking(book, total)}",
            categories=Texts(Area(SCENARIOS, FIRST_ROW, LABEL, FIRST_ROW + len(outcomes) - 1, LABEL), titles),
            labels=_format(outcomes, total) if len(amounts) <= MOST_LABELS else "",
        )
    )
    return last + 1


def _known(book: Book, total: Quantity, totals: dict[str, float]) -> list[float | None]:
    return [value if is_drawn(book, total, option, (value,)) else None for option, value in totals.items()]


def _differences(book: Book, grid: Grid, row: int, total: Quantity, outcomes: tuple[ScenarioOutcome, ...]) -> int:
    """Each scenario against the base, in money and in per cent of the base."""
    shares_format = share_format(each for outcome in outcomes for each in outcome.shares.values())
    for title, share in (("Difference to Base", False), ("Difference to Base in per cent", True)):
        heading(grid, row, title, _after(book))
        for index, outcome in enumerate(outcomes[1:], 1):
            at = row + index
            grid.put(at, LABEL, _title(outcome), Style.LABEL)
            grid.put(at, UNIT, "%" if share else str(total.unit), Style.UNIT)
            for column in range(FIRST, _after(book)):
                base = grid.cell(FIRST_ROW, column, fixed_row=True)
                more = grid.cell(FIRST_ROW + index, column) - base
                shown = f.IF(base > 0.0, more / base, NO_NUMBER) if share else more
                grid.put(at, column, shown, Style.CALCULATION, shares_format if share else _format(outcomes, total))
        row += len(outcomes) + 1
    return row


def _settings(book: Book, grid: Grid, row: int) -> None:
    """What each scenario sets, in words; the numbers stand on Assumptions."""
    heading(grid, row, "What each scenario sets", _after(book))
    titles = {scenario.id: scenario.title for scenario in book.model.scenarios}
    for at, scenario in enumerate(book.model.scenarios, row + 1):
        titles_set = list(dict.fromkeys(book.model.quantities[key.name].title for key in scenario.own))
        set_ = ", ".join(titles_set[:MOST_NAMED])
        if len(titles_set) > MOST_NAMED:
            set_ += f" and {len(titles_set) - MOST_NAMED} more"
        text = f"{set_}; based on {titles[scenario.based_on]}" if scenario.based_on else set_
        grid.put(at, LABEL, scenario.title, Style.LABEL)
        grid.put(at, UNIT, text, Style.SUBTITLE)
