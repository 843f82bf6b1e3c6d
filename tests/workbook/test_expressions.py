"""Expressions: what they print, what they come to, and that IronCalc takes their text to mean the same."""

from __future__ import annotations

from pathlib import Path

import ironcalc
import openpyxl
import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import evaluate
from reportgen.workbook import build_workbook as build
from reportgen.workbook import spreadsheet_functions as f
from reportgen.workbook.address import Address, Area
from reportgen.workbook.expressions import Cell, Constant, Expression, Name, cell, cells_of, expression
from reportgen.workbook.fill_down import filled_down
from reportgen.workbook.grid import Grid, Style
from reportgen.workbook.plan import plan_workbook
from reportgen.workbook.question_layout import lay_out_questions
from reportgen.workbook.settle import MOST_BLOCKS, Settled, settle
from reportgen.workbook.values import Block, CellError
from tests.engines.recalculation import agree
from tests.model.samples import sample

HERE, THERE = "Here", "Over there"
CONTENTS: tuple[tuple[float | str | bool | None, ...], ...] = (
    (3.0, "apple", 0.1, None),
    (-2.5, "Pear", 0.2, True),
    (0.0, "apple", 0.3, "included"),
    (12.0, "fig", 2.675, "none"),
)
"""Numbers, texts, numbers that are inexact, and a mixture, in columns A to D."""


def at(row: int, column: int, **fixed: bool) -> Cell:
    return cell(Address(HERE, row, column), **fixed)


def column(number: int, **fixed: bool) -> Expression:
    return cells_of(Area(HERE, 1, number, 4, number), **fixed)


A, B, C, D = (column(number) for number in range(1, 5))
EVERYTHING = cells_of(Area(HERE, 1, 1, 4, 4))
ONE, TWO, NEGATIVE, ZERO, DOZEN = at(1, 1), 2.0, at(2, 1), at(3, 1), at(4, 1)

EXPRESSIONS: tuple[Expression, ...] = (
    *(ONE + TWO * NEGATIVE, (ONE + TWO) * NEGATIVE, ONE - (TWO - NEGATIVE), ONE / (DOZEN / 4.0), DOZEN / ONE * 4.0),
    *(-(ONE**2.0), (-ONE) ** 2.0, 2.0**ONE**2.0, 1.0 - ONE, 1.0 / ONE, -ONE - NEGATIVE, ONE * -NEGATIVE),
    *(ONE < TWO, ONE <= 3.0, ONE > TWO, ONE >= 4.0, ONE.equals(3.0), ONE.differs(3.0), (ONE > TWO).equals(True)),
    *(at(1, 3) + at(2, 3)).equals(at(3, 3)).parts,
    *((at(1, 3) + at(2, 3)).equals(at(3, 3)), at(1, 3) + at(2, 3) > at(3, 3), at(1, 2).equals("APPLE")),
    *(at(1, 4).equals(""), at(1, 4).equals(0.0), at(1, 2) > ONE),
    *(ONE & " of " & at(1, 2), expression("say ""x""") & "!", at(1, 4) + 1.0),
    *(f.IF(ONE > TWO, "more", "less"), f.IF(ZERO, 1.0, 2.0), f.IF(ZERO.equals(0.0), 0.0, ONE / ZERO)),
    *(f.AND(ONE > TWO, ZERO < ONE), f.OR(ONE < TWO, ZERO > ONE), f.NOT(ONE > TWO), f.ISNUMBER(ONE)),
    *(f.ISNUMBER(at(1, 2)), f.ISNUMBER(f.MATCH(99.0, A, 0.0))),
    *(f.ISNUMBER(at(1, 4)), f.ISNUMBER(at(2, 4)), f.N(at(1, 2))),
    *(f.N(ONE), f.N(at(1, 4)), f.SUM(A), f.SUM(EVERYTHING), f.SUM(A, C, 5.0)),
    *(f.SUM(D), f.MIN(EVERYTHING), f.MAX(EVERYTHING), f.MIN(B)),
    *(f.MAX(ONE, TWO), f.COUNT(EVERYTHING), f.COUNTA(EVERYTHING), f.COUNTA(D), f.COUNT(B), f.COUNT(A, 1.0)),
    *(f.COUNTIF(B, "apple"), f.COUNTIF(D, "none"), f.COUNTIF(A, ">=0"), f.COUNTIF(A, ">" & ONE), f.COUNTIF(A, 3.0)),
    *(f.SUMIF(A, f.MIN(A), C), f.SUMIF(A, ">=0", A), f.SUMIF(B, "apple", A), f.SUMIF(A, 3.0, D)),
    *(f.COUNTIF(A, f.MIN(A)), f.COUNTIF(A, "<0"), f.COUNTIF(C, at(3, 3)), f.COUNTIF(B, "melon")),
    *(f.INDEX(A, 2.0), f.INDEX(B, f.MATCH(12.0, A, 0.0)), f.INDEX(cells_of(Area(HERE, 1, 1, 1, 3)), 1.0, 2.0)),
    *(f.INDEX(cells_of(Area(HERE, 1, 1, 1, 3)), 3.0), f.INDEX(EVERYTHING, 2.0, 3.0), f.MATCH("PEAR", B, 0.0)),
    *(f.MATCH(0.25, C, 1.0), f.MATCH(3.0, C, 1.0), f.MATCH(at(1, 3) + at(2, 3), C, 1.0)),
    *(f.ROUND(at(4, 3), 2.0), f.ROUND(NEGATIVE, 0.0), f.ROUNDUP(0.1 * ONE, 0.0), f.ROUNDDOWN(at(4, 3), 1.0)),
    *(f.ROUND(DOZEN * 1000.0, -3.0), f.INT(NEGATIVE), f.SIGN(NEGATIVE), f.SIGN(ZERO), f.LOG10(DOZEN), f.ABS(NEGATIVE)),
    *(f.EXP(NEGATIVE), f.LN(DOZEN), f.SQRT(DOZEN), f.EXP(ZERO), f.SQRT(ZERO)),
    f.IRR(cells_of(Area(HERE, 1, 1, 2, 1))),
    *(f.SUMPRODUCT((A > ONE) * 1.0), f.SUMPRODUCT((A > 0.0) * A), f.SUMPRODUCT(f.ABS(A - ONE)), f.SUMPRODUCT(A * C)),
    *(f.SUMPRODUCT(A, C), f.SUMPRODUCT(A, D), f.LEN(at(1, 2)), f.LEN(at(1, 4)), f.LEN(ONE)),
    *(f.SMALL(A, 2.0), f.ROWS(A), f.COLUMNS(EVERYTHING), f.ROWS(ONE), f.ROW(NEGATIVE), f.FIXED(DOZEN * 1234.5678, 2.0)),
    *(f.FIXED(-ZERO, 1.0), f.FIXED(DOZEN * 100.0, 0.0)),
    *(cell(Address(THERE, 1, 1)) * 2.0, f.SUM(cells_of(Area(THERE, 1, 1, 2, 1)))),
    *(cell(Address(THERE, 1, 1), fixed=True) - 1.0, Name("in_seats", Address(THERE, 2, 1)) + 1.0),
)  # fmt: skip


