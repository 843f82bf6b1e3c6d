"""What a report says: states, savings, the cheapest, captions, contents."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from reportgen.compute.comparison import compare
from reportgen.compute.results import Results, evaluate
from reportgen.model.load import load_model
from reportgen.model.overrides import apply_settings
from reportgen.report.cells import COLUMNS, column_width
from reportgen.report.parts import Cell, ValueTable
from reportgen.report.view import ReportView, first_sentences, make_view
from reportgen.report.what_if_parts import Axis, Bar, Base, Line, Point
from tests.report.conftest import results_of

HEAD = """
reportgen: 1
id: m
title: M
as_of: 2026-01-31
currency: EUR
options: {a: {title: A}, b: {title: B}, c: {title: C}}
subject: b
assumptions: {g: {title: G, inputs: {x: {title: X, value: 2, unit: EUR}}}}
"""


def priced(a: str, b: str, c: str) -> Results:
    costs = f"categories: {{k: {{title: K, unit: EUR, items: {{i: {{title: I, costs: {{a: {a}, b: {b}, c: {c}}}}},"
    return results_of(HEAD + costs + " j: {title: J, costs: x}}}}\ntotals: {t: {title: T, unit: EUR, formula: k}}\n")


@pytest.mark.parametrize(
    ("costs", "cheapest", "tied"),
    [
        (("10", "20", "30"), "a", False),
        (("10", "10", "30"), None, True),
        (('"0.1 [EUR] + 0.2 [EUR]"', "0.3", "1"), None, True),
        (("not quoted", "20", "30"), "b", False),
        (("not quoted", "20", "20"), None, True),
        (("not quoted", "not quoted", "not quoted"), None, False),
        (("included", "20", "none"), None, True),
        (("none", "20", "30"), "a", False),
    ],
)
def test_the_cheapest_is_one_complete_option(costs: tuple[str, str, str], cheapest: str | None, tied: bool) -> None:
    comparison = compare(priced(*costs))
    assert (comparison.cheapest, comparison.tied) == (cheapest, tied)


def test_differences_are_told_from_the_subject() -> None:
    first, second = compare(priced("8", "3", "not quoted")).differences
    assert (first.option, first.value, first.share, first.incomplete) == ("a", 5.0, 50.0, False)
    assert (second.option, second.value, second.incomplete) == ("c", -3.0, True)


def test_a_share_of_nothing_is_not_told() -> None:
    text = HEAD.replace("value: 2", "value: 0")
    costs = "categories: {k: {title: K, unit: EUR, items: {i: {title: I, costs: {a: none, b: 3, c: 4}}}}}\n"
    results = results_of(text + costs + "totals: {t: {title: T, unit: EUR, formula: k + x}}\n")
    assert [each.share for each in compare(results).differences] == [None, 25.0]
    assert [each.share for each in make_view(results).savings] == ["", "25.0%"]


def test_savings_are_told_without_sign() -> None:
    view = make_view(priced("8", "3", "1"))
    assert [(each.option, each.direction, each.amount, each.share) for each in view.savings] == [
        ("A", "less", "€5", "50.0%"),
        ("C", "more", "€2", "66.7%"),
    ]


def test_states_are_words_and_incomplete_numbers_are_marked(team_view: ReportView) -> None:
    tables = {table.id: table for category in team_view.categories for table in category.tables}
    rows = {row.name: row.cells for table in tables.values() for row in table.rows}
    assert rows["subscription.support"][0] == Cell("included", word=True)
    assert rows["subscription.fees"][1] == Cell("none", word=True)
    assert rows["set_up.audit"][0] == Cell("not quoted", word=True)
    assert rows["set_up"] == (Cell("4,000", mark="incomplete"), Cell("15,500"))
    (totals,) = team_view.totals
    assert [[cell.mark for cell in row.cells] for row in totals.rows] == [["", ""], ["incomplete", ""]]
    (metrics,) = team_view.metrics
    assert metrics.rows[0].cells[0].mark == "incomplete"
    assert [tile.mark for tile in team_view.tiles] == ["incomplete", ""]
    assert [end.mark for end in team_view.figure.totals] == ["incomplete", ""]
    assert [row.name for table in team_view.figure_tables for row in table.rows if row.cells[0].mark] == [
        "set_up",
        "total",
    ]
    assert "Hosted: €21,813 (incomplete)" in team_view.figure.alternative
    assert team_view.savings[0].incomplete
    assert team_view.unquoted == (("Hosted", "Security audit", "Set-up"),)
    assert team_view.cheapest.option == "Self-run"
    assert team_view.cheapest.ranked == ("Self-run",)


def test_the_scenario_is_named_and_what_it_sets_is_shown(team: Results) -> None:
    view = make_view(evaluate(team.model, team.model.scenario("growth")))
    assert view.scenario == "Doubled team"
    (seats,) = [row for group in view.groups for row in group.rows if row.name == "seats"]
    assert (seats.value, seats.before, seats.low, seats.high) == ("480", "240", "120", "600")
    assert view.scenarios[0].is_shown
    assert dict(view.facts)["Scenario"] == "Doubled team"
    plain = make_view(team)
    assert plain.scenario == ""
    assert not any(row.before for group in plain.groups for row in group.rows)


def test_sources_are_numbered_and_cited(agents: Results) -> None:
    view = make_view(agents)
    numbers = {row.title: row.number for row in view.sources}
    assert list(numbers.values()) == list(range(1, len(agents.model.citations) + 1))
    (salary,) = [row for group in view.groups for row in group.rows if row.name == "salary"]
    assert salary.citations == (1, numbers["Levels.fyi, senior software engineers in Germany"])
    assert [row.url for row in view.sources if row.evidence == "placeholder"] == [""]


def test_every_name_of_the_model_is_in_the_report(agents: Results) -> None:
    view = make_view(agents)
    tables = [*view.totals, *view.metrics, *view.calculations, *(t for c in view.categories for t in c.tables)]
    shown = {row.name for table in tables for row in table.rows} | {row.name for g in view.groups for row in g.rows}
    assert shown == set(agents.model.quantities)
    formulas = {row.name for table in view.formulas for row in table.rows if row.name}
    categories = {category.quantity.name for category in agents.model.categories}
    assert formulas == {key.name for key in agents.model.formulas} - categories


def test_contents_list_every_section_once(team_view: ReportView) -> None:
    assert [section.number for section in team_view.sections] == [*"123456789", "A", "B", "C"]
    costs, what_if = [section for section in team_view.sections if section.parts]
    assert (what_if.title, [part.number for part in what_if.parts]) == ("What if", ["5.1", "5.2", "5.3", "5.4"])
    assert [part.title for part in costs.parts] == ["Subscription", "Infrastructure", "People", "Set-up"]


def test_tables_too_wide_for_a_page_are_parted(awkward: Results) -> None:
    view = make_view(awkward)
    tables = [*view.totals, *view.figure_tables, *(table for each in view.categories for table in each.tables)]
    assert len(view.totals) > 1
    assert [head for table in view.totals for head in table.heads] == [option.title for option in awkward.model.options]
    for table in tables:
        width = len(table.heads) * column_width(table.longest, len(table.heads))
        assert len(table.heads) <= COLUMNS
        assert width + (19 if table.has_units else 0) <= 130


def test_a_view_holds_no_unformatted_number_but_for_the_chart(agents: Results) -> None:
    assert list(_floats(make_view(agents), "view")) == []


def _floats(value: object, path: str) -> list[str]:
    if isinstance(value, float):
        return [path]
    if isinstance(value, Axis | Bar | Base | Line | Point):
        return []
    if isinstance(value, tuple):
        return [found for each in value for found in _floats(each, path)]
    if is_dataclass(value) and not isinstance(value, type):
        return [
            found
            for each in fields(value)
            if each.name != "series"
            for found in _floats(getattr(value, each.name), f"{path}.{each.name}")
        ]
    return []


def test_the_lead_is_made_of_whole_sentences() -> None:
    assert first_sentences("One is short. Two as well. Three is not.", 28) == "One is short. Two as well."
    assert first_sentences("One sentence that is too long. Two.", 5) == "One sentence that is too long."
    assert first_sentences("Costs of 1.5 e.g. here. Next.", 10) == "Costs of 1.5 e.g. here."
    assert first_sentences("", 10) == ""


def test_numbers_of_a_category_share_their_decimals(agents: Results) -> None:
    platform = make_view(agents).categories[0].tables[0]
    assert isinstance(platform, ValueTable)
    places = {len(cell.text.partition(".")[2]) for row in platform.rows for cell in row.cells if not cell.word}
    assert places == {2}


def test_inputs_that_are_not_as_in_the_file_are_told() -> None:
    model, _ = load_model(Path(__file__).parents[2] / "inputs" / "team-chat.yaml")
    assert all(what != "Inputs not as in the model file" for what, _ in make_view(evaluate(model)).facts)
    changed, _ = apply_settings(model, ["seats=300", "seat_fee=7.25"], None)
    facts = dict(make_view(evaluate(changed)).facts)
    assert "seats = 300" in facts["Inputs not as in the model file"]
    assert "7.25" in facts["Inputs not as in the model file"]
