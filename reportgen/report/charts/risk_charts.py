"""How totals are spread, as a chart."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.compute.digits import result_decimals
from reportgen.formula.units import PERCENT
from reportgen.presentation.format import percent
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.presentation.value_table import TableCell
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.chart_parts import Curves, Line, Point, Spread
from reportgen.report.charts.contributions_chart import not_all_drawn

SHOWN = (10, 50, 90)
"""The percentiles that the curves are marked with."""
_SHARES = range(1, 100)
_MOST_OPTIONS = 16
"""Each has a row of its own below the curves; more would be higher than a page."""


def simulation_chart(cells: Cells, topic: Topic) -> Iterator[Curves]:
    """The share of draws that stay below each total of which something is known, from the 1st to the 99th percentile,
    and P10, P50 and P90."""
    outcome = cells.results.simulation
    if outcome is None:
        return
    total, last = outcome.total, outcome.draws - 1
    places = [(round(last * share / 100), float(share)) for share in _SHARES]
    every = cells.model.option_ids
    known = [each for each in every if each not in outcome.incomplete or outcome.samples[each].any()]
    least = sorted(known, key=lambda each: (each in outcome.incomplete, outcome.percentiles[each][SHOWN[1]]))
    options = tuple(option for option in known if option in least[:_MOST_OPTIONS])
    lines = tuple(
        Line(
            cells.option_titles[place],
            tuple((float(outcome.samples[option][at]), share) for at, share in places),
            place,
        )
        for place, option in enumerate(every)
        if option in options
    )
    if not lines:
        return
    decimals = result_decimals([found[at] for found in outcome.percentiles.values() for at in SHOWN], total.unit)

    def point(option: str, at: int) -> Point:
        value = outcome.percentiles[option][at]
        mark = cells.incomplete(option in outcome.incomplete)
        return Point(value, float(at), cells.number(value, total.unit, decimals, mark).text)

    spreads = tuple(Spread(*(point(option, at) for at in SHOWN)) for option in options)
    marks = (cells.incomplete(option in outcome.incomplete) for option in options)
    texts = (f"P10 {each.low.text}, P50 {each.middle.text}, P90 {each.high.text}" for each in spreads)
    named = (f"{line.title}: {text}" for line, text in zip(lines, texts, strict=True))
    words = "; ".join(TableCell(text, mark=mark).marked for text, mark in zip(named, marks, strict=True))
    remark = cells.gettext(
        "The curves run from {low} to {high} of the draws; points and rows show the 10th, 50th and 90th percentile.",
        low=percent(_SHARES[0], 0, cells.locale),
        high=percent(_SHARES[-1], 0, cells.locale),
    )
    if len(lines) < len(known):
        remark += " " + not_all_drawn(cells, len(lines), len(known))
    caption = cells.gettext("{total}: share of draws that stay below", total=total.title)
    yield Curves(
        "figure-simulation",
        caption,
        remark,
        lines,
        spreads,
        ("P10", "P50", "P90"),
        make_axis(cells, total.title, total.unit, [x for line in lines for x, _ in line.points]),
        make_axis(cells, "", PERCENT, [0.0, 100.0], exact=True),
        f"{cells.gettext('Line chart: {what}.', what=caption)} {words}.",
    )
