"""A sheet's part of the file, read as a stream: its cells as they stand there, and its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from reportgen.review.lint.cell_styles import truth
from reportgen.review.lint.file_limits import MAX_LENGTH, Budget, UnreadableError
from reportgen.review.lint.formulas import LAST_COLUMN, LAST_ROW, Area, area_of, column_number
from reportgen.review.lint.xml_stream import MAIN, Handler

_NEWER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main "
_RANGE = "http://schemas.microsoft.com/office/excel/2006/main sqref"
_CELL, _VALUE, _FORMULA, _ROW = (MAIN + name for name in ("c", "v", "f", "row"))
_INLINE, _TEXT, _PHONETIC = (MAIN + name for name in ("is", "t", "rPh"))
_HEADERS = frozenset(MAIN + f"{when}{what}" for when in ("odd", "even", "first") for what in ("Header", "Footer"))
_KEPT = _HEADERS | {MAIN + "formula1", MAIN + "formula2", MAIN + "formula", _RANGE}
"""Elements beside those of cells whose text matters."""

MAX_SETTING = 100_000
"""Characters of a formula or range outside cells that are looked at, many times what Excel holds."""


@dataclass(slots=True)
class Validation:
    """What may be typed into the cells of `areas`."""

    kind: str
    areas: tuple[Area, ...]
    formulas: list[str]


@dataclass(slots=True)
class Settings:
    """Of a sheet: what it shows, protects and prints beside its cells. `conditions` are the formulas of conditional
    formats with the ranges that they are for; `hidden_columns` first and last columns; `headers` the texts of headers
    and footers; `more_validated` the ranges with a validation that refers to another sheet."""

    protected: bool = False
    fitted: bool = False
    top_left: str = ""
    merged: dict[str, Area] = field(default_factory=dict)
    validations: list[Validation] = field(default_factory=list)
    more_validated: list[Area] = field(default_factory=list)
    conditions: list[tuple[str, Area]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: dict[int, int] = field(default_factory=dict)
    headers: list[str] = field(default_factory=list)


class RawCell(NamedTuple):
    """A cell as it stands in the file. `formula` is None where it has none; `attributes` are the formula's own."""

    row: int
    column: int
    kind: str
    style: str
    value: str
    formula: str | None
    attributes: dict[str, str]


class Cells(Protocol):
    """What takes the cells, one by one."""

    def add(self, cell: RawCell) -> None: ...


