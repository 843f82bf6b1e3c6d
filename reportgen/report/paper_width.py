"""Tables as a page shows them: as wide as it is, in parts where they have more columns than that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from reportgen.presentation.format import NO_BREAK
from reportgen.presentation.result_cells import COLUMNS, Cells
from reportgen.presentation.value_table import OPTIONS, TableRow, ValueTable

_DENSE = 5
"""Above this many columns templates print smaller (`table.dense`)."""
_ROOM, _UNITS = 128.0, 19.0
"""Millimetres that numbers may take of a page, and what a column of units takes of that."""


def on_paper(cells: Cells, tables: Iterable[ValueTable]) -> tuple[ValueTable, ...]:
    """The tables with captions and remarks as a page has them. Each range of numbers is on one line if all columns fit
    side by side so, else it is broken after `to`."""
    return tuple(part for table in tables for part in _parts(cells, _in_print(cells, table)))


def _in_print(cells: Cells, table: ValueTable) -> ValueTable:
    caption = cells.gettext("Data of the figure: {what}", what=table.caption) if table.of_figure else table.caption
    remark = [table.remark, cells.gettext("Bold: {what}.", what=table.best) if table.best else ""]
    return replace(table, caption=caption, remark=" ".join(filter(None, remark)))


def _parts(cells: Cells, table: ValueTable) -> tuple[ValueTable, ...]:
    if not table.columns:
        return (table,)
    whole = replace(table, rows=tuple(map(_unbroken, table.rows)))
    parts, unbroken = _side_by_side(cells, table), _side_by_side(cells, whole)
    return unbroken if len(unbroken) == len(parts) else parts


def _unbroken(row: TableRow) -> TableRow:
    """A space that lines are broken at stands only in ranges and in words."""
    return replace(
        row,
        cells=tuple(cell if cell.word else replace(cell, text=cell.text.replace(" ", NO_BREAK)) for cell in row.cells),
    )


def _side_by_side(cells: Cells, table: ValueTable) -> tuple[ValueTable, ...]:
    """The table, in parts if it has more columns than a page is wide enough for; numbers are not broken."""
    count = len(table.heads)
    room = _ROOM - (_UNITS if table.has_units else 0)
    most = max((each for each in range(1, COLUMNS + 1) if each * column_width(table.longest, each) <= room), default=1)
    if count <= most:
        return (table,)
    width = -(-count // -(-count // most))
    return tuple(_columns(cells, table, start, min(start + width, count)) for start in range(0, count, width))


def column_width(characters: int, columns: int) -> float:
    """Millimetres that a column needs so that a number of so many bold characters is not broken."""
    return characters * 1.38 + 2.0 if columns > _DENSE else characters * 1.62 + 3.8


def _columns(cells: Cells, table: ValueTable, start: int, end: int) -> ValueTable:
    rows = tuple(replace(row, cells=row.cells[start:end]) for row in table.rows)
    values = {"first": start + 1, "last": end, "count": len(table.heads)}
    options = table.columns == OPTIONS
    if end == start + 1:
        part = cells.gettext("option {last}", **values) if options else cells.gettext("column {last}", **values)
    elif options:
        part = cells.gettext("options {first} to {last} of {count}", **values)
    else:
        part = cells.gettext("columns {first} to {last} of {count}", **values)
    return replace(table, id=f"{table.id}-{start + 1}", heads=table.heads[start:end], rows=rows, part=part)
