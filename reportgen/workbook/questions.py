"""Which cases a model's questions need, and where they stand on the Cases sheet."""

from __future__ import annotations

from dataclasses import dataclass

from reportgen.compute.results import Results
from reportgen.workbook.cases import CaseBlock, scenario_block
from reportgen.workbook.plan import FIRST_ROW

HEADS = 2
"""Rows above a block's first case: its title with the columns' titles, and their names."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The blocks of the Cases sheet; `scenarios` None where the model has none."""

    scenarios: CaseBlock | None

    @property
    def blocks(self) -> tuple[CaseBlock, ...]:
        return tuple(block for block in (self.scenarios,) if block is not None)


def ask(results: Results) -> Questions:
    """Every case of the workbook. Raises ModelError where one has no result."""
    model = results.model
    totals = [key for total in model.totals for key in model.keys_of(total.name)]
    scenarios = scenario_block(model, totals, FIRST_ROW + HEADS) if model.scenarios else None
    return Questions(scenarios)
