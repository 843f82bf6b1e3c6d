"""The formulas of a step on Timeline: the same along a row, whatever stays the same in it fixed with dollar signs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reportgen.formula import nodes as n
from reportgen.formula.nodes import AxisRow, Key, Node
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.expressions import Expression, cell, cells_of
from reportgen.workbook.plan import Plan
from reportgen.workbook.timeline_layout import AXIS_ROWS, TIMELINE, step_columns
from reportgen.workbook.translate import Translator
from reportgen.workbook.translated_parts import NOTHING, Translated


class SeriesTranslator(Translator):
    """Translates trees for the cells of one column of Timeline."""

    def __init__(self, plan: Plan, column: int) -> None:
        super().__init__(plan)
        self.column = column

    def cell_of(self, key: Key) -> Address:
        row = self.plan.series.get(key)
        return super().cell_of(key) if row is None else Address(TIMELINE, row, self.column)

    def seen(self, place: Address | Area, *, own: bool) -> Expression:
        """The cells of this column go along with it; only what is of the same option goes along with the row."""
        column = place.column if isinstance(place, Address) else place.left
        moves = place.sheet == TIMELINE and column == self.column
        if isinstance(place, Address):
            return cell(place, fixed=not moves, fixed_row=not own)
        return cells_of(place, fixed=not moves, fixed_row=not own)

    def summands(
        self, arguments: tuple[Node, ...], option: str | None, scale: Fraction, more: Sequence[Address] = ()
    ) -> list[Expression]:
        """Without what has nothing at the start."""
        parts = super().summands(arguments, option, scale, more)
        return [each for each in parts if each != NOTHING] or [NOTHING]

    def in_step(self, node: n.Axis | n.Flow | n.Previous, option: str | None) -> Translated:
        match node:
            case n.Axis(row):
                return Translated(cell(Address(TIMELINE, AXIS_ROWS[row], self.column), fixed_row=True))
            case n.Flow(start, steps):
                timeline = self.plan.model.timeline
                assert timeline is not None
                part = start if self.column == step_columns(timeline).start else steps
                return Translated(NOTHING) if part is None else self.translated(part, option)
            case n.Previous(series, initial):
                period = cell(Address(TIMELINE, AXIS_ROWS[AxisRow.PERIOD], self.column), fixed_row=True)
                before = cell(Address(TIMELINE, self.plan.series[series.key(option)], self.column - 1))
                scale = self.scale_of(series.name)
                return Translated(f.IF(period.equals(1.0), self.tree(initial, option, scale), before), scale)
