"""What the keys of a model file may hold."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.formula.nodes import Key
from reportgen.model.model import CostStatus, InputValue
from reportgen.problems import Problem
from tests.model.samples import changed, problems_of, sample


def only_problem(*replacements: tuple[str, str]) -> Problem:
    (problem,) = problems_of(changed(*replacements))
    return problem


def value(key: Key, *replacements: tuple[str, str]) -> float:
    definition = sample(*replacements).definitions[key]
    assert isinstance(definition, InputValue)
    return definition.value


def test_the_sample_is_read_as_it_is_written() -> None:
    model = sample()
    assert (model.id, model.title, model.as_of, model.currency) == (
        "team-chat",
        "Hosted or self-run team chat",
        date(2026, 6, 30),
        "EUR",
    )
    assert model.option_ids == ("hosted", "self_run")
    assert model.subject == "hosted"
    assert model.headline.name == "total"
    assert model.citations["vendor_list"].accessed == date(2026, 6, 12)
    assert [category.one_time for category in model.categories] == [False, False, False, True]
    assert [each.quantity.name for each in model.assumptions][-1] == "horizon"
    assert model.formulas[Key("total", "hosted")] == "running + set_up / horizon"
    assert model.definitions[Key("set_up.audit", "hosted")] == CostStatus("not quoted")
    assert model.is_input(Key("set_up.audit", "hosted"))
    assert model.is_input(Key("set_up.audit", "self_run"))
    assert not model.is_input(Key("subscription.support", "hosted"))
    assert not model.is_input(Key("total", "hosted"))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("250", 250),
        ("2.5e2", 250),
        ("0250", 250),
        ("1_000", 1000),
        ("+250.", 250),
        ("0.25 kseat", 250),
        ('"250 seat"', 250),
        ("250 seat", 250),
    ],
)
def test_a_number_and_its_unit(written: str, number: float) -> None:
    text = f"value: {written}, unit: seat, low: 120, high: 1_000"
    assert value(Key("seats"), ("value: 240, unit: seat, low: 120, high: 600", text)) == number


@pytest.mark.parametrize("written", ["no", "12:30", "0x10", ".inf", "e5", '"250"', "many seats", "[1]"])
def test_no_number(written: str) -> None:
    assert only_problem(("value: 240", f"value: {written}")).code == "RG205"


def test_a_word_of_yaml_1_1_is_text() -> None:
    assert sample(("title: Team\n", "title: no\n")).groups[0].title == "no"


def test_a_title_is_one_line() -> None:
    assert sample(("title: Team\n", "title: >\n      The\n      team\n\n      we have\n")).groups[0].title == (
        "The team we have"
    )


@pytest.mark.parametrize("character", ["\\0", "\\a", "\\ufffe", "\\ue000", "\\x85"])
def test_text_that_cannot_be_shown(character: str) -> None:
    assert only_problem(("title: Team\n", f'title: "Te{character}am"\n')).code == "RG213"


@pytest.mark.parametrize("character", ["é", "漢", "😀", "\\t", "\\U0001fae8"])
def test_text_that_can_be_shown(character: str) -> None:
    assert sample(("title: Team\n", f'title: "Te{character}am"\n'))


@pytest.mark.parametrize("name", ["Seats", "2seats", "seats_", "my__seats", "my-seats", "größe", "x" * 61, "''"])
def test_no_name(name: str) -> None:
    problems = problems_of(changed(("      seats:    {", f"      {name}:    {{")))
    assert problems[0].code == "RG206"


def test_a_horizon_without_a_unit_is_in_years_and_can_be_used() -> None:
    model = sample(("horizon: 3 year", "horizon: 3"))
    assert model.definitions[Key("horizon")] == InputValue(3.0)
    assert str(model.quantities["horizon"].unit) == "year"


@pytest.mark.parametrize("word", ["included", "none", "not quoted", '"not quoted"', "not  quoted"])
def test_the_words_in_place_of_a_cost(word: str) -> None:
    definition = sample(("self_run: 150", f"self_run: {word}")).definitions[Key("subscription.support", "self_run")]
    assert definition == CostStatus(" ".join(word.strip('"').split()))


def place(problem: Problem) -> str:
    assert problem.span is not None
    return problem.source.text[problem.span.start : problem.span.end]


@pytest.mark.parametrize(
    "formula",
    [
        "running + nothing",
        '"running + nothing"',
        "'running + nothing'",
        "&a running + nothing",
        "&a 'running + nothing'",
    ],
)
def test_the_place_of_a_name_in_a_formula(formula: str) -> None:
    problem = only_problem(("formula: running + set_up / horizon", f"formula: {formula}"))
    assert (problem.code, place(problem)) == ("RG302", "nothing")


@pytest.mark.parametrize("style", ["|", ">", "|-", ">+", "|2", "| # why"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_place_of_a_name_in_a_block(style: str, line_break: str) -> None:
    block = f"formula: {style}\n      running\n      + nothing\n      + set_up / horizon\n"
    text = changed(
        (
            "{title: Total cost of ownership, unit: EUR/year, formula: running + set_up / horizon}",
            f"\n    title: Total\n    unit: EUR/year\n    {block}",
        )
    ).replace("\n", line_break)
    (problem,) = problems_of(text)
    assert (problem.code, place(problem)) == ("RG302", "nothing")
    assert problem.span is not None
    assert problem.source.position(problem.span.start)[1] == 9


def test_the_same_problem_of_one_formula_for_all_options_is_one() -> None:
    assert only_problem(("formula: running + set_up / horizon", "formula: running + setup / horizon")).message == (
        "unknown name `setup`"
    )


def test_one_anchor_serves_several_places() -> None:
    model = sample(
        ('costs: {hosted: "0.02 [FTE] * admin"', 'costs: {hosted: &cost "0.02 [FTE] * admin"'),
        ('self_run: "0.15 [FTE] * admin"', "self_run: *cost"),
    )
    assert model.formulas[Key("people.upkeep", "self_run")] == "0.02 [FTE] * admin"
