"""The Summary sheet, one screen and one page: scenario selector, headline total, differences, chart, and links."""

from __future__ import annotations

from textwrap import shorten

from reportgen.branding.logo import Logos, as_png
from reportgen.compute.comparison import Comparison
from reportgen.compute.results import source_of
from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key
from reportgen.model.model import Quantity
from reportgen.questions import QUESTIONS
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import date_text, listed, message, sheet_title, unit_words, within_sentence
from reportgen.workbook.cell_scale import PER_CENT, WHOLE
from reportgen.workbook.cell_words import COMPLETE, INCOMPLETE
from reportgen.workbook.checks import COUNT_ROW, SHEET
from reportgen.workbook.expressions import cell, range_of
from reportgen.workbook.filled_messages import filled_messages
from reportgen.workbook.grid import Grid, Picture, Style, Validation
from reportgen.workbook.number_formats import share_format, with_currency
from reportgen.workbook.plan import (
    ASSUMPTIONS,
    CHANGES_ROW,
    CHECK_ROW,
    CHECKS,
    FIRST,
    FIRST_ROW,
    GUIDE,
    HEAD_ROW,
    INPUTS,
    LABEL,
    SCENARIO_ROW,
    SUMMARY,
    TOTALS,
    UNIT,
)
from reportgen.workbook.sheets.charts import stacked_total
from reportgen.workbook.sheets.guide import KINDS_OF_SHEETS
from reportgen.workbook.sheets.sheet_parts import (
    NUMBER_WIDTH,
    Book,
    heading,
    heads,
    if_complete,
    lowest,
    new_grid,
    place,
    row_format,
)
from reportgen.workbook.titles import Text, phrase, title_areas
from reportgen.workbook.translate import NO_NUMBER, Translator
from reportgen.workbook.validations import title_rule

AS_GENERATED = message("as generated")

CHOOSE, UNKNOWN = message("← choose here"), message("← no such scenario on Assumptions: Base is shown")

LOGO_HEIGHT, LOGO_WIDTH = 26.0, 130.0
"""At most, in points: more would cover what stands beside it."""

MAX_SUBTITLE = 120
"""Characters of the model's subtitle in the head; a line is not broken there."""

MOST_BESIDE = 3
"""Options whose table leaves room for the chart beside it on a screen; with more, the chart stands below."""

CHART_COLUMNS, LEAST_CHART_WIDTH = 4, 28.0
"""Those that a chart beside the table covers, and their width in all at least, in characters."""

ROWS_BELOW = 3
"""Those that a chart below the table reaches beyond the links beside it."""
GAP_WIDTH, SHEET_WIDTH = 3.0, 157.0
"""Of the column before them, and of the whole sheet, in characters: a page's, and less than a screen's."""

CHOICE_WIDTH = 18.0
"""Of the column in which the scenario is chosen."""

MOST_RESULTS, MOST_LINKS = 7, 7
"""Rows of results and of links that fit one screen together, with heads of two lines."""

MAIN_SHEETS = (GUIDE, ASSUMPTIONS, TOTALS, INPUTS, CHECKS, *(each.sheet for each in QUESTIONS))
"""Where readers of Summary go next, what most look for first: as many as fit are linked here, the others on Guide."""


