"""Fonts: the shipped ones are what the table says, and files beside a brand are what their entries say."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reportgen.brand import BRAND_FILE, Brand, read_brand, shipped_brand, shipped_names
from reportgen.branding import fonts
from reportgen.branding.fonts import check_face, shipped_faces
from reportgen.branding.relative_path import file_beside
from reportgen.problems import ModelError, Problem
from reportgen.report.pdf.fetcher import find_asset
from reportgen.resources import SHIPPED_FONTS, font_folder, font_folders, templates_folder
from tests.branding.hostile import changed_bytes, garbage, without

SEMIBOLD = font_folder("font_manrope") / "Manrope-SemiBold.ttf"
VARIABLE = font_folder("font_manrope") / "Manrope-VariableFont_wght.ttf"


def entry(**changes: object) -> str:
    keys = {"family": "Manrope SemiBold", "file": "fonts/own.ttf", "weight": 600, **changes}
    return "{" + ", ".join(f"{key}: {value}" for key, value in keys.items()) + "}"


def own(folder: Path, entries: str, base: str = "Manrope SemiBold") -> Brand:
    (folder / BRAND_FILE).write_text(f"name: A\ntypography:\n  base: {base}\n  fonts: [{entries}]\n")
    return read_brand(folder / BRAND_FILE, shipped_brand())


def problems_of(folder: Path, entries: str, base: str = "Manrope SemiBold") -> tuple[Problem, ...]:
    with pytest.raises(ModelError) as caught:
        own(folder, entries, base)
    return caught.value.problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With the file of one face in it, in a folder of its own."""
    (tmp_path / "fonts").mkdir()
    shutil.copy(SEMIBOLD, tmp_path / "fonts" / "own.ttf")
    return tmp_path


@pytest.mark.parametrize("family", SHIPPED_FONTS)
def test_every_shipped_face_is_what_the_table_says(family: str) -> None:
    faces = shipped_faces(family)
    assert (400, "normal") in {(face.weight, face.style) for face in faces}
    for face in faces:
        check_face(face.file.read_bytes(), family, face.weight, face.style)
        assert face.file.parent in font_folders()
        assert face.address == f"reportgen:/{face.file.name}"


def test_a_file_beside_the_brand_is_a_font_of_it(folder: Path) -> None:
    brand = own(folder, entry())
    (face,) = [each for each in brand.faces if each.family == "Manrope SemiBold"]
    assert (face.weight, face.style, face.address) == (600, "normal", "reportgen:/fonts/own.ttf")
    assert brand.folder is not None and (brand.folder / "fonts" / "own.ttf").samefile(face.file)
    assert brand.font_folders[0] == face.file.parent
    assert {each.family for each in brand.faces} == {"Manrope SemiBold", shipped_brand().fonts.headings}


def test_a_listed_font_that_no_role_names_is_kept_for_signs_that_the_others_lack(folder: Path) -> None:
    brand = own(folder, entry(), base="Hanken Grotesk")
    assert brand.faces[-1].family == "Manrope SemiBold"
    assert [face.family for face in brand.faces].count("Manrope SemiBold") == 1


def test_an_own_file_goes_before_a_shipped_family_of_its_name(folder: Path) -> None:
    brand = own(folder, entry(family="Manrope"), "Manrope")
    assert [each.file.name for each in brand.faces if each.family == "Manrope"] == ["own.ttf"]


def test_a_family_that_is_not_here(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, "", "Manrop")
    assert (problem.code, problem.message) == ("RG902", "`base`: there is no font `Manrop` here")
    assert problem.hint.startswith("did you mean `Manrope`? there are Source Sans Pro, Source Serif Pro, ")
    (problem,) = problems_of(tmp_path, "", "Helvetica")
    assert all(family in problem.hint for family in SHIPPED_FONTS)


def test_a_workbook_may_name_any_font_of_its_readers(tmp_path: Path) -> None:
    (tmp_path / BRAND_FILE).write_text("name: A\ntypography: {workbook: Aptos Narrow}\n")
    assert read_brand(tmp_path / BRAND_FILE, shipped_brand()).fonts.workbook == "Aptos Narrow"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": "fonts/none.ttf"}, "no such file"),
        ({"file": "../own.ttf"}, "outside the brand’s folder"),
        ({"file": "brand.yaml"}, "no TrueType or OpenType font"),
        ({"family": "Manrop"}, "its family is Manrope or Manrope SemiBold, not Manrop"),
        ({"family": "'Arial; x'"}, "no name of a font"),
        ({"weight": 400}, "its weight is 600, not 400"),
        ({"style": "italic"}, "its style is normal, not italic"),
    ],
)
def test_a_file_that_is_not_what_its_entry_says(folder: Path, changes: dict[str, object], said: str) -> None:
    found = problems_of(folder, entry(**changes), "Manrope")
    assert [problem.code for problem in found if said in problem.message] == ["RG902"]


