"""The Checklist sheet: questions answered by the model or by the reader, and the verdict that follows."""

from __future__ import annotations

from reportgen.compute.checklist import Answered, ChecklistOutcome
from reportgen.model.checklist_model import Checklist
from reportgen.questions import CHECKLIST
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, together
from reportgen.workbook.cell_words import NO, YES
from reportgen.workbook.expressions import Constant
from reportgen.workbook.grid import Grid, Mark, Style, Validation
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.sheet_parts import (
    CHANGED_WIDTH,
    FORMULA_WIDTH,
    NOTE_WIDTH,
    NUMBER_WIDTH,
    Book,
    heading,
    heads,
    new_grid,
)
from reportgen.workbook.translate import Translator
from reportgen.workbook.validations import number_where

CHANGED, NOTE, FORMULA = FIRST + 1, FIRST + 2, FIRST + 3
QUESTION_WIDTH = 58


def checklist_sheet(book: Book, questions: Questions) -> Grid:
    """A row per question with its answer, then their count, the threshold and the verdict."""
    checklist, outcome = book.model.assessment.checklist, book.results.checklist
    assert checklist is not None and outcome is not None
    subtitle = message("Questions with a framed cell are yours to answer; the model answers the others.")
    grid = new_grid(book, CHECKLIST, "question", checklist.title, subtitle)
    grid.widths.update(
        {LABEL: QUESTION_WIDTH, FIRST: NUMBER_WIDTH, CHANGED: CHANGED_WIDTH, NOTE: NOTE_WIDTH, FORMULA: FORMULA_WIDTH}
    )
    texts = [
        (LABEL, message("Question"), False),
        (UNIT, message("Answered by"), False),
        (FIRST, message("Answer"), True),
        (CHANGED, message("Changed"), False),
    ]
    heads(grid, HEAD_ROW, [*texts, (NOTE, message("Note"), False), (FORMULA, message("Condition"), False)])
    for row, each in enumerate(outcome.answers, FIRST_ROW):
        _question(book, grid, row, each)
    _verdict(grid, checklist, outcome)
    return grid


def _question(book: Book, grid: Grid, row: int, each: Answered) -> None:
    question = each.question
    grid.put(row, LABEL, question.title, Style.LABEL)
    grid.put(row, UNIT, message("the reader") if question.condition is None else message("the model"), Style.UNIT)
    if question.condition is not None:
        condition = Translator(book.plan).whole(question.condition, None, unknown=False)
        grid.put(row, FIRST, f.IF(condition, YES, NO), Style.CALCULATION_TEXT)
    else:
        grid.put(row, FIRST, YES if each.answer else NO, Style.INPUT_TEXT)
        area = (Area(CHECKLIST, row, FIRST, row, FIRST),)
        error = message("Answer {yes} or {no}.", yes=YES, no=NO)
        grid.validations.append(
            Validation(area, question.title, error, error, list_of=Constant(together(YES, ",", NO)))
        )
    grid.marks[row] = Mark(CHANGED)
    grid.put(row, NOTE, question.note, Style.TEXT)
    grid.put(row, FORMULA, question.formula_text, Style.TEXT)


def _verdict(grid: Grid, checklist: Checklist, outcome: ChecklistOutcome) -> None:
    last = FIRST_ROW + len(outcome.answers) - 1
    count, threshold, met, otherwise, verdict = range(last + 3, last + 8)
    heading(grid, last + 2, message("Verdict"), FORMULA)
    # From the head on, which is no answer: some engines count in no single cell.
    answers = grid.cell(HEAD_ROW, FIRST).to(grid.cell(last, FIRST))
    for row, title in ((count, message("Answered yes")), (threshold, message("Needed"))):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, message("questions"), Style.UNIT)
    grid.put(count, FIRST, f.COUNTIF(answers, YES), Style.CALCULATION, "0")
    grid.put(threshold, FIRST, float(outcome.threshold), Style.INPUT, "0")
    area = Area(CHECKLIST, threshold, FIRST, threshold, FIRST)
    grid.marks[threshold] = Mark(CHANGED, message("Number"))
    needed, most = grid.cell(threshold, FIRST), len(outcome.answers)
    prompt = message("How many questions have to be answered yes: a whole number up to {most}.", most=most)
    rules = [needed >= 0.0, needed <= float(most), needed.equals(f.INT(needed))]
    error = message("Enter a whole number from 0 to {most}.", most=most)
    grid.validations.append(number_where(area, message("Needed"), prompt, rules, error))
    for row, title, text in (
        (met, message("With that many or more"), checklist.met),
        (otherwise, message("With fewer"), checklist.otherwise),
    ):
        grid.put(row, LABEL, title, Style.LABEL)
        grid.put(row, UNIT, "", Style.UNIT)
        grid.put(row, NOTE, text, Style.TEXT)
    grid.put(verdict, LABEL, message("Verdict"), Style.OUTPUT_LABEL)
    grid.put(verdict, UNIT, "", Style.OUTPUT_LABEL)
    grid.put(verdict, FIRST, "", Style.OUTPUT_TEXT)
    is_met = grid.cell(count, FIRST) >= needed
    grid.put(verdict, NOTE, f.IF(is_met, grid.cell(met, NOTE), grid.cell(otherwise, NOTE)), Style.OUTPUT_LABEL)
    if checklist.note:
        grid.put(verdict + 2, LABEL, checklist.note, Style.SUBTITLE)
