"""Cells as the rules see them: shared texts looked up, shared formulas written out, formulas read by kind."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeVar

from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH, from_excel

from reportgen.review.lint.book import Cell, Position, Stored
from reportgen.review.lint.cell_styles import PLAIN, Look
from reportgen.review.lint.file_limits import Budget, UnreadableError
from reportgen.review.lint.formula_shapes import Kind, kind_of
from reportgen.review.lint.formulas import Copied, relative_form
from reportgen.review.lint.sheet_reader import RawCell
from reportgen.review.lint.xml_stream import MAIN, Handler

T = TypeVar("T")
_NOTHING = Stored("", "")


class Strings(Handler):
    """The texts that cells share, without hints to pronunciation."""

    def __init__(self, budget: Budget) -> None:
        self.found: list[str] = []
        self._budget = budget
        self._pieces: list[str] = []
        self._wanted = self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if name == MAIN + "si":
            self._pieces = []
            self._budget.spend("strings")
        elif name == MAIN + "rPh":
            self._phonetic = True
        else:
            self._wanted = name == MAIN + "t" and not self._phonetic

    def text(self, text: str) -> None:
        if self._wanted:
            self._budget.spend("text", len(text))
            self._pieces.append(text)

    def end(self, name: str) -> None:
        self.depth -= 1
        self._wanted = False
        if name == MAIN + "rPh":
            self._phonetic = False
        elif name == MAIN + "si":
            # Excel escapes an underscore that could be read as the begin of an escape.
            self.found.append("".join(self._pieces).replace("x005F_", ""))


class _Shared(NamedTuple):
    """A formula that further cells take over, with the cell that it stands in."""

    formula: Copied
    length: int
    row: int
    column: int
    relative: str


class Formulas:
    """The kinds of the formulas of a book, each read once."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._kinds: dict[str, Kind] = {}

    def kind(self, text: str, row: int, column: int, relative: str = "") -> Kind:
        self._budget.spend("formulas")
        self._budget.spend("formula text", len(text))
        relative = relative or relative_form(text, row, column)
        kind = self._kinds.get(relative)
        if kind is None:
            kind = self._kinds[relative] = kind_of(text, row, column, relative)
            self._budget.spend("references", len(kind.references) + len(kind.names))
        return kind


class SheetCells:
    """Takes the cells of one sheet."""

    def __init__(
        self, title: str, strings: list[str], looks: list[Look], formulas: Formulas, budget: Budget, mac: bool
    ) -> None:
        self.found: dict[Position, Cell] = {}
        self._title, self._strings, self._looks = title, strings, looks or [PLAIN]
        self._formulas, self._budget = formulas, budget
        self._epoch = CALENDAR_MAC_1904 if mac else WINDOWS_EPOCH
        self._shared: dict[str, _Shared] = {}

    def add(self, cell: RawCell) -> None:
        look = self._item(self._looks, cell.style, cell, "a style")
        place = cell.row, cell.column
        if cell.formula is not None:
            self.found[place] = self._formula(cell, cell.formula, look)
            return
        content = self._content(cell, look)
        if isinstance(content, str):
            self._budget.spend("text", len(content))
        self.found[place] = Cell(*place, content, look)

    def comment(self, row: int, column: int) -> None:
        cell = self.found.get((row, column))
        if cell is None:
            self.found[row, column] = Cell(row, column, None, PLAIN, comment=True)
        else:
            self.found[row, column] = Cell(
                *(row, column, cell.content, cell.look, cell.kind, cell.stored, cell.array), comment=True
            )

    def _formula(self, cell: RawCell, text: str, look: Look) -> Cell:
        row, column, kind = cell.row, cell.column, cell.kind
        way, relative = cell.attributes.get("t"), ""
        text = "=" + text
        if way == "dataTable":
            text = ""
        elif way == "shared":
            number = cell.attributes.get("si", "")
            shared = self._shared.get(number)
            if shared is not None:
                # Counted first: a long formula may be shared by very many cells.
                self._budget.spend("formula text", shared.length)
                text = shared.formula.text(row - shared.row, column - shared.column)
                relative = "" if "#REF!" in text else shared.relative
            elif text != "=":
                relative = relative_form(text, row, column)
                self._shared[number] = _Shared(Copied(text), len(text), row, column, relative)
        stored = _NOTHING
        if cell.value or kind == "str":
            stored = Stored(kind, cell.value)
            self._budget.spend("text", len(cell.value))
        read = self._formulas.kind(text, row, column, relative)
        return Cell(row, column, text, look, read, stored, way in ("array", "dataTable"))

    def _content(self, cell: RawCell, look: Look) -> object:
        value = cell.value
        match cell.kind:
            case "n":
                number = self._number(cell)
                return self._date(number) if look.is_date else number
            case "s":
                return self._item(self._strings, value, cell, "a shared text")
            case "b":
                return self._number(cell) != 0
            case "d":
                return date.min  # which date it is, no rule asks
            case _:
                return value

    def _number(self, cell: RawCell) -> int | float:
        text = cell.value
        try:
            number = int(text) if len(text) < 16 and "." not in text and "E" not in text.upper() else float(text)
        except ValueError:
            number = float("nan")
        if not abs(number) < float("inf"):
            raise self._damaged(cell, f"holds {text[:40]!r} in place of a number")
        return number

    def _date(self, number: int | float) -> object:
        """Dates and times are typed as such, not as numbers: they need no unit."""
        try:
            return from_excel(number, self._epoch)
        except (OverflowError, ValueError):
            return "#VALUE!"

    def _item(self, listed: list[T], number: str, cell: RawCell, what: str) -> T:
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else len(listed)
        if at >= len(listed):
            raise self._damaged(cell, f"refers to {what} {number[:40]!r} that the file does not have")
        return listed[at]

    def _damaged(self, cell: RawCell, message: str) -> UnreadableError:
        return UnreadableError(
            f"is damaged: row {cell.row}, column {cell.column} of the sheet {self._title!r} {message}"
        )
