"""Widths and heights that fit what a filled sheet holds, since viewers do not all see to that themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.workbook.grid import HEADS, ROW_HEIGHT, Cell, Grid, Style
from reportgen.workbook.plan import HEAD_ROW, SCENARIO_ROW, UNIT
from reportgen.workbook.table_heads import MOST_FROZEN, names_all_below
from reportgen.workbook.text_width import BOLD, lines_of, width_of

LINE_HEIGHT, SMALL_LINE_HEIGHT, PADDING = 14.0, 12.75, 5.0
"""In points: of each line, in notes smaller ones, and what is added to them."""

LEAST_PADDING = 1.0
"""In the head of a sheet, which takes little of the screen."""

MAX_HEIGHT = 409.0
"""Source: Microsoft, "Excel specifications and limits"."""

MAX_WIDTH, WIDEST_UNIT, LEAST_WIDTH = 255.0, 30.0, 14.0
WIDEST_HEAD = 26.0
"""Of a column of numbers that is widened for its head."""

MOST_LINES = 24
"""A note is given a wider column rather than more lines than this."""

_MARGIN = 1.0
"""What a cell leaves free on both sides together."""

_INDENT = 1.6

ONE_LINE = frozenset(
    (Style.TITLE, Style.TITLE_LONG, Style.SUBTITLE, Style.NOTICE, Style.BACK, Style.HEADING, Style.LINKED_LINE)
)
"""These run on over the empty cells to their right."""

_BOLD = HEADS | {
    *(Style.OUTPUT, Style.OUTPUT_LABEL, Style.OUTPUT_TEXT, Style.CHECK),
    *(Style.UNQUOTED, Style.SAMPLE_UNQUOTED, Style.CHANGED),
}
_INDENTED = frozenset((Style.TEXT, Style.HEAD_TEXT, Style.HEAD_NUMBER, Style.HEAD_FIXED, Style.OUTPUT_TEXT))
_SINGLE = frozenset(
    (Style.WORD, Style.INCLUDED, Style.NONE, Style.STATE, Style.UNQUOTED, Style.SAMPLE_UNQUOTED),
)
"""Words that stand among numbers, on one line."""

_SIZES = {Style.TITLE: 14 / 10.5, Style.TITLE_LONG: 12 / 10.5, Style.HEADING: 12 / 10.5, Style.TEXT: 9.5 / 10.5}


@dataclass(frozen=True, slots=True)
class Choices:
    """Texts that live cells may come to show: the longest titles of options and of scenarios."""

    option: str
    scenario: str


def fit(grid: Grid, choices: Choices, *, longer_words: bool = False) -> None:
    """Widen columns for numbers and units, give texts the lines they need, and close the gaps in rows of heads. Widths
    are planned for English heads; the words of other languages may be longer."""
    _close_heads(grid)
    if any(row == HEAD_ROW - 1 for row, _ in grid.cells):  # it is a gap otherwise
        grid.heights[HEAD_ROW - 1] = LINE_HEIGHT + LEAST_PADDING
    _fit_widths(grid, longer_words)
    _fit_heights(grid, choices)


def needed(cell: Cell) -> float:
    """The width of a text on one line."""
    text = str(cell.content)
    bold = BOLD if cell.style in _BOLD or cell.style in (Style.TITLE, Style.TITLE_LONG, Style.HEADING) else 1.0
    return width_of(text) * bold * _SIZES.get(cell.style, 1.0)


Rows = Sequence[tuple[int, int]]
"""First and last rows of what is printed, each part on pages of its own."""


def is_printed(row: int, rows: Rows) -> bool:
    """Whether a row is among these, or in the head, which is on every page."""
    return row <= HEAD_ROW or any(first <= row <= last for first, last in rows)


def overflow(grid: Grid, rows: Rows, last: int) -> float:
    """How far printed texts that run on to the right reach from the left edge of the sheet, those that begin in its
    columns up to the `last`."""
    reach = 0.0
    for (row, column), cell in grid.cells.items():
        if column <= last and is_printed(row, rows) and cell.style in ONE_LINE and cell.content:
            reach = max(reach, sum(grid.widths.get(at, LEAST_WIDTH) for at in range(1, column)) + needed(cell))
    return reach


def _close_heads(grid: Grid) -> None:
    """A row of heads is one band from its first column to its last."""
    spans: dict[int, list[int]] = defaultdict(list)
    for (row, column), cell in grid.cells.items():
        if cell.style in HEADS:
            spans[row].append(column)
    for row, columns in spans.items():
        for column in range(min(columns), max(columns)):
            if (row, column) not in grid.cells:
                grid.put(row, column, None, Style.HEAD)


def _fit_widths(grid: Grid, longer_words: bool) -> None:
    texts: dict[int, list[Cell]] = defaultdict(list)
    numbers: dict[int, dict[tuple[str, Style], float]] = defaultdict(dict)
    words: dict[int, float] = defaultdict(float)
    heads: dict[int, float] = defaultdict(float)
    for (row, column), cell in grid.cells.items():
        content = cell.content
        if isinstance(content, float | int) and not isinstance(content, bool):
            known = numbers[column]
            key = cell.number_format, cell.style
            size = max(abs(content), abs(content) * 10 if content < 0 else 0)
            known[key] = max(known.get(key, 0.0), size)
        elif content and isinstance(content, str):
            if cell.style in HEADS and longer_words:
                longest = max(map(width_of, re.split(r"[\s/-]", content))) * BOLD  # broken between words, within none
                heads[column] = max(heads[column], min(longest + _INDENT, WIDEST_UNIT))
            elif cell.style is Style.TEXT and row > HEAD_ROW:
                texts[column].append(cell)
            elif cell.style is Style.UNIT:
                words[column] = max(words[column], min(width_of(content) + _MARGIN, WIDEST_UNIT))
            elif cell.style in _SINGLE:
                words[column] = max(words[column], min(needed(cell) + _MARGIN + _INDENT, WIDEST_UNIT))
    for column in grid.widths:
        wide = max((_number_width(*key, size) for key, size in numbers[column].items()), default=0.0)
        least = max(wide, words[column])
        planned = grid.widths[column]
        if column > UNIT and texts[column] and not wide and not words[column]:
            planned = _text_width(texts[column], planned)
        grid.widths[column] = min(MAX_WIDTH, max(planned, round(max(least, heads[column]), 1)))
    if names_all_below(grid) and not grid.one_page:
        _widen_heads(grid)


def _widen_heads(grid: Grid) -> None:
    """Heads that stay in sight have as many lines as there is room for, if that takes no column too wide."""
    lines = int((MOST_FROZEN - grid.height(1, HEAD_ROW - 1) - PADDING) // LINE_HEIGHT)
    for (row, column), cell in grid.cells.items():
        if row == HEAD_ROW and cell.style in HEADS and cell.content and column in grid.widths:
            width = grid.widths[column]
            while width < WIDEST_HEAD and _lines(cell, width) > lines:
                width += 0.5
            grid.widths[column] = width if _lines(cell, width) <= lines else grid.widths[column]


def _text_width(cells: Sequence[Cell], planned: float) -> float:
    """Of a column of notes: no wider than its longest, wider than planned where that is very long."""
    longest = max(max(width_of(line) for line in str(cell.content).split("\n")) for cell in cells) * _SIZES[Style.TEXT]
    width = min(planned, max(LEAST_WIDTH, longest + _MARGIN + _INDENT))
    while width < MAX_WIDTH and any(_lines(cell, width) > MOST_LINES for cell in cells):
        width = min(MAX_WIDTH, width * 1.25)
    return round(width, 1)


def _number_width(number_format: str, style: Style, size: float) -> float:
    """The width of the largest number that was shown in a format; a sign counts as a digit."""
    if "E" in number_format or number_format == "General":
        shown = 10.0
    else:
        first = number_format.split(";")[0]
        decimals = len(found[1]) if (found := re.search(r"\.(0+)", first)) else 0
        literal = "".join(first.split('"')[1::2])
        shown = width_of(f"{size:,.{min(decimals, 15)}f}{literal}") + (1.0 if literal else 0.0)
    return shown * (BOLD if style in _BOLD else 1.0) + _INDENT + _MARGIN


def _lines(cell: Cell, width: float, text: str = "") -> int:
    room = width - _MARGIN - (_INDENT if cell.style in _INDENTED else 0.0)
    room /= (BOLD if cell.style in _BOLD else 1.0) * _SIZES.get(cell.style, 1.0)
    return lines_of(text or str(cell.content), round(max(room, 4.0), 2))


def _fit_heights(grid: Grid, choices: Choices) -> None:
    for row in {row for row, _ in grid.cells}:
        grid.heights.setdefault(row, ROW_HEIGHT)
    for (row, column), cell in grid.cells.items():
        if not isinstance(cell.content, str) or cell.style in ONE_LINE or cell.style in _SINGLE:
            continue
        text = ""
        if cell.formula and cell.style is Style.OUTPUT_TEXT:
            text = max(cell.content, choices.option, key=len)
        elif row == SCENARIO_ROW and column == UNIT:
            text = max(cell.content, choices.scenario, key=len)
        if not (text or cell.content):
            continue
        lines = _lines(cell, grid.widths.get(column, LEAST_WIDTH), text)
        line = SMALL_LINE_HEIGHT if cell.style is Style.TEXT else LINE_HEIGHT
        height = line * lines + (PADDING if row >= HEAD_ROW else LEAST_PADDING)
        grid.heights[row] = min(MAX_HEIGHT, max(grid.heights[row], height, 22.0 if cell.style in HEADS else 0.0))
