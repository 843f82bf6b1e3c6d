"""The checklist: questions answered by the model or by the reader, counted against a threshold."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.results import Results
from reportgen.model.checklist_model import Question


@dataclass(frozen=True, slots=True)
class Answered:
    question: Question
    answer: bool


@dataclass(frozen=True, slots=True)
class ChecklistOutcome:
    """`count` questions are answered yes; with `threshold` or more of them the checklist is `met`."""

    title: str
    answers: tuple[Answered, ...]
    count: int
    threshold: int
    met: bool
    verdict: str


def checklist(results: Results) -> ChecklistOutcome | None:
    """The checklist with its verdict, None where there is none. Raises ModelError where a condition has no result."""
    checklist = results.model.assessment.checklist
    if checklist is None:
        return None
    answers = tuple(Answered(question, _answer(question, results)) for question in checklist.questions)
    count = sum(each.answer for each in answers)
    met = count >= checklist.threshold
    return ChecklistOutcome(
        checklist.title, answers, count, checklist.threshold, met, checklist.met if met else checklist.otherwise
    )


def _answer(question: Question, results: Results) -> bool:
    if question.condition is None:
        return bool(question.answer)
    return results.holds(question.condition, f"question {question.id}")
