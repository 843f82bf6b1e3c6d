"""How cells are formatted: what xl/styles.xml says of each style that cells refer to by number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from reportgen.review.lint.xml_stream import natural, truth

T = TypeVar("T")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAX_FORMAT = 255
"""Characters of a number format; what is longer, Excel refuses."""

_FROM_1 = (
    *("0", "0.00", "#,##0", "#,##0.00", '"$"#,##0_);("$"#,##0)', '"$"#,##0_);[Red]("$"#,##0)'),
    *('"$"#,##0.00_);("$"#,##0.00)', '"$"#,##0.00_);[Red]("$"#,##0.00)', "0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??"),
    *("mm-dd-yy", "d-mmm-yy", "d-mmm", "mmm-yy", "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "m/d/yy h:mm"),
)
_FROM_37 = (
    *("#,##0_);(#,##0)", "#,##0_);[Red](#,##0)", "#,##0.00_);(#,##0.00)", "#,##0.00_);[Red](#,##0.00)"),
    *(r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)'),
    *(r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)', r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)'),
    *("mm:ss", "[h]:mm:ss", "mmss.0", "##0.0E+0", "@"),
)
BUILT_IN = dict(enumerate(_FROM_1, 1)) | dict(enumerate(_FROM_37, 37))
"""Number formats that a file names by number alone, in Excel's English edition."""

_NO_DATE = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')
"""Words in a number format, and what is in brackets other than elapsed hours, minutes and seconds."""

_DATE = re.compile(r"(?<![_\\])[dmhysDMHYS]")


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a cell is formatted; `colors` are those of font and fill where they are written out; `is_date` where
    numbers are shown as dates or times; `size` is that of the text in points."""

    style: str
    locked: bool
    number_format: str
    colors: tuple[str, str]
    appearance: tuple[object, ...]
    is_date: bool = False
    size: float = 11.0


PLAIN = Look("Normal", True, "General", ("", "FFFFFFFF"), ("", None, "", None, None, "Normal"))
"""A cell of a book without styles."""


@dataclass(frozen=True, slots=True)
class _Paint:
    """`rgb` where the colour is written out, as eight digits; `theme` where it is taken from the book's theme."""

    rgb: str
    theme: str | None


def read_looks(root: Element) -> list[Look]:
    """The looks that cells refer to, in their order. Numbers that lead nowhere count as 0."""
    formats = {natural(form.get("numFmtId")): form.get("formatCode", "") for form in root.iter(f"{_MAIN}numFmt")}
    fonts = [(_ink(font), _size(font)) for font in _children(root, "fonts")]
    fills = [_fill(fill) for fill in _children(root, "fills")]
    sides = [_side(border) for border in _children(root, "borders")]
    names: dict[int, str] = {}
    for style in _children(root, "cellStyles"):
        names.setdefault(natural(style.get("xfId")), style.get("name", ""))
    looks = []
    for xf in _children(root, "cellXfs"):
        code = natural(xf.get("numFmtId"))
        text = (formats.get(code) or BUILT_IN.get(code, "General"))[:MAX_FORMAT]
        ink, size = _at(fonts, xf.get("fontId"), ("", 11.0))
        pattern, paint = _at(fills, xf.get("fillId"), (None, _Paint("00000000", None)))
        paper = paint.rgb if pattern == "solid" else "" if pattern else "FFFFFFFF"
        # LibreOffice writes styles without a name.
        name = names.get(natural(xf.get("xfId")), "Normal")
        protection = xf.find(f"{_MAIN}protection")
        locked = protection is None or truth(protection.get("locked"), True)
        appearance = (ink, pattern, paint.rgb, paint.theme, _at(sides, xf.get("borderId"), None), name)
        looks.append(Look(name, locked, text, (ink, paper), appearance, _is_date(text), size))
    return looks


def _is_date(number_format: str) -> bool:
    return _DATE.search(_NO_DATE.sub("", number_format.partition(";")[0])) is not None


def _children(root: Element, name: str) -> list[Element]:
    parent = root.find(f"{_MAIN}{name}")
    return [] if parent is None else list(parent)


def _at(listed: list[T], index: str | None, default: T) -> T:
    at = natural(index)
    return listed[at] if at < len(listed) else default


def _paint(color: Element | None) -> _Paint:
    if color is None:
        return _Paint("00000000", None)
    if color.get("indexed") is not None or color.get("theme") is not None or color.get("auto") is not None:
        return _Paint("", None if color.get("indexed") is not None else color.get("theme"))
    rgb = color.get("rgb", "00000000")
    return _Paint("00" + rgb if len(rgb) == 6 else rgb, None)


def _ink(font: Element) -> str:
    color = font.find(f"{_MAIN}color")
    return "" if color is None else _paint(color).rgb


def _size(font: Element) -> float:
    size = font.find(f"{_MAIN}sz")
    text = "" if size is None else size.get("val", "")
    return float(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?", text) else 11.0


def _fill(fill: Element) -> tuple[str | None, _Paint]:
    pattern = fill.find(f"{_MAIN}patternFill")
    if pattern is None:
        return ("gradient", _Paint("", None)) if len(fill) else (None, _Paint("00000000", None))
    kind = pattern.get("patternType")
    return None if kind == "none" else kind, _paint(pattern.find(f"{_MAIN}fgColor"))


def _side(border: Element) -> str | None:
    left = border.find(f"{_MAIN}left")
    kind = None if left is None else left.get("style")
    return None if kind == "none" else kind
