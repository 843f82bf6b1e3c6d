"""The Scorecard sheet: editable weights and scores, scores made from totals, and the weighted totals, all live."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.compute.comparison import SAME
from reportgen.compute.scorecard import CriterionOutcome, ScorecardOutcome
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.scorecard_model import Criterion
from reportgen.questions import SCORECARD
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.assessment_layout import FIRST_SCORE, WEIGHT, ScorecardLayout
from reportgen.workbook.book_words import message
from reportgen.workbook.cell_scale import SHARE_DIGITS
from reportgen.workbook.chart_plan import (
    CHART_ROWS,
    Axis,
    ChartKind,
    ChartPlan,
    Series,
    Texts,
    axis_format,
    from_zero,
    shown_numbers,
)
from reportgen.workbook.expressions import CellRange, Expression, cell, cells_of
from reportgen.workbook.grid import Grid, Mark, Style
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST_ROW, HEAD_ROW, LABEL, UNIT
from reportgen.workbook.question_layout import Questions
from reportgen.workbook.sheets.charts import across, cell_text
from reportgen.workbook.sheets.sheet_parts import (
    CHANGED_WIDTH,
    NONE_COMPLETE,
    NOTE_WIDTH,
    NUMBER_WIDTH,
    SOURCE_WIDTH,
    TIE,
    Book,
    heading,
    heads,
    if_complete,
    new_grid,
)
from reportgen.workbook.titles import Text
from reportgen.workbook.validations import number_where

POINTS = message("points")
_SCORED_WIDTH = 44
_TYPED = message("typed for each option")
_SUM_FAILS = message("← the weights must sum to 100 %")


def scorecard_sheet(book: Book, questions: Questions) -> Grid:
    """From the scale and the totals to scores, from weights to weighted scores, and which option has most of them."""
    card, outcome = book.model.assessment.scorecard, book.results.scorecard
    assert card is not None and outcome is not None
    subtitle = message("Change the framed weights and scores. An option that lacks a price is not ranked.")
    grid = new_grid(book, SCORECARD, "question", card.title, subtitle)
    if card.note:
        grid.put(HEAD_ROW - 1, LABEL, card.note, Style.SUBTITLE)
    layout = ScorecardLayout(book.model, card)
    grid.printed_columns = layout.last_column
    _heads(book, grid, layout)
    _scale(grid, layout, outcome)
    for row, total in enumerate(layout.totals, layout.first_total):
        _total(book, grid, row, total)
    heading(grid, layout.first_criterion - 1, message("Weights and scores"), layout.last_column + 4)
    pairs = zip(card.criteria, outcome.criteria, strict=True)
    for row, (criterion, scored) in enumerate(pairs, layout.first_criterion):
        _criterion(book, grid, layout, row, (criterion, scored))
    _sum(grid, layout, outcome)
    _weighted(book, grid, layout, outcome)
    _chart(book, grid, layout, outcome)
    _validations(grid, layout)
    return grid


def _heads(book: Book, grid: Grid, layout: ScorecardLayout) -> None:
    after = layout.last_column + 2
    grid.widths[after - 1] = CHANGED_WIDTH
    grid.widths.update(dict.fromkeys(range(FIRST_SCORE, after - 1), NUMBER_WIDTH))
    grid.widths.update({WEIGHT: NUMBER_WIDTH, after: _SCORED_WIDTH, after + 1: NOTE_WIDTH, after + 2: SOURCE_WIDTH})
    texts: list[tuple[int, Text, bool]] = [
        (LABEL, message("Criterion"), False),
        (UNIT, message("Unit"), False),
        (WEIGHT, message("Weight"), True),
    ]
    texts += [(at, book.option(option), True) for at, option in enumerate(book.model.option_ids, FIRST_SCORE)]
    texts.append((after - 1, message("Changed"), False))
    texts += [
        (at, text, False)
        for at, text in enumerate((message("How it is scored"), message("Note"), message("Source")), after)
    ]
    heads(grid, HEAD_ROW, texts)


def _scale(grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    heading(grid, FIRST_ROW, message("Basis of the scores"), layout.last_column + 4)
    row, column = layout.highest.row, layout.highest.column
    grid.put(row, LABEL, message("Highest score; the lowest is 0"), Style.LABEL)
    grid.put(row, UNIT, POINTS, Style.UNIT)
    grid.put(row, column, outcome.highest, Style.INPUT, input_format(outcome.highest, PLAIN))
    grid.marks[row] = Mark(layout.last_column + 1)


def _total(book: Book, grid: Grid, row: int, name: str) -> None:
    """A total where all its prices are known, else nothing, so that it is in no comparison."""
    total = book.model.quantities[name]
    title = total.title
    if any(key in book.plan.states for key in book.model.keys_of(name)):
        title += message(", where all prices are known")
    grid.put(row, LABEL, title, Style.LABEL)
    grid.put(row, UNIT, book.unit(total), Style.UNIT)
    grid.put(row, WEIGHT, None, Style.WORD)
    for column, key in enumerate(book.model.keys_of(name), FIRST_SCORE):
        grid.put(row, column, if_complete(book, key, cell(book.plan.cells[key])), Style.LINKED, book.totals_format)


def _criterion(
    book: Book, grid: Grid, layout: ScorecardLayout, row: int, pair: tuple[Criterion, CriterionOutcome]
) -> None:
    criterion, scored = pair
    grid.put(row, LABEL, criterion.title, Style.LABEL)
    grid.put(row, UNIT, POINTS, Style.UNIT)
    grid.put(row, WEIGHT, criterion.weight, Style.INPUT, input_format(criterion.weight, PERCENT))
    known = [each for each in scored.scores.values() if each is not None]
    number_format = max((input_format(each, PLAIN) for each in known), key=len, default="0")
    how = _TYPED
    if criterion.total is not None:
        how = message("{cell} times the lowest total, divided by the option’s own", cell=layout.highest.cell)
        number_format = result_format(known, PLAIN)
    for column, option in enumerate(book.model.option_ids, FIRST_SCORE):
        if criterion.total is None:
            grid.put(row, column, scored.scores[option], Style.INPUT, number_format)
        else:
            grid.put(row, column, _score(grid, layout, criterion.total, column), Style.CALCULATION, number_format)
    grid.marks[row] = Mark(layout.last_column + 1)
    after = layout.last_column + 2
    titles = "; ".join(book.model.citations[source].title for source in criterion.sources)
    for column, text in enumerate((how, criterion.note, titles), after):
        grid.put(row, column, text, Style.TEXT)


def _score(grid: Grid, layout: ScorecardLayout, total: str, column: int) -> Expression:
    """In proportion to the lowest total; where that is not above nothing, the highest score is the lowest total's."""
    row = layout.first_total + layout.totals.index(total)
    own, highest = grid.cell(row, column), cell(layout.highest, fixed=True)
    lowest = f.MIN(_of_options(grid, layout, row, fixed=True))
    score = f.IF(lowest > 0.0, highest * lowest / own, f.IF(own.equals(lowest), highest, 0.0))
    return f.IF(f.ISNUMBER(own), score, "")


