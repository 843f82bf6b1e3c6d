"""The brand file: what is read from it, what it may leave out, which one is chosen, and what is refused."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from reportgen.brand import BRAND_FILE, Brand, brand_of, find_brand, read_brand, shipped_brand, shipped_names
from reportgen.problems import ModelError, Problem
from reportgen.report.report_brand import report_brand
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


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_brand_is_complete(name: str) -> None:
    brand = shipped_brand(name=name)
    assert all((brand.name, brand.legal, brand.footer, brand.disclaimer, brand.folder))
    assert len(set(brand.colors.series)) == len(brand.colors.series) >= 6
    assert brand.logo is not None and brand.logo.dark is not None
    for logo in (brand.logo.light, brand.logo.dark):
        assert logo.alternative and logo.width > logo.height > 0
    assert brand.logo.light.data != brand.logo.dark.data
    assert {face.family for face in brand.faces} == {brand.fonts.base, brand.fonts.headings}
    assert {(face.weight, face.style) for face in brand.faces if face.family == brand.fonts.base} >= {
        (400, "normal"),
        (400, "italic"),
        (600, "normal"),
    }


def test_the_shipped_brands_differ_in_everything_that_is_seen() -> None:
    one, other = (shipped_brand(name=name) for name in ("reportgen", "halden"))
    assert not {face.file for face in one.faces} & {face.file for face in other.faces}
    assert not set(one.colors.series) & set(other.colors.series)
    assert one.colors.primary != other.colors.primary and one.fonts != other.fonts and one.logo != other.logo


def test_a_model_without_a_brand_has_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text("reportgen: 1\n")
    assert brand_of(tmp_path) is brand_of(tmp_path / "model.yaml") is shipped_brand()


def test_a_brand_beside_the_model_takes_the_rest_from_the_shipped_one(tmp_path: Path) -> None:
    brand, shipped = own(tmp_path), shipped_brand()
    assert brand == brand_of(tmp_path / "model.yaml")
    assert (brand.name, brand.colors.primary, brand.colors.accent) == ("Example", "#101820", "#E07A1F")
    assert (brand.colors.foreground, brand.colors.series) == (shipped.colors.foreground, shipped.colors.series)
    assert (brand.fonts.workbook, brand.fonts.base) == ("Arial", shipped.fonts.base)
    assert (brand.logo, brand.footer, brand.legal) == (None, "", ()), "these are the other brand's own"


def test_reports_take_their_colours_and_fonts_from_it() -> None:
    brand = shipped_brand()
    report = report_brand(brand)
    assert report.palette["brand"] == brand.colors.primary
    assert report.palette["warning"] == brand.colors.danger
    assert report.chart == brand.colors.series
    assert report.fonts == {"text": brand.fonts.base, "title": brand.fonts.headings}
    assert (report.footer, report.legal_lines, report.disclaimer) == (brand.footer, brand.legal, brand.disclaimer)
    assert report.files == brand.faces
    assert [each.address for each in report.faces] == [each.address for each in brand.faces]
    assert report.logo is not None and report.logo_dark is not None and brand.logo is not None
    assert b64decode(report.logo.uri.removeprefix("data:image/svg+xml;base64,")) == brand.logo.light.data
    assert report.logo.alternative == brand.logo.light.alternative
    assert (report.logo.address, report.logo_dark.address) == ("reportgen:/logo.svg", "reportgen:/logo-dark.svg")
    assert brand.folder is not None and (brand.folder / "logo.svg").is_file()
    assert report.logo.ratio > 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("primary:", "primry:", "RG201"),
        ("primary: night", "primary: nite", "RG901"),
        ('"#e07a1f"', '"#e07a1"', "RG901"),
        ('"#e07a1f"', '"url(x)"', "RG901"),
        ("workbook: Arial", "workbook: 'Arial\"/><a:x'", "RG902"),
        ("name: Example\n", "", "RG203"),
        ("name: Example", "name: Example\nlogo: {file: ../logo.svg, alternative: A sign}", "RG903"),
        ("name: Example", "name: Example\nlogo: {file: brand.yaml, alternative: A sign}", "RG903"),
        ("name: Example", "name: Example\nlogo: {file: logo.svg}", "RG203"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = OWN.replace(old, new)
    (tmp_path / "logo.svg").write_bytes((SHIPPED / "logo.svg").read_bytes())
    found = problems_of(tmp_path, text)
    assert [problem.code for problem in found] == [code]
    assert found[0].source.name == str(tmp_path / BRAND_FILE)
    assert found[0].span is not None


MANY = {
    "series": ("series: [" + ", ".join(f'"#{each:06X}"' for each in range(20_000)) + "]", "20,000 colours"),
    "faint series": ("series: [" + '"#FFFFFE", ' * 20_000 + "]", "20,000 colours"),
    "palette": ("palette: {" + ", ".join(f'a{each}: "#{each:06X}"' for each in range(20_000)) + "}", "more than 100"),
    "names of no colour": ("series: [" + ", ".join(f"b{each}" for each in range(20_000)) + "]", "20,000 colours"),
}


@pytest.mark.parametrize("name", MANY)
def test_a_brand_of_20000_colours(tmp_path: Path, name: str) -> None:
    colors, said = MANY[name]
    (problem,) = problems_of(tmp_path, f"name: A\ncolor: {{{colors}}}\n")
    assert problem.code == "RG901" and said in problem.message and problem.span is not None


def test_a_brand_of_more_lines_and_fonts_than_a_report_takes(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, OWN + "legal: [" + "line, " * 50_000 + "]\n")
    assert (problem.code, problem.message) == ("RG213", "`legal` has 50,000 lines; 20 can be shown")
    fonts = "fonts: [" + "{family: A, file: a.ttf}, " * 20_000 + "]"
    found = problems_of(tmp_path, f"name: A\ntypography: {{{fonts}}}\n")
    assert {problem.code for problem in found} == {"RG902"} and len(found) <= 25
    (problem,) = problems_of(tmp_path, OWN.replace("name: Example", f"name: {'E' * 4_900_000}"))
    assert problem.code == "RG213"


def test_the_shipped_brand_lacks_nothing_that_others_may_leave_out(tmp_path: Path) -> None:
    (tmp_path / BRAND_FILE).write_text("name: Example\n")
    with pytest.raises(ModelError) as caught:
        read_brand(tmp_path / BRAND_FILE)
    assert {problem.code for problem in caught.value.problems} == {"RG203"}


def test_lines_and_paragraphs_of_a_brand(tmp_path: Path) -> None:
    brand = own(tmp_path, OWN + "footer: Example AG\nlegal: [Example AG, Zurich]\ndisclaimer: |\n  No\n  advice.\n")
    assert (brand.footer, brand.legal, brand.disclaimer) == ("Example AG", ("Example AG", "Zurich"), "No advice.")
    assert report_brand(brand).legal == "Example AG Zurich"
    assert own(tmp_path, OWN + "legal: One line.\n").legal == ("One line.",)
    (problem,) = problems_of(tmp_path, OWN + f"footer: {'long ' * 20}\n")
    assert problem.code == "RG213"


def test_a_brand_is_chosen_by_name_or_by_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "model.yaml").write_text("reportgen: 1\n")
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / BRAND_FILE).write_text(OWN)
    model = tmp_path / "models"
    assert find_brand("halden", model) is brand_of(model, "halden") is shipped_brand(name="halden")
    for path in ("../look", f"../look/{BRAND_FILE}", str(tmp_path / "look")):
        assert brand_of(model, path).name == "Example", path
    monkeypatch.chdir(tmp_path)
    assert brand_of(model, "look").name == "Example", "from the current folder"
    (model / BRAND_FILE).write_text("name: Beside\n")
    assert [brand_of(model).name, brand_of(model, "reportgen").name] == ["Beside", "reportgen"]


@pytest.mark.parametrize(
    ("chosen", "hint"), [("haldn", "did you mean `halden`?"), ("no/where", ""), ("a\0b" * 2_000, "")]
)
def test_a_brand_that_is_not_there(tmp_path: Path, chosen: str, hint: str) -> None:
    (tmp_path / "model.yaml").write_text("reportgen: 1\n")
    with pytest.raises(ModelError) as caught:
        brand_of(tmp_path, chosen)
    (problem,) = caught.value.problems
    assert problem.code == "RG211" and problem.message.startswith("there is no brand `")
    assert problem.hint.startswith(hint) and "halden, reportgen" in problem.hint
    assert problem.source.name == str(tmp_path / "model.yaml")
