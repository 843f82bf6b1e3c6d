"""The section on what follows from other assumptions: the same numbers as the analyses, and nothing unasked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reportgen.brand import shipped_brand
from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.break_even import break_evens
from reportgen.compute.cash_flow import cash_flow
from reportgen.compute.scenarios import compare_scenarios
from reportgen.compute.sensitivity import sensitivity
from reportgen.compute.simulation import simulate
from reportgen.formula.units import PLAIN
from reportgen.presentation.result_cells import Cells
from reportgen.presentation.sensitivity_topic import MOST_INPUTS
from reportgen.presentation.topic import Topic
from reportgen.presentation.value_table import TableCell, ValueTable
from reportgen.report.charts.axes import make_axis
from reportgen.report.charts.chart_parts import Chart, Curves, Dots, Lines, Tornado
from reportgen.report.charts.draw import draw
from reportgen.report.html import fill, render_html
from reportgen.report.paper_topics import paper_topics
from reportgen.report.pdf.render_pdf import html_to_pdf
from reportgen.report.report_brand import report_brand
from reportgen.report.report_settings import default_report_settings
from reportgen.report.view import make_view
from reportgen.resources import inputs_folder
from tests.report.conftest import results_of, topics_of

MORE = """
cash_flow: {discount_rate: rate}
"""
GRID = (
    "sensitivity: {of: total, between: [hosted, self_run], grid: {rows: {driver: seats, values: [100, 300]}, "
    "columns: {driver: admin, values: [60_000, 90_000]}}}\n"
)


@pytest.fixture(scope="module")
def results() -> Answers:
    """The small model, asking every question; one option lacks a price."""
    text = (inputs_folder() / "team-chat.yaml").read_text("utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(("sensitivity:", "cash_flow:"))]
    rate = '      rate: {title: Discount rate, value: 6, unit: "%/year"}\n'
    written = "".join(lines)
    if "      rate:" not in written:
        written = written.replace("      admin:", rate + "      admin:", 1)
    return results_of(written + GRID + MORE)


@pytest.fixture(scope="module")
def parts(results: Answers) -> dict[str, Topic]:
    return topics_of(results)


def charts_of(results: Answers) -> dict[str, Chart]:
    return paper_topics(Cells(results, "en"))[1]


def only_table(topic: Topic) -> ValueTable:
    (table,) = topic.blocks[0].tables
    return table


def test_every_question_has_its_sub_section(parts: dict[str, Topic]) -> None:
    names = ("scenarios", "sensitivity", "break-even", "cash-flow", "simulation")
    assert list(parts) == [f"what-if-{each}" for each in names]


def test_scenarios_show_totals_changes_and_no_incomplete_winner(results: Answers, parts: dict[str, Topic]) -> None:
    rows = only_table(parts["what-if-scenarios"]).rows
    outcomes = compare_scenarios(results.model)
    assert len(rows) == len(outcomes)
    for row, outcome in zip(rows, outcomes, strict=True):
        assert [cell.text for cell in row.cells] == [f"{value:,.0f}" for value in outcome.totals.values()]
        assert [cell.mark for cell in row.cells] == ["incomplete", ""]
        assert [cell.best for cell in row.cells] == [False, True]
        assert row.note == "Costs least: Self-run"
    share = outcomes[1].shares["hosted"]
    assert share is not None
    assert rows[1].cells[0].note == f"+{share:.1f}%"


def test_charts_show_the_outcomes(results: Answers) -> None:
    charts = charts_of(results)
    dots, curves, flow = (charts[f"figure-{each}"] for each in ("scenarios", "simulation", "cash-flow"))
    simulated, paid = simulate(results.model), cash_flow(results)
    assert isinstance(dots, Dots) and isinstance(curves, Curves) and isinstance(flow, Lines)
    assert simulated is not None and paid is not None
    totals = [list(each.totals.values()) for each in compare_scenarios(results.model)]
    assert [[dot.value for dot in row.dots] for row in dots.rows] == totals
    assert [[dot.hollow for dot in row.dots] for row in dots.rows] == [[True, False]] * len(totals)
    for option, spread in zip(results.model.option_ids, curves.spreads, strict=True):
        percentiles = simulated.percentiles[option]
        assert (spread.low.x, spread.middle.x, spread.high.x) == (percentiles[10], percentiles[50], percentiles[90])
    assert [mark.x for mark in flow.marks] == [each.years for each in paid.paybacks if each.years is not None]
    for line, option in zip(flow.lines, results.model.option_ids, strict=True):
        assert [y for _, y in line.points] == list(paid.cumulative[option])


def test_the_tornado_shows_the_swings(results: Answers, agents: Answers, parts: dict[str, Topic]) -> None:
    chart = charts_of(results)["figure-tornado"]
    outcome = sensitivity(results.model)
    assert isinstance(chart, Tornado)
    assert outcome is not None
    ranked = outcome.ranked_by_difference("hosted", "self_run")
    seats = ranked[0]
    assert (chart.bars[0].title, chart.bars[0].low_text, chart.bars[0].high_text) == ("Seats", "120", "600")
    assert chart.bars[0].low == seats.at_low["self_run"] - seats.at_low["hosted"]
    assert only_table(parts["what-if-sensitivity"]).rows[0].cells[2] == TableCell("−35,899")
    many = charts_of(agents)["figure-tornado"]
    assert isinstance(many, Tornado) and len(many.bars) == MOST_INPUTS


def test_what_can_change_the_ranking_is_marked() -> None:
    text = """
