"""What the model's questions of the kind "what if" are answered with: a sub-section for each that it asks."""

from __future__ import annotations

from collections.abc import Callable

from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.scenarios import ScenarioOutcome, compare_scenarios
from reportgen.compute.sensitivity import GridOutcome, SensitivityOutcome, Swing, sensitivity
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.model import Axis as Driver
from reportgen.model.model import Quantity
from reportgen.report.axes import make_axis
from reportgen.report.cells import Cells, column_unit, input_title, side_by_side, signed
from reportgen.report.format import percent, plain_quantity, quantity, unit_text
from reportgen.report.parts import Cell, Row, ValueTable
from reportgen.report.what_if_curves import break_even_topic, cash_flow_topic, simulation_topic
from reportgen.report.what_if_parts import Bar, Base, Block, Topic, Tornado
from reportgen.report.what_if_ranges import ranges_topic

MOST_INPUTS = 10
"""As many inputs as a tornado shows."""
_FLIPS = "can change which option costs least"


def topics(cells: Cells) -> tuple[Topic, ...]:
    """A sub-section per question; none where the model asks none. Raises ModelError where one has no answer."""
    found = (
        _scenarios(cells),
        _sensitivity(cells),
        break_even_topic(cells),
        cash_flow_topic(cells),
        ranges_topic(cells),
        simulation_topic(cells),
    )
    return tuple(each for each in found if each is not None)


def _scenarios(cells: Cells) -> Topic | None:
    model, total = cells.model, cells.model.headline
    if not model.scenarios:
        return None
    outcomes = compare_scenarios(model, total)
    decimals = result_decimals([value for each in outcomes for value in each.totals.values()], total.unit)
    rows = tuple(_scenario(cells, total, each, decimals) for each in outcomes)
    table = ValueTable(
        "what-if-scenarios-table",
        f"{total.title} in each scenario",
        "Scenario",
        cells.option_titles,
        rows,
        unit_text(total.unit),
        remark="Below each total: its difference to the model’s own values. Bold: the option that costs least.",
    )
    text = ["Each scenario sets some assumptions to other values; the appendix lists them."]
    if any(cells.mark(key) for key in model.keys_of(total.name)):
        text.append("An option that lacks a price is marked incomplete and never counted as the one that costs least.")
    return Topic("what-if-scenarios", "Scenarios", (Block("", (" ".join(text),), (), None, side_by_side(table)),))


def _scenario(cells: Cells, total: Quantity, outcome: ScenarioOutcome, decimals: int) -> Row:
    model, scenario = cells.model, outcome.scenario
    shown = tuple(
        Cell(
            plain_quantity(outcome.totals[option], total.unit, decimals, cells.locale),
            mark=cells.mark(Key(total.name, option)),
            best=option == outcome.cheapest,
            note=_change(cells, total.unit, outcome, option, decimals) if scenario else "",
        )
        for option in model.option_ids
    )
    least = model.option(outcome.cheapest).title if outcome.cheapest else "a tie" if outcome.tied else "not known"
    title = scenario.title if scenario else "The model’s own values"
    if scenario is not None and cells.results.scenario is not None and scenario.id == cells.results.scenario.id:
        title += " (shown in this paper)"
    name = scenario.id if scenario else ""
    return Row(title, name, shown, note=f"Costs least: {least}" if len(shown) > 1 else "")


def _change(cells: Cells, unit: Unit, outcome: ScenarioOutcome, option: str, decimals: int) -> str:
    """The difference to the base in per cent, or as an amount where the base is nothing."""
    difference, share = outcome.differences[option], outcome.shares[option]
    if difference == 0:
        return "no change"
    if share is None:
        return signed(difference, plain_quantity(difference, unit, decimals, cells.locale))
    return signed(share, percent(share, 1, cells.locale))


def _sensitivity(cells: Cells) -> Topic | None:
    outcome = sensitivity(cells.model, cells.results.scenario)
    if outcome is None:
        return None
    blocks = [_tornado(cells, outcome)]
    if outcome.grid is not None:
        blocks.append(_grid(cells, outcome, outcome.grid))
    return Topic("what-if-sensitivity", "Sensitivity", tuple(blocks))


def _tornado(cells: Cells, outcome: SensitivityOutcome) -> Block:
    """One input after the other, by its effect on the difference of a pair, or on an option where there is none."""
    model, total = cells.model, outcome.total
    of: Callable[[dict[str, float]], float]
    effect: Callable[[Swing], float]
    if outcome.pairs:
        first, second = outcome.pairs[0]
        swings = outcome.ranked_by_difference(first, second)
        what = f"{total.title} of {model.option(second).title} minus that of {model.option(first).title}"

        def of(totals: dict[str, float]) -> float:
            return totals[second] - totals[first]

        def effect(swing: Swing) -> float:
            return swing.effect_on_difference(first, second)
    else:
        first = second = model.option_ids[0]
        swings, what = outcome.ranked(first), f"{total.title} of {model.option(first).title}"

        def of(totals: dict[str, float]) -> float:
            return totals[first]

        def effect(swing: Swing) -> float:
            return swing.effect(first)

    moving = [each for each in swings if effect(each) != 0]
    shown = moving[:MOST_INPUTS]
    text = _tornado_text(cells, outcome, len(moving), what)
    if any(cells.results.is_incomplete(Key(total.name, each)) for each in (first, second)):
        text += " A price is missing, so this counts only what is known."
    if not shown:
        return Block("", (text,), (), None, ())
    return Block("", (text,), (), *_tornado_parts(cells, outcome, shown, of, effect, what))


