"""Sections, templates and references: what a report shows in which order, and how its parts are told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import Answers
from reportgen.model.report_plan import ReportPlan, SectionPlan
from reportgen.narrative.narrative_html import Prose
from reportgen.presentation.question_topics import topic_of
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.words import words_of
from reportgen.problems import ModelError, render_all
from reportgen.questions import QUESTIONS
from reportgen.report.html import fill, render_html
from reportgen.report.page_references import UnknownReferenceError, numbered
from reportgen.report.report_settings import ReportSettings
from reportgen.report.sections import make_sections, titles
from reportgen.report.template import Entry, Template, read_template, template_kind
from reportgen.report.view import ReportView, make_view
from reportgen.report.view_parts import Section
from reportgen.resources import templates_folder


def text(id_: str, title: str) -> Prose:
    return Prose(id_, title, '<h2 id="text-more">More &lt;h2&gt;</h2><h3 id="x">Below</h3>', (("text-more", "More"),))


TEMPLATE = Template("whitepaper", "pdf", True, (Entry("summary"), Entry("prose"), Entry("method")), (Entry("about"),))
FORM = replace(TEMPLATE, name="evaluation", sections=(Entry("summary", "At a glance"), Entry("method")))


def sections(
    team: Answers, template: Template, plan: tuple[SectionPlan, ...], *texts: Prose
) -> list[tuple[str, str, str]]:
    results = replace(team, model=replace(team.model, report=ReportPlan(sections=plan)))
    found = make_sections(Cells(results, "en"), template, {}, {}, texts)
    return [(each.number, each.id, each.title) for each in found]


def test_without_a_plan_the_template_has_its_own_list(team: Answers) -> None:
    assert sections(team, TEMPLATE, ()) == [
        ("1", "summary", "Summary"),
        ("2", "method", "Method and limits"),
        ("A", "about", "About this report"),
    ]


def test_texts_alone_stand_where_the_template_has_a_place(team: Answers) -> None:
    plan = (SectionPlan(file="why.md"), SectionPlan(file="only.md", templates=("evaluation",)))
    texts = text("why", "Why"), text("only", "Only there")
    assert [id_ for _, id_, _ in sections(team, TEMPLATE, plan, *texts)] == [
        "summary",
        "section-why",
        "method",
        "about",
    ]
    assert [id_ for _, id_, _ in sections(team, FORM, plan, *texts)] == ["summary", "method", "section-only", "about"]


def test_a_plan_with_blocks_is_the_order_and_appendices_follow(team: Answers) -> None:
    plan = (SectionPlan(block="method", title="How"), SectionPlan(file="method.md"), SectionPlan(block="costs"))
    found = sections(team, TEMPLATE, plan, text("method", "Mine"))
    assert found == [
        ("1", "method", "How"),
        ("2", "section-method", "Mine"),
        ("3", "costs", "Costs by category"),
        ("A", "about", "About this report"),
    ]
    assert [number for number, *_ in sections(team, TEMPLATE, (SectionPlan(block="about"),))] == ["1"]
    titled = replace(TEMPLATE, sections=(Entry("costs", "What it costs"), Entry("prose")))
    assert sections(team, titled, (SectionPlan(block="costs"),))[0] == ("1", "costs", "What it costs")


def test_headings_of_a_text_stand_below_that_of_its_section(team: Answers) -> None:
    plan = ReportPlan(sections=(SectionPlan(file="why.md"),))
    cells = Cells(replace(team, model=replace(team.model, report=plan)), "en")
    _, section, *_ = make_sections(cells, TEMPLATE, {}, {}, (text("why", "Why"),))
    assert section.prose is not None
    assert section.prose.html == (
        '<h3 id="text-more"><span class="n">2.1</span>More &lt;h2&gt;</h3><h4 id="x">Below</h4>'
    )
    assert [(part.number, part.id) for part in section.parts] == [("2.1", "text-more")]


def test_a_form_keeps_its_own_list(team: Answers) -> None:
    plan = (SectionPlan(block="costs"),)
    assert [title for *_, title in sections(team, FORM, plan)] == [
        "At a glance",
        "Method and limits",
        "About this report",
    ]


def test_sections_without_content_are_left_out(team_view: ReportView) -> None:
    ids = [each.id for each in team_view.sections]
    assert {"scenarios", "sensitivity", "break-evens", "risk", "scenario-settings"} <= set(ids)
    assert not {"cash-flow", "ranges", "choice", "coverage", "scorecard", "faq", "published", "prose"} & set(ids)
    assert [each.number for each in team_view.sections] == [*map(str, range(1, 12)), *"ABCDE"]
    costs = next(each for each in team_view.sections if each.id == "costs")
    assert [(part.number, part.title) for part in costs.parts][::3] == [("4.1", "Subscription"), ("4.4", "Set-up")]


def test_each_topic_has_a_block_and_each_block_a_partial_and_a_title(agents: Answers) -> None:
    view = make_view(agents)
    shown = [each for block in view.topics.values() for each in block]
    found = [topic_of(Cells(agents, "en"), each.id) for each in QUESTIONS if each.block]
    assert sorted(each.id for each in shown) == sorted(each.id for each in found if each is not None)
    assert view.topic_charts.keys() == {block.figure for each in shown for block in each.blocks} - {""}
    partials = {path.stem for path in (templates_folder() / "shared" / "blocks").glob("*.html")}
    blocks = {each.block for each in QUESTIONS} - {""}
    assert blocks <= partials
    assert partials - {"prose"} == set(titles(Cells(agents, "en")))
    planned = {entry.block for entry in read_template(ReportSettings(shipped_brand())).sections}
    assert {"choice"} == {each.id for each in view.sections if each.parts and each.prose is None} - {"costs"}
    assert blocks <= planned


def test_a_user_folder_overrides_any_part(team: Answers, tmp_path: Path) -> None:
    own = ReportSettings(shipped_brand(), own=tmp_path)
    for name, text in {
        "shared/blocks/question.html": "<p>our own words on {{ view.title }}</p>",
        "whitepaper/style.css": "/* our own style */",
        "whitepaper/blocks/method.html": "<p>ours, for the white paper only</p>",
        "whitepaper/template.yaml": "output: pdf\nsections: [question, method: How we did it]\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    html = render_html(team, own)
    assert "our own words on Hosted or self-run team chat" in html
    assert "/* our own style */" in html
    assert "ours, for the white paper only" in html
    assert "How we did it</h2>" in html
    assert 'id="results"' not in html


def test_the_example_of_the_documents_works(team: Answers, tmp_path: Path) -> None:
    document = (Path(__file__).parents[2] / "docs" / "report.md").read_text("utf-8")
    files = re.findall(r"```(?:yaml|jinja|css)\n(?:# |\{# |/\* )(acme/\S+).*?\n(.*?)```", document, re.DOTALL)
    assert [name for name, _ in files] == [
        "acme/whitepaper/template.yaml",
        "acme/shared/blocks/question.html",
        "acme/whitepaper/style.css",
    ]
    for name, content in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    report_settings = ReportSettings(shipped_brand(), own=tmp_path / "acme")
    html = render_html(team, report_settings)
    assert [each.id for each in make_view(team, report_settings).sections][:3] == ["method", "question", "summary"]
    assert "team chat: Hosted comes to €21,813 per year (incomplete): €106 (0.5%) more than Self-run" in html
    assert ".cover h1 {" in html and ":root { --measure: 150mm; }" in html


def test_a_template_of_ones_own_says_what_it_makes(team: Answers, tmp_path: Path) -> None:
    folder = tmp_path / "memo"
    (folder / "blocks").mkdir(parents=True)
    (folder / "template.html").write_text('{% extends "shared/base.html" %}', "utf-8")
    (folder / "template.yaml").write_text(
        "output: html\nnumbered: false\nsections: [greeting: Hello, results]\n", "utf-8"
    )
    (folder / "blocks" / "greeting.html").write_text("<p>{{ view.answer }}</p>", "utf-8")
    report_settings = ReportSettings(shipped_brand(), "memo", own=tmp_path)
    assert template_kind(report_settings) == "html"
    html = render_html(team, report_settings)
    assert '<h2 id="greeting" data-section="  Hello">Hello</h2>\n<p>Hosted comes to' in html


def test_a_template_without_a_list_takes_that_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert template_kind(ReportSettings(shipped_brand(), "mine", own=tmp_path)) == "pdf"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("output: print\n", "RG208"),
        ("output: pdf\nsections: [sumary]\n", "did you mean `summary`?"),
        ("output: pdf\nsections: results\n", "RG204"),
        ("output: pdf\nsections: [[results]]\n", "RG204"),
        ("outputs: pdf\n", "did you mean `output`?"),
        ("output: pdf\nappendices: [about: 7, about: {}]\n", "the title of `about` is text, not a mapping"),
    ],
)
def test_what_is_wrong_in_a_template_yaml_has_its_place(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "whitepaper").mkdir()
    path = tmp_path / "whitepaper" / "template.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ModelError) as caught:
        template_kind(ReportSettings(shipped_brand(), own=tmp_path))
    reported = render_all(caught.value.problems)
    assert said in reported
    assert f"{path}:" in reported


def test_references_are_named_when_the_document_is_whole() -> None:
    words = words_of("en")
    body = (
        '<a class="ref" href="#t"></a> <a href="#f"></a> <a href="#s"></a> <a href="#p"></a> <a href="#b"></a>'
        '<span class="no" data-figure="f"></span><span class="no" data-table="u"></span>'
        '<span class="no" data-table="t"></span><a href="#nowhere">with a text</a>'
    )
    parts = (Section("p", "3.1", "Part"),)
    found = numbered(body, (Section("s", "3", "Some", parts), Section("b", "B", "Back")), words)
    assert found.startswith(
        '<a class="ref" href="#t">Table\xa02</a> <a href="#f">Figure\xa01</a> <a href="#s">Section\xa03</a> '
        '<a href="#p">Section\xa03.1</a> <a href="#b">Appendix\xa0B</a><span class="no">Figure 1</span>'
    )
    assert (
        numbered('<a href="#s"></a>', (Section("s", "", "So & so"),), words) == '<a href="#s">“So\xa0&amp;\xa0so”</a>'
    )
    with pytest.raises(UnknownReferenceError, match="leads to `x`"):
        numbered('<a href="#x"></a>', (), words)


def test_every_table_and_figure_has_a_number_once(agents: Answers, team: Answers) -> None:
    html = render_html(agents)
    for kind, element in (("Table", "table"), ("Figure", "figure")):
        numbers = [f'<span class="no">{kind} {at}</span>' for at in range(1, html.count(f"<{element} id=") + 1)]
        assert len(numbers) > 5
        places = [html.index(each) for each in numbers]
        assert places == sorted(places)
        assert f'<span class="no">{kind} {len(numbers) + 1}</span>' not in html
    assert 'data-table="' not in html
    assert 'href="#register">Appendix\xa0B</a>' in render_html(team)


def test_a_reference_that_leads_nowhere_is_an_error(team_view: ReportView, tmp_path: Path) -> None:
    blocks = tmp_path / "shared" / "blocks"
    blocks.mkdir(parents=True)
    (blocks / "question.html").write_text('{% from "shared/macros.html" import ref %}{{ ref("gone") }}', "utf-8")
    with pytest.raises(ModelError) as caught:
        fill(team_view, ReportSettings(shipped_brand(), own=tmp_path))
    reported = render_all(caught.value.problems)
    assert f"{blocks / 'question.html'}:1:51: error[RG912]: a reference leads to `gone`" in reported
