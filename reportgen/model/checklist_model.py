"""The checklist of the model file: as written, and with its conditions checked."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.formula.checker import check_condition
from reportgen.formula.nodes import Node
from reportgen.model.amounts import FORMULA, Whole
from reportgen.model.compounds import Entries
from reportgen.model.kinds import TEXT, TITLE, Choice, Prose
from reportgen.model.question_context import Context
from reportgen.model.records import Either, optional, record, required
from reportgen.model.written import NO, YES, FormulaSpec, NumberSpec, Text


@record(
    "question {}",
    Either(
        "formula",
        "answer",
        "is answered by a formula or by the reader",
        "`formula:` with a condition, or `answer:` with yes or no",
    ),
)
class QuestionSpec:
    """Answered by a condition or by the reader; the other is None."""

    id: Text
    title: str = required(TITLE, "the question, to be answered with yes or no")
    formula: FormulaSpec | None = optional(FORMULA, "a condition that answers it")
    answer: Text | None = optional(Choice((YES, NO)), "the reader's answer, a cell to edit")
    note: str = optional(TEXT, "a remark", "")


@record("the checklist")
class ChecklistSpec:
    title: str = required(TITLE, "what is to be decided")
    note: str = optional(TEXT, "a remark", "")
    threshold: NumberSpec = required(Whole(1), "how many questions must be answered yes")
    met: str = required(Prose(200), "the verdict if they are")
    otherwise: str = required(Prose(200), "the verdict if they are not")
    questions: tuple[QuestionSpec, ...] = required(Entries(QuestionSpec), "the questions")


@dataclass(frozen=True, slots=True)
class Question:
    """Answered by `condition`, or by the reader, whose `answer` is editable; the other is None."""

    id: str
    title: str
    condition: Node | None
    formula_text: str
    answer: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """`met` is the verdict where `threshold` questions or more are answered yes, else `otherwise`."""

    title: str
    note: str
    threshold: int
    met: str
    otherwise: str
    questions: tuple[Question, ...]


def check_checklist(written: ChecklistSpec, context: Context) -> Checklist:
    """Reports RG212 and what `check_condition` does."""
    questions, threshold = tuple(_question(each, context) for each in written.questions), written.threshold
    if 0 < len(questions) < threshold.value:
        message = f"{threshold.value:.0f} of {len(questions)} questions cannot be answered yes"
        context.problems.error("RG212", message, threshold.span, "lower the threshold")
    texts = written.title, written.note, int(threshold.value), written.met, written.otherwise
    return Checklist(*texts, questions)


def _question(written: QuestionSpec, context: Context) -> Question:
    condition, text = None, ""
    if written.formula is not None:
        what = f"question `{written.id}`"
        typed = check_condition(written.formula.syntax, what, context.scope, context.problems)
        condition, text = (typed.node if typed else None), written.formula.text
    answer = None if written.answer is None else written.answer.text == YES
    return Question(written.id.text, written.title, condition, text, answer, written.note)
