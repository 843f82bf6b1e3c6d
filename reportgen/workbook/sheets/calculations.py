"""The sheets of computed numbers: Calculations, one per category, and Totals."""

from __future__ import annotations

from collections.abc import Iterable

from reportgen.formula import nodes as n
from reportgen.model.model import Category, InputValue, Quantity, Shape, is_one_time
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cell_scale import cell_scale
from reportgen.workbook.cell_words import INCLUDED, NONE, NOT_QUOTED
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.number_formats import result_format, with_currency
from reportgen.workbook.plan import CALCULATIONS, FIRST, FIRST_ROW, HEAD_ROW, LABEL, TOTALS, UNIT
from reportgen.workbook.rows import Kind, Row
from reportgen.workbook.sheets.charts import shown_title, stacked_total, stacks
from reportgen.workbook.sheets.sheet_parts import (
    CHANGED_WIDTH,
    NUMBER_WIDTH,
    REMARKS,
    Book,
    heading,
    heads,
    label,
    new_grid,
    number,
    numbers,
    option_heads,
    remark_widths,
    remarks,
    row_format,
    state_cells,
    written_formulas,
)
from reportgen.workbook.titles import Text, phrase
from reportgen.workbook.translate import Translator
from reportgen.workbook.validations import (
    Limits,
    entry_in,
    number_or_word,
    number_rules,
    own_limits,
    rectangles,
    short_text,
    title_rule,
)

TOTALS_LABEL_WIDTH, TOTALS_WIDTH = 52, 17
GAP_WIDTH = 2
SUM_OF_ITEMS = message("sum of the items and of the spare lines")
SPARE = (
    message("spare lines: they count in the total below"),
    message("a formula typed here keeps its value in other scenarios"),
)
"""Beside the first spare lines of a category."""


def calculations_sheet(book: Book) -> Grid:
    """What is computed from the assumptions before any cost: one row each."""
    subtitle = message("Quantities computed from the assumptions; nothing here is typed.")
    grid = _grid(book, CALCULATIONS, "result", message("Calculations"), subtitle)
    blank = [(column, "", True) for column in range(FIRST, _after(book))]
    shown = [each for each in book.model.calculations if each.shape is Shape.ONE]
    after = _after_results(book, grid, shown)
    remark_heads = [(column, text, False) for column, text in enumerate(after, _after(book))]
    heads(
        grid, HEAD_ROW, [(LABEL, message("Calculation"), False), (UNIT, message("Unit"), False), *blank, *remark_heads]
    )
    for row in book.plan.rows[CALCULATIONS]:
        _result_row(book, grid, row)
    return grid


def category_sheet(book: Book, category: Category) -> Grid:
    """Items by options, their own inputs in place, and the category's total."""
    quantity = category.quantity
    kind = message("One-time cost") if category.one_time else message("Running cost")
    subtitle = message("{kind} in {unit}, per option", kind=kind, unit=unit_words(quantity.unit))
    grid = _grid(book, category.sheet, "category", quantity.title, subtitle)
    option_heads(book, grid, HEAD_ROW, message("Cost item"), (message("Changed"), *REMARKS))
    items = {item.name: item for item in category.items}
    number_format = result_format(
        (book.results.values[key] for name in (*items, quantity.name) for key in book.model.keys_of(name)),
        quantity.unit,
    )
    for row in book.plan.rows[category.sheet]:
        if row.kind is Kind.ITEM:
            _item(book, grid, row, items[row.name], number_format)
        elif row.kind is Kind.SPARE:
            _spare(book, grid, row, quantity, number_format)
        elif row.kind in (Kind.OWN_HEAD, Kind.OWN, Kind.STEADY):
            _over_time(book, grid, row, quantity)
        elif row.kind is Kind.SUBTOTAL:
            label(grid, row.number, quantity, book, output=True)
            for key in book.model.keys_of(quantity.name):
                number(book, grid, key, with_currency(number_format, quantity.unit), Style.OUTPUT)
            remarks(book, grid, row.number, _after(book) + 1, quantity, SUM_OF_ITEMS)
        else:
            state_cells(book, grid, row.name, row.number)
    _validations(book, grid, category)
    return grid


def _item(book: Book, grid: Grid, row: Row, item: Quantity, number_format: str) -> None:
    grid.put_title(row.number, LABEL, item.title, Style.LABEL)
    grid.put(row.number, UNIT, book.unit(item), Style.UNIT)
    keys = book.model.keys_of(item.name)
    given = any(isinstance(book.model.definitions[key], InputValue) for key in keys)
    own_format = max(number_format, row_format(book, item, keys), key=len) if given else number_format
    for key in keys:
        number(book, grid, key, own_format)
    grid.marks[row.number] = Mark(_after(book))
    remarks(book, grid, row.number, _after(book) + 1, item, written_formulas(book, item.name))


ON_TIMELINE = message("on Timeline")
"""Stands for a number that is another one in each step."""


