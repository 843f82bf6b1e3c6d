"""The chart of a brief: as many bars as can be read in the room that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reportgen.compute.comparison import Comparison
from reportgen.formula.nodes import Key
from reportgen.presentation.result_cells import Cells
from reportgen.report.brief.page_fit import POINT, WIDTH, width
from reportgen.report.charts.chart_parts import StackedBars
from reportgen.report.charts.contributions_chart import in_words, not_all_drawn
from reportgen.report.charts.frame import SMALL, TITLE
from reportgen.report.charts.frame import WIDTH as UNITS
from reportgen.report.charts.stack import CLOSE, KEY_ROW, KEY_TITLE, row_height

ID = "figure-brief"
LEAST_TYPE = 6.2
"""Points of the smallest type in a chart, a little above the 6 that a reader of print can be asked to read."""
_UNIT = min(WIDTH / UNITS, LEAST_TYPE / SMALL * POINT)
"""Millimetres of a unit of the drawing, at least."""
_FEWEST = 2
_MARK = 36.0
"""Units that an entry of a key needs beside its title."""


def by_importance(cells: Cells, comparison: Comparison) -> tuple[int, ...]:
    """The places of the options: the subject, then those that cost least, last those that lack a price."""
    options, total = cells.model.option_ids, comparison.total.name

    def rank(place: int) -> tuple[bool, bool, float]:
        key = Key(total, options[place])
        is_subject = options[place] == comparison.subject
        return not is_subject, cells.results.is_incomplete(key), cells.results.values[key]

    return tuple(sorted(range(len(options)), key=rank))


def fitting(cells: Cells, figure: StackedBars, order: Sequence[int], room: float) -> StackedBars | None:
    """The chart in `room` millimetres: whole, with its bars closer together, or with the first bars of the order; None
    where not even two can be read."""
    units = room / _UNIT - _top(figure)
    count = len(figure.bars)
    if count * row_height(count) <= units:
        return figure
    if count * CLOSE <= units:
        return replace(figure, id=ID, row=CLOSE)
    fits = int(units // CLOSE)
    if fits < min(_FEWEST, count):
        return None
    kept = sorted(order[:fits])
    bars, totals = tuple(figure.bars[at] for at in kept), tuple(figure.totals[at] for at in kept)
    series = tuple(
        replace(each, values=tuple(each.values[at] for at in kept), texts=tuple(each.texts[at] for at in kept))
        for each in figure.series
    )
    series = tuple(each for each in series if any(each.values))
    words = in_words(cells, figure.caption, bars, series, totals)
    remark = not_all_drawn(cells, len(kept), count)
    return replace(figure, id=ID, bars=bars, series=series, totals=totals, alternative=words, remark=remark, row=CLOSE)


def _top(figure: StackedBars) -> float:
    """Units above the bars, at most: those of a key, which may take several rows."""
    rows, at = 1, 0.0
    for each in figure.series:
        needs = min(KEY_TITLE, width(each.title, TITLE) / POINT) + _MARK
        rows, at = (rows + 1, needs) if at and at + needs > UNITS else (rows, at + needs)
    return max(30.0, rows * KEY_ROW + 8) + 4
