"""The rows of a table, in which each number may have a low and a high."""

from __future__ import annotations

from reportgen.model.amounts import NUMBER
from reportgen.model.compounds import One
from reportgen.model.document import Node, Sequence
from reportgen.model.fields import kind_of
from reportgen.model.kinds import At, Choice, Json, Kind
from reportgen.model.model import DISTRIBUTIONS
from reportgen.model.records import optional, record, required
from reportgen.model.written import NumberSpec, Text
from reportgen.problems import Collector
from reportgen.source import Span


@record("a row's number")
class CellSpec:
    value: NumberSpec = required(NUMBER, "the number")
    low: NumberSpec | None = optional(NUMBER, "the lowest it may well be")
    high: NumberSpec | None = optional(NUMBER, "the highest it may well be")
    distribution: Text | None = optional(
        Choice(DISTRIBUTIONS), "how it varies between low and high in a simulation; `triangular` by default"
    )
    span: Span


RowSpec = tuple[CellSpec, CellSpec]

_CELL = One(CellSpec, "value")


class Rows(Kind[tuple[RowSpec, ...]]):
    """Pairs of numbers."""

    empty = ()
    words = "list of pairs `[from, to]`"

    def read(self, node: Node, at: At) -> tuple[RowSpec, ...] | None:
        if not isinstance(node, Sequence) or not node.items:
            at.problems.error("RG204", f"{at.what} is a list of pairs: [[0, 1], [250, 2]]", node.span)
            return None
        pairs = (self._pair(row, at.problems) for row in node.items)
        return tuple(pair for pair in pairs if pair is not None)

    def _pair(self, row: Node, problems: Collector) -> RowSpec | None:
        if not isinstance(row, Sequence) or len(row.items) != 2:
            wrong = f"a list of {len(row.items)}" if isinstance(row, Sequence) else kind_of(row)
            problems.error("RG204", f"a row is a pair [from, to], not {wrong}", row.span)
            return None
        first, second = (_CELL.read(part, At("a row's number", part.span, problems)) for part in row.items)
        return None if first is None or second is None else (first, second)

    def schema(self) -> Json:
        pair = {"type": "array", "items": _CELL.schema(), "minItems": 2, "maxItems": 2}
        return {"type": "array", "items": pair, "minItems": 1}
