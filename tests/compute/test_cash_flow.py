"""Cash flow: what is paid when by hand, discounting against numpy-financial, payback, rates and ratios."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy_financial
import pytest

from reportgen.compute.answers import evaluate
from reportgen.compute.cash_flow import CashFlowOutcome, Payback
from reportgen.compute.internal_rate import NONE, SEVERAL, InternalRate
from reportgen.formula.units import parse_unit
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings
from reportgen.problems import ModelError, Problem
from reportgen.source import Source
from tests.model.samples import load, problems_of, sample
from tests.model.timed import timed

CLOSE = 1e-12
ASKED = "cash_flow: {of: spend, discount_rate: wacc}"
CASES = Path(__file__).parent.parent / "cases"


def flow(text: str | Model, scenario: str | None = None) -> CashFlowOutcome:
    model = load(text) if isinstance(text, str) else text
    outcome = evaluate(model, model.scenario(scenario)).cash_flow
    assert outcome is not None
    return outcome


def paying(
    once: float,
    a: float,
    b: float,
    *,
    horizon: str = "3 year",
    step: str = "year",
    discounting: str = "end",
    wacc: float = 10,
    more: str = "",
    items: str = "",
) -> str:
    """`once` at the start for the first option, then so much a year for each."""
    return timed(
        run=f"fees: {{title: Fees, costs: {{a: {a}, b: {b}}}}}",
        once=f"build: {{title: Build, costs: {{a: {once}, b: 0}}}}\n{items}",
        horizon=horizon,
        timeline=f"start: 2027-01, step: {step}, discounting: {discounting}",
        wacc=wacc,
        more=f"{ASKED}\n{more}",
    )


def test_a_model_that_asks_for_none_has_none() -> None:
    assert evaluate(sample()).cash_flow is None


def test_what_is_paid_at_the_start_and_in_each_step() -> None:
    """900 at the start, 120 a year that grow by 10 %, a battery of 50 in the second year, 90 back at the end."""
    text = timed(
        run="power: {title: Power, costs: {a: 120, b: 240}, growth: 10 %/year}",
        once="""
            machine:  {title: Machine, costs: {a: 900, b: none}}
            battery:  {title: Battery, costs: {a: 50, b: none}, when: 1 year}
            residual: {title: Residual, costs: {a: -90, b: none}, when: end}
        """,
        more=ASKED,
    )
    outcome = flow(text)
    assert outcome.times == (0, 1, 2, 3)
    assert outcome.factors == pytest.approx((1, 1 / 1.1, 1 / 1.21, 1 / 1.331), rel=CLOSE)
    assert outcome.parts["run"]["a"] == pytest.approx((0, 120, 132, 145.2), rel=CLOSE)
    assert outcome.parts["once"]["a"] == pytest.approx((900, 0, 50, -90), rel=CLOSE)
    assert outcome.nominal["a"] == pytest.approx((900, 120, 182, 55.2), rel=CLOSE)
    assert outcome.at_start == {"a": 900, "b": 0}
    assert outcome.discounted["a"] == pytest.approx((900, 120 / 1.1, 182 / 1.21, 55.2 / 1.331), rel=CLOSE)
    assert outcome.cumulative["a"] == pytest.approx(tuple(accumulate((900, 120, 182, 55.2))), rel=CLOSE)
    assert outcome.present_value["a"] == pytest.approx(900 + 120 / 1.1 + 182 / 1.21 + 55.2 / 1.331, rel=CLOSE)
    assert outcome.cumulative_discounted["a"][-1] == outcome.present_value["a"]
    assert outcome.unit == parse_unit("EUR")
    assert outcome.rate == pytest.approx(0.1, rel=CLOSE)


def test_a_cash_flow_is_its_total() -> None:
    """Its amounts add up to the total in all, and its present values are the totals `as: present value`."""
    text = timed(
        run="power: {title: Power, costs: {a: 120, b: 240}, from: 2027-07, growth: 4 %/year}",
        once="battery: {title: Battery, costs: {a: 50, b: 10}, every: 7 month}",
        timeline="start: 2027-01, step: quarter, discounting: middle",
        more=ASKED,
    )
    answers = evaluate(load(text))
    outcome = answers.cash_flow
    assert outcome is not None
    for option in "ab":
        assert sum(outcome.nominal[option]) == pytest.approx(answers.value("spend", option), rel=CLOSE)
        assert outcome.present_value[option] == pytest.approx(answers.value("worth", option), rel=CLOSE)


def test_a_total_on_average_has_the_same_cash_flow() -> None:
    text = paying(900, 120, 240)
    average = text.replace("of: spend, discount_rate", "of: cost, discount_rate")
    assert flow(average).nominal == flow(text).nominal
    assert flow(average).unit == parse_unit("EUR")


def test_a_total_of_items_has_the_cash_flow_of_those() -> None:
    total = "part: {title: Part, unit: EUR, of: [once.build, run.fees], as: sum}"
    text = paying(900, 120, 240).replace("  cost:  {", f"  {total}\n  cost:  {{").replace("of: spend, d", "of: part, d")
    assert flow(text).parts["once.build"]["a"] == (900, 0, 0, 0)
    assert flow(text).nominal["a"] == (900, 120, 120, 120)


@pytest.mark.parametrize("rate", [0, 3.25, 6, 40, -20])
@pytest.mark.parametrize("horizon", [1, 3, 12])
@pytest.mark.parametrize(("discounting", "earlier"), [("end", 0), ("middle", 0.5), ("start", 1)])
def test_present_values_against_numpy_financial(rate: float, horizon: int, discounting: str, earlier: float) -> None:
    outcome = flow(paying(900, 120, 240, horizon=f"{horizon} year", discounting=discounting, wacc=rate))
    for amounts, found in zip(outcome.nominal.values(), outcome.present_value.values(), strict=True):
        assert len(amounts) == horizon + 1
        later = float(numpy_financial.npv(rate / 100, (0, *amounts[1:]))) * (1 + rate / 100) ** earlier
        assert found == pytest.approx(amounts[0] + later, rel=CLOSE)


@pytest.mark.parametrize("step", ["month", "quarter"])
def test_steps_of_a_year_are_discounted_at_the_rate_of_a_year(step: str) -> None:
    per_year = {"month": 12, "quarter": 4}[step]
    outcome = flow(paying(900, 120, 240, step=step))
    rate = 1.1 ** (1 / per_year) - 1
    expected = float(numpy_financial.npv(rate, (900, *[120 / per_year] * 3 * per_year)))
    assert outcome.present_value["a"] == pytest.approx(expected, rel=CLOSE)
    assert len(outcome.times) == 3 * per_year + 1
    assert outcome.times[-1] == pytest.approx(3, rel=CLOSE)


def test_the_equivalent_annual_cost_is_the_payment_of_the_present_value() -> None:
    outcome = flow(paying(900, 120, 240))
    for option, present in outcome.present_value.items():
        assert outcome.annual[option] == pytest.approx(-float(numpy_financial.pmt(0.1, 3, present)), rel=CLOSE)
    assert outcome.annual["a"] == pytest.approx(120 + 900 * 0.1 / (1 - 1.1**-3), rel=CLOSE)
    free = flow(paying(900, 120, 240, wacc=0))
    assert free.annual["a"] == pytest.approx(420, rel=CLOSE)


def test_years_of_a_monthly_timeline() -> None:
    outcome = flow(paying(900, 120, 240, step="month", horizon="30 month"))
    assert outcome.year_ends == (0, 12, 24, 30)
    assert outcome.by_year(outcome.nominal["a"]) == pytest.approx((900, 120, 120, 60), rel=CLOSE)


def test_the_rate_may_be_a_share() -> None:
    text = paying(900, 120, 240)
    share = text.replace('value: 10, unit: "%/year"', 'value: 0.1, unit: "1"')
    assert flow(share).present_value == pytest.approx(flow(text).present_value, rel=CLOSE)
    assert flow(text.replace('unit: "%/year"', 'unit: "%"')).rate == pytest.approx(0.1, rel=CLOSE)
    monthly = text.replace('value: 10, unit: "%/year"', 'value: 1, unit: "%/month"')
    assert flow(monthly).rate == pytest.approx(0.12, rel=CLOSE)


@pytest.mark.parametrize("name", ["wacc", "wacc.a"])
def test_a_cash_flow_has_one_discount_rate_for_all_options(name: str) -> None:
    text = paying(900, 120, 240).replace("value: 10, unit", "value: {a: 10, b: 0}, unit")
    (problem,) = problems_of(text.replace("discount_rate: wacc", f"discount_rate: {name}"))
    assert (problem.code, problem.hint) == ("RG305", "name an input that is one number for all options")


def test_a_scenario_and_other_inputs_change_it() -> None:
    inputs = "fee: {title: Fee, value: 120, unit: EUR/year}"
    more = f"{ASKED}\nscenarios:\n  dear: {{title: Dear, set: {{fee: 200, wacc: 0}}}}"
    text = timed(inputs=inputs, run="fees: {title: Fees, costs: {a: fee, b: 240}}", more=more)
    assert flow(text, "dear").nominal["a"] == (0, 200, 200, 200)
    assert flow(text, "dear").present_value["a"] == pytest.approx(600, rel=CLOSE)
    model, _ = apply_settings(load(text), ["wacc=0", "fee=90"])
    assert flow(model).present_value["a"] == pytest.approx(270, rel=CLOSE)


@pytest.mark.parametrize(("horizon", "years"), [("1 year", 1), ("2.5", 2.5), ("30 month", 2.5), ("9 quarter", 2.25)])
def test_the_last_step_counts_as_far_as_the_horizon_goes(horizon: str, years: float) -> None:
    model, scenario = apply_settings(load(paying(900, 120, 240)), [f"horizon={horizon}"])
    outcome = evaluate(model, scenario).cash_flow
    assert outcome is not None
    assert outcome.times[-1] == pytest.approx(years, rel=CLOSE)
    assert sum(outcome.nominal["a"]) == pytest.approx(900 + 120 * years, rel=CLOSE)


def test_what_is_not_quoted_makes_it_incomplete() -> None:
    text = paying(900, 120, 240, items="audit: {title: Audit, costs: {a: not quoted, b: 5}}")
    outcome = flow(text)
    assert outcome.incomplete == ("a",)
    assert outcome.nominal["a"][0] == 900


# Payback and the figures of an investment


def payback(text: str) -> Payback:
    (found,) = flow(text).paybacks
    assert (found.option, found.against) == ("a", "b")
    return found


def test_payback_is_linear_within_a_step() -> None:
    """120 more at the start, 100 a year less: after 1.2 years; of 90.91 and 82.64 discounted, after 1 + 29.09/82.64."""
    found = payback(paying(120, 50, 150))
    assert found.years == pytest.approx(1.2, rel=CLOSE)
    assert found.discounted_years == pytest.approx(1 + (120 - 100 / 1.1) / (100 / 1.21), rel=CLOSE)


def test_payback_at_the_end_of_a_step_and_of_the_horizon() -> None:
    assert payback(paying(200, 50, 150)).years == pytest.approx(2, rel=CLOSE)
    found = payback(paying(300, 50, 150))
    assert found.years == pytest.approx(3, rel=CLOSE)
    assert found.discounted_years is None
    assert payback(paying(0.3, 0.2, 0.3)).years == pytest.approx(3, rel=CLOSE), "the last bits of a sum do not matter"


def test_payback_in_steps_of_a_month() -> None:
    assert payback(paying(120, 50, 150, step="month")).years == pytest.approx(1.2, rel=CLOSE)


def test_payback_never_within_the_horizon() -> None:
    found = payback(paying(301, 50, 150))
    assert (found.years, found.discounted_years) == (None, None)
    found = payback(paying(10, 150, 150))
    assert (found.years, found.internal_rate, found.benefit_to_cost) == (None, InternalRate(None, NONE), 0)


def test_payback_is_the_first_one() -> None:
    """90 more at the start, then 100 less, then 100 more again."""
    items = "later: {title: Later, costs: {a: 200, b: 0}, when: 1 year}"
    found = payback(paying(90, 50, 150, items=items))
    assert found.years == pytest.approx(0.9, rel=CLOSE)
    assert found.discounted_years == pytest.approx(0.99, rel=CLOSE)
    assert found.internal_rate == InternalRate(None, SEVERAL)


def test_payback_of_the_option_that_costs_more_at_first_only() -> None:
    assert flow(paying(0, 100, 100)).paybacks == ()
    (found,) = flow(paying(0, 50, 150)).paybacks
    assert (found.option, found.against) == ("b", "a")
    assert found.years is None


def test_the_internal_rate_is_that_of_paying_more_first() -> None:
    found = payback(paying(200, 50, 150)).internal_rate
    assert found.rate == pytest.approx(float(numpy_financial.irr((200, -100, -100, -100))), rel=1e-9)
    monthly = payback(paying(200, 50, 150, step="month")).internal_rate
    by_month = float(numpy_financial.irr((200, *[-100 / 12] * 36)))
    assert monthly.rate == pytest.approx((1 + by_month) ** 12 - 1, rel=1e-8)


def test_the_benefit_to_cost_ratio_is_what_is_saved_by_what_is_paid_more_both_discounted() -> None:
    assert payback(paying(200, 50, 150)).benefit_to_cost == pytest.approx(
        100 * (1 / 1.1 + 1 / 1.21 + 1 / 1.331) / 200, rel=CLOSE
    )
    assert payback(paying(200, 50, 150, wacc=0)).benefit_to_cost == pytest.approx(1.5, rel=CLOSE)


# Where it has no meaning


def test_a_formula_total_does_not_say_what_is_paid_when() -> None:
    text = paying(900, 120, 240).replace("of: [run, once], as: sum", 'formula: "run * horizon + once"')
    (problem,) = problems_of(text)
    assert problem.code == "RG505"
    assert problem.message.startswith("`spend` is a formula, which does not say what is paid when")
    assert problem.hint == "write the total as `of: [run, once], as: sum`"
    average = text.replace('unit: EUR, formula: "run * horizon + once"', "unit: EUR/year, formula: run")
    assert problems_of(average)[0].hint == "write the total as `of: [run, once], as: average`"


def test_a_formula_total_whose_name_stands_for_two_things_is_reported_too() -> None:
    text = paying(900, 120, 240).replace("of: [run, once], as: sum", 'formula: "run * horizon + once"')
    text = text.replace("  nothing: {", '  spend: {title: Spend, unit: EUR, formula: "0 [EUR]"}\n  nothing: {')
    assert {each.code for each in problems_of(text)} == {"RG209", "RG505"}


@pytest.mark.parametrize("of", ["[runs, once]", "[1, once]", "[nothing, once]", "[cost]"])
def test_a_cash_flow_of_what_is_no_category_brings_no_other_problem(of: str) -> None:
    (problem,) = problems_of(paying(900, 120, 240).replace("EUR, of: [run, once], as: sum", f"EUR, of: {of}, as: sum"))
    assert problem.code in ("RG211", "RG206")


def test_the_hint_of_a_formula_total_is_followed() -> None:
    """Word for word it makes the model sound."""
    text = paying(900, 120, 240).replace("of: [run, once], as: sum", 'formula: "run * horizon + once"')
    hint = problems_of(text)[0].hint.split("`")[1]
    assert flow(text.replace('formula: "run * horizon + once"', hint)).nominal["a"] == (900, 120, 120, 120)


def test_a_cash_flow_without_a_horizon() -> None:
    text = paying(900, 120, 240).replace("horizon: 3 year\n", "")
    assert {each.code for each in problems_of(text)} == {"RG203"}


@pytest.mark.parametrize("setting", ["wacc=-100", "wacc=-250"])
def test_a_rate_that_leaves_nothing_to_discount_by(setting: str) -> None:
    model, _ = apply_settings(load(paying(900, 120, 240)), [setting])
    assert problem_of(model).code == "RG212"


def test_growth_beyond_any_number() -> None:
    text = paying(900, 120, 240, horizon="15 year").replace("b: 240}", "b: 240}, growth: 1e30 %/year")
    problem = problem_of(load(text))
    assert problem.code == "RG503"
    assert "run.fees" in problem.message


def problem_of(model: Model) -> Problem:
    with pytest.raises(ModelError) as caught:
        assert evaluate(model).cash_flow
    return caught.value.problems[0]


# What went wrong when a cash flow was guessed from a formula: the models of tests/cases/time-*.yaml


def case(name: str, *replacements: tuple[str, str]) -> str:
    text = (CASES / f"time-{name}.yaml").read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


SUMMED = "of: [run, set_up], as: average"


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("onetime", "formula: run + set_up / life"),
        ("ot_crf", 'formula: "run + set_up * rate / (1 - (1 + rate * 1 [year]) ^ (-6))"'),
    ],
)
def test_amounts_written_off_over_another_period_are_refused_or_on_their_date(name: str, formula: str) -> None:
    (problem,) = problems_of(case(name))
    assert problem.code == "RG505"
    outcome = flow(case(name, (formula, SUMMED)))
    assert outcome.nominal == {"a": (900, *[10] * 6), "b": (300, *[20] * 6)}


def test_an_option_without_an_amount_leaves_those_of_the_others_alone() -> None:
    (problem,) = problems_of(case("p2"))
    assert problem.code == "RG505"
    outcome = flow(case("p2", ("formula: {a: run + set_up / horizon, b: run}", SUMMED), ("b: 300", "b: none")))
    assert outcome.nominal == {"a": (900, *[10] * 6), "b": (0, *[20] * 6)}


def test_a_calculation_that_mentions_an_amount_is_paid_in_its_own_steps() -> None:
    """A loan of 900 over six years is repaid in level payments, not at the start, and not times the horizon."""
    loan = "calculations:\n  repaid: {title: Repaid, unit: EUR/year, formula: set_up.machine / horizon}\ncategories:"
    text = case(
        "p2",
        ("formula: {a: run + set_up / horizon, b: run}", "of: [run], as: sum"),
        ("unit: EUR/year, of", "unit: EUR, of"),
        ("categories:", loan),
        ("{a: 10, b: 20}", "{a: repaid, b: 20}"),
    )
    assert flow(text).nominal["a"] == pytest.approx((0, *[150] * 6), rel=CLOSE)


def test_growth_counts_in_a_model_without_a_cash_flow() -> None:
    """In totals, scenarios and simulation alike; a formula total uses what categories come to."""
    model, warnings = load_source(Source("model.yaml", case("a3")))
    assert [each.message for each in warnings] == ["nothing uses `rate`"]
    steady = load(case("a3", ("0.29, unit: EUR/kWh, growth: 3 %/year", "0.29, unit: EUR/kWh")))
    grown, still = (evaluate(each).value("energy", "electric") for each in (model, steady))
    assert still == pytest.approx(120 * 22_000 * 0.28 * 0.29, rel=CLOSE)
    assert grown == pytest.approx(still * sum(1.03**year for year in range(6)) / 6, rel=CLOSE)
    dear = evaluate(model, model.scenario("dear_fuel")).value("energy", "electric")
    assert dear == pytest.approx(grown / 0.29 * 0.25, rel=CLOSE)
    total = [evaluate(each).value("total", "electric") for each in (model, steady)]
    assert total[0] - total[1] == pytest.approx(6 * (grown - still), rel=CLOSE)


def test_a_battery_and_a_residual_value_are_on_their_dates() -> None:
    """At 5 % a battery of 9,500 in year 5 and 20 % of the price in year 6, for 120 vans."""
    text = case(
        "a3",
        ("battery:  {title: Battery replacement, costs", "battery:  {title: Battery, when: 59 month, costs"),
        ("residual: {title: Residual value, costs", "residual: {title: Residual value, when: end, costs"),
        ("formula: vehicles + (energy + leasing) * horizon + co2_total * co2_price", "of: [vehicles], as: sum"),
        ("value: 5.2,", "value: 5,"),
    )
    outcome = flow(text + "cash_flow: {of: total, discount_rate: rate}\n")
    bought, battery, residual = 120 * 42_000, 120 * 9_500, -120 * 42_000 * 0.2
    assert outcome.nominal["electric"] == pytest.approx((bought, 0, 0, 0, 0, battery, residual), rel=CLOSE)
    expected = bought + battery / 1.05**5 + residual / 1.05**6
    assert outcome.present_value["electric"] == pytest.approx(expected, rel=CLOSE)


def test_growth_without_a_unit_is_neither_a_share_nor_an_amount() -> None:
    with pytest.raises(ModelError) as caught:
        load_model(CASES / "time-gr.yaml")
    add = "`growth: 0.03 EUR/kWh/year` to add as much every year"
    assert [(each.code, each.hint) for each in caught.value.problems if each.code == "RG404"] == [
        ("RG404", f"write `growth: 3 %/year` for a share of the value, or {add}"),
        ("RG404", "write `growth: 5 %/year`"),
    ]


def test_a_plain_number_of_growth_a_year_is_asked_for_its_per_cent() -> None:
    problems = problems_of(case("gr", ("growth: 0.03", "growth: 3 %/year"), ("growth: 5}", "growth: 1 1/year}")))
    found = next(each for each in problems if each.code == "RG404")
    assert found.message == "growth of 1 1/year: is it a share or an amount?"
    assert found.hint.startswith("write `growth: 100 %/year`")


def test_a_team_chat_worked_out_by_hand() -> None:
    """Seats grow by 8 % a year: 240, 259.2, 279.936; from 250 seats on there are two machines."""
    text = (Path(__file__).parent.parent.parent / "inputs" / "team-chat.yaml").read_text(encoding="utf-8")
    total = text[text.index("  total: ") : text.index("metrics:")]
    paid = "  total: {title: T, unit: EUR/year, of: [subscription, infrastructure, people, set_up], as: average}\n"
    text = text.replace(total, paid).replace("low: 120, high: 600}", "low: 120, high: 600, growth: 8 %/year}")
    fee = "      seat_fee: {"
    text = text.replace(fee, f'      wacc: {{title: Discount rate, value: 6, unit: "%/year"}}\n{fee}')
    outcome = flow(text + "\ncash_flow: {of: total, discount_rate: wacc}\n")
    upkeep, machine = 88_000 / 12, 0.19 * 730 / 1.08
    hosted = [12 * (seats * 6.5 + 0.02 * upkeep) for seats in (240, 259.2, 279.936)]
    self_run = [12 * (150 + machines * machine + 0.15 * upkeep) for machines in (1, 2, 2)]
    assert outcome.nominal["hosted"] == pytest.approx((4_000, *hosted), rel=CLOSE)
    assert outcome.nominal["self_run"] == pytest.approx((15_500, *self_run), rel=CLOSE)
    assert outcome.present_value["hosted"] == pytest.approx(62_691.56417713952, rel=CLOSE)
    assert outcome.incomplete == ("hosted",)
    (found,) = outcome.paybacks
    assert (found.option, found.against) == ("self_run", "hosted")
    behind = np.cumsum(np.array(outcome.nominal["self_run"]) - np.array(outcome.nominal["hosted"]))
    assert found.years == pytest.approx(2 + behind[2] / (behind[2] - behind[3]), rel=CLOSE)