def summary_sheet(book: Book, logo: Logos | None) -> Grid:
    """What a reader sees first, all of it live; the brand's logo in its head."""
    model = book.model
    grid = new_grid(book, SUMMARY, "front", model.title, _subtitle(book))
    grid.put(SCENARIO_ROW, UNIT, book.scenario_title, Style.CHOICE)
    found = f.MATCH(cell(book.plan.selector), range_of(book.plan.scenario_titles, fixed=True), 0.0)
    grid.put(SCENARIO_ROW, FIRST, f.IF(f.ISNUMBER(found), CHOOSE, UNKNOWN), Style.SUBTITLE)
    grid.put(CHECK_ROW, FIRST, cell(Address(CHECKS, COUNT_ROW, SHEET)), Style.LINKED_LINE)
    _changes(book, grid)
    grid.one_page = True
    titles = range_of(book.plan.scenario_titles, fixed=True)
    selector = Area(SUMMARY, SCENARIO_ROW, UNIT, SCENARIO_ROW, UNIT)
    prompt = message("Choose the scenario that the whole book shows.")
    error = message("Choose one of the scenarios in the list.")
    grid.validations.append(Validation((selector,), message("Scenario"), prompt, error, list_of=titles))
    _heads(book, grid)
    grid.widths[UNIT] = CHOICE_WIDTH
    last_option, last = book.plan.last_option_column, _last_column(book)
    if last > last_option:
        grid.widths[last_option + 1] = GAP_WIDTH
        free = SHEET_WIDTH - sum(grid.widths.values())
        grid.widths[LABEL] += min(6.0, free - LEAST_CHART_WIDTH)
        width = (SHEET_WIDTH - sum(grid.widths.values())) / CHART_COLUMNS
        grid.widths.update(dict.fromkeys(range(last_option + 2, last + 1), width))
    if logo is not None:
        shown = as_png(logo.light)
        size = int(shown.width), int(shown.height)
        height = min(LOGO_HEIGHT, LOGO_WIDTH * shown.height / shown.width)
        grid.pictures.append(Picture(shown.data, size, CHECK_ROW, last, height, shown.alternative))
    row = _headline(book, grid, FIRST_ROW)
    row = _comparison(book, grid, row)
    row = _others(book, grid, row)
    below = _links(book, grid, row)
    if last > last_option:
        rows, columns = (FIRST_ROW, below - 1), (last_option + 2, last)
    else:
        rows, columns = (row, below - 1 + ROWS_BELOW), (FIRST, last)
    stacked_total(book, grid, model.headline, rows, columns)
    return grid


def _heads(book: Book, grid: Grid) -> None:
    """The titles of options are typed here: all other sheets show them from here."""
    heads(grid, HEAD_ROW, [(LABEL, message("Results"), False), (UNIT, message("Unit"), False)])
    titles = title_areas(book.plan)[0]
    for column, option in enumerate(book.model.options, FIRST):
        grid.put_title(HEAD_ROW, column, option.title, Style.HEAD_NUMBER)
        grid.widths[column] = NUMBER_WIDTH
    grid.validations.append(title_rule(titles, message("Title of an option"), among=titles))


def _last_column(book: Book) -> int:
    """Of the table, or of the chart beside it."""
    last = book.plan.last_option_column
    return last + 1 + CHART_COLUMNS if len(book.model.options) <= MOST_BESIDE else last


def _changes(book: Book, grid: Grid) -> None:
    """Whether the book still holds what it was generated with, or how many inputs do not."""
    count = cell(book.plan.changed_inputs)
    words = filled_messages(
        "{count} input changed since this book was made", "{count} inputs changed since this book was made", count
    )
    grid.put(CHANGES_ROW, LABEL, message("Inputs"), Style.LINK, link=place(INPUTS))
    shown = f.IF(count.equals(0.0), AS_GENERATED, words)
    grid.put(CHANGES_ROW, UNIT, shown, Style.LINKED_LINE, link=place(INPUTS))


def _subtitle(book: Book) -> str:
    model = book.model
    subtitle = shorten(model.subtitle, MAX_SUBTITLE, placeholder="…")
    parts = [
        subtitle,
        message("as of {day}", day=date_text(model.as_of)),
        message("amounts in {currency}", currency=model.currency),
    ]
    return listed((part for part in parts if part), " · ")


def _headline(book: Book, grid: Grid, row: int) -> int:
    return _linked(book, grid, row, book.model.headline, Style.OUTPUT)


