"""What each kind of cell looks like: Excel's built-in cell styles, calmed down, so that a reviewer's tools know them.

No meaning is told by font colour alone: inputs have a fill and a frame, linked cells are in italics with a
dotted line, outputs are bold between lines, what is not quoted is hatched, what is included in italics.
"""

from __future__ import annotations

from copy import copy
from typing import Any, Literal

from openpyxl.styles import Alignment, Border, Color, Font, NamedStyle, PatternFill, Protection, Side

from reportgen.workbook.grid import Cell, Style
from reportgen.workbook.theme import Theme

SIZE, SMALL, LONG_TITLE, TITLE = 10.5, 9.5, 12.0, 14.0
"""Of text in points: of cells, of notes, of a title that is long, of a title."""

CHART_TEXT = 9.5
"""Of the texts in charts, but for their titles."""

_BUILT_IN = {"Input": 20, "Output": 21, "Calculation": 22, "Check Cell": 23, "Linked Cell": 24, "Explanatory Text": 53}

FIXED_VALUE = "Fixed Value"
"""The style of typed numbers that are none to change: Excel has none for them."""

_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_PLAIN_LEFT = Alignment(horizontal="left", vertical="center")
_RIGHT = Alignment(horizontal="right", vertical="center", indent=1)
_WRAPPED_RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True, indent=1)
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_UNLOCKED = Protection(locked=False)

_Look = tuple[str, dict[str, object]]