def grids() -> tuple[Grid, Grid, Grid]:
    here, there, asked = Grid(HERE, "front"), Grid(THERE, "front"), Grid("Asked", "front")
    for row, contents in enumerate(CONTENTS, 1):
        for number, content in enumerate(contents, 1):
            here.put(row, number, content, Style.INPUT)
    there.put(1, 1, 240.0, Style.INPUT)
    there.put(2, 1, 7.0, Style.INPUT)
    for row, tree in enumerate(EXPRESSIONS, 1):
        asked.put(row, 1, tree, Style.CALCULATION)
    return here, there, asked


def test_ironcalc_takes_every_text_to_mean_the_value_that_is_stored(tmp_path: Path) -> None:
    sheets = grids()
    settle(sheets)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in sheets:
        sheet = book.create_sheet(grid.name)
        for (row, number), content in grid.cells.items():
            sheet.cell(row, number, content.formula or content.content)
    book.defined_names["in_seats"] = openpyxl.workbook.defined_name.DefinedName(
        "in_seats", attr_text="'Over there'!$A$2"
    )
    book.save(tmp_path / "expressions.xlsx")
    engine = ironcalc.load_from_xlsx(str(tmp_path / "expressions.xlsx"), "en", "UTC")
    engine.evaluate()
    found = {row: engine.get_cell_value(2, row, 1) for row, _ in sheets[2].cells}
    stored = {row: each for (row, _), each in sheets[2].cells.items()}
    wrong = [
        (each.formula, each.content, found[row]) for row, each in stored.items() if not agree(each.content, found[row])
    ]
    assert wrong == []
    used = {name for name in vars(f) if name.isupper()}
    printed = " ".join(each.formula for each in sheets[2].cells.values())
    assert {name for name in used if f"{name}(" not in printed} == {"NA"}


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        ((ONE + TWO) * NEGATIVE, "(Here!A1+2)*Here!A2"),
        (ONE - (TWO - NEGATIVE), "Here!A1-(2-Here!A2)"),
        (ONE * (TWO * NEGATIVE), "Here!A1*(2*Here!A2)"),
        (-ONE, "(-Here!A1)"),
        ((ONE**2.0) ** 3.0, "(Here!A1^2)^3"),
        ((ONE > TWO) & "x", '(Here!A1>2)&"x"'),
        (Constant('5" disk'), '"5"" disk"'),
        (Constant(True), "TRUE"),
        (Constant(1e300), "1E+300"),
        (at(2, 3, fixed=True), "Here!$C$2"),
        (at(2, 3, fixed_row=True).to(at(5, 3)), "Here!C$2:C5"),
        (at(2, 3, fixed_row=True).to(at(2, 3)), "Here!C$2:C2"),
        (at(2, 3).to(at(2, 3)), "Here!C2:C2"),
    ],
)
def test_brackets_quotes_and_dollar_signs(tree: Expression, text: str) -> None:
    assert tree.text("Elsewhere") == text
    assert tree.text(HERE) == text.replace("Here!", "")


