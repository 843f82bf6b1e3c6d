"""Mistakes in a user's own template are told with their place in its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from reportgen.problems import ModelError, render_all
from reportgen.report import page_limits as limits
from reportgen.report.html import fill
from reportgen.report.report_settings import default_report_settings
from reportgen.report.template_errors import usable_templates
from reportgen.report.translations import texts_of_templates
from reportgen.report.view import ReportView

DOCS = Path(__file__).parents[2] / "docs" / "errors.md"


def said(folder: Path, view: ReportView) -> str:
    report_settings = replace(default_report_settings(), own=folder)
    with pytest.raises(ModelError) as caught:
        fill(view, report_settings)
    assert {problem.code for problem in caught.value.problems} == {"RG912"}
    return render_all(caught.value.problems)


def own_template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "whitepaper").mkdir(parents=True)
    (tmp_path / "mine" / "whitepaper" / "template.html").write_text(text, encoding="utf-8")
    return Path("mine")


def test_the_example_of_the_page_on_errors(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team_view: ReportView
) -> None:
    folder = own_template(
        tmp_path, monkeypatch, "<!DOCTYPE html>\n<h1>{{ view.title }}</h1>\n<p>{{ view.subtitel }}</p>\n"
    )
    assert said(folder, team_view) in DOCS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("{% if view.title %}", "2:4", "unexpected end of template"),
        ("<p>{{ view.title | capitalise }}", "2:20", "did you mean `capitalize`?"),
        ("<p>{{ veiw.title }}", "2:7", "did you mean `view`?"),
        ("{% include 'shared/macro.html' %}", "2:13", "did you mean `shared/macros.html`?"),
        ("{{ ''.__class__ }}", "2:7", "does not reach into Python"),
        ("{{ view.options.append(1) }}", "2:1", "append"),
        ("{% for _ in range(10**9) %}{% endfor %}", "2:1", "no list may be longer"),
        ("{{ 1 / 0 }}", "2:1", "division by zero"),
        ("{{ gettext(1, 2, 3) }}", "2:1", "gettext"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "2:", "never comes to an end"),
        ("{% include 'whitepaper/template.html' %}", "2:", "never comes to an end"),
        ("{% extends 'whitepaper/template.html' %}", "2:", "never comes to an end"),
        ("{% include '/etc/hostname' %}", "2:13", "there is no template"),
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "2:1",
            "more than 1 seconds",
        ),
        ("{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(99) }}", "2:", "1 seconds"),
        ("{{ 'a' * 10**11 }}", "2:1", "more memory"),
        ("{{ 'a' | center(9999999999) }}", "2:1", "more memory"),
        ("{{ settings.folders[0].parent }}", "2:13", "has no attribute `folders`"),
        ("{{ (settings.own / '..' / 'secret').open().read() }}", "2:14", "has no attribute `own`"),
        ("{{ brand.faces[0].file.read_bytes() }}", "2:19", "has no attribute `file`"),
        ("{{ view.totals[0].rows.index.__self__ }}", "2:30", "does not reach into Python"),
        ("{{ '{0.__class__}'.format(view) }}", "2:20", "does not reach into Python"),
        ("{{ gettext('{p.title}', p=view) }}", "2:1", "braces hold the name of a value and nothing else"),
        ("{{ gettext('{p!r}', p='') }}", "2:1", "braces hold the name of a value and nothing else"),
        ("{{ gettext('{p}', p=view) }}", "2:14", "is neither text nor a number"),
        ("{{ gettext('{p}', q=1) }}", "2:14", "there is no value `p`"),
        ("{{ view | attr('title') }}", "2:11", "no filter named `attr`"),
    ],
)
def test_every_mistake_has_a_place(
    line: str, place: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team_view: ReportView
) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 1)
    text = said(own_template(tmp_path, monkeypatch, f"<p>first</p>\n{line}\n"), team_view)
    assert text.startswith(f"mine/whitepaper/template.html:{place}")
    assert words in text
    assert "^" in text


def test_mistakes_of_syntax_come_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team_view: ReportView
) -> None:
    folder = own_template(tmp_path, monkeypatch, "{{ view.title\n")
    (folder / "shared").mkdir()
    (folder / "shared" / "base.css").write_text("p { } {% endif %}\n", encoding="utf-8")
    (folder / "whitepaper" / "part.html").write_bytes(b"caf\xe9")
    text = said(folder, team_view)
    assert "mine/shared/base.css:1:10: error[RG912]: encountered unknown tag `endif`" in text
    assert "mine/whitepaper/part.html: error[RG912]: the template is not UTF-8 text" in text
    assert "mine/whitepaper/template.html:" in text


def test_what_is_too_deep_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team_view: ReportView) -> None:
    folder = own_template(tmp_path, monkeypatch, "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}")
    assert "mine/whitepaper/template.html: error[RG912]: the template is too much to read" in said(folder, team_view)
    assert list(texts_of_templates(folder)) == [], "told once, where it is used"


def test_a_page_that_would_take_hours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team_view: ReportView) -> None:
    loop = "{% for a in range(2500) %}{% for b in range(100) %}<b>{% endfor %}{% endfor %}"
    folder = own_template(tmp_path, monkeypatch, loop)
    assert said(folder, team_view).startswith("mine: error[RG912]: the page has more than 100,000 elements")


def test_a_link_out_of_the_folder_is_no_file_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, team_view: ReportView
) -> None:
    folder = own_template(tmp_path, monkeypatch, "{% include 'whitepaper/part.txt' %}")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (folder / "whitepaper" / "part.txt").symlink_to(tmp_path / "secret")
    assert "there is no template `whitepaper/part.txt`" in said(folder, team_view)


def test_what_a_template_is_given_is_not_its_fault(tmp_path: Path) -> None:
    def broken() -> str:
        raise KeyError("ours")

    (tmp_path / "a.html").write_text("{{ broken() }}", encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path))
    with pytest.raises(KeyError, match="ours"), usable_templates(environment):
        environment.get_template("a.html").render(broken=broken)
