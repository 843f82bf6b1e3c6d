"""Every rule finds its own small bad workbook, once, and nothing in a good one; waivers, output, broken files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from itertools import product
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook
from openpyxl.formula import Tokenizer
from openpyxl.styles import NamedStyle, Protection
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from reportgen.cli.main import cli
from reportgen.review.lint.cell_styles import BUILT_IN
from reportgen.review.lint.file_limits import Budget, UnreadableError
from reportgen.review.lint.formula_shapes import Shapes, shape_of
from reportgen.review.lint.formulas import ADDRESS, HERE, copied, split
from reportgen.review.lint.lint_output import rules_markdown
from reportgen.review.lint.lint_rules import Finding, rectangles
from reportgen.review.lint.run import RULES, Report, check, waive
from reportgen.review.lint.waivers import Waiver, WaiverError, given_waiver, read_waivers
from reportgen.review.lint.workbook_reader import read_book
from tests.review.books import BAD, YEARS, good

ROOT = Path(__file__).parents[2]
CODES = [rule.code for rule in RULES]
ABOUT_WAIVERS = {"WB901", "WB902"}


def linted(path: Path, *given: Waiver) -> Report:
    (report,) = waive([check(read_book(path))], given)
    return report


def found(path: Path, *given: Waiver) -> list[tuple[str, str]]:
    return [(finding.rule.code, finding.where) for finding in linted(path, *given).findings]


@pytest.fixture
def bad(tmp_path: Path) -> Callable[[str], Path]:
    def build(code: str) -> Path:
        draft = good()
        BAD[code](draft)
        return draft.save(tmp_path / f"{code}.xlsx")

    return build


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["lint", *map(str, arguments)], catch_exceptions=False)


def test_a_good_workbook_keeps_every_rule(tmp_path: Path) -> None:
    assert found(good().save(tmp_path / "good.xlsx")) == []


def test_there_is_a_bad_workbook_for_every_rule() -> None:
    assert set(CODES) - set(BAD) == ABOUT_WAIVERS and len(CODES) == len(set(CODES))


@pytest.mark.parametrize("code", sorted(BAD))
def test_a_bad_workbook_breaks_its_rule_once_and_no_other(code: str, bad: Callable[[str], Path]) -> None:
    assert [each for each, _ in found(bad(code))] == [code]


def test_findings_beside_each_other_are_one(bad: Callable[[str], Path]) -> None:
    """A row of five cells, and two hidden rows, are one finding each."""
    assert found(bad("WB201")) == [("WB201", "Costs!C6:G6")]
    assert found(bad("WB102")) == [("WB102", "Costs!A6:A7")]
    assert rectangles([(1, 1), (2, 1), (1, 2), (2, 2), (5, 1), (1, 3)]) == [
        ((1, 1), (2, 2)),
        ((1, 3), (1, 3)),
        ((5, 1), (5, 1)),
    ]


@pytest.mark.parametrize(
    ("formula", "typed"),
    [
        ("=D9*12/1000+1", ""),
        ("=ROUND(D9,2)+INDEX(D5:D9,3,1)+MATCH(D9,D5:D9,-1)", ""),
        ("=ROUND(D9,(-2))", ""),
        ("=D9^2*100%", ""),
        ("=MIN(IF(D9>0,1E+300,D9))", ""),
        ("=(D9+D8)/2", ""),
        ("=D9*2", "2"),
        ("=D9+12", "12"),
        ("=D9*(1+5%)", "5%"),
        ("=D9^4", "4"),
        ("=ROUND(D9*1.2,2)", "1.2"),
        ("=MATCH(3,D5:D9,0)", "3"),
        ('=COUNTIF(D5:D9,">100")', '">100"'),
        ('=COUNTIF(D5:D9,">0")', ""),
        ("=D9*-3.5", "-3.5"),
        ("=D9-3.5", "3.5"),
    ],
)
def test_which_numbers_a_formula_may_hold(formula: str, typed: str, tmp_path: Path) -> None:
    draft = good()
    draft.odd(formula)
    messages = [each.text for each in linted(draft.save(tmp_path / "typed.xlsx")).findings if each.rule.code == "WB201"]
    assert messages == ([f"typed into the formula: {typed}"] if typed else [])


def test_circles_and_what_looks_like_one(tmp_path: Path) -> None:
    """A circle of three sheets is found once; running sums and places of cells are none."""
    draft = good()
    draft["Costs"]["C9"], draft["Costs"]["D9"] = "=SUM($C8:C8)", "=SUM($C8:D8)"
    draft["Costs"]["E9"] = "=ROW(E9)+COLUMNS(C9:E9)"
    assert "WB216" not in dict(found(draft.save(tmp_path / "none.xlsx")))
    draft["Inputs"]["C12"] = "=SUM(C9:C11)+Checks!E9"
    draft.odd("=SUM(Costs!C9:G9)")
    draft["Costs"]["C9"] = "=Inputs!C12"
    assert [code for code, _ in found(draft.save(tmp_path / "circle.xlsx"))].count("WB216") == 1


def test_a_table_whose_columns_differ_is_consistent(tmp_path: Path) -> None:
    """Each column of a table of cases has its own formula; that every other is alike across makes none of them odd."""
    draft = good()
    for row in range(11, 15):
        for column, formula in enumerate(("=Inputs!$C$5", "=C{0}*12", "=Inputs!$C$7", "=E{0}*12"), 3):
            draft["Costs"].cell(row, column, formula.format(row))
    codes = {code for code, _ in found(draft.save(tmp_path / "cases.xlsx"))}
    assert codes & {"WB202", "WB203", "WB222"} == set()


def test_a_link_is_odd_only_in_a_run(tmp_path: Path) -> None:
    """Two links that happen to be alike do not make the one between them odd."""
    draft = good()
    for row, source in enumerate(("C5", "C8", "C7", "D5", "E7", "D7"), 20):
        draft["Checks"][f"D{row}"] = f"=Costs!{source}"
    path = tmp_path / "links.xlsx"
    assert "WB203" not in dict(found(draft.save(path)))
    for row, source in enumerate(("C5", "C6", "D6", "C8"), 20):
        draft["Checks"][f"D{row}"] = f"=Costs!{source}"
    assert dict(found(draft.save(path)))["WB203"] == "Checks!D22"


FORMULAS = [
    "=SUM(A1:B2,'It''s'!$C$3)+Sheet.1!A1*[1]Other!B2",
    '=IF(LOG10(A1)>=1E-3,"a ""b"", A2",TRUE)',
    "=A:A+$1:3+'[Book.xlsx]S 1'!A1-in_seats%",
    "=SUMPRODUCT(($A$1:A9=A1)*1)&Table1[[#This Row],[Cost]]",
    "={1,2;3,4}+OFFSET(Ärger!B2,,-1)^2<>x.y",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_formulas_are_read_as_openpyxl_reads_them(formula: str) -> None:
    shape = shape_of(formula, 5, 5)
    items = Tokenizer(formula).items
    called = [item.value[:-1] for item in items if item.type == "FUNC" and item.subtype == "OPEN"]
    assert list(shape.frame.functions) == called
    ranges = [item.value for item in items if item.type == "OPERAND" and item.subtype == "RANGE"]
    assert len(shape.addresses) + len(shape.frame.names) == len(ranges)


def test_copies_share_a_shape() -> None:
    """Which goes with the cell, and what only looks like an address has no part in it."""
    shapes = Shapes(Budget())
    first = shapes.of("=A2*$C$1+B$9", 2, 2)
    assert shapes.of("=B3*$C$1+C$9", 3, 3) is first
    assert shapes.of("=B3*$C$1+C$9", 3, 4) is not first
    meant = [address.copied(first.distance((4, 4))) for address in first.addresses]
    assert meant == [(4, 3, 4, 3), (1, 3, 1, 3), (9, 4, 9, 4)]
    below = [shapes.of(formula, row, 9) for row, formula in enumerate(("=A$2+12", "=A$3+12", "=A$3+13", "=A$3+13"), 2)]
    assert below[0] is not below[1] is not below[2] is below[3]
    other = shapes.of("=A2*$C$1+B9", 2, 2)
    assert other is not first and other.frame is first.frame
    assert len(shape_of('="A1"&LOG10(A1)&in_A1&1E+1').addresses) == 1


@pytest.mark.parametrize("seed", range(5))
def test_a_frame_and_its_addresses_make_the_formula(seed: int) -> None:
    """Whatever is in it; the frame is read with as many references as there are addresses, and copies share it."""
    random = Random(seed)
    signs = ["A1", "$B2", "C$3:D4", "A:A", "$1:2", "S!", "'It''s'!", "[1]T!", "x", "Tab[[#a],[b]]", "LOG10(", "1E+5"]
    signs += [*list("+-*/^&=<>%:@#(){},;'\"[]!$.?\\ "), "#REF!", '"A1"', '""', "TRUE", "é"]
    for _ in range(400):
        formula = "=" + "".join(random.choices(signs, k=random.randint(1, 12)))
        frame, addresses = split(formula)
        assert "".join(map(str.__add__, frame.split(ADDRESS), [*addresses, ""])) == formula
        shapes = Shapes(Budget())
        shape = shapes.of(formula, 60, 60)
        assert len(shape.addresses) == len(shape.frame.scopes) == len(addresses)
        moved = [copied(address, 45, 0) for address in addresses]
        below = "".join(map(str.__add__, frame.split(ADDRESS), [*moved, ""]))
        assert shapes.of(below, 105, 60) is shape
        alone = shape_of(below, 105, 60)
        assert alone.reads_like(shape)
        distance = shape.distance((105, 60))
        assert [one.copied(HERE) for one in alone.addresses] == [one.copied(distance) for one in shape.addresses]


@pytest.mark.parametrize(
    "formula",
    [
        "=A1*{0}+B1/{1}",
        "=A1*{0}+1E-12*B1-2.5e+07*{1}",
        "=-{0}*S!A1^{1}%+SUM(A:A,({0}),-{1})",
        "=ROUND(A1*{0},{1})+LOG10({1})-in_{1}*1E5*{0}",
        "=INDEX(A1:B2,{0},({1}))+3:3+{0}.5*{1}.",
        "=MATCH({0},A1:A9,{1})+A1*{0}",
        "=A1*1E-{0}+B1/2.E+{1}+.5e{0}",
        "=IF(A1>{0},{1},{0}-{1})<={1}",
    ],
)
def test_formulas_that_differ_in_numbers_alone_are_read_once_and_well(formula: str) -> None:
    """As they would be if each were read by itself, which a text in it makes it."""
    shapes = Shapes(Budget())
    for numbers in product(("0", "1", "2", "12", "365", "1.5", "9.99", "1000", "007"), repeat=2):
        written = formula.format(*numbers)
        shape, other = shapes.of(written, 5, 5), shape_of(f'{written}&""', 5, 5)
        frame, alone = shape.frame, other.frame
        assert shape.typed_numbers == other.typed_numbers and len(frame.numbers) == len(alone.numbers)
        assert (frame.names, frame.scopes, frame.lookups) == (alone.names, alone.scopes, alone.lookups)
    assert not formula.startswith("=A1*{0}+B1/") or shape.frame is shapes.of("=A1*77+B1/88", 5, 5).frame


def test_number_formats_without_a_text_are_those_of_openpyxl(tmp_path: Path) -> None:
    assert {0: "General", **BUILT_IN} == BUILTIN_FORMATS
    dates = {number for number, text in BUILTIN_FORMATS.items() if is_date_format(text)}
    draft = good()
    for number in BUILTIN_FORMATS:
        draft["Inputs"].cell(40 + number, 8, 5).number_format = BUILTIN_FORMATS[number]
    sheet = read_book(draft.save(tmp_path / "formats.xlsx")).by_title["inputs"]
    assert {row - 40 for (row, column), cell in sheet.cells.items() if column == 8 and not cell.is_number} == dates


def test_a_date_that_excel_cannot_show_is_an_error(tmp_path: Path) -> None:
    draft = good()
    for column, number in enumerate((2_958_465, 2_958_466, -1, -700_000), 1):
        draft["Inputs"].cell(40, column, number).number_format = "yyyy-mm-dd"
    places = [where for code, where in found(draft.save(tmp_path / "dates.xlsx")) if code == "WB212"]
    assert places == ["Inputs!B40", "Inputs!D40"]


def test_linting_loads_no_other_library(tmp_path: Path) -> None:
    """Which would take longer than all rules together."""
    path = good().save(tmp_path / "good.xlsx")
    code = "import sys; from reportgen.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, "lint", str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    assert "no findings" in done.stdout
    assert {name.partition(".")[0] for name in done.stderr.split()} & {"openpyxl", "numpy", "yaml", "lxml"} == set()


WAIVERS = """
- {rule: WB201, where: "Costs!A1:G9", reason: the tax rate is law}
- {rule: WB201, where: Checks, reason: not there}
- {rule: WB202, where: Costs}
"""


def test_waivers_cover_their_place_and_are_needed(bad: Callable[[str], Path], tmp_path: Path) -> None:
    path, file = bad("WB201"), tmp_path / "waivers.yaml"
    file.write_text(WAIVERS, encoding="utf-8")
    report = linted(path, *read_waivers(file, CODES))
    assert [(finding.rule.code, waiver.reason) for finding, waiver in report.waived] == [
        ("WB201", "the tax rate is law")
    ]
    assert [finding.rule.code for finding in report.findings] == ["WB901", "WB902"]
    assert "WB202 at Costs" in report.findings[0].message and "WB201 at Checks" in report.findings[1].message
    assert report.fails(strict=False)


@pytest.mark.parametrize("where", ["Costs!C6:F6", "Inputs", "Costs!C6"])
def test_a_waiver_covers_nothing_beyond_its_place(where: str, bad: Callable[[str], Path], tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(f"- {{rule: WB201, where: '{where}', reason: no}}", encoding="utf-8")
    assert [code for code, _ in found(bad("WB201"), *read_waivers(file, CODES))] == ["WB902", "WB201"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rule: WB201", "a list of waivers is expected"),
        ("- {rule: WB999, reason: x}", "there is no rule WB999"),
        ("- {rule: WB201, cause: x}", "unknown key 'cause'"),
        ("- {rule: WB201, where: 'Costs!nowhere', reason: x}", "is no cell or range"),
        ("- {rule: [", "not valid YAML"),
        ("- WB201", "is not of the form"),
    ],
)
def test_waivers_that_cannot_be_read(text: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WaiverError, match=message.replace("[", r"\[")):
        read_waivers(file, CODES)


def test_a_waiver_on_the_command_line(bad: Callable[[str], Path]) -> None:
    path = bad("WB202")
    assert run(path).exit_code == 1
    done = run(path, "--waive", "WB202=one year is special")
    assert done.exit_code == 0 and "WB202: Costs!E5" in done.stdout and "(one year is special)" in done.stdout
    assert "1 waived" in done.stdout
    without = run(path, "--waive", "WB202")
    assert without.exit_code == 1 and "WB901" in without.stdout
    assert given_waiver("wb202=a=b", CODES) == Waiver("WB202", "a=b")
    assert run(path, "--waive", "WB999=x").exit_code == 2


def test_json_is_the_contract(bad: Callable[[str], Path]) -> None:
    path = bad("WB202")
    document = json.loads(run(path, "--json").stdout)
    assert list(document) == ["schema", "file", "rules", "findings", "waived"]
    assert document["schema"] == 2 and document["file"] == str(path) and document["waived"] == []
    assert [rule["code"] for rule in document["rules"]] == CODES
    (finding,) = document["findings"]
    assert finding["code"] == "WB202" and finding["where"] == "Costs!E5" and finding["sheet"] == "Costs"
    assert finding["count"] == 1 and finding["places"] == ["Costs!E5"]
    waived = json.loads(run(path, "--json", "--waive", "WB202=special").stdout)
    assert waived["findings"] == [] and waived["waived"][0]["reason"] == "special"
    both = json.loads(run(path, path, "--json").stdout)
    assert [each["file"] for each in both] == [str(path)] * 2


def test_warnings_fail_only_when_asked(bad: Callable[[str], Path]) -> None:
    path = bad("WB406")
    assert run(path).exit_code == 0 and run(path, "--strict").exit_code == 1


def test_text_names_rule_place_and_hint(bad: Callable[[str], Path]) -> None:
    lines = run(bad("WB201")).stdout.splitlines()
    assert lines[2].startswith("error[WB201]: Number typed into a formula (FAST Standard 3.04-01; ")
    assert lines[3] == "  Costs!C6:G6: typed into the formula: 1.19"
    assert lines[4].startswith("  hint: give the number a cell of its own")
    assert lines[-1].endswith("WB201.xlsx: 1 error")


def test_rules_are_listed_with_their_sources() -> None:
    text = run("--rules").stdout
    for rule in RULES:
        assert f"{rule.code}  {rule.severity:<7}  {rule.title}" in text
        assert rule.sources and rule.hint and rule.principle.endswith(".")


def test_the_page_lists_every_rule() -> None:
    assert rules_markdown(RULES) in (ROOT / "docs" / "lint.md").read_text(encoding="utf-8")


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-500])


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(200, len(data) // 2, 7):
        data[at] ^= 0x5A
    path.write_bytes(bytes(data))


def _replaced(part: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with zipfile.ZipFile(path) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for name, data in parts.items():
                new.writestr(name, change(data) if name == part else data)

    return damage


SHEET = "xl/worksheets/sheet2.xml"
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "cannot be read: no such file or directory"),
        (lambda path: path.write_bytes(b""), "is not a complete workbook"),
        (lambda path: path.write_text("a;b;c"), "is not a complete workbook"),
        (
            lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512),
            "is protected by a password",
        ),
        (_truncated, "is not a complete workbook"),
        (_flipped, ""),
        (_replaced("_rels/.rels", lambda data: b"<Relationships"), "is not a complete workbook"),
        (_replaced("xl/workbook.xml", lambda data: data[:200]), ""),
        (_replaced("xl/styles.xml", lambda data: b"<styleSheet/>"), "is damaged"),
        (_replaced(SHEET, lambda data: data[:400]), "is not a complete workbook"),
        (_replaced(SHEET, lambda data: ENTITIES), "declares a document type in sheet2.xml"),
        (_replaced(SHEET, lambda data: ENTITIES.decode().encode("utf-16")), "declares a document type"),
        (_replaced(SHEET, lambda data: b" " * 400_000_000), "unpacks to more than 300 MB"),
    ],
)
def test_a_file_that_is_no_workbook_is_answered_plainly(
    damage: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    path = good().save(tmp_path / "broken.xlsx")
    damage(path)
    done = run(path)
    assert done.exit_code == 1 and done.stdout == ""
    assert done.stderr.startswith(f"{path}: {message}") and done.stderr.count("\n") == 1


def test_one_broken_file_does_not_keep_the_others_from_being_checked(
    bad: Callable[[str], Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_text("nothing")
    done = run(broken, good().save(tmp_path / "good.xlsx"))
    assert done.exit_code == 1 and "good.xlsx: no findings" in done.stdout and "broken.xlsx" in done.stderr


def test_other_kinds_of_file_are_named(tmp_path: Path) -> None:
    for part, word in (("xl/workbook.bin", "binary workbook"), ("content.xml", "is not an Excel workbook")):
        path = tmp_path / "other.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, b"x")
        with pytest.raises(UnreadableError, match=word):
            read_book(path)


def test_a_workbook_as_people_make_them(tmp_path: Path) -> None:
    """Without styles, units, protection or stored results, with a list of records, dates and an odd formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Date", "Customer", "Amount", "VAT", "Gross"])
    for row in range(2, 40):
        sheet.append(
            [f"2026-01-{row % 28 + 1:02}", f"Customer {row % 3}", 100 + row, f"=C{row}*0.19", f"=C{row}+D{row}"]
        )
    sheet["E20"] = "=C20*D20"
    sheet["E41"] = "=SUM(E2:E39)/COUNT(E:E)+Sheet9!A1+IF(A1=\"x\",'It''s'!B2:B$3,#REF!)"
    path = tmp_path / "people.xlsx"
    book.save(path)
    places = found(path)
    assert ("WB201", "Sheet!D2:D39") in places and ("WB203", "Sheet!E20") in places
    assert ("WB309", "Sheet!C2:C39") in places and ("WB213", "Sheet!E41") in places
    codes = [code for code, _ in places]
    assert {"WB110", "WB111", "WB114", "WB214", "WB401"} <= set(codes)
    assert not {"WB303", "WB301", "WB204"} & set(codes)


