"""The Published sheet: figures stated elsewhere beside what the model computes, with live verdicts.

It is about the model's own values and the cases that figures name, whatever scenario is selected: everything computed
is read from the block of published figures on Cases.
"""

from __future__ import annotations

from reportgen.compute.published import (
    TOLERANCE,
    Computed,
    PublishedOutcome,
    computed_decimals,
    ends_of,
    interval,
    is_input,
    stated_decimals,
)
from reportgen.formula.nodes import Node
from reportgen.formula.units import PLAIN
from reportgen.model.published_model import Interval
from reportgen.model.scenarios_model import BASE_SCENARIO
from reportgen.questions import PUBLISHED
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, together, unit_words
from reportgen.workbook.cell_words import VERDICTS, said_verdict
from reportgen.workbook.expressions import Cell, CellRange, Expression, cells_of
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.number_formats import decimals_format
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.published_layout import PublishedCases
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.sheet_parts import CHANGED_WIDTH, SOURCE_WIDTH, Book, heads, new_grid
from reportgen.workbook.titles import listed_texts, scenario_title
from reportgen.workbook.validations import Limits, number_rules, own_limits

STATES, STATES_TO, STEP, CHANGED, COMPUTED, COMPUTED_TO = 3, 4, 5, 6, 7, 8
VERDICT, EXPECTED, AS_EXPECTED, WHERE, BECAUSE = 9, 10, 11, 12, 13
SAME_WITHIN, LOWER_BY, HIGHER_BY, OFF_BY = 14, 15, 16, 17
SECOND, SECOND_TO, SECOND_LOWER_BY, SECOND_HIGHER_BY, SECOND_OFF_BY = 18, 19, 20, 21, 22
COMPUTED_BY, CASE, SOURCE, NAME = 23, 24, 25, 26
COUNT_HEADS_ROW, COUNTS_ROW, TOLERANCE_ROW = 3, 4, 5
YES, NO, NOTHING = message("yes"), message("NO"), "–"
EXACT, ROUNDED, INTERMEDIATE, DIFFERS, INPUT = VERDICTS.values()
FORMULA = message("formula")
"""What computes a figure that is not just an input."""

_HEADS = (
    (LABEL, message("Published figure"), False, 36.0),
    (UNIT, message("Unit"), False, 15.0),
    (STATES, message("States"), True, 12.0),
    (STATES_TO, message("to"), True, 12.0),
    (STEP, message("Printed to"), True, 13.0),
    (CHANGED, message("Changed"), False, float(CHANGED_WIDTH)),
    (COMPUTED, message("Computed"), True, 13.0),
    (COMPUTED_TO, message("to"), True, 13.0),
    (VERDICT, message("Verdict"), False, 15.0),
    (EXPECTED, message("Expected"), False, 14.0),
    (AS_EXPECTED, message("As expected"), False, 10.0),
    (WHERE, message("Where"), False, 44.0),
    (BECAUSE, message("Because"), False, 90.0),
    (SAME_WITHIN, message("Same within"), True, 12.0),
    (LOWER_BY, message("Computed is lower by"), True, 12.0),
    (HIGHER_BY, message("Computed is higher by"), True, 12.0),
    (OFF_BY, message("Off by"), True, 12.0),
    (SECOND, message("From the intermediate result"), True, 13.0),
    (SECOND_TO, message("to"), True, 12.0),
    (SECOND_LOWER_BY, message("Computed is lower by"), True, 12.0),
    (SECOND_HIGHER_BY, message("Computed is higher by"), True, 12.0),
    (SECOND_OFF_BY, message("Off by"), True, 12.0),
    (COMPUTED_BY, message("Computed by"), False, 12.0),
    (CASE, message("Case"), False, 60.0),
    (SOURCE, message("Source"), False, float(SOURCE_WIDTH)),
    (NAME, message("Name in the model"), False, 30.0),
)
"""Columns with their heads, whether numbers stand below, and their widths. What a reader wants to know first stands
first; the workings are not printed."""


def published_sheet(book: Book, questions: Questions) -> Grid:
    """One row a figure; how many of each verdict there are stands in the head."""
    outcomes, cases = questions.published, questions.published_cases
    assert cases is not None
    subtitle = message("Published figures against what the model computes, whichever scenario is selected")
    grid = new_grid(book, PUBLISHED, "question", message("Published figures"), subtitle)
    grid.printed_rows.append((1, HEAD_ROW))  # how many of each verdict there are; the register is for the screen
    grid.printed_columns = VERDICT
    grid.widths.update({column: width for column, _, _, width in _HEADS})
    heads(grid, HEAD_ROW, [(column, text, numbers) for column, text, numbers, _ in _HEADS])
    _head(grid, outcomes)
    for row, outcome in enumerate(outcomes, FIRST_ROW):
        _FigureRow(book, grid, row, outcome, cases).fill()
    _validations(grid, outcomes)
    return grid


