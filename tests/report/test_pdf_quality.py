"""Every template's PDF is one for the archive and for a screen reader, and no page of it has a flaw."""

from __future__ import annotations

import base64
import io
import warnings
from base64 import b64encode
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from reportgen.compute.answers import Answers
from reportgen.report.html import render_html, template_names
from reportgen.report.pdf.attachments import WORKBOOK, YAML, Attachment
from reportgen.report.pdf.render_pdf import RenderingError, html_to_pdf
from reportgen.report.report_settings import default_report_settings
from reportgen.report.template import template_kind
from tests.engines import page_validation, verapdf
from tests.report.page_checks import findings, reading_order, tags
from tests.report.test_page_checks import SOUND

AS_OF = date(2026, 6, 30)
FILES = (
    Attachment("team-chat.yaml", b"reportgen: 1\n", YAML, "Source", "The cost model", AS_OF),
    Attachment("team-chat.xlsx", b"PK not really", WORKBOOK, "Data", "The live workbook", AS_OF),
    Attachment("Überblick.md", b"# Too\n", "text/markdown", "Source", "Goes with the cost model", AS_OF),
)
SVG = b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>').decode()
TEMPLATES = [
    name for name in template_names() if template_kind(replace(default_report_settings(), template=name)) == "pdf"
]


@pytest.fixture(scope="module")
def made(team: Answers) -> dict[str, tuple[bytes, str]]:
    """PDF and HTML by template."""
    found = {}
    for name in TEMPLATES:
        report_settings = replace(default_report_settings(), template=name)
        html = render_html(team, report_settings)
        found[name] = html_to_pdf(html, report_settings, lambda: FILES), html
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_page_has_a_flaw(name: str, made: dict[str, tuple[bytes, str]]) -> None:
    assert findings(*made[name]) == []


def picture(mode: str) -> str:
    """A PNG as an address."""
    out = io.BytesIO()
    Image.new(mode, (40, 20), "#12355B").save(out, "PNG")
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"


def test_each_template_keeps_both_standards(made: dict[str, tuple[bytes, str]], tmp_path: Path) -> None:
    """And so does a document with pictures, which a logo or the narrative may bring."""
    pictures = "".join(f'<p><img src="{picture(mode)}" alt="A sign" width="40"></p>' for mode in ("RGB", "RGBA", "L"))
    files = {name: pdf for name, (pdf, _) in made.items()} | {
        "pictures": html_to_pdf(SOUND.replace("</body>", pictures + "</body>"))
    }
    for name, pdf in files.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
        assert page_validation.failures(pdf) == [], name
    found = verapdf.failures(sorted(tmp_path.glob("*.pdf")))
    assert {Path(file).stem: rules for file, rules in found.items()} == {name: {"3a": [], "ua1": []} for name in files}


def test_the_validators_find_what_is_missing(tmp_path: Path) -> None:
    from weasyprint import HTML

    for name, variant in (("none", None), ("ua1", "pdf/ua-1"), ("3b", "pdf/a-3b")):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # it leaves its colour profile open
            (tmp_path / f"{name}.pdf").write_bytes(HTML(string=SOUND).write_pdf(pdf_variant=variant))
    found = verapdf.failures(sorted(tmp_path.glob("*.pdf")))
    valid = {(Path(file).stem, standard) for file, rules in found.items() for standard in rules if not rules[standard]}
    assert valid == {("ua1", "ua1")}
    for name, rule in (("none", "PDFA3A"), ("ua1", "PDFA3A"), ("3b", "PDFUA1")):
        assert rule in "".join(page_validation.failures((tmp_path / f"{name}.pdf").read_bytes()))


def attached(pdf: bytes) -> list[Any]:
    root = pypdf.PdfReader(io.BytesIO(pdf)).root_object
    return [each.get_object() for each in root["/AF"]]  # type: ignore[union-attr]


