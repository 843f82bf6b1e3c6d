"""A formula filled down a column: printed once, with each row's own numbers put in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportgen.workbook.address import AS_PLANNED, Pieces, SheetNames
from reportgen.workbook.expressions import Cells, Expression
from reportgen.workbook.values import Value


@dataclass(frozen=True, slots=True)
class FilledDown(Expression):
    """An expression some rows below the `first`, which is printed once for the whole column."""

    first: Expression
    rows: int
    printed: dict[tuple[str, SheetNames], tuple[str, list[int]]]

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.first.down(self.rows),)

    def text(self, sheet: str, names: SheetNames = AS_PLANNED) -> str:
        if (sheet, names) not in self.printed:
            pieces = Pieces(names)
            self.first.print(pieces, sheet)
            template = "".join(["%d" if isinstance(each, int) else each.replace("%", "%%") for each in pieces])
            self.printed[sheet, names] = template, [each for each in pieces if isinstance(each, int)]
        template, moving = self.printed[sheet, names]
        rows = self.rows
        return template % tuple([each + rows for each in moving])

    def print(self, found: Pieces, sheet: str) -> None:
        self.first.down(self.rows).print(found, sheet)

    def value(self, cells: Cells) -> Value:
        return self.first.down(self.rows).value(cells)

    def down(self, rows: int) -> Expression:
        return FilledDown(self.first, self.rows + rows, self.printed)


def filled_down(first: Expression, count: int) -> Iterator[Expression]:
    """A column of formulas: the first one, and what filling it down makes."""
    printed: dict[tuple[str, SheetNames], tuple[str, list[int]]] = {}
    return (FilledDown(first, rows, printed) for rows in range(count))
