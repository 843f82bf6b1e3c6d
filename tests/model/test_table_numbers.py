"""Numbers of tables as inputs: what sets them, what they move, and what they have to keep to."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.evaluate import evaluate_cases
from reportgen.formula.nodes import Key
from reportgen.model.model import Range
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError
from tests.model.asked_tables import TEXT
from tests.model.samples import load, problems_of

EAST, WEST = Key("total", "east"), Key("total", "west")


def totals(*settings: str, scenario: str | None = None, text: str = TEXT) -> tuple[float, float]:
    model = load(text)
    values = evaluate(*apply_settings(model, settings, model.scenario(scenario))).values
    return values[EAST], values[WEST]


def bill(usage: float, *bands: tuple[float, float]) -> float:
    """The charge of a graduated price list, band by band."""
    ends = [start for start, _ in bands[1:]] + [usage]
    return sum((min(end, usage) - start) * price for (start, price), end in zip(bands, ends, strict=True))


def test_the_model_by_hand() -> None:
    east = bill(60_000, (0, 0.09), (10_000, 0.08)) + 2 * 100 + 0.8 * 5_000 + 20
    west = bill(60_000, (0, 0.10), (5_000, 0.07), (50_000, 0.20)) + 0.7 * 5_000 + 20
    assert totals() == pytest.approx((east, west))


def test_scenarios_set_numbers_of_tables() -> None:
    """In `early` 320 seats need the third row's five servers; in `dearer` prices of the east rise twice, and the staff
    of the west, half a person at 200 seats in `dear`, falls by a tenth."""
    assert totals(scenario="early")[0] == pytest.approx(4_900 + 5 * 100 + 0.82 * 5_000 + 20)
    east = bill(60_000, (0, 0.09 * 1.21), (10_000, 0.08 * 1.21)) + 2 * 100 + 0.8 * 5_000 + 20
    west = bill(60_000, (0, 0.11), (5_000, 0.077), (50_000, 0.25)) + (0.5 + (1.6 - 0.5) / 4) * 0.9 * 5_000 + 20
    assert totals(scenario="dearer") == pytest.approx((east, west))


def test_any_number_of_a_table_can_be_set() -> None:
    """Also in a table that no question asks about, and all results of a table in proportion."""
    base = totals()
    assert totals("fixed.2.to=30") == pytest.approx([each + 10 for each in base])
    assert totals("fixed.2.from=301") == pytest.approx([each - 10 for each in base])
    assert totals("fixed=+10%") == pytest.approx([each + 2 for each in base])
    assert totals("price.east=-50%")[0] == pytest.approx(base[0] - 2_450)
    assert totals("servers.2.to=7") == pytest.approx((base[0] + 500, base[1]))
    assert totals("price.west.3.to=0.1 EUR/GB")[1] == pytest.approx(base[1] - 1_000)
    changed, _ = apply_settings(load(TEXT), ["fixed.2.to=30", "servers.2.to=7"])
    assert changed.overridden == (Key("fixed.2.to"), Key("servers.2.to"))
    assert changed.tables["fixed"].rows == ((0, 10), (200, 30))
    assert Key("fixed.1.to") not in changed.definitions


def test_numbers_with_a_range_and_those_that_questions_name_are_asked_about() -> None:
    asked = {each.quantity.name: each for each in load(TEXT).table_numbers}
    assert asked["price.east.2.to"].ranges == {Key("price.east.2.to"): Range(0.05, 0.09)}
    assert asked["price.east.2.to"].distribution == "uniform"
    assert asked["price.west.2.from"].ranges == {Key("price.west.2.from"): Range(4_000, None)}
    assert {"servers.3.from", "servers.3.to", "servers.2.to", "staff.east.2.from"} < asked.keys()
    assert {"servers.1.to", "fixed.1.to", "staff.east.1.from"}.isdisjoint(asked)
    assert load(TEXT).tables["fixed"].cells == ()


def test_they_vary_in_sensitivity_ranges_and_simulation() -> None:
    answers = evaluate(load(TEXT))
    assert answers.sensitivity is not None and answers.simulation is not None
    swing = next(each for each in answers.sensitivity.swings if str(each.key) == "price.east.2.to")
    assert swing.at_high["east"] - swing.at_low["east"] == pytest.approx(50_000 * 0.04)
    (found,) = answers.ranges
    assert [str(each.key) for each in found.extremes.inputs] == ["traffic", "price.east.2.to"]
    correlations = answers.simulation.rank_correlations["east"]
    assert dict(correlations)[Key("price.east.2.to")] > 0.1
    assert answers.published[0].computed == pytest.approx(10_000 * 0.09 + 50_000 * 0.05)


def test_cases_with_other_rows_agree_with_models_that_have_them() -> None:
    """Draws compute many rows at once; here each step, line and band is computed alone, too."""
    model = load(TEXT)
    cases: list[dict[Key, float]] = [
        {},
        {Key("price.west.2.from"): 1_000.0, Key("seats"): 600.0},
        {Key("price.west.3.to"): 0.01, Key("traffic"): 3_000.0},
        {Key("servers.3.from"): 280.0, Key("staff.west.2.from"): 299.0},
        {Key("servers.2.from"): 300.0, Key("staff.east.2.to"): 3.0, Key("seats"): 250.0},
    ]
    together = evaluate_cases(model, cases)
    for at, case in enumerate(cases):
        alone = totals(*(f"{key}={value}" for key, value in case.items()))
        assert [together[key][at] for key in (EAST, WEST)] == pytest.approx(alone)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("servers.2.from=2_000", "the first numbers of `servers` do not rise in `machines`"),
        ("price.east.1.from=5", "the first numbers of `price.east` do not rise from 0 on in `running.traffic.east`"),
        ("fixed.2.from=0", "the first numbers of `fixed` do not rise in `running.fixed.east` and `running.fixed.west`"),
        ("fixed.3.to=1", "there is no input `fixed.3.to`"),
        ("fixed=3", "`fixed` is a table"),
        ("servers=3", "`servers` is a table"),
        ("fixed.2.to=3 h", "`fixed.2.to` is in h, which does not fit EUR/month"),
    ],
)
def test_what_cannot_be_set(setting: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        totals(setting)
    assert [each.message for each in caught.value.problems] == [message]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("low: 0.05", "low: 0.085", "the low of `price.east.2.to`, 0.085, is above its value, 0.08"),
        (
            "low: 4_000}",
            "low: 4_000, distribution: pert}",
            "`price.west.2.from` has a distribution but no low and high",
        ),
        ("low: 0.05", "low: 5 h", "a number of `price.east.2.to` is in h, which does not fit EUR/GB"),
        ("low: 0.05", "lwo: 0.05", "unknown key `lwo` in a row's number"),
        ("servers.3.to: 5", "servers.4.to: 5", "there is no assumption `servers.4.to`"),
        ("servers.3.to: 5", "servers: 5", "`servers` is a table"),
        ("servers.3.to: 5", "servers.3: 5", "there is no assumption `servers.3`"),
    ],
)
def test_what_is_wrong_with_a_number_of_a_table(old: str, new: str, message: str) -> None:
    assert message in [each.message for each in problems_of(TEXT.replace(old, new, 1))]


def test_a_scenario_in_which_rows_do_not_rise_has_no_result() -> None:
    with pytest.raises(ModelError, match="do not rise in `machines`"):
        totals(scenario="early", text=TEXT.replace("servers.3.from: 290", "servers.3.from: 240"))


def test_a_break_even_runs_along_no_table() -> None:
    question = "{title: X, driver: servers.2.to, from: 1, to: 9, between: [east, west], of: total}"
    (problem,) = problems_of(f"{TEXT}break_evens: {{x: {question}}}\n")
    assert problem.message == "a break-even runs along an assumption, not a number of a table"
