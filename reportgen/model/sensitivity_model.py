"""The sensitivity: as written, and with its inputs, its two options and its grid known."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from reportgen.formula.nodes import Key
from reportgen.formula.units import PLAIN
from reportgen.model.amounts import NUMBER, Number
from reportgen.model.compounds import Many, One
from reportgen.model.kinds import INPUT_NAME, OPTION, TOTAL, OneOrMore
from reportgen.model.question_context import Context, in_unit
from reportgen.model.records import optional, record, required
from reportgen.model.written import NumberSpec, Text


@record("the grid's {}")
class AxisSpec:
    driver: Text = required(INPUT_NAME, "the input that varies")
    values: tuple[NumberSpec, ...] = required(
        Many(NUMBER, "a value of the grid", 1, "for example [100, 200, 400]"), "its values, rising"
    )


@record("the grid")
class GridSpec:
    rows: AxisSpec = required(One(AxisSpec), "the input that varies from row to row")
    columns: AxisSpec = required(One(AxisSpec), "the input that varies from column to column")


@record("sensitivity")
class SensitivitySpec:
    of: Text = required(TOTAL, "the total that is looked at")
    inputs: tuple[Text, ...] = optional(
        OneOrMore(INPUT_NAME), "what varies; without it every input that has a low and a high", ()
    )
    swing: NumberSpec | None = optional(
        Number((("exclusiveMinimum", 0), ("maximum", 1))),
        "how far inputs without low and high go down and up, `10 %`; without it they are left out",
    )
    between: tuple[Text, ...] = optional(OneOrMore(OPTION, 2, 2), "two options whose difference is looked at", ())
    grid: GridSpec | None = optional(One(GridSpec), "a table of the total by two inputs")


@dataclass(frozen=True, slots=True)
class Axis:
    """A driver and the values it takes, rising, in its own unit."""

    driver: Key
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """`inputs` empty: every input that has a low and a high; `swing` a share of the value, None if not used.
    `between` two options whose difference is looked at; `grid` rows and columns of a table of two drivers."""

    of: str
    inputs: tuple[Key, ...]
    swing: float | None
    between: tuple[str, str] | None
    grid: tuple[Axis, Axis] | None


def check_sensitivity(written: SensitivitySpec, context: Context) -> Sensitivity:
    """Reports RG211, RG212, RG402 and RG403."""
    context.check_total(written.of)
    context.check_options(written.between)
    between = tuple(dict.fromkeys(option.text for option in written.between))
    if written.between and len(between) != 2:
        context.problems.error("RG212", "the difference is between two options", written.between[0].span)
    grid = None if written.grid is None else _grid(written.grid, context)
    pair = (between[0], between[1]) if len(between) == 2 else None
    swing = None if written.swing is None else _swing(written.swing, context)
    inputs = _inputs(written, context)
    return Sensitivity(written.of.text, inputs, swing, pair, grid)


def _swing(written: NumberSpec, context: Context) -> float:
    swing = in_unit(written, PLAIN, "the swing", context.problems)
    if swing <= 0 or swing > 1:
        context.problems.error("RG212", "the swing is a share between 0 and 100 %", written.span, "for example 10 %")
    return swing


def _inputs(written: SensitivitySpec, context: Context) -> tuple[Key, ...]:
    """The inputs that are named. Without a swing they have a low and a high, and one there is has either."""
    problems, found = context.problems, dict[Key, None]()
    for name in written.inputs:
        keys = context.assumption(name)
        found |= dict.fromkeys(keys)
        if keys and written.swing is None and not any(context.inputs[key].varies for key in keys):
            hint = "give it both, or give the sensitivity a swing: `swing: 10 %`"
            problems.error("RG212", f"`{name}` has no low and high to go between", name.span, hint)
    moves = written.swing is not None or any(each.moves for each in context.inputs.values())
    if written.grid is None and not written.inputs and not problems.failed and not moves:
        hint = "give one of them both, or give the sensitivity a swing: `swing: 10 %`"
        problems.error("RG212", "no input has a low or a high to go to", written.of.span, hint)
    return tuple(found)


def _grid(written: GridSpec, context: Context) -> tuple[Axis, Axis] | None:
    rows, columns = _axis(written.rows, context), _axis(written.columns, context)
    if rows is None or columns is None:
        return None
    if rows.driver == columns.driver:
        message = "rows and columns have the same driver"
        context.problems.error("RG212", message, written.columns.driver.span, "name another input")
    for axis, made in ((written.rows, rows), (written.columns, columns)):
        for number, (earlier, later) in zip(axis.values[1:], pairwise(made.values), strict=True):
            if later <= earlier:
                context.problems.error("RG212", "the values rise from one to the next", number.span)
    return rows, columns


def _axis(written: AxisSpec, context: Context) -> Axis | None:
    key = context.input(written.driver)
    if key is None:
        return None
    unit = context.inputs[key].unit
    return Axis(key, tuple(in_unit(number, unit, "a value of the grid", context.problems) for number in written.values))
