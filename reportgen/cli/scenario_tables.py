"""Scenarios and sensitivity as tables for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportgen.cli.table import GAP
from reportgen.compute.digits import input_decimals, result_decimals
from reportgen.compute.scenarios import ScenarioOutcome, above_noise, complete_options
from reportgen.compute.sensitivity import GridOutcome, SensitivityOutcome, Swing
from reportgen.formula.nodes import Key
from reportgen.formula.units import PERCENT, Unit
from reportgen.model.model import INCOMPLETE, Axis, Model, Quantity
from reportgen.presentation.format import plain_quantity, unit_text

FLIPS = "flips"
EQUAL, NONE_COMPLETE = "equal", "none is complete"
NO_SHARE = "–"


@dataclass(frozen=True, slots=True)
class _Section:
    """A table with its title; the first `left` columns are text, the others stand to the right. `note` below it."""

    title: str
    left: int
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def lines(self) -> Iterator[str]:
        widths = [max(map(len, column)) for column in zip(self.heads, *self.rows, strict=True)]
        yield self.title
        if self.rows:
            yield self._line(self.heads, widths)
            yield "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
        for row in self.rows:
            yield self._line(row, widths)
        if self.note:
            yield self.note

    def _line(self, cells: Sequence[str], widths: Sequence[int]) -> str:
        pairs = enumerate(zip(cells, widths, strict=True))
        return GAP.join(cell.ljust(width) if i < self.left else cell.rjust(width) for i, (cell, width) in pairs)


def scenarios_table(outcomes: Sequence[ScenarioOutcome], model: Model, total: Quantity | None = None) -> str:
    """The totals of every scenario with the option that costs least, then the differences to the base as amounts and
    in per cent. `total` is the one that the outcomes are of, the headline unless given."""
    total = total or model.headline
    complete = complete_options(model, total)
    heads = ["Scenario", "", *(option.title for option in model.options)]
    amounts = _together([tuple(outcome.totals.values()) for outcome in outcomes], total.unit)
    changes = _together([tuple(outcome.differences.values()) for outcome in outcomes], total.unit, signed=True)
    shares = _together([tuple(outcome.shares.values()) for outcome in outcomes], PERCENT, signed=True)

    def rows(cells: Iterable[Iterable[str]]) -> list[list[str]]:
        return [[*_name(each), *_marked(row, model, complete)] for each, row in zip(outcomes, cells, strict=True)]

    winners = [_winner(model, outcome.cheapest, complete) for outcome in outcomes]
    of_totals = [[*row, winner] for row, winner in zip(rows(amounts), winners, strict=True)]
    sections = [
        _Section(_in(total.title, total.unit), 2, [*heads, "Cheapest"], of_totals),
        _Section(_in("Difference to the base", total.unit), 2, heads, rows(changes)),
        _Section("Difference to the base, in per cent", 2, heads, rows(shares)),
    ]
    return _page(f"{model.title}, as of {model.as_of.isoformat()}", sections, _incomplete_note(model, complete))


def _name(outcome: ScenarioOutcome) -> tuple[str, str]:
    return outcome.scenario.id, outcome.scenario.title


def _marked(cells: Iterable[str], model: Model, complete: Sequence[str]) -> list[str]:
    pairs = zip(model.option_ids, cells, strict=True)
    return [cell if option in complete or cell == NO_SHARE else f"{cell} {INCOMPLETE}" for option, cell in pairs]


def _winner(model: Model, cheapest: str | None, complete: Sequence[str]) -> str:
    if cheapest is not None:
        return model.option(cheapest).title
    return EQUAL if complete else NONE_COMPLETE


def sensitivity_table(outcome: SensitivityOutcome, model: Model) -> str:
    """The inputs by the size of their effect: on each option's total, then on each difference; then the grid."""
    complete = complete_options(model, outcome.total)
    sections = [_option_section(outcome, model, option, complete) for option in model.option_ids]
    sections += [_pair_section(outcome, model, pair, complete) for pair in outcome.pairs]
    notes = []
    if any(swing.flips for swing in outcome.swings):
        notes.append(f"{FLIPS}: at its low or its high, another option is the cheapest one")
    if outcome.grid is not None:
        sections += _grid_sections(outcome.grid, outcome.total, model, complete)
    heading = f"{model.title}, as of {model.as_of.isoformat()}: {outcome.total.title}, one input at a time"
    return _page(heading, sections, [*notes, *_incomplete_note(model, complete)])


def _option_section(outcome: SensitivityOutcome, model: Model, option: str, complete: Sequence[str]) -> _Section:
    def at(totals: dict[str, float]) -> float:
        return totals[option]

    mark = "" if option in complete else f" {INCOMPLETE}"
    swings = [(swing, swing.effect(option)) for swing in outcome.ranked(option)]
    return _swing_section(outcome, model, model.option(option).title, (at, mark), swings)


