"""Values of cases that do not follow changed inputs: sheets that show them say so, and when they are out of date."""

from __future__ import annotations

from reportgen.model.scenarios_model import Scenario
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.book_words import message
from reportgen.workbook.expressions import Expression, cell
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import FIRST, Plan

AS_MADE = message("As this book was made: values over time do not follow inputs")
OUT_OF_DATE = message("Out of date: inputs or the scenario differ from those this book was made with; make it again")

NOTE_ROW = 1
"""Beside the title, which stays in view."""


def out_of_date(plan: Plan, scenario: Scenario | None) -> Expression:
    """Whether an input differs from the one that the book was made with, or another scenario than `scenario` is
    selected (None: the values are the same in all)."""
    changed = cell(plan.changed_inputs, fixed=True) > 0.0
    if scenario is None:
        return changed
    title = cell(plan.scenario_head(plan.scenario_column(scenario)), fixed=True)
    return f.OR(changed, cell(plan.selector, fixed=True).differs(title))


def note_as_made(plan: Plan, grid: Grid, scenario: Scenario | None) -> None:
    """Beside the title of a sheet that shows such values."""
    grid.put(NOTE_ROW, FIRST, f.IF(out_of_date(plan, scenario), OUT_OF_DATE, AS_MADE), Style.NOTICE)