def _head(grid: Grid, outcomes: tuple[PublishedOutcome, ...]) -> None:
    """Counts, and the tolerance that verdicts are given by. What is counted begins with its head, so that it is a
    range of cells for a single figure too."""
    last = FIRST_ROW + len(outcomes) - 1
    verdicts = cells_of(Area(PUBLISHED, HEAD_ROW, VERDICT, last, VERDICT), fixed=True)
    for column, verdict in enumerate(VERDICTS.values(), FIRST):
        grid.put(COUNT_HEADS_ROW, column, verdict, Style.WORD)
        grid.put(COUNTS_ROW, column, f.COUNTIF(verdicts, grid.cell(COUNT_HEADS_ROW, column)), Style.CALCULATION, "0")
    after = FIRST + len(VERDICTS)
    expected = cells_of(Area(PUBLISHED, HEAD_ROW, AS_EXPECTED, last, AS_EXPECTED), fixed=True)
    grid.put(COUNT_HEADS_ROW, after, message("not as expected"), Style.WORD)
    grid.put(COUNTS_ROW, after, f.COUNTIF(expected, NO), Style.CALCULATION, "0")
    grid.put(TOLERANCE_ROW, FIRST + 1, message("← two numbers are the same within this share of them"), Style.SUBTITLE)
    grid.put(TOLERANCE_ROW, UNIT, TOLERANCE, Style.INPUT, message('0E+00" (share)"'))
    area = Area(PUBLISHED, TOLERANCE_ROW, UNIT, TOLERANCE_ROW, UNIT)
    grid.validations += number_rules(
        (area,),
        message("Same within"),
        message("How far apart numbers may be that count as the same: 1E-9 is a billionth of them."),
        Limits(0.0, 1.0),
    )
    grid.marks[TOLERANCE_ROW] = Mark(
        FIRST, message("Value"), message("Two numbers are the same within this share of them"), message("share")
    )


def _validations(grid: Grid, outcomes: tuple[PublishedOutcome, ...]) -> None:
    """Figures in their own units, which are negative only where one is; what they are printed to is above nothing."""
    last = FIRST_ROW + len(outcomes) - 1
    ends = [end for each in outcomes for end in ends_of(each.figure.states)]
    stated, step = (Area(PUBLISHED, FIRST_ROW, *columns) for columns in ((STATES, last, STATES_TO), (STEP, last, STEP)))
    grid.validations += number_rules(
        (stated,), message("A published figure"), message("A number in the unit of its row."), own_limits(ends, PLAIN)
    )
    grid.validations += number_rules(
        (step,),
        message("Printed to"),
        message("What the figure is rounded to: 100 for hundreds; empty where it is exact."),
        Limits(0.0, None),
    )


_DIRECT = (COMPUTED, COMPUTED_TO, LOWER_BY, HIGHER_BY, OFF_BY)
_SECOND = (SECOND, SECOND_TO, SECOND_LOWER_BY, SECOND_HIGHER_BY, SECOND_OFF_BY)
"""What a formula comes to, from and to; how far that is lower and higher than what is stated; what it is off by."""