def _tornado_text(cells: Cells, outcome: SensitivityOutcome, moving: int, what: str) -> str:
    count = len(outcome.swings)
    if not moving:
        return f"None of the {count} inputs with a range has an effect on this: {what}."
    text = f"One input at a time is set to its low and to its high, all others stay: {what}."
    if moving > MOST_INPUTS:
        text += f" Shown are the {MOST_INPUTS} inputs with the largest effect of {moving} that have any."
    flips = sum(each.flips for each in outcome.swings)
    if not flips:
        return text + " None of them alone changes which option costs least."
    one = "One input alone" if flips == 1 else f"{flips} inputs, each alone,"
    return text + f" {one} can change which of all options costs least."


def _tornado_parts(
    cells: Cells,
    outcome: SensitivityOutcome,
    swings: list[Swing],
    of: Callable[[dict[str, float]], float],
    effect: Callable[[Swing], float],
    what: str,
) -> tuple[Tornado, tuple[ValueTable, ...]]:
    unit, base = outcome.total.unit, of(outcome.base)
    ends = [(of(each.at_low), of(each.at_high)) for each in swings]
    numbers = [base, *(value for pair in ends for value in pair)]
    decimals = result_decimals(numbers, unit)

    def shown(value: float) -> str:
        return plain_quantity(value, unit, decimals, cells.locale)

    bars, rows = [], []
    for swing, (low, high) in zip(swings, ends, strict=True):
        own, title = cells.model.quantities[swing.key.name].unit, input_title(cells, swing.key)
        places = input_decimals((swing.low, swing.high), own)
        plain = [plain_quantity(each, own, places, cells.locale) for each in (swing.low, swing.high)]
        range_ = f"from {cells.amount(swing.low, own, places)[0]} to {quantity(swing.high, own, places, cells.locale)}"
        bars.append(Bar(title + ("*" if swing.flips else ""), low, high, *plain))
        size = effect(swing)
        marked = (Cell(shown(low)), Cell(shown(high)), Cell(signed(size, shown(size))))
        name, mark = str(swing.key), _FLIPS if swing.flips else ""
        rows.append(Row(title, name, marked, note=range_, mark=mark))
    words = " ".join(
        f"{row.title} {row.note}: {row.cells[0].text} to {row.cells[1].text}{', ' + row.mark if row.mark else ''}."
        for row in rows
    )
    named = f"{what}, {unit_text(unit)}".removesuffix(", ")
    figure = Tornado(
        "figure-tornado",
        named,
        f"* {_FLIPS}" if any(each.flips for each in swings) else "",
        tuple(bars),
        Base(base, shown(base)),
        make_axis(cells, "", unit, numbers),
        f"Tornado chart: {named}. With every input at its value: {shown(base)}. {words}",
    )
    heads = ("At its low", "At its high", "Effect")
    remark = f"With every input at its value: {shown(base)}."
    caption = f"Data of the figure: {what[:1].lower()}{what[1:]}"
    table = ValueTable("figure-tornado-data", caption, "Input", heads, tuple(rows), column_unit(unit), remark=remark)
    return figure, (table,)


def _grid(cells: Cells, outcome: SensitivityOutcome, grid: GridOutcome) -> Block:
    """The lowest complete total at each pair of values, and whose it is."""
    model, total = cells.model, outcome.total
    complete = [each for each in model.option_ids if not cells.results.is_incomplete(Key(total.name, each))]
    lowest = [
        [
            min((outcome_[row][column] for outcome_ in map(grid.totals.__getitem__, complete)), default=None)
            for column in range(len(grid.columns.values))
        ]
        for row in range(len(grid.rows.values))
    ]
    decimals = result_decimals([each for row in lowest for each in row if each is not None], total.unit)

    def cell(value: float | None, winner: str | None) -> Cell:
        if value is None:
            return Cell("not known", word=True)
        text = plain_quantity(value, total.unit, decimals, cells.locale)
        return Cell(text, note=model.option(winner).title if winner else "a tie")

    rows = tuple(
        Row(title, title, tuple(cell(*each) for each in zip(values, winners, strict=True)))
        for title, values, winners in zip(_steps(cells, grid.rows), lowest, grid.cheapest, strict=True)
    )
    down, across = input_title(cells, grid.rows.driver), input_title(cells, grid.columns.driver)
    table = ValueTable(
        "what-if-grid",
        f"{total.title} of the option that costs least, by {down} and {across}",
        down,
        _steps(cells, grid.columns),
        rows,
        unit_text(total.unit),
        remark=f"Down: {down}. Across: {across}. Below each total: the option that costs least there.",
    )
    text = () if len(complete) == len(model.option_ids) else ("Only options with all their prices are counted.",)
    return Block(f"{down} and {across} together", text, (), None, side_by_side(table, "column"))


def _steps(cells: Cells, driver: Driver) -> tuple[str, ...]:
    unit = cells.model.quantities[driver.driver.name].unit
    places = input_decimals(driver.values, unit)
    return tuple(quantity(each, unit, places, cells.locale) for each in driver.values)
