"""On Break-even: the places where a curve may change slope or jump, found live, so that the curve has points there."""

from __future__ import annotations

from reportgen.compute.breakpoints import FLAT
from reportgen.compute.find_breakpoints import STEPS, Breakpoint
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address
from reportgen.workbook.book_words import message, unit_words
from reportgen.workbook.cell_scale import WHOLE, cell_scale
from reportgen.workbook.expressions import Expression, cell, expression
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.layout import CurveRows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import FIRST, LABEL, UNIT, Plan
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.sheet_parts import Book, heading, heads
from reportgen.workbook.titles import Text, joined, table_title


def breakpoint_table(book: Book, grid: Grid, questions: Questions, number: int, rows: CurveRows) -> None:
    """A row for each place: the number that tells it at both ends of the range, the level at which something changes,
    and the driver's value there, on a straight line between the ends."""
    curve = questions.break_even_curves[number]
    if not curve.places:
        return
    driver = questions.break_evens[number].driver
    heading(grid, rows.places - 2, message("Breakpoints of the curve"), FIRST + 3)
    texts: list[tuple[int, Text, bool]] = [
        (LABEL, message("Breakpoint"), False),
        (UNIT, message("Unit"), False),
    ]
    names = (
        message("At the lower end"),
        message("At the upper end"),
        message("Threshold"),
        message("Driver at the breakpoint"),
    )
    heads(grid, rows.places - 1, [*texts, *((column, text, True) for column, text in enumerate(names, FIRST))])
    start, end = (grid.cell(row, FIRST, fixed=True) for row in (rows.start, rows.start + 1))
    for row, place in enumerate(curve.places, rows.places):
        breakpoint = place.breakpoint
        grid.put(row, LABEL, _title(book, breakpoint), Style.LABEL)
        grid.put(row, UNIT, unit_words(driver.unit), Style.UNIT)
        scale = cell_scale(book.model.tables[breakpoint.table].from_unit) if breakpoint.table else WHOLE
        shown = PLAIN if scale == WHOLE else PERCENT
        number_format = result_format((*place.ends, place.level), shown)
        at_start, at_end, level = (grid.cell(row, FIRST + step) for step in range(3))
        for step, case in enumerate((2 * number, 2 * number + 1)):
            translator = questions.ends.translator(book.plan, case)
            moved = translator.whole(breakpoint.moved, breakpoint.key.option, scale=scale)
            grid.put(row, FIRST + step, moved, Style.CALCULATION, number_format)
        grid.put(row, FIRST + 2, _level(book.plan, grid, breakpoint, row), Style.CALCULATION, number_format)
        still = f.ABS(at_end - at_start) <= FLAT * f.MAX(f.ABS(at_start), f.ABS(at_end))
        there = start + (level - at_start) * (end - start) / (at_end - at_start)
        found = f.IF(still, start, f.MIN(f.MAX(there, start), end))
        grid.put(row, FIRST + 3, found, Style.CALCULATION, result_format((place.at,), driver.unit))


def _level(plan: Plan, grid: Grid, breakpoint: Breakpoint, row: int) -> Expression:
    """A row of a table, a step of a rounding, or nothing."""
    if breakpoint.table:
        starts = plan.tables[breakpoint.table][0]
        return cell(Address(starts.sheet, starts.top + breakpoint.row, starts.left), fixed=True)
    if breakpoint.rounding is None:
        return expression(0.0)
    ends = grid.cell(row, FIRST), grid.cell(row, FIRST + 1)
    low: Expression = f.MIN(*ends)
    high: Expression = f.MAX(*ends)
    if breakpoint.digits:
        low, high = low / breakpoint.unit, high / breakpoint.unit
    first = f.ROUNDDOWN(low + (1.0 - breakpoint.shift), 0.0)
    last = f.ROUNDUP(high - breakpoint.shift if breakpoint.shift else high, 0.0) - 1.0
    begin = grid.cell(row - breakpoint.step, UNIT, fixed_row=True)
    steps = begin.to(grid.cell(row - breakpoint.step + STEPS - 1, UNIT, fixed_row=True))
    stride = f.MAX(1.0, f.ROUNDUP((last - first + 1.0) / f.ROWS(steps), 0.0))
    step = first + (f.ROWS(begin.to(grid.cell(row, UNIT))) - 1.0) * stride
    step = step + breakpoint.shift if breakpoint.shift else step
    return step * breakpoint.unit if breakpoint.digits else step


def _title(book: Book, breakpoint: Breakpoint) -> Text:
    what: Text
    if breakpoint.table:
        what = table_title(
            book.plan, book.model.tables[breakpoint.table], message(", row {row}", row=breakpoint.row + 1)
        )
    elif breakpoint.rounding is not None:
        what = message("rounding, step {step}", step=breakpoint.step + 1)
    else:
        what = message("condition") if breakpoint.jump else message("lower and higher value swap")
    way = message(", method {way}", way=breakpoint.way) if breakpoint.way else ""
    return joined(book.key_title(breakpoint.key, ": "), what, way)
