"""The article as text: it loads nothing, model text stays text, and both schemes of colour are told apart."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from reportgen.branding.color import contrast
from reportgen.compute.answers import Answers
from reportgen.presentation.words import words_of
from reportgen.report.article.dark import PALE, PAPER, SchemeColors, dark_brand
from reportgen.report.article.loading import LoadingError, loads
from reportgen.report.article.outline import outlined
from reportgen.report.article.regions import in_regions
from reportgen.report.article.render_article import one_image, render_article
from reportgen.report.report_brand import report_brand
from reportgen.report.report_settings import default_report_settings
from tests.report.conftest import AWKWARD, results_of
from tests.report.test_html import Page

# Attributes, besides `src`, whose address a browser loads by itself or when a form or an object is used.
LOADING = {"srcset", "data", "poster", "background", "action", "formaction", "xlink:href"}
LOADING_TAGS = {"script", "link", "iframe", "object", "embed", "image", "use", "base", "form", "audio", "video"}

HOSTILE = """
reportgen: 1
id: hostile
title: '"><img src=x onerror=alert(1)><b>&"'
subtitle: '" onload="alert(1)'
as_of: 2026-02-03
currency: EUR
options: {a: {title: '<b>&"'}, b: {title: "'><script>alert(1)</script>"}}
sources:
  bad: {title: 'Bad', url: 'https://example.com/"onclick="alert(1)', accessed: 2026-01-01, evidence: quote}
  page: {title: 'A page', url: 'https://example.com/?a=1&b=2', accessed: 2026-01-01, evidence: quote}
categories:
  c: {title: '</style><script>', unit: EUR/month, items: {i: {title: "a'b", costs: {a: 1, b: 2}, source: [bad, page]}}}
totals:
  t: {title: '</title><script>', unit: EUR/month, formula: c}