def test_styles_that_have_no_name(tmp_path: Path) -> None:
    """LibreOffice writes such styles."""
    path = good().save(tmp_path / "libreoffice.xlsx")
    _replaced("xl/styles.xml", lambda data: re.sub(rb'<cellStyle name="Input"[^>]*/>', b"", data))(path)
    assert "WB304" not in dict(found(path))


def test_nothing_is_written(tmp_path: Path) -> None:
    path = good().save(tmp_path / "good.xlsx")
    before = path.read_bytes()
    copy = shutil.copy(path, tmp_path / "copy.xlsx")
    run(path)
    assert path.read_bytes() == before == Path(copy).read_bytes()
    assert {each.name for each in tmp_path.iterdir()} == {"good.xlsx", "copy.xlsx"}


def test_the_head_of_the_column_of_units_is_no_unit(tmp_path: Path) -> None:
    """A number below it, as in a table of two drivers, needs one all the same."""
    draft = good()
    sheet = draft["Inputs"]
    sheet["B5"].value, sheet["B5"].protection = 12, Protection(locked=False)
    assert ("WB302", "Inputs!B5:C5") in found(draft.save(tmp_path / "bare.xlsx"))
    sheet["A5"] = "Staff (FTE)"
    assert "WB302" not in [code for code, _ in found(draft.save(tmp_path / "bracketed.xlsx"))]


