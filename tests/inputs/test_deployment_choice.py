"""The model of inputs/deployment-choice against the article it comes from.

Everything is computed a second time from the article's figures, in plain Python that shares no code with the program:
the totals in every scenario, the break-evens in requests a day at the middle of the article's ranges and at their four
corners, and the verdict on every published figure.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

import pytest

from tests.inputs.shown import EXACT, Shown, Values

MODEL = Shown("deployment-choice")
OPTIONS = ("managed", "hybrid", "self_hosted", "self_hosted_owned")
MONTHS = 36
MACHINE = 2_000  # requests a day that one machine answers


def in_scenario(scenario: str) -> tuple[str, ...]:
    return () if scenario == "base" else ("--scenario", scenario)


def one(name: str, option: str = "", *arguments: str) -> float:
    found = MODEL.answer(*arguments)["values"][name]
    value = found["options"][option] if option else found["value"]
    return 0.0 if value is None else float(value)


@dataclass(frozen=True)
class Managed:
    """A platform's plans and the model interface, USD a month; `api` is for 200 requests on each of 30 days."""

    basic: float
    professional: float
    enterprise: float
    api: float

    @property
    def per_daily_request(self) -> float:
        return self.api / 200

    def plan(self, engineers: int) -> float:
        return self.basic if engineers <= 5 else self.professional if engineers <= 50 else self.enterprise


@dataclass(frozen=True)
class Own:
    """What is run by oneself, USD a month unless said otherwise: hours a month, weeks, dollars an hour, one machine."""

    server: float
    vps: float
    gpu: float
    supporting: float
    hardware: float
    rate: float
    upkeep: float
    model_upkeep: float
    set_up: float
    weeks: float


MIDDLE = Managed(34.5, 200, 750, 275), Own(22.5, 60, 600, 110, 17_500, 75, 3, 8, 30, 2)
MANAGED = {"low": Managed(14, 100, 500, 50), "high": Managed(55, 300, 1_000, 500)}
OWN = {
    "low": Own(5, 20, 200, 20, 5_000, 50, 2, 0, 20, 1),
    "high": Own(40, 100, 1_000, 200, 30_000, 100, 4, 16, 40, 3),
}
PRICES = {
    "base": MIDDLE,
    "both_low": (MANAGED["low"], OWN["low"]),
    "both_high": (MANAGED["high"], OWN["high"]),
    "managed_low": (MANAGED["low"], OWN["high"]),
    "managed_high": (MANAGED["high"], OWN["low"]),
}
SIZES = {"early_stage": (3, 100), "enterprise": (200, 5_000), "regulated_industry": (30, 1_000)}


def infrastructure(managed: Managed, own: Own, requests: float, engineers: int = 20) -> dict[str, float]:
    api, machines = managed.per_daily_request * requests, math.ceil(requests / MACHINE)
    return {
        "managed": managed.plan(engineers) + api,
        "hybrid": api + own.vps + own.supporting,
        "self_hosted": own.server + own.supporting + machines * own.gpu,
        "self_hosted_owned": own.server + own.supporting + machines * (100 + own.hardware / MONTHS),
    }


def work(own: Own) -> dict[str, float]:
    alone = (own.upkeep + own.model_upkeep + own.set_up / MONTHS) * own.rate
    moved = (own.upkeep + own.weeks * 40 / MONTHS) * own.rate
    return {"managed": 0, "hybrid": moved, "self_hosted": alone, "self_hosted_owned": alone}


def total(managed: Managed, own: Own, requests: float, engineers: int = 20) -> dict[str, float]:
    paid, done = infrastructure(managed, own, requests, engineers), work(own)
    return {option: paid[option] + done[option] for option in OPTIONS}


