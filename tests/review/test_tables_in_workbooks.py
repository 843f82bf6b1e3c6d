"""Formulas that refer to tables by name: each is read as the cells that it means, and is judged as these would be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl.styles import Protection
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.table import Table as SheetTable

from reportgen.review.lint.file_limits import Budget
from reportgen.review.lint.formulas import Area
from reportgen.review.lint.run import check
from reportgen.review.lint.table_references import Table, Tables, column_name
from reportgen.review.lint.workbook_reader import read_book
from tests.review.books import Draft, good
from tests.review.hostile_books import MAIN, SHEET, relations, row, write

ROWS, TOTALS = (6, 7, 8, 9), 10


def found(path: Path) -> list[tuple[str, str]]:
    return [(finding.rule.code, finding.where) for finding in check(read_book(path)).findings]


def with_table() -> Draft:
    """A good workbook with a table of orders: a calculated column, a row of totals, and a check over both."""
    draft = good()
    sheet = draft.book.create_sheet("Orders", 2)
    sheet["A1"], sheet["A2"], sheet["B2"] = "Orders", "All checks", "=Checks!$C$3"
    draft.results["Orders!B2"] = "OK"
    sheet.append([])
    sheet.append([])
    sheet.append(["Item", "Unit", "Qty", "Unit price", "Amount"])
    validation = draft["Inputs"].data_validations.dataValidation[0]
    for at, number in enumerate(ROWS, 1):
        sheet.append([f"Item {at}", "EUR", at, at + 2, "=[@Qty]*Orders[[#This Row],[Unit price]]"])
        for letter in "CD":
            sheet[f"{letter}{number}"].style = "Input"
    sheet.append(["Sum", "EUR", "=SUBTOTAL(109,Orders[Qty])", None, "=SUBTOTAL(109,[Amount])"])
    sheet.data_validations.append(type(validation)(type="decimal", formula1="0", formula2="99", sqref="C6:D9"))
    table = SheetTable(displayName="Orders", ref=f"A5:E{TOTALS}", totalsRowCount=1)
    sheet.add_table(table)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.protection.sheet, sheet.freeze_panes = True, "A6"
    draft.odd("=SUM(Orders[Amount])-Orders[[#Totals],[Amount]]+Orders[[#Totals],[Qty]]")
    return draft


ORDERS = Table("Orders", Area(5, 1, 10, 4), 1, 1, tuple(map(column_name, ("Item", "Unit price", "[a]'#", "No.\nof"))))
BARE = Table("It's", Area(2, 2, 4, 3), 0, 0, ("x", "y"))


@pytest.mark.parametrize(
    ("formula", "addressed"),
    [
        ("=[@Item]", "=A7"),
        ("=orders[[#This Row],[unit price]]", "=B7"),
        ("=SUM(Orders[@[Item]:[Unit price]])", "=SUM(A7:B7)"),
        ("=SUM(Orders[[#This Row],[Unit price]:[Item]])", "=SUM(A7:B7)"),
        ("=SUM([Item])+SUM(Orders[])", "=SUM(A$6:A$9)+SUM(A$6:D$9)"),
        ("=Orders[[#Totals],[Unit price]]", "=B$10"),
        ("=ROWS(Orders[#All])&Orders[[#Headers],[Item]]", "=ROWS(A$5:D$10)&A$5"),
        ("=SUM(Orders[[#Data],[#Totals],[Item]])", "=SUM(A$6:A$10)"),
        ("=Orders[@'[a']'''#]", "=C7"),
        ("=Orders[@[No. _x000a_of]]", "=D7"),
        ("=SUM(Bare[x])/Bare[[#All],[y]]", "=SUM('It''s'!B$2:B$4)/'It''s'!C$2:C$4"),
        ('="[@Item]"&5%&"%d"&Orders[@]', '="[@Item]"&5%&"%d"&A7:D7'),
        ("=[1]Sheet1!A1+[1]!Orders[Item]+'[b.xlsx]S'!Orders[Item]", None),
        ("=Orders[Gone]+Orders[[#This Row],[Gone]]+Gone[Item]", None),
        ("=Bare[[#Totals],[x]]+Bare[#Headers]", None),
        ("=Orders[Item+1", None),
    ],
)
def test_what_is_said_of_a_table_is_written_as_addresses(formula: str, addressed: str | None) -> None:
    tables = Tables(Budget())
    tables.add("Orders", ORDERS)
    tables.add("Bare", BARE)
    assert tables.addressed(formula, "Orders", 7, 3) == (addressed or formula)


def test_columns_without_a_table_are_those_of_the_table_around_the_cell() -> None:
    tables = Tables(Budget())
    tables.add("Orders", ORDERS)
    tables.add("Other", Table("Orders", Area(20, 1, 30, 1), 1, 0, ("item",)))
    assert tables.addressed("=[@Item]+SUM([Item])", "Orders", 22, 1) == "=A22+SUM(A$21:A$30)"
    assert tables.addressed("=[@Item]", "Orders", 15, 1) == "=[@Item]"


def test_calculated_columns_and_rows_of_totals_keep_every_rule(tmp_path: Path) -> None:
    """Their inputs are used, no total depends on itself, and nothing differs from its neighbours."""
    assert found(with_table().save(tmp_path / "table.xlsx")) == []


def test_a_calculated_column_is_a_run_of_equal_formulas(tmp_path: Path) -> None:
    draft = with_table()
    draft["Orders"]["E8"] = "=[@Qty]+[@[Unit price]]"
    assert found(draft.save(tmp_path / "odd.xlsx")) == [("WB203", "Orders!E8")]
    draft["Orders"]["E8"] = 12
    assert found(draft.save(tmp_path / "typed.xlsx")) == [("WB307", "Orders!D8"), ("WB204", "Orders!E8")]


def test_a_column_or_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    draft = with_table()
    draft.odd("=SUM(Orders[Weight])+SUM(Sales[Amount])")
    findings = check(read_book(draft.save(tmp_path / "gone.xlsx"))).findings
    (lost,) = (each for each in findings if each.rule.code == "WB213")
    assert lost.details == ("Orders[Weight]", "Sales[Amount]")


def test_a_total_within_the_data_is_a_circle(tmp_path: Path) -> None:
    draft = with_table()
    draft["Orders"]["E9"] = "=SUM(Orders[Amount])"
    assert ("WB216", "Orders!E9") in found(draft.save(tmp_path / "circle.xlsx"))


def test_an_input_that_only_a_table_reference_uses_is_used(tmp_path: Path) -> None:
    draft = with_table()
    for number in ROWS:
        draft["Orders"][f"E{number}"] = "=[@Qty]"
    assert ("WB307", "Orders!D6:D9") in found(draft.save(tmp_path / "unused.xlsx"))
    draft.odd("=SUM(Orders[[Qty]:[Unit price]])")
    assert "WB307" not in dict(found(draft.save(tmp_path / "used.xlsx")))


@pytest.mark.parametrize("head", ["Orders[[#Totals],[Year {}]]", "SUBTOTAL(109,[Year {}])*SUM([Rate])"])
def test_totals_below_a_time_axis_are_one_formula(head: str, tmp_path: Path) -> None:
    """Each of its own year; what all of them take from one column does not make them differ."""
    draft = good()
    sheet = draft.book.create_sheet("Plan")
    sheet.append(["Item", "Rate", *(f"Year {at}" for at in range(1, 6))])
    for number in (2, 3):
        sheet.append([f"Item {number}", number, *(f"=[@Rate]*{letter}9" for letter in "CDEFG")])
    totals = (f"={head.format(at)}" if "109" in head else f"=SUBTOTAL(109,[Year {at}])" for at in range(1, 6))
    sheet.append(["Sum", None, *totals])
    sheet.add_table(SheetTable(displayName="Orders", ref="A1:G4", totalsRowCount=1))
    for column, at in zip("CDEFG", range(1, 6), strict=True):
        sheet[f"{column}9"] = f"=Costs!{column}8"
        sheet[f"{column}6"] = f"={head.format(at)}" if "109" not in head else None
    codes = {code for code, where in found(draft.save(tmp_path / "plan.xlsx")) if where.startswith("Plan")}
    assert codes & {"WB202", "WB203", "WB213", "WB216", "WB217", "WB222", "WB223"} == set()


def test_a_table_may_be_damaged(tmp_path: Path) -> None:
    """Without columns, of no rows at all, or said to have more heads than rows."""
    parts = {"xl/worksheets/_rels/sheet1.xml.rels": relations({f"../t{at}.xml": "table" for at in range(3)})}
    for at, said in enumerate(('ref="A1:B3"', 'ref="x"', 'ref="A5:B6" headerRowCount="9" totalsRowCount="9"')):
        columns = '<tableColumns><tableColumn/><tableColumn name="b"/></tableColumns>' * (at > 0)
        parts[f"xl/t{at}.xml"] = f'<table xmlns="{MAIN}" displayName="T{at}" {said}>{columns}</table>'
    formulas = [f"={name}[{inner}]" for name in ("", "T0", "T1", "T2") for inner in ("b", "@b", "#All", "@", "", "[")]
    path = write(tmp_path / "book.xlsx", parts, [row(at, text, "=%d%%") for at, text in enumerate(formulas, 1)])
    assert "WB213" in dict(found(path))
    with zipfile.ZipFile(path) as archive:
        assert SHEET in archive.namelist()


def test_a_locked_cell_of_a_table_is_marked_as_any_other(tmp_path: Path) -> None:
    draft = with_table()
    draft["Orders"]["C7"].style = "Normal"
    draft["Orders"]["C7"].protection = Protection(locked=True)
    assert ("WB309", "Orders!C7") in found(draft.save(tmp_path / "locked.xlsx"))
