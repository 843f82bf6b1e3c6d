"""Every question of a model has its part in each face."""

from __future__ import annotations

from dataclasses import replace

from reportgen.compute.answers import ANALYSES, Answers, evaluate
from reportgen.data.answers_json import FIELDS
from reportgen.model.load import load_model
from reportgen.presentation.question_topics import topic_of
from reportgen.presentation.result_cells import Cells
from reportgen.questions import BY_ID, QUESTIONS
from reportgen.workbook.build_workbook import filled_by
from tests.conftest import MODELS
from tests.model.samples import sample

IDS = set(BY_ID)
ASKING_ALL = MODELS[0]


def test_every_question_has_its_part_in_each_face() -> None:
    assert len(BY_ID) == len(QUESTIONS)
    assert {question.answer for question in QUESTIONS} <= set(ANALYSES)
    assert set(FIELDS) == IDS
    cells = Cells(evaluate(load_model(ASKING_ALL)[0]), "en")
    for id_ in IDS:
        assert filled_by(id_).__module__ == f"reportgen.workbook.sheets.{id_}"
        assert topic_of(cells, id_) is not None


def test_a_model_that_asks_nothing_answers_nothing() -> None:
    model = replace(sample(), scenarios=(), sensitivity=None, break_evens=(), simulation=None)
    requests = [question.id for question in QUESTIONS if question.is_requested(model)]
    assert requests == []
    answers: Answers = evaluate(model)
    for question in QUESTIONS:
        assert FIELDS[question.id](answers) in (None, []), question.id
        assert not getattr(answers, question.answer), question.id
        assert topic_of(Cells(answers, "en"), question.id) is None
