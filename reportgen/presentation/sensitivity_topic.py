"""What each input moves, one at a time, and two of them together."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.comparison import Ranking
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.scenarios import complete_options
from reportgen.compute.sensitivity import GridOutcome, SensitivityOutcome, Swing
from reportgen.formula.nodes import Key
from reportgen.formula.units import Unit
from reportgen.model.sensitivity_model import Axis as Driver
from reportgen.presentation.format import plain_quantity, quantity
from reportgen.presentation.ranking_words import ranking_word
from reportgen.presentation.result_cells import Cells, input_title, signed
from reportgen.presentation.topic import Topic, TopicBlock
from reportgen.presentation.value_table import STEPS, TableCell, TableRow, ValueTable
from reportgen.presentation.words import message

MOST_INPUTS = 10
"""As many inputs as a tornado shows."""
FLIPS = message("can change which option costs least")


@dataclass(frozen=True, slots=True)
class InputEffect:
    """What an input at its low and at its high makes of a result, and by how much that differs."""

    swing: Swing
    low: float
    high: float
    effect: float


@dataclass(frozen=True, slots=True)
class RankedEffects:
    """One result, `what` in words, with the inputs that move it, by their effect. `base`: with every input at its
    value; `lacks_price`: only what is known of it is counted."""

    what: str
    unit: Unit
    base: float
    moving: tuple[InputEffect, ...]
    lacks_price: bool

    @property
    def shown(self) -> tuple[InputEffect, ...]:
        return self.moving[:MOST_INPUTS]

    @property
    def numbers(self) -> list[float]:
        return [self.base, *(value for each in self.shown for value in (each.low, each.high))]

    def text(self, cells: Cells, value: float) -> str:
        return plain_quantity(value, self.unit, result_decimals(self.numbers, self.unit), cells.locale)


def sensitivity_topic(cells: Cells) -> Topic | None:
    outcome = cells.results.sensitivity
    if outcome is None:
        return None
    blocks = [_tornado(cells, outcome)]
    if outcome.grid is not None:
        blocks.append(_grid(cells, outcome, outcome.grid))
    return Topic("what-if-sensitivity", cells.gettext("Sensitivity"), tuple(blocks))


def ranked_effects(cells: Cells, outcome: SensitivityOutcome) -> RankedEffects:
    """The result that one input after the other is shown for: the difference of a pair of options of which something
    is known, or the total of one where there is none."""
    model, total = cells.model, outcome.total
    unknown = _unknown(cells, outcome)
    pair = next((each for each in outcome.pairs if not unknown & set(each)), None)
    if pair is not None:
        first, second = pair
        titles = {"option": model.option(second).title, "other": model.option(first).title}
        what = cells.gettext("{total} of {option} minus that of {other}", total=total.title, **titles)
        ranked = [(each, each.effect_on_difference(*pair)) for each in outcome.ranked_by_difference(*pair)]
    else:
        first = second = next((each for each in model.option_ids if each not in unknown), model.option_ids[0])
        what = cells.gettext("{total} of {option}", total=total.title, option=model.option(first).title)
        ranked = [(each, each.effect(first)) for each in outcome.ranked(first)]

    def of(totals: dict[str, float]) -> float:
        return totals[first] if pair is None else totals[second] - totals[first]

    return RankedEffects(
        what,
        total.unit,
        of(outcome.base),
        tuple(InputEffect(each, of(each.at_low), of(each.at_high), effect) for each, effect in ranked if effect),
        any(cells.results.is_incomplete(Key(total.name, each)) for each in (first, second)),
    )


def _unknown(cells: Cells, outcome: SensitivityOutcome) -> set[str]:
    """The options of which nothing is known: they lack a price, and no input makes anything of their total."""
    cases = [outcome.base, *(each for swing in outcome.swings for each in (swing.at_low, swing.at_high))]
    lacking = (key.option or "" for key in cells.model.keys_of(outcome.total.name) if cells.results.is_incomplete(key))
    return {option for option in lacking if not any(totals[option] for totals in cases)}


def price_caveat(cells: Cells, result: RankedEffects) -> str:
    """What is to be known of a result that lacks a price, else ""."""
    return cells.gettext("A price is missing, so this counts only what is known.") if result.lacks_price else ""


def base_sentence(cells: Cells, result: RankedEffects) -> str:
    return cells.gettext("With every input at its value: {base}.", base=result.text(cells, result.base))


def swing_ends(cells: Cells, swing: Swing) -> dict[str, str]:
    """An input's `low` and `high` in words: the unit stands with the second."""
    unit = cells.model.quantities[swing.key.name].unit
    places = input_decimals((swing.low, swing.high), unit)
    return {
        "low": cells.amount(swing.low, unit, places)[0],
        "high": quantity(swing.high, unit, places, cells.locale),
    }