def _over_time(book: Book, grid: Grid, row: Row, category: Quantity) -> None:
    """Below the table, which has what items come to: what those over time cost when they are paid."""
    if row.kind is Kind.OWN_HEAD:
        title = message("Amounts when due") if is_one_time(category.unit) else message("Rates while paid")
        option_heads(book, grid, row.number, title, (message("Changed"), *REMARKS))
        return
    quantity = book.model.quantities[row.name]
    steady = row.kind is Kind.STEADY
    named: Text = message("of which constant over time") if steady else book.title(row.name)
    grid.put(row.number, LABEL, named, Style.LABEL)
    grid.put(row.number, UNIT, book.unit(quantity), Style.UNIT)
    keys = book.model.keys_of(quantity.name)
    number_format = row_format(book, quantity, keys)
    for column, key in enumerate(keys, FIRST):
        if key in book.plan.series:
            grid.put(row.number, column, ON_TIMELINE, Style.WORD)
        else:
            number(book, grid, key, number_format)
    if row.kind is Kind.OWN:
        grid.marks[row.number] = Mark(_after(book))
        remarks(book, grid, row.number, _after(book) + 1, quantity, written_formulas(book, row.name))


def _spare(book: Book, grid: Grid, row: Row, category: Quantity, number_format: str) -> None:
    """A line for a cost that the model does not have: numbers typed here count in the category's total."""
    after, title = _after(book) + 1, message("Spare line {index}", index=row.index + 1)
    grid.put(row.number, LABEL, None, Style.SPARE_TEXT)
    grid.put(row.number, UNIT, book.unit(category), Style.UNIT)
    for column in range(FIRST, _after(book)):
        grid.put(row.number, column, None, Style.INPUT_BLANK, number_format)
    grid.marks[row.number] = Mark(_after(book), label=title)
    for column in (after, after + 1):
        grid.put(row.number, column, None, Style.SPARE_TEXT)
    grid.put(row.number, after + 2, SPARE[row.index] if row.index < len(SPARE) else "", Style.TEXT)


def _validations(book: Book, grid: Grid, category: Category) -> None:
    """Costs are numbers, negative only where the model's own are; those not quoted may stay so; spare lines take both
    a cost and the words that stand in place of one."""
    model, plan, quantity = book.model, book.plan, category.quantity
    prompt = entry_in(quantity.unit)
    typed: dict[Limits, list[tuple[int, int]]] = {}
    unquoted: dict[Limits, list[tuple[int, int]]] = {}
    own = [model.own_number(item).name for item in category.items]
    keys = [key for name in own for key in model.inputs_of(name) if key not in plan.bases]
    given = {key: definition.value for key in keys if isinstance(definition := model.definitions[key], InputValue)}
    for key in keys:
        cell, numbers_ = plan.cells[key], [given[key]] if key in given else list(given.values())
        kind = unquoted if key in model.unquoted else typed
        kind.setdefault(own_limits(numbers_, quantity.unit), []).append((cell.row, cell.column))
    for limits, cells in typed.items():
        grid.validations += number_rules(rectangles(cells, grid.name), quantity.title, prompt, limits)
    for limits, cells in unquoted.items():
        for area in rectangles(cells, grid.name):
            text = message("{prompt} Type it as soon as a price is quoted.", prompt=prompt)
            grid.validations.append(number_or_word(area, quantity.title, text, (NOT_QUOTED,), limits))
    grid.validations.append(title_rule(Area(grid.name, 1, LABEL, 1, LABEL), message("Title of a category")))
    items = [row.number for row in plan.rows[grid.name] if row.kind is Kind.ITEM]
    grid.validations.append(
        title_rule(Area(grid.name, items[0], LABEL, items[-1], LABEL), message("Title of a cost item"))
    )
    rows, after = plan.spare_rows[quantity.name], _after(book) + 1
    area = Area(grid.name, rows[0], FIRST, rows[-1], plan.last_option_column)
    text = message("{prompt} It counts in the total below.", prompt=prompt)
    words = (INCLUDED, NONE)
    grid.validations.append(number_or_word(area, message("Another cost"), text, words, or_empty=True))
    for column, what in (
        (LABEL, message("What it is.")),
        (after, message("Where the number comes from.")),
        (after + 1, message("A remark.")),
    ):
        area = Area(grid.name, rows[0], column, rows[-1], column)
        grid.validations.append(
            short_text(area, message("Another cost"), message("{what} No formula reads this.", what=what))
        )