class SheetPart(Handler):
    """Hands on each cell that has a value or a formula, and keeps the settings."""

    def __init__(self, title: str, cells: Cells, budget: Budget) -> None:
        self.settings = Settings()
        self._title, self._cells, self._budget = title, cells, budget
        self._row = self._column = 0
        self._cell: dict[str, str] | None = None
        self._formula: dict[str, str] | None = None
        self._formula_text = self._value = ""
        self._pieces: list[str] | None = None
        self._length = 0
        self._phonetic = False
        self._validation: Validation | None = None
        self._newer = False
        self._condition: Area | None = None
        self._others = {
            MAIN + "sheetProtection": self._protection,
            MAIN + "pageSetUpPr": self._fit,
            MAIN + "pane": self._pane,
            MAIN + "col": self._hidden_columns,
            MAIN + "mergeCell": self._merge,
            MAIN + "dataValidation": self._validate,
            _NEWER + "dataValidation": self._validate_newer,
            MAIN + "conditionalFormatting": self._format,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if name == _CELL:
            self._cell, self._formula, self._formula_text, self._value = attributes, None, "", ""
            self._length = 0
            self._budget.spend("cells")
        elif self._cell is not None:
            if name == _VALUE:
                self._pieces, self._length = [], 0
            elif name == _FORMULA:
                self._formula, self._pieces, self._length = attributes, [], 0
            elif name == _TEXT and not self._phonetic:
                self._pieces = []
            elif name == _PHONETIC:
                self._phonetic = True
        elif name == _ROW:
            self._start_row(attributes)
        elif name in self._others:
            self._budget.spend("settings")
            self._others[name](attributes)
        elif name in _KEPT:
            self._pieces, self._length = [], 0

    def text(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)
            self._length += len(text)
            if self._length > MAX_LENGTH:
                raise UnreadableError(
                    f"has a text or formula of more than {MAX_LENGTH // 1_000_000} million characters"
                )

    def end(self, name: str) -> None:
        self.depth -= 1
        if self._cell is not None:
            if self._pieces is not None and name in (_VALUE, _FORMULA, _TEXT):
                text, self._pieces = "".join(self._pieces), None
                if name == _FORMULA:
                    self._formula_text = text
                elif name == _VALUE:
                    self._value = text
                else:
                    self._value += text
                    self._length = len(self._value)
            elif name == _PHONETIC:
                self._phonetic = False
            elif name == _CELL:
                self._end_cell(self._cell)
                self._cell = None
        elif self._pieces is not None and name in _KEPT:
            self._end_setting(name, "".join(self._pieces)[:MAX_SETTING])
            self._pieces = None
        elif name == MAIN + "dataValidation":
            self._validation = None
        elif name == MAIN + "conditionalFormatting":
            self._condition = None

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = self._row + 1 if number is None else self._integer(number, "row")
        self._column = 0
        if not 1 <= self._row <= LAST_ROW:
            raise UnreadableError(f"is damaged: the sheet {self._title!r} has a row {self._row:,}")
        if truth(attributes.get("hidden")) or _is_zero(attributes.get("ht")):
            self.settings.hidden_rows.add(self._row)

    def _end_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        else:
            letters = place.rstrip("0123456789")
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and len(letters) < len(place) <= 10):
                raise UnreadableError(f"is damaged: the sheet {self._title!r} has a cell {place[:40]!r}")
            self._row, self._column = int(place[len(letters) :]), column_number(letters)
        if not (1 <= self._row <= LAST_ROW and self._column <= LAST_COLUMN):
            raise UnreadableError(f"is damaged: the sheet {self._title!r} has a cell beyond Excel’s last")
        kind, formula = attributes.get("t", "n"), self._formula
        if formula is None and not self._value and kind != "inlineStr":
            return
        self._cells.add(
            RawCell(
                *(self._row, self._column, kind, attributes.get("s", "0"), self._value),
                None if formula is None else self._formula_text,
                formula or {},
            )
        )

    def _integer(self, text: str, what: str) -> int:
        try:
            return int(float(text))
        except (ValueError, OverflowError):
            raise UnreadableError(f"is damaged: the sheet {self._title!r} has a {what} {text[:40]!r}") from None

    def _areas(self, text: str) -> tuple[Area, ...]:
        found = tuple(area for part in text.split() if (area := area_of(part)) is not None)
        self._budget.spend("ranges", len(found))
        return found

    def _protection(self, attributes: dict[str, str]) -> None:
        self.settings.protected = truth(attributes.get("sheet"))

    def _fit(self, attributes: dict[str, str]) -> None:
        self.settings.fitted = truth(attributes.get("fitToPage"))

    def _pane(self, attributes: dict[str, str]) -> None:
        self.settings.top_left = self.settings.top_left or attributes.get("topLeftCell", "")

    def _hidden_columns(self, attributes: dict[str, str]) -> None:
        if truth(attributes.get("hidden")) or _is_zero(attributes.get("width")):
            first = self._integer(attributes.get("min", "0"), "column")
            self.settings.hidden_columns[first] = min(self._integer(attributes.get("max", "0"), "column"), LAST_COLUMN)

    def _merge(self, attributes: dict[str, str]) -> None:
        self._budget.spend("merges")
        text = attributes.get("ref", "")
        area = area_of(text)
        if area is not None:
            self.settings.merged[text] = area

    def _validate(self, attributes: dict[str, str]) -> None:
        self._validation = Validation(attributes.get("type", ""), self._areas(attributes.get("sqref", "")), [])
        self.settings.validations.append(self._validation)

    def _validate_newer(self, attributes: dict[str, str]) -> None:
        self._newer = True

    def _format(self, attributes: dict[str, str]) -> None:
        self._condition = next(iter(self._areas(attributes.get("sqref", ""))), None)

    def _end_setting(self, name: str, text: str) -> None:
        if name in _HEADERS:
            self.settings.headers.append(text)
        elif name == _RANGE:
            if self._newer:
                self.settings.more_validated += self._areas(text)
                self._newer = False
        elif text and self._validation is not None:
            self._validation.formulas.append(text)
        elif text and name == MAIN + "formula" and self._condition is not None:
            self.settings.conditions.append((text, self._condition))


def _is_zero(text: str | None) -> bool:
    return text is not None and text.strip("0.") == "" and "0" in text
