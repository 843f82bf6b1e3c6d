"""What formulas say of tables, `Sales[Amount]` or `Sales[[#This Row],[Price]:[Tax]]`, written as addresses of cells.

Rules then see them as any other reference: the row of `#This Row` and `@` goes with the formula, and so do columns,
as Excel shifts them when a formula is filled to the right; other rows are fixed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formulas import MAX_FORMULA, Area, column_letters

_BRACKETED = r"\[(?:'.|[^\[\]'])*\]?"
_PART = re.compile(
    rf"""\"(?:[^"]|"")*"?
    |'(?:[^']|'')*'?
    |!(?:[\w.\\]*)(?:\[(?:{_BRACKETED}|'.|[^\[\]'])*\]?)?
    |(?P<table>(?:[^\W\d]|\\)[\w.\\?]*)?(?P<brackets>\[(?:{_BRACKETED}|'.|[^\[\]'])*\]?)(?=(?P<next>[\w.!]?))
    |[\w.\\]+""",
    re.VERBOSE | re.DOTALL,
)
"""Texts, quoted sheets and what another book has, which are passed over; and brackets, with the table before them. What
is left open is taken to its end, so that nothing is looked at twice."""

_IN_BRACKETS = re.compile(r"\[((?:'.|[^\[\]'])*)\]", re.DOTALL)
_ESCAPED = re.compile(r"'(.)", re.DOTALL)
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ALL, _DATA, _HEADERS, _TOTALS, _THIS_ROW = "#all", "#data", "#headers", "#totals", "#this row"
_ITEMS = frozenset({_ALL, _DATA, _HEADERS, _TOTALS, _THIS_ROW})


class Table(NamedTuple):
    """A table on a sheet; `area` is all of it, of which so many rows are heads and totals."""

    sheet: str
    area: Area
    head_rows: int
    total_rows: int
    columns: tuple[str, ...]

    @property
    def data(self) -> Area:
        area = self.area
        return area._replace(top=area.top + self.head_rows, bottom=area.bottom - self.total_rows)


class _Place(NamedTuple):
    """What brackets say: which parts of a table, and from which column to which, None for all of them."""

    items: frozenset[str]
    columns: tuple[str, str] | None


def column_name(text: str) -> str:
    """The name of a column as formulas and tables agree on it, whatever case and line breaks they write it with."""
    return " ".join(_CODED.sub(lambda match: chr(int(match[1], 16)), text).split()).casefold()


@lru_cache(maxsize=1_000)
def _place(brackets: str) -> _Place | None:
    """None for what no program writes."""
    inner = brackets[1:-1].strip()
    items = {_THIS_ROW} if inner.startswith("@") else set()
    inner = inner.removeprefix("@").strip()
    parts = _IN_BRACKETS.findall(inner) if inner.startswith("[") else [inner] if inner else []
    columns = []
    for part in parts:
        if (item := part.strip().casefold()) in _ITEMS:
            items.add(item)
        else:
            columns.append(column_name(_ESCAPED.sub(r"\1", part)))
    if not brackets.endswith("]") or len(columns) > 2:
        return None
    return _Place(frozenset(items or {_DATA}), (columns[0], columns[-1]) if columns else None)


class Tables:
    """The tables of a book, by their names without regard to case."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._tables: dict[str, Table] = {}
        self._on_sheet: dict[str, list[Table]] = {}
        self._templates: dict[tuple[str, str, Table | None], tuple[str, int]] = {}

    def add(self, name: str, table: Table) -> None:
        self._tables[name.casefold()] = table
        self._on_sheet.setdefault(table.sheet, []).append(table)

    def data_areas(self) -> dict[str, tuple[str, Area]]:
        """What the bare name of each table stands for."""
        return {name: (table.sheet, table.data) for name, table in self._tables.items()}

    def addressed(self, formula: str, sheet: str, row: int, column: int) -> str:
        """A formula in a cell with addresses in place of what it says of tables. What no table has stays as it is."""
        if "[" not in formula or not self._tables or len(formula) > MAX_FORMULA:
            return formula
        around = self._around(sheet, row, column)
        template = self._templates.get((formula, sheet, around))
        if template is None:
            template = self._templates[formula, sheet, around] = self._template(formula, sheet, around)
        text, rows = template
        return text % ((row,) * rows)

    def _around(self, sheet: str, row: int, column: int) -> Table | None:
        """The table that a cell is in."""
        for table in self._on_sheet.get(sheet, ()):
            self._budget.spend("steps")
            top, left, bottom, right = table.area
            if top <= row <= bottom and left <= column <= right:
                return table
        return None

    def _template(self, formula: str, sheet: str, around: Table | None) -> tuple[str, int]:
        """With `%d` in place of the row of the formula, and how often."""
        rows = 0

        def written(match: re.Match[str]) -> str:
            nonlocal rows
            brackets, after = match["brackets"], match["next"]
            table = around if match["table"] is None else self._tables.get(match["table"].casefold())
            if brackets is None or after or table is None:
                return match.group()
            found = _written(table, _place(brackets.replace("%%", "%")))
            if found is None:
                return match.group()
            rows += found.count("%d")
            title = table.sheet.replace("'", "''").replace("%", "%%")
            return found if table.sheet == sheet else f"'{title}'!{found}"

        return _PART.sub(written, formula.replace("%", "%%")), rows


def _written(table: Table, place: _Place | None) -> str | None:
    """The address of a part of a table, None where it does not have that part."""
    if place is None:
        return None
    first, last = table.area.left, table.area.right
    if place.columns is not None:
        if any(name not in table.columns for name in place.columns):
            return None
        first, last = sorted(table.area.left + table.columns.index(name) for name in place.columns)
    left, right = column_letters(first), column_letters(last)
    if _THIS_ROW in place.items:
        return f"{left}%d" if first == last else f"{left}%d:{right}%d"
    spans = [span for item in place.items if (span := _rows(table, item)) is not None]
    if len(spans) < len(place.items):
        return None
    top, bottom = min(top for top, _ in spans), max(bottom for _, bottom in spans)
    return f"{left}${top}" if (top, first) == (bottom, last) else f"{left}${top}:{right}${bottom}"


def _rows(table: Table, item: str) -> tuple[int, int] | None:
    area, data = table.area, table.data
    span = {
        _ALL: (area.top, area.bottom),
        _HEADERS: (area.top, data.top - 1),
        _DATA: (data.top, data.bottom),
        _TOTALS: (data.bottom + 1, area.bottom),
    }[item]
    return span if span[0] <= span[1] else None
