"""What may be typed in a row of Assumptions: values between Low and High, and these on their sides of the base."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reportgen.formula.units import Unit
from reportgen.model.model import Quantity, Range
from reportgen.workbook.address import Area
from reportgen.workbook.book_words import message, number_text, together
from reportgen.workbook.cell_scale import from_cell, is_per_cent
from reportgen.workbook.grid import Grid, Validation
from reportgen.workbook.plan import ASSUMPTIONS, Plan
from reportgen.workbook.scenario_columns import BASE, HIGH, LOW
from reportgen.workbook.validations import (
    Limits,
    entry_in,
    first_of,
    number_or_word,
    number_rules,
    own_limits,
    plausible,
    rectangles,
    said,
)

AS_BASE = "–"
"""Stands in a scenario's cell that sets nothing; an empty cell or any other text means the same."""

_AGAIN = message("Keep it anyway?")


def input_rules(plan: Plan, grid: Grid, row: int, quantity: Quantity, known: Range, title: str) -> list[Validation]:
    """Rules for a row of `grid` that is filled: its base, its scenarios, Low and High, in the unit of `quantity`."""
    contents = [grid.cells[row, column].content for column in range(LOW, plan.last_scenario_column + 1)]
    held = [each for each in contents if isinstance(each, float)]
    limits = own_limits([from_cell(each, quantity.unit) for each in held], quantity.unit)
    texts = title, _prompt(quantity, known), _interval(known, quantity.unit)
    return [*_values(plan, grid, row, texts, known, limits), *_ends(plan, grid, row, quantity, title, limits)]


def _values(
    plan: Plan, grid: Grid, row: int, texts: tuple[str, str, str], known: Range, limits: Limits
) -> Iterator[Validation]:
    """The base, and the scenarios that set their own; a warning where there is a range to be in."""
    low, high = (grid.cell(row, column, fixed_column=True) for column in (LOW, HIGH))
    own = [column for column in range(BASE + 1, plan.last_scenario_column + 1) if not grid.computes(row, column)]
    base = Area(ASSUMPTIONS, row, BASE, row, BASE)
    for area in (base, *rectangles([(row, column) for column in own], ASSUMPTIONS)):
        entry, words = first_of(area), None if area is base else (AS_BASE,)
        between = [entry >= low] if known.low is not None else []
        between += [entry <= high] if known.high is not None else []
        if between:
            error = message(
                "This is no number within Low and High ({interval} when this book was made). {again}",
                interval=texts[2],
                again=_AGAIN,
            )
            prompt = texts[1] if known.low is not None else texts[1] + said(limits)
            yield plausible(area, (texts[0], prompt), limits, between, error, words)
        elif words:
            rule = number_or_word(area, *texts[:2], words, limits, or_empty=True)
            yield replace(rule, error=message("Enter a number. Where there is none, Base holds.") + said(limits))
        else:
            yield from number_rules((area,), *texts[:2], limits)


def _ends(plan: Plan, grid: Grid, row: int, quantity: Quantity, title: str, limits: Limits) -> Iterator[Validation]:
    """Low is at most the base, High at least."""
    base = grid.cell(row, BASE, fixed_column=True)
    for column, end in ((LOW, "least"), (HIGH, "most")):
        entry = grid.cell(row, column)
        area = Area(ASSUMPTIONS, row, column, row, column)
        rises = entry <= base if end == "least" else entry >= base
        own = entry_in(quantity.unit)
        if end == "least":
            prompt = message("The lowest plausible value, or nothing. {entry} It is at most Base.", entry=own)
            error = message("This is no number, or above Base.{limits} {again}", limits=said(limits), again=_AGAIN)
        else:
            prompt = message("The highest plausible value, or nothing. {entry} It is at least Base.", entry=own)
            error = message("This is no number, or below Base.{limits} {again}", limits=said(limits), again=_AGAIN)
        yield plausible(area, (title, prompt), limits, [rises], error, ())


def _interval(known: Range, unit: Unit) -> str:
    sign = " %" if is_per_cent(unit) else ""
    low, high = (None if each is None else together(number_text(each), sign) for each in (known.low, known.high))
    if low is None:
        return message("at most {high}", high=high)
    if high is None:
        return message("at least {low}", low=low)
    return low if known.low == known.high else message("{low} to {high}", low=low, high=high)


def _prompt(quantity: Quantity, known: Range) -> str:
    text = entry_in(quantity.unit)
    if known.low is None and known.high is None:
        return text
    both = known.low is not None and known.high is not None and known.low != known.high
    interval = _interval(known, quantity.unit)
    if both:
        return message("{entry} Plausible from {interval}.", entry=text, interval=interval)
    return message("{entry} Plausible: {interval}.", entry=text, interval=interval)
