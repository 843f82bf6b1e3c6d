"""What a report says: states, savings, the cheapest, captions, contents."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import get_args

import pytest

from reportgen.compute.answers import Answers, evaluate
from reportgen.compute.comparison import Ranking, compare
from reportgen.model.load import load_model
from reportgen.model.overrides import apply_settings
from reportgen.presentation.result_cells import COLUMNS
from reportgen.presentation.sentences import first_sentences
from reportgen.presentation.value_table import TableCell, ValueTable
from reportgen.report.charts.chart_parts import Chart
from reportgen.report.paper_width import column_width
from reportgen.report.view import ReportView, make_view
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


def priced(a: str, b: str, c: str) -> Answers:
    costs = f"categories: {{k: {{title: K, unit: EUR, items: {{i: {{title: I, costs: {{a: {a}, b: {b}, c: {c}}}}},"
    return results_of(HEAD + costs + " j: {title: J, costs: x}}}}\ntotals: {t: {title: T, unit: EUR, formula: k}}\n")


@pytest.mark.parametrize(
    ("costs", "cheapest", "tied"),
    [
        (("10", "20", "30"), "a", False),
        (("10", "10", "30"), None, True),
        (('"0.1 [EUR] + 0.2 [EUR]"', "0.3", "1"), None, True),
        (("not quoted", "not quoted", "not quoted"), None, False),
        (("included", "20", "none"), None, True),
        (("none", "20", "30"), "a", False),
    ],
)
def test_the_cheapest_is_one_complete_option(costs: tuple[str, str, str], cheapest: str | None, tied: bool) -> None:
    comparison = compare(priced(*costs))
    assert comparison.ranking == Ranking(cheapest, tied, ())


@pytest.mark.parametrize("costs", [("not quoted", "20", "30"), ("not quoted", "20", "20")])
def test_which_costs_least_is_open_while_one_that_lacks_a_price_is_lower(costs: tuple[str, str, str]) -> None:
    assert compare(priced(*costs)).ranking == Ranking(None, False, ("a",))


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
    assert rows["subscription.support"][0] == TableCell("included", word=True, state="included")
    assert rows["subscription.fees"][1] == TableCell("none", word=True, state="none")
    assert rows["set_up.audit"][0] == TableCell("not quoted", word=True, state="not quoted")
    assert rows["set_up"] == (TableCell("4,000", mark="incomplete"), TableCell("15,500"))
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


def test_the_scenario_is_named_and_what_it_sets_is_shown(team: Answers) -> None:
    view = make_view(evaluate(team.model, team.model.scenario("growth")))
    assert view.scenario == "Doubled team"
    (seats,) = [row for group in view.groups for row in group.rows if row.name == "seats"]
    assert (seats.value, seats.before, seats.low, seats.high) == ("480", "240", "120", "600")
    assert view.scenarios[0].is_shown
    assert dict(view.facts)["Scenario"] == "Doubled team"
    assert dict(view.facts)["Sources"] == "list-price: 1"
    plain = make_view(team)
    assert plain.scenario == ""
    assert not any(row.before for group in plain.groups for row in group.rows)


def test_sources_are_numbered_and_cited(agents: Answers) -> None:
    view = make_view(agents)
    numbers = {row.title: row.number for row in view.sources}
    assert list(numbers.values()) == list(range(1, len(agents.model.citations) + 1))
    (salary,) = [row for group in view.groups for row in group.rows if row.name == "salary"]
    assert salary.citations == (1, numbers["Levels.fyi, senior software engineers in Germany"])
    assert [row.url for row in view.sources if row.evidence == "placeholder"] == [""]


def test_every_name_of_the_model_is_in_the_report(agents: Answers) -> None:
    view = make_view(agents)
    tables = [*view.totals, *view.metrics, *view.calculations, *(t for c in view.categories for t in c.tables)]
    shown = {row.name for table in tables for row in table.rows} | {row.name for g in view.groups for row in g.rows}
    assert shown == {name for name in agents.model.quantities if " " not in name}
    formulas = {row.name for table in view.formulas for row in table.rows if row.name}
    categories = {category.quantity.name for category in agents.model.categories}
    assert formulas == ({key.name for key in agents.model.formulas} | agents.model.of_totals.keys()) - categories


def test_tables_too_wide_for_a_page_are_parted(awkward: Answers) -> None:
    view = make_view(awkward)
    tables = [*view.totals, *view.figure_tables, *(table for each in view.categories for table in each.tables)]
    assert len(view.totals) > 1
    assert [head for table in view.totals for head in table.heads] == [option.title for option in awkward.model.options]
    for table in tables:
        width = len(table.heads) * column_width(table.longest, len(table.heads))
        assert len(table.heads) <= COLUMNS
        assert width + (19 if table.has_units else 0) <= 130


def test_a_view_holds_no_unformatted_number_but_for_the_chart(agents: Answers) -> None:
    assert list(_floats(make_view(agents), "view")) == []


def _floats(value: object, path: str) -> list[str]:
    if isinstance(value, float):
        return [path]
    if isinstance(value, get_args(Chart)):
        return []
    if isinstance(value, tuple):
        return [found for each in value for found in _floats(each, path)]
    if is_dataclass(value) and not isinstance(value, type):
        return [
            found
            for each in fields(value)
            if each.name not in ("series", "brief")  # heights of what is drawn, widths of columns
            for found in _floats(getattr(value, each.name), f"{path}.{each.name}")
        ]
    return []


def test_the_lead_is_made_of_whole_sentences() -> None:
    assert first_sentences("One is short. Two as well. Three is not.", 28) == "One is short. Two as well."
    assert first_sentences("One sentence that is too long. Two.", 5) == "One sentence that is too long."
    assert first_sentences("Costs of 1.5 e.g. here. Next.", 10) == "Costs of 1.5 e.g. here."
    assert first_sentences("", 10) == ""


def test_numbers_of_a_category_share_their_decimals(agents: Answers) -> None:
    platform = make_view(agents).categories[0].tables[0]
    assert isinstance(platform, ValueTable)
    places = {len(cell.text.partition(".")[2]) for row in platform.rows for cell in row.cells if not cell.word}
    assert places == {2}


def test_inputs_that_are_not_as_in_the_file_are_told() -> None:
    model, _ = load_model(Path(__file__).parents[2] / "inputs" / "team-chat.yaml")
    assert all(what != "Inputs not as in the model file" for what, _ in make_view(evaluate(model)).facts)
    changed, _ = apply_settings(model, ["seats=300", "seat_fee=7.25"])
    facts = dict(make_view(evaluate(changed)).facts)
    assert "seats = 300" in facts["Inputs not as in the model file"]
    assert "7.25" in facts["Inputs not as in the model file"]


def test_findings_lead_to_their_sections(agents: Answers, team_view: ReportView) -> None:
    view = make_view(agents)
    found = [(each.section, each.text) for each in view.findings]
    assert [section for section, _ in found] == [
        "scenarios",
        "break-evens",
        "break-evens",
        "risk",
        "scorecard",
        "choice",
    ]
    assert {section for section, _ in found} <= view.shown
    assert found[0][1] == "Connic Pro also costs least in 6 of 7 scenarios."
    chance = next(
        row.cells[1].text
        for topic in view.topics["risk"]
        for block in topic.blocks
        for table in block.tables
        for row in table.rows
        if row.name == "chance"
    )
    assert f"Connic Pro costs least in {chance} of all draws" in found[3][1]
    assert [each.section for each in team_view.findings] == ["break-evens"], "one option alone is not ranked"


def test_the_answer_is_told_from_the_subject_or_names_the_lowest() -> None:
    assert make_view(priced("8", "3", "1")).answer == (
        "B comes to €5: €5 (50.0%) less than A and €2 (66.7%) more than C."
    )
    reported = make_view(priced("8", "not quoted", "1")).answer
    assert reported.count("as far as prices are known") == 2
    without = [
        results_of(HEAD.replace("subject: b\n", "").replace("c: {title: C}", "c: {title: C}, d: {title: D}") + rest)
        for rest in (_four("1, b: 2, c: 3, d: 4"), _four("1, b: 1, c: 3, d: 4"), _four("1, b: not quoted, c: 3, d: 4"))
    ]
    assert make_view(without[0]).answer == "A costs least: €3."
    assert make_view(without[1]).answer == "Several options cost the same, and no other costs less."
    assert make_view(without[2]).answer == "Which option costs least is open: B is not complete, and lower so far."


def _four(costs: str) -> str:
    items = f"i: {{title: I, costs: {{a: {costs}}}}}, j: {{title: J, costs: x}}"
    categories = f"categories: {{k: {{title: K, unit: EUR, items: {{{items}}}}}}}\n"
    return categories + "totals: {t: {title: T, unit: EUR, formula: k}}\n"


def test_assumptions_that_matter_are_those_that_move(agents: Answers, team_view: ReportView) -> None:
    assert [row.name for row in team_view.uncertain] == ["seats", "vm_hour"]
    view = make_view(agents)
    shown, rows = {row.name for row in view.uncertain}, [row for group in view.groups for row in group.rows]
    moved = {key.name for scenario in agents.model.scenarios for key in scenario.settings}
    assert shown == {row.name for row in rows if row.low or row.high or row.name in moved}
    assert len(shown) < len({row.name for row in rows})
