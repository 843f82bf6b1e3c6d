"""What reports say of models at the edges: names, amounts, shares and words follow from the model's numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.break_even import break_evens
from reportgen.compute.comparison import compare
from reportgen.formula.nodes import Key
from reportgen.model.overrides import apply_settings
from reportgen.presentation.format import percent
from reportgen.report.charts.card import social_card
from reportgen.report.charts.chart_parts import Dots
from reportgen.report.html import fill
from reportgen.report.report_brand import report_brand
from reportgen.report.report_settings import default_report_settings
from reportgen.report.view import ReportView, make_view
from reportgen.workbook.build_workbook import build_workbook
from tests.engines.recalculation import stored_values
from tests.report.conftest import results_of
from tests.report.edge_models import (
    BREAK_EVEN,
    EDGES,
    FLAT,
    PRICE,
    QUESTIONS,
    RATE,
    SCENARIOS,
    USERS,
    break_even_model,
    edge_model,
    of_total,
)


@cache
def view_of(name: str, locale: str = "en", scenario: str | None = None) -> tuple[Answers, ReportView]:
    results = results_of(EDGES.get(name, name), scenario)
    return results, make_view(results, replace(default_report_settings(), locale=locale))


def page_of(results: Answers, template: str, locale: str = "en") -> str:
    """The text of a page, the alternatives of its charts included."""
    report_settings = replace(default_report_settings(), template=template, locale=locale)
    html = fill(make_view(results, report_settings), report_settings)
    html = re.sub(r"<style.*?</style>|<desc.*?</desc>", "", html, flags=re.DOTALL)
    html = re.sub(r"(<svg.*?</title>).*?</svg>", r"\1", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ").split())


def number_in(text: str, locale: str = "en") -> float:
    """The first number of a text in one of the two locales."""
    found = re.search(r"−?\D?[\d.,]*\d", text)
    assert found is not None, text
    digits = re.sub(r"[^\d.,−]", "", found[0]).replace("−", "-")
    return float(digits.replace(".", "").replace(",", ".") if locale == "de" else digits.replace(",", ""))


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("name", EDGES)
def test_names_and_amounts_follow_from_the_numbers(name: str, locale: str) -> None:
    results, view = view_of(name, locale)
    total, options = results.model.headline.name, results.model.options
    values = {each.title: float(f"{results.value(total, each.id):.15g}") for each in options}
    complete = {each.title for each in options if not results.is_incomplete(Key(total, each.id))}
    lowest = [title for title in complete if values[title] == min(values[each] for each in complete)]
    is_open = any(values[title] < values[lowest[0]] for title in values) if lowest else False
    assert view.cheapest.option == (lowest[0] if len(lowest) == 1 and not is_open else "")
    assert view.cheapest.ranking.tied == (len(lowest) > 1 and not is_open)
    assert bool(view.cheapest.ranking.open) == is_open
    for tile in view.tiles:
        unknown = tile.label not in complete and values[tile.label] == 0
        assert bool(tile.mark) == (tile.label not in complete)
        assert tile.is_word == unknown
        assert unknown or abs(number_in(tile.value, locale) - values[tile.label]) <= max(
            0.5, 1e-6 * abs(values[tile.label])
        )
    for each in view.savings:
        if each.direction == "not known":
            assert {each.option, view.subject} - complete
            continue
        other, own = values[each.option], values[view.subject]
        assert each.direction == ("same" if own == other else "less" if own < other else "more")
        assert abs(number_in(each.amount, locale) - abs(other - own)) <= max(0.5, 1e-6 * abs(other))
        assert bool(each.share) == (other > 0 and other != own)
        if each.share:
            assert abs(number_in(each.share, locale) - abs(other - own) / other * 100) < 0.051


@pytest.mark.parametrize("name", EDGES)
@pytest.mark.parametrize("template", ["whitepaper", "brief"])
def test_pages_say_the_same_as_their_view(name: str, template: str) -> None:
    results, view = view_of(name)
    page = page_of(results, template)
    assert (view.answer if template == "whitepaper" else view.brief.first.headline[0]).replace("\xa0", " ") in page
    assert view.figure.alternative.replace("\xa0", " ") in page
    assert "0 incomplete" not in page and "€0 (incomplete)" not in page and "0 (incomplete)" not in page
    if len(results.model.options) == 1:
        said = page.replace("is never called the cheapest", "")
        assert not re.search("costs least|cheapest|Lowest cost", said, re.IGNORECASE)


def test_what_is_partly_known_is_marked_wherever_it_is_said() -> None:
    results, view = view_of("partly known")
    assert (
        view.answer == "Option B comes to €107 per year: €102 (2,040.0%) more than Option A as far as prices are known."
    )
    assert view_of("partly known", "de")[1].answer.endswith("mehr als Option A (soweit Preise bekannt sind).")
    other = replace(results, model=replace(results.model, subject="a"))
    assert make_view(other).answer.startswith("Option A comes to €5 per year (incomplete): €102")
    assert make_view(replace(results, model=replace(results.model, subject=None))).answer == (
        "Option A comes to €5 per year (incomplete). Option B comes to €107 per year."
    )
    card = social_card(view_of("subject incomplete")[1], report_brand(default_report_settings().brand))
    assert "What Option A costs is not known." in card and "€0" not in card


def test_a_tie_is_a_tie_in_every_sentence() -> None:
    _, view = view_of("two alike")
    assert view.answer == "Option A comes to €100.30 per year: as much as Option B."
    assert view.brief.first.tiles[1].rest == "difference per year"


def test_one_time_costs_are_spread_only_where_they_are() -> None:
    said = "One-time costs are spread over {}.".format
    assert view_of("not per year")[1].headline_time == ""
    assert view_of("partly known")[1].headline_time == said("1\xa0year")
    model = EDGES["partly known"].replace("1 year", "2.5 year")
    assert view_of(model)[1].headline_time == said("2.5\xa0years")
    assert "2,5\xa0Jahre" in view_of(model, "de")[1].headline_time
    assert "3\xa0Jahre" in view_of(EDGES["partly known"].replace("1 year", "3 year"), "de")[1].headline_time


def test_units_without_a_time_leave_no_gap() -> None:
    page = page_of(view_of("not per year")[0], "whitepaper")
    assert "more, 2.2% of its cost" in page
    assert "CHF 1,361.80" in page


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("x * p", "x * p + 5 [EUR/year]", "There is no break-even: Option A costs less than Option B at Users"),
        (
            "x * p",
            "500 [EUR/year]",
            "At 250 user, Option A and Option B cost the same; above that, Option B costs less, and below it Option A.",
        ),
        ("if(x < 300 [user], 100 [EUR/year], 900 [EUR/year])", "500 [EUR/year]", "From 300 user (a step) on, Option B"),
        ("x * p", "x * p", "Option A and Option B cost the same throughout"),
        (
            f"max(x * p, {FLAT})",
            FLAT,
            "Option B never costs more than Option A at Users from 0 user to 1,000 user. An exception is Users from "
            "0 user to 150 user: there both cost the same.",
        ),
        (
            f"min(max(x * p, {FLAT}), 500 [EUR/year])",
            "min(max(x * p, 320 [EUR/year]), 480 [EUR/year])",
            "At 240 user, Option A and Option B cost the same; above that, Option B costs less, and below it Option A. "
            "An exception is Users from 160 user to 240 user: there both cost the same.",
        ),
        (
            "x * p",
            "if(x < 200 [user], 300 [EUR/year], if(x < 500 [user], 600 [EUR/year], 1900 [EUR/year]))",
            "changes 5 times, at 150 user; 200 user (a step); 300 user; 500 user (a step); 950 user.",
        ),
    ],
)
def test_break_evens(first: str, second: str, said: str) -> None:
    _, view = view_of(break_even_model(first, second))
    ((block,),) = [each.blocks for each in view.topics["break-evens"]]
    alternative = view.topic_charts[block.figure].alternative
    for reported in (block.text[0], alternative, view.brief.second.break_evens[0], view.findings[0].text):
        assert said in reported.replace("\N{NO-BREAK SPACE}", " ")


def test_findings_count_other_cases_than_the_one_that_is_shown() -> None:
    assert view_of("scenarios")[1].findings[0].text == "Option A also costs least in 1 of 2 scenarios."
    assert view_of("scenarios", scenario="many")[1].findings[0].text == (
        "With the model’s own values and in the other scenarios, Option B costs least in 0 of 2 cases."
    )
    never = EDGES["scenarios"].replace("x: 20}", "x: 220}")
    assert view_of(never)[1].findings[0].text == "Option A costs least in none of the 2 scenarios."


def test_charts_say_what_is_incomplete() -> None:
    model = edge_model(
        {"a": 100, "b": 90},
        QUESTIONS + "cash_flow: {of: t, discount_rate: rate}\n",
        subject="a",
        horizon="3 year",
        inputs=(USERS.replace("unit: user", "unit: EUR"), RATE),
        once={"a": "x", "b": "not quoted"},
        total=of_total("bill", "once"),
    )
    _, view = view_of(model)
    for id_, said in (
        ("simulation", "P90 90.00 (incomplete)"),
        ("cash-flow", "Option B: 270 (incomplete)"),
        ("tornado", "A price is missing"),
    ):
        assert said in view.topic_charts[f"figure-{id_}"].alternative
    swings = view.brief.second.swings
    assert swings is not None and "A price is missing" in swings.table.remark


def test_changed_inputs_are_told_on_the_first_page() -> None:
    model, scenario = apply_settings(results_of(EDGES["scenarios"]).model, ["x=120"])
    results = evaluate(model, scenario)
    for template in ("whitepaper", "brief", "evaluation", "article"):
        assert "x = 120 user" in page_of(results, template)[:4_000]
    view = make_view(results)
    assert view.evaluation.number == "edge-2026-06-30-changed" and view.imprint.endswith("changed inputs")


BESIDE = """
published: {e: {title: Stated, where: Page 1, states: 10, unit: EUR/year, formula: t.b, expect: differs, because: new}}
checklist:
  {title: Worth it?, threshold: 1, met: Do, otherwise: Leave, questions: {one: {title: Big?, answer: no}}}
