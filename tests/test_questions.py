"""Every question of a model has its part in each face."""

from __future__ import annotations

from dataclasses import replace

from reportgen.compute.answers import ANALYSES, Answers, evaluate
from reportgen.data.answers import FIELDS
from reportgen.presentation.question_topics import TOPICS
from reportgen.questions import BY_ID, QUESTIONS
from reportgen.workbook.plan import OF_CASES, SHEET_OF
from reportgen.workbook.question_sheets import FILLED_BY
from tests.model.samples import sample

IDS = set(BY_ID)


def test_every_question_has_its_part_in_each_face() -> None:
    assert len(BY_ID) == len(QUESTIONS)
    assert {question.answer for question in QUESTIONS} <= set(ANALYSES)
    for registry in (FIELDS, SHEET_OF, FILLED_BY, TOPICS):
        assert set(registry) == IDS
    assert set(OF_CASES) < IDS


def test_a_model_that_asks_nothing_answers_nothing() -> None:
    model = replace(sample(), scenarios=(), sensitivity=None, break_evens=(), simulation=None)
    requests = [question.id for question in QUESTIONS if question.is_requested(model)]
    assert requests == []
    answers: Answers = evaluate(model)
    for question in QUESTIONS:
        assert FIELDS[question.id](answers) in (None, []), question.id
        assert not getattr(answers, question.answer), question.id
