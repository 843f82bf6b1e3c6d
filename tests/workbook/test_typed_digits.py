"""A number that is typed shows with all its digits, whatever the format of the one it replaces."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest

from reportgen.compute.answers import evaluate
from reportgen.workbook.build_workbook import build_workbook
from tests.model.samples import sample

NUMBER = re.compile(r"#,##0(\.0+)?%?")


@pytest.fixture(scope="module")
def workbook() -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(build_workbook(evaluate(sample()))))


def rules(workbook: openpyxl.Workbook) -> dict[tuple[str, str], tuple[str, str]]:
    """By cell: the rule's formula, which is about the first cell of its areas, and the format."""
    found = {}
    for sheet in workbook:
        for formatting in sheet.conditional_formatting:
            for rule in formatting.rules:
                if rule.dxf.numFmt is not None:
                    shown = rule.formula[0], rule.dxf.numFmt.formatCode
                    cells = (each for area in formatting.sqref.ranges for row in area.cells for each in [row])
                    found |= {(sheet.title, openpyxl.utils.get_column_letter(c) + str(r)): shown for r, c in cells}
    return found


def test_every_input_that_is_a_number_has_a_rule(workbook: openpyxl.Workbook) -> None:
    known = rules(workbook)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if not cell.protection.locked and NUMBER.fullmatch(cell.number_format):
                    assert (sheet.title, cell.coordinate) in known, (sheet.title, cell.coordinate)


def test_a_rule_asks_for_more_digits_than_the_format_has(workbook: openpyxl.Workbook) -> None:
    found = set(rules(workbook).values())
    whole = next(each for each in found if each[1] == "#,##0.########")
    assert re.fullmatch(r"ROUND\((\w+),0\)<>\1", whole[0])
    two = next(each for each in found if each[1] == "#,##0.00########")
    assert re.fullmatch(r"ROUND\((\w+),2\)<>\1", two[0])
