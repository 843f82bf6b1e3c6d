"""The cash flow as charts: what has been paid over the years, and in each year for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.digits import result_decimals
from reportgen.formula.units import PLAIN
from reportgen.presentation.cash_flow_topic import part_title
from reportgen.presentation.format import is_money, number
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.topic import Topic
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.chart_parts import Chart, Line, Lines, Panel, Point, StackedColumns
from reportgen.report.charts.contributions_chart import not_all_drawn

_MOST_MARKS = 4
_MOST_PANELS = 9
_LONGEST = 5
"""Characters of a year below its column."""


def cash_flow_charts(cells: Cells, topic: Topic) -> Iterator[Chart]:
    yield from _so_far(cells, topic)
    yield from _spend(cells)


def _spend(cells: Cells) -> Iterator[StackedColumns]:
    """What each category comes to in each year, a panel for each option; where all years are the same, the totals say
    as much."""
    outcome = cells.results.cash_flow
    if outcome is None or not cells.results.courses:
        return
    options = cells.model.options[:_MOST_PANELS]
    amounts = {
        name: [outcome.by_year(by_option[option.id]) for option in options] for name, by_option in outcome.parts.items()
    }
    drawn = {name: each for name, each in amounts.items() if any(any(years) for years in each)}
    if not drawn:
        return
    periods = (cells.gettext("Start"), *(_short(cells, year) for year in range(len(outcome.year_ends) - 1)))
    panels = tuple(Panel(option.title, tuple(each[at] for each in drawn.values())) for at, option in enumerate(options))
    what = cells.gettext("{total} by year and category", total=outcome.total.title)
    what = cells.named(what, outcome.unit)
    whole = [outcome.by_year(outcome.nominal[option.id]) for option in options]
    decimals = result_decimals([each for years in whole for each in years], outcome.unit)
    words = [cells.gettext("Stacked columns: {what}.", what=what)]
    for option, years in zip(options, whole, strict=True):
        texts = (
            f"{period} {cells.number(each, outcome.unit, decimals).text}"
            for period, each in zip(periods, years, strict=True)
        )
        words.append(f"{option.title}: {'; '.join(texts)}.")
    every = len(cells.model.options)
    remark = not_all_drawn(cells, len(options), every) if every > len(options) else ""
    yield StackedColumns(
        "figure-spend",
        what,
        remark,
        periods,
        tuple(part_title(cells, name) for name in drawn),
        panels,
        make_axis(cells, "", outcome.unit, _reaches(panels)),
        " ".join(words),
    )


def _reaches(panels: Sequence[Panel]) -> Iterator[float]:
    """How far columns reach above nothing and below it."""
    yield 0.0
    for panel in panels:
        for column in zip(*panel.values, strict=True):
            yield sum(each for each in column if each > 0)
            yield sum(each for each in column if each < 0)


def _short(cells: Cells, year: int) -> str:
    """A year below its column: `2027`, `27/28` where it does not begin in January, its number where it has no date."""
    timeline = cells.model.timeline
    label = "" if timeline is None else timeline.year_label(year)
    if len(label) > _LONGEST:
        first, _, last = label.partition(" to ")
        return f"{first[2:4]}/{last[2:4]}"
    return label or str(year + 1)


def _so_far(cells: Cells, topic: Topic) -> Iterator[Lines]:
    """What has been paid for each option of which something is known, with the years in which one has made up for
    another."""
    outcome = cells.results.cash_flow
    if outcome is None:
        return
    times = outcome.times
    options = cells.model.option_ids
    lines = tuple(
        Line(title, tuple(zip(times, outcome.cumulative[option], strict=True)), place)
        for place, (option, title) in enumerate(zip(options, cells.option_titles, strict=True))
        if option not in outcome.incomplete or any(outcome.nominal[option])
    )
    if not lines:
        return
    paid = cells.gettext("What has been paid over the years")
    so_far = paid if is_money(outcome.unit) else cells.gettext("{total} so far", total=outcome.total.title)
    what = cells.named(so_far, outcome.unit)
    last = [outcome.cumulative[option][-1] for option in options]
    decimals = result_decimals(last, outcome.unit)
    marks = [cells.incomplete(option in outcome.incomplete) for option in options]
    ends = [
        f"{title}: {cells.number(value, outcome.unit, decimals, mark).marked}"
        for title, value, mark in zip(cells.option_titles, last, marks, strict=True)
    ]
    words = [
        cells.gettext("Line chart: {what}.", what=what),
        cells.gettext("At the end: {amounts}.", amounts="; ".join(ends)),
    ]
    yield Lines(
        "figure-cash-flow",
        what,
        "",
        lines,
        tuple(_paybacks(cells, outcome, times))[:_MOST_MARKS],
        make_axis(cells, cells.gettext("Years"), PLAIN, times, exact=True, whole=True),
        make_axis(cells, "", outcome.unit, [0.0, *(y for line in lines for _, y in line.points)]),
        " ".join([*words, *topic.blocks[0].points]),
    )


def _paybacks(cells: Cells, outcome: CashFlowOutcome, times: Sequence[float]) -> Iterator[Point]:
    """Where an option that costs more at first has made up for it: at the crossing of two lines."""
    for each in outcome.paybacks:
        if each.years is None:
            continue
        text = cells.gettext("{years} years", years=number(each.years, 1, cells.locale))
        yield Point(each.years, _between(times, outcome.cumulative[each.option], each.years), text)


def _between(times: Sequence[float], amounts: Sequence[float], at: float) -> float:
    """The amount at a time, linear within its year, as paybacks are told."""
    for (start, low), (end, high) in pairwise(zip(times, amounts, strict=True)):
        if start <= at <= end:
            return low + (high - low) * (at - start) / (end - start)
    return amounts[-1]