def test_findings_are_in_the_order_of_the_book(tmp_path: Path) -> None:
    draft = good()
    for code in ("WB203", "WB302", "WB405", "WB101"):
        BAD[code](draft)
    findings: tuple[Finding, ...] = linted(draft.save(tmp_path / "several.xlsx")).findings
    assert [each.where for each in findings] == ["About", "Inputs!C7", "Costs!E8:F8", "Checks!C7"]


def test_a_number_whose_style_says_that_it_is_fixed_is_marked(tmp_path: Path) -> None:
    """As long as the cell is locked: what can be changed is an input."""
    for name, locked, codes in (("Fixed Value", True, []), ("My constant", True, []), ("Suffixed", True, ["WB309"])):
        draft = good()
        draft.book.add_named_style(NamedStyle(name, protection=Protection(locked=locked)))
        draft["Inputs"]["C7"].style = name
        assert [code for code, _ in found(draft.save(tmp_path / f"{name}.xlsx"))] == codes, name
    draft = good()
    draft.book.add_named_style(NamedStyle("Fixed Value", protection=Protection(locked=False)))
    draft["Inputs"]["C7"].style = "Fixed Value"
    (cell,) = (each for each in read_book(draft.save(tmp_path / "open.xlsx")).by_title["inputs"].rows[7][2:3])
    assert cell.is_input and not cell.is_fixed


