"""What the model's questions of the kind "what if" are answered with: a sub-section for each that it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.scenarios import ScenarioOutcome, complete_options
from reportgen.compute.sensitivity import GridOutcome, SensitivityOutcome, Swing
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.model import Axis as Driver
from reportgen.model.model import Quantity
from reportgen.report.cells import Cells, input_title, side_by_side, signed
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.parts import Bar, Base, Tornado
from reportgen.report.charts.scenarios import scenarios_chart
from reportgen.report.language.format import percent, plain_quantity, quantity
from reportgen.report.language.words import message
from reportgen.report.parts import Cell, Row, ValueTable
from reportgen.report.topics.parts import Block, Topic

MOST_INPUTS = 10
"""As many inputs as a tornado shows."""
_FLIPS = message("can change which option costs least")


def scenarios_topic(cells: Cells) -> Topic | None:
    model, total = cells.model, cells.model.headline
    if not model.scenarios:
        return None
    outcomes = cells.results.scenarios
    decimals = result_decimals([value for each in outcomes for value in each.totals.values()], total.unit)
    rows = tuple(_scenario(cells, total, each, decimals) for each in outcomes)
    remark = [cells.gettext("Below each total: its difference to the model’s own values.")]
    remark += [cells.gettext("Bold: the option that costs least.")] if len(model.options) > 1 else []
    table = ValueTable(
        "what-if-scenarios-table",
        cells.gettext("{total} in each scenario", total=total.title),
        cells.gettext("Scenario"),
        cells.option_titles,
        rows,
        cells.unit_text(total.unit),
        remark=" ".join(remark),
    )
    text = [cells.gettext("Each scenario sets some assumptions to other values.")]
    if any(cells.mark(key) for key in model.keys_of(total.name)):
        text.append(
            cells.gettext(
                "An option that lacks a price is marked incomplete and never counted as the one that costs least."
            )
        )
    chart = scenarios_chart(cells, total, outcomes, rows)
    block = Block("", (" ".join(text),), (), chart, side_by_side(cells, table))
    return Topic("what-if-scenarios", cells.gettext("Scenarios"), (block,))


def _scenario(cells: Cells, total: Quantity, outcome: ScenarioOutcome, decimals: int) -> Row:
    model, scenario = cells.model, outcome.scenario

    def cell(option: str) -> Cell:
        found = cells.number(outcome.totals[option], total.unit, decimals, cells.mark(Key(total.name, option)))
        best = option == outcome.cheapest and len(outcome.totals) > 1
        compared = not scenario.is_base and not found.word
        return replace(found, best=best, note=_change(cells, total.unit, outcome, option, decimals) if compared else "")

    shown = tuple(map(cell, model.option_ids))
    title = cells.case_title(scenario)
    if not scenario.is_base and scenario.id == cells.results.scenario.id:
        title = cells.gettext("{scenario} (shown in this paper)", scenario=title)
    return Row(title, scenario.code, shown, note=_least(cells, outcome) if len(shown) > 1 else "")


def _least(cells: Cells, outcome: ScenarioOutcome) -> str:
    """Which option costs least in a scenario."""
    if outcome.cheapest:
        return cells.gettext("Costs least: {option}", option=cells.model.option(outcome.cheapest).title)
    return cells.gettext("Costs least: a tie") if outcome.tied else cells.gettext("Costs least: not known")


def _change(cells: Cells, unit: Unit, outcome: ScenarioOutcome, option: str, decimals: int) -> str:
    """The difference to the base in per cent, or as an amount where the base is nothing."""
    difference, share = outcome.differences[option], outcome.shares[option]
    if difference == 0:
        return cells.gettext("no change")
    if share is None:
        return signed(difference, plain_quantity(difference, unit, decimals, cells.locale))
    return signed(share, percent(share, 1, cells.locale))


def sensitivity_topic(cells: Cells) -> Topic | None:
    outcome = cells.results.sensitivity
    if outcome is None:
        return None
    blocks = [_tornado(cells, outcome)]
    if outcome.grid is not None:
        blocks.append(_grid(cells, outcome, outcome.grid))
    return Topic("what-if-sensitivity", cells.gettext("Sensitivity"), tuple(blocks))


def _tornado(cells: Cells, outcome: SensitivityOutcome) -> Block:
    """One input after the other, by its effect on the difference of a pair, or on an option where there is none."""
    model, total = cells.model, outcome.total
    of: Callable[[dict[str, float]], float]
    effect: Callable[[Swing], float]
    unknown = _unknown(cells, outcome)
    pair = next((each for each in outcome.pairs if not unknown & set(each)), None)
    if pair is not None:
        first, second = pair
        swings = outcome.ranked_by_difference(first, second)
        titles = {"option": model.option(second).title, "other": model.option(first).title}
        what = cells.gettext("{total} of {option} minus that of {other}", total=total.title, **titles)

        def of(totals: dict[str, float]) -> float:
            return totals[second] - totals[first]

        def effect(swing: Swing) -> float:
            return swing.effect_on_difference(first, second)
    else:
        first = second = next((each for each in model.option_ids if each not in unknown), model.option_ids[0])
        swings = outcome.ranked(first)
        what = cells.gettext("{total} of {option}", total=total.title, option=model.option(first).title)

        def of(totals: dict[str, float]) -> float:
            return totals[first]

        def effect(swing: Swing) -> float:
            return swing.effect(first)

    moving = [each for each in swings if effect(each) != 0]
    shown = moving[:MOST_INPUTS]
    text = _tornado_text(cells, outcome, len(moving), what)
    lacking = any(cells.results.is_incomplete(Key(total.name, each)) for each in (first, second))
    caveat = cells.gettext("A price is missing, so this counts only what is known.") if lacking else ""
    text = f"{text} {caveat}".strip()
    if not shown:
        return Block("", (text,), (), None, ())
    chart, tables = _tornado_parts(cells, outcome, shown, of, effect, what)
    if caveat:
        chart = replace(chart, alternative=f"{chart.alternative} {caveat}")
        tables = tuple(replace(each, remark=f"{each.remark} {caveat}") for each in tables)
    return Block("", (text,), (), chart, tables)


def _unknown(cells: Cells, outcome: SensitivityOutcome) -> set[str]:
    """The options of which nothing is known: they lack a price, and no input makes anything of their total."""
    cases = [outcome.base, *(each for swing in outcome.swings for each in (swing.at_low, swing.at_high))]
    lacking = (key.option or "" for key in cells.model.keys_of(outcome.total.name) if cells.results.is_incomplete(key))
    return {option for option in lacking if not any(totals[option] for totals in cases)}


def _tornado_text(cells: Cells, outcome: SensitivityOutcome, moving: int, what: str) -> str:
    if not moving:
        return cells.ngettext(
            "The one input with a range has no effect on this: {what}.",
            "None of the {count} inputs with a range has an effect on this: {what}.",
            len(outcome.swings),
            what=what,
        )
    text = [cells.gettext("One input at a time is set to its low and to its high, all others stay: {what}.", what=what)]
    if moving > MOST_INPUTS:
        most = cells.gettext(
            "Shown are the {most} inputs with the largest effect of {count} that have any.",
            most=MOST_INPUTS,
            count=moving,
        )
        text.append(most)
    flips = sum(each.flips for each in outcome.swings)
    if flips:
        which = cells.ngettext(
            "One input alone can change which of all options costs least.",
            "{count} inputs, each alone, can change which of all options costs least.",
            flips,
        )
        text.append(which)
    elif len(complete_options(cells.model, outcome.total)) > 1:
        text.append(cells.gettext("None of them alone changes which option costs least."))
    return " ".join(text)


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

    bars, rows, words = [], [], []
    for swing, (low, high) in zip(swings, ends, strict=True):
        own, title = cells.model.quantities[swing.key.name].unit, input_title(cells, swing.key)
        places = input_decimals((swing.low, swing.high), own)
        plain = [plain_quantity(each, own, places, cells.locale) for each in (swing.low, swing.high)]
        ends_ = {
            "low": cells.amount(swing.low, own, places)[0],
            "high": quantity(swing.high, own, places, cells.locale),
        }
        bars.append(Bar(title + ("*" if swing.flips else ""), low, high, plain[0], plain[1], cells.column_unit(own)))
        size = effect(swing)
        marked = (Cell(shown(low)), Cell(shown(high)), Cell(signed(size, shown(size))))
        mark = cells.gettext(_FLIPS) if swing.flips else ""
        rows.append(Row(title, str(swing.key), marked, note=cells.gettext("from {low} to {high}", **ends_), mark=mark))
        values = {"input": title, **ends_, "at_low": shown(low), "at_high": shown(high)}
        words.append(
            cells.gettext(
                "{input} from {low} to {high}: {at_low} to {at_high}, can change which option costs least.", **values
            )
            if swing.flips
            else cells.gettext("{input} from {low} to {high}: {at_low} to {at_high}.", **values)
        )
    named = cells.named(what, unit)
    base_text = cells.gettext("With every input at its value: {base}.", base=shown(base))
    figure = Tornado(
        "figure-tornado",
        named,
        f"* {cells.gettext(_FLIPS)}" if any(each.flips for each in swings) else "",
        tuple(bars),
        Base(base, shown(base)),
        make_axis(cells, "", unit, numbers),
        f"{cells.gettext('Tornado chart: {what}.', what=named)} {base_text} {' '.join(words)}",
        (cells.gettext("at its low"), cells.gettext("at its high")),
    )
    table = ValueTable(
        "figure-tornado-data",
        cells.gettext("Data of the figure: {what}", what=what),
        cells.gettext("Input"),
        (cells.gettext("At its low"), cells.gettext("At its high"), cells.gettext("Effect")),
        tuple(rows),
        cells.column_unit(unit),
        remark=base_text,
    )
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
            return Cell(cells.gettext("not known"), word=True)
        text = plain_quantity(value, total.unit, decimals, cells.locale)
        return Cell(text, note=model.option(winner).title if winner else cells.gettext("a tie"))

    rows = tuple(
        Row(title, title, tuple(cell(*each) for each in zip(values, winners, strict=True)))
        for title, values, winners in zip(_steps(cells, grid.rows), lowest, grid.cheapest, strict=True)
    )
    down, across = input_title(cells, grid.rows.driver), input_title(cells, grid.columns.driver)
    table = ValueTable(
        "what-if-grid",
        cells.gettext(
            "{total} of the option that costs least, by {down} and {across}",
            total=total.title,
            down=down,
            across=across,
        ),
        down,
        _steps(cells, grid.columns),
        rows,
        cells.unit_text(total.unit),
        remark=cells.gettext(
            "Down: {down}. Across: {across}. Below each total: the option that costs least there.",
            down=down,
            across=across,
        ),
    )
    all_priced = len(complete) == len(model.option_ids)
    text = () if all_priced else (cells.gettext("Only options with all their prices are counted."),)
    title = cells.gettext("{down} and {across} together", down=down, across=across)
    return Block(title, text, (), None, side_by_side(cells, table, options=False))


def _steps(cells: Cells, driver: Driver) -> tuple[str, ...]:
    unit = cells.model.quantities[driver.driver.name].unit
    places = input_decimals(driver.values, unit)
    return tuple(quantity(each, unit, places, cells.locale) for each in driver.values)
