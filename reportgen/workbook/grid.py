"""One sheet before it is written: cells with their styles, widths, validations; no openpyxl in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from reportgen.workbook.address import Address, Area
from reportgen.workbook.expressions import Cell as CellExpression
from reportgen.workbook.expressions import Cells, Expression, cell
from reportgen.workbook.number_formats import shows_per_cent

if TYPE_CHECKING:
    from reportgen.workbook.chart_plan import ChartPlan

Content = str | float | bool | None


class Style(Enum):
    """What a cell is; `workbook.styles` says what that looks like."""

    TITLE = "title"
    TITLE_LONG = "long title"
    SUBTITLE = "subtitle"
    NOTICE = "notice beside the title"
    BACK = "way back"
    HEAD = "head"
    HEAD_NUMBER = "head of numbers"
    HEAD_FIXED = "head that is a number itself, to which formulas refer"
    HEAD_TEXT = "head of texts"
    HEADING = "heading"
    LABEL = "label"
    UNIT = "unit"
    TEXT = "text"
    LINK = "link"
    INPUT = "input"
    INPUT_BLANK = "input left empty"
    INPUT_TEXT = "input text"
    CHOICE = "choice of what is shown"
    SPARE_TEXT = "words of a spare line"
    UNQUOTED = "not quoted"
    SAMPLE_INPUT = "sample of an input"
    SAMPLE_UNQUOTED = "sample of not quoted"
    WORD = "word"
    INCLUDED = "included"
    NONE = "none"
    CALCULATION = "calculation"
    FIXED = "fixed value"
    CALCULATION_TEXT = "calculation text"
    LINKED = "linked"
    LINKED_TEXT = "linked text"
    LINKED_LINE = "linked text that runs on to the right"
    OUTPUT = "output"
    OUTPUT_LABEL = "output label"
    OUTPUT_TEXT = "output text"
    CHECK = "check"
    STATE = "state"
    KIND_FRONT = "kind of sheet: front"
    KIND_INPUT = "kind of sheet: inputs"
    KIND_CATEGORY = "kind of sheet: costs"
    KIND_RESULT = "kind of sheet: results"
    KIND_QUESTION = "kind of sheet: questions"
    KIND_REGISTER = "kind of sheet: register"
    CHANGED = "mark of a changed input"

    __hash__ = object.__hash__  # that of Enum is slow, and each cell's style is looked up many times


HEADS = frozenset((Style.HEAD, Style.HEAD_NUMBER, Style.HEAD_FIXED, Style.HEAD_TEXT))
"""Cells of the row of a table that names its columns."""

ROW_HEIGHT = 18.0
"""Of a row of one line, in points."""

EDITABLE = frozenset((Style.INPUT, Style.INPUT_BLANK, Style.INPUT_TEXT, Style.UNQUOTED))
"""What a reader may change so that results change: not which scenario is shown, not words that nothing reads."""


class Cell(NamedTuple):
    """`content` is a constant, or the stored result of `formula`; `link` is a web address or a cell. A title that
    `is_title` may be typed over: all others refer to it."""

    content: Content
    style: Style
    formula: str = ""
    number_format: str = "General"
    link: str | Address = ""
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into `areas`. `rule` is a formula that is true of allowed entries, relative to the first cell
    of the only area, or `list_of` names the cells to choose from; without either, numbers between `bounds` (None: no
    bound), which say beside a rule what it asks of numbers; dates for `dates`. A `warning` may be passed over."""

    areas: tuple[Area, ...]
    prompt_title: str
    prompt: str
    error: str
    rule: Expression | None = None
    list_of: Expression | None = None
    bounds: tuple[float | None, float | None] = (None, None)
    dates: bool = False
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The column in which a row says that one of its inputs is changed. `title` heads these inputs in the register
    where the sheet has no head over them, `head_row` where another row than the nearest has it; `label` names them and
    `unit` counts them where the row does not; `ends` are the columns of Low and High, between which the other inputs of
    the row should lie."""

    column: int
    title: str = ""
    label: str | Expression = ""
    unit: str = ""
    head_row: int = 0
    ends: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Highlight:
    """Rows of `area` that stand out while `rule`, written for its first row, is true."""

    area: Area
    rule: Expression


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG file on a sheet, its right edge at that of a column, `height` points high from the top of a row."""

    data: bytes
    size: tuple[int, int]
    row: int
    column: int
    height: float
    alternative: str


