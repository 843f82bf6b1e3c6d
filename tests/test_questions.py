"""Every question of a model has its part in each face."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace

from reportgen.compute.answers import ANALYSES, Answers, evaluate
from reportgen.data.answers_json import FIELDS
from reportgen.model.load import load_model
from reportgen.presentation.question_topics import topic_of
from reportgen.presentation.result_cells import Cells
from reportgen.questions import BY_ID, QUESTIONS
from reportgen.workbook.build_workbook import filled_by
from tests.conftest import MODELS, ROOT
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


def words_of(text: str) -> Iterator[str]:
    """Every name and every string of a module but for its docstrings."""
    tree = ast.parse(text)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) not in docstrings:
            yield from (value for _, value in ast.iter_fields(node) if isinstance(value, str))


def modules_that_name(word: str) -> set[str]:
    package = ROOT / "reportgen"
    texts = {path.relative_to(package).as_posix(): path.read_text("utf-8") for path in package.rglob("*.py")}
    return {name for name, text in texts.items() if any(word in each.lower() for each in words_of(text))}


def test_a_question_stands_in_eight_modules_and_those_of_what_it_has_beyond() -> None:
    """The two lists of CONTRIBUTING.md are all modules that name the scorecard."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Adding a question")[1].split("## ")[0]
    needed = re.findall(r"^\d+\. `([^`]+)`", text, re.MULTILINE)
    beyond = [path for line in re.findall(r"^- (.+):", text, re.MULTILINE) for path in re.findall(r"`([^`]+)`", line)]
    assert len(needed) == 8
    assert sorted(needed + beyond) == sorted(modules_that_name("scorecard"))