def test_filling_down_moves_what_is_not_fixed() -> None:
    tree = f.IF(at(1, 1) > at(1, 2, fixed=True), f.SUM(at(1, 1, fixed_row=True).to(at(1, 1))), -at(1, 3))
    assert tree.down(4).text(HERE) == "IF(A5>$B$1,SUM(A$1:A5),(-C5))"


def test_a_long_chain_of_cells_is_computed_whatever_their_order() -> None:
    grid, length = Grid(HERE, "front"), 20_000
    for row in range(1, length):
        grid.put(row, 1, grid.cell(row + 1, 1) + 1.0, Style.CALCULATION)
    grid.put(length, 1, 1.0, Style.INPUT)
    settle([grid])
    assert grid.cells[1, 1].content == length
    assert grid.cells[1, 1].formula == "=A2+1"


@pytest.mark.parametrize("rows", [(1, 1), (1, 2)])
def test_a_circular_reference_is_a_mistake_in_the_layout(rows: tuple[int, int]) -> None:
    grid = Grid(HERE, "front")
    for row, other in {rows, rows[::-1]}:
        grid.put(row, 1, grid.cell(other, 1) + 1.0, Style.CALCULATION)
    with pytest.raises(ValueError, match="refers to itself"):
        settle([grid])


@pytest.mark.parametrize(
    ("tree", "error"),
    [
        (ONE / ZERO, "#DIV/0!"),
        (ONE + at(1, 2), "#VALUE!"),
        (f.MATCH(99.0, A, 0.0), "#N/A"),
        (f.INDEX(A, 9.0), "#REF!"),
        (f.LOG10(NEGATIVE), "#NUM!"),
        (f.LN(ZERO), "#NUM!"),
        (f.SQRT(NEGATIVE), "#NUM!"),
        (f.EXP(DOZEN * 99.0), "#NUM!"),
        (NEGATIVE**0.5, "#NUM!"),
        (f.SMALL(A, 9.0), "#NUM!"),
        (f.NA(), "#N/A"),
    ],
)
def test_an_error_value_stops_the_build(tree: Expression, error: str) -> None:
    sheets = grids()
    with pytest.raises(CellError, match=error):
        tree.value(Settled(sheets))
    sheets[0].put(9, 9, tree, Style.CALCULATION)
    with pytest.raises(ValueError, match="Here!I9 would show "):
        settle(sheets)


def test_what_is_known_of_a_cell_is_what_its_expression_comes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third way to the numbers of the model and its cases, besides the program and the engines."""
    compared = []

    def compare(sheets: tuple[Grid, ...], *_: object) -> None:
        settled = Settled(sheets)
        settled.settle_all()
        for grid in sheets:
            for place, tree in grid.expressions.items():
                known = grid.cells[place].content
                if known is not None:
                    found = tree.value(settled)
                    assert not isinstance(found, Block)
                    assert agree(known, 0.0 if found is None else found), (grid.name, place, known, found)
                    compared.append(place)
        settle(sheets)

    monkeypatch.setattr(build, "settle", compare)
    results = evaluate(sample())
    plan = plan_workbook(results.model)
    build.build_grids(plan, results, lay_out_questions(plan, results), shipped_brand())
    assert len(compared) > 150


def test_filling_down_moves_what_is_not_fixed_and_nothing_else() -> None:
    first = f.IF(
        at(1, 1) > at(1, 3, fixed=True), at(1, 2) & " %d of 100 %", f.SUM(at(1, 1, fixed_row=True).to(at(1, 1)))
    )
    for rows, tree in enumerate(filled_down(first, 30)):
        assert tree.text(HERE) == first.down(rows).text(HERE)
        assert tree.text(THERE) == first.down(rows).text(THERE)
    assert tree.text(HERE) == 'IF(A30>$C$1,B30&" %d of 100 %",SUM(A$1:A30))'
    fixed = at(1, 1, fixed=True) & "100 %"
    assert [each.text(HERE) for each in filled_down(fixed, 2)] == ['$A$1&"100 %"'] * 2


def test_few_ranges_are_kept_while_cells_are_computed() -> None:
    settled = Settled(grids())
    for last in range(1, 3 * MOST_BLOCKS):
        assert len(settled.block(Area(HERE, 1, 1, last, 1)).rows) == last
        assert len(settled.blocks) <= MOST_BLOCKS
