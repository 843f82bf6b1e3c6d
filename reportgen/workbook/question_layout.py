"""Which cases a model's questions need, and where they stand on the Cases sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from reportgen.compute.answers import Answers
from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.breakpoints import BreakEvenCurve
from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.published import PublishedOutcome
from reportgen.compute.ranges import RangeOutcome
from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.compute.simulation import SimulationOutcome
from reportgen.formula.nodes import Key, keys_in
from reportgen.model.model import Model
from reportgen.model.scenarios_model import Scenario
from reportgen.questions import BREAK_EVEN, PUBLISHED, RANGES, SCENARIOS, SENSITIVITY
from reportgen.workbook.book_words import message
from reportgen.workbook.case_columns import CaseColumns, arranged
from reportgen.workbook.case_groups import HEADS, CaseRequest, Cases, Kind, lay_out
from reportgen.workbook.cases import NAMES_ROW, CaseBlock, CaseRow, Layout, scenario_block, selected
from reportgen.workbook.layout import break_even_rows, curve_rows, grid_rows, swing_rows
from reportgen.workbook.plan import CASES, Plan
from reportgen.workbook.published_layout import PublishedCases, lay_out_published
from reportgen.workbook.range_layout import Moves, move_rows, range_extremes, swing_moves


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of a model in a `scenario`, with its answers, and the cases on the Cases sheet that answer live.

    `swings`, `grid` and `curves` are places among `cases`; `moves` are those of each input of a range at its low and at
    its high; `ends` has two cases for each break-even, the ends of its curve. `columns` are those that all blocks of
    cases share, None where each has its own.
    """

    scenario: Scenario
    scenarios: CaseBlock | None
    cases: Cases
    sensitivity: SensitivityOutcome | None
    swings: tuple[int, ...]
    grid: tuple[int, ...]
    break_evens: tuple[BreakEvenOutcome, ...]
    break_even_curves: tuple[BreakEvenCurve, ...]
    curves: tuple[tuple[int, ...], ...]
    cash_flow: CashFlowOutcome | None
    simulation: SimulationOutcome | None
    published: tuple[PublishedOutcome, ...]
    published_cases: PublishedCases | None
    ranges: tuple[RangeOutcome, ...]
    moves: Moves
    extremes: Cases
    ends: Cases
    columns: CaseColumns | None

    @property
    def typed_sheets(self) -> dict[str, Scenario | None]:
        """The sheets that show values of cases as they were when the book was made, and which scenario they are about:
        the one selected then, or none in particular."""
        moved = chain(self.swings, *self.moves.values())
        stated = self.published_cases.cases.blocks if self.published_cases is not None else ()
        of_selected = {
            SENSITIVITY: _blocks(self.cases, (*self.swings, *self.grid)),
            BREAK_EVEN: (*_blocks(self.cases, chain(*self.curves)), *self.ends.blocks),
            RANGES: (*_blocks(self.cases, moved), *self.extremes.blocks) if self.ranges else (),
            CASES: (*self.cases.blocks, *self.extremes.blocks, *self.ends.blocks),
        }
        of_all = {SCENARIOS: self.blocks[:1] if self.scenarios else (), PUBLISHED: stated, CASES: self.blocks}
        found: dict[str, Scenario | None] = {}
        for scenario, of_sheets in ((None, of_all), (self.scenario, of_selected)):
            typed = (name for name, blocks in of_sheets.items() if any(block.typed for block in blocks))
            found |= dict.fromkeys(typed, scenario)
        return found

    @property
    def blocks(self) -> tuple[CaseBlock, ...]:
        stated = self.published_cases.cases.blocks if self.published_cases is not None else ()
        scenarios = (self.scenarios,) if self.scenarios is not None else ()
        return (*scenarios, *self.cases.blocks, *self.extremes.blocks, *self.ends.blocks, *stated)


def _blocks(cases: Cases, places: Iterable[int]) -> Iterator[CaseBlock]:
    """The blocks in which cases stand."""
    return (block for place in places if (block := cases.places[place][0]) is not None)


