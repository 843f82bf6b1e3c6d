"""The rows of Assumptions that say by how much each scenario changes an input in proportion."""

from __future__ import annotations

from reportgen.compute.digits import input_decimals
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT
from reportgen.model.changes import Change
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message
from reportgen.workbook.changes import share_cell
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.number_formats import decimals_format
from reportgen.workbook.plan import LABEL, UNIT
from reportgen.workbook.rows import Row
from reportgen.workbook.sheets.assumption_rules import AS_BASE
from reportgen.workbook.sheets.sheet_parts import Book
from reportgen.workbook.titles import Text
from reportgen.workbook.validations import Limits, number_rules


def change_row(book: Book, grid: Grid, row: Row, title: Text, mark: int) -> None:
    """Shares as fractions with a format of per cent, so that both `10` and `10%` can be typed. `title` is the input's;
    `mark` the column that says whether one of them was changed."""
    grid.put(row.number, LABEL, title, Style.LABEL)
    grid.put(row.number, UNIT, message("% of its value"), Style.UNIT)
    key = Key(row.name, row.option)
    prompt_title = book.model.quantities[row.name].title
    for scenario in book.model.scenarios:
        change = scenario.own.get(key)
        place = share_cell(book.plan, key, scenario)
        if isinstance(change, Change):
            share_input(grid, place, change, prompt_title)
        else:
            grid.put(place.row, place.column, AS_BASE, Style.WORD)
    for column in book.plan.spare_columns:
        grid.put(row.number, column, AS_BASE, Style.WORD)
    grid.marks[row.number] = Mark(mark)


def share_input(grid: Grid, place: Address, change: Change, title: str) -> None:
    """The share by which a case changes an input, to be edited."""
    percent = change.share * 100
    digits = decimals_format(input_decimals((percent,), PERCENT), PERCENT)
    grid.put(place.row, place.column, percent, Style.INPUT, f"+{digits};-{digits};0%")
    area = Area(place.sheet, place.row, place.column, place.row, place.column)
    prompt = message("By how much it is more or, with a minus, less than the value before it: 10% is a tenth more.")
    grid.validations += number_rules((area,), title, prompt, Limits(-1.0, None, per_cent=True))
