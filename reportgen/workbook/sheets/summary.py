"""The Summary sheet: scenario selector, totals, differences, chart, and how to find one's way."""

from __future__ import annotations

from textwrap import shorten

from reportgen.branding.logo import Logos, as_png
from reportgen.compute.comparison import Comparison
from reportgen.compute.results import source_of
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key
from reportgen.model.model import INCOMPLETE, Quantity
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.cell_scale import PER_CENT, WHOLE
from reportgen.workbook.chart_plan import CHART_ROWS
from reportgen.workbook.checks import COUNT_ROW, SHEET
from reportgen.workbook.expressions import cell
from reportgen.workbook.grid import Grid, Picture, Style, Validation
from reportgen.workbook.number_formats import share_format, with_currency
from reportgen.workbook.plan import (
    CHANGES_ROW,
    CHECK_ROW,
    CHECKS,
    FIRST,
    FIRST_ROW,
    HEAD_ROW,
    LABEL,
    SCENARIO_ROW,
    SUMMARY,
    UNIT,
)
from reportgen.workbook.sheets.charts import stacked_total
from reportgen.workbook.sheets.contents import contents, how_to, last_column
from reportgen.workbook.sheets.sheet_parts import (
    COMPLETE,
    NUMBER_WIDTH,
    Book,
    heading,
    if_complete,
    lowest,
    new_grid,
    option_heads,
    row_format,
)
from reportgen.workbook.translate import NO_NUMBER, Translator

AS_GENERATED = "as generated"

LOGO_HEIGHT, LOGO_WIDTH = 26.0, 130.0
"""At most, in points: more would cover what stands beside it."""

MAX_SUBTITLE = 120
"""Characters of the model's subtitle in the head; a line is not broken there."""


def summary_sheet(book: Book, logo: Logos | None) -> Grid:
    """What a reader sees first, all of it live; the brand's logo in its head."""
    model = book.model
    grid = new_grid(book, SUMMARY, "front", model.title, _subtitle(book))
    grid.put(SCENARIO_ROW, UNIT, book.scenario_title, Style.CHOICE)
    grid.put(SCENARIO_ROW, FIRST, "← choose here", Style.SUBTITLE)
    grid.put(CHECK_ROW, FIRST, cell(Address(CHECKS, COUNT_ROW, SHEET)), Style.LINKED_LINE)
    _changes(book, grid)
    grid.one_page = True
    titles = book.plan.scenario_titles.seen_from(SUMMARY, fixed=True)
    selector = Area(SUMMARY, SCENARIO_ROW, UNIT, SCENARIO_ROW, UNIT)
    prompt = "Choose which values the whole book shows."
    error = "Choose one of the scenarios in the list."
    grid.validations.append(Validation((selector,), "Scenario", prompt, error, list_of=titles))
    option_heads(book, grid, HEAD_ROW, "Results")
    for column in range(FIRST, last_column(book) + 1):
        grid.widths[column] = NUMBER_WIDTH
    if logo is not None:
        shown = as_png(logo.light)
        size = int(shown.width), int(shown.height)
        height = min(LOGO_HEIGHT, LOGO_WIDTH * shown.height / shown.width)
        grid.pictures.append(Picture(shown.data, size, CHECK_ROW, last_column(book), height, shown.alternative))
    row = _totals(book, grid, FIRST_ROW)
    row = _comparison(book, grid, row)
    row = _metrics(book, grid, row)
    row = _chart(book, grid, row + 1)
    row = contents(book, grid, row + 1)
    how_to(book, grid, row + 1)
    return grid


def _changes(book: Book, grid: Grid) -> None:
    """Whether the book still holds what it was generated with, or how many inputs do not."""
    count = cell(book.plan.changed_inputs)
    words = count & f.IF(count.equals(1.0), " input", " inputs") & " changed since this book was made"
    grid.put(CHANGES_ROW, LABEL, "Inputs", Style.LABEL)
    grid.put(CHANGES_ROW, UNIT, f.IF(count.equals(0.0), AS_GENERATED, words), Style.LINKED_LINE)


def _subtitle(book: Book) -> str:
    model = book.model
    subtitle = shorten(model.subtitle, MAX_SUBTITLE, placeholder="…")
    parts = [subtitle, f"as of {model.as_of.isoformat()}", f"amounts in {model.currency}"]
    return " · ".join(part for part in parts if part)


def _totals(book: Book, grid: Grid, row: int) -> int:
    for total in book.model.totals:
        headline = total is book.model.headline
        row = _linked(book, grid, row, total, Style.OUTPUT if headline else Style.LINKED)
    return row


