"""The Inputs sheet: every input as it was generated, and how many of each row have been changed since.

One place holds the generated values. A row that has inputs says beside them whether one is changed, as this register
counts them; Summary shows the count of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.book_words import message
from reportgen.workbook.expressions import Expression, added, cells_of
from reportgen.workbook.grid import EDITABLE, Cell, Grid, Mark, Style
from reportgen.workbook.plan import FIRST, FIRST_ROW, HEAD_ROW, INPUTS, LABEL, UNIT
from reportgen.workbook.sheets.sheet_parts import NUMBER_WIDTH, Book, heads, new_grid

COUNT, WHERE, FIRST_GENERATED = FIRST, FIRST + 1, FIRST + 2
CHANGED = message("changed")
COUNTED = '0;-0;"–"'
"""How many inputs of a row are changed: a dash for none."""

MAX_LINKS = 65_530
"""Source: Microsoft, "Excel specifications and limits"; rows beyond them name their cells without a link."""

_HEADS = frozenset((Style.HEAD, Style.HEAD_NUMBER, Style.HEAD_TEXT, Style.HEADING_NUMBER))

_NO_INPUT = Cell(None, Style.FIXED)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet that has inputs in `columns`, which `titles` head."""

    grid: Grid
    number: int
    columns: tuple[int, ...]
    titles: tuple[str, ...]

    def text(self, column: int) -> str:
        cell = self.grid.cells.get((self.number, column))
        if cell is None or self.grid.computes(self.number, column):
            return ""
        return cell.content if isinstance(cell.content, str) else ""

    @property
    def mark(self) -> Mark:
        return self.grid.marks[self.number]

    @property
    def address(self) -> Address:
        return Address(self.grid.name, self.number, self.columns[0])


def inputs_sheet(book: Book, grids: Sequence[Grid]) -> Grid:
    """The register of all inputs of these sheets, which get their marks here. Raises ValueError where a sheet has an
    input in a row that has no place for a mark: it could be changed unseen."""
    subtitle = (
        "Every input as it was when this book was made. A row that differs now says so here and on its own sheet."
    )
    grid = new_grid(book, INPUTS, "register", "Inputs as generated", subtitle)
    texts = [(LABEL, "Input", False), (UNIT, "Unit", False), (COUNT, "Changed", True), (WHERE, "Where", False)]
    sections = list(_sections(row for each in grids for row in _rows(each)))
    last = max((FIRST_GENERATED + len(columns) - 1 for columns, _ in sections), default=FIRST_GENERATED)
    grid.widths.update({COUNT: 12.0, WHERE: 26.0} | dict.fromkeys(range(FIRST_GENERATED, last + 1), NUMBER_WIDTH))
    texts += [(column, "As generated" if column == FIRST_GENERATED else "", True) for column in _columns(last)]
    heads(grid, HEAD_ROW, texts)
    row, links = FIRST_ROW + 1, 0
    for columns, rows in sections:
        row = _section_heads(grid, row + 1, columns, rows[0])
        for each in _exceptions_last(rows, columns):
            _entry(grid, row, each, columns, linked=(links := links + 1) <= MAX_LINKS)
            row += 1
    _total(grid, row - 1)
    grid.printed_columns = WHERE
    grid.printed_rows.append((1, FIRST_ROW))  # each input stands on paper where it is edited
    return grid


def _columns(last: int) -> range:
    return range(FIRST_GENERATED, last + 1)


def _rows(grid: Grid) -> Iterator[_Row]:
    found: dict[int, list[int]] = {}
    for (row, column), cell in grid.cells.items():
        if cell.style in EDITABLE:
            found.setdefault(row, []).append(column)
    unmarked = found.keys() - grid.marks.keys()
    if unmarked:
        raise ValueError(f"{grid.name} has inputs in row {min(unmarked)} but no mark beside them")
    above = _Above(grid)
    for row, mark in sorted(grid.marks.items()):
        if row not in found:
            grid.put(row, mark.column, None, Style.CHANGED)
            continue
        columns = tuple(sorted(found[row]))
        yield _Row(grid, row, columns, tuple(mark.title or above.head(row, column) or "Value" for column in columns))