"""


@pytest.fixture(scope="module")
def article(agents: Answers) -> str:
    return render_article(agents).decode()


@pytest.fixture(scope="module")
def page(article: str) -> Page:
    return Page(article)


def test_the_same_bytes_each_time(team: Answers) -> None:
    assert render_article(team) == render_article(team)


def test_nothing_is_loaded_and_no_script_runs(article: str, page: Page) -> None:
    assert not {tag for tag, _ in page.tags} & LOADING_TAGS
    for _, attributes in page.tags:
        assert not LOADING & set(attributes)
        assert str(attributes.get("src", "data:")).startswith("data:")
        assert not [name for name in attributes if name.startswith("on")]
    styles = "".join(re.findall(r"<style>(.*?)</style>", article, re.DOTALL))
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]{0,40})", styles)
    assert addresses
    assert all(address.startswith("data:font/woff2;base64,") for address in addresses)
    assert "@import" not in styles
    assert "reportgen:/" not in article


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p style="background: url(http://e.example/a)">', "a style loads `http://e.example/a`"),
        ("<style>@\\69mport 'http://e.example/a';</style>", "a style loads `http://e.example/a`"),
        ("<style>a { b: image-set('//e.example/a' 1x) }</style>", "a style loads `//e.example/a`"),
        ("<!--><script>run()</script>", "`<script>` runs a script"),
        ("<p onclick='run()'>", "`onclick` of `<p>` runs a script"),
        ('<a href="java\nscript:run()">', "a link runs a script"),
        ("<svg><image xlink:href='http://e.example/a'/></svg>", "`<image href>` loads `http://e.example/a`"),
        ("<img srcset='a.png 2x'>", "`<img srcset>` loads `a.png 2x`"),
        ("<noscript><img src='file:///etc/hostname'></noscript>", "`<img src>` loads `file:///etc/hostname`"),
        ("<iframe srcdoc='x'></iframe>", "`<iframe>` shows what lies elsewhere"),
        ("<link rel=attachment href=file:///etc/hostname>", "`file:///etc/hostname`"),
        ("<meta http-equiv=Refresh content=0>", "goes to another page"),
    ],
)
def test_what_a_template_of_ones_own_must_not_load(html: str, said: str) -> None:
    assert said in " ".join(loads(html))


def test_what_is_only_followed_or_read_may_lead_anywhere() -> None:
    html = (
        "<link rel=canonical href='https://e.example/'><meta property='og:image' content='https://e.example/a.png'>"
        "<script type='application/ld+json'>{}</script><a href='https://e.example/url(a)' title='url(http://a)'>b</a>"
        "<img src='data:image/png;base64,AA=='><svg><use href='#a'/><path fill='url(#b)'/></svg>"
    )
    assert loads(html) == ()


def test_an_own_template_that_loads_is_no_article(team: Answers, tmp_path: Path) -> None:
    (tmp_path / "article" / "blocks").mkdir(parents=True)
    block = tmp_path / "article" / "blocks" / "question.html"
    report_settings = replace(default_report_settings(), template="article", own=tmp_path)
    for address, said in (("http://e.example/a.png", "loads"), ("reportgen:/none.png", "there is no such file")):
        block.write_text(f"<p><img src='{address}' alt='A'></p>", encoding="utf-8")
        with pytest.raises(LoadingError, match=f"does not stand alone(.|\n)*{said}"):
            render_article(team, report_settings)


def test_links_lead_to_parts_of_the_page_or_to_sources(page: Page, agents: Answers) -> None:
    assert len(page.ids) == len(set(page.ids))
    inside = {link[1:] for link in page.links if link.startswith("#")}
    assert inside
    assert inside <= set(page.ids)
    outside = {link for link in page.links if not link.startswith("#")}
    assert {source.url for source in agents.model.citations.values() if source.url} <= outside
    assert all(link.startswith(("https://", "http://")) for link in outside)


def test_what_other_pages_read_of_it(article: str, page: Page, agents: Answers) -> None:
    model = agents.model
    meta = {
        str(each.get("property") or each.get("name")): each.get("content") for tag, each in page.tags if tag == "meta"
    }
    assert meta["og:title"] == model.title
    assert meta["og:type"] == "article"
    assert meta["og:locale"] == "en_US"
    assert meta["article:published_time"] == model.as_of.isoformat()
    assert meta["description"] == meta["og:description"] == (model.subtitle or model.summary)
    assert "og:image" not in meta  # it must be an absolute address, which the program does not know
    assert page.texts.count(model.title) == 2  # <title> and <h1>
    assert article.startswith('<!DOCTYPE html>\n<html lang="en">')


def test_headings_make_an_outline(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_wide_tables_and_charts_have_regions_with_names(article: str, page: Page) -> None:
    regions = [each for _, each in page.tags if each.get("role") == "region"]
    names = [str(each["aria-label"]) for each in regions]
    assert len(names) == len(set(names))
    # Tables of the author's text have no caption.
    assert all(re.match(r"(Table|Figure) \d+: \S|Wide table \d+$", name) for name in names)
    assert all(each["tabindex"] == "0" for each in regions)
    charts = [each for tag, each in page.tags if tag == "svg"]
    assert charts
    assert all(each["role"] == "img" and len(str(each["aria-label"])) > 40 for each in charts)
    assert len(names) >= len(charts)
    assert "graphics-" not in article


def test_hostile_text_stays_text(awkward: Answers) -> None:
    for results in (awkward, results_of(HOSTILE)):
        html = render_article(results).decode()
        found = Page(html)
        assert "<script" not in html
        assert "b" not in {tag for tag, _ in found.tags}
        assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
        assert html.count("</style>") == html.count("<style>") == 2
    assert any("alert(1)" in text for text in found.texts)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/hostname", "data:text/html,x"])
def test_an_address_that_is_no_page_is_no_link(address: str) -> None:
    """The model's reader refuses them; should it not, the report still does not link them."""
    results = results_of(HOSTILE)
    citations = {name: replace(each, url=address) for name, each in results.model.citations.items()}
    model = replace(results.model, citations=citations)
    found = Page(render_article(replace(results, model=model)).decode())
    assert not [link for link in found.links if not link.startswith("#")]


