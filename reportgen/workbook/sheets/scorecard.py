"""The Scorecard sheet: editable weights and scores, scores made from totals, and the weighted totals, all live."""

from __future__ import annotations

from reportgen.compute.scorecard import CriterionOutcome, ScorecardOutcome
from reportgen.formula.units import PERCENT, PLAIN
from reportgen.model.assessment import Criterion
from reportgen.model.model import INCOMPLETE
from reportgen.workbook.address import Address, Area, column_letters
from reportgen.workbook.assessment_layout import FIRST_SCORE, WEIGHT, ScorecardLayout
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
from reportgen.workbook.grid import Grid, Mark, Style, Validation
from reportgen.workbook.number_formats import input_format, result_format
from reportgen.workbook.plan import FIRST_ROW, HEAD_ROW, LABEL, SCORECARD, UNIT
from reportgen.workbook.questions import Questions
from reportgen.workbook.sheets.charts import across, cell_text
from reportgen.workbook.sheets.common import (
    CHANGED_WIDTH,
    NONE_COMPLETE,
    NOTE_WIDTH,
    NUMBER_WIDTH,
    SOURCE_WIDTH,
    TIE,
    Book,
    heading,
    heads,
    new_grid,
)

POINTS = "points"
_SCORED_WIDTH = 44
_TYPED = "typed for each option"
_SUM_FAILS = "← the weights must sum to 100 %"
SHARE_DIGITS = 9
"""Digits to which the weights together are the whole."""


def scorecard_sheet(book: Book, questions: Questions) -> Grid:
    """From the scale and the totals to scores, from weights to weighted scores, and which option has most of them."""
    card, outcome = book.model.assessment.scorecard, book.results.scorecard
    assert card is not None and outcome is not None
    subtitle = card.note or "Change the framed weights and scores. An option that lacks a price is not ranked."
    grid = new_grid(book, SCORECARD, "question", card.title, subtitle)
    layout = ScorecardLayout(book.model, card)
    _heads(book, grid, layout)
    _scale(grid, layout, outcome)
    for row, total in enumerate(layout.totals, layout.first_total):
        _total(book, grid, row, total)
    heading(grid, layout.first_criterion - 1, "Weights and scores", layout.last_column + 4)
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
    grid.widths.update({WEIGHT: NUMBER_WIDTH + 6, after: _SCORED_WIDTH, after + 1: NOTE_WIDTH, after + 2: SOURCE_WIDTH})
    texts = [(LABEL, "Criterion", False), (UNIT, "Unit", False), (WEIGHT, "Weight", True)]
    texts += [(at, option.title, True) for at, option in enumerate(book.model.options, FIRST_SCORE)]
    texts.append((after - 1, "Changed", False))
    texts += [(at, text, False) for at, text in enumerate(("How it is scored", "Note", "Source"), after)]
    heads(grid, HEAD_ROW, texts)


