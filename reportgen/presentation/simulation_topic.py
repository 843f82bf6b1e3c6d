"""The simulation: how totals are spread if all inputs vary at once."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.compute.digits import result_decimals
from reportgen.compute.simulation import PERCENTILES, SimulationOutcome
from reportgen.presentation.format import number, percent
from reportgen.presentation.result_cells import Cells, input_title, signed
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import OPTIONS, TableCell, TableRow, ValueTable

_STRONGEST = 3


def simulation_topic(cells: Cells) -> Topic | None:
    outcome = cells.results.simulation
    if outcome is None:
        return None
    text = _simulation_text(cells, outcome)
    strongest = tuple(_strongest(cells, outcome))
    intro = (text, cells.gettext("Strongest rank correlations of an input with each total:")) if strongest else (text,)
    block = TopicBlock("", intro, strongest, (_percentiles(cells, outcome),), "figure-simulation")
    return Topic("what-if-simulation", cells.gettext("Simulation"), (block,))


def _simulation_text(cells: Cells, outcome: SimulationOutcome) -> str:
    count = len(next(iter(outcome.rank_correlations.values()), ()))
    values = {"draws": number(outcome.draws, 0, cells.locale), "seed": outcome.seed}
    if count:
        varied = cells.ngettext(
            "One input varies, in {draws} draws of a Latin hypercube sample with seed {seed}.",
            "The {count} inputs that have a low and a high vary at once, in {draws} draws of a Latin hypercube sample "
            "with seed {seed}.",
            count,
            **values,
        )
    else:
        varied = cells.gettext(
            "No input has a low and a high, so nothing varies, in {draws} draws of a Latin hypercube sample with seed "
            "{seed}.",
            **values,
        )
    text = [
        varied,
        cells.gettext(
            "P5 is the total that {p5} of the draws stay below, P50 the median.", p5=percent(5, 0, cells.locale)
        ),
    ]
    if outcome.incomplete:
        text.append(cells.gettext("Incomplete options count with what is known of them and are not ranked."))
    return " ".join(text)


def _strongest(cells: Cells, outcome: SimulationOutcome) -> Iterator[str]:
    for option, title in zip(cells.model.option_ids, cells.option_titles, strict=True):
        pairs = [(key, value) for key, value in outcome.rank_correlations[option] if value][:_STRONGEST]
        named = (f"{input_title(cells, key)} ({signed(value, number(value, 2, cells.locale))})" for key, value in pairs)
        if pairs:
            yield f"{title}: {', '.join(named)}"


def _percentiles(cells: Cells, outcome: SimulationOutcome) -> ValueTable:
    unit, options = outcome.total.unit, cells.model.option_ids
    decimals = result_decimals([each for found in outcome.percentiles.values() for each in found.values()], unit)
    marks = {option: cells.incomplete(option in outcome.incomplete) for option in options}

    def row(title: str, values: dict[str, float]) -> TableRow:
        return TableRow(
            title,
            title,
            tuple(cells.number(values[each], unit, decimals, marks[each]) for each in options),
        )

    rows = [row(f"P{at}", {each: outcome.percentiles[each][at] for each in options}) for at in PERCENTILES]
    chances = tuple(
        TableCell(cells.gettext("not ranked"), word=True)
        if each in outcome.incomplete
        else TableCell(chance_text(cells, outcome, each))
        for each in options
    )
    rows.append(row(cells.gettext("Mean"), outcome.mean))
    if len(options) > 1:
        rows.append(TableRow(cells.gettext("Chance of being the cheapest"), "chance", chances, kind="sum"))
    return ValueTable(
        "simulation-table",
        cells.gettext("{total} over all draws", total=outcome.total.title),
        cells.gettext("Percentile"),
        cells.option_titles,
        tuple(rows),
        cells.unit_text(unit),
        columns=OPTIONS,
    )


def chance_text(cells: Cells, outcome: SimulationOutcome, option: str) -> str:
    """In which share of the draws an option is the cheapest."""
    return percent(outcome.cheapest[option] * 100, 1, cells.locale)
