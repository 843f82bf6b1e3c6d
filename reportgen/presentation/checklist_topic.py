"""The checklist: its questions with their answers, and the verdict."""

from __future__ import annotations

from reportgen.compute.checklist import Answered, ChecklistOutcome
from reportgen.model.written import NO, YES
from reportgen.presentation.result_cells import Cells, as_sentence
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import TableCell, TableRow, ValueTable


def checklist_topic(cells: Cells) -> Topic | None:
    """The questions with their answers and the verdict; None where there is no checklist."""
    outcome = cells.results.checklist
    if outcome is None:
        return None
    checklist = cells.model.assessment.checklist
    rows = tuple(_question(cells, each) for each in outcome.answers)
    heads = (cells.gettext("Answer"), cells.gettext("Answered by"))
    table = ValueTable("beyond-checklist-table", outcome.title, cells.gettext("Question"), heads, rows)
    text = [checklist.note] if checklist is not None and checklist.note else []
    text.append(verdict_sentence(cells, outcome))
    return Topic("beyond-checklist", cells.gettext("Checklist"), (TopicBlock("", tuple(text), (), (table,)),))


def verdict_sentence(cells: Cells, outcome: ChecklistOutcome) -> str:
    """How many questions are answered yes, and what that means."""
    return cells.gettext(
        "Questions answered yes: {count} of {all}; needed: {threshold}. The verdict: {verdict}",
        count=outcome.count,
        all=len(outcome.answers),
        threshold=outcome.threshold,
        verdict=as_sentence(outcome.verdict),
    )


def _question(cells: Cells, each: Answered) -> TableRow:
    state = YES if each.answer else NO
    answer = TableCell(cells.term(state), best=each.answer, state=state)
    by = TableCell(
        cells.gettext("the model") if each.question.condition is not None else cells.gettext("the reader"), word=True
    )
    return TableRow(each.question.title, each.question.id, (answer, by), note=each.question.note)
