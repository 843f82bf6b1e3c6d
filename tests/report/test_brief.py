"""The brief: two pages whatever the model, and what stands on them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import Answers, evaluate
from reportgen.model.load import load_model
from reportgen.presentation.format import NO_BREAK
from reportgen.presentation.sentences import first_sentences, shortened
from reportgen.presentation.value_table import TableCell, TableRow, ValueTable
from reportgen.report.brief.page_fit import Listing, fit, height, lines, sized, width
from reportgen.report.html import fill, render_html
from reportgen.report.pdf.render_pdf import render_pdf
from reportgen.report.report_settings import ReportSettings
from reportgen.report.view import ReportView, make_view
from tests.model.samples import changed
from tests.report.conftest import results_of
from tests.report.crowded import crowded_model

FOOT = 19 / 25.4 * 72
"""The margin at the foot of a page, in points."""


def brief(brand: str = "reportgen", locale: str = "en") -> ReportSettings:
    return ReportSettings(shipped_brand(name=brand), "brief", locale)


def pages_of(results: Answers, report_settings: ReportSettings) -> None:
    """Two pages, with every word inside the margins."""
    with pdfplumber.open(io.BytesIO(render_pdf(results, report_settings))) as document:
        assert len(document.pages) == 2
        for page in document.pages:
            words = page.extract_words()
            assert len(words) > 100
            assert min(word["x0"] for word in words) > 40 and max(word["x1"] for word in words) < page.width - 40
            body = [word for word in words if word["bottom"] < page.height - FOOT]
            assert len(words) - len(body) < 20


def test_two_pages_for_every_model(model_path: Path) -> None:
    pages_of(evaluate(load_model(model_path)[0]), brief())


def test_two_pages_for_hostile_text(awkward: Answers) -> None:
    pages_of(awkward, brief())


@pytest.mark.parametrize(("brand", "locale"), [("reportgen", "en"), ("halden", "de")])
def test_two_pages_where_everything_is_too_long(brand: str, locale: str) -> None:
    pages_of(results_of(crowded_model()), brief(brand, locale))


@pytest.fixture(scope="module")
def view(agents: Answers) -> ReportView:
    return make_view(agents, brief())


def test_the_finding_comes_first(view: ReportView) -> None:
    first = view.brief.first
    assert first.headline[0] == "Connic Pro costs least: €127,652 per year."
    assert first.headline[1] == "Connic Pro costs €77,225 per year (37.7%) less than Self-hosted."
    assert [tile.value for tile in first.tiles] == ["€127,652", "€77,225", "€41,016", "9 sources"]
    assert first.tiles[-1].rest == "1 placeholder, 0 stale"
    assert first.warning == ""


def test_what_was_left_out_is_said(view: ReportView) -> None:
    second = view.brief.second
    shown = second.scenarios
    assert shown is not None and 3 <= len(shown.table.rows) < 8
    assert second.remarks["scenarios"] == f"{len(shown.table.rows)} of 8 are shown."
    assert "nothing of that name" not in second.remarks


def test_the_profile_that_matches_is_never_left_out(view: ReportView) -> None:
    choices = view.brief.second.choices
    assert choices is not None
    assert [row.kind == "match" for row in choices.table.rows] == [True, False, False][: len(choices.table.rows)]
    assert choices.table.rows[0].cells[0].text == "Connic Pro"


def test_the_main_assumptions_are_those_of_the_largest_effect(view: ReportView) -> None:
    second = view.brief.second
    assert second.swings is not None
    by_effect = [row.title for row in second.swings.table.rows]
    assert [row.title for row in second.assumptions][:3] == by_effect
    first = second.assumptions[0]
    assert (first.value, first.range) == (f"50,000{NO_BREAK}run/month", "5,000 to 80,000")


def test_each_main_assumption_is_read_with_its_unit_and_source(agents: Answers, team: Answers) -> None:
    shown = {row.title: row for row in make_view(team, brief(locale="de")).brief.second.assumptions}
    assert shown["Betrachtungszeitraum"].value == f"3{NO_BREAK}Jahre"
    options = [row for row in make_view(agents, brief()).brief.second.assumptions if row.title.endswith(", Connic Pro")]
    assert all(row.source != "–" for row in options)


def test_a_missing_price_is_told_and_marked(team: Answers) -> None:
    first = make_view(team, brief()).brief.first
    assert first.warning.startswith("No price was quoted for Security audit of Hosted.")
    assert first.headline[0] == "Self-run costs least: €21,708 per year."
    assert first.headline[1].endswith("This counts only the prices that are known.")
    headline = first.totals.table.rows[-1]
    assert [cell.mark for cell in headline.cells] == ["incomplete", ""]
    assert "Chance of Self-run being the cheapest" not in [tile.label for tile in first.tiles]


def test_what_has_room_stands_on_the_first_page_and_the_rest_does_not(team: Answers) -> None:
    first = make_view(team, brief()).brief.first
    assert [title for title, _ in first.options] == ["Hosted", "Self-run"] and first.lead == ""
    assert first.metrics is not None and [row.title for row in first.metrics.table.rows] == ["Saving"]
    full = make_view(results_of(crowded_model()), brief()).brief.first
    assert (full.lead, full.options, full.metrics) == ("", (), None)


def test_a_scenario_that_changes_the_decision_comes_first(view: ReportView) -> None:
    shown = view.brief.second.scenarios
    assert shown is not None
    assert [row.cells[0].best for row in shown.table.rows][:3] == [False, True, False]
    assert shown.table.rows[1].cells[0].text == "Inngest"


def test_stale_sources_and_placeholders_are_counted() -> None:
    text = changed(
        ("as_of: 2026-06-30", "as_of: 2028-06-30"),
        ("assumptions:\n", "  own: {title: Own, evidence: placeholder}\n\nassumptions:\n"),
    )
    found = make_view(results_of(text), brief())
    assert found.evidence.short == "1 placeholder, 1 stale" and not found.evidence.is_sound
    assert "1 of them is stale: it was looked up more than 12 months before June 30, 2028." in found.evidence.sentences
    html = fill(found, brief())
    assert 'class="ground open"' in html and "Vendor price list (list-price)" in html
    assert '<span class="mark">stale</span>' in html


def test_more_options_than_four_stand_below_each_other(awkward: Answers) -> None:
    totals = make_view(awkward, brief()).brief.first.totals.table
    assert len(totals.rows) == 7 and len(totals.heads) == 1


def test_the_brief_links_to_nothing_that_it_lacks(agents: Answers) -> None:
    html = render_html(agents, brief())
    assert 'href="#' not in html


def test_texts_of_the_model_stay_texts(awkward: Answers) -> None:
    html = render_html(awkward, brief())
    assert "<b>" not in html and "<script" not in html and "49" not in html.partition("<main>")[2].partition("<svg")[0]


@pytest.mark.parametrize(
    ("rows", "room", "counts"),
    [
        (((10, 10, 10), (10, 10)), 100, (3, 2)),
        (((10, 10, 10), (10, 10)), 60, (3, 2)),
        (((10, 10, 10), (10, 10)), 55, (3, 1)),
        (((10, 10, 10), (10, 10)), 45, (2, 1)),
        (((10, 10, 10), (10, 10)), 32, (2, 0)),
        (((10, 10, 10), (10, 10)), 20, (1, 0)),
        (((10, 10, 10), (10, 10)), 10, (0, 0)),
        (((), (10,)), 100, (0, 1)),
    ],
)
def test_room_is_shared_by_importance(
    rows: tuple[tuple[float, ...], ...], room: float, counts: tuple[int, ...]
) -> None:
    """Each head takes 5 mm; the first wants two rows at least, the second one."""
    listings = [Listing(5, each, least) for each, least in zip(rows, (2, 1), strict=True)]
    assert fit(listings, room) == counts
    assert sum(each.height(count) for each, count in zip(listings, counts, strict=True)) <= room


def test_lines_are_never_fewer_than_set() -> None:
    text = "Which of Hosted and Self-run costs less changes 3 times, at 238.65 seat; 250 seat (a step); 258.40 seat."
    assert lines("", 10, 9) == 0 and lines("a", 10, 9) == 1
    assert lines(text, 1_000, 9) == 1
    assert width(text, 9) / 60 <= lines(text, 60, 9) <= width(text, 9) / 60 + 2
    assert lines("x" * 100, width("x", 9) * 10.5, 9) >= 10
    assert height(text, 60, 18) > 2 * height(text, 60, 9)


def test_numbers_are_never_broken() -> None:
    table = ValueTable(
        "t", "Caption", "Head", ("One", "Two"), (TableRow("Title", "", (TableCell("1"), TableCell("9" * 20))),)
    )
    found = sized(table, 178.0, 20.0)
    assert found is not None and found.each >= width("9" * 20, 8.4)
    assert found.first + 2 * found.each == pytest.approx(178)
    assert sized(replace(table, rows=(TableRow("Title", "", (TableCell("9" * 60), TableCell("1"))),)), 87.0) is None


def test_texts_are_shortened_after_a_word() -> None:
    assert shortened("a short text", 20) == "a short text"
    assert shortened("one two three four", 12) == "one two…"
    assert len(shortened("x" * 50, 10)) == 10
    assert first_sentences("One is short. Two as well.", 14) == "One is short."