def totals_sheet(book: Book) -> Grid:
    """Each total with what every category adds to it, and without each; then the metrics."""
    subtitle = message("How the categories add up, with and without each of them.")
    grid = _grid(book, TOTALS, "result", message("Totals"), subtitle)
    shown = [*book.model.totals, *book.model.metrics]
    option_heads(book, grid, HEAD_ROW, message("Total"), _after_results(book, grid, shown))
    totals = {total.name: total for total in book.model.totals}
    grid.widths[LABEL] = TOTALS_LABEL_WIDTH
    for row in book.plan.rows[TOTALS]:
        total = totals.get(row.name)
        if row.kind is Kind.OPTION_HEAD:
            _head_of_part(book, grid, row.number, total.title if total else message("Key figures per option"))
        elif row.kind is Kind.SHARED_HEAD:
            _shared_heads(book, grid, row.number, message("Key figures"))
        elif total is None or row.kind is Kind.STATE:
            _result_row(book, grid, row)
        elif row.kind is Kind.SUBTOTAL:
            label(grid, row.number, total, book, output=True)
            numbers(book, grid, total, Style.OUTPUT)
            remarks(book, grid, row.number, _after(book) + 1, total, written_formulas(book, total.name))
        else:
            _part(book, grid, row, total)
    grid.widths.update(dict.fromkeys(range(FIRST, _after(book)), TOTALS_WIDTH))  # heads of few lines, as there are many
    _charts(book, grid)
    return grid


def _head_of_part(book: Book, grid: Grid, row: int, title: str) -> None:
    """Right below the head of the sheet no other one, but for its title."""
    if row == FIRST_ROW:
        heading(grid, row, title, _after(book) - 1)
    else:
        option_heads(book, grid, row, title)


def _shared_heads(book: Book, grid: Grid, row: int, title: str) -> None:
    """Over numbers that all options share."""
    texts: list[tuple[int, Text, bool]] = [(LABEL, title, False), (UNIT, message("Unit"), False)]
    texts.append((FIRST, message("Value"), True))
    heads(grid, row, [*texts, *((column, "", True) for column in range(FIRST + 1, _after(book)))])


def _charts(book: Book, grid: Grid) -> None:
    """Below the tables, each total that has several parts, the headline first."""
    last = max(at for at, _ in grid.cells)
    grid.printed_rows.append((1, last))  # the headline's chart is on Summary, notes are for the screen
    grid.printed_columns = book.plan.last_option_column
    for name, rows in stacks(book).items():
        total = book.model.quantities[name]
        title = message("{total} by category", total=total.title)
        grid.put(rows[0] - 1, LABEL, shown_title(book, title), Style.SUBTITLE)
        stacked_total(book, grid, total, rows)


def _part(book: Book, grid: Grid, row: Row, total: Quantity) -> None:
    """What one category adds to a total, or the total without it."""
    part = book.plan.contributions[total.name][row.index]
    name: Text = book.title(part.category.quantity.name) if part.category else message("Other terms")
    node: n.Node = part.tree
    if row.kind is Kind.WITHOUT:
        name = phrase("Without {name}", name=name)
        node = n.Arithmetic("-", n.Reference(total.name, None, True), part.tree)
    grid.put(row.number, LABEL, name, Style.LABEL)
    grid.put(row.number, UNIT, unit_words(total.unit), Style.UNIT)
    number_format = row_format(book, total, book.model.keys_of(total.name))
    for option in book.model.option_ids:
        tree = Translator(book.plan).whole(node, option, scale=cell_scale(total.unit))
        grid.put(row.number, book.plan.option_column(option), tree, Style.CALCULATION, number_format)


def _result_row(book: Book, grid: Grid, row: Row) -> None:
    """A row of numbers that belong to no category: their heads, values and states."""
    match row.kind:
        case Kind.SHARED_HEAD:
            _shared_heads(book, grid, row.number, message("For all options"))
        case Kind.OPTION_HEAD:
            option_heads(book, grid, row.number, message("Per option"))
        case Kind.STATE:
            state_cells(book, grid, row.name, row.number)
        case _:
            quantity = book.model.quantities[row.name]
            label(grid, row.number, quantity, book)
            numbers(book, grid, quantity)
            remarks(book, grid, row.number, _after(book) + 1, quantity, written_formulas(book, row.name))


def _grid(book: Book, name: str, tab: str, title: str, subtitle: str) -> Grid:
    grid = new_grid(book, name, tab, title, subtitle)
    changed = _after(book)
    for column in range(FIRST, changed):
        grid.widths[column] = NUMBER_WIDTH
    grid.widths[changed] = CHANGED_WIDTH
    remark_widths(grid, changed + 1)
    return grid


def _after_results(book: Book, grid: Grid, quantities: Iterable[Quantity]) -> tuple[str, ...]:
    """The heads behind the options where nothing is typed; columns that stay empty become gaps."""
    gap, source = _after(book), _after(book) + 1
    grid.widths[gap] = GAP_WIDTH
    if any(book.source_titles(each) for each in quantities):
        return ("", *REMARKS)
    grid.widths[source] = GAP_WIDTH
    return ("", "", *REMARKS[1:])


def _after(book: Book) -> int:
    """The first column behind the options, which marks changed inputs; source, note and formula come after it."""
    return book.plan.option_changed_column
