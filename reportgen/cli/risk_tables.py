"""Cash flow and simulation as tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportgen.cli.table import GAP
from reportgen.compute.cash_flow import CashFlowOutcome, Payback
from reportgen.compute.digits import result_decimals
from reportgen.compute.simulation import PERCENTILES, SimulationOutcome
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, Unit, parse_unit
from reportgen.model.model import INCOMPLETE, Model
from reportgen.presentation.format import number, percent, plain_quantity, unit_text

YEAR = parse_unit("year")
STRONGEST = 8
"""How many inputs a table of rank correlations shows of each option."""
CHANCE = 3
"""Standard errors of a rank correlation, about one over the root of the draws, within which it may be chance."""


def cash_flow_table(outcome: CashFlowOutcome, model: Model) -> str:
    """What each option costs in each year and up to it, as paid and discounted; the present values; the paybacks."""
    title, unit = f"{model.title}: cash flow of {outcome.total.title}", unit_text(outcome.unit)
    heads = ["Year", "", "Factor", *_titles(model, outcome.incomplete)]
    of_years: list[tuple[str, Mapping[str, Sequence[float]]]] = [
        (f"Paid, {unit}", outcome.nominal),
        (f"Paid so far, {unit}", outcome.cumulative),
        (f"Discounted, {unit}", outcome.discounted),
        (f"Discounted so far, {unit}", outcome.cumulative_discounted),
    ]
    decimals = result_decimals((each for amounts in outcome.nominal.values() for each in amounts), outcome.unit)
    out = [f"{title}, discounted at {_rate(outcome.rate)} a year"]
    for heading, table in of_years:
        rows = [[*_year(outcome, at), *_amounts(table, at, decimals)] for at in range(len(outcome.years))]
        out += ["", heading, *_lines(heads, 2, rows)]
    out += ["", f"Net present value, {unit}"]
    out += _lines(heads[3:], 0, [[number(each, decimals) for each in outcome.present_value.values()]])
    if outcome.paybacks:
        rows = [
            [model.option(each.option).title, model.option(each.against).title, *map(_years, _both(each))]
            for each in outcome.paybacks
        ]
        out += ["", "Payback of what costs more in year 0, years"]
        out += _lines(["Option", "Against", "Paid", "Discounted"], 2, rows)
    return _page(out, outcome.incomplete)


def _year(outcome: CashFlowOutcome, at: int) -> list[str]:
    """The year, how much of it counts where that is not all, and its discount factor."""
    weight = outcome.weights[at]
    part = "" if abs(weight - 1) < 1e-12 else f"{percent(weight * 100, 1)} of it"
    return [str(outcome.years[at]), part, number(outcome.factors[at], 4)]


def _amounts(table: Mapping[str, Sequence[float]], at: int, decimals: int) -> list[str]:
    return [number(amounts[at], decimals) for amounts in table.values()]


def _rate(share: float) -> str:
    """At most four decimals: 6%, 6.25%."""
    decimals = next(places for places in (0, 1, 2, 3, 4) if places == 4 or _is_whole(share * 100 * 10**places))
    return percent(share * 100, decimals)


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-9


def _both(payback: Payback) -> tuple[float | None, float | None]:
    return payback.years, payback.discounted_years


def _years(years: float | None) -> str:
    return "never" if years is None else plain_quantity(years, YEAR, 2)


def simulation_table(outcome: SimulationOutcome, model: Model) -> str:
    """Percentiles, mean and deviation of the total by option, the chance of being the cheapest, and the inputs that
    move each total most."""
    titles = _titles(model, outcome.incomplete)
    draws = number(outcome.draws, 0)
    out = [f"{model.title}: simulation of {outcome.total.title}, {draws} draws, seed {outcome.seed}"]
    unit = outcome.total.unit
    decimals = result_decimals((each for found in outcome.percentiles.values() for each in found.values()), unit)

    def row(name: str, values: Iterable[float]) -> list[str]:
        return [name, *(plain_quantity(value, unit, decimals) for value in values)]

    rows = [row(f"P{each}", (found[each] for found in outcome.percentiles.values())) for each in PERCENTILES]
    rows.append(row("Mean", outcome.mean.values()))
    rows.append(row("Standard deviation", outcome.deviation.values()))
    out += ["", _heading(outcome.total.title, unit), *_lines(["", *titles], 1, rows)]
    if len(outcome.cheapest) > 1:
        out += ["", "Chance of being the cheapest"]
        rows = [[model.option(option).title, percent(share * 100, 1)] for option, share in outcome.cheapest.items()]
        out += _lines(["Option", "Chance"], 1, rows)
    for option, title in zip(model.option_ids, titles, strict=True):
        strongest = outcome.rank_correlations[option][:STRONGEST]
        shown = [pair for pair in strongest if abs(pair[1]) > CHANCE / outcome.draws**0.5]
        rows = [[str(key), _input_title(model, key), number(value, 2)] for key, value in shown]
        if rows:
            out += ["", f"What moves {title} most", *_lines(["Input", "", "Rank correlation"], 2, rows)]
    return _page(out, outcome.incomplete)


def _heading(title: str, unit: Unit) -> str:
    return f"{title}, {unit_text(unit)}" if unit != PERCENT and unit_text(unit) else title


def _input_title(model: Model, key: Key) -> str:
    title = model.quantities[key.name].title
    return title if key.option is None else f"{title}, {model.option(key.option).title}"


def _titles(model: Model, incomplete: Sequence[str]) -> list[str]:
    return [f"{each.title} ({INCOMPLETE})" if each.id in incomplete else each.title for each in model.options]


def _lines(heads: Sequence[str], left: int, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Heads, a rule and rows; the first `left` columns are text, the others stand to the right."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]

    def line(cells: Iterable[str]) -> str:
        pairs = enumerate(zip(cells, widths, strict=True))
        return GAP.join(cell.ljust(width) if at < left else cell.rjust(width) for at, (cell, width) in pairs)

    yield line(heads)
    yield "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    yield from map(line, rows)


def _page(lines: Sequence[str], incomplete: Sequence[str]) -> str:
    note = f"{INCOMPLETE}: something it is computed from is not quoted; only what is known is counted"
    return "\n".join(line.rstrip() for line in [*lines, *(["", note] if incomplete else [])])
