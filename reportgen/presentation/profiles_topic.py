"""The profiles: who should choose what."""

from __future__ import annotations

from reportgen.compute.profiles import ProfileOutcome
from reportgen.model.written import NO, YES
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import TableCell, TableRow, ValueTable


def profiles_topic(cells: Cells) -> Topic | None:
    """Who should choose what, and the profile that matches; None where there are no profiles."""
    outcomes = cells.results.profiles
    if not outcomes:
        return None
    rows = tuple(_profile(cells, each) for each in outcomes)
    table = ValueTable(
        "beyond-profiles-table",
        cells.gettext("Profiles"),
        cells.gettext("Profile"),
        (cells.gettext("Choice"), cells.gettext("Holds")),
        rows,
        remark=cells.gettext("The first profile whose condition holds is the match."),
    )
    block = TopicBlock("", (match_sentence(cells, outcomes),), (), (table,))
    return Topic("beyond-profiles", cells.gettext("Who should choose what"), (block,))


def match_sentence(cells: Cells, outcomes: tuple[ProfileOutcome, ...]) -> str:
    """Which profile the values match, and how its choice compares with the lowest cost."""
    match = next((each.profile for each in outcomes if each.matches), None)
    if match is None:
        return cells.gettext("With the values shown, no profile matches.")
    choice = cells.model.option(match.recommend).title
    text = cells.gettext(
        "The values shown match the profile “{profile}”, for which {option} is recommended.",
        profile=match.title,
        option=choice,
    )
    cheapest = cells.results.comparison.cheapest
    if cheapest is None:
        return text
    if cheapest == match.recommend:
        return f"{text} {cells.gettext('It is also the option that costs least.')}"
    least = cells.gettext("The option that costs least is {option}.", option=cells.model.option(cheapest).title)
    return f"{text} {least}"


def _profile(cells: Cells, each: ProfileOutcome) -> TableRow:
    profile = each.profile
    choice = TableCell(cells.model.option(profile.recommend).title, best=each.matches)
    state = YES if each.holds else NO
    holds = TableCell(cells.gettext("match") if each.matches else cells.term(state), word=not each.matches, state=state)
    return TableRow(
        profile.title, profile.id, (choice, holds), note=profile.because, citations=cells.citations(profile.sources)
    )