def _others(book: Book, grid: Grid, row: int) -> int:
    """Further totals and key figures per option, as far as there is room; all of them stand on Totals."""
    model = book.model
    for quantity in (*model.totals, *(each for each in model.metrics if each.per_option)):
        rows = 2 if any(key in book.plan.states for key in model.keys_of(quantity.name)) else 1
        if quantity is not model.headline and row + rows <= FIRST_ROW + MOST_RESULTS:
            row = _linked(book, grid, row, quantity, Style.LINKED)
    return row


def _links(book: Book, grid: Grid, row: int) -> int:
    """Where to go next; the row below the last link."""
    heading(grid, row, message("Where to go next"), UNIT)
    sheets = [sheet for sheet in MAIN_SHEETS if sheet in book.plan.sheets][:MOST_LINKS]
    for at, sheet in enumerate((each for each in book.plan.sheets if each in sheets), row + 1):
        style, kind = KINDS_OF_SHEETS[sheet]
        grid.put(at, LABEL, sheet_title(sheet), Style.LINK, link=place(sheet))
        grid.put(at, UNIT, kind, style)
    return row + 1 + len(sheets)


def _linked(book: Book, grid: Grid, row: int, quantity: Quantity, style: Style) -> int:
    """A row of links to where a quantity is computed, and to its states; the next free row."""
    keys = book.model.keys_of(quantity.name)
    output = style is Style.OUTPUT
    grid.put(row, LABEL, book.title(quantity.name), Style.OUTPUT_LABEL if output else Style.LABEL)
    grid.put(row, UNIT, unit_words(quantity.unit), Style.OUTPUT_LABEL if output else Style.UNIT)
    number_format = row_format(book, quantity, keys)
    number_format = with_currency(number_format, quantity.unit) if output else number_format
    for column, key in enumerate(keys, FIRST):
        grid.put(row, column, cell(book.plan.cells[source_of(book.model, key)]), style, number_format)
    if not any(key in book.plan.states for key in keys):
        return row + 1
    grid.put(row + 1, LABEL, message("Prices known"), Style.LABEL)
    grid.put(row + 1, UNIT, "", Style.UNIT)
    for column, key in enumerate(keys, FIRST):
        grid.put(row + 1, column, cell(book.plan.states[key]), Style.STATE)
    return row + 2


def _comparison(book: Book, grid: Grid, row: int) -> int:
    """What the other options cost more or less than the subject, and which complete one costs least."""
    comparison = book.results.comparison
    total = book.model.headline
    if comparison.differences:
        title = phrase("More (+) or less (−) than {option}", option=book.option(comparison.subject))
        row = _differences(book, grid, row, title, total, comparison)
    return _cheapest(book, grid, row)


def _differences(book: Book, grid: Grid, row: int, title: Text, total: Quantity, comparison: Comparison) -> int:
    labels: tuple[tuple[Text, str, str, bool], ...] = (
        (title, unit_words(total.unit), row_format(book, total, book.model.keys_of(total.name)), False),
        (
            message("As a share of the option’s total"),
            "%",
            share_format(each.share for each in comparison.differences),
            True,
        ),
    )
    for label, unit, number_format, share in labels:
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
    grid.put(row, LABEL, message("Prices known on both sides"), Style.LABEL)
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
        grid.put(row, LABEL, message("{total}, where all prices are known", total=total.title), Style.LABEL)
        grid.put(row, UNIT, unit_words(total.unit), Style.UNIT)
        for column, key in enumerate(keys, FIRST):
            grid.put(row, column, if_complete(book, key, cell(plan.cells[key])), Style.CALCULATION, number_format)
        numbers = grid.cell(row, FIRST).to(grid.cell(row, plan.last_option_column))
        row += 1
    grid.put(row, LABEL, message("Lowest {total}", total=within_sentence(total.title)), Style.OUTPUT_LABEL)
    grid.put(row, UNIT, "", Style.OUTPUT_LABEL)
    grid.put(row, FIRST, lowest(book, numbers, every=every if states else None), Style.OUTPUT_TEXT)
    return row + 1
