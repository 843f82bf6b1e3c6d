"""Ranges as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from reportgen.cli.table import GAP
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.ranges import InputEnds, RangeOutcome
from reportgen.model.model import INCOMPLETE, Model
from reportgen.presentation.format import NO_BREAK, number, plain_quantity, unit_text
from reportgen.presentation.ranges_topic import from_to

LONGEST = 118
"""Characters of a line."""

HEADS = ("Option", "At its values", "Between the extremes", "P10 to P90")


def ranges_table(outcomes: Sequence[RangeOutcome], model: Model) -> str:
    """A table for each range: of each option the total with every input at its value, between the extremes, and from
    P10 to P90; below it, which inputs vary."""
    draws, seed = number(outcomes[0].draws, 0), outcomes[0].seed
    out = [f"{model.title}, as of {model.as_of.isoformat()}: ranges; P10 and P90 of {draws} draws with seed {seed}"]
    for outcome in outcomes:
        out += ["", *_range(outcome, model)]
    if any(outcome.extremes.incomplete for outcome in outcomes):
        out += ["", f"{INCOMPLETE}: something it is computed from is not quoted; only what is known is counted"]
    return "\n".join(line.rstrip() for line in out)


def _range(outcome: RangeOutcome, model: Model) -> Iterator[str]:
    found = outcome.extremes
    unit = found.total.unit
    totals = (found.base, found.low, found.high, outcome.p10, outcome.p90)
    decimals = result_decimals([value for each in totals for value in each.values()], unit)

    def both(low: dict[str, float], high: dict[str, float], option: str) -> str:
        return from_to(low[option], high[option], unit, decimals).replace(NO_BREAK, " ")

    rows = [
        (
            option.title + (f" ({INCOMPLETE})" if option.id in found.incomplete else ""),
            plain_quantity(found.base[option.id], unit, decimals),
            both(found.low, found.high, option.id),
            both(outcome.p10, outcome.p90, option.id),
        )
        for option in model.options
    ]
    widths = [max(map(len, column)) for column in zip(HEADS, *rows, strict=True)]
    yield f"{found.range.id}: {found.range.title}; {found.total.title}, {unit_text(unit)}".removesuffix(", ")
    for line in (HEADS, *rows):
        yield GAP.join(
            text.rjust(width) if at else text.ljust(width)
            for at, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        if line is HEADS:
            yield "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    varied = f"varied: {', '.join(_input(each, model) for each in found.inputs)}"
    yield from (line.replace(NO_BREAK, " ") for line in wrap(varied, LONGEST, subsequent_indent=" " * len("varied: ")))


def _input(each: InputEnds, model: Model) -> str:
    """An input and its ends, which stay on one line."""
    unit = model.quantities[each.key.name].unit
    ends = from_to(each.low, each.high, unit, input_decimals((each.low, each.high), unit))
    return f"{each.key} {ends}".replace(" ", NO_BREAK)
