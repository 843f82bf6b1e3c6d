"""What formulas refer to: lookups in keys out of order, cells that are empty, books that are not there, whole columns;
and rows and columns too small to show what they hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from reportgen.review.lint.formula_shapes import shape_of
from reportgen.review.lint.run import check
from reportgen.review.lint.workbook_reader import read_book
from tests.review.books import BAD, Draft, good
from tests.review.hostile_books import MAIN, SHEET, relations, row, sheet, workbook, write


def found(path: Path, code: str) -> list[str]:
    return [finding.where for finding in check(read_book(path)).findings if finding.rule.code == code]


def placed(draft: Draft, tmp_path: Path, code: str) -> list[str]:
    return found(draft.save(tmp_path / "book.xlsx"), code)


@pytest.mark.parametrize(
    ("formula", "lookups"),
    [
        ("=VLOOKUP(A1,B1:C9,2)", [("VLOOKUP", False, 1, False)]),
        ("=VLOOKUP(A1,B1:C9,2,TRUE)", [("VLOOKUP", True, 1, False)]),
        ("=hlookup(A1,B1:C9,2,1)", [("HLOOKUP", True, 1, False)]),
        ("=MATCH(A1,B1:B9)", [("MATCH", False, 1, False)]),
        ("=MATCH(A1,B1:B9,-1)", [("MATCH", True, 1, True)]),
        ("=MATCH(A1,Keys,TRUE())", [("MATCH", True, None, False)]),
        (
            "=IF(D1,VLOOKUP(MATCH(A1,B1:B9,1),C1:D9,2),0)",
            [("MATCH", True, 2, False), ("VLOOKUP", False, 3, False)],
        ),
        ("=VLOOKUP(A1,B1:C9,2,FALSE)+VLOOKUP(A1,B1:C9,2,0)+VLOOKUP(A1,B1:C9,2,)", []),
        ("=MATCH(A1,B1:B9,0)+MATCH(A1,B1:B9,)+MATCH(A1,B1:B9,C1)+MATCH(A1,B1:B9,1-1)", []),
        ("=XMATCH(A1,B1:B9)+MATCH(+VLOOKUP(", []),
    ],
)
def test_which_lookups_are_approximate(formula: str, lookups: list[tuple[object, ...]]) -> None:
    assert [tuple(each) for each in shape_of(formula).frame.lookups] == lookups


TIERS: dict[str, list[object]] = {
    "rising": [0, 100, 500, 1_000],
    "below a head": ["From", 0, 100, 500],
    "with repeats and a gap": [0, 100, None, 100],
    "falling": [1_000, 500, 100, 0],
    "out of order": [0, 500, 100, 1_000],
    "words": ["bronze", "gold", "silver", "zinc"],
}


@pytest.mark.parametrize(
    ("keys", "ways"),
    [
        ("rising", "rising"),
        ("below a head", "rising"),
        ("with repeats and a gap", "rising"),
        ("falling", "falling"),
        ("out of order", ""),
        ("words", ""),
    ],
)
def test_steps_are_looked_up_in_numbers_in_order(keys: str, ways: str, tmp_path: Path) -> None:
    """Whether they stand in a column or a row, are typed or computed."""
    for formula, way in (
        ("=VLOOKUP(Costs!G8,Costs!J20:K23,2,TRUE)", "rising"),
        ("=MATCH(Costs!G8,Costs!J20:J23,1)", "rising"),
        ("=MATCH(Costs!G8,Costs!J20:J23,-1)", "falling"),
        ("=HLOOKUP(Costs!G8,Costs!J30:M31,2,1)", "rising"),
        ("=MATCH(Costs!G8,Costs!J40:M40,1)", "rising"),
    ):
        draft = good()
        for at, key in enumerate(TIERS[keys]):
            draft["Costs"].cell(20 + at, 10, key)
            draft["Costs"].cell(30, 10 + at, key)
            if isinstance(key, int):
                draft["Costs"].cell(40, 10 + at, f"=Costs!J{20 + at}*12")
                draft.results[f"Costs!{'JKLM'[at]}40"] = key * 12
            else:
                draft["Costs"].cell(40, 10 + at, key)
        draft.odd(formula)
        assert placed(draft, tmp_path, "WB225") == ([] if way == ways else ["Checks!E9"]), formula


def test_a_lookup_in_what_cannot_be_seen_is_not_guessed_at(tmp_path: Path) -> None:
    """Keys without stored results, computed by another formula, or in another workbook."""
    for formula in (
        "=MATCH(1,OFFSET(Costs!J20,0,0,4),1)",
        "=MATCH(1,[1]Budget!A1:A9,1)",
        "=VLOOKUP(Costs!G8,Costs!J50:K60,2,TRUE)",
    ):
        draft = good()
        draft.odd(formula)
        assert placed(draft, tmp_path, "WB225") == []


def test_an_empty_cell_is_named(tmp_path: Path) -> None:
    """Also one that a name leads to, one with a comment, and one in a row with nothing but a label."""
    draft = good()
    draft.odd("=Costs!G9+in_rate+Costs!H5+Inputs!C13")
    draft.book.defined_names["in_rate"] = DefinedName("in_rate", attr_text="Inputs!$C$20")
    draft["Costs"]["H5"].comment = Comment("Ask", "Author")
    draft["Inputs"]["A13"] = "Discount"
    findings = check(read_book(draft.save(tmp_path / "book.xlsx"))).findings
    (finding,) = (each for each in findings if each.rule.code == "WB226")
    assert set(finding.details) == {"G9", "C20", "H5", "C13"}


@pytest.mark.parametrize(
    "formula",
    [
        '=IF(Costs!G9="",0,Costs!G9)',
        "=IF(ISBLANK(Costs!G9),0,Costs!G9)",
        "=COUNTA(Costs!G9)+Costs!G9",
        "=SUM(Costs!G5,Costs!G9)",
        "=ROW(Costs!G9)+COLUMN(Costs!G9)",
        "=SUM(Costs!G5:G20)",
    ],
)
def test_a_formula_that_expects_an_empty_cell_may_refer_to_it(formula: str, tmp_path: Path) -> None:
    draft = good()
    draft.odd(formula)
    assert placed(draft, tmp_path, "WB226") == []


def test_a_cell_that_waits_for_an_input_may_be_empty(tmp_path: Path) -> None:
    """Unlocked, or with a validation."""
    draft = good()
    draft.odd("=Costs!J20+Costs!J21")
    assert placed(draft, tmp_path, "WB226") == ["Checks!E9"]
    draft["Costs"]["J20"].protection = Protection(locked=False)
    validation = DataValidation(type="decimal", formula1="0", formula2="1", sqref="J21:J30")
    draft["Costs"].add_data_validation(validation)
    assert placed(draft, tmp_path, "WB226") == []


def test_a_list_may_have_gaps(tmp_path: Path) -> None:
    """A ledger whose lines are either in or out; a run of formulas all of whose sources are empty is another matter."""
    draft = good()
    ledger = draft["Costs"]
    ledger["J20"], ledger["K20"], ledger["L20"] = "In", "Out", "Balance"
    for number in range(21, 31):
        ledger.cell(number, 10 + number % 2, number)
        ledger.cell(number, 12, f"=L{number - 1}+J{number}-K{number}" if number > 21 else "=J21-K21")
    assert placed(draft, tmp_path, "WB226") == []
    for number in range(21, 31):
        ledger.cell(number, 13, f"=P{number}*12")
    assert placed(draft, tmp_path, "WB226") == ["Costs!M21:M30"]


def test_a_link_whose_part_the_file_has_is_no_lost_one(tmp_path: Path) -> None:
    draft = good()
    BAD["WB105"](draft)
    draft.odd("=Costs!G8+[1]Budget!A1+[0]!rate")
    assert placed(draft, tmp_path, "WB227") == []
    draft.odd("=Costs!G8+'[2]The budget'!A1+[3]!rate+'C:\\files\\[plan.xlsx]Plan'!A1")
    findings = check(read_book(draft.save(tmp_path / "book.xlsx"))).findings
    (finding,) = (each for each in findings if each.rule.code == "WB227")
    assert finding.details == ("[2]", "[plan.xlsx]", "[3]")


def test_a_link_of_which_only_the_number_is_left(tmp_path: Path) -> None:
    """The book lists a link, but its part is gone, or its relation; a name may use it, too."""
    more = '<externalReferences><externalReference r:id="r2"/><externalReference r:id="r9"/></externalReferences>'
    more += '<definedNames><definedName name="rate">[2]Rates!$A$1</definedName></definedNames>'
    targets = {"worksheets/sheet1.xml": "worksheet", "links/gone.xml": "externalLink"}
    parts = {"xl/workbook.xml": workbook(more=more), "xl/_rels/workbook.xml.rels": relations(targets)}
    path = write(tmp_path / "book.xlsx", parts, [row(1, "=[1]S!A1", "=A1")])
    assert found(path, "WB227") == ["", "S!A1"]


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        ("=SUM(Costs!C:C)", True),
        ("=AVERAGE(Costs!$8:$8)", True),
        ("=SUMPRODUCT(Costs!C5:C1048576)", True),
        ("=SUM(Costs!C5:C900)", False),
        ("=SUMIF(Costs!A:A,A9,Costs!C:C)", False),
        ("=INDEX(Costs!C:C,MATCH(A9,Costs!A:A,0))", False),
        ("=SUM(INDEX(Costs!C:C,8))", False),
    ],
)
def test_a_sum_of_a_whole_column_takes_in_whatever_stands_there(formula: str, wrong: bool, tmp_path: Path) -> None:
    """Where it is looked for something in it, nothing else has a part in the result."""
    draft = good()
    draft.odd(formula)
    assert placed(draft, tmp_path, "WB228") == (["Checks!E9"] if wrong else [])


@pytest.mark.parametrize(
    ("rows", "columns", "where"),
    [
        ('<row r="1" ht="0.5" customHeight="1"><c r="B1"><v>1</v></c></row>', "", ["S!B1"]),
        ('<row r="1" ht="6"><c r="B1"><v>1</v></c></row>', "", []),
        ('<row r="1" ht="0"/>', "", []),
        ('<row r="1"><c r="B1"><v>1</v></c></row>', '<col min="2" max="2" width="0.3"/>', ["S!B1"]),
        ('<row r="1"><c r="B1"><v>1</v></c></row>', '<col min="2" max="2" width="1.2"/>', []),
        ('<row r="1"><c r="B1"><v>1</v></c></row>', '<col min="3" max="9" width="0"/>', []),
        ('<row r="1"><c r="B1" t="str"><v>Costs of the year</v></c></row>', '<col min="1" max="3" width="0.8"/>', []),
        (
            '<row r="1"><c r="B1" t="str"><v>Costs</v></c><c r="C1"><v>1</v></c></row>',
            '<col min="2" max="2" width="0.8"/>',
            ["S!B1"],
        ),
        ('<row r="1" ht="x"><c r="B1"><v>1</v></c></row>', '<col min="2" max="2" width=""/>', []),
    ],
)
def test_what_is_too_small_to_see(rows: str, columns: str, where: list[str], tmp_path: Path) -> None:
    """Narrow columns that set headings off, and empty rows that draw lines, hide nothing."""
    parts = {SHEET: sheet([rows], before=f"<cols>{columns}</cols>" if columns else "")}
    assert found(write(tmp_path / "book.xlsx", parts), "WB116") == where


def test_what_is_hidden_is_not_too_small_as_well(tmp_path: Path) -> None:
    cells = '<row r="1" ht="0" hidden="1"><c r="B1"><v>1</v></c></row><row r="2"><c r="B2"><v>1</v></c></row>'
    columns = '<cols><col min="2" max="2" width="0" hidden="1"/></cols>'
    path = write(tmp_path / "book.xlsx", {SHEET: sheet([cells], before=columns)})
    assert (found(path, "WB102"), found(path, "WB103"), found(path, "WB116")) == (["S!B1"], ["S!B1"], [])


def test_an_empty_cell_in_a_style_that_is_not_there_is_passed_over(tmp_path: Path) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/></cellXfs></styleSheet>'
    targets = {"worksheets/sheet1.xml": "worksheet", "st.xml": "styles"}
    parts = {"xl/_rels/workbook.xml.rels": relations(targets), "xl/st.xml": styles}
    path = write(tmp_path / "book.xlsx", parts, ['<row r="1"><c r="A1" s="9"/><c r="B1"><f>A1</f></c></row>'])
    assert found(path, "WB226") == ["S!B1"]


@pytest.mark.parametrize(
    ("formula", "short"),
    [("=SUM(A1:B1)", True), ("=1+SUM(A1:B1)*2", True), ("=SUM(A1:B1,D1)", False), ("=SUM(A1:D1)", False)],
)
def test_a_sum_of_several_parts_ends_where_it_is_meant_to(formula: str, short: bool, tmp_path: Path) -> None:
    path = write(tmp_path / "sum.xlsx", rows=[row(1, "1", "2", "3", "4", formula)])
    assert [each.where for each in check(read_book(path)).findings if each.rule.code == "WB217"] == ["S!E1"] * short
