"""Totals from low to high: a table for each range of the model, and rows below the headline of the results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.ranges import Extremes, InputEnds, RangeOutcome
from reportgen.formula.units import Unit
from reportgen.presentation.format import LOCALE, NO_BREAK, number, percent, plain_quantity, quantity
from reportgen.presentation.result_cells import Cells, input_title
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableCell, TableRow, ValueTable
from reportgen.presentation.words import words_of

MOST_NAMED = 8
"""As many inputs of a range as a sentence lists."""


def from_to(low: float, high: float, unit: Unit, decimals: int, locale: str = LOCALE) -> str:
    """Two numbers as a table shows a range: `10,640 to 12,640`. It may be broken after `to` and nowhere else."""
    start, end = (plain_quantity(each, unit, decimals, locale) for each in (low, high))
    first, _, last = words_of(locale).gettext("{start} to {end}", start=start, end=end).rpartition(" ")
    return f"{first.replace(' ', NO_BREAK)} {last}"


def with_ranges(cells: Cells, totals: ValueTable) -> ValueTable:
    """The table of totals with the extremes of each range of the headline, which is its last row."""
    return replace(totals, rows=(*totals.rows, *_range_rows(cells)))


def _range_rows(cells: Cells) -> Iterator[TableRow]:
    total = cells.model.headline
    decimals = cells.decimals(*(each for each in cells.model.totals if each.unit == total.unit))
    for found in (each.extremes for each in cells.results.ranges):
        if found.total.name == total.name:
            shown = _cells(cells, found, found.low, found.high, decimals)
            yield TableRow(found.range.title, total.name, shown, cells.column_unit(total.unit))


def ranges_topic(cells: Cells) -> Topic | None:
    """Each range of the model with its extremes and its P10 and P90; None where it has no ranges."""
    outcomes = cells.results.ranges
    if not outcomes:
        return None
    text = cells.gettext(
        "A range moves several inputs at once between their low and their high. At the extremes, each of them "
        "stands at the end that lowers, or raises, the total of that option, as moving one input at a time tells. "
        "P10 and P90 are the totals that {p10} and {p90} of {draws} draws with seed {seed} stay below, in which just "
        "these inputs vary.",
        p10=percent(10, 0, cells.locale),
        p90=percent(90, 0, cells.locale),
        draws=number(outcomes[0].draws, 0, cells.locale),
        seed=outcomes[0].seed,
    )
    if any(each.extremes.incomplete for each in outcomes):
        text = f"{text} {cells.gettext('Incomplete options count with what is known of them.')}"
    blocks = tuple(_range(cells, each) for each in outcomes)
    return Topic("what-if-ranges", cells.gettext("Ranges"), (TopicBlock("", (text,)), *blocks))


def _range(cells: Cells, outcome: RangeOutcome) -> TopicBlock:
    found = outcome.extremes
    total, options = found.total, cells.model.option_ids
    numbers = (found.base, found.low, found.high, outcome.p10, outcome.p90)
    decimals = result_decimals([value for each in numbers for value in each.values()], total.unit)
    marks = {option: cells.incomplete(option in found.incomplete) for option in options}
    base = tuple(cells.number(found.base[each], total.unit, decimals, marks[each]) for each in options)
    rows = (
        TableRow(cells.gettext("With every input at its value"), "base", base),
        TableRow(
            cells.gettext("Between the extremes"),
            "extremes",
            _cells(cells, found, found.low, found.high, decimals),
            kind="sum",
        ),
        TableRow(cells.gettext("P10 to P90"), "percentiles", _cells(cells, found, outcome.p10, outcome.p90, decimals)),
    )
    caption = f"{total.title}: {found.range.title}"
    table = ValueTable(
        f"range-{found.range.id}-table",
        caption,
        cells.gettext("Range"),
        cells.option_titles,
        rows,
        cells.unit_text(total.unit),
        columns=OPTIONS,
    )
    return TopicBlock(found.range.title, (_varied(cells, found),), (), (table,))


def _cells(
    cells: Cells, found: Extremes, low: dict[str, float], high: dict[str, float], decimals: int
) -> tuple[TableCell, ...]:
    def cell(option: str) -> TableCell:
        unit, mark = found.total.unit, cells.incomplete(option in found.incomplete)
        if mark and low[option] == high[option]:
            return cells.number(low[option], unit, decimals, mark)
        return TableCell(from_to(low[option], high[option], unit, decimals, cells.locale), mark=mark)

    return tuple(map(cell, cells.model.option_ids))


def _varied(cells: Cells, found: Extremes) -> str:
    """Which inputs vary, and between what; the assumptions give those that are left out."""
    named = [_input(cells, each) for each in found.inputs[:MOST_NAMED]]
    rest = len(found.inputs) - len(named)
    if rest:
        others = cells.ngettext(
            "{count} more input, whose low and high stand with the assumptions",
            "{count} more inputs, whose low and high stand with the assumptions",
            rest,
        )
        named.append(others)
    return cells.gettext("What varies: {inputs}.", inputs=cells.words.listed(named))


def _input(cells: Cells, each: InputEnds) -> str:
    unit = cells.model.quantities[each.key.name].unit
    places = input_decimals((each.low, each.high), unit)
    low, high = cells.amount(each.low, unit, places)[0], quantity(each.high, unit, places, cells.locale)
    return cells.gettext("{input} ({low} to {high})", input=input_title(cells, each.key), low=low, high=high)
