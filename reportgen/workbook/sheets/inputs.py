"""The Inputs sheet: every input as it was generated, what its cell holds now, and whether that is where it should be.

One place holds the generated values. A row that has inputs says beside them whether one is changed, as this register
counts them; Summary shows the count of all. Below the lines of single cells, what was left empty in a row has one line,
and in a model with more inputs than `input_lines.MOST_LINES` so has every row of the larger sheets: the generated
values of such a row stand at the right.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area, blocks
from reportgen.workbook.book_words import message, sheet_title
from reportgen.workbook.expressions import Expression, added, cell, cells_of
from reportgen.workbook.grid import Grid, Highlight, Style
from reportgen.workbook.plan import BACK_ROW, CHANGES_COLUMN, FIRST, FIRST_ROW, HEAD_ROW, INPUTS, LABEL, UNIT
from reportgen.workbook.sheets.input_lines import InputLine, Shown, input_lines
from reportgen.workbook.sheets.sheet_parts import NUMBER_WIDTH, Book, heads, new_grid

SHEET, WHAT, GENERATED, NOW, DIFFERENCE, LOW, HIGH, IN_RANGE = range(FIRST, CHANGES_COLUMN)
COUNT, WHERE, FIRST_CELL = range(CHANGES_COLUMN, CHANGES_COLUMN + 3)
CHANGED, EMPTY, NOTHING = message("changed"), message("empty"), "–"
YES, BELOW, ABOVE, NO_NUMBER = message("yes"), message("below Low"), message("above High"), message("not a number")
COUNTED = '0;-0;"–"'
"""How many inputs of a line are changed: a dash for none."""

MAX_LINKS = 65_530
"""Source: Microsoft, "Excel specifications and limits"; lines beyond them name their cells without a link."""

_HEADS = (
    (LABEL, message("Input"), False, 38.0),
    (UNIT, message("Unit"), False, 14.0),
    (SHEET, message("Sheet"), False, 15.0),
    (WHAT, message("What"), False, 20.0),
    (GENERATED, message("As generated"), True, 12.0),
    (NOW, message("Value now"), True, 12.0),
    (DIFFERENCE, message("Difference"), True, 12.0),
    (LOW, message("Low"), True, 10.0),
    (HIGH, message("High"), True, 10.0),
    (IN_RANGE, message("In range?"), False, 18.0),
    (COUNT, message("Changed"), True, 11.0),
    (WHERE, message("Where"), False, 18.0),
)


def inputs_sheet(book: Book, grids: Sequence[Grid]) -> Grid:
    """The register of all inputs of these sheets, which get their marks here. Raises ValueError as `input_lines`."""
    subtitle = message(
        "What every input was when this book was made, and what it is now; the filter shows what is changed."
    )
    grid = new_grid(book, INPUTS, "register", message("Inputs"), subtitle)
    lines = list(input_lines(grids))
    last = max((len(each.columns) for each in lines if each.shown is Shown.CHANGED), default=0)
    further = [
        (FIRST_CELL + at, message("Cell {number}, as generated", number=at + 1), True, NUMBER_WIDTH)
        for at in range(last)
    ]
    every = [*_HEADS, *further]
    heads(grid, HEAD_ROW, [(column, text, numbers) for column, text, numbers, _ in every])
    grid.widths.update({column: width for column, _, _, width in every})
    for row, line in enumerate(lines, FIRST_ROW):
        _line(grid, row, line, linked=row - FIRST_ROW < MAX_LINKS)
    _marks(grid, lines)
    end = max(FIRST_ROW, FIRST_ROW + len(lines) - 1)
    _total(grid, end)
    grid.filtered = Area(INPUTS, HEAD_ROW, LABEL, end, WHERE)
    changed = grid.cell(FIRST_ROW, COUNT, fixed_column=True) > 0.0
    grid.highlights.append(Highlight(Area(INPUTS, FIRST_ROW, LABEL, end, WHERE), changed))
    grid.printed_columns = WHERE
    grid.printed_rows.append((1, HEAD_ROW))  # each input stands on paper where it is edited
    return grid


def _line(grid: Grid, row: int, line: InputLine, *, linked: bool) -> None:
    own = line.row
    _text(grid, row, LABEL, own.mark.label or own.text(LABEL), Style.LABEL)
    _text(grid, row, UNIT, own.mark.unit or own.text(UNIT), Style.UNIT)
    _text(grid, row, WHAT, line.what, Style.TEXT)
    grid.put(row, SHEET, sheet_title(line.address.sheet), Style.TEXT)
    where = ", ".join(area.seen_from(line.address.sheet) for area in line.areas)
    grid.put(row, WHERE, where, Style.LINK if linked else Style.TEXT, link=line.address if linked else "")
    if line.shown is not Shown.CELL:
        for column in (GENERATED, NOW, DIFFERENCE, LOW, HIGH):
            grid.put(row, column, NOTHING, Style.FIXED)
        grid.put(row, IN_RANGE, NOTHING, Style.CALCULATION_TEXT)
        grid.put(row, COUNT, _count(grid, row, line), Style.CALCULATION, COUNTED)
        return
    typed, entered = line.cells[0], cell(line.address, fixed=True)
    before, now, count = (grid.cell(row, column) for column in (GENERATED, NOW, COUNT))
    grid.repeat(row, GENERATED, typed, Style.FIXED)
    grid.put(row, NOW, f.IF(entered.equals(""), EMPTY, entered), Style.CALCULATION, typed.number_format)
    if typed.style is Style.INPUT_TEXT:
        grid.put(row, DIFFERENCE, NOTHING, Style.CALCULATION)
    else:
        both = f.AND(count > 0.0, f.ISNUMBER(before), f.ISNUMBER(now))
        grid.put(row, DIFFERENCE, f.IF(both, now - before, NOTHING), Style.CALCULATION, typed.number_format)
    _range(grid, row, line, typed.number_format)
    # Compared as texts: as numbers, an empty cell is the same as 0.
    grid.put(row, COUNT, f.IF((before & "").equals(now & ""), 0.0, 1.0), Style.CALCULATION, COUNTED)


def _text(grid: Grid, row: int, column: int, text: str | Expression | Address, style: Style) -> None:
    grid.put(row, column, cell(text) if isinstance(text, Address) else text, style)


def _count(grid: Grid, row: int, line: InputLine) -> Expression:
    """How many of several cells are filled, where they were left empty; how many differ from the generated values,
    which are put at the right, where something stood in them."""
    if line.shown is Shown.FILLED:
        return added(*map(_filled, line.areas))
    places = dict(zip(line.columns, range(FIRST_CELL, FIRST_CELL + len(line.columns)), strict=True))
    for each, column in zip(line.cells, places.values(), strict=True):
        grid.repeat(row, column, each, Style.FIXED)
    return added(*(_differing(now, Area(INPUTS, row, places[now.left], row, places[now.right])) for now in line.areas))


def _filled(area: Area) -> Expression:
    """How many cells hold more than the dash that stands for nothing."""
    cells = cells_of(area, fixed=True)
    if area.several:
        return f.SUMPRODUCT(cells.differs("") * cells.differs(NOTHING))
    return f.IF(f.OR(cells.equals(""), cells.equals(NOTHING)), 0.0, 1.0)


def _differing(now: Area, before: Area) -> Expression:
    differ = (cells_of(now, fixed=True) & "").differs(cells_of(before) & "")
    return f.SUMPRODUCT(differ * 1.0) if now.several else f.IF(differ, 1.0, 0.0)


def _range(grid: Grid, row: int, line: InputLine, number_format: str) -> None:
    """Where the value now lies: between the bounds, of which those of Low and High are read where they can be typed."""
    bounds = line.bounds
    for column, bound in zip((LOW, HIGH), bounds, strict=True):
        if isinstance(bound, Address):
            stated = cell(bound, fixed=True)
            grid.put(row, column, f.IF(stated.equals(""), NOTHING, stated), Style.LINKED, number_format)
        else:
            grid.put(row, column, NOTHING, Style.FIXED, number_format)
            if bound is not None:
                grid.cells[row, column] = grid.cells[row, column]._replace(content=bound)
    if bounds == (None, None):
        grid.put(row, IN_RANGE, NOTHING, Style.CALCULATION_TEXT)
        return
    now, low, high = (grid.cell(row, column) for column in (NOW, LOW, HIGH))
    beyond = f.IF(now > f.MIN(now, high), ABOVE, YES)
    found = f.IF(now < f.MAX(now, low), BELOW, beyond)
    grid.put(row, IN_RANGE, f.IF(f.ISNUMBER(now), found, NO_NUMBER), Style.CALCULATION_TEXT)


def _marks(grid: Grid, lines: Sequence[InputLine]) -> None:
    """Beside each row of inputs, whether one of its lines counts a change."""
    counts: dict[tuple[str, int], list[Address]] = {}
    rows = {(line.address.sheet, line.address.row): line.row for line in lines}
    for at, line in enumerate(lines, FIRST_ROW):
        counts.setdefault((line.address.sheet, line.address.row), []).append(Address(INPUTS, at, COUNT))
    for place, row in rows.items():
        changes = added(*map(_sum, blocks(counts[place])))
        row.grid.put(row.number, row.mark.column, f.IF(changes > 0.0, CHANGED, ""), Style.CHANGED)


def _total(grid: Grid, last: int) -> None:
    """In the head, which stays in view whatever is filtered."""
    grid.put(BACK_ROW, IN_RANGE, message("Inputs changed"), Style.OUTPUT_LABEL)
    grid.put(BACK_ROW, COUNT, f.SUM(grid.cell(FIRST_ROW, COUNT).to(grid.cell(last, COUNT))), Style.OUTPUT, "0")


def _sum(area: Area) -> Expression:
    counts = cells_of(area, fixed=True)
    return f.SUM(counts) if area.several else counts
