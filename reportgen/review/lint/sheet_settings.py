"""What a sheet's part says beside its cells: what is hidden, protected, merged, validated and printed."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportgen.review.lint.file_limits import Budget, UnreadableError
from reportgen.review.lint.formulas import LAST_COLUMN, Area, area_of
from reportgen.review.lint.print_scale import DEFAULT_HEIGHT, DEFAULT_WIDTH, PageSetup
from reportgen.review.lint.sheet_cells import Position
from reportgen.review.lint.xml_stream import MAIN, truth

_NEWER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main dataValidation"
_RANGE = "http://schemas.microsoft.com/office/excel/2006/main sqref"
_HEADERS = frozenset(MAIN + f"{when}{what}" for when in ("odd", "even", "first") for what in ("Header", "Footer"))
TEXTS = _HEADERS | {MAIN + "formula1", MAIN + "formula2", MAIN + "formula", _RANGE}
"""Elements whose text matters."""

NARROWEST, LOWEST = 1.0, 4.0
"""The width of one digit, and points of height, below which nothing is seen of a cell."""

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
    """`conditions` are the formulas of conditional formats with the ranges that they are for; `headers` the texts of
    headers and footers; `more_validated` the ranges with a validation that refers to another sheet; `top_left` is the
    first cell that scrolls. `hidden_columns` and `narrow_columns` are first and last columns; the latter and `low_rows`
    are too small to show anything. `open_cells` are empty, but styled, and not locked."""

    protected: bool = False
    top_left: str = ""
    page: PageSetup = field(default_factory=PageSetup)
    merged: dict[str, Area] = field(default_factory=dict)
    validations: list[Validation] = field(default_factory=list)
    more_validated: list[Area] = field(default_factory=list)
    conditions: list[tuple[str, Area]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: dict[int, int] = field(default_factory=dict)
    low_rows: set[int] = field(default_factory=set)
    narrow_columns: dict[int, int] = field(default_factory=dict)
    open_cells: set[Position] = field(default_factory=set)
    headers: list[str] = field(default_factory=list)


class SettingsReader:
    """Takes the elements of a sheet other than rows and cells."""

    def __init__(self, title: str, budget: Budget) -> None:
        self.settings = Settings()
        self._title, self._budget = title, budget
        self._validation: Validation | None = None
        self._newer = False
        self._condition: Area | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        settings, text = self.settings, attributes.get
        match name.removeprefix(MAIN):
            case "sheetProtection":
                settings.protected = truth(text("sheet"))
            case "sheetFormatPr":
                settings.page.default_width = self._decimal(text("defaultColWidth", ""), DEFAULT_WIDTH)
                settings.page.default_height = self._decimal(text("defaultRowHeight", ""), DEFAULT_HEIGHT)
            case "pageSetUpPr":
                settings.page.fitted = truth(text("fitToPage"))
            case "pageSetup":
                self._page(attributes)
            case "pageMargins":
                inches = [self._decimal(text(side, ""), 0.7) for side in ("left", "right", "top", "bottom")]
                settings.page.margins = inches[0] + inches[1], inches[2] + inches[3]
            case "pane":
                settings.top_left = settings.top_left or text("topLeftCell", "")
            case "col":
                first, last = (self.integer(text(end, "0"), "column") for end in ("min", "max"))
                hidden = truth(text("hidden"))
                width = 0.0 if hidden else self._decimal(text("width", ""), settings.page.default_width)
                settings.page.widths.append((first, last, width))
                if hidden or is_less(text("width"), NARROWEST):
                    columns = settings.hidden_columns if hidden else settings.narrow_columns
                    columns[first] = min(last, LAST_COLUMN)
            case "mergeCell":
                self._budget.spend("merges")
                if (area := area_of(text("ref", ""))) is not None:
                    settings.merged[text("ref", "")] = area
            case "dataValidation":
                self._validation = Validation(text("type", ""), self._areas(text("sqref", "")), [])
                settings.validations.append(self._validation)
            case "conditionalFormatting":
                self._condition = next(iter(self._areas(text("sqref", ""))), None)
            case newer if newer == _NEWER:
                self._newer = True
            case _:
                return
        self._budget.spend("settings")

    def end(self, name: str, text: str) -> None:
        """`text` is empty but for those in `TEXTS`."""
        text = text[:MAX_SETTING]
        if name == MAIN + "dataValidation":
            self._validation = None
        elif name == MAIN + "conditionalFormatting":
            self._condition = None
        elif name in _HEADERS:
            self.settings.headers.append(text)
        elif name == _RANGE:
            if self._newer:
                self.settings.more_validated += self._areas(text)
                self._newer = False
        elif text and self._validation is not None:
            self._validation.formulas.append(text)
        elif text and name == MAIN + "formula" and self._condition is not None:
            self.settings.conditions.append((text, self._condition))

    def row(self, number: int, attributes: dict[str, str]) -> None:
        settings, height = self.settings, attributes.get("ht")
        if truth(attributes.get("hidden")):
            settings.hidden_rows.add(number)
            settings.page.heights[number] = 0.0
        elif height is not None:
            settings.page.heights[number] = self._decimal(height, settings.page.default_height)
            if is_less(height, LOWEST):
                settings.low_rows.add(number)

    def _page(self, attributes: dict[str, str]) -> None:
        page, text = self.settings.page, attributes.get
        page.scale = self._decimal(text("scale", ""), 100.0) / 100
        page.across, page.down = (int(self._decimal(text(name, ""), 1.0)) for name in ("fitToWidth", "fitToHeight"))
        page.paper, page.landscape = int(self._decimal(text("paperSize", ""), 1.0)), text("orientation") == "landscape"

    def _decimal(self, text: str, otherwise: float) -> float:
        """A number that nothing but the look depends on: one that is none counts as not given."""
        try:
            number = float(text)
        except ValueError:
            return otherwise
        return number if 0 <= number <= MAX_SETTING else otherwise

    def integer(self, text: str, what: str) -> int:
        try:
            return int(float(text))
        except (ValueError, OverflowError):
            raise UnreadableError(f"is damaged: the sheet {self._title!r} has a {what} {text[:40]!r}") from None

    def _areas(self, text: str) -> tuple[Area, ...]:
        areas = tuple(area for part in text.split() if (area := area_of(part)) is not None)
        self._budget.spend("ranges", len(areas))
        return areas


def is_less(text: str | None, size: float) -> bool:
    """Whether a width or height is given and less than another."""
    try:
        return text is not None and float(text) < size
    except ValueError:
        return False
