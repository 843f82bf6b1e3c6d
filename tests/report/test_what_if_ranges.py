"""Totals from low to high in the whitepaper: the numbers of the analysis, on one line or broken after `to`."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.ranges import ranges
from reportgen.formula.units import PERCENT, parse_unit
from reportgen.presentation.format import NO_BREAK
from reportgen.presentation.ranges_topic import from_to, with_ranges
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.results_topic import totals_table
from reportgen.presentation.topic import Topic
from reportgen.report.html import render_html
from reportgen.report.pdf.render_pdf import html_to_pdf
from reportgen.report.view import make_view
from tests.model.samples import SAMPLE
from tests.report.conftest import awkward_model, page_texts, results_of, topics_of

RANGES = """ranges:
  all:     {title: Everything from low to high, of: total}
  machine: {title: Price of a machine, of: running, inputs: [vm_hour]}
"""


@pytest.fixture(scope="module")
def results() -> Answers:
    return results_of(SAMPLE + RANGES)


def ranges_topic(results: Answers) -> Topic:
    return topics_of(results)["what-if-ranges"]


def to(low: float, high: float, gap: str = NO_BREAK) -> str:
    return f"{low:,.0f}{NO_BREAK}to{gap}{high:,.0f}"


def test_ranges_stand_between_cash_flow_and_simulation(results: Answers) -> None:
    names = list(topics_of(results))
    assert names[names.index("what-if-ranges") + 1] == "what-if-simulation"
    view = make_view(results)
    assert "Ranges" in [section.title for section in view.sections]


def test_the_tables_show_what_the_analysis_computes(results: Answers) -> None:
    intro, *blocks = ranges_topic(results).blocks
    assert "10,000 draws with seed 7" in intro.text[0] and "Incomplete options" in intro.text[0]
    outcomes = ranges(results.model)
    assert [block.title for block in blocks] == [each.extremes.range.title for each in outcomes]
    for block, outcome in zip(blocks, outcomes, strict=True):
        (table,) = block.tables
        found, options = outcome.extremes, results.model.option_ids
        base, extremes, percentiles = table.rows
        assert [cell.text for cell in base.cells] == [f"{found.base[each]:,.0f}" for each in options]
        assert [cell.text for cell in extremes.cells] == [to(found.low[each], found.high[each]) for each in options]
        assert percentiles.title == "P10 to P90"
        assert [cell.text for cell in percentiles.cells] == [to(outcome.p10[o], outcome.p90[o]) for o in options]
        marks = ["incomplete" if each in found.incomplete else "" for each in options]
        assert all([cell.mark for cell in row.cells] == marks for row in table.rows)
    assert blocks[0].text == (
        f"What varies: Seats (120 to 600{NO_BREAK}seat) and Virtual machine ($0.15 to $0.24 per server per h).",
    )


def test_the_headline_has_its_extremes_below_it(results: Answers) -> None:
    (table,) = make_view(results).totals
    assert [row.title for row in table.rows][-2:] == ["Total cost of ownership", "Everything from low to high"]
    found = ranges(results.model)[0].extremes
    assert [cell.text for cell in table.rows[-1].cells] == [to(found.low[o], found.high[o]) for o in found.low]
    assert [cell.mark for cell in table.rows[-1].cells] == ["incomplete", ""]
    assert (table.rows[-2].kind, table.rows[-1].unit) == ("headline", "EUR/year")


def test_the_shown_scenario_holds(results: Answers) -> None:
    growth = results.model.scenario("growth")
    found = ranges(results.model, growth)[0]
    table = ranges_topic(evaluate(results.model, growth)).blocks[1].tables[0]
    assert table.rows[0].cells[0].text == f"{found.extremes.base['hosted']:,.0f}"
    assert table.rows[2].cells[0].text == to(found.p10["hosted"], found.p90["hosted"])


def test_nothing_where_the_model_has_none(team: Answers) -> None:
    assert "what-if-ranges" not in topics_of(team)
    totals = totals_table(Cells(team, "en"))
    assert with_ranges(Cells(team, "en"), totals) == totals


def test_long_numbers_break_after_to_and_part_no_table_more_than_they_must() -> None:
    without, results = results_of(awkward_model()), results_of(awkward_model() + "ranges: {r: {title: R, of: t}}\n")
    plain, ranged = make_view(without).totals, make_view(results).totals
    assert len(plain[0].heads) >= len(ranged[0].heads) > 1
    texts = [cell.text for table in ranged for cell in table.rows[-1].cells]
    assert len(texts) == 7
    assert all(text.count(" ") == 1 and f"{NO_BREAK}to " in text for text in texts)
    text = ranges_topic(results).blocks[1].text[0]
    assert "Assumption 7 (" in text and "Assumption 8" not in text
    assert "and 17 more inputs, whose low and high stand with the assumptions." in text


def test_the_pages_are_sound(results: Answers) -> None:
    text = " ".join(page_texts(html_to_pdf(render_html(results))))  # raises if WeasyPrint warns
    low, high = (ranges(results.model)[0].extremes.low["self_run"], ranges(results.model)[0].extremes.high["self_run"])
    assert text.replace(NO_BREAK, " ").count(f"{low:,.0f} to {high:,.0f}") == 2


def test_a_range_is_written_as_its_locale_writes_numbers() -> None:
    assert from_to(10_640, 12_640, parse_unit("EUR/year"), 0) == f"10,640{NO_BREAK}to 12,640"
    assert from_to(-5, 12.25, PERCENT, 1) == f"−5.0%{NO_BREAK}to 12.3%"
    assert from_to(1_000, 2_000, PERCENT, 0, "de") == f"1.000{NO_BREAK}%{NO_BREAK}bis 2.000{NO_BREAK}%"
