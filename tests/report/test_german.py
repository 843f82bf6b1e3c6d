"""The pages of all templates in German: once the author's words are taken out, nothing English is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reportgen.compute.answers import Answers
from reportgen.model.document import Mapping, Node, Scalar, Sequence, parse
from reportgen.presentation.words import words_of
from reportgen.report.html import render_html, template_names
from reportgen.report.report_settings import ReportSettings, default_report_settings
from reportgen.resources import inputs_folder
from reportgen.source import Source, Span
from tests.report.conftest import results_of

WRITTEN = frozenset(["title", "subtitle", "summary", "note", "because", "where", "met", "otherwise", "owner", "limits"])
"""Keys whose values are the author's own words."""
SHOWN = frozenset(["aria-label", "alt", "title", "content", "data-title", "data-imprint", "data-section", "data-label"])
_WORDS = """
    the of and is are with per to by from year years month months quarter week day each cost costs value values for
    that which none included incomplete not low high at its it than less more table figure section appendix source
    sources scenario scenarios result results formula formulas model unit units item items step currency evidence share
    chart line data input inputs draws seed mean chance options answer answered question yes partly no build buy
    covered priced price prices quoted contract estimate placeholder list-price survey exact rounded intermediate
    differs summary contents back published figures assumption assumptions calculation calculations total totals metric
    metrics if otherwise smallest largest sum size whole decimal decimals tens hundreds thousands up down this paper
    report brief evaluation skip one first last least cheapest lowest
"""
ENGLISH = frozenset(_WORDS.split())
"""Words that no German text has."""


class Text(HTMLParser):
    """The pieces of text of a page that a reader sees or hears."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.hidden = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = tag if tag in ("style", "script") else self.hidden
        if tag != "meta" or ("name", "description") in attrs:
            self.pieces += [value or "" for name, value in attrs if name in SHOWN]

    def handle_endtag(self, tag: str) -> None:
        self.hidden = "" if tag == self.hidden else self.hidden

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


def written_texts(node: Node, key: str = "") -> Iterator[Span]:
    """Where in a model's file the author's words stand."""
    match node:
        case Scalar(_, _, span):
            if key in WRITTEN:
                yield span
        case Sequence(items):
            for item in items:
                yield from written_texts(item, key)
        case Mapping(entries):
            for name, value in entries:
                yield from written_texts(value, name.text)


def wordless(path: Path) -> Answers:
    """A sample model without its narrative, with signs in the place of all words."""
    source = Source("model.yaml", path.read_text(encoding="utf-8"))
    root = parse(source)
    spans = [Span(name.span.start, value.span.end) for name, value in root.entries if name.text == "report"]
    signs = dict.fromkeys(spans, "")
    own = [span for name, value in root.entries if name.text != "report" for span in written_texts(value, name.text)]
    signs |= {span: f"¤{at}" for at, span in enumerate(own)}
    text = source.text
    for span in sorted(signs, reverse=True):
        text = text[: span.start] + signs[span] + text[span.end :]
    return results_of(text)


def english_left(results: Answers, report_settings: ReportSettings) -> set[str]:
    """English words of a page, with the text they stand in; names and units of the model are its author's."""
    names = {*results.model.quantities, *(each.id for each in results.model.scenarios), results.model.id}
    units = {word for each in results.model.quantities.values() for word, _ in each.unit.words}
    logo = report_settings.brand.logo.light.alternative if report_settings.brand.logo else ""
    brand = (
        logo,
        report_settings.brand.name,
        report_settings.brand.footer,
        report_settings.brand.disclaimer,
        *report_settings.brand.legal,
    )
    found = set()
    for piece in Text(render_html(results, report_settings)).pieces:
        text = piece.strip()
        for each in filter(None, brand):
            text = text.replace(each, "")
        if text.partition(".")[0] not in names and "://" not in text:
            text = re.sub(r"\([a-z_.]+\)", "", text)
            words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text.lower())) - units
            found |= {f"{word}: {text[:90]}" for word in words & ENGLISH}
    return found


@pytest.fixture(scope="module")
def team_signs() -> Answers:
    return wordless(inputs_folder() / "team-chat.yaml")


@pytest.mark.parametrize("template", template_names())
def test_no_english_is_left_on_a_small_page(team_signs: Answers, template: str) -> None:
    report_settings = ReportSettings(default_report_settings().brand, template, "de")
    assert english_left(team_signs, report_settings) == set()


def test_no_english_is_left_where_a_model_says_everything() -> None:
    results = wordless(inputs_folder() / "agent-runtime" / "model.yaml")
    assert english_left(results, ReportSettings(default_report_settings().brand, "whitepaper", "de")) == set()
    assert words_of("de").missing == set()


def test_english_would_be_found(team_signs: Answers) -> None:
    assert len(english_left(team_signs, default_report_settings())) > 50