@pytest.mark.parametrize("scenario", [*PRICES, *SIZES])
def test_the_totals_are_those_computed_by_hand(scenario: str) -> None:
    managed, own = PRICES.get(scenario, MIDDLE)
    engineers, requests = SIZES.get(scenario, (20, 500))
    arguments = in_scenario(scenario)
    for name, by_hand in (
        ("infrastructure", infrastructure(managed, own, requests, engineers)),
        ("work", work(own)),
        ("total", total(managed, own, requests, engineers)),
    ):
        assert MODEL.answer(*arguments)["values"][name]["options"] == pytest.approx(by_hand, rel=EXACT), name


def test_the_middle_in_round_figures() -> None:
    """The same once more without any code, so that a slip in the code above is noticed."""
    assert MODEL.answer()["values"]["total"]["options"] == pytest.approx(
        {
            "managed": 200 + 687.5,
            "hybrid": 687.5 + 60 + 110 + 225 + 6_000 / 36,
            "self_hosted": 22.5 + 600 + 110 + 825 + 62.5,
            "self_hosted_owned": 22.5 + 100 + 110 + 17_500 / 36 + 825 + 62.5,
        },
        rel=EXACT,
    )


def test_there_is_a_scenario_for_each_corner_and_for_each_profile() -> None:
    written = MODEL.written
    assert {*PRICES, *SIZES} == {"base", *written["scenarios"]}
    assert set(OPTIONS) == set(written["options"])


# Break-evens in requests a day. Between two steps of the number of machines both totals are straight lines.

Cost = Callable[[float], float]


def solved(left: Cost, right: Cost, start: float = 1, end: float = 5_000) -> list[float]:
    """Where the order of two costs changes, over every interval with the same number of machines."""
    edges = [start, *(float(step) for step in range(MACHINE, int(end), MACHINE)), end]
    found: list[float] = []
    before = left(start) - right(start)
    for first, last in pairwise(edges):
        inside = first + (last - first) / 1_000
        gaps = [left(at) - right(at) for at in (inside, last)]
        if gaps[0] * before < 0:
            found.append(first)
        if gaps[0] * gaps[1] < 0:
            found.append(inside + (last - inside) * gaps[0] / (gaps[0] - gaps[1]))
        before = gaps[1]
    return found


@cache
def break_evens(scenario: str) -> Values:
    answers = MODEL.answer("--break-even", *in_scenario(scenario))["break_even"]
    return {each["id"]: each["pairs"][0] for each in answers}


QUESTIONS = {
    "infrastructure_only": (infrastructure, "managed", "self_hosted"),
    "with_work": (total, "managed", "self_hosted"),
    "owned_hardware": (total, "managed", "self_hosted_owned"),
    "hybrid_or_self_hosted": (total, "hybrid", "self_hosted"),
    "managed_or_hybrid": (total, "managed", "hybrid"),
}


