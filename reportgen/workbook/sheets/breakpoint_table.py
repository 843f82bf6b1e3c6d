"""On Break-even: the places where a curve may breakpoint or jump, found live, so that the curve has points there."""

from __future__ import annotations

from reportgen.compute.breakpoints import FLAT
from reportgen.compute.find_breakpoints import STEPS, Breakpoint
from reportgen.model.model import Model
from reportgen.workbook.address import Area
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.layout import CurveRows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import BREAK_EVEN, FIRST, LABEL, UNIT, Plan
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.common import Book, calculation, heading


def breakpoint_table(book: Book, grid: Grid, questions: Questions, number: int, rows: CurveRows) -> None:
    """A row for each place: the number that tells it at both ends of the range, the level at which something changes,
    and the driver's value there, on a straight line between the ends."""
    bent = questions.bent[number]
    if not bent.places:
        return
    driver = questions.break_evens[number].driver
    heading(grid, rows.places - 2, "Where the curve may breakpoint or jump", FIRST + 3)
    for column, text in enumerate(("at From", "at To", "changes at", "the driver there"), FIRST):
        grid.put(rows.places - 1, column, text, Style.WORD)
    start, end = f"$C${rows.start}", f"$C${rows.start + 1}"
    for row, place in enumerate(bent.places, rows.places):
        breakpoint = place.breakpoint
        grid.put(row, LABEL, _title(book.model, breakpoint), Style.LABEL)
        grid.put(row, UNIT, str(driver.unit), Style.UNIT)
        number_format = result_format((*place.ends, place.level), driver.unit)
        for step, (case, value) in enumerate(zip((2 * number, 2 * number + 1), place.ends, strict=True)):
            text = questions.ends.text(book.plan, BREAK_EVEN, case).formula(breakpoint.moved, breakpoint.key.option)
            calculation(grid, (row, FIRST + step), value, text, number_format)
        calculation(grid, (row, FIRST + 2), place.level, "=" + _level(book.plan, breakpoint, row), number_format)
        still = f"ABS(D{row}-C{row})<={FLAT:.0E}*MAX(ABS(C{row}),ABS(D{row}))"
        there = f"{start}+(E{row}-C{row})*({end}-{start})/(D{row}-C{row})"
        formula = f"=IF({still},{start},MIN(MAX({there},{start}),{end}))"
        calculation(grid, (row, FIRST + 3), place.at, formula, result_format((place.at,), driver.unit))


def _level(plan: Plan, breakpoint: Breakpoint, row: int) -> str:
    """A row of a table, a step of a rounding, or nothing."""
    if breakpoint.table:
        starts = plan.tables[breakpoint.table][0]
        row_of_table = starts.top + breakpoint.row
        return Area(starts.sheet, row_of_table, starts.left, row_of_table, starts.left).seen_from(
            BREAK_EVEN, fixed=True
        )
    if breakpoint.rounding is None:
        return "0"
    divided = f"/{breakpoint.unit:.15g}" if breakpoint.digits else ""
    less = f"-{breakpoint.shift}" if breakpoint.shift else ""
    first = f"ROUNDDOWN(MIN(C{row},D{row}){divided}+{1 - breakpoint.shift:g},0)"
    last = f"ROUNDUP(MAX(C{row},D{row}){divided}{less},0)-1"
    begin = row - breakpoint.step
    stride = f"MAX(1,ROUNDUP(({last}-{first}+1)/ROWS(B${begin}:B${begin + STEPS - 1}),0))"
    step = f"{first}+(ROWS(B${begin}:B{row})-1)*{stride}"
    more = f"+{breakpoint.shift}" if breakpoint.shift else ""
    return f"({step}{more})*{breakpoint.unit:.15g}" if breakpoint.digits else f"{step}{more}"


def _title(model: Model, breakpoint: Breakpoint) -> str:
    quantity = model.quantities[breakpoint.key.name]
    own = f", {model.option(breakpoint.key.option).title}" if breakpoint.key.option else ""
    if breakpoint.table:
        what = f"{model.tables[breakpoint.table].title}, row {breakpoint.row + 1}"
    elif breakpoint.rounding is not None:
        what = f"rounding, step {breakpoint.step + 1}"
    else:
        what = "condition" if breakpoint.jump else "lower and higher change places"
    return f"{quantity.title}{own}: {what}" + (f", way {breakpoint.way} of computing them" if breakpoint.way else "")