def _pair_section(
    outcome: SensitivityOutcome, model: Model, pair: tuple[str, str], complete: Sequence[str]
) -> _Section:
    first, second = pair

    def at(totals: dict[str, float]) -> float:
        return above_noise(totals[second] - totals[first], totals.values())

    mark = "" if {first, second} <= set(complete) else f" {INCOMPLETE}"
    title = f"{model.option(second).title} minus {model.option(first).title}"
    swings = [(each, each.effect_on_difference(first, second)) for each in outcome.ranked_by_difference(first, second)]
    return _swing_section(outcome, model, title, (at, mark), swings)


def _swing_section(
    outcome: SensitivityOutcome,
    model: Model,
    title: str,
    shown: tuple[Callable[[dict[str, float]], float], str],
    swings: Sequence[tuple[Swing, float]],
) -> _Section:
    """`shown`: what is looked at, from the totals by option, and how it is marked; `swings` with their effects."""
    (at, mark), unit = shown, outcome.total.unit
    base = at(outcome.base)
    moving, still = [], []
    for swing, effect in swings:
        changed = (above_noise(at(end) - base, outcome.base.values()) for end in (swing.at_low, swing.at_high))
        if effect or any(changed):
            moving.append((swing, effect))
        else:
            still.append(str(swing.key))
    ends = _together([(base, base), *((at(swing.at_low), at(swing.at_high)) for swing, _ in moving)], unit)
    effects = _together([(effect,) for _, effect in moving], unit, signed=True)
    rows = [
        [*_input(swing, model), *totals, *effect, FLIPS if swing.flips else ""]
        for (swing, _), totals, effect in zip(moving, ends[1:], effects, strict=True)
    ]
    heads = ["Input", "", "Unit", "Low", "Value", "High", "At low", "At high", "Effect", ""]
    note = f"without effect: {', '.join(still)}" if still else ""
    if not swings:
        note = "no input has a low or a high; give the sensitivity a swing to move them all"
    return _Section(f"{_in(title, unit)}: {ends[0][0]}{mark}", 3, heads, rows, note)


def _input(swing: Swing, model: Model) -> list[str]:
    unit = model.quantities[swing.key.name].unit
    values = (swing.low, swing.value, swing.high)
    decimals = input_decimals(values, unit)
    return [
        str(swing.key),
        _title(model, swing.key),
        unit_text(unit),
        *(plain_quantity(value, unit, decimals) for value in values),
    ]


def _grid_sections(grid: GridOutcome, total: Quantity, model: Model, complete: Sequence[str]) -> Iterator[_Section]:
    """A table for each option's totals, and one for the option that costs least."""
    rows, columns = _axis(grid.rows, model), _axis(grid.columns, model)
    across = f"{_driver(grid.rows, model)} down, {_driver(grid.columns, model)} across"

    def section(title: str, cells: Iterable[Iterable[str]]) -> _Section:
        lines = [[head, *row] for head, row in zip(rows, cells, strict=True)]
        return _Section(f"{title}; {across}", 0, ["", *columns], lines)

    for option, totals in grid.totals.items():
        mark = "" if option in complete else f", {INCOMPLETE}"
        title = f"{_in(model.option(option).title, total.unit)}{mark}"
        yield section(title, _together(totals, total.unit))
    yield section("Cheapest", [[_winner(model, option, complete) for option in row] for row in grid.cheapest])


def _axis(axis: Axis, model: Model) -> list[str]:
    unit = model.quantities[axis.driver.name].unit
    decimals = input_decimals(axis.values, unit)
    return [plain_quantity(value, unit, decimals) for value in axis.values]


def _driver(axis: Axis, model: Model) -> str:
    return _in(_title(model, axis.driver), model.quantities[axis.driver.name].unit, " ({})")


def _title(model: Model, key: Key) -> str:
    title = model.quantities[key.name].title
    return title if key.option is None else f"{title}, {model.option(key.option).title}"


def _in(title: str, unit: Unit, pattern: str = ", {}") -> str:
    return title + (pattern.format(unit_text(unit)) if unit_text(unit) else "")


def _together(rows: Iterable[Sequence[float | None]], unit: Unit, signed: bool = False) -> list[list[str]]:
    """Numbers that stand beside each other, with the same decimals; a dash for those that there are not."""
    table = list(rows)
    decimals = result_decimals((value for row in table for value in row if value is not None), unit)

    def cell(value: float | None) -> str:
        if value is None:
            return NO_SHARE
        text = plain_quantity(value, unit, decimals)
        return f"+{text}" if signed and value > 0 else text

    return [[cell(value) for value in row] for row in table]


def _incomplete_note(model: Model, complete: Sequence[str]) -> list[str]:
    if len(complete) == len(model.options):
        return []
    return [f"{INCOMPLETE}: something it is computed from is not quoted; it is never called the cheapest"]


def _page(heading: str, sections: Iterable[_Section], notes: Iterable[str]) -> str:
    out = [heading]
    for section in sections:
        out += ["", *section.lines()]
    notes = list(notes)
    return "\n".join(line.rstrip() for line in [*out, *([""] if notes else []), *notes])
