"""The assumptions that a reader may well see otherwise: with a range or a growth, or set by a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.presentation.result_cells import Cells
from reportgen.report.view_parts import InputGroup, InputRow


def uncertain(cells: Cells, groups: Sequence[InputGroup]) -> tuple[InputRow, ...]:
    """Their rows in the order of the register, with all rows of an assumption that differs by option."""
    set_by_scenarios = {key.name for scenario in cells.model.scenarios for key in scenario.settings}
    rows = [row for group in groups for row in group.rows]
    names = {row.name for row in rows if row.low or row.high or row.growth or row.before}
    return tuple(row for row in rows if row.name in names | set_by_scenarios)
