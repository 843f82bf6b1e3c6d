"""The Simulation sheet: values from the program, labelled so; no spreadsheet draws them again."""

from __future__ import annotations

from reportgen.compute.simulation import SimulationOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT
from reportgen.questions import SIMULATION
from reportgen.workbook.book_words import listed, message, number_text, unit_words
from reportgen.workbook.cell_words import INCOMPLETE
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
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.charts import chart_width, down, lacking, option_head
from reportgen.workbook.sheets.sheet_parts import Book, heading, new_grid, option_heads

STRONGEST = 10

CURVE_STEPS = 20
"""Equal shares of the draws between the points of a curve."""


def simulation_sheet(book: Book, questions: Questions) -> Grid:
    """Percentiles, the chance of being the cheapest, and which inputs the totals move with."""
    outcome = questions.simulation
    assert outcome is not None
    subtitle = message(
        "{draws} draws by the program, seed {seed}; not recomputed with the inputs",
        draws=number_text(outcome.draws, ","),
        seed=outcome.seed,
    )
    grid = new_grid(book, SIMULATION, "question", message("Simulation"), subtitle)
    option_heads(book, grid, HEAD_ROW, outcome.total.title)
    row = _percentiles(book, grid, outcome)
    row = _shares(book, grid, outcome, row)
    row = _inputs(book, grid, outcome, row + 1)
    grid.printed_rows.append((1, row + CHART_ROWS))  # what the chart shows is for the screen
    _curve(book, grid, outcome, row + 1)
    return grid


def _percentiles(book: Book, grid: Grid, outcome: SimulationOutcome) -> int:
    unit = unit_words(outcome.total.unit)
    now = {option: book.results.value(outcome.total.name, option) for option in outcome.mean}
    tables = [(message("Total when it was simulated"), now)]
    tables += [
        (
            message("{percent} % of draws are below", percent=percent),
            {option: values[percent] for option, values in outcome.percentiles.items()},
        )
        for percent in _percents(outcome)
    ]
    tables += [(message("Mean"), outcome.mean), (message("Standard deviation"), outcome.deviation)]
    for row, (title, values) in enumerate(tables, FIRST_ROW):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        number_format = result_format(outcome.mean.values(), outcome.total.unit)
        for option, value in values.items():
            grid.put(row, book.plan.option_column(option), value, Style.FIXED, number_format)
    return FIRST_ROW + len(tables)


def _percents(outcome: SimulationOutcome) -> list[int]:
    return sorted(next(iter(outcome.percentiles.values())))


def _shares(book: Book, grid: Grid, outcome: SimulationOutcome, row: int) -> int:
    grid.put(row, LABEL, message("Share of draws in which it costs least"), Style.OUTPUT_LABEL)
    grid.put(row, UNIT, "%", Style.OUTPUT_LABEL)
    for option in outcome.percentiles:
        column = book.plan.option_column(option)
        if option in outcome.incomplete:
            grid.put(row, column, INCOMPLETE, Style.OUTPUT_TEXT)
        else:
            grid.put(row, column, outcome.cheapest[option] * 100, Style.OUTPUT, "0.0%")
    return row + 1


def _inputs(book: Book, grid: Grid, outcome: SimulationOutcome, row: int) -> int:
    """Rank correlations, the inputs with the strongest ones first."""
    heading(grid, row, message("Rank correlation of inputs with the total"), book.plan.last_option_column)
    strength: dict[Key, float] = {}
    for found in outcome.rank_correlations.values():
        for key, value in found:
            strength[key] = max(strength.get(key, 0.0), abs(value))
    for option, found in outcome.rank_correlations.items():
        values = dict(found)
        for at, key in enumerate(sorted(strength, key=lambda each: -strength[each])[:STRONGEST], row + 1):
            if (at, LABEL) not in grid.cells:
                grid.put(at, LABEL, book.key_title(key), Style.LABEL)
                grid.put(at, UNIT, "1", Style.UNIT)
            grid.put(at, book.plan.option_column(option), values[key], Style.FIXED, "0.00")
    return row + 1 + min(STRONGEST, len(strength))


def _curve(book: Book, grid: Grid, outcome: SimulationOutcome, row: int) -> None:
    """How many draws stay below an amount: a rising line for each option. Its table stands below the chart."""
    last = row + CHART_ROWS - 1
    head, unit = last + 2, outcome.total.unit
    places = [round(step * (outcome.draws - 1) / CURVE_STEPS) for step in range(CURVE_STEPS + 1)]
    shares = [100 * step / CURVE_STEPS for step in range(CURVE_STEPS + 1)]
    title = message("{total}: share of draws that stay below", total=outcome.total.title)
    heading(
        grid,
        head,
        message("Chart data (values from the program): share of draws"),
        book.plan.last_option_column,
    )
    for at, share in enumerate(shares, head + 1):
        grid.put(at, LABEL, share, Style.FIXED, "0%")
        grid.put(at, UNIT, unit_words(unit), Style.UNIT)
    number_format = result_format(outcome.mean.values(), unit)
    series = []
    for option in book.model.option_ids:
        column = book.plan.option_column(option)
        totals = [float(outcome.samples[option][place]) for place in places]
        for at, value in enumerate(totals, head + 1):
            grid.put(at, column, value, Style.FIXED, number_format)
        along = down(SIMULATION, head + 1, column, totals, unit)
        values = down(SIMULATION, head + 1, LABEL, shares, PERCENT)
        series.append(Series(option_head(book, SIMULATION, option), values, along))
    numbers = listed(
        (
            message("{percent} % of draws: ", percent=percent)
            + shown_numbers(
                (option.title for option in book.model.options),
                (outcome.percentiles[option][percent] for option in book.model.option_ids),
                unit,
            )
            for percent in (5, 50, 95)
        ),
        "; ",
    )
    amounts = [value for each in series for value in (each.at.shown(unit) if each.at else ())]
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.LINES,
            title=message("{title} (values from the program)", title=title),
            series=tuple(series),
            values=Axis(message("Share of draws"), "0%", ends=(0.0, 1.0)),
            along=Axis(axis_title(outcome.total.title, unit), axis_format(amounts, unit)),
            rows=(row, last),
            columns=chart_width(book),
            alternative=message(
                "Rising lines: {title}, {unit}. Below this stay {numbers}.{lacking}",
                title=title,
                unit=unit_words(unit),
                numbers=numbers,
                lacking=lacking(book, outcome.total),
            ),
        )
    )
