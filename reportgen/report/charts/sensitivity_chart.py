"""The inputs that move a result most, as a tornado."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.compute.digits import input_decimals
from reportgen.presentation.format import plain_quantity
from reportgen.presentation.result_cells import Cells, input_title
from reportgen.presentation.sensitivity_topic import (
    FLIPS,
    InputEffect,
    RankedEffects,
    base_sentence,
    price_caveat,
    ranked_effects,
    swing_ends,
)
from reportgen.presentation.topic import Topic
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.chart_parts import Bar, Base, Tornado


def tornado_chart(cells: Cells, topic: Topic) -> Iterator[Tornado]:
    """None where no input moves the result."""
    outcome = cells.results.sensitivity
    result = outcome and ranked_effects(cells, outcome)
    if not result or not result.shown:
        return
    named = cells.named(result.what, result.unit)
    words = [cells.gettext("Tornado chart: {what}.", what=named), base_sentence(cells, result)]
    words += [_in_words(cells, result, each) for each in result.shown]
    yield Tornado(
        "figure-tornado",
        named,
        f"* {cells.gettext(FLIPS)}" if any(each.swing.flips for each in result.shown) else "",
        tuple(_bar(cells, each) for each in result.shown),
        Base(result.base, result.text(cells, result.base)),
        make_axis(cells, "", result.unit, result.numbers),
        " ".join([*words, price_caveat(cells, result)]).strip(),
        (cells.gettext("at its low"), cells.gettext("at its high")),
    )


def _bar(cells: Cells, each: InputEffect) -> Bar:
    swing, unit = each.swing, cells.model.quantities[each.swing.key.name].unit
    places = input_decimals((swing.low, swing.high), unit)
    low, high = (plain_quantity(value, unit, places, cells.locale) for value in (swing.low, swing.high))
    title = input_title(cells, swing.key) + ("*" if swing.flips else "")
    return Bar(title, each.low, each.high, low, high, cells.column_unit(unit))


def _in_words(cells: Cells, result: RankedEffects, each: InputEffect) -> str:
    low, high = result.text(cells, each.low), result.text(cells, each.high)
    values = {"input": input_title(cells, each.swing.key), **swing_ends(cells, each.swing), "at_low": low}
    if each.swing.flips:
        return cells.gettext(
            "{input} from {low} to {high}: {at_low} to {at_high}, can change which option costs least.",
            **values,
            at_high=high,
        )
    return cells.gettext("{input} from {low} to {high}: {at_low} to {at_high}.", **values, at_high=high)