class _Above:
    """Heads of a sheet's columns, from top to bottom."""

    def __init__(self, grid: Grid) -> None:
        self.heads: dict[int, list[tuple[int, str]]] = {}
        texts = {at: cell.content for at, cell in grid.cells.items() if cell.style in _HEADS and cell.content}
        for (row, column), text in sorted(texts.items(), key=lambda item: item[0]):
            self.heads.setdefault(column, []).append((row, str(text)))

    def head(self, row: int, column: int) -> str:
        """The nearest one above a cell; "" if there is none."""
        return next((text for at, text in reversed(self.heads.get(column, [])) if at < row), "")


def _sections(rows: Iterator[_Row]) -> Iterator[tuple[dict[int, str], list[_Row]]]:
    """Rows of one sheet whose columns have the same heads, with the head of each column."""
    columns: dict[int, str] = {}
    part: list[_Row] = []
    for row in rows:
        own = dict(zip(row.columns, row.titles, strict=True))
        fits = part and part[0].grid is row.grid and all(columns.get(at, title) == title for at, title in own.items())
        if part and not fits:
            yield dict(sorted(columns.items())), part
            columns, part = {}, []
        columns |= own
        part.append(row)
    if part:
        yield dict(sorted(columns.items())), part


def _exceptions_last(rows: list[_Row], columns: Collection[int]) -> list[_Row]:
    """Rows in which a formula stands among inputs after the others, so that counts that go alike stand together."""
    shapes = [
        tuple(column in row.columns or _is_word(row.grid, (row.number, column)) for column in columns) for row in rows
    ]
    usual = Counter(shapes).most_common(1)[0][0]
    order = sorted(range(len(rows)), key=lambda at: (shapes[at] != usual, shapes[at]))
    return [rows[at] for at in order]


def _section_heads(grid: Grid, row: int, columns: dict[int, str], first: _Row) -> int:
    texts = [(LABEL, first.grid.name, False), (UNIT, "", False), (COUNT, "", True), (WHERE, "", False)]
    heads(grid, row, [*texts, *((at, title, True) for at, title in enumerate(columns.values(), FIRST_GENERATED))])
    return row + 1


def _entry(grid: Grid, row: int, entry: _Row, columns: dict[int, str], *, linked: bool) -> None:
    """The generated values, how many cells hold others now, and the mark in the row that they stand in. Locked words
    where other rows have inputs are counted with them, so that the formula is the same in all these rows."""
    sheet, places = entry.grid, {column: at for at, column in enumerate(columns, FIRST_GENERATED)}
    grid.put(row, LABEL, entry.mark.label or entry.text(LABEL), Style.LABEL)
    grid.put(row, UNIT, entry.mark.unit or entry.text(UNIT), Style.UNIT)
    target = entry.address if linked else ""
    grid.put(row, WHERE, str(entry.address), Style.LINK if linked else Style.TEXT, link=target)
    constants: list[Address] = []
    for column, place in places.items():
        at = entry.number, column
        counted = column in entry.columns or _is_word(sheet, at)
        shown = sheet.cells[at] if counted else _NO_INPUT
        constants += [Address(sheet.name, *at)] if counted else []
        grid.repeat(row, place, shown, Style.FIXED)
    counts = []
    for now in blocks(constants):
        before = Area(INPUTS, row, places[now.left], row, places[now.right])
        counts.append(_differing(now, before))
    grid.put(row, COUNT, added(*counts), Style.CALCULATION, COUNTED)
    mark = f.IF(grid.cell(row, COUNT) > 0.0, CHANGED, "")
    sheet.put(entry.number, entry.mark.column, mark, Style.CHANGED)


def _is_word(sheet: Grid, at: tuple[int, int]) -> bool:
    return at in sheet.cells and sheet.cells[at].style is Style.WORD and not sheet.computes(*at)


def _differing(now: Area, before: Area) -> Expression:
    """How many cells differ, compared as texts: as numbers, an empty cell is the same as 0."""
    differ = (cells_of(now) & "").differs(cells_of(before) & "")
    return f.SUMPRODUCT(differ * 1.0) if now.several else f.IF(differ, 1.0, 0.0)


def _total(grid: Grid, last: int) -> None:
    grid.put(FIRST_ROW, LABEL, "Inputs changed since this book was made", Style.OUTPUT_LABEL)
    grid.put(FIRST_ROW, UNIT, "inputs", Style.OUTPUT_LABEL)
    counts = grid.cell(FIRST_ROW + 1, COUNT).to(grid.cell(max(last, FIRST_ROW + 1), COUNT))
    grid.put(FIRST_ROW, COUNT, f.SUM(counts), Style.OUTPUT, "0")
    grid.put(FIRST_ROW, WHERE, "", Style.OUTPUT_LABEL)
