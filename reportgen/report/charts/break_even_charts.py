"""Break-evens as line charts: the options' totals along an input, their crossings marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.breakpoints import BreakEvenCurve
from reportgen.presentation.break_even_topic import along, place_text
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.chart_parts import Line, Lines, Point

_MOST_MARKS = 5


def break_even_charts(cells: Cells, topic: Topic) -> Iterator[Lines]:
    """One for each break-even of which something is known."""
    for outcome, curve, block in zip(cells.results.break_evens, cells.results.curves, topic.blocks, strict=True):
        if outcome.drawn:
            yield _chart(cells, outcome, curve, block.text or block.points)


def _chart(cells: Cells, outcome: BreakEvenOutcome, curve: BreakEvenCurve, sentences: tuple[str, ...]) -> Lines:
    """A line for each option of which something is known."""
    unit = outcome.total.unit
    numbers = [totals[each] for _, totals in curve.drawn for each in outcome.drawn]
    lines = tuple(
        Line(cells.model.option(each).title, tuple((at, totals[each]) for at, totals in curve.drawn), place)
        for place, each in enumerate(cells.model.option_ids)
        if each in outcome.drawn
    )
    named = cells.named(along(cells, outcome), unit)
    return Lines(
        f"figure-break-even-{outcome.question.id}",
        named,
        "",
        lines,
        _marks(cells, outcome, curve),
        make_axis(
            cells, outcome.driver.title, outcome.driver.unit, [outcome.question.start, outcome.question.end], exact=True
        ),
        make_axis(cells, "", unit, numbers),
        " ".join([cells.gettext("Line chart: {what}.", what=named), *sentences]),
    )


def _marks(cells: Cells, outcome: BreakEvenOutcome, curve: BreakEvenCurve) -> tuple[Point, ...]:
    """The crossings, at the height that both options have there by the neighbouring points of the curve; half way up
    where one of them jumps."""
    found: dict[str, Point] = {}
    for pair in outcome.pairs:
        for crossing in pair.crossings:
            y = (_height(curve, pair.first, crossing.at) + _height(curve, pair.second, crossing.at)) / 2
            place = place_text(cells, outcome, crossing.at)
            found.setdefault(place, Point(crossing.at, y, place))
    return tuple(sorted(found.values(), key=lambda point: point.x)[:_MOST_MARKS])


def _height(curve: BreakEvenCurve, option: str, at: float) -> float:
    points = [(x, totals[option]) for x, totals in curve.drawn]
    for (left, low), (right, high) in pairwise(points):
        if left <= at <= right and left < right:
            return low + (high - low) * (at - left) / (right - left)
    return points[-1][1]
