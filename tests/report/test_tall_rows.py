"""Texts longer than a page in tables and lists: captions, heads and headings keep company, and nothing is cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.report.html import render_html
from reportgen.report.pdf.render_pdf import html_to_pdf
from reportgen.report.report_settings import default_report_settings
from reportgen.report.tall_rows import LONG, breakable
from tests.model.assessed import TEXT
from tests.report.conftest import results_of
from tests.report.page_checks import heads_not_repeated, left_alone, overprinted, tags
from tests.report.page_structure import printed
from tests.report.test_pdf_quality import TEMPLATES

CASE = Path(__file__).parents[1] / "cases" / "16b-note-2400.yaml"
LONGEST = ("A sentence with words that goes on and on. " * 93)[:3990].strip()
"""About as long as a text of a model may be."""
PLACES = (
    ("{title: Hosted", "summary"),
    ("evidence: list-price", "note"),
    ("{title: Seat fee", "note"),
    ("{title: Seat fees", "note"),
    ("{title: Large team", "note"),
)


def wordy() -> str:
    """A model each of whose notes, reasons and summaries is longer than a page of a table."""
    text = re.sub(r"\b(note|because): [^,}\n]+", lambda found: f"{found[1]}: '{LONGEST}'", TEXT)
    for place, key in PLACES:
        assert place in text
        text = text.replace(place, f"{place}, {key}: '{LONGEST}'", 1)
    for place in ("    title: Team\n", "    title: Running\n"):
        assert place in text
        text = text.replace(place, f"{place}    note: '{LONGEST}'\n", 1)
    return text


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_row_taller_than_a_page_leaves_nothing_alone(template: str) -> None:
    report_settings = replace(default_report_settings(), template=template)
    html = render_html(results_of(wordy()), report_settings)
    pdf = html_to_pdf(html, report_settings)
    for check in (left_alone(pdf), heads_not_repeated(pdf), overprinted(pdf), tags(pdf, html)):
        assert list(check) == []


def test_the_register_of_an_evaluation_sets_a_long_note_across_its_table() -> None:
    report_settings = replace(default_report_settings(), template="evaluation")
    pages = printed(html_to_pdf(render_html(results_of(CASE.read_text()), report_settings), report_settings))
    (register,) = [page for page in pages if any(word["text"] == "Group" for word in page.words)]
    words = [word["text"] for word in register.words]
    assert {"Users", "commitments", "Register"} <= set(words)
    assert words.count("commitments") == CASE.read_text().count("commitments")


def test_only_rows_with_a_long_text_may_be_broken() -> None:
    long, short = "x" * (LONG + 1), "x" * 70
    assert breakable(f"<tr><td>{long}</td></tr>") == f'<tr class="tall"><td>{long}</td></tr>'
    assert breakable(f'<tr class="sub"><th>{long}</th></tr>').startswith('<tr class="tall sub">')
    many = f"<tr>{f'<td>{short}</td>' * 20}</tr>"
    assert breakable(many) == many, "many short cells are not high"
    marked_up = f"<tr><td>{'<b class=note>x</b>' * 40}</td></tr>"
    assert breakable(marked_up) == marked_up, "tags are no text"
