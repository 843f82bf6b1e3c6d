"""The two pages for a decision: what of a report's content stands on them, chosen so that it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportgen.compute.comparison import Comparison
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.sentences import shortened
from reportgen.presentation.value_table import ValueTable
from reportgen.report.brief import brief_tables
from reportgen.report.brief.brief_figure import by_importance, fitting
from reportgen.report.brief.brief_tables import TEXT, BriefAssumption
from reportgen.report.brief.finding import context, headline, key_figures, meta, warning
from reportgen.report.brief.page_fit import HALF, TYPE, WIDTH, Listing, Sized, fit, height, sized
from reportgen.report.charts.chart_parts import StackedBars
from reportgen.report.evidence import Evidence
from reportgen.report.view_parts import InputGroup, SourceRow, Tile

PAGE = 262.0
"""Millimetres between the margins of templates/brief/style.css, less a safety of some."""
_CHART = 28.0, 120.0
"""Millimetres that the chart has at least and at most."""
_TITLE = ((56, 23.0), (110, 17.0), (10_000, 12.5))
"""Points of the title's type up to so many characters."""
_FIGURE = "StackedBars 1, by category in its unit: "
"""About as long as what stands in the chart's caption beside the total's title."""
_HEADING = 1.08
"""How much wider headings run than text, in the widest family that a brand is likely to choose."""
_REMARK = 4.0
"""Millimetres of the line that says what was left out."""
_GROUND, _CHANGES = 20.0, 8.0
"""Millimetres of the last block around its text, and of the first heading of the second page."""
_ROWS = 3
"""As many rows a table has at least, if it has as many."""


Register = tuple[Sequence[InputGroup], Sequence[SourceRow]]


@dataclass(frozen=True, slots=True)
class FirstPage:
    """`title_size` in points, `chart_height` in millimetres. `lead` says what it is about and `options` are titles with
    summaries, where they have room; so are `metrics`. `figure` is None where
    it would be too small to be read."""

    title_size: float
    meta: str
    headline: tuple[str, ...]
    warning: str
    lead: str
    options: tuple[tuple[str, str], ...]
    tiles: tuple[Tile, ...]
    totals: Sized
    chart_height: float
    metrics: Sized | None
    figure: StackedBars | None


@dataclass(frozen=True, slots=True)
class SecondPage:
    """Tables are None where the model does not ask; `is_paired`: the swings and the scenarios stand side by side;
    `remarks` say by the name of a part that some of it was left out."""

    break_evens: tuple[str, ...]
    swings: Sized | None
    scenarios: Sized | None
    is_paired: bool
    choices: Sized | None
    assumptions: tuple[BriefAssumption, ...]
    limits: tuple[str, ...]
    remarks: dict[str, str]
    ground: str

    @property
    def has_changes(self) -> bool:
        return bool(self.break_evens or self.swings or self.scenarios)


@dataclass(frozen=True, slots=True)
class BriefPart:
    first: FirstPage
    second: SecondPage


def brief_part(
    cells: Cells,
    comparison: Comparison,
    costs: tuple[StackedBars, Sequence[ValueTable]],
    register: Register,
    state: Evidence,
) -> BriefPart:
    """What the brief shows; `costs` are the chart of the headline and its data, `register` holds
    its inputs and its sources."""
    first = _first_page(cells, comparison, costs, key_figures(cells, comparison, state))
    return BriefPart(first, _second_page(cells, register, state))


def _first_page(
    cells: Cells,
    comparison: Comparison,
    costs: tuple[StackedBars, Sequence[ValueTable]],
    tiles: tuple[Tile, ...],
) -> FirstPage:
    found, missing = headline(cells, comparison), warning(cells)
    order = by_importance(cells, comparison)
    size = next(size for most, size in _TITLE if len(cells.model.title) <= most)
    used = 11 + height(cells.model.title, WIDTH, size * _HEADING) + 10
    used += height(" ".join(found), WIDTH, 12 * _HEADING) + 4
    used += height(missing, WIDTH - 6, 9) + 5 if missing else 0
    used += _tiles_height(tiles)
    used += height(f"{_FIGURE}{comparison.total.title}", WIDTH, TYPE * _HEADING) + 3
    totals = _totals(cells, brief_tables.totals(cells, comparison, costs[1]), order, PAGE - used - _CHART[0])
    used += totals.height
    chart = min(_CHART[1], 18 + 11.5 * len(cells.model.options))
    lead, options, needed = context(cells, PAGE - used - chart)
    metrics = _fitting(brief_tables.metrics(cells), PAGE - used - needed - chart)
    needed += metrics.height if metrics else 0
    left = max(_CHART[0], min(_CHART[1], PAGE - used - needed))
    drawn = fitting(cells, costs[0], order, left - _REMARK)
    return FirstPage(
        title_size=size,
        meta=meta(cells),
        headline=found,
        warning=missing,
        lead=lead,
        options=options,
        tiles=tiles,
        totals=totals,
        chart_height=round(left - (_REMARK if drawn and drawn.remark else 0), 1),
        metrics=metrics,
        figure=drawn,
    )


def _totals(cells: Cells, table: ValueTable, order: Sequence[int], room: float) -> Sized:
    """The table of totals; of more options than have room the most important."""
    whole = _full(table, 31.0)
    if whole.height <= room or len(table.rows) != len(order):
        return whole
    (count,) = fit((Listing(whole.head_height + _REMARK, whole.rows, _ROWS),), room)
    kept = sorted(order[: max(count, _ROWS)])
    remark = cells.gettext("{count} of {total} are shown.", count=len(kept), total=len(order))
    return replace(whole, table=replace(table, rows=tuple(table.rows[at] for at in kept), remark=remark))


