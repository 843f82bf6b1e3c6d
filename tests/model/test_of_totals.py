"""Totals of categories and items: in all, on average, discounted; and what cannot be added up."""

from __future__ import annotations

import pytest

from reportgen.compute.answers import evaluate
from tests.model.samples import load, problems_of
from tests.model.timed import timed

CLOSE = 1e-12
RUN = "run: {title: Run, costs: {a: 120, b: 60}}"
MACHINE = "machine: {title: Machine, costs: {a: 900, b: none}}"


def both(text: str, name: str) -> tuple[float, float]:
    answers = evaluate(load(text))
    return answers.value(name, "a"), answers.value(name, "b")


def test_in_all_on_average_and_discounted() -> None:
    """120 a year and 900 at the start, over three years at 10 %."""
    annuity = 1 / 1.1 + 1 / 1.21 + 1 / 1.331
    text = timed(run=RUN, once=MACHINE)
    assert both(text, "spend") == pytest.approx((360 + 900, 180), rel=CLOSE)
    assert both(text, "cost") == pytest.approx((120 + 300, 60), rel=CLOSE)
    assert both(text, "worth") == pytest.approx((900 + 120 * annuity, 60 * annuity), rel=CLOSE)


def test_a_total_is_converted_to_its_unit() -> None:
    totals = """
        monthly: {title: Monthly, unit: EUR/month, of: [run, once], as: average}
        thousands: {title: Thousands, unit: kEUR, of: [run, once], as: sum}
    """
    text = timed(run=RUN, once=MACHINE, totals=totals)
    assert both(text, "monthly") == pytest.approx((10 + 25, 5), rel=CLOSE)
    assert both(text, "thousands") == pytest.approx((1.26, 0.18), rel=CLOSE)


def test_a_single_item_can_be_added_up() -> None:
    totals = """
        part: {title: Part, unit: EUR, of: [run.one, once.machine], as: sum}
        dated: {title: Dated, unit: EUR, of: [run.two], as: sum}
        worth_of: {title: Worth of, unit: EUR, of: [run.two], as: present value, rate: wacc}
    """
    run = "one: {title: One, costs: 120}\n two: {title: Two, costs: 12, from: 2028-07}"
    text = timed(run=run, once=MACHINE, totals=totals)
    assert both(text, "part") == pytest.approx((360 + 900, 360), rel=CLOSE)
    assert both(text, "dated") == pytest.approx((6 + 12, 18), rel=CLOSE)
    assert both(text, "worth_of")[0] == pytest.approx(6 / 1.21 + 12 / 1.331, rel=CLOSE)


def test_growth_counts_in_totals_without_a_cash_flow() -> None:
    inputs = "power: {title: Power, value: 100, unit: EUR/year, growth: 10 %/year}"
    text = timed(inputs=inputs, run="energy: {title: Energy, costs: power}")
    assert both(text, "spend")[0] == pytest.approx(100 + 110 + 121, rel=CLOSE)
    assert both(text, "cost")[0] == pytest.approx(331 / 3, rel=CLOSE)
    assert both(text, "worth")[0] == pytest.approx(3 * 100 / 1.1, rel=CLOSE)


def test_items_add_up_to_their_category_and_categories_to_the_total() -> None:
    """What is steady and what is over time alike."""
    run = "still: {title: Still, costs: 120}\n later: {title: Later, costs: 12, from: 2028-07}"
    once = "machine: {title: M, costs: 900}\n tyres: {title: T, costs: 30, every: 1 year}"
    answers = evaluate(load(timed(run=run, once=once)))
    assert answers.value("run", "a") == pytest.approx(120 + 18 / 3, rel=CLOSE)
    assert answers.value("once", "a") == pytest.approx(900 + 60, rel=CLOSE)
    assert answers.value("cost", "a") == pytest.approx(126 + 960 / 3, rel=CLOSE)
    assert answers.value("spend", "a") == pytest.approx(378 + 960, rel=CLOSE)


@pytest.mark.parametrize("formula", ["run + once / horizon", "run.later + once.machine / horizon"])
def test_a_formula_total_uses_what_categories_and_items_come_to(formula: str) -> None:
    totals = f'mix: {{title: Mix, unit: EUR/year, formula: "{formula}"}}'
    text = timed(run="later: {title: Later, costs: 12, from: 2028-07}", once=MACHINE, totals=totals)
    assert both(text, "mix") == pytest.approx((6 + 300, 6), rel=CLOSE)