@dataclass(slots=True)
class Grid:
    """A sheet being filled. Rows and columns count from 1; widths are in characters. `tab` is the kind of sheet.
    `printed_rows` are the first and last rows of what paper shows, each part on pages of its own, and
    `printed_columns` the last column of it; without them, everything. It is on `pages_across` pages beside each other
    at least, each with the columns that are frozen, or all of it on `one_page`. `filtered` is a table whose heads
    filter its rows. `later` is done once all cells have their values. `expressions` are the formulas of cells that have
    no text yet, and no content where it is what the expression comes to: `settle` gives them both."""

    name: str
    tab: str
    frozen_column: int = 3
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    expressions: dict[tuple[int, int], Expression] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    validations: list[Validation] = field(default_factory=list)
    marks: dict[int, Mark] = field(default_factory=dict)
    highlights: list[Highlight] = field(default_factory=list)
    filtered: Area | None = None
    charts: list[ChartPlan] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    later: list[Callable[[Cells], None]] = field(default_factory=list)
    one_page: bool = False
    printed_rows: list[tuple[int, int]] = field(default_factory=list)
    printed_columns: int = 0
    pages_across: int = 1

    def put(  # noqa: PLR0913 - a cell is where, what and how it looks
        self,
        row: int,
        column: int,
        content: Content | Expression,
        style: Style,
        number_format: str = "General",
        *,
        formula: Expression | None = None,
        link: str | Address = "",
    ) -> None:
        """Set a cell to a constant, to what an expression comes to, or to the known result of `formula`. A number is
        given as its format shows it: in per cent where that is one of per cent, under which the cell holds a fraction.
        Writing one twice is a mistake in the layout."""
        if isinstance(content, float) and shows_per_cent(number_format):
            content /= 100
        if (row, column) in self.cells:
            raise ValueError(f"{self.name} row {row} column {column} is written twice")
        tree, known = (content, None) if isinstance(content, Expression) else (formula, content)
        if tree is not None:
            self.expressions[row, column] = tree
        self.cells[row, column] = Cell(known, style, "", number_format, link)

    def put_title(self, row: int, column: int, title: str, style: Style) -> None:
        """Set a cell to a title that a reader may type over."""
        self.put(row, column, title, style)
        self.cells[row, column] = self.cells[row, column]._replace(is_title=True)

    def repeat(self, row: int, column: int, other: Cell, style: Style) -> None:
        """Set a cell to what another one holds, in its format."""
        self.put(row, column, None, style, other.number_format)
        self.cells[row, column] = self.cells[row, column]._replace(content=other.content)

    def show_as(self, row: int, column: int, number_format: str) -> None:
        """Give a cell the number format that its value turns out to need."""
        self.cells[row, column] = self.cells[row, column]._replace(number_format=number_format)

    def cell(
        self, row: int, column: int, *, fixed: bool = False, fixed_row: bool = False, fixed_column: bool = False
    ) -> CellExpression:
        """A cell of this sheet in an expression."""
        return cell(Address(self.name, row, column), fixed=fixed, fixed_row=fixed_row, fixed_column=fixed_column)

    @property
    def end(self) -> tuple[int, int]:
        """The last row and the last column that have a cell."""
        rows, columns = zip(*self.cells, strict=True)
        return max(rows), max(columns)

    def height(self, first: int, last: int) -> float:
        """Of rows, in points."""
        return sum(self.heights.get(row, ROW_HEIGHT) for row in range(first, last + 1))

    def computes(self, row: int, column: int) -> bool:
        """Whether a cell has a formula."""
        return (row, column) in self.expressions
