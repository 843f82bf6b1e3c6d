"""The Cases sheet: inputs on the left, what is computed from them on the right, one case a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count, zip_longest

from reportgen.compute.rounding import Array
from reportgen.formula.nodes import Key
from reportgen.formula.units import PER_YEAR, PLAIN, YEAR
from reportgen.model.model import Assumption
from reportgen.workbook.address import Area, column_letters
from reportgen.workbook.cases import LABEL_COLUMN, CaseBlock, CaseText, Driver, Layout
from reportgen.workbook.formula_text import factor_text
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.limits import MAX_ROWS
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import (
    ASSUMPTIONS,
    BACK_ROW,
    BASE,
    CASES,
    CHECK_ROW,
    FIRST,
    HEAD_ROW,
    SCENARIO_ROW,
    UNIT,
    Plan,
)
from reportgen.workbook.range_layout import extreme_input
from reportgen.workbook.sheets.common import NUMBER_WIDTH, Book, heads, new_grid
from reportgen.workbook.validations import number_rules, own_limits

READING = (
    "A row from left to right: which case it is, the inputs as they are in it, what changes with them in the order of "
    "computing it.",
    "A column has one formula in all rows of its block. What has no column, no case of the block changes; it is read "
    "from its own sheet.",
    "A block of questions begins with the case as selected, which sets nothing. Checks compares it with the totals of "
    "the sheets.",
)
"""How to read the sheet, beside its head."""


def cases_sheet(book: Book, blocks: tuple[CaseBlock, ...]) -> Grid:
    """Every case with its inputs and results; other sheets read their rows."""
    subtitle = (
        "Other sheets ask, these rows answer: one row is one case, computed with the formulas of the other sheets"
    )
    grid = new_grid(book, CASES, "question", "Cases", subtitle)
    for row, text in zip((CHECK_ROW, SCENARIO_ROW, BACK_ROW), READING, strict=True):
        grid.put(row, FIRST + 1, text, Style.SUBTITLE)
    grid.for_screens = True
    last = max((block.last_column for block in blocks), default=FIRST)
    for column in range(FIRST, last + 1):
        grid.widths[column] = NUMBER_WIDTH
    heads(grid, HEAD_ROW, [(LABEL_COLUMN, "Case", False), (UNIT, "What differs", False)])
    assumptions = {key: each for each in book.model.assumptions for key in each.keys}
    for block in blocks:
        _heads(book, grid, block)
        for index in range(len(block.rows)):
            _case(book, grid, block, index)
        formats = _formats(book, block)
        for key, column in block.columns.items():
            printed = partial(_formula, book.plan, block, key, assumptions.get(key))
            _column(grid, block, column, block.values[key], formats[key.name], _down(book.plan, block, printed))
        _parts(book, grid, block)
    return grid


def _heads(book: Book, grid: Grid, block: CaseBlock) -> None:
    titles_row = block.names_row - 1
    texts = [(LABEL_COLUMN, block.title, False), *_case_heads(block.layout)]
    for key, column in block.columns.items():
        quantity = book.model.quantities[key.name]
        option = f", {book.model.option(key.option).title}" if key.option else ""
        texts.append((column, quantity.title + option, True))
        grid.put(block.names_row, column, str(key), Style.UNIT)
    for total, parts in block.parts.items():
        for column, part in parts.items():
            first, last = (book.model.quantities[key.name].title for key in (part.items[0], part.items[-1]))
            texts.append((column, f"{first} to {last}, {book.model.option(str(total.option)).title}", True))
            grid.put(block.names_row, column, f"part of {total}", Style.UNIT)
    heads(grid, titles_row, texts)
    grid.heights[titles_row] = 62
    grid.put(block.names_row, LABEL_COLUMN, "name in formulas", Style.UNIT)


def _case_heads(layout: Layout) -> Iterator[tuple[int, str, bool]]:
    """Heads over what says which case a row is."""
    if layout.scenario is not None:
        yield layout.scenario, "Number", False
    for (names, values), title in zip(layout.drivers, ("Driver", "Second", "Third", "Fourth"), strict=False):
        yield names, title if title == "Driver" else f"{title} driver", False
        yield values, "is set to", True
    if layout.year is not None:
        yield layout.year, "Year", True
    if layout.changed is not None:
        yield layout.changed, "Changed", False
    if layout.extreme is not None:
        yield layout.extreme[0], "Range and option", False
        yield layout.extreme[1], "Extreme", False


def _parts(book: Book, grid: Grid, block: CaseBlock) -> None:
    """The columns of items that have none of their own, with what is the same in every case above them."""
    if block.parts:
        grid.put(block.same_row, LABEL_COLUMN, "The same in every case", Style.LABEL)
    first = CaseText(book.plan, block, CASES, 0)
    for total, parts in block.parts.items():
        for column, part in parts.items():
            values = part.values(block.values)
            number_format = result_format(block.of_rows(values).tolist(), book.model.quantities[total.name].unit)
            printed = partial(_part_formula, book.plan, block, total, column)
            _column(grid, block, column, values, number_format, _down(book.plan, block, printed))
            if part.same:
                value, formula = part.same_value(block.values), first.same(total, column)
                grid.put(block.same_row, column, value, Style.CALCULATION, number_format, formula=formula)


def _case(book: Book, grid: Grid, block: CaseBlock, index: int) -> None:
    """Which case a row is."""
    row, case, layout = block.row(index), block.rows[index], block.layout
    grid.put(row, LABEL_COLUMN, case.label, Style.LABEL)
    if layout.scenario is not None:
        grid.put(row, layout.scenario, float(case.scenario), Style.FIXED, "0")
    if layout.changed is not None:
        unit = next((str(book.model.quantities[each.key.name].unit) for each in case.drivers if not each.formula), "")
        grid.marks[row] = Mark(layout.changed, unit=unit)
    for columns, driver in zip_longest(layout.drivers, case.drivers):
        _driver(book, grid, row, columns, driver)
    if layout.year is not None:
        grid.put(row, layout.year, float(case.year), Style.FIXED, "0")
    if layout.extreme is not None and case.extreme is not None:
        grid.put(row, layout.extreme[0], float(case.extreme.place), Style.FIXED, "0")
        grid.put(row, layout.extreme[1], case.extreme.end, Style.CALCULATION_TEXT)


def _formats(book: Book, block: CaseBlock) -> dict[str, str]:
    """One format for a name in all cases and for all options, whose columns stand beside each other."""
    numbers: dict[str, list[float]] = {}
    for key in block.columns:
        numbers.setdefault(key.name, []).extend(block.of_rows(block.values[key]).tolist())
    return {name: result_format(values, book.model.quantities[name].unit) for name, values in numbers.items()}


def _column(
    grid: Grid, block: CaseBlock, column: int, values: Array, number_format: str, formulas: Iterable[str]
) -> None:
    """One number in every case, in one format, with the formula of each case."""
    numbers = block.of_rows(values).tolist()
    for index, (value, formula) in enumerate(zip(numbers, formulas, strict=True)):
        grid.put(block.row(index), column, value, Style.CALCULATION, number_format, formula=formula)


def _down(plan: Plan, block: CaseBlock, printed: Callable[[int], str]) -> Iterator[str]:
    """A column's formulas. They are printed once, for a row beyond the last that a sheet has, and where that row's
    number stands each row's own is put: printing is what takes the time."""
    taken = "\n".join((*plan.sheets, *plan.names.values()))
    for row in (row for row in count(MAX_ROWS + 1) if str(row) not in taken):
        text = printed(row - block.first_row)
        if not re.search(f"(?<![A-Z]){row}", text):  # no constant is that number
            parts = text.split(str(row))
            return (str(block.row(index)).join(parts) for index in range(len(block.rows)))
    raise AssertionError("some number is no constant of a formula")


