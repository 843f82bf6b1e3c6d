"""No text of a PDF is too small to be read, however many options its charts show; read from the type of its pages."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from reportgen.brand import shipped_brand
from reportgen.report.brief.brief_figure import ID
from reportgen.report.charts.chart_parts import Curves, Dots
from reportgen.report.charts.chart_set import drawn
from reportgen.report.charts.frame import WIDTH
from reportgen.report.html import fill
from reportgen.report.pdf.render_pdf import html_to_pdf
from reportgen.report.report_brand import report_brand
from reportgen.report.report_settings import default_report_settings
from reportgen.report.view import ReportView, make_view
from tests.report.conftest import results_of
from tests.report.test_pdf_quality import TEMPLATES

TWELVE = Path(__file__).parents[1] / "cases" / "09-twelve.yaml"
LEAST = 6.0


def model(options: int, scenarios: int = 1) -> str:
    """Every seventh option lacks a price; the fourth is the subject."""
    names = [f"o{number}" for number in range(options)]
    fees = ", ".join(f"{name}: {'not quoted' if at % 7 == 6 else 1000 + 13 * at}" for at, name in enumerate(names))
    support = ", ".join(f"{name}: {31 * at}" for at, name in enumerate(names))
    return f"""\
reportgen: 1
id: many
title: Many options
as_of: 2026-06-30
currency: EUR
options: {{{", ".join(f"{name}: {{title: Option number {name[1:]}}}" for name in names)}}}
subject: o3
assumptions: {{g: {{title: G, inputs: {{n: {{title: Users, value: 100, unit: user, low: 10, high: 1000}}}}}}}}
categories:
  run: {{title: Running, unit: EUR/month, items: {{fee: {{title: Fee, costs: {{{fees}}}}}}}}}
  sup: {{title: Support, unit: EUR/month, items: {{fee: {{title: Fee, costs: {{{support}}}}}}}}}
  use: {{title: Use, unit: EUR/month, items: {{fee: {{title: Fee, costs: "n * 2 [EUR/user/month]"}}}}}}
totals: {{total: {{title: Total cost, unit: EUR/year, formula: run + sup + use}}}}
scenarios: {{{", ".join(f"s{at}: {{title: Growth {at}, set: {{n: {200 + at}}}}}" for at in range(scenarios))}}}
simulation: {{draws: 200, seed: 1}}
"""


def view_of(text: str) -> ReportView:
    return make_view(results_of(text))


def check_type(view: ReportView, template: str) -> list[float]:
    """The sizes of all texts, none outside of its page."""
    report_settings = replace(default_report_settings(), template=template)
    sizes = []
    with pdfplumber.open(io.BytesIO(html_to_pdf(fill(view, report_settings), report_settings))) as document:
        for page in document.pages:
            for char in page.chars:
                if char["text"].strip():
                    sizes.append(char["size"])
                    assert char["top"] >= 0 and char["bottom"] <= page.height, (template, page.page_number)
    assert min(sizes) >= LEAST, template
    return sizes


@pytest.fixture(scope="module")
def twelve() -> ReportView:
    return view_of(TWELVE.read_text())


@pytest.mark.parametrize("template", TEMPLATES)
def test_twelve_options_can_be_read(template: str, twelve: ReportView) -> None:
    check_type(twelve, template)


def test_more_options_than_a_page_holds_can_be_read_in_a_brief() -> None:
    check_type(view_of(model(60)), "brief")


def test_no_chart_is_higher_than_a_page() -> None:
    """170 mm wide, with room for its caption."""
    for svg in drawn(view_of(model(60, 100)), report_brand(shipped_brand())).values():
        (height,) = re.findall(r'<svg[^>]* height="([\d.]+)"', svg)
        assert float(height) * 170 / WIDTH < 235


def test_a_brief_draws_what_has_room_and_says_so(twelve: ReportView) -> None:
    figure = twelve.brief.first.figure
    assert figure is not None and figure.id == ID
    assert 4 <= len(figure.bars) < 12 and figure.bars[0] == twelve.figure.bars[0], "the subject"
    assert twelve.figure.bars[11] not in figure.bars, "the option that lacks a price"
    assert figure.remark == f"{len(figure.bars)} of 12 options are drawn; the table has more."
    assert all(bar in figure.alternative for bar in figure.bars) and "Option 12" not in figure.alternative
    few = view_of(model(5))
    assert few.brief.first.figure == few.figure


def test_charts_of_what_exceeds_a_page_show_the_first_and_the_cheapest() -> None:
    view = view_of(model(40, 30))
    charts = view.topic_charts.values()
    (dots,) = [each for each in charts if isinstance(each, Dots)]
    assert f"{len(dots.rows)} of 31 are shown." in dots.remark and len(dots.rows) < 12
    (curves,) = [each for each in charts if isinstance(each, Curves)]
    assert len(curves.lines) == 16 and "16 of 40 options are drawn" in curves.remark
    assert [line.place for line in curves.lines] == [place for place in range(19) if place % 7 != 6][:16]
    assert all(line.title == f"Option number {line.place}" for line in curves.lines)