reportgen: 1
id: m
title: M
as_of: 2026-01-31
currency: EUR
options: {a: {title: A}, b: {title: B}}
subject: b
assumptions: {g: {title: G, inputs: {x: {title: X, value: 2, low: 1, high: 9, unit: EUR}}}}
categories: {k: {title: K, unit: EUR, items: {i: {title: I, costs: {a: x, b: 5}}}}}
totals: {t: {title: T, unit: EUR, formula: k}}
sensitivity: {of: t}
"""
    results = results_of(text)
    (topic,) = topics_of(results).values()
    chart = charts_of(results)["figure-tornado"]
    assert isinstance(chart, Tornado)
    assert chart.bars[0].title == "X*"
    assert topic.blocks[0].tables[0].rows[0].mark == "can change which option costs least"


def test_the_grid_names_the_complete_winner(parts: dict[str, Topic]) -> None:
    (table,) = parts["what-if-sensitivity"].blocks[1].tables
    assert [row.title for row in table.rows] == ["100\N{NO-BREAK SPACE}seat", "300\N{NO-BREAK SPACE}seat"]
    assert {cell.note for row in table.rows for cell in row.cells} == {"Self-run", "open"}


def test_break_evens_are_told_and_marked_in_the_chart(results: Answers, parts: dict[str, Topic]) -> None:
    (outcome,) = break_evens(results.model)
    (block,) = parts["what-if-break-even"].blocks
    assert block.text[0].startswith("Above 258.40\N{NO-BREAK SPACE}seat, Self-run costs less than Hosted; elsewhere")
    assert "their order changes at 238.65" in block.text[0]
    assert "250\N{NO-BREAK SPACE}seat (a step)" in block.text[0]
    chart = charts_of(results)[block.figure]
    assert isinstance(chart, Lines)
    assert [mark.x for mark in chart.marks] == [each.at for each in outcome.pairs[0].crossings]
    rows = block.tables[0].rows
    assert len(rows) == 9
    assert [cell.text for cell in rows[-1].cells] == [f"{value:,.0f}" for value in outcome.curve[-1][1].values()]
    assert [cell.mark for cell in rows[-1].cells] == ["incomplete", ""]


def test_the_cash_flow_is_that_of_the_analysis(results: Answers, parts: dict[str, Topic]) -> None:
    outcome = cash_flow(results)
    assert outcome is not None
    (block,) = parts["what-if-cash-flow"].blocks
    paid, summed = block.tables
    for at, row in enumerate(summed.rows):
        assert [cell.text for cell in row.cells] == [f"{each[at]:,.0f}" for each in outcome.cumulative.values()]
    assert [cell.text for cell in paid.rows[-1].cells] == [f"{each:,.0f}" for each in outcome.present_value.values()]
    assert "makes up for it after 2.9 years; discounted, it does not within the horizon" in block.points[0]


def test_the_simulation_is_that_of_the_analysis(results: Answers, parts: dict[str, Topic]) -> None:
    outcome = simulate(results.model)
    assert outcome is not None
    table = only_table(parts["what-if-simulation"])
    rows = {row.title: [cell.text for cell in row.cells] for row in table.rows}
    assert rows["P50"] == [f"{each[50]:,.0f}" for each in outcome.percentiles.values()]
    assert rows["Chance of being the cheapest"] == ["not ranked", "100.0%"]
    assert f"seed {outcome.seed}" in parts["what-if-simulation"].blocks[0].text[0]


def test_the_shown_scenario_holds_in_the_analyses(results: Answers) -> None:
    growth = results.model.scenario("growth")
    outcome = simulate(results.model, growth)
    assert outcome is not None
    found = list(topics_of(evaluate(results.model, growth)).values())
    assert only_table(found[4]).rows[3].cells[0].text == f"{outcome.percentiles['hosted'][50]:,.0f}"
    assert only_table(found[0]).rows[1].title == "Doubled team (shown here)"


def test_nothing_asked_is_left_out(awkward: Answers, results: Answers) -> None:
    view = make_view(awkward)
    assert not any(view.topics.values()) and not view.topic_charts
    assert "What if" not in [section.title for section in view.sections]
    assert 'id="what-if"' not in render_html(awkward)
    fewer = replace(results.model, scenarios=(), sensitivity=None, break_evens=(), simulation=None)
    assert list(topics_of(evaluate(fewer))) == ["what-if-cash-flow"]


def test_charts_have_their_words_and_pages_are_sound(results: Answers) -> None:
    html = fill(make_view(results), default_report_settings())
    assert html.count('<svg role="img"') == 6
    assert html.count('-title">Line chart: ') == 3
    assert html_to_pdf(html).startswith(b"%PDF-")  # raises if WeasyPrint warns


def test_hostile_titles_stay_text(results: Answers, parts: dict[str, Topic]) -> None:
    chart = charts_of(results)[parts["what-if-break-even"].blocks[0].figure]
    assert isinstance(chart, Lines)
    hostile = replace(chart, lines=tuple(replace(each, title='"</text><b>') for each in chart.lines))
    svg = draw(replace(hostile, caption="<b>", alternative='<b>"'), report_brand(shipped_brand()))
    assert "<b>" not in svg


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ((0.0, 1.0), ("0.0", "0.2", "0.4", "0.6", "0.8", "1.0")),
        ((-3.0, 7.0), ("−4", "−2", "0", "2", "4", "6", "8")),
        ((5.0, 5.0), None),
        ((0.0, 0.0), None),
        ((1e12, 3e12), None),
    ],
)
def test_axes_have_round_numbers(team: Answers, values: tuple[float, ...], labels: tuple[str, ...] | None) -> None:
    axis = make_axis(Cells(team, "en"), "", PLAIN, values)
    assert axis.start <= min(values)
    assert axis.end >= max(values)
    assert axis.start < axis.end
    assert 2 <= len(axis.labels) <= 9
    assert labels is None or axis.labels == labels