@pytest.mark.parametrize("scenario", PRICES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_break_even_in_requests_a_day(question: str, scenario: str) -> None:
    cost, left, right = QUESTIONS[question]
    managed, own = PRICES[scenario]
    expected = solved(
        lambda at: cost(managed, own, at)[left],
        lambda at: cost(managed, own, at)[right],
    )
    answer = break_evens(scenario)[question]
    assert [each["at"] for each in answer["crossings"]] == pytest.approx(expected, rel=1e-6)
    if not expected:
        costs = cost(managed, own, 2_500)
        assert answer["always"] == min(left, right, key=costs.__getitem__)


@pytest.mark.parametrize(
    ("scenario", "alone", "with_work"),
    [
        # (the machine and its services - the professional plan) / what one request a day adds to the model's bill
        ("base", (732.5 - 200) / 1.375, (732.5 + 887.5 - 200) / 1.375),
        ("both_low", (225 - 100) / 0.25, (225 + 100 + 1_000 / 36 - 100) / 0.25),
        ("both_high", (1_240 - 300) / 2.5, (1_240 + 2_000 + 4_000 / 36 - 300) / 2.5),
        ("managed_high", 0, (225 + 100 + 1_000 / 36 - 300) / 2.5),
        ("managed_low", (1_240 - 100) / 0.25, (1_240 + 2_000 + 4_000 / 36 - 100) / 0.25),
    ],
)
def test_the_break_even_of_one_machine_in_closed_form(scenario: str, alone: float, with_work: float) -> None:
    arguments = in_scenario(scenario)
    assert one("break_even_infrastructure", "", *arguments) == pytest.approx(alone, rel=EXACT)
    assert one("break_even_with_work", "", *arguments) == pytest.approx(with_work, rel=EXACT)
    for question, by_hand in (("infrastructure_only", alone), ("with_work", with_work)):
        found = [each["at"] for each in break_evens(scenario)[question]["crossings"]]
        assert found == pytest.approx([by_hand] if 0 < by_hand <= MACHINE else [], rel=EXACT)


def test_the_corners_in_whole_requests() -> None:
    def rounded(question: str) -> list[int | str]:
        answers = [break_evens(scenario)[question] for scenario in PRICES]
        return [round(each["crossings"][0]["at"]) if each["crossings"] else each["always"] for each in answers]

    assert rounded("infrastructure_only") == [387, 500, 376, "managed", "self_hosted"]
    assert rounded("with_work") == [1_033, 1_011, 1_220, "managed", 21]


def test_at_the_corner_for_managed_every_machine_costs_more_than_the_requests_it_answers() -> None:
    managed, own = PRICES["managed_low"]
    assert own.gpu / MACHINE == 0.5 > managed.per_daily_request == 0.25
    managed, own = PRICES["base"]
    assert own.gpu / MACHINE < managed.per_daily_request


def test_break_even_in_the_subscription() -> None:
    """Hybrid saves the subscription and pays for server, services, upkeep and the move; the model costs the same."""
    assert one("hybrid_pays_above") == pytest.approx(60 + 110 + 225 + 6_000 / 36, rel=EXACT)
    (crossing,) = break_evens("base")["hybrid_fee"]["crossings"]
    assert crossing["at"] == pytest.approx(60 + 110 + 225 + 6_000 / 36, rel=EXACT)
    assert 300 < crossing["at"] < 750  # above any professional plan, below the enterprise plan's value
    at_scale = MODEL.answer(*in_scenario("enterprise"))["values"]["total"]["options"]
    assert at_scale["hybrid"] < at_scale["managed"]


def test_break_even_in_the_price_of_a_machine() -> None:
    (crossing,) = break_evens("base")["rent_or_buy"]["crossings"]
    assert crossing["at"] == pytest.approx((600 - 100) * MONTHS, rel=EXACT)
    assert crossing["first_cheaper_after"]  # renting, above it


def test_a_machine_is_paid_over_its_life() -> None:
    for life in (2, 5):
        values = MODEL.answer("--set", f"hardware_life={life}")["values"]
        by_hand = 22.5 + 110 + 100 + 17_500 / (12 * life)
        assert values["infrastructure"]["options"]["self_hosted_owned"] == pytest.approx(by_hand, rel=EXACT)


# Published figures.


@cache
def published() -> Values:
    return {each["id"]: each for each in MODEL.answer("--published")["published"]}


def saving(managed: Managed, own: Own) -> float:
    costs = total(managed, own, 5_000, 200)
    return 100 * (1 - costs["self_hosted"] / costs["managed"])


MANAGED_MIDDLE, OWN_MIDDLE = MIDDLE

COMPUTED: dict[str, tuple[str, float | tuple[float, float]]] = {
    # id: verdict and what follows, by hand, in the figure's unit
    "labour": ("exact", (2 * 50, (4 + 16) * 100)),
    "labour_of_stated_hours": ("differs", (2 * 50, 4 * 100)),
    "threshold": ("differs", (732.5 - 200) / 1.375),
    "threshold_with_work": ("differs", (1_620 - 200) / 1.375),
    "threshold_both_low": ("differs", 125 / 0.25),
    "threshold_both_high": ("differs", 940 / 2.5),
    "threshold_managed_low": ("differs", 1_140 / 0.25),
    "threshold_managed_high": ("differs", 0),
    "saving_at_scale": ("exact", saving(*MIDDLE)),
    "saving_over_model_prices": (
        "differs",
        (saving(replace(MANAGED_MIDDLE, api=50), OWN_MIDDLE), saving(replace(MANAGED_MIDDLE, api=500), OWN_MIDDLE)),
    ),
    "premium": ("differs", (14, 55)),
    "hybrid_vps_as_server": ("differs", (5, 40)),
    "migration_as_set_up": ("differs", (20 / 40, 40 / 40)),
}

INPUTS: dict[str, float | tuple[float, float | None]] = {
    # id: the figure as the article prints it
    "dimensions": 6,
    "basic_plan": (14, 55),
    "professional_plan": (100, 300),
    "enterprise_plan": (500, None),
    "model_bill": (50, 500),
    "orchestration": (5, 40),
    "rented_machine": (200, 1_000),
    "bought_machine": (5_000, 30_000),
    "supporting": (20, 200),
    "exposed_instances": (17_500, None),
    "exposed_countries": 52,
    "early_stage_engineers": 1,
    "early_stage_limit": 5,
    "growth_begins": 5,
    "growth_ends": 50,
    "set_up_hours": (20, 40),
    "upkeep_hours": (2, 4),
    "hybrid_vps": (20, 100),
    "migration": (1, 3),
}


def test_every_figure_of_the_article_has_its_verdict() -> None:
    expected = {**dict.fromkeys(INPUTS, "input"), **{id: verdict for id, (verdict, _) in COMPUTED.items()}}
    assert len(expected) == 32
    assert {id: each["verdict"] for id, each in published().items()} == expected


@pytest.mark.parametrize("id", COMPUTED)
def test_what_follows_for_a_published_figure(id: str) -> None:
    computed, (_, by_hand) = published()[id]["computed"], COMPUTED[id]
    found = (computed["from"], computed["to"]) if isinstance(computed, dict) else computed
    assert found == pytest.approx(by_hand, rel=EXACT)


@pytest.mark.parametrize("id", INPUTS)
def test_what_the_article_prints(id: str) -> None:
    stated = published()[id]["states"]
    found = (stated["from"], stated["to"]) if isinstance(stated, dict) else stated
    assert found == INPUTS[id]


def test_the_saving_at_scale_in_whole_per_cent() -> None:
    """Managed 750 + 6,875; self-hosted three machines of 600, 132.50 and 887.50. With 50 for the model: 750 + 1,250."""
    assert saving(*MIDDLE) == pytest.approx(100 * (1 - 2_820 / 7_625), rel=EXACT)
    start, end = COMPUTED["saving_over_model_prices"][1]  # type: ignore[misc]
    assert [round(saving(*MIDDLE)), round(start), round(end)] == [63, -41, 79]


# What the texts say of the figures.


def test_the_stated_premium_fits_no_plan() -> None:
    written = MODEL.written
    premium = written["published"]["premium"]["states"]
    assert (premium["from"], premium["to"]) == (50, 200)
    assert premium["from"] < MANAGED["high"].basic < premium["to"]  # basic hardly reaches the least premium
    assert (MANAGED["low"].professional, MANAGED["high"].professional) != (50, 200)


def test_the_hours_beside_the_premium_cost_as_much_as_its_upper_end() -> None:
    hours = 3 + 30 / MONTHS
    assert 200 < hours * 75 < 300
    assert hours * 75 > MANAGED["high"].basic


def test_the_stated_hours_would_need_an_hour_of_500_for_the_greatest_labour() -> None:
    assert (100 / 2, 2_000 / 4) == (50, 500)
    assert one("implied_rate") == pytest.approx((3 + 8) * 75 / 3, rel=EXACT)


def test_upkeep_and_move_of_hybrid_cost_more_than_a_professional_plan() -> None:
    assert work(OWN_MIDDLE)["hybrid"] > MANAGED["high"].professional


def test_no_stated_range_spans_more_than_a_factor_of_twenty() -> None:
    written = MODEL.written
    stated = [each["states"] for each in written["published"].values() if isinstance(each["states"], dict)]
    assert max(each["to"] / each["from"] for each in stated if len(each) == 2) == 2_000 / 100


@pytest.mark.parametrize(
    ("engineers", "devops", "regulated", "profile"),
    [
        (1, 0, 0, "early_stage"),
        (5, 0, 0, "early_stage"),
        (6, 0, 0, "growth"),
        (20, 0, 0, "growth"),
        (50, 1, 0, "growth"),
        (51, 1, 0, "enterprise"),
        (51, 0, 0, "growth"),
        (3, 0, 1, "regulated_industry"),
        (200, 1, 1, "regulated_industry"),
    ],
)
def test_who_should_choose_what(engineers: int, devops: int, regulated: int, profile: str) -> None:
    settings = (f"engineers={engineers}", f"devops_team={devops}", f"regulated={regulated}")
    found = MODEL.answer("--profiles", *(part for each in settings for part in ("--set", each)))["profiles"]
    assert [each["id"] for each in found if each["matches"]] == [profile]


# Ranges and scorecard.


def test_everything_from_corner_to_corner() -> None:
    """From 100 to 2,500 requests a day, 500 or 100 being moderate, 10,000 or 400 to a machine: one or seven of them."""
    low, high = OWN["low"], OWN["high"]
    everything = {each["id"]: each for each in MODEL.answer("--ranges")["ranges"]}["everything"]
    least, most = work(low), work(high)
    assert everything["low"] == pytest.approx(
        {
            "managed": 100 + 50 * 100 / 500,
            "hybrid": 50 * 100 / 500 + 20 + 20 + least["hybrid"],
            "self_hosted": 5 + 20 + 200 + least["self_hosted"],
            "self_hosted_owned": 5 + 20 + 40 + 5_000 / 60 + least["self_hosted_owned"],
        },
        rel=EXACT,
    )
    assert everything["high"] == pytest.approx(
        {
            "managed": 300 + 500 * 2_500 / 100,
            "hybrid": 500 * 2_500 / 100 + 100 + 200 + most["hybrid"],
            "self_hosted": 40 + 200 + 7 * 1_000 + most["self_hosted"],
            "self_hosted_owned": 40 + 200 + 7 * (250 + 30_000 / 24) + most["self_hosted_owned"],
        },
        rel=EXACT,
    )


def test_the_range_of_work_runs_from_the_least_to_the_most_stated() -> None:
    found = {each["id"]: each for each in MODEL.answer("--ranges")["ranges"]}["work"]
    rest = infrastructure(*MIDDLE, 500)
    for end, own in (("low", OWN["low"]), ("high", OWN["high"])):
        by_hand = {option: rest[option] + work(own)[option] for option in OPTIONS}
        assert found[end] == pytest.approx(by_hand, rel=EXACT)


@pytest.mark.parametrize(("scenario", "highest"), [("base", "managed"), ("enterprise", "self_hosted")])
def test_the_weighted_scores(scenario: str, highest: str) -> None:
    engineers, requests = SIZES.get(scenario, (20, 500))
    costs = total(*MIDDLE, requests, engineers)
    scores = {  # security, operations, control of data, scalability, customization
        "managed": (4, 5, 2, 5, 2),
        "hybrid": (3, 3, 3, 4, 3),
        "self_hosted": (2, 2, 4, 2, 5),
        "self_hosted_owned": (2, 1, 5, 1, 5),
    }
    weights = (0.20, 0.15, 0.20, 0.10, 0.10)
    by_hand = {
        option: 0.25 * 5 * min(costs.values()) / costs[option]
        + sum(weight * score for weight, score in zip(weights, scores[option], strict=True))
        for option in OPTIONS
    }
    found = MODEL.answer("--scorecard", *in_scenario(scenario))["scorecard"]
    sums = {option: sum(each["weighted"][option] for each in found["criteria"]) for option in OPTIONS}
    assert sums == pytest.approx(by_hand, rel=EXACT)
    assert max(sums, key=sums.__getitem__) == highest
