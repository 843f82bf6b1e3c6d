"""The PDF: the same numbers as the results, sound contents, nothing outside the page, nothing from elsewhere."""

from __future__ import annotations

import builtins
import io
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pytest

from reportgen.compute.answers import Answers
from reportgen.report.html import render_html
from reportgen.report.pdf import render_pdf as module
from reportgen.report.pdf.fetcher import RefusedAddressError, find_asset, make_fetcher
from reportgen.report.pdf.render_pdf import PangoMissingError, RenderingError, html_to_pdf
from reportgen.report.report_settings import default_report_settings
from reportgen.report.view import ReportView, make_view
from reportgen.resources import font_folders, inputs_folder, templates_folder
from tests.branding.hostile import PNGS, SVGS
from tests.engines import page_validation
from tests.report.conftest import page_texts, page_words, results_of
from tests.report.edge_models import edge_model
from tests.report.page_checks import findings

MILLIMETRE = 72 / 25.4
LINE = re.compile(r"^(\d+(?:\.\d+)?|[A-Z]) *(.+?) *(?:\. ?){3,} *(\d+)$", re.MULTILINE)


@pytest.mark.parametrize("name", ["team", "agents"])
def test_it_shows_the_numbers_of_the_results(name: str, request: pytest.FixtureRequest) -> None:
    results: Answers = request.getfixturevalue(name)
    text = " ".join(" ".join(page_texts(request.getfixturevalue(f"{name}_pdf"))).split())
    headline = results.model.headline.name
    for option in results.model.options:
        assert f"€{results.value(headline, option.id):,.0f}" in text
    view = make_view(results)
    tables = [*view.totals, *view.metrics, *view.calculations, *(t for c in view.categories for t in c.tables)]
    for table in tables:
        for row in table.rows:
            shown = " ".join(f"{cell.text} {cell.mark}" for cell in row.cells)
            assert " ".join(shown.split()) in text, row.name


def test_the_totals_are_those_of_the_published_comparison(agents_pdf: bytes) -> None:
    summary = " ".join(page_texts(agents_pdf)[2].split())
    for figure in ("€204,877", "€127,652", "€168,668", "€77,225", "€41,016", "37.7%", "24.3%"):
        assert figure in summary


def test_three_options_stand_side_by_side_on_the_cover(agents_pdf: bytes) -> None:
    names = [word for word in page_words(agents_pdf)[0] if str(word["size"])[:4] == "10.5"]
    foot = [word for word in names if word["text"] in ("Self-hosted", "Connic", "Inngest")]
    assert len(foot) == 3 and len({round(float(str(word["top"]))) for word in foot}) == 1


@pytest.mark.parametrize("name", ["team", "agents", "awkward"])
def test_the_contents_name_the_pages_where_sections_begin(name: str, request: pytest.FixtureRequest) -> None:
    results: Answers = request.getfixturevalue(name)
    pdf = request.getfixturevalue(f"{name}_pdf")
    entries = {number: int(page) for number, _, page in LINE.findall(page_texts(pdf)[1])}
    large = [" ".join(str(w["text"]) for w in words if w["size"] > 12.8) for words in page_words(pdf)]  # type: ignore[operator]
    view = make_view(results)
    sections = [*view.sections, *(part for section in view.sections for part in section.parts)]
    assert set(entries) == {section.number for section in sections}
    for section in sections:
        heading, page = f"{section.number} {section.title[:30]}", entries[section.number]
        assert heading in large[page - 1], f"{section.title} is not on page {page}"
        assert heading not in large[page - 2]


def test_pages_are_numbered_and_headed(agents_pdf: bytes, agents: Answers) -> None:
    for number, words in enumerate(page_words(agents_pdf)[1:], 2):
        top = " ".join(str(word["text"]) for word in words if word["bottom"] < 25 * MILLIMETRE)  # type: ignore[operator]
        foot = [str(word["text"]) for word in words if word["top"] > 274 * MILLIMETRE]  # type: ignore[operator]
        assert top.startswith(agents.model.title)
        assert foot[-1] == str(number)