def lay_out_questions(plan: Plan, results: Answers) -> Questions:
    """Every question of the model, about the scenario of `results`. Raises ModelError where a case has no result."""
    model = selected(results.model, results.scenario)
    totals = [key for total in model.totals for key in model.keys_of(total.name)]
    next_row = NAMES_ROW + 1 + HEADS
    scenarios = scenario_block(plan, totals, next_row) if model.scenarios else None
    next_row = _below(next_row, (scenarios,) if scenarios else ())
    sensitivity, break_evens, flow, spread = results.sensitivity, results.break_evens, results.cash_flow, results.ranges
    requests: list[CaseRequest] = []
    of_swings = model.keys_of(sensitivity.total.name) if sensitivity else ()
    of_ranges = [key for outcome in spread for key in model.keys_of(outcome.extremes.total.name)]
    swings = _added(requests, model, swing_rows(plan, sensitivity), (*of_swings, *of_ranges))
    grid = _added(requests, model, grid_rows(plan, sensitivity), of_swings)
    break_even_curves = results.curves
    points = [
        break_even_rows(*each)
        for each in zip(break_evens, break_even_curves, curve_rows(break_evens, break_even_curves), strict=True)
    ]
    curves = tuple(
        _added(requests, model, rows, [Key(outcome.question.of, option) for option in outcome.question.between])
        for outcome, rows in zip(break_evens, points, strict=True)
    )
    moves = swing_moves(sensitivity, swings)
    moved, more = move_rows(plan, spread, moves)
    places = _added(requests, model, more, of_ranges)
    moves.update(zip(moved, zip(places[::2], places[1::2], strict=True), strict=True))
    cases = lay_out(plan, model, Kind(message("Questions"), question_layout, as_selected=True), requests, next_row)
    next_row = _below(next_row, cases.blocks)
    extremes = range_extremes(plan, model, spread, next_row) if spread else Cases()
    next_row = _below(next_row, extremes.blocks)
    both: list[CaseRequest] = []
    for rows, curve in zip(points, break_even_curves, strict=True):
        _added(both, model, (rows[0], rows[-1]), _breakpoint_keys(model, curve))
    ends = lay_out(plan, model, Kind(message("Ends of curves"), question_layout), both, next_row) if both else Cases()
    next_row = _below(next_row, ends.blocks)
    stated = lay_out_published(plan, next_row) if results.published else None
    every = [*([scenarios] if scenarios else []), *cases.blocks, *extremes.blocks, *ends.blocks]
    every += stated.cases.blocks if stated else ()
    columns, blocks = arranged(model, every)
    arranged_as = dict(zip(map(id, every), blocks, strict=True))
    scenarios = arranged_as[id(scenarios)] if scenarios else None
    cases, extremes, ends = (each.moved(arranged_as) for each in (cases, extremes, ends))
    stated = replace(stated, cases=stated.cases.moved(arranged_as)) if stated else None
    return Questions(
        *(
            results.scenario,
            scenarios,
            cases,
            sensitivity,
            swings,
            grid,
            break_evens,
            break_even_curves,
            curves,
            flow,
            results.simulation,
        ),
        *(results.published, stated, spread, moves, extremes, ends, columns),
    )


def _below(next_row: int, blocks: Sequence[CaseBlock]) -> int:
    """The row of the first case of a block below others, the first of which would stand in `next_row`."""
    return blocks[-1].last_row + 1 + HEADS if blocks else next_row


def question_layout(rows: Sequence[CaseRow]) -> Layout:
    """As many drivers as some row has."""
    drivers = max(len(row.drivers) for row in rows)
    return Layout(None, tuple((2 + 2 * at, 3 + 2 * at) for at in range(drivers)), 2 + 2 * drivers)


def _added(
    requests: list[CaseRequest], model: Model, rows: Sequence[CaseRow], targets: Iterable[Key]
) -> tuple[int, ...]:
    """Append cases of which `targets` are asked; where they stand among all."""
    start, targets = len(requests), frozenset(targets)
    for row in rows:
        drivers = {driver.key: driver.value for driver in row.drivers}
        requests.append(CaseRequest(row, drivers, tuple(drivers), targets))
    return tuple(range(start, len(requests)))


def _breakpoint_keys(model: Model, break_even_curves: BreakEvenCurve) -> frozenset[Key]:
    """What the numbers that tell a curve's breakpoints are computed from."""
    breakpoints = (place.breakpoint for place in break_even_curves.places)
    return frozenset(
        key for breakpoint in breakpoints for key in keys_in(breakpoint.moved, breakpoint.key.option, model.option_ids)
    )
