"""The sheets of computed numbers: Calculations, one per category, and Totals."""

from __future__ import annotations

from reportgen.formula import nodes as n
from reportgen.model.model import Category, Given, Quantity
from reportgen.workbook.address import Area
from reportgen.workbook.formula_text import FormulaText
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import CALCULATIONS, FIRST, HEAD_ROW, LABEL, TOTALS, UNIT
from reportgen.workbook.rows import Kind, Row
from reportgen.workbook.sheets.assumptions import number_validation
from reportgen.workbook.sheets.common import (
    FORMULA_WIDTH,
    NOTE_WIDTH,
    NUMBER_WIDTH,
    REMARKS,
    SOURCE_WIDTH,
    Book,
    calculation,
    heading,
    heads,
    label,
    new_grid,
    number,
    numbers,
    option_heads,
    remarks,
    row_format,
    state_cells,
    written_formulas,
)

TOTALS_LABEL_WIDTH = 56


def calculations_sheet(book: Book) -> Grid:
    """What is computed from the assumptions before any cost: one row each."""
    subtitle = "Quantities computed from the assumptions; nothing here is typed."
    grid = _grid(book, CALCULATIONS, "result", "Calculations", subtitle)
    blank = [(column, "", True) for column in range(FIRST, _after(book))]
    remark_heads = [(column, text, False) for column, text in enumerate(REMARKS, _after(book))]
    heads(grid, HEAD_ROW, [(LABEL, "Calculation", False), (UNIT, "Unit", False), *blank, *remark_heads])
    for row in book.plan.rows[CALCULATIONS]:
        _result_row(book, grid, row)
    return grid


def category_sheet(book: Book, category: Category) -> Grid:
    """Items by options, their own inputs in place, and the category's total."""
    quantity = category.quantity
    kind = "One-time cost" if category.one_time else "Running cost"
    subtitle = f"{kind} in {quantity.unit}, per option"
    grid = _grid(book, category.sheet, "category", quantity.title, subtitle)
    option_heads(book, grid, HEAD_ROW, "Cost item", REMARKS)
    items = {item.name: item for item in category.items}
    number_format = result_format(
        (book.results.values[key] for name in (*items, quantity.name) for key in book.model.keys_of(name)),
        quantity.unit,
    )
    for row in book.plan.rows[category.sheet]:
        if row.kind is Kind.ITEM:
            _item(book, grid, row, items[row.name], number_format)
        elif row.kind is Kind.SUBTOTAL:
            label(grid, row.number, quantity, book, output=True)
            for key in book.model.keys_of(quantity.name):
                number(book, grid, key, number_format, Style.OUTPUT)
            remarks(book, grid, row.number, _after(book), quantity, "sum of the items")
        else:
            state_cells(book, grid, row.name, row.number)
    return grid


def _item(book: Book, grid: Grid, row: Row, item: Quantity, number_format: str) -> None:
    label(grid, row.number, item, book)
    keys = book.model.keys_of(item.name)
    given = any(isinstance(book.model.definitions[key], Given) for key in keys)
    own_format = max(number_format, row_format(book, item, keys), key=len) if given else number_format
    for key in keys:
        number(book, grid, key, own_format)
        if book.model.is_input(key):
            column = book.plan.option_column(key.option or "")
            area = Area(grid.name, row.number, column, row.number, column)
            word = "not quoted" if key in book.model.unquoted else ""
            prompt = f"A number in {item.unit}" + (", as soon as a price is quoted." if word else ".")
            grid.validations.append(number_validation((area,), item.title, prompt, word))
    remarks(book, grid, row.number, _after(book), item, written_formulas(book.model, item.name))


def totals_sheet(book: Book) -> Grid:
    """Each total with what every category adds to it, and without each; then the metrics."""
    subtitle = "How the categories add up, with and without each of them."
    grid = _grid(book, TOTALS, "result", "Totals", subtitle)
    option_heads(book, grid, HEAD_ROW, "Total", REMARKS)
    totals = {total.name: total for total in book.model.totals}
    grid.widths[LABEL] = TOTALS_LABEL_WIDTH
    for row in book.plan.rows[TOTALS]:
        total = totals.get(row.name)
        if row.kind is Kind.OPTION_HEAD:
            heading(grid, row.number, total.title if total else "Key figures per option", _after(book) - 1)
        elif row.kind is Kind.SHARED_HEAD:
            heading(grid, row.number, "Key figures", _after(book) - 1, over_numbers="Value")
        elif total is None or row.kind is Kind.STATE:
            _result_row(book, grid, row)
        elif row.kind is Kind.SUBTOTAL:
            label(grid, row.number, total, book, output=True)
            numbers(book, grid, total, Style.OUTPUT)
            remarks(book, grid, row.number, _after(book), total, written_formulas(book.model, total.name))
        else:
            _part(book, grid, row, total)
    return grid


def _part(book: Book, grid: Grid, row: Row, total: Quantity) -> None:
    """What one category adds to a total, or the total without it."""
    part = book.plan.contributions[total.name][row.index]
    name = part.category.quantity.title if part.category else "Other terms"
    node: n.Node = part.tree
    if row.kind is Kind.WITHOUT:
        name = f"{total.title} without {name[:1].lower() + name[1:]}"
        node = n.Arithmetic("-", n.Reference(total.name, None, True), part.tree)
    grid.put(row.number, LABEL, name, Style.LABEL)
    grid.put(row.number, UNIT, str(total.unit), Style.UNIT)
    number_format = row_format(book, total, book.model.keys_of(total.name))
    for option in book.model.option_ids:
        value = book.parts[total.name][row.index][option]
        if row.kind is Kind.WITHOUT:
            value = book.results.values[n.Key(total.name, option)] - value
        formula = FormulaText(book.plan, grid.name).formula(node, option)
        calculation(grid, (row.number, book.plan.option_column(option)), value, formula, number_format)


def _result_row(book: Book, grid: Grid, row: Row) -> None:
    """A row of numbers that belong to no category: their heads, values and states."""
    match row.kind:
        case Kind.SHARED_HEAD:
            heads(grid, row.number, [(LABEL, "For all options", False), (UNIT, "Unit", False), (FIRST, "Value", True)])
        case Kind.OPTION_HEAD:
            option_heads(book, grid, row.number, "Per option")
        case Kind.STATE:
            state_cells(book, grid, row.name, row.number)
        case _:
            quantity = book.model.quantities[row.name]
            label(grid, row.number, quantity, book)
            numbers(book, grid, quantity)
            remarks(book, grid, row.number, _after(book), quantity, written_formulas(book.model, row.name))


def _grid(book: Book, name: str, tab: str, title: str, subtitle: str) -> Grid:
    grid = new_grid(book, name, tab, title, subtitle)
    after = _after(book)
    for column in range(FIRST, after):
        grid.widths[column] = NUMBER_WIDTH
    grid.widths.update({after: SOURCE_WIDTH, after + 1: NOTE_WIDTH, after + 2: FORMULA_WIDTH})
    return grid


def _after(book: Book) -> int:
    """The first column behind the options."""
    return FIRST + len(book.model.options)