def _formula(plan: Plan, block: CaseBlock, key: Key, assumption: Assumption | None, index: int) -> str:
    if assumption is not None and key in block.inputs:
        return _input_formula(plan, block, block.row(index), key, assumption)
    return CaseText(plan, block, CASES, index).definition(key)


def _part_formula(plan: Plan, block: CaseBlock, total: Key, column: int, index: int) -> str:
    return CaseText(plan, block, CASES, index).part(total, column)


def _driver(book: Book, grid: Grid, row: int, columns: tuple[int, int], driver: Driver | None) -> None:
    if driver is None:
        grid.put(row, columns[0], "", Style.UNIT)
        grid.put(row, columns[1], None, Style.CALCULATION)
        return
    unit = book.model.quantities[driver.key.name].unit
    grid.put(row, columns[0], str(driver.key), Style.UNIT)
    if driver.formula:
        number_format = result_format((driver.value,), unit)
        grid.put(row, columns[1], driver.value, Style.CALCULATION, number_format, formula=driver.formula)
        return
    grid.put(row, columns[1], driver.value, Style.INPUT, input_format(driver.value, unit))
    area = Area(CASES, row, columns[1], row, columns[1])
    limits = own_limits((driver.value,), unit)
    grid.validations += number_rules((area,), "A driver’s value", f"A number in {unit}.", limits)


def _input_formula(plan: Plan, block: CaseBlock, row: int, key: Key, assumption: Assumption) -> str:
    """The same down the column: a driver's value, else the scenario's, or the active value, grown."""
    if block.layout.extreme is not None:
        return "=" + extreme_input(plan, block.layout.extreme, row, key)
    layout, name = block.layout, f"{column_letters(block.columns[key])}${block.names_row}"
    text = _scenario_value(plan, layout, row, key) or _grown(plan, layout, row, key, assumption)
    for names, values in reversed(layout.drivers):
        text = f"IF(${column_letters(names)}{row}={name},${column_letters(values)}{row},{text})"
    return f"={text}"


def _scenario_value(plan: Plan, layout: Layout, row: int, key: Key) -> str:
    """The value in the scenario whose number the row has, the model's own where it sets none; "" in a block about the
    selected scenario."""
    if layout.scenario is None:
        return ""
    base = plan.bases[key]
    own = f"{ASSUMPTIONS}!${column_letters(BASE)}${base.row}"
    if not plan.model.scenarios:
        return own
    values = Area(ASSUMPTIONS, base.row, BASE, base.row, plan.last_scenario_column).seen_from(CASES, fixed=True)
    chosen = f"INDEX({values},1,${column_letters(layout.scenario)}{row})"
    return f"IF(ISNUMBER({chosen}),{chosen},{own})"


def _grown(plan: Plan, layout: Layout, row: int, key: Key, assumption: Assumption) -> str:
    active, growth = plan.names[key], assumption.growth
    if growth is None or layout.year is None:
        return active
    steps = f"MAX(0,${column_letters(layout.year)}{row}-1)"
    cell = f"{ASSUMPTIONS}!${column_letters(plan.growth_column)}${plan.bases[key].row}"
    if growth.compounds:
        periods = "".join(map(factor_text, (YEAR / growth.period).factors_to(PLAIN)))
        rate = cell + "".join(map(factor_text, (growth.unit * growth.period).factors_to(PLAIN)))
        return f"{active}*(1+{rate})^({steps}{periods})"
    step = cell + "".join(map(factor_text, growth.unit.factors_to(assumption.quantity.unit * PER_YEAR)))
    return f"{active}+{step}*{steps}"
