"""Whether a number lacks a price that is not quoted, as conditions over the cells of a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.formula import nodes as n
from reportgen.formula.nodes import Key, Node
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Area, blocks
from reportgen.workbook.cell_words import INCOMPLETE, NOT_QUOTED
from reportgen.workbook.expressions import Expression, cell, cells_of
from reportgen.workbook.plan import Plan


class Completeness:
    """Conditions for the cells that a plan has for the model's numbers."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def states(self, node: Node, option: str | None) -> tuple[Expression, ...]:
        """Conditions, one of which is true while a tree lacks a price; none if it never does."""
        keys = n.keys_in(node, option, self.plan.model.option_ids)
        return tuple(dict.fromkeys(state for key in keys if (state := self.state(key)) is not None))

    def state(self, key: Key) -> Expression | None:
        """A condition that is true while the number of `key` lacks something not quoted; None if it never does."""
        if key in self.plan.states:
            return cell(self.plan.states[key], fixed_row=True).equals(INCOMPLETE)
        if key in self.plan.model.unquoted:
            return cell(self.plan.cells[key]).equals(NOT_QUOTED)
        return self.state_of_parts(key)

    def state_of_parts(self, key: Key) -> Expression | None:
        """The same, by what the number is computed from."""
        keys = self.plan.model.dependencies.direct[key]
        unquoted = [each for each in keys if each in self.plan.model.unquoted]
        parts = [
            f.COUNTIF(cells_of(area), NOT_QUOTED) > 0.0 if area.several else cells_of(area).equals(NOT_QUOTED)
            for area in self.unquoted_areas(key, unquoted)
        ]
        parts += [state for each in keys if each not in unquoted and (state := self.state(each)) is not None]
        parts = list(dict.fromkeys(parts))  # many items may be computed from one price that is not quoted
        return f.any_of(parts) if parts else None

    def unquoted_areas(self, key: Key, unquoted: Sequence[Key]) -> list[Area]:
        """Where to look for what is not quoted. A category's items stand below each other, so that one area holds all
        of them, however many there are."""
        cells = [self.plan.cells[each] for each in unquoted]
        if cells and key.name in self.plan.category_sheets:
            first, last = cells[0], cells[-1]
            return [Area(first.sheet, first.row, first.column, last.row, last.column)]
        return blocks(cells)
