"""What each kind of cell looks like: Excel's built-in cell styles, calmed down, so that a reviewer's tools know them.

No meaning is told by font colour alone: inputs have a fill and a frame, linked cells are in italics with a
dotted line, outputs are bold between lines.
"""

from __future__ import annotations

from copy import copy
from typing import Any, Literal

from openpyxl.styles import Alignment, Border, Color, Font, NamedStyle, PatternFill, Protection, Side

from reportgen.workbook.grid import Cell, Style

INK, BRAND, MUTED, RULE = "1F2933", "12355B", "5F6B7A", "C9D1DA"
PALE, INPUT_FILL, INPUT_RULE, INPUT_INK = "EDF2F7", "FFF7DB", "D6A419", "1D4ED8"
BLANK_FILL = "FFFDF6"
GREEN, GREEN_FILL, RED, RED_FILL, LINKED_INK = "14653B", "D9F2E3", "9B1C1C", "FBDADA", "0B5C4B"
TABS = {"front": BRAND, "input": INPUT_RULE, "category": "2F7F79", "result": "12355B", "register": "7B8794"}
FONT = "Calibri"

_BUILT_IN = {"Input": 20, "Output": 21, "Calculation": 22, "Check Cell": 23, "Linked Cell": 24, "Explanatory Text": 53}


def _font(
    color: str = INK,
    size: float = 10.5,
    bold: bool = False,
    italic: bool = False,
    underline: Literal["single"] | None = None,
) -> Font:
    return Font(name=FONT, size=size, bold=bold, italic=italic, color=Color(rgb="FF" + color), underline=underline)


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", fgColor="FF" + color)


def _side(kind: Literal["hair", "thin", "medium"], color: str) -> Side:
    return Side(style=kind, color="FF" + color)


def _frame(kind: Literal["hair", "thin"]) -> Border:
    side = _side(kind, INPUT_RULE)
    return Border(left=side, right=side, top=side, bottom=side)


_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_INDENTED = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
_PLAIN_LEFT = Alignment(horizontal="left", vertical="center")
_RIGHT = Alignment(horizontal="right", vertical="center")
_CENTER = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FRAME = _frame("thin")
_BELOW = Border(bottom=_side("hair", RULE))
_LINKED = Border(bottom=_side("hair", LINKED_INK))
_BETWEEN = Border(top=_side("thin", BRAND), bottom=_side("thin", BRAND))
_UNLOCKED = Protection(locked=False)

_NAMED = {
    "Input": NamedStyle("Input", _font(INPUT_INK), _fill(INPUT_FILL), _FRAME, _RIGHT, protection=_UNLOCKED),
    "Calculation": NamedStyle("Calculation", _font(), border=_BELOW, alignment=_RIGHT),
    "Linked Cell": NamedStyle("Linked Cell", _font(LINKED_INK, italic=True), border=_LINKED, alignment=_RIGHT),
    "Output": NamedStyle("Output", _font(BRAND, bold=True), _fill(PALE), _BETWEEN, _RIGHT),
    "Check Cell": NamedStyle("Check Cell", _font(GREEN, bold=True), _fill(GREEN_FILL), alignment=_CENTER),
    "Explanatory Text": NamedStyle("Explanatory Text", _font(MUTED, italic=True), border=_BELOW, alignment=_CENTER),
}

