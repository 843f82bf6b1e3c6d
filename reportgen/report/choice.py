"""The checklist and the profiles as sub-sections of a report."""

from __future__ import annotations

from reportgen.compute.checklist import Answered, checklist
from reportgen.compute.comparison import compare
from reportgen.compute.profiles import ProfileOutcome, profiles
from reportgen.model.assessment import NO, YES
from reportgen.report.cells import Cells
from reportgen.report.parts import Cell, Row, ValueTable
from reportgen.report.what_if_parts import Block, Topic


def checklist_topic(cells: Cells) -> Topic | None:
    """The questions with their answers and the verdict; None where there is no checklist."""
    outcome = checklist(cells.results)
    if outcome is None:
        return None
    asked = cells.model.assessment.checklist
    rows = tuple(_question(each) for each in outcome.answers)
    heads = ("Answer", "Answered by")
    table = ValueTable("beyond-checklist-table", outcome.title, "Question", heads, rows)
    count = f"{outcome.count} of {len(outcome.answers)} questions are answered yes, {outcome.threshold} are needed."
    text = [asked.note] if asked is not None and asked.note else []
    text.append(f"{count} The verdict: {_sentence(outcome.verdict)}")
    return Topic("beyond-checklist", "Checklist", (Block("", tuple(text), (), None, (table,)),))


def _question(each: Answered) -> Row:
    answer = Cell(YES if each.answer else NO, best=each.answer)
    by = Cell("the model" if each.question.condition is not None else "the reader", word=True)
    return Row(each.question.title, each.question.id, (answer, by), note=each.question.note)


def profiles_topic(cells: Cells) -> Topic | None:
    """Who should choose what, and the profile that matches; None where there are no profiles."""
    outcomes = profiles(cells.results)
    if not outcomes:
        return None
    rows = tuple(_profile(cells, each) for each in outcomes)
    remark = "The first profile whose condition holds is the match."
    table = ValueTable("beyond-profiles-table", "Profiles", "Profile", ("Choice", "Holds"), rows, remark=remark)
    return Topic(
        "beyond-profiles", "Who should choose what", (Block("", (_match(cells, outcomes),), (), None, (table,)),)
    )


def _match(cells: Cells, outcomes: tuple[ProfileOutcome, ...]) -> str:
    match = next((each.profile for each in outcomes if each.matches), None)
    if match is None:
        return "With the values of this paper no profile matches."
    choice = cells.model.option(match.recommend).title
    text = f"The values of this paper match the profile “{match.title}”, for which {choice} is recommended."
    cheapest = compare(cells.results).cheapest
    if cheapest is None:
        return text
    if cheapest == match.recommend:
        return f"{text} It is also the option that costs least."
    return f"{text} The option that costs least is {cells.model.option(cheapest).title}."


def _profile(cells: Cells, each: ProfileOutcome) -> Row:
    profile = each.profile
    choice = Cell(cells.model.option(profile.recommend).title, best=each.matches)
    holds = Cell("match" if each.matches else YES if each.holds else NO, word=not each.matches)
    return Row(
        profile.title, profile.id, (choice, holds), note=profile.because, citations=cells.citations(profile.sources)
    )


def _sentence(text: str) -> str:
    """A text of the author's inside a paragraph."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
