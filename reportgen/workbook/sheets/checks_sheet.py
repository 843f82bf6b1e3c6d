"""The Checks sheet: every check with both ways to its number, by kind; the master check first."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.formula.units import PLAIN
from reportgen.workbook.address import Address, Area, column_letters
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
    counted,
    next_row,
    rows_of,
)
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import CHECK_ROW, CHECKS, FIRST, FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.sheets.common import NOTE_WIDTH, NUMBER_WIDTH, Book, heading, heads, new_grid, place
from reportgen.workbook.validations import number_rules

_NOTHING = "[=0]0;0.0E+00"
"""A difference that is none is shown as 0, any other by its size."""


NOTHING_NOTED = "nothing to note"


def checks_sheet(book: Book, groups: Sequence[CheckGroup]) -> Grid:
    """The master check, what it counts and by which tolerances; then the groups of checks."""
    subtitle = "Two ways to the same number; the one way for each option stands at the right."
    grid = new_grid(book, CHECKS, "register", "Checks", subtitle)
    grid.for_screens = True
    numbers = dict.fromkeys((ONE_WAY, OTHER_WAY), 20.0) | {DIFFERENCE: 14.0, ALLOWED: 14.0}
    grid.widths.update({LABEL: 62.0, UNIT: 18.0, RESULT: 14.0, **numbers, SHEET: 24.0, NOTE: NOTE_WIDTH})
    grid.widths.update(dict.fromkeys(range(FIRST_OPTION, _last(book) + 1), NUMBER_WIDTH))
    texts = [(LABEL, "Check", False), (UNIT, "Unit", False), (RESULT, "Result", False), (SHEET, "About", False)]
    texts += [(ONE_WAY, "One way", True), (OTHER_WAY, "The other way", True), (DIFFERENCE, "Difference", True)]
    texts += [(ALLOWED, "Allowed", True), (NOTE, "Note", False)]
    texts += [(column, option.title, True) for column, option in enumerate(book.model.options, FIRST_OPTION)]
    heads(grid, HEAD_ROW, texts)
    _head(book, grid, groups)
    for row, group in rows_of(groups):
        _heading(book, grid, row, group)
        said = ""
        for at, check in enumerate(group.checks, row + 1):
            _check(grid, at, group, check)
            grid.put(at, NOTE, check.note if check.note != said else "", Style.TEXT)
            said = check.note
    return grid


def tell_counts(summary: Grid, groups: Sequence[CheckGroup]) -> None:
    """Beside the master check on Summary: how many checks are noted, short enough to leave room for a logo."""
    formula = "=" + Address(CHECKS, COUNT_ROW, SHEET).seen_from(summary.name)
    summary.put(CHECK_ROW, FIRST, _noted(groups), Style.LINKED_LINE, formula=formula)


def _noted(groups: Sequence[CheckGroup]) -> str:
    count = sum(group.count(NOTED) for group in groups)
    return f"{count} to note" if count else NOTHING_NOTED


def _last(book: Book) -> int:
    return FIRST_OPTION + len(book.model.options) - 1


def _head(book: Book, grid: Grid, groups: Sequence[CheckGroup]) -> None:
    last = next_row(groups) - 2
    results = Area(CHECKS, FIRST_GROUP_ROW, RESULT, last, RESULT).seen_from(CHECKS)
    sheets = Area(CHECKS, FIRST_GROUP_ROW, SHEET, last, SHEET).seen_from(CHECKS)
    grid.put(FIRST_ROW, LABEL, "All checks", Style.OUTPUT_LABEL)
    grid.put(FIRST_ROW, UNIT, None, Style.OUTPUT)
    master = f'=IF(COUNTIF({results},"{OK}")+COUNTIF({results},"{NOTED}")=COUNTA({sheets}),"{OK}","{FAILED}")'
    grid.put(FIRST_ROW, RESULT, OK if book.checks_hold else FAILED, Style.CHECK, formula=master)
    text = f'=COUNTA({sheets})&" checks: "&COUNTIF({results},"{OK}")&" OK, "&C{COUNT_ROW}&" to note, "'
    text += f'&COUNTA({sheets})-COUNTIF({results},"{OK}")-C{COUNT_ROW}&" to look at"'
    grid.put(COUNT_ROW, LABEL, counted(groups), Style.LABEL, formula=text)
    grid.put(COUNT_ROW, UNIT, "notes", Style.UNIT)
    notes = f'=COUNTIF({results},"{NOTED}")'
    noted = float(sum(group.count(NOTED) for group in groups))
    grid.put(COUNT_ROW, RESULT, noted, Style.CALCULATION, "0", formula=notes)
    text = f'=IF(C{COUNT_ROW}=0,"{NOTHING_NOTED}",C{COUNT_ROW}&" to note")'
    grid.put(COUNT_ROW, SHEET, _noted(groups), Style.SUBTITLE, formula=text)
    for row, value, title, unit in (
        (RELATIVE_ROW, RELATIVE_TOLERANCE, "Amounts are the same within this share of the larger one", "1"),
        (ABSOLUTE_ROW, ABSOLUTE_TOLERANCE, "or, if that is more, within", "the check’s unit"),
    ):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, unit, Style.UNIT)
        grid.put(row, RESULT, value, Style.INPUT, "0E+00")
        area = Area(CHECKS, row, RESULT, row, RESULT)
        grid.validations += number_rules((area,), "Tolerance", "1E-9 is nine digits.", (0.0, 1.0))
        grid.marks[row] = Mark(SHEET, "Tolerance")


def _heading(book: Book, grid: Grid, row: int, group: CheckGroup) -> None:
    """The kind of checks, and how many of them are OK."""
    heading(grid, row, group.title, _last(book))
    del grid.cells[row, UNIT]
    last = row + len(group.checks)
    results, rows = (Area(CHECKS, first, RESULT, last, RESULT).seen_from(CHECKS) for first in (row, row + 1))
    text = f"{group.count(OK)} of {len(group.checks)} OK"
    formula = f'=COUNTIF({results},"{OK}")&" of "&ROWS({rows})&" OK"'
    grid.put(row, UNIT, text, Style.HEADING, formula=formula)


def _check(grid: Grid, row: int, group: CheckGroup, check: Check) -> None:
    one, other, apart, allowed = (f"{column_letters(each)}{row}" for each in (ONE_WAY, OTHER_WAY, DIFFERENCE, ALLOWED))
    own = Area(CHECKS, row, FIRST_OPTION, row, FIRST_OPTION + max(1, len(check.options)) - 1).seen_from(CHECKS)
    amounts = (check.left, check.right, *(value for value, _ in check.options))
    whole = group.counted and all(amount == round(amount) for amount in amounts)
    number_format = "#,##0" if whole else result_format(amounts, PLAIN)
    grid.put(row, LABEL, check.title, Style.LABEL)
    grid.put(row, UNIT, check.unit, Style.UNIT)
    failed = f'"{FAILED}"'
    if group.excuse is not None:
        condition = group.excuse.condition
        failed = f'IF({condition},"{NOTED}","{FAILED}")' if condition else f'"{NOTED}"'
    result = f'=IF(ISNUMBER({apart}),IF({apart}=0,"{OK}",{failed}),"{FAILED}")'
    grid.put(row, RESULT, group.result(check), Style.CHECK, formula=result)
    left = check.left_formula or f"=SUM({own})"
    grid.put(row, ONE_WAY, check.left, Style.CALCULATION, number_format, formula=left)
    grid.put(row, OTHER_WAY, check.right, Style.CALCULATION, number_format, formula=check.right_formula)
    far = f"ABS({one}-{other})"
    if check.against is not None:
        far = f"MAX({far},SUMPRODUCT(ABS({own}-{check.against[0].seen_from(CHECKS, fixed=True)})))"
    difference = f"=IF({far}<={allowed},0,{far})"
    grid.put(
        row, DIFFERENCE, group.difference(check), Style.CALCULATION, "#,##0" if whole else _NOTHING, formula=difference
    )
    within = f"=MAX($C${ABSOLUTE_ROW},$C${RELATIVE_ROW}*MAX(ABS({one}),ABS({other})))"
    formula = "=0" if group.counted else within
    grid.put(row, ALLOWED, group.allowed(check), Style.CALCULATION, _NOTHING, formula=formula)
    grid.put(row, SHEET, check.sheet, Style.LINK, link=place(check.sheet))
    for column, (value, text) in enumerate(check.options, FIRST_OPTION):
        grid.put(row, column, value, Style.CALCULATION, number_format, formula=text)
