"""The HTML: model text stays text, tables are sound, every link leads somewhere."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import Answers
from reportgen.report.html import fill, render_html, template_names
from reportgen.report.report_settings import ReportSettings
from reportgen.report.view import make_view
from tests.report.conftest import AWKWARD


class Page(HTMLParser):
    """Ids, links, heads of tables and text of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found["href"]))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture(scope="module")
def agents_page(agents: Answers) -> Page:
    return Page(render_html(agents))


def test_text_of_the_model_is_neither_markup_nor_template(awkward: Answers) -> None:
    html = render_html(awkward)
    page = Page(html)
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; {{ 7*7 }}" in html
    assert "{{ 7*7 }} is no template." in "".join(page.texts)
    assert AWKWARD in page.texts


def test_ids_are_unique_and_links_lead_somewhere(agents_page: Page, awkward: Answers) -> None:
    for page in (agents_page, Page(render_html(awkward))):
        assert len(page.ids) == len(set(page.ids))
        inside = {link[1:] for link in page.links if link.startswith("#")}
        assert inside
        assert inside <= set(page.ids)
        assert all(link.startswith(("#", "https://", "http://")) for link in page.links)


def test_a_range_with_one_end_says_which(agents_page: Page) -> None:
    assert "up to 1" in agents_page.texts and not any("…" in text for text in agents_page.texts)


def test_key_figures_in_a_row_are_of_one_size(awkward: Answers, team: Answers) -> None:
    assert '<div class="tiles four long' in render_html(awkward) and '<div class="tiles two">' in render_html(team)


def test_every_head_says_what_it_heads(agents_page: Page) -> None:
    heads = [attributes for tag, attributes in agents_page.tags if tag == "th"]
    assert heads
    assert {head.get("scope") for head in heads} == {"col", "row"}
    tags = [tag for tag, _ in agents_page.tags]
    assert tags.count("thead") == tags.count("table")
    assert tags.count("caption") == sum("id" in attributes for tag, attributes in agents_page.tags if tag == "table")


def test_source_notes_point_to_the_register(agents_page: Page, agents: Answers) -> None:
    targets = {link for link in agents_page.links if link.startswith("#source-")}
    cited = {name for quantity in agents.model.quantities.values() for name in quantity.sources}
    numbers = {name: number for number, name in enumerate(agents.model.citations, 1)}
    assert targets == {f"#source-{numbers[name]}" for name in cited}


def test_a_missing_value_in_a_template_is_an_error(team: Answers, tmp_path: object) -> None:
    import shutil
    from pathlib import Path

    from reportgen.problems import ModelError
    from reportgen.resources import templates_folder

    folder = Path(str(tmp_path)) / "templates"
    shutil.copytree(templates_folder(), folder)
    template = folder / "whitepaper" / "template.html"
    view = make_view(team)
    template.write_text("{{ view.no_such_thing }}", "utf-8")
    with pytest.raises(ModelError, match="no_such_thing"):
        fill(view, ReportSettings(shipped_brand(), own=folder))
    template.write_text("{{ view.__class__.__mro__ }}", "utf-8")
    with pytest.raises(ModelError, match="__class__"):
        fill(view, ReportSettings(shipped_brand(), own=folder))


def test_an_unknown_template_is_refused_by_name(team: Answers) -> None:
    assert "whitepaper" in template_names()
    assert "shared" not in template_names()
    for name in ("brochure", "../whitepaper", "shared"):
        with pytest.raises(ValueError, match=r"the templates are .*whitepaper"):
            render_html(team, ReportSettings(shipped_brand(), name))
