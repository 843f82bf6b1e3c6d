"""Inputs show every digit that is typed: a format for whole numbers would show 6.5 as 7."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, blocks
from reportgen.workbook.expressions import cell
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import ASSUMPTIONS, INPUTS

MORE_DIGITS = 8
"""Digits that are shown beyond those of a cell's own format."""

_OF_INPUTS = (Style.INPUT, Style.INPUT_BLANK, Style.UNQUOTED)
_OF_INPUTS_AND_WHAT_FOLLOWS = (*_OF_INPUTS, Style.CALCULATION, Style.LINKED)
_FORMAT = re.compile(r"#,##0(?:\.(0+))?(%?)")
_FIRST_ID = 200


def show_typed_digits(sheet: Any, grid: Grid) -> None:
    """A rule for each number format of inputs, and of the values on Assumptions and Inputs that repeat them: with more
    digits where the cell's number has more."""
    styles = _OF_INPUTS_AND_WHAT_FOLLOWS if grid.name in (ASSUMPTIONS, INPUTS) else _OF_INPUTS
    places = defaultdict[str, list[Address]](list)
    for at, each in sorted(grid.cells.items(), key=lambda item: item[0]):
        if each.style in styles and _FORMAT.fullmatch(each.number_format):
            places[each.number_format].append(Address(grid.name, *at))
    for number, (number_format, cells) in enumerate(sorted(places.items())):
        areas = blocks(cells)
        found = _FORMAT.fullmatch(number_format)
        assert found is not None
        decimals, sign = len(found[1] or ""), found[2]
        first = cell(Address(grid.name, areas[0].top, areas[0].left))
        more = f.ROUND(first, float(decimals + 2 * len(sign))).differs(first)
        shown = f"#,##0.{'0' * decimals}{'#' * MORE_DIGITS}{sign}"
        look = DifferentialStyle(numFmt=NumberFormat(numFmtId=_FIRST_ID + number, formatCode=shown))
        rule = Rule(type="expression", dxf=look, formula=[more.text(grid.name)])
        sheet.conditional_formatting.add(" ".join(area.seen_from(grid.name) for area in areas), rule)