def test_german(team: Answers) -> None:
    html = render_article(team, replace(default_report_settings(), locale="de-AT")).decode()
    assert '<html lang="de-AT">' in html
    assert 'content="de_AT"' in html
    assert "Table" not in " ".join(str(each.get("aria-label", "")) for _, each in Page(html).tags)


def test_fonts_hold_the_letters_of_the_page(team: Answers) -> None:
    results = replace(team, model=replace(team.model, title="Ωmega Žižka"))
    html = render_article(results).decode()
    faces = re.findall(r"base64,([A-Za-z0-9+/=]+)", html)
    assert sum(map(len, faces)) < 250_000
    regular = TTFont(BytesIO(base64.b64decode(faces[0])))
    assert {ord(letter) for letter in "Ωmega Žižka €"} <= set(regular.getBestCmap())
    assert ord("ж") not in regular.getBestCmap()
    assert "SourceSans" not in str(regular["name"].getDebugName(6))


def test_text_is_readable_on_the_dark_ground() -> None:
    dark = dark_brand(report_brand(default_report_settings().brand))
    for role in set(dark.palette) - {"paper", "pale", "rule"}:
        assert contrast(dark.palette[role], PAPER) >= 4.5, role
        assert contrast(dark.palette[role], PALE) >= 4.5, role
    assert all(contrast(color, PAPER) >= 3 for color in dark.chart)
    assert len(set(dark.chart)) == len(dark.chart)


def test_charts_of_both_schemes_are_one() -> None:
    colors = SchemeColors()
    merged = colors.merge('<a fill="#000000"/><b fill="#FFFFFF"/>', '<a fill="#EEEEEE"/><b fill="#FFFFFF"/>')
    assert merged == '<a fill="var(--chart-1)"/><b fill="var(--chart-2)"/>'
    assert "--chart-1:#EEEEEE" in colors.styles({}, {})
    with pytest.raises(ValueError, match="more than its colours"):
        colors.merge('<a width="1"/>', '<a width="2"/>')


def test_a_chart_is_one_image_with_a_name() -> None:
    svg = (
        '<svg class="marks" width="5"><title>A &amp; &quot;B&quot;</title><path aria-label="x" role="y" d="M0"/></svg>'
    )
    assert one_image(svg) == ('<svg width="5" role="img" aria-label="A &amp; &quot;B&quot;"><path d="M0"/></svg>')


def test_headings_leave_no_gap() -> None:
    given = "<h1>a</h1><h2 id='b'>b</h2><h4>c</h4><h4>d</h4><h3>e</h3><h4>f</h4><h2>g</h2>"
    assert outlined(given) == "<h1>a</h1><h2 id='b'>b</h2><h3>c</h3><h3>d</h3><h3>e</h3><h4>f</h4><h2>g</h2>"


def test_only_wide_tables_scroll() -> None:
    words = words_of("en")
    narrow = "<table><tr><th>a</th><td>b</td></tr></table>"
    assert in_regions(narrow, words) == narrow
    wide = f"<table><caption>One <b>two</b></caption><colgroup><col></colgroup><tr>{'<td>x</td>' * 4}</tr></table>"
    assert in_regions(wide, words).startswith(
        '<div class="wide" role="region" tabindex="0" aria-label="One two"><table class="columns-4">'
    )
    assert "colgroup" not in in_regions(wide, words)
    unnamed = f"<table class='x'><tr>{'<td>x</td>' * 4}</tr></table>"
    assert 'aria-label="Wide table 1"' in in_regions(unnamed, words)


def test_awkward_title_is_in_the_head(awkward: Answers) -> None:
    assert AWKWARD in Page(render_article(awkward).decode()).texts
