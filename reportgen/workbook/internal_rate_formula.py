"""The internal rate of return as a formula: of amounts that change their sign once, in cells beside each other."""

from __future__ import annotations

from reportgen.compute.internal_rate import NONE, SEVERAL
from reportgen.formula.nodes import AxisRow
from reportgen.model.model import Model
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address
from reportgen.workbook.book_words import message
from reportgen.workbook.expressions import Expression, cell
from reportgen.workbook.timeline_layout import AXIS_ROWS, TIMELINE, WHOLE, step_columns


def yearly_rate(model: Model, amounts: Expression, first: Expression) -> Expression:
    """A share per year. `first` is the sign before the change.

    Spreadsheets search from a guess, and from 10 % do not come to the rate of what is hardly paid back. From a lower
    one they do: as if no more came back than a step's share of all that comes back, in the last step.
    """
    below, above = f.SUMPRODUCT((amounts < 0.0) * amounts), f.SUMPRODUCT((amounts > 0.0) * amounts)
    share, steps = (-below / above) ** first, f.COLUMNS(amounts)
    rate: Expression = f.IRR(amounts, (share / steps) ** (1.0 / steps) - 1.0)
    assert model.timeline is not None
    if model.timeline.length == 12:
        return rate
    months = cell(Address(TIMELINE, AXIS_ROWS[AxisRow.END], step_columns(model.timeline).steps[0]), fixed=True)
    return (1.0 + rate) ** (1.0 / (months / 12.0)) - 1.0


def or_word(changes: Expression, rate: Expression) -> Expression:
    """A rate where the sign changes once, else what there is in its place."""
    return f.IF(changes.equals(1.0), rate, f.IF(changes.equals(0.0), message(NONE), message(SEVERAL)))


def rate_of(row: int) -> Expression:
    """The rate of the amounts in a row of Timeline, or the word in its place: it stands below their signs."""
    return cell(Address(TIMELINE, row + 2, WHOLE), fixed=True)
