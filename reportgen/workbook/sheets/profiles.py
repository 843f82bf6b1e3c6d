"""The Profiles sheet: who should choose what, and which profile matches the active values."""

from __future__ import annotations

from reportgen.model.profiles_model import Profile
from reportgen.questions import PROFILES
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address
from reportgen.workbook.book_words import message
from reportgen.workbook.cell_words import NO, YES
from reportgen.workbook.expressions import cell
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, SUMMARY, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.sheet_parts import (
    NOTE_WIDTH,
    NUMBER_WIDTH,
    SOURCE_WIDTH,
    Book,
    heading,
    heads,
    new_grid,
)
from reportgen.workbook.translate import Translator

MATCH, BECAUSE, CONDITION, SOURCE = FIRST + 1, FIRST + 2, FIRST + 3, FIRST + 4
NO_MATCH = message("none")
_MATCHING = message("match")


def profiles_sheet(book: Book, questions: Questions) -> Grid:
    """A row per profile in order; the first whose condition holds is the match."""
    profiles = book.model.assessment.profiles
    subtitle = message("The first profile whose condition holds with the active values is the match.")
    grid = new_grid(book, PROFILES, "question", message("Profiles"), subtitle)
    grid.widths.update({UNIT: 26, FIRST: NUMBER_WIDTH, MATCH: NUMBER_WIDTH, BECAUSE: NOTE_WIDTH})
    grid.widths.update({CONDITION: SOURCE_WIDTH, SOURCE: SOURCE_WIDTH})
    texts = [
        (LABEL, message("Profile"), False),
        (UNIT, message("Recommended option"), False),
        (FIRST, message("Holds"), True),
    ]
    texts += [
        (MATCH, message("Match"), True),
        (BECAUSE, message("Because"), False),
        (CONDITION, message("Condition"), False),
    ]
    heads(grid, HEAD_ROW, [*texts, (SOURCE, message("Source"), False)])
    for row, profile in enumerate(profiles, FIRST_ROW):
        _profile(book, grid, row, profile)
    _result(grid, FIRST_ROW + len(profiles) - 1)
    return grid


def _profile(book: Book, grid: Grid, row: int, profile: Profile) -> None:
    model = book.model
    recommended = cell(Address(SUMMARY, HEAD_ROW, book.plan.option_column(profile.recommend)))
    condition = Translator(book.plan).whole(profile.condition, None, unknown=False)
    holds = grid.cell(row, FIRST)
    so_far = f.COUNTIF(grid.cell(FIRST_ROW, FIRST, fixed=True).to(holds), YES)
    match = f.IF(holds.equals(YES), f.IF(so_far.equals(1.0), _MATCHING, ""), "")
    grid.put(row, LABEL, profile.title, Style.LABEL)
    grid.put(row, UNIT, recommended, Style.LINKED_TEXT)
    grid.put(row, FIRST, f.IF(condition, YES, NO), Style.CALCULATION_TEXT)
    grid.put(row, MATCH, match, Style.CALCULATION_TEXT)
    grid.put(row, BECAUSE, profile.because, Style.TEXT)
    grid.put(row, CONDITION, profile.when, Style.TEXT)
    grid.put(row, SOURCE, "; ".join(model.citations[source].title for source in profile.sources), Style.TEXT)


def _result(grid: Grid, last: int) -> None:
    heading(grid, last + 2, message("The match"), SOURCE)
    holds = grid.cell(FIRST_ROW, FIRST).to(grid.cell(last, FIRST))
    for row, (title, column) in enumerate(
        ((message("Matching profile"), LABEL), (message("Recommended option"), UNIT)), last + 3
    ):
        texts = grid.cell(FIRST_ROW, column).to(grid.cell(last, column))
        first = f.INDEX(texts, f.MATCH(YES, holds, 0.0))
        text = f.IF(f.COUNTIF(holds, YES).equals(0.0), NO_MATCH, first)
        grid.put(row, LABEL, title, Style.OUTPUT_LABEL)
        grid.put(row, UNIT, text, Style.OUTPUT_LABEL)
