"""Tables as every face shows them: texts and numbers, formatted already."""

from __future__ import annotations

from dataclasses import dataclass

OPTIONS, STEPS = "options", "steps"


@dataclass(frozen=True, slots=True)
class TableCell:
    """`word`: the text stands for a cost that has no number; `state` is then which, whatever the language (`included`,
    `none`, `not quoted`); `mark`: what a reader must know of the number (`incomplete`), or ""; `best`: it is what the
    table's `best` says; `note` stands small below it."""

    text: str
    word: bool = False
    mark: str = ""
    best: bool = False
    note: str = ""
    state: str = ""

    @property
    def marked(self) -> str:
        """`1,234 (incomplete)`: the text with its mark."""
        return f"{self.text} ({self.mark})" if self.mark else self.text


@dataclass(frozen=True, slots=True)
class TableRow:
    """`name` is its key in the model; `citations` are numbers of sources; `kind`: item, sum or headline; `mark`: what a
    reader must know of it."""

    title: str
    name: str
    cells: tuple[TableCell, ...]
    unit: str = ""
    note: str = ""
    citations: tuple[int, ...] = ()
    kind: str = "item"
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ValueTable:
    """Rows with one value per head. `unit` is shared by all rows; "" where each row has its own.

    `id` is unique in a report. `columns` says what there is one column of: OPTIONS or STEPS of an input, which may be
    many; "" where each column is of another kind. `remark` explains the table, `best` says what the cells marked so
    are. `of_figure`: it holds the numbers of the figure beside it. `has_names`: `--set`, `--scenario` and formulas take
    the rows' names. `part`: which columns of a larger table these are.
    """

    id: str
    caption: str
    first_head: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    unit: str = ""
    columns: str = ""
    remark: str = ""
    best: str = ""
    of_figure: bool = False
    has_names: bool = False
    part: str = ""

    @property
    def has_units(self) -> bool:
        return any(row.unit for row in self.rows)

    @property
    def longest(self) -> int:
        """Characters of the longest number, for which each column has to have room; text may be broken at a space."""
        return max((len(part) for row in self.rows for cell in row.cells for part in cell.text.split(" ")), default=0)
