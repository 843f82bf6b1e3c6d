"""Cash flow: against sums worked out by hand, against numpy-financial, and where it has no meaning."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import numpy_financial
import pytest

from reportgen.compute.cash_flow import CashFlowOutcome, Payback, cash_flow
from reportgen.compute.evaluate import evaluate_cases
from reportgen.formula.nodes import Key
from reportgen.formula.units import parse_unit
from reportgen.model.load import load_model, load_source
from reportgen.model.model import Model
from reportgen.model.overrides import apply_settings, find_scenario
from reportgen.problems import ModelError, Problem
from reportgen.source import Source
from tests.model.samples import SAMPLE_PATH, load, sample

RATE = (
    "unit: EUR/FTE/year, note: fully loaded}",
    'unit: EUR/FTE/year, note: fully loaded}\n      wacc: {title: Discount rate, value: 6, unit: "%/year"}',
)
GROWTH = ("low: 120, high: 600}", "low: 120, high: 600, growth: 8 %/year}")
ASKED = ("simulation: {", "cash_flow: {of: total, discount_rate: wacc}\nsimulation: {")
CLOSE = 1e-12


def flow(model: Model, scenario: str | None = None) -> CashFlowOutcome:
    outcome = cash_flow(model, find_scenario(model, scenario))
    assert outcome is not None
    return outcome


def team_chat(*replacements: tuple[str, str]) -> Model:
    return sample(RATE, ASKED, GROWTH, *replacements)


def agent_runtime(*replacements: tuple[str, str]) -> Model:
    """The model with a discount rate of 8%, so that no test leans on the one that it has."""
    text = (SAMPLE_PATH.parent / "agent-runtime" / "model.yaml").read_text(encoding="utf-8")
    rate = ("        title: Discount rate\n        value: 6\n", "        title: Discount rate\n        value: 8\n")
    for old, new in (rate, *replacements):
        assert old in text, old
        text = text.replace(old, new, 1)
    return load(text)


def problem_of(model: Model) -> Problem:
    with pytest.raises(ModelError) as caught:
        cash_flow(model)
    (problem,) = caught.value.problems
    return problem


def test_a_model_that_asks_for_none_has_none() -> None:
    assert cash_flow(sample()) is None


def test_team_chat_worked_out_by_hand() -> None:
    """Seats grow by 8% a year: 240, 259.2, 279.936; from 250 seats on there are two machines."""
    outcome = flow(team_chat())
    upkeep, machine = 88_000 / 12, 0.19 * 730 / 1.08
    hosted = [12 * (seats * 6.5 + 0.02 * upkeep) for seats in (240, 259.2, 279.936)]
    self_run = [12 * (150 + machines * machine + 0.15 * upkeep) for machines in (1, 2, 2)]
    assert list(outcome.years) == [0, 1, 2, 3]
    assert list(outcome.weights) == [1, 1, 1, 1]
    assert outcome.rate == pytest.approx(0.06, rel=CLOSE)
    assert outcome.factors == pytest.approx((1, 1 / 1.06, 1 / 1.06**2, 1 / 1.06**3), rel=CLOSE)
    assert outcome.one_time == pytest.approx({"hosted": 4_000, "self_run": 15_500}, rel=CLOSE)
    assert outcome.running["hosted"] == pytest.approx((0, *hosted), rel=CLOSE)
    assert outcome.running["self_run"] == pytest.approx((0, *self_run), rel=CLOSE)
    assert outcome.nominal["hosted"] == pytest.approx((4_000, *hosted), rel=CLOSE)
    assert outcome.discounted["hosted"] == pytest.approx(
        (4_000, hosted[0] / 1.06, hosted[1] / 1.06**2, hosted[2] / 1.06**3), rel=CLOSE
    )
    assert outcome.cumulative["self_run"] == pytest.approx(tuple(accumulate((15_500, *self_run))), rel=CLOSE)
    assert outcome.present_value["hosted"] == pytest.approx(62_691.56417713952, rel=CLOSE)
    assert outcome.present_value["self_run"] == pytest.approx(
        15_500 + self_run[0] / 1.06 + self_run[1] / 1.06**2 + self_run[2] / 1.06**3, rel=CLOSE
    )
    assert outcome.unit == parse_unit("EUR")
    assert outcome.incomplete == ("hosted",)


def test_agent_runtime_worked_out_by_hand() -> None:
    """No input of it grows: each year as the first. The headline is asked for by naming no total."""
    outcome = flow(agent_runtime())
    month = 110_000 / 12
    build = 18.5 * month + 5_000
    llm = 50_000 * 3 * (10_000 * 3 + 1_500 * 15) / 1e6 / 1.08
    tools = 70 + 100 + 0.15 * month
    yearly = {
        "self_hosted": 12 * (500 + 130 + 60 + 400 + 80 + 0.2 * month + tools - 340 + llm),
        "connic": 12 * (1 + 50_000 * (0.047 + 45 * 0.00042) + llm),
        "inngest": 12 * (50 + 75 / 1.08 + tools + 200 + llm),
    }
    once = {"self_hosted": 26_049 + build, "connic": 1_800, "inngest": 1_800 + build}
    annuity = 1 / 1.08 + 1 / 1.08**2 + 1 / 1.08**3
    assert outcome.total.name == "total"
    assert outcome.one_time == pytest.approx(once, rel=CLOSE)
    for option, amount in yearly.items():
        assert outcome.running[option] == pytest.approx((0, amount, amount, amount), rel=CLOSE)
        assert outcome.present_value[option] == pytest.approx(once[option] + annuity * amount, rel=CLOSE)
    # Connic costs least in year 0 and in every year after: nothing pays back against it.
    assert outcome.paybacks == (
        Payback("self_hosted", "connic", None, None),
        Payback("self_hosted", "inngest", None, None),
        Payback("inngest", "connic", None, None),
    )


@pytest.mark.parametrize("scenario", [None, "low_volume", "high_volume", "high_salary", "long_runs", "two_years"])
def test_with_nothing_to_discount_the_years_add_up_to_the_total(scenario: str | None) -> None:
    model = agent_runtime(("value: 8\n", "value: 0\n"))
    outcome = flow(model, scenario)
    found = find_scenario(model, scenario)
    values = evaluate_cases(model, [found.settings if found else {}])
    horizon = values[Key("horizon")][0]
    for option, amount in outcome.present_value.items():
        assert amount == pytest.approx(float(values[Key("total", option)][0] * horizon), rel=CLOSE)
    assert outcome.years[-1] == horizon


@pytest.mark.parametrize("rate", [0, 3.25, 6, 40, -20])
@pytest.mark.parametrize("horizon", [1, 3, 12])
def test_present_values_against_numpy_financial(rate: float, horizon: int) -> None:
    model = team_chat(("value: 6, unit", f"value: {rate}, unit"), ("horizon: 3 year", f"horizon: {horizon} year"))
    outcome = flow(model)
    for option, amounts in outcome.nominal.items():
        assert len(amounts) == horizon + 1
        expected = float(numpy_financial.npv(rate / 100, amounts))
        assert outcome.present_value[option] == pytest.approx(expected, rel=CLOSE)
        assert outcome.cumulative_discounted[option][-1] == outcome.present_value[option]


@pytest.mark.parametrize(
    ("growth", "seats"),
    [
        ("8 %/year", (240, 240 * 1.08, 240 * 1.08**2)),
        ("-10 %/year", (240, 216, 194.4)),
        ("-100 %/year", (240, 0, 0)),
        ("0.5 %/month", (240, 240 * 1.005**12, 240 * 1.005**24)),
        ("3 %/quarter", (240, 240 * 1.03**4, 240 * 1.03**8)),
        ("30 seat/year", (240, 270, 300)),
        ("2 seat/month", (240, 264, 288)),
        ("-20 seat/year", (240, 220, 200)),
    ],
)
def test_growth_begins_after_the_first_year(growth: str, seats: tuple[float, ...]) -> None:
    outcome = flow(team_chat(("growth: 8 %/year", f"growth: {growth}")))
    people = 0.02 * 88_000
    assert outcome.running["hosted"][1:] == pytest.approx([12 * 6.5 * each + people for each in seats], rel=CLOSE)


def test_a_per_option_input_grows_at_each_option() -> None:
    model = agent_runtime(
        ("high: {self_hosted: 0.35, connic: 0.05", "growth: 10 %/year\n        high: {self_hosted: 0.35, connic: 0.05")
    )
    amounts = flow(model).running["self_hosted"]
    assert amounts[2] - amounts[1] == pytest.approx(0.02 * 110_000, rel=1e-9)
    assert amounts[3] - amounts[2] == pytest.approx(0.022 * 110_000, rel=1e-9)
    assert len(set(flow(model).running["connic"][1:])) == 1


def test_one_time_costs_are_of_year_0_and_do_not_grow() -> None:
    model = team_chat(
        (
            "migration: {title: Migration, costs: {hosted: 4_000",
            "migration: {title: M, costs: {hosted: 'seats * 100 [EUR/seat]'",
        )
    )
    assert flow(model).one_time["hosted"] == pytest.approx(24_000, rel=CLOSE)


def test_a_scenario_and_other_inputs_are_where_growth_starts() -> None:
    assert flow(team_chat(), "growth").running["hosted"][2] == pytest.approx(12 * 6.5 * 480 * 1.08 + 1_760, rel=CLOSE)
    model, _ = apply_settings(team_chat(), ["seats=100", "wacc=10"])
    assert flow(model).running["hosted"][2] == pytest.approx(12 * 6.5 * 108 + 1_760, rel=CLOSE)
    assert flow(model).rate == pytest.approx(0.1, rel=CLOSE)


@pytest.mark.parametrize(
    ("horizon", "weights"),
    [
        ("30 month", (1, 1, 1, 0.5)),
        ("2.5 year", (1, 1, 1, 0.5)),
        ("9 quarter", (1, 1, 1, 0.25)),
        ("6 month", (1, 0.5)),
        ("36 month", (1, 1, 1, 1)),
        ("1 year", (1, 1)),
    ],
)
def test_a_last_year_counts_as_far_as_the_horizon_goes(horizon: str, weights: tuple[float, ...]) -> None:
    whole = flow(team_chat(("horizon: 3 year", f"horizon: {len(weights) - 1} year")))
    outcome = flow(team_chat(("horizon: 3 year", f"horizon: {horizon}")))
    assert outcome.weights == pytest.approx(weights, rel=CLOSE)
    assert outcome.years == tuple(range(len(weights)))
    for option, amounts in whole.running.items():
        expected = [amount * weight for amount, weight in zip(amounts, weights, strict=True)]
        assert outcome.running[option] == pytest.approx(expected, rel=CLOSE)
        assert outcome.one_time[option] == pytest.approx(whole.one_time[option], rel=CLOSE)


def test_a_horizon_of_a_sum_in_the_last_bits_adds_no_year() -> None:
    model, _ = apply_settings(team_chat(), [f"horizon={0.1 + 0.2:.17g}e1"])
    assert model.definitions[Key("horizon")].value > 3  # type: ignore[union-attr]
    assert flow(model).years == (0, 1, 2, 3)


def test_a_total_per_month_is_paid_per_year() -> None:
    monthly = ("total:   {title: Total cost of ownership, unit: EUR/year", "total:   {title: T, unit: EUR/month")
    by_month, by_year = flow(team_chat(monthly)), flow(team_chat())
    assert by_month.unit == parse_unit("EUR")
    for option, amounts in by_year.nominal.items():
        assert by_month.nominal[option] == pytest.approx(amounts, rel=CLOSE)


def test_the_rate_may_be_a_share() -> None:
    share = team_chat(('value: 6, unit: "%/year"', 'value: 0.06, unit: "1"'))
    assert flow(share).present_value == pytest.approx(flow(team_chat()).present_value, rel=CLOSE)
    assert flow(team_chat(('unit: "%/year"', 'unit: "%"'))).rate == pytest.approx(0.06, rel=CLOSE)


PAYING = """\
reportgen: 1
id: paying
title: Paying
as_of: 2026-06-30
currency: EUR
horizon: {horizon}
options: {{a: {{title: A}}, b: {{title: B}}}}
assumptions:
  money:
    title: Money
    inputs:
      rate: {{title: Rate, value: 10, unit: "%/year"}}
      fee:  {{title: Fee, value: {{a: {a}, b: {b}}}, unit: EUR/year, growth: {growth}}}
