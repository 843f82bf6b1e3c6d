"""The workbook of one set of results."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.compute.contributions import contribution_values
from reportgen.compute.results import Results
from reportgen.model.model import Model
from reportgen.workbook.checks import Check, checks, horizon_check
from reportgen.workbook.grid import Grid
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import Plan, plan_workbook
from reportgen.workbook.questions import Questions, ask
from reportgen.workbook.sheets.assumptions import assumptions_sheet
from reportgen.workbook.sheets.break_even import break_even_sheet
from reportgen.workbook.sheets.calculations import calculations_sheet, category_sheet, totals_sheet
from reportgen.workbook.sheets.cases import cases_sheet
from reportgen.workbook.sheets.cash_flow import cash_flow_sheet
from reportgen.workbook.sheets.common import Book
from reportgen.workbook.sheets.registers import about_sheet, checks_sheet, sources_sheet
from reportgen.workbook.sheets.scenarios import scenarios_sheet
from reportgen.workbook.sheets.sensitivity import sensitivity_sheet
from reportgen.workbook.sheets.simulation import simulation_sheet
from reportgen.workbook.sheets.summary import summary_sheet


def build_grids(plan: Plan, results: Results, questions: Questions) -> tuple[Grid, ...]:
    """Every sheet, filled, in the order of the book. Imports no openpyxl."""
    parts = {name: contribution_values(results, part) for name, part in plan.contributions.items()}
    found = checks(plan, results, parts)
    if questions.cash_flow is not None:
        found = (*found, horizon_check(plan, results, len(questions.years)))
    totals = [results.values[key] for total in plan.model.totals for key in plan.model.keys_of(total.name)]
    book = Book(
        plan, results, parts, all(check.holds for check in found), result_format(totals, plan.model.headline.unit)
    )
    grids = tuple(_sheets(book, found, questions))
    for grid in grids:
        grid.fit_heights()
    return grids


def _sheets(book: Book, found: tuple[Check, ...], questions: Questions) -> Iterator[Grid]:
    model: Model = book.model
    yield summary_sheet(book)
    yield assumptions_sheet(book)
    if model.calculations:
        yield calculations_sheet(book)
    for category in model.categories:
        yield category_sheet(book, category)
    yield totals_sheet(book)
    if questions.scenarios is not None:
        yield scenarios_sheet(book, questions.scenarios)
    if questions.sensitivity is not None:
        yield sensitivity_sheet(book, questions)
    if questions.break_evens:
        yield break_even_sheet(book, questions)
    if questions.cash_flow is not None:
        yield cash_flow_sheet(book, questions)
    if questions.blocks:
        yield cases_sheet(book, questions.blocks)
    if questions.simulation is not None:
        yield simulation_sheet(book, questions.simulation)
    yield sources_sheet(book)
    yield checks_sheet(book, found)
    yield about_sheet(book)


def build_workbook(results: Results, questions: Questions | None = None) -> bytes:
    """The xlsx file of these results: live formulas, each with its value stored.

    `questions` are the answers of `ask` if they are known already. Raises ModelError as `ask` does.
    """
    from reportgen.workbook.write import write_workbook

    plan = plan_workbook(results.model)
    return write_workbook(plan, build_grids(plan, results, questions or ask(plan, results)))
