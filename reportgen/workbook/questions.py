"""Which cases a model's questions need, and where they stand on the Cases sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportgen.compute.answers import Answers
from reportgen.compute.bends import BentCurve
from reportgen.compute.break_even import BreakEvenOutcome
from reportgen.compute.cash_flow import CashFlowOutcome
from reportgen.compute.one_time import split_total
from reportgen.compute.published import PublishedOutcome
from reportgen.compute.ranges import RangeOutcome
from reportgen.compute.sensitivity import SensitivityOutcome
from reportgen.compute.simulation import SimulationOutcome
from reportgen.formula.nodes import Key, keys_in
from reportgen.model.model import Model
from reportgen.workbook.cases import CaseBlock, CaseRow, question_block, scenario_block, selected
from reportgen.workbook.layout import break_even_rows, curve_rows, grid_rows, swing_rows
from reportgen.workbook.plan import FIRST_ROW, Plan
from reportgen.workbook.published_layout import PublishedCases, lay_out_published
from reportgen.workbook.range_layout import Moves, move_rows, range_corners, swing_moves

HEADS = 3
"""Rows from a block's beginning to its first case: a gap, the columns' titles, and their names."""

YEARS_AHEAD = 10
"""Years that a cash flow is laid out for at least, so that a longer horizon can be typed."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of a model, with its answers, and the blocks of the Cases sheet that answer live.

    `years` are the case rows of years 1, 2, … in the block of questions; `moves` are those of each input of a range at
    its low and at its high; `ends` has two rows for each break-even, the first and the last point of its curve.
    """

    scenarios: CaseBlock | None
    cases: CaseBlock | None
    sensitivity: SensitivityOutcome | None
    swings: tuple[int, ...]
    grid: tuple[int, ...]
    break_evens: tuple[BreakEvenOutcome, ...]
    bent: tuple[BentCurve, ...]
    curves: tuple[tuple[int, ...], ...]
    cash_flow: CashFlowOutcome | None
    years: tuple[int, ...]
    simulation: SimulationOutcome | None
    published: tuple[PublishedOutcome, ...]
    published_cases: PublishedCases | None
    ranges: tuple[RangeOutcome, ...]
    moves: Moves
    corners: CaseBlock | None
    ends: CaseBlock | None

    @property
    def blocks(self) -> tuple[CaseBlock, ...]:
        stated = self.published_cases.block if self.published_cases is not None else None
        blocks = (self.scenarios, self.cases, self.corners, self.ends, stated)
        return tuple(block for block in blocks if block is not None)


def ask(plan: Plan, results: Answers) -> Questions:
    """Every question of the model, about the scenario of `results`. Raises ModelError where a case has no result."""
    model = selected(results.model, results.scenario)
    totals = [key for total in model.totals for key in model.keys_of(total.name)]
    scenarios = scenario_block(plan, totals, FIRST_ROW + HEADS) if model.scenarios else None
    swung, broken, flow = results.sensitivity, results.break_evens, results.cash_flow
    rows: list[CaseRow] = [CaseRow("As selected")]
    swings = _added(rows, swing_rows(plan, swung))
    grid = _added(rows, grid_rows(plan, swung))
    bent = results.curves
    asked = zip(broken, bent, curve_rows(broken, bent), strict=True)
    points = [break_even_rows(*each) for each in asked]
    curves = tuple(_added(rows, each) for each in points)
    count = max(YEARS_AHEAD, len(flow.years) - 1) if flow else 0
    years = _added(rows, [CaseRow(f"Year {year}", year=year) for year in range(1, count + 1)])
    spread, moves = results.ranges, swing_moves(swung, swings)
    moved, more = move_rows(plan, spread, moves)
    places = _added(rows, more)
    moves.update(zip(moved, zip(places[::2], places[1::2], strict=True), strict=True))
    block = corners = ends = None
    if len(rows) > 1:
        first_row = (scenarios.last_row if scenarios else FIRST_ROW) + 1 + HEADS
        block = question_block(plan, model, rows, [*totals, *_flow_keys(model, flow)], first_row)
        corners = range_corners(plan, model, spread, block.last_row + 1 + HEADS) if spread else None
        read = _bend_keys(model, bent)
        if read:
            both = [row for each in points for row in (each[0], each[-1])]
            ends = question_block(plan, model, both, read, (corners or block).last_row + 1 + HEADS, "Ends of curves")
    figures = results.published
    last_row = max((each.last_row for each in (scenarios, block, corners, ends) if each), default=FIRST_ROW)
    stated = lay_out_published(plan, last_row + 1 + HEADS) if figures else None
    return Questions(
        *(scenarios, block, swung, swings, grid, broken, bent, curves, flow, years, results.simulation),
        *(figures, stated, spread, moves, corners, ends),
    )


def _added(rows: list[CaseRow], more: Sequence[CaseRow]) -> tuple[int, ...]:
    """Append rows; where they stand among all."""
    start = len(rows)
    rows.extend(more)
    return tuple(range(start, len(rows)))


def _flow_keys(model: Model, flow: CashFlowOutcome | None) -> tuple[Key, ...]:
    """What running costs are computed from."""
    options = model.option_ids if flow else ()
    trees = {option: split_total(model, flow.total, option, flow.unit).running for option in options if flow}
    return tuple(
        dict.fromkeys(key for option, tree in trees.items() for key in keys_in(tree, option, model.option_ids))
    )


def _bend_keys(model: Model, bent: Iterable[BentCurve]) -> tuple[Key, ...]:
    """What the numbers that tell bends are computed from."""
    options = model.option_ids
    found = [place.bend for curve in bent for place in curve.places]
    return tuple(dict.fromkeys(key for bend in found for key in keys_in(bend.moved, bend.key.option, options)))
