"""The brand file: what is read from it, what it may leave out, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.brand import BRAND_FILE, Brand, brand_of, read_brand, shipped_brand
from reportgen.problems import ModelError, Problem
from reportgen.report.brand import report_brand
from reportgen.resources import templates_folder

SHIPPED = templates_folder() / "brands" / "reportgen"
OWN = """\
name: Example
color: {palette: {night: "#101820"}, primary: night, accent: "#e07a1f"}
typography: {workbook: Arial}
"""


def own(folder: Path, text: str = OWN) -> Brand:
    (folder / "model.yaml").write_text("reportgen: 1\n")
    (folder / BRAND_FILE).write_text(text)
    return brand_of(folder)


def problems_of(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(ModelError) as caught:
        own(folder, text)
    return caught.value.problems


def test_the_shipped_brand_is_complete() -> None:
    brand = shipped_brand()
    assert brand.name == "reportgen" and brand.legal and brand.footer
    assert len(set(brand.colors.series)) == len(brand.colors.series) >= 6
    assert brand.logo is not None
    assert brand.logo.data == (SHIPPED / "logo.png").read_bytes()
    assert brand.logo.alternative and brand.logo.width > brand.logo.height > 0


def test_a_model_without_a_brand_has_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("reportgen: 1\n")
    assert brand_of(tmp_path) is brand_of(tmp_path / "model.yaml") is shipped_brand()


def test_a_brand_beside_the_model_takes_the_rest_from_the_shipped_one(tmp_path: Path) -> None:
    brand, shipped = own(tmp_path), shipped_brand()
    assert brand == brand_of(tmp_path / "model.yaml")
    assert (brand.name, brand.colors.primary, brand.colors.accent) == ("Example", "#101820", "#E07A1F")
    assert (brand.colors.foreground, brand.colors.series) == (shipped.colors.foreground, shipped.colors.series)
    assert (brand.fonts.workbook, brand.fonts.base) == ("Arial", shipped.fonts.base)
    assert (brand.logo, brand.footer, brand.legal) == (None, "", ""), "these are the other brand's own"


def test_reports_take_their_colours_and_fonts_from_it() -> None:
    brand = shipped_brand()
    report = report_brand(brand)
    assert report.palette["brand"] == brand.colors.primary
    assert report.palette["warning"] == brand.colors.danger
    assert report.chart == brand.colors.series
    assert report.fonts == {"text": brand.fonts.base, "title": brand.fonts.headings}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("primary:", "primry:", "RG201"),
        ("primary: night", "primary: nite", "RG901"),
        ('"#e07a1f"', '"#e07a1"', "RG901"),
        ('"#e07a1f"', '"url(x)"', "RG901"),
        ("workbook: Arial", "workbook: 'Arial\"/><a:x'", "RG902"),
        ("name: Example\n", "", "RG203"),
        ("name: Example", "name: Example\nlogo: {file: ../logo.png, alternative: A sign}", "RG903"),
        ("name: Example", "name: Example\nlogo: {file: brand.yaml, alternative: A sign}", "RG903"),
        ("name: Example", "name: Example\nlogo: {file: logo.png}", "RG203"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = OWN.replace(old, new)
    (tmp_path / "logo.png").write_bytes((SHIPPED / "logo.png").read_bytes())
    found = problems_of(tmp_path, text)
    assert [problem.code for problem in found] == [code]
    assert found[0].source.name == str(tmp_path / BRAND_FILE)
    assert found[0].span is not None


def test_a_logo_has_a_size_and_is_not_too_large(tmp_path: Path) -> None:
    text = OWN + "logo: {file: sign.png, alternative: A sign}\n"
    real = (SHIPPED / "logo.png").read_bytes()
    for data, said in ((real[:20], "no PNG"), (real + b"\0" * 500_001, "larger than 500 kB"), (b"GIF89a", "no PNG")):
        (tmp_path / "sign.png").write_bytes(data)
        (problem,) = problems_of(tmp_path, text)
        assert problem.code == "RG903" and said in problem.message
    (tmp_path / "sign.png").write_bytes(real)
    assert own(tmp_path, text).logo is not None


def test_the_shipped_brand_lacks_nothing_that_others_may_leave_out(tmp_path: Path) -> None:
    (tmp_path / BRAND_FILE).write_text("name: Example\n")
    with pytest.raises(ModelError) as caught:
        read_brand(tmp_path / BRAND_FILE)
    assert {problem.code for problem in caught.value.problems} == {"RG203"}
