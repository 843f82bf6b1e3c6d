"""One sheet before it is written: cells with their styles, widths, validations; no openpyxl in it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum

from reportgen.workbook.address import Area

Content = str | float | bool | None


class Style(Enum):
    """What a cell is; `workbook.styles` says what that looks like."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    HEAD = "head"
    HEAD_NUMBER = "head of numbers"
    HEAD_TEXT = "head of texts"
    HEADING = "heading"
    HEADING_NUMBER = "heading of numbers"
    LABEL = "label"
    UNIT = "unit"
    TEXT = "text"
    LINK = "link"
    INPUT = "input"
    INPUT_BLANK = "input left empty"
    INPUT_TEXT = "input text"
    UNQUOTED = "not quoted"
    SAMPLE_INPUT = "sample of an input"
    SAMPLE_UNQUOTED = "sample of not quoted"
    WORD = "word"
    CALCULATION = "calculation"
    CALCULATION_TEXT = "calculation text"
    LINKED = "linked"
    LINKED_TEXT = "linked text"
    OUTPUT = "output"
    OUTPUT_LABEL = "output label"
    OUTPUT_TEXT = "output text"
    CHECK = "check"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class Cell:
    """`content` is a constant, or the stored result of `formula`; `link` is an address or a place in the book."""

    content: Content
    style: Style
    formula: str = ""
    number_format: str = "General"
    link: str = ""


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into `areas`. `rule` is a formula that is true of allowed entries, or `list_of` names
    the cells to choose from."""

    areas: tuple[Area, ...]
    prompt_title: str
    prompt: str
    error: str
    rule: str = ""
    list_of: str = ""


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Bars of `series` rows over the options in `categories`; every area is one row of one sheet.
    It covers `rows` and `columns`, both ends included. `kind`: stacked or tornado (bars), or line."""

    title: str
    axis_title: str
    categories: Area
    category_texts: tuple[str, ...]
    series: tuple[tuple[str, Area, tuple[float, ...]], ...]
    rows: tuple[int, int]
    columns: tuple[int, int]
    alternative: str
    kind: str = "stacked"


def chart_rows(bars: int) -> int:
    """The rows of ordinary height that a chart with that many bars needs."""
    return 9 + 2 * bars


@dataclass(slots=True)
class Grid:
    """A sheet being filled. Rows and columns count from 1; widths are in characters. `for_screens`: of its many
    columns only the first are printed."""

    name: str
    tab: str
    frozen_column: int = 3
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    validations: list[Validation] = field(default_factory=list)
    charts: list[StackedChart] = field(default_factory=list)
    one_page: bool = False
    for_screens: bool = False

    def put(  # noqa: PLR0913 - a cell is where, what and how it looks
        self,
        row: int,
        column: int,
        content: Content,
        style: Style,
        number_format: str = "General",
        *,
        formula: str = "",
        link: str = "",
    ) -> None:
        """Set a cell. Writing one twice is a mistake in the layout."""
        if (row, column) in self.cells:
            raise ValueError(f"{self.name} row {row} column {column} is written twice")
        self.cells[row, column] = Cell(content, style, formula, number_format, link)

    def fit_heights(self) -> None:
        """Give rows with long text the lines they need, since viewers do not all do it themselves."""
        for (row, column), cell in self.cells.items():
            if not isinstance(cell.content, str) or cell.style in _ONE_LINE:
                continue
            small = cell.style is Style.TEXT
            room = self.widths.get(column, 10.0) * (1.08 if small else 1.0)
            lines = sum(max(1, math.ceil(len(part) / room)) for part in cell.content.split("\n"))
            if lines > 1:
                self.heights[row] = max(self.heights.get(row, 0.0), (13.0 if small else 14.0) * lines + 4)


_ONE_LINE = frozenset((Style.TITLE, Style.SUBTITLE, Style.HEADING, Style.UNIT))