def _tornado(cells: Cells, outcome: SensitivityOutcome) -> TopicBlock:
    result = ranked_effects(cells, outcome)
    caveat = price_caveat(cells, result)
    text = f"{_tornado_text(cells, outcome, len(result.moving), result.what)} {caveat}".strip()
    if not result.shown:
        return TopicBlock("", (text,))
    table = ValueTable(
        "figure-tornado-data",
        result.what,
        cells.gettext("Input"),
        (cells.gettext("At its low"), cells.gettext("At its high"), cells.gettext("Effect")),
        tuple(swing_row(cells, result, each) for each in result.shown),
        cells.column_unit(result.unit),
        remark=f"{base_sentence(cells, result)} {caveat}".strip(),
        of_figure=True,
        has_names=True,
    )
    return TopicBlock("", (text,), (), (table,), "figure-tornado")


def swing_row(cells: Cells, result: RankedEffects, each: InputEffect) -> TableRow:
    low, high, size = (result.text(cells, value) for value in (each.low, each.high, each.effect))
    return TableRow(
        input_title(cells, each.swing.key),
        str(each.swing.key),
        (TableCell(low), TableCell(high), TableCell(signed(each.effect, size))),
        note=cells.gettext("from {low} to {high}", **swing_ends(cells, each.swing)),
        mark=cells.gettext(FLIPS) if each.swing.flips else "",
    )


def _tornado_text(cells: Cells, outcome: SensitivityOutcome, moving: int, what: str) -> str:
    if not outcome.swings:
        return cells.gettext(
            "No input has a low or a high and the model sets no swing, so nothing varies: {what}.", what=what
        )
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


def _grid(cells: Cells, outcome: SensitivityOutcome, grid: GridOutcome) -> TopicBlock:
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

    def cell(value: float | None, ranking: Ranking) -> TableCell:
        if value is None:
            return TableCell(cells.gettext("not known"), word=True)
        text = plain_quantity(value, total.unit, decimals, cells.locale)
        return TableCell(text, note=ranking_word(cells, ranking))

    rows = tuple(
        TableRow(title, title, tuple(cell(*each) for each in zip(values, rankings, strict=True)))
        for title, values, rankings in zip(_steps(cells, grid.rows), lowest, grid.rankings, strict=True)
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
        columns=STEPS,
        remark=cells.gettext(
            "Down: {down}. Across: {across}. Below each total: the option that costs least there.",
            down=down,
            across=across,
        ),
    )
    all_priced = len(complete) == len(model.option_ids)
    text = () if all_priced else (cells.gettext("Only options with all their prices are counted."),)
    title = cells.gettext("{down} and {across} together", down=down, across=across)
    return TopicBlock(title, text, (), (table,))


def _steps(cells: Cells, driver: Driver) -> tuple[str, ...]:
    unit = cells.model.quantities[driver.driver.name].unit
    places = input_decimals(driver.values, unit)
    return tuple(quantity(each, unit, places, cells.locale) for each in driver.values)
