"""Every check of pages passes a sound document and finds what was made wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

import pytest

from reportgen.report.pdf import render_pdf as module
from reportgen.report.pdf.render_pdf import html_to_pdf
from tests.report import page_checks as checks

STYLE = """
@page { size: A4; margin: 20mm; @top-left { content: "A running head"; font: 8pt sans-serif } }
body { font: 10pt sans-serif; margin: 0; counter-reset: table }
h2, h3, caption { break-after: avoid }
table { width: 100%; border-collapse: collapse } td, th { border: 0.5pt solid #333333; text-align: left }
caption { counter-increment: table } caption::before { content: "Table " counter(table) ". " }
svg { display: block; width: 60mm; height: 20mm }
"""
ROWS = "".join(f"<tr><th scope=row>Row {number}</th><td>Some{number}</td></tr>" for number in range(60))
SENTENCE = "A sentence of some length stands here to fill the line and the page. "
SOUND = f"""<!DOCTYPE html><html lang=en><head><title>Sound</title><style>{STYLE}</style></head><body>
<h1>A paper</h1><h2 id=one>The first section</h2><p>{SENTENCE * 3}See <a href="#t1">Table 1</a> for more.</p>
<h3>A part of it</h3><p class=second>Another paragraph, which stands in no other place.</p>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><title>A bar</title><rect width="10" height="5"/></svg>
<table id=t1><caption>Many rows</caption><thead><tr><th scope=col>Name</th><th scope=col>Value</th></tr></thead>
<tbody>{ROWS}</tbody></table>
<h2 id=two>The second section</h2><p>{SENTENCE * 8}</p>
<table id=t2><caption>Few rows</caption><thead><tr><th scope=col>Name</th></tr></thead>
<tbody><tr><td>One</td></tr></tbody></table></body></html>"""


@lru_cache
def pdf_of(html: str) -> bytes:
    return html_to_pdf(html)


def test_a_sound_document_passes() -> None:
    assert checks.findings(pdf_of(SOUND), SOUND) == []


def both(check: Callable[[bytes], Iterator[str]]) -> Callable[[bytes, str], Iterator[str]]:
    return lambda pdf, _: check(pdf)


@pytest.mark.parametrize(
    ("check", "old", "new", "said"),
    [
        (checks.tags, "<th scope=row>Row 7</th>", "<td>Row 7</td>", "of <th> became"),
        (checks.tags, "<h3>A part of it</h3>", "<div>A part of it</div>", "of <h3> became"),
        (checks.bookmarks, "<h3>A part of it</h3>", "<h3>Something else</h3>", "no heading"),
        (checks.bookmarks, "<h2 id=two>", "<h2 style='bookmark-level: none'>", "without a bookmark: The second"),
        (checks.bookmarks, "<h2 id=two>", "<h2 style='bookmark-level: 3'>", "wrong depth"),
        (checks.reading_order, "A sentence of some", "A sentence of other", "missing or out of order"),
        (checks.reading_order, "<td>Some7</td>", "<td></td>", "missing or out of order: some7"),
        (checks.reading_order, "<p class=second>", "<p style='margin-top: -40mm'>", "followed by what stands before"),
    ],
)
def test_what_the_document_says_must_be_in_the_pdf(
    check: Callable[[bytes, str], Iterator[str]], old: str, new: str, said: str
) -> None:
    assert SOUND.count(old) >= 1
    assert said in "\n".join(check(pdf_of(SOUND.replace(old, new)), SOUND))


@pytest.mark.parametrize(
    ("check", "old", "new", "said"),
    [
        (both(checks.contrast), "<p class=second>", "<p style='color: #8A8A8A'>", "contrast 3.5 of Another"),
        (both(checks.contrast), "<p class=second>", "<p style='background: #5A5A5A'>", "contrast"),
        (
            both(checks.contrast),
            "<p class=second>",
            "<p style='width: 30mm; overflow: hidden; white-space: nowrap'>",
            "not to be seen",
        ),
        (
            checks.outside,
            "<p class=second>",
            "<p style='white-space: nowrap; margin-left: 120mm'>",
            "beyond the margin",
        ),
        (checks.outside, "<table id=t1>", "<table id=t1 style='width: 180mm'>", "beyond the margin: a line or box"),
        (
            both(checks.overprinted),
            "<p class=second>",
            "<p style='position: relative; top: -9mm'>",
            "stand on each other",
        ),
        (both(checks.left_alone), "<p class=second>", "<p style='break-before: page'>", "page 1 ends with a H3"),
        (both(checks.left_alone), "<h2 id=two>", "<h2 id=two style='break-after: page'>", "ends with a H2"),
        (
            both(checks.heads_not_repeated),
            "<table id=t1>",
            "<style>#t1 thead { display: table-row-group }</style><table id=t1>",
            "goes on without its head",
        ),
        (checks.links, 'href="#t1"', 'href="#t2"', "`Table 1` leads to"),
    ],
)
def test_what_is_wrong_with_a_page_is_found(
    check: Callable[[bytes, str], Iterator[str]], old: str, new: str, said: str
) -> None:
    assert SOUND.count(old) == 1
    html = SOUND.replace(old, new)
    found = "\n".join(check(pdf_of(html), html))
    assert said in found


def test_a_page_with_next_to_nothing_is_found() -> None:
    html = SOUND.replace("</body>", "<p style='break-before: page'>One line.</p></body>")
    assert list(checks.left_alone(pdf_of(html)))[-1].endswith("is next to empty")


def test_without_the_mending_the_checks_find_what_was_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fix_structure", lambda *_: None)
    raw = html_to_pdf(SOUND)
    found = "\n".join([*checks.tags(raw, SOUND), *checks.links(raw, SOUND)])
    for said in ("of <th> became", "2 of <table> became", "without scope", "the index lacks", "does not say where"):
        assert said in found
