"""All checks of a workbook, by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportgen.questions import SIMULATION
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.as_made import out_of_date
from reportgen.workbook.book_words import message, sheet_title
from reportgen.workbook.check_answers import assessment, cases, cash_flow_sums, published_figures, simulated
from reportgen.workbook.check_inputs import (
    changes_explained,
    horizon,
    inputs_changed,
    units,
    usable_inputs,
    within_ranges,
)
from reportgen.workbook.check_structure import shown_totals, structure
from reportgen.workbook.check_sums import category_sums, complete_options, cost_words, spare_words, total_sums
from reportgen.workbook.checks import FAILED, NOTED, Check, CheckGroup, next_row
from reportgen.workbook.expressions import Constant, Operand, cell, cells_of
from reportgen.workbook.grid import Grid
from reportgen.workbook.moved_rows import rows_in_place
from reportgen.workbook.plan import CASES, CHECKS, FIRST_ROW, GUIDE, INPUTS, UNIT, Plan
from reportgen.workbook.question_layout import Questions


def check_groups(plan: Plan, questions: Questions) -> tuple[CheckGroup, ...]:
    """Every check but those of error values, which need the sheets."""
    words = tuple(cost_words(plan))
    before = (
        CheckGroup(message("Items add up to the totals of categories"), tuple(category_sums(plan))),
        CheckGroup(message("Categories add up to totals"), tuple(total_sums(plan))),
        CheckGroup(message("Costs are numbers, or words that stand for one"), words, counted=True),
    )
    first = next_row(_filled(before[:-1])) + 1
    inputs = [*usable_inputs(plan)]
    if plan.series:
        inputs.append(horizon(plan))
    structural, shown = tuple(structure(plan, questions)), tuple(shown_totals(plan, questions))
    notable = [
        *complete_options(plan, first, len(words)),
        *within_ranges(plan),
        inputs_changed(plan),
        changes_explained(plan),
    ]
    # What a book is made with instead of the model's own values is a change as well.
    typed_sheets = questions.typed_sheets
    typed: Operand = FAILED
    if CASES in typed_sheets:
        typed = f.IF(out_of_date(plan, typed_sheets[CASES]), NOTED, FAILED)
    once_changed: Operand = NOTED if plan.model.overridden else f.IF(cell(plan.changed_inputs) > 0.0, NOTED, FAILED)
    groups = (
        *before,
        CheckGroup(message("Spare lines"), tuple(spare_words(plan)), counted=True),
        CheckGroup(message("Inputs can be used"), tuple(inputs), counted=True),
        CheckGroup(message("Every row of numbers has a unit"), tuple(units(plan)), counted=True),
        CheckGroup(message("Titles, rows and columns are where they belong"), structural, counted=True),
        CheckGroup(message("For information: noted, not a failure"), tuple(notable), counted=True, otherwise=NOTED),
        CheckGroup(message("Cases come to the same totals"), tuple(cases(plan, questions)), otherwise=typed),
        CheckGroup(message("Scenarios shows the same totals"), shown, otherwise=typed),
        CheckGroup(message("Cash flow"), tuple(cash_flow_sums(plan, questions))),
        CheckGroup(message("Scores and answers"), tuple(assessment(plan)), counted=True),
        CheckGroup(message("Published figures"), tuple(published_figures(plan)), counted=True, otherwise=once_changed),
        CheckGroup(message("Simulation"), tuple(simulated(plan, questions)), otherwise=NOTED),
    )
    return _filled(groups)


def _filled(groups: Iterable[CheckGroup]) -> tuple[CheckGroup, ...]:
    return tuple(group for group in groups if group.checks)


def in_place(plan: Plan, grids: Sequence[Grid]) -> CheckGroup:
    """Rows that formulas refer to stand where they were."""
    return CheckGroup(message("Rows have not been sorted or moved"), tuple(rows_in_place(plan, grids)), counted=True)


def no_errors(plan: Plan, grids: Sequence[Grid]) -> CheckGroup:
    """No formula of a sheet shows an error; one on a category's sheet is seen where its items are added up. Guide and
    Simulation have formulas for titles only."""
    others = {*plan.category_sheets.values(), CHECKS, GUIDE, INPUTS, SIMULATION}
    found = tuple(check for grid in grids if grid.name not in others for check in _errors(grid))
    return CheckGroup(message("No error values"), found, counted=True)


def _errors(grid: Grid) -> Iterator[Check]:
    cells = [at for at in grid.cells if grid.computes(*at) and at[0] >= FIRST_ROW]
    if cells:
        rows, columns = zip(*cells, strict=True)
        area = cells_of(Area(grid.name, FIRST_ROW, UNIT, max(rows), max(columns)))
        wrong = f.IF(f.ISNUMBER(f.SUM(area)), 0.0, 1.0)
        # No book is made with an error value, so that nothing has to be added up to know of none.
        yield Check(
            message("{sheet}: no error values", sheet=sheet_title(grid.name)),
            grid.name,
            message("sheets"),
            wrong,
            Constant(0.0),
            known=0.0,
        )
