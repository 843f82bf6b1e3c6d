"""Coverage and scorecard as stacked bars."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.compute.digits import input_decimals
from reportgen.compute.scorecard import points_decimals
from reportgen.formula.units import PERCENT
from reportgen.presentation.format import number, percent
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.report.charts.chart_parts import StackedBars, StackSeries
from reportgen.report.charts.contributions_chart import in_words


def coverage_chart(cells: Cells, topic: Topic) -> Iterator[StackedBars]:
    """How many features each option covers and what becomes of its gaps: the last rows of the table, the share covered
    at their end."""
    outcome = cells.results.features
    if outcome is None:
        return
    counts = topic.blocks[0].tables[0].rows[len(outcome.features) :]
    found = [outcome.counts[option] for option in cells.model.option_ids]
    numbers = [[each.covered for each in found]]
    gaps = ([getattr(each, gap) for each in found] for gap in ("priced", "not_quoted", "not_priced"))
    numbers += [each for each in gaps if any(each)]
    series = tuple(
        StackSeries(row.title, tuple(map(float, values)), tuple(cell.text for cell in row.cells))
        for row, values in zip(counts[:-1], numbers, strict=True)
    )
    what = cells.gettext("Features that each option covers, and its gaps")
    ends = counts[-1].cells
    words = in_words(cells, what, cells.option_titles, series, ends)
    remark = cells.gettext("At the end of each bar: the share covered.")
    yield StackedBars("figure-coverage", what, cells.option_titles, series, ends, words, remark)


def scorecard_chart(cells: Cells, topic: Topic) -> Iterator[StackedBars]:
    """What each criterion adds to the weighted total."""
    outcome, options = cells.results.scorecard, cells.model.option_ids
    if outcome is None:
        return
    totals = topic.blocks[0].tables[0].rows[-1].cells[-len(options) :]
    weights = input_decimals([each.weight for each in outcome.criteria], PERCENT)
    decimals = points_decimals(value for each in outcome.criteria for value in each.weighted.values())
    series = []
    for each in outcome.criteria:
        points = [each.weighted[option] for option in options]
        texts = tuple("" if value is None else number(value, decimals, cells.locale) for value in points)
        weight = percent(each.weight, weights, cells.locale)
        title = cells.gettext("{criterion} ({weight})", criterion=each.title, weight=weight)
        series.append(StackSeries(title, tuple(value or 0.0 for value in points), texts))
    what = cells.gettext("{scorecard}: what each criterion adds to the weighted total", scorecard=outcome.title)
    words = in_words(cells, what, cells.option_titles, tuple(series), totals)
    yield StackedBars("figure-scorecard", what, cells.option_titles, tuple(series), totals, words)
