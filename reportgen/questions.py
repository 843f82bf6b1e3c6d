"""What a model may ask: one record a question, with its name in the model file, in JSON and on the command line.

Each layer has its part of every question under the question's id: `compute.answers` the answer, `workbook.sheets` what
fills its sheet, `presentation` the topic that report and terminal show, `data.answers` its fields of JSON. A test holds
that none lacks one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.model.model import Model


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is its key in JSON and, with hyphens, its flag of `show`; `key` is what asks it in the model file; `answer`
    is the property of `Answers` that has its answer; `sheet` names its sheet, and `has_cases` says that rows of Cases
    compute what is on it; `meaning` says in a line what it tells."""

    id: str
    key: str
    sheet: str
    meaning: str
    answer: str
    is_requested: Callable[[Model], bool]
    has_cases: bool

    @property
    def flag(self) -> str:
        return f"--{self.id.replace('_', '-')}"

    @property
    def not_requested(self) -> str:
        return f"the model has no `{self.key}`"


def _question(
    sheet: str, meaning: str, is_requested: Callable[[Model], bool], *, key: str = "", has_cases: bool = False
) -> Question:
    id_ = sheet.lower().replace(" ", "_").replace("-", "_")
    return Question(id_, key or id_, sheet, meaning, key or id_, is_requested, has_cases)


QUESTIONS = (
    _question("Scenarios", "All scenarios side by side.", lambda model: bool(model.scenarios), has_cases=True),
    _question("Sensitivity", "Which inputs matter.", lambda model: model.sensitivity is not None, has_cases=True),
    _question(
        *("Break-even", "From where on which option pays.", lambda model: bool(model.break_evens)),
        key="break_evens",
        has_cases=True,
    ),
    _question("Cash flow", "Year by year, discounted.", lambda model: model.cash_flow is not None, has_cases=True),
    _question("Ranges", "Totals from low to high.", lambda model: bool(model.assessment.ranges), has_cases=True),
    _question("Simulation", "How sure the totals are.", lambda model: model.simulation is not None),
    _question("Scorecard", "Weighted scores.", lambda model: model.assessment.scorecard is not None),
    _question("Features", "Which option covers what.", lambda model: bool(model.assessment.features)),
    _question("Checklist", "Questions with their verdict.", lambda model: model.assessment.checklist is not None),
    _question("Profiles", "Who should choose what.", lambda model: bool(model.assessment.profiles)),
    _question(
        *("Published", "What is stated elsewhere, and what follows.", lambda model: bool(model.assessment.published)),
        has_cases=True,
    ),
)
"""In the order of the workbook and of the report."""
BY_ID = {question.id: question for question in QUESTIONS}