_LOOKS: dict[Style, tuple[str, dict[str, object]]] = {
    Style.TITLE: ("Normal", {"font": _font(BRAND, 18, bold=True), "alignment": _PLAIN_LEFT}),
    Style.SUBTITLE: ("Normal", {"font": _font(MUTED, 10.5), "alignment": _PLAIN_LEFT}),
    Style.HEAD: ("Normal", {"font": _font("FFFFFF", bold=True), "fill": _fill(BRAND), "alignment": _LEFT}),
    Style.HEAD_NUMBER: (
        "Normal",
        {
            "font": _font("FFFFFF", bold=True),
            "fill": _fill(BRAND),
            "alignment": Alignment(horizontal="right", vertical="center", wrap_text=True),
        },
    ),
    Style.HEAD_TEXT: ("Normal", {"font": _font("FFFFFF", bold=True), "fill": _fill(BRAND), "alignment": _INDENTED}),
    Style.HEADING: (
        "Normal",
        {
            "font": _font(BRAND, 12, bold=True),
            "border": Border(bottom=_side("medium", BRAND)),
            "alignment": _PLAIN_LEFT,
        },
    ),
    Style.HEADING_NUMBER: (
        "Normal",
        {"font": _font(BRAND), "border": Border(bottom=_side("medium", BRAND)), "alignment": _RIGHT},
    ),
    Style.LABEL: ("Normal", {"font": _font(), "border": _BELOW, "alignment": _LEFT}),
    Style.UNIT: ("Normal", {"font": _font(MUTED), "border": _BELOW, "alignment": _PLAIN_LEFT}),
    Style.TEXT: ("Normal", {"font": _font(MUTED, 9.5), "border": _BELOW, "alignment": _INDENTED}),
    Style.LINK: ("Normal", {"font": _font("1D4ED8", underline="single"), "border": _BELOW, "alignment": _LEFT}),
    Style.INPUT: ("Input", {}),
    Style.INPUT_BLANK: (
        "Input",
        {"fill": _fill(BLANK_FILL), "border": _frame("hair")},
    ),
    Style.INPUT_TEXT: ("Input", {"alignment": _CENTER}),
    Style.UNQUOTED: (
        "Input",
        {
            "font": _font(RED, bold=True, italic=True),
            "fill": PatternFill("lightUp", fgColor="FF" + INPUT_RULE, bgColor="FF" + INPUT_FILL),
            "alignment": _RIGHT,
        },
    ),
    Style.SAMPLE_INPUT: ("Input", {"protection": Protection(locked=True)}),
    Style.SAMPLE_UNQUOTED: (
        "Input",
        {
            "font": _font(RED, bold=True, italic=True),
            "fill": PatternFill("lightUp", fgColor="FF" + INPUT_RULE, bgColor="FF" + INPUT_FILL),
            "protection": Protection(locked=True),
        },
    ),
    Style.WORD: ("Explanatory Text", {"alignment": _RIGHT}),
    Style.CALCULATION: ("Calculation", {}),
    Style.CALCULATION_TEXT: ("Calculation", {"alignment": _CENTER}),
    Style.LINKED: ("Linked Cell", {}),
    Style.LINKED_TEXT: ("Linked Cell", {"alignment": _LEFT}),
    Style.OUTPUT: ("Output", {}),
    Style.OUTPUT_LABEL: ("Output", {"alignment": _LEFT}),
    Style.OUTPUT_TEXT: ("Output", {"alignment": _RIGHT}),
    Style.CHECK: ("Check Cell", {}),
    Style.STATE: ("Explanatory Text", {"alignment": _RIGHT}),
}


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class StyleBook:
    """Styles of one workbook, each combination made once and then shared by its cells."""

    def __init__(self, workbook: Any) -> None:
        for name, style in _NAMED.items():
            named = copy(style)
            named.builtinId = _BUILT_IN[name]
            workbook.add_named_style(named)
        scratch = workbook.create_sheet("scratch")
        workbook.remove(scratch)
        self._cell = scratch.cell(1, 1)
        self._workbook = workbook
        self._made: dict[tuple[Style, str, bool], int] = {}

    def __call__(self, cell: Cell) -> int:
        """The number of a planned cell's style. Text that begins like a formula is marked to stay text when edited."""
        text = not cell.formula and isinstance(cell.content, str)
        key = cell.style, cell.number_format, text and str(cell.content).startswith(_FORMULA_STARTS)
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, style: Style, number_format: str, quoted: bool) -> int:
        cell = self._cell
        name, changes = _LOOKS[style]
        cell.style = name
        for attribute, value in changes.items():
            setattr(cell, attribute, value)
        cell.number_format = number_format
        cell.quotePrefix = quoted
        number: int = self._workbook._cell_styles.add(copy(cell._style))
        return number