@pytest.mark.parametrize("name", ["agents", "awkward"])
def test_no_page_has_a_flaw(name: str, request: pytest.FixtureRequest) -> None:
    pdf = request.getfixturevalue(f"{name}_pdf")
    assert findings(pdf, render_html(request.getfixturevalue(name))) == []
    assert page_validation.failures(pdf) == []


def test_it_is_tagged_and_says_what_it_is(agents_pdf: bytes, agents: Answers) -> None:
    reader = pypdf.PdfReader(io.BytesIO(agents_pdf))
    catalog = reader.root_object
    assert reader.metadata is not None
    assert reader.metadata.title == agents.model.title
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in agents_pdf or "pdfuaid" in catalog["/Metadata"].get_object().get_data().decode()
    assert str(reader.metadata.creation_date).startswith("2026-05-16")


def test_bookmarks_are_the_sections(agents_pdf: bytes, agents: Answers) -> None:
    outline = pypdf.PdfReader(io.BytesIO(agents_pdf)).outline
    top = [re.sub(r"^\S+?(?=[A-Z])", "", str(each["/Title"])) for each in outline if not isinstance(each, list)]
    assert [title.split()[-1] for title in top] == [s.title.split()[-1] for s in make_view(agents).sections]


def test_two_processes_write_the_same_bytes(team_pdf: bytes) -> None:
    code = (
        "import sys; from pathlib import Path; from reportgen.model.load import load_model;"
        "from reportgen.compute.answers import evaluate; from reportgen.report.pdf.render_pdf import render_pdf;"
        "sys.stdout.buffer.write(render_pdf(evaluate(load_model(Path(sys.argv[1]))[0])))"
    )
    path = inputs_folder() / "team-chat.yaml"
    again = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True)
    assert again.stdout == team_pdf


def document(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html lang=en><head><title>t</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "head", "said"),
    [
        ("<p><img src='reportgen:/no-such.png' alt=x>", "", "no-such.png"),
        ("<p><a href='#nowhere'>x</a>", "", "nowhere"),
        ("<p id=a>x<p id=a>y", "", "`a`"),
        ("<p>x", "<style>p { colour: red }</style>", "colour"),
        ("<p><img src='file:///etc/hostname' alt=x>", "", "file:///etc/hostname"),
        ("<p>x", "<link rel=attachment href='file:///etc/hostname'>", "attaches nothing"),
        ("<p><a rel=attachment href='file:///etc/hostname'>x</a>", "", "attaches nothing"),
        ("<p>x", "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>", "127.0.0.1"),
        ("<p><img src='data:image/png;base64,AAAA' alt=x>", "", "data:"),
    ],
)
def test_what_cannot_be_shown_or_may_not_be_loaded_is_an_error(body: str, head: str, said: str) -> None:
    with pytest.raises(RenderingError, match=re.escape(said)):
        html_to_pdf(document(body, head))


def test_a_sound_document_passes() -> None:
    assert html_to_pdf(document("<p>x")).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "url",
    [
        "reportgen:/../pyproject.toml",
        "reportgen:/%2e%2e/pyproject.toml",
        "reportgen:/whitepaper/../../pyproject.toml",
        "reportgen:///etc/hostname",
        "reportgen://etc/hostname",
        "reportgen:/whitepaper",
        "file:///etc/hostname",
        "https://example.com/",
    ],
)
def test_only_files_of_the_templates_are_served(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        find_asset(url, (templates_folder(), *font_folders()))


@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_picture_of_an_own_template_is_looked_at_before_it_is_drawn(tmp_path: Path, name: str) -> None:
    data = PNGS["50,000 x 50,000"][0] if name == "a.png" else SVGS["pattern"][0].encode()
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RefusedAddressError, match="cannot be shown"):
        make_fetcher((tmp_path,)).fetch(f"reportgen:/{name}")
    kind = "png" if name == "a.png" else "svg+xml"
    with pytest.raises(RefusedAddressError, match="cannot be shown"):
        make_fetcher(()).fetch(f"data:image/{kind};base64,{b64encode(data).decode()}")


def test_a_file_that_is_a_link_to_itself_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "round.png").symlink_to("round.png")
    with pytest.raises(RefusedAddressError, match="no such file"):
        find_asset("reportgen:/round.png", (tmp_path,))


