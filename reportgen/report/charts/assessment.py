"""Coverage and scorecard as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.compute.digits import input_decimals
from reportgen.compute.features import FeaturesOutcome
from reportgen.compute.scorecard import ScorecardOutcome, points_decimals
from reportgen.formula.units import PERCENT
from reportgen.report.cells import Cells
from reportgen.report.charts.figure import in_words
from reportgen.report.language.format import number, percent
from reportgen.report.parts import Cell, Figure, Row, Series


def coverage_chart(cells: Cells, outcome: FeaturesOutcome, counts: Sequence[Row]) -> Figure:
    """How many features each option covers and what becomes of its gaps; `counts` are the last rows of the table, the
    share covered at their end."""
    found = [outcome.counts[option] for option in cells.model.option_ids]
    numbers = [[each.covered for each in found]]
    gaps = ([getattr(each, gap) for each in found] for gap in ("priced", "not_quoted", "not_priced"))
    numbers += [each for each in gaps if any(each)]
    series = tuple(
        Series(row.title, tuple(map(float, values)), tuple(cell.text for cell in row.cells))
        for row, values in zip(counts[:-1], numbers, strict=True)
    )
    what = cells.gettext("Features that each option covers, and its gaps")
    ends = counts[-1].cells
    words = in_words(cells, what, cells.option_titles, series, ends)
    remark = cells.gettext("At the end of each bar: the share covered.")
    return Figure("figure-coverage", what, cells.option_titles, series, ends, words, remark)


def scorecard_chart(cells: Cells, outcome: ScorecardOutcome, totals: Sequence[Cell]) -> Figure:
    """What each criterion adds to the weighted total; `totals` are those of the table."""
    options = cells.model.option_ids
    weights = input_decimals([each.weight for each in outcome.criteria], PERCENT)
    decimals = points_decimals(value for each in outcome.criteria for value in each.weighted.values())
    series = []
    for each in outcome.criteria:
        points = [each.weighted[option] for option in options]
        texts = tuple("" if value is None else number(value, decimals, cells.locale) for value in points)
        weight = percent(each.weight, weights, cells.locale)
        title = cells.gettext("{criterion} ({weight})", criterion=each.title, weight=weight)
        series.append(Series(title, tuple(value or 0.0 for value in points), texts))
    what = cells.gettext("{scorecard}: what each criterion adds to the weighted total", scorecard=outcome.title)
    words = in_words(cells, what, cells.option_titles, tuple(series), tuple(totals))
    return Figure("figure-scorecard", what, cells.option_titles, tuple(series), tuple(totals), words)