class _Pens:
    """Fonts, fills and lines in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.below = Border(bottom=Side("hair", theme.rule))
        self.linked = Border(bottom=Side("dotted", theme.rule))
        self.between = Border(top=Side("thin", theme.primary), bottom=Side("thin", theme.primary))
        self.heading = Border(bottom=Side("thin", theme.primary))
        self.hatched = PatternFill("lightUp", fgColor=theme.accent, bgColor=theme.input_fill)

    def font(
        self,
        color: Color | None = None,
        size: float = SIZE,
        bold: bool = False,
        italic: bool = False,
        underline: Literal["single"] | None = None,
    ) -> Font:
        theme = self.theme
        return Font(name=theme.font, size=size, bold=bold, italic=italic, color=color or theme.ink, underline=underline)

    def frame(self, kind: Literal["hair", "thin"]) -> Border:
        side = Side(kind, self.theme.input_rule if kind == "hair" else self.theme.accent)
        return Border(left=side, right=side, top=side, bottom=side)


def named_styles(theme: Theme) -> dict[str, NamedStyle]:
    """The built-in styles that are used, as this book shows them, and one of its own."""
    pens = _Pens(theme)
    font = pens.font
    made = (
        NamedStyle(
            "Input", font(theme.link), _fill(theme.input_fill), pens.frame("thin"), _RIGHT, protection=_UNLOCKED
        ),
        NamedStyle("Calculation", font(), border=pens.below, alignment=_RIGHT),
        NamedStyle(FIXED_VALUE, font(theme.muted), border=pens.below, alignment=_RIGHT),
        NamedStyle("Linked Cell", font(theme.linked, italic=True), border=pens.linked, alignment=_RIGHT),
        NamedStyle("Output", font(theme.primary, bold=True), _fill(theme.pale), pens.between, _RIGHT),
        NamedStyle("Check Cell", font(theme.success, bold=True), _fill(theme.success_fill), alignment=_CENTER),
        NamedStyle("Explanatory Text", font(theme.muted, italic=True), border=pens.below, alignment=_CENTER),
    )
    for style in made:
        if style.name in _BUILT_IN:
            style.builtinId = _BUILT_IN[style.name]
    return {style.name: style for style in made}


def looks(theme: Theme) -> dict[Style, _Look]:
    """Of each kind of cell the built-in style and what differs from it."""
    pens = _Pens(theme)
    font, below = pens.font, pens.below
    unquoted: dict[str, object] = {"font": font(theme.danger, bold=True, italic=True), "fill": pens.hatched}
    head: dict[str, object] = {"font": font(theme.paper, bold=True), "fill": _fill(theme.primary)}
    made: dict[Style, _Look] = {
        Style.TITLE: _normal(font(theme.primary, TITLE, bold=True), _PLAIN_LEFT),
        Style.TITLE_LONG: _normal(font(theme.primary, LONG_TITLE, bold=True), _PLAIN_LEFT),
        Style.SUBTITLE: _normal(font(theme.muted), _PLAIN_LEFT),
        Style.NOTICE: _normal(font(theme.muted), _PLAIN_LEFT),
        Style.BACK: _normal(font(theme.link, underline="single"), _PLAIN_LEFT),
        Style.HEAD: ("Normal", {**head, "alignment": _LEFT}),
        Style.HEAD_NUMBER: ("Normal", {**head, "alignment": _WRAPPED_RIGHT}),
        Style.HEAD_FIXED: (FIXED_VALUE, {**head, "alignment": _WRAPPED_RIGHT, "border": Border()}),
        Style.HEAD_TEXT: ("Normal", {**head, "alignment": _INDENTED}),
        Style.HEADING: _normal(font(theme.primary, 12, bold=True), _PLAIN_LEFT, pens.heading),
        Style.LABEL: _normal(font(), _LEFT, below),
        Style.UNIT: _normal(font(theme.muted), _LEFT, below),
        Style.TEXT: _normal(font(theme.muted, SMALL), _INDENTED, below),
        Style.LINK: _normal(font(theme.link, underline="single"), _LEFT, below),
        Style.INPUT: ("Input", {}),
        Style.INPUT_BLANK: ("Input", {"fill": _fill(theme.blank_fill), "border": pens.frame("hair")}),
        Style.INPUT_TEXT: ("Input", {"alignment": _CENTER}),
        Style.CHOICE: ("Input", {"alignment": _CENTER}),
        Style.SPARE_TEXT: (
            "Input",
            {"font": font(), "fill": _fill(theme.blank_fill), "border": pens.frame("hair"), "alignment": _LEFT},
        ),
        Style.UNQUOTED: ("Input", unquoted),
        Style.SAMPLE_INPUT: ("Input", {"protection": Protection(locked=True)}),
        Style.SAMPLE_UNQUOTED: ("Input", {**unquoted, "protection": Protection(locked=True)}),
        Style.WORD: ("Explanatory Text", {"alignment": _RIGHT}),
        Style.INCLUDED: ("Explanatory Text", {"font": font(theme.ink, italic=True), "alignment": _RIGHT}),
        Style.NONE: ("Explanatory Text", {"font": font(theme.muted, SMALL), "alignment": _RIGHT}),
        Style.CALCULATION: ("Calculation", {}),
        Style.CALCULATION_TEXT: ("Calculation", {"alignment": _CENTER}),
        Style.LINKED: ("Linked Cell", {}),
        Style.LINKED_TEXT: ("Linked Cell", {"alignment": _LEFT}),
        Style.LINKED_LINE: ("Linked Cell", {"alignment": _PLAIN_LEFT}),
        Style.OUTPUT: ("Output", {}),
        Style.OUTPUT_LABEL: ("Output", {"alignment": _LEFT}),
        Style.OUTPUT_TEXT: ("Output", {"alignment": _WRAPPED_RIGHT}),
        Style.CHECK: ("Check Cell", {}),
        Style.CHANGED: _normal(font(theme.danger, bold=True), _CENTER, below),
        Style.FIXED: (FIXED_VALUE, {}),
        Style.STATE: ("Explanatory Text", {"alignment": _RIGHT}),
    }
    for style, kind in KINDS.items():
        bar = Border(left=Side("thick", theme.tabs[kind]), bottom=below.bottom)
        made[style] = _normal(font(theme.muted), _INDENTED, bar)
    return made


KINDS = {
    Style.KIND_FRONT: "front",
    Style.KIND_INPUT: "input",
    Style.KIND_CATEGORY: "category",
    Style.KIND_RESULT: "result",
    Style.KIND_QUESTION: "question",
    Style.KIND_REGISTER: "register",
}
"""Cells that show the tab colour of a kind of sheet."""


def _normal(font: Font, alignment: Alignment, border: Border | None = None) -> _Look:
    changes: dict[str, object] = {"font": font, "alignment": alignment}
    return "Normal", changes | ({"border": border} if border else {})


def _fill(color: Color) -> PatternFill:
    return PatternFill("solid", fgColor=color)


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class StyleBook:
    """Styles of one workbook, each combination made once and then shared by its cells."""

    def __init__(self, workbook: Any, theme: Theme) -> None:
        for style in named_styles(theme).values():
            workbook.add_named_style(style)
        self._looks = looks(theme)
        scratch = workbook.create_sheet("scratch")
        workbook.remove(scratch)
        self._cell = scratch.cell(1, 1)
        self._workbook = workbook
        self._made: dict[tuple[Style, str, bool, bool], int] = {}

    def __call__(self, cell: Cell) -> int:
        """The number of a planned cell's style. Text that begins like a formula is marked to stay text when edited."""
        text = not cell.formula and isinstance(cell.content, str)
        starts_formula = text and str(cell.content).startswith(_FORMULA_STARTS)
        key = cell.style, cell.number_format, starts_formula, cell.is_title
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, style: Style, number_format: str, quoted: bool, unlocked: bool) -> int:
        cell = self._cell
        name, changes = self._looks[style]
        cell.style = name
        for attribute, value in changes.items():
            setattr(cell, attribute, value)
        if unlocked:
            cell.protection = _UNLOCKED
        cell.number_format = number_format
        cell.quotePrefix = quoted
        number: int = self._workbook._cell_styles.add(copy(cell._style))
        return number
