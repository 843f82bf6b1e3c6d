"""The Profiles sheet: who should choose what, and which profile matches the active values."""

from __future__ import annotations

from reportgen.compute.profiles import ProfileOutcome
from reportgen.model.assessment import NO, YES
from reportgen.workbook.address import Address, Area
from reportgen.workbook.formula_text import FormulaText
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, PROFILES, SUMMARY, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.common import (
    NOTE_WIDTH,
    NUMBER_WIDTH,
    SOURCE_WIDTH,
    Book,
    heading,
    heads,
    new_grid,
)

MATCH, BECAUSE, CONDITION, SOURCE = FIRST + 1, FIRST + 2, FIRST + 3, FIRST + 4
NO_MATCH = "none"
_MATCHING = "match"


def profiles_sheet(book: Book, questions: Questions) -> Grid:
    """A row per profile in order; the first whose condition holds is the match."""
    outcomes = book.results.profiles
    subtitle = "The first profile whose condition holds with the active values is the match."
    grid = new_grid(book, PROFILES, "question", "Profiles", subtitle)
    grid.widths.update({UNIT: 26, FIRST: NUMBER_WIDTH, MATCH: NUMBER_WIDTH, BECAUSE: NOTE_WIDTH})
    grid.widths.update({CONDITION: SOURCE_WIDTH, SOURCE: SOURCE_WIDTH})
    texts = [(LABEL, "Profile", False), (UNIT, "Recommended option", False), (FIRST, "Holds", True)]
    texts += [(MATCH, "Match", True), (BECAUSE, "Because", False), (CONDITION, "Condition", False)]
    heads(grid, HEAD_ROW, [*texts, (SOURCE, "Source", False)])
    for row, each in enumerate(outcomes, FIRST_ROW):
        _profile(book, grid, row, each)
    _result(book, grid, outcomes)
    return grid


def _profile(book: Book, grid: Grid, row: int, each: ProfileOutcome) -> None:
    profile, model = each.profile, book.model
    title = Address(SUMMARY, HEAD_ROW, book.plan.option_column(profile.recommend)).seen_from(PROFILES)
    condition = FormulaText(book.plan, PROFILES).whole(profile.condition, None, "FALSE")
    here = Address(PROFILES, row, FIRST).seen_from(PROFILES)
    held = f"{Area(PROFILES, FIRST_ROW, FIRST, FIRST_ROW, FIRST).seen_from(PROFILES, fixed=True)}:{here}"
    first = f'=IF({here}="{YES}",IF(COUNTIF({held},"{YES}")=1,"{_MATCHING}",""),"")'
    grid.put(row, LABEL, profile.title, Style.LABEL)
    grid.put(row, UNIT, model.option(profile.recommend).title, Style.LINKED_TEXT, formula=f"={title}")
    answer = f'=IF({condition},"{YES}","{NO}")'
    grid.put(row, FIRST, YES if each.holds else NO, Style.CALCULATION_TEXT, formula=answer)
    grid.put(row, MATCH, _MATCHING if each.matches else "", Style.CALCULATION_TEXT, formula=first)
    grid.put(row, BECAUSE, profile.because, Style.TEXT)
    grid.put(row, CONDITION, profile.when, Style.TEXT)
    grid.put(row, SOURCE, "; ".join(model.citations[source].title for source in profile.sources), Style.TEXT)


def _result(book: Book, grid: Grid, outcomes: tuple[ProfileOutcome, ...]) -> None:
    last = FIRST_ROW + len(outcomes) - 1
    match = next((each.profile for each in outcomes if each.matches), None)
    found = Area(PROFILES, FIRST_ROW, FIRST, last, FIRST).seen_from(PROFILES)
    heading(grid, last + 2, "The match", SOURCE)
    recommended = book.model.option(match.recommend).title if match else NO_MATCH
    rows = ("Matching profile", LABEL, match.title if match else NO_MATCH), ("Recommended option", UNIT, recommended)
    for row, (title, column, text) in enumerate(rows, last + 3):
        texts = Area(PROFILES, FIRST_ROW, column, last, column).seen_from(PROFILES)
        formula = f'=IF(COUNTIF({found},"{YES}")=0,"{NO_MATCH}",INDEX({texts},MATCH("{YES}",{found},0)))'
        if len(outcomes) == 1:  # IronCalc searches no single cell
            formula = f'=IF({found}="{YES}",{texts},"{NO_MATCH}")'
        grid.put(row, LABEL, title, Style.OUTPUT_LABEL)
        grid.put(row, UNIT, text, Style.OUTPUT_LABEL, formula=formula)
