"""The Simulation sheet: values from the program, labelled so; no spreadsheet draws them again."""

from __future__ import annotations

from reportgen.compute.simulation import SimulationOutcome
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE
from reportgen.workbook.address import Area
from reportgen.workbook.grid import Grid, StackedChart, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, SIMULATION, UNIT
from reportgen.workbook.sheets.common import Book, heading, new_grid, option_heads

STRONGEST = 10


def simulation_sheet(book: Book, outcome: SimulationOutcome) -> Grid:
    """Percentiles, the chance of being the cheapest, and which inputs the totals move with."""
    subtitle = (
        f"Values from {outcome.draws:,} draws with seed {outcome.seed}, made by the program for the model as it was: "
        "they do not follow changed inputs"
    )
    grid = new_grid(book, SIMULATION, "register", "Simulation", subtitle)
    option_heads(book, grid, HEAD_ROW, outcome.total.title)
    row = _percentiles(book, grid, outcome)
    row = _shares(book, grid, outcome, row)
    row = _inputs(book, grid, outcome, row + 1)
    _curve(book, grid, outcome, row + 1)
    return grid


def _percentiles(book: Book, grid: Grid, outcome: SimulationOutcome) -> int:
    unit = str(outcome.total.unit)
    tables = [
        (f"{percent} % of draws are below", {option: values[percent] for option, values in outcome.percentiles.items()})
        for percent in _percents(outcome)
    ]
    tables += [("Mean", outcome.mean), ("Standard deviation", outcome.deviation)]
    for row, (title, values) in enumerate(tables, FIRST_ROW):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        number_format = result_format(outcome.mean.values(), outcome.total.unit)
        for option, value in values.items():
            grid.put(row, book.plan.option_column(option), value, Style.CALCULATION, number_format)
    return FIRST_ROW + len(tables)


def _percents(outcome: SimulationOutcome) -> list[int]:
    return sorted(next(iter(outcome.percentiles.values())))


def _shares(book: Book, grid: Grid, outcome: SimulationOutcome, row: int) -> int:
    grid.put(row, LABEL, "Share of draws in which it costs least", Style.OUTPUT_LABEL)
    grid.put(row, UNIT, "%", Style.OUTPUT_LABEL)
    for option in outcome.percentiles:
        column = book.plan.option_column(option)
        if option in outcome.incomplete:
            grid.put(row, column, INCOMPLETE, Style.OUTPUT_TEXT)
        else:
            grid.put(row, column, outcome.cheapest[option] * 100, Style.OUTPUT, '0.0"%"')
    return row + 1


def _inputs(book: Book, grid: Grid, outcome: SimulationOutcome, row: int) -> int:
    """Rank correlations, the inputs with the strongest ones first."""
    heading(grid, row, "What the total moves with (rank correlation)", book.plan.last_option_column)
    strength: dict[Key, float] = {}
    for found in outcome.rank_correlations.values():
        for key, value in found:
            strength[key] = max(strength.get(key, 0.0), abs(value))
    for option, found in outcome.rank_correlations.items():
        values = dict(found)
        for at, key in enumerate(sorted(strength, key=lambda each: -strength[each])[:STRONGEST], row + 1):
            if (at, LABEL) not in grid.cells:
                quantity = book.model.quantities[key.name]
                own = f", {book.model.option(key.option).title}" if key.option else ""
                grid.put(at, LABEL, quantity.title + own, Style.LABEL)
                grid.put(at, UNIT, "1", Style.UNIT)
            grid.put(at, book.plan.option_column(option), values[key], Style.CALCULATION, "0.00")
    return row + 1 + min(STRONGEST, len(strength))


def _curve(book: Book, grid: Grid, outcome: SimulationOutcome, row: int) -> None:
    """Percentiles as lines: how far the totals spread."""
    percents = _percents(outcome)
    last = FIRST_ROW + len(percents) - 1
    series = tuple(
        (
            book.model.option(option).title,
            Area(SIMULATION, FIRST_ROW, column, last, column),
            tuple(values[p] for p in percents),
        )
        for option, values in outcome.percentiles.items()
        for column in (book.plan.option_column(option),)
    )
    grid.charts.append(
        StackedChart(
            title=f"{outcome.total.title}: what a share of the draws stays below",
            axis_title=str(outcome.total.unit),
            categories=Area(SIMULATION, FIRST_ROW, LABEL, last, LABEL),
            category_texts=tuple(f"{percent} % of draws are below" for percent in percents),
            series=series,
            rows=(row, row + 16),
            columns=(LABEL, max(book.plan.last_option_column, FIRST + 2)),
            alternative=f"Lines of the percentiles of {outcome.total.title} for each option.",
            kind="line",
        )
    )