def test_templates_and_fonts_are_served() -> None:
    folders = (templates_folder(), *font_folders())
    assert find_asset("reportgen:/whitepaper/style.css", folders).is_file()
    assert find_asset("reportgen:/SourceSansPro-Regular.ttf", folders).is_file()


def test_a_title_of_one_word_and_a_long_line_of_code_stay_on_the_page() -> None:
    """Also in the running heads; and code is set in the brand's font, not in one of the system."""
    answer = f'"```\\n{"code " * 60}\\n```"'
    plan = f"report: {{faq: [{{question: Why, answer: {answer}}}]}}\n"
    html = render_html(results_of(edge_model({"a": 1, "b": 2}, plan).replace("title: Edge", f"title: {'W' * 120}")))
    pdf = html_to_pdf(html)
    assert findings(pdf, html) == []
    assert all(b"Source" in name for name in font_names(pdf))


@pytest.mark.parametrize("address", ["javascript:run()", "file:///etc/hostname", "data:text/html,x", "page.html"])
def test_a_link_leads_to_pages_only(address: str) -> None:
    with pytest.raises(RenderingError, match="links begin with https:"):
        html_to_pdf(document(f"<p><a href='{address}'>A link</a>"))


def test_a_brand_s_own_folder_is_served_too(tmp_path: Path) -> None:
    picture = a_picture()
    (tmp_path / "sign.png").write_bytes(picture)
    report_settings = replace(
        default_report_settings(), brand=replace(default_report_settings().brand, folder=tmp_path)
    )
    html = document("<p><img src='reportgen:/sign.png' alt='A sign'>")
    assert html_to_pdf(html, report_settings).startswith(b"%PDF-")
    with pytest.raises(RenderingError, match="no such file"):
        html_to_pdf(html)


def test_pictures_in_the_document_are_shown() -> None:
    address = f"data:image/png;base64,{b64encode(a_picture()).decode()}"
    assert b"/Subtype /Image" in html_to_pdf(document(f"<p><img src='{address}' alt='A sign'>"))


def a_picture() -> bytes:
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGB", (4, 4), "#336699").save(target, "PNG")
    return target.getvalue()


def test_only_the_brand_fonts_are_used(agents_pdf: bytes) -> None:
    names = font_names(agents_pdf)
    assert names
    assert all(b"Source" in name for name in names), names


def font_names(pdf: bytes) -> set[bytes]:
    names = set(re.findall(rb"/FontName /[A-Z]{6}\+([\w-]+)", pdf))
    for page in pypdf.PdfReader(io.BytesIO(pdf)).pages:
        fonts = page["/Resources"].get_object().get("/Font", {}).get_object()  # type: ignore[union-attr]
        names |= {str(font.get_object()["/BaseFont"]).encode() for font in fonts.values()}
    return names


def test_a_system_without_pango_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    real = builtins.__import__

    def without(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "weasyprint":
            sys.stdout.write("-----\nWeasyPrint could not import some external libraries.")
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.setattr(module.shutil, "which", lambda name: "/usr/bin/dnf" if name == "dnf" else None)
    monkeypatch.setattr(module.platform, "system", lambda: "Linux")
    with pytest.raises(PangoMissingError, match="dnf install pango"):
        module.load_weasyprint()
    assert capsys.readouterr().out == ""


def test_the_scenario_stands_on_cover_and_summary(team: Answers) -> None:
    from reportgen.compute.answers import evaluate

    html = render_html(evaluate(team.model, team.model.scenario("growth")))
    cover, rest = html.split("</header>", 1)
    summary = rest.split('id="question"', 1)[0]
    assert "scenario: Doubled team" in cover
    assert "<strong>Doubled team</strong>" in summary


def test_incomplete_is_said_on_the_summary(team_pdf: bytes, team_view: ReportView) -> None:
    summary = " ".join(page_texts(team_pdf)[2].split())
    assert "No price was quoted for Security audit (Set-up) of Hosted" in summary
    assert summary.count("incomplete") >= 5
    assert "Lowest cost Self-run of the options with all prices: Self-run" in summary
    assert team_view.cheapest.option != "Hosted"
