"""A sheet's part of the file, read as a stream: its cells with shared texts looked up, shared formulas written out and
formulas known by their shape."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, TypeVar

from reportgen.review.lint.cell_styles import PLAIN, Look
from reportgen.review.lint.file_limits import MAX_LENGTH, Budget, UnreadableError
from reportgen.review.lint.formula_shapes import Shape, Shapes
from reportgen.review.lint.formulas import ADDRESS, LAST_COLUMN, LAST_ROW, column_number, copied, split
from reportgen.review.lint.sheet_cells import Cell, Position
from reportgen.review.lint.sheet_settings import TEXTS, SettingsReader
from reportgen.review.lint.table_references import Tables
from reportgen.review.lint.xml_stream import MAIN, Handler, natural

T = TypeVar("T")
_CELL, _VALUE, _FORMULA, _ROW, _TEXT, _PHONETIC, _SHARED_TEXT = (
    MAIN + name for name in ("c", "v", "f", "row", "t", "rPh", "si")
)
DATE = date.min
"""What stands for any date or time in a cell; which one it is, no rule asks."""


class Strings(Handler):
    """The texts that cells share, without hints to pronunciation."""

    def __init__(self, budget: Budget) -> None:
        self.texts: list[str] = []
        self._budget = budget
        self._pieces: list[str] = []
        self._wanted = self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == _SHARED_TEXT:
            self._pieces = []
            self._budget.spend("strings")
        elif name == _PHONETIC:
            self._phonetic = True
        else:
            self._wanted = name == _TEXT and not self._phonetic

    def text(self, text: str) -> None:
        if self._wanted:
            self._budget.spend("text", len(text))
            self._pieces.append(text)

    def end(self, name: str) -> None:
        super().end(name)
        self._wanted = False
        if name == _PHONETIC:
            self._phonetic = False
        elif name == _SHARED_TEXT:
            # Excel escapes an underscore that could be read as the begin of an escape.
            self.texts.append("".join(self._pieces).replace("x005F_", ""))


class BookContents(NamedTuple):
    """What the cells of all sheets refer to by number, and the shapes of their formulas. `epoch` is day 0."""

    strings: list[str]
    looks: list[Look]
    shapes: Shapes
    tables: Tables
    epoch: date


class _SharedFormula(NamedTuple):
    """A formula that further cells take over, with the cell that it stands in."""

    template: str
    addresses: list[str]
    shape: Shape
    length: int
    row: int
    column: int

    def copied_to(self, row: int, column: int) -> str:
        rows, columns = row - self.row, column - self.column
        return self.template % tuple([copied(address, rows, columns) for address in self.addresses])


class SheetReader(Handler):
    """Keeps each cell that has a value or a formula, and the settings."""

    def __init__(self, title: str, contents: BookContents, budget: Budget) -> None:
        self.cells: dict[Position, Cell] = {}
        self.settings_reader = SettingsReader(title, budget)
        self._title, self._budget = title, budget
        self._strings, self._looks = contents.strings, contents.looks or [PLAIN]
        self._shapes, self._tables = contents.shapes, contents.tables
        self._look_of: dict[str, Look] = {}
        self._dates = ((date.min - contents.epoch).days, (date.max - contents.epoch).days + 1)
        self._row = self._column = 0
        self._cell: dict[str, str] | None = None
        self._formula: dict[str, str] | None = None
        self._formula_text = self._value = ""
        self._text: str | None = None
        self._phonetic = False
        self._shared: dict[str, _SharedFormula] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if name == _CELL:
            self._cell, self._formula, self._formula_text, self._value = attributes, None, "", ""
            self._budget.spend("cells")
        elif self._cell is not None:
            if name == _VALUE:
                self._text = ""
            elif name == _FORMULA:
                self._formula, self._text = attributes, ""
            elif name == _TEXT and not self._phonetic:
                self._text = self._value
            elif name == _PHONETIC:
                self._phonetic = True
        elif name == _ROW:
            self._start_row(attributes)
        elif name in TEXTS:
            self._text = ""
        else:
            self.settings_reader.start(name, attributes)

    def text(self, text: str) -> None:
        if self._text is not None:
            self._text += text
            if len(self._text) > MAX_LENGTH:
                raise UnreadableError(
                    f"has a text or formula of more than {MAX_LENGTH // 1_000_000} million characters"
                )

    def end(self, name: str) -> None:
        self.depth -= 1
        if self._cell is not None:
            if name == _CELL:
                self._end_cell(self._cell)
                self._cell = None
            elif name == _PHONETIC:
                self._phonetic = False
            elif self._text is not None and name in (_VALUE, _FORMULA, _TEXT):
                if name == _FORMULA:
                    self._formula_text = self._text
                else:
                    self._value = self._text
                self._text = None
        elif name in TEXTS:
            self.settings_reader.end(name, self._text or "")
            self._text = None
        elif name != _ROW:
            self.settings_reader.end(name, "")

    def comment(self, row: int, column: int) -> None:
        cell = self.cells.get((row, column), Cell(row, column, None, PLAIN))
        self.cells[row, column] = cell._replace(comment=True)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else self.settings_reader.integer(number, "row")
        self._column = 0
        if not 1 <= self._row <= LAST_ROW:
            raise UnreadableError(f"is damaged: the sheet {self._title!r} has a row {self._row:,}")
        if "ht" in attributes or "hidden" in attributes:
            self.settings_reader.row(self._row, attributes)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip("0123456789")
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and len(letters) < len(place) <= 10):
                raise UnreadableError(f"is damaged: the sheet {self._title!r} has a cell {place[:40]!r}")
            self._row, self._column = int(place[len(letters) :]), column_number(letters)
        row, column, formula, value = self._row, self._column, self._formula, self._value
        kind = attributes.get("t", "n")
        if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
            raise UnreadableError(f"is damaged: the sheet {self._title!r} has a cell beyond Excel’s last")
        style = attributes.get("s", "0")
        if formula is None and not value and kind != "inlineStr":
            if (at := natural(style)) < len(self._looks) and not self._looks[at].locked:
                self.settings_reader.settings.open_cells.add((row, column))
            return
        look = self._look_of.get(style)
        if look is None:
            look = self._look_of[style] = self._item(self._looks, style, "a style")
        if formula is None:
            content = self._content(kind, value, look)
            if isinstance(content, str):
                self._budget.spend("text", len(content))
            self.cells[row, column] = Cell(row, column, content, look)
        else:
            way = formula.get("t")
            text = "" if way == "dataTable" else "=" + self._formula_text
            if value or kind == "str":
                self._budget.spend("text", len(value))
            else:
                kind = ""
            if way == "shared":
                text, shape = self._shared_formula(formula.get("si", ""), text)
            else:
                shape = self._shape(text)
            self.cells[row, column] = Cell(row, column, text, look, shape, kind, value, way in ("array", "dataTable"))

    def _shared_formula(self, number: str, text: str) -> tuple[str, Shape]:
        row, column, shared = self._row, self._column, self._shared.get(number)
        if shared is None:
            shape = self._shape(text)
            if text != "=":
                frame, addresses = split(text)
                template = frame.replace("%", "%%").replace(ADDRESS, "%s")
                self._shared[number] = _SharedFormula(template, addresses, shape, len(text), row, column)
            return text, shape
        # Counted first: a long formula may be shared by very many cells.
        self._budget.spend("formula text", shared.length)
        text = shared.copied_to(row, column)
        return text, self._shape(text, None if "#REF!" in text or "[" in text else shared.shape)

    def _shape(self, text: str, known: Shape | None = None) -> Shape:
        """Of a formula in the cell that is being read."""
        row, column = self._row, self._column
        return self._shapes.of(self._tables.addressed(text, self._title, row, column), row, column, known)

    def _content(self, kind: str, value: str, look: Look) -> object:
        match kind:
            case "n":
                number = self._number(value)
                if not look.is_date:
                    return number
                return DATE if self._dates[0] <= number < self._dates[1] else "#VALUE!"
            case "s":
                return self._item(self._strings, value, "a shared text")
            case "b":
                return self._number(value) != 0
            case "d":
                return DATE
            case _:
                return value

    def _number(self, text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not abs(number) < float("inf"):
            raise self._damaged(f"holds {text[:40]!r} in place of a number")
        return number

    def _item(self, listed: list[T], number: str, what: str) -> T:
        at = natural(number, len(listed))
        if at >= len(listed):
            raise self._damaged(f"refers to {what} {number[:40]!r} that the file does not have")
        return listed[at]

    def _damaged(self, message: str) -> UnreadableError:
        return UnreadableError(
            f"is damaged: row {self._row}, column {self._column} of the sheet {self._title!r} {message}"
        )