def _scale(grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    heading(grid, FIRST_ROW, "What scores are made from", layout.last_column + 4, over_numbers="Value")
    row, column = layout.highest.row, layout.highest.column
    grid.put(row, LABEL, "Highest score; the lowest is 0", Style.LABEL)
    grid.put(row, UNIT, POINTS, Style.UNIT)
    grid.put(row, column, outcome.highest, Style.INPUT, input_format(outcome.highest, PLAIN))
    grid.marks[row] = Mark(layout.last_column + 1)


def _total(book: Book, grid: Grid, row: int, name: str) -> None:
    """A total where all its prices are known, else nothing, so that it is in no comparison."""
    total = book.model.quantities[name]
    known = ", where all prices are known" if any(key in book.plan.states for key in book.model.keys_of(name)) else ""
    grid.put(row, LABEL, total.title + known, Style.LABEL)
    grid.put(row, UNIT, book.unit(total), Style.UNIT)
    grid.put(row, WEIGHT, None, Style.WORD)
    for column, key in enumerate(book.model.keys_of(name), FIRST_SCORE):
        cell = book.plan.cells[key].seen_from(SCORECARD)
        state = book.plan.states.get(key)
        formula = f'=IF({state.seen_from(SCORECARD)}="{INCOMPLETE}","",{cell})' if state else f"={cell}"
        value = "" if book.results.is_incomplete(key) else book.results.values[key]
        grid.put(row, column, value, Style.LINKED, book.totals_format, formula=formula)


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
        how = f"{layout.highest.cell} times the lowest total, divided by the option’s own"
        number_format = result_format(known, PLAIN)
    for column, option in enumerate(book.model.option_ids, FIRST_SCORE):
        value = scored.scores[option]
        if criterion.total is None:
            grid.put(row, column, value, Style.INPUT, number_format)
        else:
            formula = _score_formula(layout, criterion.total, column)
            grid.put(row, column, "" if value is None else value, Style.CALCULATION, number_format, formula=formula)
    grid.marks[row] = Mark(layout.last_column + 1)
    after = layout.last_column + 2
    titles = "; ".join(book.model.citations[source].title for source in criterion.sources)
    for column, text in enumerate((how, criterion.note, titles), after):
        grid.put(row, column, text, Style.TEXT)


def _score_formula(layout: ScorecardLayout, total: str, column: int) -> str:
    """In proportion to the lowest total; where that is not above nothing, the highest score is the lowest total's."""
    row = layout.first_total + layout.totals.index(total)
    own = Address(SCORECARD, row, column).cell
    lowest = f"MIN({Area(SCORECARD, row, FIRST_SCORE, row, layout.last_column).seen_from(SCORECARD, fixed=True)})"
    highest = Area(SCORECARD, layout.highest.row, WEIGHT, layout.highest.row, WEIGHT).seen_from(SCORECARD, fixed=True)
    return f'=IF(ISNUMBER({own}),IF({lowest}>0,{highest}*{lowest}/{own},IF({own}={lowest},{highest},0)),"")'


def _sum(grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    """The weights together, and words beside it while they are not 100 %."""
    row, weights = layout.sum_row, layout.weights
    total = sum(each.weight for each in outcome.criteria)
    cell = Address(SCORECARD, row, WEIGHT).cell
    grid.put(row, LABEL, "Sum of the weights", Style.OUTPUT_LABEL)
    grid.put(row, UNIT, "", Style.OUTPUT_LABEL)
    formula = f"=SUM({weights.seen_from(SCORECARD)})"
    grid.put(row, WEIGHT, total, Style.OUTPUT, result_format((total,), PERCENT), formula=formula)
    warning = f'=IF(ROUND({cell}/100,{SHARE_DIGITS})=1,"","{_SUM_FAILS}")'
    grid.put(
        row, FIRST_SCORE, "" if round(total / 100, SHARE_DIGITS) == 1 else _SUM_FAILS, Style.SUBTITLE, formula=warning
    )


def _weighted(book: Book, grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    heading(grid, layout.first_weighted - 1, "Weighted scores", layout.last_column + 4)
    values = [each for row in outcome.criteria for each in row.weighted.values() if each is not None]
    number_format = result_format([each for each in values if each], PLAIN)
    for index, criterion in enumerate(outcome.criteria):
        row, source = layout.first_weighted + index, layout.first_criterion + index
        grid.put(row, LABEL, criterion.title, Style.LABEL)
        grid.put(row, UNIT, POINTS, Style.UNIT)
        weight, percent_format = Address(SCORECARD, source, WEIGHT).cell, input_format(criterion.weight, PERCENT)
        grid.put(row, WEIGHT, criterion.weight, Style.LINKED, percent_format, formula=f"={weight}")
        for column, option in enumerate(book.model.option_ids, FIRST_SCORE):
            score = Address(SCORECARD, source, column).cell
            formula = f'=IF(ISNUMBER({score}),${column_letters(WEIGHT)}{row}/100*{score},"")'
            value = criterion.weighted[option]
            grid.put(row, column, "" if value is None else value, Style.CALCULATION, number_format, formula=formula)
    _weighted_totals(book, grid, layout, outcome)


def _weighted_totals(book: Book, grid: Grid, layout: ScorecardLayout, outcome: ScorecardOutcome) -> None:
    """The sums; an option that lacks a score has none. Then the option with the highest."""
    row = layout.total_row
    known = [each for each in outcome.totals.values() if each is not None]
    for at, text in ((row, "Weighted total"), (row + 1, "Highest weighted total")):
        grid.put(at, LABEL, text, Style.OUTPUT_LABEL)
    grid.put(row, UNIT, POINTS, Style.OUTPUT_LABEL)
    grid.put(row + 1, UNIT, "", Style.OUTPUT_LABEL)
    grid.put(row, WEIGHT, None, Style.OUTPUT)
    for column, option in enumerate(book.model.option_ids, FIRST_SCORE):
        parts = Area(SCORECARD, layout.first_weighted, column, row - 1, column).seen_from(SCORECARD)
        formula = f'=IF(COUNT({parts})=ROWS({parts}),SUM({parts}),"")'
        value = outcome.totals[option]
        shown = "" if value is None else value
        grid.put(row, column, shown, Style.OUTPUT, result_format(known, PLAIN), formula=formula)
    totals = Area(SCORECARD, row, FIRST_SCORE, row, layout.last_column).seen_from(SCORECARD)
    titles = Area(SCORECARD, HEAD_ROW, FIRST_SCORE, HEAD_ROW, layout.last_column).seen_from(SCORECARD)
    formula = (
        f'=IF(COUNT({totals})=0,"{NONE_COMPLETE}",IF(SUMPRODUCT(({totals}=MAX({totals}))*1)>1,"{TIE}",'
        f"INDEX({titles},1,MATCH(MAX({totals}),{totals},0))))"
    )
    if len(book.model.options) == 1:  # IronCalc searches no single cell
        formula = f'=IF(COUNT({totals})=0,"{NONE_COMPLETE}",{titles})'
    grid.put(row + 1, WEIGHT, best_text(book, outcome), Style.OUTPUT_TEXT, formula=formula)


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
        whole = cell_text(Address(SCORECARD, layout.total_row, LABEL), "Weighted total")
        values = across(book, SCORECARD, layout.total_row, outcome.totals, FIRST_SCORE)
        series.append(Series(whole, values, total=True))
    known = [value for value in outcome.totals.values() if value is not None]
    numbers = shown_numbers((option.title for option in model.options), outcome.totals.values(), PLAIN)
    grid.charts.append(
        ChartPlan(
            kind=ChartKind.STACK,
            title=f"{layout.card.title}: weighted scores",
            series=tuple(series),
            values=Axis(f"Weighted score, {POINTS}", axis_format(known, PLAIN), from_zero(known)),
            rows=(row, row + CHART_ROWS - 1),
            columns=(LABEL, max(layout.last_column, FIRST_SCORE + 1)),
            alternative=f"Stacked columns: {layout.card.title}, weighted scores in {POINTS}. {numbers}.",
            categories=Texts(
                Area(SCORECARD, HEAD_ROW, FIRST_SCORE, HEAD_ROW, layout.last_column),
                tuple(option.title for option in model.options),
            ),
            labels=result_format(known, PLAIN),
        )
    )


def best_text(book: Book, outcome: ScorecardOutcome) -> str:
    """What the formula of the best option comes to."""
    if outcome.best is not None:
        return book.model.option(outcome.best).title
    return TIE if outcome.tied else NONE_COMPLETE


def _validations(grid: Grid, layout: ScorecardLayout) -> None:
    highest = Area(SCORECARD, layout.highest.row, WEIGHT, layout.highest.row, WEIGHT)
    _numbers(grid, highest, "Highest score", "Above 0; every score lies between 0 and this.", "{0}>0")
    _numbers(grid, layout.weights, "Weight", "In per cent, 0 to 100: 40 for 40 %.", "{0}>=0,{0}<=100")
    most = highest.seen_from(SCORECARD, fixed=True)
    for scores in layout.scores:
        _numbers(grid, scores, "Score", "From 0 to the highest score.", f"{{0}}>=0,{{0}}<={most}")


def _numbers(grid: Grid, area: Area, title: str, prompt: str, condition: str) -> None:
    first = Address(area.sheet, area.top, area.left).cell
    rule = f"AND(ISNUMBER({first}),{condition.format(first)})"
    grid.validations.append(Validation((area,), title, prompt, f"Enter a number. {prompt}", rule=rule))
