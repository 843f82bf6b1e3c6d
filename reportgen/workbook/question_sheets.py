"""Which sheet answers each question, by the question's id."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.workbook.grid import Grid
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.break_even import break_even_sheet
from reportgen.workbook.sheets.cash_flow import cash_flow_sheet
from reportgen.workbook.sheets.checklist import checklist_sheet
from reportgen.workbook.sheets.common import Book
from reportgen.workbook.sheets.features import features_sheet
from reportgen.workbook.sheets.profiles import profiles_sheet
from reportgen.workbook.sheets.published import published_sheet
from reportgen.workbook.sheets.ranges import ranges_sheet
from reportgen.workbook.sheets.scenarios import scenarios_sheet
from reportgen.workbook.sheets.scorecard import scorecard_sheet
from reportgen.workbook.sheets.sensitivity import sensitivity_sheet
from reportgen.workbook.sheets.simulation import simulation_sheet

FILLED_BY: dict[str, Callable[[Book, Questions], Grid]] = {
    "scenarios": scenarios_sheet,
    "sensitivity": sensitivity_sheet,
    "break_even": break_even_sheet,
    "cash_flow": cash_flow_sheet,
    "ranges": ranges_sheet,
    "simulation": simulation_sheet,
    "scorecard": scorecard_sheet,
    "features": features_sheet,
    "checklist": checklist_sheet,
    "profiles": profiles_sheet,
    "published": published_sheet,
}
"""Each is called where the model asks its question."""
