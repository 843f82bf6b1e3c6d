"""The Checks sheet: every check with both ways to its number, by kind; the master check first."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.formula.units import PLAIN
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.book_words import message, sheet_title
from reportgen.workbook.checks import (
    ABSOLUTE_ROW,
    ABSOLUTE_TOLERANCE,
    ALLOWED,
    COUNT_ROW,
    DIFFERENCE,
    FAILED,
    FIRST_GROUP_ROW,
    FIRST_OPTION,
    NOTE,
    NOTED,
    OK,
    ONE_WAY,
    OTHER_WAY,
    RELATIVE_ROW,
    RELATIVE_TOLERANCE,
    RESULT,
    SHEET,
    Check,
    CheckGroup,
    next_row,
    rows_of,
)
from reportgen.workbook.expressions import Cells, Constant, Expression, cells_of
from reportgen.workbook.filled_messages import filled_message
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import CHECKS, FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.sheets.sheet_parts import NOTE_WIDTH, NUMBER_WIDTH, Book, heading, heads, new_grid, place
from reportgen.workbook.titles import Text
from reportgen.workbook.validations import Limits, number_rules
from reportgen.workbook.values import number

_NOTHING = "[=0]0;0.0E+00"
"""A difference that is none is shown as 0, any other by its size."""


def checks_sheet(book: Book, groups: Sequence[CheckGroup]) -> Grid:
    """The master check, what it counts and by which tolerances; then the groups of checks."""
    subtitle = message("Two ways to the same number; the one way for each option stands at the right.")
    grid = new_grid(book, CHECKS, "register", message("Checks"), subtitle)
    grid.printed_rows.append((1, ABSOLUTE_ROW))  # the result; each check with its workings is for the screen
    grid.printed_columns = SHEET
    numbers = dict.fromkeys((ONE_WAY, OTHER_WAY), 20.0) | {DIFFERENCE: 14.0, ALLOWED: 14.0}
    grid.widths.update({LABEL: 62.0, UNIT: 18.0, RESULT: 14.0, **numbers, SHEET: 24.0, NOTE: NOTE_WIDTH})
    grid.widths.update(dict.fromkeys(range(FIRST_OPTION, _last(book) + 1), NUMBER_WIDTH))
    texts: list[tuple[int, Text, bool]] = [
        (LABEL, message("Check"), False),
        (UNIT, message("Unit"), False),
        (RESULT, message("Result"), False),
        (SHEET, message("About"), False),
    ]
    texts += [
        (ONE_WAY, message("One way"), True),
        (OTHER_WAY, message("The other way"), True),
        (DIFFERENCE, message("Difference"), True),
    ]
    texts += [(ALLOWED, message("Allowed"), True), (NOTE, message("Note"), False)]
    texts += [(column, book.option(option.id), True) for column, option in enumerate(book.model.options, FIRST_OPTION)]
    heads(grid, HEAD_ROW, texts)
    _head(grid, groups)
    for row, group in rows_of(groups):
        _heading(book, grid, row, group)
        said = ""
        for at, check in enumerate(group.checks, row + 1):
            _check(grid, at, group, check)
            grid.put(at, NOTE, check.note if check.note != said else "", Style.TEXT)
            said = check.note
    grid.later.append(lambda cells: _formats(grid, cells, groups))
    return grid


def _last(book: Book) -> int:
    return FIRST_OPTION + len(book.model.options) - 1


def _head(grid: Grid, groups: Sequence[CheckGroup]) -> None:
    last = next_row(groups) - 2
    results = grid.cell(FIRST_GROUP_ROW, RESULT).to(grid.cell(last, RESULT))
    every = f.COUNTA(grid.cell(FIRST_GROUP_ROW, SHEET).to(grid.cell(last, SHEET)))
    good, noted, count = f.COUNTIF(results, OK), f.COUNTIF(results, NOTED), grid.cell(COUNT_ROW, RESULT)
    grid.put(FIRST_ROW, LABEL, message("All checks"), Style.OUTPUT_LABEL)
    grid.put(FIRST_ROW, UNIT, None, Style.OUTPUT)
    grid.put(FIRST_ROW, RESULT, f.IF((good + noted).equals(every), OK, FAILED), Style.CHECK)
    words = filled_message(
        "{every} checks: {good} OK, {noted} to note, {others} to look at",
        every=every,
        good=good,
        noted=count,
        others=every - good - count,
    )
    grid.put(COUNT_ROW, LABEL, words, Style.LABEL)
    grid.put(COUNT_ROW, UNIT, message("notes"), Style.UNIT)
    grid.put(COUNT_ROW, RESULT, noted, Style.CALCULATION, "0")
    grid.put(
        COUNT_ROW,
        SHEET,
        f.IF(count.equals(0.0), message("nothing to note"), filled_message("{count} to note", count=count)),
        Style.SUBTITLE,
    )
    for row, value, title, unit in (
        (RELATIVE_ROW, RELATIVE_TOLERANCE, message("Amounts are the same within this share of the larger one"), "1"),
        (ABSOLUTE_ROW, ABSOLUTE_TOLERANCE, message("or, if that is more, within"), message("the check’s unit")),
    ):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        grid.put(row, RESULT, value, Style.INPUT, "0E+00")
        area = Area(CHECKS, row, RESULT, row, RESULT)
        grid.validations += number_rules(
            (area,),
            message("Tolerance"),
            message("How far apart amounts may be that count as the same: 1E-9 is a billionth."),
            Limits(0.0, 1.0),
        )
        grid.marks[row] = Mark(SHEET, message("Tolerance"))


def _heading(book: Book, grid: Grid, row: int, group: CheckGroup) -> None:
    """The kind of checks, and how many of them are OK."""
    heading(grid, row, group.title, _last(book))
    del grid.cells[row, UNIT]
    head, first, last = (grid.cell(at, RESULT) for at in (row, row + 1, row + len(group.checks)))
    grid.put(
        row,
        UNIT,
        filled_message("{good} of {every} OK", good=f.COUNTIF(head.to(last), OK), every=f.ROWS(first.to(last))),
        Style.HEADING,
    )


def _check(grid: Grid, row: int, group: CheckGroup, check: Check) -> None:
    one, other, difference, allowed = (grid.cell(row, column) for column in (ONE_WAY, OTHER_WAY, DIFFERENCE, ALLOWED))
    own = grid.cell(row, FIRST_OPTION).to(grid.cell(row, FIRST_OPTION + max(1, len(check.options)) - 1))
    apart: Expression = f.ABS(one - other)
    if check.against is not None:
        apart = f.MAX(apart, f.SUMPRODUCT(f.ABS(own - cells_of(check.against, fixed=True))))
    absolute, relative = (grid.cell(at, RESULT, fixed=True) for at in (ABSOLUTE_ROW, RELATIVE_ROW))
    tolerance = Constant(0.0) if group.counted else f.MAX(absolute, relative * f.MAX(f.ABS(one), f.ABS(other)))
    result = f.IF(f.ISNUMBER(difference), f.IF(difference.equals(0.0), OK, group.otherwise), FAILED)
    grid.put(row, LABEL, check.title, Style.LABEL)
    grid.put(row, UNIT, check.unit, Style.UNIT)
    grid.put(row, RESULT, result, Style.CHECK)
    grid.put(row, SHEET, sheet_title(check.sheet), Style.LINK, link=place(check.sheet))
    grid.put(row, ONE_WAY, check.known, Style.CALCULATION, formula=check.one_way or f.SUM(own))
    grid.put(row, OTHER_WAY, check.other_way, Style.CALCULATION)
    grid.put(row, DIFFERENCE, f.IF(apart <= allowed, 0.0, apart), Style.CALCULATION, _NOTHING)
    grid.put(row, ALLOWED, tolerance, Style.CALCULATION, _NOTHING)
    for column, way in enumerate(check.options, FIRST_OPTION):
        grid.put(row, column, way, Style.CALCULATION)


def _formats(grid: Grid, cells: Cells, groups: Sequence[CheckGroup]) -> None:
    """Number formats of both ways, and of differences that are counts, by what is shown."""
    for first, group in rows_of(groups):
        for row, check in enumerate(group.checks, first + 1):
            columns = (ONE_WAY, OTHER_WAY, *range(FIRST_OPTION, FIRST_OPTION + len(check.options)))
            amounts = [number(cells.value(Address(CHECKS, row, column))) for column in columns]
            whole = group.counted and all(amount == round(amount) for amount in amounts)
            shown = "#,##0" if whole else result_format(amounts, PLAIN)
            for column in (*columns, *([DIFFERENCE] if whole else [])):
                grid.show_as(row, column, shown)
