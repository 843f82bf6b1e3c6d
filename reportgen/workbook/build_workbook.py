"""The workbook of one set of results."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from reportgen.brand import Brand, shipped_brand
from reportgen.compute.answers import Answers
from reportgen.model.model import Model, Option
from reportgen.model.scenarios_model import BASE_SCENARIO, Scenario
from reportgen.questions import QUESTIONS
from reportgen.workbook.as_made import note_as_made
from reportgen.workbook.book_language import language_of
from reportgen.workbook.book_words import ENGLISH, BookWords
from reportgen.workbook.check_groups import check_groups, in_place, no_errors
from reportgen.workbook.conformance import RuleText
from reportgen.workbook.fit import Choices, fit
from reportgen.workbook.grid import Grid
from reportgen.workbook.limits import check_texts
from reportgen.workbook.moved_rows import mark_moved_rows
from reportgen.workbook.number_formats import result_format
from reportgen.workbook.plan import CALCULATIONS, CASES, Plan, plan_workbook
from reportgen.workbook.question_layout import Questions, lay_out_questions
from reportgen.workbook.settle import settle
from reportgen.workbook.sheets.assumptions import assumptions_sheet
from reportgen.workbook.sheets.calculations import calculations_sheet, category_sheet, totals_sheet
from reportgen.workbook.sheets.cases import cases_sheet
from reportgen.workbook.sheets.charts import stack_ends
from reportgen.workbook.sheets.checks_sheet import checks_sheet
from reportgen.workbook.sheets.guide import guide_sheet
from reportgen.workbook.sheets.inputs import inputs_sheet
from reportgen.workbook.sheets.log import log_sheet
from reportgen.workbook.sheets.sheet_parts import Book
from reportgen.workbook.sheets.sources import sources_sheet
from reportgen.workbook.sheets.summary import summary_sheet
from reportgen.workbook.sheets.timeline import timeline_sheet
from reportgen.workbook.timeline_layout import TIMELINE


def build_grids(
    plan: Plan,
    results: Answers,
    questions: Questions,
    brand: Brand,
    rules: Sequence[RuleText] = (),
    words: BookWords = ENGLISH,
) -> tuple[Grid, ...]:
    """Every sheet, filled and said in `words`, in the order of the book. Imports no openpyxl."""
    totals = [results.values[key] for total in plan.model.totals for key in plan.model.keys_of(total.name)]
    book = Book(plan, results, stack_ends(plan), result_format(totals, plan.model.headline.unit))
    filled = [*_sheets(book, questions, brand), guide_sheet(book, rules)]
    typed = questions.typed_sheets
    for grid in (each for each in filled if each.name in typed):
        note_as_made(plan, grid, typed[grid.name])
    filled.append(checks_sheet(book, (*check_groups(plan, questions), in_place(plan, filled), no_errors(plan, filled))))
    by_name = {grid.name: grid for grid in (*filled, inputs_sheet(book, filled))}
    mark_moved_rows(filled)
    grids = tuple(by_name[name] for name in plan.sheets)
    choices = Choices(_longest(plan.model.options), max(BASE_SCENARIO.title, _longest(plan.model.scenarios), key=len))
    settle(grids, words)
    check_texts(plan.model, grids)
    for grid in grids:
        fit(grid, choices, longer_words=words is not ENGLISH)
    return grids


def filled_by(question: str) -> Callable[[Book, Questions], Grid]:
    """What fills the sheet of a question: `<id>_sheet` in the module of `sheets` that is called as its id."""
    fill: Callable[[Book, Questions], Grid] = getattr(
        import_module(f"reportgen.workbook.sheets.{question}"), f"{question}_sheet"
    )
    return fill


def _longest(titled: Sequence[Option] | Sequence[Scenario]) -> str:
    return max((each.title for each in titled), key=len, default="")


def _sheets(book: Book, questions: Questions, brand: Brand) -> Iterator[Grid]:
    model: Model = book.model
    yield summary_sheet(book, brand.logo)
    yield assumptions_sheet(book)
    if CALCULATIONS in book.plan.sheets:
        yield calculations_sheet(book)
    if TIMELINE in book.plan.sheets:
        yield timeline_sheet(book)
    for category in model.categories:
        yield category_sheet(book, category)
    yield totals_sheet(book)
    for question in QUESTIONS:
        if question.is_requested(model):
            yield filled_by(question.id)(book, questions)
    if CASES in book.plan.sheets:
        yield cases_sheet(book, questions)
    yield log_sheet(book)
    yield sources_sheet(book)


def build_workbook(
    results: Answers,
    questions: Questions | None = None,
    brand: Brand | None = None,
    rules: Sequence[RuleText] = (),
    locale: str = "en",
) -> bytes:
    """The xlsx file of these results in the language of a locale: live formulas, each with its value stored.

    `questions` are the answers of `ask` if they are known already; `brand` is the shipped one unless given;
    `rules` are those of good modelling that the sheet Guide names. Raises ModelError as `ask` and `check_texts` do.
    """
    from reportgen.workbook.write import write_workbook

    plan = plan_workbook(results.model)
    brand = brand or shipped_brand()
    words = language_of(plan, locale)
    grids = build_grids(plan, results, questions or lay_out_questions(plan, results), brand, rules, words)
    return write_workbook(plan, grids, brand, words)
