"""`reportgen build`: which files it makes of templates, locales and brands, and what it says where it cannot."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner, Result

from reportgen.cli.build import KINDS, LOCALES
from reportgen.cli.main import cli
from reportgen.outputs import TemplateChoice, find_template, sources_of
from reportgen.pipeline import run
from reportgen.report import report_settings
from reportgen.resources import templates_folder
from tests.conftest import ROOT

TEAM_CHAT, AGENTS = str(ROOT / "inputs" / "team-chat.yaml"), str(ROOT / "inputs" / "agent-runtime")


def build(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["build", *arguments], catch_exceptions=False)


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_command_knows_the_locales_of_reports() -> None:
    assert LOCALES == report_settings.LOCALES


def test_a_template_is_named_or_lies_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "ours"
    (own / "letter").mkdir(parents=True)
    (own / "letter" / "template.html").write_text("x", "utf-8")
    assert find_template("brief") == TemplateChoice("brief")
    assert find_template(str(own)) == TemplateChoice("whitepaper", own)
    assert find_template(str(own / "letter")) == TemplateChoice("letter", own)
    assert find_template(str(own / "brief")) == TemplateChoice("brief", own), "overrides parts of a shipped one"
    monkeypatch.chdir(own)
    assert find_template("letter") == TemplateChoice("letter", own)
    with pytest.raises(ValueError, match="the templates are article, brief, evaluation, whitepaper"):
        find_template("brochure")


def test_a_folder_of_one_template_need_not_have_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "article").mkdir()
    (tmp_path / "article" / "style.css").write_text("p { color: red }", "utf-8")
    assert find_template(str(tmp_path / "article")) == TemplateChoice("article", tmp_path)


def test_a_report_that_no_template_makes_is_a_usage_error(tmp_path: Path) -> None:
    done = build(TEAM_CHAT, "--template", "brief", "--only", "html", "-o", str(tmp_path))
    assert done.exit_code == 2
    assert "--only html: none of the chosen templates makes it" in done.stderr


def test_a_pdf_carries_what_it_was_made_from_and_no_more(tmp_path: Path) -> None:
    """Whatever else lies in the model's folder is nobody's business, least of all what a link there leads to."""
    text = tmp_path / "model" / "text"
    text.mkdir(parents=True)
    for name in ("a.md", "a.de.md", "a.draft.md"):
        (text / name).write_text("# A\n", "utf-8")
    (tmp_path / "model" / "brand.yaml").write_text("name: Not asked for\n", "utf-8")
    (tmp_path / "model" / "ours.yaml").write_text("name: Ours\n", "utf-8")
    plan = "report: {sections: [{file: text/a.md}]}\n"
    (tmp_path / "model" / "model.yaml").write_text(Path(TEAM_CHAT).read_text("utf-8") + plan, "utf-8")
    model = tmp_path / "model"
    for brand, carried in (("halden", []), ("", ["brand.yaml"]), ("ours.yaml", ["ours.yaml"])):
        names = [path.relative_to(model).as_posix() for path in sources_of(run(model, brand=brand))]
        assert names == ["model.yaml", *carried, "text/a.md", "text/a.de.md"]


def test_what_is_unknown_is_a_usage_error(tmp_path: Path) -> None:
    for wrong in (("--template", "brochure"), ("--locale", "fr"), ("--jobs", "0"), ("--only", "docx")):
        result = build(TEAM_CHAT, *wrong, "-o", str(tmp_path))
        assert result.exit_code == 2, wrong
        assert "Traceback" not in result.output
    unknown = build(TEAM_CHAT, "--brand", "haldn", "--only", "json", "-o", str(tmp_path))
    assert unknown.exit_code == 1
    assert "halden" in unknown.stderr
    assert files_of(tmp_path) == []


def test_files_are_called_by_template_and_locale(tmp_path: Path) -> None:
    done = build(
        *(TEAM_CHAT, "--template", "brief", "--template", "article", "--locale", "en", "--locale", "de-AT"),
        *("--only", "pdf,html", "-o", str(tmp_path)),
    )
    assert done.exit_code == 0, done.stderr
    expected = ["team-chat-brief.de-AT.pdf", "team-chat-brief.pdf", "team-chat.de-AT.html", "team-chat.html"]
    assert files_of(tmp_path) == expected
    assert '<html lang="de-AT"' in (tmp_path / "team-chat.de-AT.html").read_text("utf-8")
    assert '<html lang="en"' in (tmp_path / "team-chat.html").read_text("utf-8")
    reader = pypdf.PdfReader(io.BytesIO((tmp_path / "team-chat-brief.pdf").read_bytes()))
    assert sorted(reader.attachments) == ["team-chat.xlsx", "team-chat.yaml"]
    assert reader.attachments["team-chat.yaml"][0] == Path(TEAM_CHAT).read_bytes()
    build(TEAM_CHAT, "--only", "xlsx", "-o", str(tmp_path))
    assert reader.attachments["team-chat.xlsx"][0] == (tmp_path / "team-chat.xlsx").read_bytes()


def test_without_a_template_html_is_the_article_and_charts_are_pictures(tmp_path: Path) -> None:
    done = build(TEAM_CHAT, "--only", "html,charts", "--brand", "halden", "-o", str(tmp_path))
    assert done.exit_code == 0, done.stderr
    found = files_of(tmp_path)
    assert "team-chat.html" in found
    pictures = [name for name in found if name.startswith("team-chat-charts/")]
    assert {Path(name).suffix for name in pictures} == {".svg", ".png"}
    assert any("social" in name or "card" in name for name in pictures)
    assert set(found) == {"team-chat.html", *pictures}


def test_several_processes_write_what_one_does(tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        assert build(TEAM_CHAT, AGENTS, "--only", "json", "--jobs", jobs, "-o", str(tmp_path / jobs)).exit_code == 0
    assert files_of(tmp_path / "1") == files_of(tmp_path / "2") == ["agent-runtime.json", "team-chat.json"]
    for name in files_of(tmp_path / "1"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_template_with_a_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    own = tmp_path / "ours"
    (own / "shared" / "blocks").mkdir(parents=True)
    (own / "shared" / "blocks" / "results.html").write_text("<p>\n{% if %}\n</p>\n", "utf-8")
    done = build(TEAM_CHAT, "--template", str(own), "--only", "pdf", "-o", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "results.html:2" in done.stderr
    assert "RG912" in done.stderr
    assert not (tmp_path / "out").exists()


def test_kinds_are_those_of_the_help() -> None:
    assert ",".join(KINDS) in build("--help").output.replace("\n", "").replace(" ", "")
    assert (templates_folder() / "article").is_dir()