def _of_options(grid: Grid, layout: ScorecardLayout, row: int, *, fixed: bool = False) -> CellRange:
    """The cells of a row, one for each option."""
    return grid.cell(row, FIRST_SCORE, fixed=fixed).to(grid.cell(row, layout.last_column, fixed=fixed))


def _sum(grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    """The weights together, and words beside it while they are not 100 %."""
    row, total = layout.sum_row, sum(each.weight for each in outcome.criteria)
    grid.put(row, LABEL, message("Sum of the weights"), Style.OUTPUT_LABEL)
    grid.put(row, UNIT, "", Style.OUTPUT_LABEL)
    grid.put(row, WEIGHT, f.SUM(cells_of(layout.weights)), Style.OUTPUT, result_format((total,), PERCENT))
    is_whole = f.ROUND(grid.cell(row, WEIGHT), SHARE_DIGITS).equals(1.0)
    grid.put(row, FIRST_SCORE, f.IF(is_whole, "", _SUM_FAILS), Style.SUBTITLE)


def _weighted(book: Book, grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    heading(grid, layout.first_weighted - 1, message("Weighted scores"), layout.last_column + 4)
    values = [each for row in outcome.criteria for each in row.weighted.values() if each is not None]
    number_format = result_format([each for each in values if each], PLAIN)
    for index, criterion in enumerate(outcome.criteria):
        row, source = layout.first_weighted + index, layout.first_criterion + index
        grid.put(row, LABEL, criterion.title, Style.LABEL)
        grid.put(row, UNIT, POINTS, Style.UNIT)
        grid.put(row, WEIGHT, grid.cell(source, WEIGHT), Style.LINKED, input_format(criterion.weight, PERCENT))
        for column in range(FIRST_SCORE, layout.last_column + 1):
            score, weight = grid.cell(source, column), grid.cell(row, WEIGHT, fixed_column=True)
            weighted = f.IF(f.ISNUMBER(score), weight * score, "")
            grid.put(row, column, weighted, Style.CALCULATION, number_format)
    _weighted_totals(book, grid, layout, outcome)


def _weighted_totals(book: Book, grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    """The sums; an option that lacks a score has none. Then the option with the highest."""
    row = layout.total_row
    number_format = result_format((each for each in outcome.totals.values() if each is not None), PLAIN)
    for at, text in ((row, message("Weighted total")), (row + 1, message("Highest weighted total"))):
        grid.put(at, LABEL, text, Style.OUTPUT_LABEL)
    grid.put(row, UNIT, POINTS, Style.OUTPUT_LABEL)
    grid.put(row + 1, UNIT, "", Style.OUTPUT_LABEL)
    grid.put(row, WEIGHT, None, Style.OUTPUT)
    for column in range(FIRST_SCORE, layout.last_column + 1):
        parts = grid.cell(layout.first_weighted, column).to(grid.cell(row - 1, column))
        total = f.IF(f.COUNT(parts).equals(f.ROWS(parts)), f.SUM(parts), "")
        grid.put(row, column, total, Style.OUTPUT, number_format)
    grid.put(row + 1, WEIGHT, _best(grid, layout), Style.OUTPUT_TEXT)


def _best(grid: Grid, layout: ScorecardLayout) -> Expression:
    """The title of the option with the highest total, if there is one."""
    totals, titles = (_of_options(grid, layout, row) for row in (layout.total_row, HEAD_ROW))
    none, most = f.COUNT(totals).equals(0.0), f.MAX(totals)
    title = f.INDEX(titles, 1.0, f.MATCH(most, totals, 0.0))
    without = f.COLUMNS(totals) - f.COUNT(totals)  # a text is greater than any number
    ties = f.SUMPRODUCT((totals >= most - SAME * f.ABS(most)) * 1.0) - without
    return f.IF(none, NONE_COMPLETE, f.IF(ties > 1.0, TIE, title))


def _chart(book: Book, grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    """Weighted scores on top of each other. The sums stand above them, but where one may be missing: a chart would
    call it nothing."""
    row, model = layout.total_row + 3, book.model
    series = []
    for index, criterion in enumerate(outcome.criteria):
        at = Address(SCORECARD, layout.first_weighted + index, LABEL)
        values = across(book, SCORECARD, at.row, criterion.weighted, FIRST_SCORE)
        series.append(Series(cell_text(at, layout.card.criteria[index].title), values))
    may_lack = any(key in book.plan.states for name in layout.totals for key in model.keys_of(name))
    if not may_lack:
        whole = cell_text(Address(SCORECARD, layout.total_row, LABEL), message("Weighted total"))
        values = across(book, SCORECARD, layout.total_row, outcome.totals, FIRST_SCORE)
        series.append(Series(whole, values, total=True))
    known = [value for value in outcome.totals.values() if value is not None]
    numbers = shown_numbers((option.title for option in model.options), outcome.totals.values(), PLAIN)
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.STACK,
            title=message("{card}: weighted scores", card=layout.card.title),
            series=tuple(series),
            values=Axis(
                message("Weighted score, {points}", points=POINTS), axis_format(known, PLAIN), from_zero(known)
            ),
            rows=(row, row + CHART_ROWS - 1),
            columns=(LABEL, max(layout.last_column, FIRST_SCORE + 1)),
            alternative=message(
                "Stacked columns: {card}, weighted scores in {points}. {numbers}.",
                card=layout.card.title,
                points=POINTS,
                numbers=numbers,
            ),
            categories=Texts(
                Area(SCORECARD, HEAD_ROW, FIRST_SCORE, HEAD_ROW, layout.last_column),
                tuple(option.title for option in model.options),
            ),
            labels=result_format(known, PLAIN),
        )
    )


def _validations(grid: Grid, layout: ScorecardLayout) -> None:
    at, weight = layout.highest, cell(Address(SCORECARD, layout.weights.top, WEIGHT))
    prompt = message("The highest score that can be given, above 0.")
    _numbers(
        grid, Area(SCORECARD, at.row, at.column, at.row, at.column), message("Highest score"), prompt, [cell(at) > 0.0]
    )
    prompt = message("A weight between 0 % and 100 %.")
    _numbers(grid, layout.weights, message("Weight"), prompt, [weight >= 0.0, weight <= 1.0])
    for scores in layout.scores:
        score = grid.cell(scores.top, scores.left)
        rules = [score >= 0.0, score <= cell(at, fixed=True)]
        _numbers(grid, scores, message("Score"), message("A score from 0 to the highest."), rules)


def _numbers(grid: Grid, area: Area, title: str, prompt: str, rules: Sequence[Expression]) -> None:
    """`rules` are about the first cell of the area."""
    grid.validations.append(
        number_where(area, title, prompt, rules, message("Enter a number. {prompt}", prompt=prompt))
    )
