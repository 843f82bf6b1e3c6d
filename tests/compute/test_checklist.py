"""Questions are answered by the model or the reader, and counted."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.checklist import ChecklistOutcome, checklist
from reportgen.problems import ModelError
from tests.model.samples import SAMPLE, load

CHECKLIST = """
checklist:
  title: Is self-running worth a closer look?
  threshold: 2
  met: Ask for offers
  otherwise: Stay
  questions:
    size: {title: Is the team large?, formula: "seats > 240 [seat]"}
    price: {title: Is the fee above that of a machine?, formula: "seat_fee * seats > infrastructure.self_run"}
    admins: {title: Is there an administrator?, answer: no}
    offline: {title: Must it work offline?, answer: yes}
"""


def outcome(text: str = CHECKLIST, scenario: str | None = None) -> ChecklistOutcome:
    model = load(SAMPLE + text)
    found = checklist(evaluate(model, model.scenario(scenario)))
    assert found is not None
    return found


def test_each_question_is_answered_where_its_answer_stands() -> None:
    answers = {each.question.id: each.answer for each in outcome().answers}
    assert answers == {"size": False, "price": True, "admins": False, "offline": True}


def test_the_threshold_decides() -> None:
    assert (outcome().count, outcome().met, outcome().verdict) == (2, True, "Ask for offers")
    three = outcome(CHECKLIST.replace("threshold: 2", "threshold: 3"))
    assert (three.count, three.met, three.verdict) == (2, False, "Stay")


def test_a_scenario_changes_what_the_model_answers() -> None:
    assert outcome(scenario="growth").count == 3


def test_a_model_without_checklist_has_no_outcome() -> None:
    assert checklist(evaluate(load(SAMPLE))) is None


def test_a_condition_without_result_is_reported_with_its_question() -> None:
    broken = CHECKLIST.replace("seats > 240 [seat]", "1 / (seats - 240 [seat]) > 0 [1/seat]")
    with pytest.raises(ModelError) as caught:
        outcome(broken)
    assert [(each.code, each.message) for each in caught.value.problems] == [
        ("RG501", "division by zero in `question size`")
    ]