def test_a_present_value_discounts_at_the_rate_of_its_option() -> None:
    inputs = 'own: {title: Own rate, value: {a: 10, b: 0}, unit: "%/year"}'
    totals = "worth_of: {title: Worth of, unit: EUR, of: [run], as: present value, rate: own}"
    found = both(timed(inputs=inputs, run="one: {title: One, costs: 120}", totals=totals), "worth_of")
    assert found == pytest.approx((120 * (1 / 1.1 + 1 / 1.21 + 1 / 1.331), 360), rel=CLOSE)


def test_not_only_money_is_added_up() -> None:
    text = timed().replace(
        "totals:", "  air: {title: Air, unit: kg/year, items: {co2: {title: CO2, costs: 500}}}\ntotals:"
    )
    text = text.replace("totals:", "totals:\n  emitted: {title: Emitted, unit: t, of: [air], as: sum}")
    assert both(text.replace("  emitted", "  emitted"), "emitted") == pytest.approx((1.5, 1.5), rel=CLOSE)


LATE = "late: {title: Late, unit: EUR, "


@pytest.mark.parametrize(
    ("total", "code", "message", "hint"),
    [
        (
            "of: [run]}",
            "RG203",
            "total `late` has no `as`",
            "add `as: average`, `as: sum` or `as: present value`",
        ),
        (
            "of: [run], as: present value}",
            "RG203",
            "`present value` needs the key `rate`",
            "add `rate:` and the name of an input in %/year",
        ),
        (
            "of: [run], as: sum, rate: wacc}",
            "RG212",
            "only a present value has a rate; `late` is none",
            "write `as: present value`, or remove the rate",
        ),
        ("of: [runs], as: sum}", "RG211", "there is no category `runs`", "did you mean `run`?"),
        (
            "of: [spend], as: sum}",
            "RG211",
            "`spend` is neither a category nor an item",
            "`of` lists what is paid for; write a `formula` for the rest",
        ),
        (
            "of: [run], as: average}",
            "RG402",
            "`run` comes to EUR/year on average; the total `late` is declared in EUR",
            "write `as: sum`, or declare the total in EUR/year",
        ),
        (
            "of: [run, run], as: sum}",
            "RG212",
            "`run` counts twice in the total `late`",
            "remove one of them",
        ),
        (
            "of: [run, run.pay], as: sum}",
            "RG212",
            "`run.pay` counts twice in the total `late`",
            "remove it: `run` has it already",
        ),
        (
            "of: [run], as: present value, rate: missing}",
            "RG211",
            "there is no assumption `missing`",
            "declare it under `assumptions:`",
        ),
        (
            "of: [run], as: present value, rate: grown}",
            "RG305",
            "`grown` changes over time; one number is needed here",
            "name an input that is the same all the time",
        ),
        (
            "of: [run], as: present value, rate: life}",
            "RG402",
            "a discount rate is in %/year; `life` is in year",
            "name an input in %/year",
        ),
        (
            "of: [run], as: total}",
            "RG208",
            None,
            None,
        ),
        ("as: sum}", "RG203", None, None),
        (
            "formula: spend, as: sum}",
            "RG212",
            "`as` says how the categories of `of` add up; `late` is a formula",
            "remove `as`, or write `of: [...]` in place of the formula",
        ),
        ("of: [run], as: sum, formula: spend}", "RG203", None, None),
    ],
)
def test_totals_that_cannot_be_added_up(total: str, code: str, message: str | None, hint: str | None) -> None:
    inputs = """
        life: {title: Life, value: 3, unit: year}
        grown: {title: Grown, value: 3, unit: "%/year", growth: 1 %/year}
    """
    text = timed(inputs=inputs, run="pay: {title: Pay, costs: '12 [EUR/year/year] * life'}", totals=LATE + total)
    (problem,) = problems_of(text)
    assert problem.code == code
    assert message is None or (problem.message, problem.hint) == (message, hint)


def test_a_total_over_a_timeline_needs_a_horizon() -> None:
    text = timed(timeline="").replace("horizon: 3 year\n", "")
    found = {(each.code, each.message) for each in problems_of(text)}
    assert ("RG203", "`spend` adds up over a timeline, and the model has none") in found


def test_a_rate_by_the_hour_has_no_amount_per_month() -> None:
    text = timed(totals="machines: {title: Machines, unit: EUR, of: [hourly], as: sum}").replace(
        "totals:", "  hourly: {title: Hourly, unit: EUR/h, items: {vm: {title: VM, costs: 2}}}\ntotals:", 1
    )
    (problem,) = problems_of(text)
    assert (problem.code, problem.message) == ("RG402", "`hourly` is in EUR/h, which has no amount per month")