def _tiles_height(tiles: Sequence[Tile]) -> float:
    """Of key figures side by side, with what is free below them."""
    room = (WIDTH - 3 * (len(tiles) - 1)) / len(tiles) - 6
    labels = max(height(each.label, room, 8) for each in tiles)
    rests = max(height(f"{each.rest} {each.mark}", room, 8) for each in tiles)
    return labels + rests + max(height(each.value, room, 14 * _HEADING) for each in tiles) + 10


def _fitting(table: ValueTable | None, room: float) -> Sized | None:
    """As many rows of a table as have room, but two of several at least; None where it has no room."""
    whole = None if table is None else sized(table, WIDTH, 31.0)
    if whole is None:
        return None
    (count,) = fit((Listing(whole.head_height, whole.rows, 2),), room)
    return _limited(whole, count if count > 1 or len(whole.rows) == 1 else 0)


def _second_page(cells: Cells, register: Register, state: Evidence) -> SecondPage:
    break_evens = tuple(brief_tables.break_evens(cells))
    swings = brief_tables.swings(cells)
    scenarios, choices = brief_tables.scenarios(cells), brief_tables.choices(cells)
    assumptions = tuple(brief_tables.assumptions(cells, *register))
    limits = tuple(shortened(each, TEXT) for each in cells.model.limits)
    workbook = cells.gettext(
        "Every figure is computed from one model with checked units; the workbook {file} holds it as live formulas, "
        "and the full report its sources, formulas and limits.",
        file=f"{cells.model.id}.xlsx",
    )
    ground = " ".join((*state.sentences, workbook))
    left, right = _pair(swings, scenarios)
    wide = None if choices is None else _full(choices)
    beside = left is not None and right is not None and left.width == HALF
    listings = {
        "break_evens": Listing(3.5, _points(break_evens), 2),
        "swings": Listing(0, (), 0) if beside else _listing(left),
        "scenarios": _paired(left, right) if beside and left and right else _listing(right),
        "choices": _listing(wide, heading=9),
        "assumptions": Listing(9 + 15, tuple(map(brief_tables.assumption_height, assumptions)), 4),
        "limits": Listing(14, _points(limits), 1),
    }
    room = PAGE - height(ground, WIDTH, 9) - _GROUND - (_CHANGES if break_evens or swings or scenarios else 0)
    counts = dict(zip(listings, fit(tuple(listings.values()), room), strict=True))
    if beside and left and right:
        counts["swings"] = len(left.table.rows)
        counts["scenarios"] += _below(left, right) - 1
    totals = {"scenarios": right, "choices": wide}
    sizes = {name: len(each.table.rows) for name, each in totals.items() if each} | {
        "break_evens": len(break_evens),
        "limits": len(limits),
    }
    remarks = {
        name: cells.gettext("{count} of {total} are shown.", count=counts[name], total=size)
        for name, size in sizes.items()
        if 0 < counts[name] < size
    }
    return SecondPage(
        break_evens=break_evens[: counts["break_evens"]],
        swings=_limited(left, counts["swings"]),
        scenarios=_limited(right, counts["scenarios"]),
        is_paired=beside,
        choices=_limited(wide, counts["choices"]),
        assumptions=assumptions[: counts["assumptions"]],
        limits=limits[: counts["limits"]],
        remarks=remarks,
        ground=ground,
    )


def _pair(swings: ValueTable | None, scenarios: ValueTable | None) -> tuple[Sized | None, Sized | None]:
    """Two tables side by side where both have room for their numbers, else as wide as the page."""
    if swings is not None and scenarios is not None:
        left, right = sized(swings, HALF, 20.0), sized(scenarios, HALF, 23.0)
        if left is not None and right is not None:
            return left, right
    return (None if swings is None else _full(swings)), (None if scenarios is None else _full(scenarios))


def _below(left: Sized, right: Sized) -> int:
    """How many rows of the right table are no lower than the whole left one; at least one."""
    room, count = left.height - right.head_height, 0
    for each in right.rows:
        room -= each
        count += room >= 0
    return max(1, count)


def _paired(left: Sized, right: Sized) -> Listing:
    """Two tables side by side as one listing: its first row is the whole left one and what stands beside it."""
    beside = _below(left, right)
    high = max(left.height, right.head_height + sum(right.rows[:beside])) + _REMARK
    return Listing(0, (high, *right.rows[beside:]), 1)


def _listing(table: Sized | None, heading: float = 0.0) -> Listing:
    if table is None:
        return Listing(0, (), 0)
    return Listing(heading + table.head_height + _REMARK, table.rows, _ROWS)


def _points(texts: Sequence[str]) -> tuple[float, ...]:
    return tuple(height(each, WIDTH - 6, 9) + 1.1 for each in texts)


def _limited(table: Sized | None, count: int) -> Sized | None:
    return table.limited(count) if table and count else None


def _full(table: ValueTable, usual: float = 40.0) -> Sized:
    """As wide as the page; where the numbers are too long for that, with what is left for the first column."""
    return sized(table, WIDTH, usual) or Sized(table, WIDTH, (WIDTH - 36) / len(table.heads))