scorecard: {title: Card, highest: 5, criteria: {cost: {title: Cost, weight: 100 %, cost: t}}}
"""


def test_what_stands_beside_the_costs() -> None:
    view = view_of(edge_model({"a": -10, "b": "not quoted"}, BESIDE, subject="a"))[1]
    assert view.published is not None and view.published.rows[0].computed == "not known (incomplete)"
    reported = [
        text for each in view.topics.values() for topic in each for block in topic.blocks for text in block.text
    ]
    assert any(each.endswith("Where the lowest is nothing or below, every other total gets none.") for each in reported)
    assert "Questions answered yes: 0 of 1; needed: 1. The verdict: Leave." in reported


def test_only_what_is_always_so_is_a_hundred_per_cent() -> None:
    shown = [percent(each, 1) for each in (0.0, 0.03, 80.06, 99.97, 100.0)]
    assert shown == ["0.0%", "0.030%", "80.1%", "99.97%", "100.0%"]


def test_an_evaluation_of_one_option_ranks_none() -> None:
    page = page_of(view_of("one option")[0], "evaluation")
    assert "Option A comes to €200 per year." in page and "Lowest cost" not in page


def test_the_subject_is_told_of_the_total_that_is_shown() -> None:
    results, view = view_of("income")
    assert [each.value for each in compare(results).differences] == [60.0, -30.0]
    assert (
        view.answer
        == "Option A comes to −€50 per year: €60 (600.0%) less than Option B and €30 more than Option C.".replace(
            "Option C", "Option D"
        )
    )


def test_stretches_of_equal_cost_are_part_of_the_answer() -> None:
    results, _ = view_of(break_even_model(f"max(x * p, {FLAT})", FLAT))
    ((pair,),) = [each.pairs for each in break_evens(results.model)]
    assert (pair.always, pair.same) == ("b", ((0.0, 150.0),))


def test_the_workbook_tells_stretches_of_equal_cost_too() -> None:
    results, _ = view_of(break_even_model(f"max(x * p, {FLAT})", FLAT))
    said = [str(each) for each in stored_values(build_workbook(results)).values()]
    assert any(each.endswith("no crossing; Option B costs less where the two differ.") for each in said)


def case(name: str) -> Answers:
    return results_of((Path(__file__).parents[1] / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("template", ["whitepaper", "brief", "evaluation", "article"])
@pytest.mark.parametrize("name", ["10b-rfp", "10c-rfp"])
def test_every_template_says_that_an_unquoted_option_is_not_known(name: str, template: str) -> None:
    page = page_of(case(name), template)
    assert "not known" in page
    said = page.replace("Which of Hosted and Own costs less is not known", "")
    assert not re.search("Own costs (less|least)|Own never costs more|cheapest: Own", said)


@pytest.mark.parametrize("template", ["whitepaper", "brief", "evaluation", "article"])
def test_every_question_can_be_asked_about_an_unquoted_option(template: str) -> None:
    more = QUESTIONS + SCENARIOS + BREAK_EVEN + "cash_flow: {of: t, discount_rate: rate}\n"
    for costs in (("x * p", "not quoted"), ("not quoted", "x * p"), ("not quoted", "not quoted")):
        by_option, inputs = dict(zip("ab", costs, strict=True)), (USERS, PRICE, RATE)
        text = edge_model(by_option, more, subject="a", horizon="3 year", inputs=inputs, total=of_total("bill"))
        assert "not known" in page_of(results_of(text), template)


def test_what_is_not_known_has_no_line() -> None:
    more = QUESTIONS + SCENARIOS + BREAK_EVEN + "cash_flow: {of: t, discount_rate: rate}\n"
    costs: dict[str, object] = {"a": "not quoted", "b": "x * p"}
    text = edge_model(costs, more, horizon="3 year", inputs=(USERS, PRICE, RATE), total=of_total("bill"))
    view = make_view(results_of(text))
    charts = view.topic_charts
    drawn = {id_: [line.title for line in chart.lines] for id_, chart in charts.items() if hasattr(chart, "lines")}
    assert drawn == {key: ["Option B"] for key in ("figure-break-even-be", "figure-cash-flow", "figure-simulation")}
    scenarios = charts["figure-scenarios"]
    assert isinstance(scenarios, Dots) and {dot.place for row in scenarios.rows for dot in row.dots} == {1}


def test_nearly_all_is_no_hundred_per_cent() -> None:
    results = case("30-hundredpct")
    assert make_view(results).savings[0].share == "99.99%"
    page = page_of(results, "brief")
    assert "(99.99%) less than B" in page and "100.0%" not in page
    assert page_of(results, "brief", "de").count("100,0") == 0
    grid = build_workbook(results)
    shares = openpyxl.load_workbook(BytesIO(grid))["Summary"]["D9"]
    assert shares.number_format == "#,##0.00%"
