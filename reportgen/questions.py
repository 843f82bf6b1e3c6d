"""What a model may ask: one record a question, with its name in the model file, in JSON and on the command line.

Each layer has its part of every question under the question's id: `compute.answers` the answer, `workbook.sheets` what
fills its sheet, `presentation` the topic that report and terminal show, `data.answers` its fields of JSON. A test holds
that none lacks one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportgen.model.model import Model

SCENARIOS, SENSITIVITY, BREAK_EVEN, CASH_FLOW = "Scenarios", "Sensitivity", "Break-even", "Cash flow"
RANGES, SIMULATION = "Ranges", "Simulation"
SCORECARD, FEATURES, CHECKLIST, PROFILES, PUBLISHED = "Scorecard", "Features", "Checklist", "Profiles", "Published"
"""The sheets of the questions."""


@dataclass(frozen=True, slots=True)
class Question:
    """`sheet` names its sheet, `contents` says in the list of sheets what is on it, and `has_cases` that rows of Cases
    compute it; `meaning` says on the command line what it tells; `block` is the section of the report that shows its
    topic, "" for none; `asked_by` is its key in the model file where that is not its id."""

    sheet: str
    meaning: str
    contents: str
    block: str
    is_requested: Callable[[Model], bool]
    has_cases: bool = False
    asked_by: str = ""

    @property
    def id(self) -> str:
        """Its key in JSON."""
        return self.sheet.lower().replace(" ", "_").replace("-", "_")

    @property
    def key(self) -> str:
        """What asks it in the model file."""
        return self.asked_by or self.id

    @property
    def answer(self) -> str:
        """The property of `Answers` that has its answer."""
        return self.key

    @property
    def flag(self) -> str:
        """Its option of `show`."""
        return f"--{self.id.replace('_', '-')}"

    @property
    def not_requested(self) -> str:
        return f"the model has no `{self.key}`"


QUESTIONS = (
    Question(
        SCENARIOS,
        "All scenarios side by side.",
        "all scenarios side by side",
        "scenarios",
        lambda model: bool(model.scenarios),
        has_cases=True,
    ),
    Question(
        SENSITIVITY,
        "Which inputs matter.",
        "which inputs matter most, and a table of two drivers",
        "sensitivity",
        lambda model: model.sensitivity is not None,
        has_cases=True,
    ),
    Question(
        BREAK_EVEN,
        "From where on which option pays.",
        "where one option starts to cost less than another",
        "break-evens",
        lambda model: bool(model.break_evens),
        has_cases=True,
        asked_by="break_evens",
    ),
    Question(
        CASH_FLOW,
        "Year by year, discounted.",
        "year by year, discounted; present values and paybacks",
        "cash-flow",
        lambda model: model.cash_flow is not None,
    ),
    Question(
        RANGES,
        "Totals from low to high.",
        "totals from low to high",
        "ranges",
        lambda model: bool(model.assessment.ranges),
        has_cases=True,
    ),
    Question(
        SIMULATION,
        "How sure the totals are.",
        "how far the totals spread over many draws",
        "risk",
        lambda model: model.simulation is not None,
    ),
    Question(
        SCORECARD,
        "Weighted scores.",
        "weighted scores; weights and scores to edit",
        "scorecard",
        lambda model: model.assessment.scorecard is not None,
    ),
    Question(
        FEATURES,
        "Which option covers what.",
        "which option covers what, and what the gaps cost",
        "coverage",
        lambda model: bool(model.assessment.features),
    ),
    Question(
        CHECKLIST,
        "Questions with their verdict.",
        "questions and their verdict",
        "choice",
        lambda model: model.assessment.checklist is not None,
    ),
    Question(
        PROFILES,
        "Who should choose what.",
        "which option suits whom",
        "choice",
        lambda model: bool(model.assessment.profiles),
    ),
    Question(
        PUBLISHED,
        "What is stated elsewhere, and what follows.",
        "published figures compared with the model",
        "",
        lambda model: bool(model.assessment.published),
        has_cases=True,
    ),
)
"""In the order of the workbook and of the report."""
BY_ID = {question.id: question for question in QUESTIONS}
