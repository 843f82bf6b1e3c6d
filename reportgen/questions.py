"""What a model may ask: one record a question, with its name in the model file, in JSON and on the command line.

Each layer exports its part of every question under the question's id: `compute.answers` the answer,
`workbook.question_sheets` what fills its sheet, `presentation.question_topics` its texts and tables for report and
terminal, `data.answers` its fields of JSON. A test holds that none lacks one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.model.model import Model


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is its key in JSON and, with hyphens, its flag of `show`; `key` is what asks it in the model file; `answer`
    is the property of `Answers` that has its answer; `meaning` says in a line what it tells."""

    id: str
    key: str
    title: str
    meaning: str
    answer: str
    is_requested: Callable[[Model], bool]

    @property
    def flag(self) -> str:
        return f"--{self.id.replace('_', '-')}"

    @property
    def not_requested(self) -> str:
        return f"the model has no `{self.key}`"


def _question(id_: str, title: str, meaning: str, is_requested: Callable[[Model], bool], key: str = "") -> Question:
    return Question(id_, key or id_, title, meaning, key or id_, is_requested)


QUESTIONS = (
    _question("scenarios", "Scenarios", "All scenarios side by side.", lambda model: bool(model.scenarios)),
    _question("sensitivity", "Sensitivity", "Which inputs matter.", lambda model: model.sensitivity is not None),
    _question(
        *("break_even", "Break-even", "From where on which option pays."),
        lambda model: bool(model.break_evens),
        key="break_evens",
    ),
    _question("cash_flow", "Cash flow", "Year by year, discounted.", lambda model: model.cash_flow is not None),
    _question("simulation", "Simulation", "How sure the totals are.", lambda model: model.simulation is not None),
    _question("ranges", "Ranges", "Totals from low to high.", lambda model: bool(model.assessment.ranges)),
    _question(
        *("published", "Published figures", "What is stated elsewhere, and what follows."),
        lambda model: bool(model.assessment.published),
    ),
    _question("scorecard", "Scorecard", "Weighted scores.", lambda model: model.assessment.scorecard is not None),
    _question("features", "Features", "Which option covers what.", lambda model: bool(model.assessment.features)),
    _question(
        *("checklist", "Checklist", "Questions with their verdict."),
        lambda model: model.assessment.checklist is not None,
    ),
    _question("profiles", "Profiles", "Who should choose what.", lambda model: bool(model.assessment.profiles)),
)
BY_ID = {question.id: question for question in QUESTIONS}