class _FigureRow:
    """One figure's cells. Formulas of a column are the same in all rows, but for what reads the figure's cases: they
    find out themselves whether numbers or intervals meet."""

    def __init__(self, book: Book, grid: Grid, row: int, outcome: PublishedOutcome, cases: PublishedCases) -> None:
        self.book, self.grid, self.row = book, grid, row
        self.outcome, self.figure, self.cases = outcome, outcome.figure, cases

    def fill(self) -> None:
        outcome, figure, grid, row = self.outcome, self.figure, self.grid, self.row
        grid.put(row, LABEL, self.title(), Style.LABEL)
        grid.put(row, UNIT, unit_words(figure.unit), Style.UNIT)
        self.stated()
        grid.marks[row] = Mark(CHANGED)
        self.computed(_DIRECT, figure.formula, outcome.computed)
        self.computed(_SECOND, figure.intermediate, outcome.intermediate)
        by = NOTHING if figure.formula is None else INPUT if is_input(self.book.model, figure.formula) else FORMULA
        grid.put(row, COMPUTED_BY, by, Style.TEXT)
        # What nothing could change needs no formula.
        verdict = said_verdict(outcome.verdict) if figure.formula is None else self.verdict()
        grid.put(row, VERDICT, verdict, Style.CALCULATION_TEXT)
        grid.put(row, EXPECTED, said_verdict(figure.expected), Style.TEXT)
        same = f.IF(self.cell(VERDICT).equals(self.cell(EXPECTED)), YES, NO)
        grid.put(row, AS_EXPECTED, same, Style.CALCULATION_TEXT)
        has_case = figure.formula is not None or figure.intermediate is not None
        cases = self.cases.of(figure) if has_case else ()
        usual = scenario_title(self.book.plan, BASE_SCENARIO)  # which need not be said
        labels = dict.fromkeys(label for each in cases if (label := self.cases.labels[each]) != usual)
        sources = "; ".join(self.book.model.citations[each].title for each in figure.sources)
        texts = (figure.where, figure.because, listed_texts(list(labels), "\n"), sources, figure.id)
        for column, text in zip((WHERE, BECAUSE, CASE, SOURCE, NAME), texts, strict=True):
            grid.put(row, column, text, Style.TEXT)

    def title(self) -> str:
        """The figure's; with where it is stated, where another is called the same."""
        titles = [each.title for each in self.book.model.assessment.published]
        where = self.figure.where if titles.count(self.figure.title) > 1 else ""
        return together(self.figure.title, " – ", where) if where else self.figure.title

    def cell(self, column: int) -> Cell:
        return self.grid.cell(self.row, column)

    def stated(self) -> None:
        figure, grid, row = self.figure, self.grid, self.row
        number_format = decimals_format(stated_decimals(figure), figure.unit)
        several = isinstance(figure.states, Interval)
        ends = interval(figure.states)
        for column, end in ((STATES, ends.start), (STATES_TO, ends.end if several else None)):
            if end is not None:
                grid.put(row, column, end, Style.INPUT, number_format)
            else:
                grid.put(row, column, NOTHING if several else "", Style.WORD)
        style = Style.INPUT if figure.step else Style.INPUT_BLANK
        grid.put(row, STEP, figure.step or None, style, number_format)
        low, high = f.MIN(self.span(STATES, STATES_TO)), f.MAX(self.span(STATES, STATES_TO))
        size = f.IF(f.AND(low.equals(0.0), high.equals(0.0)), 1.0, f.MAX(high, -low))
        grid.put(row, SAME_WITHIN, grid.cell(TOLERANCE_ROW, UNIT, fixed=True) * size, Style.CALCULATION, "0.0E+00")

    def span(self, first: int, last: int) -> CellRange:
        return self.cell(first).to(self.cell(last))

    def computed(self, columns: tuple[int, ...], tree: Node | None, computed: Computed | None) -> None:
        """What a formula comes to in the figure's case, or in its two, and how far the figure is from it."""
        grid, row, figure = self.grid, self.row, self.figure
        if tree is None or computed is None:
            for column in columns:
                grid.put(row, column, NOTHING if column == columns[0] else "", Style.WORD)
            return
        number_format = decimals_format(computed_decimals(figure, computed), figure.unit)
        found = self.cases.expressions(self.book.plan, figure, tree)
        if isinstance(computed, Interval):
            for column, function in zip(columns, (f.MIN, f.MAX), strict=False):
                grid.put(row, column, function(*found), Style.CALCULATION, number_format)
        else:
            grid.put(row, columns[0], found[0], Style.CALCULATION, number_format)
            grid.put(row, columns[1], "", Style.WORD)
        self.distances(columns, number_format)

    def distances(self, columns: tuple[int, ...], number_format: str) -> None:
        """As `compute.published.off_by`: end by end where two numbers or two intervals meet, else what is outside."""
        lower, higher, off = columns[2:]
        numbers = self.span(columns[0], columns[1])
        start, end = self.cell(STATES), self.cell(STATES_TO)
        below, above = self.cell(lower), self.cell(higher)
        intervals = f.ISNUMBER(start) * f.ISNUMBER(end) * f.ISNUMBER(self.cell(columns[1]))
        apart = f.MAX(below, above, -f.MIN(below, above) * intervals)
        last = f.IF(f.ISNUMBER(end), end, start)
        for column, distance in (
            (lower, f.IF(f.ISNUMBER(start), start - f.MIN(numbers), 0.0)),
            (higher, f.IF(end.equals(NOTHING), 0.0, f.MAX(numbers) - last)),
            (off, f.IF(apart <= self.cell(SAME_WITHIN), 0.0, apart)),
        ):
            self.grid.put(self.row, column, distance, Style.CALCULATION, number_format)

    def verdict(self) -> Expression:
        """By how far the figure is from what is computed, directly or by its intermediate result."""
        near, off, second = self.cell(STEP) / 2.0 + self.cell(SAME_WITHIN), self.cell(OFF_BY), self.cell(SECOND_OFF_BY)
        is_input = self.cell(COMPUTED_BY).equals(INPUT)
        agrees = f.IF(is_input, INPUT, f.IF(off.equals(0.0), EXACT, ROUNDED))
        differs = f.IF(f.AND(f.ISNUMBER(second), second <= near), INTERMEDIATE, DIFFERS)
        return f.IF(off <= near, agrees, differs)
