"""The formulas of a book that follow changed inputs: all but those that read typed values of cases over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from reportgen.compute.answers import Answers
from reportgen.workbook.plan import Plan
from reportgen.workbook.question_layout import lay_out_questions
from tests.engines.recalculation import read_from, without_marks

T = TypeVar("T")


def typed_cells(plan: Plan, results: Answers) -> set[str]:
    """The cells of Cases that hold values of the program (`CaseBlock.typed`), which a changed book keeps and says are
    out of date."""
    return {
        str(block.address(index, key))
        for block in lay_out_questions(plan, results).blocks
        for key in block.typed
        for index in range(len(block.rows))
    }


MANY_SERIES = 60
"""Rows of Timeline from which a few cases of a book are enough, as each takes seconds: tests/time tries the others."""


def some_of(plan: Plan, cases: Sequence[T]) -> Sequence[T]:
    """All cases, or every fourth one of a book with many steps."""
    return cases[::4] if len(plan.series) > MANY_SERIES else cases


def live_formulas(plan: Plan, results: Answers, formulas: Mapping[str, str]) -> dict[str, str]:
    """Without the marks of changed inputs too."""
    stale = read_from(formulas, typed_cells(plan, results))
    return {cell: text for cell, text in without_marks(formulas).items() if cell not in stale}
