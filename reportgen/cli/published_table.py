"""Published figures for the terminal, each with what the model computes and the verdict."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from reportgen.cli.table import GAP
from reportgen.compute.published import Computed, PublishedOutcome, computed_decimals, stated_decimals
from reportgen.formula.units import Unit
from reportgen.model.assessment import VERDICTS, Interval
from reportgen.model.model import Model
from reportgen.presentation.format import plain_quantity, unit_text

WIDTH = 100
"""Columns of a terminal that a line has room in."""

INDENT = "    "
NOTHING = "–"
HEADS = ("States", "Step", "Computed", "Unit", "Verdict")
RIGHT = 3
"""How many of these columns, from the left, are numbers."""


def published_table(outcomes: Sequence[PublishedOutcome], model: Model) -> str:
    """A line of numbers for each figure, and below it where it stands and why it is so; then how many of each verdict
    there are. A verdict that is not the expected one is shown as `differs, not exact`."""
    rows = [_cells(each) for each in outcomes]
    widths = [max(map(len, column)) for column in zip(HEADS, *rows, strict=True)]
    room = WIDTH - sum(widths) - len(GAP) * len(widths)
    first = max(0, min(room, max(len(each.figure.id) for each in outcomes)))
    title = f"{model.title}, as of {model.as_of.isoformat()}: published figures"
    lines = [title, "", *_line("Figure", HEADS, first, widths)]
    lines.append("─" * max(len(line) for line in lines[2:]))
    for outcome, cells in zip(outcomes, rows, strict=True):
        lines += _line(outcome.figure.id, cells, first, widths)
        lines += _remarks(outcome)
    return "\n".join(line.rstrip() for line in [*lines, "", summary(outcomes)])


def summary(outcomes: Sequence[PublishedOutcome]) -> str:
    """`84 figures: 51 exact, 20 rounded, …; all as expected`."""
    counts = Counter(each.verdict for each in outcomes)
    parts = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])
    unexpected = sum(not each.as_expected for each in outcomes)
    noun = "figure" if len(outcomes) == 1 else "figures"
    expected = f"{unexpected} not as expected" if unexpected else "all as expected"
    return f"{len(outcomes)} {noun}: {parts}; {expected}"


def _line(id_: str, cells: Sequence[str], first: int, widths: Sequence[int]) -> Iterator[str]:
    """One line, or two where the name needs one of its own."""
    if len(id_) > first:
        yield id_
        id_ = ""
    parts = [cell.rjust(width) for cell, width in zip(cells[:RIGHT], widths, strict=False)]
    parts += [cell.ljust(width) for cell, width in zip(cells[RIGHT:], widths[RIGHT:], strict=True)]
    yield GAP.join([id_.ljust(first), *parts])


def _cells(outcome: PublishedOutcome) -> tuple[str, ...]:
    figure, unit = outcome.figure, outcome.figure.unit
    step = plain_quantity(figure.step, unit, stated_decimals(figure)) if figure.step else NOTHING
    return (
        number_text(figure.states, unit, stated_decimals(figure)),
        step,
        _computed(outcome, outcome.computed),
        unit_text(unit),
        outcome.verdict if outcome.as_expected else f"{outcome.verdict}, not {figure.expected}",
    )


def _computed(outcome: PublishedOutcome, computed: Computed | None) -> str:
    if computed is None:
        return NOTHING
    figure = outcome.figure
    return number_text(computed, figure.unit, computed_decimals(figure, computed))


def number_text(number: Computed, unit: Unit, decimals: int) -> str:
    """`7,300`, `600 to 1,500`, `10,000 or more`; the unit is used for the sign of per cent only."""
    if not isinstance(number, Interval):
        return plain_quantity(number, unit, decimals)
    start, end = (None if each is None else plain_quantity(each, unit, decimals) for each in (number.start, number.end))
    if start is None:
        return f"up to {end}"
    return f"{start} or more" if end is None else f"{start} to {end}"


def _remarks(outcome: PublishedOutcome) -> Iterator[str]:
    figure = outcome.figure
    case = f" (scenario {figure.scenario})" if figure.scenario else ""
    yield from _wrapped(f"{figure.title}; {figure.where}{case}" if figure.where else f"{figure.title}{case}")
    if outcome.intermediate is not None:
        yield from _wrapped(f"by the intermediate {_computed(outcome, outcome.intermediate)}")
    if figure.because:
        yield from _wrapped(f"because: {figure.because}")


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_on_hyphens=False)
