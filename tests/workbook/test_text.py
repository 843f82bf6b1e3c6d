"""Text is counted as Excel counts it, and reads back as written even where it looks like the format's escapes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from reportgen.compute.answers import evaluate
from reportgen.model.load import load_model, load_source
from reportgen.outputs import Outputs, TemplateChoice
from reportgen.pipeline import analyzed, run
from reportgen.problems import ModelError
from reportgen.source import Source
from reportgen.workbook.build_workbook import build_workbook
from reportgen.workbook.limits import MAX_TEXT
from reportgen.workbook.text import header_text, shortened, units
from reportgen.workbook.write import MAX_ERROR, MAX_PROMPT, MAX_PROMPT_TITLE
from tests.conftest import ROOT
from tests.engines.recalculation import IronCalc, LibreOffice, disagreements, formula_cells, stored_values

CASES = ROOT / "tests" / "cases"
FAMILY, FLAG, ACCENT = "👩‍👩‍👧", "🇩🇪", "e\u0301"


@pytest.mark.parametrize("name", ["03-emoji-titles", "21b-x0041"])
def test_a_category_that_cannot_name_its_sheet(name: str) -> None:
    said = {"03-emoji-titles": "has 36 characters as Excel counts them", "21b-x0041": "cannot hold `_x0041_`"}[name]
    with pytest.raises(ModelError) as caught:
        run(CASES / f"{name}.yaml")
    (problem,) = caught.value.problems
    assert problem.code == "RG602" and said in problem.message
    assert problem.hint == "give category `run` a short name for its sheet: `sheet: …`"


def built(name: str, *changes: tuple[str, str]) -> bytes:
    """The workbook of a case; its category has a name for its sheet."""
    text = (
        (CASES / f"{name}.yaml")
        .read_text("utf-8")
        .replace("    unit: EUR/month", "    sheet: Run\n    unit: EUR/month")
    )
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return build_workbook(evaluate(load_source(Source("model.yaml", text))[0]))


@pytest.mark.parametrize("name", ["03-emoji-titles", "05b-one-emoji-prompt"])
def test_prompts_and_errors_are_no_longer_than_excel_takes(name: str) -> None:
    title = "🚀 Preis pro Nutzer und Monat im Tarif Pro"
    for sheet in openpyxl.load_workbook(BytesIO(built(name))).worksheets:
        for rule in sheet.data_validations.dataValidation:
            assert units(rule.promptTitle) <= MAX_PROMPT_TITLE == 32
            assert units(rule.errorTitle) <= MAX_PROMPT_TITLE
            assert units(rule.prompt) <= MAX_PROMPT == 255
            assert units(rule.error) <= MAX_ERROR == 224
            if rule.promptTitle[0] == title[0]:
                assert rule.promptTitle == "🚀 Preis pro Nutzer und Monat i…"


def test_a_prompt_of_escapes_is_cut_between_them() -> None:
    title = "_x0041_" * 9
    book = openpyxl.load_workbook(BytesIO(built("21b-x0041", ("Cost_x0041_x0042_end SKU_x0041_", title))))
    titles = [rule.promptTitle for rule in book["Assumptions"].data_validations.dataValidation]
    (found,) = {each for each in titles if each.startswith("_x005F_")}
    assert units(found) <= MAX_PROMPT_TITLE and title.startswith(unescape(found).removesuffix("…"))


def test_texts_like_escapes_read_back_as_they_were_written(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """Titles, and the name of an assumption, by which formulas call it."""
    changes = (("      n: {", "      n_x0041_b: {"), ('"n * 3', '"n_x0041_b * 3'), ("title: Small", "title: S_x0041_"))
    data = built("21b-x0041", *changes)
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    formulas = formula_cells(data)
    assert any("in_n_X0041_b" in text for text in formulas.values())
    plain = {cell: text for cell, text in formulas.items() if "_x005F_" not in str(stored_values(data).get(cell))}
    assert disagreements(stored_values(data), IronCalc(data, tmp_path).values(), plain) == []
    found = libreoffice.values(path)
    assert disagreements(stored_values(data), found, plain) == []
    book, engine = openpyxl.load_workbook(path), IronCalc(data, tmp_path)
    assert engine.value("Assumptions!A8") == "Cost_x0041_x0042_end SKU_x0041_"
    for title in ("Cost_x0041_x0042_end SKU_x0041_", "Opt_x0042_", "Tab_x0041_le"):
        assert title in found.values()
        assert any(title == cell.value for sheet in book for row in sheet.iter_rows() for cell in row), title
    prompts = [unescape(rule.promptTitle) for rule in book["Assumptions"].data_validations.dataValidation]
    assert "Fee, Opt_x0042_" in prompts
    assert book.properties.title == "S_x0041_"


def test_a_printed_title_like_an_escape_is_parted_by_what_prints_nothing() -> None:
    """LibreOffice prints escapes there as they are, openpyxl decodes them."""
    assert header_text("R&D_x0041_x0042_") == "R&&D_&B&Bx0041_&B&Bx0042_"
    footer = openpyxl.load_workbook(BytesIO(built("21b-x0041", ("title: Small", "title: S_x0041_"))))["Run"].oddFooter
    assert footer.left.text.replace("&B&B", "") == "S_x0041_"


def test_more_text_than_a_cell_holds_is_refused(tmp_path: Path) -> None:
    """Titles of sources come together beside a cost."""
    count = MAX_TEXT // 110
    sources = "".join(f"  s{at}: {{title: {'x' * 110} {at:04}}}\n" for at in range(count))
    text = (
        (CASES / "05b-one-emoji-prompt.yaml")
        .read_text("utf-8")
        .replace("assumptions:", f"sources:\n{sources}assumptions:")
    )
    names = ", ".join(f"s{at}" for at in range(count))
    path = tmp_path / "model.yaml"
    path.write_text(text.replace("b: 250}}", f"b: 250}}, source: [{names}]}}"), "utf-8")
    with pytest.raises(ModelError) as caught:
        next(Outputs(analyzed(run(path)), (TemplateChoice(),), ("en",)).files("xlsx"))
    (problem,) = caught.value.problems
    assert problem.code == "RG602"
    assert problem.message.startswith("cell Running!") and "a cell holds 32,767" in problem.message


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 5, "short"),
        ("longer", 5, "long…"),
        ("🚀🚀🚀", 6, "🚀🚀🚀"),
        ("🚀🚀🚀", 5, "🚀🚀…"),
        ("🚀🚀🚀", 4, "🚀…"),
        (f"a{FAMILY}b", 9, "a…"),
        (f"a{FAMILY}bc", 10, f"a{FAMILY}…"),
        (f"a{ACCENT}bc", 3, "a…"),
        (f"{FLAG}{FLAG}{FLAG}", 11, f"{FLAG}{FLAG}…"),
        (f"{FLAG}{FLAG}{FLAG}", 7, f"{FLAG}…"),
        ("👍🏽👍🏽x", 7, "👍🏽…"),
        ("🚀", 1, "…"),
    ],
)
def test_what_is_read_as_one_sign_is_not_cut(text: str, most: int, expected: str) -> None:
    assert shortened(text, most) == expected


@given(st.text(max_size=40), st.integers(1, 40))
def test_shortened_text_is_as_excel_counts_it(text: str, most: int) -> None:
    found = shortened(text, most)
    assert len(found.encode("utf-16-le", "surrogatepass")) // 2 <= most
    assert text.startswith(found.removesuffix("…"))


def test_the_links_of_a_book_and_of_reports_are_the_same() -> None:
    """And what is read is what the author wrote."""
    from reportgen.report.report_settings import ReportSettings
    from reportgen.report.view import make_view

    model, warnings = load_model(CASES / "17a-url-space.yaml")
    assert [(each.code, each.severity) for each in warnings] == [("RG215", "warning")]
    results = evaluate(model)
    sheet = openpyxl.load_workbook(BytesIO(build_workbook(results)))["Sources"]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("https:")]
    links = ["", "https://www.xn--bcher-kva.example/preise%20%5B1%5D.html"]
    assert [cell.value for cell in cells] == [each.url for each in model.citations.values()]
    assert [cell.hyperlink.target if cell.hyperlink else "" for cell in cells] == links
    rows = make_view(results, ReportSettings(run(CASES / "17a-url-space.yaml").brand)).sources
    assert [(row.address, row.url) for row in rows] == list(zip([cell.value for cell in cells], links, strict=True))