categories:
  build: {{title: Build, unit: EUR, items: {{one: {{title: One, costs: {{a: {once}, b: 0}}}}}}}}
  run:   {{title: Run, unit: EUR/year, items: {{fees: {{title: Fees, costs: fee}}}}}}
totals:
  total: {{title: Total, unit: EUR/year, formula: run + build / horizon}}
cash_flow: {{discount_rate: rate}}
"""


def paying(once: float, a: float, b: float, horizon: str = "3 year", growth: str = "0 %/year") -> tuple[Payback, ...]:
    return flow(load(PAYING.format(once=once, a=a, b=b, horizon=horizon, growth=growth))).paybacks


def test_payback_is_linear_within_a_year() -> None:
    """120 more in year 0, 100 a year less: after 1.2 years; of 90.91 and 82.64 discounted, after 1 + 29.09/82.64."""
    (found,) = paying(120, 50, 150)
    assert (found.option, found.against) == ("a", "b")
    assert found.years == pytest.approx(1.2, rel=CLOSE)
    assert found.discounted_years == pytest.approx(1 + (120 - 100 / 1.1) / (100 / 1.21), rel=CLOSE)


def test_payback_at_the_end_of_a_year_and_of_the_horizon() -> None:
    assert paying(200, 50, 150)[0].years == pytest.approx(2, rel=CLOSE)
    (found,) = paying(300, 50, 150)
    assert found.years == pytest.approx(3, rel=CLOSE)
    assert found.discounted_years is None
    assert paying(0.3, 0.2, 0.3)[0].years == pytest.approx(3, rel=CLOSE), "the last bits of a sum do not matter"


def test_payback_never_within_the_horizon() -> None:
    assert paying(301, 50, 150)[0] == Payback("a", "b", None, None)
    assert paying(10, 150, 150)[0] == Payback("a", "b", None, None)


def test_payback_in_a_last_year_that_is_cut_short() -> None:
    """Half a year saves 50, of which 25 are needed: a quarter of a year."""
    assert paying(225, 50, 150, "30 month")[0].years == pytest.approx(2.25, rel=CLOSE)
    assert paying(251, 50, 150, "30 month")[0].years is None


def test_payback_is_the_first_one() -> None:
    """90 more in year 0, then 100 less, then 100 more again."""
    text = PAYING.format(once=90, a=50, b=150, horizon="3 year", growth="0 %/year")
    more = '      more: {title: More, value: 1, unit: "1", growth: 400 %/year}\n      fee: '
    text = text.replace("      fee: ", more)
    (found,) = flow(load(text.replace("costs: fee", "costs: {a: fee * more, b: fee}"))).paybacks
    assert found.years == pytest.approx(0.9, rel=CLOSE)
    assert found.discounted_years == pytest.approx(0.99, rel=CLOSE)


def test_no_payback_between_options_that_cost_the_same_in_year_0() -> None:
    assert paying(0, 50, 150) == ()


def test_payback_of_the_dearer_start_only() -> None:
    (found,) = flow(team_chat()).paybacks
    assert (found.option, found.against) == ("self_run", "hosted")
    assert found.years == pytest.approx(2 + (50_123.333333333333 - 46_457.6) / (23_595.008 - 18_082.222222222223))


def test_a_cash_flow_without_a_horizon() -> None:
    text = PAYING.format(once=1, a=1, b=1, horizon="3 year", growth="0 %/year")
    model = load(text.replace("horizon: 3 year\n", "").replace("run + build / horizon", '"run + build / 3 [year]"'))
    assert (problem_of(model).code, problem_of(model).span) == ("RG203", model.headline.span)
    assert "horizon" in problem_of(model).message


def test_a_total_that_has_no_time_in_it() -> None:
    model = agent_runtime(("cash_flow: {of: total,", "cash_flow: {of: first_year,"))
    problem = problem_of(model)
    assert (problem.code, problem.message) == ("RG402", "a cash flow needs a total per year; `first_year` is in EUR")
    assert problem.span == model.quantities["first_year"].span


@pytest.mark.parametrize("setting", ["horizon=101", "horizon=0", "horizon=-1", "wacc=-100", "wacc=-99.9999999999999"])
def test_numbers_that_have_no_meaning(setting: str) -> None:
    model, _ = apply_settings(team_chat(), [setting])
    if setting.startswith("wacc"):
        model, _ = apply_settings(model, ["horizon=100"])
    assert problem_of(model).code == "RG212"


def test_growth_beyond_any_number() -> None:
    problem = problem_of(team_chat(("growth: 8 %/year", "growth: 1e30 %/year"), ("3 year", "15 year")))
    assert problem.code == "RG503"
    assert "`seats` grows" in problem.message


def test_a_year_that_cannot_be_computed_says_so() -> None:
    problem = problem_of(team_chat(("growth: 8 %/year", "growth: -200 seat/year")))
    assert problem.code == "RG502"
    assert problem.message.endswith("in a year of the cash flow)")


CASES = Path(__file__).parent.parent / "cases"


@pytest.mark.parametrize(
    ("case", "would_be"),
    [
        ("time-onetime", "1,800 EUR for `a` and 600 EUR for `b`"),
        ("time-ot_crf", "1,063.8943278 EUR for `a` and 354.631442598 EUR for `b`"),
    ],
)
def test_one_time_costs_spread_over_another_period_have_no_cash_flow(case: str, would_be: str) -> None:
    model, _ = load_model(CASES / f"{case}.yaml")
    problem = problem_of(model)
    assert problem.code == "RG505"
    assert problem.message == (
        f"year 0 of the cash flow of `total` would be {would_be}; its one-time items come to 900 EUR and 300 EUR"
    )


def test_an_option_without_one_time_costs_leaves_those_of_the_others_alone() -> None:
    model, _ = load_model(CASES / "time-p2.yaml")
    outcome = flow(model)
    assert outcome.one_time == pytest.approx({"a": 900, "b": 0}, rel=CLOSE)
    assert outcome.running["a"] == pytest.approx((0, *[10] * 6), rel=CLOSE)
    assert outcome.running["b"] == pytest.approx((0, *[20] * 6), rel=CLOSE)


def test_a_calculation_that_spreads_a_one_time_item_over_its_own_term_is_refused() -> None:
    text = (CASES / "time-onetime.yaml").read_text(encoding="utf-8")
    calculation = "calculations:\n  write_off: {title: Write-off, unit: EUR/year, formula: set_up.machine / life}\n"
    text = text.replace("categories:", f"{calculation}categories:").replace("run + set_up / life", "run + write_off")
    assert "would be 1,800 EUR for `a`" in problem_of(load(text)).message


def test_a_period_that_is_the_horizon_only_at_the_base_is_refused_in_the_scenario() -> None:
    text = (
        (CASES / "time-onetime.yaml")
        .read_text(encoding="utf-8")
        .replace("value: 3, unit: year", "value: 6, unit: year")
    )
    model = load(text + "scenarios:\n  short: {title: Short life, set: {life: 3}}\n")
    assert flow(model).one_time == pytest.approx({"a": 900, "b": 300}, rel=CLOSE)
    with pytest.raises(ModelError, match="would be 1,800 EUR for `a`"):
        flow(model, "short")


def test_running_costs_that_are_a_share_of_a_one_time_item_are_no_one_time_costs() -> None:
    text = (CASES / "time-p2.yaml").read_text(encoding="utf-8")
    text = text.replace("{a: 10, b: 20}", '{a: "5% * set_up.machine / 1 [year]", b: 20}')
    outcome = flow(load(text))
    assert outcome.one_time == pytest.approx({"a": 900, "b": 0}, rel=CLOSE)
    assert outcome.running["a"][1] == pytest.approx(45, rel=CLOSE)


def test_one_time_costs_in_another_currency_than_the_total() -> None:
    text = (CASES / "time-p2.yaml").read_text(encoding="utf-8").replace("    unit: EUR\n", "    unit: USD\n")
    text = text.replace("{a: run + set_up / horizon, b: run}", "run + set_up / fx / horizon")
    text = text.replace("rate:", "fx: {title: Exchange rate, value: 1.08, unit: USD/EUR}\n      rate:", 1)
    problem = problem_of(load(text))
    assert (problem.code, problem.hint) == (
        "RG505",
        "write its items in EUR, with the exchange rate in their formulas",
    )


def test_growth_of_prices_in_a_model_without_a_cash_flow_is_reported() -> None:
    _, warnings = load_model(CASES / "time-a3.yaml")
    found = [warning.message for warning in warnings if warning.code == "RG708"]
    assert found == [
        f"the growth of `{name}` changes nothing: the model has no cash flow" for name in ("power", "diesel_price")
    ]


def test_growth_that_the_total_of_the_cash_flow_does_not_count_is_reported() -> None:
    text = (CASES / "time-p2.yaml").read_text(encoding="utf-8")
    text = text.replace("{a: 10, b: 20}", "{a: fee, b: 20}").replace("{a: 900, b: 300}", "{a: price, b: 300}")
    inputs = "fee: {title: Fee, value: 10, unit: EUR/year, growth: 2 %/year}\n      "
    inputs += "price: {title: Price, value: 900, unit: EUR, growth: 2 %/year}\n      rate:"
    _, warnings = load_source(Source("model.yaml", text.replace("rate:", inputs, 1)))
    assert [each.message for each in warnings] == [
        "the growth of `price` changes nothing: it adds nothing to the running costs of `total`"
    ]


def test_growth_without_a_unit_is_neither_a_share_nor_an_amount() -> None:
    with pytest.raises(ModelError) as caught:
        load_model(CASES / "time-gr.yaml")
    add = "`growth: 0.03 EUR/kWh/year` to add as much every year"
    assert [(each.code, each.hint) for each in caught.value.problems] == [
        ("RG404", f"write `growth: 3 %/year` for a share of the value, or {add}"),
        ("RG404", "write `growth: 5 %/year`"),
    ]


def test_a_plain_number_of_growth_a_year_is_asked_for_its_per_cent() -> None:
    with pytest.raises(ModelError) as caught:
        team_chat(("growth: 8 %/year", "growth: 1 1/year"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("RG404", "growth of 1 1/year: is it a share or an amount?")
    assert problem.hint.startswith("write `growth: 100 %/year`")


def test_a_total_may_leave_one_time_costs_out_by_a_factor_of_0() -> None:
    text = (CASES / "time-p2.yaml").read_text(encoding="utf-8")
    text = text.replace("{a: run + set_up / horizon, b: run}", "run + scope * set_up / horizon")
    text = text.replace("rate:", 'scope: {title: Scope, value: 0, unit: "1"}\n      rate:', 1)
    text += "scenarios:\n  all: {title: All, set: {scope: 1}}\n  half: {title: Half, set: {scope: 0.5}}\n"
    model = load(text)
    assert flow(model).one_time == {"a": 0.0, "b": 0.0}
    assert flow(model, "all").one_time == pytest.approx({"a": 900, "b": 300}, rel=CLOSE)
    with pytest.raises(ModelError, match="would be 450 EUR for `a` and 150 EUR for `b`"):
        flow(model, "half")
