"""The checklist and the profiles as tables for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from reportgen.cli.table import GAP
from reportgen.compute.checklist import ChecklistOutcome
from reportgen.compute.profiles import ProfileOutcome
from reportgen.model.assessment import NO, YES
from reportgen.model.model import Model

WIDTH = 100


def checklist_table(outcome: ChecklistOutcome, model: Model) -> str:
    """Each question with its answer and who gave it, then the verdict."""
    lines = [outcome.title, "─" * WIDTH]
    for each in outcome.answers:
        answered_by = each.question.formula_text or "by the reader"
        lines += _row((YES if each.answer else NO).ljust(3), [each.question.title, answered_by, each.question.note])
    lines += ["", f"{outcome.count} of {len(outcome.answers)} yes, {outcome.threshold} needed: {outcome.verdict}"]
    return "\n".join(lines)


def profiles_table(outcomes: Sequence[ProfileOutcome], model: Model) -> str:
    """Each profile with its recommendation; the one that matches is marked."""
    lines = ["Profiles", "─" * WIDTH]
    for each in outcomes:
        profile = each.profile
        mark = "match" if each.matches else "holds" if each.holds else ""
        texts = [f"{profile.title}: {model.option(profile.recommend).title}", profile.when, profile.because]
        lines += _row(mark.ljust(5), texts)
    if not any(each.matches for each in outcomes):
        lines += ["", "no profile matches"]
    return "\n".join(lines)


def _row(lead: str, texts: Sequence[str]) -> Iterator[str]:
    """The texts below each other to the right of `lead`, the first level with it."""
    indent = " " * len(lead + GAP)
    for number, text in enumerate(text for text in texts if text):
        first = lead + GAP if number == 0 else indent + GAP
        yield textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=indent + (GAP if number else ""))