def test_a_result_repeated_beside_a_range_is_no_run(tmp_path: Path) -> None:
    """`=$C5*2` twice over is one result under two heads; `=C5*2` and `=D5*2` are a run that a sum should take in."""
    for formulas, codes in ((("=$B40*2", "=$B40*2"), []), (("=B40*2", "=C40*2"), ["WB217"])):
        draft = good()
        sheet = draft["Costs"]
        for column, content in enumerate((7, 7, *formulas, "=SUM(C40:D40)"), 2):
            sheet.cell(40, column, content)
        path = draft.save(tmp_path / f"{len(codes)}.xlsx")
        assert [code for code, _ in found(path) if code == "WB217"] == codes


@pytest.mark.parametrize(
    "heads",
    [
        [2027, 2028, 2029, 2030, 2031],
        ["2027", "2028", "2029", "2030", "2031"],
        ["FY 2027", "FY 2028", "FY 2029", "FY 2030", "FY 2031"],
        ["2027-10", "2027-11", "2027-12", "2028-01", "2028-02"],
        ["2027-Q3", "2027-Q4", "2028-Q1", "2028-Q2", "2028-Q3"],
        ["Q3 2027", "Q4 2027", "Q1 2028", "Q2 2028", "Q3 2028"],
        ["Month 9", "Month 10", "Month 11", "Month 12", "Month 13"],
    ],
)
def test_heads_that_are_periods_are_a_time_axis(heads: list[object], tmp_path: Path) -> None:
    draft = good()
    for letter, head in zip(YEARS, heads, strict=True):
        draft["Costs"][f"{letter}4"] = head
    BAD["WB223"](draft)
    assert ("WB223", "Costs!F6") in found(draft.save(tmp_path / "axis.xlsx"))


