"""The Cases sheet: inputs on the left, what is computed from them on the right, one case a row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from reportgen.formula.nodes import Key
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message
from reportgen.workbook.case_columns import CaseColumns
from reportgen.workbook.cases import LABEL_COLUMN, NAMES_ROW, CaseBlock, CaseTranslator, Driver, Layout
from reportgen.workbook.expressions import Cell, Cells, Expression, cell, cells_of, range_of
from reportgen.workbook.fill_down import filled_down
from reportgen.workbook.grid import Grid, Highlight, Mark, Style
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import ASSUMPTIONS, CASES, CHECK_ROW, FIRST, HEAD_ROW, SCENARIO_ROW, UNIT, Plan
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.range_layout import extreme_input, varied_inputs
from reportgen.workbook.scenario_columns import BASE
from reportgen.workbook.sheets.change_row import share_input
from reportgen.workbook.sheets.sheet_parts import NUMBER_WIDTH, Book, heading, heads, new_grid
from reportgen.workbook.titles import Text, phrase
from reportgen.workbook.translate import active_value
from reportgen.workbook.validations import entry_in, number_rules, own_limits

SUBTITLE = message(
    "Other sheets ask, these rows answer: one row is one case, computed with the formulas of the other sheets"
)
TYPED_SUBTITLE = message(
    "Other sheets ask, these rows answer, one row a case; grey numbers add up steps of Timeline and are values as of "
    "the making of this book"
)
READING = (
    message(
        "A row from left to right: which case it is, its inputs, what changes with them in the order of computing it."
    ),
    message(
        "A column has one formula in its block. What has no column, no case of the block changes: see its own sheet."
    ),
    message("A block of questions begins with the case as selected. Checks compares it with the totals of the sheets."),
)
"""How to read the sheet, beside its head."""


def cases_sheet(book: Book, questions: Questions) -> Grid:
    """Every case with its inputs and results; other sheets read their rows."""
    blocks, columns = questions.blocks, questions.columns
    subtitle = TYPED_SUBTITLE if any(block.typed for block in blocks) else SUBTITLE
    grid = new_grid(book, CASES, "question", message("Cases"), subtitle)
    for row, text in zip((CHECK_ROW, SCENARIO_ROW, HEAD_ROW - 1), READING, strict=True):
        grid.put(row, FIRST + 1, text, Style.SUBTITLE)
    grid.printed_rows.append((1, HEAD_ROW))  # made for the screen
    grid.printed_columns = UNIT
    last = max([FIRST, *(block.last_column for block in blocks)])
    for column in range(FIRST, last + 1):
        grid.widths[column] = NUMBER_WIDTH
    if columns is not None:
        _heads(book, grid, columns, NAMES_ROW)
    else:
        heads(grid, HEAD_ROW, [(LABEL_COLUMN, message("Case"), False), (UNIT, message("What differs"), False)])
    for block in blocks:
        heading(grid, block.title_row, block.title, last)
        if columns is None:
            _heads(book, grid, CaseColumns.of(block), block.names_row)
        for index in range(len(block.rows)):
            _case(book, grid, block, index, questions.scenarios)
        formats = _formats(book, block)
        first = CaseTranslator(book.plan, block, 0)
        for key, column in block.columns.items():
            tree = None
            if key not in block.typed:
                tree = _input(book.plan, block, key) if key in block.inputs else first.definition(key)
            _column(grid, block, column, block.shown(book.plan, key), formats[key.name], tree)
        _parts(book, grid, block)
    if questions.scenarios is not None:
        _mark_selected(book, grid, questions.scenarios, last)
    return grid


def _heads(book: Book, grid: Grid, columns: CaseColumns, names_row: int) -> None:
    """A head over each column, and below it, in `names_row`, the name of its number."""
    texts: list[tuple[int, Text, bool]] = [(LABEL_COLUMN, message("Case"), False), *_case_heads(columns.layout)]
    for key, column in columns.numbers.items():
        texts.append((column, book.key_title(key), True))
        grid.put(names_row, column, str(key), Style.UNIT)
    for (total, items), column in columns.parts.items():
        first, last = (book.title(key.name) for key in (items[0], items[-1]))
        option = book.option(str(total.option))
        texts.append((column, phrase("{first} to {last}, {option}", first=first, last=last, option=option), True))
        grid.put(names_row, column, message("part of {total}", total=str(total)), Style.UNIT)
    heads(grid, names_row - 1, texts)
    grid.put(names_row, LABEL_COLUMN, message("name in formulas"), Style.UNIT)
    grid.later.append(lambda cells: _widen_for_heads(grid, cells, names_row - 1, [column for column, _, _ in texts]))


def _widen_for_heads(grid: Grid, cells: Cells, row: int, columns: list[int]) -> None:
    """Two lines are enough for every head, so that the heads stay in sight."""
    for column in columns:
        head = str(cells.value(Address(CASES, row, column)))
        half = min((max(len(head[:at]), len(head[at:])) for at, sign in enumerate(head) if sign == " "), default=0)
        grid.widths[column] = max(grid.widths.get(column, NUMBER_WIDTH), 1.25 * half + 2.0)


def _mark_selected(book: Book, grid: Grid, block: CaseBlock, last_column: int) -> None:
    """The row of the scenario that is selected stands out."""
    first, last = block.row(0), block.last_row
    number = block.layout.scenario
    assert number is not None
    own, selected = grid.cell(first, number, fixed_column=True), cell(book.plan.scenario_number, fixed=True)
    area = Area(CASES, first, LABEL_COLUMN, last, last_column)
    grid.highlights.append(Highlight(area, own.equals(selected)))


_DRIVERS = (message("Driver"), message("Second driver"), message("Third driver"), message("Fourth driver"))


def _case_heads(layout: Layout) -> Iterator[tuple[int, str, bool]]:
    """Heads over what says which case a row is."""
    if layout.scenario is not None:
        yield layout.scenario, message("Number"), False
    for (names, values), title in zip(layout.drivers, _DRIVERS, strict=False):
        yield names, title, False
        yield values, message("is set to"), True
    for column, title in zip(layout.shares, _DRIVERS, strict=False):
        yield column, message("{driver} changed by", driver=title), True
    if layout.changed is not None:
        yield layout.changed, message("Changed"), False
    if layout.extreme is not None:
        yield layout.extreme[0], message("Range and option"), False
        yield layout.extreme[1], message("Low or high"), False


def _parts(book: Book, grid: Grid, block: CaseBlock) -> None:
    """The columns of items that have none of their own, with what is the same in every case above them."""
    if block.parts:
        grid.put(block.same_row, LABEL_COLUMN, message("The same in every case"), Style.LABEL)
    first = CaseTranslator(book.plan, block, 0)
    for total, parts in block.parts.items():
        for column, part in parts.items():
            values = part.values(block.values)
            shown = block.of_rows(values).tolist()
            number_format = result_format(shown, book.model.quantities[total.name].unit)
            _column(grid, block, column, shown, number_format, first.part(total, column))
            if part.same:
                grid.put(block.same_row, column, first.same(total, column), Style.CALCULATION, number_format)


def _case(book: Book, grid: Grid, block: CaseBlock, index: int, scenarios: CaseBlock | None) -> None:
    """Which case a row is. One that is a scenario as it stands takes over its number from that."""
    row, case, layout = block.row(index), block.rows[index], block.layout
    if layout.scenario is None:
        grid.put(row, LABEL_COLUMN, case.label, Style.LABEL)
    else:
        head = cell(book.plan.scenario_head(case.scenario))
        place = f.MATCH(head, range_of(book.plan.scenario_titles, fixed=True), 0.0)
        grid.put(row, LABEL_COLUMN, case.label if case.drivers else head, Style.LABEL)
        if scenarios is not None and block is not scenarios and not case.drivers:
            same = [each.scenario for each in scenarios.rows].index(case.scenario)
            above = grid.cell(scenarios.row(same), layout.scenario, fixed=True)
            grid.put(row, layout.scenario, above, Style.LINKED, "0")
        else:
            grid.put(row, layout.scenario, place, Style.CALCULATION, "0")
    if layout.changed is not None:
        typed = (each for each in case.drivers if each.tree is None)
        unit = next((str(book.model.quantities[each.key.name].unit) for each in typed), "%" if layout.shares else "")
        grid.marks[row] = Mark(layout.changed, unit=unit)
    for (columns, share), driver in zip_longest(zip_longest(layout.drivers, layout.shares), case.drivers):
        _driver(book, grid, row, (*columns, share), driver)
    if layout.extreme is not None and case.extreme is not None:
        grid.put(row, layout.extreme[0], float(case.extreme.place), Style.FIXED, "0")
        grid.put(row, layout.extreme[1], message(case.extreme.end), Style.CALCULATION_TEXT)


def _formats(book: Book, block: CaseBlock) -> dict[str, str]:
    """One format for a name in all cases and for all options, whose columns stand beside each other."""
    numbers: dict[str, list[float]] = {}
    for key in block.columns:
        shown = block.shown(book.plan, key)
        numbers.setdefault(key.name, []).extend(each for each in shown if not isinstance(each, str))
    return {name: result_format(values, book.model.quantities[name].unit) for name, values in numbers.items()}


def _column(
    grid: Grid, block: CaseBlock, column: int, shown: list[float | str], number_format: str, first: Expression | None
) -> None:
    """One number in every case, in one format; the formula of the first case is filled down, or there is none."""
    if first is None:
        for row, value in enumerate(shown, block.first_row):
            grid.put(row, column, value, Style.FIXED, number_format)
        return
    for row, (value, tree) in enumerate(zip(shown, filled_down(first, len(shown)), strict=True), block.first_row):
        grid.put(row, column, value, Style.CALCULATION, number_format, formula=tree)


def _driver(book: Book, grid: Grid, row: int, columns: tuple[int, int, int | None], driver: Driver | None) -> None:
    """Its name, its value, and the share by which that is changed."""
    change_column = columns[2]
    if driver is None:
        grid.put(row, columns[0], "", Style.UNIT)
        grid.put(row, columns[1], None, Style.CALCULATION)
        return
    unit = book.model.quantities[driver.key.name].unit
    grid.put(row, columns[0], str(driver.key), Style.UNIT)
    if driver.tree is not None:
        tree = driver.tree
        if driver.change is not None and change_column is not None:
            share_input(grid, Address(CASES, row, change_column), driver.change, str(driver.key))
            tree = tree * (1.0 + grid.cell(row, change_column))
        grid.put(row, columns[1], tree, Style.CALCULATION, result_format((driver.value,), unit))
        return
    grid.put(row, columns[1], driver.value, Style.INPUT, input_format(driver.value, unit))
    area = Area(CASES, row, columns[1], row, columns[1])
    limits = own_limits((driver.value,), unit)
    grid.validations += number_rules((area,), message("A driver’s value"), entry_in(unit), limits)


def _input(plan: Plan, block: CaseBlock, key: Key) -> Expression:
    """An input in the first case: a driver's value, else the scenario's, or the active value. A number of a table that
    no question asks about is the same in every case."""
    layout, row = block.layout, block.row(0)
    if key not in plan.bases:
        return cell(plan.cells[key], fixed=True)
    if layout.extreme is not None and key not in varied_inputs(plan.model):
        return active_value(plan, key)
    if layout.extreme is not None:
        return extreme_input(plan, layout.extreme, row, key)
    name = cell(Address(CASES, block.names_row, block.columns[key]), fixed_row=True)
    tree: Expression = active_value(plan, key) if layout.scenario is None else _scenario_value(plan, block, key)
    for names, values in reversed(layout.drivers):
        tree = f.IF(_own(row, names).equals(name), _own(row, values), tree)
    return tree


def _own(row: int, column: int) -> Cell:
    """A cell of the case's own row."""
    return cell(Address(CASES, row, column), fixed_column=True)


def _scenario_value(plan: Plan, block: CaseBlock, key: Key) -> Expression:
    """The value in the scenario whose number the row has, the model's own where it sets none."""
    base = plan.bases[key]
    assert block.layout.scenario is not None
    own = cell(Address(ASSUMPTIONS, base.row, BASE), fixed=True)
    if not plan.model.scenarios:
        return own
    values = cells_of(Area(ASSUMPTIONS, base.row, BASE, base.row, plan.last_scenario_column), fixed=True)
    chosen = f.INDEX(values, 1.0, _own(block.row(0), block.layout.scenario))
    return f.IF(f.ISNUMBER(chosen), chosen, own)