def test_entries_are_read_as_keys_of_a_model_are(folder: Path) -> None:
    codes = {problem.code for problem in problems_of(folder, "{file: x.ttf, wight: 4}, 5, " + entry(style="oblique"))}
    assert codes >= {"RG201", "RG203", "RG204", "RG208"}


@pytest.mark.parametrize(
    ("leave", "allowed"), [(0, True), (4, True), (8, True), (2, False), (0x100, False), (0x200, False)]
)
def test_a_font_must_allow_to_be_embedded(folder: Path, leave: int, allowed: bool) -> None:
    font = TTFont(SEMIBOLD)
    font["OS/2"].fsType = leave
    font.save(folder / "fonts" / "own.ttf")
    if allowed:
        assert own(folder, entry()).faces
    else:
        (problem,) = problems_of(folder, entry())
        assert "does not allow to embed it" in problem.message


def test_a_variable_or_damaged_font_is_refused(folder: Path) -> None:
    shutil.copy(VARIABLE, folder / "fonts" / "own.ttf")
    (problem,) = problems_of(folder, entry())
    assert "it is a variable font; take the static file of each weight" in problem.message
    whole = SEMIBOLD.read_bytes()
    for damaged in (whole[:4], whole[:300], whole[:5_000], whole[:20] + b"\xff" * 400 + whole[420:]):
        (folder / "fonts" / "own.ttf").write_bytes(damaged)
        (problem,) = problems_of(folder, entry())
        assert problem.message.endswith(("it is damaged", "is missing or damaged"))
    (folder / "fonts" / "own.ttf").write_bytes(b"\0\1\0\0" + b"\0" * 5_000_001)
    assert "larger than 5 MB" in problems_of(folder, entry())[0].message


@pytest.mark.parametrize("table", ["glyf", "loca", "hmtx", "hhea", "GSUB", "GPOS", "GDEF", "gasp", "cmap", "head"])
@pytest.mark.parametrize("checksum", [False, True], ids=["as it is", "with its checksum"])
def test_a_font_with_garbage_in_a_table_is_refused(folder: Path, table: str, checksum: bool) -> None:
    (folder / "fonts" / "own.ttf").write_bytes(garbage(table, checksum=checksum))
    (problem,) = problems_of(folder, entry())
    assert problem.code == "RG902" and "damaged" in problem.message and problem.span is not None


@pytest.mark.parametrize("table", ["hmtx", "hhea", "glyf", "cmap"])
def test_a_font_without_a_table_that_reports_need(folder: Path, table: str) -> None:
    (folder / "fonts" / "own.ttf").write_bytes(without(table))
    (problem,) = problems_of(folder, entry())
    assert f"its table `{table}` is missing or damaged" in problem.message


def test_fonts_that_take_too_long_together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "MAX_SECONDS", -1)
    (problem,) = problems_of(folder, entry(), "Manrope")
    assert problem.code == "RG902" and "seconds to read" in problem.message


@pytest.mark.parametrize("seed", range(6))
def test_a_font_with_60_bytes_changed(folder: Path, seed: int) -> None:
    (folder / "fonts" / "own.ttf").write_bytes(changed_bytes(seed))
    (problem,) = problems_of(folder, entry())
    assert problem.code == "RG902" and problem.message.endswith("damaged")


@pytest.mark.parametrize("name", shipped_names())
def test_the_fetcher_finds_what_a_shipped_brand_calls_its_files(name: str) -> None:
    brand = shipped_brand(name=name)
    assert brand.folder is not None and brand.logo is not None and brand.logo.dark is not None
    folders = (templates_folder(), *font_folders(), brand.folder)
    for face in brand.faces:
        assert find_asset(face.address, folders).samefile(face.file)
    assert find_asset(brand.logo.light.address, folders).samefile(brand.folder / "logo.svg")
    assert find_asset(brand.logo.dark.address, folders).samefile(brand.folder / "logo-dark.svg")


def test_the_fetcher_finds_files_whose_names_have_blanks_and_signs(folder: Path) -> None:
    (folder / "my fonts").mkdir()
    (folder / "my fonts" / "ä'\"#%.ttf").write_bytes(SEMIBOLD.read_bytes())
    brand = own(folder, entry(file=r'''"my fonts/ä'\"#%.ttf"'''))
    (face,) = [each for each in brand.faces if each.family == "Manrope SemiBold"]
    assert not set("'\"# ()") & set(face.address), "it stands between quotes in a style sheet"
    assert find_asset(face.address, (folder,)).samefile(face.file)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "logo.png")
    with pytest.raises(ValueError, match="it is no file"):
        file_beside(tmp_path, "logo.png", 10)