def test_files_are_attached_once_with_kind_relationship_and_date(made: dict[str, tuple[bytes, str]]) -> None:
    for pdf, _ in made.values():
        files = attached(pdf)
        shown = [(each["/UF"], each["/AFRelationship"], each["/Desc"]) for each in files]
        assert shown == [
            ("team-chat.xlsx", "/Data", "The live workbook"),
            ("team-chat.yaml", "/Source", "The cost model"),
            ("Überblick.md", "/Source", "Goes with the cost model"),
        ]
        streams = [each["/EF"]["/F"].get_object() for each in files]
        assert [each["/Subtype"] for each in streams] == [f"/{WORKBOOK}", "/application/yaml", "/text/markdown"]
        assert {each["/Params"]["/ModDate"] for each in streams} == {"D:20260630000000Z"}
        assert [each.get_data() for each in streams] == [FILES[1].data, FILES[0].data, FILES[2].data]
        named = pypdf.PdfReader(io.BytesIO(pdf)).root_object["/Names"]["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
        assert len(named) == 6


def test_the_order_of_the_files_makes_no_other_bytes() -> None:
    assert html_to_pdf(SOUND, None, lambda: FILES) == html_to_pdf(SOUND, None, lambda: FILES[::-1])


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        html_to_pdf(SOUND, None, lambda: (FILES[0], FILES[0]))


def test_a_row_that_goes_over_a_page_stays_one() -> None:
    long = "".join(f"<p>Line {number} of a long cell.</p>" for number in range(90))
    table = f"<table id=t1><caption>Long</caption><thead><tr><th scope=col>A<th scope=col>B</thead><tr><td>{long}<td>x"
    html = f"{SOUND.partition('<table')[0]}{table}<tfoot><tr><td>End<td>End</tfoot></table><p>{'After. ' * 20}</p>"
    pdf = html_to_pdf(html)
    assert page_validation.failures(pdf) == []
    assert list(tags(pdf, html)) == []
    assert not [said for said in reading_order(pdf, html) if said.startswith("by the tags")]


def test_metadata_name_both_standards_and_can_be_read_without_unpacking() -> None:
    pdf = html_to_pdf(SOUND)
    for said in (b'pdfaid:part="3"', b'pdfaid:conformance="A"', b"<pdfuaid:part>1</pdfuaid:part>"):
        assert said in pdf
    root = pypdf.PdfReader(io.BytesIO(pdf)).root_object
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert root["/Lang"] == "en"


SCRIPTED = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>').decode()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p style='colour: red'>x", "`colour: red` is nothing that the PDF understands"),
        ("<p><a href='#nowhere'>x</a>", "a link leads to `#nowhere`, and no element has this id"),
        ("<img src='reportgen:/no.png' alt=x>", "there is no such file with the templates, fonts or the brand"),
        ("<img src='reportgen:/shared/base.css' alt=x>", "cannot be shown"),
        (f"<img src='data:image/svg+xml;base64,{SVG}'>", "has no words for who cannot see it"),
        ("<img alt=x src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>", "PNG and SVG pictures only"),
        (f"<img alt=x src='data:image/svg+xml;base64,{SCRIPTED}'>", "it holds the element <script>"),
        ("<p>\U00012345", "no font of this report has “\U00012345” (U+12345), as in"),
        ("<table><colgroup><col><col></colgroup><tr><td colspan=2>a<td>b</table>", ""),
        ("<div>" * 2_000, "nested too deeply"),
    ],
)
def test_warnings_are_told_in_an_authors_words(body: str, said: str) -> None:
    html = f"<!DOCTYPE html><html lang=en><title>t</title><body>{body}"
    if not said:
        assert html_to_pdf(html)
        return
    with pytest.raises(RenderingError) as caught:
        html_to_pdf(html)
    assert str(caught.value).startswith("the template `whitepaper` makes a PDF that would not be right:\n  ")
    assert said in str(caught.value)


def test_css_that_is_not_understood_has_its_place(tmp_path: Path) -> None:
    (tmp_path / "whitepaper").mkdir()
    (tmp_path / "whitepaper" / "style.css").write_text("p { }\nh1 { colour: teal }\n", encoding="utf-8")
    html = "<!DOCTYPE html><html lang=en><title>t</title><style>h1 { colour: teal }</style><p>x"
    with pytest.raises(RenderingError, match=r"whitepaper/style.css:2: `colour: teal` is nothing"):
        html_to_pdf(html, replace(default_report_settings(), own=tmp_path))


@pytest.mark.parametrize("head", ["", "<title></title>"])
def test_a_document_without_a_title_is_refused(head: str) -> None:
    with pytest.raises(RenderingError, match="no title"):
        html_to_pdf(f"<!DOCTYPE html><html lang=en>{head}<p>x")