def _linked(book: Book, grid: Grid, row: int, quantity: Quantity, style: Style) -> int:
    """A row of links to where a quantity is computed, and to its states; the next free row."""
    keys = book.model.keys_of(quantity.name)
    output = style is Style.OUTPUT
    grid.put(row, LABEL, quantity.title, Style.OUTPUT_LABEL if output else Style.LABEL)
    grid.put(row, UNIT, str(quantity.unit), Style.OUTPUT_LABEL if output else Style.UNIT)
    number_format = row_format(book, quantity, keys)
    number_format = with_currency(number_format, quantity.unit) if output else number_format
    for column, key in enumerate(keys, FIRST):
        grid.put(row, column, cell(book.plan.cells[source_of(book.model, key)]), style, number_format)
    if not any(key in book.plan.states for key in keys):
        return row + 1
    grid.put(row + 1, LABEL, "Prices known", Style.LABEL)
    grid.put(row + 1, UNIT, "", Style.UNIT)
    for column, key in enumerate(keys, FIRST):
        grid.put(row + 1, column, cell(book.plan.states[key]), Style.STATE)
    return row + 2


def _comparison(book: Book, grid: Grid, row: int) -> int:
    """What the other options cost more or less than the subject, and which complete one costs least."""
    comparison = book.results.comparison
    total = book.model.headline
    if comparison.differences:
        subject = book.model.option(comparison.subject).title
        row = _differences(book, grid, row, f"More (+) or less (−) than {subject}", total, comparison)
    return _cheapest(book, grid, row)


def _differences(book: Book, grid: Grid, row: int, title: str, total: Quantity, comparison: Comparison) -> int:
    for label, unit, number_format, share in (
        (title, str(total.unit), row_format(book, total, book.model.keys_of(total.name)), False),
        ("the same, of the option’s total", "%", share_format(each.share for each in comparison.differences), True),
    ):
        grid.put(row, LABEL, label, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        for difference in comparison.differences:
            column = book.plan.option_column(difference.option)
            translator, node = Translator(book.plan), difference.share_tree if share else difference.tree
            shown = translator.whole(node, difference.option, scale=PER_CENT if share else WHOLE)
            if share:
                own_total = translator.tree(n.Reference(total.name, None, True), difference.option)
                shown = f.IF(own_total > 0.0, shown, NO_NUMBER)
            grid.put(row, column, shown, Style.CALCULATION, number_format)
        own = book.plan.option_column(comparison.subject)
        grid.put(row, own, NO_NUMBER, Style.WORD)
        row += 1
    return _difference_states(book, grid, row, comparison)


def _difference_states(book: Book, grid: Grid, row: int, comparison: Comparison) -> int:
    """Whether both sides of each difference are complete, where they may not be."""
    name, states = book.model.headline.name, book.plan.states
    if Key(name, comparison.subject) not in states:
        return row
    subject = cell(states[Key(name, comparison.subject)], fixed=True)
    grid.put(row, LABEL, "Prices known on both sides", Style.LABEL)
    grid.put(row, UNIT, "", Style.UNIT)
    for difference in comparison.differences:
        other = cell(states[Key(name, difference.option)])
        state = f.IF(f.OR(subject.equals(INCOMPLETE), other.equals(INCOMPLETE)), INCOMPLETE, COMPLETE)
        grid.put(row, book.plan.option_column(difference.option), state, Style.STATE)
    grid.put(row, book.plan.option_column(comparison.subject), NO_NUMBER, Style.WORD)
    return row + 1


def _cheapest(book: Book, grid: Grid, row: int) -> int:
    plan, total = book.plan, book.model.headline
    keys = book.model.keys_of(total.name)
    number_format = row_format(book, total, keys)
    every = cell(plan.cells[keys[0]]).to(cell(plan.cells[keys[-1]]))
    numbers, states = every, [key for key in keys if key in plan.states]
    if states:
        grid.put(row, LABEL, f"{total.title}, where all prices are known", Style.LABEL)
        grid.put(row, UNIT, str(total.unit), Style.UNIT)
        for column, key in enumerate(keys, FIRST):
            grid.put(row, column, if_complete(book, key, cell(plan.cells[key])), Style.CALCULATION, number_format)
        numbers = grid.cell(row, FIRST).to(grid.cell(row, plan.last_option_column))
        row += 1
    grid.put(row, LABEL, "Lowest " + total.title[:1].lower() + total.title[1:], Style.OUTPUT_LABEL)
    grid.put(row, UNIT, "", Style.OUTPUT_LABEL)
    grid.put(row, FIRST, lowest(book, numbers, every=every if states else None), Style.OUTPUT_TEXT)
    return row + 1


def _metrics(book: Book, grid: Grid, row: int) -> int:
    if book.model.metrics:
        shared = not all(metric.per_option for metric in book.model.metrics)
        _heading(book, grid, row + 1, "Key figures", "Value" if shared else "")
        row += 2
    for metric in book.model.metrics:
        row = _linked(book, grid, row, metric, Style.LINKED)
    return row


def _chart(book: Book, grid: Grid, row: int) -> int:
    """The headline total stacked by category."""
    stacked_total(book, grid, book.model.headline, row)
    return row + CHART_ROWS + 1


def _heading(book: Book, grid: Grid, row: int, text: str, over_numbers: str = "") -> None:
    heading(grid, row, text, last_column(book), over_numbers)
