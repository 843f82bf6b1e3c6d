"""The Cases sheet: inputs on the left, what is computed from them on the right, one case a row."""

from __future__ import annotations

from reportgen.compute.cash_flow import PER_YEAR
from reportgen.formula.nodes import Key
from reportgen.model.model import Assumption
from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.cases import (
    DRIVER_COLUMNS,
    LABEL_COLUMN,
    SCENARIO_COLUMN,
    YEAR_COLUMN,
    CaseBlock,
    CaseText,
    Driver,
)
from reportgen.workbook.formula_text import factor_text
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import ASSUMPTIONS, BASE, CASES, HEAD_ROW, Plan
from reportgen.workbook.sheets.common import NUMBER_WIDTH, Book, heads, new_grid


def cases_sheet(book: Book, blocks: tuple[CaseBlock, ...]) -> Grid:
    """Every case with its inputs and results; other sheets read their rows."""
    subtitle = "One row is one whole evaluation of the model. Other sheets ask, these rows answer."
    grid = new_grid(book, CASES, "result", "Cases", subtitle)
    grid.for_screens = True
    last = max(max(block.columns.values()) for block in blocks)
    for column in range(SCENARIO_COLUMN + 1, last + 1):
        grid.widths[column] = NUMBER_WIDTH
    heads(grid, HEAD_ROW, [(LABEL_COLUMN, "Case", False), (SCENARIO_COLUMN, "What differs", False)])
    assumptions = {key: each for each in book.model.assumptions for key in each.keys}
    for block in blocks:
        _heads(book, grid, block)
        formats = {key: _column_format(book, block, key) for key in block.columns}
        for index in range(len(block.rows)):
            _row(book, grid, block, index, assumptions, formats)
    return grid


def _heads(book: Book, grid: Grid, block: CaseBlock) -> None:
    titles_row = block.names_row - 1
    questions = not block.rows[0].scenario
    texts = [(LABEL_COLUMN, block.title, False)]
    if questions:
        texts += [(2, "Driver", False), (3, "is set to", True), (4, "Second driver", False), (5, "is set to", True)]
        texts.append((YEAR_COLUMN, "Year", True))
    else:
        texts.append((SCENARIO_COLUMN, "Number", False))
    for key, column in block.columns.items():
        quantity = book.model.quantities[key.name]
        option = f", {book.model.option(key.option).title}" if key.option else ""
        texts.append((column, quantity.title + option, True))
        grid.put(block.names_row, column, str(key), Style.UNIT)
    heads(grid, titles_row, texts)
    grid.heights[titles_row] = 62
    grid.put(block.names_row, LABEL_COLUMN, "name in formulas", Style.UNIT)


def _column_format(book: Book, block: CaseBlock, key: Key) -> str:
    """One format down a column."""
    return result_format(block.values[key].tolist(), book.model.quantities[key.name].unit)


def _row(
    book: Book, grid: Grid, block: CaseBlock, index: int, assumptions: dict[Key, Assumption], formats: dict[Key, str]
) -> None:
    row, case = block.row(index), block.rows[index]
    grid.put(row, LABEL_COLUMN, case.label, Style.LABEL)
    if case.scenario:
        grid.put(row, SCENARIO_COLUMN, float(case.scenario), Style.CALCULATION, "0")
    else:
        for columns, driver in zip(DRIVER_COLUMNS, (*case.drivers, None, None), strict=False):
            _driver(book, grid, row, columns, driver)
        grid.put(row, YEAR_COLUMN, float(case.year), Style.CALCULATION, "0")
    printer = CaseText(book.plan, block, CASES, index)
    inputs = frozenset(block.inputs)
    for key, column in block.columns.items():
        if key in inputs:
            formula = _input_formula(book.plan, block, row, key, assumptions[key])
        else:
            definition = book.model.definitions[key]
            formula = printer.formula(definition, key.option)  # type: ignore[arg-type]  # columns hold no words
        value = block.value(index, key)
        grid.put(row, column, value, Style.CALCULATION, formats[key], formula=formula)


def _driver(book: Book, grid: Grid, row: int, columns: tuple[int, int], driver: Driver | None) -> None:
    if driver is None:
        grid.put(row, columns[0], "", Style.UNIT)
        grid.put(row, columns[1], None, Style.CALCULATION)
        return
    number_format = result_format((driver.value,), book.model.quantities[driver.key.name].unit)
    grid.put(row, columns[0], str(driver.key), Style.UNIT)
    grid.put(row, columns[1], driver.value, Style.CALCULATION, number_format, formula=driver.formula)


def _input_formula(plan: Plan, block: CaseBlock, row: int, key: Key, assumption: Assumption) -> str:
    """The same down the column: a scenario's value where it has one, or a driver's, else the active value, grown."""
    base = plan.bases[key]
    if block.rows[0].scenario:
        own = f"{ASSUMPTIONS}!${column_letters(BASE)}${base.row}"
        values = Area(ASSUMPTIONS, base.row, BASE, base.row, plan.last_scenario_column).seen_from(CASES, fixed=True)
        chosen = f"INDEX({values},1,$B{row})"
        return f"=IF(ISNUMBER({chosen}),{chosen},{own})"
    letters = column_letters(block.columns[key])
    name = f"{letters}${block.names_row}"
    first, second = (
        f"${column_letters(names)}{row}={name},${column_letters(values)}{row}" for names, values in DRIVER_COLUMNS
    )
    return f"=IF({first},IF({second},{_grown(plan, row, key, assumption)}))"


def _grown(plan: Plan, row: int, key: Key, assumption: Assumption) -> str:
    active, growth = plan.names[key], assumption.growth
    if growth is None:
        return active
    steps = f"MAX(0,${column_letters(YEAR_COLUMN)}{row}-1)"
    cell = f"{ASSUMPTIONS}!${column_letters(plan.growth_column)}${plan.bases[key].row}"
    relative = growth.unit.fits(PER_YEAR)
    target = PER_YEAR if relative else assumption.quantity.unit * PER_YEAR
    step = cell + "".join(factor_text(factor) for factor in growth.unit.factors_to(target))
    return f"{active}*(1+{step})^{steps}" if relative else f"{active}+{step}*{steps}"
