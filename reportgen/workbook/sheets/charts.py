"""What the charts of several sheets have in common: titles of options, series of columns, the stack of a total."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from reportgen.compute.evaluator import Evaluator
from reportgen.compute.scenarios import scenario_values
from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN, Unit
from reportgen.model.model import Quantity
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import listed, message, unit_words
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
    from_zero,
    shown_numbers,
)
from reportgen.workbook.expressions import Cells, cell
from reportgen.workbook.grid import Grid
from reportgen.workbook.plan import FIRST, HEAD_ROW, LABEL, TOTALS, Plan
from reportgen.workbook.sheets.sheet_parts import Book
from reportgen.workbook.titles import Text, phrase

MOST_LABELS = 16
"""Bars of one chart that have room for a number."""


def chart_width(book: Book) -> tuple[int, int]:
    """The columns that a chart covers below a table: labels, units and the options, three of them at least."""
    return LABEL, max(book.plan.last_option_column, FIRST + 2)


def bar_chart_rows(bars: int, groups: int) -> int:
    """The rows of a chart with horizontal bars, one page of paper at most."""
    return min(CHART_ROWS + 1, 6 + math.ceil(0.7 * bars + 0.5 * groups))


def option_heads_of(book: Book, sheet: str, row: int = HEAD_ROW) -> Texts:
    """The titles of the options in a row of heads."""
    area = Area(sheet, row, FIRST, row, book.plan.last_option_column)
    return Texts(area, tuple(option.title for option in book.model.options))


def option_head(book: Book, sheet: str, option: str, row: int = HEAD_ROW) -> Texts:
    return cell_text(Address(sheet, row, book.plan.option_column(option)), book.model.option(option).title)


def cell_text(at: Address, text: str) -> Texts:
    return Texts(Area(at.sheet, at.row, at.column, at.row, at.column), (text,))


def shown_title(book: Book, title: Text) -> Text:
    """The title of a chart with the scenario that it shows, for a cell that the chart takes it from."""
    return phrase("{title}, {scenario}", title=title, scenario=cell(book.plan.selector, fixed=True))


def stacks(book: Book) -> dict[str, tuple[int, int]]:
    """The rows of Totals that the stack of each total with several parts covers, the headline's first. The row above
    has its title."""
    stacked = [total for total in book.model.totals if book.plan.contribution_rows[total.name]]
    first = max(row.number for row in book.plan.rows[TOTALS]) + 2
    ordered = sorted(stacked, key=lambda each: each is not book.model.headline)
    starts = ((total.name, first + at * (CHART_ROWS + 1)) for at, total in enumerate(ordered))
    return {name: (start, start + CHART_ROWS - 1) for name, start in starts}


def down(sheet: str, first_row: int, column: int, values: Sequence[float | None], unit: Unit = PLAIN) -> Numbers:
    """Numbers in a column."""
    return Numbers.of(Area(sheet, first_row, column, first_row + len(values) - 1, column), values, unit)


def across(book: Book, sheet: str, row: int, values: Mapping[str, float | None], first: int = FIRST) -> Numbers:
    """Numbers without a unit in a row, one for each option."""
    shown = [values[option] for option in book.model.option_ids]
    return Numbers.of(of_options(book, sheet, row, first), shown, PLAIN)


def of_options(book: Book, sheet: str, row: int, first: int = FIRST) -> Area:
    """The cells of a row, one for each option."""
    return Area(sheet, row, first, row, first + len(book.model.options) - 1)


def is_drawn(book: Book, total: Quantity, option: str, amounts: Iterable[float | None]) -> bool:
    """Whether a chart shows an option's amounts: not those of a total that lacks a price and of which nothing is known,
    which would stand at nothing. The chart has it once a book is made with its price."""
    return any(amounts) or not book.results.is_incomplete(Key(total.name, option))


def lacking(book: Book, total: Quantity) -> str:
    """What alternative texts say of totals in which a price is missing."""
    titles = [option.title for option in book.model.options if book.results.is_incomplete(Key(total.name, option.id))]
    return message(" Incomplete, with only what is known: {titles}.", titles=listed(titles)) if titles else ""


def stack_ends(plan: Plan) -> dict[str, list[float]]:
    """How far the stack of each total reaches in any scenario: what its parts above 0 add up to, and those below."""
    model = plan.model
    evaluator = Evaluator(model, scenario_values(model))
    found: dict[str, list[float]] = {}
    for name, parts in plan.contributions.items():
        ends = found[name] = []
        for option in model.option_ids:
            numbers = [evaluator.node(part.tree, option) for part in parts] or [evaluator.values[Key(name, option)]]
            for side in (np.minimum, np.maximum):
                reach = sum((side(each, 0.0) for each in numbers), np.zeros(1))
                ends += reach.tolist()
    return found


def stacked_total(
    book: Book, grid: Grid, total: Quantity, rows: tuple[int, int], columns: tuple[int, int] | None = None
) -> None:
    """A total by category, one column per option, straight from the rows of Totals; over `rows` and `columns`, by
    default those of labels, units and options."""
    place = rows, columns or chart_width(book)
    grid.later.append(lambda cells: grid.charts.append(_stack(book, cells, total, place)))


def _stack(book: Book, cells: Cells, total: Quantity, place: tuple[tuple[int, int], tuple[int, int]]) -> ChartPlan:
    def series(row: int, *, is_total: bool = False) -> Series:
        title = Texts.read(cells, Area(TOTALS, row, LABEL, row, LABEL))
        return Series(title, Numbers.read(cells, of_options(book, TOTALS, row)), total=is_total)

    own = book.plan.cells[Key(total.name, book.model.option_ids[0])].row
    parts = [series(row) for row in book.plan.contribution_rows[total.name]]
    whole = series(own, is_total=True)
    title = message("{total} by category", total=total.title) if parts else total.title
    at = stacks(book)[total.name][0] - 1 if parts else 0
    amounts = dict(zip(book.model.option_ids, whole.values.shown(total.unit), strict=True))
    known = [value if is_drawn(book, total, option, (value,)) else None for option, value in amounts.items()]
    numbers = shown_numbers((option.title for option in book.model.options), known, total.unit)
    shown = [value for each in (whole, *parts) for value in each.values.values]
    return ChartPlan(
        kind=ChartKind.STACK,
        title=Texts.read(cells, Area(TOTALS, at, LABEL, at, LABEL)) if at else title,
        series=(*(parts or [series(own)]), whole),
        values=Axis(
            axis_title(total.title, total.unit),
            axis_format(amounts.values(), total.unit),
            from_zero(shown, book.stacks[total.name]),
        ),
        rows=place[0],
        columns=place[1],
        alternative=message(
            "Stacked columns: {title}, {unit}. {numbers}.{lacking}",
            title=title,
            unit=unit_words(total.unit),
            numbers=numbers,
            lacking=lacking(book, total),
        ),
        categories=option_heads_of(book, TOTALS),
        labels=book.totals_format,
    )