@pytest.mark.parametrize(
    "heads",
    [
        [2027, 2028, 2029, 2031, 2032],
        ["North", "South", "East", "West", "Centre"],
        ["2027", "2028", "2029", "Total", "Mean"],
        [27, 28, 29, 30, 31],
    ],
)
def test_other_heads_are_no_time_axis(heads: list[object], tmp_path: Path) -> None:
    """With a gap, with names, with three periods only, with numbers that may be anything."""
    draft = good()
    for letter, head in zip(YEARS, heads, strict=True):
        draft["Costs"][f"{letter}4"] = head
    BAD["WB223"](draft)
    assert "WB223" not in dict(found(draft.save(tmp_path / "none.xlsx")))


def test_a_time_axis_ends_at_other_heads(tmp_path: Path) -> None:
    draft = good()
    for column, (head, formula) in enumerate((("Low", "=C8"), ("High", "=C8*12"), ("Mean", "=D7"), ("Of", "=E5")), 3):
        draft["Costs"].cell(11, column, head)
        draft["Costs"].cell(12, column, formula)
    draft["Costs"]["A12"], draft["Costs"]["B12"] = "Extremes", "EUR"
    assert "WB223" not in dict(found(draft.save(tmp_path / "tables.xlsx")))


def test_axes_of_different_kinds_may_differ(tmp_path: Path) -> None:
    """Months on one sheet and years on another have nothing in common."""
    draft = good()
    BAD["WB224"](draft)
    for at, letter in enumerate("DEFG", 1):
        draft["Inputs"][f"{letter}14"] = f"Month {at}"
    assert "WB224" not in dict(found(draft.save(tmp_path / "other.xlsx")))


def test_a_sheet_of_nothing_but_periods_is_read_in_time(tmp_path: Path) -> None:
    """Each row is looked at once, however many of them are heads."""
    draft = good()
    sheet = draft["Costs"]
    for row in range(20, 1_020):
        for column in range(3, 43):
            sheet.cell(row, column, f"Year {column}")
    assert "WB223" not in dict(found(draft.save(tmp_path / "heads.xlsx")))
